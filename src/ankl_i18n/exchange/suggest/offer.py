"""Suggestions in catalogs: checked before anyone sees them, fuzzy, with their origin."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ankl_i18n.catalogs import files, glossary, po
from ankl_i18n.catalogs.po import Catalog, Entry, State
from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks.run import check
from ankl_i18n.errors import Location, Problem, Severity, error
from ankl_i18n.exchange import tmx
from ankl_i18n.exchange.codes import differences
from ankl_i18n.exchange.pack import Selection, packages
from ankl_i18n.exchange.pending import keep
from ankl_i18n.exchange.suggest.host import Bounds, ask
from ankl_i18n.exchange.suggest.records import Request, Suggestion, Text
from ankl_i18n.exchange.units import Package, Unit, key_of
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import read

# How translators are told where a fuzzy text is from: "Suggestion: NAME, what it says".
MARK: Final = "Suggestion: "
# Letters of an origin that are kept, and of a text for each letter of its source, and some.
ORIGIN: Final = 100
LONGEST: Final = 1000
TIMES: Final = 10


@dataclass(slots=True)
class Suggested:
    """What became of the suggestions for a catalog: how many were written, and what was wrong."""

    path: str
    taken: int = 0
    waiting: int = 0
    problems: list[Problem] = field(default_factory=list)


def suggest(
    project: Project, lang: Language, name: str, chosen: Selection, bounds: Bounds
) -> Iterator[Suggested]:
    """Offer what a plug-in suggests for strings without a translation, catalog by catalog.

    They get it as fuzzy. If what is `unfinished` is chosen, fuzzy strings are asked for, too: they
    keep their text, and the suggestion waits in `tm/pending/`. Raises `CatalogError`,
    `SuggestError`.
    """
    states = {State.UNTRANSLATED, *({State.FUZZY} if chosen.unfinished else ())}
    for whole in packages(project, lang, replace(chosen, unfinished=True)):
        units = tuple(unit for unit in whole.units if unit.state in states and not unit.locked)
        if not units:
            continue
        package = replace(whole, units=units)
        path = files.catalog_path(project, package.domain, lang)
        catalog = files.read_catalog(project, package.domain, lang)
        if catalog is None:
            continue
        made = Suggested(project.config.relative(path))
        request = _request(project, package, lang)
        answer = ask(name, request, project.root, bounds)
        if answer.fault:
            made.problems.append(error("suggest", answer.fault, name))
        if answer.garbage:
            message = f"{answer.garbage} lines of its answer are not suggestions"
            made.problems.append(error("suggest", message, name))
        good = _understood(package, answer.suggestions, name, made)
        waiting = _put(project, catalog, lang, name, good, made)
        if made.taken:
            po.save(catalog, path, root=project.root)
        keep(project, package.domain, lang, waiting)
        yield made


def _request(project: Project, package: Package, lang: Language) -> Request:
    terms = glossary.entries(project, lang.tag)
    texts = tuple(_text(unit, terms) for unit in package.units)
    return Request(package.source, package.target, texts)


def _text(unit: Unit, terms: tuple[glossary.Entry, ...]) -> Text:
    terms_within = glossary.within(read(unit.sources[0]).shown, terms)
    return Text(
        unit.key, unit.sources, unit.counts, unit.msgctxt, (*unit.notes, *unit.remarks),
        unit.section, {one.term: one.preferred for one in terms_within if one.preferred},
    )  # fmt: skip


def _understood(
    package: Package, suggestions: Sequence[Suggestion], name: str, made: Suggested
) -> dict[str, Suggestion]:
    """Return the first suggestion for each text that was asked for, by its id."""
    units = {unit.key: unit for unit in package.units}
    good: dict[str, Suggestion] = {}
    wrong = 0
    for suggestion in suggestions:
        unit = units.get(suggestion.id)
        if unit is None or suggestion.id in good or not _has_shape(suggestion, unit):
            wrong += 1
        else:
            good[suggestion.id] = suggestion
    if wrong:
        message = f"{wrong} suggestions are empty, or for texts that were not asked for"
        made.problems.append(error("suggest", message, name))
    return good


def _has_shape(suggestion: Suggestion, unit: Unit) -> bool:
    most = LONGEST + TIMES * max(map(len, unit.sources))
    return len(suggestion.targets) == len(unit.targets) and all(
        text.strip() and len(text) <= most and "\0" not in text for text in suggestion.targets
    )


def _put(  # noqa: PLR0913, PLR0917 - what `suggest` has found
    project: Project, catalog: Catalog, lang: Language, name: str,
    good: dict[str, Suggestion], made: Suggested,
) -> list[tmx.Translation]:  # fmt: skip
    """Put suggestions into a catalog; return those whose place is taken."""
    entries = {key_of(*entry.key()): entry for entry in catalog.entries if not entry.obsolete}
    wrong = _wrong(project, catalog, lang, {entries[key]: one for key, one in good.items()})
    waiting: list[tmx.Translation] = []
    for key, one in good.items():
        entry = entries[key]
        if entry in wrong:
            message = f"a suggestion was dropped: {wrong[entry]}"
            where = Location(made.path, entry.line)
            made.problems.append(
                Problem("suggest", Severity.WARNING, message, where, "", entry.msgid)
            )
        elif any(entry.forms):
            waiting += (
                tmx.Translation(
                    project.config.source.tag, entry.msgid, lang.tag, text, key,
                    _origin(name, one), entry.msgctxt, "a suggestion",
                )
                for text in one.targets
            )  # fmt: skip
        else:
            _fill(entry, one)
            entry.fuzzy = True
            entry.tcomment = "\n".join(filter(None, (entry.tcomment, MARK + _origin(name, one))))
            made.taken += 1
    made.waiting = len({translation.name for translation in waiting})
    return waiting


def _wrong(
    project: Project, catalog: Catalog, lang: Language, offered: dict[Entry, Suggestion]
) -> dict[Entry, str]:
    """Return what the checks say of suggestions that nobody should see."""
    tried: list[Entry] = []
    by_line: dict[int, str] = {}
    for entry, one in offered.items():
        candidate = copy.copy(entry)
        candidate.msgstr_plural, candidate.flags = {}, [f for f in entry.flags if f != "fuzzy"]
        candidate.tcomment = ""  # nothing is silenced for a machine
        _fill(candidate, one)
        tried.append(candidate)
        lost = [message for text in one.targets for message in _broken(entry, text)]
        if lost:
            by_line[entry.line] = lost[0]
    trial = copy.copy(catalog)
    trial.entries = tried
    terms = glossary.entries(project, lang.tag)
    for problem in check(trial, lang, project.config.source, terms):
        if problem.severity is Severity.ERROR:
            by_line.setdefault(problem.location.line, problem.message)
    return {entry: by_line[entry.line] for entry in offered if entry.line in by_line}


def _broken(entry: Entry, text: str) -> list[str]:
    sources = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
    return min((list(differences(source, text)) for source in sources), key=len)


def _fill(entry: Entry, suggestion: Suggestion) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(suggestion.targets))
    else:
        entry.msgstr = suggestion.targets[0]


def _origin(name: str, suggestion: Suggestion) -> str:
    """Return where a suggestion is from, on one line."""
    origin = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", suggestion.origin).strip()[:ORIGIN]
    return ", ".join(filter(None, (name, origin)))
