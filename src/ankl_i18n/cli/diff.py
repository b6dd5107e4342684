"""The command that compares two catalogs."""

from __future__ import annotations

from pathlib import Path

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, WRONG_USE, Session, command, unreadable
from ankl_i18n.errors import CatalogError


@click.command()
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@options.form("text", "json")
@command
def diff(session: Session, old: Path, new: Path, form: str) -> int:
    """Show what changed between two catalogs or templates, message by message, word by word.

    Exit codes: 0 nothing changed, 1 something did, 2 a file cannot be read.

    \b
    Example:
      ankl-i18n diff before.po locale/fr/LC_MESSAGES/ankl.po
    """
    from ankl_i18n.catalogs import po
    from ankl_i18n.catalogs.diff import compare
    from ankl_i18n.report.as_json import differences_json
    from ankl_i18n.report.differences import difference_list

    try:
        before, after = (po.parse(path.read_bytes(), str(path)) for path in (old, new))
    except CatalogError as wrong:
        session.report(wrong.problems)
        return WRONG_USE
    except OSError as wrong:
        session.report([unreadable(wrong, old)])
        return WRONG_USE
    differences = compare(before, after)
    paths = (str(old), str(new))
    if form == "json":
        click.echo(differences_json(differences, paths), nl=False)
    elif not session.quiet:
        difference_list(differences, session.console, paths)
    return PROBLEMS if differences else 0
