"""Where an update and msgmerge start a new message from different old ones.

Which of the two suggestions serves a translator better, people have to judge; docs/performance.md
tells by which rule, and what came out.
"""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.renewal import update
from ankl_i18n.languages import language

if TYPE_CHECKING:
    from pathlib import Path


def sample(root: Path, template: Path, catalog: Path, tag: str, count: int, seed: int) -> str:
    """Return a sample of the new messages that the two pair differently, and how many there are."""
    ours = po.read(catalog)
    pot = po.read(template)
    update(ours, pot, language(tag))
    merged = root / "merged.po"
    command = ["msgmerge", "--quiet", "--previous", "-o", merged, catalog, template]
    subprocess.run(command, check=True)
    return report(ours, po.read(merged), count, seed)


def report(ours: po.Catalog, theirs: po.Catalog, count: int, seed: int) -> str:
    """Return the differences between two updated catalogs, a sample of them in full."""
    one, other = _origins(ours), _origins(theirs)
    keys = [entry.key() for entry in ours.entries if not entry.obsolete]
    different = [key for key in keys if one.get(key) != other.get(key)]
    chosen = random.Random(seed).sample(different, min(count, len(different)))
    lines = [f"{len(different)} messages paired differently, {len(chosen)} of them:"]
    for number, key in enumerate(chosen, 1):
        lines.append(f"{number:3} new      | {key[1]!r}")
        lines.append(f"    ours     | {one.get(key, '-')!r}")
        lines.append(f"    msgmerge | {other.get(key, '-')!r}")
    return "\n".join(lines)


def _origins(catalog: po.Catalog) -> dict[po.Key, str]:
    """Return the text that each fuzzy message was made from."""
    live = (entry for entry in catalog.entries if not entry.obsolete)
    return {e.key(): e.previous_msgid for e in live if e.is_fuzzy() and e.previous_msgid}
