"""The desk's own words: English in `static`, translated in the catalogs of the domain `workbench`.

They come with the package, as the interface strings of pages do.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import DESK, PACKAGE, bundled_locale
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.languages import UnknownLanguageError, language

DOMAIN: Final = DESK
# The files whose words translators get.
SOURCES: Final = "workbench/static/*.js"


def sources() -> list[tuple[str, str]]:
    """Return the files that say something to translators: name and content."""
    paths = sorted(PACKAGE.glob(SOURCES))
    names = [path.relative_to(PACKAGE).as_posix() for path in paths]
    return [(name, (PACKAGE / name).read_text(encoding="utf-8")) for name in names]


@cache
def available() -> list[list[str]]:
    """Return the languages that the desk speaks: tag and own name."""
    files = bundled_locale().glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    paths = [path for path in files if any(map(may_be_shown, po.read(path, path.name).entries))]
    languages = [language(path.parents[1].name.replace("_", "-")) for path in paths]
    by_name = sorted(languages, key=lambda one: one.endonym.casefold())
    return [["en", "English"], *([one.tag, one.endonym] for one in by_name)]


def words(tag: str) -> dict[str, Any]:
    """Return the desk's words in a language, as far as there are any, and its direction."""
    if tag not in [one for one, _ in available()]:
        return {"tag": "en", "dir": "ltr", "words": {}}
    try:
        lang = language(tag)
    except UnknownLanguageError:
        return {"tag": "en", "dir": "ltr", "words": {}}
    path = bundled_locale() / lang.gettext_id / "LC_MESSAGES" / f"{DOMAIN}.po"
    known = po.read(path, path.name).entries if path.exists() else []
    translated = {one.msgid: one.msgstr for one in known if may_be_shown(one)}
    return {"tag": lang.tag, "dir": lang.direction, "words": translated}
