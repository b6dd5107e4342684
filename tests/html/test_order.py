"""Glossaries in the order of their language, and words in that of a dictionary."""

from __future__ import annotations

import pytest

from ankl_i18n.html.localize import localize
from ankl_i18n.html.order import FEWEST, alphabetical
from ankl_i18n.languages import language
from ankl_i18n.languages.collation import in_order
from ankl_i18n.source import parse

GLOSSARY = """## Words

Ache {#ache}
: Pain.

Blood {#blood}
: What flows.

Cell {#cell}
: The smallest part.

    More of it.

Liver {#liver}
: An organ.

{last} {#last}
: The last.

After it.
"""
SPANISH = {
    "Ache": "Dolor",
    "Blood": "Sangre",
    "Cell": "Célula",
    "Liver": "Hígado",
    "Spleen": "Bazo",
}


def terms(text: str, tag: str) -> list[str]:
    document = parse(text, "case.md", "case", front_matter="free")
    english = language("en")
    made = localize(document, language(tag), english, lambda piece: SPANISH.get(piece.msgid))
    tokens = alphabetical(made).tokens
    assert sorted(one.type for one in tokens) == sorted(one.type for one in made.tokens)
    assert [one.type for one in tokens[-3:]] == ["paragraph_open", "inline", "paragraph_close"]
    starts = [i for i, one in enumerate(tokens) if one.type == "dt_open"]
    return [f"{tokens[i].attrs['id']} {tokens[i + 1].content}" for i in starts]


def test_a_glossary_stands_in_the_order_of_its_language_with_its_anchors() -> None:
    assert terms(GLOSSARY.replace("{last}", "Spleen"), "es") == [
        "last Bazo", "cell Célula", "ache Dolor", "liver Hígado", "blood Sangre",
    ]  # fmt: skip


def test_another_order_is_kept() -> None:
    assert terms(GLOSSARY.replace("{last}", "Arm"), "es")[0] == "ache Dolor"
    short = GLOSSARY.partition("Liver {")[0] + "After it.\n"
    assert short.count("{#") < FEWEST
    assert [one.split()[0] for one in terms(short, "es")] == ["ache", "blood", "cell"]
    assert terms(GLOSSARY.replace("{last}", "Spleen"), "en")[-1] == "last Spleen"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "Lymph node|Lymphocyte|lymphoma|NK cell"),
        ("es", "nube|ñandú|oso"),
        ("sv", "zon|å|ä|ö"),
        ("de", "Arm|Ärzte|Bein"),
        ("vi", "ba|bạch cầu|bệnh"),
        ("th", "กา|เกา|แก"),
        ("zh-Hans", "白血病|骨髓|化疗|预后"),
        ("zh-Hant", "化療|白血病|骨髓|脾臟"),
        ("ja", "けいれん|ケトン|こつずい"),
        ("ar", "الدم|الطحال|العظم"),
        ("qps-ploc", "a|b"),
    ],
)
def test_words_in_the_order_of_a_dictionary(tag: str, words: str) -> None:
    wanted = words.split("|")
    turned = wanted[::-1]
    assert [turned[i] for i in in_order(turned, language(tag))] == wanted
