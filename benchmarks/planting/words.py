"""The planter's word lists: one TOML file a language, and English for the source's side."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "words"
SOURCE: Final = "en"


@dataclass(frozen=True, slots=True)
class Swap:
    """A phrase of the translation, and the phrase of another meaning that takes its place."""

    phrase: str
    other: str


@dataclass(frozen=True, slots=True)
class Sense:
    """Two meanings, such as left and right: the kind of fault that their exchange is, and the
    patterns that tell the one and the other in an English source."""

    kind: str
    name: str
    one: re.Pattern[str]
    other: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of the translation and what replaces it, as `re.sub` takes it."""

    pattern: re.Pattern[str]
    replacement: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the planter knows of a language.

    `swaps` maps a sense's name to the phrases of its first meaning and of its second one.
    `joined` tells that the language writes no spaces between words, or writes short words
    together with the next one.
    """

    tag: str
    joined: bool
    decimal: str
    alternative: tuple[str, ...]
    conditions: tuple[str, ...]
    percent: tuple[str, ...]
    denial: re.Pattern[str] | None
    affirm: tuple[Rule, ...]
    deny: tuple[Rule, ...]
    swaps: dict[str, tuple[tuple[Swap, ...], tuple[Swap, ...]]]


@cache
def senses() -> tuple[Sense, ...]:
    """Return the pairs of meanings that the English list names."""
    table = _read(SOURCE)["senses"]
    return tuple(
        Sense(kind, name, _english(one), _english(other))
        for kind, rows in table.items()
        for name, (one, other) in rows.items()
    )


@cache
def words(tag: str) -> Words | None:
    """Return the lists of a language by its tag (`pt-BR`, `es-419`), or none if there are none."""
    for name in (tag, tag.split("-", maxsplit=1)[0]):
        if (FOLDER / f"{name}.toml").exists():
            return _words(name, _read(name))
    return None


def _words(tag: str, table: dict[str, Any]) -> Words:
    denial = table.get("denial", {})
    joined = table.get("joined", False)
    return Words(
        tag,
        joined,
        table.get("decimal", "."),
        _split(table.get("or", "")),
        _split(table.get("if", "")),
        _split(table.get("percent", "")),
        re.compile(denial["any"], re.IGNORECASE) if denial.get("any") else None,
        tuple(_rule(one, joined) for one in denial.get("affirm", ())),
        tuple(_rule(one, joined) for one in denial.get("deny", ())),
        {name: _swaps(text) for name, text in table.get("swaps", {}).items()},
    )


def _swaps(text: str) -> tuple[tuple[Swap, ...], tuple[Swap, ...]]:
    """Read `a ↔ b; c → d; e ← f`: an arrow points to what may be planted."""
    ones, others = [], []
    for pair in _split(text):
        left, arrow, right = (part.strip() for part in re.split("([↔→←])", pair))
        if arrow in "↔→":
            ones.append(Swap(left, right))
        if arrow in "↔←":
            others.append(Swap(right, left))
    return tuple(ones), tuple(others)


def _rule(text: str, joined: bool) -> Rule:
    pattern, _, replacement = text.partition(" → ")
    if not joined:
        after = EDGE_AFTER if pattern[-1].isalpha() else ""
        before = "" if pattern.startswith("*") else EDGE_BEFORE
        pattern = before + pattern.removeprefix("*") + after
    return Rule(re.compile(pattern, re.IGNORECASE), replacement.replace("␣", " "))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _english(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


# Letters, marks and digits: a word does not end before one of them. `\w` has no vowel signs.
_INSIDE: Final = (
    r"[\w\u0300-\u036f\u064b-\u0655\u0900-\u0dff\u0e00-\u0eff"
    r"\u1000-\u109f\u1780-\u17ff\u200c\u200d]"
)
EDGE_BEFORE: Final = f"(?<!{_INSIDE})"
EDGE_AFTER: Final = f"(?!{_INSIDE})"


@cache
def phrase_pattern(phrase: str, joined: bool) -> re.Pattern[str]:
    """Return the pattern of a phrase as a whole; a `*` at its end lets a word go on there."""
    before = "" if joined or phrase.startswith("*") else EDGE_BEFORE
    after = "" if joined or phrase.endswith("*") else EDGE_AFTER
    if joined:  # Khmer may have spaces without width anywhere
        body = "\u200b*".join(re.escape(c) for c in phrase.strip("*").replace("\u200b", ""))
    else:
        body = re.escape(phrase.strip("*")).replace(r"\ ", r"\s+")
    return re.compile(before + body + after, re.IGNORECASE)


@cache
def denials() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return how English denies: what a fault drops, half denials, and every denial."""
    table = _read(SOURCE)["denial"]
    drop, soft, any_, skip = (table[name] for name in ("drop", "soft", "any", "skip"))
    return (
        re.compile(f"^(?!.*(?:{skip})).*?(?:{drop})", re.IGNORECASE | re.DOTALL),
        re.compile(soft, re.IGNORECASE),
        re.compile(any_, re.IGNORECASE),
    )
