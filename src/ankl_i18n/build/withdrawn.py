"""What stands in the place of leaflets that cannot be made, or may no longer be shown.

Files whose words are still right stay (`last_good`). Others are replaced by a notice in the
reader's language, which leads on: nobody may find an old dose, and nobody who follows a link
should find nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Final

from ankl_i18n.build.context import Job
from ankl_i18n.build.folder import files
from ankl_i18n.build.last_good import WORDS, is_readers, written
from ankl_i18n.engine.facts import name_of
from ankl_i18n.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankl_i18n.build.context import Site
    from ankl_i18n.build.run import Done

# What is kept of the words of a file that is a notice, and what tells its page from others.
WITHDRAWN: Final = "withdrawn"
KIND: Final = b'<body class="withdrawn">'


class Fallbacks:
    """The files of a build folder that cannot be made (again), and what is done about each.

    `kept` are those that stay as they are, `places` those where a notice goes, `removed` those
    that can only be taken away; `more` are jobs that nobody asked for: of files that are there
    and no longer right.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.asked = list(site.jobs())
        self.planned = {job.path for job in self.asked}
        self.kept: set[str] = set()
        self.places: dict[str, Job] = {}
        self.removed: set[str] = set()
        self.more: list[Job] = []
        self._noticed: set[Job] = set()
        self._drafts = site.last_good.drafts()
        if not site.project.names():  # nobody takes all leaflets back at once
            self.kept = {path for path in files(site.folder) if path.endswith((".html", ".pdf"))}
            self.asked = [] if self.kept else self.asked
        for spoken, name in product(site.selected(), site.project.names()):
            there = [job for job in site.readers_jobs(spoken.tag, name) if self._is_there(job)]
            if site.is_published(name, spoken):
                self._renew(there)
            elif there:
                self._withdraw(there, site.kept_files(name, spoken))
        self._note_drafts()

    def _is_there(self, job: Job) -> bool:
        return (self.site.folder / job.path).is_file()

    def _renew(self, there: Iterable[Job]) -> None:
        """Have files made that nobody asked for, if they are there and no longer right."""
        for job in there:
            if job.path not in self.planned and not self._is_right(job):
                if job.kind == "pdf" and self.site.options.only == "html":
                    self.removed.add(job.path)
                else:
                    self.more.append(job)

    def _is_right(self, job: Job) -> bool:
        return self.site.last_good.is_right(job.path, job.name, language(job.tag))

    def _withdraw(self, there: list[Job], kept: list[str]) -> None:
        """Plan what becomes of the files of a leaflet that is not published."""
        self.kept |= set(kept)
        public = [job for job in there if job.path not in self._drafts and job.path not in kept]
        self.removed |= {job.path for job in there if job.path in self._drafts} - set(kept)
        if public:
            tag, name = there[0].tag, there[0].name
            usual = product(self.site.papers, self.site.editions)
            wanted = {self.site.pdf_path(tag, name, *one) for one in usual}
            public += [job for job in self.site.readers_jobs(tag, name) if job.path in wanted]
        for job in public:
            if job.path not in kept:
                self._replace(job)

    def _replace(self, job: Job) -> None:
        if job.kind == "pdf" and self.site.options.only == "html":
            self.removed.add(job.path)
        else:
            self.places[job.path] = job

    def _note_drafts(self) -> None:
        """Keep which files are there for `--drafts` alone."""
        drafts = self._drafts - self.removed - self.places.keys()
        if self.site.options.drafts:
            drafts |= {
                job.path
                for job in self.asked
                if is_readers(job) and not self._is_there(job) and self.site.is_draft_only(job)
            }
        else:
            drafts -= self.planned
        if drafts != self._drafts:
            self.site.last_good.keep_drafts(drafts)

    def unsafe(self) -> set[str]:
        """Return the files that must leave before anything else is done."""
        kept = self.site.facts.kept
        old = (
            job.path
            for job in self.places.values()
            if job.kind == "pdf" and kept(name_of(WORDS, job.path)) != WITHDRAWN
        )
        return self.removed | set(old)

    def jobs(self) -> list[Job]:
        """Return all that is to be made, notices first."""
        return [*self.notices(), *self.asked, *self.more]

    def notices(self) -> list[Job]:
        """Return the notices that are not made yet, or lead elsewhere now."""
        found = [replace(job, leads_to=self._target(job)) for job in self.places.values()]
        new = [job for job in found if job not in self._noticed]
        self._noticed |= set(new)
        return new

    def _target(self, job: Job) -> str:
        """Return the path of the page that a notice leads to."""
        own = self.site.page_path(job.tag, job.name)
        source = self.site.page_path(self.site.status.source.tag, job.name)
        for path in (own, source):
            if path != job.path and self._is_good(path):
                return path
        return next(filter(self._is_good, (f"{job.tag}/index.html",)), "index.html")

    def _is_good(self, path: str) -> bool:
        """Tell whether a page is there, or will be, and is no notice."""
        if path in self.places:
            return False
        if path in self.planned or path in self.kept:
            return True
        with suppress(OSError):
            return KIND not in (self.site.folder / path).read_bytes()
        return False

    def failed(self, finished: Iterable[Done]) -> None:
        """Decide what becomes of the files of jobs that failed."""
        for job in (done.job for done in finished if done.problems):
            path = self.site.folder / job.path
            if job.leads_to or not is_readers(job):
                path.unlink(missing_ok=True)
            elif not path.is_file():
                self.planned.discard(job.path)
            elif self._is_right(job):
                self.kept.add(job.path)
            else:
                self.planned.discard(job.path)
                self.places[job.path] = job

    def kept_since(self) -> dict[str, str]:
        """Return the files that stay, each with the day on which it was written."""
        return {path: written(self.site.folder / path) for path in sorted(self.kept)}
