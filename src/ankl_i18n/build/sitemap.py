"""What search engines are told: maps of the site (sitemaps.org) and rules for robots (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ankl_i18n.build import content
from ankl_i18n.build.jobs import INDEX, address, listed, page_path
from ankl_i18n.build.records import Job
from ankl_i18n.build.xml import SITEMAP, document
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.languages import Language

MAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"


def maps(project: Project, languages: Sequence[Language]) -> Iterator[Job]:
    """Yield the list of all maps, and the map of each language."""
    if project.config.base_url:
        yield Job("sitemap", MAP)
        for lang in languages:
            if _is_mapped(project, lang):
                yield Job("sitemap", _map_path(lang.tag), lang.tag)


def robots(project: Project, _languages: Sequence[Language]) -> Iterator[Job]:
    """Yield what robots are told."""
    if project.config.base_url:
        yield Job("robots", ROBOTS)


def _is_mapped(project: Project, lang: Language) -> bool:
    return not lang.is_pseudo and content.is_published_in(project, lang.tag)


def _map_path(tag: str) -> str:
    return f"{tag}/{MAP}"


def site_map(project: Project, job: Job) -> bytes:
    """Return the map of a language, or the list of all maps."""
    return _map(project, job.tag) if job.tag else _maps(project)


def _maps(project: Project) -> bytes:
    root = Element("sitemapindex", {"xmlns": SITEMAP["xmlns"]})
    for lang in filter(lambda lang: _is_mapped(project, lang), project.languages()):
        place = SubElement(SubElement(root, "sitemap"), "loc")
        place.text = address(project, _map_path(lang.tag))
    return document(root)


def _map(project: Project, tag: str) -> bytes:
    """Return the list of leaflets and each leaflet in a language, with its other languages."""
    root = Element("urlset", SITEMAP)
    mapped = [s.tag for s in project.languages() if _is_mapped(project, s)]
    _page(root, project, INDEX, tag, mapped)
    for name in listed(project, tag):
        tags = [other for other in content.alternates(project, name) if other in mapped]
        _page(root, project, name, tag, tags)
    return document(root)


def _page(root: Element, project: Project, name: str, tag: str, tags: Iterable[str]) -> None:
    page = SubElement(root, "url")
    SubElement(page, "loc").text = address(project, page_path(tag, name))
    changed = None if name == INDEX else leaflets.leaflet(project, name).changed
    if changed:
        SubElement(page, "lastmod").text = changed
    named = [(other, other) for other in tags]
    named += [("x-default", other) for other in tags if other == project.config.source.tag]
    for hreflang, other in named:
        href = address(project, page_path(other, name))
        attributes = {"rel": "alternate", "hreflang": hreflang, "href": href}
        SubElement(page, "xhtml:link", attributes)


def told_robots(project: Project, _job: Job) -> str:
    """Return what robots are told: they may read all, and where the map is."""
    where = address(project, MAP)
    return f"# Made by ankl-i18n.\nUser-agent: *\nDisallow:\n\nSitemap: {where}\n"
