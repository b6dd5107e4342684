"""Run all checks on a catalog."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from ankl_i18n.checks.catalogs import plural_forms, short_forms, single_numbers
from ankl_i18n.checks.records import Finding, Pair, Report
from ankl_i18n.checks.silence import silenced_kinds, wrong
from ankl_i18n.checks.table import CATALOG_CHECKS, CHECKS, IGNORE, KINDS
from ankl_i18n.checks.texts import is_markdown, read
from ankl_i18n.errors import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ankl_i18n.languages import Language
    from ankl_i18n.po import Catalog, Entry


def check(catalog: Catalog, language: Language, source: Language) -> list[Problem]:
    """Return the problems of a catalog, in the order of its lines, without silenced ones.

    `language` is the catalog's language, `source` that of its msgids.
    """
    return list(check_all(catalog, language, source).problems)


def check_all(catalog: Catalog, language: Language, source: Language) -> Report:
    """Return the problems of a catalog and, apart, those that its translators silenced."""
    by_entry: dict[int, list[Problem]] = defaultdict(list)
    for catalog_check in CATALOG_CHECKS:
        for entry, finding in catalog_check.find(catalog, language):
            problem = _problem(catalog, entry, catalog_check.kind, catalog_check.severity, finding)
            by_entry[id(entry)].append(problem)
    forms = plural_forms(catalog, language)
    singles = single_numbers(forms) if forms else {}
    pairs = partial(
        _pairs, language=language, source=source, singles=singles, short_forms=short_forms(catalog)
    )
    for entry in catalog.entries:
        if entry.translated():
            by_entry[id(entry)] += _check_entry(catalog, entry, pairs(entry))
    problems: list[Problem] = []
    silenced: list[Problem] = []
    for entry in (catalog.header, *catalog.entries):
        found = by_entry.get(id(entry), [])
        quiet = silenced_kinds(entry)
        for problem in found:
            (silenced if problem.kind in quiet else problems).append(problem)
        problems.extend(
            _problem(catalog, entry, IGNORE, Severity.HINT, finding)
            for finding in wrong(entry, KINDS, {problem.kind for problem in found})
        )
    return Report(tuple(problems), tuple(silenced))


def _check_entry(catalog: Catalog, entry: Entry, pairs: Iterable[Pair]) -> list[Problem]:
    """Return the problems of one message; each is told once, whatever forms have it."""
    found: dict[tuple[str, str], Problem] = {}
    for pair in pairs:
        for one in CHECKS:
            for finding in one.find(pair):
                problem = _problem(catalog, entry, one.kind, one.severity, finding, pair)
                found.setdefault((one.kind, finding[0]), problem)
    return list(found.values())


def _pairs(
    entry: Entry,
    language: Language,
    source: Language,
    singles: Mapping[int, int],
    short_forms: Mapping[str, str],
) -> Iterator[Pair]:
    """Yield every form of a translation with the source text that it translates."""
    markup = is_markdown(entry.msgid, entry.comment)
    for i, msgstr in enumerate(entry.forms):
        msgid = entry.msgid
        if entry.msgid_plural and singles.get(i) != 1:
            msgid = entry.msgid_plural
        yield Pair(
            msgid=msgid,
            msgstr=msgstr,
            before=read(msgid, markup),
            after=read(msgstr, markup),
            language=language,
            source=source,
            flags=frozenset(entry.flags),
            single=bool(entry.msgid_plural) and i in singles,
            markup=markup,
            msgctxt=entry.msgctxt,
            short_forms=short_forms,
        )


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
    return text.replace("\n", "\\n")
