"""What pages are made from: the project's status, and who links to whom.

Whatever a page asks for here becomes an input of its output (`facts`), so that it is made anew
when that changes and only then. A page that reads anything in another way would go stale.
"""

from __future__ import annotations

import json
import os
import posixpath
from dataclasses import dataclass, fields
from functools import lru_cache
from html import escape
from itertools import product
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from ankl_i18n.build.last_good import LastGood, is_technical, text_digest
from ankl_i18n.catalogs.project import UI, Project
from ankl_i18n.coverage.publication import DRAFT, Status
from ankl_i18n.engine import identity
from ankl_i18n.engine.cache import digest_of
from ankl_i18n.engine.facts import name_of
from ankl_i18n.engine.store import Objects
from ankl_i18n.html.editions import (
    BILINGUAL,
    EDITIONS,
    LARGE_PRINT,
    PROOF,
    STANDARD,
    pdf_name,
)
from ankl_i18n.languages import Language, language
from ankl_i18n.languages.pseudo import pseudo
from ankl_i18n.settings import PAPERS, Config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ankl_i18n.html import page as html
    from ankl_i18n.html.localize import Localized
    from ankl_i18n.html.markup import Surroundings, Target
    from ankl_i18n.html.words import Words
    from ankl_i18n.source import Document

# Settings that pages see only through facts of their own, or not at all.
UNSEEN: Final = frozenset({
    "root", "languages", "build_dir", "template_path", "catalog_path", "check_errors",
    "publish_at", "publish_at_by_language", "papers", "report_bugs_to", "ignore",
})  # fmt: skip
SEEN: Final = tuple(field.name for field in fields(Config) if field.name not in UNSEEN)
RECENT: Final = 64


