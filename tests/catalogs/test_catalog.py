"""Templates and updates: cases are folders of template.pot, before.po and after.po."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import ui_sources
from ankl_i18n.catalogs.renewal import started, update
from ankl_i18n.catalogs.sameness import skeleton
from ankl_i18n.catalogs.template import leaflet_messages, template, ui_messages
from ankl_i18n.languages import language
from ankl_i18n.source import parse

CASES = Path(__file__).parents[1] / "cases" / "update"
FR = language("fr")
NOW = datetime.datetime(2026, 11, 22, 10, 0, tzinfo=datetime.UTC)
PROJECT = {"name": "Test", "report_bugs_to": ""}
LEAFLET = """---
title: Case
---

# Heading

Text with *words* — and “quotes”, 38 °C, a [link](https://example.org/a/rather/long/address).

- 日本語の文章はスペースなしで書かれますから、行の折り返しは文字の幅で決まります。そうです。
- item\\
  two
"""


def messages(source=LEAFLET):
    return leaflet_messages([parse(source, "source/case.md", "case", front_matter="free")])


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_update(folder, golden):
    catalog = po.read(folder / "before.po")
    carry = folder.name.startswith("carried")
    update(catalog, po.read(folder / "template.pot"), FR, carry_cosmetic=carry)
    golden(folder / "after.po", po.write(catalog).decode())


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_update_is_idempotent(folder):
    pot = po.read(folder / "template.pot")
    catalog = po.read(folder / "before.po")
    update(catalog, pot, FR)
    once = po.write(catalog)
    again = po.parse(once, "once.po")
    update(again, pot, FR)
    assert po.write(again) == once


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_update_loses_no_translation(folder):
    old = po.read(folder / "before.po").entries
    before = {skeleton(text) for entry in old for text in entry.forms if text}
    catalog = po.read(folder / "before.po")
    update(catalog, po.read(folder / "template.pot"), FR)
    after = {skeleton(text) for entry in catalog.entries for text in entry.forms}
    comments = "".join(entry.tcomment for entry in catalog.entries)
    assert all(text in after or text in comments for text in before)


def test_an_update_that_changes_nothing_leaves_the_bytes():
    pot = template("t.pot", messages(), PROJECT, NOW, None)
    catalog, _ = started("fr.po", pot, FR, NOW)
    data = po.write(catalog)
    later = template("t.pot", messages(), PROJECT, NOW + datetime.timedelta(days=1), None)
    same = po.parse(data, "fr.po")
    changes = update(same, later, FR)
    assert po.write(same) == data
    assert (changes.new, changes.obsolete, changes.fuzzy) == (0, 0, [])


def test_the_template_keeps_its_date_until_messages_change():
    first = template("t.pot", messages(), PROJECT, NOW, None)
    old = po.parse(po.write(first), "t.pot")
    later = NOW + datetime.timedelta(days=1)
    same = template("t.pot", messages(), PROJECT, later, old)
    assert po.write(same) == old.data
    changed = template("t.pot", messages(LEAFLET + "\nMore.\n"), PROJECT, later, old)
    assert changed.headers["POT-Creation-Date"] == "2026-11-23 10:00+0000"


@pytest.mark.parametrize("found", [messages(), ui_messages(ui_sources())], ids=["leaflet", "ui"])
def test_msgcat_prints_the_template_unchanged(found, tmp_path):
    path = tmp_path / "t.pot"
    path.write_bytes(po.write(template("t.pot", found, PROJECT, NOW, None)))
    printed = subprocess.run(["msgcat", path], check=True, capture_output=True)
    assert printed.stdout == path.read_bytes()


def test_a_repeated_message_is_one_message_with_all_that_is_known_of_it():
    source = (
        "---\ntitle: T\n---\n# One thing here\n\nSame text.\n\n# Another thing here\n\nSame text.\n"
    )
    (same,) = [message for message in messages(source) if message.msgid == "Same text."]
    assert same.comments == (
        "Section: One thing here · paragraph",
        "Section: Another thing here · paragraph",
    )
    assert same.references == ("source/case.md",)


def test_a_new_catalog_is_a_draft_for_its_language():
    catalog, _ = started("fr.po", template("t.pot", messages(), PROJECT, NOW, None), FR, NOW)
    assert catalog.headers["X-Review-State"] == "draft"
    assert catalog.headers["Language"] == "fr"
    assert catalog.headers["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    assert not catalog.header.is_fuzzy()
