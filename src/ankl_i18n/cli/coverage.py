"""The command that shows how much is translated."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli.roles import ROLES
from ankl_i18n.cli.session import (
    PROBLEMS,
    Session,
    check_leaflets,
    command,
    format_option,
    leaflet_option,
    tags_argument,
    targets,
)
from ankl_i18n.errors import Location, Problem, Severity, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.coverage.rows import Row


@click.command()
@tags_argument
@format_option("table", "json", "html", "svg", "junit", "csv", "markdown")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="PCT",
    help="Exit 1 if any leaflet in any of the languages has fewer words translated.",
)  # fmt: skip
@click.option(
    "--reviewed", "role", type=click.Choice(ROLES),
    help="With --format svg: a badge for the words signed by this role.",
)  # fmt: skip
@leaflet_option
@click.option("--sections", is_flag=True, help="Show the sections of each leaflet in the table.")
@command
def coverage(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, form: str, fail_under: float | None,
    role: str | None, names: tuple[str, ...], sections: bool,
) -> int:  # fmt: skip
    """Show how much is translated, by language, leaflet and section.

    \b
    Example:
      ankl-i18n coverage
      ankl-i18n coverage fr --sections
      ankl-i18n coverage ja --fail-under 95
      ankl-i18n coverage --format html > coverage.html
    """
    from ankl_i18n.coverage.prepare import prepare
    from ankl_i18n.coverage.publication import problems as problems_of
    from ankl_i18n.coverage.rows import rows as rows_of

    project = session.project()
    languages = targets(project, tags)
    prepare(project, languages, covered=True)
    check_leaflets(project, names)
    rows = [_waiting(project, row) for row in rows_of(project, languages, names)]
    if form == "table" and not session.quiet:
        from ankl_i18n.catalogs.files import domain_of
        from ankl_i18n.coverage.publication import asked
        from ankl_i18n.report.terminal import coverage_table

        coverage_table(rows, session.console, sections=sections)
        _tell_waiting(session, rows)
        domains = dict.fromkeys(domain_of(project, row.coverage.domain) for row in rows)
        for lang in languages:
            for domain in domains:
                for where, text in asked(project, domain, lang.tag):
                    session.say(f"{where}: question: {text}")
    problems = [*problems_of(project, languages, names), *_too_low(project, rows, fail_under)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if form != "table":
        click.echo(_coverage_as(form, rows, errors, role), nl=False)
    session.report(errors)
    return PROBLEMS if errors else 0


def _waiting(project: Project, row: Row) -> Row:
    """Return a row with what waits for a person in `tm/pending/`."""
    from ankl_i18n.catalogs.files import domain_of, own_domains
    from ankl_i18n.exchange.pending import count

    name = row.coverage.domain
    domain = name if name in own_domains(project) else domain_of(project, name)
    return replace(row, suggestions=count(project, domain, row.language))


def _tell_waiting(session: Session, rows: Iterable[Row]) -> None:
    waiting = [
        f"{row.suggestions} for {row.coverage.domain} in {row.language.tag}"
        for row in rows
        if row.suggestions
    ]
    if waiting:
        session.say(
            f"Suggestions waiting for review: {', '.join(waiting)}. See `ankl-i18n tm pending`."
        )


def _coverage_as(form: str, rows: Sequence[Row], errors: list[Problem], role: str | None) -> str:
    """Return coverage as the content of a file."""
    if form == "json":
        from ankl_i18n.report.as_json import coverage_json

        return coverage_json(rows)
    if form == "svg":
        from ankl_i18n.coverage.figures import total
        from ankl_i18n.report.as_svg import badge, review_badge

        words = total(row.coverage for row in rows if row.is_leaflet).words
        return review_badge([row.reviewed for row in rows], role) if role else badge(words)
    if form == "html":
        from ankl_i18n.report.html import coverage_page

        return coverage_page(rows)
    if form == "junit":
        from ankl_i18n.report.as_junit import coverage_junit

        return coverage_junit(rows, errors)
    if form == "csv":
        from ankl_i18n.report.as_csv import coverage_csv

        return coverage_csv(rows)
    from ankl_i18n.report.as_markdown import coverage_markdown

    return coverage_markdown(rows, errors)


def _too_low(project: Project, rows: Iterable[Row], fail_under: float | None) -> Iterator[Problem]:
    """Yield an error for each catalog with fewer words translated than asked for."""
    from ankl_i18n.catalogs.files import catalog_path, domain_of

    for row in (row for row in rows if row.is_leaflet):
        words = row.coverage.counts.words
        if fail_under is not None and words.ratio * 100 < Fraction(str(fail_under)):
            domain = domain_of(project, row.coverage.domain)
            path = catalog_path(project, domain, row.language)
            message = f"{words.percent}% of the words translated, {fail_under:g}% needed"
            yield error("coverage", message, Location(project.config.relative(path)))
