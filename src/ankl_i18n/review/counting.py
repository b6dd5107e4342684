"""Which acts count: made by somebody who may, and not withdrawn by somebody who may do that."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from ankl_i18n.catalogs.project import Project, today
from ankl_i18n.review import ssh_signatures
from ankl_i18n.review.judging import Bench, may_take_back
from ankl_i18n.review.ledger import ledger
from ankl_i18n.review.records import Act, Kind, ReviewState
from ankl_i18n.review.reviewers import reviewers


def bench(project: Project) -> Bench:
    """Return what acts are judged by today."""
    return Bench(
        project.config.review,
        reviewers(project).by_id,
        datetime.date.fromisoformat(today(project)),
        lambda act: ssh_signatures.signature(project, act),
    )


def withdrawn(project: Project, tag: str) -> set[str]:
    """Return the names of the acts in a language that were withdrawn by those who may.

    Everybody may withdraw their own. A coordinator may withdraw any in which nobody says that a
    text is wrong; where somebody does, only what a coordinator recorded themselves.
    """
    acts, judge = ledger(project, tag).acts, bench(project)
    by_name = {act.name: act for act in acts}
    names: set[str] = set()
    for act in acts:
        if act.act is not Kind.WITHDRAW or judge.refusal(act):
            continue
        for name in act.of:
            of = by_name.get(name)
            if of and may_take_back(judge, act, of):
                names.add(name)
    return names


def counted(project: Project, tag: str, *kinds: Kind) -> list[Act]:
    """Return the acts of some kinds that count, in the order of their names.

    Old ones are among them. With `signatures = "require"` they are signed with a key.
    """
    gone, judge = withdrawn(project, tag), bench(project)
    return [act for act in _standing(project, tag, kinds, gone) if _is_good(judge, act)]


def named(project: Project, tag: str, *kinds: Kind) -> list[Act]:
    """Return the acts of some kinds by those who may make them, signed with a key or not."""
    gone, judge = withdrawn(project, tag), bench(project)
    return [act for act in _standing(project, tag, kinds, gone) if not judge.refusal(act, act.role)]


def _standing(
    project: Project, tag: str, kinds: Collection[Kind], gone: Collection[str]
) -> list[Act]:
    acts = ledger(project, tag).acts
    return [act for act in acts if act.act in kinds and act.name not in gone]


def _is_good(judge: Bench, act: Act) -> bool:
    return judge.judge(act, act.role).state is not ReviewState.REFUSED
