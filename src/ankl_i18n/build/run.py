"""Builds: what is up to date, what is made anew and by whom, and writing it whole or not at all.

Reading order: `build` plans jobs; `_known` finds those that are up to date, `_pages` and `_pdfs`
make the others. An output is a fact (`facts`): it is made anew only when something that it was
made from is not what it was.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.build.context import Job, Options, Site
from ankl_i18n.build.folder import files, refuse_links, write
from ankl_i18n.build.last_good import WORDS, is_readers
from ankl_i18n.build.stale import sweep
from ankl_i18n.build.withdrawn import WITHDRAWN, Fallbacks
from ankl_i18n.engine.cache import digest, digest_all
from ankl_i18n.engine.codec import from_problems, to_problems
from ankl_i18n.engine.facts import name_of
from ankl_i18n.engine.store import MAX_BYTES
from ankl_i18n.errors import AnklError, Location, Problem, Severity, error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ankl_i18n.build.cluster import Cluster
    from ankl_i18n.engine.facts import Trace
    from ankl_i18n.engine.workers import Pool
    from ankl_i18n.pdf.paper import Sheet
    from ankl_i18n.settings import Config

__all__ = ["Built", "Done", "Job", "Options", "Site", "build"]

OUTPUT: Final = "output"
# How long an output takes that was never made, in seconds: a guess for the order and estimate.
USUAL: Final = {"pdf": 0.3}
USUAL_PAGE: Final = 0.01
# PDFs that are put in order together; the leaflets of so many are kept in memory meanwhile.
MANY: Final = 1000
TOO_DEEP: Final = "lists, quotations or tags are nested too deeply"


@dataclass(frozen=True, slots=True)
class Done:
    """One finished job: what was wrong with it, and whether its file changed.

    `reasons` say why it was looked at again, from what changed for it down to the file that
    did; none: it was up to date. `seconds` is what it was expected to take; it is `unsound` if it
    may end otherwise next time.
    """

    job: Job
    changed: bool
    problems: tuple[Problem, ...] = ()
    reasons: tuple[str, ...] = ()
    seconds: float = 0
    unsound: bool = False


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
    its names, which leaflets are not published in it and why. `kept` are files that could not
    be made again and whose words are still right, each with the day it was written; `withdrawn`
    those in whose place a notice stands.
    """

    site: Site
    done: tuple[Done, ...]
    errors: tuple[Problem, ...]
    held_back: dict[str, list[str]]
    kept: dict[str, str]
    withdrawn: tuple[str, ...]


def build(
    config: Config, options: Options, progress: Callable[[Done, float], None] | None = None
) -> Built:
    """Make every output that the options ask for, and remove those that no longer belong.

    `progress` is told of each finished job, and how many seconds all of them are expected to
    take. One output's failure is its own: the others are made.
    """
    site = Site(config, options)
    whole = name_of("build", repr(replace(options, jobs=0, seconds=0, megabytes=0, scheduler="")))
    site.facts.leaves["the build folder"] = lambda: _outputs_there(site)
    if site.facts.holds(whole) and (found := site.facts.kept(whole)):
        return _nothing_to_do(site, found)
    if options.only != "html" and not options.scheduler:
        _get_ready()
    site.facts.begin()
    finished: list[Done] = []
    try:
        fallbacks = Fallbacks(site)
        jobs = fallbacks.jobs()
        refuse_links(config.root, site.folder, [job.path for job in jobs])
        sweep(site, fallbacks.unsafe())
        while jobs:
            planned = [_known(site, job) for job in jobs]
            total = sum(one.seconds for one in planned)
            done_now = []
            for done in _run(site, planned):
                done_now.append(done)
                if progress:
                    progress(done, total)
            finished += done_now
            fallbacks.failed(done_now)
            jobs = fallbacks.notices()
        built = _concluded(site, sorted(finished, key=lambda done: done.job), fallbacks)
        if not any(done.unsound for done in finished):
            site.facts.keep(whole, _kept(built), _all_inputs(site))
    finally:
        site.facts.cache.save()
    return built


def _get_ready() -> None:
    """Have workers load what they need while it is planned what they shall do."""
    from ankl_i18n.engine.workers import get_ready
    from ankl_i18n.pdf.paper import WARM

    get_ready((WARM,))


