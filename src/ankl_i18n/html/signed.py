"""What a page says of those who have checked it: by role, when, and what that is worth today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.html.dates import Date

if TYPE_CHECKING:
    import datetime

    from ankl_i18n.languages import Language


def _(msgid: str) -> str:
    """Return a msgid; it is extracted from here."""
    return msgid


TRANSLATED, BACK = "translated", "back-translation"
# Labels before a date, by role.
LABELS: Final[Mapping[str, str]] = {
    # NOTE: Label before the day on which this translation was finished. Not "Translated by".
    TRANSLATED: _("Translated"),
    # NOTE: Label before a date. The second translator is not the one who made the translation.
    "reviser": _("Checked by a second translator"),
    # NOTE: Label before a date. Somebody who knows the illness, such as a doctor or nurse.
    "clinician": _("Checked by a health professional"),
    # NOTE: Label before a date: somebody checked that the words are plain and easy to read.
    "editor": _("Checked for clear language"),
    # NOTE: Label before a date: people like you have read the leaflet and said if it was clear.
    "reader-panel": _("Tried out with readers"),
    # NOTE: Label before a date: the translation was translated back, and both originals compared.
    BACK: _("Translated back and compared"),
}
# NOTE: Label before a date: after that day somebody has to check the translation again.
UNTIL: Final = _("The check is valid until")
VOID, EXPIRED, CARRIED = "void", "expired", "carried"
# What is said after the date of a check that does not count in full.
WORTH: Final[Mapping[str, str]] = {
    # NOTE: Stands after the date of a check. "The text": what was checked then.
    VOID: _("The text has changed since then."),
    # NOTE: Stands after the date of a check that was so long ago that it no longer counts.
    EXPIRED: _("This check is too old."),
    # NOTE: Stands after the date of a check. Nothing that says something has changed.
    CARRIED: _("Only small things have changed since then, such as commas."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Who checked a leaflet, by role, and when.

    `label` and `note` are msgids of the interface strings, `note` "" where the check counts in
    full. `day` is in the reader's language, `original` in that of the source. `names` are of those
    who want to be named; `readers` is how many read it, in digits, "" for a check.
    """

    label: str
    day: Date
    original: Date
    names: tuple[str, ...] = ()
    note: str = ""
    readers: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """All that a page says of its review: rows, until when they count, and the leaflet's code."""

    rows: tuple[Row, ...]
    until: Row | None
    code: str

    @property
    def shown_code(self) -> str:
        """The code as people read and type it."""
        half = len(self.code) // 2
        return f"{self.code[:half]}-{self.code[half:]}"


def row(  # noqa: PLR0913 - what is said of a check
    label: str,
    day: datetime.date,
    languages: tuple[Language, Language],
    *,
    names: tuple[str, ...] = (),
    note: str = "",
    readers: int = 0,
) -> Row:
    """Return a row; `languages` are those of the source and of the reader."""
    source, target = languages
    return Row(
        label,
        Date(day.isoformat(), target.format_date(day)),
        Date(day.isoformat(), source.format_date(day)),
        names,
        note,
        target.format_number(readers) if readers else "",
    )
