"""Checks of finished PDFs: each yields what is wrong, with its page and what to do next."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import pikepdf
import pypdfium2
import zxingcpp
from pypdfium2 import raw

from ankl_i18n.errors import Severity
from ankl_i18n.languages.pseudo import RTL_FONT
from ankl_i18n.languages.reader import SYMBOLS, language_data
from ankl_i18n.preflight.reading import Paper
from ankl_i18n.preflight.records import Finding
from ankl_i18n.settings.publisher.contrast import contrast

Findings = Iterator[Finding]
Colour = tuple[int, int, int]

REBUILD: Final = "build it again: ankl-i18n build"
SUBSET: Final = re.compile(r"/[A-Z]{6}\+")
# Office printers leave a border of the sheet empty: 4.2 mm, in points.
UNPRINTABLE: Final = 12.0
# WCAG 2.2, 1.4.3 and 1.4.11: contrast of text, and of text of at least 18 points and of signs.
CONTRAST: Final = 4.5
CONTRAST_LARGE: Final = 3.0
LARGE: Final = 18.0
DOTS: Final = 200 / 72  # for each point, so that a QR code of 2 cm can be read


def fonts(paper: Paper) -> Findings:
    """Every font is embedded, has its letters, and is one of the languages' own."""
    tags = {str(element.Lang) for element in paper.elements if "/Lang" in element}
    tags |= {paper.output.language.tag, paper.output.source.tag}
    own = {family for tag in tags for family in language_data(tag).script.stack} | set(SYMBOLS)
    own |= set(paper.output.fonts)
    own |= {RTL_FONT} if paper.output.language.is_pseudo else set()
    for item in paper.objects.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        name = str(item.get("/BaseFont", "?"))
        is_part = str(item.get("/Subtype", "")).startswith("/CIDFont")
        described = item.DescendantFonts[0] if "/DescendantFonts" in item else item
        if not is_part and "/FontDescriptor" not in described:
            yield _error("fonts", 0, f"the font {name} is not embedded as Unicode", REBUILD)
        elif not is_part:
            if "/ToUnicode" not in item:
                yield _error(
                    "fonts", 0, f"the font {name} does not say which letters it shows", REBUILD
                )
            yield from _font(name, described, own)


def _font(name: str, font: Any, own: set[str]) -> Findings:
    described = font.FontDescriptor
    if not any(key in described for key in ("/FontFile2", "/FontFile3")):
        yield _error("fonts", 0, f"the font {name} is not embedded", REBUILD)
    elif not SUBSET.match(name):
        yield _warning("fonts", 0, f"the font {name} is embedded as a whole", REBUILD)
    family = str(described.get("/FontFamily", ""))
    if family not in own:
        hint = "install the language's fonts (ankl-i18n doctor), and build it again"
        yield _error("fonts", 0, f"{family or name} is not a font for the file's languages", hint)


def tags(paper: Paper) -> Findings:
    """It is tagged, says its title and language, and which way it is read."""
    root, output = paper.objects.Root, paper.output
    views = root.get("/ViewerPreferences", pikepdf.Dictionary())
    title = str(paper.objects.docinfo.get("/Title", ""))
    rtl = output.language.direction == "rtl"
    facts = (
        (bool(paper.elements), "it has no tags, which screen readers need"),
        (str(root.get("/Lang", "")) == output.language.tag, "it does not state its language"),
        (bool(title), "it has no title"),
        (bool(views.get("/DisplayDocTitle", False)), "viewers show its file name, not its title"),
        ((views.get("/Direction") == "/R2L") == rtl, "it states the wrong reading direction"),
        (b"pdfuaid" in _metadata(root), "it does not say that it is PDF/UA"),
    )
    for good, message in facts:
        if not good:
            yield _error("tags", 0, message, REBUILD)
    if title and output.title not in title:
        yield _error("tags", 0, f"its title is {title!r}, not {output.title!r}", REBUILD)


def _metadata(root: Any) -> bytes:
    return bytes(root.Metadata.read_bytes()) if "/Metadata" in root else b""


