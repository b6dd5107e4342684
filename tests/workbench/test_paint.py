"""What is drawn behind the field, and what kinds of texts and checks are called."""

from __future__ import annotations

import re

import pytest

from ankl_i18n.checks.table import KINDS
from ankl_i18n.languages import language
from ankl_i18n.source.frontmatter import FIELDS
from ankl_i18n.source.segments import KINDS as BLOCKS
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.paint import code_spans, painted, plain_spans, source_spans, term_spans
from ankl_i18n.workbench.topics import TOPICS
from ankl_i18n.workbench.words import sources
from sample_project import make

NAMES = dict(sources())["workbench/static/names.js"]


def marked(text, spans):
    return [(piece, roles) for piece, roles in painted(text, spans) if roles]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38,5\u00a0°C", [("38,5", "number"), ("\u00a0", "inkless")]),
        ("من ٣٨٫٥ درجة", [("٣٨٫٥", "number")]),
        ("می\u200cشود ۱۲", [("\u200c", "inkless"), ("۱۲", "number")]),
        ("−3 to 1.000", [("−3", "number"), ("1.000", "number")]),
        ("one\ntwo three", []),
    ],
)
def test_numbers_and_what_nobody_sees(text, expected):
    assert marked(text, plain_spans(text)) == expected


def test_codes_are_those_that_are_carried_over():
    text = "Voyez [la *salle*](https://example.org) {n}"
    codes = ["[", "*", "*](https://example.org)", "{n}"]
    assert marked(text, code_spans(text)) == [(code, "code") for code in codes]


@pytest.mark.parametrize(
    ("tag", "text", "form", "expected"),
    [
        ("fr", "Les cellules NK et la cellule", "cellule NK|cellules NK", ["cellules NK"]),
        ("fr", "La moelle est osseuse, de là", "moelle osseuse", ["moelle", "osseuse"]),
        ("de", "Im Knochenmark und Markt", "Knochenmark", ["Knochenmark"]),
        ("ja", "骨髄の中", "骨髄", ["骨髄"]),
        ("ar", "في النُّخاع", "نخاع", ["نُّخاع"]),
        ("fr", "Rien de cela", "moelle osseuse", []),
    ],
)
def test_terms_stand_where_the_checks_find_them(tag, text, form, expected):
    found = marked(text, term_spans(text, [form], language(tag)))
    assert [piece for piece, _ in found] == expected


def test_a_source_has_its_terms():
    text = "The spleen or spleens, 2 of them"
    assert marked(text, source_spans(text, ["spleen"])) == [
        ("spleen", "term"), ("spleen", "term"), ("2", "number"),
    ]  # fmt: skip


def test_what_a_check_tells_of_is_marked(tmp_path):
    desk = Desk(make(tmp_path).root)
    row = next(one for one in desk.open("drain", "fr")["texts"] if " 2 " in one["source"])
    said = row["forms"][0].replace("2", "77", 1)
    found = desk.check("drain", "fr", row["name"], (said,), row["version"])
    assert found["problems"][0]["topic"] == "numbers"
    wrong = [piece for piece, roles in found["painted"][0] if "wrong" in roles]
    assert wrong == ["77"]
    assert "".join(piece for piece, _ in found["painted"][0]) == said


def test_every_check_is_about_something():
    assert TOPICS.keys() == KINDS
    for topic in set(TOPICS.values()):
        assert re.search(rf"\b{topic}: \(\) => _\(", NAMES), topic


def test_every_kind_of_text_has_a_name():
    front = {row.kind for row in FIELDS.values() if row.kind}
    kinds = {*BLOCKS.values(), *front, "paragraph", "alt text", "link title", "text", "code block"}
    for kind in {*kinds, "abbreviation", "meaning"}:
        assert re.search(rf'(\b{kind}|"{kind}"): \(\) => _\(', NAMES), kind
