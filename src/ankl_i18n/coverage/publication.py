"""Where every leaflet is in every language: its catalogs, its coverage, its publication.

Each function is a query or asks some: leaflets and catalogs are read only for what is not known
yet. Names are those of leaflets and domains, tags those of languages (BCP 47).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import files, glossary, leaflets, questions
from ankl_i18n.catalogs.finding import find
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage.figures import LeafletCoverage, publishable
from ankl_i18n.engine.cache import digest
from ankl_i18n.engine.queries import memory_query, query
from ankl_i18n.errors import AnklError, Location, Problem, Severity
from ankl_i18n.languages import PSEUDO, language
from ankl_i18n.languages.pseudo import pseudo
from ankl_i18n.settings import SETTINGS_FILE, UI
from ankl_i18n.settings.review import HOLD

if TYPE_CHECKING:
    from ankl_i18n.catalogs import po
    from ankl_i18n.catalogs.template import Key
    from ankl_i18n.coverage.counting import Outline, Standing
    from ankl_i18n.source import Segment

DRAFT: Final = "draft"
# What stands for the section of the interface strings that readers need, and how many of them
# are named.
REQUIRED_WORDS: Final = "What readers need to understand a page"
SHOWN_WORDS: Final = 2
# Values that are kept in memory; those of one leaflet are asked for one after the other.
RECENT: Final = 64


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The path of a catalog, and the problems that are silenced in it, each with its reason."""

    path: str = ""
    silenced: tuple[tuple[Problem, str], ...] = ()


# --- catalogs -----------------------------------------------------------------------------------


def catalog_of(project: Project, domain: str, tag: str) -> po.Catalog | None:
    """Return a catalog; None where there is none, none is needed, or it cannot be read."""
    if project.is_untranslated(tag):
        return None
    try:
        return files.catalog(project, domain, tag)
    except AnklError:
        return None


@query
def is_broken(project: Project, domain: str, tag: str) -> bool:
    """Tell whether there is a catalog that cannot be read."""
    try:
        if not project.is_untranslated(tag):
            files.catalog(project, domain, tag)
    except AnklError:
        return True
    return False


@query
def catalog_problems(project: Project, domain: str, tag: str) -> tuple[Problem, ...]:
    """Return what is wrong with a catalog."""
    from ankl_i18n.checks import check

    try:
        catalog = None if project.is_untranslated(tag) else files.catalog(project, domain, tag)
    except AnklError as wrong:
        return wrong.problems
    if not catalog:
        return ()
    terms = glossary.entries(project, tag)
    return tuple(check(catalog, language(tag), project.config.source, terms))


@query
def suppressions(project: Project, domain: str, tag: str) -> Suppressions:
    """Return what translators silenced in a catalog."""
    from ankl_i18n.checks.suppressed import silenced

    catalog = catalog_of(project, domain, tag)
    if not catalog:
        return Suppressions()
    terms = glossary.entries(project, tag)
    answered = silenced(catalog, language(tag), project.config.source, terms)
    return Suppressions(catalog.path, tuple((one.problem, one.reason) for one in answered))


@query
def asked(project: Project, domain: str, tag: str) -> tuple[tuple[Location, str], ...]:
    """Return what translators ask the author in a catalog, with the place of each question."""
    catalog = catalog_of(project, domain, tag)
    asked_texts = questions.asked(catalog)
    path = catalog.path if catalog else ""
    return tuple((Location(path, entry.line), text) for entry, text in asked_texts)


@query
def catalog_has_errors(project: Project, domain: str, tag: str) -> bool:
    """Tell whether a catalog has errors."""
    problems_of = catalog_problems(project, domain, tag)
    return any(problem.severity is Severity.ERROR for problem in problems_of)


@query
def review_state(project: Project, domain: str, tag: str) -> str:
    """Return the state of review of a catalog: "draft" or "reviewed".

    With a policy of review it is computed for each leaflet; of others the header says it.
    """
    from ankl_i18n.catalogs.template import REVIEWED, is_reviewed

    names = domains(project).get(domain, ()) if project.config.review.is_set else ()
    if names:
        states = [review_of_leaflet(project, name, tag) for name in names]
        return REVIEWED if all(one == REVIEWED for one in states) else DRAFT
    catalog = catalog_of(project, domain, tag)
    return REVIEWED if catalog and is_reviewed(catalog) else DRAFT


