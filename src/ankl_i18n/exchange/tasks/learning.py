"""What a reviewer found is kept: as a term of the glossary, or as a case for the checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ankl_i18n.catalogs import glossary, po
from ankl_i18n.catalogs.glossary import Term
from ankl_i18n.catalogs.po import disk
from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks import check
from ankl_i18n.languages import language
from ankl_i18n.review.remarks import Remark

FILE: Final = "terms.csv"
CASES: Final = "cases"


@dataclass(frozen=True, slots=True)
class Word:
    """What a term is called in a language, and what it may not be called ("" for either)."""

    term: str
    translation: str = ""
    forbidden: str = ""


def learn_word(project: Project, tag: str, word: Word) -> str:
    """Put a term into the glossary, or more into one that it has; return the file's path.

    A translation becomes the preferred one. The files of the glossary must be right. Raises
    `SettingsError` if one has just been changed, and OSError.
    """
    known = glossary.glossary(project).terms
    old = next((one for one in known if one.term.casefold() == word.term.casefold()), None)
    name = old.path if old else f"{glossary.FOLDER}/{FILE}"
    path = project.root / name
    present = disk.content(path)
    terms = glossary.parse(present, name)[0] if present else []
    earlier = next((term for term in terms if term.term.casefold() == word.term.casefold()), None)
    terms = [_with(term, tag, word) if term is earlier else term for term in terms]
    if earlier is None:
        terms.append(_with(Term(word.term), tag, word))
    used = [one for term in terms for one in (*term.forms, *term.forbidden)]
    tags = dict.fromkeys([*(target.tag for target in project.config.targets), *used])
    disk.put(path, glossary.write(terms, [*tags]), present)
    return name


def _with(term: Term, tag: str, word: Word) -> Term:
    forms, forbidden = dict(term.forms), dict(term.forbidden)
    if word.translation:
        others = (one for one in forms.get(tag, ()) if one != word.translation)
        forms[tag] = (word.translation, *others)
    if word.forbidden:
        others = (one for one in forbidden.get(tag, ()) if one != word.forbidden)
        forbidden[tag] = (*others, word.forbidden)
        forms[tag] = tuple(one for one in forms.get(tag, ()) if one != word.forbidden)
    return replace(term, forms={k: v for k, v in forms.items() if v}, forbidden=forbidden)


def learn_case(project: Project, remark: Remark, right: str) -> tuple[str, list[str]]:
    """Keep a wrong translation, and the right one ("" if nobody knows it), as a case.

    Return the file's path, and the kinds of checks that find the fault today: none is a case for
    a new check. The file is a catalog like those in which the checks' own cases are.
    """
    lang = language(remark.act.language)
    name = f"{CASES}/{lang.gettext_id}.po"
    path = project.root / name
    catalog = po.read(path, name) if path.is_file() else po.new(name, _headers(lang.gettext_id))
    message = remark.message
    wrong = po.Entry(
        msgid=message.msgid, msgstr=message.msgstr[0] if message.msgstr else "",
        msgctxt=f"wrong {remark.id}",
    )  # fmt: skip
    one = po.new(name, {"Language": lang.gettext_id})
    one.entries = [wrong]
    kinds = sorted({problem.kind for problem in check(one, lang, project.config.source)})
    comment = [f"expect: {', '.join(kinds)}" if kinds else "expect: nothing so far"]
    comment += [f"{message.type or 'error'} {message.severity}: {message.note}".strip()]
    wrong.comment = "\n".join(comment)
    known = {entry.key() for entry in catalog.entries}
    fresh = [wrong] if wrong.key() not in known else []
    if right:
        good = po.Entry(msgid=message.msgid, msgstr=right, msgctxt=f"right {remark.id}")
        good.comment = "expect: nothing"
        fresh += [good] if good.key() not in known else []
    catalog.entries = [*catalog.entries, *fresh]
    path.parent.mkdir(parents=True, exist_ok=True)
    po.save(catalog, path, root=project.root)
    return name, kinds


def _headers(gettext_id: str) -> dict[str, str]:
    return {
        "Language": gettext_id,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
