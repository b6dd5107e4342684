"""PDFs: PDF/UA-1, right fonts, text that reads back as it stands, nothing fetched.

Each file of `cases/pdf` is the same small leaflet in one language; all are laid out by the
real templates and style sheets.
"""

from __future__ import annotations

import base64
import functools
import io
import logging
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import segno
import weasyprint
import weasyprint.pdf as theirs
from PIL import Image, ImageChops, ImageCms, ImageFilter

from ankl_i18n.errors import RenderError
from ankl_i18n.html import page as html
from ankl_i18n.html.localize import localize
from ankl_i18n.html.qr import qr_svg
from ankl_i18n.html.records import Edition, Frame
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.html.templating import PAGED_STYLES, style_sheets
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.pdf import render as pdf
from ankl_i18n.pdf import tags as pdf_tags
from ankl_i18n.source import Document, markdown
from ankl_i18n.source.parse import parse

pytestmark = pytest.mark.pdf

CASES = Path(__file__).parents[1] / "cases" / "pdf"
TAGS = sorted(path.stem for path in CASES.glob("*.md"))
RTL = ("ar", "fa", "ur")
ADDRESS = "https://example.org/{tag}/fever.html"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4" width="40" height="40">'
    '<path d="M0 0h4v4z" fill="#b00020"/></svg>'
)
# Families that set each language's text; the title in English in the footer is in Noto Sans.
FAMILIES = {
    "zh-Hans": "Noto-Sans-CJK-SC", "zh-Hant": "Noto-Sans-CJK-TC", "ja": "Noto-Sans-CJK-JP",
    "ko": "Noto-Sans-CJK-KR", "ar": "Noto-Naskh-Arabic", "fa": "Noto-Naskh-Arabic",
    "ur": "Noto-Nastaliq-Urdu", "hi": "Noto-Sans-Devanagari", "pa": "Noto-Sans-Gurmukhi",
    "ta": "Noto-Sans-Tamil", "th": "Noto-Sans-Thai",
}  # fmt: skip


@functools.cache
def source(tag: str) -> Document:
    return parse((CASES / f"{tag}.md").read_text(encoding="utf-8"), f"{tag}.md", "fever")


@functools.cache
def leaflet(tag: str, paper: str = "a4") -> str:
    """Return the page of the English leaflet translated with the texts of another one."""
    texts = {segment.slot: segment.msgid for segment in source(tag).segments}
    reader, english = language(tag), language("en")
    localized = localize(source("en"), reader, english, lambda segment: texts[segment.slot])
    words = Words(reader, english, {}, lambda _n: 0)
    around = Surroundings(lambda _name: None, lambda _src: (PICTURE.encode(), "drop.svg"), words)
    address = ADDRESS.format(tag=tag)
    frame = Frame(reader, paper=paper, address=address)
    edition = Edition("draft", False, "CC BY 4.0", (), qr_svg(address))
    return html.leaflet(localized, around, frame, edition)


@functools.cache
def made(tag: str, paper: str = "a4") -> bytes:
    return pdf.pdf(leaflet(tag, paper), language(tag), paper=paper, source=f"{tag}.md")


STYLE = """
html { font-family: "Noto Sans", "Noto Sans Math", "Noto Sans Symbols2", sans-serif }
@page { size: 9cm 9cm }
"""


def small(body: str, tag: str = "en", head: str = "") -> str:
    reader = language(tag)
    return (
        f'<!DOCTYPE html><html lang="{reader.tag}" dir="{reader.direction}">'
        f"<head><title>A page</title><style>{STYLE}</style>{head}</head><body>{body}</body></html>"
    )


def make(body: str, tag: str = "en", head: str = "") -> bytes:
    return pdf.pdf(small(body, tag, head), language(tag), paper="a4", source="leaflet.md")


def problems(body: str, head: str = "", tag: str = "en") -> str:
    with pytest.raises(RenderError) as wrong:
        make(body, tag, head)
    return "\n".join(f"{problem} {problem.hint}" for problem in wrong.value.problems)


