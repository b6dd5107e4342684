"""Writing catalogs: splice unchanged bytes, write the rest as GNU msgcat 0.21 does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ankl_i18n.catalogs.po.charset import BOM
from ankl_i18n.catalogs.po.escapes import escaped
from ankl_i18n.catalogs.po.records import Catalog, Entry
from ankl_i18n.catalogs.po.wrap import PAGE_WIDTH, fill
from ankl_i18n.errors import CatalogError, Location

_FORMATS = (
    *("c", "objc", "sh", "python", "python-brace", "lisp", "elisp", "librep", "scheme"),
    *("smalltalk", "java", "java-printf", "csharp", "awk", "object-pascal", "ycp", "tcl"),
    *("perl", "perl-brace", "php", "gcc-internal", "gfc-internal", "qt", "qt-plural", "kde"),
    *("kde-kuit", "boost", "lua", "javascript"),
)
_FLAG_RANKS = {"fuzzy": 0} | {
    prefix + name + "-format": rank
    for rank, name in enumerate(_FORMATS, start=1)
    for prefix in ("", "no-", "possible-", "impossible-")
}
_LATER_FLAGS = {"range:": 100, "wrap": 101, "no-wrap": 102}
_CUT_LINE = re.compile(rb'^(?:#[~|]+ ?)?"[^\r\n]*(?<!\\n)"[ \t]*(?:\r\n|\r|\n)(?:#[~|]+ ?)?"', re.M)
_LONG_STRING = re.compile(rb'^(?:msg[a-z_]*(?:\[\d\])? )?"([^\r\n]{77,})"[ \t\r]*$', re.M)


def write(catalog: Catalog) -> bytes:
    """Return the file: bytes of unchanged entries as they were, the others in GNU's format.

    An entry's blank lines move with it. Raises CatalogError when new text does not fit
    the catalog's charset.
    """
    wrap = is_wrapped(catalog)
    parts = [BOM if catalog.bom else b""]
    end = len(parts[0])
    for entry in written(catalog):
        body = _bytes_of(catalog, entry) or _encode(catalog, entry, entry_lines(entry, wrap=wrap))
        parts += [_lead(catalog, entry, parts[-1], end), body]
        end = entry.span[1] if entry.span else -1
    if catalog.trailing and not parts[-1].endswith((b"\n", b"\r", BOM)) and parts[-1]:
        parts.append(catalog.newline.encode())
    return b"".join([*parts, catalog.trailing])


def format(catalog: Catalog) -> bytes:
    """Return the file with every entry in GNU's format, obsolete ones last.

    Raises CatalogError when new text does not fit the catalog's charset.
    """
    wrap = is_wrapped(catalog)
    entries = sorted(written(catalog), key=lambda entry: entry.obsolete)
    newline = catalog.newline.encode()
    parts = [_encode(catalog, entry, entry_lines(entry, wrap=wrap)) for entry in entries]
    trailing = newline + catalog.trailing.lstrip() if catalog.trailing.strip() else b""
    return (BOM if catalog.bom else b"") + newline.join(parts) + trailing


def written(catalog: Catalog) -> Iterator[Entry]:
    """Yield the entries to write: a header that was never read nor filled is none."""
    if catalog.header.span or catalog.header.msgstr:
        yield catalog.header
    yield from catalog.entries


def _bytes_of(catalog: Catalog, entry: Entry) -> bytes:
    """Return the bytes the entry was read from, with new comments if only they changed."""
    if not entry.changed:
        return entry.source
    if entry.only_comments_changed:
        return _encode(catalog, entry, comment_lines(entry)) + entry.source[entry.body :]
    return b""


def _lead(catalog: Catalog, entry: Entry, before: bytes, end: int) -> bytes:
    """Return the blank lines between `before`, which ended at byte `end`, and an entry.

    They are as in the file if the entry follows what it followed there, else at least one.
    """
    own = catalog.data[entry.lead : entry.span[0]] if entry.span else b""
    if entry.span and entry.lead == end:
        return own
    if before in (b"", BOM):
        return b""
    newline = catalog.newline.encode()
    return (b"" if before.endswith((b"\n", b"\r")) else newline) + (own or newline)


def _encode(catalog: Catalog, entry: Entry, lines: Iterable[str]) -> bytes:
    text = "".join(line + catalog.newline for line in lines)
    try:
        return text.encode(catalog.charset)
    except UnicodeEncodeError as failure:
        message = f"{text[failure.start]!r} cannot be written in the charset {catalog.charset}"
        hint = "Convert the file to UTF-8: msgconv --to-code=UTF-8."
        where = Location(catalog.path, entry.line)
        raise CatalogError.of("po-encoding", message, where, hint, entry.msgid[:200]) from failure


# -- one entry, as lines without their ends ----------------------------------------------


def entry_lines(entry: Entry, *, wrap: bool) -> list[str]:
    """Return an entry's lines in GNU's order: comments, references, flags, previous, message."""
    wrap = wrap and "no-wrap" not in entry.flags
    mark = "#~ " if entry.obsolete else ""
    old = "#~| " if entry.obsolete else "#| "
    lines = comment_lines(entry)
    for name in ("msgctxt", "msgid", "msgid_plural"):
        value = getattr(entry, "previous_" + name)
        lines += field_lines(old, name, value, wrap=wrap) if value is not None else []
    if entry.msgctxt is not None:
        lines += field_lines(mark, "msgctxt", entry.msgctxt, wrap=wrap)
    lines += field_lines(mark, "msgid", entry.msgid, wrap=wrap)
    if not entry.msgid_plural and not entry.msgstr_plural:
        return lines + field_lines(mark, "msgstr", entry.msgstr, wrap=wrap)
    lines += field_lines(mark, "msgid_plural", entry.msgid_plural, wrap=wrap)
    for index, text in sorted((entry.msgstr_plural or {0: "", 1: ""}).items()):
        lines += field_lines(mark, f"msgstr[{index}]", text, wrap=wrap)
    return lines


def comment_lines(entry: Entry) -> list[str]:
    """Return the lines before an entry's fields: comments, references and flags."""
    lines = [f"# {line}" if line else "#" for line in _split(entry.tcomment)]
    lines += [f"#. {line}" if line else "#." for line in _split(entry.comment)]
    lines += reference_lines(entry.occurrences)
    flags = ordered_flags(entry)
    return [*lines, "#, " + ", ".join(flags)] if flags else lines