def _concluded(site: Site, done: Sequence[Done], fallbacks: Fallbacks) -> Built:
    """Return what a build came to, once all outputs are made."""
    status, config = site.status, site.config
    languages = site.selected() if site.options.tags else config.targets
    found = [*status.problems(languages), *(p for one in done for p in one.problems)]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    held = {
        f"{spoken.english} ({spoken.tag})": [
            f"{name}: {reason}"
            for name in status.project.leaflets
            for reason in status.reasons(name, spoken)
        ]
        for spoken in languages
        if spoken in config.targets
    }
    held = {language: reasons for language, reasons in held.items() if reasons}
    withdrawn = tuple(sorted({*fallbacks.places, *fallbacks.removed}))
    problems = tuple(dict.fromkeys(errors))
    return Built(site, tuple(done), problems, held, fallbacks.kept_since(), withdrawn)


# --- nothing to do ----------------------------------------------------------------------------


def _all_inputs(site: Site) -> Trace:
    """Return everything that a build depends on, outputs too: if all is the same, so is it."""
    inputs = site.facts.leaves_asked()
    inputs[name_of("the build folder")] = site.facts.leaves["the build folder"]()
    return inputs


def _outputs_there(site: Site) -> str:
    """Return the digest of what is in the build folder: all names, and the content of outputs."""
    return digest_all(_names_and_content(site))


def _names_and_content(site: Site) -> Iterator[str]:
    for path in sorted(files(site.folder)):
        yield path
        if path.endswith((".html", ".pdf")):
            yield site.facts.cache.digest_now(f"{site.folder}/{path}")


def _kept(built: Built) -> dict[str, Any]:
    """Return what a build came to as JSON."""
    fields = attrgetter(*Job.__dataclass_fields__)
    jobs = [(*fields(one.job), from_problems(one.problems)) for one in built.done]
    return {
        "jobs": jobs,
        "errors": from_problems(built.errors),
        "held": built.held_back,
        "kept": built.kept,
        "withdrawn": built.withdrawn,
    }


def _nothing_to_do(site: Site, found: dict[str, Any]) -> Built:
    """Return what the same build came to before."""
    done = tuple(
        Done(Job(*fields), changed=False, problems=tuple(to_problems(problems)))
        for *fields, problems in found["jobs"]
    )
    errors = tuple(to_problems(found["errors"]))
    return Built(site, done, errors, found["held"], found["kept"], tuple(found["withdrawn"]))


# --- what is to be done -----------------------------------------------------------------------


def _run(site: Site, planned: Sequence[Done | _Stale]) -> Iterator[Done]:
    """Yield finished jobs: those that were up to date, then pages, then PDFs."""
    stale = []
    for one in planned:
        if isinstance(one, Done):
            yield one
        else:
            stale.append(one)
    if not stale:
        return
    gc.enable()  # the command line turned it off; rendering leaves cycles behind
    pages = [one for one in stale if one.job.kind != "pdf"]
    pdfs = [one for one in stale if one.job.kind == "pdf"]
    if not pdfs:
        yield from (_page(site, one) for one in pages)
        return
    yield from _with_pdfs(site, pages, pdfs)


def _known(site: Site, job: Job) -> Done | _Stale:
    """Return a job as done if its output is up to date, else why it is not."""
    facts, name = site.facts, _fact_of(job)
    holds = facts.holds(name)
    found = facts.kept(name)
    seconds = found["seconds"] if found else USUAL.get(job.kind, USUAL_PAGE)
    if found is None:
        upgraded = facts.cache.outdated
        return _Stale(job, ("another version of the program" if upgraded else "new",), seconds)
    if not holds:
        return _Stale(job, tuple(facts.why(name)), seconds)
    if found["problems"]:
        return Done(job, changed=False, problems=tuple(to_problems(found["problems"])))
    there = facts.cache.digest_now(f"{site.folder}/{job.path}")
    if there == found["digest"]:
        return Done(job, changed=False)
    why = "its file was changed by something else" if there else "its file is not there"
    return _Stale(job, (why,), seconds)


def _fact_of(job: Job) -> str:
    """Return the name of the fact that an output is."""
    return name_of(WITHDRAWN if job.leads_to else OUTPUT, job.path, *filter(None, [job.leads_to]))


def _page(site: Site, stale: _Stale) -> Done:
    """Make a page and write it."""
    begin = time.monotonic()
    page, problems, trace = _html(site, stale.job)
    data = None if page is None else page.encode()
    return _finish(site, stale, _Made(data, problems, trace, time.monotonic() - begin))


