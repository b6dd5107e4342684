"""Projects of any size, made from nothing: realistic leaflets, and catalogs of any language.

The same seed gives the same files on every machine. Translations say nothing, but look like a
translation: letters of the language's script, with every number, link and code in its place.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs.template import leaflet_messages
from ankl_i18n.languages import language
from ankl_i18n.languages.pseudo import ACCENTS, KEPT
from ankl_i18n.source import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ankl_i18n.catalogs.template import Message
    from ankl_i18n.languages import Language

SEED: Final = 20240229
ABC: Final = "abcdefghijklmnopqrstuvwxyz"
# For each script its letters that stand for a to z, and the languages written in it.
SCRIPTS: Final = (
    ("ابجدهوزحطيكلمنسعفصقرشتثخض", ("ar", "fa", "ur", "ps")),
    ("अबचदएफगहइजकलमनओपखरसतउवधषयझ", ("hi", "mr", "ne")),
    ("অবচদএফগহইজকলমনওপখরসতউভধষযঝ", ("bn",)),
    ("ਅਬਚਦਏਫਗਹਇਜਕਲਮਨਓਪਖਰਸਤਉਵਧਸਯਝ", ("pa",)),
    ("அபசதஎபகஹஇஜகலமநஒபகரசதஉவதஷயஞ", ("ta",)),
    ("абцдефгхийклмнопярстувшжызъ", ("ru", "uk", "bg", "sr")),
    ("αβψδεφγηιξκλμνοπχρστυωςζθ", ("el",)),
    ("אבצדהפגחיזכלמנעקשרסתוטךםןף", ("he",)),
    ("กขคงจฉชซญดตถทธนบปผพฟมยรลวส", ("th",)),
)
SYLLABLES: Final = (
    ("가나다라마바사아자차카타파하고노도로모보소오조초코토", ("ko",)),
    ("日本人大年一国中長出三時行見月分後前生五間上東四今金", ("ja", "zh-Hans", "zh-Hant")),
)
SAME: Final = re.compile(rf"{KEPT.pattern}|°C|\bmg\b|\bml\b")
LANGUAGES: Final = (
    "fr", "es", "zh-Hans", "zh-Hant", "ja", "ko", "vi", "ar", "hi", "fa", "ur", "pa", "ta", "th",
    "fil", "de", "it", "pt", "ru", "pl", "uk", "ro", "nl", "sv", "cs", "el", "he", "tr", "bn", "gu",
    "te", "kn", "ml", "km", "lo", "my", "am", "so", "sw", "id",
)  # fmt: skip
SETTINGS: Final = """[tool.ankl_i18n]
name = "Generated leaflets"
languages = [{languages}]
check-errors = "report"
publish-at = 0
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
FRONT: Final = """---
title: {title}
summary: How to take {medicine}, what to watch for, and when to call for help.
audience: For people who take {medicine} at home, and for those who help them
trail:
  - text: Leaflets
    href: index
version: "1.{number}"
published: 2026-01-31
updated: 2026-02-01
review-by: 2029-01-31
references:
  - text: "Handbook of treatment at home. {year}."
    lang: en
---

This leaflet is about {medicine}. It does not take the place of your care team.
"""
MEDICINES: Final = (
    "methotrexate", "amoxicillin", "warfarin", "metformin", "prednisolone", "levothyroxine",
    "ibuprofen", "insulin glargine", "lenalidomide", "capecitabine", "allopurinol", "morphine",
)  # fmt: skip
SIGNS: Final = (
    "a temperature above {t} °C", "bleeding that does not stop within {n} minutes",
    "a rash that spreads", "pain in your chest", "fewer than {n} cups of urine in a day",
    "vomiting more than {n} times", "a sore mouth", "yellow skin or eyes", "trouble breathing",
)  # fmt: skip
ADVICE: Final = (
    "Do **not** take it with grapefruit juice.",
    "Take it at the same time each day, {n} minutes before a meal.",
    "If you forget a dose, do not take two at once.",
    "Keep it below {c} °C and out of the reach of children.",
    "Your nurse takes blood every {n} days to see how your body copes.",
    "Tell your doctor about _every_ other medicine, even those without a prescription.",
    "Most people can go on with what they do every day.",
    "You may feel tired for {n} to {m} hours afterwards. This is usual.",
    "Drink {n} glasses of water a day unless you were told otherwise.",
    "Carry the card with the `batch` number of your medicine.",
)  # fmt: skip
WHEN: Final = ("in the morning", "at noon", "in the evening", "at night", "with food")
HEADINGS: Final = (
    "How to take it", "What it does", "Side effects", "Food and drink", "Your blood tests",
    "If you forget a dose", "Other medicines", "How to store it", "Life at home",
)  # fmt: skip
CALL: Final = """## When to call for help {{#call}}

<!-- i18n: required -->

::: danger Do not wait
Call 112, or have someone call, if you have

{signs}
:::
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What to make: so many `leaflets` of about so many `sections` each, in languages by `tags`.

    A `share` (0 to 1) of the messages is translated.
    """

    leaflets: int
    tags: tuple[str, ...]
    share: float = 1
    sections: int = 6
    seed: int = SEED


