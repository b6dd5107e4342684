"""`impact`: what a change of the leaflets means."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.coverage.impact import Report

FORMS: Final = ("text", "json", "markdown", "github")
NOW: Final = "working tree"


@click.command()
@click.argument("revisions", metavar="[OLD[..NEW]]", default="HEAD")
@options.form(
    *FORMS,
    meaning="Format of the output; github and markdown are for pull requests.",
)
@command
def impact(session: Session, revisions: str, form: str) -> int:
    """Show what changes to the leaflets mean for translations: how serious, how much work.

    OLD and NEW are git revisions. OLD alone is compared with the files as they are now;
    without OLD, the last commit is. OLD...NEW starts where the two diverged.

    A change is "safety" if an amount, a unit, a bound, a "not" or a time changed, or a required
    section; "cosmetic" if only the appearance did; otherwise "meaning".

    \b
    Example:
      ankl-i18n impact                                   since the last commit
      ankl-i18n impact v1.0..HEAD                        since a version
      ankl-i18n impact origin/main...HEAD --format markdown
    """
    report = _report(session, revisions)
    _show(session, report, form)
    return PROBLEMS if report.problems else 0


def _report(session: Session, revisions: str) -> Report:
    from ankl_i18n.catalogs import revisions as git
    from ankl_i18n.coverage.impact import impact as compared

    root = session.root
    old, new, is_shared = git.sides(revisions)
    name = git.common(root, old, new) if is_shared else old
    with ExitStack() as stack:
        # The settings that are read last are those whose language files are in use.
        before = _project(stack.enter_context(git.files_of(root, name)))
        if new:
            after = _project(stack.enter_context(git.files_of(root, new)))
            place = root.resolve(), git.commit(root, new)
        else:
            after = session.project()
            place = root.resolve(), ""
        return compared(before, after, (old, new or NOW), place)


def _project(root: Path) -> Project:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.settings import load

    return Project(load(root))


def _show(session: Session, report: Report, form: str) -> None:
    from ankl_i18n.report import impact as shown

    if form == "text":
        session.report(report.problems)
        if not session.quiet:
            shown.impact_list(report, session.console)
        return
    forms = {
        "json": shown.impact_json,
        "markdown": shown.impact_markdown,
        "github": shown.impact_github,
    }
    click.echo(forms[form](report), nl=False)
