"""The command that measures how easy leaflets are to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command
from ankl_i18n.errors import SettingsError, SourceError

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project


@click.command()
@options.form("table", "markdown", "json")
@options.leaflets
@command
def reading(session: Session, form: str, names: tuple[str, ...]) -> int:
    """Show how easy each section of the leaflets is to read: its Flesch-Kincaid grade.

    The grade is for English texts; leaflets written in another language have none.

    \b
    Example:
      ankl-i18n reading
      ankl-i18n reading --leaflet ankl
      ankl-i18n reading --format markdown
    """
    from ankl_i18n.catalogs import leaflets
    from ankl_i18n.report.as_json import reading_json
    from ankl_i18n.report.reading import reading_markdown, reading_table
    from ankl_i18n.source.reading import readings, whole

    project = session.project()
    check_leaflets(project, names)
    _refuse_other_languages(project)
    figures, broken = {}, leaflets.file_problems(project)
    for name in names or leaflets.names(project):
        try:
            document = leaflets.document(project, name)
        except SourceError as wrong:
            broken += wrong.problems
        else:
            figures[name] = [*readings(document), whole(document)]
    session.report(broken)
    if form == "json":
        click.echo(reading_json(figures), nl=False)
    elif form == "markdown":
        click.echo(reading_markdown(figures), nl=False)
    elif not session.quiet:
        reading_table(figures, session.console)
    return PROBLEMS if broken else 0


def _refuse_other_languages(project: Project) -> None:
    source = project.config.source
    if source.tag.partition("-")[0] != "en":
        text = f"the leaflets are written in {source.english}; reading grades are for English"
        hint = "ask readers instead: no formula replaces them"
        raise SettingsError.of("reading-grade", text, "source-language", hint)
