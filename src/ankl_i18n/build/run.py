"""Builds: what is up to date, what is made again and by whom, and writing it whole or not at all.

Reading order: `build` plans jobs; `making` and `printing` do them, each output by itself.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from ankl_i18n.build.content import summary
from ankl_i18n.build.folder import files, refuse_links
from ankl_i18n.build.jobs import chosen, selected
from ankl_i18n.build.making import Stale, known, page
from ankl_i18n.build.outputs import endings, is_wanted, kind_of
from ankl_i18n.build.printing import with_pdfs
from ankl_i18n.build.records import Done, Job
from ankl_i18n.build.stale import remove_stale
from ankl_i18n.build.withdrawn import Fallbacks
from ankl_i18n.build.wording import text
from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.coverage.problems import leaflet_problems, links_of
from ankl_i18n.coverage.problems import problems as all_problems
from ankl_i18n.engine.cache import digest_all
from ankl_i18n.engine.codec import decode
from ankl_i18n.engine.queries import Trace, input_query, name_of, value_name
from ankl_i18n.errors import Problem, Severity
from ankl_i18n.pdf import paper

# So many leaflets are named that are not published for the same reason.
NAMED: Final = 3


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
    planned = [known(project, job) for job in jobs]
    total = sum(job.seconds for job in planned)
    for done in _run(project, planned):
        if progress:
            progress(done, total)
        yield done


def _read_each(project: Project) -> None:
    """Find out of one leaflet after the other what is asked later, while it is in memory."""
    tags = [language.tag for language in selected(project)]
    for name in leaflets.readable(project):
        links_of(project, name)
        leaflet_problems(project, name)
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
        *all_problems(project, languages, project.options.leaflets),
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


# --- what is to be done -----------------------------------------------------------------------


def _run(project: Project, planned: Sequence[Done | Stale]) -> Iterator[Done]:
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
        yield from (page(project, one) for one in pages)
        return
    yield from with_pdfs(project, pages, pdfs)
