"""Builds: what is up to date, what is made again and by whom, and writing it whole or not at all.

Reading order: `build` plans jobs; `_known` finds those that are up to date, `_pages` and `_pdfs`
make the others. An output has a trace as queries have (`engine.queries`): it is made again
only when something that it was made from is not what it was.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, cast

from ankl_i18n.build.content import remember_summary, summary
from ankl_i18n.build.folder import files, refuse_links, write
from ankl_i18n.build.jobs import chosen, is_readers, page_path, selected
from ankl_i18n.build.last_good import remember, remember_notice
from ankl_i18n.build.outputs import endings, function, is_wanted, kind_of, make
from ankl_i18n.build.records import Done, Job
from ankl_i18n.build.stale import remove_stale
from ankl_i18n.build.withdrawn import Fallbacks
from ankl_i18n.build.wording import text
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.engine import identity
from ankl_i18n.engine.cache import digest, digest_all
from ankl_i18n.engine.codec import decode
from ankl_i18n.engine.queries import input_query, name_of, query, value_name
from ankl_i18n.engine.store import MAX_BYTES, Store
from ankl_i18n.errors import AnklError, Location, Problem, Severity, error
from ankl_i18n.html.editions import PRINT_SHOP
from ankl_i18n.languages.fonts import families
from ankl_i18n.languages.reader import in_use
from ankl_i18n.pdf import paper
from ankl_i18n.pdf.paper import PrintJob

if TYPE_CHECKING:
    from ankl_i18n.engine.cluster import Cluster
    from ankl_i18n.engine.queries import Trace
    from ankl_i18n.engine.workers import Pool
    from ankl_i18n.settings import Options

OUTPUT: Final = "output"
# What tells what a print-shop asks for.
PRINT_SHOP_OF: Final = "ankl_i18n.build.pages:print_shop"
NOTICE: Final = "notice"
# So many leaflets are named that are not published for the same reason.
NAMED: Final = 3
# PDFs that are put in order together; the leaflets of so many are kept in memory meanwhile.
MANY: Final = 1000
TOO_DEEP: Final = "lists, quotations or tags are nested too deeply"


@dataclass(frozen=True, slots=True)
class _Stale:
    """A job that is to be done, why, and how long it may take."""

    job: Job
    reasons: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to.

    `errors` are those of leaflets, catalogs and outputs; `held_back` says of each language, by
    its names, which leaflets are not published in it and why. `last_good` are files that could not
    be made again and whose words are still right, each with the day it was written; `replaced`
    those in whose place a notice stands. `withdrawn` are the names of leaflets that their
    publisher has withdrawn, each with the day.
    """

    done: tuple[Done, ...]
    errors: tuple[Problem, ...]
    held_back: Mapping[str, tuple[str, ...]]
    last_good: Mapping[str, str]
    replaced: tuple[str, ...]
    withdrawn: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """What is kept of an output: the digest of its bytes ("" for none), and what was wrong.

    `seconds` is how long it took to make.
    """

    digest: str
    problems: tuple[Problem, ...]
    seconds: float


def build(project: Project, progress: Callable[[Done, float], None] | None = None) -> Built:
    """Make every output that the project's options ask for, and remove what no longer belongs.

    `progress` is told of each finished job, and how many seconds all of them are expected to
    take. One output's failure is its own: the others are made.
    """
    options = replace(project.asked, jobs=0, seconds=0, megabytes=0, scheduler="")
    whole = name_of("build", repr(options))
    if project.is_fresh(whole) and (before := project.last(whole)):
        return cast("Built", decode(Built, before))
    if is_wanted(project, "pdf") and not project.asked.scheduler:
        from ankl_i18n.engine.workers import get_ready

        # Workers load what they need while it is planned what they shall do.
        get_ready((paper.WARM,))
    project.begin()
    finished: list[Done] = []
    try:
        _read_each(project)
        fallbacks = Fallbacks(project)
        jobs = fallbacks.jobs()
        refuse_links(project.root, project.build_root, [job.path for job in jobs])
        remove_stale(project, fallbacks.unsafe())
        while jobs:
            done_now = list(_made(project, jobs, progress))
            finished += done_now
            fallbacks.failed(done_now)
            jobs = fallbacks.notices()
        built = _concluded(project, sorted(finished, key=lambda done: done.job), fallbacks)
        if not any(done.unsound for done in finished):
            project.keep(whole, _unchanged(built), _all_inputs(project))
    finally:
        project.cache.save()
    return built


def _made(
    project: Project, jobs: Sequence[Job], progress: Callable[[Done, float], None] | None
) -> Iterator[Done]:
    """Yield jobs once they are finished, and tell of each."""
    planned = [_known(project, job) for job in jobs]
    total = sum(job.seconds for job in planned)
    for done in _run(project, planned):
        if progress:
            progress(done, total)
        yield done


