"""Templates from documents and page templates, and the update of catalogs.

Reading order: `leaflet_messages` and `ui_messages` collect messages, `template` puts them
into a POT catalog, `update` merges a template into a translator's catalog.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from babel.messages.extract import extract as babel_extract

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.header import REVIEW_STATE, stamp

if TYPE_CHECKING:
    from ankl_i18n.settings.publisher import Publisher
    from ankl_i18n.source import Document, Segment

PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}")
# Page templates mark texts for elements, for attributes, and with a number.
KEYWORDS: Final = {"_": None, "_a": None, "_n": (1, 2), "attribute": None}
# How Babel reads files that are no page templates, by the end of their names.
METHODS: Final = {"py": "python", "js": "javascript"}
REQUIRED: Final = "Required: this section must be translated before the language is published."
# So notes in page templates begin whose text readers need to understand a page; and what
# translators are told.
REQUIRED_WORDS: Final = "Required. "
REQUIRED_UI: Final = "Required: readers need this text; without it no leaflet is published."
REVIEWED: Final = "reviewed"
Key = po.Key


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a template: what identifies it, and what translators are told.

    `comments` become `#.` lines, `references` `#:`, `flags` `#,`.
    """

    msgid: str
    msgctxt: str | None = None
    msgid_plural: str = ""
    comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What identifies the message in a catalog."""
        return self.msgctxt, self.msgid


def leaflet_messages(documents: Iterable[Document]) -> list[Message]:
    """Return the messages of the documents of one domain, in document order."""
    return merged(
        _message(segment, document.path)
        for document in documents
        for segment in document.segments
        if not segment.skip
    )


def merged(messages: Iterable[Message]) -> list[Message]:
    """Return each message once, with all that is said of it."""
    by_key: dict[Key, Message] = {}
    for message in messages:
        _add(by_key, message)
    return list(by_key.values())


def _add(by_key: dict[Key, Message], message: Message) -> None:
    """Add a message; one that is there already gains comments, references and flags."""
    known = by_key.get(message.key)
    if known is None:
        by_key[message.key] = message
        return
    by_key[message.key] = replace(
        known,
        msgid_plural=known.msgid_plural or message.msgid_plural,
        comments=_union(known.comments, message.comments),
        references=_union(known.references, message.references),
        flags=_union(known.flags, message.flags),
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))


def _message(segment: Segment, path: str) -> Message:
    place = (
        f"Section: {segment.section} · {segment.kind}"
        if segment.section
        else f"Leaflet · {segment.kind}"
    )
    notes = tuple(f"Note: {note}" for note in segment.notes)
    required = (REQUIRED,) if segment.required else ()
    return Message(segment.msgid, segment.msgctxt, "", (place, *notes, *required), (path,))


def publisher_messages(publisher: Publisher, path: str) -> list[Message]:
    """Return the messages of a publisher's texts, which are in the settings (`path`)."""
    return merged(
        Message(text, None, "", (f"Note: {note}",), (path,)) for text, note in publisher.texts()
    )


def ui_messages(templates: Iterable[tuple[str, str]]) -> list[Message]:
    """Return the messages of page templates and programs: pairs of a name and its source."""
    by_key: dict[Key, Message] = {}
    for name, source in templates:
        extracted = babel_extract(
            METHODS.get(name.rpartition(".")[2], "jinja2.ext:babel_extract"),
            io.BytesIO(source.encode()),
            KEYWORDS,
            comment_tags=("NOTE:",),
            options={"encoding": "utf-8", "silent": "false"},
            strip_comment_tags=True,
        )
        for _, text, comments, _ in extracted:
            msgid, plural = text if isinstance(text, tuple) else (text, "")
            notes = tuple(f"Note: {note.removeprefix(REQUIRED_WORDS)}" for note in comments)
            if any(note.startswith(REQUIRED_WORDS) for note in comments):
                notes = (*notes, REQUIRED_UI)
            flags = ("python-brace-format",) if PLACEHOLDER.search(msgid + plural) else ()
            _add(by_key, Message(msgid, None, plural, notes, (name,), flags))
    return list(by_key.values())


def template(
    path: str,
    messages: Iterable[Message],
    project: Mapping[str, str],
    now: datetime,
    old: po.Catalog | None,
) -> po.Catalog:
    """Return the template of one domain.

    `project` gives Project-Id-Version and Report-Msgid-Bugs-To. The
    creation date is that of `old`, the template on disk, when nothing else changed.
    """
    headers = {
        "Project-Id-Version": project["name"],
        "Report-Msgid-Bugs-To": project["report_bugs_to"],
        "POT-Creation-Date": stamp(now),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    made = po.new(path, headers, replaces=old.data if old else b"")
    made.header.tcomment = f"{project['name']}\nTemplate: translate a copy of it, not this file."
    made.header.flags = ["fuzzy"]
    made.entries = [_entry(message) for message in messages]
    if any(message.msgid_plural for message in messages):
        made.headers["Plural-Forms"] = "nplurals=INTEGER; plural=EXPRESSION;"
    if old:
        today, before = stamp(now), old.headers.get("POT-Creation-Date", "")
        made.headers["POT-Creation-Date"] = before
        if not before or po.write(made) != old.data:
            made.headers["POT-Creation-Date"] = today
    return made


def _entry(message: Message) -> po.Entry:
    entry = po.Entry(
        msgid=message.msgid, msgctxt=message.msgctxt, msgid_plural=message.msgid_plural
    )
    _describe(entry, message)
    entry.flags = list(message.flags)
    if message.msgid_plural:
        entry.msgstr_plural = {0: "", 1: ""}
    return entry


def _describe(entry: po.Entry, message: Message) -> None:
    """Set what the source says of a message; what the translator says stays."""
    entry.comment = "\n".join(message.comments)
    entry.occurrences = [(reference, "") for reference in message.references]


def messages_of(template: po.Catalog) -> list[Message]:
    """Return the messages that a template holds."""
    return [
        Message(
            entry.msgid,
            entry.msgctxt,
            entry.msgid_plural or "",
            tuple(entry.comment.split("\n")) if entry.comment else (),
            tuple(":".join(filter(None, place)) for place in entry.occurrences),
            tuple(flag for flag in entry.flags if flag != "fuzzy"),
        )
        for entry in template.entries
        if not entry.obsolete
    ]


def is_reviewed(catalog: po.Catalog) -> bool:
    """Tell whether a catalog's header says that a professional has reviewed it."""
    return catalog.headers.get(REVIEW_STATE, "").strip().casefold() == REVIEWED
