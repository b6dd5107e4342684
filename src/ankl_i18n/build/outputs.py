"""The table of outputs: one row for each kind of file that a build makes.

Functions are named ("module:function"), so that the command line, which asks for the names of
formats, does not wait for page templates and Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from ankl_i18n.build.records import Job
    from ankl_i18n.catalogs.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of output.

    `name` is that of its jobs. `format` is what `--only` calls it, and how its files end; `noun`
    is what the summary counts.

    `jobs(project, languages)` yields what is to be made; `make(project, job)` returns a file's
    text or bytes. Where it is `printed`, the text is HTML, and workers make a PDF of it. Files that
    readers keep and send on are `alone`: where the site has an address, their links have it.
    `seconds` is how long one takes that was never made: a guess.

    `files(tag, name)` yields a job for every file of this kind that a leaflet may have in a
    language: they leave with the leaflet. Empty: it is not made of one leaflet.
    `notice(project, job)` makes what is in the place of a leaflet that may no longer be
    shown. Empty: its file is removed. `setting` is the one that asks for it; without it, it is
    made if `--only` names its format. Empty: it is always made.

    A kind that is not made of one leaflet may not be pages in the folder of a language, which are
    known by what they are; `places` are then the patterns of the paths where its files can be.
    Those that are no longer made are removed.
    """

    name: str
    format: str
    noun: str
    jobs: str
    make: str
    printed: bool = False
    alone: bool = False
    seconds: float = 0.01
    files: str = ""
    notice: str = ""
    setting: str = ""
    places: tuple[str, ...] = ()


JOBS: Final = "ankl_i18n.build.jobs"
PAGES: Final = "ankl_i18n.build.pages"
BOOKS: Final = "ankl_i18n.build.books"
SITE: Final = "ankl_i18n.build.site_pages"
MOVED: Final = "ankl_i18n.build.moved"
SITEMAP: Final = "ankl_i18n.build.sitemap"
FEED: Final = "ankl_i18n.build.feed"
SEARCH: Final = "ankl_i18n.build.search"
VERIFY: Final = "ankl_i18n.build.verify"

OUTPUTS: tuple[Kind, ...] = (
    Kind(
        name="html", format="html", noun="page", jobs=f"{JOBS}:pages", make=f"{PAGES}:leaflet",
        files=f"{JOBS}:page_files", notice=f"{PAGES}:withdrawn",
    ),
    Kind(name="index", format="html", noun="page", jobs=f"{JOBS}:lists", make=f"{PAGES}:index"),
    Kind(
        name="chooser", format="html", noun="page", jobs=f"{JOBS}:chooser", make=f"{PAGES}:chooser",
    ),
    Kind(
        name="accessibility", format="html", noun="page", jobs=f"{SITE}:statements",
        make=f"{SITE}:accessibility",
    ),
    Kind(
        name="search", format="html", noun="page", jobs=f"{SEARCH}:searches",
        make=f"{SEARCH}:search",
    ),
    Kind(
        name="not-found", format="html", noun="page", jobs=f"{SITE}:where_nothing_is",
        make=f"{SITE}:not_found",
    ),
    Kind(
        name="moved", format="html", noun="page", jobs=f"{MOVED}:old_pages",
        make=f"{SITE}:moved",
    ),
    Kind(
        name="redirects", format="html", noun="file", jobs=f"{MOVED}:redirects",
        make=f"{MOVED}:rules", places=("_redirects", "redirects.map"),
    ),
    Kind(
        name="feed", format="html", noun="file", jobs=f"{FEED}:feeds",
        make=f"{FEED}:feed", places=("*/feed.xml",),
    ),
    Kind(
        name="sitemap", format="html", noun="file", jobs=f"{SITEMAP}:maps",
        make=f"{SITEMAP}:site_map", places=("sitemap.xml", "*/sitemap.xml"),
    ),
    Kind(
        name="robots", format="html", noun="file", jobs=f"{SITEMAP}:robots",
        make=f"{SITEMAP}:told_robots", places=("robots.txt",),
    ),
    Kind(
        name="verify", format="html", noun="page", jobs=f"{VERIFY}:codes", make=f"{VERIFY}:verify",
    ),
    Kind(
        name="coverage", format="html", noun="page", jobs=f"{JOBS}:coverage",
        make=f"{PAGES}:coverage",
    ),
    Kind(
        name="pdf", format="pdf", noun="PDF", jobs=f"{JOBS}:pdfs", make=f"{PAGES}:on_paper",
        printed=True, alone=True, seconds=0.3, files=f"{JOBS}:pdf_files",
        notice=f"{PAGES}:withdrawn",
    ),
    Kind(
        name="epub", format="epub", noun="EPUB", jobs=f"{BOOKS}:books", make=f"{BOOKS}:book",
        alone=True, files=f"{JOBS}:book_files", setting="epub",
    ),
)  # fmt: skip


def kind_of(job: Job) -> Kind:
    """Return the row of a job."""
    return next(kind for kind in OUTPUTS if kind.name == job.kind)


def formats() -> tuple[str, ...]:
    """Return the formats of files that a build can make."""
    return tuple(dict.fromkeys(kind.format for kind in OUTPUTS))


def endings() -> tuple[str, ...]:
    """Return how the names of files end that a build can make."""
    places = (place.rpartition("/")[2] for kind in OUTPUTS for place in kind.places)
    own = [PurePosixPath(name).suffix or name for name in places]
    return tuple(dict.fromkeys([*(f".{ending}" for ending in formats()), *own]))


def places() -> tuple[str, ...]:
    """Return the patterns of the paths of files that are not pages and of no leaflet."""
    return tuple(place for kind in OUTPUTS for place in kind.places)


def is_alone(path: str) -> bool:
    """Tell whether a file is kept and sent without the pages around it, by its path."""
    return any(kind.alone and path.endswith(f".{kind.format}") for kind in OUTPUTS)


def is_wanted(project: Project, form: str) -> bool:
    """Tell whether files of a format are to be made."""
    if project.options.only:
        return project.options.only == form
    asked = (kind.setting for kind in OUTPUTS if kind.format == form)
    return all(getattr(project.config, setting) for setting in asked if setting)


def is_left_out(project: Project, job: Job) -> bool:
    """Tell whether a file is not made, even where it must change: it takes workers."""
    kind = kind_of(job)
    return kind.printed and not is_wanted(project, kind.format)


def is_of_leaflet(job: Job) -> bool:
    """Tell whether a job makes a file of one leaflet."""
    return bool(kind_of(job).files)


def make(project: Project, job: Job) -> str | bytes:
    """Return what an output is made of. Raises `RenderError` for what it cannot show whole."""
    kind = kind_of(job)
    maker = function(kind.notice if job.leads_to else kind.make)
    return cast("str | bytes", maker(project, job))


@cache
def function(name: str) -> Callable[..., Any]:
    """Return a function of the table."""
    return cast("Callable[..., Any]", resolve_name(name))
