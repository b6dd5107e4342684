"""What the desk offers for a text: what waits for somebody first, then the memory."""

from __future__ import annotations

import asyncio

from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.pending import keep
from ankl_i18n.exchange.tmx import Translation
from ankl_i18n.languages import language
from ankl_i18n.settings import load
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.room import Room
from sample_project import make


def test_what_waits_is_offered_first(tmp_path):
    sample = make(tmp_path)
    source = "Drain care at home"
    waiting = [Translation("en", source, "fr", "Revenu du bureau")]
    keep(Project(load(sample.root)), "drain", language("fr"), waiting)

    async def ask(tag):
        desk = Desk(sample.root)
        try:
            return await Room(desk, ["fr", "ar"], 0).remember(source, tag)
        finally:
            desk.close()

    first = asyncio.run(ask("fr"))[0]
    assert first["text"] == "Revenu du bureau"
    assert first["origin"] == "tm/pending/drain.fr.tmx"
    assert all("pending" not in one["origin"] for one in asyncio.run(ask("ar")))
