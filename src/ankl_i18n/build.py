"""Builds: what is up to date, what is made anew and by whom, and writing it whole or not at all.

Reading order: `build` plans jobs; `_known` finds those that are up to date, `_pages` and `_pdfs`
make the others. An output is a fact (`facts`): it is made anew only when something that it was
made from is not what it was.
"""

from __future__ import annotations

import gc
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.cache import digest
from ankl_i18n.errors import AnklError, Location, Problem, error
from ankl_i18n.facts import name_of
from ankl_i18n.site import Job, Options, Site
from ankl_i18n.stored import from_problems, to_problems
from ankl_i18n.sweep import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ankl_i18n.config import Config
    from ankl_i18n.facts import Trace
    from ankl_i18n.render.paper import Sheet

__all__ = ["Done", "Job", "Options", "Site", "build"]

OUTPUT: Final = "output"
# How long an output takes that was never made, in seconds: a guess for the order and estimate.
USUAL: Final = {"pdf": 0.3}
USUAL_PAGE: Final = 0.01
# Facts that may be lost if the process is killed, and found out again.
UNSAVED: Final = 500


@dataclass(frozen=True, slots=True)
class Done:
    """One finished job: what was wrong with it, and whether its file changed.

    `reasons` say why it was looked at again, from what changed for it down to the file that
    did; none: it was up to date. `seconds` is what it was expected to take.
    """

    job: Job
    changed: bool
    problems: tuple[Problem, ...] = ()
    reasons: tuple[str, ...] = ()
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class _Stale:
    """A job that is to be done, why, and how long it may take."""

    job: Job
    reasons: tuple[str, ...]
    seconds: float


def build(
    config: Config, options: Options, progress: Callable[[Done, float], None] | None = None
) -> tuple[Site, list[Done]]:
    """Make every output that the options ask for, and remove those that no longer belong.

    `progress` is told of each finished job, and how many seconds all of them are expected to
    take. One output's failure is its own: the others are made.
    """
    site = Site(config, options)
    finished: list[Done] = []
    try:
        sweep(site)
        planned = [_known(site, job) for job in site.jobs()]
        total = sum(one.seconds for one in planned)
        for done in _run(site, planned):
            finished.append(done)
            if progress:
                progress(done, total)
            if site.facts.cache.unsaved > UNSAVED:
                site.facts.cache.save()
    finally:
        site.facts.cache.save()
    return site, sorted(finished, key=lambda done: done.job)


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
    pdfs = sorted((one for one in stale if one.job.kind == "pdf"), key=lambda one: -one.seconds)
    if not pdfs:
        yield from (_page(site, one) for one in pages)
        return
    yield from _with_pdfs(site, pages, pdfs)


def _known(site: Site, job: Job) -> Done | _Stale:
    """Return a job as done if its output is up to date, else why it is not."""
    facts, name = site.facts, name_of(OUTPUT, job.path)
    holds, path = facts.holds(name), site.folder / job.path
    found = facts.kept(name)
    seconds = found["seconds"] if found else USUAL.get(job.kind, USUAL_PAGE)
    if found is None:
        upgraded = facts.cache.outdated
        return _Stale(job, ("another version of the program" if upgraded else "new",), seconds)
    if not holds:
        return _Stale(job, tuple(facts.why(name)), seconds)
    if found["problems"]:
        path.unlink(missing_ok=True)
        return Done(job, changed=False, problems=tuple(to_problems(found["problems"])))
    there = facts.cache.digest(path)
    if there == found["digest"]:
        return Done(job, changed=False)
    why = "its file was changed by something else" if there else "its file is not there"
    return _Stale(job, (why,), seconds)


def _page(site: Site, stale: _Stale) -> Done:
    """Make a page and write it."""
    begin = time.monotonic()
    page, problems, trace = _html(site, stale.job)
    data = None if page is None else page.encode()
    return _finish(site, stale, data, problems, trace, time.monotonic() - begin)


