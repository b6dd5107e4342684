"""Commands that start a project, and look at the computer it is on."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli.catalogs import tell
from ankl_i18n.cli.session import (
    PROBLEMS,
    Session,
    command,
    memory_option,
    offer_memory,
    sorted_out,
)
from ankl_i18n.errors import SettingsError


@click.command()
@command
def init(session: Session) -> int:
    """Write settings and a first leaflet into a folder; nothing there is overwritten.

    \b
    Example:
      ankl-i18n init --project my-leaflets
    """
    from ankl_i18n.scaffold.start import scaffold

    for path, written in scaffold(session.root):
        session.say(f"{'wrote' if written else 'kept'}  {path}")
    session.say("Next: ankl-i18n extract, then ankl-i18n add TAG for each language.")
    return 0


@click.command()
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@memory_option
@command
def add(session: Session, tags: Sequence[str], *, memory: bool) -> int:
    """Start languages: name them in the settings and write their empty catalogs.

    \b
    Example:
      ankl-i18n add fr zh-Hans
    """
    from ankl_i18n.catalogs.update import add as start
    from ankl_i18n.catalogs.update import extract as write_templates
    from ankl_i18n.scaffold.start import add_languages

    config = session.project().config
    languages, unknown = sorted_out(tags)
    for tag, spoken in languages.items():
        if tag.replace("_", "-").casefold() != spoken.tag.casefold():
            session.say(f"{tag} is {spoken.tag} ({spoken.english})")
    if not languages:
        raise SettingsError(unknown)
    added = list(languages.values())
    add_languages(config, added)
    templates = write_templates(session.project())
    outcome = start(session.project(), added)
    outcome.problems[:0] = [*unknown, *templates.problems]
    code = tell(session, outcome, started=True)
    if memory:
        offer_memory(session, session.project(), added)
    return code


@click.command()
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
