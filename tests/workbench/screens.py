"""Every screen of the workbench: how a test gets there, in projects in which each has something.

The desk is that of this repository's leaflets in French and Arabic, with a text of each state. The
screens of review are those of the invented example, with Arabic besides.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import polib
from lives import CASE, Life

from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.tasks import blind
from ankl_i18n.exchange.tasks.task import keep
from ankl_i18n.settings import load
from at_desk import Desk, copy_of_repository
from chromium import CONTROL
from running_workbench import Running, running
from sample_project import make

TAGS = ("fr", "ar")
ARABIC = """
[ar]
"Fever at home" = "الحمى في المنزل"
"What to do when you have a fever." = "ماذا تفعل عندما تصاب بالحمى."
"For people of an invented ward" = "لمرضى جناح مختلق"
"Home" = "الرئيسية"
"Take your temperature 2 times a day." = "قس حرارتك مرتين (2) في اليوم."
"Drink enough, even if you are not thristy." = "اشرب ما يكفي حتى إن لم تكن عطشان."
"When to call us" = "متى تتصل بنا"
"Call us if your temperature is over 38.5 °C." = "اتصل بنا إذا زادت حرارتك عن 38.5 °م."
"Do not wait until the morning." = "لا تنتظر حتى الصباح."
"Medicine" = "الدواء"
"You may take 500 mg of paracetamol every 6 hours." = "تناول 500 mg من الباراسيتامول كل 6 ساعات."
"Write down what you took." = "اكتب ما تناولته."
"""


@dataclass
class Places:
    """The workbenches that screens are of."""

    desk: Running
    root: Path
    review: Running
    blind: dict[str, Running]

    def of(self, screen: str, tag: str) -> Running:
        """Return the workbench of a screen."""
        if screen.startswith("blind"):
            return self.blind[tag]
        return self.review if screen.startswith("review") else self.desk


@contextmanager
def places(folder: Path) -> Iterator[Places]:
    """Run all workbenches that the screens need."""
    root, life = translated(folder / "desk"), reviewed(folder / "review")
    with ExitStack() as stack:
        enter = stack.enter_context
        dark = {tag: enter(running(life.root, blind=task(life, tag))) for tag in TAGS}
        yield Places(enter(running(root, *TAGS)), root, enter(running(life.root, *TAGS)), dark)


def translated(root: Path) -> Path:
    """Return the repository's leaflets with a text of each state, and a commit before the last."""
    copy_of_repository(root)
    for command in (
        "init -q", "config user.name Test", "config user.email test@example.org", "add .",
        "commit -qm Start",
    ):  # fmt: skip
        subprocess.run(["git", *command.split()], cwd=root, check=True)
    for tag in TAGS:
        path = root / "locale" / tag / "LC_MESSAGES" / "ankl.po"
        catalog = polib.pofile(str(path), wrapwidth=78)
        other = polib.pofile(str(path.with_name("words.po")))
        long = [one for one in catalog if len(one.msgid) > 60]
        wrong = next(one for one in long if other.find(one.msgid))  # the memory has it, too
        empty, changed, asked = [one for one in long if one is not wrong][2:5]
        empty.msgstr = ""
        changed.flags.append("fuzzy")
        changed.previous_msgid = changed.msgid.replace(" ", " old ", 1)
        asked.tcomment = "i18n: question Is it the left side of the reader, or of the picture?"
        wrong.msgstr += " 77"
        catalog.save()
    return root


def reviewed(root: Path) -> Life:
    """Return the example of review in Arabic, too."""
    case = root.with_name("case")
    shutil.copytree(CASE, case)
    for name, old, new in (
        ("pyproject.toml", '["fr", "es"]', '["fr", "es", "ar"]'),
        ("reviews/reviewers.toml", 'languages = ["fr", "es"]', 'languages = ["fr", "es", "ar"]'),
    ):
        text = (case / name).read_text(encoding="utf-8")
        assert old in text
        (case / name).write_text(text.replace(old, new), encoding="utf-8")
    with (case / "translations.toml").open("a", encoding="utf-8") as file:
        file.write(ARABIC)
    root.mkdir()
    life = Life(make(root, case))
    life.git("init", "-q", "-b", "main")
    (root / ".gitignore").write_text("build/\n.cache/\n", encoding="utf-8")
    life.commit("Translate the leaflet", "translator")
    return life


