"""`export` and `import`: catalogs as files of other translation tools, and back."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import (
    PROBLEMS,
    Session,
    check_leaflets,
    command,
    has_errors,
    targets,
    unreadable,
)
from ankl_i18n.errors import CatalogError, Problem
from ankl_i18n.exchange.names import ENDINGS

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.exchange.pack import Selection
    from ankl_i18n.exchange.run import Imported


@click.command("export")
@options.tags
@options.form(*ENDINGS, meaning="The format of the files.")
@options.leaflets
@click.option(
    "--section", "sections", metavar="ID", multiple=True,
    help="Only the section with this id; may be repeated.",
)  # fmt: skip
@click.option("--unfinished", is_flag=True, help="Only untranslated and fuzzy messages.")
@click.option(
    "--lock", "locked", is_flag=True, help="Lock translated messages: they are read-only."
)
@options.folder("The folder for the files (default: export/ in the project's folder).")
@command
def export(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], form: str, names: Sequence[str],
    sections: Sequence[str], *, unfinished: bool, locked: bool, folder: Path | None,
) -> int:  # fmt: skip
    """Write catalogs as files of translation tools, spreadsheets or documents.

    \b
    Example:
      ankl-i18n export fr --format xliff     for OmegaT, Trados, memoQ, Phrase
      ankl-i18n export ar --unfinished       only what is left to do
    """
    from ankl_i18n.exchange.pack import Selection

    project = session.project()
    check_leaflets(project, names)
    chosen = Selection(frozenset(names), frozenset(sections), unfinished, locked)
    return write(session, project, tags, form, chosen, folder)


def write(  # noqa: PLR0913, PLR0917 - what `export` was asked for
    session: Session, project: Project, tags: Sequence[str], form: str, chosen: Selection,
    folder: Path | None,
) -> int:  # fmt: skip
    """Write what is chosen in a format, and say so."""
    folder = folder or project.root / "export"
    if form == "tbx":
        return _write_terms(session, project, tags, folder)
    from ankl_i18n.exchange.formats import FORMATS
    from ankl_i18n.exchange.run import export as run

    _collect_garbage()
    made = next(one for one in FORMATS if one.name == form)
    count = 0
    for one in run(project, targets(project, tags), made, chosen, folder):
        session.say(f"wrote  {project.config.relative(one.path)}  {one.messages} messages")
        count += 1
    if not count:
        session.say("Nothing to export.")
    return 0


def _write_terms(session: Session, project: Project, tags: Sequence[str], folder: Path) -> int:
    """Write the glossary for each language: what a translator is given beside the texts."""
    from ankl_i18n.catalogs.glossary import glossary
    from ankl_i18n.catalogs.po import disk
    from ankl_i18n.exchange.glossaries import only, tbx

    known = glossary(project)
    session.report(known.problems)
    for lang in targets(project, tags):
        terms = only(known.terms, lang.tag)
        path = folder / f"glossary.{lang.tag}{ENDINGS['tbx']}"
        if terms:
            data = tbx(terms, project.config.source.tag)
            present = disk.content(path)
            if data != present:
                disk.put(path, data, present)
            session.say(f"wrote  {project.config.relative(path)}  {len(terms)} terms")
        else:
            session.say(f"The glossary has no term in {lang.english}.")
    return PROBLEMS if known.problems else 0


def _collect_garbage() -> None:
    """Let go of each file that was read or written: parsers and office files refer to themselves.

    Other commands end before it would matter.
    """
    gc.freeze()
    gc.enable()


@click.command("import")
@options.files
@options.write
@click.option(
    "--translator", metavar="ID",
    help="With --write: record the translator, by an id from reviews/reviewers.toml.",
)  # fmt: skip
@command
def import_(session: Session, files: Sequence[Path], *, write: bool, translator: str | None) -> int:
    """Take translations from files that `export` has written, message by message.

    Without --write nothing is changed: the report says what would change.

    \b
    Example:
      ankl-i18n import export/ankl.fr.xlf
      ankl-i18n import export/ankl.fr.xlf --write
    """
    from ankl_i18n.exchange.run import imported

    project = session.project()
    code = 0
    _collect_garbage()
    for path in files:
        try:
            done = imported(project, path, str(path), write=write)
        except (CatalogError, OSError) as wrong:
            session.report(
                [unreadable(wrong, path)] if isinstance(wrong, OSError) else wrong.problems
            )
            code = PROBLEMS
            continue
        for output in done:
            problems = _tell(session, path, output, write=write)
            if write and translator:
                _translated(session, output, translator)
            code = PROBLEMS if has_errors(problems) else code
    if not write:
        session.say("Nothing was changed. Add --write to take the translations.")
    return code


def _tell(session: Session, path: Path, done: Imported, *, write: bool) -> list[Problem]:
    """Say what became of a file, or would; return what is wrong with it."""
    from ankl_i18n.exchange.returns import Fate

    counts = ", ".join(f"{done.plan.count(fate)} {fate}" for fate in Fate)
    session.say(f"{path} {'into' if write else 'would go into'} {done.path}: {counts}")
    problems = [*done.plan.problems, *done.problems]
    session.report(problems)
    return problems


def _translated(session: Session, done: Imported, who: str) -> None:
    """Record who translated what has just been taken."""
    from ankl_i18n.cli.review.asking import ask_for_key
    from ankl_i18n.exchange.returns import Fate
    from ankl_i18n.languages import language
    from ankl_i18n.review.ledger import act_path
    from ankl_i18n.review.translating import translated

    outcomes = (outcome for outcome in done.plan.outcomes if outcome.fate is Fate.TAKEN)
    keys = {outcome.entry.key() for outcome in outcomes if outcome.entry}
    returned = done.plan.returned
    project = session.project()
    for act in translated(project, returned.domain, language(returned.target).tag, keys, who):
        session.say(f"wrote  {act_path(act)}")
        ask_for_key(session, project, act_path(act))
