"""Checks of a translation while it is typed, and what would put it right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ankl_i18n.catalogs.glossary import Entry as Term
from ankl_i18n.catalogs.po import Catalog, Entry
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.checks.records import Whole
from ankl_i18n.checks.run import Translations
from ankl_i18n.checks.silence import silenced_kinds
from ankl_i18n.checks.table import CATALOG_CHECKS, PROTECTING
from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.languages import Language

# Checks of catalogs that look at each message for itself.
OF_ONE: Final = frozenset({
    "msgcat-marks", "blank", "plural-count", "too-long", "glossary", "glossary-strict",
    "glossary-forbidden",
})  # fmt: skip
# More ways to put one thing right than this are not tried.
TRIED: Final = 12
NUMBER: Final = re.compile(r"[-\u2212]?\d+(?:[.,\u00a0\u202f\u066b\u066c]\d+)*")
_FRENCH: Final = re.compile(r"(?<=[\w)»”]) ?(?=[;:!?»](?:\s|$))|(?<=«) ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Found:
    """A problem of a text, and the texts that would be without it, if any is sure.

    `silenced` tells that the translator has answered it; a `protecting` one cannot be.
    """

    problem: Problem
    fixes: tuple[tuple[str, ...], ...] = ()
    silenced: bool = False
    protecting: bool = False


class Live:
    """The checks of a catalog's messages, one at a time; made again when the catalog changes."""

    def __init__(
        self, catalog: Catalog, language: Language, source: Language, terms: tuple[Term, ...]
    ) -> None:
        self.catalog, self.language, self.terms = catalog, language, terms
        translated = [entry for entry in catalog.entries if may_be_shown(entry)]
        self.translations = Translations(Whole(catalog, translated, terms), language, source)

    def look(self, entry: Entry) -> list[Found]:
        """Return what is wrong with a message, with fixes where they are sure."""
        problems = self._problems(entry)
        quiet = silenced_kinds(entry)
        return [
            Found(
                problem,
                () if problem.kind in quiet else tuple(self._fixes(entry, problem, problems)),
                problem.kind in quiet and problem.kind not in PROTECTING,
                problem.kind in PROTECTING,
            )
            for problem in problems
        ]

    def _problems(self, entry: Entry) -> list[Problem]:
        if not any(entry.forms):
            return []
        problems = []
        alone = Whole(replace(self.catalog, entries=[entry]), [entry], self.terms)
        for check in CATALOG_CHECKS:
            if check.kind in OF_ONE:
                for whose, (message, hint) in check.find(alone, self.language):
                    if whose is entry:
                        where = Location(self.catalog.path, entry.line)
                        problems.append(Problem(check.kind, check.severity, message, where, hint))
        if may_be_shown(entry):
            problems += self.translations.check(entry)
        order = list(Severity)
        return sorted(problems, key=lambda one: order.index(one.severity))

    def _fixes(
        self, entry: Entry, problem: Problem, before: list[Problem]
    ) -> Iterator[tuple[str, ...]]:
        """Yield the texts that have lost the problem, and brought none."""
        known = {(one.kind, one.message) for one in before}
        kinds = {one.kind for one in before}
        for n, forms in enumerate(_candidates(entry, problem.kind, self.language)):
            if n == TRIED:
                return
            twin = entry.detached()
            _set(twin, forms)
            after = self._problems(twin)
            new = {one.kind for one in after} - kinds
            left = {(one.kind, one.message) for one in after}
            if not new and (problem.kind, problem.message) not in left and left < known:
                yield forms
                return


def _set(entry: Entry, forms: tuple[str, ...]) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = forms[0]


def _candidates(entry: Entry, kind: str, language: Language) -> Iterator[tuple[str, ...]]:
    """Yield texts that may have lost a problem of a kind."""
    for i, form in enumerate(entry.forms):
        source = entry.msgid_plural if i and entry.msgid_plural else entry.msgid
        for text in dict.fromkeys(_variants(source, form, kind, language)):
            if text != form:
                yield (*entry.forms[:i], text, *entry.forms[i + 1 :])


def _variants(source: str, text: str, kind: str, language: Language) -> Iterator[str]:
    match kind:
        case "whitespace" | "newlines":
            lead = source[: len(source) - len(source.lstrip())]
            yield lead + text.strip() + source[len(source.rstrip()) :]
        case "double-spaces":
            yield re.sub(r" {2,}", " ", text)
        case "french-spacing":
            yield _FRENCH.sub("\u00a0", text)
        case "kashida":
            yield text.replace("\u0640", "")
        case "arabic-letters":
            other = language.data.writing.other
            yield re.sub("|".join(map(re.escape, other)) or "(?!)", lambda m: other[m[0]], text)
        case "controls" | "invisible":
            yield "".join(c for c in text if c.isprintable() or c in "\n\u200c\u200d\u00a0\u202f")
        case "end-punctuation":
            yield from _ended(source, text)
        case _:
            yield from _renumbered(source, text, language)


def _ended(source: str, text: str) -> Iterator[str]:
    """Yield the text with the sign at its end that the source has, or without one."""
    bare = text.rstrip(".。．।۔:：!！?？…")
    last = source.rstrip()[-1:]
    marks = {".": ".。।۔", ":": "::：", "?": "?？؟", "!": "!！"}.get(last, "")
    yield from (bare + mark for mark in marks)
    yield bare


def _renumbered(source: str, text: str, language: Language) -> Iterator[str]:
    """Yield the text with a number of the source in place of one that the source does not have."""
    wanted, matches = NUMBER.findall(source), list(NUMBER.finditer(text))
    for match in matches:
        for number in wanted:
            # In the digits that the text has.
            for way in sorted(
                _ways(number, language), key=lambda one: one.isascii() != match[0].isascii()
            ):
                yield text[: match.start()] + way + text[match.end() :]


def _ways(number: str, language: Language) -> Iterator[str]:
    """Yield a number of an English text as a language writes it, and as it is."""
    whole, _, decimals = number.replace(",", "").partition(".")
    sign = "." if language.format_number(1000)[1:2] == "," else ","
    if decimals:
        yield f"{whole}{sign}{decimals}"
    elif whole.isdigit():
        yield language.format_number(int(whole))
    yield number
