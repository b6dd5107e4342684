"""The command that shows how much is translated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command, targets
from ankl_i18n.errors import Problem, Severity, error

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.coverage.rows import Row
    from ankl_i18n.languages import Language


@click.command()
@options.tags
@options.form("table", "json", "html", "svg", "junit", "csv", "markdown")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="PCT",
    help="Exit 1 if any leaflet in any of the languages has fewer words translated.",
)  # fmt: skip
@click.option(
    "--reviewed", "role", type=click.Choice(options.ROLES),
    help="With --format svg: a badge for the words signed by this role.",
)  # fmt: skip
@options.leaflets
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
    from ankl_i18n.coverage.problems import problems as problems_of
    from ankl_i18n.coverage.rows import rows as rows_of

    project = session.project()
    languages = targets(project, tags)
    prepare(project, languages, covered=True)
    check_leaflets(project, names)
    rows = [_waiting(project, row) for row in rows_of(project, languages, names)]
    if form == "table" and not session.quiet:
        from ankl_i18n.report.terminal import coverage_table

        coverage_table(rows, session.console, sections=sections)
        _tell_waiting(session, rows)
        _tell_questions(session, project, languages, rows)
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
    waiting = ", ".join(
        f"{row.suggestions} for {row.coverage.domain} in {row.language.tag}"
        for row in rows
        if row.suggestions
    )
    if waiting:
        session.say(f"Suggestions waiting for review: {waiting}. See `ankl-i18n tm pending`.")


def _tell_questions(
    session: Session, project: Project, languages: Iterable[Language], rows: Iterable[Row]
) -> None:
    """Say what translators ask the author."""
    from ankl_i18n.catalogs.files import domain_of
    from ankl_i18n.coverage.publication import asked

    domains = dict.fromkeys(domain_of(project, row.coverage.domain) for row in rows)
    for lang, domain in product(languages, domains):
        for where, text in asked(project, domain, lang.tag):
            session.say(f"{where}: question: {text}")


def _coverage_as(form: str, rows: Sequence[Row], errors: list[Problem], role: str | None) -> str:
    """Return coverage as the content of a file."""
    from ankl_i18n.coverage.figures import total
    from ankl_i18n.report import as_csv, as_json, as_junit, as_markdown, as_svg, html

    if form == "svg" and role:
        return as_svg.review_badge([row.reviewed for row in rows], role)
    if form == "svg":
        return as_svg.badge(total(row.coverage for row in rows if row.is_leaflet).words)
    if form == "junit":
        return as_junit.coverage_junit(rows, errors)
    if form == "markdown":
        return as_markdown.coverage_markdown(rows, errors)
    if form == "json":
        return as_json.coverage_json(rows)
    return html.coverage_page(rows) if form == "html" else as_csv.coverage_csv(rows)


def _too_low(project: Project, rows: Iterable[Row], fail_under: float | None) -> Iterator[Problem]:
    """Yield an error for each catalog with fewer words translated than asked for."""
    from ankl_i18n.catalogs.files import catalog_path, domain_of

    for row in (row for row in rows if row.is_leaflet):
        words = row.coverage.counts.words
        if fail_under is not None and words.ratio * 100 < Fraction(str(fail_under)):
            domain = domain_of(project, row.coverage.domain)
            path = catalog_path(project, domain, row.language)
            message = f"{words.percent}% of the words translated, {fail_under:g}% needed"
            yield error("coverage", message, project.config.relative(path))
