"""What the text of a leaflet needs from the world around it, and where links lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankl_i18n.html.words import Words
    from ankl_i18n.languages import Language


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link to another leaflet leads: its address and the language found there.

    `is_list`: it is that of the list of leaflets, since there is something wrong with this one.
    `title_html` is the leaflet's title in that language.
    """

    href: str
    language: Language
    is_list: bool = False
    title_html: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text of a leaflet needs from the world around it, as pure functions.

    `leaflet(name)` finds another leaflet by its name (path without `.md`) or None; `asset`
    returns the bytes and the name of an image in the reader's language, or None. `on_paper`:
    nobody can follow a link there, so it says where it leads. It `draws_lines` in the place of
    underscores.
    """

    leaflet: Callable[[str], Target | None]
    asset: Callable[[str], tuple[bytes, str] | None]
    words: Words
    on_paper: bool = False
    draws_lines: bool = False
