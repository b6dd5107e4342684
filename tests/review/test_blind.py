"""Blind back-translation: a task that gives nothing away, its answer, a third person's verdict."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from forms import FILL, REVIEWERS, fill_xlsx

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.forms.formats import FORM_FORMATS
from ankl_i18n.exchange.tasks import blind
from ankl_i18n.review.ledger import ledger
from ankl_i18n.review.records import Act, Kind
from ankl_i18n.settings import load
from ankl_i18n.source.texts import read
from sample_project import REPOSITORY, SampleProject, make

DOSE = "Empty the drain 2 times a day."


@pytest.fixture
def project(tmp_path: Path) -> SampleProject:
    made = make(tmp_path)
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "reviewers.toml").write_text(REVIEWERS)
    return made


def acts(project: SampleProject, tag: str = "fr") -> tuple[Act, ...]:
    found = ledger(Project(load(project.root)), tag)
    assert not found.problems
    return found.acts


def sent(project: SampleProject, ending: str, folder: str = "review-tasks") -> Path:
    (path,) = project.path(folder).glob(f"*-*{ending}")
    return path


# --- what must not be in it -----------------------------------------------------------------------


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    """Return all runs of three words."""
    said = words(text)
    return {tuple(said[i : i + 3]) for i in range(len(said) - 2)}


def texts_of(data: bytes, name: str) -> str:
    """Return all that a file says: the texts of all parts of an archive, and their names."""
    parts = {name: data}
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts |= {one: archive.read(one) for one in archive.namelist()}
            del parts[name]
    shown = []
    for path, content in parts.items():
        text = content.decode("utf-8", errors="replace")
        # Texts that are split over several elements, and attributes on their own.
        shown += [path, text, re.sub(r"<[^>]*>", "", text), re.sub(r"<[^>]*>", " ", text)]
    return "\n".join(shown)


@pytest.mark.parametrize("form", FORM_FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("tag", ["fr", "ja", "ar", "vi"])
def test_a_task_gives_nothing_of_the_source_away(tag, form):
    """The leaflets of this repository: no msgid, no three words, no note, no address, no name."""
    project = Project(load(REPOSITORY))
    for task in blind.tasks(project, tag):
        segments = leaflets.document(project, task.leaflet).segments
        said = "\n".join(text for one in task.messages.values() for text in one.msgstr)
        made = texts_of(form.write(blind.form(task)), f"{task.name}{form.ending}")
        # What every task says, whatever the leaflet.
        own = texts_of(form.write(replace(blind.form(task), lines=())), "")
        allowed, found = runs(said) | runs(own), runs(made)
        sources = [one.msgid for one in segments] + [read(one.msgid).shown for one in segments]
        sources += [note for one in segments for note in one.notes]
        sources += [one.section for one in segments]
        leaked = {run for source in sources for run in runs(source)} & found - allowed
        assert leaked == set()
        long = [
            one.msgid for one in segments if len(words(one.msgid)) > 1 and one.msgid not in said
        ]
        assert [one for one in long if one in made] == []
        ids = {one.section_id for one in segments if "-" in one.section_id}
        assert [one for one in ids if one in made] == []


def test_an_english_word_of_the_translation_is_no_leak():
    """The test above can fail: what it looks for is found where it is."""
    assert runs("Call us now") & runs("x: Call us now!")
    project = Project(load(REPOSITORY))
    (task, *_) = blind.tasks(project, "fr")
    msgid = max((one.msgid for one in task.messages.values()), key=len)
    assert runs(msgid) - runs(blind.shown(task.messages[next(iter(task.messages))].msgstr))


def test_names_of_files_say_nothing(project):
    project.run("review", "blind", "fr", "--leaflet", "drain-plan")
    names = [path.name for path in project.path("review-tasks").iterdir()]
    assert names
    assert not [name for name in names if "drain" in name]
    for form in FORM_FORMATS:
        path = sent(project, form.ending)
        assert "drain-plan" not in texts_of(path.read_bytes(), path.name)


def test_ids_are_new_each_time(project):
    root = Project(load(project.root))
    one, other = (next(iter(blind.tasks(root, "fr"))) for _ in range(2))
    assert not one.messages.keys() & other.messages.keys()
    assert one.id != other.id


def test_only_required_sections_are_asked_for(project):
    root = Project(load(project.root))
    every = {m.msgid for t in blind.tasks(root, "fr") for m in t.messages.values()}
    some = {m.msgid for t in blind.tasks(root, "fr", required=True) for m in t.messages.values()}
    assert DOSE in every - some
    assert "Call us if your temperature is over 38 °C." in some


def test_the_task_is_committed_by_its_digest(project):
    project.run("review", "blind", "fr", "--leaflet", "drain", "--format", "xlsx")
    task = sent(project, ".task.json")
    (told,) = project.path("reviews/fr/drain").glob("*.sha256")
    assert told.read_text().split()[1] == task.name
    task.write_text(task.read_text().replace("drain", "plan", 1))
    filled = fill_xlsx(sent(project, ".xlsx"), {"x": {}})
    done = project.run("review", "import", str(filled), "--reviewer", "r-back", code=1)
    assert "digest" in done.output
    task.unlink()
    assert "not here" in project.run(
        "review", "import", str(filled), "--reviewer", "r-back", code=1
    ).output  # fmt: skip
    assert project.path("review-tasks/.gitignore").read_text() == "*\n"


# --- the way of a back-translation ----------------------------------------------------------------


def translation(project: SampleProject, msgid: str) -> str:
    with project.edit("fr", "drain") as catalog:
        return read(project.message(catalog, msgid).msgstr).shown


def answered(project: SampleProject, form: str, answers: dict[str, str]) -> Path:
    """Send a task and return it with back-translations of some sources."""
    project.run("review", "blind", "fr", "--leaflet", "drain", "--format", form)
    ending = next(one.ending for one in FORM_FORMATS if one.name == form)
    said = {translation(project, msgid): {2: back} for msgid, back in answers.items()}
    return FILL[form](sent(project, ending), said)


@pytest.mark.parametrize("form", [*FILL])
def test_an_answer_becomes_an_act_that_is_bound_to_the_translation(project, form):
    path = answered(project, form, {DOSE: "Empty the drain 3 times a day."})
    only_told = project.run("review", "import", str(path), "--reviewer", "r-back")
    assert "Nothing was changed" in only_told.stdout
    assert acts(project) == ()
    done = project.run("review", "import", str(path), "--reviewer", "r-back", "--write")
    (act,) = acts(project)
    assert act.act is Kind.BACK_TRANSLATE
    assert act.statement.startswith("blind-")
    (message,) = act.messages
    assert (message.msgid, message.text) == (DOSE, "Empty the drain 3 times a day.")
    assert message.msgstr[0] == translation(project, DOSE)
    assert "left empty" in done.stdout


@pytest.mark.parametrize("form", [*FILL])
def test_a_third_person_judges_without_the_translation(project, form):
    path = answered(project, "docx", {DOSE: "Empty the drain 3 times a day."})
    project.run("review", "import", str(path), "--reviewer", "r-back", "--write")
    project.run("review", "judge", "fr", "--format", form, "--output", str(project.path("out")))
    ending = next(one.ending for one in FORM_FORMATS if one.name == form)
    (sheet,) = project.path("out").glob(f"*{ending}")
    said = texts_of(sheet.read_bytes(), sheet.name)
    assert translation(project, DOSE) not in said
    assert "[numbers]" in said
    filled = FILL[form](sheet, {DOSE: {4: "Error", 5: "2, not 3"}})
    project.run("review", "import", str(filled), "--reviewer", "r-third", "--write")
    back, verdict = sorted(acts(project), key=lambda act: act.act)
    assert (verdict.act, verdict.of) == (Kind.VERDICT, (back.name,))
    (message,) = verdict.messages
    assert (message.verdict, message.note) == ("error", "2, not 3")
    assert message.text == "Empty the drain 3 times a day."
    nothing = project.run("review", "judge", "fr", code=1)
    assert "no back-translation" in nothing.stdout


def test_the_sheet_holds_what_everybody_wrote(project):
    path = answered(project, "docx", {DOSE: "Empty the drain 3 times a day."})
    project.run("review", "import", str(path), "--reviewer", "r-back", "--write")
    project.run("review", "judge", "fr", "--format", "xlsx", "--output", str(project.path("out")))
    (sheet,) = project.path("out").glob("*.xlsx")
    filled = fill_xlsx(sheet, {DOSE: {4: "error", 5: "two and not three"}})
    project.run("review", "import", str(filled), "--reviewer", "r-third", "--write")
    project.run("review", "sheet", "fr", "drain")
    (made,) = project.path("review-tasks").glob("*.pdf")
    pages = pypdfium2.PdfDocument(made.read_bytes())
    said = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for text in (DOSE, translation(project, DOSE), "Empty the drain 3 times", "two and not three"):
        assert text in said
    assert "[numbers]" in said
    assert "r-back (2026-03-01)" in said
    assert "No text" in project.run("review", "sheet", "ar", "drain", code=1).stdout


def test_words_that_changed_since_are_told_and_recorded_as_read(project):
    path = answered(project, "xlsx", {DOSE: "Empty it twice a day."})
    old = translation(project, DOSE)
    project.translate("fr", "drain", DOSE, "Videz le drain deux fois par jour, s'il vous plaît.")
    done = project.run("review", "import", str(path), "--reviewer", "r-back", "--write")
    assert "1 about words that have changed since" in done.stdout
    assert "have changed since they were sent out" in done.stderr
    (act,) = acts(project)
    assert act.messages[0].msgstr[0] == old


def test_what_was_sent_out_may_not_be_changed(project):
    path = answered(project, "xlsx", {DOSE: "Empty it."})
    fill_xlsx(path, {translation(project, DOSE): {1: "Autre chose"}})
    done = project.run("review", "import", str(path), "--reviewer", "r-back", "--write", code=1)
    assert "was changed in the file; it is not recorded" in done.stderr
    assert "Empty it." in done.stderr  # nothing that was written is lost
    assert acts(project) == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"PK\x03\x04"),
        ("a.docx", b"no"),
        ("a.json", b"{}"),
        ("a.json", b'{"ankl-i18n": "form-1", "lines": {"a": 1}}'),
        ("a.json", b'{"ankl-i18n": "form-1", "kind": "../../x", "task": "y", "lines": {}}'),
        ("a.json", b'{"ankl-i18n": "form-1", "kind": "blind", "task": "../x", "lines": {}}'),
        ("a.json", b"[" * 100_000),
        ("a.pdf", b"%PDF"),
    ],
)
def test_files_that_are_no_form_are_refused(project, name, data):
    project.path(name).write_bytes(data)
    path = str(project.path(name))
    done = project.run("review", "import", path, "--reviewer", "r-back", "--write", code=1)
    assert "Traceback" not in done.output
    assert acts(project) == ()


def test_somebody_unknown_cannot_be_recorded(project):
    path = answered(project, "xlsx", {DOSE: "Empty it twice a day."})
    done = project.run("review", "import", str(path), "--reviewer", "r-none", "--write", code=1)
    assert "not in reviewers.toml" in done.output
    assert acts(project) == ()
