"""What readers of a leaflet get in a language, word for word: what an act is about."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.finding import find, findable, live
from ankl_i18n.catalogs.po import Entry, Key
from ankl_i18n.catalogs.project import UNNAMED, Project, is_inside
from ankl_i18n.catalogs.usable import may_be_shown
from ankl_i18n.engine.queries import query
from ankl_i18n.errors import AnklError
from ankl_i18n.review.hashes import code_of, leaflet_root, message_hash, message_key
from ankl_i18n.review.records import Content, Text
from ankl_i18n.source import Document, Segment
from ankl_i18n.source.frontmatter import FrontMatter, values
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.texts import read, word_count

# Blocks that readers see, and that may be no segments.
OTHER: Final = frozenset({"fence", "code_block", "html_block"})


@query
def content(project: Project, name: str, tag: str) -> Content:
    """Return a leaflet in a language as readers get it.

    Raises `SourceError` for a leaflet that cannot be read; a catalog that cannot be read is as
    good as none.
    """
    document = leaflets.document(project, name)
    shown = _shown(project, files.domain_of(project, name), tag)
    texts: dict[str, Text] = {}
    body: list[tuple[str, str]] = []
    section = ""
    for segment in document.segments:
        if segment.section_id != section:
            section = segment.section_id
            body.append(("section", section))
        if segment.skip:
            body.append(("text", segment.msgid))
            continue
        text = _text(project, segment, find(shown, segment), tag)
        known = texts.get(text.key)
        texts[text.key] = _joined(known, text) if known else text
        body.append(("message", text.hash))
    body += [("text", token.content) for token in document.tokens if token.type in OTHER]
    root = leaflet_root(
        project.config.source.tag,
        tag,
        list(signed_front(document.front)),
        body,
        [(path, picture_digest(project, path, tag)) for path in _pictures(document)],
    )
    sections = dict.fromkeys((s.section_id, plain(s.section)) for s in document.segments)
    return Content(name, tag, tuple(texts.values()), tuple(sections), root, code_of(root))


def _shown(project: Project, domain: str, tag: str) -> Mapping[Key, Entry]:
    """Return the entries of a catalog, to be found as pages find them."""
    try:
        catalog = None if project.is_untranslated(tag) else files.catalog(project, domain, tag)
    except AnklError:
        catalog = None
    known = {key: entry for key, entry in live(catalog).items() if not entry.msgid_plural}
    return findable(known, catalog)


def _text(project: Project, segment: Segment, entry: Entry | None, tag: str) -> Text:
    msgctxt, msgid = segment.key
    forms = entry.forms if entry and may_be_shown(entry) else ()
    return Text(
        message_key(msgctxt, msgid),
        message_hash(project.config.source.tag, tag, msgctxt, msgid, None, forms),
        msgid,
        forms,
        msgctxt,
        "",
        (segment.section_id,),
        segment.required,
        word_count(msgid),
        segment.line,
    )


def _joined(one: Text, other: Text) -> Text:
    """Return a message that is in several places: required if it is in one of them."""
    sections = dict.fromkeys((*one.sections, *other.sections))
    required = one.required or other.required
    return replace(one, sections=tuple(sections), required=required)


def _pictures(document: Document) -> list[str]:
    """Return the paths of a leaflet's pictures from the source folder, in order, each once."""
    folder = PurePosixPath(document.name).parent
    inline = (token.content for token in document.tokens if token.type == "inline")
    texts = (read(content) for content in inline if "![" in content)
    paths = ((folder / unquote(src)).as_posix() for text in texts for src in text.images)
    return list(dict.fromkeys(paths))


def signed_front(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Yield what is signed of the front matter beside its messages, by name.

    A field that every leaflet must have is there without a value, too; others are not, so that a
    new one changes nothing that was signed.
    """
    for name, row, value in values(front):
        if row.signed and not row.kind and (value or row.required):
            yield name, str(getattr(value, "text", value)) if value else ""


def picture_digest(project: Project, reference: str, tag: str) -> str:
    """Return the SHA-256 of a picture as readers get it: `name.TAG.ext`, or else `name.ext`."""
    root = project.source_root
    plain_path = root / reference
    if not plain_path.name or UNNAMED.search(reference):
        return ""
    for path in (plain_path.with_suffix(f".{tag}{plain_path.suffix}"), plain_path):
        if is_inside(path, root) and project.depend_on_file(path):
            is_file = os.path.isfile(path)  # noqa: PTH113 - takes any path
            return sha256(path.read_bytes()).hexdigest() if is_file else ""
    return ""
