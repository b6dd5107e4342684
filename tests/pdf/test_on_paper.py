"""What paper asks for: the danger box first, pages of references, lines to write on."""

from __future__ import annotations

import functools
import io
import re
from typing import Any

import pikepdf
import pypdfium2
import pytest
from test_pdf import told
from test_readback import REPOSITORY, made, page
from weasyprint.layout import page as layout

from ankl_i18n.build import content, outputs
from ankl_i18n.build.jobs import jobs
from ankl_i18n.catalogs.project import Project
from ankl_i18n.html.body import body
from ankl_i18n.html.danger import MARK_TYPE, danger_first
from ankl_i18n.html.localize import localize
from ankl_i18n.html.records import shortened
from ankl_i18n.html.surroundings import Surroundings, Target
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.pdf.render import pdf
from ankl_i18n.preflight.reading import squeezed
from ankl_i18n.settings import Options, load
from ankl_i18n.source import markdown, parse
from sample_project import make

# Latin, Arabic, Han, Devanagari, Nastaliq, Thai and Tamil, the longest of all.
SCRIPTS = ("en", "ar", "zh-Hans", "hi", "ur", "th", "ta")
# What may be explained in brackets on paper.
BRACKETS = re.compile(r"[(（][^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)?[)）]")
HEAD = """---
title: Fever
summary: What to do.
audience: For all
trail: [Home]
version: "1"
published: 2026-01-31
updated: 2026-01-31
review-by: 2027-01-31
references: [A book.]
{}---

"""
BODY = """First words.

## Before {#before}

See [what to watch for](#watch) and [the words](#fever), or <https://care.example/>.

## Watch {#watch}

::: danger Do not wait

Call {ward-phone}, {ward-name}, or write it here: ________________

:::

More of this.

### Deeper {#deeper}

Much more.

## After {#after}

Last words.

Fever {#fever}
: A high temperature.
"""


@functools.cache
def opened(tag: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(REPOSITORY, tag, "ankl")))


def words(tag: str) -> list[str]:
    """Return the texts of the danger box of the leaflet about ANKL, its heading first."""
    with Project(load(REPOSITORY), Options()).traced():
        localized = content.localized(Project(load(REPOSITORY), Options()), "ankl", tag)
    tokens = danger_first(localized.tokens)
    end = next(i for i, one in enumerate(tokens) if one.type == "container_callout_close")
    return [markdown.plain(one.content) for one in tokens[:end] if one.type == "inline"]


def leads_to(tag: str, place: str) -> int:
    """Return the page (from 1) that the first link to a place leads to."""
    document = opened(tag)
    numbers = {one.obj.objgen: i for i, one in enumerate(document.pages, 1)}
    (said, *_) = re.findall(f'<a href="#{place}"[^>]*>(.*?)</a>', page(REPOSITORY, tag, "ankl"))
    words = " ".join(re.sub("<[^>]*>", "", said).split())
    for sheet in document.pages:
        for link in sheet.get("/Annots", []):
            if str(link.get("/Contents", "")) == words:
                return numbers[link.Dest[0].objgen]
    raise AssertionError(words)


# --- the danger box ------------------------------------------------------------------------------


def order(body: str) -> list[str]:
    tokens = danger_first(parse(body, "case.md", "case", front_matter="free").tokens)
    kept = ("inline", MARK_TYPE)
    return [one.content or "|" for one in tokens if one.type in kept]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("One.\n\n## A\n\n::: danger D\n\nX.\n\n:::\n\n## B\n", "A D X. | One. B"),
        ("## A\n\n::: danger D\n\nX.\n\n:::\n\n### A1\n\nY.\n\n## B\n", "A D X. A1 Y. | B"),
        ("## A\n\nOne.\n\n::: danger D\n\nX.\n\n:::\n\nTwo.\n", "D X. | A One. Two."),
        ("# T\n\nOne.\n\n::: danger D\n\nX.\n\n:::\n", "T D X. | One."),
        ("# T\n\n::: danger D\n\nX.\n\n:::\n\nOne.\n", "T D X. | One."),
        ("::: danger D\n\nX.\n\n:::\n\n::: danger E\n\nY.\n\n:::\n", "D X. | E Y."),
        ("::: danger D\n\n::: info I\n\nX.\n\n:::\n\nY.\n\n:::\n\nZ.\n", None),
        ("## A\n\n<!-- i18n: note N. -->\n\n::: danger D\n\nX.\n\n:::\n", "A D X. |"),
        ("One.\n\n::: warning W\n\nX.\n\n:::\n", "One. W X."),
        ("One.\n\n> ::: danger D\n>\n> X.\n>\n> :::\n", "One. D X."),
    ],
)
def test_what_is_moved(body: str, wanted: str | None) -> None:
    found = " ".join(order(body))
    if wanted is None:  # a box within is part of it, however the parser nests them
        assert found.startswith("D ")
        assert found.rstrip().endswith("Z.")
    else:
        assert found == wanted


