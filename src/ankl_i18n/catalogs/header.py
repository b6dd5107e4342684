"""The header of a catalog: what it lacks, and what completes it.

Tools read a catalog by the charset that its header declares, so what is written declares UTF-8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ankl_i18n.catalogs.po import Catalog
from ankl_i18n.languages import Language

# Header field: "draft" until a professional has reviewed the catalog, then "reviewed".
REVIEW_STATE: Final = "X-Review-State"
DRAFT: Final = "draft"
CONTENT_TYPE: Final = "text/plain; charset=UTF-8"
_CHARSET: Final = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
# Fields without which other tools, or ours, have to guess.
_NEEDED: Final = frozenset({"Language", "Content-Type", "Plural-Forms"})


def stamp(now: datetime) -> str:
    """Return a time as PO headers write it (gettext manual, Header Entry)."""
    return now.strftime("%Y-%m-%d %H:%M%z")


def fields(template: Mapping[str, str], language: Language, now: datetime) -> dict[str, str]:
    """Return the header of a new catalog, which nobody has reviewed."""
    return {
        "Project-Id-Version": template.get("Project-Id-Version", ""),
        "Report-Msgid-Bugs-To": template.get("Report-Msgid-Bugs-To", ""),
        "POT-Creation-Date": template.get("POT-Creation-Date", stamp(now)),
        "PO-Revision-Date": stamp(now),
        "Last-Translator": "",
        "Language-Team": language.english,
        "Language": language.gettext_id,
        "MIME-Version": "1.0",
        "Content-Type": CONTENT_TYPE,
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_forms,
        REVIEW_STATE: DRAFT,
    }


def complete(
    catalog: Catalog, template: Mapping[str, str], language: Language, now: datetime
) -> None:
    """Give a header the fields that it lacks, and a charset that its file can be read by.

    What it has stays; fields that ran together are taken apart again.
    """
    headers = catalog.headers
    headers.take_apart()
    is_new = not headers
    for name, value in fields(template, language, now).items():
        lacks = name not in headers or (name in _NEEDED and not headers[name].strip())
        if lacks and (is_new or name != REVIEW_STATE):
            headers[name] = value
    if catalog.charset == "utf-8" and not declares_utf8(catalog):
        headers["Content-Type"] = CONTENT_TYPE


def declared_charset(catalog: Catalog) -> str:
    """Return the charset that a header declares, "" for none or a template's placeholder."""
    match = _CHARSET.search(catalog.headers.get("Content-Type", ""))
    return match[1] if match and match[1] != "CHARSET" else ""


def declares_utf8(catalog: Catalog) -> bool:
    """Tell whether a header declares UTF-8, by any of its names."""
    try:
        return codecs.lookup(declared_charset(catalog)).name == "utf-8"
    except LookupError:
        return False
