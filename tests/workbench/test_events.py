"""What a browser is told without asking: what others changed, and that the workbench has ended."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager

from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.saving import Asked
from patience import PATIENCE
from running_workbench import Running, running
from sample_project import make

PLACE = {"leaflet": "drain", "tag": "fr"}


@contextmanager
def stream(bench: Running) -> Iterator[Iterator[dict]]:
    """Listen as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", bench.port, timeout=PATIENCE)
    headers = bench.headers(Origin=None)
    connection.request("GET", "/events", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.getheader("Content-Type", "").startswith("text/event-stream")
    while answer.readline().strip() != b": open":
        pass

    def told() -> Iterator[dict]:
        for line in answer:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    try:
        yield told()
    finally:
        connection.close()


def test_what_others_write_is_told_by_message(tmp_path):
    sample = make(tmp_path)
    with running(sample.root, "fr") as bench:
        row = next(one for one in bench.post("open", **PLACE)["texts"] if one["kind"])
        with stream(bench) as events:
            sample.translate("fr", "drain", row["source"], "D'une autre main.")
            event = next(events)
        assert event == {"kind": "texts", "tag": "fr", "names": [row["name"]], "count": 1}
        assert bench.post("row", **PLACE, name=row["name"])["forms"] == ["D'une autre main."]


def test_other_windows_are_told_of_a_save_and_by_whom(tmp_path):
    with running(make(tmp_path).root, "fr") as bench:
        row = next(one for one in bench.post("open", **PLACE)["texts"] if one["kind"])
        with stream(bench) as events:
            save = {"name": row["name"], "forms": ["Neuf."], "base": row["version"]}
            bench.post("save", **PLACE, **save, window="this one")
            event = next(events)
        assert (event["names"], event["by"]) == ([row["name"]], "this one")


def test_a_changed_leaflet_is_told(tmp_path):
    sample = make(tmp_path)
    with running(sample.root, "fr") as bench:
        bench.post("open", **PLACE)
        with stream(bench) as events:
            path = sample.path("source/drain.md")
            path.write_text(path.read_text() + "\nOne more paragraph.\n")
            assert next(events) == {"kind": "project"}
        texts = bench.post("open", **PLACE)["texts"]
        assert "One more paragraph." in [one["source"] for one in texts]


def test_the_end_is_told(tmp_path):
    with running(make(tmp_path).root, "fr") as bench, stream(bench) as events:
        bench.room.stop()
        assert list(events) == [{"kind": "end"}]


def test_what_a_save_finds_changed_is_told_all_the_same(tmp_path):
    """The desk reads the file at a save, before it hears that somebody else has written it."""
    sample = make(tmp_path)
    desk, path = Desk(sample.root), sample.catalog("fr", "drain")
    one, two, *_ = (row for row in desk.open("drain", "fr")["texts"] if row["kind"])
    # A conflict: the first text was changed elsewhere.
    sample.translate("fr", "drain", one["source"], "D'une autre main.")
    done = desk.save("drain", "fr", one["name"], Asked(("Le mien.",), one["version"]))
    assert done["outcome"] == "conflict"
    told = {"kind": "texts", "tag": "fr", "names": [one["name"]], "count": 1}
    assert desk.changed([path]) == [told]
    assert desk.changed([path]) == []
    # A save of the second, while the first was changed once more; now with an error.
    sample.translate("fr", "drain", one["source"], "D'une autre main, 77 fois.")
    done = desk.save("drain", "fr", two["name"], Asked(("Le mien.",), two["version"]))
    assert done["outcome"] == "saved"
    assert desk.row("drain", "fr", one["name"])["forms"] == ["D'une autre main, 77 fois."]
    assert "numbers" in dict(desk.row("drain", "fr", one["name"])["problems"])
    assert desk.changed([path]) == [told]
    assert desk.changed([path]) == []
