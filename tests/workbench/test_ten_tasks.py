"""Ten tasks of translators, counted in clicks and keys: the table of docs/workbench.md.

A typed text counts as one key, since it takes the same keys anywhere; so does a choice of all the
text in a field. To draw the mouse over words is a click. `pytest --rewrite` writes what was counted
into the table. What Poedit takes is counted by hand, in version 3.2.2.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from at_desk import Desk, at_desk, entry
from chromium import ALT, CONTROL, DESKTOP
from sample_project import REPOSITORY, make

pytestmark = pytest.mark.browser
DOCS = REPOSITORY / "docs" / "workbench.md"


class Task:
    """A leaflet in Spanish, and a catalog in which each task finds what it is about."""

    def __init__(self, desk: Desk, root: Path) -> None:
        self.desk = desk
        self.path = root / "locale" / "es" / "LC_MESSAGES" / "drain.po"

    def rows(self) -> list[dict]:
        return self.desk.workbench.post("open", leaflet="drain", tag="es")["texts"]

    def row(self, wanted: Callable[[dict], bool]) -> dict:
        return next(one for one in self.rows() if one["kind"] and wanted(one))

    def put(self, source: str, *forms: str, fuzzy: bool = False) -> None:
        catalog = polib.pofile(str(self.path), wrapwidth=78)
        found = catalog.find(source)
        found.msgstr = forms[0]
        if found.msgid_plural:
            found.msgstr, found.msgstr_plural = "", dict(enumerate(forms))
        if fuzzy:
            found.flags.append("fuzzy")
            found.previous_msgid = source + " now"
        catalog.save()

    def insert(self, text: str) -> None:
        """Type a text where the cursor is."""
        self.desk.browser.command("Input.insertText", text=text)
        self.desk.keys += 1

    def select(self, word: str) -> None:
        """Draw the mouse over a word of the field."""
        at = self.desk.value.index(word)
        script = "document.querySelector('textarea').setSelectionRange(...arguments)"
        self.desk.browser.chrome.execute_script(script, at, at + len(word))
        self.desk.clicks += 1

    def at(self, row: dict) -> None:
        """Begin at a text, as the first screen or the one before led there; nothing counts yet."""
        self.desk.open("es", "drain", row["name"])
        self.desk.browser.chrome.execute_script("document.querySelector('textarea').focus()")
        self.desk.clicks = self.desk.keys = 0


def simple(row: dict) -> bool:
    return len(row["source"]) > 20 and not set("[]<>*`{}0123456789") & set(row["source"])


def first_text(task: Task) -> None:
    row, other = [one for one in task.rows() if one["kind"] and simple(one)][:2]
    task.put(row["source"], "")
    task.put(other["source"], "")
    task.desk.enter_again()
    task.desk.clicks = task.desk.keys = 0
    task.desk.click("article:has(h3[id='es-drain']) .next")
    task.desk.wait("the field", lambda: task.desk.has("textarea"))
    task.desk.settled()
    task.desk.wait("the focus", lambda: task.desk.focus("textarea"))
    task.insert(row["forms"][0])
    task.desk.press("Enter", CONTROL)
    task.desk.wait("it is saved", lambda: entry(task.path, row["source"]).msgstr == row["forms"][0])
    task.desk.wait("the next", lambda: task.desk.here == other["name"])


def broken_number(task: Task) -> None:
    row = task.row(lambda one: " 2 " in one["source"] and one["forms"][0])
    right = row["forms"][0]
    number = re.search(r"\d", right)
    assert number
    task.put(row["source"], right.replace(number[0], "77", 1))
    task.at(row)
    task.desk.wait("the problem", lambda: task.desk.has(".found .fix"))
    task.desk.click(".found .fix")
    task.desk.wait("it is saved", lambda: entry(task.path, row["source"]).msgstr == right)
    assert task.desk.value == right


def changed_source(task: Task) -> None:
    row = task.row(simple)
    task.put(row["source"], row["forms"][0], fuzzy=True)
    task.at(row)
    task.desk.wait("what changed", lambda: task.desk.has(".previous"))
    task.desk.press("Enter", CONTROL | ALT)
    task.desk.wait("it is right", lambda: not entry(task.path, row["source"]).is_fuzzy())


def link(task: Task) -> None:
    row = task.row(lambda one: "](" in one["source"])
    task.put(row["source"], "")
    task.at(row)
    task.insert("Su enfermera le da un plan.")
    task.desk.wait("a lost code", lambda: task.desk.has(".chip.lost"))
    task.select("un plan")
    task.desk.press("i", CONTROL | ALT)
    right = "Su enfermera le da [un plan](drain-plan.md#days)."
    task.desk.wait("the link", lambda: task.desk.value == right)
    task.desk.press("s", CONTROL)
    task.desk.wait("it is saved", lambda: entry(task.path, row["source"]).msgstr == right)


def plural(task: Task) -> None:
    task.path = task.path.with_name("ui.po")
    row = next(one for one in task.rows() if len(one["forms"]) > 1)
    task.put(row["source"], "", "")
    task.at(row)
    forms = [f"Falta {{n}} parte {word}" for word in ("uno", "muchos")]
    task.insert(forms[0])
    task.desk.press("Tab")
    task.insert(forms[1])
    task.desk.press("s", CONTROL)
    task.desk.wait("it is saved", lambda: [*entry(task.path, row["source"]).forms] == forms)


def term(task: Task) -> None:
    row = task.row(lambda one: simple(one) and "drain" in one["source"])
    task.put(row["source"], "")
    task.at(row)
    task.insert("Vacíe la bolsa del ")
    task.desk.press("w", CONTROL | ALT)
    task.desk.wait("the term", lambda: task.desk.value == "Vacíe la bolsa del drenaje")
    task.desk.press("s", CONTROL)
    task.desk.wait("it is saved", lambda: entry(task.path, row["source"]).msgstr == task.desk.value)


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
    task.desk.press("h", CONTROL | ALT)
    task.desk.wait("the search", lambda: task.desk.focus("input[type=search]"))
    task.insert("Palabra-vieja")
    task.desk.press("Enter")
    task.desk.wait("the other field", lambda: task.desk.focus("details input"))
    task.insert("Palabra-nueva")
    task.desk.wait("what would change", lambda: "nueva" in task.desk.text(".list details ins"))
    assert entry(task.path, row["source"]).msgstr == "Palabra-vieja aquí"
    task.desk.press("Enter")
    task.desk.wait(
        "it is replaced", lambda: entry(task.path, row["source"]).msgstr == "Palabra-nueva aquí"
    )


def finish(task: Task) -> None:
    root = task.path.parents[3]
    made = "config user.name Test", "config user.email test@example.org", "add .", "commit -qm A"
    for command in ("init -q", *made):
        subprocess.run(["git", *command.split()], cwd=root, check=True)
    row = task.row(simple)
    task.put(row["source"], "Un texto nuevo")
    task.at(row)
    task.desk.press("q", CONTROL | ALT)
    task.desk.wait("the summary", lambda: task.desk.has("dialog .commit"))
    task.desk.click("dialog .commit button")
    log = ["git", "log", "--oneline"]
    task.desk.wait("the commit", lambda: subprocess.check_output(log, cwd=root).count(b"\n") == 2)


def proof(task: Task) -> None:
    task.at(task.row(simple))
    task.desk.click("#tools [role=toolbar] > button:last-of-type")
    task.desk.wait("the summary", lambda: task.desk.has("dialog[open]"))
    task.desk.click("dialog > button")
    task.desk.wait("the proof", lambda: task.desk.has("dialog a[target=_blank]"))


TASKS = {
    "the first empty text, and on to the next": first_text,
    "a wrong number": broken_number,
    "a text whose source changed, still right": changed_source,
    "a link": link,
    "a plural": plural,
    "a conflict, mine is right": conflict,
    "a term": term,
    "search and replace": search_and_replace,
    "finish, with a commit": finish,
    "a proof on paper": proof,
}


@pytest.mark.pdf
@pytest.mark.parametrize(("name", "task"), TASKS.items(), ids=TASKS)
def test_a_task_takes_what_the_table_says(browser, tmp_path, rewrite, name, task):
    sample = make(tmp_path / "project")
    sample.path("glossary").mkdir()
    sample.path("glossary/terms.csv").write_text("term,es\ndrain,drenaje\n", encoding="utf-8")
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


def test_each_task_takes_less_than_in_poedit():
    """Clicks and keys together: the least that Poedit takes, and ours."""
    text = DOCS.read_text(encoding="utf-8")
    for name in TASKS:
        counted = re.search(
            rf"^\| {re.escape(name)} \| (\d+) \+ (\d+) \| (.*) \|$", text, re.MULTILINE
        )
        assert counted, name
        theirs = re.match(r"(\d+) \+ (\d+)", counted[3])
        assert theirs or counted[3].startswith("not available"), name
        if theirs:
            assert int(counted[1]) + int(counted[2]) < int(theirs[1]) + int(theirs[2]), name
