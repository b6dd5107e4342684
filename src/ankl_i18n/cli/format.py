"""The command that writes catalogs in canonical form."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command, targets
from ankl_i18n.errors import Location, error


@click.command("format")
@options.tags
@click.option(
    "--check", "only_check", is_flag=True,
    help="Write nothing; fail if a catalog is not in canonical form.",
)  # fmt: skip
@command
def canonical(session: Session, tags: Sequence[str], only_check: bool) -> int:
    """Write the catalogs (.po) in GNU gettext's canonical form, obsolete messages last.

    \b
    Example:
      ankl-i18n format
      ankl-i18n format fr --check
    """
    from ankl_i18n.catalogs.canonical import format_catalogs

    project = session.project()
    languages = targets(project, tags)
    formatted, problems = format_catalogs(project, languages, write=not only_check)
    hint = "run `ankl-i18n format`"
    for one in formatted:
        if one.changed and only_check:
            where = Location(one.path)
            problems.append(error("format", "this catalog is not in canonical form", where, hint))
        else:
            session.say(f"{'wrote' if one.changed else 'same':5}  {one.path}")
    session.report(problems)
    return PROBLEMS if problems else 0
