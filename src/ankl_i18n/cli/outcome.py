"""What commands that write catalogs print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankl_i18n.cli.session import PROBLEMS, Session, has_errors
from ankl_i18n.errors import error

if TYPE_CHECKING:
    from ankl_i18n.catalogs.update import Outcome


def tell(
    session: Session, outcome: Outcome, *, must_be_current: bool = False, started: bool = False
) -> int:
    """Print what a stage wrote and what was in its way; return the exit code."""
    for written in outcome.written:
        changes = written.changes
        what = f"{written.messages} messages"
        if started:
            what += f", {written.translated} of them already translated"
        elif changes:
            dropped = f", {changes.dropped} dropped" if changes.dropped else ""
            carried = f"{len(changes.carried)} carried over, " if changes.carried else ""
            what = (
                f"{changes.unchanged + changes.revived} kept, {carried}{len(changes.fuzzy)} fuzzy, "
                f"{changes.new} new, {changes.obsolete} obsolete{dropped}"
            )
        state = ("out of date" if must_be_current else "wrote") if written.changed else "same"
        session.say(f"{state:5}  {written.path}  ({what})")
    hint = "run `ankl-i18n extract` and commit the template"
    stale = [
        error("template", "this template is out of date", written.path, hint)
        for written in outcome.written
        if must_be_current and written.changed
    ]
    session.report([*outcome.problems, *stale])
    return PROBLEMS if stale or has_errors(outcome.problems) else 0
