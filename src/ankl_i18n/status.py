"""Where every leaflet stands in every language: catalogs, checks, coverage, publication."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalog import REVIEW_STATE, messages_of
from ankl_i18n.checks import check
from ankl_i18n.coverage import coverage, find, publishable, translations
from ankl_i18n.errors import AnklError, Problem, Severity
from ankl_i18n.languages import PSEUDO, Language, language
from ankl_i18n.project import UI
from ankl_i18n.pseudo import pseudo
from ankl_i18n.report import Row, row
from ankl_i18n.source_checks import Surroundings, check_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ankl_i18n import po
    from ankl_i18n.catalog import Key
    from ankl_i18n.document import Document, Segment
    from ankl_i18n.project import Project

REVIEWED: Final = "reviewed"


@dataclass(frozen=True)
class Domain:
    """One domain in one language: its catalog and what is wrong with it.

    `catalog` is None where there is none or it cannot be read; `broken` tells the two apart.
    """

    name: str
    language: Language
    catalog: po.Catalog | None
    problems: tuple[Problem, ...]
    broken: bool = False

    @cached_property
    def translations(self) -> Mapping[Key, str | None]:
        """The msgstr of every message that may be shown."""
        return translations(self.catalog)

    def translate(self, segment: Segment) -> str | None:
        """Return the msgstr to show for a segment, or None."""
        if self.language.is_pseudo:
            return pseudo(segment.msgid, self.language)
        return find(self.translations, segment)

    @property
    def review(self) -> str:
        """The state of review: "draft" until the catalog's header says "reviewed"."""
        stated = self.catalog.headers.get(REVIEW_STATE, "") if self.catalog else ""
        return REVIEWED if stated.strip().casefold() == REVIEWED else "draft"


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
        self._domains: dict[tuple[str, str], Domain] = {}
        self._reasons: dict[tuple[str, str], list[str]] = {}

    def domain(self, name: str, spoken: Language) -> Domain:
        """Return a domain in a language."""
        key = (name, spoken.tag)
        if key not in self._domains:
            self._domains[key] = self._read(name, spoken)
        return self._domains[key]

    def _read(self, name: str, spoken: Language) -> Domain:
        if spoken == self.source or spoken.is_pseudo:
            return Domain(name, spoken, None, ())
        try:
            read = self.project.ui_catalog if name == UI else None
            catalog = read(spoken) if read else self.project.catalog(name, spoken)
        except AnklError as wrong:
            return Domain(name, spoken, None, wrong.problems, broken=True)
        problems = check(catalog, spoken, self.source) if catalog else ()
        return Domain(name, spoken, catalog, tuple(problems))

    def reasons(self, document: Document, spoken: Language) -> list[str]:
        """Return why a leaflet is not published in a language; none: it is."""
        key = (document.name, spoken.tag)
        if key not in self._reasons:
            self._reasons[key] = self._why(document, spoken)
        return self._reasons[key]

    def _why(self, document: Document, spoken: Language) -> list[str]:
        if spoken == self.source or spoken.is_pseudo:
            return []
        domains = [self.domain(self.project.domain(document), spoken), self.domain(UI, spoken)]
        broken = [d.name for d in domains if d.broken]
        if broken:
            return [f"the catalog {name} cannot be read" for name in broken]
        if self.drafts:
            return []
        threshold = self.project.config.threshold(spoken.tag)
        found = publishable(
            coverage(document.name, document.segments, domains[0].catalog, spoken.tag), threshold
        )
        if self.project.config.check_errors == "block" and _errors(domains[0].problems):
            found.append("its catalog has errors")
        return found

    def published(self, document: Document, spoken: Language) -> bool:
        """Tell whether readers get a leaflet in a language."""
        return not self.reasons(document, spoken)

    @cached_property
    def leaflet_problems(self) -> list[Problem]:
        """What is wrong with the leaflets that could be parsed."""
        root = self.project.source_root
        around = Surroundings(
            documents={document.name: document for document in self.project.documents},
            names=frozenset(
                path.relative_to(root).with_suffix("").as_posix()
                for path in self.project.source_files()
            ),
            picture=self._has_picture,
            whole=self.project.config.front_matter == "leaflet",
        )
        return check_sources(around)

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

    def problems(self, languages: Iterable[Language]) -> list[Problem]:
        """Return what is wrong with the leaflets and with the catalogs of some languages."""
        names = [*self.project.domains, UI]
        found = [*self.project.source_problems, *self.leaflet_problems]
        for spoken in languages:
            for name in names:
                found += self.domain(name, spoken).problems
        return found

    def rows(self, languages: Sequence[Language]) -> list[Row]:
        """Return one row of the coverage reports for each language and domain."""
        found = []
        for spoken in languages:
            for name, documents in self.project.domains.items():
                found.append(self._row(name, documents, spoken))
            if self.project.has_ui:
                found.append(self._ui_row(spoken))
        return found

    def _row(self, name: str, documents: Sequence[Document], spoken: Language) -> Row:
        domain = self.domain(name, spoken)
        segments = [segment for document in documents for segment in document.segments]
        covered = coverage(name, segments, domain.catalog, spoken.tag)
        reasons = ["the catalog cannot be read"] if domain.broken else []
        return row(
            covered,
            self.project.config.threshold(spoken.tag),
            domain.problems,
            reasons,
            errors_block=self.project.config.check_errors == "block",
        )

    def _ui_row(self, spoken: Language) -> Row:
        template = self.project.template(UI)
        messages = messages_of(template) if template else []
        domain = self.domain(UI, spoken)
        return row(coverage(UI, messages, domain.catalog, spoken.tag), None, domain.problems)


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
