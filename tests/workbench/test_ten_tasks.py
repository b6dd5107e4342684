"""Ten tasks of translators, counted in clicks and keys: the table of docs/workbench.md.

A typed text counts as one key, since it takes the same keys anywhere; so does a choice of all the
text in a field. `pytest --rewrite` writes what was counted into the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from at_desk import ALT, CONTROL, Desk, at_desk, entry
from chromium import DESKTOP
from sample_project import REPOSITORY, make

pytestmark = pytest.mark.browser
DOCS = REPOSITORY / "docs" / "workbench.md"


class Task:
    """A leaflet in Spanish, and a catalog in which each task finds what it is about."""

    def __init__(self, desk: Desk, root: Path) -> None:
        self.desk = desk
        self.path = root / "locale" / "es" / "LC_MESSAGES" / "drain.po"

    def row(self, wanted: Callable[[dict], bool]) -> dict:
        texts = self.desk.workbench.post("open", leaflet="drain", tag="es")["texts"]
        return next(one for one in texts if one["kind"] and wanted(one))

    def put(self, source: str, text: str, *, fuzzy: bool = False) -> None:
        catalog = polib.pofile(str(self.path), wrapwidth=78)
        found = catalog.find(source)
        found.msgstr = text
        if fuzzy:
            found.flags.append("fuzzy")
            found.previous_msgid = source + " now"
        catalog.save()

    def at(self, row: dict) -> None:
        """Begin at a text, as the first screen or the one before led there; nothing counts yet."""
        self.desk.open("es", "drain", row["name"])
        self.desk.browser.chrome.execute_script("document.querySelector('textarea').focus()")
        self.desk.clicks = self.desk.keys = 0


def simple(row: dict) -> bool:
    return len(row["source"]) > 20 and not set("[]<>*`{}0123456789") & set(row["source"])


def first_text(task: Task) -> None:
    row = task.row(simple)
    task.put(row["source"], "")
    task.desk.enter_again()
    task.desk.clicks = task.desk.keys = 0
    task.desk.click("article:has(h3[id='es-drain']) .next")
    task.desk.wait("the field", lambda: task.desk.has("textarea"))
    task.desk.settled()
    task.desk.wait("the focus", lambda: task.desk.focus("textarea"))
    task.desk.browser.command("Input.insertText", text=row["forms"][0])
    task.desk.keys += 1
    task.desk.press("Enter", CONTROL)
    task.desk.wait("it is saved", lambda: entry(task.path, row["source"]).msgstr == row["forms"][0])


def broken_number(task: Task) -> None:
    row = task.row(lambda one: " 2 " in one["source"] and one["forms"][0])
    right = row["forms"][0]
    number = re.search(r"\d", right)
    assert number
    task.put(row["source"], right.replace(number[0], "77", 1))
    task.at(row)
    task.desk.wait("the problem", lambda: task.desk.has(".found .fix"))
    task.desk.click(".found .fix")
    task.desk.wait("the number", lambda: "77" not in task.desk.value)
    task.desk.press("Enter", CONTROL)
    task.desk.wait("it is saved", lambda: "77" not in entry(task.path, row["source"]).msgstr)


def changed_source(task: Task) -> None:
    row = task.row(simple)
    task.put(row["source"], row["forms"][0], fuzzy=True)
    task.at(row)
    task.desk.wait("what changed", lambda: task.desk.has(".previous"))
    task.desk.click(".actions button:nth-child(3)")
    task.desk.wait("it is right", lambda: not entry(task.path, row["source"]).is_fuzzy())


def link(task: Task) -> None:
    row = task.row(lambda one: "](" in one["source"])
    task.put(row["source"], "")
    task.at(row)
    task.desk.browser.command("Input.insertText", text="Mire ")
    task.desk.keys += 1
    task.desk.wait("a lost code", lambda: task.desk.has(".chip.lost"))
    task.desk.click(".chip.lost")
    task.desk.wait("the link", lambda: "](" in task.desk.value)
    task.desk.browser.command("Input.insertText", text="aquí")
    task.desk.keys += 1
    task.desk.press("s", CONTROL)
    task.desk.wait("it is saved", lambda: "[aquí](" in entry(task.path, row["source"]).msgstr)


def conflict(task: Task) -> None:
    row = task.row(simple)
    task.at(row)
    task.desk.type("Lo mío")
    task.put(row["source"], "Lo otro")
    task.desk.press("s", CONTROL)
    task.desk.wait("the choice", lambda: task.desk.has(".conflict"))
    task.desk.click(".conflict div:last-child button")
    task.desk.wait("mine", lambda: entry(task.path, row["source"]).msgstr == "Lo mío")


def search_and_replace(task: Task) -> None:
    row = task.row(simple)
    task.put(row["source"], "Palabra-vieja aquí")
    task.at(row)
    task.desk.press("s", CONTROL | ALT)
    task.desk.wait("the search", lambda: task.desk.focus("input[type=search]"))
    task.desk.browser.command("Input.insertText", text="Palabra-vieja")
    task.desk.click(".list details summary")
    task.desk.click(".list details label input")
    task.desk.browser.command("Input.insertText", text="Palabra-nueva")
    task.desk.keys += 2
    task.desk.click(".list details > button")
    task.desk.wait("what would change", lambda: task.desk.has(".list details ins"))
    task.desk.click(".list details div > button")
    task.desk.wait(
        "it is replaced", lambda: entry(task.path, row["source"]).msgstr == "Palabra-nueva aquí"
    )


def finish(task: Task) -> None:
    task.at(task.row(simple))
    task.desk.click("#tools [role=toolbar] > button:last-of-type")
    task.desk.wait("the summary", lambda: task.desk.has("dialog[open]"))
    task.desk.click("dialog a[href='#/']")
    task.desk.wait("the first screen", lambda: task.desk.has("article"))


def proof(task: Task) -> None:
    task.at(task.row(simple))
    task.desk.click("#tools [role=toolbar] > button:last-of-type")
    task.desk.wait("the summary", lambda: task.desk.has("dialog[open]"))
    task.desk.click("dialog > button")
    task.desk.wait("the proof", lambda: task.desk.has("dialog a[target=_blank]"))


TASKS = {
    "the first empty text, from the first screen": first_text,
    "a wrong number": broken_number,
    "a text whose source changed, still right": changed_source,
    "a link": link,
    "a conflict, mine is right": conflict,
    "search and replace": search_and_replace,
    "finish": finish,
    "a proof on paper": proof,
}


@pytest.mark.pdf
@pytest.mark.parametrize(("name", "task"), TASKS.items(), ids=TASKS)
def test_a_task_takes_what_the_table_says(browser, tmp_path, rewrite, name, task):
    make(tmp_path / "project")
    browser.window(*DESKTOP)
    with at_desk(browser, tmp_path / "project", "es") as desk:
        desk.asks_for("en")
        task(Task(desk, tmp_path / "project"))
        counted = f"{desk.clicks} + {desk.keys}"
    row = re.compile(rf"^(\| {re.escape(name)} \| )([^|]*?)( \|)", re.MULTILINE)
    text = DOCS.read_text(encoding="utf-8")
    said = row.search(text)
    assert said, f"{DOCS} has no row for {name}"
    if rewrite:
        DOCS.write_text(row.sub(rf"\g<1>{counted}\g<3>", text), encoding="utf-8")
    else:
        assert said[2] == counted
