"""Which tag somebody means who writes a language's name."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from babel import Locale, UnknownLocaleError

# Names that CLDR does not have, or that stand for another language there.
OTHERS = {
    "chinese": "zh-Hans",
    "chinese (simplified)": "zh-Hans",
    "chinese (traditional)": "zh-Hant",
    "mandarin": "zh-Hans",
    "cantonese": "yue",
    "brazilian": "pt-BR",
    "farsi": "fa",
    "dari": "fa-AF",
    "tagalog": "fil",
    "bengali": "bn",
    "burmese": "my",
    "flemish": "nl-BE",
    "kurmanji": "ku",
    "sorani": "ckb",
    "oriya": "or",
}


def suggestion(name: str) -> str:
    """Return what to write instead of a name that is not a tag, "" if there is nothing like it."""
    asked = name.replace("_", " ").casefold().strip()
    names = _names()
    if asked not in names:
        near = get_close_matches(asked, names, n=1, cutoff=0.8)
        if not near:
            return ""
        asked = near[0]
    return f"{asked.title()} is {names[asked]}"


@cache
def _names() -> dict[str, str]:
    """Return the tags of languages by their names, in English and in themselves."""
    names = dict(OTHERS)
    for tag, english in sorted(Locale.parse("en").languages.items(), key=lambda one: len(one[0])):
        shown = tag.replace("_", "-")
        names.setdefault(english.casefold(), shown)
        if "_" not in tag:
            try:
                own = Locale.parse(tag).languages.get(tag)
            except (UnknownLocaleError, ValueError):
                continue
            if own:
                names.setdefault(own.casefold(), shown)
    return names
