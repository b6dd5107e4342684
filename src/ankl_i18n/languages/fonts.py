"""Which fonts languages need, which Debian package has each, and which of them are installed.

The one place that tells people what to install: `scripts.toml` names the fonts.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from ankl_i18n.languages.reader import DEFAULT, OWN, SYMBOLS, in_use, language_data, scripts, tags
from ankl_i18n.languages.records import Script

# First and last code point of the blocks of Chinese, Japanese and Korean (Unicode 15, Blocks.txt).
CJK: Final = (
    (0x1100, 0x11FF), (0x2E80, 0x31FF), (0x3200, 0x4DBF), (0x4E00, 0x9FFF), (0xA960, 0xA97F),
    (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x323AF),
)  # fmt: skip


def needed(tag: str) -> list[str]:
    """Return the families that pages in a language need, those for all languages first."""
    data = language_data(tag)
    own = data.fonts or (data.script.font,)
    return list(dict.fromkeys((scripts()[DEFAULT].font, *SYMBOLS, *own)))


def families() -> frozenset[str]:
    """Return every family that a page may name."""
    of_scripts = {family for script in scripts().values() for family in script.stack}
    own = {family for file in in_use() for family in language_data(file.tag).fonts}
    return frozenset({*of_scripts, *SYMBOLS, *own})


@cache
def package(family: str) -> str:
    """Return the Debian package that has a family, "" if it is not known."""
    known = {script.font: script.package for script in scripts().values()}
    return known.get(family) or (scripts()[DEFAULT].package if family in SYMBOLS else "")


@cache
def installed() -> frozenset[str]:
    """Return the names of all installed font families. Raises `OSError` without fontconfig."""
    listed = subprocess.run(
        ["fc-list", ":", "family"],  # noqa: S607 - found wherever fontconfig is installed
        check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return frozenset(
        name.strip() for line in listed.stdout.splitlines() for name in line.split(",")
    )


def how_to_install(wanted: Iterable[str]) -> str:
    """Return what to do to get some families."""
    packages = {family: package(family) for family in wanted}
    known = sorted({name for name in packages.values() if name})
    others = [family for family, name in packages.items() if not name]
    steps = [f"apt-get install {' '.join(known)}"] if known else []
    steps += [f"install the font {family}" for family in others]
    return "; ".join(steps)


def advice(characters: Iterable[str]) -> str:
    """Return what to do about characters that no font of their page has.

    Only what is missing is to be installed: a font that is there does not help where the text is
    in another language than its page says.
    """
    scripts_of = dict.fromkeys(map(_script_of, characters))
    named = [script for script in scripts_of if script]
    missing = [script.font for script in named if not _exists(script.font)]
    if missing:
        return f"{how_to_install(missing)} (see `ankl-i18n doctor`)"
    marks = [
        f'<span lang="{tag}">…</span> ({script.font})' for script in named for tag in _first(script)
    ]
    steps = [f"mark the text with its language: {', '.join(marks)}"] if marks else []
    steps += ["write the sign as words"] if None in scripts_of else []
    return "; or ".join(steps) or "write it in letters that the page's language has"


def _exists(family: str) -> bool:
    try:
        return family in installed()
    except OSError:
        return False


def _script_of(character: str) -> Script | None:
    """Return the script that a character is of, None for a sign."""
    for script in scripts().values():
        if script.letters and re.match(f"[{script.letters}]", character):
            return script
    code = ord(character)
    if any(first <= code <= last for first, last in CJK):
        return scripts()["Japanese"]
    is_letter = unicodedata.name(character, "").startswith("LATIN ")
    return scripts()[DEFAULT] if is_letter else None


def _first(script: Script) -> list[str]:
    """Return the tag of a language in a script, if a file names it."""
    tagged = (tag for tag in tags() if language_data(tag, OWN).script == script)
    return [tag for tag in [next(tagged, "")] if tag]
