"""The command that starts languages."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.outcome import tell
from ankl_i18n.cli.session import Session, command, offer_memory, sorted_out
from ankl_i18n.errors import SettingsError


@click.command()
@click.argument("tags", nargs=-1, required=True, metavar="TAG...")
@options.memory
@command
def add(session: Session, tags: Sequence[str], *, memory: bool) -> int:
    """Start languages: name them in the settings and write their empty catalogs.

    \b
    Example:
      ankl-i18n add fr zh-Hans
    """
    from ankl_i18n.catalogs.new_languages import add_languages
    from ankl_i18n.catalogs.update import add as start
    from ankl_i18n.catalogs.update import extract as write_templates

    config = session.project().config
    languages, unknown = sorted_out(tags)
    for tag, lang in languages.items():
        if tag.replace("_", "-").casefold() != lang.tag.casefold():
            session.say(f"{tag} is {lang.tag} ({lang.english})")
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
