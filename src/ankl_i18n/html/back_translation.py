"""The sheet of a back-translation: what everybody wrote, side by side, for the file.

Source, translation, back-translation, what the checks say, and the verdict (ISPOR's good practice
asks for such a record; Wild et al. 2005, Value in Health 8(2)). Its own words are English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ankl_i18n.html.proof import mixed
from ankl_i18n.html.records import Frame
from ankl_i18n.html.templating import render
from ankl_i18n.html.words import Words
from ankl_i18n.languages import Language, language
from ankl_i18n.review.records import Act, Kind, ReviewedMessage
from ankl_i18n.source.texts import read


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet.

    `remark` is that of whoever translated back, `note` that of whoever judged; `changed` tells
    whether readers get another translation now.
    """

    source: str
    translation: str
    back: str
    findings: Markup
    remark: Markup
    verdict: str
    note: Markup
    changed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the template `back_translation.html.j2` reads, beside the frame."""

    title: str
    leaflet: str
    source: Language
    target: Language
    lines: tuple[Line, ...]
    judged: int
    back: tuple[str, ...]
    verdicts: tuple[str, ...]


def sheet(  # noqa: PLR0913, PLR0917 - what the sheet is made of
    title: str,
    leaflet: str,
    languages: tuple[Language, Language],
    acts: Sequence[Act],
    findings: Mapping[str, str],
    current: frozenset[str],
    paper: str,
) -> str:
    """Return the HTML of the sheet of a leaflet's back-translations, the newest of each text.

    `languages` are those of the source and the translation, `findings` what the checks say by the
    hash of a message, `current` the hashes of what readers get now.
    """
    source, target = languages
    in_order = sorted(acts, key=lambda act: (act.date, act.name))
    back = {m.hash: m for act in in_order if act.act is Kind.BACK_TRANSLATE for m in act.messages}
    judged = {m.hash: m for act in in_order if act.act is Kind.VERDICT for m in act.messages}
    lines = tuple(
        _line(one, judged.get(one.hash), findings.get(one.hash, ""), target, one.hash in current)
        for one in back.values()
    )
    made = Sheet(
        title, leaflet, source, target, lines,
        sum(bool(line.verdict) for line in lines),
        _who(in_order, Kind.BACK_TRANSLATE), _who(in_order, Kind.VERDICT),
    )  # fmt: skip
    english = language("en")
    frame = Frame(english, (target.tag,), paper=paper, edition="proof")
    words = Words(english, english, {}, lambda _n: 0)
    return render("back_translation.html.j2", words, page=frame, sheet=made)


def _line(
    back: ReviewedMessage,
    verdict: ReviewedMessage | None,
    findings: str,
    target: Language,
    is_current: bool,
) -> Line:
    return Line(
        read(back.msgid).shown,
        "\n".join(read(form).shown for form in back.msgstr),
        back.text,
        mixed(findings.replace("\n", "; "), target),
        mixed(back.note, target),
        verdict.verdict if verdict else "",
        mixed(verdict.note if verdict else "", target),
        not is_current,
    )


def _who(acts: Sequence[Act], kind: Kind) -> tuple[str, ...]:
    """Return by whom and when acts of a kind were made."""
    return tuple(dict.fromkeys(f"{a.reviewer} ({a.date})" for a in acts if a.act is kind))
