"""Front matter: everything wrong with it is told at once, each with its file and line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest

from ankl_i18n.errors import SourceError
from ankl_i18n.html.localize import localize
from ankl_i18n.html.page import leaflet_page
from ankl_i18n.html.records import Edition, Frame
from ankl_i18n.html.surroundings import Surroundings
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.source import frontmatter, parse
from ankl_i18n.source.checks.records import Leaflet
from ankl_i18n.source.fence import split
from ankl_i18n.source.frontmatter import FIELDS, Field, Link, Text, read, title_only, written
from ankl_i18n.source.segments import front_segments
from expected_problems import expected, found

CASES = Path(__file__).parents[1] / "cases" / "front-matter"
GOOD = """\
title: A leaflet
summary: >-
  What it is about,
  in two lines.
audience: For patients
trail:
  - text: Home
    href: index
  - Cancer
version: 1.0
published: 2026-01-31
updated: 2026-01-31
review-by: 2027-01-31
references:
  - text: Un livre.
    lang: fr
links:
  - text: The **helpline**
    href: https://example.org/
"""


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_wrong(case):
    text = case.read_text(encoding="utf-8")
    with pytest.raises(SourceError) as wrong:
        read(split(text)[0], "source/case.md")
    assert found(wrong.value.problems) == expected(text)
    assert {problem.location.path for problem in wrong.value.problems} == {"source/case.md"}


def test_good():
    front = read(GOOD, "case.md")
    assert front.title == Text("A leaflet", 2)
    assert front.summary == Text("What it is about, in two lines.", 3)
    assert front.trail == (
        Link(Text("Home", 8), "index", ""),
        Link(Text("Cancer", 10), "", ""),
    )
    assert front.version == "1.0"
    assert front.review_by == datetime.date(2027, 1, 31)
    assert front.references == (Link(Text("Un livre.", 16), "", "fr"),)
    assert front.links[0].href == "https://example.org/"


def noted(before, note, text=GOOD):
    """Return front matter with a comment above one of its lines."""
    indent = before[: len(before) - len(before.lstrip())]
    return text.replace(f"\n{before}", f"\n{indent}# {note}\n{before}", 1)


def test_notes_are_about_the_text_below_them():
    text = noted("  - text: Home", "i18n: note The  first page.")
    text = noted("summary", "i18n: note One.\n# of the author's\n\n# i18n: note Two.", text)
    front = read(text, "case.md")
    assert front.notes == ((7, "One."), (7, "Two."), (13, "The first page."))
    notes = [(segment.msgid, segment.notes) for segment in front_segments(front)]
    assert notes[:5] == [
        ("A leaflet", ()),
        ("What it is about, in two lines.", ("One.", "Two.")),
        ("For patients", ()),
        ("Home", ("The first page.",)),
        ("Cancer", ()),
    ]


def test_a_note_in_front_matter_of_free_form():
    front = title_only("tags: [a]\n# i18n: note Short.\ntitle: A leaflet\n", "case.md", Text("", 0))
    assert front.notes == ((4, "Short."),)


@pytest.mark.parametrize(
    ("before", "note", "message"),
    [
        ("version", "i18n: note A text?", "this note belongs to no text"),
        ("    lang: fr", "i18n: note A text?", "this note belongs to no text"),
        ("  - text: Un livre.", "i18n: note A text?", "this note belongs to no text"),
        ("title", "i18n: nite Mind.", "unknown directive 'i18n: nite Mind.'"),
        ("title", "i18n: note", "unknown directive 'i18n: note'"),
        ("title", "l18n: note Mind.", "unknown directive 'l18n: note Mind.'"),
    ],
)
def test_no_note_is_lost(before, note, message):
    text = noted(before, note, f"\n{GOOD}")
    with pytest.raises(SourceError) as wrong:
        read(text, "case.md")
    line = text.splitlines().index(f"{before[: len(before) - len(before.lstrip())]}# {note}") + 2
    assert [(p.message, p.location.line) for p in wrong.value.problems] == [(message, line)]


def test_a_note_at_the_end_of_the_front_matter():
    with pytest.raises(SourceError, match="belongs to no text"):
        read(f"{GOOD}# i18n: note A text?\n", "case.md")


@pytest.mark.parametrize("field", sorted(name for name, row in FIELDS.items() if row.required))
def test_every_field_that_is_required_must_be_there(field):
    lines = GOOD.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{field}:"))
    end = start + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    with pytest.raises(SourceError) as wrong:
        read("".join(lines[:start] + lines[end:]), "case.md")
    assert found(wrong.value.problems) == [(1, f"missing: {field}")]


def test_the_body_keeps_its_lines():
    source = f"---\n{GOOD}---\nText.\n"
    head, body = split(source)
    assert head == GOOD
    assert body.splitlines().index("Text.") == source.splitlines().index("Text.")


def test_windows_line_ends():
    head, body = split("---\r\ntitle: A leaflet\r\n---\r\nText.\r\n")
    assert (head, body) == ("title: A leaflet\r\n", "\n\n\nText.\r\n")


def test_a_rule_in_the_text_is_no_front_matter():
    source = "Text.\n\n---\ntitle: A leaflet\n---\n"
    assert split(source) == ("", source)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("title: A page\nlayout: wide\n", Text("A page", 2)),
        ("layout: wide\n", Text("fallback", 0)),
        ("title: [a, b]\n", Text("fallback", 0)),
        ("", Text("fallback", 0)),
    ],
)
def test_free_form(text, title):
    assert title_only(text, "case.md", Text("fallback", 0)).title == title


def test_free_form_must_still_be_yaml():
    with pytest.raises(SourceError, match=r"case\.md:2: error: not valid YAML"):
        title_only("title: a: b\n", "case.md", Text("fallback", 0))


def test_text_between_lines_across_is_not_lost_in_a_book():
    with pytest.raises(SourceError, match="has no fields"):
        parse("---\n\nTwo tablets.\n\n---\n", "a.md", "a", front_matter="free")


@dataclass(frozen=True, slots=True)
class Longer(frontmatter.FrontMatter):
    """A table with three rows more."""

    clinic: Annotated[Text | None, Field(FIELDS["audience"].read, "clinic")] = None
    reviewed: Annotated[datetime.date | None, Field(FIELDS["updated"].read)] = None
    helplines: Annotated[
        tuple[Link, ...], Field(FIELDS["links"].read, "helpline", required=False)
    ] = ()


def test_a_new_field_is_one_row(monkeypatch, tmp_path):
    """It is read, checked, extracted, translated and offered to templates through its row."""
    monkeypatch.setattr(frontmatter, "FrontMatter", Longer)
    monkeypatch.setattr(frontmatter, "FIELDS", written(Longer))
    body = "clinic: The *clinic*\nreviewed: {}\nhelplines:\n  - text: Call us\n    href: tel:0\n"
    with pytest.raises(SourceError, match="reviewed: 'soon' is not a date"):
        read(GOOD + body.format("soon"), "case.md")
    with pytest.raises(SourceError, match="missing: clinic, reviewed"):
        read(GOOD, "case.md")
    document = parse(f"---\n{GOOD}{body.format('2026-01-30')}---\nText.\n", "a.md", "a")
    new = {one.msgid: one.kind for one in document.segments if one.kind in ("clinic", "helpline")}
    assert new == {"The *clinic*": "clinic", "Call us": "helpline"}
    words = {"The *clinic*": "La *clinique*", "Call us": "Appelez-nous"}
    french, english = language("fr"), language("en")
    localized = localize(document, french, english, lambda one: words.get(one.msgid))
    around = Surroundings(
        lambda _: None, lambda _: None, Words(french, english, {}, lambda n: int(n > 1))
    )
    page = leaflet_page(localized, around, Frame(french), Edition("draft", False, "", (), ""))
    assert page.clinic == "La <em>clinique</em>"
    assert page.reviewed.text == "30 janvier 2026"
    assert [one.linked for one in page.helplines] == ['<a href="tel:0">Appelez-nous</a>']
    checked = Leaflet(document)
    assert [link.href for link, _ in checked.front_links() if link.href] == [
        "index", "https://example.org/", "tel:0",
    ]  # fmt: skip
