"""The words of a leaflet: their digest, by which it is known whether they changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.engine.cache import digest_of
from ankl_i18n.engine.queries import query


@query
def text(project: Project, name: str, tag: str) -> str:
    """Return the digest of a leaflet's text in a language."""
    if project.is_untranslated(tag):
        return tag
    translate = publication.translator(project, files.domain_of(project, name), tag)
    return text_digest(leaflets.document(project, name).segments, translate)


def text_digest(segments: Iterable[Any], translate: Callable[[Any], str | None]) -> str:
    """Return the digest of the translations of some segments."""
    texts = [None if segment.skip else translate(segment) for segment in segments]
    return digest_of(json.dumps(texts, ensure_ascii=False))
