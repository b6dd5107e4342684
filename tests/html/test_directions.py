"""Right-to-left text: how numbers, formulas and Latin words in it stand, on screen and on paper.

The orders in `cases/directions` come from rules (its README.md), not from the program.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.update import add, extract
from ankl_i18n.settings import load
from sample_project import SampleProject, run

if TYPE_CHECKING:
    from chromium import Browser

CASES = Path(__file__).parents[1] / "cases" / "directions"
# A sentence before and after each token: in the middle, at the end, at the beginning, in brackets.
SENTENCES = {
    "ar": ("القيمة {} طبيعية.", "القيمة الآن {}.", "{} قيمة طبيعية.", "القيمة ({} الآن) طبيعية."),
    "he": ("הערך {} תקין.", "הערך עכשיו {}.", "{} הוא ערך תקין.", "הערך ({} עכשיו) תקין."),
    "fa": ("مقدار {} طبیعی است.", "مقدار اکنون {}.", "{} مقدار است.", "مقدار ({} اکنون) است."),
    "ur": ("قدر {} معمول ہے۔", "اب قدر {}۔", "{} معمول ہے۔", "قدر ({} اب) معمول ہے۔"),
    "ckb": ("بڕی {} ئاساییە.", "ئێستا بڕەکە {}.", "{} بڕێکی باشە.", "بڕی ({} ئێستا) باشە."),
    "ps": ("اندازه {} سمه ده.", "اوس اندازه {}.", "{} سمه ده.", "اندازه ({} اوس) سمه ده."),
}
# How these sentences stand, from left to right: W is words of the language.
STANDING = (".W{}W", ".{}W", ".W{}", ".W)W{}(W")
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#~&\"'|!$^-])")
# Signs that come in pairs look like each other where they are mirrored; and so do quotation marks,
# for which fonts have shapes of their own in Hebrew.
MIRRORED = str.maketrans(")]}>»›≥“\u2044", "([{<«‹≤”/")


@dataclass(frozen=True)
class Line:
    """A line in Markdown and how it stands, from left to right."""

    text: str
    standing: str


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def cases(tag: str) -> tuple[Line, ...]:
    """Return the lines of a language: each token in two places of a sentence, then sentences."""
    found = []
    for number, (tags, token, standing) in enumerate(rows("tokens.tsv")):
        if tags == "all" or tag in tags.split():
            seen = token if standing == "=" else standing
            for place in (number % 4, (number + 2) % 4):
                text = SENTENCES[tag][place].format(MARKDOWN.sub(r"\\\1", token))
                around = STANDING[place].replace(".", "۔" if tag == "ur" else ".")
                found.append(Line(text, around.format(seen)))
    for spoken, text, parts in rows("sentences.tsv"):
        if spoken == tag:
            found.append(Line(text, "".join(reversed(parts.split("|")))))
    return tuple(found)


def reduced(line: str) -> str:
    """Return a line that was seen with words of the language as W, and without spaces.

    PDFium gives "½" and "…" as "1⁄2" and "..." (NFKC).
    """
    out = ""
    for character in unicodedata.normalize("NFKC", line):
        kind = unicodedata.bidirectional(character)
        if character in "۔؟؛" or (kind not in ("R", "AL", "NSM", "BN") and not character.isspace()):
            out += character
        elif kind in ("R", "AL") and not out.endswith("W"):
            out += "W"
    return out.translate(MIRRORED)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SampleProject:
    """A leaflet of all lines, in all languages, as pages and PDFs."""
    sample = SampleProject(tmp_path_factory.mktemp("directions"))
    count = max(map(len, map(cases, SENTENCES)))
    source = "# Values\n\n" + "\n\n".join(f"Value {n}." for n in range(count)) + "\n"
    settings = f"""[tool.ankl_i18n]
