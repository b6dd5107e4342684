"""Packets for reviewers, what comes back of them, remarks and their answers, what is learnt."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest
from forms import FILL, REVIEWERS

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.forms.formats import FORM_FORMATS
from ankl_i18n.exchange.tasks import packet
from ankl_i18n.review.ledger import ledger
from ankl_i18n.review.records import LEAFLET, Act, How, Kind, ReviewState
from ankl_i18n.review.state import state
from ankl_i18n.settings import load
from ankl_i18n.source.texts import read
from sample_project import SampleProject, make

DOSE = "Empty the drain 2 times a day."
FEVER = "Call us if your temperature is over 38 °C."
VERDICT, TYPE, SEVERITY, NOTE = 3, 4, 5, 6
BY_MAIL = ("--reviewer", "r-clinic", "--role", "clinician", "--recorded-by", "c-desk", "--write")


@pytest.fixture
def project(tmp_path: Path) -> SampleProject:
    made = make(tmp_path)
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / "reviewers.toml").write_text(REVIEWERS)
    made.replace(
        "pyproject.toml", "[tool.ankl_i18n]",
        '[tool.ankl_i18n.review]\nrequire = ["clinician"]\nfour-eyes = []\n\n[tool.ankl_i18n]',
    )  # fmt: skip
    return made


def acts(project: SampleProject, tag: str = "fr") -> tuple[Act, ...]:
    found = ledger(Project(load(project.root)), tag)
    assert not found.problems
    return found.acts


def translation(project: SampleProject, msgid: str) -> str:
    with project.edit("fr", "drain") as catalog:
        return read(project.message(catalog, msgid).msgstr).shown


def messages(project: SampleProject) -> list[str]:
    """Return the translations of the leaflet as the packet shows them."""
    task = packet.task(Project(load(project.root)), "drain", "fr")
    return ["\n".join(read(form).shown for form in one.msgstr) for one in task.messages.values()]


@pytest.fixture
def sent(project: SampleProject) -> Path:
    """Send a packet out, and return its folder."""
    folder = project.path("out")
    project.run("review", "packet", "fr", "drain", "--output", str(folder))
    return folder


def filled(sent: Path, form: str, answers: dict[str, dict[int, str]]) -> str:
    ending = next(one.ending for one in FORM_FORMATS if one.name == form)
    (path,) = (one for one in sent.glob(f"*{ending}") if ".proof" not in one.name)
    return str(FILL[form](path, answers, of=2))


def test_a_packet_has_the_numbers_of_the_proof(project, sent):
    assert sorted(path.name.partition(".")[2] for path in sent.iterdir()) == [
        "docx", "html", "proof.html", "proof.pdf", "xlsx",
    ]  # fmt: skip
    task = packet.task(Project(load(project.root)), "drain", "fr")
    number = next(n for n, one in task.messages.items() if one.msgid == DOSE)
    (proof,) = sent.glob("*.proof.html")
    entry = proof.read_text().partition(f'id="message-{number}"')[2]
    assert DOSE in entry.partition('class="entry ')[0]
    (printed,) = sent.glob("*.proof.pdf")
    document = pypdfium2.PdfDocument(printed.read_bytes())
    assert DOSE in " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("form", [*FILL])
def test_what_came_by_mail_is_reported_and_never_signed_with_a_key(project, sent, form):
    answers = {text: {VERDICT: "OK"} for text in messages(project)}
    answers[translation(project, DOSE)] = {
        VERDICT: "error", TYPE: "mistranslation", SEVERITY: "major", NOTE: "« deux fois »"
    }  # fmt: skip
    done = project.run("review", "import", filled(sent, form, answers), *BY_MAIL)
    assert "1 error" in done.stdout
    (act,) = acts(project)
    assert (act.act, act.role, act.recorded_by) == (Kind.SIGN, "clinician", "c-desk")
    assert act.scope == LEAFLET
    wrong = next(one for one in act.messages if one.msgid == DOSE)
    assert (wrong.type, wrong.severity, wrong.note) == ("mistranslation", "major", "« deux fois »")
    found = state(Project(load(project.root)), "drain", "fr")
    by_msgid = {one.text.msgid: one.roles["clinician"] for one in found.messages}
    assert by_msgid[FEVER].how is How.REPORTED
    assert by_msgid[FEVER].state is ReviewState.SIGNED
    assert by_msgid[DOSE].state is ReviewState.REJECTED
    assert {one.how for one in by_msgid.values()} == {How.REPORTED}


def test_lines_without_a_verdict_are_not_read(project, sent):
    path = filled(sent, "xlsx", {translation(project, FEVER): {VERDICT: "ok"}})
    done = project.run("review", "import", path, *BY_MAIL)
    assert "left empty" in done.stdout
    (act,) = acts(project)
    assert [one.msgid for one in act.messages] == [FEVER]
    assert act.scope != LEAFLET


def test_a_remark_without_a_verdict_and_a_strange_verdict_are_told(project, sent):
    answers = {
        translation(project, FEVER): {NOTE: "Better: fièvre"},
        translation(project, DOSE): {VERDICT: "perhaps", NOTE: "Hm"},
    }
    done = project.run("review", "import", filled(sent, "docx", answers), *BY_MAIL, code=1)
    assert "there is no verdict" in done.stderr
    assert "Better: fièvre" in done.stderr
    assert "no such verdict: 'perhaps'" in done.stderr
    assert acts(project) == ()


def test_a_good_line_with_a_note_is_a_remark(project, sent):
    answers = {translation(project, FEVER): {VERDICT: "ok", NOTE: "Very clear. Perhaps shorter?"}}
    project.run("review", "import", filled(sent, "xlsx", answers), *BY_MAIL)
    (act,) = acts(project)
    assert act.messages[0].verdict == "remark"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--reviewer", "r-clinic", "--recorded-by", "c-desk"), "--role"),
        (("--reviewer", "r-clinic", "--role", "reviser"), "the role reviser"),
        (
            ("--reviewer", "r-clinic", "--role", "clinician", "--recorded-by", "r-third"),
            "the role co",
        ),
        (("--reviewer", "nobody", "--role", "clinician"), "not in reviewers.toml"),
        (("--reviewer", "r-clinic", "--role", "clinician", "--date", "2030-01-01"), "the future"),
    ],
)
def test_acts_that_nobody_may_make_are_refused(project, sent, options, why):
    path = filled(sent, "xlsx", {translation(project, FEVER): {VERDICT: "ok"}})
    done = project.run("review", "import", path, *options, "--write", code=1)
    assert why in done.output
    assert acts(project) == ()


# --- remarks and their answers --------------------------------------------------------------------


@pytest.fixture
def remarked(project: SampleProject, sent: Path) -> SampleProject:
    answers = {
        translation(project, DOSE): {VERDICT: "error", TYPE: "mistranslation", NOTE: "deux fois"},
        translation(project, FEVER): {VERDICT: "remark", NOTE: "de la fièvre?"},
    }
    project.run("review", "import", filled(sent, "xlsx", answers), *BY_MAIL)
    return project


def listed(project: SampleProject, *options: str, code: int = 1) -> dict[str, dict]:
    done = project.run("review", "remarks", "fr", "--format", "json", *options, code=code)
    return {one["msgid"]: one for one in json.loads(done.stdout)["remarks"]}


def test_every_remark_ends_in_done_or_not_done_with_a_reason(remarked):
    found = listed(remarked)
    assert {one["verdict"] for one in found.values()} == {"error", "remark"}
    assert {one["recorded_by"] for one in found.values()} == {"c-desk"}
    dose, fever = found[DOSE]["id"], found[FEVER]["id"]
    early = remarked.run("review", "answer", dose, "--done", "--reviewer", "r-back", code=2)
    assert "still the one that was remarked on" in early.output
    remarked.translate("fr", "drain", DOSE, "Videz le drain deux fois par jour.")
    remarked.run("review", "answer", dose, "--done", "--reviewer", "r-back")
    assert listed(remarked).keys() == {FEVER}
    for options in ((), ("--not-done", " "), ("--done", "--not-done", "x")):
        remarked.run("review", "answer", fever, "--reviewer", "r-back", *options, code=2)
    why = "“Fièvre” has no number."
    remarked.run("review", "answer", fever, "--reviewer", "r-back", "--not-done", why)
    assert listed(remarked, code=0) == {}
    every = listed(remarked, "--all", code=0)
    assert every[FEVER]["answer"] == f"not done: {why}"
    assert every[DOSE]["answer"] == "done"
    assert every[DOSE]["answered_by"] == "r-back"
    shown = remarked.run("review", "remarks", "fr", "--all").stdout
    assert "r-clinic, reported by c-desk" in shown


def test_an_answer_undoes_no_error(remarked):
    """It says what became of it; whether the words are right is for the role to say."""
    dose = listed(remarked)[DOSE]["id"]
    remarked.run("review", "answer", dose, "--reviewer", "r-back", "--not-done", "It is right.")
    found = state(Project(load(remarked.root)), "drain", "fr")
    (one,) = (one for one in found.messages if one.text.msgid == DOSE)
    assert one.roles["clinician"].state is ReviewState.REJECTED


def test_a_remark_that_is_not_there_is_told(remarked):
    done = remarked.run("review", "answer", "00000000-1", "--done", "--reviewer", "r-back", code=2)
    assert "no remark" in done.output


# --- what is learnt -------------------------------------------------------------------------------


def test_an_error_becomes_a_term_that_the_checks_know(remarked):
    dose = listed(remarked)[DOSE]["id"]
    word = translation(remarked, DOSE).split()[-1].strip(".")
    remarked.run(
        "review", "learn", dose, "--term", "day", "--translation", "journée", "--forbid", word
    )
    found = json.loads(remarked.run("check", "fr", "--format", "json", code=1).stdout)["problems"]
    assert "glossary-forbidden" in {one["kind"] for one in found}
    before = remarked.text("glossary/terms.csv")
    remarked.run("review", "learn", dose, "--term", "Day", "--translation", "jour plein")
    assert len(remarked.text("glossary/terms.csv").splitlines()) == len(before.splitlines())
    assert "jour plein; journée" in remarked.text("glossary/terms.csv")


def test_an_error_becomes_a_case(remarked):
    dose = listed(remarked)[DOSE]["id"]
    old = translation(remarked, DOSE)
    remarked.translate("fr", "drain", DOSE, "Videz le drain deux fois par jour.")
    done = remarked.run("review", "learn", dose, "--case")
    assert "no check finds it so far" in done.stdout
    remarked.run("review", "learn", dose, "--case")
    wrong, right = po.read(remarked.path("cases/fr.po")).entries
    assert (wrong.msgid, wrong.msgstr, right.msgstr) == (
        DOSE, old, "Videz le drain deux fois par jour.",
    )  # fmt: skip
    assert "mistranslation" in wrong.comment


def test_learning_asks_for_what_is_to_be_learnt(remarked):
    dose = listed(remarked)[DOSE]["id"]
    for options in ((), ("--term", "day"), ("--case", "--term", "day", "--forbid", "x")):
        remarked.run("review", "learn", dose, *options, code=2)
