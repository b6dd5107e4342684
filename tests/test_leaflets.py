"""The leaflets of this project, and the interface strings: what a translator and a reader need."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import polib
import pytest

from ankl_i18n.source import parse

ROOT = Path(__file__).parents[1]
LEAFLETS = sorted((ROOT / "source").glob("*.md"))
PICTURES = sorted((ROOT / "source" / "images").glob("*.svg"))
LONGEST = 20
NOT_SENTENCES = {"heading", "term", "title", "trail", "reference", "link", "abbreviation"}
SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
WORD = re.compile(r"[A-Za-z0-9][\w.’'-]*")
MARKUP = re.compile(r"\]\([^)]*\)|[\[\]*_]")


def document(path):
    return parse(path.read_text(encoding="utf-8"), str(path), path.stem)


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_sentences_are_short(path):
    texts = [
        MARKUP.sub("", s.msgid) for s in document(path).segments if s.kind not in NOT_SENTENCES
    ]
    sentences = [sentence for text in texts for sentence in SENTENCE_END.split(text)]
    assert len(sentences) > 40
    assert [s for s in sentences if len(WORD.findall(s)) >= LONGEST] == []


@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_when_to_get_help_is_required(path):
    assert "get-help" in {section.id for section in document(path).sections if section.required}


def test_the_signs_are_one_list_with_both_temperatures():
    inside = [s for s in document(ROOT / "source/ankl.md").segments if s.section_id == "get-help"]
    signs = [s.msgid for s in inside if s.kind == "list item"]
    assert len(signs) == 4
    assert "38 °C (100.4 °F) or higher" in signs[0]


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_pictures_hold_no_words(path):
    elements = list(ET.parse(path).iter())
    assert [element for element in elements if "}text" in element.tag] == []
    assert "".join(element.text or "" for element in elements).strip() == ""


def test_every_interface_string_has_a_note():
    template = polib.pofile(str(ROOT / "locale" / "ui.pot"))
    assert len(template) > 30
    assert [entry.msgid for entry in template if "Note: " not in entry.comment] == []


@pytest.mark.parametrize("name", ["ankl", "words"])
def test_every_text_about_health_has_a_note(name):
    """Headings, names and lead-ins can do without one; whole sentences cannot."""
    template = polib.pofile(str(ROOT / "locale" / f"{name}.pot"))
    bare = [
        entry.msgid
        for entry in template
        if "Note: " not in entry.comment and len(entry.msgid.split()) > 8
    ]
    assert bare == []
