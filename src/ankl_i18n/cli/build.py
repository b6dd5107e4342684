"""The command that makes the pages and PDFs."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

from ankl_i18n.build.outputs import OUTPUTS, formats, is_of_leaflet, kind_of
from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command, selected
from ankl_i18n.errors import SettingsError
from ankl_i18n.html.editions import EDITIONS, LARGE_PRINT

if TYPE_CHECKING:
    from ankl_i18n.build.records import Done
    from ankl_i18n.build.run import Built
    from ankl_i18n.catalogs.project import Project


@click.command()
@options.tags
@options.leaflets
@options.sites
@click.option("--only", type=click.Choice(formats()), help="Build only pages, PDFs or e-books.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Build only this paper size.")
@click.option(
    "--edition", "editions", type=click.Choice(EDITIONS), multiple=True,
    help="Build only this edition of the PDFs; may be repeated (default: standard).",
)  # fmt: skip
@click.option("--large-print", is_flag=True, help="The same as --edition large-print.")
@click.option("--drafts", is_flag=True, help="Also build languages that are not ready to publish.")
@click.option("--pseudo", is_flag=True, help="Also build the pseudo-locales, to test pages.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N",
    help="Worker processes (default: one per processor).",
)  # fmt: skip
@click.option(
    "--time-limit", type=click.FloatRange(0), metavar="SECONDS", default=60, show_default=True,
    help="Most processor time that one PDF may take; 0 means no limit.",
)  # fmt: skip
@click.option(
    "--memory-limit", type=click.IntRange(0), metavar="MB", default=1024, show_default=True,
    help="Most memory that one PDF may take; 0 means no limit.",
)  # fmt: skip
@click.option(
    "--scheduler", metavar="ADDRESS", default="",
    help="Make the PDFs on the Dask cluster of this scheduler (tcp://HOST:8786).",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Say for each output why it was rebuilt.")
@command
def build(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, names: tuple[str, ...], sites: tuple[str, ...],
    only: str | None, paper: str | None, editions: tuple[str, ...], large_print: bool,
    drafts: bool, pseudo: bool,
    jobs: int | None, time_limit: float, memory_limit: int, scheduler: str, explain: bool,
) -> int:  # fmt: skip
    """Make the pages and PDFs of every published language in the build folder.

    \b
    Example:
      ankl-i18n build
      ankl-i18n build ja --only html
      ankl-i18n build --leaflet words
      ankl-i18n build --drafts fa ur
      ankl-i18n build --explain
    """
    from ankl_i18n.build.stale import sweep_sites
    from ankl_i18n.catalogs.sites import chosen as sites_of
    from ankl_i18n.settings import Options

    if scheduler:
        _need_dask()
    wanted = Options(
        tuple(tags), only or "", (paper,) if paper else (),
        editions=(*editions, LARGE_PRINT) if large_print else editions,
        drafts=drafts, pseudo=pseudo, jobs=jobs or len(os.sched_getaffinity(0)),
        seconds=time_limit, megabytes=memory_limit, scheduler=scheduler, leaflets=names,
    )  # fmt: skip
    project = session.project(wanted)
    selected(project, tags)
    check_leaflets(project, names)
    every = sites_of(project, sites)
    if every != ("",) and not sites:
        sweep_sites(project, every)
    return made(session, project, every, explain=explain)


def made(session: Session, project: Project, sites: Sequence[str], *, explain: bool = False) -> int:
    """Build what a project's options ask for, for each site; return the exit code."""
    from ankl_i18n.build.run import build as make

    codes = []
    if project.config.review.is_set:
        from ankl_i18n.review.history import unknowable

        session.report(unknowable(project))
    for site in sites:
        of_site = session.project(replace(project.asked, site=site)) if site else project
        begin = time.monotonic()
        with _Progress(session) as progress:
            built = make(of_site, progress.finished)
        if explain:
            for output in built.done:
                session.say(_explained(output))
        codes.append(_summary(session, of_site, built, time.monotonic() - begin))
    return max(codes)


def _need_dask() -> None:
    """Raise `SettingsError` if the library that builds on a cluster is not installed."""
    if find_spec("distributed") is None:
        hint = "install it with `pip install 'ankl-i18n[cluster]'`"
        raise SettingsError.of("cluster", "Dask is not installed", "--scheduler", hint)


def _explained(done: Done) -> str:
    """Return a line that says why an output was made again, or that it was not."""
    if not done.reasons:
        return f"{done.job.path}: up to date"
    *way, origin = done.reasons
    through = f" ({', '.join(reversed(way))})" if way else ""
    came = "failed" if done.problems else "made" if done.changed else "came out the same"
    return f"{done.job.path}: {came}: {origin}{through}"


class _Progress:
    """A bar on a terminal, a line for each failed output elsewhere."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> _Progress:
        if self.session.console.is_terminal and not self.session.quiet:
            from rich.progress import Progress

            self.bar = Progress(console=self.session.console, transient=True)
            self.bar.start()
            self.task = self.bar.add_task("Looking for changes", total=None)
        return self

    def finished(self, done: Done, seconds: float) -> None:
        """Go on by one output; `seconds` is what all of them are expected to take."""
        if self.bar:
            self.bar.update(
                self.task, total=seconds, advance=done.seconds, description=done.job.path
            )
        elif done.problems:
            self.session.say(f"failed  {done.job.path}")

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()


def _is_published(done: Done) -> bool:
    """Tell whether an output is a leaflet that readers get: neither a list nor a notice."""
    return is_of_leaflet(done.job) and not (done.problems or done.job.leads_to)


def _counts(nouns: Sequence[str]) -> dict[str, int]:
    """Return how many files there are of each kind; none only of those that leaflets are."""
    shown = (kind.noun for kind in OUTPUTS if kind.files or kind.noun in nouns)
    return {noun: nouns.count(noun) for noun in dict.fromkeys(shown)}


def _summary(session: Session, project: Project, built: Built, seconds: float) -> int:
    from ankl_i18n.pdf.weasyprint_patches import wrong_release
    from ankl_i18n.report.terminal import BuildSummary, build_summary

    release = wrong_release()
    session.report([*built.errors, *([release] if release else [])])
    changed = [output for output in built.done if output.changed]
    nouns = [kind_of(output.job).noun for output in changed]
    made = {output.job.tag for output in built.done if _is_published(output)}
    made |= {path.partition("/")[0] for path in built.last_good}
    summary = BuildSummary(
        folder=project.config.relative(project.build_root) + "/",
        written=_counts(nouns),
        unchanged=sum(not output.changed and not output.problems for output in built.done),
        last_good=built.last_good,
        replaced=built.replaced,
        withdrawn=built.withdrawn,
        languages=tuple(f"{s.english} ({s.tag})" for s in project.languages()
                        if s.tag in made),
        seconds=seconds,
        held_back=built.held_back,
        problems=built.errors,
    )  # fmt: skip
    if not session.quiet:
        build_summary(summary, session.console)
    return PROBLEMS if built.errors else 0