@dataclass(frozen=True, slots=True)
class Options:
    """What to build: `tags` (empty: every language), `only` "html" or "pdf" or both (empty).

    `editions` are those of the PDFs (empty: the standard one). A PDF may take `seconds` of time
    and `megabytes` of memory more than an idle worker; 0 is no limit. `scheduler` is the address
    of a cluster whose workers make the PDFs (empty: this machine does).
    """

    tags: tuple[str, ...] = ()
    only: str = ""
    papers: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    drafts: bool = False
    pseudo: bool = False
    jobs: int = 1
    seconds: float = 60
    megabytes: int = 1024
    scheduler: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One output: its kind (a key of `pages.MAKERS`, or "pdf") and its path in the build folder.

    With `leads_to` it is a notice that the leaflet was withdrawn; readers are sent to that path.
    """

    kind: str
    path: str
    tag: str = ""
    name: str = ""
    paper: str = ""
    edition: str = ""
    leads_to: str = ""


class Site:
    """Everything a job needs to render: the project's status and who links to whom.

    `folder` is the build folder.
    """

    def __init__(self, config: Config, options: Options) -> None:
        self.project = Project(config)
        self.config = config
        self.folder = config.root / config.build_dir
        self.options = options
        made = options.pseudo or any(language(tag).is_pseudo for tag in options.tags)
        self.status = Status(self.project, drafts=options.drafts, pseudo_locales=made)
        self.documents = self.project.leaflets
        self._recent_words = lru_cache(RECENT)(self._words)
        self.facts = self.project.facts
        self.objects = Objects(self.facts.cache.folder)
        self.last_good = LastGood(self)
        self._kept_files = lru_cache(None)(self._find_kept_files)
        self.facts.leaves |= {
            "option pseudo": lambda: str(made),
            "kept": lambda tag, name: str(self._is_kept(name, language(tag))),
            "PDFs of": lambda tag, name: digest_of(repr(self._linked(tag, name))),
            "the renderer": lambda: identity.renderer(self.facts.cache),
            "the folders of fonts": identity.font_folders,
        }
        self.facts.rules |= {
            "fonts": self._fonts,
            "settings": self._settings,
            "text": self._text,
            "words": self._words_said,
            "card": self._card,
            "draft": self._draft,
            "published in": self._published_in,
            "alternates": self._alternates,
            "overdue": self._overdue,
        }

    # --- what to make -----------------------------------------------------------------------

    def selected(self) -> tuple[Language, ...]:
        """Return the languages to build."""
        tags = {language(tag).tag for tag in self.options.tags}
        return tuple(spoken for spoken in self.status.languages if not tags or spoken.tag in tags)

    def jobs(self) -> Iterator[Job]:
        """Yield what to make, the slowest kind first, one leaflet after the other."""
        languages = self.selected()
        if self.options.only != "html":
            yield from self._pdfs(languages)
        if self.options.only != "pdf":
            yield from self._pages(languages)

    def _pdfs(self, languages: Sequence[Language]) -> Iterator[Job]:
        for name, spoken, edition in product(self.documents, languages, self.editions):
            if self.is_made(name, spoken, edition):
                for paper in self.papers:
                    path = self.pdf_path(spoken.tag, name, paper, edition)
                    yield Job("pdf", path, spoken.tag, name, paper, edition)

    def _pages(self, languages: Sequence[Language]) -> Iterator[Job]:
        for name, spoken in product(self.documents, languages):
            if self.status.published(name, spoken):
                yield Job("html", self.page_path(spoken.tag, name), spoken.tag, name)
        if "index" not in self.documents:
            for spoken in languages:
                if self.published(spoken):
                    yield Job("index", f"{spoken.tag}/index.html", spoken.tag)
        yield Job("chooser", "index.html", self.status.source.tag)
        yield Job("coverage", "coverage.html")

    @property
    def papers(self) -> tuple[str, ...]:
        """The paper sizes to make."""
        return self.options.papers or self.config.papers

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the PDFs to make."""
        return tuple(dict.fromkeys(self.options.editions)) or (STANDARD,)

    def is_made(self, name: str, spoken: Language, edition: str) -> bool:
        """Tell whether there is an edition of a leaflet in a language.

        Reviewers get proofs of all catalogs: before a leaflet is published, or why it is not.
        """
        if edition == PROOF:
            domain = self.status.domain(self.config.domain or name, spoken)
            return domain.catalog is not None
        if edition == BILINGUAL and spoken == self.status.source:
            return False
        return self.status.published(name, spoken)

    def published(self, spoken: Language) -> list[str]:
        """Return the names of the leaflets that readers get in a language, kept ones too."""
        self.facts.note("the list of leaflets")
        parsed = set(self.documents)
        return [
            name
            for name in self.project.names()
            if (name in parsed and self.status.published(name, spoken))
            or self.is_kept(name, spoken)
        ]

    # --- where it is ------------------------------------------------------------------------

    def page_path(self, tag: str, name: str) -> str:
        """Return the path of a leaflet's page in the build folder."""
        return f"{tag}/{name}.html"

    def pdf_path(self, tag: str, name: str, paper: str, edition: str) -> str:
        """Return the path of a leaflet's PDF in the build folder."""
        return f"{tag}/{pdf_name(name, paper, edition)}"

    def address(self, path: str) -> str:
        """Return where a path of the build folder is on the web, empty without a `base-url`."""
        base = self.config.base_url.rstrip("/")
        return f"{base}/{quote(path)}" if base else ""

    def linked_pdfs(self, tag: str, name: str) -> list[tuple[str, str, str]]:
        """Return path, paper and edition of a leaflet's PDFs for readers.

        They are those made now or there already.
        """
        self.facts.note("PDFs of", tag, name)
        return self._linked(tag, name)

    def _linked(self, tag: str, name: str) -> list[tuple[str, str, str]]:
        found = []
        for edition, paper in product((STANDARD, LARGE_PRINT), self.papers):
            path = self.pdf_path(tag, name, paper, edition)
            made = self.options.only != "html" and edition in self.editions
            if made or self._is_still_right(path, tag, name):
                found.append((path, paper, edition))
        return found

    def _is_still_right(self, path: str, tag: str, name: str) -> bool:
        there = os.path.exists(f"{self.folder}/{path}")  # noqa: PTH110 - very often
        return there and (
            self.options.only != "html" or self.last_good.is_right(path, name, language(tag))
        )

    # --- what stays when it cannot be made ----------------------------------------------------

    def is_published(self, name: str, spoken: Language) -> bool:
        """Tell whether readers get a leaflet in a language: it can be parsed and may be shown."""
        return name in self.documents and self.status.published(name, spoken)

    def is_draft_only(self, job: Job) -> bool:
        """Tell whether readers would not get a leaflet without `--drafts`."""
        spoken = language(job.tag)
        is_made = spoken == self.status.source or spoken.is_pseudo
        return not is_made and bool(self.facts.ask("reasons", job.name, job.tag))

    def readers_jobs(self, tag: str, name: str) -> Iterator[Job]:
        """Yield every file for readers that a leaflet may have in a language."""
        yield Job("html", self.page_path(tag, name), tag, name)
        for paper, edition in product(PAPERS, EDITIONS):
            if edition != PROOF:
                path = self.pdf_path(tag, name, paper, edition)
                yield Job("pdf", path, tag, name, paper, edition)

    def kept_files(self, name: str, spoken: Language) -> list[str]:
        """Return the files of a leaflet that cannot be made now, but whose words are right."""
        return self._kept_files(name, spoken)

    def _find_kept_files(self, name: str, spoken: Language) -> list[str]:
        if self.is_published(name, spoken) or not is_technical(self, name, spoken):
            return []
        there = (job.path for job in self.readers_jobs(spoken.tag, name))
        return [
            path
            for path in there
            if (self.folder / path).is_file() and self.last_good.is_right(path, name, spoken)
        ]

    def is_kept(self, name: str, spoken: Language) -> bool:
        """Tell whether an earlier page of a leaflet stays, though it cannot be made now."""
        return self.facts.note("kept", spoken.tag, name) == str(True)

    def _is_kept(self, name: str, spoken: Language) -> bool:
        with self.facts.traced():
            return self.page_path(spoken.tag, name) in self.kept_files(name, spoken)

    # --- what it says -----------------------------------------------------------------------

    def localized(self, name: str, spoken: Language) -> Localized:
        """Return a leaflet in a language."""
        from ankl_i18n.html.localize import localize

        return self._localized(localize, name, spoken)

    def _localized(
        self, localize: Callable[..., Localized], name: str, spoken: Language
    ) -> Localized:
        document = self.project.document(name)
        self.facts.ask("text", name, spoken.tag)
        domain = self.status.domain(self.config.domain or name, spoken)
        with self.facts.traced():  # the text is all that counts
            return localize(document, spoken, self.status.source, domain.translator())

    def _text(self, name: str, tag: str) -> str:
        """Rule: the digest of a leaflet's text in a language."""
        spoken = language(tag)
        if spoken == self.status.source or spoken.is_pseudo:
            return tag
        self.facts.note("setting", "domain")
        domain = self.status.domain(self.config.domain or name, spoken)
        segments = self.project.document(name).segments
        return text_digest(segments, domain.translator())

    def words(self, spoken: Language) -> Words:
        """Return the page words in a language."""
        self.facts.ask("words", spoken.tag)
        with self.facts.traced():
            return self._recent_words(spoken)

    def _words_said(self, tag: str) -> str:
        """Rule: the digest of the page words in a language."""
        spoken = language(tag)
        catalog = None if spoken.is_pseudo else self.status.domain(UI, spoken).catalog
        return _digest([self._words(spoken).forms, catalog and catalog.headers.get("Plural-Forms")])

    def _words(self, spoken: Language) -> Words:
        from ankl_i18n.catalogs.po import parse_plural_forms
        from ankl_i18n.coverage.counting import may_be_shown
        from ankl_i18n.html.words import Words

        if spoken.is_pseudo:
            return Words(spoken, self.status.source, _Pseudo(spoken), lambda n: int(n != 1))
        catalog = self.status.domain(UI, spoken).catalog
        entries = catalog.entries if catalog else []
        forms = {e.msgid: e.forms for e in entries if may_be_shown(e)}
        rule = (catalog.headers.get("Plural-Forms") if catalog else None) or spoken.plural_forms
        return Words(spoken, self.status.source, forms, parse_plural_forms(rule).index)

    def review(self, name: str, spoken: Language) -> str:
        """Return the state of review of a leaflet: "source", "draft" or "reviewed"."""
        if spoken == self.status.source:
            return "source"
        return self.status.domain(self.config.domain or name, spoken).review

    def is_overdue(self, name: str) -> bool:
        """Tell whether the day of a leaflet's next check is past."""
        return bool(self.facts.ask("overdue", name))

    def _overdue(self, name: str) -> bool:
        """Rule: whether the day of a leaflet's next check is past."""
        due = self.facts.ask("leaflet", name)["due"]
        return due is not None and self.facts.note("the day") > due

    def card(self, name: str, spoken: Language) -> dict[str, Any]:
        """Return what a list of leaflets says of one: the fields of `html.Card` by name."""
        if name not in self.documents:  # its last page stays
            kept: dict[str, Any] | None = self.facts.kept(name_of("card", name, spoken.tag))
            return kept or {"title_html": escape(name), "summary_html": "", "missing": 0}
        card: dict[str, Any] = self.facts.ask("card", name, spoken.tag)
        return card

    def _card(self, name: str, tag: str) -> dict[str, Any]:
        """Rule: what a list of leaflets says of one."""
        from ankl_i18n.html import page as html
        from ankl_i18n.html.localize import localize_texts

        texts = self._localized(localize_texts, name, language(tag))
        card = html.card(texts, href="", pdfs=(), draft=False)
        return {
            "title_html": str(card.title_html),
            "summary_html": str(card.summary_html),
            "missing": card.missing,
        }

    def is_published_in(self, spoken: Language) -> bool:
        """Tell whether any leaflet is published in a language."""
        return bool(self.facts.ask("published in", spoken.tag))

    def _published_in(self, tag: str) -> bool:
        """Rule: whether any leaflet is published in a language."""
        return bool(self.published(language(tag)))

    def is_draft(self, spoken: Language) -> bool:
        """Tell whether any leaflet that is published in a language is a draft."""
        return bool(self.facts.ask("draft", spoken.tag))

    def _draft(self, tag: str) -> bool:
        """Rule: whether any leaflet that is published in a language is a draft."""
        spoken = language(tag)
        return any(self.review(name, spoken) == DRAFT for name in self.published(spoken))

    # --- what is around it ------------------------------------------------------------------

    def surroundings(self, document: Document, spoken: Language, path: str) -> Surroundings:
        """Return what a page at a path in the build folder needs to know of the others."""
        from ankl_i18n.html.markup import Surroundings, Target

        folder = PurePosixPath(document.name).parent

        def leaflet(reference: str) -> Target | None:
            name = posixpath.normpath((folder / unquote(reference)).as_posix())
            if name not in self.documents:
                return self._list(spoken, path) if name in self.project.names() else None
            there = spoken if self.status.published(name, spoken) else self.status.source
            target = self.page_path(there.tag, name)
            # A PDF is kept and sent alone: where there is an address, its links have it.
            address = self.address(target) if path.endswith(".pdf") else ""
            return Target(address or relative(target, path), there)

        def asset(reference: str) -> tuple[bytes, str] | None:
            return self._asset((folder / unquote(reference)).as_posix(), spoken.tag)

        return Surroundings(leaflet, asset, self.words(spoken))

    def _list(self, spoken: Language, path: str) -> Target:
        """Return where links lead whose leaflet cannot be made: to the list of the others."""
        from ankl_i18n.html.markup import Target

        there = f"{spoken.tag}/index.html"
        address = self.address(there) if path.endswith(".pdf") else ""
        return Target(address or relative(there, path), spoken, is_list=True)

    def _asset(self, reference: str, tag: str) -> tuple[bytes, str] | None:
        """Return a picture's bytes and name: `name.TAG.ext` where it is there, else `name.ext`."""
        root = self.project.source_root
        plain_path = root / reference
        for path in (plain_path.with_suffix(f".{tag}{plain_path.suffix}"), plain_path):
            # Path.resolve fails for a link that leads to itself.
            inside = Path(os.path.realpath(path)).is_relative_to(root.resolve())
            if inside and self.facts.note_file(path) and path.is_file():
                return path.read_bytes(), path.name
        return None

    def frame(self, spoken: Language, path: str, tags: Sequence[str], file: str) -> html.Frame:
        """Return the frame of a page; `tags` are the languages that the same page exists in."""
        from ankl_i18n.html import page as html

        source = self.status.source.tag
        return html.Frame(
            language=spoken,
            alternates=tuple(
                html.Alternate(
                    tag, language(tag).endonym, language(tag).direction,
                    relative(f"{tag}/{file}", path), tag == spoken.tag, tag == source,
                )
                for tag in tags
            ),
            home_href=relative("index.html", path),
            index_href=relative(f"{spoken.tag}/index.html", path),
            address=self.address(path),
            robots="noindex" if spoken.is_pseudo else "",
        )  # fmt: skip

    def languages(self) -> tuple[Language, ...]:
        """Return the source language and those that leaflets are translated into."""
        self.facts.note("setting", "source_language")
        self.facts.note("setting", "languages")
        self.facts.note("option pseudo")
        return self.status.languages

    def tags_of(self, name: str) -> list[str]:
        """Return the languages that a leaflet is published in."""
        tags: list[str] = self.facts.ask("alternates", name)
        return tags

    def _alternates(self, name: str) -> list[str]:
        """Rule: the languages that a leaflet is published in."""
        return [
            spoken.tag
            for spoken in self.languages()
            if self.status.published(name, spoken) or self.is_kept(name, spoken)
        ]

    def _settings(self) -> list[str]:
        """Rule: the settings that any page may see."""
        return [self.facts.note("setting", name) for name in SEEN]

    def _fonts(self) -> str:
        """Rule: what is in the fonts that pages name."""
        self.facts.note("the folders of fonts")
        self.facts.note("the renderer")
        return identity.fonts(self.facts.cache, identity.families())


class _Pseudo(dict[str, tuple[str, ...]]):
    """Every msgid, disguised when asked for."""

    def __init__(self, spoken: Language) -> None:
        super().__init__()
        self.spoken = spoken

    def get(self, msgid: str, _default: object = None) -> tuple[str, ...]:
        return (pseudo(msgid, self.spoken),)


def relative(target: str, path: str) -> str:
    """Return the address of one file of the build folder as seen from another."""
    return quote(posixpath.relpath(target, posixpath.dirname(path) or "."))


def _digest(value: object) -> str:
    return digest_of(json.dumps(value, ensure_ascii=False))
