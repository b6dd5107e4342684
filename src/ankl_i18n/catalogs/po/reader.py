r"""The strict, lossless PO reader: bytes → lines → entries that know their bytes.

The grammar is GNU gettext's (manual, "The Format of PO Files"; po-gram-gen.y), without
hexadecimal escapes (`\x41`), the `domain` directive and duplicate messages, and with comments
allowed inside an entry. Every problem of a file is collected before any is raised.
"""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path

from ankl_i18n.catalogs.po import charset as charsets
from ankl_i18n.catalogs.po import comments
from ankl_i18n.catalogs.po.disk import content
from ankl_i18n.catalogs.po.escapes import EscapeError, unescaped
from ankl_i18n.catalogs.po.lines import Lines, newline_of
from ankl_i18n.catalogs.po.plain import entry_at
from ankl_i18n.catalogs.po.plural import MAX_NPLURALS
from ankl_i18n.catalogs.po.records import Catalog, Entry
from ankl_i18n.errors import CatalogError

MAX_PROBLEMS = 100
"""Reading stops after this many problems: the file is no PO file."""

_TEXT = r'"([^"\\]*+(?:\\.[^"\\]*+)*)"'
_STRING_LINE = re.compile(_TEXT + r"[ \t\r\n\f\v]*").fullmatch
_KEYWORD_LINE = re.compile(
    r"(msgid_plural|msgid|msgstr|msgctxt)(?:\[([0-9])\])?[ \t]+" + _TEXT + r"[ \t\r\n\f\v]*"
).fullmatch
_TOKEN = re.compile(
    r"[ \t\r\f\v]*(?:" + _TEXT + r"|([A-Za-z_]+)(?:[ \t]*\[[ \t]*([0-9]+)[ \t]*\])?)"
).match
_PREFIX = re.compile(r"#(~?)[ \t]*(\|?)[ \t]*").match
_CONFLICT = re.compile(r"<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|").match
_NEWLINE = ord("\n")
_SPACES = " \t\r\n\f\v"

_RANKS = {
    "#msgctxt": 1,
    "#msgid": 2,
    "#msgid_plural": 3,
    "msgctxt": 4,
    "msgid": 5,
    "msgid_plural": 6,
    "msgstr": 7,
}
"""The order of fields in an entry; `#` marks the previous ones (`#|`)."""


def read(path: Path, shown: str = "") -> Catalog:
    """Return the catalog in a file, which messages call `shown`.

    A program that is writing the file is waited for. Raises CatalogError as `parse` does, and
    when the file cannot be read.
    """
    shown = shown or str(path)
    try:
        charsets.check_size(path.stat().st_size, shown)
        data = content(path)
        if data is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    except OSError as failure:
        message = f"the file cannot be read: {failure.strerror}"
        hint = "Check the path and its permissions."
        raise CatalogError.of("po-read", message, shown, hint) from failure
    return parse(data, shown)


def parse(data: bytes, path: str) -> Catalog:
    """Return the catalog in `data`; `path` is used in messages alone.

    Every entry knows its bytes, so `write(parse(data, path)) == data`. Raises
    CatalogError with all problems found, each with line and column, unless the file is
    no text in the charset it declares: then that is the only one.
    """
    charsets.check_bytes(data, path)
    bom = data.startswith(charsets.BOM)
    charset = charsets.detect(data, path)
    catalog = Catalog(path=path, data=data, header=Entry(), charset=charset, bom=bom)
    _Reader(catalog).run()
    return catalog


def parse_what_can_be(data: bytes, path: str) -> Catalog:
    """Return a catalog with the entries that have no mistake; the others are left out.

    Raises CatalogError if the file is not text in the charset it declares.
    """
    charsets.check_bytes(data, path)
    header, bom = Entry(), data.startswith(charsets.BOM)
    catalog = Catalog(path, data, header, charset=charsets.detect(data, path), bom=bom)
    with suppress(CatalogError):
        _Reader(catalog).run()
    return catalog


