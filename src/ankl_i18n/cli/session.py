"""What the commands share: options, printing, exit codes, and the languages they are about."""

from __future__ import annotations

import functools
import gc
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ankl_i18n.errors import AnklError, Problem, SettingsError, Severity, error

if TYPE_CHECKING:
    from rich.console import Console

    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.languages import Language
    from ankl_i18n.settings import Options

PROBLEMS: Final = 1
WRONG_USE: Final = 2
# After so many seconds there is something on the terminal.
SOON: Final = 0.4
# What is said when a command is interrupted; what it wrote so far is whole.
INTERRUPTED: Final = {"build": "Interrupted. The next build continues where this one stopped."}


@dataclass(frozen=True)
class Session:
    """What every command gets: the project's folder, where to print, and what it opened."""

    root: Path
    quiet: bool
    projects: list[Project] = field(default_factory=list)

    @functools.cached_property
    def console(self) -> Console:
        """The terminal or file that results are printed to."""
        from rich.console import Console

        return Console()

    @functools.cached_property
    def errors(self) -> Console:
        """The terminal or file that problems are printed to."""
        from rich.console import Console

        return Console(stderr=True)

    def project(self, options: Options | None = None) -> Project:
        """Return the project in the folder; what is found out is kept when the command ends.

        Raises `SettingsError`, for a wrong time too.
        """
        from ankl_i18n.catalogs.project import Project, now
        from ankl_i18n.settings import Options, load

        now()  # before anything is made or removed
        project = Project(load(self.root), options or Options())
        self.projects.append(project)
        return project

    def say(self, line: str) -> None:
        """Print a line, unless the user asked for quiet."""
        if not self.quiet:
            click.echo(line)

    def report(self, problems: Iterable[Problem]) -> None:
        """Print problems where errors belong."""
        listed = list(problems)
        if listed:
            from ankl_i18n.report.listing import problem_list

            problem_list(listed, self.errors)


def shared_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --project and --quiet, which may be before a command or after it."""
    folder = click.option(
        "--project",
        "root",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The project's folder (default: the current one).",
    )
    quiet = click.option("--quiet", "-q", is_flag=True, help="Print only problems.")
    return folder(quiet(function))


def command(function: Callable[..., int | None]) -> Callable[..., None]:
    """Add what all commands share: --project, --quiet, and the exit code."""

    @shared_options
    @functools.wraps(function)
    def run(root: Path | None, quiet: bool, **arguments: Any) -> None:
        before, is_quiet = click.get_current_context().obj or (None, False)
        root = root or before or Path()
        session = Session(root, quiet or is_quiet)
        _be_printable()
        on_main = threading.current_thread() is threading.main_thread()
        if on_main:
            _end_in_order()
            _say_that_it_works(session)
        # A command makes records by the hundred thousand and drops hardly any before it ends.
        gc.disable()
        try:
            sys.exit(function(session, **arguments) or 0)
        except SettingsError as wrong:
            session.report(wrong.problems)
            sys.exit(WRONG_USE)
        except AnklError as wrong:
            session.report(wrong.problems)
            sys.exit(PROBLEMS)
        except KeyboardInterrupt as wrong:
            click.echo(INTERRUPTED.get(function.__name__, "Interrupted."), err=True)
            sys.exit(128 + (wrong.args[0] if wrong.args else signal.SIGINT))
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads the output any more
        except OSError as wrong:
            session.report([unreadable(wrong, root)])
            sys.exit(PROBLEMS)
        finally:
            if on_main:
                signal.setitimer(signal.ITIMER_REAL, 0)
            for project in session.projects:
                project.close()
            gc.enable()

    return run  # fmt: skip


def _be_printable() -> None:
    """Let everything be printed, whatever the locale: the letters of all languages are.

    Files and pipes get UTF-8, as JSON and HTML must; terminals get an escape for what they lack.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _end_in_order() -> None:
    """Let `kill` and a closed terminal end a command as Ctrl-C does: it tidies up first."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup(1) ignores one of them
            signal.signal(number, _interrupt)


def _say_that_it_works(session: Session) -> None:
    """Have a line on the terminal soon, for commands that take long to say something."""
    if sys.stderr.isatty() and not session.quiet:
        signal.signal(signal.SIGALRM, lambda *_: click.echo("Working …", err=True))
        signal.setitimer(signal.ITIMER_REAL, SOON)


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt(number)


def sorted_out(tags: Sequence[str]) -> tuple[dict[str, Language], list[Problem]]:
    """Return the languages that tags name, and an error for each tag that names none."""
    from ankl_i18n.languages import UnknownLanguageError, language

    known: dict[str, Language] = {}
    problems = []
    for tag in tags:
        try:
            known[tag] = language(tag)
        except UnknownLanguageError as unknown:
            problems.append(error("language", str(unknown), tag, unknown.hint))
    return known, problems


def known_languages(tags: Sequence[str]) -> list[Language]:
    """Return the languages that tags name. Raises `SettingsError`."""
    known, problems = sorted_out(tags)
    if problems:
        raise SettingsError(problems)
    return list(known.values())


def selected(project: Project, tags: Sequence[str]) -> list[Language]:
    """Return the named languages; each must be one of the project's."""
    from ankl_i18n.languages import PSEUDO

    known = {project.config.source.tag, *project.config.languages, *PSEUDO}
    languages = known_languages(tags)
    for lang in languages:
        if lang.tag not in known:
            hint = f"add it with `ankl-i18n add {lang.tag}`"
            message = f"{lang.tag} is not a language of this project"
            raise SettingsError.of("language", message, "TAG", hint)
    return languages


def offer_memory(session: Session, project: Project, languages: Iterable[Language]) -> None:
    """Offer what the memory has for messages without a translation, and say so."""
    from ankl_i18n.exchange.run import offer_memory as offers

    for path, count in offers(project, languages):
        session.say(f"memory {path}  {count} offered")


def check_leaflets(project: Project, names: Sequence[str]) -> None:
    """Raise `SettingsError` if a name is not that of a leaflet."""
    from ankl_i18n.catalogs import leaflets

    known = leaflets.names(project)
    for name in names:
        if name not in known:
            hint = f"known leaflets: {', '.join(known)}"
            raise SettingsError.of("leaflet", f"there is no leaflet {name}", "--leaflet", hint)


def targets(project: Project, tags: Sequence[str]) -> list[Language]:
    """Return the named languages, or all that the project is translated into."""
    return selected(project, tags) or list(project.config.targets)


def unreadable(wrong: OSError, path: Path) -> Problem:
    """Return what is wrong with a file, or with `path` where the error names none."""
    return error("file", wrong.strerror or str(wrong), str(wrong.filename or path))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether there is an error among the problems."""
    return any(problem.severity is Severity.ERROR for problem in problems)
