"""Segments: cases are files of Markdown, a line with a dot, and the messages that come out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.rules_inline import StateInline

from ankl_i18n.errors import SourceError
from ankl_i18n.source import inline, markdown, parse
from ankl_i18n.source.reviewed import KEY
from ankl_i18n.source.spans import CODE, SPECIAL, simple

CASES = Path(__file__).parents[1] / "cases" / "segments"
FRONT = "---\ntitle: Case\n---\n"


def read(source, context="auto"):
    return parse(FRONT + source, "case.md", "case", front_matter="free", context=context)


def shown(segment):
    """Return a segment as the case files write it."""
    marks = ("required " if segment.required else "") + ("skip " if segment.skip else "")
    notes = "".join(f" ({note})" for note in segment.notes)
    context = f"[{segment.msgctxt}] " if segment.msgctxt else ""
    text = segment.msgid.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{segment.line - 3}: {marks}{segment.kind}: {context}{text}{notes}"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_segments(path, golden):
    source = path.read_text(encoding="utf-8").split("\n.\n")[0]
    lines = [shown(segment) for segment in read(source + "\n").segments if segment.kind != "title"]
    golden(path, "\n".join([source, ".", *lines, "."]) + "\n")


def test_rewrapping_a_paragraph_changes_no_message():
    words = ["One", "two", "`three", "four`", "five", "[six", "seven](x.md)", "eight."]
    narrow, wide = read("\n".join(words)), read(" ".join(words))
    assert [s.msgid for s in narrow.segments] == [s.msgid for s in wide.segments]


@given(
    st.lists(st.sampled_from(["a", "*b*", "[c](d.md)", "`e`", "f_g", "<br>", "&amp;"]), min_size=1)
)
def test_line_breaks_between_words_are_spaces(words):
    narrow, wide = read("x " + "\n".join(words)), read("x " + " ".join(words))
    assert [s.msgid for s in narrow.segments] == [s.msgid for s in wide.segments]


def test_no_context_when_told_so():
    assert {s.msgctxt for s in read("## Dose\n\n*[A]: b\n", context="never").segments} == {None}


def test_ids_come_from_the_source_and_are_unique():
    document = read("# Same\n\n# Same\n\n# Own {#own}\n\n# 日本 語!\n")
    assert [section.id for section in document.sections] == ["same", "same-2", "own", "日本-語"]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("text\n\n<!-- i18n: nonsense -->\n", 6, "unknown directive 'nonsense'"),
        ("## A\n\n<!-- i18n required -->\n", 6, "unknown directive 'i18n'"),
        ("## A\n\n<!-- I18N: required -->\n", 6, "unknown directive 'I18N'"),
        ("## A\n\n<!-- il8n: required -->\n", 6, "unknown directive 'il8n'"),
        ("<!-- i18n: note -->\n", 4, "note has no text"),
        ("text\n\n<!-- i18n: required -->\n", 6, "outside any section"),
        ("# A {#x}\n\n# B {#x}\n", 6, "the id 'x' is used twice"),
        ("::: danger\ntext\n:::\n", 4, "a call-out needs a title"),
    ],
)
def test_bad_source_is_told_with_its_line(source, line, words):
    with pytest.raises(SourceError) as wrong:
        read(source)
    (problem,) = wrong.value.problems
    assert words in problem.message
    assert (problem.location.path, problem.location.line) == ("case.md", line)


def test_all_problems_are_told_at_once():
    with pytest.raises(SourceError) as wrong:
        read("<!-- i18n: a -->\n\n<!-- i18n: b -->\n")
    assert len(wrong.value.problems) == 2


MARKUP = json.loads((CASES.parent / "markup.json").read_text(encoding="utf-8"))


@given(st.lists(st.sampled_from(MARKUP), min_size=1, max_size=10).map("".join))
def test_simple_markup_reads_as_the_parser_reads_it(raw):
    reads_as_parsed(raw)


def reads_as_parsed(raw):
    found = simple(raw)
    if found is None:
        return
    tokens = markdown.parse_inline(raw)
    seen = [token for token in tokens if token.type in ("text", "code_inline")]
    kinds = [token.type for token in tokens]
    assert found.shown == "".join(token.content for token in seen)
    assert found.around == "".join(t.content if t.type == "text" else CODE for t in seen)
    assert found.codes == tuple(t.content for t in seen if t.type == "code_inline")
    links = tuple(token.attrs["href"] for token in tokens if token.type == "link_open")
    assert found.links == links
    counts = kinds.count("em_open"), kinds.count("strong_open")
    assert (found.emphases, found.strongs) == counts
    assert len(kinds) == len(seen) + 2 * (len(links) + sum(counts))


@pytest.mark.parametrize(
    "raw", ["a", "`a`", "*a*", "**a b**", "_a_", "[a](b.md#c)", "a `<b>` [`c`](d), *e*.", "a_b"]
)
def test_common_markup_is_simple(raw):
    assert simple(raw) is not None


LINES = json.loads((CASES.parent / "lines.json").read_text(encoding="utf-8"))
INDENTS = ["", "", "", "  ", "    ", "> ", "- ", "   "]


@cache
def usual_parser():
    """Return the parser without the rule that is only there to be fast."""
    return markdown.parser.__wrapped__().disable("plain paragraph")


def block_tokens(source, md):
    """Return what block rules make of a source; an error of a plug-in's is a result, too."""
    tokens = []
    env = {}
    try:
        md.block.parse(source, md, env, tokens)
    except IndexError:
        return [], {}
    return tokens, env


