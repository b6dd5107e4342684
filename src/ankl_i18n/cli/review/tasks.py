"""`review blind`, `judge`, `packet` and `import`: what people are asked, and what comes back."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.review.asking import ask_for_key
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command, has_errors, selected
from ankl_i18n.errors import AnklError, SettingsError
from ankl_i18n.exchange.forms.names import ENDINGS
from ankl_i18n.html.editions import PROOF

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.exchange.forms.records import Form
    from ankl_i18n.exchange.tasks.task import Task

FOLDER: Final = "review-tasks"
format_option = click.option(
    "--format", "forms", type=click.Choice(list(ENDINGS)), multiple=True,
    help="Only this format; may be repeated.",
)  # fmt: skip
output_option = options.folder(
    f"The folder for the files (default: {FOLDER}/ in the project, which git ignores)."
)


def paper_option(what: str) -> Callable[[Any], Any]:
    """Return the option that says on which paper something is printed."""
    return click.option(
        "--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True,
        help=f"The paper of the {what}.",
    )  # fmt: skip


@click.command()
@options.tag
@options.leaflets
@click.option("--required", is_flag=True, help="Only the texts of required sections.")
@format_option
@output_option
@command
def blind(  # noqa: PLR0913 - one parameter for each option
    session: Session, tag: str, names: Sequence[str], *, required: bool, forms: Sequence[str],
    folder: Path | None,
) -> int:  # fmt: skip
    """Write a blind task: somebody who has never seen the source translates the translation back.

    It contains only the translation. The file of the task stays with you; its digest goes
    under reviews/: commit it before you send the task.

    \b
    Example:
      ankl-i18n review blind fr --required --format docx
    """
    from ankl_i18n.exchange.tasks import blind as made

    project, tag = _asked(session, tag, names)
    tasks = [*made.tasks(project, tag, names, required=required)]
    for task in tasks:
        _send(session, project, task, made.form(task), forms, folder)
    return _told(session, tasks, f"None of this is translated into {tag}.")


@click.command()
@options.tag
@options.leaflets
@format_option
@output_option
@command
def judge(
    session: Session, tag: str, names: Sequence[str], forms: Sequence[str], folder: Path | None
) -> int:
    """Write a form in which a third person judges back-translations without seeing the translation.

    Beside each source text and its back-translation is what the checks report for the two.

    \b
    Example:
      ankl-i18n review judge fr --format xlsx
    """
    from ankl_i18n.exchange.tasks import verdicts

    project, tag = _asked(session, tag, names)
    tasks = [*verdicts.tasks(project, tag, names)]
    for task in tasks:
        _send(session, project, task, verdicts.form(task), forms, folder)
    return _told(
        session, tasks, "There is no back-translation of the current translation to judge."
    )


@click.command()
@options.tag
@options.leaflet
@paper_option("proof")
@format_option
@output_option
@command
def packet(  # noqa: PLR0913, PLR0917 - one parameter for each option
    session: Session, tag: str, leaflet: str, paper: str, forms: Sequence[str],
    folder: Path | None,
) -> int:  # fmt: skip
    """Write a packet for a reviewer: the proof as PDF and page, and forms to fill in.

    The numbers in the forms are those of the proof.

    \b
    Example:
      ankl-i18n review packet fr ankl
    """
    from ankl_i18n.build.pages import on_paper
    from ankl_i18n.build.records import Job
    from ankl_i18n.catalogs import leaflets
    from ankl_i18n.exchange.tasks import packet as made
    from ankl_i18n.languages import language
    from ankl_i18n.pdf.render import pdf
    from ankl_i18n.review.hashes import message_key
    from ankl_i18n.source.markdown import plain

    project, tag = _asked(session, tag, [leaflet])
    task = made.task(project, leaflet, tag)
    if not task.messages:
        return _told(session, [], f"No text of {leaflet} is translated into {tag}.")
    segments = leaflets.document(project, leaflet).segments
    sections = {message_key(*segment.key): plain(segment.section) for segment in reversed(segments)}
    _send(session, project, task, made.form(task, sections), forms, folder)
    page = on_paper(project, Job("pdf", "", tag, leaflet, paper, PROOF))
    _write(session, project, task, folder, ".proof.html", page.encode())
    printed = pdf(page, language("en"), paper=paper, source=f"{leaflet} ({tag})")
    _write(session, project, task, folder, ".proof.pdf", printed)
    return 0


@click.command()
@options.tag
@options.leaflet
@paper_option("sheet")
@output_option
@command
def sheet(session: Session, tag: str, leaflet: str, paper: str, folder: Path | None) -> int:
    """Write everything said about the back-translations of a leaflet as a PDF, for the records.

    \b
    Example:
      ankl-i18n review sheet fr ankl
    """
    from ankl_i18n.catalogs import leaflets
    from ankl_i18n.catalogs.po import disk
    from ankl_i18n.exchange.tasks.verdicts import findings
    from ankl_i18n.html import back_translation
    from ankl_i18n.languages import language
    from ankl_i18n.pdf.render import pdf
    from ankl_i18n.review.content import content
    from ankl_i18n.review.ledger import ledger
    from ankl_i18n.review.records import Kind
    from ankl_i18n.source.markdown import plain

    project, tag = _asked(session, tag, [leaflet])
    acts = [act for act in ledger(project, tag).acts if act.leaflet == leaflet]
    back = [m for act in acts if act.act is Kind.BACK_TRANSLATE for m in act.messages]
    if not back:
        return _told(session, [], f"No text of {leaflet} has been translated back from {tag}.")
    source = project.config.source
    results = findings(back, source.tag)
    by_hash = {message.hash: one for message, one in zip(back, results, strict=True)}
    title = plain(leaflets.document(project, leaflet).front.title.text)
    current = frozenset(text.hash for text in content(project, leaflet, tag).texts)
    page = back_translation.sheet(
        title, leaflet, (source, language(tag)), acts, by_hash, current, paper
    )
    printed = pdf(page, language("en"), paper=paper, source=f"{leaflet} ({tag})")
    name = f"back-translation-{leaflet.replace('/', '-')}.{tag}.pdf"
    path = (folder or project.root / FOLDER) / name
    disk.put(path, printed, disk.content(path))
    session.say(f"wrote  {project.config.relative(path)}")
    return 0


@click.command("import")
@options.files
@click.option(
    "--reviewer",
    metavar="ID",
    required=True,
    help="The person who filled it in, by an id from reviewers.toml.",
)
@click.option(
    "--role", type=click.Choice(options.ROLES), help="The role in which they read a packet."
)
@options.recorded_by
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
    help="The day on which it was filled in (default: today).",
)  # fmt: skip
@options.write
@command
def import_(  # noqa: PLR0913 - one parameter for each option
    session: Session, files: Sequence[Path], *, reviewer: str, role: str | None, recorded_by: str,
    day: datetime.datetime | None, write: bool,
) -> int:  # fmt: skip
    """Record forms that came back: a packet, a back-translation, verdicts.

    \b
    Example:
      ankl-i18n review import blind-3f9a1c.docx --reviewer r-7f3a
      ankl-i18n review import packet-81bd.xlsx --reviewer r-02 --role clinician \\
        --recorded-by c-01 --write
    """
    from ankl_i18n.exchange.tasks.taking import Who, taken
    from ankl_i18n.review.ledger import act_path

    project = session.project()
    who = Who(reviewer, role or "", recorded_by, day.date() if day else None)
    code = 0
    for path in files:
        try:
            done = taken(project, path, str(path), who, write=write)
        except AnklError as wrong:
            session.report(wrong.problems)
            code = PROBLEMS
            continue
        session.say(f"{path}: {done}")
        if done.act and write:
            session.say(f"wrote  {act_path(done.act)}")
            ask_for_key(session, project, act_path(done.act))
        session.report(done.problems)
        code = PROBLEMS if has_errors(done.problems) else code
    if not write:
        session.say("Nothing was changed. Add --write to record it.")
    return code


def _asked(session: Session, tag: str, names: Sequence[str]) -> tuple[Project, str]:
    """Return the project, and the language's own tag. Raises `SettingsError`."""
    project = session.project()
    (lang,) = selected(project, [tag])
    if project.is_untranslated(lang.tag):
        raise SettingsError.of("review", f"{tag} is not translated: nothing to review", "TAG")
    check_leaflets(project, names)
    return project, lang.tag


