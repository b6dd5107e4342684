"""A project on disk: its leaflets, templates and catalogs, read but never written here."""

from __future__ import annotations

import datetime
import errno
import fnmatch
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.catalogs.leaflet_names import LIKE_MARKDOWN, sort_out
from ankl_i18n.engine.cache import Cache, digest_of
from ankl_i18n.engine.codec import from_problems
from ankl_i18n.engine.facts import Facts
from ankl_i18n.engine.identity import program
from ankl_i18n.errors import AnklError, Location, Problem, SettingsError, SourceError, error
from ankl_i18n.languages import Language, aliases, language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ankl_i18n.catalogs import po
    from ankl_i18n.settings import Config
    from ankl_i18n.source import Document

PACKAGE: Final = Path(__file__).parents[1]
UI: Final = "ui"
# What no leaflet can be called, and why; the second holds where leaflets have their own catalogs.
TAKEN: Final = {"index": "the list of leaflets", UI: "the catalog of the pages' own words"}
CACHE: Final = ".cache/ankl-i18n"
# Leaflets that are kept in memory.
RECENT: Final = 128
# Files of this package whose words readers see.
UI_SOURCES: Final = ("html/templates/*.html.j2", "html/markup.py")


@dataclass(frozen=True)
class Project:
    """The project that some settings describe. Everything is read once, when first asked for."""

    config: Config

    @cached_property
    def _parsed(self) -> tuple[list[Document], list[Problem]]:
        documents: list[Document] = []
        problems: list[Problem] = []
        for path in self.source_files():
            try:
                documents.append(self.parse(path))
            except AnklError as wrong:
                problems += wrong.problems
        return documents, problems + self.file_problems()

    def file_problems(self) -> list[Problem]:
        """Return what is wrong with the names of leaflets, or that there are none at all."""
        hint = "write one: see docs/authoring.md"
        where = Location(self.config.source_dir)
        none = [] if self.names() else [error("source", "no leaflets here", where, hint)]
        return self._source_files[1] or none

    @property
    def documents(self) -> list[Document]:
        """The leaflets that could be parsed, by name."""
        return self._parsed[0]

    @property
    def source_problems(self) -> list[Problem]:
        """What is wrong with the leaflets that could not."""
        return self._parsed[1]

    @cached_property
    def facts(self) -> Facts:
        """What is known of the project, kept between runs."""
        cache = Cache(self.config.root / CACHE, program)
        facts = Facts(cache, self.config.root)
        facts.leaves |= {
            "settings of leaflets": lambda: repr(
                (self.config.source_dir, self.config.front_matter, self.config.context)
            ),
            "the list of leaflets": lambda: digest_of("\n".join(self.names())),
            "setting": lambda name: digest_of(repr(getattr(self.config, name))),
            "the day": lambda: now().date().isoformat(),
        }
        facts.leaves["page words"] = lambda tag: cache.digest(_bundled_path(language(tag)))
        facts.rules |= {
            "leaflet": self._leaflet,
            "leaflets": self._leaflets,
            "there": self._there,
        }
        return facts

    def close(self) -> None:
        """Keep what was found out on the disk."""
        if "facts" in self.__dict__:
            self.facts.cache.close()

    def _leaflet(self, name: str) -> dict[str, Any]:
        """Rule: what keeps a leaflet from being parsed; the day of its next check (ISO 8601)."""
        try:
            document = self.document(name)
        except AnklError as wrong:
            return {"problems": from_problems(wrong.problems), "due": None}
        due = document.front.review_by
        return {"problems": [], "due": due and due.isoformat()}

    def _leaflets(self) -> list[str]:
        """Rule: the names of the leaflets that can be parsed."""
        self.facts.note("the list of leaflets")
        return [name for name in self.names() if not _wrong(self.facts.ask("leaflet", name))]

    def _there(self, name: str) -> bool:
        """Rule: whether there is a leaflet of this name, and it can be parsed."""
        self.facts.note("the list of leaflets")
        return name in self._names and not _wrong(self.facts.ask("leaflet", name))

    @cached_property
    def leaflets(self) -> Mapping[str, Document]:
        """The leaflets that can be parsed, by name; each is read when it is asked for."""
        return _Leaflets(self)

    def document(self, name: str) -> Document:
        """Return a leaflet by its name. Raises `SourceError` for anything wrong with it."""
        self.note_document(name)
        return self._recent(self.source_root / f"{name}.md")

    def note_document(self, name: str) -> None:
        """Depend on all that a leaflet is parsed from."""
        self.facts.note_file(self.source_root / f"{name}.md")
        self.facts.note("settings of leaflets")

    @cached_property
    def _recent(self) -> Callable[[Path], Document]:
        return lru_cache(RECENT)(self.parse)

    def names(self) -> list[str]:
        """Return the names of all leaflets in order, those that cannot be parsed too."""
        return list(self._names)

    @cached_property
    def _names(self) -> dict[str, None]:
        root = self.source_root
        paths = self.source_files()
        return dict.fromkeys(p.relative_to(root).with_suffix("").as_posix() for p in paths)

    @property
    def source_root(self) -> Path:
        """The folder of the leaflets."""
        return self.config.root / self.config.source_dir

    def source_files(self) -> list[Path]:
        """Return the leaflets' files in a stable order."""
        return self._source_files[0]

    @cached_property
    def _source_files(self) -> tuple[list[Path], list[Problem]]:
        """The leaflets' files, and what is wrong with the names of others."""
        root, ignored = self.source_root, self.config.ignore
        there = (
            path for path in sorted(root.rglob("*.[mM]*")) if path.suffix.lower() in LIKE_MARKDOWN
        )
        names = [PurePosixPath(path.relative_to(root).as_posix()) for path in there]
        wanted = [
            name
            for name in names
            if not any(fnmatch.fnmatch(str(name), pattern) for pattern in ignored)
        ]
        taken = {
            name: what for name, what in TAKEN.items() if not (self.config.domain and name == UI)
        }
        good, problems = sort_out(wanted, taken, self.config.source_dir)
        return [root / name for name in good], problems

    def parse(self, path: Path) -> Document:
        """Return the leaflet in a file. Raises `SourceError` for anything wrong with it."""
        shown = self.config.relative(path)
        name = path.relative_to(self.source_root).with_suffix("").as_posix()
        printable = shown.encode(errors="backslashreplace").decode()
        if printable != shown:
            raise _unread(printable, "its name is not UTF-8", "rename the file")
        try:
            source = _content(path).decode("utf-8-sig")
        except OSError as bad:
            raise _unread(shown, bad.strerror, "check what is there, and its permissions") from bad
        except UnicodeDecodeError as bad:
            raise _unread(shown, bad, "save the file as UTF-8") from bad
        from ankl_i18n.source import parse

        return parse(
            source.replace("\r\n", "\n"),
            shown,
            name,
            front_matter=self.config.front_matter,
            context=self.config.context,
        )

    def domain(self, document: Document) -> str:
        """Return the domain that a leaflet's messages belong to."""
        return self.config.domain or document.name

    @property
    def has_ui(self) -> bool:
        """Whether the project translates the page words itself (else the package's are used)."""
        return not self.config.domain and "{domain}" in self.config.template_path

    @cached_property
    def domains(self) -> dict[str, list[Document]]:
        """The leaflets of each domain, in order."""
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            found.setdefault(self.domain(document), []).append(document)
        return found

    def domain_names(self) -> list[str]:
        """Return the names of all domains, page words last; no leaflet is read for it."""
        if self.config.domain:
            return [self.config.domain]
        return [*self.names(), *([UI] if self.has_ui else [])]

    def former_domains(self) -> list[str]:
        """Return the domains that have a template and no leaflet any more."""
        before, domain, after = self.config.template_path.partition("{domain}")
        folder, _, start = before.rpartition("/")
        found = (self.config.root / folder).glob(f"**/{start}*{after}") if domain else ()
        paths = (path.relative_to(self.config.root).as_posix() for path in found)
        names = {path.removeprefix(before).removesuffix(after) for path in paths}
        return sorted(names - {*self.domain_names(), UI})

    def catalog_path(self, domain: str, language: Language) -> Path:
        """Return where a catalog is, under any name its folder may have, or where it will be."""
        paths = self._catalog_paths(domain, language)
        return next((path for path in paths if path.exists()), paths[0])

    def _catalog_paths(self, domain: str, language: Language) -> list[Path]:
        own = aliases(language.gettext_id)
        names = dict.fromkeys([*own, language.tag, *map(_hyphened, own)])
        return [self.config.catalog(domain, name) for name in names]

    def catalog(self, domain: str, language: Language) -> po.Catalog | None:
        """Return a catalog, or None where there is none. Raises `CatalogError`."""
        path = self.catalog_path(domain, language)
        return _read(path, self.config.relative(path)) if path.exists() else None

    def template(self, domain: str) -> po.Catalog | None:
        """Return the template on disk, or None where there is none. Raises `CatalogError`."""
        path = self.config.template(domain)
        return _read(path, self.config.relative(path)) if path.exists() else None

    def note_catalog(self, domain: str, language: Language) -> None:
        """Depend on a catalog: on what there is under every name that it may have."""
        self.facts.note("setting", "catalog_path")
        if domain == UI:
            self.facts.note("page words", language.tag)
            if not self.has_ui:
                return
        for path in self._catalog_paths(domain, language):
            if self.facts.note_file(path):
                return

    def ui_template(self) -> po.Catalog | None:
        """Return the template of the page words, or None; whoever asks depends on it."""
        self.facts.note_file(self.config.template(UI))
        return self.template(UI)

    def ui_catalog(self, language: Language) -> po.Catalog | None:
        """Return the page words: the project's own, else those that come with the package."""
        if self.has_ui and self.catalog_path(UI, language).exists():
            return self.catalog(UI, language)
        path = _bundled_path(language)
        return _read(path, path.name) if path.exists() else None


