"""What one act is worth today: by whom it is, and whether it counts."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.review.records import Act, How, Reviewer, ReviewState, RoleState
from ankl_i18n.review.reviewers import COORDINATOR
from ankl_i18n.settings.review import OFF, REQUIRE

if TYPE_CHECKING:
    from ankl_i18n.settings.review import Policy

MONTHS: Final = 12


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
            return f"it is of a day to come ({act.date})"
        if role and role not in reviewer.roles:
            return f"{reviewer.id} is no {role}"
        if act.recorded_by:
            recorder = self.reviewers.get(act.recorded_by)
            if recorder is None or COORDINATOR not in recorder.roles:
                return f"{act.recorded_by}, who recorded it, is no {COORDINATOR}"
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


def months_later(day: datetime.date, months: int) -> datetime.date | None:
    """Return the day some months later, or the last of its month; None for no months."""
    if not months:
        return None
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))
