"""What pages, paper and e-books say of a review, the pages of codes, and changes that can harm."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest
from forms import REVIEWERS

from ankl_i18n.catalogs.project import Project
from ankl_i18n.html.signed import LABELS, WORTH
from ankl_i18n.review.content import content
from ankl_i18n.settings import load
from sample_project import SampleProject, make

DRAIN = "source/drain.md"
DOSE = "Empty the drain 2 times a day."
FEVER = "Call us if your temperature is over 38 °C."
POLICY = """\
[tool.ankl_i18n.review]
require = ["reviser"]
require-required = ["reviser", "clinician"]
four-eyes = []
carried = "outside-required"
"""
# Invented people.
NAMED = """
[r-named]
roles = ["reviser"]
name = "Ada Example"
consent = 2026-01-02

[r-shy]
roles = ["clinician"]
name = "Bo Example"
"""


def git(folder: Path, *arguments: str) -> None:
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def with_policy(project: SampleProject, more: str = "") -> SampleProject:
    (project.root / "reviews").mkdir(exist_ok=True)
    (project.root / "reviews" / "reviewers.toml").write_text(REVIEWERS + NAMED)
    settings = project.text("pyproject.toml")
    project.path("pyproject.toml").write_text(f"{POLICY}{more}\n{settings}")
    return project


@pytest.fixture
def project(tmp_path: Path) -> SampleProject:
    return with_policy(make(tmp_path))


def sign(project: SampleProject, reviewer: str, role: str, leaflet: str = "drain") -> None:
    """Sign a leaflet in French, all of it, as somebody does who has been shown it."""
    command = ("review", "sign", "fr", leaflet, "--reviewer", reviewer, "--role", role)
    shown = project.run(*command, code=None)
    root = shown.output.partition("--yes-i-read ")[2].split()[0]
    project.run(*command, "--yes-i-read", root)


def reviewed(project: SampleProject) -> SampleProject:
    for leaflet in ("drain", "drain-plan"):
        sign(project, "r-named", "reviser", leaflet)
        sign(project, "r-shy", "clinician", leaflet)
    return project


def code(project: SampleProject) -> str:
    return content(Project(load(project.root)), "drain", "fr").code


def facts(page: lxml.html.HtmlElement) -> dict[str, str]:
    rows = page.xpath('//dl[@class="facts"]/div')
    return {
        row.find("dt").text_content().strip(): " ".join(row.find("dd").text_content().split())
        for row in rows
    }


def words(project: SampleProject, msgid: str) -> str:
    return project.words("fr", msgid)


# --- what a page says -----------------------------------------------------------------------------


def test_without_a_policy_pages_are_what_they_were(tmp_path):
    """Not a byte changes: acts that somebody wrote are read by nobody."""
    project = make(tmp_path / "one")
    project.build()
    before = project.pages()
    shutil.copytree(project.root, tmp_path / "two")
    other = SampleProject(tmp_path / "two")
    with_policy(other)
    reviewed(other)
    settings = other.text("pyproject.toml")
    other.path("pyproject.toml").write_text(settings[settings.index("[tool.ankl_i18n]\n") :])
    other.build()
    assert {name: data for name, data in other.pages().items() if "verify/" not in name} == before
    page = project.page("fr", "drain")
    assert words(project, "Code of this leaflet") not in page.text_content()


def test_a_page_says_who_by_role_when_and_until(project):
    reviewed(project)
    project.build()
    said = facts(project.page("fr", "drain"))
    assert said[words(project, LABELS["reviser"])] == "Ada Example · 1er mars 2026"
    assert said[words(project, LABELS["clinician"])] == "1er mars 2026"  # no consent, no name
    assert said[words(project, "The check is valid until")] == "1er mars 2029"
    shown = code(project)
    assert said[words(project, "Code of this leaflet")].startswith(f"{shown[:5]}-{shown[5:]}")
    assert "Bo Example" not in "".join(map(str, project.pages().values()))
    assert words(project, LABELS["reviser"]) not in project.page("en", "drain").text_content()


def test_readers_who_tried_it_are_counted(project):
    reviewed(project)
    project.run("review", "tested", "fr", "drain", "--readers", "5", "--reviewer", "c-desk",
                "--note", "All found whom to call.")  # fmt: skip
    project.build()
    said = facts(project.page("fr", "drain"))
    assert said[words(project, LABELS["reader-panel"])] == "5 · 1er mars 2026"


def test_a_check_that_is_void_or_too_old_says_so(project):
    reviewed(project)
    project.translate("fr", "drain", "What comes next", "Et ensuite")
    project.build("--drafts")
    said = facts(project.page("fr", "drain"))
    assert words(project, WORTH["void"]) in said[words(project, LABELS["reviser"])]
    assert "1er mars 2026" in said[words(project, LABELS["reviser"])]
    shown = SampleProject(project.root).run(
        "build", "--only", "html", "--jobs", "1", "--drafts", SOURCE_DATE_EPOCH="1900000000"
    )
    assert shown.exit_code == 0
    said = facts(project.page("fr", "drain"))
    assert words(project, WORTH["expired"]) in said[words(project, LABELS["clinician"])]


def test_who_refused_is_not_shown_as_having_checked(project):
    sign(project, "r-named", "reviser")
    project.run("review", "reject", "fr", "drain", "--reviewer", "r-shy", "--role", "clinician",
                "--message", FEVER, "--reason", "it says 37")  # fmt: skip
    project.build("--drafts")
    assert words(project, LABELS["clinician"]) not in facts(project.page("fr", "drain"))


# --- the page of a code ---------------------------------------------------------------------------


def publish(project: SampleProject) -> str:
    project.run("review", "publish", "fr", "--leaflet", "drain", "--edition", "print 2026-03",
                "--reviewer", "c-desk")  # fmt: skip
    return code(project)


def looked_up(project: SampleProject, which: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(project.path(f"build/verify/{which}.html").read_bytes())


def test_the_page_of_a_code_stays_and_says_what_became_of_the_text(project):
    reviewed(project)
    which = publish(project)
    project.build()
    page = looked_up(project, which)
    text = page.text_content()
    assert words(project, "This is the newest version.") in text
    assert words(project, LABELS["clinician"]) in text
    assert "print 2026-03" in text
    assert page.attrib["lang"] == "fr"

    project.translate("fr", "drain", DOSE, "Videz le drain deux fois par jour.")
    sign(project, "r-named", "reviser")
    sign(project, "r-shy", "clinician")
    project.build()
    page = looked_up(project, which)
    assert words(project, "There is a newer version.") in page.text_content()
    assert [one.text for one in page.iter("ins")]
    newer = code(project)
    assert f"{newer[:5]}-{newer[5:]}" in page.text_content()
    assert page.xpath('//a[@href="../fr/drain.html"]')

    project.replace(DRAIN, "version:", "withdrawn: 2026-02-28\nwithdrawn-because: Wrong.\nversion:")
    project.build()
    text = looked_up(project, which).text_content()
    assert words(project, "This leaflet was withdrawn") in text

    project.path(DRAIN).unlink()
    project.build(code=1)  # another leaflet still links to it
    assert words(project, "This leaflet was withdrawn") in looked_up(project, which).text_content()


def test_a_leaflet_that_is_held_back_says_so_at_its_code(project):
    reviewed(project)
    which = publish(project)
    project.translate("fr", "drain", DOSE, "Videz-le.")
    project.build()
    text = looked_up(project, which).text_content()
    assert "contrôle" in text or words(
        project,
        "Its text is being checked or corrected. Do not rely on older copies of it, on screen "
        "or on paper.",
    ) in text  # fmt: skip


def test_a_build_without_the_ledger_removes_no_page_of_a_code(project):
    reviewed(project)
    which = publish(project)
    project.build()
    shutil.rmtree(project.path("reviews/fr"))
    project.build("--drafts")
    assert project.path(f"build/verify/{which}.html").exists()


@pytest.mark.pdf
def test_paper_leads_to_the_page_of_its_code_and_preflight_reads_it_back(project):
    reviewed(project)
    publish(project)
    project.run("build", "fr", "--leaflet", "drain", "--jobs", "1")
    project.run("build", "fr", "--leaflet", "drain-plan", "--jobs", "1")
    project.run("build", "en", "--jobs", "1")
    project.run("preflight", "fr")
    page = project.path("build/fr/drain.html")
    label = words(project, LABELS["clinician"])
    assert label in page.read_text(encoding="utf-8")
    page.write_text(page.read_text(encoding="utf-8").replace(label, "X"), encoding="utf-8")
    found = project.run("preflight", "fr", code=1)
    assert "does not say what the ledger says" in found.output


# --- changes that can harm ------------------------------------------------------------------------


def say_of_changes(project: SampleProject, setting: str) -> None:
    """Set what becomes of changes that can harm, and require nobody to sign."""
    table = f'[tool.ankl_i18n.review]\nrequire = []\nsafety-change = "{setting}"\n'
    nobody = "require-required = []\n"
    settings = project.text("pyproject.toml")
    project.path("pyproject.toml").write_text(f"{table}{nobody}\n{settings}")


@pytest.mark.parametrize("setting", ["off", "notice", "hold"])
@pytest.mark.parametrize("updated", [False, True])
def test_better_english_than_old(tmp_path, setting, updated):
    project = make(tmp_path)
    say_of_changes(project, setting)
    project.build()
    project.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    if updated:
        project.run("extract")
        project.run("update")
    project.build()
    text = project.page("fr", "drain").text_content()
    says = words(
        project,
        "Something important in this leaflet has changed. The new text is not translated yet. "
        "It is shown in the original language.",
    )
    assert (says in text) is (setting == "notice")
    assert ("Empty the drain 3 times a day." in text) is (setting != "hold")
    assert (words(project, "This leaflet was withdrawn") in text) is (setting == "hold")
    if setting == "hold":
        why = project.run("coverage", "--format", "json").stdout
        assert "a safety change is not translated yet" in why


def test_a_harmless_change_holds_nothing_back(tmp_path):
    project = make(tmp_path)
    table = (
        '\n[tool.ankl_i18n.review]\nrequire = []\nrequire-required = []\nsafety-change = "hold"\n'
    )
    project.path("pyproject.toml").write_text(project.text("pyproject.toml") + table)
    project.replace(DRAIN, "Your nurse gives you", "Your nurse hands you")
    project.run("extract")
    project.run("update")
    project.build()
    assert "Your nurse hands you" in project.page("fr", "drain").text_content()


def test_impact_names_what_is_void_and_the_codes_in_print(project):
    reviewed(project)
    which = publish(project)
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        git(project.root, *command)
    project.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    found = json.loads(project.run("impact", "--format", "json").stdout)
    (change,) = found["changes"]
    assert (change["void"], change["in_print"]) == (2, [which])
    shown = project.run("impact").stdout
    assert f"in print with the old text: {which}" in shown
    assert "no longer signed: 2 acts" in shown
    project.replace(DRAIN, "Empty the drain 3 times a day.", DOSE)
    assert json.loads(project.run("impact", "--format", "json").stdout)["changes"] == []