def _hyphened(name: str) -> str:
    return name.replace("_", "-")


def _read(path: Path, shown: str) -> po.Catalog:
    from ankl_i18n.catalogs import po

    return po.read(path, shown)


def bundled_locale() -> Path:
    """Return the folder of the catalogs that come with the package."""
    installed = PACKAGE / "locale"
    return installed if installed.is_dir() else installed.parents[2] / "locale"


def _bundled_path(language: Language) -> Path:
    return bundled_locale() / language.gettext_id / "LC_MESSAGES" / f"{UI}.po"


def _content(path: Path) -> bytes:
    """Return a file's bytes. Raises OSError, for a pipe too: who opens one may wait for ever."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no file")
    return path.read_bytes()


def _unread(shown: str, why: object, hint: str) -> SourceError:
    return SourceError(error("source", f"cannot be read: {why}", Location(shown), hint))


def _wrong(found: dict[str, Any]) -> bool:
    return bool(found["problems"])


class _Leaflets(Mapping[str, "Document"]):
    """The leaflets of a project that can be parsed, by name."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __getitem__(self, name: str) -> Document:
        if name not in self:
            raise KeyError(name)
        return self.project.document(name)

    def __contains__(self, name: object) -> bool:
        return bool(self.project.facts.ask("there", str(name)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.project.facts.ask("leaflets"))

    def __len__(self) -> int:
        return len(self.project.facts.ask("leaflets"))


def ui_sources() -> list[tuple[str, str]]:
    """Return the files whose words readers see: name and content."""
    paths = [path for pattern in UI_SOURCES for path in sorted(PACKAGE.glob(pattern))]
    names = [path.relative_to(PACKAGE).as_posix() for path in paths]
    return [(name, (PACKAGE / name).read_text(encoding="utf-8")) for name in names]


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
        message = f"{epoch!r} is no time in seconds since 1970"
        hint = "`date +%s` prints one; without the variable it is now"
        where = Location("SOURCE_DATE_EPOCH")
        raise SettingsError(error("settings", message, where, hint)) from None
