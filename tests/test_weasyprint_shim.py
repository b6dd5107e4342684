"""Pages look the same, to the byte, with the pieces of `weasyprint_shim` and without them."""

from __future__ import annotations

import gc
import logging
import random
import re
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import pytest
import weasyprint
from tests.test_pdf import RTL, TAGS, leaflet
from weasyprint import css
from weasyprint.layout import block, inline
from weasyprint.text import line_break

from ankl_i18n.languages import language
from ankl_i18n.pdf import render as pdf
from ankl_i18n.pdf.weasyprint_patches import PINNED, faster, lines, measures, parsing, styles
from ankl_i18n.pdf.weasyprint_patches.selectors import Selectors

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

pytestmark = pytest.mark.pdf

FOLDER = Path(__file__).parent / "cases" / "layout"
CASES = sorted(FOLDER.glob("*.html"))
# Markup that is read as XML ("+"), and such as only a parser of HTML reads as it is meant ("-").
MARKUP = re.findall(
    r"^([+-]) (.*(?:\n(?![+-] ).*)*)", (FOLDER / "markup.txt").read_text("utf-8"), re.M
)


def plain(page: Path) -> bytes:
    """Return WeasyPrint's own PDF of a page."""
    return bytes(weasyprint.HTML(string=page.read_text("utf-8")).write_pdf(pdf_variant="pdf/ua-1"))


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_the_pieces_are_for_the_release_that_is_installed() -> None:
    """After an update: compare the sources, run these tests, and set `PINNED`."""
    assert weasyprint.__version__ == PINNED


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


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_leaflet_is_the_same(tag: str, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def make() -> bytes:
        return pdf.pdf(leaflet(tag, paper), language(tag), paper=paper, source="leaflet.md")

    once, again = make(), make()
    monkeypatch.setattr(pdf, "faster", nullcontext)
    assert once == again == make()


def test_next_to_nothing_is_left_to_the_garbage_collector() -> None:
    """A worker collects after each PDF; 20,000 objects in rings took it a twentieth of its time."""
    page = leaflet("en")
    pdf.pdf(page, language("en"), paper="a4", source="leaflet.md")
    gc.collect()
    gc.disable()
    try:
        pdf.pdf(page, language("en"), paper="a4", source="leaflet.md")
        assert gc.collect() < 1000
    finally:
        gc.enable()


def test_every_piece_is_put_in_place_and_taken_out_again() -> None:
    def held() -> list[object]:
        return [
            inline.resolve_percentages, block.block_level_layout, inline.avoid_collisions,
            weasyprint.tinyhtml5.parse, inline.shrink_to_fit,
            line_break.Layout.setup, css.StyleFor,
            weasyprint.pdf.fonts.Font.__dict__.get("file_content"),
        ]  # fmt: skip

    before = held()
    with faster():
        assert not set(map(id, before)) & set(map(id, held())) - {id(None)}
    assert held() == before


def test_another_release_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    before = block.block_level_layout
    with faster():
        assert block.block_level_layout is before


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


def in_page(body: str) -> str:
    head = '<head>\n<meta charset="utf-8"><title>a &amp; b</title></head>\n'
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}<body class="x">{body}</body>\n</html>\n'


def said_by(element: Element) -> Any:
    inner = [said_by(one) for one in element]
    attributes = list(element.attrib.items())
    return element.tag, attributes, element.text or "", element.tail or "", inner


def tree(text: str) -> Any:
    return said_by(parsing._parse(StringIO(text), namespace_html_elements=False))


@pytest.mark.parametrize(("sign", "body"), MARKUP)
def test_markup_is_read_as_html_reads_it(sign: str, body: str) -> None:
    text = in_page(body)
    assert said_by(parsing.parse(StringIO(text), namespace_html_elements=False)) == tree(text)
    if sign == "+":
        assert said_by(parsing.Reader().read(text)) == tree(text)
    else:
        with pytest.raises((parsing._UnlikeError, expat.ExpatError)):
            parsing.Reader().read(text)


@pytest.mark.parametrize("tag", TAGS)
def test_leaflets_are_read_as_xml(tag: str) -> None:
    text, _ = pdf._parted(leaflet(tag))
    assert said_by(parsing.Reader().read(text)) == tree(text)


TEXTS = ("", "", " ", "\n", "a", "é\u00a0\n b", "&amp;", "&#39;", "&lt;b")
ATTRIBUTES = ("", "", ' class="a b"', ' title="a &amp; b" lang="fr"', ' href="#"')


def written(kind: str, dice: random.Random, depth: int = 0) -> str:
    """Return what may stand in an element, by chance."""
    text = (" ", "\n", "") if kind in parsing.NO_TEXT else TEXTS
    parts = [dice.choice(text)]
    for name in dice.choices([*sorted(parsing.WITHIN[kind])] or [""], k=dice.randrange(5 - depth)):
        inner = "entry" if (kind, name) == ("dl", "div") else name
        is_drawn = name == "svg" or name in parsing.SHAPES
        begin = f"<{name}{'' if is_drawn else dice.choice(ATTRIBUTES)}>"
        if name in {"br", "hr", "img", "wbr"}:
            parts += begin, dice.choice(text)
        elif name:
            parts += begin, written(inner, dice, depth + 1), f"</{name}>", dice.choice(text)
    return "".join(parts)


def test_whatever_is_read_as_xml_is_what_html_reads() -> None:
    dice, read = random.Random(0), 0
    for _ in range(1500):
        text = in_page(written("body", dice))
        try:
            found = parsing.Reader().read(text)
        except parsing._UnlikeError:  # links in links
            continue
        read += 1
        assert said_by(found) == tree(text), text
    assert read > 1000


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


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag not in RTL])
def test_lines_end_where_they_do(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On pages of many widths, WeasyPrint finds each line that was measured, too."""
    measured, split = 0, measures.split

    def both(text: str, *args: Any, **more: Any) -> Any:
        nonlocal measured
        found = split(text, *args, **more)
        if found is not None:
            theirs = lines._split_first_line(text, *args, **more)
            assert (found[0].text, *found[1:]) == (theirs[0].text, *theirs[1:]), text
            measured += found[2] is not None
        return found

    monkeypatch.setattr(measures, "split", both)
    text, sheets = pdf._parted(leaflet(tag))
    parsed = [weasyprint.CSS(string=one) for one in sheets]
    for width in (80, 101, 130, 150, 210):
        page = weasyprint.CSS(string=f"@page {{ size: {width}mm 297mm }}")
        with faster():
            weasyprint.HTML(string=text).render(stylesheets=[*parsed, page])
    assert measured > 20


def test_the_rest_of_a_long_text_is_not_looked_through_again_and_again() -> None:
    """A text of a million letters must not take a million times as long as one of a thousand."""
    style, context = object(), object()
    text = "a" * (measures.MOST_LETTERS + 1)
    assert measures.split(text, style, context, 500, 0) is None
