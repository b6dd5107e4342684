"""Whether files of earlier builds still say what their leaflet says.

A file that cannot be made anew may stay only if its words are still the right ones: those of
the source, and their translations. With each file it is kept what words it was made from
(`remember`); where the leaflet or its catalog cannot be read, what can be read of them is
compared. Where nothing is known, because the cache was removed, the file must be newer than
all that it says.
"""

from __future__ import annotations

import datetime
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ankl_i18n.engine.cache import LASTING, digest_all, digest_of
from ankl_i18n.engine.facts import name_of
from ankl_i18n.errors import AnklError
from ankl_i18n.html.editions import PROOF
from ankl_i18n.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ankl_i18n.build.context import Job, Site
    from ankl_i18n.catalogs.template import Key
    from ankl_i18n.languages import Language

WORDS: Final = f"{LASTING} words"
SOURCE: Final = f"{LASTING} source"
DRAFTS: Final = f"{LASTING} drafts"


class _Piece(NamedTuple):
    """A segment as it is kept: what identifies its message, and whether it is translated."""

    key: Key
    skip: bool


class LastGood:
    """What is known of the files that earlier builds of a site made."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.facts = site.facts
        self._sources: set[str] = set()
        self._salvaged: dict[tuple[str, str], Mapping[Key, str | None]] = {}

    # --- what is kept -----------------------------------------------------------------------

    def remember(self, job: Job) -> None:
        """Keep what a file that was just made says."""
        self.facts.keep(name_of(WORDS, job.path), self.words(job.name, language(job.tag)), {})
        if job.name not in self._sources:
            self._sources.add(job.name)
            document = self.site.project.document(job.name)
            source = self.site.project.source_text(job.name)
            from ankl_i18n.build.same_source import as_kept

            kept = as_kept(document, source or "")
            self.facts.keep(name_of(SOURCE, job.name), kept, {})

    def drafts(self) -> set[str]:
        """Return the files that were made for `--drafts` alone, and are no loss to readers."""
        return set(self.facts.kept(DRAFTS) or ())

    def keep_drafts(self, paths: Iterable[str]) -> None:
        """Keep which files were made for `--drafts` alone."""
        self.facts.keep(DRAFTS, sorted(paths), {})

    # --- what is still right ----------------------------------------------------------------

    def is_right(self, path: str, name: str, spoken: Language) -> bool:
        """Tell whether a file in the build folder says what its leaflet would say now."""
        kept = self.facts.kept(name_of(WORDS, path))
        if kept is None:
            return self._is_newer(path, name, spoken)
        try:
            with self.facts.traced():
                return bool(kept == self.words(name, spoken))
        except AnklError:
            return False

    def _is_newer(self, path: str, name: str, spoken: Language) -> bool:
        """Tell whether a file was written after everything that it says."""
        project = self.site.project
        inputs = [project.source_root / f"{name}.md"]
        if spoken != self.site.status.source:
            inputs.append(project.catalog_path(self.site.config.domain or name, spoken))
        with suppress(OSError):
            written = (self.site.folder / path).stat().st_mtime_ns
            return all(one.stat().st_mtime_ns < written for one in inputs)
        return False

    def words(self, name: str, spoken: Language) -> str:
        """Return the digest of a leaflet's words in a language, as far as they can be read.

        Raises `AnklError` if nothing is known of them.
        """
        source, pieces = self._source(name)
        if spoken == self.site.status.source or spoken.is_pseudo:
            return digest_all([source, spoken.tag])
        domain = self.site.status.domain(self.site.config.domain or name, spoken)
        if pieces is None and not domain.broken:
            return digest_all([source, self.facts.ask("text", name, spoken.tag)])
        translate = self._translator(domain.name, spoken, broken=domain.broken)
        if pieces is None:
            pieces = [_Piece(s.key, s.skip) for s in self.site.project.document(name).segments]
        return digest_all([source, text_digest(pieces, translate)])

    def _source(self, name: str) -> tuple[str, list[_Piece] | None]:
        """Return the digest of a leaflet's source words; their pieces where it cannot be parsed."""
        from ankl_i18n.build.same_source import is_same_source, source_digest

        try:
            return source_digest(self.site.project.document(name)), None
        except AnklError:
            kept = self.facts.kept(name_of(SOURCE, name))
            if kept is None or not is_same_source(kept, self.site.project.source_text(name)):
                raise
        pieces = [_Piece((context, msgid), skip) for context, msgid, skip in kept["pieces"]]
        return kept["digest"], pieces

    def _translator(self, domain: str, spoken: Language, *, broken: bool) -> Any:
        from ankl_i18n.coverage.counting import find

        known = self._salvage(domain, spoken) if broken else None
        known = self.site.status.translations(domain, spoken) if known is None else known
        return lambda piece: find(known, piece)

    def _salvage(self, domain: str, spoken: Language) -> Mapping[Key, str | None]:
        """Return what can be read of the translations in a damaged catalog."""
        from ankl_i18n.catalogs import po
        from ankl_i18n.coverage.counting import translations

        place = domain, spoken.tag
        if place not in self._salvaged:
            path = self.site.project.catalog_path(domain, spoken)
            try:
                catalog = po.salvage(path.read_bytes(), path.name)
            except (AnklError, OSError):
                catalog = None
            self._salvaged[place] = translations(catalog)
        return self._salvaged[place]


def is_technical(site: Site, name: str, spoken: Language) -> bool:
    """Tell whether a leaflet is not published only because a file of it cannot be read."""
    if not site.project.names():
        return True  # no folder of leaflets: nobody has taken any of them back
    if name not in site.documents:
        domain = site.config.domain or name
        blocks = site.config.check_errors == "block"
        needs_catalog = spoken != site.status.source and not spoken.is_pseudo
        wrong = blocks and needs_catalog and bool(site.facts.ask("wrong", domain, spoken.tag))
        return not wrong or bool(site.facts.ask("broken", domain, spoken.tag))
    if spoken == site.status.source or spoken.is_pseudo:
        return False
    return bool(site.facts.ask("unread", name, spoken.tag))


def written(path: Path) -> str:
    """Return the day on which a file was written (ISO 8601, UTC)."""
    time = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    return time.date().isoformat()


def is_readers(job: Job) -> bool:
    """Tell whether a job makes a leaflet for readers: not a list, nor a proof for reviewers."""
    return job.kind in ("html", "pdf") and job.edition != PROOF


def text_digest(segments: Iterable[Any], translate: Callable[[Any], str | None]) -> str:
    """Return the digest of the translations of some segments."""
    texts = [None if segment.skip else translate(segment) for segment in segments]
    return digest_of(json.dumps(texts, ensure_ascii=False))
