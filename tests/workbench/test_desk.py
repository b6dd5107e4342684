"""The field and what is drawn behind it, other places of a text, answers, and a browser that
hears nothing of what happens in the page."""

from __future__ import annotations

import pytest

from at_desk import Desk, at_desk, copy_of_repository, entry
from chromium import CONTROL, DESKTOP

pytestmark = pytest.mark.browser

PHONE = (390, 844)
FEVER = "a temperature of 38 °C (100.4 °F) or higher, or chills"
HEADING = "When to get help right away"
COPY = "document.querySelector('.copy')"
FIELD = "document.querySelector('textarea')"
# Frames that run nothing are silent in WebKit: here, too, whoever listens in them hears nothing.
SILENT = """
const real = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentDocument').get;
Object.defineProperty(HTMLIFrameElement.prototype, 'contentDocument', { get() {
  const found = real.call(this);
  if (found) found.addEventListener = () => {};
  return found;
} });
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return copy_of_repository(tmp_path_factory.mktemp("desk") / "project")


@pytest.fixture
def desk(browser, root):
    with at_desk(browser, root) as found:
        yield found


def open_text(desk: Desk, tag: str, source: str, speaks: str = "en") -> str:
    """Open the desk at a text; return its name."""
    desk.asks_for(speaks)
    texts = desk.workbench.post("open", leaflet="ankl", tag=tag)["texts"]
    name = next(one["name"] for one in texts if one["source"] == source)
    desk.open(tag, "ankl", name)
    return name


def marks(desk: Desk, role: str) -> list[str]:
    """Return what is marked, in the order of the text."""
    found = (
        f"(CSS.highlights ? [...CSS.highlights.get('{role}')].sort((a, b) => a.startOffset -"
        " b.startOffset).map(one => one.startContainer.data.slice(one.startOffset, one.endOffset))"
        f" : [...document.querySelectorAll('.copy .{role}')].map(one => one.textContent))"
    )
    return list(desk.say(found))


def is_set_as_the_field(desk: Desk) -> None:
    """The copy has the words of the field, in the same place, in lines of the same length."""
    assert desk.say(f"{COPY}.textContent") == desk.value + "\u200b"
    for one in ("fontFamily", "fontSize", "lineHeight", "direction", "letterSpacing"):
        assert desk.say(f"getComputedStyle({COPY}).{one} === getComputedStyle({FIELD}).{one}")
    box = "(one => JSON.stringify(one.getBoundingClientRect()))"
    assert desk.say(f"{box}({COPY}) === {box}({FIELD})")


# How high each of the two would be alone, at many widths: what breaks elsewhere is higher at some.
HEIGHTS = """
const box = document.querySelector('.layered');
const both = [...box.children];
for (const one of both) Object.assign(one.style, { alignSelf: 'start', minBlockSize: '0' });
const found = [];
for (let width = 250; width < 650; width += 1) {
  box.style.inlineSize = `${width}px`;
  const [copy, field] = both.map(one => one.getBoundingClientRect().height);
  if (copy !== field) found.push([width, copy, field]);
}
return found;
"""


@pytest.mark.parametrize("tag", ["fr", "ar", "ja"])
def test_marks_lie_behind_the_text(desk, root, tag):
    open_text(desk, tag, FEVER, tag)
    desk.wait("the numbers", lambda: marks(desk, "number"))
    assert "38" in marks(desk, "number")[0]
    assert desk.say(f"{COPY}.getAttribute('aria-hidden')") == "true"
    before = desk.value
    desk.click("textarea")
    long = before.replace("38", "39") + f" {before}" * 6
    desk.type(long)
    desk.wait("the place of the error", lambda: "39" in marks(desk, "wrong"))
    for size in (PHONE, DESKTOP):
        desk.browser.window(*size)
        is_set_as_the_field(desk)
    assert desk.browser.chrome.execute_script(HEIGHTS) == []
    # The browser's own undo still knows what was typed.
    undo = {"key": "z", "code": "KeyZ", "windowsVirtualKeyCode": 90, "modifiers": CONTROL}
    desk.browser.command("Input.dispatchKeyEvent", type="rawKeyDown", commands=["undo"], **undo)
    desk.wait("the old text", lambda: desk.value == before)
    is_set_as_the_field(desk)


def test_marks_go_with_their_words(desk):
    open_text(desk, "fr", FEVER)
    desk.wait("the numbers", lambda: marks(desk, "number"))
    assert marks(desk, "inkless")[0] == "\u00a0"
    desk.click("textarea")
    # No server in between: what stands behind the cursor keeps its mark, at its new place.
    change = (
        "((field) => { fetch = () => new Promise(() => {}); field.setRangeText('x ', 0, 0);"
        " field.dispatchEvent(new Event('input')); })"
    )
    desk.say(f"{change}({FIELD})")
    assert marks(desk, "number") == ["38", "100,4"]
    is_set_as_the_field(desk)


def test_what_has_no_width_has_a_bar(desk):
    open_text(desk, "fa", HEADING)
    desk.click("textarea")
    desk.type("چه وقت می\u200cتوانید")
    desk.wait("the joiner", lambda: marks(desk, "inkless") == ["\u200c"])
    place = desk.say("document.querySelector('.copy .bar').getBoundingClientRect().toJSON()")
    field = desk.say(f"{FIELD}.getBoundingClientRect().toJSON()")
    assert field["left"] < place["left"] < field["right"]
    assert place["height"] > 10


def test_older_browsers_have_marks_in_pieces(desk):
    old = "Object.defineProperty(CSS, 'highlights', { value: undefined });"
    added = desk.browser.command("Page.addScriptToEvaluateOnNewDocument", source=old)
    try:
        open_text(desk, "fr", FEVER)
        desk.wait("the numbers", lambda: marks(desk, "number") == ["38", "100,4"])
        is_set_as_the_field(desk)
    finally:
        desk.browser.command("Page.removeScriptToEvaluateOnNewDocument", **added)


def test_a_suggestion_is_one_form_of_several(desk):
    texts = desk.workbench.post("open", leaflet="ankl", tag="fr")["texts"]
    text = next(one for one in texts if len(one["forms"]) == 2)
    desk.asks_for("en")
    desk.open("fr", "ankl", text["name"])
    assert "0, 1" in desk.text(".fields label")
    said = "[...document.querySelectorAll('textarea')].map(one => one.value)"
    assert desk.say(said) == text["forms"]
    desk.click("#field-1")
    desk.browser.command("Input.insertText", text="x")
    desk.wait("a suggestion", lambda: desk.say(said)[1] != text["forms"][1])
    assert text["forms"][0] not in desk.text(".suggestions")


def test_an_input_method_shows_its_own_text(desk):
    open_text(desk, "ja", HEADING)
    desk.click("textarea")
    desk.select_all()
    for part in ("す", "すぐ", "すぐに"):
        desk.browser.command(
            "Input.imeSetComposition", text=part, selectionStart=len(part), selectionEnd=len(part)
        )
        desk.wait("the copy", lambda p=part: desk.say(f"{COPY}.textContent") == p + "\u200b")
    desk.browser.command("Input.insertText", text="すぐに")
    assert desk.value == "すぐに"


def test_kinds_and_checks_have_names_in_the_translators_language(desk):
    open_text(desk, "fr", FEVER, "ja")
    assert desk.word("List item") == "箇条書きの項目"
    assert desk.text(".where").startswith(f"{HEADING} · {desk.word('List item')}")
    desk.click("textarea")
    desk.type(desk.value.replace("38", "39"))
    desk.wait("the error", desk.problems)
    assert desk.word("Numbers") in desk.text(".found strong")
    desk.press("s", CONTROL)
    desk.wait("saved", lambda: desk.workbench.post("home", tags=["fr"])[0]["leaflets"][0]["errors"])
    desk.open("fr", "ankl")
    desk.click("#tools .group button:nth-child(4)")
    desk.wait("the list", lambda: desk.has(".rows li"))
    offered = "[...document.querySelectorAll('.filters select')[1].options].map(one => one.text)"
    assert desk.word("Numbers") in desk.say(offered)


def test_other_places_are_listed_and_lead_there(desk):
    name = open_text(desk, "fr", HEADING)
    desk.click(".places summary")
    desk.click(".places button")
    page = "document.querySelector('.page iframe').contentDocument"
    heading = f"{page}.querySelector(`h2 m-text[data-key='{name}']`)"
    there = f"(box => box.top >= 0 && box.top < innerHeight)({heading}.getBoundingClientRect())"
    desk.wait("the heading", lambda: desk.say(there))
    desk.click(".places a")
    desk.wait("the other leaflet", lambda: "/words/" in desk.say("location.hash"))
    desk.wait("its text", lambda: desk.text(".source") == HEADING)


def test_a_problem_is_answered_and_the_answer_taken_back(desk, root):
    path = root / "locale" / "es" / "LC_MESSAGES" / "ankl.po"
    open_text(desk, "es", HEADING)
    desk.click("textarea")
    desk.type("Cuándo  pedir ayuda de inmediato")
    desk.wait("the problem", lambda: desk.has(".found .ignore summary"))
    desk.press("s", CONTROL)
    desk.saved()
    desk.click(".found li:last-child .ignore summary")
    desk.click(".found li:last-child .ignore input")
    desk.browser.command("Input.insertText", text="Así se escribe aquí")
    desk.press("Enter")
    desk.wait("the answer", lambda: desk.has(".found .silenced"))
    assert "Así se escribe aquí" in desk.text(".found .silenced q")
    assert "i18n: ignore" in (entry(path, HEADING).tcomment or "")
    desk.click(".found .silenced p + p button")
    desk.wait("it is open", lambda: desk.has(".found li") and not desk.has(".found .silenced"))
    assert "i18n: ignore" not in (entry(path, HEADING).tcomment or "")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=("wide", "phone"))
def test_a_browser_that_hears_nothing_in_frames(desk, size):
    """As in WebKit: what lies above the page finds out which text was hit."""
    desk.browser.window(*size)
    added = desk.browser.command("Page.addScriptToEvaluateOnNewDocument", source=SILENT)
    try:
        name = open_text(desk, "ar", HEADING)
        desk.wait("the layer above", lambda: desk.has(".covered .cover"))
        for source in ("In short", FEVER):
            texts = desk.workbench.post("open", leaflet="ankl", tag="ar")["texts"]
            wanted = next(one["name"] for one in texts if one["source"] == source)
            assert wanted != name
            desk.click_text(wanted)
            desk.wait("the text", lambda s=source: desk.text(".source") == s)
    finally:
        desk.browser.command("Page.removeScriptToEvaluateOnNewDocument", **added)
