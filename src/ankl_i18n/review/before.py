"""What was signed where other words stand now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.matching import match
from ankl_i18n.review.records import Act, Kind, ReviewedMessage, Text


class Before:
    """What each role signed last, by message: of the same key, or else the nearest one.

    Near are those that were signed and are no more in the leaflet: their source text has
    changed, so they have another key now.
    """

    def __init__(self, texts: Sequence[Text], acts: Sequence[Act]) -> None:
        self._signed: dict[str, dict[str, ReviewedMessage]] = defaultdict(dict)
        for act in sorted(acts, key=lambda act: act.date):
            if act.act is Kind.SIGN:
                shown = (message for message in act.messages if message.msgstr)
                self._signed[act.role] |= {message.key: message for message in shown}
        keys = {text.key for text in texts}
        gone = {
            key: message
            for signed in self._signed.values()
            for key, message in signed.items()
            if key not in keys
        }
        known = {key for signed in self._signed.values() for key in signed}
        new = [text for text in texts if text.key not in known]
        self._former = dict(_former(new, list(gone.values())))

    def of(self, text: Text, role: str) -> ReviewedMessage | None:
        """Return what a role signed in the place of a message; None if it signed nothing there."""
        signed: Mapping[str, ReviewedMessage] = self._signed.get(role, {})
        key = text.key if text.key in signed else self._former.get(text.key, "")
        return signed.get(key)

    def roles(self, text: Text) -> list[str]:
        """Return the roles that signed something in the place of a message."""
        return [role for role in self._signed if role and self.of(text, role)]


def _former(new: Sequence[Text], gone: Sequence[ReviewedMessage]) -> Iterator[tuple[str, str]]:
    """Yield the keys of new messages with those of the messages that they were made from."""
    if not new or not gone:
        return
    entries = [_entry(message) for message in gone]
    old = {id(entry): message.key for entry, message in zip(entries, gone, strict=True)}
    sources = [po.Entry(msgid=text.msgid, msgctxt=text.msgctxt) for text in new]
    nearest = match(sources, entries, {})
    for text in new:
        if entry := nearest.get((text.msgctxt, text.msgid)):
            yield text.key, old[id(entry)]


def _entry(message: ReviewedMessage) -> po.Entry:
    return po.Entry(msgid=message.msgid, msgctxt=message.msgctxt, msgstr=message.msgstr[0])
