"""`[tool.ankl_i18n.publisher]`: what is wrong with it, and the record that it makes.

Each table of it is a table of rules here. A rule is a plain function from a value to what is
wrong with it ("" for nothing).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from ankl_i18n.languages import language
from ankl_i18n.languages.reader import scripts
from ankl_i18n.settings.publisher.colours import ROLES, low_contrasts
from ankl_i18n.settings.publisher.contrast import parsed
from ankl_i18n.settings.publisher.kinds import email, telephone, text, web
from ankl_i18n.settings.publisher.records import (
    BARCODES,
    CORNERS,
    RULES,
    Colours,
    Contact,
    Helpline,
    Logo,
    Publisher,
)

Rule = Callable[[Any], str]
Path = tuple[str, ...]
PICTURES: Final = (".svg", ".png")
FONTS: Final = (".ttf", ".otf", ".woff2", ".woff")
# What may be in an order number.
PLACEHOLDERS: Final = re.compile(r"\{(?!language\}|paper\})[^{}]*\}?")


def publisher(table: Mapping[str, Any]) -> Publisher:
    """Return the publisher of a table in which `problems` found nothing."""
    values = _values(table)
    makers: dict[str, Callable[..., Any]] = {
        "logo": Logo,
        "contact": _contact,
        "helpline": _helpline,
        "colours": _colours,
    }
    for name, make in makers.items():
        if name in values:
            values[name] = make(**_values(table[name]))
    values["fonts"] = {script: tuple(files) for script, files in values.get("fonts", {}).items()}
    return Publisher(**values)


def _values(table: Mapping[str, Any]) -> dict[str, Any]:
    named = ((name.replace("-", "_"), value) for name, value in table.items())
    return {name: tuple(value) if isinstance(value, list) else value for name, value in named}


def _contact(**values: Any) -> Contact:
    return Contact(**{**values, "by_language": _by_language(Contact, values)})


def _helpline(**values: Any) -> Helpline:
    return Helpline(**{**values, "by_language": _by_language(Helpline, values)})


def _by_language(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    given = values.get("by_language", {})
    return {language(tag).tag: record(**_values(own)) for tag, own in given.items()}


def _colours(**values: Any) -> Colours:
    for name in ("dark", "paper"):
        values[name] = Colours(**values[name]) if name in values else None
    return Colours(**values)


# --- what is wrong ------------------------------------------------------------------------------


def problems(table: Any) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with a publisher's table: where in it, and the message."""
    wrong = list(wrong_in(table, TABLE, ()))
    yield from wrong
    if not wrong:
        yield from _together(table)


def wrong_in(table: Any, rules: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with a table, by a table of rules for its fields."""
    if not isinstance(table, Mapping):
        yield path, "write a table"
        return
    for name, value in table.items():
        here = (*path, name)
        rule = rules.get(name) or rules.get("*")
        if rule is None:
            yield here, f"unknown; known are {', '.join(sorted(rules))}"
        elif isinstance(rule, Mapping):
            yield from wrong_in(value, rule, here)
        elif why := rule(value):
            yield here, why
        if "*" in rules and (why := rules[""](name)):
            yield here, why


def _together(table: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with fields that are good by themselves."""
    if not table.get("name"):
        yield (), 'write the publisher\'s name: name = "…"'
    if (logo := table.get("logo")) is not None and not logo.get("file"):
        yield ("logo",), 'write the file of the logo: file = "…"'
    helpline = table.get("helpline")
    if helpline is not None and not (helpline.get("name") and helpline.get("telephone")):
        yield ("helpline",), "write its name and its telephone"
    if table.get("barcode") and not table.get("order-numbers"):
        yield ("barcode",), "there is no order number to encode: write order-numbers"
    if table.get("barcode") == "code128":
        for leaflet, number in table.get("order-numbers", {}).items():
            if not number.isascii():
                message = "a barcode can hold only ASCII characters"
                yield ("order-numbers", leaflet), message
    for scheme, role, message in low_contrasts(_colours(**table.get("colours", {}))):
        own = table["colours"].get(scheme, {})
        yield ("colours", *((scheme,) if role in own else ()), role), message


def one_of(*choices: str) -> Rule:
    """Return the rule that a value is one of some."""
    return lambda value: "" if value in choices else f"write one of {', '.join(map(repr, choices))}"


def file_rule(*endings: str) -> Rule:
    """Return the rule that a value is the path of a file in the project, with one of some ends."""

    def rule(value: Any) -> str:
        if why := text(value):
            return why
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts:
            return "write a path inside the project's folder"
        good = not endings or path.suffix.lower() in endings
        return "" if good else f"write the path of a file that ends in {' or '.join(endings)}"

    return rule


def flag(value: Any) -> str:
    """Return what is wrong with a switch, "" if nothing is."""
    return "" if isinstance(value, bool) else "write true or false"


def _lines(value: Any) -> str:
    good = isinstance(value, list) and value and not any(map(text, value))
    return "" if good else "write a list of texts, one for each line"


def _colour(value: Any) -> str:
    good = isinstance(value, str) and value.startswith("#") and parsed(value)
    return "" if good else "write a colour as #rrggbb"


def _font_files(value: Any) -> str:
    if not (isinstance(value, list) and value):
        return "write a list of font files"
    return next(filter(None, map(file_rule(*FONTS), value)), "")


def _tag(name: str) -> str:
    try:
        language(name)
    except ValueError as unknown:
        return str(unknown)
    return ""


def _script(name: str) -> str:
    return "" if name in scripts() else "no such script: write one such as Latin, Naskh or Hans"


def _feedback(value: Any) -> str:
    if isinstance(value, str) and "@" in value and not value.startswith("https://"):
        return email(value)
    return web(value) and "write an address that starts with https://, or an e-mail address"


def _order_number(value: Any) -> str:
    if why := text(value):
        return why
    return "only {language} and {paper} are allowed in it" if PLACEHOLDERS.search(value) else ""


def _any_name(_name: str) -> str:
    return ""


ADDRESSES: Final[Mapping[str, Any]] = {
    "telephone": telephone, "email": email, "hours": text, "address": _lines,
}  # fmt: skip
CALLS: Final[Mapping[str, Any]] = {"name": text, "telephone": telephone, "hours": text}
SCHEME: Final[Mapping[str, Any]] = dict.fromkeys(ROLES, _colour)
# Rules by name; "*" is for all other names, which "" judges.
TABLE: Final[Mapping[str, Any]] = {
    "name": text,
    "web": web,
    "logo": {**dict.fromkeys(("file", "dark", "print"), file_rule(*PICTURES)), "alt": text},
    "contact": {**ADDRESSES, "by-language": {"*": ADDRESSES, "": _tag}},
    "helpline": {**CALLS, "on-paper": flag, "by-language": {"*": CALLS, "": _tag}},
    "imprint": text,
    "disclaimer": text,
    "sponsor": text,
    "other-formats": text,
    "feedback": _feedback,
    "order-numbers": {"*": _order_number, "": _any_name},
    "barcode": one_of(*BARCODES),
    "colours": {**SCHEME, "dark": SCHEME, "paper": SCHEME},
    "fonts": {"*": _font_files, "": _script},
    "corners": one_of(*CORNERS),
    "rules": one_of(*RULES),
    "style-sheet": file_rule(".css"),
    "templates": file_rule(),
}