def task(life: Life, tag: str) -> str:
    """Make a blind task of the leaflet in a language; return its id."""
    project = Project(load(life.root))
    (made,) = blind.tasks(project, tag, ["fever"])
    keep(project, made)
    project.close()
    life.commit("Make a blind task")
    return made.id


# --- the first screen ---------------------------------------------------------------------------


def home(desk: Desk, _: str) -> None:
    desk.enter_again()


def refused(desk: Desk, _: str) -> None:
    desk.enter_again()
    desk.click("#new")
    desk.browser.command("Input.insertText", text="no language")
    desk.press("Enter")
    desk.wait("the answer", lambda: desk.text("form [role=alert]"))


def landing(desk: Desk, _: str) -> None:
    desk.browser.chrome.get("about:blank")
    desk.browser.chrome.get(f"{desk.workbench.origin}/#used")
    desk.wait("the answer", lambda: "used" in desk.text("main p"))


# --- a leaflet ----------------------------------------------------------------------------------


def view(number: int) -> Callable[[Desk, str], None]:
    def show(desk: Desk, tag: str) -> None:
        desk.open(tag, "ankl")
        desk.click(f"#tools .group button:nth-child({number})")
        desk.settled()
        desk.wait("what is seen", lambda: not desk.has(".wait"))

    return show


def paper(desk: Desk, tag: str) -> None:
    desk.open(tag, "ankl")
    desk.click("#tools .group button:nth-child(5)")
    desk.wait("the sheets", lambda: desk.has(".sheet img"))
    desk.wait("its picture", lambda: desk.say("document.querySelector('.sheet img').complete"))


def replace(desk: Desk, tag: str) -> None:
    view(4)(desk, tag)
    desk.click(".list details summary")
    desk.click("input[type=search]")
    desk.browser.command("Input.insertText", text="ANKL")
    desk.click(".list details input")
    desk.browser.command("Input.insertText", text="AAA")
    desk.wait("what would change", lambda: desk.has(".list details ins"))


def palette(desk: Desk, tag: str) -> None:
    desk.open(tag, "ankl")
    desk.press("k", CONTROL)
    desk.wait("the dialog", lambda: desk.has("dialog[open]"))


def finish(desk: Desk, tag: str) -> None:
    desk.open(tag, "ankl")
    desk.click("#tools [role=toolbar] > button:last-of-type")
    desk.wait("the dialog", lambda: desk.has("dialog[open] .commit"))
    desk.click("dialog summary")


def at(desk: Desk, tag: str, wanted: Callable[[dict], bool]) -> None:
    """Go to the first text of a kind."""
    texts = desk.workbench.post("open", leaflet="ankl", tag=tag)["texts"]
    desk.open(tag, "ankl", next(one["name"] for one in texts if wanted(one)))


def changed(desk: Desk, tag: str) -> None:
    at(desk, tag, lambda one: one["state"] == "fuzzy")
    desk.wait("what changed", lambda: desk.has(".previous ins, .previous del"))


def problem(desk: Desk, tag: str) -> None:
    at(desk, tag, lambda one: " 77" in one["forms"][0])
    desk.wait("the problem", lambda: desk.has(".found .fix"))
    desk.click(".ignore summary")


def suggestions(desk: Desk, tag: str) -> None:
    place = {"leaflet": "ankl", "tag": tag}
    post = desk.workbench.post
    at(desk, tag, lambda one: any(
        found["text"] != one["forms"][0] for found in post("memory", **place, name=one["name"])
    ))  # fmt: skip
    desk.wait("suggestions", lambda: desk.has(".suggestions li"))


def question(desk: Desk, tag: str) -> None:
    at(desk, tag, lambda one: one["asked"])
    desk.wait("the question", lambda: desk.has("details[open] li"))


def plural(desk: Desk, tag: str) -> None:
    at(desk, tag, lambda one: len(one["forms"]) > 1)
    desk.wait("the forms", lambda: desk.has("#field-1"))


