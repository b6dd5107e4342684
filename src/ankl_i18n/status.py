"""Where every leaflet stands in every language: catalogs, checks, coverage, publication.

What is found out is kept between runs as facts; the rules for them are the methods of
`Status.rules`. Leaflets and catalogs are read only for what is not known yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.counts import as_json, from_json, publishable
from ankl_i18n.errors import AnklError, Problem, Severity
from ankl_i18n.languages import PSEUDO, Language, language
from ankl_i18n.project import UI
from ankl_i18n.pseudo import pseudo
from ankl_i18n.stored import from_problems, to_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ankl_i18n import po
    from ankl_i18n.catalog import Key
    from ankl_i18n.counts import LeafletCoverage
    from ankl_i18n.document import Segment
    from ankl_i18n.project import Project
    from ankl_i18n.report import Row
    from ankl_i18n.tools.silenced import Silenced

REVIEWED: Final = "reviewed"
DRAFT: Final = "draft"
# Catalogs that are kept in memory; those of one leaflet are asked for one after the other.
RECENT: Final = 64


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
        from ankl_i18n.coverage import find

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
        self._live = lru_cache(RECENT)(self._entries)
        self._segments = lru_cache(1)(self._all_segments)

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

    def entries(self, name: str, spoken: Language) -> Mapping[Key, po.Entry]:
        """Return the messages of a catalog that can be read; none where there is none."""
        if self._is_made(spoken):
            return {}
        self.project.note_catalog(name, spoken)
        return self._live(name, spoken)

    def _parse(self, name: str, spoken: Language) -> po.Catalog | None:
        read = self.project.ui_catalog if name == UI else None
        return read(spoken) if read else self.project.catalog(name, spoken)

    def _translations(self, name: str, spoken: Language) -> Mapping[Key, str | None]:
        from ankl_i18n.coverage import translations

        return translations(self.domain(name, spoken).catalog)

    def _entries(self, name: str, spoken: Language) -> Mapping[Key, po.Entry]:
        from ankl_i18n.coverage import live

        return live(self.domain(name, spoken).catalog)

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
        from ankl_i18n.tools.silenced import Silenced

        path, problems, reasons = self.facts.ask("answers", name, spoken.tag)
        pairs = zip(to_problems(problems), reasons, strict=True)
        return Answers(path, tuple(Silenced(problem, reason) for problem, reason in pairs))

    def _answers(self, name: str, tag: str) -> list[Any]:
        """Rule: the path of a catalog, the problems that are silenced in it, and why."""
        from ankl_i18n.tools.silenced import silenced

        spoken = language(tag)
        self.facts.note("setting", "source_language")
        catalog = self.domain(name, spoken).catalog
        found = silenced(catalog, spoken, self.source) if catalog else []
        problems = from_problems(one.problem for one in found)
        return [catalog.path if catalog else "", problems, [one.reason for one in found]]

    def _review(self, name: str, tag: str) -> str:
        """Rule: the state of review of a catalog."""
        from ankl_i18n.catalog import REVIEW_STATE

        catalog = self.domain(name, language(tag)).catalog
        stated = catalog.headers.get(REVIEW_STATE, "") if catalog else ""
        return REVIEWED if stated.strip().casefold() == REVIEWED else DRAFT

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
        unread: list[str] = self.facts.ask("unread", name, tag)
        if unread:
            return unread
        for setting in ("publish_at", "publish_at_by_language", "check_errors"):
            self.facts.note("setting", setting)
        config = self.project.config
        domain = self._domain_of(name)
        try:
            document = self.project.document(name)
        except AnklError:
            return ["it cannot be read"]
        covered = self._covered(name, document.segments, domain, language(tag))
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
        from ankl_i18n.report import row

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
        from ankl_i18n.catalog import messages_of
        from ankl_i18n.coverage import coverage

        spoken = language(tag)
        if name == UI:
            template = self.project.ui_template()
            messages = messages_of(template) if template else []
            return as_json(coverage(UI, messages, self.entries(UI, spoken), tag))
        names = tuple(self.domains().get(name, []))
        for one in names:
            self.project.note_document(one)
        return as_json(self._covered(name, self._segments(names), name, spoken))

    def _all_segments(self, names: Iterable[str]) -> list[Segment]:
        """Return the segments of some leaflets; their coverage is asked for in every language."""
        return [one for name in names for one in self.project.document(name).segments]

    def _covered(
        self, name: str, segments: Sequence[Segment], domain: str, spoken: Language
    ) -> LeafletCoverage:
        from ankl_i18n.coverage import coverage

        return coverage(name, segments, self.entries(domain, spoken), spoken.tag)

    # --- problems ---------------------------------------------------------------------------

    def problems(self, languages: Iterable[Language]) -> list[Problem]:
        """Return what is wrong with the leaflets and with the catalogs of some languages."""
        names = [*self.domains(), UI]
        found = self.source_problems()
        for spoken in languages:
            for name in names:
                found += self.domain(name, spoken).problems
        return found

    def source_problems(self) -> list[Problem]:
        """Return what is wrong with the leaflets, those that cannot be parsed first."""
        facts = self.facts
        found = [one for n in self.project.names() for one in facts.ask("leaflet", n)["problems"]]
        for name in self.project.leaflets:
            found += facts.ask("source problems", name)
        return to_problems(found) + self.project.no_leaflets()

    def _source_problems(self, name: str) -> list[Any]:
        """Rule: what is wrong with a leaflet that could be parsed."""
        from ankl_i18n.source_checks import Surroundings, check_source

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
            for path in ((root / name).resolve() for name in (plain, *names))
        ]
        return there[0] or all(there[1:])


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
