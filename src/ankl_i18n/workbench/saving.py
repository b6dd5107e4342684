"""Saving one message: into the catalog as it is now, never over what somebody else wrote there."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ankl_i18n.catalogs import files, leaflets, po
from ankl_i18n.catalogs.header import stamp
from ankl_i18n.catalogs.project import Project, now
from ankl_i18n.catalogs.template import leaflet_messages
from ankl_i18n.errors import CatalogError, Location
from ankl_i18n.languages import language
from ankl_i18n.source import Document
from ankl_i18n.workbench.journal import Undo
from ankl_i18n.workbench.names import version, version_of
from ankl_i18n.workbench.texts import Text, entries, entry_of

# How often a save begins again while others write the same file.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a translator wants to save: forms, the version they are based on, and as whom.

    `right` says that a translation whose source has changed is still right, word by word.
    """

    forms: tuple[str, ...]
    base: str
    right: bool = False
    translator: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it: "saved", "unchanged" or "conflict", and the catalog as it is now.

    `read` is what the file was before.
    """

    outcome: str
    catalog: po.Catalog
    read: bytes | None


def save(project: Project, tag: str, text: Text, asked: Asked, undo: Undo) -> Saved:
    """Save a translation, if the one it was based on still stands.

    Where somebody else has written another one, nothing is written: "conflict". Raises
    `CatalogError` for a catalog that cannot be read or written.
    """

    def change(entry: po.Entry, catalog: po.Catalog) -> str:
        if version(entry) == version_of(asked.forms, fuzzy=False):
            return "unchanged"
        if version(entry) != asked.base:
            return "conflict"
        if entry.forms == asked.forms and entry.is_fuzzy() and not asked.right:
            return "unchanged"
        _refuse(entry, asked.forms, catalog)
        before = _state(entry)
        _set(entry, asked.forms)
        line = {"id": secrets.token_hex(8), "tag": tag, "domain": text.domain, "name": text.name}
        undo.add({**line, "key": list(text.key), "before": before, "after": version(entry)})
        return "saved"

    return _changed(project, tag, text, change, asked.translator)


def take_back(project: Project, tag: str, text: Text, line: dict[str, Any], who: str) -> Saved:
    """Undo a save, if what it wrote still stands; else "conflict"."""

    def change(entry: po.Entry, _: po.Catalog) -> str:
        if version(entry) != line["after"]:
            return "conflict"
        before = line["before"]
        _set(entry, tuple(before["forms"]))
        entry.fuzzy = bool(before["fuzzy"])
        previous = before["previous"]
        entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural = previous
        return "saved"

    return _changed(project, tag, text, change, who)


def comment(project: Project, tag: str, text: Text, line: str, who: str) -> Saved:
    """Add a line to a message's comment, once."""

    def change(entry: po.Entry, _: po.Catalog) -> str:
        lines = (entry.tcomment or "").split("\n")
        if line in lines:
            return "unchanged"
        entry.tcomment = "\n".join(filter(None, [*lines, line]))
        return "saved"

    return _changed(project, tag, text, change, who)


def uncomment(project: Project, tag: str, text: Text, line: str, who: str) -> Saved:
    """Take a line out of a message's comment."""

    def change(entry: po.Entry, _: po.Catalog) -> str:
        lines = (entry.tcomment or "").split("\n")
        if line not in lines:
            return "unchanged"
        entry.tcomment = "\n".join(one for one in lines if one != line)
        return "saved"

    return _changed(project, tag, text, change, who)


def _changed(
    project: Project,
    tag: str,
    text: Text,
    change: Callable[[po.Entry, po.Catalog], str],
    translator: str,
) -> Saved:
    """Change a message in its catalog as it is now, and save that, in one attempt of some."""
    path = files.catalog_path(project, text.domain, language(tag))
    for attempt in range(ATTEMPTS):
        catalog = files.read_catalog(project, text.domain, language(tag))
        if catalog is None:
            hint = f"start it: ankl-i18n add {tag}"
            raise CatalogError.of("missing", "there is no catalog", str(path), hint)
        read = catalog.data
        entry = entry_of(entries(catalog), text.key) or _added(project, catalog, text)
        outcome = change(entry, catalog)
        if outcome == "saved":
            _sign(catalog, translator)
            try:
                po.save(catalog, path, root=project.config.root)
            except CatalogError as wrong:
                is_race = any(problem.kind == "po-conflict" for problem in wrong.problems)
                if is_race and attempt < ATTEMPTS - 1:
                    continue
                raise
        return Saved(outcome, catalog, read)
    raise AssertionError


def _added(project: Project, catalog: po.Catalog, text: Text) -> po.Entry:
    """Return a new message for a text that the catalog does not have yet."""
    documents: list[Document] = [leaflets.document(project, n) for n in leaflets.readable(project)]
    told = {message.key: message for message in leaflet_messages(documents)}.get(text.key)
    entry = po.Entry(msgid=text.key[1], msgctxt=text.key[0], msgid_plural=text.plural)
    if told:
        entry.comment = "\n".join(told.comments)
        entry.occurrences = [(reference, "") for reference in told.references]
    catalog.entries.append(entry)
    return entry


def _refuse(entry: po.Entry, forms: tuple[str, ...], catalog: po.Catalog) -> None:
    """Raise `CatalogError` for forms that the message cannot have."""
    count = len(entry.msgstr_plural) if entry.msgid_plural else 1
    where = Location(catalog.path, entry.line)
    if len(forms) != max(count, 1):
        raise CatalogError.of("plural-count", f"{count} forms are needed", where)


def _state(entry: po.Entry) -> dict[str, Any]:
    previous = entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural
    return {"forms": list(entry.forms), "fuzzy": entry.is_fuzzy(), "previous": list(previous)}


def _set(entry: po.Entry, forms: tuple[str, ...]) -> None:
    """Give a message a translation that a person stands for."""
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = forms[0]
    entry.fuzzy = False
    entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None


def _sign(catalog: po.Catalog, translator: str) -> None:
    catalog.headers["PO-Revision-Date"] = stamp(now())
    if translator:
        catalog.headers["Last-Translator"] = translator
