"""Texts of every kind go through every format unchanged, as sources and as new translations."""

from dataclasses import replace

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.exchange.formats import FORMATS
from ankl_i18n.exchange.pack import Selection, samples, unit
from ankl_i18n.exchange.returns import Fate, plan, take
from ankl_i18n.exchange.units import Package
from ankl_i18n.languages import language

READ = [form for form in FORMATS if form.read]
TEXTS = {
    "plain": "Call us today.",
    "spaces": "  two  spaces \t and a tab  ",
    "no-break": "38\u00a0°C, 5\u202fmg, « oui »\u2009!",
    "line breaks": "one\\\ntwo\\\nthree",
    "carriage return": "one\rtwo\r\nthree",
    "controls": "bell \x07, escape \x1b[0m, delete \x7f, next line \x85",
    "not XML": "noncharacters \ufffe and \uffff",
    "bidi": "\u200fעברית\u200f \u2067abc\u2069 \u202aabc\u202c 3\u200e–4",
    "joiners": "می\u200cخواهم क्\u200dष",
    "emoji": "🧑🏽‍⚕️ 👩‍👩‍👧 🇨🇦 ✔️",
    "astral": "𠮷野家 𝛼 \U0001f9ec",
    "combining": "e\u0301 ﬁ Å \u0928\u093c",
    "markup": "**Call** [us](tel:+15550100) *now*, `x < 3`, <b>b</b>, {ward-phone} &nbsp; a\\*b",
    "nested": "**[a *b* ~~c~~](d(e)f \"t\") ![](x.svg)** ^[a note [b](c)] [^1]",
    "half markup": "2 * 3 * 4, [words], a_b_c, <5 and >3, ** open",
    "XML": "]]> <![CDATA[x]]> <?pi?> &amp; &lt; &#65; <!-- c --> \"q\" 'a'",
    "formula": "=HYPERLINK(\"http://x\")",
    "plus": "+1 555 0100",
    "minus": "-5 °C",
    "at": "@SUM(A1)",
    "apostrophe": "'quoted'",
    "escapes": "_x0007_ \\n \\t \\\\ %s %(n)d {0} {{x}}",
    "named": "⟦U+0041⟧ and ⟦x⟧",
    "number": "42",
    "true": "TRUE",
    "date": "2026-11-30",
    "comma": 'a, "b"; c\td',
    "long": "Take one tablet. " * 1800,
    "rtl": "اتصل بنا **الآن** على الرقم 123 (٣٨ °م).",
    "one letter": "a",
    "only code": "{ward-phone}",
}  # fmt: skip


def catalog(texts: dict[str, str]) -> po.Catalog:
    made = po.parse(
        b'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n',
        "ar.po",
    )
    for name, text in texts.items():
        made.entries += [
            po.Entry(msgid=f"{text} 1", comment=f"Note: {text}", tcomment=text),
            po.Entry(msgid=text, msgctxt=name, msgstr=text),
            po.Entry(msgid=text, msgctxt="", msgstr="was", flags=["fuzzy"], previous_msgid="?"),
            po.Entry(
                msgid=f"{text} one", msgid_plural=f"{text} {{n}}",
                msgstr_plural=dict.fromkeys(range(6), ""),
            ),
        ]  # fmt: skip
    return made


def packed(made: po.Catalog) -> Package:
    counts = samples(made, language("ar"))
    units = tuple(unit(entry, counts, "Section", Selection()) for entry in made.entries)
    return Package("texts", "ar.po", "Title <&>", "en", "ar", units, rtl=True)


def judged(form, package: Package, made: po.Catalog):
    (back,) = form.read(form.write(package), f"x{form.ending}")
    return plan(made, back, "x", 6)


@pytest.mark.parametrize("form", READ, ids=lambda form: form.name)
@pytest.mark.parametrize("kind", TEXTS)
def test_texts_come_back_as_they_went_out(form, kind: str) -> None:
    made = catalog({kind: TEXTS[kind]})
    done = judged(form, packed(made), made)
    assert [outcome.fate for outcome in done.outcomes] == [Fate.SAME] * len(made.entries)
    assert (done.problems, done.missing) == ((), 0)


@pytest.mark.parametrize("form", READ, ids=lambda form: form.name)
@pytest.mark.parametrize("kind", TEXTS)
def test_new_translations_are_taken_letter_by_letter(form, kind: str) -> None:
    text = TEXTS[kind]
    made = catalog({kind: text})
    package = packed(made)
    new = [
        tuple(
            f"{text} {number}" if "was" not in one.targets else f"{text}"
            for number in range(len(one.targets))
        )
        for one in package.units
    ]
    units = tuple(
        replace(one, targets=forms) for one, forms in zip(package.units, new, strict=True)
    )
    done = judged(form, replace(package, units=units), made)
    assert [problem.message for problem in done.problems if "lost" not in problem.message] == []
    take(done)
    assert [entry.forms for entry in made.entries] == new
    assert not any(entry.fuzzy for entry in made.entries)


def test_a_text_beyond_a_cell_is_named_and_left_alone() -> None:
    xlsx = next(form for form in READ if form.name == "xlsx")
    made = catalog({"long": "long " * 8000})
    done = judged(xlsx, packed(made), made)
    assert done.problems == ()
    assert done.missing == len(made.entries)


@pytest.mark.parametrize("form", READ, ids=lambda form: form.name)
def test_the_same_catalog_gives_the_same_bytes(form) -> None:
    assert form.write(packed(catalog(TEXTS))) == form.write(packed(catalog(TEXTS)))