def _html(site: Site, job: Job) -> tuple[str | None, tuple[Problem, ...], Trace]:
    """Return the HTML of an output, or what is wrong with it; and what it was made from."""
    from ankl_i18n import pages

    with site.facts.traced() as trace:
        try:
            return pages.make(site, job), (), trace
        except AnklError as wrong:
            return None, wrong.problems, trace
        except RecursionError:
            where = Location(site.config.relative(site.project.source_root / f"{job.name}.md"))
            wrong_one = error("nesting", "lists, quotations or tags are nested too deeply", where)
            return None, (wrong_one,), trace


def _with_pdfs(site: Site, pages: Sequence[_Stale], pdfs: Sequence[_Stale]) -> Iterator[Done]:
    """Make pages while workers get ready, then PDFs."""
    from ankl_i18n.render import paper
    from ankl_i18n.workers import Limits, Pool

    limits = Limits(site.options.seconds, site.options.megabytes)
    count = min(site.options.jobs, len(pdfs))
    ready: list[Done] = []
    waiting: dict[str, list[tuple[_Stale, Trace]]] = {}
    preload = ("ankl_i18n.render.warm",)
    pool: Pool[Sheet]
    with Pool(paper.make, _source, count=count, limits=limits, preload=preload) as pool:
        yield from (_page(site, one) for one in pages)
        for result in pool.run(_sheets(site, pdfs, waiting, ready)):
            yield from ready
            ready.clear()
            key = _key(site, result.work)
            if result.output is not None:
                site.facts.cache.keep_object(key, result.output)
            for stale, trace in waiting.pop(key):
                yield _finish(
                    site, stale, result.output, result.problems, trace, result.seconds,
                    sound=result.sound,
                )  # fmt: skip
        yield from ready


def _source(sheet: Sheet) -> str:
    return sheet.source


def _key(site: Site, sheet: Sheet) -> str:
    from ankl_i18n.render.paper import key

    return key(sheet, site.facts.note("renderer"), site.facts.ask("fonts"))


def _sheets(
    site: Site,
    pdfs: Sequence[_Stale],
    waiting: dict[str, list[tuple[_Stale, Trace]]],
    ready: list[Done],
) -> Iterator[Sheet]:
    """Yield the pages that workers have to set; what needs none of them goes to `ready`."""
    from ankl_i18n.render.paper import Sheet

    for stale in pdfs:
        job = stale.job
        page, problems, trace = _html(site, job)
        if page is None:
            ready.append(_finish(site, stale, None, problems, trace, 0))
            continue
        sheet = Sheet(page, job.tag, job.paper, job.edition, site.documents[job.name].path)
        with site.facts.traced() as more:
            key = _key(site, sheet)
        trace |= more
        data = site.facts.cache.object(key)
        if data is not None:
            ready.append(_finish(site, stale, data, (), trace, stale.seconds))
        elif key in waiting:
            waiting[key].append((stale, trace))
        else:
            waiting[key] = [(stale, trace)]
            yield sheet


def _finish(  # noqa: PLR0913 - all that is known of it
    site: Site,
    stale: _Stale,
    data: bytes | None,
    problems: tuple[Problem, ...],
    trace: Trace,
    seconds: float,
    *,
    sound: bool = True,
) -> Done:
    """Write an output, or remove what can no longer be made, and keep what is known of it."""
    job, changed = stale.job, False
    path = site.folder / job.path
    try:
        if data is None:
            path.unlink(missing_ok=True)
        else:
            changed = _write(path, data)
            site.facts.cache.wrote(path, digest(data))
    except OSError as wrong:
        where = Location(site.config.relative(path))
        problems, sound = (error("build", f"cannot be written: {wrong}", where),), False
    if sound:
        found = {
            "digest": "" if data is None else digest(data),
            "problems": from_problems(problems),
            "seconds": round(seconds, 3),
        }
        site.facts.keep(name_of(OUTPUT, job.path), found, trace)
    return Done(job, changed, problems, stale.reasons, stale.seconds)


def _write(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; return whether its bytes changed."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return True
