"""Checks of Markdown: what the source links, marks and codes, the translation must too.

Both texts are compared as parsed, in any order: languages order their words differently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from ankl_i18n.checks.records import Finding, Pair, base, doubtful_if
from ankl_i18n.source.active_html import is_script
from ankl_i18n.source.markdown import parser
from ankl_i18n.source.reviewed import OUTSIDE
from ankl_i18n.source.texts import Text, reviewed_in, tags_shown

# An underscore at one end of a word, rather than inside a name.
EDGE: Final = re.compile(r"(?<!\w)_++(?=[^\W_])|(?<=[^\W_])_++(?!\w)")
# What follows the words of a link that Markdown did not take for one.
LINK_END: Final = re.compile(r"\]\(\s*+<?([^\s()<>]*+)")
MARKS: Final = ("**", "__", "`", "](")
BLOCK_START: Final = re.compile(
    r"\s*+(?:(?P<quote>>)|(?P<bullet>[-+*])[ \t]|(?P<number>\d{1,9}[.)])[ \t]"
    r"|(?P<heading>#{1,6})[ \t]|(?P<cell>\|)"
    r"|(?P<fence>```|~~~|:::)|(?P<reference>\[[^\]]+\]:))"
)
# An asterisk or underscore between digits is multiplication, or a blank to fill in.
EATEN: Final = re.compile(r"\d ?[*_]+ ?\d")
# Where the parser gives up and drops the rest of the text.
MAX_DEPTH: Final = parser().options.maxNesting
EMPHASIZED: Final = re.compile(r"(?<!\w)([*_])(?![\s*_])([^*_]+)\1(?!\w)")
QUOTES: Final = '「«“„《‘"'


def links(pair: Pair) -> Iterator[Finding]:
    """Every link of the source, and no other, must be in the translation."""
    before, after = set(pair.before.links), set(pair.after.links)
    if before != after:
        same = _localized(pair)
        for link in sorted(before - after - set(same.values())):
            yield f"the link to {link} is lost", f"Write it as [text]({link}) in the right place."
        for link in sorted(after - before - set(same)):
            yield f"there is a new link to {link}", "Keep the source's addresses as they are."
    for link in sorted(set(pair.after.hollow) - set(pair.before.hollow)):
        yield (
            f"the link to {link} has no text",
            f"Write the words between the brackets: [text]({link}).",
        )


def localized_links(pair: Pair) -> Iterator[Finding]:
    """A link may lead to the same page in the reader's language; someone should look."""
    if pair.before.links != pair.after.links:
        for link, original in sorted(_localized(pair).items()):
            yield (
                f"the address {original} became {link}",
                "Make sure that the page exists and says the same.",
            )


def _localized(pair: Pair) -> dict[str, str]:
    """Return new addresses that differ from the source's by their language alone, with those."""
    lost = set(pair.before.links) - set(pair.after.links)
    originals = {_without_language(link, base(pair.source)): link for link in lost}
    changed = {}
    for link in set(pair.after.links) - set(pair.before.links):
        original = originals.get(_without_language(link, base(pair.language)))
        if original:
            changed[link] = original
    return changed


def _without_language(link: str, code: str) -> str:
    """Return an address without its parts that name a language, and a last slash."""
    own = re.compile(rf"{code}(?:[-_]\w+)?", re.IGNORECASE)
    parts = urlsplit(link)
    host = [
        part
        for part in parts.netloc.casefold().split(".")
        if not own.fullmatch(part) and part != "www"
    ]
    path = [part for part in parts.path.split("/") if not own.fullmatch(part)]
    if "wikipedia" in host:
        return "wikipedia"  # which names its pages differently in each language
    return " ".join((".".join(host), "/".join(path).rstrip("/"), parts.query, parts.fragment))


def images(pair: Pair) -> Iterator[Finding]:
    """The images must be those of the source."""
    if sorted(pair.before.images) != sorted(pair.after.images):
        yield (
            "the images differ from the source's",
            "Copy each ![](address) from the source as it is.",
        )


def outside_pictures(pair: Pair) -> Iterator[Finding]:
    """A picture from elsewhere would tell strangers who reads the page; it is shown as text."""
    for address in sorted(set(pair.after.images) - set(pair.before.images)):
        if OUTSIDE.match(address):
            yield (
                f"the image {address} is not in the source",
                "Remove it; readers see its Markdown as text.",
            )


def script_addresses(pair: Pair) -> Iterator[Finding]:
    """An address that would run a script is no link; it is shown as text."""
    for match in LINK_END.finditer(pair.after.shown):
        if is_script(match[1]) and match[0] not in pair.before.shown:
            yield f"{match[1]} is the address of a script", "Remove the link."


def code(pair: Pair) -> Iterator[Finding]:
    """What the source writes as code must stay code, letter by letter."""
    for text in sorted(set(pair.before.codes) - set(pair.after.codes)):
        yield f"the code `{text}` is lost or changed", f"Copy `{text}` from the source as it is."


def new_code(pair: Pair) -> Iterator[Finding]:
    """Code that the source does not have is worth a look, unless the words stand there."""
    new = set(pair.after.codes) - set(pair.before.codes)
    new = {text for text in new if not _is_in_text(text, pair)}
    if new and set(pair.before.codes) <= set(pair.after.codes):
        yield f"`{min(new)}` is code only here", "Remove the backticks unless they are needed."


