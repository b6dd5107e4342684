"""The command that judges finished pages and PDFs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command, has_errors, selected
from ankl_i18n.html.editions import EDITIONS

if TYPE_CHECKING:
    from ankl_i18n.preflight import Verdict


@click.command()
@options.tags
@options.sites
@options.form("text", "json")
@click.option("--drafts", is_flag=True, help="Also expect languages that are not published.")
@command
def preflight(
    session: Session, tags: Sequence[str], sites: Sequence[str], form: str, drafts: bool
) -> int:
    """Check finished pages and PDFs before they are printed or published.

    Fonts, tags, text read back against the catalog, cut-off text, lonely headings, length,
    contrast, links, the QR code, the state of review.

    \b
    Example:
      ankl-i18n preflight
      ankl-i18n preflight ur --format json
    """
    from ankl_i18n.catalogs.sites import chosen as sites_of
    from ankl_i18n.languages.language import PSEUDO
    from ankl_i18n.preflight import preflight as judge
    from ankl_i18n.preflight import verdicts_json
    from ankl_i18n.settings import Options

    options = Options(tuple(tags), editions=EDITIONS, drafts=drafts)
    project = session.project(options)
    selected(project, tags)
    verdicts = []
    for site in sites_of(project, sites):
        of_site = session.project(replace(options, site=site))
        if any((of_site.build_root / tag).is_dir() for tag in PSEUDO):  # the last build made them
            of_site = session.project(replace(of_site.asked, pseudo=True))
        verdicts += judge(of_site, processes=len(os.sched_getaffinity(0)))
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    if form == "json":
        click.echo(verdicts_json(verdicts), nl=False)
    else:
        session.report(problems)
        session.say(_summary(verdicts))
    return PROBLEMS if has_errors(problems) else 0


def _summary(verdicts: Sequence[Verdict]) -> str:
    wanted, read = (sum(getattr(v, name) for v in verdicts) for name in ("wanted", "read"))
    all_well = "" if any(verdict.findings for verdict in verdicts) else " No problems found."
    return f"{len(verdicts)} files, {read:,} of {wanted:,} messages read back.{all_well}"
