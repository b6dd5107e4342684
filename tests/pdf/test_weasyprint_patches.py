"""Pages look the same, to the byte, with the patches of WeasyPrint for speed and without them."""

from __future__ import annotations

import logging
import random
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import weasyprint
from test_pdf import TAGS, leaflet
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, page

from ankl_i18n.html.templating import PAGED_STYLES, style_sheets
from ankl_i18n.languages import language
from ankl_i18n.pdf import patches as table
from ankl_i18n.pdf import render as pdf
from ankl_i18n.pdf import weasyprint_patches
from ankl_i18n.pdf.patching import patched
from ankl_i18n.pdf.plan import descendants
from ankl_i18n.pdf.weasyprint_patches import RELEASE, styles
from ankl_i18n.pdf.weasyprint_patches.selectors import Selectors

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.pdf

FOLDER = Path(__file__).parents[1] / "cases" / "layout"
CASES = sorted(FOLDER.glob("*.html"))


def plain(page: Path) -> bytes:
    """Return WeasyPrint's own PDF of a page."""
    return bytes(weasyprint.HTML(string=page.read_text("utf-8")).write_pdf(pdf_variant="pdf/ua-1"))


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def faster() -> AbstractContextManager[None]:
    return patched(table.SPEED)


def test_the_patches_are_for_the_release_that_is_installed() -> None:
    """After an update: compare the sources, run these tests, and set `RELEASE`."""
    assert weasyprint.__version__ == RELEASE
    assert weasyprint_patches.wrong_release() is None


def test_another_release_is_told_of_and_gets_no_patches_for_speed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (weasyprint_patches, table):
        monkeypatch.setattr(module, "version", lambda _name: "70.1")
    assert "WeasyPrint 70.1" in str(weasyprint_patches.wrong_release())
    assert len(table.layout()) == len(table.LAYOUT) + 2  # and where lines end, by the page's words
    assert not set(table.SPEED) & set(table.layout())


@pytest.mark.parametrize("page", CASES, ids=lambda page: page.stem)
def test_a_page_is_laid_out_and_drawn_the_same(
    page: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        theirs, warnings = plain(page), said(caplog)
        for _ in range(2):  # the second time from what was kept
            caplog.clear()
            with faster():
                assert plain(page) == theirs
            assert said(caplog) == warnings


REFERRING = """<style>@page { size: 20cm 6cm; margin: 5mm } h2 { break-before: page }
body { font-family: Noto Sans; font-size: 9pt }
i::after { content: " (page " target-counter(attr(data-to), page) ")" }</style>
<h1 id=a>A</h1><p>See the end<i data-to="#c"></i> or the middle<i data-to="#b"></i>.
<h2 id=b>B</h2><p>See the end<i data-to="#c"></i> or the beginning<i data-to="#a"></i>.
<h2 id=c>C</h2>"""


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("", "123"),
        ('body { font-family: "Noto Naskh Arabic"; direction: rtl }', "١٢٣"),
        ('body { font-family: "Noto Naskh Arabic"; text-align: justify }', "١٢٣"),
    ],
)
def test_references_to_pages_need_no_second_layout(
    monkeypatch: pytest.MonkeyPatch, style: str, numbers: str
) -> None:
    """Whatever the widths of digits: that of a case looks as WeasyPrint makes it (see above)."""
    made: list[int] = []
    make_page = page.make_page

    def counted(*args: Any) -> Any:
        made.append(args[4])
        return make_page(*args)

    monkeypatch.setattr(page, "make_page", counted)
    with faster():
        kind = "page, arabic-indic" if style else "page"
        text = REFERRING.replace("page)", f"{kind})").replace("</style>", f"{style}</style>")
        document = weasyprint.HTML(string=text).render()
    texts = [
        "".join(box.text for box in descendants(one._page_box) if isinstance(box, boxes.TextBox))
        for one in document.pages
    ]
    one, two, three = numbers
    assert f"See the end (page {three}) or the middle (page {two})." in texts[0]
    assert f"See the end (page {three}) or the beginning (page {one})." in texts[1]
    assert made == [1, 2, 3]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_leaflet_is_the_same(tag: str, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def make() -> bytes:
        return pdf.pdf(leaflet(tag, paper), language(tag), paper=paper, source="leaflet.md")

    once, again = make(), make()
    monkeypatch.setattr(table, "SPEED", ())
    assert once == again == make()


def test_every_patch_is_put_in_place_and_taken_out_again() -> None:
    def held() -> list[object]:
        return [vars(patch.owner).get(patch.attribute) for patch in table.layout()]

    before, imported = held(), inline.split_first_line
    with faster():
        assert not {id(one) for one in before if one} & set(map(id, held()[: len(table.SPEED)]))
        assert inline.split_first_line is not imported
    assert held() == before
    assert inline.split_first_line is imported


def test_styles_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "MOST_STYLES", 40)
    with faster():
        for number in range(30):
            weasyprint.HTML(string=f'<p lang="x-{number}"><b id="i{number}">Text</b></p>').render()
    assert sum(map(len, styles._known.values())) < 40 + 100


def test_selectors_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "MOST_STYLES", 40)
    with faster():
        for number in range(30):
            weasyprint.HTML(string=f'<p class="x{number}">a <b class="y{number}">b').render()
    assert sum(map(len, styles._known.values())) < 40 + 100


