"""Localizing: structure is the source's, whatever a translation holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ankl_i18n.html.localize import localize
from ankl_i18n.html.markup import Surroundings, Target, body
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.source import markdown, parse

CASES = Path(__file__).parent / "cases"
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
