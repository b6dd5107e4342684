"""The command that merges two versions of a catalog."""

from __future__ import annotations

from pathlib import Path

import click

from ankl_i18n.cli.session import PROBLEMS, WRONG_USE, Session, command, unreadable


@click.command()
@click.argument("base", metavar="BASE", type=click.Path(path_type=Path))
@click.argument("ours", metavar="OURS", type=click.Path(path_type=Path))
@click.argument("theirs", metavar="THEIRS", type=click.Path(path_type=Path))
@click.argument("shown", metavar="[NAME]", required=False)
@command
def merge(session: Session, base: Path, ours: Path, theirs: Path, shown: str | None) -> int:
    """Merge two versions of a catalog (.po), message by message; the result is in OURS.

    BASE is the common ancestor. NAME is the file's name in messages. Git runs this by itself
    if configured, see docs/command-line.md. If both translated a message differently,
    both translations stay, in one fuzzy message. Other files are merged line by line.

    Exit codes: 0 merged, 1 there are conflicts, 2 a file cannot be read.

    \b
    Example:
      ankl-i18n merge base.po ours.po theirs.po
    """
    from ankl_i18n.catalogs.merge_files import merge_files

    try:
        problems = merge_files(base, ours, theirs, shown or str(ours))
    except OSError as wrong:
        session.report([unreadable(wrong, ours)])
        return WRONG_USE
    session.report(problems)
    return PROBLEMS if problems else 0
