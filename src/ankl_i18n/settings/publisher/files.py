"""The contents of a publisher's files, once they have been read and found good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankl_i18n.settings.publisher.fonts import Face


@dataclass(frozen=True, slots=True)
class Files:
    """What a publisher's files hold, for one language.

    `pictures` maps the kinds of logo ("file", "dark", "print") to bytes and the file's name,
    `fonts` maps scripts to faces and the bytes of their files. `templates` are pairs of a path
    and a text.
    """

    pictures: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    fonts: Mapping[str, tuple[tuple[Face, bytes], ...]] = field(default_factory=dict)
    style_sheet: str = ""
    templates: tuple[tuple[str, str], ...] = ()
