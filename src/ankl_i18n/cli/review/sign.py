"""`review sign`: every text is shown, then signed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.review.asking import content_of, written
from ankl_i18n.cli.session import PROBLEMS, Session, command
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.review.records import Content, Text


@click.command()
@options.of_texts
@click.option(
    "--yes-i-read", "read", metavar="ROOT",
    help="Sign without asking, but only the texts shown under this root.",
)  # fmt: skip
@options.key
@command
def sign(  # noqa: PLR0913 - one parameter for each option
    session: Session, tag: str, leaflet: str, *, reviewer: str, role: str, sections: Sequence[str],
    messages: Sequence[str], recorded_by: str, read: str | None, key: str | None,
) -> int:  # fmt: skip
    """Sign texts that somebody has read: each is shown first, section by section.

    Without a terminal the texts are printed with their root, and nothing is signed until the
    command is run again with that root. It refuses if a single letter has changed.

    \b
    Example:
      ankl-i18n review sign fr ankl --reviewer r-7f3a --role reviser
      ankl-i18n review sign fr ankl --section get-help --reviewer r-7f3a --role clinician
    """
    from ankl_i18n.review import making
    from ankl_i18n.review.records import Kind

    project = session.project()
    content = content_of(project, tag, leaflet)
    scopes = making.chosen(content, sections, messages)
    texts = list(dict.fromkeys(text for _, those in scopes for text in those))
    if not texts:
        message = f"no text of {leaflet} is translated into {content.tag}"
        raise SettingsError.of("review", message, "LEAFLET")
    who = {"reviewer": reviewer, "role": role, "recorded_by": recorded_by}
    acts = [
        making.new_act(project, Kind.SIGN, content, scope, map(making.reviewed, those), **who)
        for scope, those in scopes
    ]
    making.check_reviewer(project, acts[0])  # before they read it all
    root = making.agreed_root(content, scopes)
    if read not in {None, root}:
        raise _other_texts(root)
    said = making.STATEMENTS["meaning-1", role]
    if not read and not _agreed(project, content, texts, said, root):
        return PROBLEMS
    for act in acts:
        written(session, project, act, key)
    return 0


def _other_texts(root: str) -> SettingsError:
    hint = "run it without --yes-i-read, and read the current texts"
    message = f"these are not the texts that you read: their root is {root}"
    return SettingsError.of("review", message, "--yes-i-read", hint)


def _agreed(
    project: Project, content: Content, texts: Sequence[Text], statement: str, root: str
) -> bool:
    """Show every text, and return whether whoever reads them agrees to the statement."""
    is_asked = sys.stdin.isatty() and sys.stdout.isatty()
    titles = dict(content.sections)
    here = None
    for number, text in enumerate(texts, 1):
        if text.sections[0] != here:
            if is_asked and here is not None and not _goes_on():
                return False
            here = text.sections[0]
            click.secho(f"\n{titles.get(here) or 'Outside sections'}", bold=True)
        _show(number, text)
    _show_findings(project, content, texts)
    click.echo(f"\n{len(texts)} texts. What is signed:\n  {statement}\n")
    if is_asked:
        agreed: bool = click.confirm("Do you confirm this for every text above?", default=False)
        return agreed
    click.echo(f"Nothing is signed yet. When you have read all of it: --yes-i-read {root}")
    return False


def _goes_on() -> bool:
    answer = click.prompt("Enter: go on, q: stop", default="", show_default=False)
    return str(answer).strip().casefold() != "q"


def _show(number: int, text: Text) -> None:
    from ankl_i18n.report.text import visible

    mark = "  [required section]" if text.required else ""
    click.echo(f"\n{number:4}  {visible(text.msgid)}{mark}")
    for form in text.forms:
        click.echo(f"      {visible(form)}")


def _show_findings(project: Project, content: Content, texts: Sequence[Text]) -> None:
    """Say what the checks find and what was silenced, and what nobody signs."""
    from ankl_i18n.report.text import visible
    from ankl_i18n.review.making import findings

    keys = {(text.msgctxt, text.msgid) for text in texts}
    open_problems, quiet = findings(project, content.leaflet, content.tag, keys)
    for title, problems in (("The checks say", open_problems), ("Silenced by translators", quiet)):
        if problems:
            click.echo(f"\n{title}:")
        for problem in problems:
            click.echo(f"  {visible(problem.message)} [{problem.kind}]: {visible(problem.context)}")
    missing = [text for text in content.texts if not text.is_shown]
    if missing:
        click.echo(f"\nNot translated, and not signed: {len(missing)} texts")
    click.echo("Not covered: what pictures show, the interface strings of the page, the layout.")


@click.command()
@options.tag
@options.leaflet
@options.reviewer
@click.option(
    "--readers", type=click.IntRange(1), required=True, metavar="N", help="The number of readers."
)
@click.option("--note", default="", metavar="TEXT", help="The result, in one sentence.")
@options.key
@command
def tested(  # noqa: PLR0913 - one parameter for each option
    session: Session, tag: str, leaflet: str, *, reviewer: str, readers: int, note: str,
    key: str | None,
) -> int:  # fmt: skip
    """Record that readers have tested a leaflet: how many, and the result.

    \b
    Example:
      ankl-i18n review tested fr ankl --readers 5 --reviewer c-01 --note "All found whom to call."
    """
    from ankl_i18n.review.making import chosen, new_act, reviewed
    from ankl_i18n.review.records import Kind

    project = session.project()
    content = content_of(project, tag, leaflet)
    ((scope, texts),) = chosen(content)
    messages = [reviewed(text) for text in texts]
    act = new_act(
        project, Kind.READERS_TESTED, content, scope, messages, reviewer=reviewer, reason=note
    )
    written(session, project, replace(act, readers=readers), key)
    return 0
