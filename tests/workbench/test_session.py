"""A translator's whole session in a browser, in three scripts, beside somebody with Poedit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import polib
import pytest

import firefox
from at_desk import Desk, at_desk, copy_of_repository, entry
from chromium import ALT, CONTROL, DESKTOP

pytestmark = pytest.mark.browser

FEVER = "a temperature of 38 °C (100.4 °F) or higher, or chills"
HEADING = "When to get help right away"
# What a language says of the fever; the same with a wrong number; another heading; and what
# somebody else makes of the heading meanwhile. The right number comes by a click.
SAID = {
    "fr": (
        "une température de 38 °C (100,4 °F) ou plus, ou des frissons ;",
        "une température de 39 °C (100,4 °F) ou plus, ou des frissons ;",
        "Quand demander de l’aide tout de suite",
        "Quand appeler à l’aide",
    ),
    "ar": (
        "درجة حرارة تبلغ 38 درجة مئوية (100.4 درجة فهرنهايت) أو أعلى، أو قشعريرة",
        "درجة حرارة تبلغ 39 درجة مئوية (100.4 درجة فهرنهايت) أو أعلى، أو قشعريرة",
        "متى تطلب المساعدة على الفور",
        "متى تطلب المساعدة",
    ),
    "ja": (
        "38 °C（100.4 °F）以上の熱がある、または寒気（さむけ）がする、または体がふるえる",
        "39 °C（100.4 °F）以上の熱がある、または寒気（さむけ）がする、または体がふるえる",
        "すぐに助けを求めるとき",
        "助けを求めるとき",
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project's leaflets in a repository of git."""
    root = copy_of_repository(tmp_path / "project")
    for command in (
        ("init", "-q"),
        ("config", "user.name", "Test"),
        ("config", "user.email", "test@example.org"),
        ("add", "."),
        ("commit", "-qm", "Start"),
    ):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


def name_of(desk: Desk, tag: str, source: str) -> str:
    """Return the name of the text with a source."""
    texts = desk.workbench.post("open", leaflet="ankl", tag=tag)["texts"]
    return next(one["name"] for one in texts if one["source"] == source)


def written_elsewhere(path: Path, msgid: str, msgstr: str) -> None:
    """Change a translation as Poedit does: the whole file is written anew."""
    catalog = polib.pofile(str(path), wrapwidth=78)
    catalog.find(msgid).msgstr = msgstr
    catalog.save()


@pytest.mark.parametrize("tag", SAID)
def test_a_whole_session(browser, project, tag):
    whole_session(browser, project, tag)


SLOW = [pytest.param(tag, marks=pytest.mark.slow) for tag in list(SAID)[1:]]


@pytest.mark.parametrize("tag", [next(iter(SAID)), *SLOW])
def test_a_whole_session_in_firefox(project, tmp_path, tag):
    with firefox.started(tmp_path / "firefox", tag) as browser:
        browser.window(*DESKTOP)
        whole_session(browser, project, tag)


