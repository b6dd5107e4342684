"""One output: whether it is up to date, made and written whole or not at all, and kept.

An output has a trace as queries have (`engine.queries`): it is made again only when something that
it was made from is not what it was.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from ankl_i18n.build.content import remember_summary
from ankl_i18n.build.folder import write
from ankl_i18n.build.jobs import is_readers, page_path
from ankl_i18n.build.last_good import remember, remember_notice
from ankl_i18n.build.outputs import kind_of, make
from ankl_i18n.build.records import Done, Job
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.cache import digest
from ankl_i18n.engine.codec import decode
from ankl_i18n.engine.queries import Trace, name_of
from ankl_i18n.errors import AnklError, Problem, error

OUTPUT: Final = "output"
NOTICE: Final = "notice"
TOO_DEEP: Final = "lists, quotations or tags are nested too deeply"


@dataclass(frozen=True, slots=True)
class Stale:
    """A job that is to be done, why, and how long it may take."""

    job: Job
    reasons: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Output:
    """What is kept of an output: the digest of its bytes ("" for none), and what was wrong.

    `seconds` is how long it took to make.
    """

    digest: str
    problems: tuple[Problem, ...]
    seconds: float


def known(project: Project, job: Job) -> Done | Stale:
    """Return a job as done if its output is up to date, else why it is not."""
    name = key_of(project, job)
    is_fresh = project.is_fresh(name)
    last = project.last(name)
    before: Output | None = last and decode(Output, last)
    seconds = before.seconds if before else kind_of(job).seconds
    if before is None:
        upgraded = project.cache.outdated
        return Stale(job, ("another version of the program" if upgraded else "new",), seconds)
    if not is_fresh:
        return Stale(job, tuple(project.why(name)), seconds)
    if before.problems:
        return Done(job, changed=False, problems=before.problems)
    content = project.cache.digest_now(f"{project.build_root}/{job.path}")
    if content == before.digest:
        return Done(job, changed=False)
    why = "its file was changed by something else" if content else "its file is missing"
    return Stale(job, (why,), seconds)


def key_of(project: Project, job: Job) -> str:
    """Return the name under which it is kept what came of a job."""
    if job.leads_to:
        return name_of(NOTICE, project.place(job.path), job.leads_to)
    return name_of(OUTPUT, project.place(job.path))


def page(project: Project, stale: Stale) -> Done:
    """Make a page and write it."""
    begin = time.monotonic()
    output, problems, trace = made_of(project, stale.job)
    data = output.encode() if isinstance(output, str) else output
    return finish(project, stale, Made(data, problems, trace, time.monotonic() - begin))


def made_of(project: Project, job: Job) -> tuple[str | bytes | None, tuple[Problem, ...], Trace]:
    """Return what an output is made of, or what is wrong with it; and what that came from."""
    with project.traced() as trace:
        try:
            return make(project, job), (), trace
        except AnklError as wrong:
            return None, wrong.problems, trace
        except RecursionError:
            return None, (error("nesting", TOO_DEEP, project.leaflet_path(job.name)),), trace


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a job, and from what; `sound` is false if it may end otherwise next time."""

    data: bytes | None
    problems: tuple[Problem, ...]
    trace: Trace
    seconds: float
    sound: bool = True


def finish(project: Project, stale: Stale, made: Made) -> Done:
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
        problems = (error("build", f"cannot be written: {wrong}", project.config.relative(path)),)
        return Done(job, changed, problems, stale.reasons, stale.seconds, unsound=True)
    if made.sound:
        content = "" if made.data is None else digest(made.data)
        output = Output(content, problems, round(made.seconds, 3))
        project.keep(key_of(project, job), output, made.trace)
    return Done(job, changed, problems, stale.reasons, stale.seconds, not made.sound)
