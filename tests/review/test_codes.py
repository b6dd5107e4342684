"""What a code leads to, whatever became of its leaflet; carried acts in every format."""

from __future__ import annotations

import re
import zipfile

import lxml.html
import pypdfium2
import pytest
import zxingcpp
from test_review_pages import DRAIN, code, facts, looked_up, publish, reviewed, with_policy

from ankl_i18n.html.signed import LABELS, WORTH
from ankl_i18n.preflight.reading import squeezed, text_of
from sample_project import SampleProject, make

HOUSE = """
[tool.ankl_i18n.publisher]
name = "Invented Clinic"
disclaimer = "In an emergency call your doctor."
"""


@pytest.fixture
def project(tmp_path) -> SampleProject:
    return with_policy(make(tmp_path))


def sign(project: SampleProject, tag: str, reviewer: str, role: str, leaflet: str = "drain"):
    command = ("review", "sign", tag, leaflet, "--reviewer", reviewer, "--role", role)
    shown = project.run(*command, code=None)
    root = shown.output.partition("--yes-i-read ")[2].split()[0]
    project.run(*command, "--yes-i-read", root)


# --- carried --------------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_page_pdf_and_book_say_that_a_check_was_carried(project, tag):
    """In the reader's language: only small things have changed since."""
    sign(project, tag, "r-named", "reviser")
    sign(project, tag, "r-shy", "clinician")
    project.replace(DRAIN, "How to look after a drain.", "How to look after a drain!")
    project.run("extract")
    said = project.run("update", tag, "--carry-cosmetic").output
    assert list(project.path(f"reviews/{tag}/drain").glob("*-carry-*.toml")), said
    for only in ("html", "pdf", "epub"):
        project.run("build", tag, "--leaflet", "drain", "--only", only, "--jobs", "1")
    note = project.words(tag, WORTH["carried"])
    assert note not in ("", WORTH["carried"])
    shown = facts(project.page(tag, "drain"))
    assert note in shown[project.words(tag, LABELS["reviser"])]
    assert note not in shown[project.words(tag, LABELS["clinician"])]  # its texts are as they were
    (paper,) = project.path(f"build/{tag}").glob("drain*a4.pdf")
    pages = [text_of(page.get_textpage()) for page in pypdfium2.PdfDocument(paper)]
    assert squeezed("".join(pages)).count(squeezed(note)) == 1
    (book,) = project.path(f"build/{tag}").glob("drain*.epub")
    with zipfile.ZipFile(book) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if "html" in name]
    assert sum(re.sub("<[^>]*>", "", one).count(note) for one in texts) == 1


# --- codes ----------------------------------------------------------------------------------------


@pytest.mark.pdf
def test_the_code_on_paper_can_be_scanned(project):
    reviewed(project)
    which = publish(project)
    project.run("build", "fr", "--leaflet", "drain", "--only", "pdf", "--jobs", "1")
    (paper,) = project.path("build/fr").glob("drain*a4.pdf")
    scanned = [
        one.text
        for page in pypdfium2.PdfDocument(paper)
        for one in zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    ]
    assert scanned == [f"https://leaflets.example/verify/{which}.html"]


def test_a_leaflet_with_a_new_name_is_what_its_code_leads_to(project):
    """Paper in a drawer says what is right: it was renamed, and not withdrawn."""
    reviewed(project)
    which = publish(project)
    for old in project.root.rglob("drain.*"):
        if "build" not in old.parts and "reviews" not in old.parts and old.suffix != ".svg":
            old.rename(old.with_name(old.name.replace("drain", "wound-drain")))
    project.replace("source/drain-plan.md", "drain.md", "wound-drain.md")
    project.run("extract")
    project.build("--drafts")
    page = looked_up(project, which)
    assert project.words("fr", "This is the newest version.") in page.text_content()
    assert page.xpath('//a[@href="../fr/wound-drain.html"]')
    assert "wound-drain, fr" in project.run("review", "verify", which).output
    # Its text has changed since: the settings say what it is called now.
    settings = project.text("pyproject.toml")
    project.path("pyproject.toml").write_text(
        f'{settings}\n[tool.ankl_i18n.redirects]\ndrain = "wound-drain"\n', encoding="utf-8"
    )
    project.translate("fr", "wound-drain", "What comes next", "Et ensuite")
    project.build("--drafts")
    text = looked_up(project, which).text_content()
    assert project.words("fr", "There is a newer version.") in text


