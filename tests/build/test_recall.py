"""A leaflet that its publisher withdraws: every address of it says so, in the reader's language."""

from __future__ import annotations

import re

import lxml.etree
import pytest

from sample_project import LANGUAGES, make

TAGS = ("en", *LANGUAGES)
REASON = "A dose in it was wrong."
REASON_FR = "Une dose y était fausse."
USE_NO_MORE = "Do not use it any more, on screen or on paper."
ATOM = {"a": "http://www.w3.org/2005/Atom"}
TITLE = "title: Your drain at home"


@pytest.fixture
def project(tmp_path):
    sample = make(tmp_path / "project")
    sample.build()
    return sample


def recall(project, reason: str = REASON) -> None:
    """Withdraw the leaflet, as the command writes it."""
    fields = f'withdrawn: 2026-02-20\nwithdrawn-because: "{reason}"\n'
    project.replace("source/drain.md", TITLE, f"{fields}{TITLE}")


def notice(project, tag: str) -> str:
    """Return what a page says, which must be that of a notice."""
    page = project.page(tag, "drain")
    assert page.body.get("class") == "withdrawn"
    return " ".join(page.xpath("//main")[0].text_content().split())


def entries(project, tag: str):
    return lxml.etree.fromstring(project.path(f"build/{tag}/feed.xml").read_bytes()).findall(
        "a:entry", namespaces=ATOM
    )


def test_every_language_says_so_at_once(project):
    recall(project)
    out = project.build().stdout
    assert "Withdrawn by its publisher: drain, 2026-02-20" in out
    assert "Not published" not in out
    for tag in TAGS:
        said = notice(project, tag)
        assert REASON in said
        assert (project.words(tag, USE_NO_MORE) if tag != "en" else USE_NO_MORE) in said
        assert "Empty the drain" not in project.text(f"build/{tag}/drain.html")
    assert project.page("ar", "drain").xpath(f"//span[text()='{REASON}']/@lang") == ["en"]
    # Readers can go on to the same notice in their language.
    assert len(project.page("fr", "drain").xpath("//nav[@class='languages']//a")) == len(TAGS)


def test_it_is_no_longer_in_any_list(project):
    recall(project)
    project.build()
    for tag in TAGS:
        assert "drain.html" not in project.page(tag, "index").xpath("//main//@href")
        assert "drain.html" not in project.text(f"build/{tag}/sitemap.xml")
        newest = entries(project, tag)[0]
        assert newest.findtext("a:updated", namespaces=ATOM) == "2026-02-20T00:00:00Z"
        assert REASON in newest.findtext("a:summary", namespaces=ATOM)
    words = project.words("es", "This leaflet was withdrawn")
    assert entries(project, "es")[0].findtext("a:title", namespaces=ATOM).startswith(words)


def test_the_reason_is_a_text_for_translators(project):
    recall(project)
    project.run("extract")
    project.run("update")
    project.translate("fr", "drain", REASON, REASON_FR)
    project.build()
    assert REASON_FR in notice(project, "fr")
    assert REASON not in notice(project, "fr")
    assert REASON in notice(project, "ar")


def test_a_build_from_nothing_has_the_notices(project, tmp_path):
    recall(project)
    project.build()
    before = project.built()
    clean = make(tmp_path / "clean")
    recall(clean)
    clean.build()
    assert clean.built() == before


def test_links_lead_to_the_notice_in_the_readers_language(project):
    recall(project)
    project.build()
    trail = project.page("fr", "drain-plan").xpath("//nav[@class='trail']//a/@href")
    assert trail == ["index.html", "drain.html"]


def test_undone_it_is_as_it_was(project):
    before = project.built()
    text = project.text("source/drain.md")
    recall(project)
    project.build()
    project.path("source/drain.md").write_text(text, encoding="utf-8")
    project.build()
    assert project.built() == before


WORSE = {
    "catalog": ("locale/fr/LC_MESSAGES/drain.po", 'msgid "', "msgid "),
    "front matter": ("source/drain.md", "version:", "verson:"),
    "no reason": ("source/drain.md", "withdrawn-because:", "withdrawn-becouse:"),
    "picture": ("source/drain.md", "images/drain.svg", "images/none.svg"),
}


