"""How far the checks can be trusted: planted faults that they find, and alarms on real texts.

A fault counts as found where the checks say something about the planted text that they did not
say about the text as it was. See docs/checks.md.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from ankl_i18n.catalogs import po
from ankl_i18n.checks import check_all
from ankl_i18n.checks.records import Whole
from ankl_i18n.checks.run import Translations
from ankl_i18n.errors import Problem, Severity
from ankl_i18n.languages import language
from benchmarks.planting import faults
from benchmarks.planting.faults import Fault, Message
from benchmarks.planting.kinds import KINDS

SOURCE: Final = "en"
LEAFLETS: Final = Path("locale")
DOSES: Final = faults.DATA / "doses"  # more numbers, in languages that TICO-19 does not have
FOUND: Final = (Severity.ERROR, Severity.WARNING)
EXCUSED: Final = faults.DATA / "excused.toml"
MOST_EXCUSED: Final = 0.05
GROUPS: Final = {kind.name: kind.group for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A planted fault, and the worst severity of what the checks say about it."""

    message: Message
    fault: Fault
    severity: Severity | None
    kinds: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Whether it is reported as an error or a warning."""
        return self.severity in FOUND


@dataclass(frozen=True, slots=True)
class Alarms:
    """What the checks say about a catalog as it is."""

    catalog: str
    tag: str
    translated: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A catalog to check, and the messages of it that have faults to be tried."""

    root: Path
    name: str
    planted: tuple[Message, ...]
    alarms: bool


def catalogs(root: Path) -> list[Path]:
    """Return the catalogs below a folder."""
    return sorted(root.rglob("*.po"))


def measure(
    roots: Sequence[Path], tags: Sequence[str], kinds: Sequence[str], processes: int,
    *, alarms: bool = True,
) -> tuple[list[Outcome], list[Alarms], list[str]]:  # fmt: skip
    """Check every planted fault and, as they are, all catalogs; also return what to tell."""
    known = {root: list(faults.messages(root, catalogs(root))) for root in roots}
    planted: dict[tuple[Path, str], list[Message]] = {}
    told = []
    for path in sorted(faults.DATA.glob("planted-*.jsonl.gz")):
        for root in roots:
            found, lost = faults.read(path, known[root])
            mine = {message.catalog for message in known[root]}
            found = [message for message in found if message.catalog in mine]
            if not found:
                continue
            told.append(f"{path.name}: sha256 {faults.digest(path)}")
            if lost:
                told.append(f"  {lost} messages of it are no longer in {root}")
            for message in found:
                planted.setdefault((root, message.catalog), []).append(_of(message, kinds))
    work = [
        Work(root, name, tuple(planted.get((root, name), ())), alarms)
        for root, found in known.items()
        for name, tag in dict.fromkeys((message.catalog, message.tag) for message in found)
        if not tags or tag in tags
    ]
    outcomes: list[Outcome] = []
    counted: list[Alarms] = []
    with get_context("spawn").Pool(min(processes, len(work))) as pool:
        for tried, one in pool.imap(checked, work):
            outcomes += tried
            counted += one
    return outcomes, counted, told


def _of(message: Message, kinds: Sequence[str]) -> Message:
    chosen = tuple(
        f for f in message.faults if not kinds or f.kind in kinds or GROUPS[f.kind] in kinds
    )
    return Message(
        message.catalog, message.tag, message.msgid, message.msgstr, message.comment, chosen
    )


def mutations(path: Path) -> Iterator[str]:
    """Return how many changes of a table the checks report.

    Its columns: language, catalog, how bad, what changed, msgid, msgstr, changed msgstr. The
    catalog is one of this project's.
    """
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    count: Counter[tuple[str, str]] = Counter()
    for tag, name, bad, what, msgid, msgstr, changed in rows:
        checks = _translations(LEAFLETS, f"{tag.replace('-', '_')}/LC_MESSAGES/{name}.po")
        fault = Fault(what, 0, len(msgstr), changed)
        outcome = _tried(checks, Message(name, tag, msgid, msgstr), fault)
        count[bad, outcome.severity or "missed"] += 1
        said = ", ".join(outcome.kinds)
        yield f"{bad:10} {outcome.severity or 'missed':8} {tag:8} {what} {said and f'({said})'}"
    yield ""
    for bad in dict.fromkeys(row[2] for row in rows):
        found = sum(count[bad, severity] for severity in FOUND)
        hints = count[bad, Severity.HINT]
        total = sum(n for (one, _), n in count.items() if one == bad)
        yield f"{bad}: {found} of {total} are errors or warnings, {hints} more are hints"


