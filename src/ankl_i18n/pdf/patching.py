"""Patches: ours in place of names of other packages, for a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

MISSING: Final = object()


class Patch(NamedTuple):
    """What is in place of an attribute of a module or a class.

    `replaced` gets what was there and returns ours. A function that is `shared` is replaced in
    all modules that import it by name.
    """

    owner: Any
    attribute: str
    replaced: Callable[[Any], Any]
    shared: bool = False


def by(ours: Any) -> Callable[[Any], Any]:
    """Return what a patch has for a replacement that needs nothing of what it replaces."""
    return lambda _theirs: ours


@contextmanager
def patched(patches: Iterable[Patch]) -> Iterator[None]:
    """Put patches in place one after another, and take them back."""
    before: list[tuple[Any, str, Any]] = []
    modules = [module for name, module in sys.modules.items() if name.startswith("weasyprint")]
    try:
        for patch in patches:
            theirs = vars(patch.owner).get(patch.attribute, MISSING)
            ours = patch.replaced(theirs)
            for owner in _owners(patch, theirs, modules):
                before.append((owner, patch.attribute, theirs))
                setattr(owner, patch.attribute, ours)
        yield
    finally:
        for owner, attribute, theirs in reversed(before):
            if theirs is MISSING:
                delattr(owner, attribute)
            else:
                setattr(owner, attribute, theirs)


def _owners(patch: Patch, theirs: Any, modules: Iterable[Any]) -> list[Any]:
    """Return the owners in which a patch is to be put, of modules that may import it."""
    if not patch.shared:
        return [patch.owner]
    others = [one for one in modules if vars(one).get(patch.attribute) is theirs]
    return [patch.owner, *(one for one in others if one is not patch.owner)]