def whole_session(browser, project, tag):
    right, wrong, mine, theirs = SAID[tag]
    path = project / "locale" / tag / "LC_MESSAGES" / "ankl.po"
    catalog = polib.pofile(str(path), wrapwidth=78)
    catalog.find(FEVER).msgstr = ""
    before = catalog.find(HEADING).msgstr
    catalog.save()
    with at_desk(browser, project, tag) as desk:
        # The desk speaks the language that the browser asks for, in that language's direction.
        desk.asks_for(tag)
        desk.enter()
        assert desk.say("document.documentElement.lang") == tag
        assert desk.say("document.documentElement.dir") == ("rtl" if tag == "ar" else "ltr")
        fever, heading = name_of(desk, tag, FEVER), name_of(desk, tag, HEADING)

        # The first thing to do is the text that is empty.
        desk.click("article .next")
        desk.wait("the empty text", lambda: desk.here == fever and desk.has("textarea"))
        assert desk.say("document.querySelector('textarea').dir") == (
            "rtl" if tag == "ar" else "ltr"
        )
        assert desk.say("document.querySelector('textarea').lang") == tag
        desk.click("textarea")

        # A number is wrong: it is said at once, before anything is saved, and put right by a click.
        desk.type(wrong)
        told = desk.wait("the error", desk.problems)
        assert "39" in told[0] or "38" in told[0]
        assert entry(path, FEVER).msgstr == ""
        desk.wait("it in the page", lambda: "39" in desk.shown(fever))
        desk.click(".found .fix")
        desk.wait("the right number", lambda: "39" not in desk.value)
        assert desk.value == right
        desk.wait("no error", lambda: not desk.problems())
        desk.save()
        assert entry(path, FEVER).msgstr == right

        # Two change the same text: nothing is written until one is chosen.
        desk.click_text(heading)
        desk.wait("the heading", lambda: desk.value == before)
        desk.type(mine + "!")
        written_elsewhere(path, HEADING, theirs)
        desk.press("s", CONTROL)
        desk.wait("the conflict", lambda: desk.has(".conflict"))
        assert theirs in desk.text(".conflict")
        assert entry(path, HEADING).msgstr == theirs
        desk.click(".conflict div:last-child button")
        desk.saved()
        assert entry(path, HEADING).msgstr == mine + "!"

        # The last save is taken back; what the other wrote stands again.
        desk.press("z", CONTROL | ALT)
        desk.wait("undone", lambda: entry(path, HEADING).msgstr == theirs)
        desk.wait("it in the field", lambda: desk.value == theirs)

        # The end: what was done, and a commit.
        desk.click_word(desk.word("Finish"), "#tools")
        desk.wait("the summary", lambda: desk.has("dialog .commit"))
        desk.click("dialog .commit button")
        desk.wait("the commit", lambda: logged(project) == 2)
    said = subprocess.run(
        ["git", "diff", "--stat", "HEAD"], cwd=project, check=True, capture_output=True, text=True
    )
    assert said.stdout == ""
    assert entry(path, FEVER).msgstr == right


def logged(root: Path) -> int:
    found = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=root, check=True, capture_output=True, text=True
    )
    return int(found.stdout)


@pytest.mark.parametrize(
    ("tag", "parts", "text"),
    [
        ("ja", ("す", "すぐ", "すぐに", "すぐに助", "直ぐに助けを"), "すぐに助けを求めるとき"),
        ("ko", ("ㄷ", "도", "돔", "도우", "도움"), "도움"),
        ("zh-Hans", ("he", "heshi", "heshiqiuzhu"), "何时求助"),
    ],
)
def test_input_methods(browser, project, tag, parts, text):
    """What an input method shows while somebody chooses is neither saved nor a key of the desk."""
    with at_desk(browser, project, tag) as desk:
        desk.asks_for("en")
        heading = name_of(desk, tag, HEADING)
        desk.open(tag, "ankl", heading)
        desk.click("textarea")
        desk.select_all()
        desk.compose(parts, text)
        desk.wait("the text", lambda: desk.value == text)
        desk.wait("it in the page", lambda: desk.shown(heading).startswith(text))
        desk.save()
        name = {"zh-Hans": "zh_Hans"}.get(tag, tag)
        path = project / "locale" / name / "LC_MESSAGES" / "ankl.po"
        assert entry(path, HEADING).msgstr == text


def test_the_desk_speaks_what_is_chosen(browser, project):
    """A desk from right to left beside a page from left to right, and the other way round."""
    with at_desk(browser, project) as desk:
        desk.asks_for("en")
        for tag, speaks, dirs in (("fr", "ar", ("rtl", "ltr")), ("ar", "fr", ("ltr", "rtl"))):
            desk.open(tag, "ankl")
            choose = (
                "((one, value) => { one.value = value; one.dispatchEvent(new Event('change')); })"
            )
            browser.chrome.execute_script(
                f"{choose}(document.querySelector('#speak'), arguments[0])", speaks
            )
            desk.wait(
                "the language", lambda s=speaks: desk.say("document.documentElement.lang") == s
            )
            desk.settled()
            page = "document.querySelector('.page iframe')?.contentDocument?.documentElement?.dir"
            field = "document.querySelector('textarea')?.dir"
            desk.wait("the field", lambda f=field, d=dirs[1]: desk.say(f) == d)
            desk.wait("the page", lambda p=page, d=dirs[1]: (desk.say(p) or "ltr") == d)
            assert desk.say("document.documentElement.dir") == dirs[0]
            # It is remembered.
            desk.open(tag, "ankl")
            assert desk.say("document.documentElement.lang") == speaks
