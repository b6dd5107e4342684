"""Reading a damaged catalog, to find out whether a text is still in it; never to write it."""

from __future__ import annotations

import re
from typing import Final

from ankl_i18n.catalogs.po.escapes import EscapeError, unescaped
from ankl_i18n.catalogs.po.reader import parse_what_can_be
from ankl_i18n.catalogs.po.records import Catalog, Entry

BLANK: Final = re.compile(r"\n[ \t\r]*\n")
KEYWORD: Final = re.compile(r"(msgctxt|msgid|msgstr)(?![\w\[])\s*(.*)")
# Two translations that someone has to choose between (git-merge(1)).
CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>")


def salvage(data: bytes, path: str) -> Catalog:
    """Return what can be read of a damaged catalog.

    Entries without a mistake are read as ever; of the others those that only lack quotes, or
    have too many. Raises CatalogError if the file is not text in the charset it declares.
    """
    catalog = parse_what_can_be(data, path)
    known = {entry.key() for entry in catalog.entries}
    text = data.decode(catalog.charset, errors="replace")
    guessed = (_loose(block, catalog.charset) for block in BLANK.split(text))
    catalog.entries += [entry for entry in guessed if entry and entry.key() not in known]
    return catalog


def _loose(block: str, charset: str) -> Entry | None:
    """Return the entry in some lines, whatever is wrong with its quotes; None without one."""
    texts: dict[str, str] = {}
    fuzzy = False
    name = ""
    for line in map(str.strip, block.splitlines()):
        if line.startswith("#"):
            fuzzy |= line.startswith("#,") and "fuzzy" in line.lower()
            if not line.startswith("#~"):
                continue
        keyword = KEYWORD.fullmatch(line)
        if keyword and keyword[1] not in texts:
            name = keyword[1]
        elif keyword or not name or line.startswith(CONFLICT):
            return None
        string = keyword[2] if keyword else line
        texts[name] = texts.get(name, "") + string.removeprefix('"').removesuffix('"')
    return _entry(texts, charset, fuzzy=fuzzy)


def _entry(texts: dict[str, str], charset: str, *, fuzzy: bool) -> Entry | None:
    if not texts.get("msgid") or "msgstr" not in texts:
        return None
    try:
        msgid, msgstr = (unescaped(texts[name], charset) for name in ("msgid", "msgstr"))
        context = unescaped(texts["msgctxt"], charset) if "msgctxt" in texts else None
    except EscapeError:
        return None
    entry = Entry(msgid=msgid, msgstr=msgstr, msgctxt=context)
    entry.fuzzy = fuzzy
    return entry
