"""False alarms of the glossary's checks: finished translations that professionals have made.

Each time that a term of the glossary stands in a source text is one chance of an alarm. A
translation that says it in other words is counted as a false alarm, although some are real faults.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.glossary import Entry, parse, within
from ankl_i18n.catalogs.po import State
from ankl_i18n.checks.run import check
from ankl_i18n.languages import language
from ankl_i18n.source.texts import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LOST = ("glossary", "glossary-strict")


@dataclass(frozen=True)
class Figures:
    """How often terms stand in the translated texts of a language, and how many alarms there are.

    `words` counts the alarms by term.
    """

    tag: str
    terms: int
    chances: int
    alarms: int
    words: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        return self.alarms / self.chances if self.chances else 0.0


def measure(catalogs: Sequence[Path], glossary: Path) -> Iterator[Figures]:
    """Yield the figures of catalogs, a language after the other."""
    terms, problems = parse(glossary.read_bytes(), str(glossary))
    assert not problems, problems
    by_tag: dict[str, list[po.Catalog]] = {}
    for path in catalogs:
        catalog = po.read(path)
        by_tag.setdefault(language(catalog.headers["Language"]).tag, []).append(catalog)
    for tag, found in sorted(by_tag.items()):
        known = tuple(
            Entry(one.term, one.forms[tag], one.forbidden.get(tag, ()), one.strict)
            for one in terms
            if tag in one.forms
        )
        if known:
            yield _figures(tag, found, known)


def _figures(tag: str, catalogs: list[po.Catalog], terms: tuple[Entry, ...]) -> Figures:
    chances = 0
    words: Counter[str] = Counter()
    for catalog in catalogs:
        for entry in catalog.entries:
            if entry.state() is State.TRANSLATED:
                chances += len(within(read(entry.msgid).shown, terms))
        for problem in check(catalog, language(tag), language("en"), terms):
            if problem.kind in LOST:
                words[problem.message.split("“")[1].split("”")[0]] += 1
    return Figures(tag, len(terms), chances, words.total(), tuple(words.most_common(5)))


def table(figures: Sequence[Figures]) -> str:
    """Return the figures as a table."""
    lines = ["| language | terms | times in the text | alarms | share |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.tag} | {one.terms} | {one.chances} | {one.alarms} | {one.share:.1%} |"
        for one in figures
    ]
    chances, alarms = sum(one.chances for one in figures), sum(one.alarms for one in figures)
    lines.append(f"| all | | {chances} | {alarms} | {alarms / max(chances, 1):.1%} |")
    return "\n".join(lines)
