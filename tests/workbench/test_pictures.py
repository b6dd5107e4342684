"""The pictures of docs/workbench.md show the workbench as it is."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from at_desk import at_desk, copy_of_repository
from pictures import TOLERANCE, coarse, difference, stored
from sample_project import REPOSITORY

pytestmark = pytest.mark.browser
FOLDER = REPOSITORY / "docs" / "images"
FEVER = "a temperature of 38 °C (100.4 °F) or higher, or chills"
WRONG = "une température de 39 °C (100,4 °F) ou plus, ou des frissons ;"


@pytest.mark.parametrize(("name", "speaks"), [("workbench", "en"), ("workbench-ar", "ar")])
def test_a_picture(browser, tmp_path, rewrite, name, speaks):
    tag = "fr"
    browser.window(1280, 800)
    browser.wants(prefers_reduced_motion="reduce", prefers_color_scheme="light")
    with at_desk(browser, copy_of_repository(tmp_path / "project"), tag) as desk:
        desk.asks_for(speaks)
        texts = desk.workbench.post("open", leaflet="ankl", tag=tag)["texts"]
        fever = next(one["name"] for one in texts if one["source"] == FEVER)
        desk.open(tag, "ankl", fever)
        desk.click("textarea")
        desk.type(WRONG)
        desk.wait("the problem", lambda: desk.has(".found .fix"))
        desk.wait("it in the page", lambda: "39" in desk.shown(fever))
        browser.chrome.execute_script("document.activeElement.blur()")
        seen = Image.open(io.BytesIO(browser.chrome.get_screenshot_as_png())).convert("RGB")
    path = FOLDER / f"{name}.png"
    if rewrite:
        path.write_bytes(stored(seen))
    drawn = Image.open(path).convert("L")
    seen.save(tmp_path / path.name)
    assert drawn.size == seen.size
    assert difference(drawn, coarse(seen)).max() <= TOLERANCE
