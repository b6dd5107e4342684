"""Read what is known about a language: one file each, in TOML, checked field by field.

A file says what differs from the files that it goes on from: `zh-Hant-HK` goes on from
`zh-Hant` and that from `zh`, or from what it names as `like`. A table is merged field by field;
a list takes the place of the other one. Only the files of the languages asked for are read.

A project may have files of its own, which go on from those of this package. `use` says which:
a process works on one project at a time.
"""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from ankl_i18n.errors import Location, SettingsError
from ankl_i18n.languages.records import Calendar, Family, LanguageData, Script, Unit
from ankl_i18n.languages.tags import canonical_id, likely_script, regional_script
from ankl_i18n.languages.toml import line_of, place_of

HERE: Final = Path(__file__).parent
SCRIPTS: Final = HERE / "scripts.toml"
UNITS: Final = HERE / "units.toml"
MEANINGS: Final = HERE / "meanings.toml"
CALENDARS: Final = HERE / "calendars.toml"
# Signs that few text fonts have (≤, −, →, ✓): from these everywhere, so that they look the same.
SYMBOLS: Final = ("Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2")
DEFAULT: Final = "Latin"
LIKE: Final = "like"
# What a region's file does not inherit.
OWN_NAMES: Final = ("name", "english")
FAMILY: Final = re.compile(r"[\w -]+")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[a-z\d]{4,8})*")
_NAMES: Final = {
    str: "text in quotation marks",
    bool: "true or false",
    float: "a number",
    tuple: "a list in square brackets",
    dict: "a table",
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """A file about a language: its path, as messages show it, and its text."""

    path: str
    text: str

    @property
    def tag(self) -> str:
        """The BCP 47 tag that the file is named by, or by an alias of it."""
        return canonical_id(Path(self.path).stem).replace("_", "-")


# Where files are: a folder, or files that were read already.
Place = Path | tuple[LanguageFile, ...]
OWN: Final[tuple[Place, ...]] = (HERE / "data",)
_project: tuple[LanguageFile, ...] = ()


def use(files: tuple[LanguageFile, ...]) -> None:
    """Have a project's own files go on from those of this package, from now on.

    Raises SettingsError, with the line, where one is not as docs/languages.md says.
    """
    global _project  # noqa: PLW0603 - like a locale: every room asks for languages by their tags
    if wrong := [one for problem in problems((files,)) for one in problem.problems]:
        raise SettingsError(wrong)
    if files != _project:
        _project = files
        for forget in _forgetting:
            forget()


def in_use() -> tuple[LanguageFile, ...]:
    """Return the project's own files."""
    return _project


_forgetting: list[Any] = []


def forgets(cached: T) -> T:
    """Have a cached function forget all when other files are used; a decorator."""
    _forgetting.append(cached.cache_clear)  # type: ignore[attr-defined]
    return cached


def language_data(tag: str, places: tuple[Place, ...] | None = None) -> LanguageData:
    """Return what the files in some places say about a BCP 47 tag; later ones go on.

    Without `places` they are this package's and the project's own. A language without a file is
    set in the letters that CLDR says are likely, and its words are not known. Raises
    SettingsError, with the line, where a file is not as docs/languages.md says.
    """
    return _language_data(tag) if places is None else read_language(tag, places)


@forgets
@cache
def _language_data(tag: str) -> LanguageData:
    return read_language(tag, (*OWN, _project))


@cache
def read_language(tag: str, places: tuple[Place, ...]) -> LanguageData:
    """Return what the files in some places say about a BCP 47 tag; see `language_data`."""
    own, merged = merged_file(tag, places)
    values = dict(merged)
    values.pop(LIKE, None)
    stated = values.pop("script", "")
    script = scripts()[stated or _likely(tag)]
    if stated and not _is_in(tag, script):  # `sr-Latn` shares no word with `sr`
        values, script = {}, scripts()[_likely(tag)]
    families = tuple(values.get("fonts", ()))
    if families:
        stack = ("Noto Sans", *families, *script.stack)
        script = replace(script, font=families[0], stack=tuple(dict.fromkeys(stack)))
    return LanguageData(own, script, **_parts(LanguageData, values))


def _is_in(tag: str, script: Script) -> bool:
    """Tell whether a tag is not of another script than this one, by its own word or its region's.

    What is not a tag is whatever its file says.
    """
    try:
        code = regional_script(tag)
    except ValueError:
        return True
    return code in ("", script.code)


def _likely(tag: str) -> str:
    """Return the name of the script that a language without a file is in."""
    try:
        code = likely_script(tag)
    except ValueError:
        return DEFAULT
    return next((name for name, script in scripts().items() if script.code == code), DEFAULT)


def tags(places: tuple[Place, ...] = OWN) -> list[str]:
    """Return the tags that have files of their own, short ones first."""
    known = {tag for place in places for tag in _tags(place)}
    return sorted(known, key=lambda tag: (tag.count("-"), tag))


def _tags(place: Place) -> Iterator[str]:
    if isinstance(place, Path):
        yield from (path.stem for path in place.glob("*.toml"))
    else:
        yield from (one.tag for one in place)


def parent(tag: str, places: tuple[Place, ...] = OWN) -> str:
    """Return the longest tag with a file which begins a tag but is not the same, or nothing."""
    parts = tag.split("-")
    names = ("-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((name for name in names if _files(name, places)), "")


def merged_file(tag: str, places: tuple[Place, ...]) -> tuple[str, dict[str, Any]]:
    """Return the nearest tag with a file, and all that it and those it goes on from say."""
    asked = tag
    if not _files(tag, places):
        tag = parent(tag, places) or tag
    chain: list[dict[str, Any]] = []
    following, seen = tag, set[str]()
    while following and following not in seen:
        seen.add(following)
        here = [read_file(file) for file in reversed(_files(following, places))]
        own = following == asked
        chain += [{k: v for k, v in one.items() if own or k not in OWN_NAMES} for one in here]
        likes = [str(content[LIKE]) for content in here if LIKE in content]
        following = likes[0] if likes else parent(following, places)
    merged: dict[str, Any] = {}
    for content in reversed(chain):
        merged = _merged(merged, content)
    return tag, merged


def _files(tag: str, places: tuple[Place, ...]) -> list[LanguageFile]:
    files = (_file(tag, place) for place in places)
    return [file for file in files if file is not None]


def _file(tag: str, place: Place) -> LanguageFile | None:
    if isinstance(place, Path):
        return _on_disk(place / f"{tag}.toml")
    return next((file for file in place if file.tag == tag), None)


@cache
def _on_disk(path: Path) -> LanguageFile | None:
    return LanguageFile(str(path), path.read_text(encoding="utf-8")) if path.is_file() else None


def files_in(folder: Path, shown: str) -> tuple[LanguageFile, ...]:
    """Return the language files of a project's folder, which messages show by that name.

    Raises SettingsError for one that cannot be read.
    """
    files = []
    for path in sorted(folder.glob("*.toml")):
        name = f"{shown}/{path.name}"
        try:
            files.append(LanguageFile(name, path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as wrong:
            raise SettingsError.of("language-file", str(wrong), name) from wrong
    return tuple(files)


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    both = {**old, **new}
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            both[name] = _merged(old[name], value)
    return both


@cache
def scripts() -> Mapping[str, Script]:
    """Return the scripts that language files name, by those names."""
    file = _on_disk(SCRIPTS) or LanguageFile(str(SCRIPTS), "")
    content = _toml(file)
    for name, table in content.items():
        _check(file, table, Script, name)
    return {name: _record(Script, table) for name, table in content.items()}


@cache
def units() -> Mapping[str, Unit]:
    """Return the units that languages have words for, by their names."""
    file = _on_disk(UNITS) or LanguageFile(str(UNITS), "")
    return {name: _record(Unit, table) for name, table in _toml(file).items()}


@cache
def families() -> Mapping[str, Family]:
    """Return the families of meanings, by their names."""
    file = _on_disk(MEANINGS) or LanguageFile(str(MEANINGS), "")
    return {name: _record(Family, table) for name, table in _toml(file).items()}


@cache
def calendars() -> Mapping[str, Calendar]:
    """Return the calendars that languages may have beside ours, by their names."""
    file = _on_disk(CALENDARS) or LanguageFile(str(CALENDARS), "")
    return {name: _record(Calendar, table) for name, table in _toml(file).items()}


@cache
def read_file(file: LanguageFile) -> dict[str, Any]:
    """Return the content of one language file. Raises SettingsError where it is wrong."""
    content = _toml(file)
    if not _TAG.fullmatch(file.tag):
        hint = "Name it by a BCP 47 tag, such as sw.toml or zh-Hant.toml."
        raise SettingsError.of(
            "language-file", "the name is not a language tag", Location(file.path, 1), hint
        )
    rest = {name: value for name, value in content.items() if name not in ("script", LIKE)}
    _check(file, rest, LanguageData, "")
    for table in ("units", "units-before"):
        for name in set(content.get(table, ())) - set(units()):
            _wrong(file, table, name, f"The units are {', '.join(units())}.", "no such unit")
    known = {meaning for family in families().values() for meaning in family.meanings}
    for table in ("meanings", "meanings-loose"):
        for name in set(content.get(table, ())) - known:
            hint = f"The meanings are {', '.join(sorted(known))}."
            _wrong(file, table, name, hint, "no such meaning")
    if unknown := set(content.get("dates", {}).get("calendars", ())) - set(calendars()):
        hint = f"The calendars are {', '.join(calendars())}."
        _wrong(file, "dates", "calendars", hint, f"there is no calendar {min(unknown)!r}")
    if content.get("script", DEFAULT) not in scripts():
        _wrong(
            file, "", "script", f"Write one of {', '.join(sorted(scripts()))}.", "no such script"
        )
    for family in content.get("fonts", ()):
        if not FAMILY.fullmatch(family):
            hint = "Write a family as `fc-list : family` names it."
            _wrong(file, "", "fonts", hint, f"{family!r} is not the name of a font")
    return content


def _toml(file: LanguageFile) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as wrong:
        hint = "See docs/languages.md for how these files are written."
        raise SettingsError.of(
            "language-file", f"not TOML: {wrong}", place_of(wrong, file.path), hint
        ) from wrong


# ---- The schema: the records' fields ----


def _name(one: Field[Any]) -> str:
    return one.name.replace("_", "-")


@cache
def _types(record: type) -> dict[str, Any]:
    hints = get_type_hints(record)
    skipped = ("tag", "script") if record is LanguageData else ()
    return {
        _name(field): hints[field.name] for field in fields(record) if field.name not in skipped
    }


def _check(file: LanguageFile, content: Mapping[str, Any], record: type, table: str) -> None:
    """Raise SettingsError for the first field that the record does not have, or of another type."""
    known = _types(record)
    for name, value in content.items():
        if name not in known:
            hint = f"The fields here are {', '.join(sorted(known))}."
            _wrong(file, table, name, hint, "there is no such field")
        kind = known[name]
        if hasattr(kind, "__dataclass_fields__") and isinstance(value, dict):
            _check(file, value, kind, name)
        elif problem := _mismatch(kind, value):
            _wrong(file, table, name, f"Write {problem}.", "the value does not fit")
    for field in fields(record):
        required = field.default is MISSING and field.default_factory is MISSING
        if record is Script and required and _name(field) not in content:
            _wrong(file, table, table, f"Write {_name(field)} = …", f"{_name(field)} is missing")


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


def _wrong(file: LanguageFile, table: str, name: str, hint: str, message: str) -> None:
    where = f"[{table}] {name}" if table else name
    place = Location(file.path, line_of([table, name] if table else [name], file.text) or 1)
    raise SettingsError.of("language-file", f"{where}: {message}", place, hint)


def problems(places: tuple[Place, ...]) -> Iterator[SettingsError]:
    """Yield what is wrong with the files in some places, one error a file."""
    for place in places:
        for tag in sorted(_tags(place)):
            try:
                file = _file(tag, place)
                _ = file and read_file(file)
            except SettingsError as wrong:
                yield wrong
