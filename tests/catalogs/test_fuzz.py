"""Broken and odd files: no traceback, nothing lost in silence, and GNU gettext agrees.

`make fuzz` tries 10,000 PO files; FUZZ_FILES says how many (500 if not set). Every difference
from GNU gettext has its reason in one of the tables here, which docs/reliability.md repeats.
"""

from __future__ import annotations

import os
import random
import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.po import reader
from ankl_i18n.catalogs.renewal import update
from ankl_i18n.catalogs.template import leaflet_messages
from ankl_i18n.errors import AnklError, CatalogError
from ankl_i18n.languages import language
from ankl_i18n.source import parse
from fuzzing import CASES, Told, Verdict, gnu, mutated, seeds

FILES = int(os.environ.get("FUZZ_FILES", "500"))
FIGURES = Path(os.environ.get("FUZZ_FIGURES", os.devnull))
SHARDS = 10
SOURCES = Path(__file__).parents[2] / "source"
FILES_TO_MUTATE = seeds()

# What we refuse and GNU gettext takes, by our words.
STRICTER = {
    r"NUL|\\0+ is not a valid escape": "GNU cuts the text at the NUL, in silence",
    r"is not a valid escape": "\\x is read as C reads it, to the end: nobody means that",
    r"is not .* text|but the text is UTF-8|unknown charset": "GNU looks at no bytes in comments, "
    "and trusts a header that names a charset of 8 bits",
    r"closing quote|text follows|is no keyword|not expected|has no text": "at the end of a file "
    "without a last line end GNU is silent about it",
    r"header comes after": "a header that is not the first message is read by few programs",
    r"Plural-Forms": "msgfmt -c looks at it only if there are plural messages",
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
    r"changes some msgids": "GNU converts no msgid that is not ASCII from a charset of 8 bits",
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
    message but obsolete ones. It knows one spelling of fuzzy, and leaves it out where there is
    no translation; a text that someone marked as Fuzzy is not shown to readers by us.
    """
    odd = re.search(rb"(?i)#[,=!].*fuzzy", data) is not None
    found: Counter[Told] = Counter()
    for (obsolete, fuzzy, msgctxt, msgid, plural, forms), count in told.items():
        header = not msgid and msgctxt is None and not obsolete
        if header and not keep_header:
            continue
        texts = tuple(re.sub(r"charset=[^\n]*", "", text) for text in forms) if header else forms
        found[obsolete, fuzzy and any(forms) and not odd, msgctxt, msgid, plural, texts] += count
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
        assert mixed or not reasons[0].startswith("comments"), f"{verdict.complaints}\n{data!r}"
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


# -- made up from nothing ---------------------------------------------------------------------

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\\"'), max_size=90
)
SHORT = st.sampled_from(
    ["Take 5 mg", "Take 5 mg a day", "Do not drive.", "Rest", "Rest now, please"]
)
ENTRY = st.builds(
    po.Entry,
    msgctxt=st.none() | st.sampled_from(["a", "b"]),
    msgid=(TEXT | SHORT).filter(bool),
    msgstr=TEXT | SHORT,
    obsolete=st.booleans(),
    flags=st.sampled_from([[], ["fuzzy"], ["c-format"]]),
    previous_msgid=st.none() | TEXT,
    tcomment=st.sampled_from(["", "note"]),
)
# msgcat drops obsolete messages without a translation.
ENTRIES = st.lists(
    ENTRY.filter(lambda e: e.msgstr or not e.obsolete),
    max_size=8,
    unique_by=lambda entry: entry.key(),
)
HEADERS = {"Language": "fr", "Content-Type": "text/plain; charset=UTF-8"}


def catalog_of(entries: list[po.Entry]) -> po.Catalog:
    made = po.new("x.po", HEADERS)
    made.entries = entries
    return po.parse(po.write(made), "x.po")


@settings(deadline=None, max_examples=40)
@given(ENTRIES)
def test_msgcat_reads_what_we_write(made: list[po.Entry]) -> None:
    catalog = catalog_of(made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.po")
        path.write_bytes(catalog.data)
        read = gnu(path).entries
    assert read is not None
    keep = any(not entry.obsolete for entry in catalog.entries)
    expected = _without_odds(ours(catalog.data)[1], b"", keep_header=keep)
    assert _without_odds(read, b"", keep_header=keep) == expected


@settings(deadline=None)
@given(ENTRIES, ENTRIES, st.booleans())
def test_an_update_loses_no_translation(
    old: list[po.Entry], new: list[po.Entry], carry: bool
) -> None:
    catalog = catalog_of(old)
    template = catalog_of([entry for entry in new if not entry.obsolete])
    before = {text for entry in catalog.entries for text in entry.forms if text}
    update(catalog, template, language("fr"), carry_cosmetic=carry)
    assert before <= {text for entry in catalog.entries for text in entry.forms}
    live = [entry.key() for entry in catalog.entries if not entry.obsolete]
    assert live == [entry.key() for entry in template.entries]
    again = po.parse(po.write(catalog), "x.po")
    assert [entry.fields() for entry in again.entries] == [e.fields() for e in catalog.entries]


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_reading_whole_entries_is_reading_lines(chance: random.Random) -> None:
    data = mutated(chance, FILES_TO_MUTATE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "entry_at", lambda *_: None)
        try:
            by_lines = po.parse(data, "x.po")
        except CatalogError:
            with pytest.raises(CatalogError):
                patch.undo()
                po.parse(data, "x.po")
            return
    at_once = po.parse(data, "x.po")
    places = [(e.line, e.span, e.lead, e.fields()) for e in at_once.entries]
    assert places == [(e.line, e.span, e.lead, e.fields()) for e in by_lines.entries]
    assert at_once.header.fields() == by_lines.header.fields()
    assert at_once.trailing == by_lines.trailing


# -- Markdown ---------------------------------------------------------------------------------

WORD = st.integers(0, 10**9).map(lambda number: f"w{number}")
INLINE = st.recursive(
    WORD,
    lambda inner: st.one_of(
        *(inner.map(f"{mark}{{}}{mark}".format) for mark in ("*", "**")),
        st.tuples(inner, inner).map(" ".join),
        inner.map("[{}](https://example.org/)".format),
    ),
    max_leaves=6,
)
BLOCK = st.one_of(
    INLINE,
    INLINE.map("> {}".format),
    INLINE.map("### {}".format),
    st.lists(INLINE, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {i}" for i in items)),
    st.lists(INLINE, min_size=1, max_size=4).map(lambda items: "\n".join(f"1. {i}" for i in items)),
    st.tuples(INLINE, INLINE).map(lambda two: f"- {two[0]}\n\n  {two[1]}"),
    st.tuples(INLINE, INLINE).map(lambda two: f"| {two[0]} | {two[1]} |\n| - | - |\n| a | b |"),
    st.tuples(INLINE, INLINE).map(lambda two: f"{two[0]}\n{two[1]}"),
)
DOCUMENT = st.lists(BLOCK, min_size=1, max_size=8).map("\n\n".join)
FREE = "---\ntitle: T\n---\n\n# Title\n\n"


@settings(deadline=None)
@given(DOCUMENT)
def test_no_word_of_a_document_is_left_out_of_its_messages(text: str) -> None:
    document = parse(FREE + text, "x.md", "x", front_matter="free")
    messages = " ".join(message.msgid for message in leaflet_messages([document]))
    assert set(re.findall(r"w\d+", text)) <= set(re.findall(r"w\d+", messages))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_mutated_documents(shard: int) -> None:
    chance = random.Random(shard)
    files = [path.read_bytes() for path in sorted(SOURCES.glob("*.md"))]
    files += [path.read_bytes() for path in sorted((CASES / "segments").glob("*.md"))]
    for _ in range(FILES // SHARDS):
        text = mutated(chance, files).decode("utf-8", "replace").replace("\r", "")
        try:
            leaflet_messages([parse(text, "x.md", "x", front_matter="free")])
        except AnklError as refusal:
            assert refusal.problems
