"""The end of a session: what is different, and a commit of the catalogs."""

from __future__ import annotations

from typing import Any, Final

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.languages import language
from ankl_i18n.workbench import git

# The most of a difference that is shown, in characters.
SHOWN: Final = 200_000


def finish(project: Project, leaflet: str, tag: str) -> dict[str, Any]:
    """Return what the catalogs of a language say that the last commit does not."""
    diff = git.diff(project.root, catalogs(project, tag)) or ""
    lang = language(tag)
    return {"diff": diff[:SHOWN], "message": f"Translate {leaflet} into {lang.english}"}


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
