"""Read what is known about a language: one file each, in TOML, checked field by field.

A file says what differs from the files that it goes on from: `zh-Hant-HK` goes on from
`zh-Hant` and that from `zh`, or from what it names as `like`. A table is merged field by field;
a list takes the place of the other one. Only the files of the languages asked for are read.
"""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from ankl_i18n.errors import Location, SettingsError, error
from ankl_i18n.languages.records import Family, LanguageData, Script, Unit

HERE: Final = Path(__file__).parent
OWN: Final = (HERE / "data",)
SCRIPTS: Final = HERE / "scripts.toml"
UNITS: Final = HERE / "units.toml"
MEANINGS: Final = HERE / "meanings.toml"
# Signs that few text fonts have (≤, −, →, ✓): from these everywhere, so that they look the same.
SYMBOLS: Final = ("Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2")
DEFAULT: Final = "Latin"
LIKE: Final = "like"
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
_NAMES: Final = {
    str: "text in quotation marks",
    bool: "true or false",
    float: "a number",
    tuple: "a list in square brackets",
    dict: "a table",
}
_LINE: Final = re.compile(r"at line (\d+)")
T = TypeVar("T")


@cache
def language_data(tag: str, folders: tuple[Path, ...] = OWN) -> LanguageData:
    """Return what the files in some folders say about a BCP 47 tag; later folders go on.

    A language without a file is set in Latin letters, and its words are not known. Raises
    SettingsError, with the line, where a file is not as docs/languages.md says.
    """
    own, merged = merged_file(tag, folders)
    values = dict(merged)
    values.pop(LIKE, None)
    script = scripts()[str(values.pop("script", DEFAULT))]
    return LanguageData(own, script, **_parts(LanguageData, values))


def tags(folders: tuple[Path, ...] = OWN) -> list[str]:
    """Return the tags that have files of their own, short ones first."""
    found = {path.stem for folder in folders for path in folder.glob("*.toml")}
    return sorted(found, key=lambda tag: (tag.count("-"), tag))


