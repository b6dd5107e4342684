"""What stands around a leaflet on its page, in the words of its publisher.

It is recorded with each edition (`publish`), word for word, and no part of the leaflet's root: see
docs/architecture.md.
"""

from __future__ import annotations

from ankl_i18n.catalogs import files
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.errors import AnklError
from ankl_i18n.review.hashes import message_hash, message_key
from ankl_i18n.review.records import Text


def around(project: Project, tag: str) -> tuple[Text, ...]:
    """Return the publisher's texts as readers get them in a language; none without a publisher."""
    if not project.config.publisher:
        return ()
    try:
        catalog = files.catalog(project, files.publisher_domain(project), tag)
    except AnklError:
        catalog = None
    known = {
        one.msgid: one.forms for one in filter(may_be_shown, catalog.entries if catalog else ())
    }
    return tuple(
        _text(project, msgid, known.get(msgid, ()), tag)
        for msgid in dict.fromkeys(text for text, _ in project.config.publisher.texts())
    )


def _text(project: Project, msgid: str, forms: tuple[str, ...], tag: str) -> Text:
    hash_ = message_hash(project.config.source.tag, tag, None, msgid, None, forms)
    return Text(message_key(None, msgid), hash_, msgid, forms)
