"""The command that looks at the computer."""

from __future__ import annotations

import click

from ankl_i18n.cli.session import PROBLEMS, Session, command


@click.command()
@command
def doctor(session: Session) -> int:
    """Check that everything the pipeline needs is installed, and say what is missing.

    \b
    Example:
      ankl-i18n doctor
    """
    from ankl_i18n.cli.scaffold.doctor import examine

    well = True
    for finding in examine(session.root):
        well &= finding.good
        session.say(f"{'ok  ' if finding.good else 'MISSING'}  {finding.what}")
        if finding.hint and not finding.good:
            session.say(f"        {finding.hint}")
    return 0 if well else PROBLEMS