def test_a_language_that_is_no_longer_there_keeps_the_pages_of_its_codes(project):
    reviewed(project)
    which = publish(project)
    project.replace("pyproject.toml", '["fr", "ar", "es"]', '["ar", "es"]')
    project.build()
    text = looked_up(project, which).text_content()
    assert project.words("fr", "This leaflet was withdrawn") in text


def test_a_code_that_was_printed_twice_names_both_editions(project):
    reviewed(project)
    which = publish(project)
    project.run("review", "publish", "fr", "--leaflet", "drain", "--edition", "web",
                "--reviewer", "c-desk")  # fmt: skip
    project.build()
    said = [one.text for one in looked_up(project, which).xpath('//div[@class="staff"]//li')]
    assert sorted(said) == ["2026-03-01: print 2026-03 (c-desk)", "2026-03-01: web (c-desk)"]


def test_what_the_publisher_says_is_recorded_with_an_edition(project):
    """It is no part of the leaflet's root: the code stays, and the page says what is new."""
    settings = project.text("pyproject.toml")
    project.path("pyproject.toml").write_text(settings + HOUSE, encoding="utf-8")
    project.run("extract")
    project.run("update")
    for msgid, msgstr in (
        ("Invented Clinic", "Clinique inventée"),
        ("In an emergency call your doctor.", "En cas d’urgence, appelez votre médecin."),
    ):
        project.translate("fr", "publisher", msgid, msgstr)
    reviewed(project)
    which = publish(project)
    (act,) = project.path("reviews/fr/drain").glob("*-publish-*.toml")
    text = act.read_text(encoding="utf-8")
    assert "En cas d’urgence, appelez votre médecin." in text
    assert re.search(r'checks = \{ program = "\d', text)
    project.build()
    assert not looked_up(project, which).xpath("//ins")
    assert "has changed since" not in project.run("review", "verify", which).output
    project.translate("fr", "publisher", "In an emergency call your doctor.",
                      "En cas d’urgence, appelez le 112.")  # fmt: skip
    assert code(project) == which
    project.build()
    page = looked_up(project, which)
    assert project.words("fr", "This is the newest version.") in page.text_content()
    assert [one.text_content() for one in page.xpath("//ins")][-1:] == ["le 112"]
    assert "The publisher's texts around it have changed" in project.run(
        "review", "verify", which
    ).output  # fmt: skip


def test_two_editions_of_other_texts_with_one_code_are_told(project, monkeypatch):
    """As after a merge of two branches: nobody could tell which one is meant."""
    for module in ("act_files", "content"):
        monkeypatch.setattr(f"ankl_i18n.review.{module}.code_of", lambda _: "AAAAAAAAAA")
    monkeypatch.setattr("ankl_i18n.review.codes.check_code", lambda *_: None)
    reviewed(project)
    publish(project)
    project.translate("fr", "drain", "What comes next", "Et ensuite")
    reviewed(project)
    publish(project)
    told = project.run("review", "verify", code=1).output
    assert "the code AAAAAAAAAA is that of another text, too" in told


def test_the_page_of_a_code_names_nothing_that_it_does_not_know(project):
    reviewed(project)
    which = publish(project)
    project.build()
    page = lxml.html.tostring(looked_up(project, which)).decode()
    assert "Bo Example" not in page
    assert "noindex" in page