def cut_off(paper: Paper) -> Findings:
    """No text lies outside its page, or where printers cannot print."""
    for number, page in enumerate(paper.pdfium(), 1):
        width, height = page.get_size()
        outside = close = 0
        for item in _texts(page):
            left, bottom, right, top = item.get_bounds()
            room = min(left, bottom, width - right, height - top)
            outside += room < 0
            close += 0 <= room < UNPRINTABLE
        hint = "shorten the text, or let the table or word break"
        if outside:
            yield _error("cut-off", number, f"{outside} pieces of text leave the page", hint)
        if close:
            message = f"{close} pieces of text are closer to the edge than printers can print"
            yield _warning("cut-off", number, message, hint)


def _texts(page: pypdfium2.PdfPage) -> Iterator[Any]:
    """Yield the text objects of a page that show something."""
    only = (raw.FPDF_PAGEOBJ_TEXT,)
    for item in page.get_objects(only, max_depth=1, textpage=page.get_textpage()):
        left, bottom, right, top = item.get_bounds()
        if right > left and top > bottom:
            yield item


def headings(paper: Paper) -> Findings:
    """No heading is at the foot of a page, its text on the next."""
    last = {leaf.page: leaf for leaf in paper.leaves}
    for number, leaf in sorted(last.items()):
        if leaf.in_heading and number < len(paper.objects.pages):
            hint = "set `break-after: avoid` for headings in the style sheet"
            yield _error("headings", number, "a heading ends the page", hint)


def contrasts(paper: Paper) -> Findings:
    """All text stands out from what is behind it, as far as WCAG 2.2 asks."""
    for number, page in enumerate(paper.pdfium(), 1):
        texts = [(_ink(item), _least(item), item.get_bounds()) for item in _texts(page)]
        for item in list(page.get_objects((raw.FPDF_PAGEOBJ_TEXT,), max_depth=1)):
            page.remove_obj(item)
        behind = page.render(scale=1, no_smoothpath=True).to_pil().convert("RGB")
        low = set()
        for ink, least, bounds in texts:
            ratio = contrast(ink, _ground(behind, page.get_height(), bounds))
            if ratio < least:
                low.add((int(ratio * 10) / 10, least, "#{:02x}{:02x}{:02x}".format(*ink)))
        for ratio, least, colour in sorted(low):
            message = f"text in {colour} has a contrast of {ratio}:1, less than {least}:1"
            yield _error("contrast", number, message, "choose a darker colour in the style sheet")


def _text_of(item: Any) -> str:
    """Return the text of an object; letters that pypdfium2 cannot read are letters all the same.

    See `reading.text_of`: the halves of letters beyond U+FFFF come in the wrong order.
    """
    try:
        return str(item.extract())
    except UnicodeDecodeError:
        return "a"


def _least(item: Any) -> float:
    """Return the contrast that a text must have: large ones and bullets less."""
    size = item.get_font_size() * abs(item.get_matrix().d)
    has_letters = any(map(str.isalnum, _text_of(item)))
    return CONTRAST if has_letters and size < LARGE else CONTRAST_LARGE


def _ground(behind: Any, height: float, bounds: tuple[float, float, float, float]) -> Colour:
    """Return the most common colour behind a text; underlines are not what it is on."""
    left, bottom, right, top = bounds
    shares = (0.1, 0.3, 0.5, 0.7, 0.9)
    across = (left + (right - left) * share for share in shares)
    down = (height - top - 1, height - (bottom + top) / 2, height - bottom + 1)
    return Counter(_pixel(behind, x, y) for x, y in product(across, down)).most_common(1)[0][0]


def _ink(item: Any) -> Colour:
    """Return the colour that a text is filled with."""
    channels = [raw.ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item.raw, *channels)
    red, green, blue, _ = (channel.value for channel in channels)
    return red, green, blue


def _pixel(image: Any, x: float, y: float) -> Colour:
    """Return the colour of a place of a picture, or of the nearest place that it has."""
    width, height = image.size
    place = min(max(int(x), 0), width - 1), min(max(int(y), 0), height - 1)
    red, green, blue = image.getpixel(place)
    return red, green, blue


