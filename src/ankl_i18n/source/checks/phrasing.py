"""Checks of English sentences that translations go wrong from, or readers lose their way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ankl_i18n.source.checks.records import Finding, Leaflet, Surroundings
from ankl_i18n.source.english import sentences, words
from ankl_i18n.source.reading import is_read, readings
from ankl_i18n.source.texts import OBJECT, read

# A sentence of more words than this is split (Plain English Campaign: 15 to 20 on average).
MOST_WORDS: Final = 20
# The grade of fewer words says little.
FEWEST_WORDS: Final = 40
_SHOWN: Final = 5
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)")
# WCAG 2.2, 2.4.4: what a link is for can be told from its text.
_VAGUE: Final = re.compile(
    r"(?:(?:click|tap|press|look|see|go|read|find (?:it|out)) )?(?:on )?(?:right )?here"
    r"|(?:(?:at|on|in|see|visit|follow) )?(?:this|the|that) "
    r"(?:page|link|web ?site|site|web ?page|leaflet|document|article|file)"
    r"|(?:(?:read|see|learn|find out|show|get|and) )?more"
    r"(?: (?:information|info|details|about (?:this|it)))?"
    r"|links?|this|that|it|details|info|information|web ?site|web ?page|page|download|go|continue",
    re.IGNORECASE,
)
_NOT: Final = (
    r"(?:not|n['’]t|never|cannot|no|without|nobody|nothing|none|hardly|neither|don['’]t|can['’]t)"
)
# Words that deny, beside "not": opposites with a prefix, and what stands for "if not".
_UN: Final = (
    "unable|uncertain|unclear|uncommon|undetected|unhealthy|unimportant|unknown|unlikely"
    "|unnecessary|unreasonable|unsafe|untreated|unusual|unwell|impossible|inadequate|incorrect"
    "|ineffective|insignificant|insufficient|harmless"
)
_SECOND: Final = (
    rf"(?:not|never|without|nobody|nothing|none|unless|fail(?:s|ed|ing)? to|avoid(?:ing)?|no|{_UN})"
)
# A new clause, in which a second "not" denies something of its own.
_CLAUSE: Final = (
    r"if|when|whenever|because|since|while|that|which|who|whose|what|why|how|where|and|but|or|so"
    r"|as|than|until|till|before|after|though|although|whether|only"
)
_TWICE: Final = re.compile(
    rf"\b(?P<first>{_NOT}|\w+n['’]t)\s+(?P<between>(?:(?!(?:{_CLAUSE})\b)[\w'’-]+\s+){{0,6}}?)(?P<second>{_SECOND})\b",
    re.IGNORECASE,
)
# Two words that deny and stand together without denying twice.
_ONE: Final = re.compile(
    r"no\s+one|no,?\s+not|not\s+only|no\s+longer|yes\s+or\s+no|with\s+(?:and|or)\s+without",
    re.IGNORECASE,
)
_WHAT_TO_WRITE: Final = {
    "unless": "say when it is right: only if …",
    "without": "say what comes first: ask … before you …",
}
_NUMBER: Final = r"\d[\d.,]*"
_COUNT: Final = (
    r"(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|once\b|twice\b"
    r"|an?\b|half\b|some\b|part\b|as\b|every\b|each\b|several\b|another\b|twenty|thirty|fifty|half)"
)
_BOUND_AFTER: Final = re.compile(
    r"(?<!sooner )(?<!more )(?<!once )(?<!one )(?<!two )(?<!three )\bor "
    r"(?:more|higher|above|over|older|longer|greater|later|larger|less|lower|fewer|below|under|younger|shorter|earlier|smaller|sooner)\b"
    r"(?! (?:than|\w+ing\b))"
)
_BOUND_BEFORE: Final = re.compile(
    r"\b(at least|at most|no more than|not more than|no less than|no fewer than|up to)\s+(?=\w)",
    re.IGNORECASE,
)
# "No more than you drank": what is compared is no number.
_COMPARED: Final = re.compile(
    r"(?:I|you|he|she|it|we|they|that|this|those|is|are|was|were|usual|before|as|what|to|date)\b"
)
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_UNITS_AND_AGES: Final = 3
_APART: Final = 2
# What is taken by number, and what is behind a number whose noun is left out.
_BARE: Final = re.compile(
    r"\b(?P<verb>take|takes|taking|took|give|gives|giving|use|uses|swallow|drink|eat|chew|inject"
    r"|apply|try)\s+(?:(?:only|just|another|about|up to|at most|at least|no more than)\s+)?"
    r"(?P<number>\d+(?:[.,]\d+)?(?:\s*(?:to|or|[–-])\s*\d+)?|two|three|four|five|six|eight|ten)"
    r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:in the|at|on|with|before|after|every|each|a day|per|daily|if|when"
    r"|and then|for|once|twice|straight|right|now|as soon|by mouth)\b)(?![.,]\d)",
    re.IGNORECASE,
)


def _sentences(leaflet: Leaflet) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a leaflet with the lines of their blocks."""
    for segment in leaflet.document.segments:
        if is_read(segment):
            for sentence in sentences(read(segment.msgid).prose):
                yield sentence, segment.line


