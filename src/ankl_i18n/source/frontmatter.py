"""Front matter: the YAML block at the top of a leaflet, as a typed record.

YAML is composed into nodes first, so that every problem has its line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any, get_type_hints

import yaml

from ankl_i18n.errors import Problem, SourceError
from ankl_i18n.languages import language
from ankl_i18n.settings.publisher.printing import PLACES
from ankl_i18n.source.fence import BEGIN, _wrong

FREE = 'leaflets that are not for patients need none of this: front-matter = "free" in the settings'

# The fields of a leaflet that was withdrawn.
WITHDRAWAL = ("withdrawn", "withdrawn-because")

# A YAML comment that tells translators something of the text below it; lookalikes too.
COMMENT = re.compile(r"[ \t]*#[ \t]*([il][1l]?8n(?!\w).*)", re.IGNORECASE)
NOTE = re.compile(r"i18n:\s*note:?\s+(\S.*)")

# The loader in C gives the same nodes and marks, ten times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the front matter: inline Markdown, and the line it is on (0: not there)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A text with an address (`href`, may be empty) and the language it is in.

    `lang` is empty for a text that is translated, a BCP 47 tag for one that stays as it is,
    such as the title of a reference.
    """

    text: Text
    href: str
    lang: str


def read(text: str, path: str) -> FrontMatter:
    """Read and validate the front matter of a leaflet (`text` without its fences).

    Raises `SourceError` with every unknown, missing or malformed field, each with its line.
    """
    node = _compose(text, path)
    if node is None:
        raise SourceError(_wrong(path, 1, "the front matter is missing", f"{BEGIN}; {FREE}"))
    problems: list[Problem] = []
    values: dict[str, object] = {}
    seen: set[str] = set()
    for key, value, line in _items(node, path, problems):
        one = FIELDS.get(key)
        if one is None:
            hint = "known fields: " + ", ".join(FIELDS)
            problems.append(_wrong(path, line, f"unknown field {key!r}", hint))
            continue
        seen.add(key)
        try:
            values[key.replace("-", "_")] = one.read(value)
        except MalformedError as bad:
            problems.append(_wrong(path, bad.line, f"{key}: {bad}"))
    missing = [key for key, one in FIELDS.items() if one.required and key not in seen]
    if missing and isinstance(node, yaml.MappingNode):
        problems.append(_wrong(path, 1, f"missing: {', '.join(missing)}", FREE))
    problems += [*_wrong_order(values, path), *_wrong_withdrawal(values, path)]
    notes, wrong_notes = _notes(text, _text_lines(values.values()), path)
    problems += wrong_notes
    if problems:
        raise SourceError(problems)
    return FrontMatter(**values, notes=notes)  # type: ignore[arg-type]


def title_only(text: str, path: str, fallback: Text) -> FrontMatter:
    """Return front matter of free form: its `title` if it has one, else the fallback.

    It may say that the leaflet was withdrawn, too. Raises `SourceError` for text between two lines
    across that readers would not see, and for a withdrawal that is wrong.
    """
    node = _compose(text, path)
    if node and not isinstance(node, yaml.MappingNode):
        raise SourceError(_without_fields(node, path))
    ignored: list[Problem] = []
    fields: dict[str, object] = {}
    problems: list[Problem] = []
    for key, value, line in _items(node, path, ignored) if node else ():
        is_title = key == "title" and isinstance(value, yaml.ScalarNode) and value.value.strip()
        if not (is_title or key in WITHDRAWAL) or key.replace("-", "_") in fields:
            continue
        try:
            fields[key.replace("-", "_")] = FIELDS[key].read(value)
        except MalformedError as bad:
            problems.append(_wrong(path, bad.line or line, f"{key}: {bad}"))
    problems += _wrong_withdrawal(fields, path) if not problems else ()
    if problems:
        raise SourceError(problems)
    notes, _ = _notes(text, _text_lines(fields.values()), path)
    return FrontMatter(**{"title": fallback, **fields}, notes=notes)  # type: ignore[arg-type]


