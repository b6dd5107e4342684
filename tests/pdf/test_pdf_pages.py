"""What stands where on paper: tall and wide things, pictures, the order in which text is read."""

from __future__ import annotations

import base64
import itertools
import re
from pathlib import Path

import page as page_validation
import pypdfium2
import pytest
import weasyprint
from PIL import Image
from test_pdf import elements, kinds, opened, poppler
from weasyprint.svg import SVG

from ankl_i18n.errors import RenderError
from ankl_i18n.html.templating import PAGED_STYLES, style_sheets
from ankl_i18n.languages import language
from ankl_i18n.pdf import render
from samples import some

pytestmark = pytest.mark.pdf

CASES = Path(__file__).parents[1] / "cases" / "pdf" / "pictures"
SAID = {
    "en": "Drink a glass of water, rest for a while, and tell the nurse how you feel today.",
    "ar": "اشرب كوبًا من الماء واسترح قليلًا وأخبر الممرضة كيف تشعر اليوم.",
    "th": "ดื่มน้ำหนึ่งแก้ว พักสักครู่ แล้วบอกพยาบาลว่าวันนี้คุณรู้สึกอย่างไร",
    "ja": "水を一杯飲み、少し休んで、今日の具合を看護師に伝えてください。",
}
HEAD = "<thead><tr><th>N</th><th>N2</th></tr></thead>"
TAGS = sorted(SAID)


def paged(body: str, tag: str = "en") -> str:
    """Return a page with the style sheets of leaflets on paper."""
    styles = f"<style>{style_sheets(PAGED_STYLES)}</style>"
    head = (
        f'<html lang="{tag}" dir="{language(tag).direction}"><head><title>T</title>{styles}</head>'
    )
    return f'<!DOCTYPE html>{head}<body><main class="text">{body}</main></body></html>'


def made(body: str, tag: str = "en") -> bytes:
    data = render.pdf(paged(body, tag), language(tag), paper="a4", source="x.md")
    report = page_validation.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    return data


def fullness(data: bytes) -> list[float]:
    """Return how far down each page but the last something is seen, from 0 to 1."""
    found = []
    for page in list(pypdfium2.PdfDocument(data))[:-1]:
        picture = (
            page.render(scale=0.5).to_pil().convert("L").point(lambda grey: 255 * (grey < 200))
        )
        found.append(picture.getbbox()[3] / picture.height if picture.getbbox() else 0)
    return found


def table(rows: int, text: str, caption: str = "") -> str:
    body = "".join(f"<tr><td>{i}</td><td>{text}</td></tr>" for i in range(rows))
    title = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{title}{HEAD}<tbody>{body}</tbody></table>"


def tall(kind: str, text: str) -> str:
    """Return something that is higher than a page."""
    return {
        "table": table(40, text, "Caption"),
        "row": table(2, text * 45, "Caption"),
        "call-out": f'<div class="callout callout-danger"><p class="callout-title">Title</p>'
        f"{f'<p>{text}</p>' * 45}</div>",
        "table in a call-out": f'<div class="callout"><p class="callout-title">Title</p>'
        f"{table(35, text)}</div>",
        "list in a cell": table(1, f"<ul>{f'<li>{text}</li>' * 45}</ul>"),
        "glossary": f'<dl class="glossary"><div><dt>Term</dt><dd>{text * 60}</dd></div></dl>',
    }[kind]


TALL = ["table", "row", "call-out", "table in a call-out", "list in a cell", "glossary"]
EACH = [(kind, tag) for kind in TALL for tag in TAGS]
# So long a line without spaces in a cell takes fifteen seconds, more than all others together.
SLOW = ("row", "ja")


@pytest.mark.parametrize(
    ("kind", "tag"), some(EACH, 0, always=[one for one in EACH if one != SLOW])
)
def test_what_is_higher_than_a_page_leaves_none_empty(kind: str, tag: str) -> None:
    data = made(f"<h1>H</h1><p>{SAID[tag]}</p>{tall(kind, SAID[tag])}<p>{SAID[tag]}</p>", tag)
    assert len(opened(data).pages) > 1
    assert min(fullness(data)) > 0.6, fullness(data)


@pytest.mark.parametrize("kind", ["table", "row", "list in a cell"])
def test_header_rows_are_on_each_page(kind: str) -> None:
    document = pypdfium2.PdfDocument(made(f"<p>A</p>{tall(kind, SAID['en'])}"))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) > 1
    assert all("N2" in text for text in texts)
    if kind != "list in a cell":  # its caption, not alone
        assert re.search(r"Caption\s+N\s+N2\s+0", texts[0])


