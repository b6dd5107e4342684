"""What of a catalog goes out: all of it, or what a translator is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ankl_i18n.catalogs import files, glossary, leaflets
from ankl_i18n.catalogs.files import domain_of
from ankl_i18n.catalogs.po import Catalog, Entry, Key, State
from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks.catalogs import plural_forms
from ankl_i18n.exchange.units import Package, Unit, base_of, key_of
from ankl_i18n.languages import Language
from ankl_i18n.review.records import ReviewState
from ankl_i18n.review.state import state as review_state
from ankl_i18n.source.markdown import plain
from ankl_i18n.source.texts import read

# Numbers that are tried for samples of a plural form, and how many samples are shown.
TRIED: Final = 201
SAMPLES: Final = 5
FINISHED: Final = frozenset({State.TRANSLATED})


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for: `leaflets` and ids of `sections`, none for all; only what is unfinished.

    With `locked` what is translated goes out for reading only, as what is signed always does.
    """

    leaflets: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    unfinished: bool = False
    locked: bool = False


def packages(project: Project, lang: Language, chosen: Selection) -> Iterator[Package]:
    """Yield what goes out in a language, a catalog after the other; none that has nothing.

    Raises `CatalogError` for a catalog that cannot be read.
    """
    domains: dict[str, list[str]] = defaultdict(list)
    for name in leaflets.names(project):
        if not chosen.leaflets or name in chosen.leaflets:
            domains[domain_of(project, name)].append(name)
    if not chosen.leaflets and not chosen.sections:
        domains |= {name: [] for name in files.own_domains(project)}
    for domain, names in domains.items():
        made = package(project, domain, names, lang, chosen)
        if made and made.units:
            yield made


def package(
    project: Project, domain: str, names: list[str], lang: Language, chosen: Selection
) -> Package | None:
    """Return what goes out of one catalog; None where there is none. Raises `CatalogError`."""
    catalog = files.catalog(project, domain, lang.tag)
    if catalog is None:
        return None
    places = _places(project, names)
    has_all = not (chosen.leaflets or chosen.sections)
    entries = [
        entry
        for entry in catalog.entries
        if not entry.obsolete
        and (has_all or entry.key() in places)
        and (not chosen.sections or places.get(entry.key(), ("", ""))[0] in chosen.sections)
    ]
    counts = samples(catalog, lang)
    terms = glossary.entries(project, lang.tag)
    signed = _signed(project, names, lang.tag)
    units = (
        replace(
            one,
            notes=(*one.notes, *_terms(entry, terms)),
            locked=one.locked or entry.key() in signed,
        )
        for entry in entries
        for one in [unit(entry, counts, places.get(entry.key(), ("", ""))[1], chosen)]
    )
    wanted = (one for one in units if one.locked or not chosen.unfinished or _is_open(one))
    return Package(
        domain, catalog.path, _title(project, names, domain), project.config.source.tag,
        lang.tag, tuple(wanted), lang.direction == "rtl",
    )  # fmt: skip


def _signed(project: Project, names: list[str], tag: str) -> frozenset[Key]:
    """Return the keys of messages that somebody has signed as they are today."""
    if not project.config.review.is_set:
        return frozenset()
    return frozenset(
        (message.text.msgctxt, message.text.msgid)
        for name in names
        for message in review_state(project, name, tag).messages
        if any(role.state is ReviewState.SIGNED for role in message.roles.values())
    )


def unit(
    entry: Entry, counts: tuple[tuple[int, ...], ...], section: str, chosen: Selection
) -> Unit:
    """Return one message as it goes out."""
    is_plural = bool(entry.msgid_plural)
    forms = entry.forms
    if is_plural:
        forms = tuple(entry.msgstr_plural.get(i, "") for i in range(max(len(counts), 1)))
    state = entry.state()
    return Unit(
        key_of(*entry.key()), base_of(entry), entry.msgctxt,
        (entry.msgid, entry.msgid_plural) if is_plural else (entry.msgid,),
        forms, state, counts if is_plural else (), _lines(entry.comment), _lines(entry.tcomment),
        entry.previous_msgid if state is State.FUZZY else None, section,
        chosen.locked and state in FINISHED,
    )  # fmt: skip


def samples(catalog: Catalog, lang: Language) -> tuple[tuple[int, ...], ...]:
    """Return sample numbers of each plural form of a catalog; nothing if its rule is broken."""
    forms = plural_forms(catalog, lang)
    if forms is None:
        return ()
    numbers: list[list[int]] = [[] for _ in range(forms.nplurals)]
    for n in range(TRIED):
        if len(numbers[forms.index(n)]) < SAMPLES:
            numbers[forms.index(n)].append(n)
    return tuple(map(tuple, numbers))


def _terms(entry: Entry, terms: tuple[glossary.Entry, ...]) -> list[str]:
    """Return what the glossary calls the terms of a message, for its notes."""
    terms_within = glossary.within(read(entry.msgid).shown, terms)
    return [f"Glossary: {one.term} = {one.preferred}" for one in terms_within if one.preferred]


def _is_open(one: Unit) -> bool:
    return one.state not in FINISHED


def _places(project: Project, names: list[str]) -> Mapping[Key, tuple[str, str]]:
    """Return where each message of some leaflets is first: its section's id and heading."""
    places: dict[Key, tuple[str, str]] = {}
    for name in names:
        for segment in leaflets.document(project, name).segments:
            places.setdefault(segment.key, (segment.section_id, plain(segment.section)))
    return places


def _title(project: Project, names: list[str], domain: str) -> str:
    if len(names) != 1:
        return project.config.name or domain
    return plain(leaflets.document(project, names[0]).front.title.text)


def _lines(comment: str) -> tuple[str, ...]:
    return tuple(line for line in comment.split("\n") if line.strip())
