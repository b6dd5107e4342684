"""The texts of a leaflet's page, in reading order, and how each is in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.finding import live
from ankl_i18n.catalogs.po import Catalog, Entry, Key
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.sameness import loose_key
from ankl_i18n.catalogs.template import REQUIRED, REQUIRED_UI, Message, messages_of
from ankl_i18n.coverage import publication
from ankl_i18n.languages import language
from ankl_i18n.settings import UI
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.texts import word_count
from ankl_i18n.workbench.names import key_name


@dataclass(frozen=True, slots=True)
class Text:
    """A message that a leaflet's page shows: where it stands, and what translators are told.

    `section` is the heading above it, `kind` what it is ("heading", "list item"); both are empty
    for words of the page itself. `places` are the sections in which the leaflet has it: title and
    id, both empty for what is above all sections.
    """

    domain: str
    key: Key
    plural: str
    kind: str
    section: str
    notes: tuple[str, ...]
    required: bool
    places: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The message's name."""
        return key_name(self.domain, self.key)

    @property
    def words(self) -> int:
        """How many words of it readers see."""
        return word_count(self.key[1])


def texts(project: Project, leaflet: str, tag: str) -> list[Text]:
    """Return the texts of a leaflet's page, each once: the leaflet's own, then the page's."""
    by_key = {text.key: text for text in _of_leaflet(project, leaflet)}
    own = list(by_key.values())
    domain = files.domain_of(project, leaflet)
    for other in publication.page_domains(project):
        if other != domain and is_translated_here(project, other, tag):
            own += _of_template(project, other)
    return own


def is_translated_here(project: Project, domain: str, tag: str) -> bool:
    """Tell whether the project itself has a catalog of a domain in a language."""
    if domain == UI and not files.translates_ui(project, language(tag)):
        return False
    return files.catalog_path(project, domain, language(tag)).exists()


def _of_leaflet(project: Project, leaflet: str) -> Iterator[Text]:
    domain = files.domain_of(project, leaflet)
    segments = [one for one in leaflets.document(project, leaflet).segments if not one.skip]
    places: dict[Key, list[tuple[str, str]]] = {}
    for segment in segments:
        place = plain(segment.section) if segment.section else "", segment.section_id
        places.setdefault(segment.key, []).append(place)
    seen: set[Key] = set()
    for segment in segments:
        if segment.key not in seen:
            seen.add(segment.key)
            here = tuple(places[segment.key])
            yield Text(
                domain,
                segment.key,
                "",
                segment.kind,
                here[0][0],
                segment.notes,
                segment.required,
                here,
            )


def _of_template(project: Project, domain: str) -> Iterator[Text]:
    template = files.read_template(project, domain)
    for message in messages_of(template) if template else ():
        yield _of_message(domain, message)


def _of_message(domain: str, message: Message) -> Text:
    notes = [
        comment.removeprefix("Note: ")
        for comment in message.comments
        if comment.startswith("Note: ")
    ]
    required = REQUIRED in message.comments or REQUIRED_UI in message.comments
    return Text(domain, message.key, message.msgid_plural, "", "", tuple(notes), required)


def entries(catalog: Catalog | None) -> Mapping[Key, Entry]:
    """Return the messages of a catalog that are in use, found whatever their white space."""
    known = live(catalog)
    return {**{loose_key(key): entry for key, entry in known.items()}, **known}


def entry_of(known: Mapping[Key, Entry], key: Key) -> Entry | None:
    """Return the message of a catalog that a text is translated by."""
    return known.get(key) or known.get(loose_key(key))