class _Reader(Lines):
    """The state between lines: the entry being read, and the problems so far."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(catalog)
        self.seen: dict[tuple[str | None, str], int] = {}
        self.end = len(charsets.BOM) if catalog.bom else 0
        self.begin()

    def begin(self) -> None:
        """Forget the entry that was read: what follows belongs to the next one."""
        self.start = -1
        self.last = -1
        self.rank = 0
        self.prefix = ""
        self.obsolete = False
        self.bad = False
        self.blank_after_bad = False
        self.target: list[str] | None = None
        self.fields: dict[str, list[str]] = {}
        self.msgid_line = 0
        self.comments: list[str] = []

    def run(self) -> None:
        """Read everything into `catalog`; raise CatalogError if there were problems."""
        data, position, index = self.catalog.data, self.end, 0
        plain = self.catalog.charset == "utf-8"
        while position < len(data):
            if data[position] == _NEWLINE and not self.bad:
                position, index = position + 1, index + 1
            elif plain and (end := self.plain_entry(position, index)):
                index += data.count(b"\n", position, end)
                position = end
            else:
                self.line(index, self.lines[index])
                index += 1
                position = self.offsets[index]
                if len(self.problems) >= MAX_PROBLEMS:
                    break
        self.finish()
        self.complete()

    def plain_entry(self, position: int, index: int) -> int:
        """Read the entry in GNU's form at a byte and a line, return its end; 0 if it has not."""
        if self.bad or (self.start >= 0 and self.rank != _RANKS["msgstr"]):
            return 0  # in the midst of an entry
        # An entry read by lines ends here as well, and the next one's blank lines begin.
        lead = self.offsets[self.last + 1] if self.start >= 0 else self.end
        entry = entry_at(self.catalog.data, position, lead, index + 1)
        if not entry or not entry.span:
            return 0
        self.finish()
        self.end = entry.span[1]
        self.put(entry)
        if self.bad:
            self.begin()
        return self.end

    def line(self, index: int, line: str) -> None:
        """Read one line."""
        first = line[:1]
        bare = first == '"' and not self.prefix
        if bare and self.target is not None and (match := _STRING_LINE(line)):
            self.target.append(match[1])
            self.last = index
            return
        if first == "#":
            self.hash_line(index, line)
        elif first != "\n" and (stripped := line.lstrip(_SPACES)):
            if stripped[0] == "#":
                self.hash_line(index, line, len(line) - len(stripped))
            else:
                self.statement(index, line, len(line) - len(stripped), "")
        elif self.bad:
            self.blank_after_bad = True

    def complete(self) -> None:
        """Fill what concerns the whole file, and raise the problems."""
        catalog = self.catalog
        catalog.trailing = catalog.data[self.end :]
        catalog.newline = newline_of(catalog.data)
        self.check_plural_forms()
        if self.problems:
            raise CatalogError(self.problems)

    # -- lines that begin with "#" ------------------------------------------------------

    def hash_line(self, index: int, line: str, column: int = 0) -> None:
        """Read a comment, or a statement behind `#~`, `#|` or `#~|`."""
        kind = line[column + 1 : column + 2]
        if kind in {"~", "|"} and (match := _PREFIX(line, column)):
            position = match.end()
            prefix = "#" + match[1] + match[2]
            if match[1] and line[position : position + 1] == "#":
                self.hash_line(index, line, position)
            elif line[position:].strip(_SPACES):
                self.statement(index, line, position, prefix)
            return
        if self.rank == _RANKS["msgstr"] or self.blank_after_bad:
            self.finish()
        if self.start < 0:
            self.start = index
        self.last = index
        self.target = None
        self.comments.append(line[column + 1 :].rstrip("\r\n"))

    # -- keywords and strings -----------------------------------------------------------

    def statement(self, index: int, line: str, position: int, prefix: str) -> None:
        """Read `keyword "text"`, a continuation string, or any number of them on a line."""
        if match := _KEYWORD_LINE(line, position):
            if self.keyword(index, position, match[1], match[2], prefix):
                self.text(index, position, match[3], prefix)
            return
        end = len(line.rstrip(_SPACES))
        string_before = False
        while position < end:
            token = _TOKEN(line, position)
            if not token:
                self.unreadable(index, line, position, after_string=string_before)
                return
            column = token.end() - len(token[0].lstrip(_SPACES))
            if token[1] is not None:
                self.text(index, column, token[1], prefix)
                string_before = True
            elif string_before and token[2] not in _RANKS:
                self.report(index, column, "quote inside")
                return
            elif not self.keyword(index, column, token[2], token[3], prefix):
                return
            position = token.end()

    def text(self, index: int, column: int, text: str, prefix: str) -> None:
        """Add one string to the field it continues."""
        if self.target is None or self.start < 0:
            self.orphan(index, column)
        elif prefix != self.prefix:
            prefixes = (prefix or "no prefix", self.prefix or "no prefix")
            self.report(index, column, "prefix other", *prefixes)
        else:
            self.target.append(text)
            self.last = index

    def keyword(self, index: int, column: int, word: str, number: str | None, prefix: str) -> bool:
        """Begin a field; return False if what follows on the line cannot be read."""
        previous = prefix.endswith("|")
        name = "#" + word if previous else word
        if name not in _RANKS:
            self.unknown(index, column, word)
            return False
        rank = _RANKS[name]
        complete = self.rank == _RANKS["msgstr"] or self.blank_after_bad
        if (complete and word != "msgstr") or ("msgid" in self.fields and rank <= _RANKS["msgid"]):
            self.finish()
        if self.start < 0:
            self.start = index
        self.last = index
        obsolete = prefix.startswith("#~")
        if self.rank > _RANKS["#msgid_plural"] and obsolete != self.obsolete:
            self.report(index, column, "prefix mixed")
        self.obsolete = obsolete
        self.prefix = prefix
        field = self.msgstr(index, column, number) if word == "msgstr" else name
        if word != "msgstr" and (rank <= self.rank or number):
            self.report(index, column, "order", word)
        self.rank = max(rank, self.rank)
        if name == "msgid":
            self.msgid_line = index + 1
        self.target = self.fields.setdefault(field, [])
        return True

    def msgstr(self, index: int, column: int, number: str | None) -> str:
        """Return the field's name for msgstr or msgstr[number], after checking its place."""
        if number is None and "msgid" in self.fields and self.rank == _RANKS["msgid"]:
            return "msgstr"  # nearly always
        plural = "msgid_plural" in self.fields
        count = sum(name.startswith("msgstr") for name in self.fields)
        if "msgid" not in self.fields:
            self.report(index, column, "msgstr alone")
        elif plural and number is None:
            self.report(index, column, "msgstr plain")
        elif not plural and number is not None:
            self.report(index, column, "msgstr number", number)
        elif not plural and count:
            self.report(index, column, "msgstr second")
        elif plural and int(number or 0) >= MAX_NPLURALS:
            self.report(index, column, "msgstr surplus", number)
        elif plural and int(number or 0) != count:
            self.report(index, column, "msgstr order", number, count)
        return "msgstr" if number is None else f"msgstr[{int(number[:9])}]"

    # -- problems -----------------------------------------------------------------------

    def orphan(self, index: int, column: int) -> None:
        """Report a string that belongs to no keyword."""
        if self.start < 0:
            self.start = self.last = index
        self.report(index, column, "orphan")

    def unknown(self, index: int, column: int, word: str) -> None:
        """Report a word that is not a keyword."""
        if self.blank_after_bad or (self.rank == _RANKS["msgstr"] and not self.bad):
            self.finish()
        if self.start < 0:
            self.start = self.last = index
        self.target = None
        self.report(index, column, "keyword", word[:40])

    def unreadable(self, index: int, line: str, position: int, *, after_string: bool) -> None:
        """Report a character no token begins with."""
        rest = line[position:].lstrip(_SPACES)
        column = len(line) - len(rest)
        if self.start < 0:
            self.start = self.last = index
        if _CONFLICT(rest):
            self.report(index, column, "conflict")
            self.target = None
        elif rest[0] == '"':
            self.report(index, column, "quote missing")
        elif after_string:
            self.report(index, column, "quote inside")
        else:
            self.report(index, column, "unexpected", rest[0])

    # -- entries ------------------------------------------------------------------------

    def finish(self) -> None:
        """Make an entry of what was read, if that was more than comments, and begin again."""
        if not self.fields and not self.bad:
            return
        index = max(self.msgid_line - 1, self.start)
        if self.rank != _RANKS["msgstr"]:
            self.report(index, 0, "msgstr missing" if self.msgid_line else "msgid missing")
        texts = self.texts()
        if not self.bad:
            self.add(texts)
        self.end = self.offsets[self.last + 1]
        self.begin()

    def add(self, texts: dict[str, str]) -> None:
        """Put the entry into the catalog."""
        span = max(self.offsets[self.start], self.end), self.offsets[self.last + 1]
        entry = Entry(
            line=self.msgid_line,
            span=span,
            lead=self.end,
            source=self.catalog.data[slice(*span)],
            msgctxt=texts.get("msgctxt"),
            msgid=texts["msgid"],
            msgid_plural=texts.get("msgid_plural", ""),
            msgstr=texts.get("msgstr", ""),
            msgstr_plural=_forms(texts) if "msgid_plural" in texts else {},
            obsolete=self.obsolete,
            previous_msgctxt=texts.get("#msgctxt"),
            previous_msgid=texts.get("#msgid"),
            previous_msgid_plural=texts.get("#msgid_plural"),
            **comments.fields(self.comments),
        )
        self.put(entry)

    def put(self, entry: Entry) -> None:
        """Put an entry into the catalog, as its header if it is that."""
        key = entry.key()
        first = self.seen.setdefault(key, entry.line)
        if first != entry.line:
            self.report(entry.line - 1, 0, "duplicate", first)
        if key != (None, "") or entry.obsolete:
            self.catalog.entries.append(entry)
        elif self.catalog.entries:
            self.report(entry.line - 1, 0, "header late")
        else:
            self.catalog.header = entry

    def texts(self) -> dict[str, str]:
        """Return every field's text, its strings joined and its escapes resolved."""
        by_field = {}
        for name, parts in self.fields.items():
            if not parts:
                self.report(self.last, 0, "text missing", name.removeprefix("#"))
            try:
                by_field[name] = unescaped("".join(parts), self.catalog.charset)
            except EscapeError as failure:
                self.bad_escape(failure.escape)
        return by_field

    def bad_escape(self, escape: str) -> None:
        """Report an escape, at the first line of the entry that has it."""
        before_it = re.compile(r"(?:[^\\]|\\.)*?(?=" + re.escape(escape) + ")")
        for index in range(self.start, self.last + 1):
            line = self.lines[index]
            match = before_it.match(line) if not line.startswith(("# ", "#.", "#:")) else None
            if match:
                self.report(index, match.end(), "escape", escape)
                return


def _forms(texts: dict[str, str]) -> dict[int, str]:
    """Return the text of each msgstr[i]."""
    return {int(name[7:-1]): text for name, text in texts.items() if name.startswith("msgstr[")}
