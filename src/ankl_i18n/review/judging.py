"""What one act is worth today: by whom it is, and whether it counts."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ankl_i18n.review.records import Act, How, Kind, Reviewer, ReviewState, RoleState
from ankl_i18n.review.reviewers import COORDINATOR
from ankl_i18n.settings.review import OFF, REQUIRE, Policy

MONTHS: Final = 12
ERROR: Final = "error"


@dataclass(frozen=True, slots=True)
class Bench:
    """What acts are judged by: the policy, the reviewers, the day.

    `signature` returns how an act is signed, and what is wrong with that ("" for nothing).
    """

    policy: Policy
    reviewers: Mapping[str, Reviewer]
    today: datetime.date
    signature: Callable[[Act], tuple[bool, str]]

    def judge(self, act: Act, role: str) -> RoleState:
        """Return what an act is worth for a role, whoever the translator is."""
        known, wrong = self.signature(act) if self.policy.signatures != OFF else (False, "")
        how = How.REPORTED if act.recorded_by else How.KEY if known else How.PLAIN
        until = months_later(act.date, self.policy.valid_for)
        why = self.refusal(act, role) or (wrong if self.policy.signatures == REQUIRE else "")
        state = ReviewState.SIGNED
        if why:
            state = ReviewState.REFUSED
        elif until and until < self.today:
            state = ReviewState.EXPIRED
        return RoleState(state, act.name, act.reviewer, act.date, until, how, why)

    def refusal(self, act: Act, role: str = "") -> str:
        """Return why an act does not count, "" if it does; its age aside."""
        reviewer = self.reviewers.get(act.reviewer)
        if reviewer is None:
            return f"{act.reviewer} is not in reviewers.toml"
        if act.date > self.today:
            return f"it is dated in the future ({act.date})"
        if role and role not in reviewer.roles:
            return f"{reviewer.id} does not have the role {role}"
        if act.recorded_by:
            recorder = self.reviewers.get(act.recorded_by)
            if recorder is None or COORDINATOR not in recorder.roles:
                return f"{act.recorded_by}, who recorded it, does not have the role {COORDINATOR}"
            if why := inactive(recorder, act):
                return why
        return inactive(reviewer, act)


def inactive(reviewer: Reviewer, act: Act) -> str:
    """Return why somebody was not active when an act was made, "" if they were."""
    if reviewer.revoked:
        return f"{reviewer.id} was revoked ({reviewer.revoked})"
    if reviewer.languages and act.language not in reviewer.languages:
        return f"{reviewer.id} does not review {act.language}"
    too_early = reviewer.since and act.date < reviewer.since
    too_late = reviewer.until and act.date > reviewer.until
    return f"{reviewer.id} was not active on {act.date}" if too_early or too_late else ""


def says_wrong(act: Act) -> bool:
    """Tell whether somebody says in an act that a text is wrong: then it is held back."""
    errors = any(message.verdict == ERROR for message in act.messages)
    return act.act is Kind.REJECT or (act.act in (Kind.SIGN, Kind.VERDICT) and errors)


def may_withdraw(who: Reviewer | None, of: Act) -> bool:
    """Tell whether somebody may take an act back.

    What says that a text is wrong is of who found it, or of who recorded what came by mail.
    """
    if who is None:
        return False
    is_own = who.id in (of.reviewer, of.recorded_by)
    return is_own or (COORDINATOR in who.roles and not says_wrong(of))


def may_take_back(bench: Bench, act: Act, of: Act) -> bool:
    """Tell whether a `withdraw` counts for an act, as far as who made it goes.

    That a text is wrong is taken back with a key where the policy requires it; a coordinator
    reports that somebody took it back who had only told it by mail, too.
    """
    if not may_withdraw(bench.reviewers.get(act.reviewer), of):
        return False
    if not says_wrong(of):
        return True
    is_as_good = not act.recorded_by or bool(of.recorded_by)
    return is_as_good and bench.judge(act, "").state is not ReviewState.REFUSED


def months_later(day: datetime.date, months: int) -> datetime.date | None:
    """Return the day some months later, or the last of its month; None for no months."""
    if not months:
        return None
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
