"""A Babel extraction method, so that `pybabel extract` reads leaflets too.

Mapping file: `[ankl_markdown: source/**.md]`, with the options `front_matter` ("leaflet" or
"free") and `context` ("auto" or "never"). See Babel's manual, "Writing Extraction Methods".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from ankl_i18n.source import parse

Extracted = tuple[int, str | None, str | tuple[str, ...], list[str]]


def extract(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001 - the interface is Babel's
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],
) -> Iterator[Extracted]:
    """Yield line, function name, message and comments of every segment of a leaflet.

    Raises `SourceError` where the leaflet is wrong.
    """
    name = str(getattr(fileobj, "name", "leaflet.md"))
    document = parse(
        fileobj.read().decode("utf-8-sig").replace("\r\n", "\n"),
        name,
        name,
        front_matter=options.get("front_matter", "leaflet"),
        context=options.get("context", "auto"),
    )
    for segment in document.segments:
        if segment.skip:
            continue
        comments = [segment.kind, *segment.notes]
        if segment.msgctxt is None:
            yield segment.line, None, segment.msgid, comments
        else:
            yield segment.line, "pgettext", (segment.msgctxt, segment.msgid), comments
