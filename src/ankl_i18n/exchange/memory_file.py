"""TMX as a format of catalogs: what is translated goes out, and may come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankl_i18n.catalogs.po import State
from ankl_i18n.exchange import tmx

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ankl_i18n.exchange.units import Package


def write(packages: Iterable[Package]) -> bytes:
    """Return a memory of what is translated in some catalogs from one language.

    Fuzzy texts stay out: whoever looks something up takes it for right.
    """
    made = list(packages)
    units = (
        tmx.Translation(
            package.source, unit.source(form), package.target, target, unit.id, package.domain,
            unit.msgctxt,
        )
        for package in made
        for unit in package.units
        if unit.state is State.TRANSLATED
        for form, target in enumerate(unit.targets)
    )  # fmt: skip
    return tmx.write(units, made[0].source)
