"""How each language is set: fonts, lines, breaks, emphasis, quotation marks. One table, one source.

The style sheet `styles/scripts.css` is written from it, with

    python -m ankl_i18n.languages.table

and `doctor` looks for its fonts. What CLDR knows (direction, digits) is in `languages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from ankl_i18n.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# Where a line of text may end: at spaces (and where Unicode says so, UAX 14); at spaces alone;
# between words that are written without spaces and must be found in a dictionary.
Breaks = Literal["unicode", "spaces", "dictionary"]


@dataclass(frozen=True, slots=True)
class Script:
    """How the languages of one script, or of one region's shapes of it, are set.

    `font` is the family for its own letters and `package` the Debian package that has it;
    `stack` is the whole `font-family`, families of readers' own devices too, without the
    families for symbols. `leading` is the height of a line of text in ems on screen, and
    `leading_title` in titles (None: that of Latin letters); `leading_within` the height where
    the script stands inside a page in another one. `scale` enlarges a script that is small for
    its size, `endonym` its name in a list of languages (a CSS length), and `measure` is the
    longest line (a CSS length). `line_break` is how strict the rules are for what may begin or
    end a line (CSS Text 3, 5.2), `breaks` where else one may end. `italic` tells whether the script
    has slanted letters of its own: without them emphasis is bold, since letters that a machine
    slants are hard to read.
    """

    font: str
    stack: tuple[str, ...]
    package: str = "fonts-noto-core"
    leading: float | None = None
    leading_title: float | None = None
    leading_within: float | None = None
    scale: float | None = None
    endonym: str = ""
    measure: str = ""
    line_break: str = ""
    italic: bool = False
    breaks: Breaks = "unicode"


@dataclass(frozen=True, slots=True)
class Row:
    """One language: its BCP 47 tag, its script, its quotation marks, and where its lines break.

    `quotes` are the outer and the inner marks (CLDR, delimiters), a plain space between them.
    `hyphenated` tells whether long words are broken: where words are long and dictionaries
    good (Pyphen, and browsers). `binds` tells that no word of one letter ends a
    line, and no dash begins one.
    """

    tag: str
    script: Script
    quotes: str = "“ ” ‘ ’"
    hyphenated: bool = False
    binds: bool = False


def _noto(name: str, *devices: str) -> tuple[str, tuple[str, ...]]:
    """Return the family of a script, and a stack that sets Latin letters and digits first."""
    return name, ("Noto Sans", name, *devices)


def _cjk(region: str, *devices: str) -> Script:
    """Return Chinese, Japanese or Korean with the shapes of a region.

    A generic stack shows Chinese readers Japanese shapes.
    """
    family = f"Noto Sans CJK {region}"
    return Script(
        family,
        (family, f"Noto Sans {region}", *devices),
        "fonts-noto-cjk",
        leading=1.75,
        leading_title=1.35,
        measure="35em",
        line_break="strict",
        breaks="spaces" if region == "KR" else "unicode",
    )


def _naskh() -> Script:
    return Script(
        *_noto("Noto Naskh Arabic", "Geeza Pro", "Segoe UI", "Tahoma"),
        leading=1.85,
        leading_title=1.5,
        leading_within=1.85,
        scale=1.06,
        endonym="1.35rem",
    )


def _indic(name: str, *devices: str) -> Script:
    return Script(*_noto(f"Noto Sans {name}", *devices), leading=1.75, leading_title=1.45)


# Signs that few text fonts have (≤, −, →, ✓): from these everywhere, so that they look the same.
SYMBOLS: Final = ("Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2")
DEVICES: Final = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue")
LATIN: Final = Script("Noto Sans", ("Noto Sans", *DEVICES), italic=True)
ENGLISH: Final = Script("Noto Sans", LATIN.stack, leading_within=1.55, italic=True)
# Marks on top of marks.
VIETNAMESE: Final = Script("Noto Sans", LATIN.stack, leading=1.6, leading_title=1.3, italic=True)
HANS: Final = _cjk("SC", "PingFang SC", "Microsoft YaHei")
HANT: Final = _cjk("TC", "PingFang TC", "Microsoft JhengHei")
HONG_KONG: Final = _cjk("HK", "PingFang HK", "Microsoft JhengHei")
JAPANESE: Final = _cjk("JP", "Hiragino Sans", "Yu Gothic", "Meiryo")
KOREAN: Final = _cjk("KR", "Apple SD Gothic Neo", "Malgun Gothic")
NASKH: Final = _naskh()
# Nastaliq slopes down across each word: its lines need twice the room.
NASTALIQ: Final = Script(
    *_noto("Noto Nastaliq Urdu", "Jameel Noori Nastaleeq", "Urdu Typesetting"),
    leading=2.2,
    leading_title=2.1,
    leading_within=2.2,
)
HEBREW: Final = Script(*_noto("Noto Sans Hebrew", "Arial Hebrew", "Arial"))
DEVANAGARI: Final = _indic("Devanagari", "Kohinoor Devanagari", "Nirmala UI")
GURMUKHI: Final = _indic("Gurmukhi", "Gurmukhi MN", "Nirmala UI")
GUJARATI: Final = _indic("Gujarati", "Gujarati MT", "Nirmala UI")
BENGALI: Final = _indic("Bengali", "Kohinoor Bangla", "Nirmala UI")
TAMIL: Final = _indic("Tamil", "Tamil MN", "Nirmala UI")
TELUGU: Final = _indic("Telugu", "Kohinoor Telugu", "Nirmala UI")
KANNADA: Final = _indic("Kannada", "Kannada MN", "Nirmala UI")
MALAYALAM: Final = _indic("Malayalam", "Malayalam MN", "Nirmala UI")
SINHALA: Final = _indic("Sinhala", "Sinhala MN", "Nirmala UI")
# Letters with loops would be easier for older readers of Thai and Lao. But the fonts that
# Debian 12 has, Noto Looped Thai and Lao, draw tone marks on top of vowels: "ที่" looks like "ที".
THAI: Final = Script(
    *_noto("Noto Sans Thai", "Thonburi", "Leelawadee UI"), leading=1.8, leading_title=1.5
)
LAO: Final = Script(
    *_noto("Noto Sans Lao", "Lao MN", "Leelawadee UI"),
    leading=1.8,
    leading_title=1.5,
    breaks="dictionary",
)
KHMER: Final = Script(
    *_noto("Noto Sans Khmer", "Khmer MN", "Leelawadee UI"),
    leading=2,
    leading_title=1.7,
    breaks="dictionary",
)
BURMESE: Final = Script(
    *_noto("Noto Sans Myanmar", "Myanmar MN", "Myanmar Text"),
    leading=2,
    leading_title=1.7,
    breaks="dictionary",
)
ARMENIAN: Final = Script(*_noto("Noto Sans Armenian", "Mshtakan", "Sylfaen"))
GEORGIAN: Final = Script(*_noto("Noto Sans Georgian", "Helvetica", "Sylfaen"))
ETHIOPIC: Final = Script(
    *_noto("Noto Sans Ethiopic", "Kefa", "Ebrima"), leading=1.75, leading_title=1.4
)

# A tag stands for every longer one (`ar`: `ar-EG`); of two that fit, the longer one counts.
LANGUAGES: Final = (
    Row("en", ENGLISH),
    Row("fr", LATIN, "«\u00a0 \u00a0» “ ”"),
    Row("es", LATIN, "« » “ ”"),
    Row("fil", LATIN),
    Row("vi", VIETNAMESE),
    Row("de", LATIN, "„ “ ‚ ‘", hyphenated=True),
    Row("nl", LATIN, "‘ ’ “ ”", hyphenated=True),
    Row("sv", LATIN, "” ” ’ ’", hyphenated=True),
    Row("fi", LATIN, "” ” ’ ’", hyphenated=True),
    Row("hu", LATIN, "„ ” » «", hyphenated=True),
    Row("pl", LATIN, "„ ” « »", hyphenated=True, binds=True),
    Row("el", LATIN, "« » “ ”", hyphenated=True),
    Row("ru", LATIN, "« » „ “", hyphenated=True, binds=True),
    Row("uk", LATIN, "« » „ “", hyphenated=True, binds=True),
    Row("zh", HANS),
    Row("zh-Hans", HANS),
    Row("zh-Hant", HANT, "「 」 『 』"),
    Row("zh-TW", HANT, "「 」 『 』"),
    Row("zh-HK", HONG_KONG, "「 」 『 』"),
    Row("zh-MO", HONG_KONG, "「 」 『 』"),
    Row("zh-Hant-HK", HONG_KONG, "「 」 『 』"),
    Row("zh-Hant-MO", HONG_KONG, "「 」 『 』"),
    Row("yue", HONG_KONG, "「 」 『 』"),
    Row("ja", JAPANESE, "「 」 『 』"),
    Row("ko", KOREAN),
    Row("ar", NASKH, "« » “ ”"),
    Row("fa", NASKH, "« » ‹ ›"),
    Row("ps", NASKH, "« » “ ”"),
    Row("prs", NASKH, "« » ‹ ›"),
    Row("ckb", NASKH, "« » “ ”"),
    Row("ug", NASKH, "« » ‹ ›"),
    Row("sd", NASKH),
    Row("ur", NASTALIQ, "” “ ’ ‘"),
    Row("ks", NASTALIQ),
    Row("he", HEBREW, "” ” ’ ’"),
    Row("yi", HEBREW, "” ” ’ ’"),
    Row("hi", DEVANAGARI),
    Row("mr", DEVANAGARI),
    Row("ne", DEVANAGARI),
    Row("pa", GURMUKHI),
    Row("gu", GUJARATI),
    Row("bn", BENGALI),
    Row("as", BENGALI),
    Row("ta", TAMIL),
    Row("te", TELUGU),
    Row("kn", KANNADA),
    Row("ml", MALAYALAM),
    Row("si", SINHALA),
    Row("th", THAI),
    Row("lo", LAO),
    Row("km", KHMER),
    Row("my", BURMESE),
    Row("hy", ARMENIAN, "« » „ “", hyphenated=True),
    Row("ka", GEORGIAN, "„ “ « »", hyphenated=True),
    Row("am", ETHIOPIC, "« » ‹ ›"),
    Row("ti", ETHIOPIC, "« » ‹ ›"),
)
BY_TAG: Final = {row.tag: row for row in LANGUAGES}


def row(tag: str) -> Row:
    """Return the row of a BCP 47 tag: that of the longest tag in the table which begins it.

    A language that is not in the table is set in Latin letters.
    """
    return BY_TAG.get(tag) or _shorter(tag) or Row(tag, LATIN)


def _shorter(tag: str) -> Row | None:
    """Return the row of the longest tag in the table which begins a tag, but is not the same."""
    parts = tag.split("-")
    names = ("-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
    return next((BY_TAG[name] for name in names if name in BY_TAG), None)


# ---- The style sheet ----

# CSS counter styles (CSS Counter Styles 3, 6.1) for digits other than 0-9.
COUNTERS: Final = {"arab": "arabic-indic", "arabext": "persian"}
HEAD: Final = """\
/* Letters: a font for each script, and how its lines are set.
 *
 * Written from languages/table.py by `python -m ankl_i18n.languages.table`:
 * change that, not this.
 *
 * Font families stand on [lang], so that a word in another language inside a page
 * gets its own font. "Noto Sans" comes first where the script's own font has no good
 * Latin letters and digits.
 */