@pytest.mark.parametrize("kind", WORSE)
def test_no_slip_brings_it_back(project, kind):
    """Nor does one that is made together with the withdrawal."""
    recall(project)
    project.replace(*WORSE[kind])
    project.build(code=None)
    assert all(notice(project, tag) for tag in TAGS)
    project.build("--drafts", code=None)
    assert all(notice(project, tag) for tag in TAGS)


def test_a_printed_code_leads_to_a_notice_where_no_pdf_is_made(project):
    old = project.path("build/fr/drain-a4-large-print.pdf")
    old.write_bytes(b"from an earlier build")
    recall(project)
    project.build()
    assert not old.exists()
    assert notice(project, "fr")


@pytest.mark.pdf
def test_pdfs_say_so_and_preflight_reads_them(project):
    project.run("withdraw", "drain", "--reason", "A dose in it was “wrong”: < 4 mg.")
    assert len(list(project.path("build").rglob("drain-[al]*.pdf"))) == len(TAGS) * 2
    project.run("build")
    found = project.run("preflight")
    assert found.stdout.startswith("24 files")
    assert set(re.findall(r"\[([\w-]+)\]", found.stderr)) <= {"pages"}
    project.build()  # of pages alone
    assert len(list(project.path("build").rglob("drain-[al]*.pdf"))) == len(TAGS) * 2


# --- the command ----------------------------------------------------------------------------


def withdraw(project, *arguments: str, code: int = 0):
    return project.run("withdraw", "drain", "--reason", *arguments, code=code)


@pytest.fixture
def without_pdfs(monkeypatch):
    """Let the command build pages alone: nothing here looks at PDFs."""
    monkeypatch.setattr("ankl_i18n.cli.site.build_again", lambda *_: 0)


@pytest.mark.parametrize(
    "reason", ["A dose was wrong.", "„Nein“: 3 < 4, # *so* \\ it's 5 %", "用法有误"]
)
def test_the_command_writes_two_lines_and_nothing_else(project, without_pdfs, reason):
    before = project.text("source/drain.md")
    withdraw(project, reason)
    after = project.text("source/drain.md")
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line.partition(":")[0] for line in new] == ["withdrawn", "withdrawn-because"]
    assert new[0] == "withdrawn: 2026-03-01"
    assert "".join(line + "\n" for line in after.splitlines() if line not in new) == before
    project.build()
    assert "wrong" not in reason or reason in notice(project, "en")


def test_the_command_keeps_line_ends(project, without_pdfs):
    path = project.path("source/drain.md")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    withdraw(project, "A dose was wrong.")
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_free_front_matter_need_not_be_there(project, without_pdfs):
    project.replace("pyproject.toml", "base-url", 'front-matter = "free"\nbase-url')
    text = project.text("source/drain.md")
    project.path("source/drain.md").write_text(text.split("---\n")[2], encoding="utf-8")
    withdraw(project, REASON)
    project.build("--drafts", code=None)
    assert REASON in notice(project, "en")


def test_a_leaflet_that_cannot_be_read_can_be_withdrawn(project, without_pdfs):
    project.replace("source/drain.md", "version:", "verson:")
    withdraw(project, REASON)
    project.build(code=1)
    assert all(notice(project, tag) for tag in TAGS)


def test_what_the_command_refuses(project, without_pdfs):
    assert (
        "there is no leaflet tube"
        in project.run("withdraw", "tube", "--reason", "x", code=2).stderr
    )
    assert "--reason: error: it is empty" in withdraw(project, " ", code=1).stderr
    withdraw(project, REASON)
    again = withdraw(project, "Another reason.", code=1)
    assert "source/drain.md:18: error: it is already withdrawn" in again.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("withdrawn: 2026-02-20\n", "", "withdrawn-because: say on which day it was withdrawn"),
        (f'withdrawn-because: "{REASON}"\n', "", "withdrawn: say why, for its readers"),
        ("withdrawn: 2026-02-20", "withdrawn: today", "withdrawn: 'today' is not a date"),
    ],
)
def test_half_a_withdrawal_is_an_error(project, old, new, message):
    recall(project)
    project.replace("source/drain.md", old, new)
    assert message in project.build(code=1).stderr
