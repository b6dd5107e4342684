"""Pages look the same, to the byte, with the pieces of `weasyprint_shim` and without them."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from pathlib import Path

import pydyf
import pytest
import weasyprint
from tests.test_pdf import TAGS, leaflet
from weasyprint import css
from weasyprint.layout import block, inline
from weasyprint.text import line_break

from ankl_i18n.languages import language
from ankl_i18n.render import pdf
from ankl_i18n.render.weasyprint_shim import PINNED, faster, styles

pytestmark = pytest.mark.pdf

CASES = sorted((Path(__file__).parent / "cases" / "layout").glob("*.html"))


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


def test_every_piece_is_put_in_place_and_taken_out_again() -> None:
    def held() -> list[object]:
        return [
            inline.resolve_percentages, block.block_level_layout, inline.avoid_collisions,
            line_break.Layout.setup, css.StyleFor, pydyf.Stream.__dict__["data"],
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
