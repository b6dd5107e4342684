"""PDFs on A4: of the pages in `pages`, as ankl-i18n makes them, and of `typst`, the same texts.

Ours starts from Markdown and catalogs; the others from finished pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pypdfium2

from benchmarks import peers
from benchmarks.peers import Inputs, Peer, each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TYPST: Final = (
    "import sys, typst; "
    'typst.compile(sys.argv[1], output=sys.argv[2], format="pdf", pdf_standards=["ua-1"])'
)


def pages(output: Path) -> str:
    """Count the PDFs in a folder and their pages."""
    found = sorted(output.rglob("*.pdf"))
    count = sum(len(pypdfium2.PdfDocument(path)) for path in found)
    size = sum(path.stat().st_size for path in found)
    return f"{len(found)} PDFs, {count} pages, {size / 1000:.0f} kB"


def _ours(_given: Inputs) -> Sequence[str]:
    return [*peers.ANKL.command, "build", "--only", "pdf", "--paper", "a4", "--drafts", "--quiet"]


def _weasyprint(_given: Inputs) -> Sequence[str]:
    return _page("weasyprint", f'{peers.WEASYPRINT.command[0]} --quiet "$f" "$to"')


def _tagged(_given: Inputs) -> Sequence[str]:
    command = f'{peers.WEASYPRINT.command[0]} --quiet --pdf-variant pdf/ua-1 "$f" "$to"'
    return _page("weasyprint-ua", command)


def _chromium(_given: Inputs) -> Sequence[str]:
    options = '--headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$to"'
    return _page("chromium", f'{peers.CHROMIUM.command[0]} {options} "$f"')


def _typst(_given: Inputs) -> Sequence[str]:
    make = 'to="typst-pdf/$(basename "$f" .typ).pdf"; mkdir -p typst-pdf'
    return each("typst/*.typ", f'{make}; {peers.TYPST.command[0]} -c \'{TYPST}\' "$f" "$to"')


def _page(folder: str, command: str) -> Sequence[str]:
    """Return a command that makes a PDF, `$to`, of each page, `$f`."""
    to = f'to="{folder}/$(basename "$f" .html).pdf"; mkdir -p {folder}'
    return each("pages/*.html", f"{to}; {command}")


PEERS: Final = (
    Peer("ankl-i18n build --only pdf", peers.ANKL, _ours, "build",
         "from Markdown and catalogs; PDF/UA-1 and PDF/A-2a, with a QR code", also=(".cache",)),
    Peer("WeasyPrint", peers.WEASYPRINT, _weasyprint, "weasyprint",
         "no tags; starts for each page"),
    Peer("WeasyPrint --pdf-variant pdf/ua-1", peers.WEASYPRINT, _tagged, "weasyprint-ua",
         "PDF/UA-1 claimed; starts for each page"),
    Peer("Chromium", peers.CHROMIUM, _chromium, "chromium", "starts for each page"),
    Peer("Typst", peers.TYPST, _typst, "typst-pdf",
         "the same text and structure in its own style; PDF/UA-1; starts for each"),
)  # fmt: skip