def test_what_fits_a_page_stays_in_one_piece() -> None:
    body = f"<p>{SAID['en']}</p>" * 20 + table(9, "short", "Caption")
    document = pypdfium2.PdfDocument(made(body))
    assert [("Caption" in page.get_textpage().get_text_range()) for page in document] == [
        False,
        True,
    ]


WIDE = {
    "words": ["metho" * 3, "mercap" * 3, "cotrim" * 3, "dexa" * 4, "predni" * 3, "ritux" * 3, "x"],
    "address": ["Nurse", "https://hospital.example/" + "leaflets/" * 12, "020 7946 0958", "5 mg"],
    "chemical": ["Drug", "7-chloro-1-methyl-5-phenyl-benzodiazepin" * 2, "daily", "5 mg"],
}  # fmt: skip


@pytest.mark.parametrize("tag", ["en", "ar", "th"])
@pytest.mark.parametrize("kind", sorted(WIDE))
def test_wide_tables_stay_on_the_paper(kind: str, tag: str) -> None:
    cells = WIDE[kind]
    heads = "".join(f"<th>Head{i}</th>" for i in range(len(cells)))
    row = "".join(
        f'<td><span class="ltr">{c}</span></td>' if c == "5 mg" else f"<td>{c}</td>" for c in cells
    )
    body = f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    data = made(body, tag)
    for page in pypdfium2.PdfDocument(data):
        width = page.get_width()
        text = page.get_textpage()
        for i in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(i)
            assert 0 < left <= right < width
    read = re.sub(
        r"\s", "", "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data))
    )
    if tag != "ar":
        assert all(
            re.sub(r"\s", "", cell) in read.replace("\ufffe", "-").replace("\r", "")
            for cell in cells
        )
    assert ("L" in kinds(data)) == (kind == "words")  # too many columns: a list


def test_text_off_the_paper_is_an_error() -> None:
    body = f'<p style="white-space: nowrap">{SAID["en"] * 3}</p>'
    with pytest.raises(RenderError, match=r"page 1 of the PDF: text is off the paper: 'Drink a"):
        made(body)


# ---- Pictures ----


def picture(svg: str) -> str:
    address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    return f'<img alt="A picture" src="{address}">'


@pytest.mark.parametrize("file", sorted(CASES.glob("*.svg")), ids=lambda file: file.stem)
def test_pictures_look_as_weasyprint_draws_them(file: Path) -> None:
    page = paged(f"<p>A</p>{picture(file.read_text('utf-8'))}")
    ours = render.pdf(page, language("en"), paper="a4", source="x.md")
    theirs = weasyprint.HTML(string=page.replace("</head>", "<style>@page{size:A4}</style></head>"))
    seen = [
        pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
        for data in (ours, theirs.write_pdf(pdf_variant="pdf/a-2a"))
    ]
    unlike = sum(abs(a - b) > 60 for a, b in zip(*(one.tobytes() for one in seen), strict=True))
    drawn = sum(grey < 250 for grey in seen[1].tobytes())
    assert drawn > 500
    assert unlike < drawn / 20, (unlike, drawn)