html { hyphens: manual; }
"""
TAIL: Final = """
/* Japanese titles break between phrases where the browser can. */
html:lang(ja) :is(h1, h2, h3) { word-break: auto-phrase; }
"""


def style_sheet() -> str:
    """Return the text of `styles/scripts.css`."""
    symbols = f":root {{ --symbols: {_families(SYMBOLS)}, sans-serif; }}\n"
    return HEAD + symbols + "".join(_section(*rule) for rule in RULES) + TAIL


def _section(title: str, selector: str, declare: Callable[[Row], str]) -> str:
    """Return a rule for each different set of declarations.

    `:lang(zh)` fits `zh-Hant`, too: rules of longer tags come later, and so count.
    """
    groups: dict[str, list[str]] = {}
    for one in LANGUAGES:
        shorter = _shorter(one.tag)
        if shorter is None or declare(shorter) != declare(one):
            groups.setdefault(declare(one), []).append(f":lang({one.tag})")
    rules = (_rule(selector, tags, body) for body, tags in groups.items() if body)
    return f"\n/* ---- {title} ---- */\n\n" + "".join(rules)


def _rule(selector: str, tags: list[str], body: str) -> str:
    spoken = tags[0] if len(tags) == 1 else f":is({', '.join(tags)})"
    return f"{selector.replace('LANG', spoken)} {{ {body} }}\n"


def _css(properties: Mapping[str, object]) -> str:
    """Return CSS declarations of those properties that have a value."""
    return " ".join(f"{name}: {value};" for name, value in properties.items() if value)


def _families(names: Iterable[str]) -> str:
    return ", ".join(name if name.replace("-", "").isalpha() else f'"{name}"' for name in names)


def _fonts(one: Row) -> str:
    stack = f"{_families(one.script.stack)}, var(--symbols)"
    return _css({"font-family": stack, "line-height": one.script.leading_within})


def _lines(one: Row) -> str:
    script = one.script
    return _css({
        "--leading": script.leading,
        "--leading-title": script.leading_title,
        "--script-scale": script.scale,
        "--measure": script.measure,
        "line-break": script.line_break,
    })  # fmt: skip


def _hyphens(one: Row) -> str:
    # Only very long words: a word in one piece is easier to read.
    return "hyphens: auto; hyphenate-limit-chars: 14 5 5;" if one.hyphenated else ""


def _spaces(one: Row) -> str:
    keeps = one.script.breaks == "spaces"
    return "word-break: keep-all; overflow-wrap: break-word;" if keeps else ""


def _quotes(one: Row) -> str:
    return _css({"quotes": " ".join(f'"{mark}"' for mark in one.quotes.split(" "))})


def _counter(one: Row) -> str:
    """Return the CSS counter style of a language's digits, or an empty string for 0-9."""
    try:
        return COUNTERS.get(language(one.tag).numbering, "")
    except ValueError:  # CLDR does not have it
        return ""


