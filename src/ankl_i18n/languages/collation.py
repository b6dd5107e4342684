"""The order of words in a language, as in its dictionaries: UTS 10, with the rules of CLDR."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from ankl_i18n.languages.language import Language


def in_order(words: Sequence[str], language: Language) -> list[int]:
    """Return the places of some words in the order of a language, equal ones as they stand.

    Where icu4py brings no collation, all stay in their places.
    """
    places = list(range(len(words)))
    if _icu() is None:
        return places
    keys = [_key(word, language.cldr) for word in words]
    return sorted(places, key=keys.__getitem__)


@cache
def _icu() -> Any:
    """Return `ucol_open` and `ucol_getSortKey` of ICU, which icu4py has, but does not call."""
    from icu4py import icu_version_info, messageformat

    release = icu_version_info[0]
    library = ctypes.CDLL(messageformat.__file__)
    try:
        opened = getattr(library, f"ucol_open_{release}")
        key = getattr(library, f"ucol_getSortKey_{release}")
    except AttributeError:
        return None
    opened.restype = ctypes.c_void_p
    opened.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    key.restype = ctypes.c_int32
    key.argtypes = [
        ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32
    ]  # fmt: skip
    return opened, key


@cache
def _collator(cldr: str) -> int:
    """Return ICU's collator of a locale; a program needs few, and keeps them."""
    code = ctypes.c_int(0)
    collator = _icu()[0](cldr.encode(), ctypes.byref(code))
    if code.value > 0 or not collator:  # U_FAILURE
        raise RuntimeError(f"ICU cannot sort {cldr}: error {code.value}")
    return int(collator)


def _key(word: str, cldr: str) -> bytes:
    key, collator = _icu()[1], _collator(cldr)
    text = word.encode(f"utf-16-{sys.byteorder[0]}e")
    size = key(collator, text, len(text) // 2, None, 0)
    made = ctypes.create_string_buffer(size)
    key(collator, text, len(text) // 2, made, size)
    return made.raw
