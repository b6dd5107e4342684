"""The command line: arguments, progress, printing and exit codes, and nothing else.

Exit codes: 0 all is well, 1 problems were found, 2 wrong use or settings.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ankl_i18n import __version__
from ankl_i18n.errors import AnklError, Location, Problem, SettingsError, Severity, error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from ankl_i18n.build import Done
    from ankl_i18n.languages import Language
    from ankl_i18n.pipeline import Outcome
    from ankl_i18n.project import Project
    from ankl_i18n.report import Row
    from ankl_i18n.status import Status

PROBLEMS = 1
WRONG_USE = 2


@dataclass(frozen=True, slots=True)
class Session:
    """What every command gets: the project's folder, and where to print."""

    root: Path
    console: Console
    errors: Console
    quiet: bool

    def project(self) -> Project:
        """Return the project in the folder. Raises `SettingsError`."""
        from ankl_i18n.config import load
        from ankl_i18n.project import Project

        return Project(load(self.root))

    def say(self, line: str) -> None:
        """Print a line, unless the user asked for quiet."""
        if not self.quiet:
            self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def report(self, problems: Iterable[Problem]) -> None:
        """Print problems where errors belong."""
        from ankl_i18n.report import problem_list

        problem_list(problems, self.errors)


def command(function: Callable[..., int | None]) -> Callable[..., None]:
    """Add what all commands share: --project, --quiet, and the exit code."""

    @click.option(
        "--project",
        "root",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The project's folder (default: this one).",
    )
    @click.option("--quiet", "-q", is_flag=True, help="Print nothing but problems.")
    @functools.wraps(function)
    def run(root: Path, quiet: bool, **arguments: Any) -> None:
        from rich.console import Console

        session = Session(root, Console(), Console(stderr=True), quiet)
        try:
            sys.exit(function(session, **arguments) or 0)
        except SettingsError as wrong:
            session.report(wrong.problems)
            sys.exit(WRONG_USE)
        except AnklError as wrong:
            session.report(wrong.problems)
            sys.exit(PROBLEMS)
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads the output any more
        except OSError as wrong:
            where = Location(str(wrong.filename or root))
            session.report([error("file", wrong.strerror or str(wrong), where)])
            sys.exit(PROBLEMS)

    return run  # fmt: skip


tags_argument = click.argument("tags", nargs=-1, metavar="[TAG]...")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ankl-i18n")
def main() -> None:
    """Leaflets in every reader's language: Markdown and gettext catalogs in, HTML and PDF out.

    \b
    A first round:
      ankl-i18n init             write settings and a first leaflet
      ankl-i18n add fr           start French
      (translate locale/fr/LC_MESSAGES/*.po with Poedit or any editor)
      ankl-i18n check            find mistakes before readers do
      ankl-i18n build            make every page and PDF in build/

    Languages are named by tags such as fr, zh-Hans or pt-BR. Shell completion for bash:
    eval "$(_ANKL_I18N_COMPLETE=bash_source ankl-i18n)"
    """


@main.command()
@command
def init(session: Session) -> int:
    """Write settings and a first leaflet into a folder; nothing there is overwritten.

    \b
    Example:
      ankl-i18n init --project my-leaflets
    """
    from ankl_i18n.scaffold import scaffold

    for path, written in scaffold(session.root):
        session.say(f"{'wrote' if written else 'kept'}  {path}")
    session.say("Next: ankl-i18n extract, then ankl-i18n add TAG for each language.")
    return 0


@main.command()
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@command
def add(session: Session, tags: Sequence[str]) -> int:
    """Start languages: name them in the settings and write their empty catalogs.

    \b
    Example:
      ankl-i18n add fr zh-Hans
    """
    from ankl_i18n.pipeline import add as start
    from ankl_i18n.pipeline import extract as write_templates
    from ankl_i18n.scaffold import add_languages

    languages = _languages(tags)
    add_languages(session.project().config, languages)
    templates = write_templates(session.project())
    outcome = start(session.project(), languages)
    outcome.problems[:0] = templates.problems
    return _tell(session, outcome)


@main.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail if a template is out of date."
)
@command
def extract(session: Session, only_check: bool) -> int:
    """Write the templates (.pot) from the leaflets and the page templates.

    \b
    Example:
      ankl-i18n extract
    """
    from ankl_i18n import pipeline

    project = session.project()
    return _tell(
        session, pipeline.extract(project, write=not only_check), must_be_current=only_check
    )


