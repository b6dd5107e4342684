"""What the workbench writes: one message at a time, and never over somebody else's work."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.workbench.desk import Desk, UnknownError
from ankl_i18n.workbench.journal import FOLDER, Drafts, Lines, Undo
from ankl_i18n.workbench.saving import Asked
from sample_project import make


@pytest.fixture
def sample(tmp_path):
    return make(tmp_path)


@pytest.fixture
def desk(sample):
    found = Desk(sample.root)
    yield found
    found.close()


def rows(desk, leaflet="drain", tag="fr"):
    return {row["source"]: row for row in desk.open(leaflet, tag)["texts"]}


def some_row(desk, n=3):
    return [row for row in rows(desk).values() if row["kind"] and row["state"] == "translated"][n]


def on_disk(sample, source, tag="fr", domain="drain"):
    return sample.message(po.read(sample.catalog(tag, domain)), source)


def save(desk, row, text, base=None, *, right=False):
    asked = Asked((text,), row["version"] if base is None else base, right)
    return desk.save("drain", "fr", row["name"], asked)


def test_a_save_changes_one_message_and_signs_it(sample, desk):
    desk.be("  A. Translator <a@example.org>\n")
    row = some_row(desk)
    before = po.read(sample.catalog("fr", "drain"))
    done = save(desk, row, "Texte neuf.")
    assert done["outcome"] == "saved"
    assert done["row"]["forms"] == ["Texte neuf."]
    after = po.read(sample.catalog("fr", "drain"))
    changed = [
        new.msgid
        for old, new in zip(before.entries, after.entries, strict=True)
        if old.fields() != new.fields()
    ]
    assert changed == [row["source"]]
    assert after.headers["Last-Translator"] == "A. Translator <a@example.org>"
    assert after.headers["PO-Revision-Date"] >= before.headers["PO-Revision-Date"]


def test_a_save_of_the_same_text_writes_nothing(sample, desk):
    row = some_row(desk)
    before = sample.catalog("fr", "drain").read_bytes()
    assert save(desk, row, row["forms"][0])["outcome"] == "unchanged"
    assert sample.catalog("fr", "drain").read_bytes() == before


def test_nothing_is_written_over_what_somebody_else_wrote(sample, desk):
    row = some_row(desk)
    sample.translate("fr", "drain", row["source"], "D'une autre main.")
    done = save(desk, row, "De ma main.")
    assert done["outcome"] == "conflict"
    assert done["text"]["forms"] == ["D'une autre main."]
    assert on_disk(sample, row["source"]).msgstr == "D'une autre main."
    done = save(desk, row, "De ma main.", done["text"]["version"])
    assert done["outcome"] == "saved"
    assert on_disk(sample, row["source"]).msgstr == "De ma main."


def test_the_same_text_by_two_people_is_no_conflict(sample, desk):
    row = some_row(desk)
    sample.translate("fr", "drain", row["source"], "Le même texte.")
    assert save(desk, row, "Le même texte.")["outcome"] == "unchanged"


def test_other_messages_of_somebody_else_stay(sample, desk):
    mine, theirs = some_row(desk, 3), some_row(desk, 4)
    sample.translate("fr", "drain", theirs["source"], "D'une autre main.")
    assert save(desk, mine, "De ma main.")["outcome"] == "saved"
    assert on_disk(sample, theirs["source"]).msgstr == "D'une autre main."


def test_an_unchanged_fuzzy_text_stays_fuzzy_until_it_is_right(sample, desk):
    source = some_row(desk)["source"]
    with sample.edit("fr", "drain") as catalog:
        entry = sample.message(catalog, source)
        entry.fuzzy, entry.previous_msgid = True, "What it was"
    desk.changed([sample.catalog("fr", "drain")])
    row = rows(desk)[source]
    assert row["state"] == "fuzzy"
    assert save(desk, row, row["forms"][0])["outcome"] == "unchanged"
    assert on_disk(sample, source).fuzzy
    assert save(desk, row, row["forms"][0], right=True)["outcome"] == "saved"
    assert not on_disk(sample, source).fuzzy
    assert not on_disk(sample, source).previous_msgid


def test_undo_goes_back_step_by_step_and_after_a_crash(sample, desk):
    row = some_row(desk)
    first = save(desk, row, "Un.")
    save(desk, first["row"], "Deux.")
    again = Desk(sample.root)  # the first one never closed
    assert again.take_back("drain", "fr")["outcome"] == "saved"
    assert on_disk(sample, row["source"]).msgstr == "Un."
    assert again.take_back("drain", "fr")["outcome"] == "saved"
    assert on_disk(sample, row["source"]).msgstr == row["forms"][0]
    assert again.take_back("drain", "fr")["outcome"] == "nothing"


def test_undo_gives_back_what_was_fuzzy(sample, desk):
    source = some_row(desk)["source"]
    with sample.edit("fr", "drain") as catalog:
        entry = sample.message(catalog, source)
        entry.fuzzy, entry.previous_msgid = True, "What it was"
    desk.changed([sample.catalog("fr", "drain")])
    save(desk, rows(desk)[source], "Neuf.")
    desk.take_back("drain", "fr")
    assert on_disk(sample, source).fuzzy
    assert on_disk(sample, source).previous_msgid == "What it was"


def test_undo_leaves_alone_what_was_changed_since(sample, desk):
    row = some_row(desk)
    save(desk, row, "Un.")
    sample.translate("fr", "drain", row["source"], "D'une autre main.")
    assert desk.take_back("drain", "fr")["outcome"] == "conflict"
    assert on_disk(sample, row["source"]).msgstr == "D'une autre main."


def test_drafts_are_offered_again_until_they_are_saved(sample, desk):
    row = some_row(desk)
    desk.check("drain", "fr", row["name"], ("Pas encore",), row["version"])
    again = Desk(sample.root)
    assert again.text("drain", "fr", row["name"])["draft"]["forms"] == ["Pas encore"]
    assert save(again, row, "Pas encore.")["outcome"] == "saved"
    assert Desk(sample.root).text("drain", "fr", row["name"])["draft"] is None


def test_a_line_that_was_cut_off_takes_no_other_with_it(tmp_path):
    lines = Lines(tmp_path / "folder" / "lines.jsonl")
    lines.add({"n": 1})
    with lines.path.open("a") as file:
        file.write('{"n": 2, "te')
    lines.add({"n": 3})
    assert [line["n"] for line in lines.read()] == [1, 3]


def test_journals_do_not_grow_forever(tmp_path):
    drafts = Drafts(tmp_path)
    for n in range(50):
        drafts.put("fr", "x", (str(n),), "base")
    drafts.put("fr", "y", ("kept",), "base")
    drafts.drop("fr", "x")
    assert len(list(Drafts(tmp_path).lines.read())) == 1
    undo = Undo(tmp_path)
    for n in range(5):
        undo.add({"id": str(n), "tag": "fr"})
    undo.drop({"id": "4"})
    assert [line["id"] for line in Undo(tmp_path).done] == ["0", "1", "2", "3"]


def test_reasons_and_questions_go_into_the_comment(sample, desk):
    row = some_row(desk)
    desk.comment("drain", "fr", row["name"], "i18n: ignore numbers: it is a name")
    done = desk.comment("drain", "fr", row["name"], "i18n: question Which of the two?")
    assert done["text"]["questions"] == ["Which of the two?"]
    entry = on_disk(sample, row["source"])
    assert entry.tcomment.split("\n")[-2:] == [
        "i18n: ignore numbers: it is a name",
        "i18n: question Which of the two?",
    ]
    assert desk.home(["fr"])[0]["leaflets"][1]["questions"] == ["Which of the two?"]
    line = "i18n: question Which of the two?"
    desk.comment("drain", "fr", row["name"], line, remove=True)
    assert "question" not in on_disk(sample, row["source"]).tcomment


def test_a_text_that_the_catalog_lacks_is_added(sample, desk):
    row = some_row(desk)
    with sample.edit("fr", "drain") as catalog:
        catalog.entries.remove(sample.message(catalog, row["source"]))
    desk.changed([sample.catalog("fr", "drain")])
    row = rows(desk)[row["source"]]
    assert row["state"] == "untranslated"
    assert save(desk, row, "De retour.")["outcome"] == "saved"
    entry = on_disk(sample, row["source"])
    assert entry.msgstr == "De retour."
    assert entry.comment


def test_names_that_nobody_has_are_unknown(desk):
    for leaflet, tag, name in [("x", "fr", "y"), ("drain", "xx", "y"), ("drain", "fr", "y")]:
        with pytest.raises(UnknownError):
            desk.text(leaflet, tag, name)


def test_outside_changes_are_told_by_message(sample, desk):
    row = some_row(desk)
    save(desk, row, "Moi.")
    assert desk.changed([sample.catalog("fr", "drain")]) == []  # it was us
    sample.translate("fr", "drain", row["source"], "Une autre main.")
    (event,) = desk.changed([sample.catalog("fr", "drain")])
    assert event["names"] == [row["name"]]
    assert desk.text("drain", "fr", row["name"])["forms"] == ["Une autre main."]
    assert "Une autre main." in desk.page("drain", "fr", {}, marks=False)


def test_a_warm_desk_says_what_a_new_one_says(sample, desk):
    chance = random.Random(7)
    known = list(rows(desk).values())
    for n in range(30):
        row = rows(desk)[chance.choice(known)["source"]]
        if n % 3:
            forms = tuple(f"{form} {n}" for form in row["forms"])
            desk.save("drain", "fr", row["name"], Asked(forms, row["version"]))
        else:
            mine = [one for one in known if one["kind"]]
            sample.translate("fr", "drain", chance.choice(mine)["source"], f"Dehors {n}")
            desk.changed([sample.catalog("fr", "drain")])
    new = Desk(sample.root)
    assert desk.open("drain", "fr") == new.open("drain", "fr")
    assert desk.page("drain", "fr", {}) == new.page("drain", "fr", {})
    for tag in ("ar", "es"):
        assert desk.page("drain", tag, {}) == new.page("drain", tag, {})


def test_a_changed_leaflet_is_read_anew(sample, desk):
    before = rows(desk)
    sample.replace("source/drain.md", some_row(desk)["source"][:20], "Something else ")
    assert {"kind": "project"} in desk.changed([sample.path("source/drain.md")])
    assert rows(desk).keys() != before.keys()


WRITER = """
import sys, pathlib
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.saving import Asked
desk = Desk(pathlib.Path(sys.argv[1]))
rows = [row for row in desk.open("drain", "fr")["texts"] if row["kind"]]
for n in range(100000):
    row = desk.row("drain", "fr", rows[n % len(rows)]["name"])
    desk.check("drain", "fr", row["name"], (f"brouillon {n}",), row["version"])
    desk.save("drain", "fr", row["name"], Asked((f"texte {n}",), row["version"]))
    print(n, flush=True)
"""


@pytest.mark.parametrize("wait", [0.01, 0.07, 0.2])
def test_a_killed_server_loses_nothing_that_was_saved(sample, wait):
    command = [sys.executable, "-c", WRITER, str(sample.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        for line in writer.stdout:
            if int(line) >= 3:
                break
        time.sleep(wait)
        os.kill(writer.pid, signal.SIGKILL)
        rest = [int(line) for line in writer.stdout]
        last = max([3, *rest])
    catalog = po.read(sample.catalog("fr", "drain"))
    saved = [entry.msgstr for entry in catalog.entries if entry.msgstr.startswith("texte ")]
    assert f"texte {last}" in saved
    desk = Desk(sample.root)
    while desk.take_back("drain", "fr")["outcome"] == "saved":
        pass
    catalog = po.read(sample.catalog("fr", "drain"))
    assert not [one for one in catalog.entries if one.msgstr.startswith("texte ")]
    kept = (sample.root / FOLDER / "undo.jsonl").read_text().splitlines()
    assert all(json.loads(line) for line in kept if line)
