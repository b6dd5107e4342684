"""`tm`: the translation memory of a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, command, selected
from ankl_i18n.errors import CatalogError, SettingsError

ACTIONS: Final = ("search", "import", "export", "stats", "pending")


@click.command()
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("what", nargs=-1, metavar="[TEXT|FILE|TAG]...")
@click.option("--language", "tags", metavar="TAG", multiple=True, help="Only in this language.")
@options.folder("The folder for exported files (default: export/ in the project's folder).")
@command
def tm(
    session: Session, action: str, what: Sequence[str], tags: Sequence[str], folder: Path | None
) -> int:
    """Search the translation memory, import or export TMX files, or count its texts.

    The memory consists of all catalogs of the project and the files in its folder tm/. "pending"
    lists translations that an import kept because the catalog had another one.

    \b
    Example:
      ankl-i18n tm search "Call us right away." --language fr
      ankl-i18n tm import agency.tmx
      ankl-i18n tm export fr ar
      ankl-i18n tm stats
      ankl-i18n tm pending
    """
    match action:
        case "search":
            return _search(session, " ".join(what), tags)
        case "import":
            return _import(session, [Path(path) for path in what])
        case "export":
            return _export(session, (*what, *tags), folder)
        case "stats":
            return _stats(session)
    return _pending(session)


def _search(session: Session, text: str, tags: Sequence[str]) -> int:
    from ankl_i18n.exchange.memory import opened

    if not text:
        raise SettingsError.of("memory", "there is no text to search for", "TEXT")
    project = session.project()
    memory, problems = opened(project)
    count = 0
    with memory:
        for lang in selected(project, tags) or project.config.targets:
            for one in memory.search(text, lang.tag):
                count += 1
                numbers = ", other numbers" if one.numbers else ""
                session.say(f"{lang.tag}  {one.percent} %  {one.origin}{numbers}")
                session.say(f"    {one.source}\n    {one.target}")
    if not count:
        session.say("Nothing like it in the memory.")
    session.report(problems)
    return PROBLEMS if problems else 0


def _import(session: Session, paths: Sequence[Path]) -> int:
    from ankl_i18n.exchange.memory import FOLDER, add_file

    project = session.project()
    code = 0
    for path in paths:
        try:
            count, made = add_file(project, path)
            session.say(f"{path}: {count} translations, now in {FOLDER}/{made.name}")
        except CatalogError as wrong:
            session.report(wrong.problems)
            code = PROBLEMS
    if not paths:
        raise SettingsError.of("memory", "there is no file to import", "FILE")
    return code


def _export(session: Session, tags: Sequence[str], folder: Path | None) -> int:
    from ankl_i18n.cli.exchange import write
    from ankl_i18n.exchange.pack import Selection

    return write(session, session.project(), tags, "tmx", Selection(), folder)


def _stats(session: Session) -> int:
    from ankl_i18n.exchange.memory import opened

    memory, problems = opened(session.project())
    with memory:
        for tag, count in memory.size():
            session.say(f"{count:>9}  {tag}")
    session.report(problems)
    return PROBLEMS if problems else 0


def _pending(session: Session) -> int:
    from ankl_i18n.exchange.pending import pending

    waiting, problems = pending(session.project())
    for path, one in waiting:
        session.say(f"{path}:{one.line}  {one.target_tag}  {one.note}")
        session.say(f"    {one.source}\n    {one.target}")
    if not waiting:
        session.say("No suggestions are waiting.")
    session.report(problems)
    return PROBLEMS if problems else 0