@main.command()
@tags_argument
@command
def update(session: Session, tags: Sequence[str]) -> int:
    """Merge the templates into the catalogs (.po); translations are never lost.

    \b
    Example:
      ankl-i18n update          every language
      ankl-i18n update fr ja    these two
    """
    from ankl_i18n import pipeline

    project = session.project()
    return _tell(session, pipeline.update_catalogs(project, _targets(project, tags)))


def _tell(session: Session, outcome: Outcome, *, must_be_current: bool = False) -> int:
    """Print what a stage wrote and what stood in its way; return the exit code."""
    for written in outcome.written:
        changes = written.changes
        what = f"{written.messages} messages"
        if changes:
            what = (
                f"{changes.kept + changes.revived} kept, {len(changes.fuzzy)} fuzzy, "
                f"{changes.new} new, {changes.obsolete} obsolete"
            )
        state = ("out of date" if must_be_current else "wrote") if written.changed else "same"
        session.say(f"{state:5}  {written.path}  ({what})")
    hint = "run `ankl-i18n extract` and commit the template"
    stale = [
        error("template", "this template is out of date", Location(written.path), hint)
        for written in outcome.written
        if must_be_current and written.changed
    ]
    session.report([*outcome.problems, *stale])
    return PROBLEMS if stale or _has_errors(outcome.problems) else 0


@main.command()
@tags_argument
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
    help="How to print what was found.",
)  # fmt: skip
@command
def check(session: Session, tags: Sequence[str], form: str) -> int:
    """Find mistakes in leaflets and translations: lost numbers, links, a missing "not".

    \b
    Example:
      ankl-i18n check
      ankl-i18n check fr --format json
    """
    from ankl_i18n.report import annotations, problems_json

    status = _status(session.project())
    found = status.problems(_targets(status.project, tags))
    if form == "text":
        session.report(found)
        if not found:
            session.say("No problems found.")
    else:
        click.echo(problems_json(found) if form == "json" else annotations(found), nl=False)
    return PROBLEMS if _has_errors(found) else 0


@main.command()
@tags_argument
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "html", "svg"]), default="table",
    show_default=True, help="A table, or a file's content on standard output.",
)  # fmt: skip
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="PCT",
    help="Exit 1 if a leaflet in one of the languages has fewer words translated.",
)  # fmt: skip
@command
def coverage(session: Session, tags: Sequence[str], form: str, fail_under: float | None) -> int:
    """Show how much is translated, by language, leaflet and section.

    \b
    Example:
      ankl-i18n coverage
      ankl-i18n coverage ja --fail-under 95
      ankl-i18n coverage --format html > coverage.html
    """
    from ankl_i18n import report
    from ankl_i18n.coverage import total

    status = _status(session.project())
    languages = _targets(status.project, tags)
    rows = status.rows(languages)
    if form == "table":
        if not session.quiet:
            report.coverage_table(rows, session.console)
    elif form == "json":
        click.echo(report.coverage_json(rows), nl=False)
    elif form == "svg":
        click.echo(report.badge(total(row.coverage for row in rows).words), nl=False)
    else:
        click.echo(report.coverage_page(rows), nl=False)
    problems = [*status.problems(languages), *_too_low(status.project, rows, fail_under)]
    session.report(problem for problem in problems if problem.severity is Severity.ERROR)
    return PROBLEMS if _has_errors(problems) else 0


def _too_low(project: Project, rows: Iterable[Row], fail_under: float | None) -> Iterator[Problem]:
    """Yield an error for each catalog with fewer words translated than asked for."""
    for row in rows:
        words = row.coverage.counts.words
        if fail_under is not None and words.ratio * 100 < Fraction(str(fail_under)):
            path = project.catalog_path(row.coverage.domain, row.language)
            message = f"{words.percent}% of the words translated, {fail_under:g}% asked for"
            yield error("coverage", message, Location(project.config.relative(path)))


