"""Texts that differ in white space alone are found and counted; code is as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.finding import find
from ankl_i18n.catalogs.sameness import loose, skeleton, with_new_addresses
from ankl_i18n.coverage.counting import coverage, outline, standings, translations
from ankl_i18n.source import parse

TEXT = "Rest at home and drink 2\u00a0litres."
WRITTEN = {
    "po4a": "Rest at home\nand drink 2\u00a0litres.\n",
    "tabs": "Rest at home\tand drink  2\u00a0litres.",
    "around": "\n Rest at home and drink 2\u00a0litres. \n\n",
    "CRLF": "Rest at home\r\nand drink 2\u00a0litres.",
    "no no-break space": "Rest at home and drink 2 litres.",
    "narrow": "Rest at home and drink 2\u202flitres.",
}


def catalog(*entries: po.Entry) -> po.Catalog:
    made = po.new("fr.po", {"Language": "fr"})
    made.entries = list(entries)
    return made


def segment(source: str):
    return parse(f"---\ntitle: T\n---\n{source}\n", "a.md", "a", front_matter="free").segments[-1]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_translation_is_found_and_counted_whatever_the_white_space(name):
    wanted = segment(TEXT)
    there = catalog(po.Entry(msgid=WRITTEN[name], msgstr="\nReposez-vous.\n"))
    assert find(translations(there), wanted) == "Reposez-vous."
    covered = coverage("a", outline([wanted]), standings(there), "fr")
    assert covered.counts.messages.translated == 1


def test_a_fuzzy_one_stays_fuzzy_and_the_exact_one_comes_first():
    wanted = segment(TEXT)
    fuzzy = po.Entry(msgid=WRITTEN["po4a"], msgstr="Vieux.", flags=["fuzzy"])
    assert find(translations(catalog(fuzzy)), wanted) is None
    untranslated = po.Entry(msgid=TEXT, msgstr="")
    other = po.Entry(msgid=WRITTEN["tabs"], msgstr="Autre.")
    assert find(translations(catalog(other, untranslated)), wanted) is None


def test_lines_of_code_are_not_joined():
    code = segment("```\npump:\n  rate: 5\n```")
    other = po.Entry(msgid="pump: rate: 5", msgstr="pompe: 5")
    assert find(translations(catalog(other)), code) is None
    text = segment("pump: rate: 5")
    mine = po.Entry(msgid=code.msgid, msgstr="pompe", comment="Leaflet · code block")
    assert find(translations(catalog(mine)), text) is None


@given(st.text(alphabet=" \n\t\\a.\u00a0", max_size=20))
def test_loosening_twice_is_loosening_once(text):
    assert loose(loose(text)) == loose(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[a](tel:+1555)", "[a](tel:+1556)"),
        ("[a](mailto:a@example.org)", "[a](mailto:b@example.org)"),
        ("[a](MAILTO:a@example.org)", "[a](MAILTO:b@example.org)"),
        ("[a](sms:1)", "[a](sms:2)"),
        ("[a](#b)", "[a](#c)"),
        ("[a](b.md#c)", "[a](d.md#c)"),
        ("[a](https://example.org/#b)", "[a](https://example.org/#c)"),
        ("[a](https://example.org/)", "[a](tel:+1555)"),
        ("[a](tel:+1555)", "[a](https://example.org/)"),
        ("[a](javascript:b)", "[a](javascript:c)"),
        ("[a](b) [c](b)", "[a](d) [c](e)"),
    ],
)
def test_addresses_that_need_a_look(old, new):
    assert skeleton(old) == skeleton(new)
    assert with_new_addresses(old, old, new) is None


def test_addresses_that_changed_places_are_exchanged():
    old, new = "[a](x.md) [b](y.md)", "[a](y.md) [b](x.md)"
    found = with_new_addresses("[B](y.md) [A](x.md)", old, new)
    assert found and found[0] == "[B](x.md) [A](y.md)"
