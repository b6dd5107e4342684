"""What came back, put into a catalog: three-way, with what went out as the base.

For each row there is the translation that went out (its base), the one in the catalog today, and
the one in the file. Where the catalog still has what went out, the file's is taken. Where it has
moved on, the file's becomes a suggestion (`pending`): no work of anybody is overwritten or lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ankl_i18n.catalogs.po import Catalog, Entry, State
from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.exchange.codes import differences
from ankl_i18n.exchange.units import STATES, Returned, Row, base_of, key_of, text_base, trimmed


class Fate(StrEnum):
    """What becomes of a row."""

    SAME = "same"
    TAKEN = "taken"
    CONFIRMED = "confirmed"  # the text is the old one, and now it is finished, or no longer
    PENDING = "pending"  # the catalog has moved on
    REFUSED = "refused"  # the row is broken


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row; `entry` is the message it is about, if there is one."""

    row: Row
    fate: Fate
    why: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do with a catalog. Nothing has been changed yet.

    `problems` are told with the rows that they are about; `missing` counts messages of the catalog
    that the file does not have.
    """

    returned: Returned
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    missing: int = 0

    def count(self, fate: Fate) -> int:
        """Return how many rows have a fate."""
        return sum(outcome.fate is fate for outcome in self.outcomes)


@dataclass(slots=True)
class _Rows:
    """The rows of a file by the message they are about, and what is wrong with them."""

    path: str
    forms: int
    problems: list[Problem] = field(default_factory=list)

    def tell(self, row: Row, message: str, severity: Severity = Severity.ERROR) -> None:
        hint = "" if severity is Severity.HINT else "the catalog keeps its translation"
        where = Location(self.path, row.place)
        self.problems.append(Problem("exchange", severity, message, where, hint, _context(row)))


def plan(catalog: Catalog, returned: Returned, path: str, forms: int) -> Plan:
    """Return what becomes of each row of a file.

    `path` is the file's name in messages, `forms` how many plural forms the language has.
    """
    known = {key_of(*entry.key()): entry for entry in catalog.entries}
    rows = _Rows(path, forms)
    by_key: dict[str, list[Row]] = defaultdict(list)
    outcomes: list[Outcome] = []
    for row in returned.rows:
        key = row.key or _key_by_text(row, known)
        by_key[key].append(row)
    for key, same in by_key.items():
        outcomes += (
            _outcomes(known.get(key), same, rows)
            if key
            else [
                _refused(row, "the file no longer says which message this is", rows) for row in same
            ]
        )
    missing = sum(key not in by_key and not entry.obsolete for key, entry in known.items())
    return Plan(returned, tuple(outcomes), tuple(rows.problems), missing)


def take(done: Plan) -> None:
    """Change the catalog that a plan is of: what is taken and what is confirmed."""
    for outcome in done.outcomes:
        entry = outcome.entry
        if entry is None or outcome.fate not in {Fate.TAKEN, Fate.CONFIRMED}:
            continue
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(outcome.row.targets))
        else:
            entry.msgstr = outcome.row.targets[0]
        entry.fuzzy = _becomes_fuzzy(outcome.row, outcome.fate)
        if not entry.fuzzy:
            entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None


def _outcomes(entry: Entry | None, same: list[Row], rows: _Rows) -> list[Outcome]:
    """Return the fates of all rows about one message."""
    if len({row.targets for row in same}) > 1:
        places = ", ".join(str(row.place) for row in same)
        why = (
            f"this message is in the file {len(same)} times, with different translations: {places}"
        )
        return [_refused(row, why, rows) for row in same]
    return [_outcome(entry, same[0], rows), *(Outcome(row, Fate.SAME) for row in same[1:])]


def _outcome(entry: Entry | None, row: Row, rows: _Rows) -> Outcome:
    if entry is not None:
        row = _with_ends(entry, row)
    was_edited = not row.base or text_base(row.targets) != row.base[:-1]
    if row.wrong:
        return _refused(row, "; ".join(row.wrong), rows)
    if entry is None or entry.obsolete:
        if was_edited and any(row.targets):
            return _pending(row, "the leaflet no longer has this text", rows)
        return Outcome(row, Fate.SAME)
    why = _unusable(entry, row, rows.forms)
    if why:
        return _refused(row, why, rows)
    if trimmed(row.targets) == trimmed(entry.forms):
        return _confirmed(entry, row)
    return _edited(entry, row, rows) if was_edited else Outcome(row, Fate.SAME)


def _unusable(entry: Entry, row: Row, forms: int) -> str:
    """Return why a row cannot be about a message that is there, nothing if it can."""
    expected = forms if entry.msgid_plural else 1
    if not _same_sources(entry, row):
        return "the source text was changed in the file"
    if len(row.targets) != expected:
        return f"{len(row.targets)} plural forms, not {expected}"
    if all(entry.forms) and not all(row.targets):
        return "the translation was emptied in the file"
    return ""


def _edited(entry: Entry, row: Row, rows: _Rows) -> Outcome:
    """Return the fate of a new translation."""
    wrong = _broken_codes(entry, row)
    if wrong:
        return _pending(row, "; ".join(wrong), rows, entry, Severity.ERROR)
    if row.base and row.base != base_of(entry):
        return _pending(row, "the catalog has changed since this was exported", rows, entry)
    if not row.base and any(entry.forms):
        return _pending(row, "the file does not say what was exported", rows, entry)
    return Outcome(row, Fate.TAKEN, entry=entry)


def _confirmed(entry: Entry, row: Row) -> Outcome:
    """Return the fate of a row whose text is that of the catalog."""
    exported = STATES.get(row.base[-1:])
    if row.state is None or row.state is exported or exported is not entry.state():
        return Outcome(row, Fate.SAME)
    if {row.state, exported} <= {State.FUZZY, State.TRANSLATED}:
        return Outcome(row, Fate.CONFIRMED, entry=entry)
    return Outcome(row, Fate.SAME)


def _becomes_fuzzy(row: Row, fate: Fate) -> bool:
    """Tell whether a row's text is not finished.

    Many tools leave the state of an edited text as it went out: so it is finished, unless it was
    set to something less.
    """
    exported = STATES.get(row.base[-1:])
    return row.state is State.FUZZY and (fate is Fate.CONFIRMED or exported is not State.FUZZY)


def _refused(row: Row, why: str, rows: _Rows) -> Outcome:
    rows.tell(row, why)
    return Outcome(row, Fate.REFUSED, why)


def _pending(
    row: Row, why: str, rows: _Rows, entry: Entry | None = None,
    severity: Severity = Severity.WARNING,
) -> Outcome:  # fmt: skip
    rows.tell(row, f"{why}; the translation is kept as a suggestion", severity)
    return Outcome(row, Fate.PENDING, why, entry)


def _broken_codes(entry: Entry, row: Row) -> list[str]:
    """Return what is wrong with links, placeholders and tags; emphasis may be dropped."""
    sources = (entry.msgid, entry.msgid_plural) if entry.msgid_plural else (entry.msgid,)
    old = entry.forms
    broken: list[str] = []
    for place, target in enumerate(row.targets):
        allowed = {
            wrong for text in old[place : place + 1] for wrong in differences(sources[-1], text)
        }
        ways = [list(differences(source, target)) for source in sources]
        broken += [
            wrong for wrong in min(ways, key=len) if wrong not in allowed and "*" not in wrong
        ]
    return list(dict.fromkeys(broken))


def _with_ends(entry: Entry, row: Row) -> Row:
    """Return a row with the white space at the ends of texts that a tool has dropped.

    A tool that has dropped it from the source has dropped it from the translation, too.
    """
    if all(text in {entry.msgid, entry.msgid_plural} for text in row.sources):
        return row
    old = (*entry.forms, *[""] * len(row.targets))
    texts = zip(row.targets, old, strict=False)
    return replace(row, targets=tuple(_ends_of(was or entry.msgid, text) for text, was in texts))


def _ends_of(model: str, text: str) -> str:
    """Return a text with the white space at the ends of another one."""
    words = text.strip()
    if not words or not model.strip():
        return text
    before, _, after = model.partition(model.strip())
    return before + words + after


def _same_sources(entry: Entry, row: Row) -> bool:
    """Tell whether a row's source is the message's, but for white space."""
    sources = {_squeezed(entry.msgid), _squeezed(entry.msgid_plural)}
    return all(_squeezed(text) in sources for text in row.sources)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _key_by_text(row: Row, known: Mapping[str, Entry]) -> str:
    """Return the key of the only message with a row's source and context, else nothing."""
    if not row.sources:
        return ""
    key = key_of(row.msgctxt, row.sources[0])
    if key in known or row.msgctxt is not None:
        return key if key in known else ""
    keys = [key for key, entry in known.items() if _same_sources(entry, row)]
    return keys[0] if len(keys) == 1 else ""


def _context(row: Row) -> str:
    return row.sources[0] if row.sources else ""
