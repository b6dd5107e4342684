"""Updates: a template merged into a translator's catalog, so that no translation is lost.

`update` finds for each text of the template what the catalog has of it: the same, the same spelt
otherwise, the nearest, nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.carrying import carried, counterparts
from ankl_i18n.catalogs.cosmetic import is_cosmetic, words
from ankl_i18n.catalogs.header import fields
from ankl_i18n.catalogs.matching import match
from ankl_i18n.catalogs.sameness import no_breaks
from ankl_i18n.languages import Language

# What comments of the translator's tell of an update, before the text in question.
CARRIED: Final = "Carried over: the text was"
CARRIED_ADDRESS: Final = "Carried over: the address was"
CARRIED_SPACES: Final = "Carried over: the text has other no-break spaces now."
LOST_FORM: Final = "Former plural form:"


@dataclass(slots=True)
class Changes:
    """What an update did to one catalog, by message count.

    `fuzzy` and `carried` list pairs of the old and the new msgid.
    """

    unchanged: int = 0
    new: int = 0
    obsolete: int = 0
    revived: int = 0
    dropped: int = 0
    fuzzy: list[tuple[str, str]] = field(default_factory=list)
    carried: list[tuple[str, str]] = field(default_factory=list)


def started(
    path: str, template: po.Catalog, language: Language, now: datetime
) -> tuple[po.Catalog, Changes]:
    """Return a new, empty catalog for a language, marked as a draft that nobody reviewed."""
    headers = {**template.headers, **fields(template.headers, language, now)}
    made = po.new(path, headers)
    return made, update(made, template, language)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What one update goes by.

    `nplurals` is the number of plural forms; `same_style` is whether lines of the template may
    are in the catalog as they are; `vocabulary` is the words of the template, None if no
    translation is to be carried over.
    """

    nplurals: int
    same_style: bool
    vocabulary: Collection[str] | None


def update(
    catalog: po.Catalog, template: po.Catalog, language: Language, *,
    carry_cosmetic: bool = False, fuzzy: bool = True,
) -> Changes:  # fmt: skip
    """Merge a template into a catalog, in place, and return what changed.

    Messages are matched by msgctxt and msgid, whatever the white space and the addresses of
    links in it, then by msgid in another context, then by the nearest text; these last two are
    fuzzy and carry the previous msgid. Entries that match nothing become obsolete; obsolete ones
    whose text comes back are used again. With `carry_cosmetic` the translation of a text of
    which only the looks changed stays valid, and a comment tells what the text was. Without
    `fuzzy` near texts are not made use of in any other way.
    """
    changes = Changes()
    sources = [entry for entry in template.entries if not entry.obsolete]
    terms = _terms(catalog, template, language, carry_cosmetic=carry_cosmetic)
    known = {entry.key(): entry for entry in reversed(catalog.entries)}
    known |= {entry.key(): entry for entry in catalog.entries if not entry.obsolete}
    same = counterparts(sources, catalog.entries, known)
    wanted = fuzzy or carry_cosmetic
    nearest = match(sources, catalog.entries, {**known, **same}) if wanted else {}
    if not fuzzy:
        kept = [(source.key(), source) for source in sources if source.key() in nearest]
        vocabulary = terms.vocabulary or ()
        nearest = {key: nearest[key] for key, source in kept
                   if _only_looks_changed(nearest[key], source, vocabulary)}  # fmt: skip
    ways = ((_exact, known), (_respelt, same), (_inexact, nearest))
    entries = []
    for source in sources:
        key = source.key()
        way = next(((merged, old[key]) for merged, old in ways if key in old), None)
        entries.append(way[0](source, way[1], terms, changes) if way else _new(source, terms))
        changes.new += way is None
    used = {id(entry) for entry in (*entries, *nearest.values(), *same.values())}
    rest = [entry for entry in catalog.entries if id(entry) not in used]
    entries += _obsolete(rest, changes)
    if entries != catalog.entries or any(entry.changed for entry in entries):
        catalog.entries = entries
        catalog.headers["POT-Creation-Date"] = template.headers.get("POT-Creation-Date", "")
    return changes


def _terms(
    catalog: po.Catalog, template: po.Catalog, language: Language, *, carry_cosmetic: bool
) -> _Terms:
    stated = catalog.headers.get("Plural-Forms") or language.plural_forms
    if "INTEGER" in stated or "EXPRESSION" in stated:  # a template, copied by hand
        stated = catalog.headers["Plural-Forms"] = language.plural_forms
    texts = (text for e in template.entries for text in (e.msgid, e.msgid_plural or ""))
    return _Terms(
        po.parse_plural_forms(stated).nplurals,
        po.style(template) == po.style(catalog),
        {word for text in texts for word in words(text)} if carry_cosmetic else None,
    )


def _exact(source: po.Entry, entry: po.Entry, terms: _Terms, changes: Changes) -> po.Entry:
    """Return the entry of the same msgctxt and msgid, described again."""
    changes.revived += entry.obsolete
    changes.unchanged += not entry.obsolete
    entry.obsolete = False
    entry.comment, entry.occurrences = source.comment, list(source.occurrences)
    entry.flags = _flags(entry, source)
    if (source.msgid_plural or "") != (entry.msgid_plural or ""):
        entry.previous_msgid, entry.previous_msgid_plural = entry.msgid, entry.msgid_plural or None
        entry.fuzzy = any(entry.forms)
        _set_plural(entry, source.msgid_plural, terms.nplurals)
    return entry