def _read_each(project: Project) -> None:
    """Find out of one leaflet after the other what is asked later, while it is in memory."""
    tags = [language.tag for language in selected(project)]
    for name in leaflets.readable(project):
        publication.links_of(project, name)
        publication.leaflet_problems(project, name)
        for tag in tags:
            if publication.is_published(project, name, tag):
                text(project, name, tag)
                if is_wanted(project, "html"):
                    summary(project, name, tag)


def _concluded(project: Project, done: Sequence[Done], fallbacks: Fallbacks) -> Built:
    """Return what a build came to, once all outputs are made."""
    targets = project.config.targets
    languages = selected(project) if project.options.tags else targets
    gathered = [
        *publication.problems(project, languages, project.options.leaflets),
        *(problem for output in done for problem in output.problems),
    ]
    errors = [problem for problem in gathered if problem.severity is Severity.ERROR]
    held = {
        f"{language.english} ({language.tag})": tuple(_reasons(project, language.tag))
        for language in languages
        if language in targets
    }
    held = {language: reasons for language, reasons in held.items() if reasons}
    problems = tuple(dict.fromkeys(errors))
    replaced = tuple(sorted(fallbacks.replaced()))
    days = {name: leaflets.withdrawn(project, name) for name in leaflets.names(project)}
    withdrawn = {name: day for name, day in days.items() if day}
    return Built(tuple(done), problems, held, fallbacks.kept_since(), replaced, withdrawn)


def _reasons(project: Project, tag: str) -> Iterator[str]:
    """Yield why leaflets are not published in a language; what is true of many is said once."""
    names_of: dict[str, list[str]] = {}
    for name in chosen(project, leaflets.readable(project)):
        if leaflets.withdrawn(project, name):
            continue
        for reason in publication.reasons(project, name, tag):
            names_of.setdefault(reason, []).append(name)
    for reason, names in names_of.items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        yield f"{', '.join(names[:NAMED])}{more}: {reason}"


# --- nothing to do ----------------------------------------------------------------------------


def _unchanged(built: Built) -> Built:
    """Return what the same build comes to when nothing has changed since."""
    done = (replace(output, changed=False, reasons=(), seconds=0) for output in built.done)
    return replace(built, done=tuple(done))


def _all_inputs(project: Project) -> Trace:
    """Return everything that a build depends on, outputs too: if all is the same, so is it."""
    name = value_name(outputs_on_disk)
    return {**project.inputs_asked(), name: project.input_now(name)}


@input_query
def outputs_on_disk(project: Project) -> str:
    """Return the digest of what is in the build folder: all names, and the content of outputs."""
    return digest_all(_names_and_content(project))


def _names_and_content(project: Project) -> Iterator[str]:
    for path in sorted(files(project.build_root)):
        yield path
        if path.endswith(endings()):
            yield project.cache.digest_now(f"{project.build_root}/{path}")


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


# --- what is to be done -----------------------------------------------------------------------


def _run(project: Project, planned: Sequence[Done | _Stale]) -> Iterator[Done]:
    """Yield finished jobs: those that were up to date, then pages, then PDFs."""
    stale = []
    for job in planned:
        if isinstance(job, Done):
            yield job
        else:
            stale.append(job)
    if not stale:
        return
    gc.freeze()  # what is known stays; only rendering leaves cycles behind
    gc.enable()
    pages = [one for one in stale if not kind_of(one.job).printed]
    pdfs = [one for one in stale if kind_of(one.job).printed]
    if not pdfs:
        yield from (_page(project, page) for page in pages)
        return
    yield from _with_pdfs(project, pages, pdfs)


def _known(project: Project, job: Job) -> Done | _Stale:
    """Return a job as done if its output is up to date, else why it is not."""
    name = _name_of(project, job)
    is_fresh = project.is_fresh(name)
    last = project.last(name)
    before: Output | None = last and decode(Output, last)
    seconds = before.seconds if before else kind_of(job).seconds
    if before is None:
        upgraded = project.cache.outdated
        return _Stale(job, ("another version of the program" if upgraded else "new",), seconds)
    if not is_fresh:
        return _Stale(job, tuple(project.why(name)), seconds)
    if before.problems:
        return Done(job, changed=False, problems=before.problems)
    content = project.cache.digest_now(f"{project.build_root}/{job.path}")
    if content == before.digest:
        return Done(job, changed=False)
    why = "its file was changed by something else" if content else "its file is missing"
    return _Stale(job, (why,), seconds)


def _name_of(project: Project, job: Job) -> str:
    """Return the name under which it is kept what came of a job."""
    if job.leads_to:
        return name_of(NOTICE, project.place(job.path), job.leads_to)
    return name_of(OUTPUT, project.place(job.path))