def test_a_page_on_the_web_stays_as_it_is() -> None:
    tokens = parse(BODY, "case.md", "case", front_matter="free").tokens
    before = [one.as_dict() for one in tokens]
    danger_first(tokens)
    assert [one.as_dict() for one in tokens] == before


@pytest.mark.pdf
@pytest.mark.parametrize("tag", SCRIPTS)
def test_the_danger_box_begins_on_page_1_and_links_lead_there(tag: str) -> None:
    assert leads_to(tag, "get-help") == 1
    html = page(REPOSITORY, tag, "ankl")
    assert html.count("callout-danger first") == 1
    assert html.count('id="get-help"') == 1
    assert html.index('id="get-help"') < html.index("callout-danger first")
    assert html.index("callout-danger first") < html.index('<div class="text">')


@pytest.mark.pdf
@pytest.mark.parametrize("tag", SCRIPTS)
def test_the_whole_danger_box_is_on_page_1(tag: str) -> None:
    document = pypdfium2.PdfDocument(made(REPOSITORY, tag, "ankl"))
    boxes = [one for one in words(tag) if one]
    assert len(boxes) > 8
    if language(tag).direction == "ltr":
        text = squeezed(document[0].get_textpage().get_text_range())
        explained = BRACKETS.sub("", text)
        lost = [one for one in boxes if BRACKETS.sub("", squeezed(one)) not in explained]
        assert lost == []
    else:  # the tags have what is read, in its order
        said = squeezed(told(made(REPOSITORY, tag, "ankl")))
        places = [said.find(squeezed(one)[:12]) for one in boxes]
        assert places == sorted(places)
        assert -1 not in places


@pytest.mark.pdf
@pytest.mark.parametrize("count", [32, 40])
def test_one_page_tells_whether_the_danger_box_needs_room(monkeypatch, tmp_path, count) -> None:
    """Pages after it are laid out once, when the box has the room that it gets."""
    body = "".join(f"\nDo this at once, and do not wait, {i}.\n" for i in range(count))
    text = f"::: danger Do not wait\n{body}\n:::\n" + "\nMore of this.\n" * 200
    laid_out: list[int] = []
    make_page = layout.make_page

    def counted(*args: Any) -> Any:
        laid_out.append(args[4])
        return make_page(*args)

    monkeypatch.setattr(layout, "make_page", counted)
    project = leaflet(tmp_path, front="danger: first\n", body=text)
    pages = len(
        pypdfium2.PdfDocument(pdf(made_page(project), language("en"), paper="a4", source=""))
    )
    assert pages > 3
    assert laid_out[-pages:] == [*range(1, pages + 1)]
    assert len(laid_out) > pages
    assert set(laid_out[:-pages]) == {1}


@pytest.mark.pdf
def test_the_settings_let_every_danger_box_come_first(tmp_path) -> None:
    project = leaflet(tmp_path, '\n[tool.ankl_i18n.print]\ndanger = "first"\n')
    html = made_page(project)
    assert html.index("Do not wait") < html.index("First words.")
    project = leaflet(tmp_path / "other", '\n[tool.ankl_i18n.print]\ndanger = "first"\n',
                      "danger: in-place\n")  # fmt: skip
    html = made_page(project)
    assert html.index("First words.") < html.index("Do not wait")


# --- references ----------------------------------------------------------------------------------


