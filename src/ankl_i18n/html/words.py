"""The words of the page templates, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from ankl_i18n.html.marks import marked
from ankl_i18n.languages import Language

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """Translated words of the page templates.

    `source` is the language of the msgids. `forms` maps a msgid to its msgstr or plural forms,
    `plural` a number to a form's index; `plurals` are the rules of words from other catalogs.
    `drafts` are the msgids whose translation no professional has read, `marks` name the messages
    that are marked in pages (see `html.marks`).
    Translations are data: they are escaped, and a `{name}` in them is only ever replaced by a
    value; nothing else in them is interpreted.
    """

    language: Language
    source: Language
    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]
    plurals: Mapping[str, Callable[[int], int]] = field(default_factory=dict)
    drafts: Set[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)

    def text(self, msgid: str, **values: Any) -> Markup:
        """Return words for element content; untranslated ones are marked with their language."""
        form = self._form(msgid)
        filled = self._named(msgid, _fill(escape(msgid if form is None else form), values))
        return filled if form is not None else self._marked(filled)

    def attribute(self, msgid: str, **values: Any) -> str:
        """Return words for an attribute or title, as plain text."""
        form = self._form(msgid)
        return PLACEHOLDER.sub(
            lambda name: str(values.get(name[1], name[0])), msgid if form is None else form
        )

    def number(self, msgid: str, msgid_plural: str, n: int, **values: Any) -> Markup:
        """Return words that depend on a number; `{n}` is the number in the reader's digits."""
        forms = self.forms.get(msgid)
        if not forms:
            words = _fill(escape(msgid if n == 1 else msgid_plural), {"n": n, **values})
            own = self._named(msgid, words)
            return own if self._is_own else self._marked(own)
        plural = self.plurals.get(msgid, self.plural)
        form = forms[min(plural(n), len(forms) - 1)]
        number = {"n": self.language.format_number(n), **values}
        return self._named(msgid, _fill(escape(form), number))

    def originals(self, *msgids: str) -> list[str]:
        """Return those msgids whose translation no professional has read, to be shown with it."""
        return [] if self._is_own else [msgid for msgid in msgids if msgid in self.drafts]

    def _form(self, msgid: str) -> str | None:
        forms = self.forms.get(msgid)
        return forms[0] if forms else msgid if self._is_own else None

    def _named(self, msgid: str, words: Markup) -> Markup:
        if msgid not in self.marks:
            return words
        return Markup(marked(words, self.marks[msgid]))  # noqa: S704 - of escaped words

    @property
    def _is_own(self) -> bool:
        """Whether the msgids are in the reader's language: English ones, for `en-GB`, too."""
        return self.language.tag.partition("-")[0] == self.source.tag.partition("-")[0]

    def _marked(self, words: Markup) -> Markup:
        return Markup('<span class="untranslated" lang="{}" dir="{}">{}</span>').format(
            self.source.tag, self.source.direction, words
        )


def _fill(text: Markup, values: Mapping[str, Any]) -> Markup:
    """Replace `{name}` by its escaped value; an unknown name stays as it is."""

    def value(name: re.Match[str]) -> str:
        return str(escape(values.get(name[1], name[0])))

    return Markup(PLACEHOLDER.sub(value, str(text)))  # noqa: S704 - both were escaped
