"""PDFs: which are set together, by workers here or on a cluster, and who waits for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ankl_i18n.build.making import Made, Stale, finish, made_of, page
from ankl_i18n.build.outputs import function
from ankl_i18n.build.records import Done
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine import identity
from ankl_i18n.engine.queries import Trace, input_query, query
from ankl_i18n.engine.store import MAX_BYTES, Store
from ankl_i18n.html.editions import PRINT_SHOP
from ankl_i18n.languages.fonts import families
from ankl_i18n.languages.reader import in_use
from ankl_i18n.pdf import paper
from ankl_i18n.pdf.paper import PrintJob
from ankl_i18n.settings import Options

if TYPE_CHECKING:
    from ankl_i18n.engine.cluster import Cluster
    from ankl_i18n.engine.workers import Pool

# What tells what a print-shop asks for.
PRINT_SHOP_OF: Final = "ankl_i18n.build.pages:print_shop"
# PDFs that are put in order together; the leaflets of so many are kept in memory meanwhile.
MANY: Final = 1000


@input_query
def renderer(project: Project) -> str:
    """Return the digest of all that turns the HTML of a page into a PDF, but for the fonts."""
    return identity.renderer(project.cache)


@input_query
def font_folders(_project: Project) -> str:
    """Return the digest of the folders of fonts."""
    return identity.font_folders()


@query
def fonts(project: Project) -> str:
    """Return the digest of the fonts that pages name."""
    font_folders(project)
    renderer(project)
    return identity.fonts(project.cache, {*identity.families(), *families()})


def with_pdfs(project: Project, pages: Sequence[Stale], pdfs: Sequence[Stale]) -> Iterator[Done]:
    """Make pages while workers get ready, then PDFs."""
    plan, objects = _Plan(project), Store(project.cache.folder)
    with _pool(project.asked, len(pdfs)) as pool:
        yield from (page(project, one) for one in pages)
        for result in pool.run(*map(plan.print_jobs, _alike(pdfs))):
            yield from plan.take_ready()
            key = plan.key(result.work)
            if result.output is not None:
                objects.keep(key, result.output)
            for stale, trace in plan.waiting.pop(key):
                made = Made(result.output, result.problems, trace, result.seconds, result.sound)
                yield finish(project, stale, made)
        yield from plan.take_ready()
    if objects.size() > MAX_BYTES:
        objects.prune()
        project.cache.prune()


def _alike(pdfs: Sequence[Stale]) -> Iterator[list[Stale]]:
    """Yield PDFs by language, since a worker learns its letters once; some leaflets at a time.

    The slow ones are first, so that none is left alone at the end.
    """
    slow_first = sorted(pdfs, key=lambda one: -int(one.seconds))
    for start in range(0, len(pdfs), MANY):
        some = sorted(slow_first[start : start + MANY], key=_kind)
        for _, alike in groupby(some, key=_kind):
            yield [*alike]


def _kind(one: Stale) -> tuple[int, str]:
    return -int(one.seconds), one.job.tag


def _pool(options: Options, most: int) -> Pool[PrintJob] | Cluster[PrintJob]:
    """Return who makes PDFs: processes on this machine, or the workers of a cluster."""
    from ankl_i18n.engine.workers import Limits, Pool

    limits = Limits(options.seconds, options.megabytes)
    if options.scheduler:
        from ankl_i18n.engine.cluster import Cluster

        address = options.scheduler
        return Cluster(
            paper.make, address=address, limits=limits, preload=(paper.WARM,),
            cut=paper.cut, join=paper.join,
        )  # fmt: skip
    count = min(options.jobs, most)
    return Pool(paper.make, count=count, limits=limits, preload=(paper.WARM,))


class _Plan:
    """The PDFs to make: their pages, and who waits for each of them.

    `ready` are those that needed no worker, `waiting` the jobs by the key of their PDF.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.objects = Store(project.cache.folder)
        self.ready: list[Done] = []
        self.waiting: dict[str, list[tuple[Stale, Trace]]] = {}

    def key(self, print_job: PrintJob) -> str:
        """Return what a PDF is kept under."""
        return paper.key(print_job, renderer(self.project), fonts(self.project))

    def print_jobs(self, pdfs: Iterable[Stale]) -> Iterator[PrintJob]:
        """Yield the PDFs that workers have to set."""
        for stale in pdfs:
            job = stale.job
            content, problems, trace = made_of(self.project, job)
            if not isinstance(content, str):
                self.ready.append(finish(self.project, stale, Made(None, problems, trace, 0)))
                continue
            source = self.project.leaflet_path(job.name)
            print_job = PrintJob(content, job.tag, job.paper, job.edition, source, in_use())
            if job.edition == PRINT_SHOP and not job.leads_to:
                asked = function(PRINT_SHOP_OF)(self.project, job)
                print_job = replace(print_job, shop=asked)
            with self.project.traced() as more:
                key = self.key(print_job)
            trace |= more
            if key in self.waiting:
                self.waiting[key].append((stale, trace))
            elif (data := self.objects.get(key)) is not None:
                made = Made(data, (), trace, stale.seconds)
                self.ready.append(finish(self.project, stale, made))
            else:
                self.waiting[key] = [(stale, trace)]
                yield print_job

    def take_ready(self) -> Iterator[Done]:
        """Yield what is ready, once."""
        while self.ready:
            yield self.ready.pop(0)
