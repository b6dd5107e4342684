"""What makes a tagged PDF an archival one too: PDF/A-2a (ISO 19005-2) beside PDF/UA-1.

WeasyPrint writes one or the other. Given the variant PDF/A-2a it adds the colour profile and
the file identifier; what PDF/UA-1 asks for in the metadata is added here.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Any, Final

from PIL import ImageCms

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
# The year, month, day and so on in a profile's header, and what is there (ICC.1:2010, 7.2.8).
CREATED: Final = slice(24, 36)
DAY: Final = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)


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
    """Return an ICC profile of sRGB, a fifth of the size of WeasyPrint's, the same on any day."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[CREATED] = DAY
    return bytes(profile)
