"""Commands that say what is wrong, what is missing, and how much there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ankl_i18n.cli.session import (
    PROBLEMS,
    Session,
    check_leaflets,
    command,
    has_errors,
    leaflet_option,
    tags_argument,
    targets,
)
from ankl_i18n.errors import Location, Problem, SettingsError, Severity, SourceError, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.checks.suppressed import Silenced
    from ankl_i18n.coverage.rows import Row
    from ankl_i18n.languages import Language

# People and pull requests are not shown hints unless they ask; programs get everything.
SHOWN: Final = {
    "text": Severity.WARNING,
    "github": Severity.WARNING,
    "markdown": Severity.WARNING,
    "junit": Severity.WARNING,
    "json": Severity.HINT,
    "sarif": Severity.HINT,
    "csv": Severity.HINT,
}
# Their readers know files by their paths from the top of the repository.
FROM_THE_TOP: Final = ("github", "sarif")


@click.command()
@tags_argument
@click.option(
    "--format", "form", type=click.Choice([*SHOWN]), default="text", show_default=True,
    help="How to print what was found.",
)  # fmt: skip
@click.option(
    "--severity", type=click.Choice([str(one) for one in Severity]),
    help="Show only problems as bad as this (default: warning; all in json, sarif, csv).",
)  # fmt: skip
@command
def check(session: Session, tags: Sequence[str], form: str, severity: str | None) -> int:
    """Find mistakes in leaflets and translations: lost numbers, links, a missing "not".

    \b
    Example:
      ankl-i18n check
      ankl-i18n check fr --severity hint
      ankl-i18n check --format sarif > check.sarif
      ankl-i18n check --format markdown >> "$GITHUB_STEP_SUMMARY"
    """
    from ankl_i18n.checks.suppressed import Silenced
    from ankl_i18n.coverage import publication
    from ankl_i18n.coverage.prepare import prepare
    from ankl_i18n.report.problems import at_least

    project = session.project()
    languages = targets(project, tags)
    prepare(project, languages)
    found = list(dict.fromkeys(publication.problems(project, languages)))
    shown = at_least(found, Severity(severity) if severity else SHOWN[form])
    names = dict.fromkeys((*publication.domains(project), *publication.page_domains(project)))
    answered = [(publication.suppressions(project, n, s.tag), s) for s in languages for n in names]
    silenced = [Silenced(*one) for found_in, _ in answered for one in found_in.silenced]
    if form == "text":
        from ankl_i18n.report.listing import hidden_count, problem_list, silenced_list

        labels = {one.path: (project.config.source.tag, spoken.tag) for one, spoken in answered}
        problem_list(shown, session.errors, labels=labels)
        hidden = set(found) - set(shown)
        if not session.quiet:
            silenced_list(silenced, session.errors)
            hidden_count(hidden, session.errors)
        if not found:
            session.say("No problems found.")
    else:
        if form in FROM_THE_TOP:
            from ankl_i18n.report.problems import from_the_top

            moved = from_the_top(project.config.root)
            shown = [moved(one) for one in shown]
            silenced = [Silenced(moved(one.problem), one.reason) for one in silenced]
        catalogs = [one.path for one, _ in answered if one.path]
        click.echo(_problems_as(form, shown, silenced, catalogs), nl=False)
    return PROBLEMS if has_errors(found) else 0


def _problems_as(
    form: str, problems: list[Problem], silenced: list[Silenced], files: list[str]
) -> str:
    """Return problems in a form for programs; `files` are the catalogs that were looked at."""
    if form == "json":
        from ankl_i18n.report.as_json import problems_json

        return problems_json(problems, silenced)
    if form == "sarif":
        from ankl_i18n.report.as_sarif import sarif

        return sarif(problems, silenced)
    if form == "github":
        from ankl_i18n.report.github import github_annotations

        return github_annotations(problems)
    if form == "junit":
        from ankl_i18n.report.as_junit import problems_junit

        return problems_junit(problems, silenced, files)
    if form == "csv":
        from ankl_i18n.report.as_csv import problems_csv

        return problems_csv(problems, silenced)
    from ankl_i18n.report.as_markdown import problems_markdown

    return problems_markdown(problems, silenced)


@click.command()
@tags_argument
@click.option(
    "--format", "form",
    type=click.Choice(["table", "json", "html", "svg", "junit", "csv", "markdown"]),
    default="table", show_default=True, help="A table, or a file's content on standard output.",
)  # fmt: skip
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="PCT",
    help="Exit 1 if a leaflet in one of the languages has fewer words translated.",
)  # fmt: skip
@leaflet_option
@click.option("--sections", is_flag=True, help="Show the sections of each leaflet in the table.")
@command
def coverage(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, form: str, fail_under: float | None,
    names: tuple[str, ...], sections: bool,
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
    rows = rows_of(project, languages, names)
    if form == "table" and not session.quiet:
        from ankl_i18n.report.terminal import coverage_table

        coverage_table(rows, session.console, sections=sections)
    problems = [*problems_of(project, languages, names), *_too_low(project, rows, fail_under)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if form != "table":
        click.echo(_coverage_as(form, rows, errors), nl=False)
    session.report(errors)
    return PROBLEMS if errors else 0


def _coverage_as(form: str, rows: Sequence[Row], errors: list[Problem]) -> str:
    """Return coverage as the content of a file."""
    if form == "json":
        from ankl_i18n.report.as_json import coverage_json

        return coverage_json(rows)
    if form == "svg":
        from ankl_i18n.coverage.figures import total
        from ankl_i18n.report.as_svg import badge

        return badge(total(row.coverage for row in rows if row.is_leaflet).words)
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
    from fractions import Fraction

    from ankl_i18n.catalogs.files import catalog_path, domain_of

    for row in (row for row in rows if row.is_leaflet):
        words = row.coverage.counts.words
        if fail_under is not None and words.ratio * 100 < Fraction(str(fail_under)):
            domain = domain_of(project, row.coverage.domain)
            path = catalog_path(project, domain, row.language)
            message = f"{words.percent}% of the words translated, {fail_under:g}% asked for"
            yield error("coverage", message, Location(project.config.relative(path)))


@click.command()
@tags_argument
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table",
    show_default=True, help="A table, JSON for programs, or CSV (with --leverage).",
)  # fmt: skip
@click.option(
    "--leverage", is_flag=True,
    help="What is still to be translated, by how near the memory comes to it, as agencies count.",
)  # fmt: skip
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx",
    help="With --leverage: write a spreadsheet.",
)  # fmt: skip
@command
def stats(
    session: Session, tags: Sequence[str], form: str, *, leverage: bool, output: Path | None
) -> int:
    """Show the figures of every catalog: messages, words, characters, review, oldest fuzzy.

    \b
    Example:
      ankl-i18n stats
      ankl-i18n stats fr ja --format json
      ankl-i18n stats km --leverage --output quote.xlsx
    """
    from ankl_i18n.coverage.stats import project_stats
    from ankl_i18n.report import as_json
    from ankl_i18n.report.stats import stats_tables

    project = session.project()
    if leverage:
        return _leverage(session, project, targets(project, tags), form, output)
    if form == "csv":
        where = Location("--format")
        raise SettingsError(error("stats", "csv is for --leverage alone", where))
    found, problems = project_stats(project, targets(project, tags))
    if form == "json":
        click.echo(as_json.stats_json(found), nl=False)
    elif not session.quiet:
        stats_tables(found, session.console)
    session.report(problems)
    return PROBLEMS if problems else 0


def _leverage(
    session: Session, project: Project, languages: Sequence[Language], form: str,
    output: Path | None,
) -> int:  # fmt: skip
    from ankl_i18n.exchange import leverage
    from ankl_i18n.report.columns import aligned, plain

    made, problems = leverage.report(project, languages)
    if output:
        output.write_bytes(leverage.as_xlsx(made))
        session.say(f"wrote  {output}")
    elif form == "csv":
        click.echo(leverage.as_csv(made), nl=False)
    elif form == "json":
        click.echo(leverage.as_json(made))
    else:
        rows = [[str(cell) for cell in row] for row in leverage.table(made)]
        for line in aligned(rows, range(1, len(rows[0]))):
            plain(session.console, line)
    session.report(problems)
    return PROBLEMS if problems else 0


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table",
    show_default=True, help="A table, one in Markdown, or JSON for programs.",
)  # fmt: skip
@leaflet_option
@command
def reading(session: Session, form: str, names: tuple[str, ...]) -> int:
    """Show how easy each section of the leaflets is to read: its Flesch-Kincaid grade.

    The grade is for English texts; leaflets written in another language have none.

    \b
    Example:
      ankl-i18n reading
      ankl-i18n reading --leaflet ankl
      ankl-i18n reading --format markdown
    """
    from ankl_i18n.catalogs import leaflets
    from ankl_i18n.report.as_json import reading_json
    from ankl_i18n.report.reading import reading_markdown, reading_table
    from ankl_i18n.source.reading import readings, whole

    project = session.project()
    check_leaflets(project, names)
    _refuse_other_languages(project)
    found, broken = {}, leaflets.file_problems(project)
    for name in names or leaflets.names(project):
        try:
            document = leaflets.document(project, name)
        except SourceError as wrong:
            broken += wrong.problems
        else:
            found[name] = [*readings(document), whole(document)]
    session.report(broken)
    if form == "json":
        click.echo(reading_json(found), nl=False)
    elif form == "markdown":
        click.echo(reading_markdown(found), nl=False)
    elif not session.quiet:
        reading_table(found, session.console)
    return PROBLEMS if broken else 0


def _refuse_other_languages(project: Project) -> None:
    source = project.config.source
    if source.tag.partition("-")[0] != "en":
        text = f"the leaflets are written in {source.english}; reading grades are for English"
        hint = "ask readers: no formula takes their place"
        raise SettingsError(error("reading-grade", text, Location("source-language"), hint))