def leaflet(folder, settings: str = "", front: str = "", body: str = BODY):
    project = make(folder)
    path = project.path("pyproject.toml")
    fields = '\n[tool.ankl_i18n.fields]\nward-name = {}\nward-phone = { kind = "telephone" }\n'
    path.write_text(path.read_text(encoding="utf-8") + fields + settings, encoding="utf-8")
    (folder / "source" / "fever.md").write_text(HEAD.format(front) + body, encoding="utf-8")
    return project


def made_page(project) -> str:
    found = Project(load(project.root), Options(("en",), only="pdf", papers=("a4",)))
    (job,) = [one for one in jobs(found) if one.name == "fever"]
    with found.traced():
        return str(outputs.make(found, job))


@pytest.mark.pdf
def test_a_link_says_its_page_and_addresses_are_printed(tmp_path) -> None:
    html = made_page(leaflet(tmp_path))
    data = pdf(html, language("en"), paper="a4", source="fever")
    text = " ".join(told_or_read(data).split())
    assert "what to watch for (page 1)" in text
    assert "the words (page 1)" in text
    assert text.count("https://care.example/") == 1


def told_or_read(data: bytes) -> str:
    return "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(data))


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("tag", "form"),
    [
        ("en", r"\(page \d+\)"),
        ("fr", r"\(page \d+\)"),
        ("zh-Hans", r"（第\d+页）"),
        ("ja", r"（\d+ページ）"),
        ("hi", r"\(पृष्ठ \d+\)"),
        ("th", r"\(หน้า \d+\)"),
        ("ar", r"\(صفحة [٠-٩]+\)"),
        ("fa", r"\(صفحهٔ [۰-۹]+\)"),
        ("ur", r"\(صفحہ \d+\)"),
    ],
)
def test_pages_are_named_in_the_language_and_its_digits(tag: str, form: str) -> None:
    data = made(REPOSITORY, tag, "ankl")
    text = told(data) if language(tag).direction == "rtl" else told_or_read(data)
    found = re.findall(form, " ".join(text.split()))
    assert len(found) > 10
    pages = len(opened(tag).pages)
    assert all(1 <= int("".join(c for c in one if c.isdigit())) <= pages for one in found)


@pytest.mark.pdf
def test_a_reference_names_the_page_that_its_link_leads_to() -> None:
    text = " ".join(told_or_read(made(REPOSITORY, "en", "ankl")).split())
    assert f"bone marrow (page {leads_to('en', 'bone-marrow')})" in text
    assert f"when to get help right away (page {leads_to('en', 'get-help')})" in text
    assert f"Cytopenia (page {leads_to('en', 'cytopenia')})" in text
    assert text.count("bone marrow (page") == 1
    assert leads_to("en", "cytopenia") > 3


LINKS = """See [what to watch for](#watch), [the same](#watch), or [virus](#fever) (V).

The [ward](#after)s, [the words](other.md), and [these](ankl.md) again in {}.

::: danger Do not wait

Read [the end](#after).

:::

It is [the end](#after).

## Watch {{#watch}}

## After {{#after}}

Fever {{#fever}}
: A high temperature.
"""


def told_of(text: str, tag: str) -> str:
    """Return what a leaflet in a language says on paper, with "#" for each page."""
    spoken, english = language(tag), language("en")
    document = parse(text, "case.md", "case", front_matter="free")
    localized = localize(document, spoken, spoken, lambda _: None)
    here = Target("x.html", spoken, title_html="Other words: <b>more</b>")
    words = Words(spoken, english, FORMS.get(tag, {}), lambda _: 0)
    around = Surroundings(lambda _: here, lambda _: None, words, on_paper=True)
    html = re.sub(r'<span class="on-page".*?data-before="([^"]*)" data-after="([^"]*)"></span>',
                  r"\1#\2", body(localized, around))  # fmt: skip
    return " ".join(re.sub("<[^>]*>", "", html).replace("\u2060", "~").split())


FORMS = {"th": {"(page {page})": ("(หน้า {page})",)}, "ja": {"(page {page})": ("（{page}ページ）",)},
         "ko": {"(page {page})": ("({page}쪽)",)}}  # fmt: skip


def test_references_stand_where_they_can_be_read_once_for_each_place() -> None:
    text = told_of(LINKS.format("Other words: more"), "en")
    assert "what to watch for (page #), the same, or virus (V)." in text
    assert "The wards, the words, and these again" in text
    assert "Read the end." in text
    assert "It is the end (page #)." in text
    assert "(leaflet: Other words: more)" in told_of(LINKS.format("print"), "en")