def links(paper: Paper) -> Findings:
    """Links inside lead to places that exist, links outside are encrypted."""
    named = paper.objects.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    places = {str(name) for name in _names(named)}
    beside = []
    for number, page in enumerate(paper.objects.pages, 1):
        for note in page.get("/Annots", []):
            target, action = note.get("/Dest"), note.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            if isinstance(target, pikepdf.String) and str(target) not in places:
                message = f"a link leads to {str(target)!r}, which is not in the file"
                yield _error("links", number, message, "correct the link in the leaflet")
            elif address and _is_beside(paper, address):
                beside.append(address)
            elif address and urlsplit(address).scheme not in ("https", "mailto", "tel"):
                hint = "write the address in the leaflet with https://"
                yield _error("links", number, f"a link leads to {address}", hint)
    if beside:
        listed = ", ".join(dict.fromkeys(beside))
        message = f"links lead to {listed}, which works only beside the PDF"
        yield _warning("links", 0, message, "set base-url, and build again")


def _is_beside(paper: Paper, address: str) -> bool:
    """Tell whether an address is that of a file which lies beside the PDF."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return False
    file = paper.output.file.parent / unquote(parts.path)
    return os.path.isfile(file)  # noqa: PTH113 - takes any path


def _names(tree: Any) -> Iterator[Any]:
    """Yield the names of a name tree (ISO 32000-1, 7.9.6)."""
    if tree is not None:
        yield from list(tree.get("/Names", []))[::2]
        for kid in tree.get("/Kids", []):
            yield from _names(kid)


def qr_code(paper: Paper) -> Findings:
    """The QR code can be read, and leads to this leaflet's page."""
    yield from _coded(paper, "qr", "the QR code", paper.output.address)


def barcode(paper: Paper) -> Findings:
    """The barcode can be read, and is that of the order number."""
    yield from _coded(paper, "barcode", "the barcode", paper.output.order)


def _coded(paper: Paper, check: str, name: str, wanted: str) -> Findings:
    """Yield what is wrong with a code that should say something."""
    if not wanted:
        return
    codes: set[str] = set()
    document = paper.pdfium()
    for i in reversed(range(len(document))):  # it is near the end
        image = document[i].render(scale=DOTS, grayscale=True).to_pil()
        codes |= {code.text for code in zxingcpp.read_barcodes(image)}
        if wanted in codes:
            return
    what = f"says {', '.join(sorted(codes))}, not" if codes else "cannot be read; it should say"
    yield _error(check, 0, f"{name} {what} {wanted}", REBUILD)


def print_shop(paper: Paper) -> Findings:
    """It is PDF/X-4: for one press, with room to cut, and nothing for screens (ISO 15930-7)."""
    root = paper.objects.Root
    intents = [one for one in root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFX"]
    facts = (
        (b"PDF/X-4" in _metadata(root), "it does not say that it is PDF/X-4"),
        (any("/DestOutputProfile" in intent for intent in intents), "it has no press profile"),
        ("/Trapped" in paper.objects.docinfo, "it does not say whether it is trapped"),
    )
    for good, message in facts:
        if not good:
            yield _error("print-shop", 0, message, REBUILD)
    for number, page in enumerate(paper.objects.pages, 1):
        trim, bleed, media = (
            [float(side) for side in page.obj.get(box, (0, 0, 0, 0))]
            for box in ("/TrimBox", "/BleedBox", "/MediaBox")
        )
        if not (_is_within(trim, bleed) and _is_within(bleed, media)):
            yield _error(
                "print-shop", number, "its page boxes do not lie within each other", REBUILD
            )
        if "/Annots" in page.obj:
            yield _error("print-shop", number, "there are links on the sheet", REBUILD)


def _is_within(inner: list[float], outer: list[float]) -> bool:
    lower = all(a >= b for a, b in zip(inner[:2], outer[:2], strict=True))
    return lower and all(a <= b for a, b in zip(inner[2:], outer[2:], strict=True))


def _error(check: str, page: int, message: str, hint: str) -> Finding:
    return Finding(check, Severity.ERROR, page, message, hint)


def _warning(check: str, page: int, message: str, hint: str) -> Finding:
    return Finding(check, Severity.WARNING, page, message, hint)
