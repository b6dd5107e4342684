"""Typography by language: one table, numbers in one piece, lines that end where they may."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from weasyprint.text import line_break

from ankl_i18n.html.localize import localize
from ankl_i18n.html.markup import inline_html
from ankl_i18n.html.typography import polish, settled
from ankl_i18n.languages import language, style_sheet
from ankl_i18n.languages.reader import DEFAULT, language_data, scripts
from ankl_i18n.pdf import line_breaks
from ankl_i18n.pdf import patches as table
from ankl_i18n.pdf import render as pdf
from ankl_i18n.pdf.patching import patched
from ankl_i18n.settings import load
from ankl_i18n.source import markdown, parse

CASES = Path(__file__).parents[1] / "cases"
NUMBERS = [
    line.split("\t")
    for line in (CASES / "typography" / "numbers.tsv").read_text(encoding="utf-8").splitlines()
]
# The languages of this repository's leaflets and of the specimen.
SPOKEN = (*load(CASES.parents[1]).languages, *load(CASES / "specimen").languages, "en")


# ---- The table ----


def test_the_style_sheet_is_written_from_the_table() -> None:
    path = files("ankl_i18n.html") / "styles" / "scripts.css"
    hint = "run `python -m ankl_i18n.languages.style_sheet`"
    assert path.read_text(encoding="utf-8") == style_sheet.style_sheet(), hint


@pytest.mark.parametrize("tag", SPOKEN)
def test_every_language_has_a_file(tag: str) -> None:
    data = language_data(tag)
    assert data.tag == tag
    assert len(data.writing.quotes.split(" ")) == 4
    assert data.script.font in data.script.stack


@pytest.mark.parametrize(
    ("tag", "own"),
    [("ar-EG", "ar"), ("zh-Hant-HK", "zh-Hant-HK"), ("zh-Hant-TW", "zh-Hant"), ("zh", "zh")],
)
def test_a_longer_tag_is_set_like_a_shorter_one(tag: str, own: str) -> None:
    assert language_data(tag).tag == own


def test_a_language_that_is_not_there_is_set_in_latin_letters() -> None:
    assert language_data("tlh").script == scripts()[DEFAULT]


@pytest.mark.parametrize("family", sorted({one.font for one in scripts().values()}))
def test_fonts_are_installed(family: str) -> None:
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True).stdout
    assert family in listed.decode().replace("\n", ",").split(",")


# ---- Numbers ----


BRACKETS = {
    ("ltr", True): "[]",
    ("rtl", True): "<>",
    ("ltr", False): "{}",
    ("rtl", False): "⟨⟩",
}


def marked(tokens: Sequence[Token]) -> str:
    """Return inline tokens as the cases write them."""
    out, open_spans = "", []
    for token in tokens:
        if token.type == "span_open":
            open_spans.append(BRACKETS[token.attrs["dir"], "class" in token.attrs])
            out += open_spans[-1][0]
        elif token.type == "span_close":
            out += open_spans.pop()[1]
        else:
            out += token.content or token.markup
    return out


def spans(text: str, tag: str) -> list[str]:
    """Return what stays in one piece in a text."""
    tokens = settled(markdown.parse_inline(text), language(tag))
    pieces: list[str] = []
    depth = 0
    for token in tokens:
        if token.attrs.get("class") in ("ltr", "rtl"):
            pieces.append("")
            depth = 1
        elif depth:
            depth += token.nesting
            pieces[-1] += token.content
    return pieces


@pytest.mark.parametrize(("tag", "text", "expected"), NUMBERS)
def test_numbers_and_names(tag: str, text: str, expected: str) -> None:
    tokens = settled(markdown.parse_inline(text), language(tag))
    assert marked(tokens).replace("\u00a0", "_") == expected


whole = st.integers(0, 9999).map(str)
decimal = st.tuples(whole, st.sampled_from(".,"), st.integers(0, 99)).map(
    lambda n: f"{n[0]}{n[1]}{n[2]}"
)
number = st.one_of(whole, decimal, st.just("1,250.75"), st.just("1 250,75"), st.just("١٢٫٥"))
unit = st.sampled_from(["mg", "mL", "°C", "°F", "µg", "kg", "mm", "g/L", "mg/kg", "IU", "mmol/L"])
quantity = st.tuples(number, st.sampled_from([" ", "\u00a0", "\u202f"]), unit).map("".join)
measure = st.one_of(
    quantity,
    st.tuples(quantity, st.sampled_from(["–", " – ", " / ", "/"]), quantity).map("".join),
    st.tuples(st.sampled_from("−≤≥<>±+"), quantity).map("".join),
    st.tuples(whole, st.sampled_from(["–", "-"]), quantity).map("".join),
    st.sampled_from(["01632 960123", "+44 1632 960123", "(01632) 960123", "555-0123", "9–17"]),
)
SURROUNDINGS = {
    "en": "about {} there",
    "he": "בערך {}, שם",
    "ckb": "نزیکەی ({}) لەوێ",
    "my": "“{}” ကို",
}


@given(measure, st.sampled_from(sorted(SURROUNDINGS)))
def test_a_measure_is_one_piece(text: str, tag: str) -> None:
    assert spans(SURROUNDINGS[tag].format(text), tag) == [text]


others = st.sampled_from(
    ["(", ")", "[", "]", "–", ",", ".", "NK-7", "B12", "ANKL", "של", "%", "°C"]
)


@given(st.lists(st.one_of(measure, others)))
def test_no_text_is_lost_and_brackets_stay_in_pairs(parts: list[str]) -> None:
    text = " ".join(parts)
    for tag in ("en", "he", "pl"):
        tokens = settled([Token("text", "", 0, content=text)], language(tag))
        shown = "".join(token.content for token in tokens).replace("\u2060", "")
        assert shown.replace("\u00a0", " ") == text.replace("\u00a0", " ")
        for piece in spans(text, tag):
            assert piece == piece.strip()
            assert piece.count("(") == piece.count(")")


# ---- Lines ----

LINES = {
    "ko": "이 안내문은 공격성(NK세포) 백혈병이라는 병을 설명합니다. 담당 의료진에게 물어보세요.",
    "km": "សារមន្ទីរនេះបង្ហាញកូនជញ្ជីងនាឡិកានិងទែម៉ូម៉ែត្រចាស់ៗសូមមកដោយមិនប្រញាប់",
    "lo": "ພິພິທະພັນນີ້ມີລູກຊັ່ງໂມງແລະບາຫຼອດເກົ່າມາແບບບໍ່ຕ້ອງຟ້າວມີຫຼາຍສິ່ງໃຫ້ເບິ່ງ",
    "my": "အနီးဆုံးတံခါးသို့လမ်းလျှောက်သွားပါမပြေးပါနှင့်ဓာတ်လှေကားမသုံးပါနှင့်",
    "ja": "きょうは「チェック」をしてください。ょっと待って、それから部屋へ入ってください。",
}
NOT_FIRST = "。、」）ょっァェッー"


def lines(tag: str, html: str, tmp_path: Path) -> list[str]:
    """Return the lines of a narrow PDF."""
    font = language_data(tag).script.font
    page = (
        f'<!DOCTYPE html><html lang="{tag}"><head><title>Lines</title><style>'
        f"html {{ font: 12pt '{font}', 'Noto Sans' }} .ltr {{ white-space: nowrap }}"
        f"</style></head><body>{html}</body></html>"
    )
    path = tmp_path / "lines.pdf"
    path.write_bytes(pdf.pdf(page, language(tag), paper="a4", source="lines"))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
    return [line for line in text.decode().replace("\f", "\n").split("\n") if line]


@pytest.mark.pdf
@pytest.mark.parametrize("tag", LINES)
@pytest.mark.parametrize("width", [30, 45, 60])
def test_lines_end_between_words(tag: str, width: int, tmp_path: Path) -> None:
    text = LINES[tag]
    found = lines(tag, f'<p style="width: {width}mm">{text}', tmp_path)
    assert len(found) > 1
    allowed = line_breaks.places(text, tag)
    position = 0
    for line in found[:-1]:
        position = text.index(line, position) + len(line)
        start = position + text[position : position + 1].count(" ")
        if allowed is None:
            assert text[start] not in NOT_FIRST
        else:
            assert start in allowed, (line, text[start:])


@pytest.mark.parametrize(
    ("tag", "text", "pieces"),
    [
        ("ko", "백혈병(ANKL)은 T세포-림프종", ["백혈병(ANKL)은 ", "T세포-", "림프종"]),
        ("my", "မပြေးပါနှင့်", ["မပြေး", "ပါ", "နှင့်"]),
        ("km", "សូមអានព័ត៌មាននេះ", ["សូម", "អាន", "ព័ត៌មាន", "នេះ"]),
    ],
)
def test_places(tag: str, text: str, pieces: list[str]) -> None:
    ends = {sum(map(len, pieces[: n + 1])) for n in range(len(pieces))}
    assert (line_breaks.places(text, tag) or frozenset()) | {len(text)} == ends


def test_other_languages_break_as_unicode_says() -> None:
    assert line_breaks.places("in one piece", "en") is None
    assert line_breaks.places("部屋へ入って", "ja") is None


@pytest.mark.pdf
def test_no_line_ends_within_a_measure(tmp_path: Path) -> None:
    text = "An old (120 mg / 5 mL) label, kept at 36.5 °C–38 °C, says call 01632 960123 or NK-7."
    unbreakable = inline_html(text, language("en"))
    pages = "".join(f'<p style="width: {width}mm">{unbreakable}' for width in range(40, 90, 3))
    found = "\n".join(lines("en", pages, tmp_path))
    for piece in ("(120 mg / 5 mL)", "36.5 °C–38 °C", "01632 960123", "NK-7."):
        assert found.count(piece) == len(range(40, 90, 3)), piece


def test_weasyprint_is_left_as_it_was() -> None:
    before = line_break.Layout.set_text, line_break.get_log_attrs
    with pytest.raises(ZeroDivisionError), patched(table.layout()):
        assert line_break.get_log_attrs is not before[1]
        1 / 0  # noqa: B018
    assert (line_break.Layout.set_text, line_break.get_log_attrs) == before


# Language, abbreviation, meaning, text, and what stands on the page.
EXPLAINED = [
    ("en", "DVT", "deep vein thrombosis", "A DVT hurts. A DVT.",
     "A <abbr>DVT</abbr> (deep vein thrombosis) hurts. A DVT."),
    ("ja", "DVT", "深部静脈血栓症", "DVTは痛みます。",
     "<abbr>DVT</abbr>（深部静脈血栓症）は痛みます。"),
    ("ko", "DVT", "심부정맥혈전증", "DVT는 아픕니다.",
     "<abbr>DVT</abbr>(심부정맥혈전증)는 아픕니다."),
    ("en", "DVT", "deep vein thrombosis", "Deep vein thrombosis, a DVT.",
     'Deep vein thrombosis, a <abbr title="deep vein thrombosis">DVT</abbr>.'),
    ("en", "DVT", "deep vein thrombosis", "A clot (DVT) hurts.",
     'A clot (<abbr title="deep vein thrombosis">DVT</abbr>) hurts.'),
    ("en", "DVT", "deep vein thrombosis", "# A DVT\n\nA DVT hurts.",
     "A <abbr>DVT</abbr> (deep vein thrombosis) hurts."),
    ("en", "DVT", "deep vein thrombosis", "Clot {#clot}\n: A DVT.\n\nA DVT hurts.",
     "A <abbr>DVT</abbr> (deep vein thrombosis) hurts."),
    ("en", "DVT", "deep vein thrombosis", "A DVT hurts.\n\nDVT {#dvt}\n: A clot.",
     'title="deep vein thrombosis"'),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "short", "meaning", "text", "expected"), EXPLAINED)
def test_abbreviations_are_explained_at_first_use(
    tag: str, short: str, meaning: str, text: str, expected: str
) -> None:
    spoken = language(tag)
    document = parse(f"{text}\n\n*[{short}]: {meaning}\n", "a.md", "a", front_matter="free")
    tokens = polish(localize(document, spoken, spoken, lambda _: None))
    inline = [one.children or [] for one in tokens if one.type == "inline"]
    made = "\n".join(RendererHTML().renderInline(one, OptionsDict({}), {}) for one in inline)
    assert expected in made
    assert made.count(f"({meaning})") == (f"({meaning})" in expected)


@pytest.mark.parametrize(
    ("whole", "free"),
    [(("ลิมโฟไซต์",), False), (("ม้าม",), True)],
)
def test_no_line_ends_inside_a_term_of_the_glossary(whole, free) -> None:
    text = "เซลล์ลิมโฟไซต์"
    inside = set(range(text.index("ลิ") + 1, len(text)))
    assert inside.isdisjoint(line_breaks.unbreakable(text, "ja", whole)) == free
    assert (
        set(line_breaks.unbreakable(text, "th", ())) >= inside
    )  # a word of the language's own file


def test_terms_are_read_off_the_page() -> None:
    html = '<dl><dt id="a">ลิมโฟ<b>ไซต์</b> (B)</dt><dd>ปวด</dd><dt lang="th">ม้าม ซ้าย</dt></dl>'
    assert line_breaks.terms(html) == ("ลิมโฟไซต์", "ม้าม", "ซ้าย")
