"""The first screen: how far each leaflet is in each language, and what to do next."""

from __future__ import annotations

from typing import Any

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.questions import asked
from ankl_i18n.coverage import publication
from ankl_i18n.coverage.figures import LeafletCoverage
from ankl_i18n.errors import Severity
from ankl_i18n.languages import language
from ankl_i18n.source.markdown import plain
from ankl_i18n.workbench.texts import is_translated_here

Json = dict[str, Any]


def home(project: Project, tags: list[str]) -> list[Json]:
    """Return each language with its leaflets; `tags` are those of the project's languages."""
    names = leaflets.readable(project)
    return [
        {
            "tag": lang.tag,
            "name": lang.english,
            "endonym": lang.endonym,
            "dir": lang.direction,
            "leaflets": [leaflet(project, name, lang.tag) for name in names],
        }
        for lang in map(language, tags)
    ]


def leaflet(project: Project, name: str, tag: str) -> Json:
    """Return how far a leaflet is in a language."""
    domain = files.domain_of(project, name)
    coverage = publication.coverage_of_leaflet(project, name, tag)
    problems = publication.catalog_problems(project, domain, tag)
    counts = coverage.counts
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    catalog = publication.catalog_of(project, domain, tag)
    return {
        "name": name,
        "title": leaflet_title(project, name),
        "started": is_translated_here(project, domain, tag),
        "broken": publication.is_broken(project, domain, tag),
        "percent": counts.words.percent,
        "words": counts.words.total,
        "left": counts.words.untranslated + counts.words.fuzzy,
        "empty": counts.messages.untranslated,
        "changed": counts.messages.fuzzy,
        "errors": errors,
        "warnings": sum(problem.severity is Severity.WARNING for problem in problems),
        "questions": [question for _, question in asked(catalog)],
        "required": _required(coverage),
        "review": publication.review_state(project, domain, tag),
        "published": publication.is_published(project, name, tag),
    }


def leaflet_title(project: Project, name: str) -> str:
    """Return the title of a leaflet in the source language."""
    return plain(leaflets.document(project, name).front.title.text) or name


def _required(coverage: LeafletCoverage) -> list[Json]:
    """Return the required sections that are not complete, with how many texts are left in each."""
    return [
        {
            "title": section.title,
            "left": section.counts.messages.untranslated + section.counts.messages.fuzzy,
        }
        for section in coverage.missing_required
    ]
