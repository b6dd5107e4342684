"""TMX as a format of catalogs: what is translated goes out, and may come back."""

from __future__ import annotations

from ankl_i18n.catalogs.po import State
from ankl_i18n.exchange import tmx
from ankl_i18n.exchange.units import Package


def write(package: Package) -> bytes:
    """Return a memory of what is translated in one catalog.

    Fuzzy texts stay out: whoever looks something up takes it for right.
    """
    units = (
        tmx.Translation(
            package.source, unit.source(form), package.target, target, unit.id, package.domain,
            unit.msgctxt,
        )
        for unit in package.units
        if unit.state is State.TRANSLATED
        for form, target in enumerate(unit.targets)
    )  # fmt: skip
    return tmx.write(units, package.source)
