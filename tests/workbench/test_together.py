"""Two browsers and another program write one catalog at the same time: nothing is lost.

Everybody remembers which text they found and which one they put in its place. Afterwards each
message must have one history: from the text at the beginning to the one in the file, through every
text that anybody saved. A text that was written over by somebody who had not seen it would be a
second way.
"""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from pathlib import Path

import polib
import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.po import disk
from running_workbench import Running, running
from sample_project import make

EACH = [pytest.param(30, id="some"), pytest.param(300, id="many", marks=pytest.mark.slow)]
Steps = dict[str, list[tuple[str, str]]]


def browser(bench: Running, who: str, edits: int, seed: int, steps: Steps) -> None:
    """Edit texts as a browser does: see one, type another, save it, settle a conflict."""
    chance = random.Random(seed)
    place = {"leaflet": "drain", "tag": "fr"}
    names = [row["name"] for row in bench.post("open", **place)["texts"] if row["kind"]]
    for n in range(edits):
        name = chance.choice(names[:6])
        seen = bench.post("text", **place, name=name)
        mine = f"{who} {n}"
        bench.post("check", **place, name=name, forms=[mine], base=seen["version"])
        while True:
            base = {"forms": [mine], "base": seen["version"]}
            done = bench.post("save", **place, name=name, **base)
            if done["outcome"] == "saved":
                steps[done["row"]["source"]].append((seen["forms"][0], mine))
                break
            assert done["outcome"] == "conflict"
            seen = done["text"]  # they look at the other one, and take theirs all the same


def program(path: Path, edits: int, seed: int, steps: Steps) -> None:
    """Edit texts as an editor of PO files does: it writes the whole file in a form of its own."""
    chance = random.Random(seed)
    for n in range(edits):
        while True:
            present = path.read_bytes()
            catalog = polib.pofile(present.decode(), wrapwidth=chance.choice((60, 79, 100)))
            entry = chance.choice([one for one in catalog if not one.obsolete][:6])
            before, entry.msgstr = entry.msgstr, f"program {n}"
            with disk.locked(path.parent):  # nothing else comes between its look and its writing
                is_same = path.read_bytes() == present
                if is_same:
                    new = path.with_suffix(".new")
                    new.write_bytes(str(catalog).encode())
                    new.replace(path)
            if not is_same:
                continue  # it asks, and begins with the file as it is now
            steps[entry.msgid].append((before, entry.msgstr))
            break


@pytest.mark.parametrize("edits", EACH)
def test_nothing_is_lost(edits, tmp_path):
    sample = make(tmp_path)
    path = sample.catalog("fr", "drain")
    before = {entry.msgid: entry.msgstr for entry in po.read(path).entries}
    found: list[Steps] = [defaultdict(list) for _ in range(3)]
    with running(sample.root, "fr") as bench:
        threads = [
            threading.Thread(target=browser, args=(bench, "one", edits, 1, found[0])),
            threading.Thread(target=browser, args=(bench, "two", edits, 2, found[1])),
            threading.Thread(target=program, args=(path, edits, 3, found[2])),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    after = {entry.msgid: entry.msgstr for entry in po.read(path).entries}
    assert after.keys() == before.keys()
    count = 0
    for msgid, text in before.items():
        ways = dict(step for steps in found for step in steps.get(msgid, []))
        made = [new for steps in found for _, new in steps.get(msgid, [])]
        assert len(ways) == len(made), "two began with the same text, and both wrote"
        while text in ways:
            text = ways.pop(text)  # noqa: PLW2901
            count += 1
        assert (text, ways) == (after[msgid], {})
    assert count == 3 * edits
