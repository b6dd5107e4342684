"""An act as the text of its file, and back (TOML 1.0; docs/review.md has every field)."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any, Final, get_origin, get_type_hints

from ankl_i18n.errors import Location
from ankl_i18n.languages import UnknownLanguageError, language
from ankl_i18n.languages.toml import place_of
from ankl_i18n.review.hashes import code_of, message_hash, message_key, root_of
from ankl_i18n.review.records import (
    FORMAT,
    LEAFLET,
    MESSAGE,
    SECTION,
    Act,
    Checks,
    Kind,
    ReviewedMessage,
    WrongActError,
)
from ankl_i18n.settings.review import ROLES

ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# What has to be escaped in a basic string; DEL too, and what would turn the text around.
ESCAPED: Final = re.compile(r'[\x00-\x1f"\\\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]')
SHORT: Final = {"\n": r"\n", "\t": r"\t", '"': r"\"", "\\": r"\\"}
VERDICTS: Final = ("ok", "remark", "error")
SCOPE: Final = re.compile(rf"{MESSAGE}|{LEAFLET}|{SECTION}.*")
ROOT: Final = re.compile(r"sha256:[0-9a-f]{64}")
# So many digits of its content end the name of an act's file.
DIGITS: Final = 8
# Fields of a file that are written whatever they hold.
ALWAYS: Final = ("act", "scope", "language", "leaflet", "reviewer", "date", "root")
ORDER: Final = (
    "act", "scope", "language", "leaflet", "role", "reviewer", "recorded_by", "date", "statement",
    "of", "reason", "code", "edition", "readers", "again", "checks", "root",
)  # fmt: skip


def act_text(act: Act, source: str) -> str:
    """Return the text of an act's file; `source` is the tag of the source language."""
    values = {one: getattr(act, one) for one in ORDER}
    lines = [f"format = {FORMAT}", f"source = {_value(source)}"]
    for name, value in values.items():
        if name == "checks":
            lines += [f"checks = {_checks(value)}"] if value != Checks() else []
        elif value or name in ALWAYS:
            lines.append(f"{_written(name)} = {_value(value)}")
    for message in act.messages:
        lines += ["", "[[message]]"]
        for field in fields(message):
            value = getattr(message, field.name)
            if value or (field.name == "msgctxt" and value is not None) or field.name in _NEEDED:
                lines.append(f"{_written(field.name)} = {_value(value)}")
    return "\n".join(lines) + "\n"


def act_name(act: Act, text: str) -> str:
    """Return the name of an act's file without `.toml`: its end is of the file's content."""
    return f"{act.date.isoformat()}-{act.reviewer}-{act.act}-{digits_of(text.encode())}"


def digits_of(data: bytes) -> str:
    """Return the digits of a file's content that end its name."""
    return sha256(data).hexdigest()[:DIGITS]


def read_act(data: bytes, path: str, name: str) -> Act:
    """Return the act of a file. Raises `WrongActError` for one that is wrong or was changed."""
    if digits_of(data) != name[-DIGITS:]:
        message = "this act was changed after it was written; it does not count"
        raise WrongActError.of("review", message, path, _mended(data, name))
    try:
        table = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as bad:
        raise WrongActError.of("review", f"not valid TOML: {bad}", place_of(bad, path)) from bad
    try:
        return _act(table, name)
    except _FieldError as bad:
        where = Location(path, _line_of(data.decode(), bad.field, bad.number))
        hint = "acts are written by ankl-i18n: write another one, and leave this one out"
        raise WrongActError.of("review", f"{bad}; it does not count", where, hint) from bad


def _mended(data: bytes, name: str) -> str:
    """Return what to do about an act whose bytes are not those that were written."""
    for was, what in (
        (data.replace(b"\r\n", b"\n"), "git or an editor changed its line endings"),
        (data.removeprefix(b"\xef\xbb\xbf"), "an editor put a byte order mark before it"),
    ):
        if digits_of(was) == name[-DIGITS:]:
            return f"{what}: commit reviews/.gitattributes, and bring it back (git checkout)"
    return "acts are never changed: bring it back as it was (git log), and write a new one"


class _FieldError(ValueError):
    """A field that an act cannot have: its own, or that of its message of a number (from 1)."""

    def __init__(self, message: str, field: str = "", number: int = 0) -> None:
        super().__init__(message)
        self.field, self.number = field, number


def _line_of(text: str, field: str, number: int) -> int:
    """Return the line of a field, or else of the message that lacks it, 0 if there is none."""
    message, place = 0, 0
    for line, written in enumerate(text.split("\n"), 1):
        if written.strip().replace(" ", "") == "[[message]]":
            message += 1
            place = line if message == number else place
        key = written.partition("=")[0].strip().strip("\"'")
        if field and key == field and message == number:
            return line
    return place


def _act(table: dict[str, Any], name: str) -> Act:
    if table.pop("format", None) != FORMAT:
        raise _FieldError(f"this act is not of format {FORMAT}: update ankl-i18n", "format")
    source = _taken(table, "source", str)
    listed = _taken(table, "message", list) or []
    checks = _checked(_taken(table, "checks", dict) or {})
    values = {one: _taken(table, _written(one), kind) for one, kind in _KINDS.items()}
    if table:
        raise _FieldError(f"unknown field {next(iter(table))!r}", next(iter(table)))
    given = {one: value for one, value in values.items() if value is not None}
    missing = [one for one in ALWAYS if one not in given]
    if missing:
        raise _FieldError(f"{_written(missing[0])} is missing")
    messages = tuple(
        _numbered(number, one, source, given["language"]) for number, one in enumerate(listed, 1)
    )
    act = Act(**{**given, "checks": checks, "messages": messages, "name": name})
    for field, why in _wrong(act):
        raise _FieldError(why, field)
    return act