def conflict(desk: Desk, tag: str) -> None:
    desk.open(tag, "ankl")
    before = desk.value
    desk.click("textarea")
    desk.type("38 3 %")
    desk.wait("a problem", lambda: desk.has(".found li"))
    root = desk.workbench.room.desk.root
    path = root / "locale" / tag / "LC_MESSAGES" / "ankl.po"
    catalog = polib.pofile(str(path), wrapwidth=78)
    catalog.find(desk.text(".source")).msgstr = before + "?"
    catalog.save()
    desk.press("s", CONTROL)
    desk.wait("the conflict", lambda: desk.has(".conflict"))


def failed(desk: Desk, tag: str) -> None:
    desk.enter_again(f"#/{tag}/nothing")
    desk.wait("the answer", lambda: desk.has("[role=alert]"))


def stopped(desk: Desk, tag: str) -> None:
    desk.open(tag, "ankl")
    desk.browser.chrome.execute_script("document.dispatchEvent(new CustomEvent('gone'))")
    desk.wait("the news", lambda: desk.text("#gone"))


# --- review -------------------------------------------------------------------------------------

# What the server says of an act: the screens after it are looked at, and nothing is written.
ANSWERED = """
const real = window.fetch;
window.fetch = async (...asked) => {
  const found = arguments[0][String(asked[0]).split("/").at(-1)];
  return found ? new Response(JSON.stringify(found)) : real(...asked);
};"""
SIGNED = {
    "outcome": "signed",
    "path": "reviews/fr/fever/2026-03-02-r-7f3a-sign.toml",
    "command": "ssh-keygen -Y sign -f KEY -n review@ankl-i18n reviews/fr/fever/2026-03-02.toml",
    "refused": ["t-02 translated it"],
}


def review_who(desk: Desk, tag: str) -> None:
    desk.enter_again(f"#/review/{tag}/fever")
    desk.wait("who reviews", lambda: desk.has("#reviewer"))


def review_pairs(desk: Desk, tag: str) -> None:
    """One text is wrong, and another has a remark."""
    review_who(desk, tag)
    choose = "(one => { one.value = 'r-7f3a'; one.dispatchEvent(new Event('change')); })"
    desk.say(f"{choose}(document.querySelector('#reviewer'))")
    desk.click("form .next")
    desk.wait("the pairs", lambda: desk.has(".pairs li[aria-current=true]"))
    desk.wait("the page", lambda: not desk.has(".wait"))
    for n, verdict in ((2, "remark"), (1, "error")):
        button = f".pairs > li:nth-child({n}) [data-verdict={verdict}]"
        if not desk.has(f"{button}[aria-pressed=true]"):
            desk.click(button)
        desk.wait("the note", lambda one=n: desk.has(f".pairs > li:nth-child({one}) textarea"))


def review_end(desk: Desk, tag: str) -> None:
    review_pairs(desk, tag)
    desk.click("#tools .next")
    desk.wait("the last screen", lambda: desk.has("#sign"))


def review_signed(desk: Desk, tag: str) -> None:
    review_end(desk, tag)
    desk.browser.chrome.execute_script(ANSWERED, {"review-sign": SIGNED})
    desk.click("#sign")
    desk.wait("the act", lambda: desk.has(".reading [role=status] pre"))


def blind_lines(desk: Desk, _: str) -> None:
    desk.enter_again()
    desk.wait("the lines", lambda: desk.has(".pairs textarea"))


def blind_handed(desk: Desk, tag: str) -> None:
    blind_lines(desk, tag)
    name = {"outcome": "written", "name": "2026-03-02-r-7f3a-back-translate.toml"}
    desk.browser.chrome.execute_script(ANSWERED, {"hand-in": name})
    desk.click(".reading > p button")
    desk.wait("the act", lambda: desk.has(".reading [role=status] pre"))


SCREENS: dict[str, Callable[[Desk, str], None]] = {
    "home": home,
    "home-refused": refused,
    "page": view(1),
    "phone": view(2),
    "both": view(3),
    "list": view(4),
    "paper": paper,
    "replace": replace,
    "commands": palette,
    "finish": finish,
    "changed": changed,
    "problem": problem,
    "suggestions": suggestions,
    "question": question,
    "plural": plural,
    "conflict": conflict,
    "failed": failed,
    "stopped": stopped,
    "landing": landing,
    "review-who": review_who,
    "review-pairs": review_pairs,
    "review-end": review_end,
    "review-signed": review_signed,
    "blind-lines": blind_lines,
    "blind-handed": blind_handed,
}
