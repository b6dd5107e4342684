"""What preflight looks at and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ankl_i18n.errors import Location, Problem, Severity
from ankl_i18n.languages import Language

Kind = Literal["html", "pdf", "epub"]


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file, and what it should be.

    `file` is where it is, `path` how the user would type it. `messages` are the texts a reader
    must find in it, without Markdown, and `foreign` the interface strings that readers need and
    that are not in their language; `explained` are meanings of abbreviations that may be within
    the messages, `references` what paper says there of where links lead; `address` is what its QR
    code says (empty: it has none).
    `notice` are the words that say that the translation is a draft, and `is_draft` whether it
    is one. `alternates` are the tags of the languages that a page leads to. `publisher` are texts
    of the publisher that must be in it, `fonts` the publisher's families, and `order` is what its
    barcode says (empty: it has none). `withdrawn` are the words that say that the leaflet was
    (empty: it was not). `signed` is what it says of those who have checked it. `paper` and
    `edition` are empty for pages.
    """

    file: Path
    path: str
    kind: Kind
    language: Language
    source: Language
    name: str
    title: str
    messages: tuple[str, ...]
    notice: str
    is_draft: bool
    foreign: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    address: str = ""
    alternates: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    order: str = ""
    fonts: tuple[str, ...] = ()
    withdrawn: str = ""
    paper: str = ""
    edition: str = ""
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a file: the check that found it, where, and what to do next.

    `page` counts from 1; 0 is the file as a whole.
    """

    check: str
    severity: Severity
    page: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about one file.

    `pages` is 0 for what is not a PDF, `size` counts bytes. Of `wanted` messages `read` were
    read back; both are 0 where none are looked for.
    """

    output: Output
    findings: tuple[Finding, ...]
    pages: int = 0
    size: int = 0
    wanted: int = 0
    read: int = 0

    @property
    def problems(self) -> list[Problem]:
        """The findings as problems, which the reports of this package list."""
        return [
            Problem(
                finding.check,
                finding.severity,
                f"page {finding.page}: {finding.message}" if finding.page else finding.message,
                Location(self.output.path),
                finding.hint,
            )
            for finding in self.findings
        ]
