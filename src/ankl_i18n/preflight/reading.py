"""Text as readers find it, and a PDF as they read it."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pikepdf
import pypdfium2
from pypdfium2 import raw

from ankl_i18n.html.references import PAGE
from ankl_i18n.preflight.records import Output
from ankl_i18n.source.fields import WRITTEN_LINE

# Letters of the categories that differ between what is written and what is read back: white
# space, controls, joiners and hyphens at line ends.
UNREAD: Final = ("Cf", "Cc", "Zs", "Pd")
HYPHEN: Final = "\ufffe"  # what PDFium says of a hyphen at the end of a line
# Web addresses that PDFs print after links, for readers of the paper.
PRINTED: Final = re.compile(r"[(（]https?://[^()（）]*[)）]")
TURNED_PAIR: Final = re.compile("[\udc00-\udfff][\ud800-\udbff]")
HEADINGS: Final = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")


def squeezed(text: str) -> str:
    """Return a text without white space, hyphens, controls, printed addresses, lines to fill in."""
    composed = unicodedata.normalize("NFC", text.replace(HYPHEN, ""))
    readable = "".join(letter for letter in composed if unicodedata.category(letter) not in UNREAD)
    return WRITTEN_LINE.sub("", PRINTED.sub("", readable))


def unexplained(text: str, explained: Iterable[str]) -> str:
    """Return a squeezed text without the meanings of abbreviations that pages print."""
    for meaning in explained:
        text = text.replace(squeezed(meaning), "")
    return text


def unreferenced(text: str, references: Iterable[str]) -> str:
    """Return a squeezed text without what paper says of where links lead.

    In references `PAGE` stands for a number.
    """
    for reference in references:
        text = re.sub(re.escape(squeezed(reference)).replace(PAGE, r"\d+"), "", text)
    return text


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of marked content in the structure tree: its page (from 1), and if in a heading."""

    page: int
    in_heading: bool


class Paper:
    """A PDF: its objects through pikepdf, its text and looks through PDFium."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.data = output.file.read_bytes()
        self.objects = pikepdf.open(output.file)

    def pdfium(self) -> pypdfium2.PdfDocument:
        """Return the document in PDFium, opened again: it may be changed."""
        return pypdfium2.PdfDocument(self.data)

    @cached_property
    def elements(self) -> list[Any]:
        """The elements of the structure tree, in reading order."""
        root = self.objects.Root.get("/StructTreeRoot")
        return list(_elements(root.get("/K"))) if root is not None else []

    @cached_property
    def leaves(self) -> list[Leaf]:
        """The content of the structure tree, in reading order."""
        root = self.objects.Root.get("/StructTreeRoot")
        numbers = {page.obj.objgen: i for i, page in enumerate(self.objects.pages, 1)}
        if root is None:
            return []
        return list(_leaves(root.get("/K"), numbers, page=0, in_heading=False))

    @cached_property
    def text(self) -> str:
        """What can be read: the pages without running headers, then what the tags say."""
        told = (str(element.ActualText) for element in self.elements if "/ActualText" in element)
        return self.pages_text + squeezed("".join(told))

    @cached_property
    def pages_text(self) -> str:
        """What PDFium reads on the pages, without running headers."""
        return squeezed("".join(_pages_text(self.pdfium())))


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


def _leaves(
    node: Any, numbers: dict[tuple[int, int], int], *, page: int, in_heading: bool
) -> Iterator[Leaf]:
    if isinstance(node, int):
        yield Leaf(page, in_heading)
    elif isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _leaves(kid, numbers, page=page, in_heading=in_heading)
    elif isinstance(node, pikepdf.Dictionary):
        if "/Pg" in node:
            page = numbers.get(node.Pg.objgen, page)
        if "/MCID" in node:
            yield Leaf(page, in_heading)
        elif "/S" in node:
            heading = in_heading or str(node.S) in HEADINGS
            yield from _leaves(node.get("/K"), numbers, page=page, in_heading=heading)


def _pages_text(document: pypdfium2.PdfDocument) -> Iterator[str]:
    """Yield the text of each page, without its artifacts."""
    for page in document:
        for item in list(page.get_objects(max_depth=1)):
            if "Artifact" in marks(item):
                page.remove_obj(item)
        yield text_of(page.get_textpage())


def text_of(page: pypdfium2.PdfTextPage) -> str:
    """Return the text of a page.

    PDFium turns letters that run right to left around by their UTF-16 units, so the halves of
    those beyond U+FFFF (Adlam, Rohingya) come in the wrong order, which pypdfium2 cannot read.
    """
    try:
        return str(page.get_text_range())
    except UnicodeDecodeError:
        units = "".join(chr(raw.FPDFText_GetUnicode(page, i)) for i in range(page.count_chars()))
        turned = TURNED_PAIR.sub(lambda match: match[0][::-1], units)
        return turned.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def marks(item: pypdfium2.PdfObject) -> list[str]:
    """Return the tags of the marked content that an object of a page is in."""
    tags = []
    for i in range(raw.FPDFPageObj_CountMarks(item.raw)):
        name, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        mark = raw.FPDFPageObj_GetMark(item.raw, i)
        pointer = ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFPageObjMark_GetName(mark, pointer, ctypes.sizeof(name), length)
        tags.append(bytes(name)[: length.value].decode("utf-16-le").rstrip("\0"))
    return tags