def _split(comment: str) -> list[str]:
    return comment.split("\n") if comment else []


def field_lines(prefix: str, name: str, text: str, *, wrap: bool) -> list[str]:
    """Return one field's lines: `name "text"`, or `name ""` and the text below it."""
    if not text:
        return [f'{prefix}{name} ""']
    width = PAGE_WIDTH - len(prefix) - 2
    portions = [escaped(portion) for portion in _portions(text)]
    if len(portions) == 1:
        lines = fill(portions[0], width, len(name) + 1) if wrap else portions
        if len(lines) == 1:
            return [f'{prefix}{name} "{lines[0]}"']
    lines = [line for p in portions for line in (fill(p, width, 0) if wrap else [p])]
    return [f'{prefix}{name} ""', *(f'{prefix}"{line}"' for line in lines)]


def _portions(text: str) -> list[str]:
    """Return the text cut after each newline; an empty text is one empty portion."""
    parts = text.split("\n")
    portions = [part + "\n" for part in parts[:-1]]
    return portions + parts[-1:] if parts[-1] or not portions else portions


def reference_lines(occurrences: Iterable[tuple[str, str | int]]) -> list[str]:
    """Return the `#:` lines of the references, of at most 79 bytes, as GNU counts them."""
    lines: list[str] = []
    for file, line in dict.fromkeys((_plain(file), str(line or "")) for file, line in occurrences):
        word = f" {file}:{line}" if line else f" {file}"
        if lines and len((lines[-1] + word).encode()) <= PAGE_WIDTH:
            lines[-1] += word
        else:
            lines.append("#:" + word)
    return lines


def _plain(file: str) -> str:
    """Return a file's name as GNU writes it: without `./`, enclosed if it has spaces."""
    while file.startswith("./") and file != "./":
        file = file[2:]
    return f"\u2068{file}\u2069" if " " in file or "\t" in file else file


def ordered_flags(entry: Entry) -> list[str]:
    """Return the flags in GNU's order; flags GNU does not know keep their place after them."""
    return sorted(entry.flags, key=_flag_rank) if entry.flags else []


def _flag_rank(flag: str) -> int:
    word = (flag.casefold().split(maxsplit=1) or [""])[0]
    return _FLAG_RANKS.get(word, _LATER_FLAGS.get(word, 200))


# -- the file's style --------------------------------------------------------------------


def style(catalog: Catalog) -> tuple[str, str, bool]:
    """Return what lines of one file must share with another's to be there as they are."""
    return catalog.newline, catalog.charset, is_wrapped(catalog)


def is_wrapped(catalog: Catalog) -> bool:
    """Return whether the file wraps long lines; False for one written with `--no-wrap`.

    Such a file has a line too long for 79 columns, and no string cut anywhere but after
    a newline.
    """
    if catalog.wrap is not None:
        return catalog.wrap
    if _CUT_LINE.search(catalog.data):
        return True
    width = PAGE_WIDTH - 2
    strings = (match[1].decode(catalog.charset) for match in _LONG_STRING.finditer(catalog.data))
    return all(len(fill(string, width, 0)) == 1 for string in strings)