def emphasis(pair: Pair) -> Iterator[Finding]:
    """Words that stand out in the source stand out here, or in quotation marks.

    Chinese, Japanese and Korean have no italics, so only strong emphasis counts there.
    """
    lost = pair.before.emphases - pair.after.emphases
    quoted = sum(map(pair.after.shown.count, QUOTES)) - sum(map(pair.before.shown.count, QUOTES))
    if lost > 0 and quoted < lost and pair.language.data.writing.emphasis:
        yield _uneven("emphasis", pair.after.emphases, pair.before.emphases, "*")
    if pair.before.strongs != pair.after.strongs and not _eaten(pair):
        yield _uneven("strong emphasis", pair.after.strongs, pair.before.strongs, "**")


def new_emphasis(pair: Pair) -> Iterator[Finding]:
    """More words are emphasized than in the source; words of its language may be."""
    if pair.after.emphases > pair.before.emphases and not _eaten(pair):
        words = [match[2] for match in EMPHASIZED.finditer(pair.msgstr)]
        foreign = [word for word in words if _is_in_text(word, pair)]
        if pair.after.emphases - len(foreign) <= pair.before.emphases:
            return
        yield _uneven("emphasis", pair.after.emphases, pair.before.emphases, "*")


def _is_in_text(words: str, pair: Pair) -> bool:
    """Tell whether the source has the same words; a plural -s more or less is no change."""
    return words.casefold().removesuffix("s") in pair.before.shown.casefold()


def _uneven(name: str, after: int, before: int, mark: str) -> Finding:
    hint = f"Mark the same words with {mark}word{mark}, without spaces inside the marks."
    return f"{name} is used {_times(after)} here, {_times(before)} in the source", hint


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def tags(pair: Pair) -> Iterator[Finding]:
    """HTML that the source does not have here is no HTML: readers see it as text."""
    known = set(pair.before.tags)
    for tag in sorted(set(pair.after.tags) - known):
        yield (
            f"{tag} is read as HTML, and the source has no such tag",
            r"Write \< for a plain less-than sign.",
        )
    reviewed = reviewed_in(pair.msgid)
    lost = Counter(pair.after.tags) - Counter(tags_shown(pair.msgstr, reviewed))
    for tag in sorted(set(lost) & reviewed.tags):
        yield (
            f"readers will see {tag} itself: the matching tag is missing, or inside other marks",
            "Copy each pair of tags from the source unchanged, around the same words.",
        )


def lost_tags(pair: Pair) -> Iterator[Finding]:
    """HTML of the source that the translation lacks."""
    for tag in sorted(set(pair.before.tags) - set(pair.after.tags)):
        yield f"the tag {tag} is lost", f"Copy {tag} from the source as it is."


def footnotes(pair: Pair) -> Iterator[Finding]:
    """Footnote marks must be those of the source."""
    if sorted(pair.before.footnotes) != sorted(pair.after.footnotes):
        yield (
            "the footnote marks differ from the source's",
            "Copy marks such as [^1] from the source.",
        )


def vanished(pair: Pair) -> Iterator[Finding]:
    """Letters and signs that were typed must be shown."""
    if not pair.after.shown.strip() and pair.before.shown.strip():
        yield (
            "readers see nothing of the translation",
            "Write a backslash before the Markdown marks.",
        )
    elif _eaten(pair):
        yield (
            "an asterisk or underscore disappears: Markdown reads it as emphasis",
            r"Write \* or \_ instead.",
        )
    elif pair.after.depth >= MAX_DEPTH:
        yield "marks are nested so deeply that text disappears", "Remove some of the marks."


def _eaten(pair: Pair) -> bool:
    """Tell whether signs that readers of the source see became emphasis."""
    if pair.after.emphases + pair.after.strongs <= pair.before.emphases + pair.before.strongs:
        return False
    lost = any(pair.before.shown.count(sign) > pair.after.shown.count(sign) for sign in "*_")
    return lost or bool(EATEN.search(pair.msgstr))


def marks(pair: Pair) -> Iterator[Finding]:
    """Marks that Markdown did not understand are shown to readers as they are."""
    marks_seen = [
        mark for mark in MARKS if mark in pair.after.shown and mark not in pair.before.shown
    ]
    if "__" not in marks_seen and edge_count(pair.after) > edge_count(pair.before):
        marks_seen.append("_")
    for mark in marks_seen:
        hint = "Close every mark, without a space inside and with a space or full stop around it."
        finding = f"readers will see {mark} itself", hint
        meant = pair.msgstr.count(mark) == pair.msgstr.count(f"\\{mark}")
        yield doubtful_if(meant, finding)


def edge_count(text: Text) -> int:
    """Return the number of underscores that begin or end words."""
    return len(EDGE.findall(text.prose)) if "_" in text.prose else 0


def block_start(pair: Pair) -> Iterator[Finding]:
    """A beginning that other Markdown tools take for a block; here it is plain text."""
    after = BLOCK_START.match(pair.msgstr)
    before = BLOCK_START.match(pair.msgid)
    if after and not (before and before.lastgroup == after.lastgroup):
        sign = after[0].strip()
        yield (
            f"the text begins with {sign}, which other tools read as a block",
            f"Write a backslash before {sign}.",
        )
