"""The command that writes templates."""

from __future__ import annotations

import click

from ankl_i18n.cli.outcome import tell
from ankl_i18n.cli.session import Session, command


@click.command()
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
    from ankl_i18n.catalogs import update as pipeline

    project = session.project()
    return tell(
        session, pipeline.extract(project, write=not only_check), must_be_current=only_check
    )
