"""`review reject`, `withdraw`, `publish`, `migrate` and `allow`: what else there is to record."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.review.asking import content_of, written
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command, targets
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.review.records import Act


@click.command()
@options.of_texts
@click.option("--reason", required=True, metavar="TEXT", help="What is wrong.")
@options.key
@command
def reject(  # noqa: PLR0913 - one parameter for each option
    session: Session, tag: str, leaflet: str, *, reviewer: str, role: str,
    sections: Sequence[str], messages: Sequence[str], recorded_by: str, reason: str,
    key: str | None,
) -> int:  # fmt: skip
    """Say that texts are wrong: they are held back until they change or you withdraw the rejection.

    \b
    Example:
      ankl-i18n review reject fr ankl --message "Call us if …" --reviewer r-7f3a \\
        --role clinician --reason "it says day, and means night"
    """
    from ankl_i18n.review.making import chosen, new_act, reviewed
    from ankl_i18n.review.records import Kind

    project = session.project()
    content = content_of(project, tag, leaflet)
    for scope, texts in chosen(content, sections, messages):
        reviewed_texts = [reviewed(text, verdict="error", note=reason) for text in texts]
        act = new_act(
            project, Kind.REJECT, content, scope, reviewed_texts,
            reviewer=reviewer, role=role, recorded_by=recorded_by, reason=reason,
        )  # fmt: skip
        written(session, project, act, key)
    return 0


@click.command()
@click.argument("act", metavar="ACT")
@options.reviewer
@options.recorded_by
@click.option("--reason", required=True, metavar="TEXT", help="Why it no longer counts.")
@options.key
@command
def withdraw(  # noqa: PLR0913 - one parameter for each option
    session: Session, act: str, *, reviewer: str, recorded_by: str, reason: str, key: str | None
) -> int:
    """Withdraw an act, by its file or name; the file itself stays.

    Everybody may withdraw their own acts. A coordinator may withdraw all acts that do not say that
    a text is wrong, and those they recorded themselves.

    \b
    Example:
      ankl-i18n review withdraw 2026-11-30-r-7f3a-sign-1f2e3d4c --reviewer r-7f3a \\
        --reason "I overlooked the dose"
    """
    from ankl_i18n.catalogs.project import today
    from ankl_i18n.review.judging import may_withdraw
    from ankl_i18n.review.ledger import ENDING, ledger, tags
    from ankl_i18n.review.records import Act, Kind
    from ankl_i18n.review.reviewers import reviewers

    project = session.project()
    name = Path(act).name.removesuffix(ENDING)
    acts = [one for tag in tags(project) for one in ledger(project, tag).acts if one.name == name]
    if not acts:
        hint = "`ankl-i18n review status --messages` names the acts"
        raise SettingsError.of("review", f"there is no act {name}", "ACT", hint)
    of = acts[0]
    if not may_withdraw(reviewers(project).by_id.get(reviewer), of):
        message = f"only {of.reviewer} can withdraw this {of.act}"
        raise SettingsError.of("review", message, "--reviewer")
    day = datetime.date.fromisoformat(today(project))
    made = Act(
        Kind.WITHDRAW, of.language, of.leaflet, reviewer, day, of.scope,
        of=(name,), reason=reason, recorded_by=recorded_by,
    )  # fmt: skip
    written(session, project, made, key)
    return 0


@click.command()
@options.tags
@options.leaflets
@options.reviewer
@click.option("--edition", required=True, metavar="TEXT", help='Which one: "web", "print 2026-12".')
@options.key
@command
def publish(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, names: tuple[str, ...], reviewer: str, edition: str,
    key: str | None,
) -> int:  # fmt: skip
    """Record what is printed or put on the web: the code, the day and the edition.

    Leaflets that are held back are not recorded, but listed with the reason. Exit 1 if none is
    recorded.

    \b
    Example:
      ankl-i18n review publish fr --leaflet ankl --edition "print 2026-12" --reviewer c-01
    """
    from ankl_i18n.catalogs import leaflets
    from ankl_i18n.coverage import publication
    from ankl_i18n.report.text import visible

    project = session.project()
    check_leaflets(project, names)
    count = 0
    for lang, name in product(targets(project, tags), names or leaflets.readable(project)):
        if why := publication.reasons(project, name, lang.tag):
            message = f"{name} is not published in {lang.tag}: {'; '.join(why)}"
            if names:
                raise SettingsError.of("review", message, "TAG")
            session.say(visible(message))
            continue
        act = _publication(project, name, lang.tag, reviewer)
        written(session, project, replace(act, edition=edition), key)
        count += 1
    return 0 if count else PROBLEMS


def _publication(project: Project, name: str, tag: str, reviewer: str) -> Act:
    """Return an act about everything that readers of a leaflet get in a language."""
    from ankl_i18n.review.around import around
    from ankl_i18n.review.codes import check_code
    from ankl_i18n.review.content import content
    from ankl_i18n.review.making import new_act, reviewed
    from ankl_i18n.review.records import LEAFLET, Kind

    shown = content(project, name, tag)
    check_code(project, shown)
    own = {text.key for text in shown.texts}
    house = [text for text in around(project, tag) if text.key not in own]
    messages = [reviewed(text) for text in (*shown.texts, *house)]
    act = new_act(project, Kind.PUBLISH, shown, LEAFLET, messages, reviewer=reviewer)
    return replace(act, code=shown.code)


@click.command()
@options.tags
@command
def migrate(session: Session, tags: Sequence[str]) -> int:
    """Record which catalogs say "reviewed" in their header, without a known reviewer.

    Such an act is shown, but satisfies no policy. Ask who reviewed the catalog, and have them
    sign.

    \b
    Example:
      ankl-i18n review migrate
    """
    from ankl_i18n.review.ledger import act_path
    from ankl_i18n.review.migrating import migrated

    project = session.project()
    acts = migrated(project, [lang.tag for lang in targets(project, tags)])
    for act in acts:
        session.say(f"wrote  {act_path(act)}")
    if not acts:
        session.say('no catalog header says "reviewed" without an act in the ledger')
    return 0


@click.command()
@click.argument("reviewer", metavar="ID")
@click.argument("key", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@click.option("--from", "since", metavar="DAY", help="The first day on which the key counts.")
@click.option("--until", metavar="DAY", help="The first day on which the key no longer counts.")
@command
def allow(
    session: Session, reviewer: str, key: Path, *, since: str | None, until: str | None
) -> int:
    """Allow a public key (FILE.pub) to sign for a reviewer; its comment is left out.

    \b
    Example:
      ankl-i18n review allow r-7f3a id_ed25519.pub --from 2026-12-01 --until 2028-12-01
    """
    from ankl_i18n.review.ssh_signatures import SIGNERS, allow_key

    project = session.project()
    allow_key(project, reviewer, key.read_text(encoding="utf-8"), since, until)
    session.say(f"wrote  {SIGNERS}")
    return 0
