"""Localizing: structure is the source's, whatever a translation holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankl_i18n.html.body import body
from ankl_i18n.html.localize import localize
from ankl_i18n.html.surroundings import Surroundings, Target
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.source import html_text, markdown, parse

CASES = Path(__file__).parents[1] / "cases"
EN, FR = language("en"), language("fr")
PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
EXAMPLES = json.loads((CASES / "spec" / "commonmark.json").read_text(encoding="utf-8"))


def read(source):
    return parse(
        "---\ntitle: Case\n---\n" + source, "case.md", "case", front_matter="free", context="never"
    )


def unwrapped(html):
    """Soft line breaks are spaces in a message; nothing else may differ."""
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_msgid_as_msgstr_gives_the_source(example):
    md = markdown.parser()
    env = {}
    expected = md.renderer.render(md.parse(example["markdown"], env), md.options, env)
    localized = localize(read(example["markdown"]), FR, EN, lambda segment: segment.msgid)
    for token in localized.tokens:
        if token.type == "heading_open":
            del token.attrs["id"]
    got = md.renderer.render(localized.tokens, md.options, {})
    assert unwrapped(got) == unwrapped(expected)


def page(source, translations):
    words = Words(FR, EN, {}, lambda n: int(n > 1))
    around = Surroundings(
        lambda name: Target(f"{name}.html", FR), lambda _: (PIXEL, "p.gif"), words
    )
    localized = localize(read(source), FR, EN, lambda segment: translations.get(segment.msgid))
    return body(localized, around)


@pytest.mark.parametrize(
    "path", sorted((CASES / "localize").glob("*.md")), ids=lambda path: path.stem
)
def test_localize(path, golden):
    source, lines = path.read_text(encoding="utf-8").split("\n.\n")[:2]
    translations = dict(line.split(" = ", 1) for line in lines.splitlines())
    html = re.sub(r"base64,[^\"]*", "base64,…", page(source + "\n", translations))
    golden(path, "\n.\n".join([source, lines, html.rstrip("\n")]) + "\n.\n")


@pytest.mark.parametrize(
    "msgstr",
    [
        "> 65 years",
        "- 5 °C",
        "1. one",
        "# one",
        "| a | b |",
        "[Do not drive]: x",
        "    code",
        "***",
        "a\n\nb",
    ],
)
def test_no_translation_can_make_a_block(msgstr):
    localized = localize(read("Text.\n"), FR, EN, lambda _: msgstr)
    assert [token.type for token in localized.tokens] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


def test_a_tag_that_only_the_translation_has_is_text():
    html = page("Text.\n", {"Text.": "Texte <script>alert(1)</script>"})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_localizing_leaves_the_document_alone():
    document = read("# Title\n\nText with a [link](#title).\n")
    first = localize(document, FR, EN, lambda segment: segment.msgid.upper())
    second = localize(document, FR, EN, lambda segment: segment.msgid)
    assert next(t.content for t in first.tokens if t.type == "inline") == "TITLE"
    words = ["".join(c.content for c in t.children) for t in second.tokens if t.type == "inline"]
    assert words == ["Title", "Text with a link."]


# What translators, or worse, put into a sentence of raw HTML.
HOSTILE = [
    "Ne", " pas ", "<b>", "</b>", "<i>", "</p>", "<p>", "<script>", "</script>", "<!--", "-->", "<",
    ">", "&lt;", "&amp;lt;", "&#60;", "<img src=x onerror=alert(1)>", "<a href='javascript:1'>",
    '<a href="https://example.org/milk">', "</a>", '<a href="https://example.org/milk" onclick=x>',
    "<br>", "<B>", "< b>", "<b/>", "<b ", "</b x>", "<![CDATA[", "]]>", '"', "'", "<svg><style>",
]  # fmt: skip
BLOCK = (
    '<div class="box"><p>Do <b>not</b> take it with '
    '<a href="https://example.org/milk" title="About milk">milk</a>.<br>Ask.</p></div>\n'
)


@given(st.lists(st.sampled_from(HOSTILE), max_size=8).map("".join), st.sampled_from(HOSTILE))
def test_a_sentence_of_raw_html_has_no_tags_but_its_own(sentence, title):
    filled = html_text.fill(BLOCK, [sentence, title])
    page = lxml.html.document_fromstring(f"<section>{filled}</section><footer></footer>")
    allowed = {("b", ()), ("a", ("href", "title")), ("br", ()), ("p", ()), ("div", ("class",))}
    around = {"html", "body", "section", "footer"}
    found = {(e.tag, tuple(sorted(e.attrib))) for e in page.iter() if e.tag not in around}
    assert found <= allowed
    assert {a.get("href") for a in page.iter("a")} <= {"https://example.org/milk"}
    assert len(page.findall(".//p")) == 1
    assert [e.tag for e in page.body] == ["section", "footer"]


def test_untranslated_html_says_its_language_and_keeps_its_bytes():
    texts = html_text.texts(BLOCK)
    assert html_text.fill(BLOCK, [None] * len(texts)) == BLOCK
    marked = html_text.fill(BLOCK, [None, "Le lait"], ('<span lang="en">', "</span>"))
    assert marked == BLOCK.replace("<p>Do", '<p><span lang="en">Do').replace(
        ".<br>Ask.", ".<br>Ask.</span>"
    ).replace("About milk", "Le lait")
