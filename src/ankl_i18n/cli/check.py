"""The command that finds mistakes in leaflets and translations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command, has_errors, targets
from ankl_i18n.errors import Problem, Severity, Silenced

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
@options.tags
@options.form(*SHOWN)
@click.option(
    "--severity", type=click.Choice([str(one) for one in Severity]),
    help="Only problems of at least this severity (default: warning; all in json, sarif, csv).",
)  # fmt: skip
@command
def check(session: Session, tags: Sequence[str], form: str, severity: str | None) -> int:
    """Find mistakes in leaflets and translations: lost numbers, lost links, a missing "not".

    \b
    Example:
      ankl-i18n check
      ankl-i18n check fr --severity hint
      ankl-i18n check --format sarif > check.sarif
      ankl-i18n check --format markdown >> "$GITHUB_STEP_SUMMARY"
    """
    from ankl_i18n.coverage import publication
    from ankl_i18n.coverage.prepare import prepare
    from ankl_i18n.coverage.problems import problems as all_problems
    from ankl_i18n.report.problems import at_least

    project = session.project()
    languages = targets(project, tags)
    prepare(project, languages)
    problems = list(dict.fromkeys(all_problems(project, languages)))
    shown = at_least(problems, Severity(severity) if severity else SHOWN[form])
    names = dict.fromkeys((*publication.domains(project), *publication.page_domains(project)))
    answered = [(publication.suppressions(project, n, s.tag), s) for s in languages for n in names]
    silenced = [Silenced(*silence) for catalog, _ in answered for silence in catalog.silenced]
    labels = {one.path: (project.config.source.tag, lang.tag) for one, lang in answered}
    if form == "text":
        _list(session, problems, shown, silenced, labels)
    else:
        if form in FROM_THE_TOP:
            from ankl_i18n.report.problems import from_the_top

            moved = from_the_top(project.config.root)
            shown = [moved(one) for one in shown]
            silenced = [Silenced(moved(silence.problem), silence.reason) for silence in silenced]
        click.echo(_problems_as(form, shown, silenced, [*filter(None, labels)]), nl=False)
    return PROBLEMS if has_errors(problems) else 0


def _list(
    session: Session, problems: list[Problem], shown: list[Problem], silenced: list[Silenced],
    labels: dict[str, tuple[str, str]],
) -> None:  # fmt: skip
    """List problems for people; `labels` are the languages of each catalog."""
    from ankl_i18n.report.listing import hidden_count, problem_list, silenced_list

    problem_list(shown, session.errors, labels=labels)
    if not session.quiet:
        silenced_list(silenced, session.errors)
        hidden_count(set(problems) - set(shown), session.errors)
    if not problems:
        session.say("No problems found.")


def _problems_as(
    form: str, problems: list[Problem], silenced: list[Silenced], files: list[str]
) -> str:
    """Return problems in a form for programs; `files` are the catalogs that were looked at."""
    from ankl_i18n.report import as_csv, as_json, as_junit, as_markdown, as_sarif, github

    if form == "junit":
        return as_junit.problems_junit(problems, silenced, files)
    if form == "github":
        return github.github_annotations(problems)
    forms = {
        "json": as_json.problems_json,
        "sarif": as_sarif.sarif,
        "csv": as_csv.problems_csv,
        "markdown": as_markdown.problems_markdown,
    }
    return forms[form](problems, silenced)
