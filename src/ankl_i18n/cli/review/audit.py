"""`review audit`: what changed of acts, keys, reviewers and policy."""

from __future__ import annotations

import click

from ankl_i18n.cli.session import PROBLEMS, Session, command, has_errors


@click.command()
@click.option(
    "--since", metavar="REF", default="HEAD", show_default=True,
    help="Compare with this commit, branch or tag.",
)  # fmt: skip
@command
def audit(session: Session, since: str) -> int:
    """Show what changed in acts, keys, reviewers and policy, for those who merge.

    Acts are only ever added. Exit 1 if one disappeared or was changed, or history was rewritten.

    \b
    Example:
      ankl-i18n review audit --since origin/main
      ankl-i18n review audit --since v1.0
    """
    from ankl_i18n.report.text import visible
    from ankl_i18n.review.audit import audit as findings
    from ankl_i18n.review.history import tags_of
    from ankl_i18n.review.problems import problems

    project = session.project()
    changes = findings(project, since)
    for change in changes:
        note = f"  {visible(change.note)}" if change.note else ""
        click.echo(f"{'!' if change.wrong else ' '} {change.what}  {visible(change.path)}{note}")
    if not changes:
        session.say(f"Nothing about the review has changed since {since}.")
    wrong = problems(project, tags_of(project))
    session.report(wrong)
    return PROBLEMS if has_errors(wrong) or any(one.wrong for one in changes) else 0
