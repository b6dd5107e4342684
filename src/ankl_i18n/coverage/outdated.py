"""Source texts that changed and are not translated again: readers get them in the source language.

What a text was is in its catalog: the previous msgid of a fuzzy message, or the nearest message
that the leaflet has no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.finding import find, live
from ankl_i18n.catalogs.matching import match
from ankl_i18n.catalogs.po import Catalog
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.checks.changes import Edit, Impact, judged
from ankl_i18n.languages import Language
from ankl_i18n.source import Segment


def dangerous(
    segments: Iterable[Segment], catalog: Catalog | None, source: Language
) -> tuple[str, ...]:
    """Return the texts that changed in a way that can harm and are not translated again.

    `source` is the language of the texts. A text that was never another one is not among them:
    coverage counts it.
    """
    wanted = {segment.key: segment for segment in segments if not segment.skip}
    known = live(catalog)
    waiting = [one for one in wanted.values() if not _is_shown(find(known, one))]
    if not waiting or catalog is None:
        return ()
    edits = list(_edits(waiting, wanted.values(), catalog))
    judgements = judged(edits, source)
    return tuple(
        edit.new for edit, one in zip(edits, judgements, strict=True) if one.impact is Impact.SAFETY
    )


def _is_shown(entry: po.Entry | None) -> bool:
    return entry is not None and may_be_shown(entry)


def _edits(
    waiting: Iterable[Segment], wanted: Iterable[Segment], catalog: Catalog
) -> Iterator[Edit]:
    known = live(catalog)
    every = list(wanted)
    keys = {one.key for one in every}
    gone = [one for one in catalog.entries if one.obsolete or one.key() not in keys]
    left = {one.key for one in waiting}
    sources = [po.Entry(msgid=one.msgid, msgctxt=one.msgctxt) for one in every]
    nearest = match(sources, gone, keys - left) if gone else {}
    for segment in waiting:
        entry = find(known, segment)
        old = entry.previous_msgid if entry and entry.is_fuzzy() else None
        if old is None and segment.key in nearest:
            old = nearest[segment.key].msgid
        if old and old != segment.msgid:
            yield Edit(old, segment.msgid, segment.required)