def _notes(
    text: str, text_lines: Collection[int], path: str
) -> tuple[tuple[tuple[int, str], ...], list[Problem]]:
    """Return the notes on texts, each with its text's line, and what is wrong with others."""
    notes: list[tuple[int, str]] = []
    waiting: list[tuple[int, str]] = []
    problems: list[Problem] = []
    for line, written in enumerate([*text.splitlines(), "---"], 2):
        comment = COMMENT.fullmatch(written)
        note = NOTE.fullmatch(comment[1]) if comment else None
        if note:
            waiting.append((line, " ".join(note[1].split())))
        elif comment:
            hint = "write `# i18n: note TEXT`"
            problems.append(_wrong(path, line, f"unknown directive {comment[1]!r}", hint))
        elif written.strip() and not written.lstrip().startswith("#"):
            if line in text_lines:
                notes += [(line, told) for _, told in waiting]
            else:
                hint = "write it right above a text that is translated"
                problems += [_wrong(path, at, "this note belongs to no text", hint)
                             for at, _ in waiting]  # fmt: skip
            waiting = []
    return tuple(notes), problems


def _text_lines(values: Iterable[object]) -> set[int]:
    """Return the lines of the texts that are translated."""
    lines: set[int] = set()
    for value in values:
        if isinstance(value, Text):
            lines.add(value.line)
        elif isinstance(value, tuple):
            lines |= {link.text.line for link in value if not link.lang}
    return lines