@functools.cache  # its objects live no longer than the document itself
def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(data: bytes) -> list[pikepdf.Dictionary]:
    """Return the elements of the structure tree in reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K"))

    walk(opened(data).Root.StructTreeRoot.K)
    return found


def kinds(data: bytes) -> list[str]:
    return [str(element.S)[1:] for element in elements(data)]


def poppler(data: bytes, tmp_path: Path, *command: str) -> str:
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(data)
    arguments = [part.format(path) for part in command]
    return subprocess.run(arguments, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    """Return a text without white space, hyphens and invisible controls."""
    kept = (
        c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) not in ("Cf", "Cc", "Zs", "Pd")
    )
    return "".join(kept)


def sentences(tag: str) -> list[str]:
    """Return the texts that a reader must find in a leaflet."""
    hidden = {"title", "alt"}
    return [markdown.plain(s.msgid) for s in source(tag).segments if s.slot[0] not in hidden]


def test_there_is_a_leaflet_in_each_language() -> None:
    assert len(TAGS) == 16
    assert set(FAMILIES) < set(TAGS)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("tag", TAGS)
def test_every_leaflet_is_pdf_ua(tag: str, paper: str) -> None:
    report = page_validation.validate_pdf_bytes(made(tag, paper), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


@pytest.mark.parametrize("tag", TAGS)
def test_poppler_sees_a_tagged_titled_document(tag: str, tmp_path: Path) -> None:
    facts = poppler(made(tag), tmp_path, "pdfinfo", "{}")
    assert re.search(r"^Tagged: +yes$", facts, re.MULTILINE)
    assert re.search(r"^Page size: .*\(A4\)$", facts, re.MULTILINE)
    assert not re.search("^(Creation|Mod)Date", facts, re.MULTILINE)
    document = opened(made(tag))
    root = document.Root
    assert str(root.Lang) == tag
    assert str(document.docinfo.Title) == markdown.plain(source(tag).front.title.text)
    assert root.ViewerPreferences.DisplayDocTitle
    assert ("/Direction" in root.ViewerPreferences) == (tag in RTL)
    assert root.Outlines.Count > 0


# How far pages may differ from plain WeasyPrint's where bold letters are regular ones, made
# thicker: of 255 shades, and how many pixels by more than a tenth of them.
BOLD_IS_THICKENED = ("ja", "ko", "zh-Hans", "zh-Hant")


@pytest.mark.parametrize("tag", ["ar", "hi", "ja", "ko", "ta", "th", "ur", "zh-Hans"])
def test_pages_look_as_without_our_corrections(tag: str, tmp_path: Path) -> None:
    """Smaller fonts and files, and readable text, change nothing that can be seen.

    Seen from where two pixels of a screen blur: edges may lie a little elsewhere.
    """
    head = "<style>@page { size: A4 }</style></head>"
    # A line less: a page that is full to the last one may end before it or after.
    page = leaflet(tag).replace(">Who may copy this leaflet<", ">Copying<")
    ours = pdf.pdf(page, language(tag), paper="a4", source=f"{tag}.md")
    stock = weasyprint.HTML(string=page.replace("</head>", head)).write_pdf()
    images = []
    for name, data in (("ours", ours), ("stock", stock)):
        (tmp_path / name).mkdir()
        poppler(data, tmp_path / name, "pdftoppm", "-r", "70", "-gray", "{}", "{}")
        found = [Image.open(path) for path in sorted((tmp_path / name).glob("*.pgm"))]
        images.append([image.filter(ImageFilter.GaussianBlur(2)) for image in found])
    assert len(images[0]) == len(images[1]) >= 2
    for one, other in zip(*images, strict=True):
        differences = ImageChops.difference(one, other).histogram()
        is_bold = tag in BOLD_IS_THICKENED
        assert sum(differences[25:]) < (1200 if is_bold else 100)
        assert sum(differences[70 if is_bold else 56 :]) == 0


EDGE = '<span style="display: inline-block; margin: 3px; padding: 5px; {}">x</span>'
# Boxes, drawings and cut lines that are drawn in other ways than WeasyPrint's.
LOOKS = {
    "borders": "".join(
        EDGE.format(style)
        for style in (
            "border: 2px solid red", "border: 2px dotted red", "border: 1px dashed",
            *(f"border-{side}: {width}px {kind} green"
              for side in ("top", "right", "bottom", "left")
              for width, kind in ((3, "solid"), (3, "dotted"), (1, "dotted"), (3, "double"))),
            "border-left: 4px solid blue; border-bottom: 2px solid red",
            "border-top: 2px solid red; border-bottom: 4px dotted blue",
            "border-bottom: 3px solid red; border-radius: 5px",
            "border-right: 2px solid #0004; transform: rotate(10deg)",
        )
    ),
    "backgrounds": "".join(
        EDGE.format(style)
        for style in (
            "background: #fd08", "background: #fd0; border-radius: 8px",
            "background: #fd0; border: 3px solid; background-clip: padding-box",
            "background: #fd0; border: 3px double; background-clip: content-box",
            "background: linear-gradient(red, blue) #0f0", "background: #fd0; box-shadow: 2px 2px",
        )
    ) + '<table><tr style="background: #eee"><td>a<td style="background: #dff">b</table>',
    "drawings": '<svg width="200" height="60"><title>t</title><g font-family="Noto Sans">'
    '<text x="10 30 50" y="20">abcdef</text><text x="9" y="45" fill="red">red</text>'
    '<text x="120" y="30" rotate="20">turned</text></g></svg>',
    "cut": '<p style="width: 90px; overflow: hidden; text-overflow: ellipsis; '
    'white-space: nowrap">A line that is cut off</p>' * 2,
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_drawn_in_another_way_looks_the_same(name: str, tmp_path: Path) -> None:
    ours = pdf.pdf(small(LOOKS[name]), language("en"), paper="a4", source="page.md")
    a4 = "<style>@page { size: A4 }</style>"
    stock = weasyprint.HTML(string=small(LOOKS[name], head=a4)).write_pdf()
    pictures = []
    for made_by, data in (("ours", ours), ("stock", stock)):
        poppler(data, tmp_path, "pdftoppm", "-r", "70", "-gray", "{}", str(tmp_path / made_by))
        (path,) = tmp_path.glob(f"{made_by}*.pgm")
        pictures.append(Image.open(path).filter(ImageFilter.GaussianBlur(1)))
    assert pictures[0].size == pictures[1].size
    assert pictures[0].getextrema()[0] < 128
    differences = ImageChops.difference(*pictures).histogram()
    assert sum(differences[32:]) == 0


def test_chinese_leaflets_are_small_to_download() -> None:
    assert {tag: len(made(tag)) < 29_000 for tag in ("zh-Hans", "zh-Hant", "ja", "ko")} == {
        "zh-Hans": True, "zh-Hant": True, "ja": True, "ko": True,
    }  # fmt: skip


def test_letter_paper(tmp_path: Path) -> None:
    assert "(letter)" in poppler(made("en", "letter"), tmp_path, "pdfinfo", "{}")


@pytest.mark.parametrize("tag", TAGS)
def test_fonts_are_embedded_and_those_of_the_language(tag: str, tmp_path: Path) -> None:
    rows = [row.split() for row in poppler(made(tag), tmp_path, "pdffonts", "{}").splitlines()[2:]]
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, Unicode
    families = {row[0].partition("+")[2].removesuffix("-Bold") for row in rows}
    assert families == {"Noto-Sans", FAMILIES.get(tag, "Noto-Sans")}


@pytest.mark.parametrize("tag", TAGS)
def test_content_is_well_formed(tag: str, tmp_path: Path) -> None:
    for leaf in opened(made(tag)).pages:
        operators = [
            str(instruction.operator) for instruction in pikepdf.parse_content_stream(leaf)
        ]
        begun = sum(operator in ("BDC", "BMC") for operator in operators)
        assert begun == operators.count("EMC")
        assert operators.count("BT") == operators.count("ET")
        # PDFium, Chrome's reader, passes over the adjustment that follows an empty string.
        assert not re.search(rb"<>[^>]*TJ", leaf.Contents.read_bytes())
    assert "No syntax or stream encoding errors" in poppler(
        made(tag), tmp_path, "qpdf", "--check", "{}"
    )


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag not in RTL])
def test_text_reads_back(tag: str, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(made(tag))
    pdfium = "".join(leaf.get_textpage().get_text_range() for leaf in document)
    for text in (poppler(made(tag), tmp_path, "pdftotext", "{}", "-"), pdfium):
        read = squeezed(text)
        assert [sentence for sentence in sentences(tag) if squeezed(sentence) not in read] == []


def unicode_map(font: pikepdf.Dictionary) -> dict[int, str]:
    """Return the text of each code of a font (its ToUnicode map)."""
    pairs = re.findall(rb"<([0-9a-f]+)> <([0-9a-f]{4,})>\n", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def marked_texts(leaf: pikepdf.Page) -> dict[int, str]:
    """Return what fonts tell of the marked content of a page, by MCID."""
    fonts = {
        name: (unicode_map(font), 1 if font.Subtype == "/Type1" else 2)
        for name, font in leaf.Resources.Font.items()
    }
    texts: dict[int, str] = {}
    mcid, font, size = None, {}, 0
    for operands, operator in pikepdf.parse_content_stream(leaf):
        match str(operator):
            case "BDC" | "BMC":
                mcid = operands[1].get("/MCID") if len(operands) > 1 else None
            case "EMC":
                mcid = None
            case "Tf":
                font, size = fonts[str(operands[0])]
            case "Tj" | "TJ" if mcid is not None:
                parts = operands if str(operator) == "Tj" else operands[0]
                for part in parts:
                    codes = bytes(part) if isinstance(part, pikepdf.String) else b""
                    for i in range(0, len(codes), size):
                        letters = font[int.from_bytes(codes[i : i + size], "big")]
                        texts[mcid] = texts.get(mcid, "") + letters
    return texts


def told(data: bytes) -> str:
    """Return what a screen reader says: the text of elements, or of their content by its fonts."""
    pages = {leaf.obj.objgen: marked_texts(leaf) for leaf in opened(data).pages}
    found: list[str] = []
    for element in elements(data):
        if "/ActualText" in element:
            found.append(str(element.ActualText))
        else:
            mcids = [kid for kid in element.get("/K", []) if isinstance(kid, int)]
            found += [pages[element.Pg.objgen].get(mcid, "") for mcid in mcids]
    return "".join(found)


@pytest.mark.parametrize("tag", TAGS)
def test_structure_tells_the_text(tag: str) -> None:
    said = told(made(tag)).replace("\u00a0", " ").replace("\u200b", "")
    squeezed_said = squeezed(said)
    for sentence in sentences(tag):
        # In full, white space and joiners too, where it is not broken up by links and bold words.
        if tag in RTL:
            assert sentence in said, sentence
        assert squeezed(sentence) in squeezed_said, sentence


def test_artifacts_are_not_in_the_structure() -> None:
    body = '<p>One</p><img src="{0}" alt=""><p>Two<span aria-hidden="true"> ›</span></p>{1}'
    made_page = make(body.format(picture(), qr_svg("https://example.org")))
    assert "Figure" not in kinds(made_page)
    assert page_validation.is_pdf_compliant_bytes(made_page, profile="ua1")
    contents = opened(made_page).pages[0].Contents.read_bytes()
    assert contents.count(b"/Artifact") >= 3


def picture() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(PICTURE.encode()).decode()


def test_running_headers_are_artifacts() -> None:
    told = [str(e.ActualText) for e in elements(made("ar")) if "/ActualText" in e]
    title = markdown.plain(source("ar").front.title.text)
    assert sum(title in text for text in told) == 2  # the trail and the heading
    second = opened(made("ar")).pages[1].Contents.read_bytes()
    assert b"/Subtype /Header" in second
    assert b"/Subtype /Footer" in second


def test_figures_say_what_they_show() -> None:
    (figure,) = [e for e in elements(made("fr")) if e.S == "/Figure"]
    assert str(figure.Alt) == "un saignement qui ne s’arrête pas"
    left, bottom, right, top = map(float, figure.A.BBox)
    assert right - left == pytest.approx(30, abs=1)  # 40 CSS pixels
    assert 0 < bottom < top < 842


def test_tables_lists_and_links() -> None:
    found = elements(made("es"))
    heads = [e for e in found if e.S == "/TH"]
    assert [str(head.A.Scope) for head in heads] == ["/Column", "/Column"]
    items = [e for e in found if e.S == "/LI"]
    labels = [[str(kid.S) for kid in item.K] for item in items]
    assert labels.count(["/Lbl", "/LBody"]) == len(items)
    links = [a for leaf in opened(made("es")).pages for a in leaf.get("/Annots", [])]
    assert {int(link.F) for link in links} == {4}
    assert ADDRESS.format(tag="es") in [str(link.Contents) for link in links]
    assert "Office of Patient Leaflets. Fever (38 °C): what to do." in [
        str(x.Contents) for x in links
    ]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_link_is_one_link(tag: str) -> None:
    stack = 'style="font-family: Noto Sans, Noto Naskh Arabic"'
    inside = '<b dir="ltr">38 °C</b> <a href="#x">'
    body = f'<p {stack} id="x">Read <a href="https://example.org/a">all <i>{inside}now</a></i></p>'
    data = make(body, tag)
    links = [element for element in elements(data) if element.S == "/Link"]
    (leaf,) = opened(data).pages
    assert len(leaf.Annots) == len(links) == 2
    assert [str(link.Contents) for link in leaf.Annots] == ["all 38 °C", "now"]
    assert page_validation.is_pdf_compliant_bytes(data, profile="ua1")


def test_list_items_have_a_body() -> None:
    data = make("<ul><li><p>One</p><p>Two</p><ul><li>Three</ul></li><li>Four</li></ul>")
    items = [element for element in elements(data) if element.S == "/LI"]
    assert [[str(kid.S) for kid in item.K] for item in items] == [["/Lbl", "/LBody"]] * 3
    assert page_validation.is_pdf_compliant_bytes(data, profile="ua1")


def test_row_headers() -> None:
    body = "<table><tr><th scope=row>Dose<td>4 g</table>"
    assert [str(e.A.Scope) for e in elements(make(body)) if e.S == "/TH"] == ["/Row"]


# Terms that run on into what they mean, as on paper.
RUN_ON = (
    "<style>dt, dd:not(:has(> p, > ul)) {{ display: inline }}</style>"
    "<dl><div><dt>{}</dt>\n<dd>{}</dd></div>\n<div><dt>{}</dt>\n<dd>{}</dd></div></dl>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<dl><dt>A<dd>1<dd>2<dt>B<dt>C<dd>3</dl>", ["Lbl LBody LBody", "Lbl", "Lbl LBody"]),
        ("<dl><div><dt>A<dd>1</div><div><dt>B<dd>2<dt>C<dd>3</div></dl>", ["Lbl LBody"] * 3),
        ("<dl><dt></dt><dd>1<p>2</dl>", ["Lbl LBody"]),
        ("<dl><dd>1</dl>", ["LBody"]),
        ('<dl style="columns: 2"><dt>A<dd>1<dt>B<dd>2</dl>', ["Lbl LBody"] * 2),
        (RUN_ON.format("A", "1", "B", "2"), ["Lbl LBody"] * 2),
        (RUN_ON.format("long " * 30, "words " * 30, "B", "<b>2</b>"), ["Lbl LBody"] * 2),
        (RUN_ON.format("A", "<p>1</p><p>2</p>", "B", "<ul><li>3</ul>"), ["Lbl LBody"] * 3),
    ],
)
def test_description_lists(body: str, expected: list[str]) -> None:
    data = make(body)
    items = [element for element in elements(data) if element.S == "/LI"]
    assert [" ".join(str(kid.S)[1:] for kid in item.K) for item in items] == expected
    assert page_validation.is_pdf_compliant_bytes(data, profile="ua1")


def test_languages_inside_a_page() -> None:
    found = {str(e.Lang) for e in elements(made("ja")) if "/Lang" in e}
    assert found == {"en"}


def test_what_goes_on_over_the_page_stays_one_element() -> None:
    rows = "".join(f"<tr><td>{n}<td>a sentence that is long enough" for n in range(40))
    items = "".join(f"<li>{n} <b>and</b> more" for n in range(40))
    words = "<p>" + "many words follow each other " * 60
    ends = "<thead><tr><th>A<th>B<tfoot><tr><td>Ask<td>first"
    table = f"<table><caption>Doses</caption>{ends}<tbody>{rows}</table>"
    data = make(f"{table}<ul>{items}</ul>{words}<dl><dt>One<dd>{'text ' * 300}<dt>Two<dd>2</dl>")
    counts = {
        kind: kinds(data).count(kind)
        for kind in ("Table", "THead", "TH", "TR", "L", "LI", "P", "Caption")
    }
    assert counts == {
        "Table": 1, "THead": 1, "TH": 2, "TR": 42, "L": 2, "LI": 42, "P": 1, "Caption": 1,
    }  # fmt: skip
    report = page_validation.validate_pdf_bytes(data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


FETCHES = {
    "image": ('<img src="{}" alt="A cell">', ""),
    "background": ('<p style="background: url({})">Text</p>', ""),
    "style sheet": ("<p>Text</p>", '<link rel="stylesheet" href="{}">'),
    "import": ("<p>Text</p>", "<style>@import url({});</style>"),
    "font": ("<p>Text</p>", "<style>@font-face {{ font-family: X; src: url({}) }}</style>"),
    "list style": ('<ul style="list-style-image: url({})"><li>Text</ul>', ""),
    "object": ('<object data="{}" type="image/png">Text</object>', ""),
    "embed": ('<embed src="{}" type="image/png">', ""),
    "inside svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A</title>'
        '<image href="{}" width="9" height="9"/></svg>',
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/a.png", "https://example.org/a"]
)
@pytest.mark.parametrize("way", FETCHES)
def test_nothing_is_fetched(way: str, address: str) -> None:
    body, head = (part.format(address) for part in FETCHES[way])
    for _ in range(2):  # the second time, style sheets come from the cache
        assert f"leaflet.md: error: a leaflet may not fetch {address}" in problems(body, head)


def test_pictures_inside_the_page_are_drawn() -> None:
    assert "Figure" in kinds(make(f'<img src="{picture()}" alt="A red corner">'))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="#nowhere">Read on</a>', "No anchor #nowhere"),
        ('<img src="data:image/png;base64,AAAA" alt="A cell">', "Failed to load image"),
        ('<img src="images/cell.png" alt="A cell">', "images/cell.png"),
        (f'<img src="{picture()}">', "has no required alt description"),
    ],
)
def test_holes_are_errors(body: str, said: str) -> None:
    assert said in problems(body)


def test_a_character_without_a_glyph_is_an_error() -> None:
    assert "no font has '\\uf8ff' (U+F8FF) [font] write the sign as words" in problems("<p>\uf8ff")


@pytest.mark.parametrize(
    ("character", "tag"), [("م", "ar"), ("क", "hi"), ("癌", "zh"), ("한", "ko")]
)
def test_a_face_that_is_not_the_pages_is_an_error(character: str, tag: str) -> None:
    """Its font is installed, so that the language of the text is what is missing."""
    said = problems(f"<p>Fever {character}</p>")
    assert f"none of the page's fonts has {character!r} (U+{ord(character):04X}" in said
    assert f'mark the text with its language: <span lang="{tag}">…</span>' in said
    styles = f"<style>{style_sheets(PAGED_STYLES)}</style>"
    assert make(f'<p>Fever <span lang="{tag}">{character}</span></p>', head=styles)


@pytest.mark.parametrize("tag", TAGS)
def test_signs_are_set_in_the_pages_own_fonts(tag: str) -> None:
    signs = "≤ ≥ − ± × ½ µ ² ° … – € • → ↩ ✓ ☐ ⚠"
    assert made_with(tag, signs)


def made_with(tag: str, text: str) -> bytes:
    """Return the PDF of a leaflet with another first paragraph of its text."""
    altered = re.sub(
        r'(<div class="text">\s*<p>)', lambda found: f"{found[1]}{text} ", leaflet(tag), count=1
    )
    assert altered != leaflet(tag)
    return pdf.pdf(altered, language(tag), paper="a4", source=f"{tag}.md")


# Another page before, in other faces of the same file and without its bold one.
BEFORE = {"ar": "", "ja": "<p lang=zh-Hans>癌症</p>", "ko": "<p lang=ja>病気</p>"}


@pytest.mark.parametrize("tag", BEFORE)
def test_same_bytes_in_every_process(tag: str) -> None:
    program = (
        "import sys; from ankl_i18n.languages import language;"
        "from ankl_i18n.pdf.render import pdf;"
        "pages = sys.stdin.read().split('\\f');"
        f"made = [pdf(page, language({tag!r}), paper='a4', source='x.md') for page in pages];"
        "sys.stdout.buffer.write(made[-1])"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "PYTHONIOENCODING": "utf-8",
    }
    page = leaflet(tag)
    head = page.partition("<body")[0]
    again = subprocess.run(
        [sys.executable, "-c", program],
        input=f"{head}<body>{BEFORE[tag]}\f{page}".encode(),
        capture_output=True,
        check=True,
        env=environment,
    ).stdout
    assert again == made(tag)
    assert again == pdf.pdf(page, language(tag), paper="a4", source="x.md")


def test_silenced_logging_hides_nothing() -> None:
    logger = logging.getLogger("weasyprint")
    logger.setLevel(logging.CRITICAL)
    try:
        assert "U+F8FF" in problems("<p>\uf8ff")
        assert logger.level == logging.CRITICAL
    finally:
        logger.setLevel(logging.NOTSET)


def test_weasyprint_is_left_as_it_was() -> None:
    make("<p>Text</p>")
    problems("<p>\uf8ff")
    assert theirs.Stream is theirs.stream.Stream
    assert theirs.Stream.__module__ == "weasyprint.pdf.stream"
    assert theirs.tags._build_box_tree.__module__ == "weasyprint.pdf.tags"


@pytest.mark.parametrize(
    "address", ["https://example.org/ar/ankl.html", "https://example.org/" + "x" * 200]
)
def test_qr_code_draws_the_matrix(address: str) -> None:
    code = segno.make(address, micro=False)
    svg = qr_svg(address)
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    drawn = [[0] * size for _ in range(size)]
    x = y = 0.0
    for command, arguments in re.findall(r"([Mmh])([^Mmh]*)", re.search(r' d="([^"]+)"', svg)[1]):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", arguments)]
        if command == "h":
            for i in range(int(x), int(x + numbers[0])):
                drawn[int(y)][i] = 1
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    border = 4  # the quiet zone
    assert [[int(module) for module in row] for row in code.matrix] == [
        row[border:-border] for row in drawn[border:-border]
    ]
    assert 'aria-hidden="true"' in svg


def test_corrections_have_words() -> None:
    assert all(correction.__doc__ for correction in pdf_tags.CORRECTIONS)


def chromium_print(page: str, folder: Path) -> bytes:
    """Return the PDF that headless Chromium prints of a page."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--print-to-pdf={folder / 'page.pdf'}", str(folder / "page.html"),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True)
    return (folder / "page.pdf").read_bytes()


