"""Reading catalogs: every file in cases/po gives the entries or the problems beside it.

To add a case, put NAME.po there, run `pytest --rewrite tests/catalogs/test_po_reader.py` and read
NAME.expected.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.po import charset
from ankl_i18n.errors import CatalogError

CASES = sorted((Path(__file__).parents[1] / "cases" / "po").glob("*.po"))
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def described(entry: po.Entry) -> str:
    """Return one line of an .expected file: where and what an entry is."""
    fields = {
        "line": entry.line,
        "state": entry.state(),
        "msgctxt": entry.msgctxt,
        "msgid": entry.msgid,
        "msgid_plural": entry.msgid_plural or None,
        "msgstr": entry.forms if entry.msgstr_plural else entry.msgstr,
        "comments": entry.tcomment or None,
        "extracted": entry.comment or None,
        "references": entry.occurrences or None,
        "flags": entry.flags or None,
        "previous": [
            entry.previous_msgctxt,
            entry.previous_msgid,
            entry.previous_msgid_plural,
        ],
    }
    shown = {k: v for k, v in fields.items() if v is not None and v != [None, None, None]}
    return json.dumps(shown, ensure_ascii=False)


def outcome(data: bytes, path: str) -> str:
    """Return what reading gives: a line for every entry, or for every problem."""
    try:
        catalog = po.parse(data, path)
    except CatalogError as failure:
        return "".join(
            f"{problem}\n    {problem.context}\n    → {problem.hint}\n"
            for problem in failure.problems
        )
    assert po.write(catalog) == data
    style = json.dumps([catalog.charset, catalog.newline, catalog.bom, len(catalog.trailing)])
    entries = [catalog.header, *catalog.entries] if catalog.header.span else catalog.entries
    return "\n".join([style, *map(described, entries)]) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, golden: Callable[[Path, str], None]) -> None:
    golden(case.with_suffix(".expected"), outcome(case.read_bytes(), case.name))


def test_there_are_cases() -> None:
    assert len(CASES) > 70


TABLE = (Path(__file__).parents[1] / "cases" / "po" / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?) \| (read|error) \| (.+) \|$", TABLE, re.MULTILINE)


@pytest.mark.parametrize(("kind", "verdict", "names"), ROWS, ids=[row[0] for row in ROWS])
def test_every_row_of_the_table(kind: str, verdict: str, names: str) -> None:
    for name in names.split(", "):
        data = (Path(__file__).parents[1] / "cases" / "po" / f"{name}.po").read_bytes()
        try:
            catalog = po.parse(data, f"{name}.po")
        except CatalogError as failure:
            assert verdict == "error", (kind, name)
            assert all(problem.location.line and problem.hint for problem in failure.problems)
        else:
            assert verdict == "read", (kind, name)
            assert po.write(catalog) == data


def test_the_table_has_its_rows() -> None:
    assert len(ROWS) == TABLE.count("\n|") - 2


def test_spans_are_the_entries_bytes() -> None:
    text = HEADER + '# note\nmsgid "a"\nmsgstr "ä"\n\n\nmsgid "b"\nmsgstr "c"\n# end\n'
    catalog = po.parse(text.encode(), "x.po")
    spans = [catalog.data[slice(*entry.span)].decode() for entry in catalog.entries]
    assert spans == ['# note\nmsgid "a"\nmsgstr "ä"\n', 'msgid "b"\nmsgstr "c"\n']
    assert catalog.trailing == b"# end\n"


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(HEADER)
    monkeypatch.setattr(charset, "MAX_BYTES", 10)
    with pytest.raises(CatalogError, match="more than the 10 allowed"):
        po.read(path)
    with pytest.raises(CatalogError, match="more than the 10 allowed"):
        po.parse(path.read_bytes(), "x.po")


def test_a_missing_file_is_a_catalog_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="No such file"):
        po.read(tmp_path / "none.po")


def test_hopeless_files_give_a_bounded_number_of_problems() -> None:
    with pytest.raises(CatalogError) as failure:
        po.parse(b"what is this?\n\nmsgid" * 10_000, "x.po")
    assert len(failure.value.problems) <= 101


# Seconds of the processor: what is read in time that grows with the square of its length takes
# minutes, on any machine.
TOO_MANY = 30


def test_a_ten_megabyte_msgid_is_read_in_time() -> None:
    line = '"' + 'word \\"quoted\\" and more; ' * 3 + '\\n"\n'
    text = HEADER + 'msgid ""\n' + line * (10_000_000 // len(line)) + 'msgstr "x"\n'
    begin = time.process_time()
    catalog = po.parse(text.encode(), "x.po")
    assert time.process_time() - begin < TOO_MANY
    assert len(catalog.entries[0].msgid) > 7_000_000


def test_one_line_of_ten_megabytes_is_read_in_time() -> None:
    text = HEADER + 'msgid "' + "a\\\\b \\n" * 1_400_000 + '"\nmsgstr ""\n'
    begin = time.process_time()
    po.parse(text.encode(), "x.po")
    assert time.process_time() - begin < TOO_MANY


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        catalog = po.parse(data, "x.po")
    except CatalogError as failure:
        assert failure.problems
    else:
        assert po.write(catalog) == data


PIECES = st.sampled_from(
    [
        *("msgid", "msgstr", "msgctxt", "msgid_plural", "msgstr[0]", "msgstr[1]"),
        *(' "a"', ' "b\\n"', ' ""\n', '"', "\\", "\n", "\n\n", "\r\n", " ", "é", "<<<<<<<"),
        *("#", "#~", "#~ ", "#| ", "#~| ", "#, fuzzy\n", "# c\n", "#: r\n"),
        *('msgid "x"\nmsgstr "y"\n', 'msgid ""\nmsgstr "A: b\\n"\n'),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_any_pieces_are_read_whole_or_refused(pieces: list[str]) -> None:
    data = "".join(pieces).encode()
    try:
        catalog = po.parse(data, "x.po")
    except CatalogError as failure:
        lines = data.splitlines() or [b""]
        assert all(1 <= p.location.line <= len(lines) for p in failure.problems)
    else:
        assert po.write(catalog) == data
        assert data.count(b"msgid ") + data.count(b"msgid\n") <= 3 * len(catalog.entries) + 3
