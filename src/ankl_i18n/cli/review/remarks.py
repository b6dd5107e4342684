"""`review remarks`, `answer` and `learn`: what reviewers found, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command, targets
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from ankl_i18n.review.remarks import Remark


@click.command("remarks")
@options.tags
@click.option("--all", "every", is_flag=True, help="Also list answered remarks.")
@options.form("text", "json")
@command
def remarks(session: Session, tags: Sequence[str], *, every: bool, form: str) -> int:
    """List reviewers' remarks that nobody has answered yet.

    Exit codes: 0 if all are answered, 1 if some are open.

    \b
    Example:
      ankl-i18n review remarks fr
    """
    from ankl_i18n.review.remarks import remarks as remarks_in

    project = session.project()
    all_remarks = [
        remark for lang in targets(project, tags) for remark in remarks_in(project, lang.tag)
    ]
    shown = [remark for remark in all_remarks if every or not remark.answer]
    if form == "json":
        listed = {"version": 1, "remarks": [_as_json(one) for one in shown]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2, sort_keys=True))
    else:
        for one in shown:
            _tell(session, one)
        left = sum(not remark.answer for remark in all_remarks)
        session.say(f"{len(all_remarks)} remarks, {left} of them open")
    return PROBLEMS if any(not remark.answer for remark in all_remarks) else 0


def _tell(session: Session, remark: Remark) -> None:
    from ankl_i18n.report.text import visible

    message, act = remark.message, remark.act
    what = " ".join(filter(None, (message.verdict, message.type, message.severity)))
    by = f"{act.reviewer}, reported by {act.recorded_by}" if act.recorded_by else act.reviewer
    session.say(f"{remark.id}  {act.language} {act.leaflet}: {what} ({by}, {act.date})")
    session.say(f"  {visible(message.msgid)}")
    session.say(f"  {visible(' / '.join(message.msgstr))}")
    if message.note or act.reason:
        session.say(f"  → {visible(message.note or act.reason)}")
    if not remark.is_current:
        session.say("  (the words have changed since)")
    if remark.answer:
        session.say(f"  {visible(remark.answer)} ({remark.answered_by}, {remark.answered})")


def _as_json(remark: Remark) -> dict[str, object]:
    message, act = remark.message, remark.act
    return {
        "id": remark.id, "language": act.language, "leaflet": act.leaflet, "reviewer": act.reviewer,
        "recorded_by": act.recorded_by, "role": act.role, "date": act.date.isoformat(),
        "msgid": message.msgid, "msgstr": list(message.msgstr), "verdict": message.verdict,
        "type": message.type, "severity": message.severity, "note": message.note or act.reason,
        "current": remark.is_current, "answer": remark.answer, "answered_by": remark.answered_by,
        "answered": remark.answered.isoformat() if remark.answered else None,
    }  # fmt: skip


@click.command("answer")
@click.argument("name", metavar="ID")
@click.option("--done", is_flag=True, help="The translation was corrected.")
@click.option(
    "--not-done", "why", metavar="REASON", help="The translation was not changed, for this reason."
)
@click.option(
    "--reviewer", metavar="ID", required=True, help="The reviewer's id, from reviewers.toml."
)
@command
def answer(session: Session, name: str, *, done: bool, why: str | None, reviewer: str) -> int:
    """Answer a remark: done, or not done and why.

    \b
    Example:
      ankl-i18n review answer 3f9a1c07-12 --done --reviewer t-01
      ankl-i18n review answer 3f9a1c07-13 --reviewer t-01 --not-done "It is the usual word here."
    """
    from ankl_i18n.review import remarks as ledger
    from ankl_i18n.review.ledger import act_path

    if done == bool(why and why.strip()):
        raise SettingsError.of("review", "use --done, or --not-done with a reason", name)
    project = session.project()
    remark = ledger.find(project, name)
    text = ledger.DONE if done else f"{ledger.NOT_DONE}{(why or '').strip()}"
    if done and remark.is_current:
        message = "the translation is still the one that was remarked on"
        hint = "change the translation first, or use --not-done with a reason"
        raise SettingsError.of("review", message, name, hint)
    act = ledger.answer(project, remark, text, reviewer)
    session.say(f"wrote  {act_path(act)}")
    return 0


@click.command("learn")
@click.argument("name", metavar="ID")
@click.option("--term", metavar="TERM", help="A source term, for the glossary.")
@click.option(
    "--translation", metavar="WORD", default="", help="The translation to use for the term."
)
@click.option(
    "--forbid", metavar="WORD", default="", help="A translation that must not be used for the term."
)
@click.option("--case", "as_case", is_flag=True, help="Keep the wrong translation as a case.")
@click.option(
    "--right", metavar="TEXT", default="",
    help="The right translation for a case (default: the current one).",
)  # fmt: skip
@command
def learn(  # noqa: PLR0913 - one parameter for each option
    session: Session, name: str, *, term: str | None, translation: str, forbid: str,
    as_case: bool, right: str,
) -> int:  # fmt: skip
    """Keep what a reviewer found: as a term of the glossary, or as a case for the checks.

    A forbidden term is an error from now on. A case goes into cases/, with what
    the checks report for it today.

    \b
    Example:
      ankl-i18n review learn 3f9a1c07-12 --term drain --translation drain --forbid tuyau
      ankl-i18n review learn 3f9a1c07-12 --case
    """
    from ankl_i18n.catalogs.glossary import glossary
    from ankl_i18n.exchange.tasks.learning import Word, learn_case, learn_word
    from ankl_i18n.review.remarks import find

    if bool(term) == as_case or (term and not (translation or forbid)):
        message = "use --term with --translation or --forbid, or --case"
        raise SettingsError.of("review", message, name)
    project = session.project()
    remark = find(project, name)
    if term:
        if wrong := glossary(project).problems:
            session.report(wrong)
            return PROBLEMS
        path = learn_word(project, remark.act.language, Word(term, translation, forbid))
        session.say(f"wrote  {path}  ({term})")
        return 0
    path, kinds = learn_case(project, remark, right or _now(session, remark))
    outcome = f"the checks find it: {', '.join(kinds)}" if kinds else "no check finds it so far"
    session.say(f"wrote  {path}  ({outcome})")
    return 0


def _now(session: Session, remark: Remark) -> str:
    """Return the translation that is there now, "" for none or the one remarked upon."""
    from ankl_i18n.review.content import content

    project = session.projects[-1]
    texts = content(project, remark.act.leaflet, remark.act.language).texts
    forms = next((text.forms for text in texts if text.key == remark.message.key), ())
    return forms[0] if forms and forms != remark.message.msgstr else ""
