"""The interface strings that come with the package: whole, checked, and shown in every language.

Readers of a new project find no English in the frame of a page, but the notice that its words
are a draft.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import polib
import pytest

from ankl_i18n.build import content
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import bundled_locale
from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks import check
from ankl_i18n.errors import Severity
from ankl_i18n.html import page as html
from ankl_i18n.html.records import Frame, Notice
from ankl_i18n.languages import language
from ankl_i18n.settings import load
from sample_project import run

CASE = Path(__file__).parents[1] / "cases" / "interface"
CATALOGS = {
    path.parts[-3].replace("_", "-"): path
    for path in sorted(bundled_locale().glob("*/LC_MESSAGES/ui.po"))
}
TAGS = list(CATALOGS)
ENGLISH = language("en")
MSGIDS = {
    text
    for entry in polib.pofile(str(bundled_locale() / "ui.pot"))
    for text in (entry.msgid, entry.msgid_plural)
    if text
}
DRAFT = (
    "Draft translation",
    "A professional has not checked this translation yet. "
    "Please go through it with your care team before you rely on it.",
)
LATE = "1780000000"  # 28 May 2026: the leaflet was due to be checked again
# On paper, one of each way that lines run and letters are joined.
ON_PAPER = ("am", "bn", "ckb", "he", "hy", "ka", "km", "mn", "my", "ru", "si", "tr")


def english_of(tag: str) -> set[str]:
    """Return the interface strings, without words that a language shares with English."""
    said = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGS[tag]))}
    return {text for text in MSGIDS if " " in text or said.get(text) != text}


def shown(page: bytes | str) -> set[str]:
    """Return the texts of a page, those read aloud too, without the notice in English."""
    tree = lxml.html.fromstring(page)
    for notice in tree.find_class("notice-original"):
        notice.drop_tree()
    texts = [*tree.itertext(), *tree.xpath("//@aria-label | //@title | //@alt | //@content")]
    return {" ".join(text.split()) for text in texts}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project in all languages of the package, its leaflet not yet translated."""
    root = tmp_path_factory.mktemp("interface")
    shutil.copytree(CASE, root, dirs_exist_ok=True)
    assert run("extract", "--project", str(root)).exit_code == 0
    added = run("add", *TAGS, "--project", str(root))
    assert added.exit_code == 0, added.output + added.stderr
    return root


@pytest.fixture(scope="module")
def pages(project: Path) -> Path:
    """The folder of its pages."""
    options = ("--only", "html", "--drafts", "--jobs", "1", "--project", str(project))
    built = run("build", *options, SOURCE_DATE_EPOCH=LATE)
    assert built.exit_code == 0, built.output + built.stderr
    return project / "build"


# --- catalogs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_catalog_is_whole_and_says_what_it_is(tag: str) -> None:
    catalog = polib.pofile(str(CATALOGS[tag]))
    template = polib.pofile(str(bundled_locale() / "ui.pot"))
    assert [entry.msgid for entry in catalog if not entry.obsolete] == [
        entry.msgid for entry in template
    ]
    assert catalog.percent_translated() == 100
    spoken = language(tag)
    assert catalog.metadata["Language"] == spoken.gettext_id == CATALOGS[tag].parts[-3]
    assert catalog.metadata["Plural-Forms"] == spoken.plural_forms
    assert catalog.metadata["X-Review-State"] in ("draft", "reviewed")
    if catalog.metadata["X-Review-State"] == "draft":
        assert "language model" in catalog.header  # how it was made


@pytest.mark.parametrize("tag", TAGS)
def test_catalog_passes_the_checks(tag: str, tmp_path: Path) -> None:
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "ui.mo", CATALOGS[tag]], check=True)
    found = check(po.read(CATALOGS[tag]), language(tag), ENGLISH)
    assert [str(one) for one in found if one.severity is not Severity.HINT] == []


@pytest.mark.parametrize("tag", TAGS)
def test_no_full_stop_stands_after_that_of_a_date(tag: str) -> None:
    day = language(tag).format_date(datetime.date(2026, 5, 31))
    texts = [entry.msgstr for entry in polib.pofile(str(CATALOGS[tag])) if "{date}" in entry.msgid]
    assert texts
    for text in texts:
        assert not re.search(r"[.][.։।]", text.replace("{date}", day))


# --- pages --------------------------------------------------------------------------------------


def test_the_leaflet_shows_most_of_them(pages: Path) -> None:
    english = shown((pages / "en" / "parts.html").read_bytes())
    french = shown((pages / "fr" / "parts.html").read_bytes())
    said = {entry.msgstr for entry in polib.pofile(str(CATALOGS["fr"]))}
    assert len(MSGIDS & english) >= 20
    assert len(said & french) >= 22


@pytest.mark.parametrize("tag", TAGS)
def test_pages_say_nothing_of_their_own_in_english(pages: Path, tag: str) -> None:
    for name in ("parts", "index"):
        assert shown((pages / tag / f"{name}.html").read_bytes()) & english_of(tag) == set(), name


@pytest.mark.parametrize("tag", TAGS)
def test_what_stands_for_a_withdrawn_leaflet_says_nothing_in_english(
    project: Path, tag: str
) -> None:
    words = content.words(Project(load(project)), tag)
    frame = Frame(language(tag))
    for target in (ENGLISH, language(tag), None):
        notice = Notice(html.Markup("Title"), "parts.html", target)
        assert shown(html.withdrawn(frame, words, notice)) & english_of(tag) == set()


@pytest.mark.parametrize("tag", TAGS)
def test_the_draft_notice_stands_in_english_below_its_translation(pages: Path, tag: str) -> None:
    tree = lxml.html.fromstring((pages / tag / "parts.html").read_bytes())
    notice = tree.find_class("notice")[0]
    said = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGS[tag]))}
    texts = [paragraph.text_content() for paragraph in notice.findall("p")]
    is_draft = polib.pofile(str(CATALOGS[tag])).metadata["X-Review-State"] == "draft"
    assert texts[0].replace("\u00a0", " ") == said[DRAFT[0]].replace("\u00a0", " ")
    assert tuple(texts[2:]) == (DRAFT if is_draft else ())


def test_pages_in_english_have_no_notice(pages: Path) -> None:
    tree = lxml.html.fromstring((pages / "en" / "parts.html").read_bytes())
    assert not tree.find_class("notice-original")


# --- paper --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.pdf
@pytest.mark.parametrize("tag", ON_PAPER)
def test_pdf_says_nothing_of_its_own_in_english(project: Path, tag: str) -> None:
    options = ("--only", "pdf", "--drafts", "--paper", "a4", "--jobs", "1")
    built = run("build", tag, *options, "--project", str(project), SOURCE_DATE_EPOCH=LATE)
    assert built.exit_code == 0, built.output + built.stderr
    path = project / "build" / tag / "parts-a4.pdf"
    told = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    text = " ".join(told.stdout.decode().split())
    assert DRAFT[0] in text
    assert DRAFT[1] in text
    for notice in DRAFT:
        text = text.replace(notice, "")
    long = {msgid for msgid in english_of(tag) if " " in msgid}  # words may stand in the leaflet
    assert [msgid for msgid in long if msgid in text] == []
