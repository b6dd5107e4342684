"""Languages: BCP 47 tags, gettext ids, direction, names, dates, numbers, plural rules.

What CLDR knows comes from Babel, the rest from language files; this module adds the
pseudo-locales.
"""

from __future__ import annotations

import datetime
import datetime as clock
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.plural import to_gettext

from ankl_i18n.languages.names import suggestion
from ankl_i18n.languages.reader import forgets, language_data
from ankl_i18n.languages.records import Direction, LanguageData
from ankl_i18n.languages.tags import Subtags, canonical_id, subtags

PSEUDO: Final[dict[str, Direction]] = {"qps-ploc": "ltr", "qps-plocm": "rtl"}

# Digits other than 0-9. Babel formats every number with 0-9 (2.18).
NATIVE_DIGITS: Final = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "latn": "0123456789"}
PLURALS: Final = Path(__file__).parent / "plurals.toml"
# What CLDR calls a month of which it does not have the name.
NO_MONTH: Final = re.compile(r"\bM\d\d\b")
# Where the blocks of Latin letters end (Latin Extended-B).
LATIN_EXTENDED: Final = 0x250
USUAL_PLURAL: Final = "nplurals=2; plural=(n != 1);"


class UnknownLanguageError(ValueError):
    """A language that nothing is known of; `hint` says what to do.

    `is_tag` is false where its name is not a tag at all.
    """

    def __init__(self, message: str, hint: str, *, is_tag: bool = True) -> None:
        super().__init__(message)
        self.hint = hint
        self.is_tag = is_tag


_known: dict[tuple[str, str, str], Language] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language, as pages, catalogs and people name it; there is one object of each.

    `tag` is BCP 47 (`zh-Hant`), `gettext_id` names folders and the Language header
    (`zh_Hant`), `cldr` is the identifier of its CLDR data, empty where there is none. What only
    CLDR knows is looked up when it is first asked for.
    """

    tag: str
    gettext_id: str
    cldr: str

    def __new__(cls, tag: str, gettext_id: str, cldr: str) -> Language:
        """Return the object of a language: as keys of many caches, objects are fast."""
        return _known.setdefault((tag, gettext_id, cldr), object.__new__(cls))

    def __reduce__(self) -> tuple[type[Language], tuple[str, str, str]]:
        """Pickle by what a language is made of."""
        return Language, (self.tag, self.gettext_id, self.cldr)

    @property
    def direction(self) -> Direction:
        """The direction of the language's script."""
        if self.is_pseudo:
            return PSEUDO[self.tag]
        return self.data.direction or ("rtl" if self.data.script.direction == "rtl" else "ltr")

    @property
    def endonym(self) -> str:
        """The language's name in the language itself."""
        return self.english if self.is_pseudo else _endonym(self.tag)

    @property
    def english(self) -> str:
        """The language's name in English."""
        if self.is_pseudo:
            return "Pseudo-locale" + (" (right to left)" if self.direction == "rtl" else "")
        return _english(self.tag)

    @property
    def plural_forms(self) -> str:
        """The gettext Plural-Forms value of the language."""
        return self.data.numbers.plural_forms or _plural_forms(
            self.cldr if self.is_pseudo else self.gettext_id
        )

    @property
    def is_pseudo(self) -> bool:
        """Tell whether this is a pseudo-locale, made by the machine for testing."""
        return self.tag in PSEUDO

    def format_date(self, date: datetime.date) -> str:
        """Return the date in long form, in the language's own words, digits and calendar."""
        dates = self.data.dates
        if not self.cldr:  # nobody knows its words: the form that can be read in all languages
            return self.digits(date.isoformat())
        if dates.calendar:  # Babel knows one calendar, ICU all of them
            return _in_other_calendar(date, self.cldr)
        text = format_date(date, "long", locale=self.cldr)
        if NO_MONTH.search(text):
            return self.digits(date.isoformat())
        if date.day == 1 and dates.first:
            text = text.replace("1", dates.first, 1)
        return self.digits(text)

    def format_number(self, number: float) -> str:
        """Return the number with the language's digits and separators."""
        return self.digits(
            format_decimal(number, locale=self._counting, numbering_system=self.numbering)
        )

    @property
    def _counting(self) -> str:
        """The identifier of the CLDR data by which numbers are written."""
        return self.cldr or "en"

    def digits(self, text: str) -> str:
        """Return the text with 0-9 replaced by the digits that the language is printed with."""
        return text.translate(str.maketrans("0123456789", NATIVE_DIGITS[self.numbering]))

    @property
    def data(self) -> LanguageData:
        """What the language's file says about its letters, numbers and words."""
        return _data(self.tag)

    @property
    def numbering(self) -> str:
        """The CLDR numbering system that the language is printed with."""
        return self.data.numbers.digits


@forgets
@cache
def _data(tag: str) -> LanguageData:
    return language_data("en" if tag in PSEUDO else tag)


