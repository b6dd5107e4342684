"""The leaflet on paper: where each text stands on the pages."""

from __future__ import annotations

import pytest

from ankl_i18n.preflight.pictures import Place, lines
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.paper import made
from running_workbench import running
from sample_project import REPOSITORY, make

pytestmark = pytest.mark.pdf
# What stands on no paper: descriptions of pictures.
UNPRINTED = {"alt text"}
EACH = ["fr", *(pytest.param(tag, marks=pytest.mark.slow) for tag in ("ar", "ja", "hi", "th"))]


@pytest.mark.parametrize("tag", EACH)
def test_every_text_is_found_where_it_is_printed(tag, tmp_path):
    desk = Desk(REPOSITORY)
    texts = desk.plain_texts("ankl", tag)
    found = made(REPOSITORY, ("ankl", tag, "standard"), texts, tmp_path)
    rows = [row for row in desk.open("ankl", tag)["texts"] if row["kind"]]
    printed = [row for row in rows if row["kind"] not in UNPRINTED]
    lost = [row["source"] for row in printed if row["name"] not in found["places"]]
    assert len(printed) > 140
    assert len(lost) <= len(printed) // 50, lost
    for boxes in found["places"].values():
        assert len(boxes) == len(lines(Place(*box) for box in boxes))
        for page, left, top, right, bottom in boxes:
            assert 0 <= page < len(found["sizes"])
            assert 0 <= left <= right <= 1
            assert 0 <= top <= bottom <= 1
    pictures = [(tmp_path / f"{n}.png").read_bytes()[:4] for n in range(len(found["sizes"]))]
    assert set(pictures) == {b"\x89PNG"}


def test_a_line_is_one_place():
    """Of Latin within Arabic, of signs that are not looked for; a cell beside it is another."""
    word, number = Place(0, 0.5, 0.2, 0.6, 0.22), Place(0, 0.3, 0.201, 0.47, 0.221)
    bracket, cell = Place(0, 0.475, 0.2, 0.49, 0.22), Place(0, 0.7, 0.2, 0.8, 0.22)
    below = Place(0, 0.3, 0.225, 0.6, 0.245)
    line = Place(0, 0.3, 0.2, 0.6, 0.221)
    assert lines([word, below, number, cell, bracket]) == [cell, line, below]


def test_the_browser_gets_pages_and_a_proof(tmp_path):
    with running(make(tmp_path).root, "fr") as bench:
        place = {"leaflet": "drain", "tag": "fr"}
        shown = bench.post("paper", **place, edition="large-print")
        assert shown["places"]
        status, headers, data = bench.ask("GET", f"/paper/{shown['id']}/0", headers=bench.headers())
        assert (status, headers["content-type"], data[:4]) == (200, "image/png", b"\x89PNG")
        past = f"/paper/{shown['id']}/{len(shown['sizes'])}"
        assert bench.ask("GET", past, headers=bench.headers())[0] == 404
        address = bench.post("proof", **place)["address"]
        status, headers, data = bench.ask("GET", address, headers=bench.headers())
        assert (status, headers["content-type"], data[:5]) == (200, "application/pdf", b"%PDF-")
        assert bench.ask("GET", f"/paper/{shown['id']}/0", headers=bench.headers())[0] == 404
        bench.post("paper", 400, **place, edition="../x")