def test_sizes_of_the_first_page_are_those_of_each_document() -> None:
    """`vw` is a hundredth of the page's width, which is another one on each paper."""

    def width(paper: str) -> float:
        page = f"<style>@page {{ size: {paper} }}</style>"
        sheet = weasyprint.CSS(string="p { width: 50vw }")
        html = weasyprint.HTML(string=f"{page}<p>Text")
        (found,) = html.render(stylesheets=[sheet]).pages
        (root,) = [box for box in found._page_box.children if box.element_tag == "html"]
        return float(root.children[0].children[0].width)

    theirs = [width(paper) for paper in ("A4", "A5", "A4")]
    with faster():
        assert [width(paper) for paper in ("A4", "A5", "A4")] == theirs
    assert theirs[0] != theirs[1]


@pytest.mark.parametrize("page", [*CASES, *TAGS], ids=lambda page: getattr(page, "stem", page))
def test_selectors_match_as_they_do(page: Path | str) -> None:
    text = page.read_text("utf-8") if isinstance(page, Path) else leaflet(page)
    html = weasyprint.HTML(string=text)
    said = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    sheets = [*html._ua_stylesheets(), *(weasyprint.CSS(string=one) for one in said)]
    selectors = Selectors(sheets)
    paths: dict[Any, Any] = {None: None}
    for _ in range(2):  # the second time from what was kept
        for wrapper in html.wrapper_element.iter_subtree():
            parent = wrapper.parent and wrapper.parent.etree_element
            path = paths[wrapper.etree_element] = selectors.path(wrapper, paths[parent])
            found = selectors.match(wrapper, path)
            theirs: dict[str | None, list[Any]] = {None: []}
            for place, sheet in enumerate(sheets):
                for specificity, _, kind, payload in sheet.matcher.match(wrapper):
                    theirs.setdefault(kind, []).append((place, specificity, payload))
            assert (found.own, found.pseudo) == (theirs.pop(None), theirs)


# Words of twenty languages, and marks that nobody sees.
WORDS = {
    tag: (FOLDER.parent / "pdf" / f"{tag}.md").read_text("utf-8").split()[20:] for tag in TAGS
} | {
    "he": ["חום", "של", "38", "מעלות", "או", "יותר:", "התקשרו", "אלינו", "מיד,", "ביום", "ובלילה."],
    "km": ["គ្រុនក្តៅ", "សូមទូរស័ព្ទមកយើងភ្លាមៗ", "ទាំងថ្ងៃទាំងយប់"],
    "my": ["အဖျားရှိလျှင်", "ကျွန်ုပ်တို့ကို", "ချက်ချင်း", "ဖုန်းဆက်ပါ။"],
    "lo": ["ຖ້າທ່ານມີໄຂ້", "ໃຫ້ໂທຫາພວກເຮົາທັນທີ", "ກາງເວັນ", "ແລະ", "ກາງຄືນ"],
}
MARKS = ("\u200b", "\u200e", "\u200f", "\u2060", "\u200c", "\xad", "\u00a0")
INLINE = ("strong", "em", "abbr", "code", "sup", "bdi", 'a href="#a"', 'span lang="en"', "small")
BLOCKS = ("p", "ul><li", "ol><li", "blockquote><p", "table><tr><td", "dl class=glossary><dd")
PAGES = 500


def text_of(dice: random.Random, words: list[str], depth: int = 0) -> str:
    """Return words by chance, some marked up, some with marks before, in or after them."""
    parts = []
    for _ in range(dice.randrange(1, 12)):
        word = escape(dice.choice(words))
        if dice.random() < 0.15:
            cut = dice.randrange(len(word) + 1) if "&" not in word else 0
            word = word[:cut] + dice.choice(MARKS) + word[cut:]
        if depth < 3 and dice.random() < 0.2:
            name = dice.choice(INLINE)
            word = f"<{name}>{text_of(dice, words, depth + 1)}</{name.split()[0]}>"
            word += dice.choice(("", "", *MARKS))
        parts += word, dice.choice((" ", " ", " ", " ", "", "<br>", "\n"))
    return "".join(parts)


def random_page(number: int) -> tuple[str, str]:
    """Return a page by chance, and the style sheet of its paper."""
    dice = random.Random(number)
    tag = dice.choice(sorted(WORDS))
    body = ""
    for _ in range(dice.randrange(1, 5)):
        names = dice.choice(BLOCKS).split("><")
        inner = text_of(dice, WORDS[tag])
        ends = "".join(f"</{name.split()[0]}>" for name in reversed(names))
        body += f"<{'><'.join(names)}>{inner}{ends}"
    sheet = f"@page {{ size: {dice.randrange(60, 220)}mm 297mm; margin: 8mm }}"
    direction = language(tag).direction
    return f'<html lang="{tag}" dir="{direction}"><title>x</title><body>{body}', sheet


def places(number: int, sheets: list[weasyprint.CSS]) -> list[Any]:
    """Return the text boxes of a page: text, place and width."""
    text, sheet = random_page(number)
    document = weasyprint.HTML(string=text).render(
        stylesheets=[*sheets, weasyprint.CSS(string=sheet)]
    )
    every = (box for page in document.pages for box in descendants(page._page_box))
    return [
        (box.text, round(box.position_x, 3), round(box.position_y, 3), round(box.width, 3))
        for box in every
        if isinstance(box, boxes.TextBox)
    ]


@pytest.mark.parametrize(
    "first",
    [0, *(pytest.param(first, marks=pytest.mark.slow) for first in range(25, PAGES, 25))],
)
def test_random_pages_have_the_same_lines(first: int) -> None:
    sheets = [weasyprint.CSS(string=style_sheets(PAGED_STYLES))]
    for number in range(first, first + 25):
        theirs = places(number, sheets)
        with faster():
            assert places(number, sheets) == theirs, random_page(number)
