"""Local facts: fields of leaflets such as `{ward-phone}`, and the file in which a site fills them.

Values are plain text, checked for their kind; `source.fields` puts them into leaflets.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ankl_i18n.errors import Location, Problem, error
from ankl_i18n.languages import language
from ankl_i18n.languages.toml import line_of, place_of
from ankl_i18n.settings.publisher.kinds import KINDS

NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
# What in a site's file is not a field.
BY_LANGUAGE: Final = "by-language"
FORM: Final = "write a name in lower-case letters with a hyphen, such as ward-phone"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: the kind of its value (a key of `KINDS`), and whether every site must have one."""

    kind: str = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What a site fills in: values by field, and those that differ by language."""

    values: Mapping[str, str] = field(default_factory=dict)
    by_language: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_language(self, tag: str) -> dict[str, str]:
        """Return the values of fields in a language."""
        return {**self.values, **self.by_language.get(tag, {})}


def fields_of(table: Mapping[str, Any]) -> dict[str, Field]:
    """Return the fields of a settings' table in which `field_problems` found nothing."""
    return {name: Field(**values) for name, values in table.items()}


def field_problems(table: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what is wrong with the settings' table of fields: where in it, and the message."""
    if not isinstance(table, Mapping):
        yield (), "write a table"
        return
    for name, values in table.items():
        if not NAME.fullmatch(name):
            yield (name,), FORM
        if not isinstance(values, Mapping):
            yield (name,), 'write a table such as { kind = "telephone", required = true }'
            continue
        for key, value in values.items():
            if key == "kind":
                good = value in KINDS
                wrong = f"write one of {', '.join(map(repr, KINDS))}"
            elif key == "required":
                good, wrong = isinstance(value, bool), "write true or false"
            else:
                good, wrong = False, "unknown; known are kind, required"
            if not good:
                yield (name, key), wrong


def read_site(text: str, path: str, fields: Mapping[str, Field]) -> tuple[Site, list[Problem]]:
    """Return what a site's file fills in, and what is wrong with it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as bad:
        return Site(), [error("site", f"not valid TOML: {bad}", place_of(bad, path))]
    problems: list[Problem] = []
    own = table.pop(BY_LANGUAGE, {})
    values = _values(table, text, path, fields, problems)
    by_language: dict[str, Mapping[str, str]] = {}
    for tag, some in (own if isinstance(own, Mapping) else {}).items():
        try:
            tag_of_table = language(tag).tag
        except ValueError as unknown:
            problems.append(error("site", str(unknown), _place(path, text, BY_LANGUAGE, tag)))
            continue
        by_language[tag_of_table] = _values(some, text, path, fields, problems, (BY_LANGUAGE, tag))
    return Site(values, by_language), problems


def _values(  # noqa: PLR0913, PLR0917 - a table, where it stands, and what may be in it
    table: Any, text: str, path: str, fields: Mapping[str, Field], problems: list[Problem],
    within: tuple[str, ...] = (),
) -> dict[str, str]:  # fmt: skip
    """Return the values of a table `within` others that are good; the others become problems."""
    values: dict[str, str] = {}
    for name, value in (table if isinstance(table, Mapping) else {}).items():
        known = fields.get(name)
        if known is None:
            hint = f"known fields: {', '.join(sorted(fields)) or 'none'}; the settings declare them"
            message = f"there is no field {name}"
            problems.append(error("site", message, _place(path, text, *within, name), hint))
        elif wrong := KINDS[known.kind](value):
            problems.append(error("site", f"{name}: {wrong}", _place(path, text, *within, name)))
        else:
            values[name] = str(value).strip()
    return values


def _place(path: str, text: str, *names: str) -> Location:
    return Location(path, line_of(names, text))
