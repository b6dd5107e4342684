"""Checks of space and punctuation: line breaks, last signs, brackets, quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ankl_i18n.checks.records import Finding, Pair, base, doubtful_if
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import OBJECT

ENDS: Final = {
    **dict.fromkeys(".。．｡।॥۔။។።։", "full stop"),
    **dict.fromkeys("?？؟⸮፧", "question mark"),
    **dict.fromkeys("!！", "exclamation mark"),
    **dict.fromkeys(":：៖፥፦", "colon"),
    **dict.fromkeys("…", "ellipsis"),
}
STATEMENTS: Final = frozenset({"full stop", "exclamation mark", "ellipsis"})
# Of the source and of the translation.
FINE: Final = frozenset(
    {
        ("", "full stop"),
        ("", "colon"),
        ("full stop", "colon"),
        ("exclamation mark", ""),
        ("ellipsis", ""),
    }
)
CLOSERS: Final = " \u00a0\u202f\n\"'”’»›)）」』】》*_`\u200f\u200e"
BRACKETS: Final = (
    ("round", "(（", ")）"),
    ("square", "[［【〔", "]］】〕"),
    ("curly", "{", "}"),
    ("corner", "「『", "」』"),
    ("angle", "《〈«‹", "》〉»›"),
)
PARTNERS: Final = re.compile(f'["“”{re.escape("".join(o + c for _, o, c in BRACKETS))}]')
SPACE: Final = frozenset(" \t\u00a0\u3000")


@cache
def french_sign(language: Language) -> re.Pattern[str] | None:
    """Return what finds a sign without its no-break space, if the language has such signs."""
    signs = language.data.writing.spaced_signs
    if not signs:
        return None
    return re.compile(
        rf"[^\s\u00a0\u202f?!;:(\[\]\ufffc/\d.&][{signs}](?=\s|$)|«[^\s\u00a0\u202f]"
        r"|[^\s\u00a0\u202f]»"
    )


def whitespace(pair: Pair) -> Iterator[Finding]:
    """Space at the beginning and the end is as in the source."""
    for place, before, after in (
        ("begins", begins_with_space(pair.msgid), begins_with_space(pair.msgstr)),
        ("ends", ends_with_space(pair.msgid), ends_with_space(pair.msgstr)),
    ):
        if before != after:
            with_or_without = "with" if after else "without"
            yield (
                f"the translation {place} {with_or_without} a space, unlike the source",
                "Make both the same.",
            )


def begins_with_space(text: str) -> bool:
    """Tell whether a text begins with a space of any width."""
    return text[:1] in SPACE


def ends_with_space(text: str) -> bool:
    """Tell whether a text ends with a space of any width, line breaks aside."""
    last = text[-1:]
    return (text.rstrip("\n")[-1:] if last == "\n" else last) in SPACE


def newlines(pair: Pair) -> Iterator[Finding]:
    """Line breaks are those of the source: at both ends, and hard ones inside."""
    if breaks_differ(pair.msgid, pair.msgstr):
        yield (
            "the line breaks differ from the source's",
            "Break lines (\\n) only where the source does.",
        )


def breaks_differ(before: str, after: str) -> bool:
    """Tell whether one of two texts alone has line breaks, at the beginning, end or anywhere."""
    same_ends = before[:1] == after[:1] or "\n" not in before[:1] + after[:1]
    same_ends &= before[-1:] == after[-1:] or "\n" not in before[-1:] + after[-1:]
    return not same_ends or ("\n" in before) != ("\n" in after)


def double_spaces(pair: Pair) -> Iterator[Finding]:
    """Two spaces in a row are a slip of the finger."""
    if pair.markup and "  " in pair.after.prose.strip() and "  " not in pair.before.prose.strip():
        yield "there are two spaces in a row", "Delete one."


def end_punctuation(pair: Pair) -> Iterator[Finding]:
    """The last sign says the same: a question stays a question, in the language's own sign.

    Languages differ in where they shout, trail off, and put a full stop; a lost full stop may
    be a lost end.
    """
    code, ends = base(pair.language), pair.language.data.writing.ends
    before, after = end_sign(pair.before.prose), end_sign(pair.after.prose)
    if (
        ends == "unmarked"
        or before == after
        or {before, after} <= STATEMENTS
        or (before, after) in FINE
    ):
        return
    if ends == "loose" and not {before, after} & {"question mark", "exclamation mark"}:
        return
    asked = {before, after} == {"question mark", "full stop"} and code == "ja"
    greek = before == "question mark" and code == "el"
    if before != after and not asked and not greek:
        hint = f"End it with the language's {before}." if before else f"Leave the {after} out."
        yield (
            f"it ends with {after or 'no sign'}, the source with {before or 'no sign'}",
            hint,
        )


def end_sign(text: str) -> str:
    """Return the name of the sign that ends a text, or nothing."""
    last = text.rstrip(CLOSERS)
    return "ellipsis" if last.endswith("...") else ENDS.get(last[-1:], "")


def brackets(pair: Pair) -> Iterator[Finding]:
    """Every bracket that opens closes."""
    before, after = pair.before.prose, pair.after.prose
    for name, openers, closers in BRACKETS:
        opened, closed = _count(after, openers), _count(after, closers)
        quoted = name == "angle" and before.count('"') % 2  # a quotation that is not closed
        if opened != closed and _count(before, openers) == _count(before, closers) and not quoted:
            yield f"{opened} {name} brackets open and {closed} close", "Add or delete a bracket."


def _count(text: str, signs: str) -> int:
    return sum(map(text.count, signs))


# Hebrew abbreviations have a sign before their last letter that most people type as a quote.
_GERSHAYIM: Final = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')


def has_partners(text: str) -> bool:
    """Tell whether every bracket and quotation mark of a text has a partner."""
    return not PARTNERS.search(text) or (
        all(_count(text, openers) == _count(text, closers) for _, openers, closers in BRACKETS)
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
    )


def quotes(pair: Pair) -> Iterator[Finding]:
    """Every quotation that opens closes."""
    before, after = pair.before.prose, pair.after.prose
    before, after = before.replace('""', '"'), after.replace('""', '"')  # as in tables of CSV
    straight = _GERSHAYIM.sub("", after).count('"') % 2 and not before.count('"') % 2
    even = before.count("“") == before.count("”") and not before.count('"') % 2
    curly = after.count("“") != after.count("”") and even
    if straight or (curly and pair.language.data.writing.curly):
        finding = "a quotation mark is not paired", "Add or delete a quotation mark."
        mixed = sum(map(after.count, '"“”')) % 2 == 0  # one that closes is of another kind
        yield doubtful_if(mixed, finding)


def french_spacing(pair: Pair) -> Iterator[Finding]:
    """French puts a no-break space before ; : ! ? and inside « » (Canadian: only : and « »)."""
    pattern = french_sign(pair.language)
    match = pattern.search(pair.after.prose) if pattern else None
    if match and OBJECT not in match[0]:
        yield f"no space in {match[0]!r}", "Put a no-break space (U+202F or U+00A0) there."