# Sentences that poppler and PDFium find; more would be welcome. All of them are in the tags.
FOUND = {"ar": (16, 17), "fa": (18, 17), "ur": (19, 13)}


@pytest.mark.parametrize("tag", RTL)
def test_right_to_left_text_is_found_as_far_as_readers_can(tag: str, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(made(tag))
    pdfium = "".join(leaf.get_textpage().get_text_range() for leaf in document)
    texts = map(squeezed, (poppler(made(tag), tmp_path, "pdftotext", "{}", "-"), pdfium))
    found = [sum(squeezed(text) in read for text in sentences(tag)) for read in texts]
    assert found[0] >= FOUND[tag][0]
    assert found[1] >= FOUND[tag][1]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("tag", RTL)
def test_poppler_finds_what_it_finds_in_chromiums_print(tag: str, tmp_path: Path) -> None:
    found = []
    for data in (made(tag), chromium_print(leaflet(tag), tmp_path)):
        read = squeezed(poppler(data, tmp_path, "pdftotext", "{}", "-"))
        found.append({text for text in sentences(tag) if squeezed(text) in read})
    assert found[1] <= found[0]
    assert len(found[1]) > 10


def test_nested_lists_are_in_the_body_of_their_item() -> None:
    data = make(
        "<ol><li>One<ul><li>Two<li>Three</ul></li><li>Four</ol><ul><li><ul><li>Five</ul></ul>"
    )
    nested = [e for e in elements(data) if e.S == "/L" and e.P.S != "/Document"]
    assert [str(element.P.S) for element in nested] == ["/LBody", "/LBody"]
    assert [str(element.P.P.S) for element in nested] == ["/LI", "/LI"]
    assert {str(kid.S) for e in elements(data) if e.S == "/L" for kid in e.K} == {"/LI"}
    assert page_validation.is_pdf_compliant_bytes(data, profile="ua1")


def test_words_do_not_run_together_at_line_ends() -> None:
    words = " ".join(f"word{i}" for i in range(60))
    data = make(f"<p>{words}</p>")
    assert told(data).strip() == words  # each line but the last ends in a space
    (paragraph,) = [e for e in elements(data) if e.S == "/P"]
    assert all(isinstance(kid, int) for kid in paragraph.K)  # lines are no elements


def test_lines_of_a_paragraph_are_one_text() -> None:
    words = " ".join(f"word{i}" for i in range(60))
    for tag in ("en", "ar"):
        data = make(f'<p style="font-family: Noto Sans">{words}</p>', tag)
        (paragraph,) = [e for e in elements(data) if e.S == "/P"]
        assert list(paragraph.K) == [0]
        assert ("/ActualText" in paragraph) == (tag == "ar")


SIZES = {"en": 15, "ar": 25, "hi": 23, "ja": 26, "ur": 31}  # KB of 1,000 bytes, of two pages


def test_files_stay_small() -> None:
    assert [tag for tag, size in SIZES.items() if len(made(tag)) > size * 1000] == []


def test_colours_are_those_of_the_screen() -> None:
    intent = opened(made("en")).Root.OutputIntents[0]
    profile = intent.DestOutputProfile.read_bytes()
    assert len(profile) < 600
    swatch = Image.new("RGB", (16, 16))
    swatch.putdata([(x * 16, y * 16, (x ^ y) * 16) for y in range(16) for x in range(16)])
    seen = ImageCms.profileToProfile(
        swatch, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    )
    assert max(high for _, high in ImageChops.difference(swatch, seen).getextrema()) <= 1
