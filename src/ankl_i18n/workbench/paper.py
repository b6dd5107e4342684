"""A leaflet on paper, made by a process of its own: what sets PDFs takes much memory.

`python -m ankl_i18n.workbench.paper ROOT LEAFLET TAG EDITION FOLDER` writes the PDF into a folder,
with pictures of its pages and where the texts stand that it was given (JSON, by name), or what was
wrong to its errors.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ankl_i18n.build import pages
from ankl_i18n.build.jobs import papers, pdf_path
from ankl_i18n.build.records import Job
from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import AnklError, RenderError
from ankl_i18n.html.editions import LARGE_PRINT, PROOF, STANDARD
from ankl_i18n.languages.reader import in_use
from ankl_i18n.pdf.paper import PrintJob
from ankl_i18n.pdf.paper import make as printed
from ankl_i18n.preflight import pictures
from ankl_i18n.settings import Options, load

# What can be looked at.
EDITIONS: Final = (STANDARD, LARGE_PRINT, PROOF)
# How long it may take, in seconds.
PATIENCE: Final = 600
PDF: Final = "paper.pdf"
FOUND: Final = "found.json"
# Pixels in a point of the pictures.
SCALE: Final = 2.0


def made(
    root: Path, what: tuple[str, str, str], texts: Mapping[str, str], folder: Path
) -> dict[str, Any]:
    """Make a leaflet's PDF in a folder; return its pages' sizes and the places of texts.

    `what` is the leaflet, the language and the edition.

    Raises `RenderError`.
    """
    command = (
        sys.executable, "-m", "ankl_i18n.workbench.paper",
        str(root), *what, str(folder),
    )  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - names from the project's own lists
            command, input=json.dumps(dict(texts)).encode(), capture_output=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        told = " ".join(done.stderr.decode(errors="replace").split())
        failed = done.returncode != 0
    except (OSError, subprocess.TimeoutExpired) as wrong:
        failed, told = True, str(wrong)
    if failed:
        raise RenderError.of("paper", told or "the PDF was not made", what[0])
    places: dict[str, Any] = json.loads((folder / FOUND).read_bytes())
    return places


def make(root: Path, leaflet: str, tag: str, edition: str) -> bytes:
    """Make a leaflet's PDF in this process, as `build` does, be it published or not."""
    project = Project(load(root), Options(drafts=True))
    paper = papers(project)[0]
    job = Job("pdf", pdf_path(tag, leaflet, paper, edition), tag, leaflet, paper, edition)
    html = pages.on_paper(project, job)
    source = project.leaflet_path(leaflet)
    return printed(PrintJob(html, tag, paper, edition, source, in_use()))


def write(data: bytes, texts: Mapping[str, str], folder: Path) -> None:
    """Write a PDF, pictures of its pages, and where texts are on them."""
    (folder / PDF).write_bytes(data)
    sizes = pictures.sizes(data)
    for number in range(len(sizes) if texts else 0):
        (folder / f"{number}.png").write_bytes(pictures.picture(data, number, SCALE))
    places = {
        name: [(box.page, box.left, box.top, box.right, box.bottom) for box in boxes]
        for name, boxes in pictures.places(data, texts).items()
    }
    (folder / FOUND).write_text(json.dumps({"sizes": sizes, "places": places}))


def main(root: str, leaflet: str, tag: str, edition: str, folder: str) -> int:
    """Make what the arguments say; return the exit code."""
    try:
        data = make(Path(root), leaflet, tag, edition)
    except AnklError as wrong:
        sys.stderr.write(". ".join(problem.message for problem in wrong.problems))
        return 1
    write(data, json.load(sys.stdin), Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
