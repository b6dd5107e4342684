"""The command that shows the figures of every catalog."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command, targets
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.languages import Language


@click.command()
@options.tags
@options.form("table", "json", "csv", meaning="Format of the output; csv with --leverage.")
@click.option(
    "--leverage", is_flag=True,
    help="Show what is left to translate by how closely the memory matches it, as agencies count.",
)  # fmt: skip
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx",
    help="With --leverage: write a spreadsheet.",
)  # fmt: skip
@command
def stats(
    session: Session, tags: Sequence[str], form: str, *, leverage: bool, output: Path | None
) -> int:
    """Count messages, words and characters of every catalog, with review state and oldest fuzzy.

    \b
    Example:
      ankl-i18n stats
      ankl-i18n stats fr ja --format json
      ankl-i18n stats km --leverage --output quote.xlsx
    """
    from ankl_i18n.coverage.stats import project_stats
    from ankl_i18n.report import as_json
    from ankl_i18n.report.stats import stats_tables

    project = session.project()
    if leverage:
        return _leverage(session, project, targets(project, tags), form, output)
    if form == "csv":
        raise SettingsError.of("stats", "csv needs --leverage", "--format")
    rows, problems = project_stats(project, targets(project, tags))
    if form == "json":
        click.echo(as_json.stats_json(rows), nl=False)
    elif not session.quiet:
        stats_tables(rows, session.console)
    session.report(problems)
    return PROBLEMS if problems else 0


def _leverage(
    session: Session, project: Project, languages: Sequence[Language], form: str,
    output: Path | None,
) -> int:  # fmt: skip
    from ankl_i18n.exchange import leverage
    from ankl_i18n.report.columns import aligned, plain

    made, problems = leverage.report(project, languages)
    if output:
        output.write_bytes(leverage.as_xlsx(made))
        session.say(f"wrote  {output}")
    elif form == "csv":
        click.echo(leverage.as_csv(made), nl=False)
    elif form == "json":
        click.echo(leverage.as_json(made))
    else:
        rows = [[str(cell) for cell in row] for row in leverage.table(made)]
        for line in aligned(rows, range(1, len(rows[0]))):
            plain(session.console, line)
    session.report(problems)
    return PROBLEMS if problems else 0
