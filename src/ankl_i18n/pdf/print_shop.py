"""PDF/X-4 for a print-shop (ISO 15930-7): bleed, crop marks and the colours of its process.

Made of a finished PDF whose pages have a bleed. Colours become those of the ICC profile; what is
grey or black is printed with black ink alone, so that letters stay sharp. It is meant for the
print-shop only: it has no tags and no links, which PDF/X does not allow on the sheet (6.10).
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any, Final
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator
from PIL import Image, ImageCms

from ankl_i18n.errors import RenderError
from ankl_i18n.pdf.archive import srgb
from ankl_i18n.settings.publisher.printing import PrintShop

# By the colour space of a profile: how many colours it has, their name and operators (ISO 32000-1,
# table 74), black at registration marks, and the mode of Pillow.
SPACES: Final = {
    "CMYK": (4, Name.DeviceCMYK, "k", "K", "1 1 1 1 K", "CMYK"),
    "RGB": (3, Name.DeviceRGB, "rg", "RG", "0 0 0 RG", "RGB"),
    "GRAY": (1, Name.DeviceGray, "g", "G", "0 G", "L"),
}
OUTPUT: Final = "prtr"  # the class of profiles of output devices (ICC.1, 7.2.5)
NEWEST: Final = 5.0  # the first version of ICC profiles that PDF/X-4 does not know
MM: Final = 72 / 25.4
# Room for marks beside the bleed, where they begin and how long they are, in points.
SLUG, GAP, MARK = 10 * MM, 2 * MM, 6 * MM
REGISTRY: Final = "http://www.color.org"
XMP: Final = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>{day}T00:00:00Z</xmp:MetadataDate>
<xmp:CreatorTool>ankl-i18n</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>{identifier}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""

Colour = tuple[float, ...]


def wrong_profile(data: bytes) -> str:
    """Return what is wrong with the bytes of an ICC profile for a print-shop, or nothing."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    except (OSError, ImageCms.PyCMSError):
        return "this is not an ICC profile"
    space = str(profile.xcolor_space).strip()
    if str(profile.device_class).strip() != OUTPUT:
        return f"this ICC profile is for a {profile.device_class.strip()} device, not for a press"
    if space not in SPACES:
        return f"this ICC profile is for {space} colours, not for {', '.join(SPACES)}"
    if profile.version >= NEWEST:
        return f"this ICC profile is of version {profile.version}; PDF/X-4 needs 4 or 2"
    return ""


def refuse(data: bytes, path: str) -> None:
    """Raise `RenderError` for a file that is no ICC profile for a print-shop."""
    if wrong := wrong_profile(data):
        hint = "ask the print shop for the profile of its press and paper, and save it there"
        raise RenderError.of("print-shop", wrong, path, hint)


def for_print_shop(data: bytes, shop: PrintShop) -> bytes:
    """Return a PDF/X-4 of a PDF. The same PDF gives the same bytes."""
    inks = Inks(shop.profile)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        title = str(pdf.docinfo.get("/Title", ""))
        _leave_alone(pdf)
        for page in pdf.pages:
            _set_boxes(page)
            page.contents_add(pdf.make_stream(_marks(page, inks.register).encode()))
        inks.dye(pdf)
        _intend(pdf, shop, inks)
        _describe(pdf, title, shop, data)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, force_version="1.6",
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return out.getvalue()


def _leave_alone(pdf: pikepdf.Pdf) -> None:
    """Take out what is for screens: tags, links, the way to show the file."""
    for key in ("/StructTreeRoot", "/MarkInfo", "/Names", "/Outlines", "/ViewerPreferences",
                "/OpenAction", "/PageMode", "/Lang", "/OutputIntents", "/Metadata"):  # fmt: skip
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in ("/Annots", "/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]


# --- the sheet ------------------------------------------------------------------------------------


def _set_boxes(page: pikepdf.Page) -> None:
    """Make the bleed what was the sheet, and the sheet larger, for marks (ISO 32000, 14.11.2)."""
    left, bottom, right, top = (float(side) for side in page.mediabox)
    page.obj.TrimBox = page.obj.get("/TrimBox", page.mediabox)
    page.obj.BleedBox = Array([left, bottom, right, top])
    page.obj.MediaBox = Array([left - SLUG, bottom - SLUG, right + SLUG, top + SLUG])
    if "/CropBox" in page.obj:
        del page.obj["/CropBox"]


def _marks(page: pikepdf.Page, black: str) -> str:
    """Return strokes that show where to cut, outside of the bleed."""
    left, bottom, right, top = (float(side) for side in page.obj.TrimBox)
    outer = [float(side) for side in page.obj.BleedBox]
    strokes = []
    for y in (bottom, top):
        strokes += [(outer[0] - GAP - MARK, y, outer[0] - GAP, y)]
        strokes += [(outer[2] + GAP, y, outer[2] + GAP + MARK, y)]
    for x in (left, right):
        strokes += [(x, outer[1] - GAP - MARK, x, outer[1] - GAP)]
        strokes += [(x, outer[3] + GAP, x, outer[3] + GAP + MARK)]
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in strokes)
    return f"q {black} 0.25 w {drawn} Q"


