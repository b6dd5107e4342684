"""What a round trip keeps, format by format: the table of docs/exchange.md, measured."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

import exchange_sample as sample
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.po import State
from ankl_i18n.exchange import tmx
from ankl_i18n.exchange.pack import Selection, packages
from ankl_i18n.exchange.units import Row, key_of, split_id
from ankl_i18n.languages import language

DECLARED = tomllib.loads((sample.CASE / "kept.toml").read_text(encoding="utf-8"))
FORMATS = DECLARED["formats"]
DOCS = Path(__file__).parents[2] / "docs" / "exchange.md"


@dataclass(frozen=True)
class Trip:
    """A catalog that went out and was read again; `text` is all that the file holds."""

    form: str
    catalog: po.Catalog
    rows: list[Row]
    text: str
    locked: str

    def entry(self, start: str, context: str | None = None) -> po.Entry:
        return next(
            one
            for one in self.catalog.entries
            if one.msgid.startswith(start) and (context is None or one.msgctxt == context)
        )

    def row(self, entry: po.Entry) -> Row | None:
        return next((one for one in self.rows if one.key == key_of(*entry.key())), None)


def text_of(data: bytes, form: str) -> str:
    """Return what a file says; hidden parts, too."""
    if form not in {"xlsx", "docx"}:
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "".join([*parts, *(locked_cells(data) if form == "xlsx" else ())])


def locked_cells(data: bytes) -> list[str]:
    column = openpyxl.load_workbook(io.BytesIO(data))["Translation"]["D"]
    return [f"{cell.coordinate} is locked" for cell in column if cell.protection.locked]


@pytest.fixture(scope="module")
def trips(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Trip]:
    root = tmp_path_factory.mktemp("project")
    project = sample.make(root)
    made = {}
    for tag in sample.LANGUAGES:
        package = next(packages(project, language(tag), Selection()))
        locked = next(packages(project, language(tag), Selection(locked=True)))
        catalog = po.read(sample.catalog(root, tag))
        for name in FORMATS:
            form = sample.FORM[name]
            data = form.write(package)
            rows = form.read(data, "back")[0].rows if form.read else memory(data)
            made[name, tag] = Trip(
                name, catalog, list(rows), text_of(data, name), text_of(form.write(locked), name)
            )  # fmt: skip
    return made


def memory(data: bytes) -> list[Row]:
    """Return the rows of a memory: plural forms are units of the same name."""
    found: dict[str, list[tmx.Translation]] = {}
    for one in tmx.parse(data, "back"):
        found.setdefault(one.name, []).append(one)
    return [
        Row(*split_id(name), tuple(one.source for one in same), tuple(one.target for one in same))
        for name, same in found.items()
    ]


# --- how each line of the table is measured -----------------------------------------------------


def said(text: str) -> Callable[[Trip], str]:
    """Tell whether a text that stands in the catalog beside a message is in the file."""
    return lambda trip: "shown" if text in trip.text else "no"


def translation(start: str, *signs: str) -> Callable[[Trip], str]:
    """Tell whether the translation of a message, which has some signs, comes back as it is."""

    def measure(trip: Trip) -> str:
        entry = trip.entry(start)
        assert all(sign in entry.forms[-1] for sign in signs)
        row = trip.row(entry)
        return "kept" if row and row.targets == entry.forms else "no"

    return measure


def order(trip: Trip) -> str:
    keys = [key_of(*one.key()) for one in trip.catalog.entries]
    found = [keys.index(row.key) for row in trip.rows if row.key]
    return "kept" if found == sorted(found) and len(found) > 10 else "no"


def context(trip: Trip) -> str:
    rows = [trip.row(trip.entry("Home", name)) for name in ("menu", "place")]
    return (
        "kept" if [row and row.targets for row in rows] == [("Accueil",), ("Domicile",)] else "no"
    )


def state(start: str, expected: State) -> Callable[[Trip], str]:
    def measure(trip: Trip) -> str:
        row = trip.row(trip.entry(start))
        return "kept" if row and row.state is expected else "no"

    return measure


# What says that a string is for reading only, and whether it is said of locked ones or the others.
LOCKS = {
    "xliff": ('translate="no"', True), "xliff2": ('translate="no"', True),
    "xlsx": ("is locked", True), "html": ("contenteditable=", False),
}  # fmt: skip


def locked(trip: Trip) -> str:
    """Tell whether the file says that finished strings are for reading only."""
    sign, is_of_locked = LOCKS.get(trip.form, ("", True))
    more, fewer = (trip.locked, trip.text) if is_of_locked else (trip.text, trip.locked)
    return "shown" if sign and more.count(sign) > fewer.count(sign) else "no"


SIGNS = {
    "xliff": 'target-language="ar"', "xliff2": 'trgLang="ar"', "xlsx": 'readingOrder="2"',
    "docx": "w:bidi", "csv": 'dir="rtl"', "html": 'dir="rtl"', "tmx": 'xml:lang="ar"',
}  # fmt: skip


def right_to_left(trip: Trip) -> str:
    return "kept" if SIGNS[trip.form] in trip.text else "no"


MEASURES: dict[str, Callable[[Trip], str]] = {
    "order of the messages": order,
    "which of two equal texts (`msgctxt`)": context,
    "the context as text": said("menu"),
    "notes of the author": said("Days since the last treatment."),
    "comments of translators": said("Checked with the ward on the telephone."),
    "silenced checks (`i18n: ignore`)": said("i18n: ignore numbers"),
    "the source of a fuzzy message": said("Take one tablet."),
    "fuzzy, and not": state("Take two", State.FUZZY),
    "messages without a translation": state("Ask for", State.UNTRANSLATED),
    "plural forms": translation("one day", "jours"),
    "sample numbers of plural forms": said("for 0, 1"),
    "locked messages (signed, or `--lock`)": locked,
    "signatures of reviewers": said("signed"),
    "messages that are no longer used": said("Parti."),
    "right to left": right_to_left,
    "marks of direction": translation("The code", "\u2066", "\u2069", "\u200e"),
    "no-break spaces": translation("Drink", "\u00a0", "\u202f"),
    "`<`, `&`, `]]>` and `<![CDATA[`": translation("Less than", "<5", "&", "]]>", "<![CDATA["),
    "control characters": translation("Ring", "\a"),
    "line breaks, tabs, carriage returns": translation("First", "\n", "\t", "\r"),
    "texts of 39,000 characters": translation("Rest for"),
    "emoji and signs beyond U+FFFF": translation("Our team", "👩🏽‍⚕️", "🧬"),
    "spaces at the ends": translation(" A text"),
    "what looks like a formula": translation("=2+2", "="),
    "what looks like a number or a date": translation("1/2"),
    "links and emphasis within one another": translation(
        "Read", "**cette liste [importante](#a)**"
    ),
}


def test_each_line_of_the_table_is_measured() -> None:
    assert list(MEASURES) == list(DECLARED["kept"])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", DECLARED["kept"])
def test_what_is_kept_is_what_the_table_says(name: str, form: str, trips) -> None:
    tag = "ar" if name == "right to left" else "fr"
    assert MEASURES[name](trips[form, tag]) == DECLARED["kept"][name][FORMATS.index(form)]


@pytest.mark.parametrize("form", FORMATS)
def test_the_other_direction_keeps_every_translation(form: str, trips) -> None:
    trip = trips[form, "ar"]
    for row in trip.rows:
        entry = next(one for one in trip.catalog.entries if key_of(*one.key()) == row.key)
        assert row.targets == (entry.forms if any(entry.forms) else ("",))


def table() -> str:
    head = f"| | {' | '.join(FORMATS)} |\n|---|{'---|' * len(FORMATS)}\n"
    signs = {"kept": "kept", "shown": "shown", "no": "–"}
    lines = (
        f"| {name} | {' | '.join(signs[one] for one in row)} |\n"
        for name, row in DECLARED["kept"].items()
    )
    return head + "".join(lines)


def test_the_manual_has_this_table() -> None:
    assert table() in DOCS.read_text(encoding="utf-8")
