"""The lines of a PO file, and what is said of them."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate

from ankl_i18n.catalogs.po import charset as charsets
from ankl_i18n.catalogs.po.complaints import COMPLAINTS, KINDS, visible
from ankl_i18n.catalogs.po.plural import PluralError, parse_plural_forms
from ankl_i18n.catalogs.po.records import Catalog
from ankl_i18n.errors import Location, Problem, error


class Lines:
    """The lines of a catalog's file, and the problems so far.

    `bad`: the entry that is being read has a mistake.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.problems: list[Problem] = []
        self.bad = False

    @cached_property
    def raw_lines(self) -> list[bytes]:
        """The file's lines, each with its end."""
        return charsets.split_lines(self.catalog.data)

    @cached_property
    def offsets(self) -> list[int]:
        """The byte where each line begins, and the one after the last."""
        return [0, *accumulate(map(len, self.raw_lines))]

    @cached_property
    def lines(self) -> list[str]:
        """The file's lines as text."""
        lines = [line.decode(self.catalog.charset) for line in self.raw_lines]
        if self.catalog.bom:
            lines[0] = lines[0].removeprefix("\ufeff")
        return lines

    def report(self, index: int, column: int, name: str, *about: object) -> None:
        """Note a problem at a line's index and a column's, unless it follows from another."""
        kind = KINDS.get(name, "po-syntax")
        if self.bad and kind == "po-syntax":
            return
        self.bad = True
        message, hint = COMPLAINTS[name]
        place = Location(self.catalog.path, index + 1, column + 1)
        context = visible(self.lines[index].strip("\r\n"))
        shown = message.format(*(visible(str(value)) for value in about))
        self.problems.append(error(kind, shown, place, hint, context))

    def check_plural_forms(self) -> None:
        """Report a Plural-Forms field no program could use."""
        header = self.catalog.header
        field = self.catalog.headers.get("Plural-Forms", "")
        if not field or re.search(r"INTEGER|EXPRESSION", field):
            return
        try:
            parse_plural_forms(field)
        except PluralError as failure:
            lines = range(header.line - 1, len(self.lines))
            index = next((i for i in lines if "Plural-Forms" in self.lines[i]), header.line - 1)
            self.report(index, 0, "plural forms", failure)


def newline_of(data: bytes) -> str:
    """Return the line end that most lines have."""
    crlf = data.count(b"\r\n")
    counts = {"\n": data.count(b"\n") - crlf, "\r\n": crlf, "\r": data.count(b"\r") - crlf}
    return max(counts, key=lambda newline: counts[newline])
