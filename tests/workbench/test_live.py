"""Checks while somebody types, and what puts a text right."""

from __future__ import annotations

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.languages import language
from ankl_i18n.workbench.details import pieces, samples, signs
from ankl_i18n.workbench.live import Live


def live(tag, *entries):
    catalog = po.new("x.po", {"Plural-Forms": language(tag).plural_forms})
    catalog.entries = list(entries)
    return Live(catalog, language(tag), language("en"), ())


def found(tag, msgid, msgstr, **more):
    entry = po.Entry(msgid=msgid, msgstr=msgstr, **more)
    return {one.problem.kind: one for one in live(tag, entry).look(entry)}


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr", "kind", "fixed"),
    [
        ("fr", "If it is 38 °C.", "Si c’est 39 °C.", "numbers", "Si c’est 38 °C."),
        ("fr", "Take 2.5 ml.", "Prenez 25 ml.", "numbers", "Prenez 2,5 ml."),
        ("de", "Drink 1,500 ml.", "Trinken Sie 150 ml.", "numbers", "Trinken Sie 1.500 ml."),
        ("ja", "Take 3 tablets.", "4錠飲んでください。", "numbers", "3錠飲んでください。"),
        ("es", "Call us.", "Llámenos. ", "whitespace", "Llámenos."),
        ("es", "Call us now.", "Llámenos  ahora.", "double-spaces", "Llámenos ahora."),
        ("fr", "Is it red?", "C’est rouge?", "french-spacing", "C’est rouge\u00a0?"),
    ],
)  # fmt: skip
def test_what_is_sure_is_offered(tag, msgid, msgstr, kind, fixed):
    assert found(tag, msgid, msgstr)[kind].fixes == ((fixed,),)


@pytest.mark.parametrize(
    ("msgid", "msgstr", "kind"),
    [
        ("Do not take 3 tablets.", "Ne prenez pas de comprimés.", "number-words"),
        ("See [the ward](https://example.org).", "Voyez le service.", "links"),
    ],
)
def test_what_is_not_sure_is_not_guessed(msgid, msgstr, kind):
    assert found("fr", msgid, msgstr)[kind].fixes == ()


def test_a_fix_brings_no_other_problem():
    msgid, msgstr = "Take 2 or 3 of 10.", "Prenez 2 ou 4 sur 10."
    for one in found("fr", msgid, msgstr).values():
        for fix in one.fixes:
            assert found("fr", msgid, fix[0]).keys() <= found("fr", msgid, msgstr).keys()


def test_answered_problems_say_so_and_some_cannot_be():
    quiet = found("fr", "38 °C", "39 °C", tcomment="i18n: ignore numbers: a test")
    assert quiet["numbers"].silenced
    unsafe = found("fr", "Call.", "<script>x</script>", tcomment="i18n: ignore tags: please")
    assert unsafe["tags"].protecting
    assert not unsafe["tags"].silenced


def test_an_empty_text_has_no_problem():
    assert found("fr", "Take 3.", "") == {}


@pytest.mark.parametrize(("tag", "count"), [("ja", 1), ("fr", 2), ("pl", 3), ("ar", 6)])
def test_each_plural_form_has_numbers(tag, count):
    catalog = po.new("x.po", {"Plural-Forms": language(tag).plural_forms})
    found = samples(catalog, language(tag))
    assert len(found) == count
    assert all(found)


def test_signs_are_those_of_the_language():
    assert {"«", "»", "\u00a0"} <= set(signs(language("fr")))
    assert "\u200c" in signs(language("fa"))
    assert "\u200b" in signs(language("km"))
    assert "\u200c" not in signs(language("fr"))


def test_pieces_are_the_source():
    text = "See **now** [the ward](https://example.org)[^1] or {number}."
    shown = pieces(text)
    assert "".join(one for one, *_ in shown) == text
    codes = [one for one, role, _ in shown if role != "text"]
    assert codes == ["**", "**", "[", "](https://example.org)", "[^1]", "{number}"]
