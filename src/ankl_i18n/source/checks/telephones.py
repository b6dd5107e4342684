"""Checks of telephone numbers: readers tap those that the author marks, `[…](tel:…)`.

Pages never guess which numbers are telephone numbers, since a dose is none. Here a guess costs
nothing but a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings
from ankl_i18n.source.checks.words import LINK
from ankl_i18n.source.texts import read

# Numbers as they are written: international (ITU-T E.123), national with a zero, North American.
_TELEPHONE: Final = re.compile(
    r"(?<![\w.,:/+-])(?:\+\d[\d ()./‑-]{5,20}\d|\(?0\d[\d ()/‑-]{4,18}\d"
    r"|(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\w°%]|[.,:/-]\d)"
)
_DATE: Final = re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d\d-\d\d")
_LINK: Final = re.compile(
    r"\[([^\[\]]*)\]\(\s*tel:([^\s()]*(?:\([^()]*\)[^\s()]*)*)", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d")
# The trunk prefix of a national number, which nobody dials from abroad: +44 (0)20.
_TRUNK: Final = re.compile(r"\(0\)")
FEWEST, MOST = 7, 15  # digits of a telephone number (ITU-T E.164)
SHORTEST: Final = 3


def unmarked(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Telephone numbers that readers cannot tap."""
    for passage in leaflet.passages:
        for match in _TELEPHONE.finditer(read(LINK.sub("\ufffc", passage.text.raw)).prose):
            number, digits = match[0], "".join(_DIGITS.findall(match[0]))
            if FEWEST <= len(digits) <= MOST and not _DATE.fullmatch(number):
                hint = f"if it is a telephone number, write [{number}](tel:{_dialled(number)})"
                yield passage.line, f"readers cannot tap {number}", hint


def different(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Links that call another number than readers see."""
    written = [
        (shown, p.line, to) for p in leaflet.passages for shown, to in _LINK.findall(p.text.raw)
    ]
    written += [
        (link.text.text, line, link.href[4:])
        for link, line in leaflet.front_links()
        if link.href.lower().startswith("tel:")
    ]
    for shown, line, called in written:
        seen = "".join(_DIGITS.findall(_TRUNK.sub("", shown)))
        dialled = "".join(_DIGITS.findall(called.partition(";")[0]))
        if len(seen) >= SHORTEST and not dialled.endswith(seen.lstrip("0") or seen):
            hint = "write the same number in both places"
            yield line, f"readers see {shown}, and the link calls {called}", hint


def _dialled(number: str) -> str:
    """Return a number as it is in an address (RFC 3966)."""
    return re.sub(r"[^\d+]", "", _TRUNK.sub("", number) if number[0] == "+" else number)
