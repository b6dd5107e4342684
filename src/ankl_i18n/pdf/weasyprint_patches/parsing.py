"""Parsing: a page is parsed once for all its sizes of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from io import StringIO
from typing import Any

from weasyprint import tinyhtml5

_parse = tinyhtml5.parse


def parse(document: Any, **more: Any) -> Any:
    """Return the tree of a page. Upstream: `weasyprint.HTML` could take a tree that is there."""
    if isinstance(document, StringIO):
        return deepcopy(_parsed(document.getvalue(), *more.items()))
    return _parse(document, **more)


@lru_cache(maxsize=2)
def _parsed(text: str, *more: tuple[str, Any]) -> Any:
    return _parse(StringIO(text), **dict(more))


class CharactersUntil(dict[tuple[Any, bool], re.Pattern[str]]):
    """The regular expressions of `tinyhtml5.inputstream`, by what they look for.

    Upstream: it has them in a dictionary, but under keys that are never asked for.
    """

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, is_opposite = key
        signs = "".join(f"\\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if is_opposite else '^'}{signs}]+")
        return self[key]
