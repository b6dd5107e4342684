"""Strict, lossless reading and splicing of PO files (GNU gettext catalogs)."""

from ankl_i18n.catalogs.po.plural import PluralError, PluralForms, parse_plural_forms
from ankl_i18n.catalogs.po.reader import parse, read
from ankl_i18n.catalogs.po.records import Catalog, Entry, Headers, Key, State, new
from ankl_i18n.catalogs.po.salvage import salvage
from ankl_i18n.catalogs.po.save import save
from ankl_i18n.catalogs.po.writer import format, style, write

__all__ = [
    "Catalog",
    "Entry",
    "Headers",
    "Key",
    "PluralError",
    "PluralForms",
    "State",
    "format",
    "new",
    "parse",
    "parse_plural_forms",
    "read",
    "salvage",
    "save",
    "style",
    "write",
]
