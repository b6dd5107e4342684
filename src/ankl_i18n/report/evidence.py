"""The evidence of review as Markdown: who read what, when, as what, and which readers tested it.

It follows the questions of the PIF TICK (Patient Information Forum): who was involved, what
clinical quality assurance there was, whether users were asked, when it will be looked at again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ankl_i18n.languages import language
from ankl_i18n.report.as_markdown import escaped, table
from ankl_i18n.report.review import NONE, WAYS
from ankl_i18n.review.figures import RoleFigures, of_leaflet
from ankl_i18n.review.records import Act, How, LeafletState, Reviewer
from ankl_i18n.settings.review import Policy

if TYPE_CHECKING:
    from ankl_i18n.review.remarks import Remark

ROLES: Final = ("Role", "Words", "Signed", "By", "How", "First", "Newest", "Counts until")
ACTS: Final = ("Day", "Act", "By", "Role", "Scope", "Texts", "Remarks", "Checks", "What was said")


def evidence(  # noqa: PLR0913, PLR0917 - all that is known of review
    policy: Policy,
    states: Sequence[LeafletState],
    acts: Sequence[Act],
    people: Mapping[str, Reviewer],
    remarks: Sequence[Remark] = (),
    tests: Sequence[Act] = (),
) -> str:
    """Return the evidence of each leaflet in each language.

    Names are those that may be shown; all others are ids. `remarks` are those of all `acts`,
    `tests` the acts of readers who tested a leaflet that count.
    """
    answered = Counter(remark.act.name for remark in remarks if remark.answer)
    asked = Counter(remark.act.name for remark in remarks)
    parts = ["# Evidence of review\n"]
    for state in states:
        of_it = [act for act in acts if (act.language, act.leaflet) == (state.tag, state.leaflet)]
        answers = {act.name: (asked[act.name], answered[act.name]) for act in of_it}
        readers = sum(act.readers for act in tests if act in of_it)
        parts += _leaflet(policy, state, of_it, people, answers, readers)
    return "\n".join(parts)


def _leaflet(  # noqa: PLR0913, PLR0917 - what is known of a leaflet
    policy: Policy,
    state: LeafletState,
    acts: Sequence[Act],
    people: Mapping[str, Reviewer],
    answers: Mapping[str, tuple[int, int]],
    readers: int,
) -> list[str]:
    """Return the evidence of a leaflet; `answers` counts remarks and answers by act."""
    shown = sum(message.text.is_shown for message in state.messages)
    held = f"Held back: {'; '.join(state.reasons)}" if state.reasons else "Nothing holds it back."
    in_order = sorted(acts, key=lambda act: (act.date, act.name))
    lines = [_act(act, people, *answers[act.name]) for act in in_order]
    return [
        f"## {escaped(state.leaflet)}, {escaped(language(state.tag).english)}\n",
        f"Code {state.content.code}; {shown} of {len(state.messages)} texts translated. "
        f"{escaped(held)}\n",
        f"Readers who tested it: {readers or 'none'}\n",
        table(ROLES, [_role(figures, people) for figures in of_leaflet(state, policy)]),
        "Every act:\n" if lines else "No act is recorded.\n",
        *([table(ACTS, lines)] if lines else []),
    ]


def _role(figures: RoleFigures, people: Mapping[str, Reviewer]) -> tuple[str, ...]:
    return (
        figures.role,
        str(figures.total),
        f"{figures.percent}%",
        ", ".join(_named(reviewer, people) for reviewer in figures.reviewers) or NONE,
        ", ".join(WAYS[How(how)] for how in figures.how) or NONE,
        *(str(day) if day else NONE for day in (figures.since, figures.newest, figures.until)),
    )


def _act(act: Act, people: Mapping[str, Reviewer], remarks: int, answered: int) -> tuple[str, ...]:
    checks = f"{act.checks.errors} errors, {act.checks.ignored} ignored ({act.checks.program})"
    by = _named(act.reviewer, people)
    notes: Iterable[str] = (
        act.reason, f"{act.readers} readers" if act.readers else "",
        f"{act.code} {act.edition}".strip(), f"of {', '.join(act.of)}" if act.of else "",
    )  # fmt: skip
    return (
        str(act.date),
        str(act.act),
        f"{by}, recorded by {_named(act.recorded_by, people)}" if act.recorded_by else by,
        act.role or NONE,
        act.scope,
        str(len(act.messages)),
        f"{remarks}, {answered} answered" if remarks else NONE,
        checks if act.checks.program else NONE,
        "; ".join(filter(None, notes)) or NONE,
    )


def _named(id_: str, people: Mapping[str, Reviewer]) -> str:
    name = people[id_].public_name if id_ in people else ""
    return f"{name} ({id_})" if name else id_