def same_blocks(source):
    tokens, env = block_tokens(source, usual_parser())
    assert block_tokens(source, markdown.parser()) == (tokens, env)
    for token in tokens:
        if token.type == "inline":
            assert inline.simplify(token.content, env) == inline.traced(token.content, env)


@given(
    st.lists(
        st.tuples(st.sampled_from(INDENTS), st.sampled_from(LINES)).map("".join), min_size=1,
        max_size=9,
    ).map("\n".join)
)  # fmt: skip
def test_plain_paragraphs_are_those_of_the_usual_rule(source):
    same_blocks(source)


@pytest.mark.parametrize(
    "path", sorted((CASES.parents[2] / "source").glob("*.md")), ids=lambda path: path.stem
)
def test_plain_paragraphs_of_the_leaflets_are_those_of_the_usual_rule(path):
    same_blocks(path.read_text(encoding="utf-8"))


# A text for each inline rule of the dialect. One that is missing here would be passed over
# wherever its signs are not in `SPECIAL`.
INLINE = {
    "newline": "a\nb",
    "escape": r"\!",
    "backticks": "`a`",
    "emphasis": "*a* and _b_",
    "link": "[a](b)",
    "image": "![a](b)",
    "footnote_inline": "^[a]",
    "footnote_ref": "[^a]",
    "autolink": "<https://example.org>",
    "html_inline": "<b>",
    "entity": "&amp;",
}


def test_every_inline_rule_has_its_text():
    """`text` takes what no other rule begins with; those after it work on what others found."""
    rules = markdown.parser().inline
    assert {*rules.ruler.get_active_rules()} - {"text"} == {*INLINE}
    assert rules.ruler2.get_active_rules() == [
        "balance_pairs", "emphasis", "fragments_join", "paired tags",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), INLINE.items(), ids=INLINE)
def test_no_inline_rule_is_passed_over(name, text):
    md = markdown.parser()
    ruler = md.inline.ruler
    rule = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))[name]
    notes = {"footnotes": {"refs": {":a": -1}}}

    def begins(at):
        state = StateInline(text, md, {KEY: None, **notes}, [])
        state.pos = at
        return rule(state, False)

    assert any(begins(at) for at in range(len(text)))
    assert SPECIAL.search(text)
    reads_as_parsed(text)