def _send(  # noqa: PLR0913, PLR0917 - what goes out, and where
    session: Session, project: Project, task: Task, form: Form, forms: Iterable[str],
    folder: Path | None,
) -> None:  # fmt: skip
    """Write a task's own file, and its form in the formats that are wanted."""
    from ankl_i18n.exchange.forms.formats import FORM_FORMATS
    from ankl_i18n.exchange.tasks.task import BLIND, commitment, keep

    path = keep(project, task)
    session.say(f"wrote  {project.config.relative(path)}  (keep it; do not send it to anybody)")
    if task.kind == BLIND:
        where = project.config.relative(commitment(project, task))
        session.say(f"wrote  {where}  (commit it before you send the task)")
    wanted = set(forms) or {one.name for one in FORM_FORMATS}
    for one in FORM_FORMATS:
        if one.name in wanted:
            _write(session, project, task, folder, one.ending, one.write(form))


def _write(  # noqa: PLR0913, PLR0917 - a file, and where it goes
    session: Session, project: Project, task: Task, folder: Path | None, ending: str, data: bytes
) -> None:
    from ankl_i18n.catalogs.po import disk

    path = (folder or project.root / FOLDER) / f"{task.name}{ending}"
    disk.put(path, data, disk.content(path))
    session.say(f"wrote  {project.config.relative(path)}")


def _told(session: Session, sent: Sequence[object], nothing: str) -> int:
    if not sent:
        session.say(nothing)
    return 0 if sent else PROBLEMS