def _markers(one: Row) -> str:
    return _css({"list-style-type": _counter(one)})


def _page_numbers(one: Row) -> str:
    name = _counter(one)
    return f'content: counter(page, {name}) " / " counter(pages, {name});' if name else ""


def _page_direction(one: Row) -> str:
    """European digits run left to right in a right-to-left footer, too; others with the page."""
    return "direction: rtl;" if _counter(one) else ""


def _upright(one: Row) -> str:
    return "" if one.script.italic else "font-style: normal;"


def _bold(one: Row) -> str:
    return "" if one.script.italic else "font-weight: 700;"


def _endonym(one: Row) -> str:
    return _css({"font-size": one.script.endonym})


# What each part of the style sheet is called, its selector (LANG stands for the languages), and
# what it declares for one language.
RULES: Final[tuple[tuple[str, str, Callable[[Row], str]], ...]] = (
    ("Fonts", "[lang]LANG", _fonts),
    ("Lines", "htmlLANG", _lines),
    ("Words so long that they break badly on a telephone", "htmlLANG", _hyphens),
    ("Breaks between words, not inside them", "[lang]LANG", _spaces),
    ("Quotation marks", "[lang]LANG", _quotes),
    ("Digits of lists", "ol:where(LANG)", _markers),
    ("Direction of page numbers", ".page-numberLANG", _page_direction),
    ("Digits of page numbers", ".page-numberLANG::after", _page_numbers),
    ("Without slanted letters", ":is(em, cite, i, dfn, address)LANG", _upright),
    ("Emphasis without slanted letters", ":is(em, dfn)LANG", _bold),
    ("Names beside which Latin letters look larger", ".tile .endonymLANG", _endonym),
)


if __name__ == "__main__":
    sheet = Path(str(files("ankl_i18n.html"))) / "styles" / "scripts.css"
    sheet.write_text(style_sheet(), encoding="utf-8")