def _translations(root: Path, name: str) -> Translations:
    """Return what checks single messages of a catalog."""
    path = root / name
    catalog = po.parse(path.read_bytes(), name)
    spoken = language(catalog.headers.get("Language") or path.stem)
    translated = [entry for entry in catalog.entries if entry.translated()]
    return Translations(Whole(catalog, translated), spoken, language(SOURCE))


def _tried(checks: Translations, message: Message, fault: Fault) -> Outcome:
    """Return what the checks say about a planted fault that they do not say without it."""
    before = _said(checks, message, message.msgstr)
    after = _said(checks, message, fault.planted(message.msgstr))
    new = after.keys() - before.keys()
    worst = next((one for one in Severity if one in {after[key] for key in new}), None)
    return Outcome(message, fault, worst, tuple(sorted({kind for kind, _ in new})))


def checked(work: Work) -> tuple[list[Outcome], list[Alarms]]:
    """Check one catalog as it is, and each of its planted faults."""
    checks = _translations(work.root, work.name)
    outcomes = [
        _tried(checks, message, fault) for message in work.planted for fault in message.faults
    ]
    if not work.alarms:
        return outcomes, []
    whole, spoken = checks.catalog, checks.language
    problems = check_all(whole, spoken, checks.source).problems
    translated = sum(entry.translated() for entry in whole.entries)
    return outcomes, [Alarms(work.name, spoken.tag, translated, tuple(problems))]


def _said(checks: Translations, message: Message, msgstr: str) -> dict[tuple[str, str], Severity]:
    """Return what the checks say about a translation: kind and text, with the severity."""
    entry = po.Entry(msgid=message.msgid, msgstr=msgstr, comment=message.comment)
    return {(found.kind, found.message): found.severity for found in checks.check(entry)}


def report(outcomes: Sequence[Outcome], alarms: Sequence[Alarms]) -> Iterator[str]:
    """Return the tables: recall by kind, by group and language, and alarms."""
    if outcomes:
        yield from _by_kind(outcomes)
        yield from _by_language(outcomes)
        yield from _kinds_by_language(outcomes)
        yield from _empty(outcomes)
        yield from _excused(outcomes)
    if alarms:
        yield from _alarms(alarms)


