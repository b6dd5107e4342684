"""Two browsers and somebody with Poedit edit the same catalog at once: nothing is lost.

Each writes texts that nobody else wrote before, into messages drawn at random. Afterwards each
message holds the last text that was saved for it, and each conflict was told to who had it.
`pytest -s` prints how much was written.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import polib
import pytest

from ankl_i18n.catalogs import po
from at_desk import Desk, at_desk, copy_of_repository, entry
from chromium import CONTROL, started

pytestmark = pytest.mark.browser
WORDS = ("repos", "soin", "fièvre", "eau", "sommeil", "aide", "visite", "main")


class Writers:
    """Two desks and a file, and what each message ought to hold."""

    def __init__(self, desks: list[Desk], path: Path, seed: int) -> None:
        self.desks, self.path, self.chance = desks, path, random.Random(seed)
        texts = desks[0].workbench.post("open", leaflet="ankl", tag="fr")["texts"]
        # A few messages, so that writers meet; without codes, so that any words will do.
        # Sources that stand in the catalog once: a second would need its context to be told apart.
        often = Counter(one.msgid for one in po.read(path, path.name).entries)
        plain = [
            one
            for one in texts
            if one["kind"]
            and often[one["source"]] == 1
            and not set("[]<>*`{}:^|") & {*one["source"]}
        ]
        self.names = {one["name"]: one["source"] for one in self.chance.sample(plain, 6)}
        self.holds = {name: self.on_disk(name) for name in self.names}
        self.done: Counter[str] = Counter()

    def on_disk(self, name: str) -> str:
        return str(entry(self.path, self.names[name]).msgstr)

    def text(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=4)) + f" {self.chance.random():.9f}"[3:]

    def step(self) -> None:
        """Let one of the three write, and sometimes another before the first has saved."""
        name = self.chance.choice([*self.names])
        writer = self.chance.randrange(3)
        if writer == 2:
            self.elsewhere(name)
            self.done["elsewhere"] += 1
            return
        desk = self.desks[writer]
        self.go(desk, name)
        mine = self.text()
        desk.type(mine)
        if self.chance.random() < 0.3:
            self.elsewhere(name)
            desk.press("s", CONTROL)
            desk.wait("the conflict", lambda: desk.has(".conflict"))
            assert self.holds[name] in desk.text(".conflict")
            assert self.on_disk(name) == self.holds[name]
            self.done["conflict"] += 1
            if self.chance.random() < 0.5:
                desk.click(".conflict div:nth-child(2) button")
                desk.wait("theirs", lambda: desk.value == self.holds[name])
                desk.wait("no conflict", lambda: not desk.has(".conflict"))
                self.done["theirs"] += 1
                return
            desk.click(".conflict div:last-child button")
        else:
            desk.press("s", CONTROL)
        desk.saved()
        desk.wait("it in the file", lambda: self.on_disk(name) == mine)
        self.holds[name] = mine
        self.done["saved"] += 1

    def go(self, desk: Desk, name: str) -> None:
        """Go to a text, and wait until the desk has what others made of it."""
        desk.browser.chrome.execute_script("location.hash = `#/fr/ankl/${arguments[0]}`;", name)
        source = self.names[name]
        desk.wait("the text", lambda: desk.here == name and desk.text(".source") == source)
        desk.wait("what stands", lambda: desk.value == self.holds[name])
        desk.browser.chrome.execute_script("document.querySelector('textarea').focus()")

    def elsewhere(self, name: str) -> None:
        """Write as Poedit does: the whole file anew."""
        catalog = polib.pofile(str(self.path), wrapwidth=78)
        found = catalog.find(self.names[name], include_obsolete_entries=False)
        found.msgstr = self.text()
        catalog.save()
        self.holds[name] = found.msgstr


HELD = """
const real = window.fetch;
window.fetch = async (...asked) => {
  const answer = await real(...asked);
  if (String(asked[0]).endsWith("/api/save")) await new Promise((go) => { window.answered = go; });
  return answer;
};"""


def test_what_changes_while_a_save_is_answered_is_shown(browser, tmp_path):
    """Somebody writes after the save and before its answer: theirs is the last, and it is seen."""
    root = copy_of_repository(tmp_path / "project")
    path = root / "locale" / "fr" / "LC_MESSAGES" / "ankl.po"
    with at_desk(browser, root, "fr") as desk:
        desk.asks_for("en")
        desk.open("fr", "ankl")
        writers = Writers([desk, desk], path, seed=1)
        name = next(iter(writers.names))
        writers.go(desk, name)
        browser.chrome.execute_script(HELD)
        desk.type("repos soin")
        desk.press("s", CONTROL)
        desk.wait("the answer", lambda: desk.say("typeof window.answered") == "function")
        assert writers.on_disk(name) == "repos soin"
        writers.elsewhere(name)
        row = {"tag": "fr", "leaflet": "ankl", "name": name}
        said = lambda: desk.workbench.post("row", **row)["forms"]  # noqa: E731
        desk.wait("it at the server", lambda: said() == [writers.holds[name]])
        # What it is told by then is told before the answer.
        desk.wait("the news", lambda: "1" in desk.text(".notice"))
        browser.chrome.execute_script("window.answered()")
        desk.wait("theirs", lambda: desk.value == writers.holds[name])
        assert writers.on_disk(name) == writers.holds[name]


@pytest.mark.parametrize("count", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_nothing_is_lost(chromium, browser, tmp_path, count):
    root = copy_of_repository(tmp_path / "project")
    path = root / "locale" / "fr" / "LC_MESSAGES" / "ankl.po"
    before = {one.msgid: one.msgstr for one in po.read(path, path.name).entries}
    with started(tmp_path / "second") as other, at_desk(browser, root, "fr") as first:
        second = Desk(other, first.workbench)
        for desk in (first, second):
            desk.asks_for("en")
            desk.open("fr", "ankl")
        writers = Writers([first, second], path, seed=count)
        for _ in range(count):
            writers.step()
    after = {one.msgid: one.msgstr for one in po.read(path, path.name).entries}
    expected = before | {writers.names[name]: text for name, text in writers.holds.items()}
    assert after == expected
    print(f"{count} edits: {dict(writers.done)}, typed again: {first.again + second.again}")  # noqa: T201
    done = writers.done
    assert done["elsewhere"] + done["theirs"] + done["saved"] == count
    assert done["conflict"] > 0