# --- colours --------------------------------------------------------------------------------------


class Inks:
    """The colours of a profile: what red, green and blue come to."""

    def __init__(self, profile: bytes) -> None:
        target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        self.name = str(target.profile.xcolor_space).strip()
        self.description = (ImageCms.getProfileDescription(target) or "").strip()
        self.count, self.space, self.fill, self.stroke, self.register, mode = SPACES[self.name]
        self._transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(io.BytesIO(srgb())), target, "RGB", mode,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )  # fmt: skip
        self.of = cache(self._of)

    def _of(self, red: float, green: float, blue: float) -> Colour:
        """Return a colour of sRGB (0 to 1) in those of the profile; greys in black alone."""
        if self.name == "CMYK" and red == green == blue:
            return 0.0, 0.0, 0.0, round(1 - red, 4)
        pixel = Image.new("RGB", (1, 1), tuple(round(255 * one) for one in (red, green, blue)))
        printed = ImageCms.applyTransform(pixel, self._transform)
        values = printed.tobytes() if printed else b""
        return tuple(round(value / 255, 4) for value in values)

    def dye(self, pdf: pikepdf.Pdf) -> None:
        """Put the colours of a PDF into those of the profile."""
        profile = pdf.make_stream(srgb(), N=3)
        own = pdf.make_indirect(Array([Name.ICCBased, profile]))
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(self._dyed(page))
        for item in list(pdf.objects):
            if not isinstance(item, (pikepdf.Stream, pikepdf.Dictionary)):
                continue
            if isinstance(item, pikepdf.Stream) and _has_operators(item):
                item.write(self._dyed(item))
            self._settle(item, own)

    def _settle(self, item: Any, own: pikepdf.Object) -> None:
        """Name the colour space of pictures, shadings and groups (6.2.4)."""
        for key in ("/ColorSpace", "/CS"):
            if item.get(key) == Name.DeviceRGB and self.count != SPACES["RGB"][0]:
                item[key] = own
        group = item.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and "/CS" in group:
            group.CS = self.space
        shading = item.get("/Shading")
        if isinstance(shading, pikepdf.Dictionary):
            self._settle(shading, own)

    def _dyed(self, stream: Any) -> bytes:
        return pikepdf.unparse_content_stream(list(self._operators(stream)))

    def _operators(self, stream: Any) -> Iterator[Any]:
        for instruction in pikepdf.parse_content_stream(stream):
            operands, operator = instruction.operands, str(instruction.operator)
            if operator in ("rg", "RG", "g", "G"):
                values = [float(operand) for operand in operands]
                colour = self.of(*(values * 3 if len(values) == 1 else values))
                name = self.fill if operator.islower() else self.stroke
                yield [pikepdf.Object.parse(f"{one:g}".encode()) for one in colour], Operator(name)
            else:
                yield instruction


def _has_operators(stream: pikepdf.Stream) -> bool:
    """Tell whether a stream is a drawing: a form or a pattern of tiles."""
    return stream.get("/Subtype") == Name.Form or stream.get("/PatternType") == 1


# --- what it says of itself -----------------------------------------------------------------------


def _intend(pdf: pikepdf.Pdf, shop: PrintShop, inks: Inks) -> None:
    """Say for which process it is made (6.2.2; ISO 32000-1, 14.11.5)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=shop.condition or "Custom",
        Info=inks.description or shop.condition or "Custom",
        DestOutputProfile=pdf.make_stream(shop.profile, N=inks.count),
    )
    if shop.condition:
        intent.RegistryName = REGISTRY
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _describe(pdf: pikepdf.Pdf, title: str, shop: PrintShop, data: bytes) -> None:
    """Say what it is, in both places where programs look (6.7)."""
    producer = str(pdf.docinfo.get("/Producer", "")) or "ankl-i18n"
    named = uuid.uuid5(uuid.NAMESPACE_OID, sha256(data).hexdigest() + str(shop)).urn
    told = XMP.format(
        title=escape(title), day=shop.day, producer=escape(producer), identifier=named
    )
    day = f"D:{shop.day.replace('-', '')}000000Z"
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, value in (("/Title", title), ("/Creator", "ankl-i18n"), ("/Producer", producer),
                       ("/CreationDate", day), ("/ModDate", day)):  # fmt: skip
        pdf.docinfo[key] = value
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.Root.Metadata = pdf.make_stream(told.encode(), Type=Name.Metadata, Subtype=Name.XML)
