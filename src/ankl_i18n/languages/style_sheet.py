"""Write the style sheet of all languages, `html/styles/scripts.css`, from their files.

python -m ankl_i18n.languages.style_sheet
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from ankl_i18n.languages import PSEUDO
from ankl_i18n.languages.reader import (
    OWN,
    SYMBOLS,
    forgets,
    in_use,
    language_data,
    parent,
    scripts,
    tags,
)
from ankl_i18n.languages.records import LanguageData

# CSS counter styles (CSS Counter Styles 3, 6.1) for digits other than 0-9.
COUNTERS: Final = {"arab": "arabic-indic", "arabext": "persian"}
HEAD: Final = """\
/* Letters: a font for each script, and how its lines are set.
 *
 * Written from languages/data and languages/scripts.toml by
 * `python -m ankl_i18n.languages.style_sheet`: change those, not this.
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
    return HEAD + symbols() + "".join(_section(*rule) for rule in RULES) + TAIL


def symbols(*more: str) -> str:
    """Return the rule for the families that every stack ends with, some more among them."""
    return f":root {{ --symbols: {_families((*SYMBOLS, *more))}, sans-serif; }}\n"


def _section(title: str, selector: str, declare: Callable[[LanguageData], str]) -> str:
    """Return a rule for each different set of declarations.

    `:lang(zh)` fits `zh-Hant`, too: rules of longer tags come later, and so count.
    """
    rules = []
    for tag in tags():
        shorter = parent(tag)
        own = declare(language_data(tag, OWN))
        inherited = declare(language_data(shorter, OWN)) if shorter else ""
        if own != inherited:
            rules.append((tag, own or RESETS[declare]))
    return f"\n/* ---- {title} ---- */\n\n" + _rules(selector, rules)


@forgets
@cache
def more(asked: frozenset[str]) -> str:
    """Return the rules that some languages (tags) need beside those of `styles/scripts.css`.

    They are languages without a file in this package, of other letters than their language
    mostly is, and those of the project's own files.
    """
    wanted = {*asked, *(file.tag for file in in_use())}
    wanted = {tag for tag in wanted if tag not in PSEUDO}
    in_order = sorted(wanted, key=lambda tag: (tag.count("-"), tag))
    return "".join(_rules(selector, [*_new(in_order, declare)]) for _, selector, declare in RULES)


def _new(
    in_order: Iterable[str], declare: Callable[[LanguageData], str]
) -> Iterator[tuple[str, str]]:
    """Yield the tags of which the package's sheet does not say all, with what to declare."""
    for tag in in_order:
        nearest = tag if tag in tags() else parent(tag)
        inherited = declare(language_data(nearest, OWN)) if nearest else ""
        own = declare(language_data(tag))
        if own != inherited:
            yield tag, own or RESETS[declare]


def _rules(selector: str, declarations: Iterable[tuple[str, str]]) -> str:
    """Return a rule for each set of declarations, of tags in order."""
    groups: dict[tuple[int, str], list[str]] = {}
    for tag, own in declarations:
        groups.setdefault((tag.count("-"), own), []).append(f":lang({tag})")
    return "".join(_rule(selector, selectors, body) for (_, body), selectors in groups.items())


def _rule(selector: str, tags: list[str], body: str) -> str:
    selected = tags[0] if len(tags) == 1 else f":is({', '.join(tags)})"
    return f"{selector.replace('LANG', selected)} {{ {body} }}\n"


def _css(properties: Mapping[str, object]) -> str:
    """Return CSS declarations of those properties that have a value."""
    return " ".join(f"{name}: {value};" for name, value in properties.items() if value)


def css_text(value: str) -> str:
    """Return a CSS string, which cannot end the style sheet either (CSS Syntax 3, 4.3.7)."""
    return '"' + re.sub(r'["\\<\n]', lambda match: f"\\{ord(match[0]):x} ", value) + '"'


def _families(names: Iterable[str]) -> str:
    return ", ".join(name if name.replace("-", "").isalpha() else f'"{name}"' for name in names)


def _fonts(data: LanguageData) -> str:
    stack = f"{_families(data.script.stack)}, var(--symbols)"
    return _css({"font-family": stack, "line-height": data.script.leading_within})


def font_rules(first: Mapping[str, str]) -> str:
    """Return the rules that put some families before those of their scripts.

    `first` maps the name of a script to a family. It is for all scripts whose letters are in the
    same font: what is said of "Latin" is of Vietnamese, too.
    """
    before = {scripts()[name].font: family for name, family in first.items()}
    every = sorted({*tags(), *(file.tag for file in in_use())})

    def declare(tag: str) -> str:
        script = language_data(tag).script
        own = [css_text(before[script.font])] if script.font in before else []
        return _css({"font-family": ", ".join([*own, _families(script.stack), "var(--symbols)"])})

    touched = [tag for tag in every if language_data(tag).script.font in before]
    families = {tag.partition("-")[0] for tag in touched}
    declared = [(tag, declare(tag)) for tag in every if tag.partition("-")[0] in families]
    return _rules("[lang]LANG", sorted(declared, key=lambda one: one[0].count("-")))


def _lines(data: LanguageData) -> str:
    script = data.script
    return _css({
        "--leading": script.leading,
        "--leading-title": script.leading_title,
        "--script-scale": script.scale,
        "--measure": script.measure,
        "line-break": script.line_break,
    })  # fmt: skip


