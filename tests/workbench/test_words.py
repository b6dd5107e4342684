"""The desk speaks every language of this repository, and keeps the codes of its own texts."""

from __future__ import annotations

import re

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import PACKAGE, bundled_locale
from ankl_i18n.catalogs.template import ui_messages
from ankl_i18n.exchange.tasks.packet import SEVERITIES, TYPES
from ankl_i18n.languages import language
from ankl_i18n.settings import load
from ankl_i18n.workbench.words import DOMAIN, available, sources, words
from sample_project import REPOSITORY

CODE = re.compile(r"\{\w+\}|ankl-i18n \w+|PDF")
TAGS = load(REPOSITORY).languages
SAID = {one.msgid for one in ui_messages(sources())}


@pytest.mark.parametrize("tag", TAGS)
def test_the_desk_speaks_a_language(tag):
    spoken = language(tag)
    path = bundled_locale() / spoken.gettext_id / "LC_MESSAGES" / f"{DOMAIN}.po"
    catalog = po.read(path, path.name)
    known = {one.msgid: one.msgstr for one in catalog.entries if not one.obsolete}
    assert known.keys() == SAID
    assert [one for one, said in known.items() if not said] == []
    for source, said in known.items():
        assert sorted(CODE.findall(said)) == sorted(CODE.findall(source)), said
    found = words(tag)
    assert (found["tag"], found["dir"], found["words"]) == (tag, spoken.direction, known)


def test_the_desk_offers_its_languages_by_their_own_names():
    offered = dict(map(tuple, available()))
    assert {"en", *TAGS} <= offered.keys()
    assert offered["ar"] == "العربية"


def test_an_unknown_language_is_english():
    assert words("../../x") == words("en") == {"tag": "en", "dir": "ltr", "words": {}}


def test_reviewers_choose_kinds_of_errors_in_their_language():
    """Each name of a packet has words, which are translated like all others."""
    text = (PACKAGE / "workbench/static/review.js").read_text(encoding="utf-8")
    named = dict(re.findall(r'(?m)[\s{]"?([\w-]+)"?: \(\) => _\("([^"]+)"\)', text))
    for name in filter(None, (*TYPES, *SEVERITIES)):
        assert named[name] in SAID, name
    assert words("fr")["words"][named["wrong-term"]] == "Terme incorrect"
