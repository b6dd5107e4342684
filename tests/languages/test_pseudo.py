"""Pseudo-locales: whatever is left undisguised on a page is text that no one can translate."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.languages.pseudo import PADDING, RTL_LETTERS, pseudo
from sample_project import EPOCH, REPOSITORY, SampleProject, make, run

CASE = Path(__file__).parents[1] / "cases" / "pseudo" / "everything.md"
LTR, RTL = language("qps-ploc"), language("qps-plocm")
ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "label")
# What no one translates: code, days from CLDR, a web address.
NAMES = "self::code or self::pre or self::time or string(.) = @href"
NOT_WORDS = re.compile(r"https?://\S+|\bA4\b|\bLetter\b|\b[A-Z][a-z]+ \d{1,2}, \d{4}\b")


def unmarked(page: lxml.html.HtmlElement) -> list[str]:
    """Return every text a reader meets that still has plain Latin letters.

    Text in an element with another language than the page's is left out.
    """
    endonym = language(page.get("lang")).endonym
    return [
        text
        for text in _texts(page, page.get("lang"))
        if text.strip() != endonym and re.search("[A-Za-z]", NOT_WORDS.sub("", text))
    ]


def _texts(element: lxml.html.HtmlElement, lang: str) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("style", "script"):
        return
    if element.get("lang", lang) != lang or element.xpath(NAMES):
        return
    yield from (element.get(name, "") for name in ATTRIBUTES)
    if element.tag == "meta" and element.get("name") == "description":
        yield element.get("content")
    yield element.text or ""
    for child in element:
        yield from _texts(child, lang)
        yield child.tail or ""


@pytest.fixture
def project(tmp_path):
    sample = make(tmp_path)
    shutil.copy(CASE, tmp_path / "source")
    return sample


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> SampleProject:
    """This repository's own leaflets, in the pseudo-locales."""
    root = tmp_path_factory.mktemp("repository")
    for name in ("source", "locale"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    project = SampleProject(root)
    tags = ("en", "qps-ploc", "qps-plocm")
    options = ("--pseudo", "--only", "html", "--jobs", "1", "--project", str(root))
    result = run("build", *tags, *options)
    assert "Pseudo-locale (qps-ploc)" in result.stdout, result.output
    return project


def pages(project: SampleProject) -> dict[str, lxml.html.HtmlElement]:
    return {
        name: lxml.html.document_fromstring(data)
        for name, data in project.built().items()
        if name.startswith("qps-")
    }


# --- no text is left -----------------------------------------------------------------------


def test_no_text_is_left_on_any_page(project):
    project.build("--pseudo", "--drafts")
    found = pages(project)
    assert len(found) == 10
    assert {name: unmarked(page) for name, page in found.items()} == {name: [] for name in found}
    assert not [name for name, page in found.items() if page.find_class("untranslated")]


def test_no_text_is_left_on_the_pages_of_this_repository(repository):
    found = pages(repository)
    assert len(found) >= 6
    assert {name: unmarked(page) for name, page in found.items()} == {name: [] for name in found}


@pytest.mark.parametrize(
    ("place", "html"),
    [
        (".//h1", "Plain text"),
        (".//p", "Đîšĝûîšéđ, then plain"),
        (".//main", '<img src="data:," alt="a picture">'),
        (".//main", '<nav aria-label="Languages"></nav>'),
        (".//main", '<abbr title="natural killer">ŇĶ</abbr>'),
        (".//main", '<p lang="qps-plocm">Marked with the language of the page</p>'),
        (".//table", "<caption>Table 1</caption>"),
        (".//head", '<meta name="description" content="What this is about">'),
        (".//title", "A leaflet"),
    ],
)
def test_text_that_is_left_is_found(project, place, html):
    project.build("--pseudo")
    page = pages(project)["qps-plocm/everything.html"]
    assert unmarked(page) == []
    element = page.find(place)
    if html.startswith("<"):
        element.append(lxml.html.fragment_fromstring(html))
    else:
        element.text = html
    assert len(unmarked(page)) == 1


def test_a_page_word_that_nobody_can_translate_is_found(project, monkeypatch):
    attribute = Words.attribute
    monkeypatch.setattr(
        Words,
        "attribute",
        lambda words, msgid, **values: msgid if msgid == "Table" else attribute(words, msgid),
    )
    project.build("--pseudo")
    assert unmarked(pages(project)["qps-ploc/everything.html"]) == ["Table"]


# --- built like any language ---------------------------------------------------------------


def test_pseudo_locales_are_built_like_languages(project):
    project.build("--pseudo")
    names = {name.removeprefix("qps-ploc/") for name in project.built() if "qps-ploc/" in name}
    leaflets = {"drain.html", "drain-plan.html", "everything.html"}
    assert names == {*leaflets, "index.html", "accessibility.html"}
    for spoken in (LTR, RTL):
        page = project.page(spoken.tag, "drain")
        root = page.getroottree().getroot()
        assert (root.get("lang"), root.get("dir")) == (spoken.tag, spoken.direction)
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    hreflangs = project.page("fr", "drain").xpath("//link[@rel='alternate']/@hreflang")
    assert {"qps-ploc", "qps-plocm"} <= set(hreflangs)


def test_readers_never_get_them(project):
    project.build()
    assert not [name for name in project.built() if "qps" in name]
    assert not [name for name, data in project.built().items() if b"qps-" in data]


def test_one_can_be_named(project):
    project.build("qps-ploc")
    assert "qps-ploc/drain.html" in project.built()


def test_marks_and_addresses_stay(repository):
    def marks(tag: str, name: str) -> list[tuple[str, ...]]:
        (body,) = repository.page(tag, name).find_class("text")
        wanted = ("a", "strong", "em", "img", "code", "sup", "dt", "td", "abbr")
        return [
            (element.tag, element.get("href", ""), element.get("id", ""))
            for element in body.iter(*wanted)
            if not element.xpath("ancestor::section[@class='about']")
        ]

    for name in ("ankl", "words"):
        assert len(marks("en", name)) > 10
        assert marks("qps-ploc", name) == marks("qps-plocm", name) == marks("en", name)


# --- the disguise itself -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("msgid", "disguised"),
    [
        ("fever", "ƒéṽéŕ ··"),
        ("Call *now*", "Çàļļ *ñöŵ* ···"),
        ("See [the list](words.md#all).", "Šéé [ţĥé ļîšţ](words.md#all). ····"),
        ("![A drop](<images/a (b).svg>)", "![À đŕöƥ](<images/a (b).svg>) ··"),
        ("a <b class='x'>tag</b>", "à <b class='x'>ţàĝ</b> ··"),
        ("by {date}", "ƀý {date} ·"),
        ("fish &amp; chips", "ƒîšĥ &amp; çĥîƥš ····"),
        ("run `ls`", "ŕûñ `ls` ·"),
        ("a note[^note]", "à ñöţé[^note] ··"),
        ("at https://example.org/x", "àţ https://example.org/x ·"),
        ("38 °C", "38 °Ç ·"),
        ("2026", "2026"),
        ("ANKL", "ÀÑĶĻ"),
        (r"\[x\]", r"\[ẋ\] ·"),
    ],
)
def test_disguise(msgid, disguised):
    assert pseudo(msgid, LTR) == disguised


def test_the_disguise_is_two_fifths_longer():
    text = "A sentence of the usual length, for a leaflet."
    letters = sum(map(str.isalpha, text))
    for spoken, padding in ((LTR, PADDING), (RTL, RTL_LETTERS)):
        longer = pseudo(text, spoken)[len(text) :]
        assert longer.startswith(" ")
        assert set(longer[1:]) <= set(padding)
        assert len(longer[1:]) == round(0.4 * letters)


def test_every_build_is_the_same(project):
    project.run("build", "qps-ploc", "--only", "html", SOURCE_DATE_EPOCH=EPOCH)
    one = project.built()
    shutil.rmtree(project.path("build"))
    project.run("build", "qps-ploc", "--only", "html", SOURCE_DATE_EPOCH=EPOCH)
    assert project.built() == one
