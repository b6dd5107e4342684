"""What a plug-in is given, and what it returns. Nothing here imports anything of the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

GROUP: Final = "ankl_i18n.suggest"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be translated.

    `sources` are the text and, if it counts something, its plural; `counts` are sample numbers of
    each form of the translation, empty for a text that counts nothing. `notes` are for
    translators, `section` is the heading that it is under, `terms` says what the glossary calls
    the terms in it. Markup is Markdown and must be kept.
    """

    id: str
    sources: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...] = ()
    context: str | None = None
    notes: tuple[str, ...] = ()
    section: str = ""
    terms: Mapping[str, str] | None = None

    @property
    def forms(self) -> int:
        """How many texts its translation has."""
        return len(self.counts) or 1


@dataclass(frozen=True, slots=True)
class Request:
    """Texts, and the tags (BCP 47) of the languages from and into which they are translated."""

    source: str
    target: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of the text with an `id`, one for each form; `origin` says where it is from."""

    id: str
    targets: tuple[str, ...]
    origin: str = ""


def written(request: Request) -> dict[str, Any]:
    """Return a request as JSON has it."""
    return asdict(request)


def request_of(data: Mapping[str, Any]) -> Request:
    """Return the request that JSON stands for."""
    texts = (
        Text(
            one["id"], tuple(one["sources"]), tuple(map(tuple, one["counts"])), one["context"],
            tuple(one["notes"]), one["section"], one["terms"],
        )
        for one in data["texts"]
    )  # fmt: skip
    return Request(data["source"], data["target"], tuple(texts))


def line_of(suggestion: Suggestion) -> bytes:
    """Return a suggestion as a line of JSON. Raises `TypeError` for what is none."""
    targets = (
        (suggestion.targets,) if isinstance(suggestion.targets, str) else tuple(suggestion.targets)
    )
    if not all(isinstance(text, str) for text in (suggestion.id, suggestion.origin, *targets)):
        raise TypeError(f"{suggestion!r} is not a suggestion: its fields must be texts")
    data = {"id": suggestion.id, "targets": targets, "origin": suggestion.origin}
    return json.dumps(data).encode() + b"\n"


def suggestion_of(line: bytes) -> Suggestion | None:
    """Return the suggestion that a line stands for, None for anything else."""
    try:
        data = json.loads(line)
        suggestion = Suggestion(data["id"], tuple(data["targets"]), data["origin"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = (suggestion.id, suggestion.origin, *suggestion.targets)
    return suggestion if all(isinstance(text, str) for text in texts) else None
