"""What is at the address of a code: what became of the text that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.html.signed import Signed
from ankl_i18n.source.texts import read


@dataclass(frozen=True, slots=True)
class Found:
    """What the template `verify.html.j2` reads, beside the frame.

    `title` and `why` it was withdrawn are HTML. `state` is "current", "replaced", "withdrawn" or
    "held"; `href` leads to the newest version,
    "" if there is none, whose code is `newer`. `changes` are the texts that are not the same, as
    HTML; `staff` are lines in English about what was printed when.
    """

    code: str
    name: str
    state: str
    title: str
    href: str
    newer: str
    why: str
    signed: Signed
    changes: tuple[Markup, ...]
    staff: tuple[str, ...]

    @property
    def title_html(self) -> Markup:
        """The leaflet's title."""
        return Markup(self.title)  # noqa: S704 - made by page.front_html

    @property
    def reason(self) -> Markup:
        """Why the leaflet was withdrawn."""
        return Markup(self.why)  # noqa: S704 - made by html.reason

    @property
    def shown_code(self) -> str:
        """The code as people read and type it."""
        half = len(self.code) // 2
        return f"{self.code[:half]}-{self.code[half:]}"


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Markup, ...]:
    """Return the texts that are not in both, each with its words struck out and put in."""
    keys = dict.fromkeys([*old, *new])
    pairs = ((read(old.get(key, "")).shown, read(new.get(key, "")).shown) for key in keys)
    return tuple(_marked(before, after) for before, after in pairs if before != after)


def _marked(before: str, after: str) -> Markup:
    out = Markup()
    for edit in word_diff(before, after):
        if edit.same:
            out += escape(edit.old)
            continue
        if edit.old:
            out += Markup("<del>{}</del>").format(edit.old)
        if edit.new:
            out += Markup("<ins>{}</ins>").format(edit.new)
    return out
