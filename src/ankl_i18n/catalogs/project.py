"""A project: its settings, what one run asks for, and all that is found out about it."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import Final

from ankl_i18n.engine.cache import Cache, digest
from ankl_i18n.engine.identity import program
from ankl_i18n.engine.queries import Queries, input_query
from ankl_i18n.errors import Location, SettingsError
from ankl_i18n.languages import PSEUDO, Language, language
from ankl_i18n.languages.reader import in_use
from ankl_i18n.settings import Config, Options

CACHE: Final = ".cache/ankl-i18n"
# Characters of addresses that no file of a project has in its name.
UNNAMED: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Project(Queries):
    """The project that some settings describe; files are read when they are first asked for.

    Who reads a setting from `config`, or one of the `options` of this run, depends on it; not
    who reads `asked`, the same options for what changes no output.
    """

    def __init__(self, config: Config, options: Options = Options()) -> None:  # noqa: B008 - frozen
        records = {"setting": config, "option": options}
        super().__init__(lambda: Cache(config.root / CACHE, _program), config.root, records)
        self.config = self.tracked("setting", config)
        self.options = self.tracked("option", options)
        self.asked = options
        # What of a source is kept already, to compare it with later ones (`build.last_good`).
        self.remembered: set[str] = set()

    @property
    def source_root(self) -> Path:
        """The folder of the leaflets."""
        return self.root / self.config.source_dir

    @property
    def build_root(self) -> Path:
        """The folder of the outputs: those of a site have one of their own."""
        return self.root / self.config.build_dir / self.asked.site

    def place(self, path: str) -> str:
        """Return the path of an output as seen from the folder of all outputs."""
        return f"{self.asked.site}/{path}" if self.asked.site else path

    def languages(self) -> tuple[Language, ...]:
        """Return the source language, those that leaflets are translated into, pseudo-locales."""
        pseudo = self.options.pseudo or any(language(tag).is_pseudo for tag in self.options.tags)
        extra = tuple(language(tag) for tag in PSEUDO) if pseudo else ()
        return (self.config.source, *self.config.targets, *extra)

    def is_untranslated(self, tag: str) -> bool:
        """Tell whether a language needs no catalog: the leaflets' own, or made by the machine."""
        return tag in PSEUDO or tag == self.config.source.tag

    def leaflet_path(self, name: str) -> str:
        """Return where a leaflet is, as messages show it."""
        return self.config.relative(self.source_root / f"{name}.md")


def _program(cache: Cache) -> str:
    """Return the digest of this program and of what the project's own files say of languages."""
    own = program(cache)
    return digest(repr([own, *in_use()]).encode()) if in_use() else own


def is_file_inside(path: Path, root: Path) -> bool:
    """Tell whether a path leads to a file in a folder, links followed."""
    return is_inside(path, root) and os.path.isfile(path)  # noqa: PTH113 - takes any path


def is_inside(path: Path, root: Path) -> bool:
    """Tell whether a path leads to a place in a folder, whatever is there.

    A path that no file can have (see `UNNAMED`) leads nowhere.
    """
    if UNNAMED.search(str(path)):
        return False
    # `Path.resolve` fails for a link that leads to itself.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


@input_query
def today(_project: Project) -> str:
    """Return the day of outputs, in UTC (ISO 8601)."""
    return now().date().isoformat()


def now() -> datetime.datetime:
    """Return the time that outputs carry, in UTC: SOURCE_DATE_EPOCH, or now.

    See reproducible-builds.org/specs/source-date-epoch. Raises `SettingsError` for what is no
    number of seconds, or one of a year that nobody will live in.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.datetime.now(datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        message = f"{epoch!r} is not a time in seconds since 1970"
        hint = "`date +%s` prints one; without the variable, it is the current time"
        raise SettingsError.of("settings", message, Location("SOURCE_DATE_EPOCH"), hint) from None