def _page(project: Project, stale: _Stale) -> Done:
    """Make a page and write it."""
    begin = time.monotonic()
    output, problems, trace = _content(project, stale.job)
    data = output.encode() if isinstance(output, str) else output
    return _finish(project, stale, _Made(data, problems, trace, time.monotonic() - begin))


def _content(project: Project, job: Job) -> tuple[str | bytes | None, tuple[Problem, ...], Trace]:
    """Return what an output is made of, or what is wrong with it; and what that came from."""
    with project.traced() as trace:
        try:
            return make(project, job), (), trace
        except AnklError as wrong:
            return None, wrong.problems, trace
        except RecursionError:
            where = Location(project.leaflet_path(job.name))
            return None, (error("nesting", TOO_DEEP, where),), trace


def _with_pdfs(project: Project, pages: Sequence[_Stale], pdfs: Sequence[_Stale]) -> Iterator[Done]:
    """Make pages while workers get ready, then PDFs."""
    plan, objects = _Plan(project), Store(project.cache.folder)
    with _pool(project.asked, len(pdfs)) as pool:
        yield from (_page(project, page) for page in pages)
        for result in pool.run(*map(plan.print_jobs, _alike(pdfs))):
            yield from plan.take_ready()
            key = plan.key(result.work)
            if result.output is not None:
                objects.keep(key, result.output)
            for stale, trace in plan.waiting.pop(key):
                made = _Made(result.output, result.problems, trace, result.seconds, result.sound)
                yield _finish(project, stale, made)
        yield from plan.take_ready()
    if objects.size() > MAX_BYTES:
        objects.prune()
        project.cache.prune()


def _alike(pdfs: Sequence[_Stale]) -> Iterator[list[_Stale]]:
    """Yield PDFs by language, since a worker learns its letters once; some leaflets at a time.

    The slow ones are first, so that none is left alone at the end.
    """
    slow_first = sorted(pdfs, key=lambda one: -int(one.seconds))
    for start in range(0, len(pdfs), MANY):
        some = sorted(slow_first[start : start + MANY], key=_kind)
        for _, alike in groupby(some, key=_kind):
            yield [*alike]


def _kind(one: _Stale) -> tuple[int, str]:
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
        self.waiting: dict[str, list[tuple[_Stale, Trace]]] = {}

    def key(self, print_job: PrintJob) -> str:
        """Return what a PDF is kept under."""
        return paper.key(print_job, renderer(self.project), fonts(self.project))

    def print_jobs(self, pdfs: Iterable[_Stale]) -> Iterator[PrintJob]:
        """Yield the PDFs that workers have to set."""
        for stale in pdfs:
            job = stale.job
            page, problems, trace = _content(self.project, job)
            if not isinstance(page, str):
                self.ready.append(_finish(self.project, stale, _Made(None, problems, trace, 0)))
                continue
            source = self.project.leaflet_path(job.name)
            print_job = PrintJob(page, job.tag, job.paper, job.edition, source, in_use())
            if job.edition == PRINT_SHOP and not job.leads_to:
                asked = function(PRINT_SHOP_OF)(self.project, job)
                print_job = replace(print_job, shop=asked)
            with self.project.traced() as more:
                key = self.key(print_job)
            trace |= more
            if key in self.waiting:
                self.waiting[key].append((stale, trace))
            elif (data := self.objects.get(key)) is not None:
                made = _Made(data, (), trace, stale.seconds)
                self.ready.append(_finish(self.project, stale, made))
            else:
                self.waiting[key] = [(stale, trace)]
                yield print_job

    def take_ready(self) -> Iterator[Done]:
        """Yield what is ready, once."""
        while self.ready:
            yield self.ready.pop(0)


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of a job, and from what; `sound` is false if it may end otherwise next time."""

    data: bytes | None
    problems: tuple[Problem, ...]
    trace: Trace
    seconds: float
    sound: bool = True


def _finish(project: Project, stale: _Stale, made: _Made) -> Done:
    """Write an output, and keep what is known of it; `Fallbacks` looks after what failed."""
    job, changed, problems = stale.job, False, made.problems
    path = project.build_root / job.path
    try:
        if made.data is not None:
            changed = write(path, made.data)
            project.cache.wrote(path, digest(made.data))
            if job.leads_to:
                remember_notice(project, job.path)
            elif is_readers(job):
                remember(project, job.path, job.name, job.tag)
                if job.path == page_path(job.tag, job.name):
                    remember_summary(project, job.name, job.tag)
    except OSError as wrong:
        where = Location(project.config.relative(path))
        problems = (error("build", f"cannot be written: {wrong}", where),)
        return Done(job, changed, problems, stale.reasons, stale.seconds, unsound=True)
    if made.sound:
        content = "" if made.data is None else digest(made.data)
        output = Output(content, problems, round(made.seconds, 3))
        project.keep(_name_of(project, job), output, made.trace)
    return Done(job, changed, problems, stale.reasons, stale.seconds, not made.sound)