def long_sentences(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Sentences that readers forget the beginning of before they come to the end."""
    for sentence, line in _sentences(leaflet):
        count = len(words(sentence))
        if count > MOST_WORDS:
            begin = " ".join(sentence.replace(OBJECT, "…").split()[:_SHOWN])
            hint = f"split it into two sentences or a list; {MOST_WORDS} words are enough"
            yield line, f"a sentence of {count} words: {begin} …", hint


def reading_grade(leaflet: Leaflet, around: Surroundings) -> Iterator[Finding]:
    """Sections that need more years at school than the settings say."""
    if not around.grade:
        return
    for reading in readings(leaflet.document):
        if reading.words >= FEWEST_WORDS and reading.grade > around.grade:
            where = f"the section {reading.title!r}" if reading.title else "the beginning"
            hint = "write shorter sentences and everyday words; `ankl-i18n reading` has all grades"
            yield reading.line, f"{where} has reading grade {reading.grade:.1f}", hint


def double_negations(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Two words that deny in one clause: in many languages only one of them arrives."""
    for sentence, line in _sentences(leaflet):
        match = _TWICE.search(_ONE.sub(lambda one: "x" * len(one[0]), sentence))
        if match:
            second = match["second"].lower()
            instead = _WHAT_TO_WRITE.get(second, "say it without a negation")
            yield line, f"a double negation: {sentence[match.start() : match.end()]}", instead


def bounds_apart(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Bounds that stand far from their number: translators join them with another word."""
    for sentence, line in _sentences(leaflet):
        text = _IN_BRACKETS.sub(" ", sentence)
        for match in _BOUND_AFTER.finditer(text):
            numbers = [*re.finditer(_NUMBER, text[: match.start()])]
            between = text[numbers[-1].end() : match.start()] if numbers else ""
            if len(words(between)) > _UNITS_AND_AGES:
                number = numbers[-1][0].rstrip(".,")
                hint = f"write it beside the number: {number} … {match[0]}"
                yield line, f"{match[0]!r} is far from {number}", hint
        for match in _BOUND_BEFORE.finditer(text):
            yield from _far_before(text, match, line)


def _far_before(text: str, bound: re.Match[str], line: int) -> Iterator[Finding]:
    after = re.split(r"[,;:]", text[bound.end() :])[0]
    number = re.search(_NUMBER, after)
    counted = re.match(_COUNT, after, re.IGNORECASE) or _COMPARED.match(after)
    if number and not counted:
        between = words(after[: number.start()])
        if len(between) > _APART and not {"between", "from", "and"} & {*between}:
            hint = f"write it beside the number: {bound[1].lower()} {number[0].rstrip('.,')}"
            yield line, f"{bound[1]!r} is far from {number[0].rstrip('.,')}", hint


def bare_numbers(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Numbers without what they count: many languages need the noun, and some its gender."""
    for sentence, line in _sentences(leaflet):
        for match in _BARE.finditer(sentence):
            hint = f"name them: {match[0]} tablets"
            yield line, f"{match['number']} of what? {match[0]} …", hint


def vague_links(leaflet: Leaflet, _: Surroundings) -> Iterator[Finding]:
    """Links whose words do not say where they lead: "here", "this page"."""
    for segment in leaflet.document.segments:
        for text, address in () if segment.skip else _LINK.findall(segment.msgid):
            shown = read(text).shown.strip(" .,:;!?…→»›>")
            if _VAGUE.fullmatch(shown):
                hint = f"write where it leads: [the name of the page]({address})"
                yield segment.line, f"the link {shown!r} does not say where it leads", hint
