"""Checks of a catalog as a whole: plural rules and forms, flags, consistency."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final

from ankl_i18n.catalogs.po import Catalog, Entry
from ankl_i18n.catalogs.po.plural import PluralError, PluralForms, parse_plural_forms
from ankl_i18n.catalogs.usable import length
from ankl_i18n.checks.records import Finding, Whole, base
from ankl_i18n.languages import Language
from ankl_i18n.languages import language as language_of
from ankl_i18n.source.texts import LIMIT, read

TRIED: Final = 1000
SCRIPT_LETTERS: Final = len("Hant")
# The context of the messages that translate `*[CNS]: …` in a leaflet.
ABBREVIATION: Final = "abbreviation"
NEAR: Final = 0.7


def plural_forms(catalog: Catalog, language: Language) -> PluralForms | None:
    """Return the catalog's plural rule, the language's where there is none, None if broken."""
    field = catalog.headers.get("Plural-Forms") or language.plural_forms
    try:
        return parse_plural_forms(field)
    except PluralError:
        return None


@lru_cache(maxsize=256)
def single_numbers(forms: PluralForms) -> Mapping[int, int]:
    """Return the forms that are used for one number alone, with that number.

    A form for 0 and 1, as in French, counts as one for 1.
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    for n in range(TRIED + 1):
        numbers[forms.index(n)].append(n)
    return {
        form: counts[-1] for form, counts in numbers.items() if len(counts) == 1 or counts == [0, 1]
    }


def other_language(whole: Whole, expected: Language) -> Iterator[tuple[Entry, Finding]]:
    """The header names another language: the file may have been copied to the wrong folder."""
    stated = whole.catalog.headers.get("Language", "")
    try:
        named = language_of(stated)
    except ValueError:  # none, or one that nobody knows
        return
    parts = {part for one in (named, expected) for part in one.tag.split("-")[1:]}
    scripts = [part for part in parts if len(part) == SCRIPT_LETTERS]
    if base(named) != base(expected) or len(scripts) > 1:
        what = f"the header says Language: {stated}; this is the catalog of {expected.english}"
        hint = f"Make sure that it is {expected.english}, and write {expected.gettext_id}."
        yield whole.catalog.header, (what, hint)


def plural_header(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """The header must say how the language counts where messages have plural forms."""
    catalog = whole.catalog
    field = catalog.headers.get("Plural-Forms", "")
    plurals = any(entry.msgid_plural and not entry.obsolete for entry in catalog.entries)
    hint = f"Write Plural-Forms: {language.plural_forms}"
    if not field and not plurals:
        return
    try:
        parse_plural_forms(field)
    except PluralError as wrong:
        what = (
            f"Plural-Forms cannot be used: {wrong}" if field else "the header has no Plural-Forms"
        )
        yield catalog.header, (what, hint)


def plural_rule(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """The rule has as many forms as the language has by CLDR."""
    catalog = whole.catalog
    field = catalog.headers.get("Plural-Forms", "")
    forms = plural_forms(catalog, language)
    if field and forms and not language.is_pseudo:
        expected = parse_plural_forms(language.plural_forms).nplurals
        if forms.nplurals != expected and not language.data.numbers.large_plural:
            yield (
                catalog.header,
                (
                    f"Plural-Forms has {forms.nplurals} forms; {language.english} has {expected}",
                    f"Write Plural-Forms: {language.plural_forms}",
                ),
            )


def plural_count(whole: Whole, language: Language) -> Iterator[tuple[Entry, Finding]]:
    """Every plural message has as many forms as the header says."""
    forms = plural_forms(whole.catalog, language)
    for entry in whole.catalog.entries:
        if forms and entry.msgid_plural and not entry.obsolete and any(entry.forms):
            count = len(entry.msgstr_plural)
            if count != forms.nplurals:
                last = f"msgstr[{forms.nplurals - 1}]"
                yield (
                    entry,
                    (
                        f"{count} plural forms, Plural-Forms says {forms.nplurals}",
                        f"Fill msgstr[0] to {last}.",
                    ),
                )
            elif not all(entry.forms):
                yield (
                    entry,
                    (
                        "a plural form is empty",
                        "Fill every msgstr[…]; until then the message is not shown.",
                    ),
                )


def fuzzy_flag(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """A flag that only looks like fuzzy; tools that do not know it would publish the message."""
    for entry in whole.catalog.entries:
        for flag in entry.flags:
            if flag != "fuzzy" and _looks_fuzzy(flag):
                hint = "Write #, fuzzy or delete the flag."
                yield entry, (f"the flag {flag!r} looks like a misspelled fuzzy", hint)


@cache
def _looks_fuzzy(flag: str) -> bool:
    return SequenceMatcher(None, flag.casefold(), "fuzzy").ratio() >= NEAR


def too_long(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """A text longer than any that people write; nobody gets to see it, no check looks at it."""
    for entry in whole.catalog.entries:
        if length(entry) > LIMIT and not entry.obsolete:
            what = f"a text of {length(entry):,} characters; {LIMIT:,} is the limit"
            yield entry, (what, "Delete the translation, or split the text in the leaflet.")


def consistency(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """The same text is translated the same way, unless its contexts call for more."""
    seen: dict[str, Entry] = {}
    for entry in whole.translated:
        if not entry.msgid_plural:
            first = seen.setdefault(entry.msgid, entry)
            if first.msgstr != entry.msgstr:
                hint = "Translate both in the same way, unless the two places need different words."
                yield (
                    entry,
                    (f"line {first.line} translates the same text as {first.msgstr!r}", hint),
                )


def short_forms(whole: Whole) -> dict[str, str]:
    """Return the abbreviations that a catalog translates, by those of the source: DIC is CIVD."""
    return {
        entry.msgid: entry.msgstr for entry in whole.translated if entry.msgctxt == ABBREVIATION
    }


def abbreviation_unused(whole: Whole, _: Language) -> Iterator[tuple[Entry, Finding]]:
    """An abbreviation is given that no translation uses, so that it is never explained."""
    for entry in whole.translated:
        if entry.msgctxt != ABBREVIATION:
            continue
        texts = [
            read(form).shown
            for other in whole.translated
            if other.msgctxt != ABBREVIATION and _has(read(other.msgid).shown, entry.msgid)
            for form in other.forms
        ]
        if texts and not any(_has(text, entry.msgstr) for text in texts):
            what = f"{entry.msgstr} is given for {entry.msgid} and stands in no translation"
            yield entry, (what, f"Use {entry.msgstr} in the translations, or give what they use.")


def _has(text: str, word: str) -> bool:
    """Tell whether a text has an abbreviation that is not part of a longer one."""
    return bool(re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text))
