"""What makes a tagged PDF an archival one too: PDF/A-2a (ISO 19005-2) beside PDF/UA-1.

WeasyPrint writes one or the other. Given the variant PDF/A-2a it adds the colour profile and
the file identifier; what PDF/UA-1 asks for in the metadata is added here.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Any, Final

VARIANT: Final = "pdf/a-2a"

# The identification of PDF/UA-1 (ISO 14289-1, 5), and its description as an extension schema
# (ISO 19005-2, 6.6.2.3.3): PDF/A allows no property that it does not know.
UA: Final = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END: Final = b"</rdf:RDF>"
COMPONENTS: Final = 3  # of a colour: red, green, blue
HEADER: Final = 128  # bytes of an ICC profile's header


# The colour space sRGB (IEC 61966-2-1) seen under the light of print, D50: red, green, blue and
# white as XYZ, the turn from D65, and its curve: exponent, then a, b, c, d of ICC.1:2010, 10.16.
PRIMARIES: Final = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
    b"wtpt": (0.96420, 1.00000, 0.82491),
}
ADAPTATION: Final = (
    1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168,
)  # fmt: skip
CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def be_archival(pdf: Any) -> None:
    """Make a PDF/A-2a, a `pydyf.PDF` that is not written yet, PDF/UA-1 as well."""
    for item in pdf.objects:
        kind = getattr(item, "extra", {})
        if kind.get("Type") == "/Metadata":
            item.stream = [part.replace(END, UA + END) for part in item.stream]
        elif kind.get("N") == COMPONENTS:
            item.stream = [srgb()]


@cache
def srgb() -> bytes:
    """Return an ICC profile of sRGB, a fifth of the size of WeasyPrint's (ICC.1:2010, 7)."""
    tags = {name: b"XYZ \0\0\0\0" + _fixed(*xyz) for name, xyz in PRIMARIES.items()}
    tags[b"chad"] = b"sf32\0\0\0\0" + _fixed(*ADAPTATION)
    tags[b"desc"] = tags[b"cprt"] = _words("sRGB")
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(*CURVE)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, data, places = b"", b"", {}
    start = HEADER + 4 + 12 * len(tags)
    for name, tag in tags.items():
        if tag not in places:
            places[tag] = start + len(data)
            data += tag + bytes(-len(tag) % 4)
        table += struct.pack(">4sII", name, places[tag], len(tag))
    header = struct.pack(
        ">I4xI4s4s4s6H4s28x12s48x",
        start + len(data), 0x04200000, b"mntr", b"RGB ", b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp",
        _fixed(0.9642, 1, 0.8249),
    )  # fmt: skip
    return header + struct.pack(">I", len(tags)) + table + data


def _fixed(*numbers: float) -> bytes:
    """Return numbers as 16 bits before and 16 after the point (s15Fixed16Number)."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _words(text: str) -> bytes:
    """Return a text in one language (multiLocalizedUnicodeType)."""
    encoded = text.encode("utf-16-be")
    return struct.pack(">4s4xII4sII", b"mluc", 1, 12, b"enUS", len(encoded), 28) + encoded
