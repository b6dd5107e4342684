"""Where every leaflet stands in every language: catalogs, checks, coverage, publication.

What is found out is kept between runs as facts; the rules for them are the methods of
`Status.rules`. Leaflets and catalogs are read only for what is not known yet.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.catalogs.project import UI
from ankl_i18n.coverage.figures import as_json, from_json, publishable
from ankl_i18n.engine.cache import digest
from ankl_i18n.engine.codec import from_problems, to_problems
from ankl_i18n.engine.copies import Copies, processors
from ankl_i18n.engine.facts import name_of
from ankl_i18n.errors import AnklError, Problem, Severity
from ankl_i18n.languages import PSEUDO, Language, language
from ankl_i18n.languages.pseudo import pseudo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ankl_i18n.catalogs import po
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.catalogs.template import Key
    from ankl_i18n.checks.suppressed import Silenced
    from ankl_i18n.coverage.counting import Outline, Standing
    from ankl_i18n.coverage.rows import Row
    from ankl_i18n.source import Segment

DRAFT: Final = "draft"
# Catalogs that are kept in memory; those of one leaflet are asked for one after the other.
RECENT: Final = 64
# What reports ask of every catalog.
OF_CATALOGS: Final = ("catalog", "broken", "answers")
# A process more for every so many bytes of catalogs.
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Answers:
    """The path of a catalog, and what its translators silenced; empty where there is none."""

    path: str
    silenced: tuple[Silenced, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain in one language: its catalog and what is wrong with it."""

    name: str
    language: Language
    status: Status

    @property
    def catalog(self) -> po.Catalog | None:
        """The catalog; None where there is none or it cannot be read (`broken`)."""
        try:
            return self.status.catalog(self.name, self.language)
        except AnklError:
            return None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the catalog."""
        return tuple(to_problems(self._found["problems"]))

    @property
    def broken(self) -> bool:
        """Whether there is a catalog that cannot be read."""
        return bool(self.status.facts.ask("broken", self.name, self.language.tag))

    @property
    def review(self) -> str:
        """The state of review: "draft" until the catalog's header says "reviewed"."""
        return str(self.status.facts.ask("review", self.name, self.language.tag))

    @property
    def _found(self) -> dict[str, Any]:
        found: dict[str, Any] = self.status.facts.ask("catalog", self.name, self.language.tag)
        return found

    def translator(self) -> Callable[[Segment], str | None]:
        """Return a function from a segment to the msgstr to show for it, or None."""
        from ankl_i18n.coverage.counting import find

        if self.language.is_pseudo:
            return lambda segment: pseudo(segment.msgid, self.language)
        known = self.status.translations(self.name, self.language)
        return lambda segment: find(known, segment)