@pytest.mark.parametrize(
    ("tag", "text", "wanted"),
    [
        ("th", "ดู[ไข้](#fever)ก่อน", "ดูไข้ (หน้า #) ก่อน"),
        ("th", "ดู[ไข้](#fever)", "ดูไข้ (หน้า #)"),
        ("ja", "[熱](#fever)とは", "熱~（#ページ）とは"),
        ("ja", "[熱](#fever)（ねつ）", "熱（ねつ）"),
        ("ko", "[열](#fever)이 나면", "열이 나면"),
        ("ko", "높은 [열](#fever).", "높은 열~(#쪽)."),
        ("en", "the [fever](#fever)-like", "the fever-like"),
        ("en", "“[fever](#fever)”", "“fever”"),
        ("en", "([fever](#fever))", "(fever (page #))"),
    ],
)
def test_references_follow_the_signs_of_the_language(tag: str, text: str, wanted: str) -> None:
    glossary = "\n\nFever {#fever}\n: High.\n"
    assert told_of(text + glossary, tag).startswith(wanted)


@pytest.mark.pdf
@pytest.mark.parametrize(("tag", "wanted"), [("ja", "（https://"), ("ko", "(https://")])
def test_brackets_of_addresses_need_no_space_before_them(tag: str, wanted: str) -> None:
    text = squeezed_lines(told_or_read(made(REPOSITORY, tag, "ankl")))
    assert wanted in text
    assert f" {wanted}" not in text
    assert not re.search(rf"^{re.escape(wanted)}", text, re.MULTILINE)


def squeezed_lines(text: str) -> str:
    return re.sub("[\u2060\u2066\u2069]", "", text.replace("\r\n", "\n"))


# --- lines to write on ---------------------------------------------------------------------------


@pytest.mark.pdf
def test_lines_say_what_they_are_for_and_are_long_enough(tmp_path) -> None:
    html = made_page(leaflet(tmp_path))
    document = pikepdf.open(io.BytesIO(pdf(html, language("en"), paper="a4", source="fever")))
    figures = [
        one for one in document.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
    ]  # fmt: skip
    lines = [one for one in figures if "Line" in str(one.get("/Alt", ""))]
    assert sorted(str(one.Alt) for one in lines) == [
        "Line for a telephone number", "Line to write on", "Line to write on",
    ]  # fmt: skip
    for one in lines:
        attributes = one.A if not isinstance(one.A, pikepdf.Array) else one.A[0]
        left, bottom, right, top = map(float, attributes.BBox)
        assert right - left > 70 / 25.4 * 72  # mm
        assert top - bottom > 7 / 25.4 * 72
    assert "____" not in told_or_read(pdf(html, language("en"), paper="a4", source="fever"))


# Two for telephone numbers, three for notes.
LINES = (REPOSITORY / "source/ankl.md").read_text(encoding="utf-8").count("_" * 24)


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["en", "ar", "hi"])
def test_the_leaflets_own_lines_have_words_in_the_tags(tag: str) -> None:
    html = page(REPOSITORY, tag, "ankl")
    labels = re.findall(r'<img class="blank" alt="([^"]+)"', html)
    assert len(labels) == LINES
    assert labels[0] != "Line to write on" or tag == "en"
    texts = [str(one.get("/Alt", "")) for one in opened(tag).objects
             if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]  # fmt: skip
    assert texts.count(labels[0]) == LINES


# --- the running title ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "room", "wanted"),
    [
        ("Bệnh bạch cầu tế bào NK thể tiến triển nhanh (ANKL)", 80, None),
        ("One two three", 13, None),
        ("One two three", 12, "One two…"),
        ("One two: three", 9, "One two…"),
        ("One two three", 8, "One two…"),
        ("One two three", 7, "One…"),
        ("急性白血病", 10, None),
        ("急性白血病", 9, "急性白血…"),
        ("กำลังใจ", 5, "กำลัง…"),
    ],
)
def test_as_much_of_a_title_runs_as_there_is_room_for(title, room, wanted) -> None:
    assert shortened(title, room) == (wanted or title)