def review_of_leaflet(project: Project, name: str, tag: str) -> str:
    """Return the state of review of a leaflet: "draft" or "reviewed"."""
    from ankl_i18n.catalogs.template import REVIEWED
    from ankl_i18n.review.state import is_reviewed, state

    if not project.config.review.is_set:
        return review_state(project, files.domain_of(project, name), tag)
    if not leaflets.is_readable(project, name):
        return DRAFT
    return REVIEWED if is_reviewed(project.config.review, state(project, name, tag)) else DRAFT


@memory_query(RECENT)
def translations(project: Project, domain: str, tag: str) -> Mapping[Key, str | None]:
    """Return the msgstr of every message of a catalog, None where it must not be shown."""
    from ankl_i18n.coverage import counting

    return counting.translations(catalog_of(project, domain, tag))


@memory_query(RECENT)
def standings(project: Project, domain: str, tag: str) -> Mapping[Key, Standing]:
    """Return how the messages of a catalog stand; none where there is none to be read."""
    from ankl_i18n.coverage import counting

    if domain == UI:
        return counting.combined(files.ui_catalogs(project, tag))
    return counting.standings(catalog_of(project, domain, tag))


def translator(project: Project, domain: str, tag: str) -> Callable[[Segment], str | None]:
    """Return a function from a segment to the msgstr to show for it, or None."""
    lang = language(tag)
    if lang.is_pseudo:
        return lambda segment: pseudo(segment.msgid, lang)
    known = translations(project, domain, tag)
    return lambda segment: find(known, segment)


# --- publication --------------------------------------------------------------------------------


def reasons(project: Project, name: str, tag: str) -> tuple[str, ...]:
    """Return why a leaflet is not published in a language; none: it is."""
    if day := leaflets.withdrawn(project, name):
        return (f"it was withdrawn ({day})",)
    if tag in PSEUDO or project.is_untranslated(tag):
        return ()
    return unread(project, name, tag) if project.options.drafts else missing(project, name, tag)


@query
def is_published(project: Project, name: str, tag: str) -> bool:
    """Tell whether readers get a leaflet in a language."""
    return not reasons(project, name, tag)


def published(project: Project, tag: str) -> list[str]:
    """Return the names of the leaflets that readers get in a language."""
    return [name for name in leaflets.readable(project) if is_published(project, name, tag)]


@query
def unread(project: Project, name: str, tag: str) -> tuple[str, ...]:
    """Return which catalogs that a leaflet needs cannot be read, as reasons."""
    domains = dict.fromkeys((files.domain_of(project, name), *page_domains(project)))
    broken = [domain for domain in domains if is_broken(project, domain, tag)]
    return tuple(f"the catalog {domain} cannot be read" for domain in broken)


@query
def missing(project: Project, name: str, tag: str) -> tuple[str, ...]:
    """Return why a leaflet is not published in a language, drafts aside."""
    if why := unread(project, name, tag):
        return why
    if not leaflets.is_readable(project, name):
        return ("it cannot be read",)
    domain = files.domain_of(project, name)
    reasons = publishable(coverage_of_leaflet(project, name, tag), project.config.threshold(tag))
    if project.config.check_errors == "block" and catalog_has_errors(project, domain, tag):
        reasons.append("its catalog has errors")
    if project.config.check_errors == "block" and publisher_errs(project, tag):
        reasons.append("the catalog of the publisher has errors")
    reasons += held(project, name, tag)
    return (*reasons, *wordless(project, tag), *unreviewed(project, name, tag))


@query
def dangerous(project: Project, name: str, tag: str) -> tuple[str, ...]:
    """Return the texts that changed in a way that can harm and are not translated again."""
    from ankl_i18n.coverage import outdated

    if project.is_untranslated(tag):
        return ()
    catalog = catalog_of(project, files.domain_of(project, name), tag)
    segments = leaflets.document(project, name).segments
    return outdated.dangerous(segments, catalog, project.config.source)


def held(project: Project, name: str, tag: str) -> list[str]:
    """Return why a leaflet is held back until a change that can harm is translated, if it is."""
    if project.config.review.safety_change != HOLD:
        return []
    texts = dangerous(project, name, tag)
    more = f" and {len(texts) - SHOWN_WORDS} more" if len(texts) > SHOWN_WORDS else ""
    named = ", ".join(f"“{text}”" for text in texts[:SHOWN_WORDS])
    return [f"a safety change is not translated yet: {named}{more}"] if texts else []


