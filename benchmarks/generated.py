"""Corpora made from nothing: leaflets and catalogs that are the same on every machine."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalog import leaflet_messages
from ankl_i18n.document import parse
from ankl_i18n.languages import language
from ankl_i18n.pseudo import ACCENTS, KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ankl_i18n.catalog import Message
    from ankl_i18n.languages import Language

SEED: Final = 20240229
WHO: Final = ("the nurse", "your doctor", "a pharmacist", "your family", "the clinic", "a visitor")
DOES: Final = ("explains", "checks", "repeats", "writes down", "measures", "asks about")
WHAT: Final = (
    "the dose", "every side effect", "your blood count", "the temperature", "the next visit",
    "a sore mouth", "the tablets", "the name of the **medicine**", "what you ate",
    "the [emergency number](contact.md)", "_any_ new pain", "the `batch` number",
)  # fmt: skip
WHEN: Final = (
    "before breakfast", "every {n} hours", "on day {n} of the cycle", "within {n} minutes",
    "above {n}.5 °C", "for {n} weeks", "at night", "after the infusion",
)  # fmt: skip
SAME: Final = re.compile(rf"{KEPT.pattern}|°C|\bhours|\bminutes|\bweeks|\bday")
LANGUAGES: Final = (
    "fr", "es", "zh-Hans", "zh-Hant", "ja", "ko", "vi", "ar", "hi", "fa", "ur", "pa", "ta", "th",
    "fil", "de", "it", "pt", "ru", "pl", "uk", "ro", "nl", "sv", "cs", "el", "he", "tr", "bn", "gu",
    "te", "kn", "ml", "km", "lo", "my", "am", "so", "sw", "id",
)  # fmt: skip
FRONT: Final = """---
title: {title}
summary: What to know about this part of your treatment.
audience: For people who are treated at home, and those who help them
trail:
  - text: Leaflets
    href: index
version: "1.{number}"
published: 2026-01-31
updated: 2026-02-01
review-by: 2029-01-31
references:
  - text: "A handbook of treatment at home. 2025."
    lang: en
---

"""
SETTINGS: Final = """[tool.ankl_i18n]
name = "Generated leaflets"
languages = [{languages}]
check-errors = "report"
"""
HEADER: Final = """msgid ""
msgstr ""
"Project-Id-Version: Generated leaflets\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"
"""
HEADINGS: Final = ("When to call", "What to expect", "Your treatment", "At home", "Food and drink")


def write(folder: Path, files: int) -> None:
    """Write that many Markdown files into a folder, ten to a subfolder."""
    for number in range(files):
        path = folder / f"part-{number // 10:02}" / f"leaflet-{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(leaflet(number), encoding="utf-8")


def project(folder: Path, leaflets: int, languages: int, share: float = 1) -> None:
    """Write a project with its catalogs; a `share` (0 to 1) of the messages is translated.

    Translations are the source text with other letters, and every number and link in its place.
    """
    tags = LANGUAGES[:languages]
    names = ", ".join(f'"{tag}"' for tag in tags)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(SETTINGS.format(languages=names), encoding="utf-8")
    for number in range(leaflets):
        name = "contact" if number == 0 else f"leaflet-{number:05}"
        title, _, body = leaflet(number).partition("\n\n")
        source = FRONT.format(title=title.lstrip("# "), number=number) + body
        path = folder / "source" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
        messages = leaflet_messages([parse(source, path.name, name)])
        for tag in tags:
            _write_catalog(folder, name, language(tag), messages, share)


def _write_catalog(
    folder: Path, name: str, spoken: Language, messages: Sequence[Message], share: float
) -> None:
    path = folder / "locale" / spoken.gettext_id / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    dice = random.Random(f"{SEED} {name} {spoken.tag}")
    parts = [HEADER.format(language=spoken.gettext_id, plural=spoken.plural_forms)]
    for message in messages:
        msgstr = _disguised(message.msgid) if dice.random() < share else ""
        context = f"msgctxt {quoted(message.msgctxt)}\n" if message.msgctxt else ""
        parts.append(f"{context}msgid {quoted(message.msgid)}\nmsgstr {quoted(msgstr)}\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _disguised(msgid: str) -> str:
    """Return a msgid with other letters; links, code, units and signs stay in their places."""
    parts = []
    position = 0
    for kept in SAME.finditer(msgid):
        parts += [msgid[position : kept.start()].translate(ACCENTS), kept[0]]
        position = kept.end()
    return "".join([*parts, msgid[position:].translate(ACCENTS)])


def quoted(text: str) -> str:
    """Return a text as a string of a catalog."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def leaflet(number: int) -> str:
    """Return one leaflet: headings, paragraphs, lists, a table, a call for code."""
    dice = random.Random(SEED + number)
    blocks = [f"# {dice.choice(HEADINGS)}, part {number}"]
    for section in range(dice.randint(2, 5)):
        blocks.append(f"## {dice.choice(HEADINGS)} {number}.{section}")
        blocks += (dice.choice(BLOCKS)(dice) for _ in range(dice.randint(2, 5)))
    return "\n\n".join(blocks) + "\n"


def _sentence(dice: random.Random) -> str:
    when = dice.choice(WHEN).format(n=dice.randint(1, 48))
    text = f"{dice.choice(WHO)} {dice.choice(DOES)} {dice.choice(WHAT)} {when}."
    return text[0].upper() + text[1:]


def _sentences(dice: random.Random, count: int) -> Iterator[str]:
    return (_sentence(dice) for _ in range(count))


def _paragraph(dice: random.Random) -> str:
    return "\n".join(_sentences(dice, dice.randint(2, 6)))


def _list(dice: random.Random) -> str:
    return "\n".join(f"- {sentence}" for sentence in _sentences(dice, dice.randint(3, 6)))


def _steps(dice: random.Random) -> str:
    steps = _sentences(dice, dice.randint(3, 5))
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))


def _table(dice: random.Random) -> str:
    rows = (f"| {dice.choice(WHAT)} | {_sentence(dice)} |" for _ in range(dice.randint(2, 5)))
    return "\n".join(["| What | How |", "| --- | --- |", *rows])


def _quotation(dice: random.Random) -> str:
    return f"> {_sentence(dice)}"


def _code(dice: random.Random) -> str:
    return f"```text\n{dice.choice(WHO)}: +41 44 {dice.randint(100, 999)}\n```"


BLOCKS: Final[tuple[Callable[[random.Random], str], ...]] = (
    _paragraph, _paragraph, _paragraph, _list, _list, _steps, _table, _quotation, _code,
)  # fmt: skip
