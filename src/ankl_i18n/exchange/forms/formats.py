"""The formats of forms: how the names of their files end, who writes and who reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ankl_i18n.exchange.archive import refuse
from ankl_i18n.exchange.forms import docx, html, xlsx
from ankl_i18n.exchange.forms.names import BACK, ENDINGS
from ankl_i18n.exchange.forms.records import Filled, Form


@dataclass(frozen=True, slots=True)
class FormFormat:
    """A format: `write` makes a file of a form, `parse` says what came back in one.

    What comes back ends with `back`: a page saves a file of another kind.
    """

    name: str
    write: Callable[[Form], bytes]
    parse: Callable[[bytes, str], Filled]

    @property
    def ending(self) -> str:
        """What the names of files end with that go out."""
        return ENDINGS[self.name]

    @property
    def back(self) -> str:
        """What the names of files end with that come back."""
        return BACK[self.name]


FORM_FORMATS: Final = (
    FormFormat("xlsx", xlsx.write, xlsx.parse),
    FormFormat("docx", docx.write, docx.parse),
    FormFormat("html", html.write, html.parse),
)


def read(data: bytes, path: str) -> Filled:
    """Return what came back in a file. Raises `CatalogError`."""
    for form in FORM_FORMATS:
        if path.casefold().endswith(form.back):
            return form.parse(data, path)
    endings = ", ".join(one.back for one in FORM_FORMATS)
    raise refuse(
        path, f"no form has this file extension; known: {endings}", "save it in one of these"
    )
