"""What is in the place of leaflets that cannot be made, or may no longer be shown.

Files whose words are still right stay (`last_good`). Others are replaced by a notice in the
reader's language, which leads on: nobody may find an old dose, and nobody who follows a link
should find nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import Final

from ankl_i18n.build import jobs as paths
from ankl_i18n.build import last_good
from ankl_i18n.build.folder import files
from ankl_i18n.build.jobs import INDEX, is_readers, is_shown, last_good_files, page_path
from ankl_i18n.build.outputs import endings, is_left_out, kind_of
from ankl_i18n.build.records import Done, Job
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication

# What tells the page of a notice from others.
KIND: Final = b'<body class="withdrawn">'


class Fallbacks:
    """The files of a build folder that cannot be made (again), and what is done about each.

    `staying` are those that stay as they are, `places` those where a notice goes, `removed` those
    that can only be taken away; `more` are jobs that nobody asked for: of files that are there
    and no longer right.

    Of a leaflet that its publisher has withdrawn, there is a notice in every language, whatever
    there was before: printed codes lead to it.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.asked = list(paths.jobs(project))
        self.planned = {job.path for job in self.asked}
        self.staying: set[str] = set()
        self.places: dict[str, Job] = {}
        self.removed: set[str] = set()
        self.more: list[Job] = []
        self._noticed: set[Job] = set()
        self._for_good: set[str] = set()
        self._drafts = last_good.drafts(project)
        if not leaflets.names(project):  # nobody takes all leaflets back at once
            self.staying = {path for path in files(project.build_root) if path.endswith(endings())}
            self.asked = [] if self.staying else self.asked
        names = paths.chosen(project, leaflets.names(project))
        for language, name in product(paths.selected(project), names):
            existing = [job for job in paths.readers_jobs(language.tag, name) if self._exists(job)]
            if leaflets.withdrawn(project, name):
                self._withdraw_for_good(language.tag, name, existing)
            elif is_shown(project, name, language.tag):
                self._renew(existing)
            elif existing:
                self._withdraw(existing, last_good_files(project, language.tag, name))
        self._note_drafts()

    def _exists(self, job: Job) -> bool:
        return (self.project.build_root / job.path).is_file()

    def _renew(self, existing: Iterable[Job]) -> None:
        """Have files made that nobody asked for, if they are there and no longer right."""
        for job in existing:
            if job.path not in self.planned and not self._is_right(job):
                if is_left_out(self.project, job):
                    self.removed.add(job.path)
                else:
                    self.more.append(job)

    def _is_right(self, job: Job) -> bool:
        return last_good.is_right(self.project, job.path, job.name, job.tag)

    def _withdraw(self, existing: list[Job], staying: Iterable[str]) -> None:
        """Plan what becomes of the files of a leaflet that is not published."""
        self.staying |= set(staying)
        public = [
            job for job in existing if job.path not in self._drafts and job.path not in staying
        ]
        self.removed |= {job.path for job in existing if job.path in self._drafts} - set(staying)
        if public:
            public += self._usual_pdfs(existing[0].tag, existing[0].name)
        for job in public:
            if job.path not in staying:
                self._replace(job)

    def _withdraw_for_good(self, tag: str, name: str, existing: Iterable[Job]) -> None:
        """Plan the notices of a leaflet that its publisher has withdrawn."""
        usual = [*paths.page_files(tag, name), *self._usual_pdfs(tag, name)]
        notices = [job for job in usual if not is_left_out(self.project, job)]
        for job in [*existing, *notices]:
            is_done = last_good.is_notice(self.project, job.path)
            if not (is_done and is_left_out(self.project, job)):
                self._replace(job)
                self._for_good.add(job.path)

    def _usual_pdfs(self, tag: str, name: str) -> list[Job]:
        """Return the PDFs of a leaflet that a build makes."""
        usual = product(paths.papers(self.project), paths.editions(self.project))
        wanted = {paths.pdf_path(tag, name, *one) for one in usual}
        return [job for job in paths.readers_jobs(tag, name) if job.path in wanted]

    def _replace(self, job: Job) -> None:
        if is_left_out(self.project, job) or not kind_of(job).notice:
            self.removed.add(job.path)
        else:
            self.places[job.path] = job

    def _note_drafts(self) -> None:
        """Keep which files are there for `--drafts` alone."""
        drafts = self._drafts - self.removed - self.places.keys()
        if self.project.options.drafts:
            drafts |= {
                job.path
                for job in self.asked
                if is_readers(job) and not self._exists(job) and self._is_draft(job)
            }
        else:
            drafts -= self.planned
        if drafts != self._drafts:
            last_good.keep_drafts(self.project, drafts)

    def _is_draft(self, job: Job) -> bool:
        """Tell whether readers would not get a leaflet without `--drafts`."""
        is_made = self.project.is_untranslated(job.tag)
        return not is_made and bool(publication.missing(self.project, job.name, job.tag))

    def replaced(self) -> set[str]:
        """Return the files that a notice took the place of, not those withdrawn for good."""
        return (self.places.keys() | self.removed) - self._for_good

    def unsafe(self) -> set[str]:
        """Return the files that must leave before anything else is done."""
        old = (
            job.path
            for job in self.places.values()
            if kind_of(job).printed and not last_good.is_notice(self.project, job.path)
        )
        return self.removed | set(old)

    def jobs(self) -> list[Job]:
        """Return all that is to be made, notices first."""
        return [*self.notices(), *self.asked, *self.more]

    def notices(self) -> list[Job]:
        """Return the notices that are not made yet, or lead elsewhere now."""
        notices = [replace(job, leads_to=self._target(job)) for job in self.places.values()]
        new = [job for job in notices if job not in self._noticed]
        self._noticed |= set(new)
        return new

    def _target(self, job: Job) -> str:
        """Return the path of the page that a notice leads to."""
        own = page_path(job.tag, job.name)
        source = page_path(self.project.config.source.tag, job.name)
        for path in (own, source):
            if path != job.path and self._is_good(path):
                return path
        of_leaflets = page_path(job.tag, INDEX)
        return of_leaflets if self._is_good(of_leaflets) else "index.html"

    def _is_good(self, path: str) -> bool:
        """Tell whether a page is there, or will be, and is not a notice."""
        if path in self.places:
            return False
        if path in self.planned or path in self.staying:
            return True
        with suppress(OSError):
            return KIND not in (self.project.build_root / path).read_bytes()
        return False

    def failed(self, finished: Iterable[Done]) -> None:
        """Decide what becomes of the files of jobs that failed."""
        for job in (done.job for done in finished if done.problems):
            path = self.project.build_root / job.path
            if job.leads_to or not is_readers(job):
                path.unlink(missing_ok=True)
            elif not path.is_file():
                self.planned.discard(job.path)
            elif self._is_right(job):
                self.staying.add(job.path)
            else:
                self.planned.discard(job.path)
                if kind_of(job).notice:
                    self.places[job.path] = job
                else:
                    path.unlink(missing_ok=True)

    def kept_since(self) -> dict[str, str]:
        """Return the files that stay, each with the day on which it was written."""
        return {
            path: last_good.written(self.project.build_root / path) for path in sorted(self.staying)
        }