def _compose(text: str, path: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as bad:
        mark = getattr(bad, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        hint = "put a text that contains ': ' or begins with a special character in quotes"
        problem = _wrong(path, line, f"not valid YAML: {getattr(bad, 'problem', bad)}", hint)
        raise SourceError(problem) from bad


def _items(
    node: yaml.Node, path: str, problems: list[Problem]
) -> Iterator[tuple[str, yaml.Node, int]]:
    """Yield key, value and line (in the file, after the opening fence) of a mapping."""
    if not isinstance(node, yaml.MappingNode):
        problems.append(_without_fields(node, path))
        return
    seen: set[str] = set()
    for key, value in node.value:
        line, name = _line(key), _name(key)
        if name in seen:
            problems.append(_wrong(path, line, f"{name!r} is here twice"))
        seen.add(name)
        yield name, value, line


def _without_fields(node: yaml.Node, path: str) -> Problem:
    hint = "write `field: value` lines; for a horizontal rule, write ***"
    return _wrong(path, _line(node), "what is between the lines --- has no fields", hint)


def _name(key: yaml.Node) -> str:
    """Return the name of a field; a list or mapping in its place has none."""
    return str(key.value) if isinstance(key, yaml.ScalarNode) else ""


def _line(node: yaml.Node) -> int:
    """Return the line of a node in the file, whose first line is the opening fence."""
    return int(node.start_mark.line) + 2


def _wrong_order(values: dict[str, object], path: str) -> Iterator[Problem]:
    dates = [values.get(name) for name in ("published", "updated", "review_by")]
    days = [day for day in dates if isinstance(day, datetime.date)]
    if days != sorted(days):
        hint = "published comes first, then updated, then review-by"
        yield _wrong(path, 1, "the dates are not in order", hint)


def _wrong_withdrawal(fields: dict[str, object], path: str) -> Iterator[Problem]:
    day, why = fields.get("withdrawn"), fields.get("withdrawn_because")
    if day and not why:
        yield _wrong(path, 1, "withdrawn: say why, for its readers", "add withdrawn-because: TEXT")
    elif isinstance(why, Text) and not day:
        message = "withdrawn-because: say on which day it was withdrawn"
        yield _wrong(path, why.line, message, "add withdrawn: 2026-01-31, or delete this line")


class MalformedError(ValueError):
    """A value that its field cannot take, and its line."""

    def __init__(self, message: str, node: yaml.Node) -> None:
        super().__init__(message)
        self.line = _line(node)


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise MalformedError("write a text", node)
    return " ".join(node.value.split())


def _text(node: yaml.Node) -> Text:
    return Text(_scalar(node), _line(node))


def _date(node: yaml.Node) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_scalar(node))
    except ValueError:
        written = repr(node.value) if isinstance(node, yaml.ScalarNode) else "this"
        raise MalformedError(f"{written} is not a date; write it as 2026-01-31", node) from None


def _place(node: yaml.Node) -> str:
    if (place := _scalar(node)) not in PLACES:
        raise MalformedError(f"write one of {', '.join(PLACES)}", node)
    return place


def _links(node: yaml.Node) -> tuple[Link, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise MalformedError("write a list: lines that begin with `- text: …`", node)
    return tuple(_link(item) for item in node.value)


def _link(node: yaml.Node) -> Link:
    if not isinstance(node, yaml.MappingNode):
        return Link(_text(node), "", "")
    values = {_name(key): value for key, value in node.value}
    unknown = sorted(set(values) - {"text", "href", "lang"})
    if unknown or "text" not in values:
        wrong = ", ".join(unknown) or "no text"
        raise MalformedError(f"each item has text, href and lang; wrong: {wrong}", node)
    href = _scalar(values["href"]) if "href" in values else ""
    return Link(_text(values["text"]), href, _tag(values["lang"]) if "lang" in values else "")


def _tag(node: yaml.Node) -> str:
    try:
        return language(_scalar(node)).tag
    except ValueError as unknown:
        raise MalformedError(str(unknown), node) from None


# --- the table of fields ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """What there is to know of a field beside its type.

    `read` makes its value from YAML; `kind` is what translators are told that its texts are,
    empty if nobody translates it. What is not `required` may be left out. Its texts are `prose`
    if they are sentences, of which a leaflet may not be hard to read. Reviewers sign what is
    translated, and all else that is `signed`: everything that pages show of a leaflet.
    """

    read: Callable[[yaml.Node], object]
    kind: str = ""
    required: bool = True
    prose: bool = False
    signed: bool = True


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a leaflet says of itself: one row for each field, in the order of translation.

    Defaults are for front matter of free form. Dates are calendar days; `trail` leads from the
    home page to the leaflet's parent. Templates read a field by its name: a text or a link as
    HTML in the reader's language, a day in words. `notes`, which are no field, are pairs of the
    line of a text and what its author tells translators. `danger` is where the danger box stands
    on paper; empty: where the settings say.
    """

    title: Annotated[Text, Field(_text, "title")]
    summary: Annotated[Text | None, Field(_text, "summary", prose=True)] = None
    audience: Annotated[Text | None, Field(_text, "audience", prose=True)] = None
    withdrawn: Annotated[datetime.date | None, Field(_date, required=False, signed=False)] = None
    withdrawn_because: Annotated[
        Text | None, Field(_text, "reason why the leaflet was withdrawn", required=False)
    ] = None
    trail: Annotated[tuple[Link, ...], Field(_links, "trail")] = ()
    version: Annotated[str, Field(_scalar)] = ""
    published: Annotated[datetime.date | None, Field(_date)] = None
    updated: Annotated[datetime.date | None, Field(_date)] = None
    review_by: Annotated[datetime.date | None, Field(_date)] = None
    links: Annotated[tuple[Link, ...], Field(_links, "link", required=False)] = ()
    references: Annotated[tuple[Link, ...], Field(_links, "reference")] = ()
    danger: Annotated[str, Field(_place, required=False, signed=False)] = ""
    notes: tuple[tuple[int, str], ...] = ()


_tables: dict[type[Any], dict[str, Field]] = {}


def table(record: type[Any]) -> Mapping[str, Field]:
    """Return the rows of a record by the names of its fields, in their order."""
    if record not in _tables:
        types = get_type_hints(record, include_extras=True)
        rows = (
            (field.name, getattr(types[field.name], "__metadata__", ())) for field in fields(record)
        )
        _tables[record] = {name: marks[0] for name, marks in rows if marks}
    return _tables[record]


def written(record: type[Any]) -> dict[str, Field]:
    """Return the rows of a record by the names that authors write."""
    return {name.replace("_", "-"): row for name, row in table(record).items()}


FIELDS = written(FrontMatter)


def values(front: FrontMatter) -> Iterator[tuple[str, Field, Any]]:
    """Yield each field of front matter: its name, its row and its value."""
    for name, row in table(type(front)).items():
        yield name, row, getattr(front, name)
