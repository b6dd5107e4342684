"""`review verify`: what a code stands for, or whether the whole ledger holds."""

from __future__ import annotations

import click

from ankl_i18n.cli.session import PROBLEMS, Session, command, has_errors
from ankl_i18n.errors import SettingsError


@click.command()
@click.argument("code", metavar="[CODE]", required=False)
@command
def verify(session: Session, code: str | None) -> int:
    """Say what a code on a page or on paper stands for, and whether it is still current.

    Without a code, check that every act in the ledger is unchanged and signed. Exit 1 if
    something is wrong, or the code is not the current one.

    \b
    Example:
      ankl-i18n review verify FTR6F-DDCVD
      ankl-i18n review verify
    """
    if code is None:
        return _whole(session)
    return _code(session, code)


def _code(session: Session, typed: str) -> int:
    from ankl_i18n.report.text import visible
    from ankl_i18n.review.codes import look_up
    from ankl_i18n.review.figures import of_leaflet
    from ankl_i18n.review.hashes import typed_code
    from ankl_i18n.review.state import state

    project = session.project()
    looked_up = look_up(project, typed_code(typed))
    if looked_up is None:
        hint = "codes have ten letters and digits; this version may never have been recorded"
        message = f"nothing is known about the code {visible(typed)}"
        raise SettingsError.of("review", message, "CODE", hint)
    click.echo(f"{looked_up.code}: {looked_up.leaflet}, {looked_up.tag}")
    for act in looked_up.acts:
        click.echo(f"published {act.date}, {visible(act.edition)}, by {act.reviewer}")
    if not looked_up.acts:
        click.echo("not recorded as published")
    if not looked_up.current:
        now = (
            f"replaced by {looked_up.now.code}" if looked_up.now else "the leaflet no longer exists"
        )
        click.echo(f"Not what readers get today: {now}")
        return PROBLEMS
    click.echo("This is what readers get today.")
    if not looked_up.is_same_around:
        click.echo("The publisher's texts around it have changed since.")
    judged = state(project, looked_up.leaflet, looked_up.tag)
    for role_figures in of_leaflet(judged, project.config.review):
        by = (
            f" by {', '.join(role_figures.reviewers)} ({', '.join(role_figures.how)})"
            if role_figures.reviewers
            else ""
        )
        until = f", until {role_figures.until}" if role_figures.until else ""
        click.echo(f"{role_figures.role}: {role_figures.percent}% of the words signed{by}{until}")
    for reason in judged.reasons:
        click.echo(f"Held back: {visible(reason)}")
    click.echo("A code is a way to look a leaflet up. It proves nothing.")
    return PROBLEMS if judged.reasons else 0


def _whole(session: Session) -> int:
    from ankl_i18n.report.text import counted
    from ankl_i18n.review.history import tags_of
    from ankl_i18n.review.ledger import ledger
    from ankl_i18n.review.problems import problems, refused, unsigned
    from ankl_i18n.settings.review import OFF

    project = session.project()
    known = tags_of(project)
    listed = problems(project, known)
    listed += [problem for tag in known for problem in refused(project, tag)]
    if project.config.review.signatures != OFF:
        listed += [problem for tag in known for problem in unsigned(project, tag)]
    count = sum(len(ledger(project, tag).acts) for tag in known)
    session.report(dict.fromkeys(listed))
    session.say(f"{counted(count, 'act')} in {counted(len(known), 'language')}")
    return PROBLEMS if has_errors(listed) else 0
