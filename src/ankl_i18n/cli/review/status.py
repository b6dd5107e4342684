"""`review status`: what is signed, by language, leaflet, section and role."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command, has_errors, targets


@click.command()
@options.tags
@options.leaflets
@click.option("--role", type=click.Choice(options.ROLES), help="Only this role.")
@click.option("--sections", is_flag=True, help="Show the sections of each leaflet, too.")
@click.option("--messages", is_flag=True, help="List each text that is not signed, and why.")
@options.form("table", "json", "html", "markdown")
@command
def status(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, names: tuple[str, ...], role: str | None,
    sections: bool, messages: bool, form: str,
) -> int:  # fmt: skip
    """Show what is signed, by language, leaflet, section and role.

    \b
    Example:
      ankl-i18n review status
      ankl-i18n review status fr --sections --messages
      ankl-i18n review status --format html > review.html
    """
    from ankl_i18n.report import review as report
    from ankl_i18n.review.problems import problems
    from ankl_i18n.review.status import open_texts, rows, states

    project = session.project()
    check_leaflets(project, names)
    wanted = [lang.tag for lang in targets(project, tags)]
    leaflets = list(states(project, wanted, names))
    lines = rows(project, leaflets, sections=sections or form == "json", role=role or "")
    texts = [(leaflet, text) for leaflet in leaflets for text in open_texts(leaflet, role or "")]
    if form == "json":
        click.echo(report.status_json(lines, leaflets, texts), nl=False)
    elif form == "html":
        click.echo(report.status_page(lines, leaflets), nl=False)
    elif form == "markdown":
        click.echo(report.status_markdown(lines, leaflets), nl=False)
    elif not session.quiet:
        report.status_table(lines, session.console)
        report.held_back(leaflets, session.console)
        if messages:
            report.open_list([text for _, text in texts], session.console)
    wrong = problems(project, wanted)
    session.report(wrong)
    return PROBLEMS if has_errors(wrong) else 0