class Status:
    """What is known of a project's leaflets in its languages; everything is found out once."""

    def __init__(
        self, project: Project, *, drafts: bool = False, pseudo_locales: bool = False
    ) -> None:
        self.project = project
        self.drafts = drafts
        config = project.config
        self.source = config.source
        extra = tuple(language(tag) for tag in PSEUDO) if pseudo_locales else ()
        self.languages: tuple[Language, ...] = (self.source, *config.targets, *extra)
        self.facts = project.facts
        self.facts.rules |= self.rules
        self.facts.leaves["option drafts"] = lambda: str(self.drafts)
        self.facts.leaves["picture"] = lambda path: str(self._has_picture(path))
        self._parsed = lru_cache(RECENT)(self._parse)
        self._shown = lru_cache(RECENT)(self._translations)
        self._stand = lru_cache(RECENT)(self._standings)
        self._outlines: dict[tuple[str, ...], Outline] = {}
        self._prepared: dict[tuple[str, str], dict[Key, Standing]] = {}

    @property
    def rules(self) -> dict[str, Callable[..., Any]]:
        """What finds out each kind of fact; their arguments are names and tags."""
        return {
            "catalog": self._catalog,
            "answers": self._answers,
            "broken": self._broken,
            "wrong": self._wrong,
            "review": self._review,
            "unread": self._unread,
            "reasons": self._reasons,
            "published": self._published,
            "coverage": self._coverage,
            "translatable": self._translatable,
            "source problems": self._source_problems,
        }

    # --- catalogs ---------------------------------------------------------------------------

    def domain(self, name: str, spoken: Language) -> Domain:
        """Return a domain in a language."""
        return Domain(name, spoken, self)

    def catalog(self, name: str, spoken: Language) -> po.Catalog | None:
        """Return a catalog, or None where there is none. Raises `CatalogError`."""
        if self._is_made(spoken):
            return None
        self.project.note_catalog(name, spoken)
        return self._parsed(name, spoken)

    def translations(self, name: str, spoken: Language) -> Mapping[Key, str | None]:
        """Return the msgstr of every message that may be shown. Raises `CatalogError`."""
        self.project.note_catalog(name, spoken)
        return self._shown(name, spoken)

    def standings(self, name: str, spoken: Language) -> Mapping[Key, Standing]:
        """Return how the messages of a catalog stand; none where there is none to be read."""
        if self._is_made(spoken):
            return {}
        self.project.note_catalog(name, spoken)
        return self._stand(name, spoken)

    def _parse(self, name: str, spoken: Language) -> po.Catalog | None:
        read = self.project.ui_catalog if name == UI else None
        return read(spoken) if read else self.project.catalog(name, spoken)

    def _translations(self, name: str, spoken: Language) -> Mapping[Key, str | None]:
        from ankl_i18n.coverage.counting import translations

        return translations(self.domain(name, spoken).catalog)

    def _standings(self, name: str, spoken: Language) -> Mapping[Key, Standing]:
        from ankl_i18n.coverage.counting import standings

        known = self._prepared.pop((name, spoken.tag), None)
        return standings(self.domain(name, spoken).catalog) if known is None else known

    def _is_made(self, spoken: Language) -> bool:
        """Tell whether a language needs no catalog: the leaflets' own, or made by the machine."""
        return spoken.is_pseudo or spoken == self.source

    def _catalog(self, name: str, tag: str) -> dict[str, Any]:
        """Rule: what is wrong with a catalog."""
        from ankl_i18n.checks import check

        spoken = language(tag)
        self.facts.note("setting", "source_language")
        try:
            catalog = self.catalog(name, spoken)
        except AnklError as wrong:
            return {"problems": from_problems(wrong.problems), "broken": True}
        problems = check(catalog, spoken, self.source) if catalog else ()
        return {"problems": from_problems(problems), "broken": False}

    def _broken(self, name: str, tag: str) -> bool:
        """Rule: whether there is a catalog that cannot be read."""
        return bool(self.facts.ask("catalog", name, tag)["broken"])

    def _wrong(self, name: str, tag: str) -> bool:
        """Rule: whether a catalog has errors."""
        return bool(_errors(to_problems(self.facts.ask("catalog", name, tag)["problems"])))

    def answers(self, name: str, spoken: Language) -> Answers:
        """Return what is silenced in a domain's catalog."""
        from ankl_i18n.checks.suppressed import Silenced

        path, problems, reasons = self.facts.ask("answers", name, spoken.tag)
        pairs = zip(to_problems(problems), reasons, strict=True)
        return Answers(path, tuple(Silenced(problem, reason) for problem, reason in pairs))

    def _answers(self, name: str, tag: str) -> list[Any]:
        """Rule: the path of a catalog, the problems that are silenced in it, and why."""
        from ankl_i18n.checks.suppressed import silenced

        spoken = language(tag)
        self.facts.note("setting", "source_language")
        catalog = self.domain(name, spoken).catalog
        found = silenced(catalog, spoken, self.source) if catalog else []
        problems = from_problems(one.problem for one in found)
        return [catalog.path if catalog else "", problems, [one.reason for one in found]]

    def _review(self, name: str, tag: str) -> str:
        """Rule: the state of review of a catalog."""
        from ankl_i18n.catalogs.template import REVIEWED, is_reviewed

        catalog = self.domain(name, language(tag)).catalog
        return REVIEWED if catalog and is_reviewed(catalog) else DRAFT

    def prepare(self, languages: Iterable[Language], *, covered: bool = False) -> None:
        """Find out all about the catalogs of some languages, with all processors if it is much.

        Leaflets are read, too, and how far they are is found out if that is wanted. Whatever is
        not found out here, is so when it is asked for.
        """
        tags = [spoken.tag for spoken in languages]
        works, size = self._unknown(tags, (*OF_CATALOGS, *(["coverage"] if covered else [])))
        count = min(processors(), len(works), size // MEGABYTE) - 1
        if count < 1:
            return
        # What the copies need is imported once, here.
        import ankl_i18n.checks
        import ankl_i18n.coverage.counting
        import ankl_i18n.source.checks

        def do(work: tuple[str, str]) -> None:
            self._prepare_catalog(*work, covered=covered)

        def found() -> Any:
            return self.facts.news(), self._prepared

        with Copies(works, do, found, count=count, start=self.facts.cache.be_apart) as copies:
            segments = self._read_leaflets()
            if self.project.config.domain and covered and not self._outlines:
                there = ankl_i18n.coverage.counting.outline(segments)
                self._outlines[tuple(self.project.leaflets)] = there
            else:
                deque(segments, maxlen=0)
            for work in copies.left():
                do(work)
            for news, standings in copies.found():
                self.facts.take(news)
                self._prepared |= standings
        for name in self.domains() if covered else ():
            for tag in tags:
                self.facts.ask("coverage", name, tag)

    def _unknown(
        self, tags: Iterable[str], kinds: Iterable[str]
    ) -> tuple[list[tuple[str, str]], int]:
        """Return the catalogs of which some fact does not hold, large ones first; their size."""
        # The page words of the package are few.
        names = self.project.domain_names()
        sizes = {
            (name, tag): self._size(name, language(tag))
            for tag in tags
            for name in names
            if not all(self.facts.holds(name_of(kind, name, tag)) for kind in kinds)
        }
        return sorted(sizes, key=sizes.__getitem__, reverse=True), sum(sizes.values())

    def _size(self, name: str, spoken: Language) -> int:
        path = self.project.catalog_path(name, spoken)
        return path.stat().st_size if path.exists() else 0

    def _prepare_catalog(self, name: str, tag: str, *, covered: bool) -> None:
        from ankl_i18n.coverage.counting import standings

        for kind in OF_CATALOGS:
            self.facts.ask(kind, name, tag)
        if covered:
            self._prepared[name, tag] = standings(self.domain(name, language(tag)).catalog)
        self._parsed.cache_clear()

    def _read_leaflets(self) -> Iterator[Segment]:
        """Yield the segments of all leaflets that can be parsed, and find out their problems."""
        for name in self.project.names():
            if not self.facts.ask("leaflet", name)["problems"]:
                self.facts.ask("source problems", name)
                yield from self.project.document(name).segments

    # --- publication ------------------------------------------------------------------------

    def reasons(self, name: str, spoken: Language) -> list[str]:
        """Return why a leaflet is not published in a language; none: it is."""
        if self._is_made(spoken):
            return []
        self.facts.note("option drafts")
        kind = "unread" if self.drafts else "reasons"
        return list(self.facts.ask(kind, name, spoken.tag))

    def published(self, name: str, spoken: Language) -> bool:
        """Tell whether readers get a leaflet in a language."""
        return self._is_made(spoken) or bool(self.facts.ask("published", name, spoken.tag))

    def _published(self, name: str, tag: str) -> bool:
        """Rule: whether a leaflet is published in a language."""
        return not self.reasons(name, language(tag))

    def _unread(self, name: str, tag: str) -> list[str]:
        """Rule: which catalogs that a leaflet needs cannot be read."""
        domains = (self._domain_of(name), UI)
        broken = [domain for domain in domains if self.facts.ask("broken", domain, tag)]
        return [f"the catalog {domain} cannot be read" for domain in broken]

    def _reasons(self, name: str, tag: str) -> list[str]:
        """Rule: why a leaflet is not published in a language, drafts aside."""
        from ankl_i18n.coverage.counting import coverage

        unread: list[str] = self.facts.ask("unread", name, tag)
        if unread:
            return unread
        for setting in ("publish_at", "publish_at_by_language", "check_errors"):
            self.facts.note("setting", setting)
        config = self.project.config
        domain = self._domain_of(name)
        try:
            self.project.document(name)
        except AnklError:
            return ["it cannot be read"]
        if domain == name:
            covered = from_json(self.facts.ask("coverage", name, tag))
        else:
            standings = self.standings(domain, language(tag))
            covered = coverage(name, self._outline((name,)), standings, tag)
        found = publishable(covered, config.threshold(tag))
        if config.check_errors == "block" and self.facts.ask("wrong", domain, tag):
            found.append("its catalog has errors")
        return found

    def _domain_of(self, name: str) -> str:
        self.facts.note("setting", "domain")
        return self.project.config.domain or name

    # --- coverage ---------------------------------------------------------------------------

    def domains(self) -> dict[str, list[str]]:
        """Return the names of the leaflets of each domain, in order."""
        found: dict[str, list[str]] = {}
        for name in self.project.leaflets:
            found.setdefault(self._domain_of(name), []).append(name)
        return found

    def rows(self, languages: Sequence[Language]) -> list[Row]:
        """Return one row of the coverage reports for each language and domain."""
        found = []
        for spoken in languages:
            found += [self._row(name, spoken) for name in self.domains()]
            if self.project.has_ui:
                found.append(self._row(UI, spoken))
        return found

    def _row(self, name: str, spoken: Language) -> Row:
        from ankl_i18n.coverage.rows import row

        config = self.project.config
        for setting in ("publish_at", "publish_at_by_language", "check_errors"):
            self.facts.note("setting", setting)
        covered = from_json(self.facts.ask("coverage", name, spoken.tag))
        domain = self.domain(name, spoken)
        if name == UI:
            return row(covered, None, domain.problems)
        reasons = ["the catalog cannot be read"] if domain.broken else []
        block = config.check_errors == "block"
        threshold = config.threshold(spoken.tag)
        return row(covered, threshold, domain.problems, reasons, errors_block=block)

    def _coverage(self, name: str, tag: str) -> list[Any]:
        """Rule: how far a domain is in a language."""
        from ankl_i18n.catalogs.template import messages_of
        from ankl_i18n.coverage.counting import coverage, outline

        spoken = language(tag)
        if name == UI:
            template = self.project.ui_template()
            there = outline(messages_of(template) if template else ())
            return as_json(coverage(UI, there, self.standings(UI, spoken), tag))
        self.facts.ask("translatable", name)
        there = self._outline(tuple(self.domains().get(name, [])))
        return as_json(coverage(name, there, self.standings(name, spoken), tag))

    def _translatable(self, name: str) -> str:
        """Rule: the digest of what there is to translate in a domain."""
        names = tuple(self.domains().get(name, []))
        for one in names:
            self.project.note_document(one)
        return digest(repr(self._outline(names)).encode(errors="surrogatepass"))

    def _outline(self, names: tuple[str, ...]) -> Outline:
        """Return what there is to translate in some leaflets, which all languages ask for."""
        from ankl_i18n.coverage.counting import outline

        if names not in self._outlines:
            segments = (one for name in names for one in self.project.document(name).segments)
            made = outline(segments)
            if len(self._outlines) >= RECENT:
                self._outlines.clear()
            self._outlines[names] = made
        return self._outlines[names]

    # --- problems ---------------------------------------------------------------------------

    def problems(self, languages: Iterable[Language]) -> list[Problem]:
        """Return what is wrong with the leaflets and with the catalogs of some languages."""
        found = self.source_problems()
        names = [*self.domains(), UI]
        for spoken in languages:
            for name in names:
                found += self.domain(name, spoken).problems
        return found

    def source_problems(self) -> list[Problem]:
        """Return what is wrong with the leaflets, those that cannot be parsed first."""
        unread: list[Any] = []
        found: list[Any] = []
        for name in self.project.names():  # each leaflet is parsed once
            problems = self.facts.ask("leaflet", name)["problems"]
            unread += problems
            found += [] if problems else self.facts.ask("source problems", name)
        return to_problems(unread + found) + self.project.file_problems()

    def _source_problems(self, name: str) -> list[Any]:
        """Rule: what is wrong with a leaflet that could be parsed."""
        from ankl_i18n.source.checks import Surroundings, check_source

        self.facts.note("the list of leaflets")
        self.facts.note("setting", "front_matter")
        around = Surroundings(
            documents=self.project.leaflets,
            names=frozenset(self.project.names()),
            picture=lambda path: self.facts.note("picture", path) == str(True),
            whole=self.project.config.front_matter == "leaflet",
        )
        try:
            return from_problems(check_source(self.project.document(name), around))
        except AnklError:
            return []

    def _has_picture(self, reference: str) -> bool:
        """Tell whether a picture, or one for every language (`name.TAG.ext`), is there."""
        root = self.project.source_root.resolve()
        plain = PurePosixPath(reference)
        if not plain.name:
            return False
        names = [plain.with_suffix(f".{spoken.tag}{plain.suffix}") for spoken in self.languages]
        there = [
            path.is_relative_to(root) and path.is_file()
            for path in (Path(os.path.realpath(root / name)) for name in (plain, *names))
        ]
        return there[0] or all(there[1:])


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