def _wrong(act: Act) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an act as a whole: the field, and why."""
    yield from _wrong_names(act)
    if not SCOPE.fullmatch(act.scope):
        yield "scope", f"scope: write {MESSAGE}, {SECTION}ID or {LEAFLET}"
    if act.role and act.role not in ROLES:
        yield "role", f"no such role: {act.role!r}"
    for field, number in (("readers", act.readers), ("again", act.again)):
        if number < 0:
            yield field, f"{field}: {number} has the wrong type"
    if act.scope != LEAFLET and act.root != root_of((m.key, m.hash) for m in act.messages):
        yield "root", "the root does not match its messages"
    if not ROOT.fullmatch(act.root):
        yield "root", "root: write sha256: and 64 digits"
    elif act.act is Kind.PUBLISH and act.code != code_of(act.root):
        yield "code", "the code does not match its root"
    if not act.name.startswith(f"{act.date.isoformat()}-{act.reviewer}-{act.act}-"):
        yield "", "its file name does not match its contents"


def _wrong_names(act: Act) -> Iterator[tuple[str, str]]:
    """Yield which ids and tags are none."""
    ids = (("reviewer", act.reviewer), ("recorded-by", act.recorded_by or act.reviewer))
    for field, id_ in ids:
        if not ID.fullmatch(id_):
            yield field, f"{field}: not a reviewer's id: {id_!r}"
    if not _is_tag(act.language):
        yield "language", f"language: {act.language!r} is not a language tag"


def _is_tag(tag: str) -> bool:
    try:
        return language(tag).tag == tag
    except UnknownLanguageError:
        return False


def _numbered(number: int, table: Any, source: str, language: str) -> ReviewedMessage:
    """Return a message of an act; what is wrong is told of its number."""
    try:
        return _message(table, source, language)
    except _FieldError as bad:
        raise _FieldError(str(bad), bad.field, number) from bad


def _message(table: Any, source: str, language: str) -> ReviewedMessage:
    if not isinstance(table, Mapping):
        raise _FieldError("each message must be a table")
    rest = dict(table)
    values = {field.name: rest.pop(_written(field.name), None) for field in fields(ReviewedMessage)}
    given = {name: value for name, value in values.items() if value is not None}
    if rest or not all(one in given for one in _NEEDED):
        wrong = f"unknown field {next(iter(rest))!r}" if rest else "a field is missing"
        raise _FieldError(f"in a message: {wrong}", next(iter(rest), ""))
    texts = given.pop("msgstr")
    if not (_are_texts(texts) and all(isinstance(one, str) for one in given.values())):
        message = "in a message: write texts in quotes"
        others = (one for one, value in given.items() if not isinstance(value, str))
        raise _FieldError(message, next((_written(one) for one in others), "msgstr"))
    made = ReviewedMessage(msgstr=tuple(texts), **given)
    read = message_hash(
        source, language, made.msgctxt, made.msgid, made.msgid_plural or None, made.msgstr
    )
    if made.hash != read or made.key != message_key(made.msgctxt, made.msgid):
        message = f"the hash is not that of what was read: {made.msgid[:60]!r}"
        raise _FieldError(message, "hash" if made.hash != read else "key")
    if made.verdict not in VERDICTS:
        raise _FieldError(f"no such verdict: {made.verdict!r}", "verdict")
    return made


def _checked(table: dict[str, Any]) -> Checks:
    kinds = {"program": str, "errors": int, "ignored": int}
    values = {name: _taken(table, name, kind) for name, kind in kinds.items()}
    if table:
        raise _FieldError(f"checks: unknown field {next(iter(table))!r}", "checks")
    return Checks(**{name: value for name, value in values.items() if value is not None})


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _taken(table: dict[str, Any], name: str, kind: Any) -> Any:
    """Return a field of a kind and remove it from the table; None if it is not there."""
    value = table.pop(name, None)
    if value is None:
        return None
    if kind is Kind:
        if value not in [*Kind]:
            raise _FieldError(f"no such act: {value!r}", name)
        return Kind(value)
    if kind is tuple:
        if not _are_texts(value):
            raise _FieldError(f"{name}: write a list of texts", name)
        return tuple(value)
    if type(value) is not kind:  # a bool is an int, a time is a day
        raise _FieldError(f"{name}: {value!r} has the wrong type", name)
    return value


def _written(name: str) -> str:
    return name.replace("_", "-")


def _value(value: Any) -> str:
    """Return a value as TOML."""
    if isinstance(value, str):
        return f'"{ESCAPED.sub(_escape, str(value))}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _escape(match: re.Match[str]) -> str:
    return SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _checks(checks: Checks) -> str:
    named = ", ".join(
        f"{field.name} = {_value(getattr(checks, field.name))}" for field in fields(checks)
    )
    return f"{{ {named} }}"


_NEEDED: Final = ("key", "hash", "msgid", "msgstr")
# The kinds of values that the fields of a file may have.
_TYPES: Final = get_type_hints(Act)
_KINDS: Final[Mapping[str, Any]] = {
    one: get_origin(_TYPES[one]) or _TYPES[one] for one in ORDER if one != "checks"
}
