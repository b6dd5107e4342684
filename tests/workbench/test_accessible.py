"""Every screen of the workbench for everybody: axe-core, the keyboard alone, 400 % zoom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from screens import SCREENS, Places, places, reviewed, task
from test_pages import AXE

from at_desk import Desk, entry
from chromium import ALT, CONTROL, DESKTOP, ZOOMED
from running_workbench import running

pytestmark = pytest.mark.browser

PHONE = (390, 844)
MORE_RULES = ("target-size",)
# The desk in a language beside a page in another: each direction beside each.
SPOKEN = (("en", "fr"), ("ar", "fr"), ("fr", "ar"), ("ar", "ar"))
WAYS = [
    (screen, spoken, size, scheme)
    for screen, spoken, size, scheme in product(
        SCREENS, SPOKEN, (DESKTOP, PHONE), ("light", "dark")
    )
]
# Each screen once in the quick suite, the ways spread over them.
QUICK = {
    (name, SPOKEN[i % 4], (DESKTOP, PHONE)[i // 4 % 2], ("light", "dark")[i % 2])
    for i, name in enumerate(SCREENS)
}


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    with places(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture
def desk(browser, benches) -> Iterator[Desk]:
    yield Desk(browser, benches.desk)
    browser.chrome.get("about:blank")


@pytest.fixture
def root(benches):
    return benches.root


def prepare(desk: Desk, root, spoken, size, scheme) -> None:
    speaks, desk.tag = spoken
    desk.path = root / "locale" / desk.tag / "LC_MESSAGES" / "ankl.po"
    desk.asks_for(speaks)
    desk.browser.window(*size)
    desk.browser.wants(prefers_color_scheme=scheme)


def show(desk: Desk, benches: Places, screen: str) -> None:
    """Go to a screen."""
    desk.workbench = benches.of(screen, desk.tag)
    SCREENS[screen](desk, desk.tag)


def axe(desk: Desk) -> list[str]:
    """Return what axe-core finds wrong; the leaflet in its frame has tests of its own."""
    desk.browser.chrome.execute_script(AXE)
    found = desk.browser.run_async("axe", MORE_RULES, [])
    assert found["passed"]
    return found["violations"]


@pytest.mark.parametrize(
    "way",
    [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in WAYS],
    ids=lambda way: f"{way[0]}-{'-'.join(way[1])}-{way[2][0]}-{way[3]}",
)
def test_axe_finds_nothing(desk, benches, way):
    screen, spoken, size, scheme = way
    prepare(desk, benches.root, spoken, size, scheme)
    show(desk, benches, screen)
    # Who comes by an address that leads nowhere is asked for no language.
    assert desk.say("document.documentElement.lang") == ("en" if screen == "landing" else spoken[0])
    assert axe(desk) == []
    assert desk.say("document.documentElement.scrollWidth") <= size[0]
    # A field is as wide as what it stands in.
    narrow = "[...document.querySelectorAll('textarea')].filter(one => one.clientWidth < 250)"
    assert desk.say(f"{narrow}.length") == 0


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("spoken", [("en", "fr"), ("ar", "ar")], ids="-".join)
def test_nothing_is_cut_off_at_400_percent(desk, benches, screen, spoken):
    prepare(desk, benches.root, spoken, ZOOMED, "light")
    show(desk, benches, screen)
    wide = (
        "[...document.querySelectorAll('body *')].filter(one => !one.closest('.unseen, .skip, pre')"
        " && (one.getBoundingClientRect().right > innerWidth + 1"
        " || one.getBoundingClientRect().left < -1)).map(one => one.outerHTML.slice(0, 120))"
    )
    assert desk.say(wide) == []
    assert desk.say("document.documentElement.scrollWidth") <= ZOOMED[0]


def test_the_keyboard_alone(desk, root):
    """From the first screen to a saved text and the next, without a mouse."""
    prepare(desk, root, ("en", "fr"), DESKTOP, "light")
    desk.enter_again()
    tab_to(desk, "article:has(h3[id='fr-ankl']) .next")
    desk.press("Enter")
    desk.wait("the leaflet", lambda: desk.has("textarea"))
    desk.settled()
    tab_to(desk, "textarea")
    first = desk.here
    text = desk.value + " ;"
    desk.type(text)
    desk.save()
    assert entry(desk.path, desk.text(".source")).msgstr == text
    desk.press("ArrowDown", 1)
    desk.wait("the next", lambda: desk.here != first and desk.focus("textarea"))
    # Into the page, to another text, and from there back to its field.
    second = desk.here
    desk.press("k", CONTROL)
    desk.wait("the commands", lambda: desk.has("dialog[open]"))
    desk.press("Escape")
    desk.wait("no commands", lambda: not desk.has("dialog"))
    assert desk.here == second


def test_a_review_by_the_keyboard_alone(desk, tmp_path, monkeypatch):
    """From the first screen to the act, without a mouse."""
    life = reviewed(tmp_path / "review")
    for name, value in life.env().items():
        monkeypatch.setenv(name, value)
    with running(life.root, "ar") as desk.workbench:
        prepare(desk, life.root, ("ar", "ar"), DESKTOP, "light")
        desk.enter_again()
        tab_to(desk, "a.review")
        desk.press("Enter")
        desk.wait("who reviews", lambda: desk.has("#reviewer"))
        tab_to(desk, "form .next")
        desk.press("Enter")
        current = ".pairs li[aria-current=true]"
        desk.wait("the pairs", lambda: desk.has(current))
        # The first has a remark, by its button; the others are fine, by a key.
        tab_to(desk, f"{current} [data-verdict=remark]")
        desk.press("Enter")
        desk.wait("the note", lambda: desk.focus(f"{current} textarea"))
        desk.browser.command("Input.insertText", text="an invented remark")
        desk.press("ArrowDown", ALT)
        desk.wait("the next", lambda: desk.focus(f"{current}:nth-child(2)"))
        for _ in range(30):
            if desk.has("#sign"):
                break
            here = desk.say(f"document.querySelector('{current}').id")
            desk.press("Enter", CONTROL)
            moved = f"document.querySelector('{current}')?.id !== arguments[0]"
            desk.wait("the next", lambda one=here, moved=moved: desk.say(moved, one))
        desk.wait("the end", lambda: desk.focus("h1"))
        tab_to(desk, "#sign")
        desk.press("Enter")
        desk.wait("the act", lambda: desk.has(".reading [role=status] pre"))
    (act,) = life.acts("ar")
    assert "an invented remark" in [one.note for one in act.messages]


def test_a_blind_task_by_the_keyboard_alone(desk, tmp_path):
    life = reviewed(tmp_path / "review")
    with running(life.root, blind=task(life, "ar")) as desk.workbench:
        prepare(desk, life.root, ("ar", "ar"), DESKTOP, "light")
        desk.enter_again()
        desk.wait("the lines", lambda: desk.has(".pairs textarea"))
        tab_to(desk, "textarea[name=back]")
        desk.browser.command("Input.insertText", text="Fever in the house")
        tab_to(desk, ".reading > p button")
        desk.press("Enter")
        desk.wait("the act", lambda: desk.has(".reading [role=status] pre"))
    (act,) = life.acts("ar")
    assert [one.text for one in act.messages] == ["Fever in the house"]


def tab_to(desk: Desk, selector: str) -> None:
    for _ in range(80):
        if desk.focus(selector):
            return
        desk.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def test_keys_can_be_changed_and_turned_off(desk, root):
    prepare(desk, root, ("en", "fr"), DESKTOP, "light")
    desk.open("fr", "ankl")
    first = desk.here
    desk.press("k", CONTROL)
    field = "input[aria-label='Key for: Next text']"
    desk.wait("the commands", lambda: desk.has(field))
    desk.click(field)
    desk.press("ArrowDown", CONTROL)
    desk.press("Escape")
    desk.wait("no commands", lambda: not desk.has("dialog"))
    desk.press("ArrowDown", CONTROL)
    desk.wait("the next text", lambda: desk.here != first)
    # It is kept, and can be turned off; a key without Ctrl or Alt is never one of the desk.
    desk.open("fr", "ankl")
    desk.press("k", CONTROL)
    desk.click(field)
    assert desk.say("document.activeElement.value") == "Control+ArrowDown"
    desk.press("n")
    assert desk.say("document.activeElement.value") == "Control+ArrowDown"
    desk.press("Delete")
    desk.wait("it is off", lambda: desk.say("document.activeElement.value") == "")
    desk.press("Escape")
    desk.wait("no commands", lambda: not desk.has("dialog"))
    second = desk.here
    desk.press("ArrowDown", CONTROL)
    desk.click("textarea")
    assert desk.here == second


def test_keyboards_of_other_scripts_and_altgr(desk, root):
    """Ctrl with the place of S saves, whatever letter is there; AltGr with it types a letter."""
    prepare(desk, root, ("en", "fr"), DESKTOP, "light")
    desk.open("fr", "ankl")
    desk.click("textarea")
    pressed = (
        "(more => !document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {code: 'KeyS', ctrlKey: true, bubbles: true, cancelable: true, ...more})))"
    )
    assert desk.say(f"{pressed}({{key: 'س'}})")
    assert desk.say(f"{pressed}({{key: 'ы'}})")
    assert not desk.say(f"{pressed}({{key: 'ś', altKey: true, modifierAltGraph: true}})")
    assert not desk.has(".rows li")
    # Option on a Mac makes another letter.
    assert desk.say(f"{pressed}({{key: 'ß', altKey: true}})")
    desk.wait("the list", lambda: desk.has(".rows li"))


def test_forced_colours_keep_what_is_told(desk, root):
    """With colours of the reader's own, what was lost is outlined and states are words."""
    prepare(desk, root, ("en", "fr"), DESKTOP, "light")
    desk.browser.wants(forced_colors="active")
    desk.open("fr", "ankl")
    style = "getComputedStyle(document.querySelector('#tools button')).borderTopStyle"
    assert desk.say(style) == "solid"
    assert desk.say("matchMedia('(forced-colors: active)').matches")
    desk.click("#tools .group button:nth-child(4)")
    desk.wait("the list", lambda: desk.has(".rows li"))
    assert desk.say("[...document.querySelectorAll('.rows .word')].every(one => one.textContent)")


def test_forced_colours_keep_what_a_review_tells(desk, benches):
    """Which text it is, which verdict it has and what is signed is seen by lines and words."""
    prepare(desk, benches.root, ("en", "fr"), DESKTOP, "light")
    desk.browser.wants(forced_colors="active")
    show(desk, benches, "review-pairs")
    style = "getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    here = ".pairs li[aria-current=true]"
    assert desk.say(style, here, "outlineStyle") == "solid"
    assert desk.say(style, ".pairs li[aria-current=false]", "outlineStyle") == "none"
    pressed, other = (f".pairs [aria-pressed={one}]" for one in ("true", "false"))
    assert desk.say(style, pressed, "borderTopWidth") != desk.say(style, other, "borderTopWidth")
    # Nothing is told by a ground alone: each text stands in a box of its own.
    assert desk.say(style, ".pairs > li", "borderTopStyle") == "solid"
    show(desk, benches, "review-end")
    assert desk.say(style, ".statement", "borderTopStyle") == "solid"
    assert desk.say(style, "#sign", "borderTopStyle") == "solid"
    assert all(desk.say("[...document.querySelectorAll('.pairs strong')].map(x => x.textContent)"))