def _by_kind(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| group | kind | planted | found | seen | unseen | as a hint only | empty languages |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    tags = {one.message.tag for one in outcomes}
    for kind in KINDS:
        mine = [one for one in outcomes if one.fault.kind == kind.name]
        if mine:
            empty = len(tags - {one.message.tag for one in mine})
            hints = sum(one.severity is Severity.HINT for one in mine)
            yield (
                f"| {kind.group} | `{kind.name}` | {len(mine)} | {_recall(mine)} "
                f"| {_recall(one for one in mine if one.message.seen)} "
                f"| {_recall(one for one in mine if not one.message.seen)} "
                f"| {hints} | {empty} |"
            )
    yield (
        f"| all | | {len(outcomes)} | {_recall(outcomes)} "
        f"| {_recall(one for one in outcomes if one.message.seen)} "
        f"| {_recall(one for one in outcomes if not one.message.seen)} "
        f"| {sum(one.severity is Severity.HINT for one in outcomes)} | |"
    )
    yield ""


def _empty(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Name the kinds that no place was found for, with the languages."""
    tags = {one.message.tag for one in outcomes}
    there = {(one.fault.kind, one.message.tag) for one in outcomes}
    kinds = {kind for kind, _ in there}
    empty = {
        kind: sorted(tag for tag in tags if (kind, tag) not in there) for kind in sorted(kinds)
    }
    count = sum(map(len, empty.values()))
    yield f"No place for {count} of {len(tags) * len(kinds)} pairs of kind and language:"
    for kind, missing in empty.items():
        if missing:
            yield f"- `{kind}`: {', '.join(missing)}"
    yield ""


@cache
def excused() -> Mapping[tuple[str, str], str]:
    """Return why a kind of fault is none in a language, by kind and language."""
    cells = tomllib.loads(EXCUSED.read_text(encoding="utf-8"))["excused"]
    return {(cell["kind"], tag): cell["reason"] for cell in cells for tag in cell["languages"]}


def _excused(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Name the cells that do not count; raise ValueError where there are too many."""
    cells = {(one.fault.kind, one.message.tag) for one in outcomes}
    mine = sorted(cells & excused().keys())
    if len(mine) > max(1, MOST_EXCUSED * len(KINDS) * len({tag for _, tag in cells})):
        raise ValueError(f"{len(mine)} of {len(cells)} cells are excused: {mine}")
    yield f"Excused, and marked with *: {len(mine)} of {len(cells)} pairs of kind and language:"
    yield ""
    yield "| kind of fault | language | why it is none |"
    yield "|---|---|---|"
    for kind, tag in mine:
        yield f"| `{kind}` | {tag} | {excused()[kind, tag]} |"
    yield ""


def _kinds_by_language(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Recall by kind and language."""
    tags = sorted({one.message.tag for one in outcomes})
    yield f"| kind of fault | {' | '.join(tags)} |"
    yield "|---|" + "---:|" * len(tags)
    for kind in KINDS:
        mine = [one for one in outcomes if one.fault.kind == kind.name]
        if mine:
            cells = [_recall(one for one in mine if one.message.tag == tag) for tag in tags]
            stars = ["*" if (kind.name, tag) in excused() else "" for tag in tags]
            told = " | ".join(cell + star for cell, star in zip(cells, stars, strict=True))
            yield f"| `{kind.name}` | {told} |"
    yield ""


def _by_language(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Recall by language and group; the number planted in brackets, a dash where none is."""
    groups = list(dict.fromkeys(GROUPS.values()))
    yield f"| language | all | {' | '.join(groups)} |"
    yield "|---|---:|" + "---:|" * len(groups)
    for tag in sorted({one.message.tag for one in outcomes}):
        mine = [one for one in outcomes if one.message.tag == tag]
        cells = [_cell(one for one in mine if GROUPS[one.fault.kind] == group) for group in groups]
        yield f"| {tag} | {_cell(mine)} | {' | '.join(cells)} |"
    yield ""


def _cell(outcomes: Iterable[Outcome]) -> str:
    found = list(outcomes)
    mine = [one for one in found if (one.fault.kind, one.message.tag) not in excused()]
    star = "*" if len(mine) < len(found) else ""
    return f"{_recall(mine)}{star} ({len(mine)})" if mine else "–"


def _recall(outcomes: Iterable[Outcome]) -> str:
    mine = list(outcomes)
    return f"{sum(one.found for one in mine) / len(mine):.0%}" if mine else "–"


def _alarms(alarms: Sequence[Alarms]) -> Iterator[str]:
    total = sum(one.translated for one in alarms)
    found = Counter((p.severity, p.kind) for one in alarms for p in one.problems)
    yield f"Alarms for each 1,000 of {total} messages, as they are:"
    for severity in Severity:
        told = {
            (one.catalog, p.location.line)
            for one in alarms
            for p in one.problems
            if p.severity is severity
        }
        kinds = sorted(((n, kind) for (s, kind), n in found.items() if s is severity), reverse=True)
        each = ", ".join(f"`{kind}` {1000 * n / total:.1f}" for n, kind in kinds)
        yield f"- {severity}: {1000 * len(told) / total:.1f} messages ({each or 'none'})"
    yield ""
    yield "| language | messages | errors | warnings | hints |"
    yield "|---|---:|---:|---:|---:|"
    for tag in sorted({one.tag for one in alarms}):
        mine = [one for one in alarms if one.tag == tag]
        n = sum(one.translated for one in mine)
        rates = [
            1000
            * len(
                {(o.catalog, p.location.line) for o in mine for p in o.problems if p.severity is s}
            )
            / n
            for s in Severity
        ]
        yield f"| {tag} | {n} | {' | '.join(f'{rate:.1f}' for rate in rates)} |"
    yield ""


def missed(outcomes: Iterable[Outcome], count: int, *, unseen: bool = False) -> Iterator[str]:
    """Return the first faults that were not found, of the half that may be looked at."""
    for one in outcomes:
        if count and not one.found and (unseen or one.message.seen):
            count -= 1
            said = f" (hint: {', '.join(one.kinds)})" if one.kinds else ""
            yield f"{one.message.tag} {one.fault.kind}{said}"
            yield f"  source   {one.message.msgid}"
            yield f"  is       {one.message.msgstr}"
            yield f"  planted  {one.fault.planted(one.message.msgstr)}"
