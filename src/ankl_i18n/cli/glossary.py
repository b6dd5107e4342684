"""`glossary`: what terms are called in each language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ankl_i18n.cli.session import PROBLEMS, Session, command
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from ankl_i18n.catalogs.glossary import Term
    from ankl_i18n.catalogs.project import Project

ACTIONS: Final = ("seed", "export", "import")
NAME: Final = "terms.csv"


@click.command()
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("paths", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@command
def glossary(session: Session, action: str, paths: Sequence[Path]) -> int:
    """Start a glossary from the leaflets' own terms, or exchange it with translation tools (TBX).

    The glossary is in glossary/*.csv, which any spreadsheet opens. Existing terms stay
    as they are.

    \b
    Example:
      ankl-i18n glossary seed
      ankl-i18n glossary export terms.tbx
      ankl-i18n glossary import agency.tbx
    """
    from ankl_i18n.catalogs.glossary import glossary as known
    from ankl_i18n.exchange import glossaries

    project = session.project()
    terms = known(project)
    if terms.problems:
        session.report(terms.problems)
        return PROBLEMS
    source = project.config.source.tag
    if action == "seed":
        return _add(session, project, glossaries.seeded(project))
    if not paths:
        raise SettingsError.of("glossary", "there is no file", "FILE")
    for path in paths:
        if action == "export":
            path.write_bytes(glossaries.tbx(terms.terms, source))
            session.say(f"wrote  {path}  {len(terms.terms)} terms")
        else:
            _add(session, project, glossaries.from_tbx(path.read_bytes(), str(path), source))
    return 0


def _add(session: Session, project: Project, terms: list[Term]) -> int:
    """Add terms that the glossary has not, at the end of its file."""
    from ankl_i18n.catalogs.glossary import FOLDER, glossary, parse, write
    from ankl_i18n.catalogs.po import disk

    known = {(term.term.casefold(), term.context) for term in glossary(project).terms}
    fresh = [term for term in terms if (term.term.casefold(), term.context) not in known]
    path = project.root / FOLDER / NAME
    present = disk.content(path)
    before = parse(present, NAME)[0] if present else []
    if fresh:
        tags = [target.tag for target in project.config.targets]
        disk.put(path, write([*before, *fresh], tags), present)
    session.say(
        f"{len(fresh)} terms added to {FOLDER}/{NAME}, {len(terms) - len(fresh)} already there"
    )
    return 0