@pytest.mark.parametrize("tag", TAGS)
def test_opacity(tag: str) -> None:
    """Text in a half transparent part is read, tagged and seen."""
    body = f'<h1>H</h1><div style="opacity: 0.5"><p>{SAID[tag]}</p><p>B <a href="https://x.example">L</a></p></div>'
    data = made(body, tag)
    assert kinds(data).count("P") == 2
    assert all("/K" in element for element in elements(data))
    shades = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    assert isinstance(shades, Image.Image)
    below = shades.crop((0, 200, shades.width, shades.height // 3))
    assert min(below.tobytes()) > 60


# ---- Order ----


@pytest.mark.parametrize("name", ["callout", "callout callout-danger"])
def test_text_is_drawn_in_the_order_of_the_page(name: str, tmp_path: Path) -> None:
    body = (
        f'<p>First.</p><div class="{name}"><p class="callout-title">Second.</p><p>Third.</p></div>'
        '<p>Fourth.</p><p style="position: relative">Fifth.</p><p>Sixth.</p>'
    )
    assert drawn(made(body), tmp_path)[:6] == [
        "First.", "Second.", "Third.", "Fourth.", "Fifth.", "Sixth.",
    ]  # fmt: skip


def drawn(data: bytes, tmp_path: Path) -> list[str]:
    """Return the words of a PDF in the order in which they are drawn."""
    return poppler(data, tmp_path, "pdftotext", "-raw", "{}", "-").split()


LISTS = {
    "bullets": "<ul><li>A</li><li>B<ul><li>C</li><li>D</li></ul></li></ul><p>E</p>",
    "numbers": '<ol><li>A</li><li>B<ol style="counter-reset: list-item 6"><li>C</li></ol></li></ol>'
    "<p>E</p>",
    "paragraphs": "<ol><li><p>A</p><p>B</p></li><li><p>C</p><ul><li><p>D</p></li></ul></li></ol>",
    "in a call-out": '<div class="callout"><p class="callout-title">A</p><ul><li>B</li></ul></div>',
    "in a table": "<table><tr><td><ul><li>A</li><li>B</li></ul></td><td>C</td></tr></table>"
    "<p>D</p>",
    "beside": '<p>A</p><p style="opacity: 0.5">B</p><p style="float: right">C</p><p>D</p>'
    '<p><i style="position: relative">E</i> <b>F</b></p><p style="position: absolute">G</p>'
    "<p>H</p>",
    "positioned": '<p style="position: relative"><i>A</i>'
    ' <b style="position: absolute">B</b> <b>C</b></p>',
}
BIDI = re.compile("[\u200e\u200f\u202a-\u202e]")  # poppler puts them around letters
SIGNS = {
    "bullets": "• A • B ◦ C ◦ D E", "numbers": "1. A 2. B 7. C E",
    "paragraphs": "1. A B 2. C ◦ D", "in a call-out": "A • B", "in a table": "• A • B C D",
    "beside": "A B C D E F G H", "positioned": "A B C",
}  # fmt: skip


@pytest.mark.parametrize("tag", ["en", "ta", "he"])
@pytest.mark.parametrize("name", LISTS)
def test_signs_of_lists_stand_before_their_items(name: str, tag: str, tmp_path: Path) -> None:
    letters = {"ta": "அஆஇஈஉஊஎஏ", "he": "אבגדהוזח"}.get(tag, "ABCDEFGH")
    turned = str.maketrans("ABCDEFGH", letters)
    body = re.sub("[A-H](?=<)", lambda found: found[0].translate(turned), LISTS[name])
    found = [BIDI.sub("", word) for word in drawn(made(body, tag), tmp_path)]
    found = [re.sub(r"^\.(\d)$", r"\1.", word) for word in found]  # poppler turns it round
    expected = SIGNS[name].translate(turned).split()
    assert found[: len(expected)] == expected


@pytest.mark.parametrize("tag", TAGS)
def test_signs_of_lists_stay_with_what_goes_on_over_the_page(tag: str, tmp_path: Path) -> None:
    """A paragraph that goes on over the page is read without signs of lists in it."""
    items = "".join(f"<li>{SAID[tag]}</li>" for _ in range(8))
    long = " ".join(f"{n} {SAID[tag]}" for n in range(100, 190))
    found = "".join(drawn(made(f"<ul>{items}</ul><p>{long}</p>", tag), tmp_path))
    begin = found.index("100")
    assert "•" not in found[begin:]
    assert found[:begin].count("•") == 8


@pytest.mark.parametrize("tag", TAGS)
def test_drawings_and_typewriters_do_not_prevent_a_pdf(tag: str) -> None:
    body = f"<p><tt>{SAID[tag]}</tt> <kbd>{SAID[tag]}</kbd></p><pre>┌──┐\n│ok│\n└──┘ ░▒▓█</pre>"
    assert made(body, tag)


@pytest.mark.parametrize("mark", ["\u200f", "\u200e", "\u200b", "\u2060"])
def test_a_space_after_an_invisible_mark_stays(mark: str, tmp_path: Path) -> None:
    """In a narrow cell, which is measured before it is laid out."""
    cell = f"<b>אחת</b>{mark} <i>שתיים</i> {mark}<i>שלוש</i>{mark} ארבע"
    boxes = poppler(made(table(1, cell), "he"), tmp_path, "pdftotext", "-bbox", "{}", "-")
    found = re.findall(r'xMin="([\d.]+)".* xMax="([\d.]+)".*>([א-ת]+)<', boxes)
    places = sorted((float(left), float(right)) for left, right, _ in found)
    assert len(places) == 4
    assert min(left - right for (_, right), (left, _) in itertools.pairwise(places)) > 2


def test_a_picture_that_fails_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "too many corners"
        raise ValueError(message)

    monkeypatch.setattr(SVG, "draw", fail)
    page = picture("<svg xmlns='http://www.w3.org/2000/svg'/>").replace(
        ";base64", ";name=a%252Fb.svg;base64"
    )
    with pytest.raises(RenderError) as wrong:
        made(page)
    (problem,) = wrong.value.problems
    assert problem.message == "Failed to render SVG image a/b.svg (too many corners)"


def test_a_file_that_is_no_picture_is_named_with_the_reason() -> None:
    page = picture("<svg").replace(";base64", ";name=b.svg;base64")
    with pytest.raises(RenderError) as wrong:
        made(page)
    (problem,) = wrong.value.problems
    assert problem.message.startswith("Failed to load image at 'b.svg': ")
    assert "base64" not in problem.message
