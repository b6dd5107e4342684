"""`review pack`: the evidence of review, for the PIF TICK and the like."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import Session, check_leaflets, command, targets


@click.command()
@options.tags
@options.leaflets
@command
def pack(session: Session, tags: Sequence[str], *, names: tuple[str, ...]) -> int:
    """Print the evidence of review as Markdown: who read what, when, and in which role.

    \b
    Example:
      ankl-i18n review pack fr > evidence.md
    """
    from ankl_i18n.report.evidence import evidence
    from ankl_i18n.review.counting import counted
    from ankl_i18n.review.ledger import ledger
    from ankl_i18n.review.records import Kind
    from ankl_i18n.review.remarks import remarks
    from ankl_i18n.review.reviewers import reviewers
    from ankl_i18n.review.status import states

    project = session.project()
    check_leaflets(project, names)
    wanted = [lang.tag for lang in targets(project, tags)]
    leaflets = list(states(project, wanted, names))
    acts = [act for tag in wanted for act in ledger(project, tag).acts]
    people = reviewers(project).by_id
    remarked = [remark for tag in wanted for remark in remarks(project, tag)]
    tests = [act for tag in wanted for act in counted(project, tag, Kind.READERS_TESTED)]
    click.echo(evidence(project.config.review, leaflets, acts, people, remarked, tests), nl=False)
    return 0
