"""What the desk tells of one text: everything a translator needs to translate it well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from ankl_i18n.catalogs import glossary
from ankl_i18n.catalogs.finding import find
from ankl_i18n.catalogs.po import Catalog, Entry, PluralError, parse_plural_forms
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.questions import questions
from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.checks.silence import silences
from ankl_i18n.coverage import publication
from ankl_i18n.exchange.codes import Role, split
from ankl_i18n.languages import Language, language
from ankl_i18n.workbench import paint
from ankl_i18n.workbench.live import Found
from ankl_i18n.workbench.names import version
from ankl_i18n.workbench.texts import Text
from ankl_i18n.workbench.topics import topic

Json = dict[str, Any]
# Numbers that show what a plural form is for, and how many of them are shown.
COUNTED: Final = (*range(200), 1000, 1_000_000)
SHOWN: Final = 5
NO_BREAK: Final = "\u00a0"
JOINERS: Final = ("\u200c", "\u200d")
WORD_BREAK: Final = "\u200b"
# Signs that keyboards lack, in every language.
USUAL: Final = ("–", "…", "’", "·", NO_BREAK)


def row(text: Text, entry: Entry | None, problems: Iterable[tuple[str, str]]) -> Json:
    """Return a text in the list of texts; of problems it has their kinds and severities."""
    return {
        "name": text.name,
        "source": text.key[1],
        "section": text.section,
        "kind": text.kind,
        "required": text.required,
        "words": text.words,
        "forms": list(entry.forms) if entry else [""],
        "state": str(entry.state()) if entry else "untranslated",
        "version": version(entry),
        "problems": [[topic(kind), severity] for kind, severity in problems],
        "asked": bool(entry and questions(entry)),
    }


def details(
    text: Text, entry: Entry | None, catalog: Catalog, lang: Language, terms: Sequence[Json] = ()
) -> Json:
    """Return what is told of a text and its translation in a catalog; `terms` are in it."""
    previous = (entry.previous_msgid or "") if entry else ""
    changed = previous and previous != text.key[1]
    return {
        "name": text.name,
        "source": pieces(text.key[1], terms),
        "plural": pieces(text.plural, terms) if text.plural else [],
        "previous": [[e.old, e.new] for e in word_diff(previous, text.key[1])] if changed else [],
        "context": text.key[0] or "",
        "section": text.section,
        "kind": text.kind,
        "notes": list(text.notes),
        "terms": list(terms),
        "required": text.required,
        "samples": samples(catalog, lang) if text.plural else [],
        **standing(entry, len(samples(catalog, lang)) if text.plural else 1),
    }


def standing(entry: Entry | None, count: int = 1) -> Json:
    """Return how a translation stands: its forms, and what its translator wrote beside it."""
    forms = list(entry.forms) if entry else []
    return {
        "forms": forms or [""] * count,
        "fuzzy": bool(entry and entry.is_fuzzy()),
        "version": version(entry),
        "questions": questions(entry) if entry else [],
        "ignored": [[list(silence.kinds), silence.reason] for silence in silences(entry)]
        if entry
        else [],
        "comment": (entry.tcomment or "") if entry else "",
    }


def pieces(text: str, terms: Sequence[Json] = ()) -> list[list[str]]:
    """Return the pieces of a source: its text, "text" or the role of a code, and its marks."""
    words = [term["term"] for term in terms]
    shown: list[list[str]] = []
    for one in split(text):
        if one.role is Role.TEXT:
            spans = paint.source_spans(one.text, words)
            shown += ([run, "text", marks] for run, marks in paint.painted(one.text, spans))
        else:
            shown.append([one.text, str(one.role), ""])
    return shown


def painted(
    text: Text, forms: Sequence[str], lang: Language, terms: Sequence[Json],
    problems: Sequence[Found],
) -> list[list[list[str]]]:  # fmt: skip
    """Return the pieces of each form of a translation, with what is drawn behind them."""
    words = [form for term in terms for form in term["forms"]]
    source = f"{text.key[1]} {text.plural}"
    return [
        paint.painted(
            form,
            (
                *paint.plain_spans(form),
                *paint.code_spans(form),
                *paint.term_spans(form, words, lang),
                *paint.wrong_spans(i, form, source, problems),
            ),
        )
        for i, form in enumerate(forms)
    ]


def samples(catalog: Catalog, lang: Language) -> list[list[int]]:
    """Return numbers for each plural form of a catalog."""
    try:
        rule = parse_plural_forms(catalog.headers.get("Plural-Forms") or lang.plural_forms)
    except PluralError:
        rule = parse_plural_forms(lang.plural_forms)
    numbers: list[list[int]] = [[] for _ in range(rule.nplurals)]
    for n in COUNTED:
        if len(numbers[rule.index(n)]) < SHOWN:
            numbers[rule.index(n)].append(n)
    return numbers


def signs(lang: Language) -> list[str]:
    """Return signs of a language that keyboards may lack."""
    script, writing = lang.data.script, lang.data.writing
    own = [*writing.quotes.split(), *USUAL]
    own += JOINERS if script.joiners else ()
    own += [WORD_BREAK] if script.wraps else []
    return list(dict.fromkeys(own))


def terms(project: Project, tag: str, text: Text, others: Sequence[tuple[Text, str]]) -> list[Json]:
    """Return terms that are in a text, with what they are called in a language.

    They are those of the project's glossary, then the leaflet's own: `others` are its texts with
    their translations.
    """
    msgid = text.key[1].casefold()
    listed: list[Json] = [
        {
            "term": one.term,
            "forms": [form.replace("|", " | ") for form in one.forms.get(tag, ())],
            "forbidden": list(one.forbidden.get(tag, ())),
            "note": one.note or one.definition,
        }
        for one in glossary.glossary(project).terms
        if one.term.casefold() in msgid and (tag in one.forms or tag in one.forbidden)
    ]
    known = {one["term"].casefold(): one for one in listed}
    for other, translation in others:
        term = other.key[1]
        if not translation or other.key == text.key or term.casefold() not in msgid:
            continue
        own = known.setdefault(
            term.casefold(), {"term": term, "forms": [], "forbidden": [], "note": ""}
        )
        if translation.casefold() not in map(str.casefold, own["forms"]):
            own["forms"].append(translation)
    return list(known.values())


def in_other_languages(project: Project, tag: str, text: Text) -> Iterator[Json]:
    """Yield what a text is in the project's other languages."""
    for lang in project.config.targets:
        known = publication.translations(project, text.domain, lang.tag)
        translation = find(known, _Keyed(text)) if lang.tag != tag else None
        if translation:
            yield {
                "tag": lang.tag,
                "name": lang.english,
                "dir": lang.direction,
                "text": translation,
            }


class _Keyed:
    def __init__(self, text: Text) -> None:
        self.key = text.key


def problems(judged: Iterable[Found]) -> list[Json]:
    """Return problems as the browser shows them; the file that they are in is no matter there."""
    return [
        {
            "kind": one.problem.kind,
            "topic": topic(one.problem.kind),
            "severity": str(one.problem.severity),
            "message": one.problem.message,
            "hint": one.problem.hint,
            "fixes": [list(forms) for forms in one.fixes],
            "silenced": one.silenced,
            "protecting": one.protecting,
        }
        for one in judged
    ]


def about(tag: str) -> Json:
    """Return what the browser must know of a language."""
    lang = language(tag)
    return {
        "tag": lang.tag,
        "dir": lang.direction,
        "name": lang.english,
        "endonym": lang.endonym,
        "signs": signs(lang),
        "length": list(lang.data.writing.length),
        "fonts": [*lang.data.fonts, *lang.data.script.stack],
    }
