"""A form: what it asks, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# What a file says of itself.
ABOUT: Final = ("kind", "task", "language")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form: its name in files, its heading, and how wide it is (in characters).

    An `open` one is to be filled in, with one of `choices` if there are any. `tag` is the language
    of its texts, `rtl` whether they run from right to left.
    """

    name: str
    heading: str
    width: int = 40
    open: bool = False
    choices: tuple[str, ...] = ()
    tag: str = "en"
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: its id, and the text of each column."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one `kind` ("blind", "verdicts", "packet"), made for one task.

    `task` is an id, `language` the tag of the translation. `intro` says what to do, a paragraph
    each.
    """

    kind: str
    task: str
    language: str
    title: str
    intro: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def about(self) -> dict[str, str]:
        """What a file must say of itself."""
        return {name: str(getattr(self, name)) for name in ABOUT}


@dataclass(frozen=True, slots=True)
class Filled:
    """What came back in a file: of which task, and what each line says, by id and column.

    `columns` are names in the order of the form, as far as the reader of the file knows them.
    """

    kind: str
    task: str
    language: str
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def filled(about: Mapping[str, str], lines: Mapping[str, tuple[str, ...]]) -> Filled:
    """Return what came back in a file that says so much of itself."""
    kind, task, language = (about.get(name, "") for name in ABOUT)
    return Filled(kind, task, language, lines)
