"""Export and import: files out of the catalogs of a project, and back into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs import files, glossary, po
from ankl_i18n.catalogs.header import stamp
from ankl_i18n.catalogs.po import disk
from ankl_i18n.catalogs.project import Project, now
from ankl_i18n.checks.run import check
from ankl_i18n.errors import CatalogError, Problem
from ankl_i18n.exchange import tmx
from ankl_i18n.exchange.formats import FORMATS, Format
from ankl_i18n.exchange.memory import opened
from ankl_i18n.exchange.offers import offer
from ankl_i18n.exchange.pack import Selection, packages, samples
from ankl_i18n.exchange.pending import keep
from ankl_i18n.exchange.returns import Fate, Plan, plan, take
from ankl_i18n.exchange.units import Returned
from ankl_i18n.languages import Language, UnknownLanguageError, language

# What takes files that are not catalogs.
OTHERS: Final = {
    ".tbx": "a glossary comes in with `ankl-i18n glossary import`",
    ".tmx": "a memory comes in with `ankl-i18n tm import`",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that went out: its path, and how many messages are in it."""

    path: Path
    messages: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import does with one catalog, and what the checks say of what came in."""

    path: str
    plan: Plan
    problems: tuple[Problem, ...] = ()


def export(
    project: Project, languages: Iterable[Language], form: Format, chosen: Selection, folder: Path
) -> Iterator[Exported]:
    """Write a file for each catalog and language, and yield it. Raises `CatalogError`, OSError."""
    for lang in languages:
        for package in packages(project, lang, chosen):
            path = folder / f"{package.domain.replace('/', '-')}.{lang.tag}{form.ending}"
            data = form.write(package)
            present = disk.content(path)
            if present != data:
                disk.put(path, data, present)
            yield Exported(path, len(package.units))


def imported(project: Project, path: Path, shown: str, *, write: bool) -> list[Imported]:
    """Return what becomes of a file that came back; with `write` it becomes so.

    Everything in the file is read and judged before anything is written. Raises `CatalogError` for
    a file that cannot be read, or that is about a language or a catalog that is not there.
    """
    returned = _read(path, shown)
    done = [_planned(project, one, shown) for one in returned]
    return [_finished(project, *output, shown, write=write) for output in done]


def _read(path: Path, shown: str) -> list[Returned]:
    form = next((one for one in FORMATS if one.read and path.name.endswith(one.ending)), None)
    if form is None or form.read is None:
        endings = ", ".join(one.ending for one in FORMATS if one.read)
        message = f"no format has this file extension; known: {endings}"
        hint = OTHERS.get(path.suffix, "")
        raise CatalogError.of("exchange", message, shown, hint)
    returned = form.read(path.read_bytes(), shown)
    if not any(one.rows for one in returned):
        message = "there are no messages in this file"
        raise CatalogError.of("exchange", message, shown, "export it again")
    return returned


def _planned(project: Project, returned: Returned, shown: str) -> tuple[po.Catalog, Language, Plan]:
    try:
        lang = language(returned.target)
    except UnknownLanguageError as wrong:
        raise CatalogError.of("exchange", str(wrong), shown, wrong.hint) from None
    if lang.tag not in {target.tag for target in project.config.targets}:
        message = f"the file is in {lang.english}, which this project is not translated into"
        raise CatalogError.of("exchange", message, shown)
    domain = returned.domain if returned.domain in files.domain_names(project) else ""
    catalog = files.read_catalog(project, domain, lang) if domain else None
    if catalog is None:
        message = f"there is no catalog {returned.domain or returned.original or '?'} in {lang.tag}"
        raise CatalogError.of("exchange", message, shown, "run `ankl-i18n update`")
    return catalog, lang, plan(catalog, returned, shown, len(samples(catalog, lang)))


def _finished(  # noqa: PLR0913 - what `_planned` has returned
    project: Project, catalog: po.Catalog, lang: Language, made: Plan, shown: str, *, write: bool
) -> Imported:
    take(made)
    changed = {
        id(outcome.entry)
        for outcome in made.outcomes
        if outcome.fate in {Fate.TAKEN, Fate.CONFIRMED}
    }
    path = files.catalog_path(project, made.returned.domain, lang)
    if write:
        if changed:
            catalog.headers["PO-Revision-Date"] = stamp(now())
            po.save(catalog, path, root=project.root)
        keep(project, made.returned.domain, lang, _waiting(project, made, lang, shown))
    lines = {entry.line for entry in catalog.entries if id(entry) in changed}
    terms = glossary.entries(project, lang.tag)
    all_problems = check(catalog, lang, project.config.source, terms) if changed else []
    problems = [problem for problem in all_problems if problem.location.line in lines]
    return Imported(project.config.relative(path), made, tuple(problems))


def _waiting(project: Project, made: Plan, lang: Language, shown: str) -> list[tmx.Translation]:
    """Return what must not be lost although it is not taken."""
    return [
        tmx.Translation(
            project.config.source.tag, outcome.row.sources[0], lang.tag, text,
            outcome.row.key, shown, outcome.row.msgctxt, outcome.why,
        )
        for outcome in made.outcomes
        if outcome.fate is Fate.PENDING and outcome.row.sources
        for text in outcome.row.targets
        if text
    ]  # fmt: skip


def offer_memory(project: Project, languages: Iterable[Language]) -> Iterator[tuple[str, int]]:
    """Offer what the memory has for messages without a translation, catalog by catalog.

    Yields the path of each catalog that was changed, and how many messages have an offer. Raises
    `CatalogError`.
    """
    memory, _ = opened(project)
    with memory:
        for lang in languages:
            for domain in files.domain_names(project):
                catalog = files.read_catalog(project, domain, lang)
                count = offer(catalog, memory, lang) if catalog else 0
                path = files.catalog_path(project, domain, lang)
                if catalog and po.save(catalog, path, root=project.root):
                    yield project.config.relative(path), count