name = "Directions"
languages = {list(SENTENCES)}
front-matter = "free"
papers = ["a4"]
check-errors = "report"
publish-at = 0
"""
    (sample.root / "source").mkdir()
    sample.path("source/values.md").write_text(source, encoding="utf-8")
    sample.path("pyproject.toml").write_text(settings, encoding="utf-8")
    project = Project(load(sample.root))
    assert not extract(project).problems
    assert not add(Project(load(sample.root)), project.config.targets).problems
    for tag in SENTENCES:
        with sample.edit(tag, "values") as catalog:
            for entry in catalog.entries:
                number = re.fullmatch(r"Value (\d+)\.", entry.msgid)
                lines = cases(tag)
                entry.msgstr = lines[int(number[1]) % len(lines)].text if number else "…"
    return sample


def build(sample: SampleProject, tag: str, kind: str) -> None:
    """Build one kind of output; that the texts are no translations is reported, no more."""
    options = ("--drafts", "--only", kind, "--jobs", "1", "--project", str(sample.root))
    output = run("build", tag, *options).output
    assert "failed" not in output, output


def test_there_are_hundreds_of_cases() -> None:
    assert len(rows("tokens.tsv")) >= 300
    assert {tag for tag, _, _ in rows("sentences.tsv")} == set(SENTENCES)


@pytest.mark.parametrize(("tag", "text", "parts"), rows("sentences.tsv"))
def test_sentences_are_told_whole(tag: str, text: str, parts: str) -> None:
    written = re.sub(r"\]\([^)]*\)|<[^>]*>|[*\\[\]\s]", "", text)
    assert sorted(re.sub(r"[\s|]", "", parts)) == sorted(written), tag


@pytest.mark.parametrize("tag", SENTENCES)
def test_on_screen(tag: str, built: SampleProject, browser: Browser) -> None:
    build(built, tag, "html")
    browser.window(1600, 900)
    browser.open(built.path(f"build/{tag}/values.html"))
    seen = browser.run("lines", ".text p")
    expected = cases(tag)
    wrong = [
        (line.text, reduced(" ".join(found)), reduced(line.standing))
        for line, found in zip(expected, seen, strict=False)
        if reduced(" ".join(found)) != reduced(line.standing)
    ]
    assert not wrong, "\n".join(map(str, wrong))
    assert len(seen) >= len(expected)


def paper_lines(path: Path) -> list[str]:
    """Return the lines of a PDF, each as its characters stand from left to right."""
    lines = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        placed = []
        for i in range(text.count_chars()):
            character = text.get_text_range(i, 1)
            if character.strip():
                left, bottom, right, top = text.get_charbox(i, loose=True)
                placed.append(((bottom + top) / 2, (left + right) / 2, character))
        lines += _rows(placed)
    return lines


def _rows(placed: list[tuple[float, float, str]]) -> list[str]:
    """Return characters of one height, within half a line, from left to right."""
    found: list[list[tuple[float, str]]] = []
    height = None
    for middle, across, character in sorted(placed, key=lambda one: -one[0]):
        if height is None or height - middle > 7:
            found.append([])
            height = middle
        found[-1].append((across, character))
    return ["".join(c for _, c in sorted(one, key=lambda one: one[0])) for one in found]


@pytest.mark.pdf
@pytest.mark.parametrize("tag", SENTENCES)
def test_on_paper(tag: str, built: SampleProject) -> None:
    build(built, tag, "pdf")
    seen = list(map(reduced, paper_lines(built.path(f"build/{tag}/values-a4.pdf"))))
    place = 0
    wrong = []
    for line in cases(tag):
        standing = reduced(line.standing)
        near = seen[place : place + 9]
        if standing in near:
            place += near.index(standing) + 1
        else:
            wrong.append((line.text, standing, near[:2]))
            place += 1
    assert not wrong, "\n".join(map(str, wrong))


# ---- Digits of the page's language within parts in another one ----

NUMBERED = """# Steps

Do what the nurse says.

1. Take one tablet.
   1. With water.[^1]
2. Call us.

   - At once.

