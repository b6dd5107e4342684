"""Broken and odd files: no traceback, nothing lost in silence, and GNU gettext agrees.

`make fuzz` tries 10,000 PO files; FUZZ_FILES says how many (500 if not set). Every difference
from GNU gettext has its reason in one of the tables here, which docs/reliability.md repeats.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankl_i18n import po
from ankl_i18n.catalog import leaflet_messages
from ankl_i18n.document import parse
from ankl_i18n.errors import AnklError, CatalogError
from ankl_i18n.po import plain, reader
from tests.fuzzing import Told, Verdict, gnu, mutated, seeds

FILES = int(os.environ.get("FUZZ_FILES", "500"))
FIGURES = Path(os.environ.get("FUZZ_FIGURES", os.devnull))
SHARDS = 10

# What we refuse and GNU gettext takes, by our words.
STRICTER = {
    r"NUL|\\0+ is no escape": "GNU cuts the text at the NUL, in silence",
    r"is no escape": "\\x is read as C reads it, up to the end of the text: no one means that",
    r"is not .* text|but the text is UTF-8|unknown charset": "GNU looks at no bytes in comments, "
    "and trusts a header that names a charset of 8 bits",
    r"closing quote|text follows|is no keyword|not expected|has no text": "at the end of a file "
    "without a last line end GNU is silent about it",
    r"header stands after": "a header that is not the first message is read by few programs",
    r"Plural-Forms": "msgfmt -c looks at it only if there are plural messages",
    r"msgstr\[\d+\]|more than": "more forms than any language has",
    r"same message stands": "GNU keeps obsolete messages that are there twice; translators lose one",
}
# What GNU gettext refuses and we take, by its words.
LOOSER = {
    r"header (?:field|missing)|[Cc]harset|header missing": "the header's content is for `check`",
    r"do not both (?:begin|end) with|format specification|not a valid .* format": "for `check`",
    r"nplurals|plural form|plural expression|Plural": "for `check`",
}
# What msgcat cannot read and we can, by its words: there is nothing to compare then.
UNREADABLE = {
    r"charset|encoding name": "without a charset, or one that GNU knows, we take it to be UTF-8",
    r"missing '?msg\w+'? section|syntax error|inconsistent use of #~": "comments between the "
    "fields of a message, #~| before a live one, #| msgctxt without #| msgid: we keep them all",
}


def ours(data: bytes) -> tuple[po.Catalog, Counter[Told]]:
    catalog = po.parse(data, "x.po")
    assert po.write(catalog) == data
    header = [catalog.header] if catalog.header.span else []
    return catalog, Counter(_told(entry) for entry in [*header, *catalog.entries])


def _told(entry: po.Entry) -> Told:
    plural = entry.msgid_plural if entry.msgstr_plural else None
    return (
        *(bool(entry.obsolete), entry.is_fuzzy()),
        *(entry.msgctxt, entry.msgid, plural, entry.forms),
    )


def _mixed(entry: po.Entry) -> bool:
    """Tell whether an entry has what only we read: see the end of `UNREADABLE`."""
    half = entry.previous_msgctxt is not None and entry.previous_msgid is None
    return half or (entry.span is not None and entry.body < 0)


def _without_odds(told: Counter[Told], data: bytes, *, keep_header: bool) -> Counter[Told]:
    """Leave out what GNU treats differently, and why is known.

    msgcat writes the charset it converts to into the header, and no header if there is no
    message but obsolete ones. It knows one spelling of fuzzy; a text that someone marked as
    Fuzzy is not shown to readers by us.
    """
    odd = re.search(rb"(?i)#[,=!].*fuzzy", data) is not None
    found: Counter[Told] = Counter()
    for (obsolete, fuzzy, msgctxt, msgid, plural, forms), count in told.items():
        header = not msgid and msgctxt is None and not obsolete
        if header and not keep_header:
            continue
        texts = tuple(re.sub(r"charset=[^\n]*", "", text) for text in forms) if header else forms
        found[obsolete, fuzzy and not odd, msgctxt, msgid, plural, texts] += count
    return found


def difference(data: bytes, verdict: Verdict) -> tuple[str, str]:
    """Return how we and GNU gettext differ on a file, and why; fail if no one knows why."""
    try:
        catalog, told = ours(data)
    except CatalogError as failure:
        if verdict.complaints:
            return "both refuse it", ""
        words = str(failure.problems[0])
        reasons = [why for pattern, why in STRICTER.items() if re.search(pattern, words)]
        assert reasons, f"GNU takes it, and we say: {words}\n{data!r}"
        return "we alone refuse it", reasons[0]
    if verdict.entries is None:
        reasons = [why for words, why in UNREADABLE.items() if re.search(words, verdict.complaints)]
        mixed = any(_mixed(entry) for entry in catalog.entries)
        assert reasons, f"we take it, and msgcat says: {verdict.complaints}\n{data!r}"
        assert mixed or "charset" in reasons[0], f"{verdict.complaints}\n{data!r}"
        return "msgcat alone refuses it", reasons[0]
    keep = any(entry[:1] == (False,) and entry[3] for entry in verdict.entries)
    mine = _without_odds(told, data, keep_header=keep)
    assert mine == _without_odds(verdict.entries, data, keep_header=keep), repr(data)
    if not verdict.complaints:
        return "both take it, with the same entries", ""
    reasons = [why for pattern, why in LOOSER.items() if re.search(pattern, verdict.complaints)]
    assert reasons, f"we take it, and msgfmt says: {verdict.complaints}\n{data!r}"
    return "msgfmt -c alone refuses it, msgcat sees the same entries", reasons[0]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_mutated_files(shard: int, tmp_path: Path) -> None:
    chance = random.Random(shard)
    files = seeds()
    path = tmp_path / "x.po"
    counts: Counter[tuple[str, str]] = Counter()
    for _ in range(FILES // SHARDS):
        data = mutated(chance, files)
        # GNU refuses a BOM, and takes lines that end in CR alone for one line.
        path.write_bytes(re.sub(rb"\r(?!\n)", b"\n", data.removeprefix(b"\xef\xbb\xbf")))
        counts[difference(data, gnu(path))] += 1
    assert sum(counts.values()) == FILES // SHARDS
    with FIGURES.open("a", encoding="utf-8") as file:
        file.writelines(f"{count}\t{what}\t{why}\n" for (what, why), count in counts.items())