def _html(site: Site, job: Job) -> tuple[str | None, tuple[Problem, ...], Trace]:
    """Return the HTML of an output, or what is wrong with it; and what it was made from."""
    from ankl_i18n.build import pages

    with site.facts.traced() as trace:
        try:
            return pages.make(site, job), (), trace
        except AnklError as wrong:
            return None, wrong.problems, trace
        except RecursionError:
            where = Location(site.config.relative(site.project.source_root / f"{job.name}.md"))
            return None, (error("nesting", TOO_DEEP, where),), trace


def _with_pdfs(site: Site, pages: Sequence[_Stale], pdfs: Sequence[_Stale]) -> Iterator[Done]:
    """Make pages while workers get ready, then PDFs."""
    plan = _Plan(site)
    with _pool(site.options, len(pdfs)) as pool:
        yield from (_page(site, one) for one in pages)
        for result in pool.run(*map(plan.sheets, _alike(pdfs))):
            yield from plan.take_ready()
            key = plan.key(result.work)
            if result.output is not None:
                site.objects.keep(key, result.output)
            for stale, trace in plan.waiting.pop(key):
                made = _Made(result.output, result.problems, trace, result.seconds, result.sound)
                yield _finish(site, stale, made)
        yield from plan.take_ready()
    if site.objects.size() > MAX_BYTES:
        site.objects.prune()
        site.facts.cache.prune()


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


def _pool(options: Options, most: int) -> Pool[Sheet] | Cluster[Sheet]:
    """Return who makes PDFs: processes on this machine, or the workers of a cluster."""
    from ankl_i18n.engine.workers import Limits, Pool
    from ankl_i18n.pdf import paper

    limits = Limits(options.seconds, options.megabytes)
    if options.scheduler:
        from ankl_i18n.build.cluster import Cluster

        address = options.scheduler
        return Cluster(paper.make, address=address, limits=limits, preload=(paper.WARM,))
    count = min(options.jobs, most)
    return Pool(paper.make, count=count, limits=limits, preload=(paper.WARM,))


class _Plan:
    """The PDFs to make: their pages, and who waits for each of them.

    `ready` are those that needed no worker, `waiting` the jobs by the key of their sheet.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ready: list[Done] = []
        self.waiting: dict[str, list[tuple[_Stale, Trace]]] = {}

    def key(self, sheet: Sheet) -> str:
        """Return what the PDF of a sheet is kept under."""
        from ankl_i18n.pdf.paper import key

        facts = self.site.facts
        return key(sheet, facts.note("the renderer"), facts.ask("fonts"))

    def sheets(self, pdfs: Iterable[_Stale]) -> Iterator[Sheet]:
        """Yield the sheets of PDFs that workers have to set."""
        from ankl_i18n.pdf.paper import Sheet

        for stale in pdfs:
            job = stale.job
            page, problems, trace = _html(self.site, job)
            if page is None:
                self.ready.append(_finish(self.site, stale, _Made(None, problems, trace, 0)))
                continue
            source = self.site.config.relative(self.site.project.source_root / f"{job.name}.md")
            sheet = Sheet(page, job.tag, job.paper, job.edition, source)
            with self.site.facts.traced() as more:
                key = self.key(sheet)
            trace |= more
            if key in self.waiting:
                self.waiting[key].append((stale, trace))
            elif (data := self.site.objects.get(key)) is not None:
                made = _Made(data, (), trace, stale.seconds)
                self.ready.append(_finish(self.site, stale, made))
            else:
                self.waiting[key] = [(stale, trace)]
                yield sheet

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


def _finish(site: Site, stale: _Stale, made: _Made) -> Done:
    """Write an output, and keep what is known of it; `Fallbacks` looks after what failed."""
    job, changed, problems = stale.job, False, made.problems
    path = site.folder / job.path
    try:
        if made.data is not None:
            changed = write(path, made.data)
            site.facts.cache.wrote(path, digest(made.data))
            _remember(site, job)
    except OSError as wrong:
        where = Location(site.config.relative(path))
        problems = (error("build", f"cannot be written: {wrong}", where),)
        return Done(job, changed, problems, stale.reasons, stale.seconds, unsound=True)
    if made.sound:
        found = {
            "digest": "" if made.data is None else digest(made.data),
            "problems": from_problems(problems),
            "seconds": round(made.seconds, 3),
        }
        site.facts.keep(_fact_of(job), found, made.trace)
    return Done(job, changed, problems, stale.reasons, stale.seconds, not made.sound)


def _remember(site: Site, job: Job) -> None:
    """Keep what words a leaflet's file was made from."""
    if job.leads_to:
        site.facts.keep(name_of(WORDS, job.path), WITHDRAWN, {})
    elif is_readers(job):
        site.last_good.remember(job)