def _hyphens(data: LanguageData) -> str:
    # Only very long words: a word in one piece is easier to read.
    return "hyphens: auto; hyphenate-limit-chars: 14 5 5;" if data.writing.hyphenated else ""


def _spaces(data: LanguageData) -> str:
    keeps = data.script.breaks == "spaces"
    return "word-break: keep-all; overflow-wrap: break-word;" if keeps else ""


def _quotes(data: LanguageData) -> str:
    return _css({"quotes": " ".join(css_text(mark) for mark in data.writing.quotes.split(" "))})


def _counter(data: LanguageData) -> str:
    """Return the CSS counter style of a language's digits, or an empty string for 0-9."""
    return COUNTERS.get(data.numbers.digits, "")


def _markers(data: LanguageData) -> str:
    return _css({"list-style-type": _counter(data)})


def _marker_fonts(data: LanguageData) -> str:
    """The digits of a list are those of its language, whatever language an item is in."""
    stack = f"{_families(data.script.stack)}, var(--symbols)"
    return _css({"font-family": stack}) if _counter(data) else ""


def _contents_numbers(data: LanguageData) -> str:
    name = _counter(data)
    return f"content: leader(dotted) target-counter(attr(href), page, {name});" if name else ""


def _reference_numbers(data: LanguageData) -> str:
    name = _counter(data)
    return f"content: {REFERENCE.format(f', {name}')};" if name else ""


def _address_brackets(data: LanguageData) -> str:
    """Brackets that need no space before them never begin a line (U+2060)."""
    before, _, after = data.writing.explained.partition("{meaning}")
    if before[:1].isspace():
        return ""
    return (
        f'--address-begin: "\\2060{before}\\2066"; --address-end: "\\2069{after}"; '
        "--address-display: inline; --address-gap: 0;"
    )


def _page_numbers(data: LanguageData) -> str:
    name = _counter(data)
    return f'content: counter(page, {name}) " / " counter(pages, {name});' if name else ""


def _page_direction(data: LanguageData) -> str:
    """European digits run left to right in a right-to-left footer, too; others with the page."""
    return "direction: rtl;" if _counter(data) else ""


def _upright(data: LanguageData) -> str:
    return "" if data.script.italic else "font-style: normal;"


def _bold(data: LanguageData) -> str:
    return "" if data.script.italic else "font-weight: 700;"


def _endonym(data: LanguageData) -> str:
    return _css({"font-size": data.script.endonym})


# What a reference to a page says (paged.css).
REFERENCE: Final = "attr(data-before) target-counter(attr(data-to), page{}) attr(data-after)"
# What each part of the style sheet is called, its selector (LANG stands for the languages), and
# what it declares for one language.
RULES: Final[tuple[tuple[str, str, Callable[[LanguageData], str]], ...]] = (
    ("Fonts", "[lang]LANG", _fonts),
    ("Lines", "htmlLANG", _lines),
    ("Words so long that they break badly on a telephone", "htmlLANG", _hyphens),
    ("Breaks between words, not inside them", "[lang]LANG", _spaces),
    ("Quotation marks", "[lang]LANG", _quotes),
    ("Digits of lists", "ol:where(LANG)", _markers),
    ("Fonts of these digits", "ol:where(LANG) > li::marker", _marker_fonts),
    ("Digits of tables of contents, on paper", ".paper .toc aLANG::after", _contents_numbers),
    ("Digits of references to pages, on paper", ".on-pageLANG::before", _reference_numbers),
    ("Brackets around web addresses, on paper", "[lang]LANG", _address_brackets),
    ("Direction of page numbers", ".page-numberLANG", _page_direction),
    ("Digits of page numbers", ".page-numberLANG::after", _page_numbers),
    ("Without slanted letters", ":is(em, cite, i, dfn, address)LANG", _upright),
    ("Emphasis without slanted letters", ":is(em, dfn)LANG", _bold),
    ("Names beside which Latin letters look larger", ".tile .endonymLANG", _endonym),
)
# What takes back a declaration of the language for one of its regions, or a project's own file.
RESETS: Final[Mapping[Callable[[LanguageData], str], str]] = {
    _lines: "--leading: 1.55; --leading-title: 1.2; line-break: auto;",
    _hyphens: "hyphens: manual;",
    _spaces: "word-break: normal;",
    _markers: "list-style-type: decimal;",
    _marker_fonts: "font-family: inherit;",
    _contents_numbers: "content: leader(dotted) target-counter(attr(href), page);",
    _reference_numbers: f"content: {REFERENCE.format('')};",
    _address_brackets: (
        '--address-begin: "(\\2066"; --address-end: "\\2069)"; '
        "--address-display: inline-block; --address-gap: 0.3em;"
    ),
    _page_direction: "direction: ltr;",
    _page_numbers: 'content: counter(page) " / " counter(pages);',
    _upright: "font-style: italic;",
    _bold: "font-weight: inherit;",
    _endonym: "font-size: inherit;",
}


if __name__ == "__main__":
    sheet = Path(str(files("ankl_i18n.html"))) / "styles" / "scripts.css"
    sheet.write_text(style_sheet(), encoding="utf-8")