@forgets
@cache
def language(name: str) -> Language:
    """Return the language that a BCP 47 tag, gettext id or alias names.

    Raises `UnknownLanguageError` (a `ValueError`) for what is not a tag, and for a language that
    neither CLDR nor a language file knows, or that cannot be set.
    """
    gettext_id = canonical_id(name)
    tag = gettext_id.replace("_", "-")
    if tag in PSEUDO:
        return Language(tag, gettext_id, "en")
    try:
        parts = subtags(gettext_id)
    except ValueError as wrong:
        message = f"unknown language {name!r}: write a BCP 47 tag such as fr, zh-Hans or pt-BR"
        raise UnknownLanguageError(message, suggestion(name), is_tag=False) from wrong
    data = language_data(tag)
    if data.script.direction == "ttb":
        message = f"{tag} is written from top to bottom, which these pages do not support"
        usual = language_data(parts.language).script.direction != "ttb"
        hint = f"use {parts.language}, which is written in another script" if usual else ""
        raise UnknownLanguageError(message, hint)
    known = Language(tag, gettext_id, _cldr(parts))
    if not known.cldr and not (_own_name(tag) and data.numbers.plural_forms):
        raise UnknownLanguageError(*_nothing_known(tag, data))
    return known


def _nothing_known(tag: str, data: LanguageData) -> tuple[str, str]:
    """Return the message about a language that CLDR does not have, and what to write."""
    language = tag.partition("-")[0]
    known = _name_in(Locale.parse("en"), subtags(language))
    called = f" ({known})" if known else ""
    lines = [] if _own_name(tag) else ['name = "…", its own name for itself']
    if not data.numbers.plural_forms:
        lines.append(
            'below [numbers] plural-forms = "nplurals=2; plural=(n != 1);", or its own rule'
        )
    hint = f"write languages/{language}.toml: {'; '.join(lines)} (see docs/languages.md)"
    return f"CLDR has no data for {tag}{called}", hint


def _cldr(parts: Subtags) -> str:
    """Return the identifier of the nearest CLDR data, "" if there is none for the language."""
    places = (parts, parts._replace(variants=""), Subtags(parts.language, parts.script),
              Subtags(parts.language, "", parts.region), Subtags(parts.language))  # fmt: skip
    return next((str(place) for place in places if _locale(str(place))), "")


@cache
def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None


def _own_name(tag: str) -> str:
    """Return the name that the file of a language, or of the one it is a region's, states."""
    own = language_data(tag).name
    return own or (language_data(tag.partition("-")[0]).name if "-" in tag else "")


@forgets
@cache
def _endonym(tag: str) -> str:
    own = language_data(tag).name
    if own:
        return own
    parts = subtags(tag)
    locale = _locale(language(tag).cldr)
    name = _name_in(locale, parts) if locale else ""
    if not name:
        own_name = _own_name(tag)
        name = f"{own_name} ({_details(Locale.parse('en'), parts)})" if own_name else _english(tag)
    # CLDR gives names as in running text; a list shows them alone. Georgian has no capitals there.
    return name if parts.language == "ka" else name[:1].upper() + name[1:]


@forgets
@cache
def _english(tag: str) -> str:
    own = language_data(tag).english
    return own or _name_in(Locale.parse("en"), subtags(tag)) or _in_latin(_own_name(tag)) or tag


def _in_latin(name: str) -> str:
    """Return a name if it can be in an English text, "" otherwise."""
    return name if all(ord(letter) < LATIN_EXTENDED for letter in name) else ""


def _name_in(locale: Locale, parts: Subtags) -> str:
    """Return a language's name in another one, "" where CLDR does not have it.

    The longest part of the tag with a name of its own has it; the others are in parentheses.
    """
    language, script, region, _ = parts
    wholes = (
        (Subtags(language, script, region), parts._replace(language="", script="", region="")),
        (Subtags(language, "", region), parts._replace(language="", region="")),
        (Subtags(language, script), parts._replace(language="", script="")),
        (Subtags(language), parts._replace(language="")),
    )
    for whole, rest in wholes:
        if name := locale.languages.get(str(whole), ""):
            details = _details(locale, rest)
            return f"{name} ({details})" if details else str(name)
    return ""


def _details(locale: Locale, rest: Subtags) -> str:
    names = (
        locale.scripts.get(rest.script, rest.script),
        locale.territories.get(rest.region, rest.region),
        *(locale.variants.get(one.upper(), one) for one in filter(None, rest.variants.split("_"))),
    )
    return ", ".join(filter(None, names))


@cache
def _plural_rules() -> dict[str, str]:
    table = tomllib.loads(PLURALS.read_text(encoding="utf-8"))
    return {tag: rule for rule, tags in table.items() for tag in tags.split()}


@cache
def _plural_forms(gettext_id: str) -> str:
    """Return the plural forms that gettext tools use for the language."""
    parts, rules = subtags(gettext_id), _plural_rules()
    for one in (Subtags(parts.language, "", parts.region), Subtags(parts.language)):
        if str(one) in rules:
            return rules[str(one)]
    locale = _locale(parts.language)
    return to_gettext(locale.plural_form) if locale and locale.plural_form.tags else USUAL_PLURAL


def _in_other_calendar(date: datetime.date, cldr: str) -> str:
    """Return a date in the calendar that CLDR says a language's readers use."""
    from icu4py.messageformat import MessageFormat

    noon = clock.datetime.combine(date, clock.time(12))  # in the machine's own time zone
    return str(MessageFormat("{day, date, long}", cldr).format({"day": noon}))