@main.command()
@tags_argument
@click.option("--only", type=click.Choice(["html", "pdf"]), help="Only pages, or only PDFs.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Only this paper size.")
@click.option("--large-print", is_flag=True, help="PDFs in 18-point type.")
@click.option("--drafts", is_flag=True, help="Build languages that are not ready to publish, too.")
@click.option("--pseudo", is_flag=True, help="Build the pseudo-locales, too, to test pages.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Worker processes (default: one a processor).",
)
@command
def build(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, only: str | None, paper: str | None,
    large_print: bool, drafts: bool, pseudo: bool, jobs: int | None,
) -> int:  # fmt: skip
    """Make the pages and PDFs of every published language in the build folder.

    \b
    Example:
      ankl-i18n build
      ankl-i18n build ja --only html
      ankl-i18n build --drafts fa ur
    """
    from ankl_i18n.build import Options
    from ankl_i18n.build import build as make

    project = session.project()
    _selected(project, tags)
    workers = jobs or len(os.sched_getaffinity(0))
    papers = (paper,) if paper else ()
    options = Options(
        tuple(tags),
        only or "",
        papers,
        large_print=large_print,
        drafts=drafts,
        pseudo=pseudo,
        jobs=workers,
    )
    begin = time.monotonic()
    with _Progress(session) as progress:
        site, done = make(project.config, options, progress.finished)
    return _summary(session, site.status, done, time.monotonic() - begin)


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
        return self

    def finished(self, done: Done, count: int) -> None:
        if self.bar:
            if self.task is None:
                self.task = self.bar.add_task("Building", total=count)
            self.bar.update(self.task, advance=1, description=done.job.path)
        elif done.problems:
            self.session.say(f"failed  {done.job.path}")

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()


def _summary(session: Session, status: Status, done: Sequence[Done], seconds: float) -> int:
    from ankl_i18n.report import BuildSummary, build_summary

    config = status.project.config
    problems = [*status.problems(config.targets), *(p for one in done for p in one.problems)]
    problems = list(dict.fromkeys(problems))
    session.report(problem for problem in problems if problem.severity is Severity.ERROR)
    changed = [one for one in done if one.changed]
    languages = [
        s
        for s in status.languages
        if any(one.job.tag == s.tag and not one.problems for one in done)
    ]
    held: dict[str, list[str]] = {}
    for spoken in config.targets:
        for document in status.project.documents:
            reasons = status.reasons(document, spoken)
            if reasons:
                held.setdefault(f"{spoken.english} ({spoken.tag})", []).extend(
                    f"{document.name}: {reason}" for reason in reasons
                )
    summary = BuildSummary(
        folder=f"{config.build_dir}/",
        pages=sum(one.job.kind != "pdf" for one in changed),
        pdfs=sum(one.job.kind == "pdf" for one in changed),
        unchanged=sum(not one.changed and not one.problems for one in done),
        languages=tuple(f"{s.english} ({s.tag})" for s in languages),
        seconds=seconds,
        held_back=held,
        problems=tuple(p for p in problems if p.severity is Severity.ERROR),
    )
    if not session.quiet:
        build_summary(summary, session.console)
    return PROBLEMS if _has_errors(problems) else 0


@main.command()
@command
def doctor(session: Session) -> int:
    """Look for everything the pipeline needs, and say what to install.

    \b
    Example:
      ankl-i18n doctor
    """
    from ankl_i18n.doctor import examine

    well = True
    for finding in examine(session.root):
        well &= finding.good
        session.say(f"{'ok  ' if finding.good else 'MISSING'}  {finding.what}")
        if finding.hint and not finding.good:
            session.say(f"        {finding.hint}")
    return 0 if well else PROBLEMS


def _status(project: Project) -> Status:
    from ankl_i18n.status import Status

    return Status(project)


def _languages(tags: Sequence[str]) -> list[Language]:
    from ankl_i18n.languages import language

    try:
        return [language(tag) for tag in tags]
    except ValueError as unknown:
        raise SettingsError(error("language", str(unknown), Location("TAG"))) from unknown


def _selected(project: Project, tags: Sequence[str]) -> list[Language]:
    """Return the named languages; each must be one of the project's."""
    from ankl_i18n.languages import PSEUDO

    known = {project.config.source.tag, *project.config.languages, *PSEUDO}
    languages = _languages(tags)
    for spoken in languages:
        if spoken.tag not in known:
            hint = f"add it with `ankl-i18n add {spoken.tag}`"
            raise SettingsError(
                error(
                    "language",
                    f"{spoken.tag} is not a language of this project",
                    Location("TAG"),
                    hint,
                )
            )
    return languages


def _targets(project: Project, tags: Sequence[str]) -> list[Language]:
    return _selected(project, tags) or list(project.config.targets)


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
