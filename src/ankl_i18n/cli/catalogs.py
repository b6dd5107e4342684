"""Commands that write templates and catalogs, or compare them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli.session import (
    PROBLEMS,
    WRONG_USE,
    Session,
    command,
    has_errors,
    memory_option,
    offer_memory,
    tags_argument,
    targets,
)
from ankl_i18n.errors import CatalogError, Location, error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ankl_i18n.catalogs.update import Outcome


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail if a template is out of date."
)
@command
def extract(session: Session, only_check: bool) -> int:
    """Write the templates (.pot) from the leaflets and the page templates.

    \b
    Example:
      ankl-i18n extract
    """
    from ankl_i18n.catalogs import update as pipeline

    project = session.project()
    return tell(
        session, pipeline.extract(project, write=not only_check), must_be_current=only_check
    )


@click.command()
@tags_argument
@click.option(
    "--carry-cosmetic", is_flag=True,
    help="Keep translations valid where only punctuation, spaces or a typo changed.",
)  # fmt: skip
@click.option(
    "--no-fuzzy", is_flag=True,
    help="Do not offer the translation of the nearest old text, marked as fuzzy.",
)  # fmt: skip
@click.option(
    "--drop-obsolete", type=click.IntRange(0), metavar="N",
    help="Remove messages that were obsolete in more than N updates.",
)  # fmt: skip
@click.option("--show-changes", is_flag=True, help="Show how each fuzzy text changed.")
@memory_option
@command
def update(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, carry_cosmetic: bool, no_fuzzy: bool,
    drop_obsolete: int | None, show_changes: bool, memory: bool,
) -> int:  # fmt: skip
    """Merge the templates into the catalogs (.po); translations are never lost.

    \b
    Example:
      ankl-i18n update          every language
      ankl-i18n update fr ja    these two
    """
    from ankl_i18n.catalogs import update as pipeline

    project = session.project()
    ways = pipeline.Ways(carry_cosmetic, not no_fuzzy, drop_obsolete)
    outcome = pipeline.update_catalogs(project, targets(project, tags), ways)
    code = tell(session, outcome)
    changed = [(one.path, one.changes) for one in outcome.written if one.changes]
    if not session.quiet and any(show_changes or changes.carried for _, changes in changed):
        from ankl_i18n.report.changes import change_list

        change_list(changed, session.console, fuzzy=show_changes)
    if memory:
        offer_memory(session, project, targets(project, tags))
    return code


@click.command("format")
@tags_argument
@click.option(
    "--check", "only_check", is_flag=True,
    help="Write nothing; fail if a catalog is not in canonical form.",
)  # fmt: skip
@command
def canonical(session: Session, tags: Sequence[str], only_check: bool) -> int:
    """Write the catalogs (.po) in canonical form: that of GNU gettext, obsolete messages last.

    \b
    Example:
      ankl-i18n format
      ankl-i18n format fr --check
    """
    from ankl_i18n.catalogs.canonical import format_catalogs

    project = session.project()
    languages = targets(project, tags)
    found, problems = format_catalogs(project, languages, write=not only_check)
    hint = "run `ankl-i18n format`"
    for one in found:
        if one.changed and only_check:
            where = Location(one.path)
            problems.append(error("format", "this catalog is not in canonical form", where, hint))
        else:
            session.say(f"{'wrote' if one.changed else 'same':5}  {one.path}")
    session.report(problems)
    return PROBLEMS if problems else 0


@click.command()
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How to print the differences.",
)  # fmt: skip
@command
def diff(session: Session, old: Path, new: Path, form: str) -> int:
    """Show what changed between two catalogs or templates, message by message, word by word.

    Exit codes: 0 nothing changed, 1 something did, 2 a file cannot be read.

    \b
    Example:
      ankl-i18n diff before.po locale/fr/LC_MESSAGES/ankl.po
    """
    from ankl_i18n.catalogs import po
    from ankl_i18n.catalogs.diff import compare
    from ankl_i18n.report.as_json import differences_json
    from ankl_i18n.report.differences import difference_list

    try:
        before, after = (po.parse(path.read_bytes(), str(path)) for path in (old, new))
    except CatalogError as wrong:
        session.report(wrong.problems)
        return WRONG_USE
    except OSError as wrong:
        where = Location(str(wrong.filename or old))
        session.report([error("file", wrong.strerror or str(wrong), where)])
        return WRONG_USE
    differences = compare(before, after)
    paths = (str(old), str(new))
    if form == "json":
        click.echo(differences_json(differences, paths), nl=False)
    elif not session.quiet:
        difference_list(differences, session.console, paths)
    return PROBLEMS if differences else 0


@click.command()
@click.argument("base", metavar="BASE", type=click.Path(path_type=Path))
@click.argument("ours", metavar="OURS", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="THEIRS", type=click.Path(path_type=Path))
@click.argument("shown", metavar="[NAME]", required=False)
@command
def merge(session: Session, base: Path, ours: Path, theirs: Path, shown: str | None) -> int:
    """Merge two versions of a catalog (.po), message by message; the result is in OURS.

    BASE is what both began with. NAME is the file's name in messages. Git asks for this itself
    when it is told so, see docs/translating.md. Where both translated a message differently
    both translations stay, in one fuzzy message. What is no catalog is merged line by line.

    Exit codes: 0 merged, 1 there are conflicts, 2 a file cannot be read.

    \b
    Example:
      ankl-i18n merge base.po ours.po theirs.po
    """
    from ankl_i18n.catalogs.merge_files import merge_files

    try:
        problems = merge_files(base, ours, theirs, shown or str(ours))
    except OSError as wrong:
        where = Location(str(wrong.filename or ours))
        session.report([error("file", wrong.strerror or str(wrong), where)])
        return WRONG_USE
    session.report(problems)
    return PROBLEMS if problems else 0


def tell(
    session: Session, outcome: Outcome, *, must_be_current: bool = False, started: bool = False
) -> int:
    """Print what a stage wrote and what stood in its way; return the exit code."""
    for written in outcome.written:
        changes = written.changes
        what = f"{written.messages} messages"
        if started:
            what += f", {written.translated} of them came translated"
        elif changes:
            dropped = f", {changes.dropped} dropped" if changes.dropped else ""
            carried = f"{len(changes.carried)} carried over, " if changes.carried else ""
            what = (
                f"{changes.kept + changes.revived} kept, {carried}{len(changes.fuzzy)} fuzzy, "
                f"{changes.new} new, {changes.obsolete} obsolete{dropped}"
            )
        state = ("out of date" if must_be_current else "wrote") if written.changed else "same"
        session.say(f"{state:5}  {written.path}  ({what})")
    hint = "run `ankl-i18n extract` and commit the template"
    stale = [
        error("template", "this template is out of date", Location(written.path), hint)
        for written in outcome.written
        if must_be_current and written.changed
    ]
    session.report([*outcome.problems, *stale])
    return PROBLEMS if stale or has_errors(outcome.problems) else 0
