"""A packet: what a reviewer gets to read and to write in, with the numbers of the proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ankl_i18n.catalogs import files
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.forms.records import Column, Form, Line
from ankl_i18n.exchange.tasks.task import PACKET, Task, new_id
from ankl_i18n.languages import language
from ankl_i18n.review.content import content
from ankl_i18n.review.hashes import message_key
from ankl_i18n.review.making import reviewed
from ankl_i18n.review.records import ReviewedMessage
from ankl_i18n.source.texts import read

VERDICT, TYPE, SEVERITY, NOTE = "verdict", "type", "severity", "note"
CHOICES: Final = ("", "ok", "remark", "error")
# Types of errors by the names of MQM-Core (themqm.org, "The MQM error typology"), and how grave
# they are.
TYPES: Final = (
    "", "mistranslation", "addition", "omission", "untranslated", "do-not-translate",
    "inconsistent-use-of-terminology", "wrong-term", "grammar", "punctuation", "spelling",
    "unintelligible", "register", "inconsistent-style", "unidiomatic-style", "awkward-style",
    "number-format", "currency-format", "measurement-format", "time-format", "date-format",
    "address-format", "telephone-format", "culture-specific-reference", "offensive",
    "layout", "markup-tag", "other",
)  # fmt: skip
SEVERITIES: Final = ("", "minor", "major", "critical")
WIDTHS: Final = (6, 45, 45, 12, 20, 12, 40)
INTRO: Final = (
    "Read each line as a patient would. Write ok if the translation says what the source says, "
    "remark if it could be better, error if it could mislead somebody; "
    "then what kind of fault it is, how serious it is, and what it should say.",
    "A line without a verdict counts as not read. The numbers are those of the proof.",
)


def task(project: Project, name: str, tag: str) -> Task:
    """Return a task of all that readers get of a leaflet in a language. Raises `SourceError`."""
    texts = [text for text in content(project, name, tag).texts if text.is_shown]
    catalog = files.catalog(project, files.domain_of(project, name), tag)
    live = [entry for entry in catalog.entries if not entry.obsolete] if catalog else []
    numbers = {message_key(*one.key()): str(number) for number, one in enumerate(live, 1)}
    messages: dict[str, ReviewedMessage] = {}
    for place, text in enumerate(texts, 1):
        number = numbers.get(text.key, f"t{place}")
        messages[number] = reviewed(text)
    in_order = dict(sorted(messages.items(), key=lambda one: (len(one[0]), one[0])))
    return Task(PACKET, new_id(), project.config.source.tag, tag, name, in_order)


def form(made: Task, sections: Mapping[str, str]) -> Form:
    """Return what goes out; `sections` are the headings that messages are under, by their key."""
    target, source = language(made.language), language(made.source)
    columns = (
        Column("number", "No.", WIDTHS[0]),
        Column("source", source.english, WIDTHS[1], tag=source.tag),
        Column("text", target.english, WIDTHS[2], tag=target.tag, rtl=target.direction == "rtl"),
        Column(VERDICT, "Verdict", WIDTHS[3], open=True, choices=CHOICES),
        Column(TYPE, "Kind of fault", WIDTHS[4], open=True, choices=TYPES),
        Column(SEVERITY, "How grave", WIDTHS[5], open=True, choices=SEVERITIES),
        Column(NOTE, "What it should say", WIDTHS[6], open=True),
    )
    lines = tuple(
        Line(number, (number, _source(one, sections), _shown(one), "", "", "", ""))
        for number, one in made.messages.items()
    )
    title = f"Review of {made.leaflet}, {target.english}: {made.id}"
    return Form(PACKET, made.id, made.language, title, INTRO, columns, lines)


def _source(message: ReviewedMessage, sections: Mapping[str, str]) -> str:
    section = sections.get(message.key, "")
    shown = read(message.msgid).shown
    return f"{section} ▸\n{shown}" if section and section != shown else shown


def _shown(message: ReviewedMessage) -> str:
    return "\n".join(read(form).shown for form in message.msgstr)
