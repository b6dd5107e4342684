"""The command that brings catalogs up to date."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.outcome import tell
from ankl_i18n.cli.session import Session, command, offer_memory, targets


@click.command()
@options.tags
@click.option(
    "--carry-cosmetic", is_flag=True,
    help="Keep translations valid where only punctuation, spaces or a typo changed.",
)  # fmt: skip
@click.option(
    "--no-fuzzy", is_flag=True,
    help="Do not offer the translation of the nearest old text, marked as fuzzy.",
)  # fmt: skip
@click.option(
    "--drop-obsolete", type=click.IntRange(0), metavar="N",
    help="Remove messages that have been obsolete for more than N updates.",
)  # fmt: skip
@click.option("--show-changes", is_flag=True, help="Show how each fuzzy text changed.")
@options.memory
@command
def update(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, carry_cosmetic: bool, no_fuzzy: bool,
    drop_obsolete: int | None, show_changes: bool, memory: bool,
) -> int:  # fmt: skip
    """Merge the templates into the catalogs (.po); translations are never lost.

    \b
    Example:
      ankl-i18n update          every language
      ankl-i18n update fr ja    these two
    """
    from ankl_i18n.catalogs import update as pipeline

    project = session.project()
    ways = pipeline.Ways(carry_cosmetic, not no_fuzzy, drop_obsolete)
    outcome = pipeline.update_catalogs(project, targets(project, tags), ways)
    code = tell(session, outcome)
    changed = [(one.path, one.changes) for one in outcome.written if one.changes]
    if not session.quiet and any(show_changes or changes.carried for _, changes in changed):
        from ankl_i18n.report.changes import change_list

        change_list(changed, session.console, fuzzy=show_changes)
    if carry_cosmetic and project.config.review.is_set:
        _carry_acts(session, [target.tag for target in targets(project, tags)])
    if memory:
        offer_memory(session, project, targets(project, tags))
    if not session.quiet and any(changes.fuzzy or changes.carried for _, changes in changed):
        from ankl_i18n.coverage.impact import of_updates
        from ankl_i18n.report.impact import update_summary

        update_summary(of_updates(project, outcome.written), session.console)
    return code


def _carry_acts(session: Session, tags: Sequence[str]) -> None:
    """Say in the ledger of review which signed words differ in looks alone from those of now."""
    from ankl_i18n.review.carrying import carry
    from ankl_i18n.review.ledger import act_path

    for act in carry(session.project(), tags):
        session.say(f"carried {act_path(act)}  {len(act.messages)} texts")
