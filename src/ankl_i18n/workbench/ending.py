"""The end of a session: what is different, a commit of the catalogs, a proof."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.build.jobs import papers, pdf_path
from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.coverage import publication
from ankl_i18n.errors import Location, RenderError, error
from ankl_i18n.html.editions import PROOF
from ankl_i18n.languages import language
from ankl_i18n.workbench import git

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project

# The most of a difference that is shown, in characters.
SHOWN: Final = 200_000
# How long a proof may take, in seconds.
PATIENCE: Final = 600


def finish(project: Project, leaflet: str, tag: str) -> dict[str, Any]:
    """Return what the catalogs of a language say that the last commit does not."""
    found = git.diff(project.root, catalogs(project, tag)) or ""
    spoken = language(tag)
    message = f"Translate {leaflet} into {spoken.english}"
    return {"diff": found[:SHOWN], "message": message}


def commit(project: Project, tag: str, message: str) -> dict[str, Any]:
    """Commit the catalogs of a language; nothing is sent anywhere."""
    first = " ".join(message.split())
    return {"wrong": git.commit(project.root, first, catalogs(project, tag)) if first else "?"}


def catalogs(project: Project, tag: str) -> list[str]:
    """Return the paths of a language's catalogs, as seen from the project's folder."""
    domains = dict.fromkeys(
        (
            *(files.domain_of(project, name) for name in leaflets.readable(project)),
            *publication.page_domains(project),
        )
    )
    paths = [files.catalog_path(project, domain, language(tag)) for domain in domains]
    inside = [path for path in paths if path.exists() and path.is_relative_to(project.root)]
    return [path.relative_to(project.root).as_posix() for path in inside]


def proof(project: Project, leaflet: str, tag: str) -> bytes:
    """Return a proof of a leaflet as PDF, made as `build` makes it. Raises `RenderError`.

    Another process makes it: what sets PDFs takes much memory, and gives none of it back.
    """
    paper = papers(project)[0]
    command = (
        sys.executable, "-m", "ankl_i18n", "build", tag, "--leaflet", leaflet, "--edition", PROOF,
        "--only", "pdf", "--paper", paper, "--quiet", "--project", str(project.root),
    )  # fmt: skip
    path = project.build_root / pdf_path(tag, leaflet, paper, PROOF)
    try:
        done = subprocess.run(  # noqa: S603 - names from the project's own lists
            command, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return path.read_bytes()
    except (OSError, subprocess.TimeoutExpired) as wrong:
        told = done.stderr if isinstance(wrong, OSError) else ""
        message = " ".join(told.split()) or "the proof was not made"
        raise RenderError(error("proof", message, Location(leaflet))) from wrong
