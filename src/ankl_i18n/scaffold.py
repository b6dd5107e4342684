"""The first files of a project, and new languages in its settings."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from ankl_i18n.config import SETTINGS_FILE, TABLE
from ankl_i18n.errors import Location, SettingsError, error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ankl_i18n.config import Config
    from ankl_i18n.languages import Language

LANGUAGES = re.compile(r"^languages[ \t]*=[ \t]*\[(.*?)\]", re.MULTILINE | re.DOTALL)


def scaffold(root: Path) -> Iterator[tuple[str, bool]]:
    """Write each first file that is not there; yield its path and whether it was written."""
    folder = files("ankl_i18n") / "scaffold_files"
    for name, target in FILES.items():
        path = root / target
        if path.exists():
            text = path.read_text(encoding="utf-8") if target == SETTINGS_FILE else ""
            if target != SETTINGS_FILE or f"[{TABLE}]" in text:
                yield target, False
                continue
            text = text.rstrip("\n") + "\n\n" + (folder / name).read_text(encoding="utf-8")
        else:
            text = (folder / name).read_text(encoding="utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        yield target, True


FILES = {
    "settings.toml": SETTINGS_FILE,
    "first-leaflet.md": "source/first-leaflet.md",
    "gitignore": "build/.gitignore",
}


def add_languages(config: Config, languages: Sequence[Language]) -> None:
    """Name languages in the settings file; all else in it stays as it is.

    Raises `SettingsError` where the file's own form cannot be followed.
    """
    new = [spoken.tag for spoken in languages if spoken.tag not in config.languages]
    if not new:
        return
    path = config.root / SETTINGS_FILE
    text = path.read_text(encoding="utf-8")
    start = text.index(f"[{TABLE}]")
    found = LANGUAGES.search(text, start)
    added = ", ".join(f'"{tag}"' for tag in new)
    if found:
        inside = found[1].rstrip().rstrip(",")
        separator = ", " if inside.strip() else ""
        edited = f"{text[: found.start(1)]}{inside}{separator}{added}{text[found.end(1) :]}"
    elif config.languages:
        hint = f"add {added} to `languages` by hand"
        raise SettingsError(
            error("settings", "the languages stand in an unusual form", Location(str(path)), hint)
        )
    else:
        end = start + len(f"[{TABLE}]")
        edited = f"{text[:end]}\nlanguages = [{added}]{text[end:]}"
    path.write_text(edited, encoding="utf-8")