def _respelt(source: po.Entry, old: po.Entry, terms: _Terms, changes: Changes) -> po.Entry:
    """Return a new entry for a message that says what an old one does, with its translation."""
    entry = _new(source, terms)
    msgstr, addresses = carried(old, source) or (old.msgstr, {})
    entry.msgstr, entry.msgstr_plural = msgstr, dict(old.msgstr_plural)
    entry.flags = _flags(old, source)
    _set_plural(entry, source.msgid_plural, terms.nplurals)
    if entry.is_fuzzy():
        entry.previous_msgctxt, entry.previous_msgid = old.previous_msgctxt, old.previous_msgid
        entry.previous_msgid_plural = old.previous_msgid_plural
    trace = [f"{CARRIED_ADDRESS} {address}" for address in addresses.values()]
    if no_breaks(old.msgid) != no_breaks(source.msgid):
        trace.append(CARRIED_SPACES)
    entry.tcomment = "\n".join(filter(None, [old.tcomment, *trace]))
    if addresses:
        changes.carried.append((old.msgid, source.msgid))
    else:
        changes.revived += old.obsolete
        changes.unchanged += not old.obsolete
    return entry


def _new(source: po.Entry, terms: _Terms) -> po.Entry:
    """Return a new entry without a translation."""
    entry = source.detached(keep_source=terms.same_style)
    entry.msgstr, entry.msgstr_plural, entry.tcomment, entry.fuzzy = "", {}, "", False
    _set_plural(entry, source.msgid_plural, terms.nplurals)
    return entry


def _inexact(source: po.Entry, old: po.Entry, terms: _Terms, changes: Changes) -> po.Entry:
    """Return a new entry with the translation of an old one: fuzzy, unless only looks changed."""
    entry = _new(source, terms)
    entry.tcomment = old.tcomment
    entry.msgstr, entry.msgstr_plural = old.msgstr, dict(old.msgstr_plural)
    entry.flags = _flags(old, source)
    _set_plural(entry, source.msgid_plural, terms.nplurals)
    if terms.vocabulary is not None and _only_looks_changed(old, source, terms.vocabulary):
        changes.carried.append((old.msgid, source.msgid))
        trace = f"{CARRIED} “{' '.join(old.msgid.split())}”"
        entry.tcomment = f"{old.tcomment}\n{trace}" if old.tcomment else trace
        return entry
    changes.fuzzy.append((old.msgid, source.msgid))
    # A fuzzy translation is of an older text than its msgid; that one helps the translator.
    of = old if not (old.is_fuzzy() and old.previous_msgid) else None
    entry.previous_msgctxt = of.msgctxt if of else old.previous_msgctxt
    entry.previous_msgid = of.msgid if of else old.previous_msgid
    entry.previous_msgid_plural = (of.msgid_plural or None) if of else old.previous_msgid_plural
    entry.fuzzy = True
    return entry


def _only_looks_changed(old: po.Entry, new: po.Entry, vocabulary: Collection[str]) -> bool:
    """Tell whether a translation of `old`, known to be right, is one of `new`."""
    return (
        old.translated()
        and old.msgctxt == new.msgctxt
        and bool(old.msgid_plural) == bool(new.msgid_plural)
        and is_cosmetic(old.msgid, new.msgid, vocabulary)
        and is_cosmetic(old.msgid_plural or "", new.msgid_plural or "", vocabulary)
    )


def _flags(entry: po.Entry, source: po.Entry) -> list[str]:
    """Return the entry's own flags and the template's, each once."""
    others = [flag for flag in source.flags if flag.casefold() != "fuzzy"]
    return list(dict.fromkeys([*entry.flags, *others]))


def _set_plural(entry: po.Entry, msgid_plural: str, nplurals: int) -> None:
    """Make the entry singular or plural; the texts that it has are kept in their places.

    A form that is not known yet starts from the last one that is, as in msgmerge. Texts that
    have no place any more are kept in the translator's comment.
    """
    forms = entry.forms
    room = nplurals if msgid_plural else 1
    entry.msgid_plural = msgid_plural
    if msgid_plural:
        known = [*forms[:nplurals], *[forms[-1] if forms else ""] * nplurals]
        entry.msgstr, entry.msgstr_plural = "", dict(enumerate(known[:nplurals]))
    else:
        entry.msgstr, entry.msgstr_plural = (forms[0] if forms else ""), {}
    lost = [f"{LOST_FORM} “{' '.join(text.split())}”" for text in dict.fromkeys(forms[room:])
            if text and text not in forms[:room]]  # fmt: skip
    entry.tcomment = "\n".join([*filter(None, [entry.tcomment]), *lost])


def _obsolete(rest: Iterable[po.Entry], changes: Changes) -> Iterator[po.Entry]:
    """Yield what the template no longer has as obsolete entries; empty ones are dropped."""
    for entry in rest:
        if not entry.obsolete:
            if not any(entry.forms):
                continue
            changes.obsolete += 1
            entry.obsolete = True
            entry.occurrences = []
            entry.comment = ""
        yield entry