def parent(tag: str, folders: tuple[Path, ...] = OWN) -> str:
    """Return the longest tag with a file which begins a tag but is not the same, or nothing."""
    parts = tag.split("-")
    names = ("-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((name for name in names if _files(name, folders)), "")


def merged_file(tag: str, folders: tuple[Path, ...]) -> tuple[str, dict[str, Any]]:
    """Return the nearest tag with a file, and all that it and those it goes on from say."""
    if not _files(tag, folders):
        tag = parent(tag, folders) or tag
    chain: list[tuple[Path, dict[str, Any]]] = []
    following, seen = tag, set[str]()
    while following and following not in seen:
        seen.add(following)
        here = [(path, read_file(path)) for path in reversed(_files(following, folders))]
        chain += here
        likes = [str(content[LIKE]) for _, content in here if LIKE in content]
        following = likes[0] if likes else parent(following, folders)
    merged: dict[str, Any] = {}
    for _, content in reversed(chain):
        merged = _merged(merged, content)
    return tag, merged


def _files(tag: str, folders: tuple[Path, ...]) -> list[Path]:
    paths = (folder / f"{tag}.toml" for folder in folders)
    return [path for path in paths if path.is_file()]


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = {**old, **new}
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            both[name] = _merged(old[name], value)
    return both


@cache
def scripts() -> Mapping[str, Script]:
    """Return the scripts that language files name, by those names."""
    content = _toml(SCRIPTS)
    for name, table in content.items():
        _check(SCRIPTS, table, Script, name)
    return {name: _record(Script, table) for name, table in content.items()}


@cache
def units() -> Mapping[str, Unit]:
    """Return the units that languages have words for, by their names."""
    return {name: _record(Unit, table) for name, table in _toml(UNITS).items()}


@cache
def families() -> Mapping[str, Family]:
    """Return the families of meanings, by their names."""
    return {name: _record(Family, table) for name, table in _toml(MEANINGS).items()}


@cache
def read_file(path: Path) -> dict[str, Any]:
    """Return the content of one language file. Raises SettingsError where it is wrong."""
    content = _toml(path)
    if not _TAG.fullmatch(path.stem):
        hint = "Name it by a BCP 47 tag, such as sw.toml or zh-Hant.toml."
        raise SettingsError(error("language-file", "the name is no tag", _place(path), hint))
    rest = {name: value for name, value in content.items() if name not in ("script", LIKE)}
    _check(path, rest, LanguageData, "")
    for table in ("units", "units-before"):
        for name in set(content.get(table, ())) - set(units()):
            _wrong(path, table, name, f"The units are {', '.join(units())}.", "no such unit")
    known = {meaning for family in families().values() for meaning in family.meanings}
    for name in set(content.get("meanings", ())) - known:
        _wrong(
            path,
            "meanings",
            name,
            f"The meanings are {', '.join(sorted(known))}.",
            "no such meaning",
        )
    if content.get("script", DEFAULT) not in scripts():
        _wrong(
            path, "", "script", f"Write one of {', '.join(sorted(scripts()))}.", "no such script"
        )
    return content


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        line = _LINE.search(str(wrong))
        where = Location(str(path), int(line[1]) if line else 0)
        hint = "See docs/languages.md for how these files are written."
        raise SettingsError(error("language-file", f"not TOML: {wrong}", where, hint)) from wrong


# ---- The schema: the records' fields ----


def _name(one: Field[Any]) -> str:
    return one.name.replace("_", "-")


@cache
def _types(record: type) -> dict[str, Any]:
    hints = get_type_hints(record)
    skipped = ("tag", "script") if record is LanguageData else ()
    return {_name(one): hints[one.name] for one in fields(record) if one.name not in skipped}


def _check(path: Path, content: Mapping[str, Any], record: type, table: str) -> None:
    """Raise SettingsError for the first field that the record does not have, or of another type."""
    known = _types(record)
    for name, value in content.items():
        if name not in known:
            hint = f"The fields here are {', '.join(sorted(known))}."
            _wrong(path, table, name, hint, "there is no such field")
        kind = known[name]
        if hasattr(kind, "__dataclass_fields__") and isinstance(value, dict):
            _check(path, value, kind, name)
        elif problem := _mismatch(kind, value):
            _wrong(path, table, name, f"Write {problem}.", "the value does not fit")
    for one in fields(record):
        required = one.default is MISSING and one.default_factory is MISSING
        if record is Script and required and _name(one) not in content:
            _wrong(path, table, table, f"Write {_name(one)} = …", f"{_name(one)} is missing")


def _mismatch(kind: Any, value: object) -> str:
    """Return what a value should be, or nothing where it is that."""
    origin, inside = get_origin(kind) or kind, get_args(kind)
    if origin is types.UnionType:
        return _mismatch(inside[0], value)
    if origin is Literal:
        return "" if value in inside else "one of " + ", ".join(repr(one) for one in inside)
    if origin is tuple:
        good = isinstance(value, list) and not any(_mismatch(inside[0], one) for one in value)
        return "" if good else f"{_NAMES[tuple]}, each {_NAMES[inside[0]]}"
    if origin is Mapping:
        good = isinstance(value, dict) and not any(
            _mismatch(inside[1], one) for one in value.values()
        )
        return "" if good else f"{_NAMES[dict]} of names, each with {_expected(inside[1])}"
    if hasattr(kind, "__dataclass_fields__"):
        return _NAMES[dict]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    good = number if kind is float else isinstance(value, kind)
    return "" if good else _NAMES[kind]


def _expected(kind: Any) -> str:
    return _NAMES[get_origin(kind) or kind]


def _record(record: type[T], content: Mapping[str, Any]) -> T:
    return record(**_parts(record, content))


def _parts(record: type, content: Mapping[str, Any]) -> dict[str, Any]:
    known = _types(record)
    return {name.replace("-", "_"): _value(known[name], value) for name, value in content.items()}


def _value(kind: Any, value: Any) -> Any:
    if hasattr(kind, "__dataclass_fields__"):
        return _record(kind, value)
    if isinstance(value, dict):
        return {name: _value(get_args(kind)[1], one) for name, one in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _wrong(path: Path, table: str, name: str, hint: str, message: str) -> None:
    where = f"[{table}] {name}" if table else name
    line = _line(path, table, name)
    raise SettingsError(error("language-file", f"{where}: {message}", _place(path, line), hint))


def _place(path: Path, line: int = 1) -> Location:
    return Location(str(path), line)


def _line(path: Path, table: str, name: str) -> int:
    """Return the line where a field of a table begins."""
    here = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        heading = re.fullmatch(r'\s*\["?([^"\]]+)"?\].*', line)
        here = heading[1] if heading else here
        found = re.match(rf'\s*"?{re.escape(name)}"?\s*=', line)
        if (found and here == table) or (heading and here in (name, f"{table}.{name}")):
            return number
    return 1


def problems(folders: tuple[Path, ...]) -> Iterator[SettingsError]:
    """Yield what is wrong with the files in some folders, one error a file."""
    for tag in tags(folders):
        try:
            language_data(tag, folders)
        except SettingsError as wrong:
            yield wrong
