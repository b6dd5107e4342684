"""New languages of a project: their names in its settings file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from ankl_i18n.catalogs.po.disk import put
from ankl_i18n.errors import SettingsError
from ankl_i18n.languages import Language, canonical_id
from ankl_i18n.settings import SETTINGS_FILE, TABLE, Config

HEADER = re.compile(rf"^\[{re.escape(TABLE)}\][^\n]*\n?", re.MULTILINE)
LANGUAGES = re.compile(r"^languages[ \t]*=[ \t]*\[(.*?)\]", re.MULTILINE | re.DOTALL)


def add_languages(config: Config, languages: Sequence[Language]) -> None:
    """Name languages in the settings file; all else in it stays as it is.

    Raises `SettingsError` for a language that leaflets cannot be translated into, and where the
    file's own form cannot be followed.
    """
    for language in languages:
        if language.is_pseudo or language == config.source:
            message = f"leaflets cannot be translated into {language.tag}"
            raise SettingsError.of("language", message, "TAG")
    new = [tag for tag in dict.fromkeys(s.tag for s in languages) if tag not in config.languages]
    if not new:
        return
    path = config.root / SETTINGS_FILE
    added = ", ".join(f'"{tag}"' for tag in new)
    present = path.read_bytes()
    edited = _with_languages(present.decode("utf-8"), added)
    if _languages_in(edited) != [*config.languages, *new]:
        hint = f"add {added} to `languages` by hand"
        raise SettingsError.of(
            "settings", "the setting languages has an unusual form", str(path), hint
        )
    put(path, edited.encode("utf-8"), present)


def _with_languages(text: str, added: str) -> str:
    """Return the settings with tags added to `languages` in their table."""
    header = HEADER.search(text)
    if header is None:
        return text
    following = re.compile(r"^\[", re.MULTILINE).search(text, header.end())
    end = following.start() if following else len(text)
    match = LANGUAGES.search(text, header.end(), end)
    if match is None:
        return f"{text[: header.end()]}languages = [{added}]\n{text[header.end() :]}"
    inside = match[1].rstrip()
    comma = "," if inside.endswith(",") else ""
    tags = ", ".join(filter(None, (inside.rstrip(","), added))) + comma
    return f"{text[: match.start(1)]}{tags}{match[1][len(inside) :]}{text[match.end(1) :]}"


def _languages_in(text: str) -> list[str]:
    """Return the tags that a settings file names, none where it is not valid."""
    try:
        tags = tomllib.loads(text)["tool"]["ankl_i18n"]["languages"]
        return [canonical_id(tag).replace("_", "-") for tag in tags]
    except (KeyError, ValueError):
        return []
