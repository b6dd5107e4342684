"""Checks of the signs around numbers: minus, less and more than, ranges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ankl_i18n.checks.number_compare import number_texts
from ankl_i18n.checks.number_values import runs
from ankl_i18n.checks.records import Finding, Pair

# Not after a letter: there it is a hyphen, as in Hebrew ב-15. Scripts without spaces (from Thai
# on) have letters right before a minus sign, too.
_MINUS: Final = re.compile(
    r"(?<![A-Za-z\u00c0-\u0dff\d)\]%°.,*/+=])(?<!\d )(?:[-–﹣－](?=\d)|− ?(?=\d))"
)
_MINUS_AFTER: Final = re.compile(r"(?<=\d)[-−](?![\w\s]*\d)(?!\w)")
# All that either of them can be.
MAY_BE_MINUS: Final = re.compile(r"[-–﹣－](?=\d)|− ?\d|\d[-−]")
_MINUS_WORDS: Final = re.compile(
    r"minus|moins|menos|negativ|négati|below|under zero|sous zéro|bajo cero|мінус"
    r"|минус|ниж|零下|负|負|マイナス|氷点下"
    r"|영하|마이너스|\bâm\b|trừ|dưới|ناقص|سالب|منفی|منفي|تحت|زیر|शून्य से|ऋण|माइनस"
    r"|ਮਨਫ਼ੀ|ਮਾਈਨਸ|மைனஸ்|ลบ|negatibo|abaixo|unter null|poniżej|onder|ispod|испод|מינוס|מתחת|ដក|ក្រោម"
    r"|хасах",
    re.IGNORECASE,
)
_COMPARISON: Final = re.compile(r"(?<![-=<>])(<=|>=|[<>≤≥＜＞≦≧⩽⩾])(?=[ \u00a0\u202f]?[\d$€£+-])")
MAY_BE_COMPARISON: Final = re.compile("[<>≤≥＜＞≦≧⩽⩾]")
_SAME: Final = {"<=": "≤", ">=": "≥", "＜": "<", "＞": ">", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥"}
_COMPARISON_WORDS: Final = re.compile(
    r"less|more|least|most|below|above|under|over|moins|plus|inférieur|supérieur"
    r"|dessous|dessus|menos|más|mayor|menor|inferior"
    r"|superior|weniger|mehr|unter|über|менш|більш|нижч|вищ|понад|до|меньш|больш|少"
    r"|多|未|不|低|高|大|小|以上|以下|超|满|滿|内|內"
    r"|이상|이하|미만|초과|넘|보다|dưới|trên|hơn|ít|nhiều|أقل|أكثر|أكبر|أصغر|فوق|تحت"
    r"|دون|على الأقل|کمتر|بیشتر|بالا|زیر|کم|زیاد|اوپر|نیچے"
    r"|कम|अधिक|ज़्यादा|ज्यादा|ऊपर|नीचे|ਘੱਟ|ਵੱਧ|ਉੱਪਰ|ਹੇਠਾਂ|குறை|அதிக|மேல்|கீழ்|น้อยกว่า"
    r"|มากกว่า|ต่ำกว่า|สูงกว่า|เกิน|ไม่|mas|higit|kulang|baba|taas",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(r"\s*[,،、，;؛]\s*")
RANGE: Final = re.compile(
    r"(?<![\d.,/-])(\d+(?:\.\d+)?) ?[-–—~〜～] ?(\d+(?:\.\d+)?)(?![\d/-]|[.,]\d)"
)


def _negatives(text: str, pair: Pair, *, ours: bool) -> Counter[str]:
    language = pair.source if ours else pair.language
    if not any(sign in text for sign in "-–−﹣－"):
        return Counter()
    starts = {found.end() for found in _MINUS.finditer(text)}
    ends = set()
    if language.direction == "rtl":
        ends = {found.start() for found in _MINUS_AFTER.finditer(text)}
    return Counter(
        run.readings[0][0] for run in runs(text, language) if run.start in starts or run.end in ends
    )


def minus(pair: Pair) -> Iterator[Finding]:
    """A number below zero stays below zero, and no other gets there."""
    both = number_texts(pair)
    if not both:
        return
    before, after = (_negatives(text, pair, ours=i == 0) for i, text in enumerate(both))
    if before == after:
        return
    if not _MINUS_WORDS.search(both[1]):
        for value in before - after:
            yield f"−{value} lost its minus sign", f"Write −{value}."
    if not _MINUS_WORDS.search(both[0]):
        positive = {run.readings[0][0] for run in runs(both[0], pair.source)}
        for value in after - before:
            if value in positive:
                yield (
                    f"{value} became −{value}",
                    f"Write {value} without a minus sign or a dash before it.",
                )


def _comparisons(pair: Pair) -> tuple[Counter[str], Counter[str]]:
    """Return the comparison signs that only the source has, and only the translation."""
    both = number_texts(pair)
    if not both:
        return Counter(), Counter()
    before, after = (
        Counter(_SAME.get(sign, sign) for sign in _COMPARISON.findall(text)) for text in both
    )
    return before - after, after - before


def comparisons(pair: Pair) -> Iterator[Finding]:
    """Less than does not become more than."""
    lost, new = _comparisons(pair)
    if lost and new and pair.language.direction == "ltr":
        yield (
            f"{' '.join(lost)} became {' '.join(new)}",
            f"Write {' '.join(lost)} as in the source.",
        )


def comparison_words(pair: Pair) -> Iterator[Finding]:
    """A comparison sign that is gone, and no word that says the same."""
    lost, new = _comparisons(pair)
    flipped = lost and new and pair.language.direction == "rtl"
    if flipped:
        hint = "Right-to-left text mirrors these signs; words are safer."
        yield f"{' '.join(lost)} became {' '.join(new)}", hint
    elif lost and not new and not _COMPARISON_WORDS.search(pair.after.prose):
        yield f"the sign {' '.join(lost)} is gone", "Write the sign or its meaning in words."


def ranges(pair: Pair) -> Iterator[Finding]:
    """A range keeps its order, and stays a range.

    Right-to-left text may show a range in either order, so its order is left alone.
    """
    both = number_texts(pair)
    found = RANGE.findall(both[0]) if both else ()
    if not both or not found:
        return
    after = RANGE.findall(both[1])
    for low, high in found:
        turned = (high, low) in after and (low, high) not in after
        if float(low) < float(high) and turned and pair.language.direction == "ltr":
            yield f"the range {low}–{high} became {high}–{low}", f"Write {low}–{high}."
    lists = _lists(both[1], pair)
    ours = _lists(both[0], pair)
    for low, high in found:
        if {low, high} in lists and {low, high} not in ours:
            yield f"the range {low}–{high} became a list", f"Write {low}–{high}."


def _lists(text: str, pair: Pair) -> list[set[str]]:
    """Return the pairs of numbers between which a text has a comma alone."""
    found = runs(text, pair.language)
    pairs = [
        {one.readings[0][0], other.readings[0][0]}
        for one, other in pairwise(found)
        if _COMMA.fullmatch(text[one.end : other.start])
    ]
    return pairs + [set(re.split(r"\D", run.text)) for run in found if _COMMA.search(run.text)]
