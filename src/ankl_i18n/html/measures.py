"""Measures, telephone numbers and names with numbers: what stays in one piece in a line."""

from __future__ import annotations

import re
from typing import Final

S: Final = r"[ \u00a0\u2009\u202f]"
# An exponent: 10⁹, 10⁻³.
POWER: Final = "(?:[⁺⁻]?[⁰¹²³⁴-⁹]+)?"
# A number in any script's digits, its thousands apart or not; a time of day.
NUMBER: Final = rf"(?:\d{{1,3}}(?:{S}\d{{3}})+(?!{S}?\d)|\d+)(?:[.,:٫٬]\d+)*{POWER}"
UNIT: Final = (
    r"(?:°(?![ \u00a0]?[\u0590-\u08ff](?!\w))[ \u00a0]?[CF]?"
    r"|[%‰]|mmol|mm?Hg|mcg|[mµμkc]?[glmL]|[dµμ]L|[mµμ]?mol|I?U|[km]?Pa|k?cal|k?J"
    r"|[kM]?Hz|lx|ms|min|[hs]|мкг|мг|кг|г|мл|дл|л|мм|см|км|м|мин|хв|ч|год)(?!\w)[²³]?"
)
RATE: Final = rf"(?:/(?:{UNIT}|m²|day|d(?!\w)))*"
QUANTITY: Final = rf"{NUMBER}(?:{S}?{UNIT})?{RATE}"
# What joins quantities: a range, a product, a rate; and an ending ("38-year-old", "15:30-এ").
JOIN: Final = rf"{S}?[–−×/~〜～‑-]{S}?"
ENDING: Final = r"(?:[-‑][^\W\d_\u0590-\u08ff\ufb1d-\ufeff]+)*"
# Not the number of a name ("B12", "NK-7"); no hyphen after a word ("ב-15") is a minus.
NOT_IN_A_NAME: Final = r"(?<![A-Za-z\d])(?<![A-Za-z][-‑])"
SIGN: Final = rf"(?:(?<!\w)(?:[<>≤≥≈~±]{S}?|[−+-](?:{S}(?={NUMBER}{S}?{UNIT}))?))?"
MEASURE: Final = rf"{NOT_IN_A_NAME}{SIGN}{QUANTITY}(?:{JOIN}{SIGN}{QUANTITY})*{ENDING}"
# A telephone number has up to 15 digits (ITU-T E.164) in groups; a large number has groups of 3.
GROUP: Final = rf"(?:{S}?\(\d{{1,5}}\){S}?|[ \u00a0\u202f.‑/-]?)\d"
PHONE: Final = (
    rf"{NOT_IN_A_NAME}(?!\d{{1,3}}(?:{S}\d{{3}})+(?!{S}?\d))"
    rf"(?:(?:\+{S}?)?\d(?:{GROUP}){{6,14}}|\(\+?\d{{1,5}}\){S}?\d(?:{GROUP}){{4,14}})"
    rf"(?![.,:]?\d|{S}?{UNIT})"
)
# "NK-7", "PD-L1".
NAME: Final = r"(?<![\w‑-])[A-Z][A-Za-z]{0,5}[-‑][A-Z]?\d{1,4}(?![\w‑-])"
KEEP_TOGETHER: Final = re.compile(rf"{PHONE}|{MEASURE}|{NAME}")
