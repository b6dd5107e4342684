"""Is everything there that the pipeline needs? What is missing, and how to get it.

Each examination is a function in `EXAMINATIONS`; none of them changes anything.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ankl_i18n.errors import AnklError
from ankl_i18n.languages import Language, fonts, language
from ankl_i18n.pdf.weasyprint_patches import RELEASE, wrong_release
from ankl_i18n.settings import language_problems, load


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for: whether it is good, and what to do where it is not."""

    what: str
    good: bool
    hint: str = ""


def examine(root: Path) -> Iterator[Finding]:
    """Yield what was found, in the order of `EXAMINATIONS`."""
    for examination in EXAMINATIONS:
        yield from examination(root)


def _python(_root: Path) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"Python {version}", sys.version_info >= (3, 11), "")


def _settings(root: Path) -> Iterator[Finding]:
    try:
        config = load(root)
    except AnklError as wrong:
        for problem in wrong.problems:
            yield Finding(f"settings: {problem.message}", good=False, hint=problem.hint)
        return
    yield Finding(f"settings: {len(config.languages)} languages", good=True)
    for problem in language_problems(config):
        yield Finding(f"settings: {problem.message}", good=False, hint=problem.hint)
    for name in (config.source_dir, config.build_dir):
        folder = config.root / name
        hint = f"create the folder {name}, or set another one in the settings"
        yield Finding(f"folder {name}/", folder.is_dir() or name == config.build_dir, hint)


def _weasyprint(_root: Path) -> Iterator[Finding]:
    hint = "install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    try:
        pango = importlib.import_module("weasyprint.text.ffi").pango
        version = pango.pango_version()
    except (ImportError, OSError) as missing:
        yield Finding(f"WeasyPrint with Pango: {missing}", good=False, hint=hint)
        return
    wrong = wrong_release()
    yield Finding(
        wrong.message if wrong else f"WeasyPrint {RELEASE}", not wrong, wrong.hint if wrong else ""
    )
    number = f"{version // 10000}.{version // 100 % 100}.{version % 100}"
    yield Finding(f"Pango {number}", good=True)


def _fonts(root: Path) -> Iterator[Finding]:
    """Look for the fonts of every language of the project."""
    try:
        config = load(root)
        languages_asked = (config.source, *config.targets)
    except AnklError:  # `_settings` says so
        languages_asked = (language("en"),)
    wanted: dict[str, list[Language]] = {}
    for one in languages_asked:
        for family in fonts.needed(one.tag):
            wanted.setdefault(family, []).append(one)
    try:
        installed = fonts.installed()
    except OSError:
        yield Finding("fontconfig", good=False, hint="apt-get install fontconfig")
        return
    for family, languages in wanted.items():
        is_of_all = len(languages) == len(languages_asked)
        names = "" if is_of_all else f" ({', '.join(one.english for one in languages)})"
        hint = fonts.how_to_install([family])
        yield Finding(f"font {family}{names}", family in installed, hint)


EXAMINATIONS: Final[tuple[Callable[[Path], Iterator[Finding]], ...]] = (
    _python,
    _settings,
    _weasyprint,
    _fonts,
)
