"""The check of placeholders: {name} and %s are filled in by the program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from string import Formatter
from typing import Final

from ankl_i18n.checks.records import Finding, Pair
from ankl_i18n.source.fields import fields_in

BRACE_FLAGS: Final = frozenset({"python-brace-format"})
PERCENT_FLAGS: Final = frozenset({"python-format", "c-format"})
PERCENT: Final = re.compile(
    r"%(?:%|(?P<position>\d+\$)?(?P<name>\(\w+\))?[#0 +'-]*(?:\d+|\*)?(?:\.(?:\d+"
    r"|\*))?(?:hh|h|ll|l|L|q|j|z|t)?(?P<type>[diouxXeEfFgGaAcrsnp]))"
)


def placeholders(pair: Pair) -> Iterator[Finding]:
    """The placeholders are those of the source, in any order, and can be filled in."""
    if not (BRACE_FLAGS | PERCENT_FLAGS) & pair.flags:
        before, after = (Counter(fields_in(text)) for text in (pair.msgid, pair.msgstr))
        yield from _differences(pair, before, after, "{{{}}}")
    if BRACE_FLAGS & pair.flags:
        yield from _differences(pair, _braces(pair.msgid), _braces(pair.msgstr), "{{{}}}")
    if PERCENT_FLAGS & pair.flags:
        yield from _differences(pair, _percents(pair.msgid), _percents(pair.msgstr), "%{}")


def _differences(
    pair: Pair, before: Counter[str] | None, after: Counter[str] | None, form: str
) -> Iterator[Finding]:
    if before is None:
        return
    if after is None:
        yield (
            "a { or } is not paired",
            "Copy the placeholders from the source; write {{ for a brace.",
        )
        return
    # A form used for one number alone may leave the number out.
    lost = [] if pair.single else sorted(set(before) - set(after))
    if form.startswith("%"):
        lost = [] if pair.single else sorted((before - after).elements())
    for name in lost:
        text = form.format(name)
        yield f"the placeholder {text} is lost", f"Write {text} where its value should be."
    new = after - before if form.startswith("%") else set(after) - set(before)
    for name in sorted(new):
        text = form.format(name)
        yield (
            f"the placeholder {text} is not in the source",
            "Copy the placeholders from the source, untranslated.",
        )


def _braces(text: str) -> Counter[str] | None:
    """Return the fields of a str.format text, or None where it is none."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return Counter(fields)


def _percents(text: str) -> Counter[str]:
    """Return the conversions of a % text: "(name)s", "s"; positions do not count."""
    matches = (match for match in PERCENT.finditer(text) if match["type"])
    return Counter(f"{match['name'] or ''}{match['type']}" for match in matches)