def unreviewed(project: Project, name: str, tag: str) -> tuple[str, ...]:
    """Return why the policy of review holds a leaflet back in a language; none without one."""
    if not project.config.review.is_set or project.is_untranslated(tag):
        return ()
    from ankl_i18n.review.state import state

    return state(project, name, tag).reasons


@query
def missing_words(project: Project, tag: str) -> tuple[str, ...]:
    """Return the interface strings that readers need and that are not in their language."""
    if tag in PSEUDO or files.is_english(language(tag)):
        return ()
    known = standings(project, UI, tag)
    return tuple(key[1] for key in files.required_ui() if key not in known or known[key][0])


def wordless(project: Project, tag: str) -> tuple[str, ...]:
    """Return why no leaflet is published in a language whose readers lack words of the pages."""
    lost = missing_words(project, tag)
    if not lost:
        return ()
    more = f" and {len(lost) - SHOWN_WORDS} more" if len(lost) > SHOWN_WORDS else ""
    named = ", ".join(f"“{msgid}”" for msgid in lost[:SHOWN_WORDS])
    path = project.config.relative(files.catalog_path(project, UI, language(tag)))
    return (f"words of the page not translated in {path}: {named}{more}",)


def page_domains(project: Project) -> tuple[str, ...]:
    """Return the domains of what every page says: the publisher's texts, interface strings."""
    publisher = (files.publisher_domain(project),) if project.config.publisher else ()
    return (*publisher, UI)


def publisher_errs(project: Project, tag: str) -> bool:
    """Tell whether the publisher's texts, in a catalog of their own, have errors in a language."""
    domain = files.publisher_domain(project)
    is_own = bool(project.config.publisher) and not project.config.domain
    return is_own and catalog_has_errors(project, domain, tag)


# --- coverage -----------------------------------------------------------------------------------


def domains(project: Project, chosen: Collection[str] = ()) -> dict[str, list[str]]:
    """Return the names of the leaflets of each domain, in order; of those `chosen`, if any."""
    by_domain: dict[str, list[str]] = {}
    for name in leaflets.readable(project):
        if chosen and name not in chosen:
            continue
        by_domain.setdefault(files.domain_of(project, name), []).append(name)
    return by_domain


@query
def coverage_of(project: Project, domain: str, tag: str) -> LeafletCoverage:
    """Return how far a domain is in a language."""
    from ankl_i18n.coverage.counting import coverage

    translatable(project, domain)
    with project.traced():  # what there is to translate is all that counts
        contents = outline(project, domain)
    return coverage(domain, contents, standings(project, domain, tag), tag)


def coverage_of_leaflet(project: Project, name: str, tag: str) -> LeafletCoverage:
    """Return how far a leaflet is in a language, though its domain may be that of others, too."""
    from ankl_i18n.coverage import counting

    domain = files.domain_of(project, name)
    if domain == name:
        return coverage_of(project, name, tag)
    return counting.coverage(
        name, leaflet_outline(project, name), standings(project, domain, tag), tag
    )


@query
def translatable(project: Project, domain: str) -> str:
    """Return the digest of what there is to translate in a domain."""
    return digest(repr(outline(project, domain)).encode(errors="surrogatepass"))


@memory_query(RECENT)
def outline(project: Project, domain: str) -> Outline:
    """Return what there is to translate in a domain, the same for all languages."""
    from ankl_i18n.catalogs.template import messages_of, publisher_messages
    from ankl_i18n.coverage import counting

    if domain == UI:
        template = files.read_template(project, UI)
        return counting.outline(
            messages_of(template) if template else (), {REQUIRED_WORDS: files.required_ui()}
        )
    if domain in files.own_domains(project):
        return counting.outline(publisher_messages(project.config.publisher, SETTINGS_FILE))
    names = domains(project).get(domain, [])
    segments = (segment for name in names for segment in leaflets.document(project, name).segments)
    return counting.outline(segments)


@memory_query(RECENT, spill=True)
def leaflet_outline(project: Project, name: str) -> Outline:
    """Return what there is to translate in a leaflet."""
    from ankl_i18n.coverage import counting

    return counting.outline(leaflets.document(project, name).segments)