::: warning Careful
4. Fourth.
5. Fifth.
:::

> 1. Quoted.

| Drug | Dose | When |
|---|---|---|
| Aspirin[^1] | 5 mg | 3 times |

<div lang="fa" dir="rtl">
<ol><li>سلام</li></ol>
</div>

[^1]: Or milk.
"""


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> SampleProject:
    """A leaflet of which nothing but one item is translated, into languages with other digits."""
    sample = SampleProject(tmp_path_factory.mktemp("numbered"))
    settings = """[tool.ankl_i18n]
name = "Digits"
languages = ["ar", "fa", "ckb", "ps", "ur"]
front-matter = "free"
papers = ["a4"]
publish-at = 0
base-url = "https://leaflets.hospital.example"
"""
    (sample.root / "source").mkdir()
    sample.path("source/steps.md").write_text(NUMBERED, encoding="utf-8")
    sample.path("pyproject.toml").write_text(settings, encoding="utf-8")
    project = Project(load(sample.root))
    assert not extract(project).problems
    assert not add(Project(load(sample.root)), project.config.targets).problems
    sample.translate("ar", "steps", "Call us.", "اتصل بنا.")
    return sample


@pytest.mark.pdf
@pytest.mark.parametrize("kind", ["pdf", "large-print"])
def test_untranslated_lists_and_notes_have_pdfs(kind: str, numbered: SampleProject) -> None:
    options = ("--large-print",) if kind == "large-print" else ("--only", "pdf")
    numbered.run("build", "--drafts", *options, "--jobs", "1")
    suffix = "-large-print" if kind == "large-print" else ""
    for tag, digits in (
        ("ar", "١٢٤٥"),
        ("ckb", "١٢٤٥"),
        ("fa", "۱۲۴۵"),
        ("ps", "۱۲۴۵"),
        ("ur", "1245"),
    ):
        lines = paper_lines(numbered.path(f"build/{tag}/steps-a4{suffix}.pdf"))
        assert set(digits) <= set("".join(lines)), tag


def test_marks_of_notes_say_their_language(numbered: SampleProject) -> None:
    numbered.build("--drafts")
    marks = "//*[@class='untranslated']//sup[contains(@class, 'footnote-ref')]"
    mark = numbered.page("ar", "steps").xpath(marks)[0]
    assert (mark.get("lang"), mark.text_content()) == ("ar", "[١]")
    own = numbered.page("ar", "steps").xpath("//div[@lang='fa']//li")[0]
    assert own.text_content() == "سلام"
    assert not own.xpath(".//@lang")


def test_alternates_are_absolute(numbered: SampleProject) -> None:
    numbered.build("--drafts")
    links = numbered.page("ar", "steps").xpath("//link[@hreflang]")
    assert {link.get("href").rpartition("/")[0].rpartition("/")[0] for link in links} == {
        "https://leaflets.hospital.example"
    }


@pytest.mark.browser
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_no_column_is_out_of_sight(tag: str, numbered: SampleProject, browser: Browser) -> None:
    numbered.build("--drafts")
    browser.window(320, 900)
    browser.open(numbered.path(f"build/{tag}/steps.html"))
    inside = (
        "[...document.querySelectorAll('td')].every(cell => {"
        "const box = cell.getBoundingClientRect();"
        "return box.left >= 0 && box.right <= innerWidth && box.width > 100})"
    )
    assert browser.say(inside)
    label = "getComputedStyle(document.querySelectorAll('td')[1], '::before').content"
    assert browser.say(label).startswith('"Dose"')


@pytest.mark.pdf
def test_pseudo_locales_are_made_and_judged(numbered: SampleProject) -> None:
    numbered.run("build", "--pseudo", "--drafts", "--jobs", "1")
    for tag in ("qps-ploc", "qps-plocm"):
        assert numbered.path(f"build/{tag}/steps-a4.pdf").exists()
    numbered.run("preflight", "--drafts")
