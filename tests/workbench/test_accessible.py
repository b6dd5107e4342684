"""Every screen of the workbench for everybody: axe-core, the keyboard alone, 400 % zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import polib
import pytest
from test_pages import AXE

from at_desk import CONTROL, Desk, at_desk, copy_of_repository, entry
from chromium import DESKTOP, ZOOMED

pytestmark = pytest.mark.browser

PHONE = (390, 844)
EMPTY = "Ask your care team to fill in the numbers."
MORE_RULES = ("target-size",)


def home(desk: Desk) -> None:
    desk.enter_again()


def view(number: int) -> Callable[[Desk], None]:
    def show(desk: Desk) -> None:
        desk.open(desk.tag, "ankl")
        desk.click(f"#tools .group button:nth-child({number})")
        desk.settled()
        desk.wait("what is seen", lambda: not desk.has(".wait"))

    return show


def finish(desk: Desk) -> None:
    desk.open(desk.tag, "ankl")
    desk.click("#tools [role=toolbar] > button:last-of-type")
    desk.wait("the dialog", lambda: desk.has("dialog[open]"))


def palette(desk: Desk) -> None:
    desk.open(desk.tag, "ankl")
    desk.press("k", CONTROL)
    desk.wait("the dialog", lambda: desk.has("dialog[open]"))


def conflict(desk: Desk) -> None:
    desk.open(desk.tag, "ankl")
    before = desk.value
    desk.click("textarea")
    desk.type("38 3 %")
    desk.wait("a problem", lambda: desk.has(".found li"))
    catalog = polib.pofile(str(desk.path), wrapwidth=78)
    source = desk.text(".source")
    catalog.find(source).msgstr = before + "?"
    catalog.save()
    desk.press("s", CONTROL)
    desk.wait("the conflict", lambda: desk.has(".conflict"))


SCREENS = {
    "home": home,
    "page": view(1),
    "phone": view(2),
    "both": view(3),
    "list": view(4),
    "finish": finish,
    "palette": palette,
    "conflict": conflict,
}
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
def root(tmp_path_factory: pytest.TempPathFactory):
    return copy_of_repository(tmp_path_factory.mktemp("desk") / "project")


@pytest.fixture
def desk(browser, root) -> Iterator[Desk]:
    with at_desk(browser, root) as found:
        found.tag = "fr"
        yield found


def prepare(desk: Desk, root, spoken, size, scheme) -> None:
    speaks, desk.tag = spoken
    desk.path = root / "locale" / desk.tag / "LC_MESSAGES" / "ankl.po"
    desk.asks_for(speaks)
    desk.browser.window(*size)
    desk.browser.wants(prefers_color_scheme=scheme)


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
def test_axe_finds_nothing(desk, root, way):
    screen, spoken, size, scheme = way
    prepare(desk, root, spoken, size, scheme)
    SCREENS[screen](desk)
    assert desk.say("document.documentElement.lang") == spoken[0]
    assert axe(desk) == []


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("spoken", [("en", "fr"), ("ar", "ar")], ids="-".join)
def test_nothing_is_cut_off_at_400_percent(desk, root, screen, spoken):
    prepare(desk, root, spoken, ZOOMED, "light")
    SCREENS[screen](desk)
    wide = (
        "[...document.querySelectorAll('body *')].filter(one => !one.closest('.unseen, .skip, pre')"
        " && (one.getBoundingClientRect().right > innerWidth + 1"
        " || one.getBoundingClientRect().left < -1)).map(one => one.outerHTML.slice(0, 120))"
    )
    assert desk.say("document.documentElement.scrollWidth") <= ZOOMED[0]
    assert desk.say(wide) == []


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
