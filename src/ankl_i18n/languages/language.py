"""Languages: BCP 47 tags, gettext ids, direction, names, dates, numbers, plural rules.

Everything that CLDR knows comes from Babel; this module adds the pseudo-locales and the
aliases that translators' folders use (`zh_CN` for `zh_Hans`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from babel import Locale, UnknownLocaleError

from ankl_i18n.languages.reader import language_data

if TYPE_CHECKING:
    import datetime

    from ankl_i18n.languages.records import LanguageData

Direction = Literal["ltr", "rtl"]

PSEUDO: Final[dict[str, Direction]] = {"qps-ploc": "ltr", "qps-plocm": "rtl"}

# Folder names used by gettext projects, and the script tag each of them means.
ALIASES: Final = {
    "zh_CN": "zh_Hans",
    "zh_SG": "zh_Hans",
    "zh_TW": "zh_Hant",
    "zh_HK": "zh_Hant",
    "tl": "fil",
    "pa_IN": "pa",
    "in": "id",
    "iw": "he",
}

# Digits other than 0-9. Babel formats every number with 0-9 (2.18).
NATIVE_DIGITS: Final = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "latn": "0123456789"}


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as pages, catalogs and people name it.

    `tag` is BCP 47 (`zh-Hant`), `gettext_id` names folders and the Language header
    (`zh_Hant`), `cldr` is the identifier of its CLDR data. What only CLDR knows is looked up
    when it is first asked for.
    """

    tag: str
    gettext_id: str
    cldr: str

    @property
    def direction(self) -> Direction:
        """The direction of the language's script."""
        return PSEUDO.get(self.tag) or _direction(self.cldr)

    @property
    def endonym(self) -> str:
        """The language's name in the language itself."""
        return self.english if self.is_pseudo else _endonym(self.cldr)

    @property
    def english(self) -> str:
        """The language's name in English."""
        if self.is_pseudo:
            return "Pseudo-locale" + (" (right to left)" if self.direction == "rtl" else "")
        return _english(self.cldr)

    @property
    def plural_forms(self) -> str:
        """The gettext Plural-Forms value of the language."""
        return self.data.numbers.plural_forms or _plural_forms(self.cldr)

    @property
    def is_pseudo(self) -> bool:
        """Tell whether this is a pseudo-locale, made by the machine for testing."""
        return self.tag in PSEUDO

    def format_date(self, date: datetime.date) -> str:
        """Return the date in long form, in the language's own words, digits and calendar."""
        dates = self.data.dates
        if dates.calendar:  # Babel knows one calendar, ICU all of them
            return _in_other_calendar(date, self.cldr)
        from babel.dates import format_date

        text = format_date(date, "long", locale=self.cldr)
        if date.day == 1 and dates.first:
            text = text.replace("1", dates.first, 1)
        return self.digits(text)

    def format_number(self, number: float) -> str:
        """Return the number with the language's digits and separators."""
        from babel.numbers import format_decimal

        return self.digits(
            format_decimal(number, locale=self.cldr, numbering_system=self.numbering)
        )

    def format_percent(self, ratio: float) -> str:
        """Return a ratio (0 to 1) as a percentage, rounded down to a whole number."""
        from babel.numbers import format_percent

        whole = int(ratio * 100 + 1e-9) / 100
        return self.digits(format_percent(whole, locale=self.cldr, numbering_system=self.numbering))

    def digits(self, text: str) -> str:
        """Return the text with 0-9 replaced by the digits that the language is printed with."""
        return text.translate(str.maketrans("0123456789", NATIVE_DIGITS[self.numbering]))

    @property
    def data(self) -> LanguageData:
        """What the language's file says about its letters, numbers and words."""
        return language_data("en" if self.is_pseudo else self.tag)

    @property
    def numbering(self) -> str:
        """The CLDR numbering system that the language is printed with."""
        return self.data.numbers.digits


def canonical_id(name: str) -> str:
    """Return the gettext id that a tag, gettext id or alias stands for (`zh-TW`: `zh_Hant`)."""
    first, *others = name.replace("-", "_").split("_")
    # Language small, script capitalized, region capitals (RFC 5646, section 2.1.1).
    subtags = {2: str.upper, 4: str.title}
    cased = [subtags.get(len(part), str.lower)(part) for part in others]
    if first.lower() == "qps":
        cased = [part.lower() for part in others]
    tag = "_".join([first.lower(), *cased])
    return ALIASES.get(tag, tag)


@cache
def language(name: str) -> Language:
    """Return the language that a BCP 47 tag, gettext id or alias names.

    Raises `ValueError` when neither CLDR nor the pseudo-locales know it.
    """
    gettext_id = canonical_id(name)
    tag = gettext_id.replace("_", "-")
    if tag in PSEUDO:
        return Language(tag, gettext_id, "en")
    try:
        Locale.parse(gettext_id)
    except (UnknownLocaleError, ValueError) as unknown:
        message = f"unknown language {name!r}: write a BCP 47 tag such as fr, zh-Hans or pt-BR"
        raise ValueError(message) from unknown
    return Language(tag, gettext_id, gettext_id)


def aliases(gettext_id: str) -> tuple[str, ...]:
    """Return every folder name under which this language's catalogs may be found."""
    others = sorted(alias for alias, target in ALIASES.items() if target == gettext_id)
    return (gettext_id, *others)


@cache
def _direction(cldr: str) -> Direction:
    return "rtl" if Locale.parse(cldr).text_direction == "rtl" else "ltr"


@cache
def _endonym(cldr: str) -> str:
    locale = Locale.parse(cldr)
    name = locale.languages.get(cldr) or locale.get_display_name(locale) or cldr
    # CLDR gives names as in running text; a list shows them alone. Georgian has no capitals there.
    return name if locale.language == "ka" else name[:1].upper() + name[1:]


@cache
def _english(cldr: str) -> str:
    locale = Locale.parse(cldr)
    return Locale.parse("en").languages.get(cldr) or locale.get_display_name("en") or cldr


@cache
def _plural_forms(cldr: str) -> str:
    """Return the plural forms that gettext tools use for the language."""
    from babel.messages.plurals import get_plural

    spoken = Locale.parse(cldr).language
    return str(get_plural(spoken)).rstrip(";") + ";"


def _in_other_calendar(date: datetime.date, cldr: str) -> str:
    """Return a date in the calendar that CLDR says a language's readers use."""
    import datetime as clock

    from icu4py.messageformat import MessageFormat

    noon = clock.datetime.combine(date, clock.time(12))  # in the machine's own time zone
    return str(MessageFormat("{day, date, long}", cldr).format({"day": noon}))
