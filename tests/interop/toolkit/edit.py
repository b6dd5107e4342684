"""Translate an XLIFF or TMX file with translate-toolkit, whose own Python runs this.

usage: edit.py FILE NEW EDITS

EDITS has three lines for each edit: the beginning of a unit's id, the words, and the new words. A
unit without a translation begins with a copy of its source. Prints how many edits were made.
"""

import sys
from pathlib import Path

from translate.storage import factory
from translate.storage.xliff2 import Xliff2File


def main(path: str, made: str, changes: str) -> None:
    lines = Path(changes).read_text(encoding="utf-8").splitlines()
    edits = list(zip(lines[::3], lines[1::3], lines[2::3], strict=True))
    # Its factory takes every XLIFF for version 1.2.
    is_second = path.endswith(".xliff")
    store = Xliff2File.parsefile(path) if is_second else factory.getobject(path)
    count = sum(_edit(unit, edit) for unit in store.units for edit in edits)
    store.savefile(made)
    sys.stdout.write(f"{count}\n")


def _edit(unit, edit: tuple[str, str, str]) -> int:
    name, old, new = edit
    if not str(unit.getid()).rpartition("\x04")[2].startswith(name):
        return 0
    texts = unit.rich_target if unit.target else unit.rich_source
    leaves = [leaf for text in texts for leaf in text.flatten()]
    found = [leaf for leaf in leaves if old in str(leaf)]
    for leaf in found:
        leaf.sub = [part.replace(old, new) if isinstance(part, str) else part for part in leaf.sub]
    if found:
        unit.rich_target = texts
    return len(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
