"""Run all checks on a catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ankl_i18n.catalogs.glossary import Entry as Term
from ankl_i18n.catalogs.po import Catalog, Entry
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.checks import numbers, opposites
from ankl_i18n.checks.added import reasons_alone
from ankl_i18n.checks.catalogs import plural_forms, short_forms, single_numbers
from ankl_i18n.checks.habits import Habits
from ankl_i18n.checks.joints import Joint, Joints
from ankl_i18n.checks.lexicon import Lexicon
from ankl_i18n.checks.link_texts import terms_of
from ankl_i18n.checks.negation import denials, denying, with_without
from ankl_i18n.checks.records import Doubtful, Finding, Pair, Report, Whole, small
from ankl_i18n.checks.silence import silenced_kinds, wrong
from ankl_i18n.checks.table import CATALOG_CHECKS, CHECKS, IGNORE, KINDS, PROTECTING
from ankl_i18n.checks.traits import AMOUNTS, FLAGS, MEANINGS, Traits
from ankl_i18n.checks.wholeness import joint, usual_length
from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.languages import Language
from ankl_i18n.languages.levels import levels
from ankl_i18n.source.texts import LIMIT, is_markdown, read

# Characters shown of a text that is too long.
SHOWN: Final = 60


def check(
    catalog: Catalog, language: Language, source: Language, terms: tuple[Term, ...] = ()
) -> list[Problem]:
    """Return the problems of a catalog, in the order of its lines, without silenced ones.

    `language` is the catalog's language, `source` that of its msgids, `terms` are those of the
    project's glossary.
    """
    return list(check_all(catalog, language, source, terms).problems)


def check_all(
    catalog: Catalog, language: Language, source: Language, terms: tuple[Term, ...] = ()
) -> Report:
    """Return the problems of a catalog and, apart, those that its translators silenced."""
    whole = Whole(catalog, [entry for entry in catalog.entries if may_be_shown(entry)], terms)
    by_entry: dict[int, list[Problem]] = {}
    for catalog_check in CATALOG_CHECKS:
        for entry, finding in catalog_check.find(whole, language):
            problem = _problem(catalog, entry, catalog_check.kind, catalog_check.severity, finding)
            by_entry.setdefault(id(entry), []).append(problem)
    translations = Translations(whole, language, source)
    for entry in whole.translated:
        problems_of = translations.check(entry)
        if problems_of:
            by_entry.setdefault(id(entry), []).extend(problems_of)
    problems: list[Problem] = []
    silenced: list[Problem] = []
    for entry in (catalog.header, *catalog.entries):
        problems_of = by_entry.get(id(entry), [])
        if "i18n:" not in entry.tcomment:  # nearly always
            problems += problems_of
            continue
        quiet = silenced_kinds(entry) - PROTECTING
        for problem in problems_of:
            (silenced if problem.kind in quiet else problems).append(problem)
        problems.extend(
            _problem(catalog, entry, IGNORE, Severity.HINT, finding)
            for finding in wrong(
                entry, KINDS, {problem.kind for problem in problems_of}, PROTECTING
            )
        )
    return Report(tuple(problems), tuple(silenced))


class Translations:
    """Checks one translation of a catalog after the other."""

    def __init__(self, whole: Whole, language: Language, source: Language) -> None:
        self.catalog, self.language, self.source = whole.catalog, language, source
        forms = plural_forms(whole.catalog, language)
        self.singles = single_numbers(forms) if forms else {}
        self.short_forms = short_forms(whole)
        self.terms = terms_of(whole.translated)
        self.levels = levels(language.data.checks)
        self.length = usual_length(whole.translated)
        self.lexicon = Lexicon(whole.translated, language)
        self.habits = _habits(whole, language)
        self.joints = _joints(whole, language, source, self.length.usual)
        self.traits = Traits(language, source, self.length.usual)
        self.chosen: dict[int, list[tuple[str, Callable[[Pair], Iterator[Finding]], Severity]]] = {}

    def check(self, entry: Entry) -> list[Problem]:
        """Return the problems of one message; each is told once, whatever forms have it."""
        by_finding: dict[tuple[str, str], Problem] = {}
        markup = is_markdown(entry.msgid, entry.comment)
        flags = FLAGS if entry.flags else 0
        for i, msgstr in enumerate(entry.forms):
            msgid = entry.msgid
            if entry.msgid_plural and self.singles.get(i) != 1:
                msgid = entry.msgid_plural
            traits = flags | self.traits.find(msgid, msgstr, markup=markup)
            if not traits:
                continue
            pair = self.pair(entry, i, msgid, markup=markup)
            if traits & AMOUNTS and numbers.is_quiet(pair):
                traits &= ~AMOUNTS
            if traits & MEANINGS and opposites.is_quiet(pair):
                traits &= ~MEANINGS
            for kind, find, severity in self._checks(traits):
                for finding in find(pair):
                    level = Severity.HINT if isinstance(finding, Doubtful) else severity
                    problem = _problem(self.catalog, entry, kind, level, finding, pair)
                    by_finding.setdefault((kind, finding[0]), problem)
        return list(by_finding.values()) if by_finding else []

    def _checks(
        self, traits: int
    ) -> list[tuple[str, Callable[[Pair], Iterator[Finding]], Severity]]:
        """Return the checks that may find something where there are some traits."""
        if traits not in self.chosen:
            self.chosen[traits] = [
                (one.kind, one.find, severity)
                for one in CHECKS
                if one.traits & traits
                and (severity := self.levels.get(one.kind, one.severity)) is not None
            ]
        return self.chosen[traits]

    def pair(self, entry: Entry, form: int, msgid: str, *, markup: bool) -> Pair:
        """Return a form of a translation with the source text that it translates."""
        msgstr = entry.forms[form]
        return Pair(
            msgid=msgid,
            msgstr=msgstr,
            before=read(msgid, markup),
            after=read(msgstr, markup),
            language=self.language,
            source=self.source,
            flags=frozenset(entry.flags),
            single=bool(entry.msgid_plural) and form in self.singles,
            markup=markup,
            msgctxt=entry.msgctxt,
            short_forms=self.short_forms,
            length=self.length,
            terms=self.terms,
            lexicon=self.lexicon,
            habits=self.habits,
            joints=self.joints,
        )


def _habits(whole: Whole, language: Language) -> Habits | None:
    words = denials(language)
    if words is None:
        return None
    sources = tuple(entry.msgid for entry in whole.translated)
    translations = [entry.msgstr for entry in whole.translated]

    def of(text: str) -> frozenset[str]:
        return denying(small(text, language), words)

    return Habits(sources, translations, reasons_alone, with_without, of)


def _joints(whole: Whole, language: Language, source: Language, usual: float) -> Joints:
    texts = [(entry.msgid, entry.msgstr) for entry in whole.translated]

    def of(word: str, before: str, after: str) -> Joint:
        return joint(word, before.lower(), small(after, language), source, language)

    return Joints(texts, usual, of)


def _problem(  # noqa: PLR0913, PLR0917
    catalog: Catalog,
    entry: Entry,
    kind: str,
    severity: Severity,
    finding: Finding,
    pair: Pair | None = None,
) -> Problem:
    message, hint = finding
    msgid, msgstr = (pair.msgid, pair.msgstr) if pair else (entry.msgid, " / ".join(entry.forms))
    context = f"{_line(msgid)}\n{_line(msgstr)}" if msgid else ""
    return Problem(kind, severity, message, Location(catalog.path, entry.line), hint, context)


def _line(text: str) -> str:
    shown = text if len(text) <= LIMIT else f"{text[:SHOWN]}…"
    return shown.replace("\n", "\\n")