def write(folder: Path, corpus: Corpus) -> None:
    """Write a project: its settings, leaflets and catalogs."""
    names = ", ".join(f'"{tag}"' for tag in corpus.tags)
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(SETTINGS.format(languages=names), encoding="utf-8")
    for number in range(corpus.leaflets):
        name = f"leaflet-{number:06}"
        text = leaflet(number, corpus)
        (source / f"{name}.md").write_text(text, encoding="utf-8")
        messages = leaflet_messages([parse(text, f"source/{name}.md", name)])
        for tag in corpus.tags:
            spoken = language(tag)
            path = folder / "locale" / spoken.gettext_id / "LC_MESSAGES" / f"{name}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(catalog(messages, spoken, f"{number}", corpus), encoding="utf-8")


def leaflet(number: int, corpus: Corpus) -> str:
    """Return a leaflet: doses in a table, steps, lists, advice, and a call-out for emergencies."""
    dice = random.Random(f"{corpus.seed} {number}")
    medicine = dice.choice(MEDICINES)
    parts = [
        FRONT.format(
            title=f"Taking {medicine} at home, part {number}",
            medicine=medicine, number=number % 100, year=dice.randint(2015, 2025),
        )
    ]  # fmt: skip
    if corpus.sections > 1:
        parts.append(CALL.format(signs="\n".join(f"- {sign}" for sign in _signs(dice))))
    for section in range(corpus.sections - 2):
        heading = dice.choice(HEADINGS)
        parts.append(f"## {heading} {{#part-{section}}}\n")
        parts += (dice.choice(BLOCKS)(dice, medicine) for _ in range(dice.randint(2, 4)))
    return "\n".join(parts)


def catalog(messages: Sequence[Message], spoken: Language, name: str, corpus: Corpus) -> str:
    """Return a catalog with a share of the messages translated."""
    dice = random.Random(f"{corpus.seed} {name} {spoken.tag}")
    parts = [HEADER.format(language=spoken.gettext_id, plural=spoken.plural_forms)]
    for message in messages:
        msgstr = translated(message.msgid, spoken.tag) if dice.random() < corpus.share else ""
        context = f"msgctxt {quoted(message.msgctxt)}\n" if message.msgctxt else ""
        parts.append(f"{context}msgid {quoted(message.msgid)}\nmsgstr {quoted(msgstr)}\n")
    return "\n".join(parts)


def quoted(text: str) -> str:
    """Return a text as a string of a catalog."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def translated(msgid: str, tag: str) -> str:
    """Return a msgid in the letters of a language; links, code and numbers stay in their places."""
    parts = []
    position = 0
    for kept in SAME.finditer(msgid):
        parts += [_in_letters(msgid[position : kept.start()], tag), kept[0]]
        position = kept.end()
    return "".join([*parts, _in_letters(msgid[position:], tag)])


def _in_letters(text: str, tag: str) -> str:
    for letters, tags in SCRIPTS:
        if tag in tags:
            return text.lower().translate(_table(letters))
    for letters, tags in SYLLABLES:
        if tag in tags:
            words = (_shortened(word) for word in text.lower().split(" "))
            return (" " if tag == "ko" else "").join(words).translate(_table(letters))
    return text.translate(ACCENTS)


def _table(letters: str) -> dict[int, str]:
    return {ord(a): letters[i % len(letters)] for i, a in enumerate(ABC)}


def _shortened(word: str) -> str:
    """Return every other letter of a word with everything that is no letter."""
    return "".join(c for i, c in enumerate(word) if i % 2 == 0 or not c.isalpha())


def _n(text: str, dice: random.Random) -> str:
    n = dice.randint(2, 40)
    degrees = dice.choice(("38", "38.5", "39"))
    return text.format(n=n, m=n + dice.randint(1, 20), t=degrees, c=dice.choice((8, 25, 30)))


def _signs(dice: random.Random) -> Iterator[str]:
    return (_n(sign, dice) for sign in dice.sample(SIGNS, dice.randint(3, 5)))


def _dose(dice: random.Random, medicine: str) -> str:
    tablets = dice.randint(2, 4)
    strength = dice.choice(("2.5 mg", "5 mg", "50 mg", "500 mg", "0.5 ml"))
    return f"Take {tablets} tablets of {medicine} {strength} {dice.choice(WHEN)}."


def _paragraph(dice: random.Random, _medicine: str) -> str:
    return "\n".join(_n(one, dice) for one in dice.sample(ADVICE, dice.randint(2, 5))) + "\n"


def _list(dice: random.Random, _medicine: str) -> str:
    return "You may notice\n\n" + "".join(f"- {sign}\n" for sign in _signs(dice))


def _steps(dice: random.Random, medicine: str) -> str:
    doses = [_dose(dice, medicine), *(_n(one, dice) for one in dice.sample(ADVICE, 3))]
    return "".join(f"{number}. {step}\n" for number, step in enumerate(doses, 1))


def _table_of_doses(dice: random.Random, medicine: str) -> str:
    rows = (
        f"| Day {day} | {_dose(dice, medicine)} | {_n('{n} mg', dice)} |"
        for day in range(1, dice.randint(3, 6))
    )
    return "\n".join(["| Day | What to take | In all |", "| --- | --- | ---: |", *rows, ""])


def _callout(dice: random.Random, _medicine: str) -> str:
    kind, title = dice.choice((("warning", "Take care"), ("tip", "Good to know")))
    return f"::: {kind} {title}\n{_n(dice.choice(ADVICE), dice)}\n:::\n"


BLOCKS: Final[tuple[Callable[[random.Random, str], str], ...]] = (
    _paragraph, _paragraph, _list, _steps, _table_of_doses, _callout,
)  # fmt: skip
