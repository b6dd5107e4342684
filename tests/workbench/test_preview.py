"""The page that the workbench shows is the one that readers get, but for its marks."""

from __future__ import annotations

import random
import re

import pytest

from ankl_i18n.build import pages
from ankl_i18n.build.jobs import page_files
from ankl_i18n.catalogs.leaflets import document
from ankl_i18n.catalogs.project import Project
from ankl_i18n.html.words import Words
from ankl_i18n.settings import load
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.preview import page
from ankl_i18n.workbench.texts import texts
from sample_project import REPOSITORY, make

SPECIMEN = REPOSITORY / "tests" / "cases" / "specimen"
CASES = [
    (root, name, tag)
    for root, names in ((REPOSITORY, ("ankl", "words")), (SPECIMEN, ("specimen",)))
    for name in names
    for tag in load(root).languages
]
QUICK = {CASES[0], *random.Random(5).sample(CASES, 5)}
NAMED = re.compile(r'data-key="(\w+)"')
MORE = re.compile(r'data-more="([^"]*)"')
MARKS = re.compile(r'</?m-text(?: data-key="[^"]*")?>| data-more="[^"]*"')


def projects():
    known: dict[object, Project] = {}

    def project(root):
        if root not in known:
            known[root] = Project(load(root))
        return known[root]

    return project


PROJECT = projects()


@pytest.mark.parametrize(
    ("root", "name", "tag"),
    [one if one in QUICK else pytest.param(*one, marks=pytest.mark.slow) for one in CASES],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_page_without_marks_is_that_of_a_build(root, name, tag):
    project = PROJECT(root)
    built = pages.leaflet(project, next(page_files(tag, name)))
    assert page(project, name, tag, marks=False) == built
    marked = page(project, name, tag)
    assert MARKS.sub("", marked) == built
    assert marked != built


@pytest.mark.parametrize("tag", ["fr", "ar", "ja"])
@pytest.mark.parametrize("name", ["ankl", "words"])
def test_every_text_that_a_page_shows_can_be_picked(name, tag, monkeypatch):
    """Marked in the page, or else in the list: what is heard alone, words that it does not use."""
    said = {"text": set(), "number": set(), "attribute": set()}
    for how, found in said.items():
        real = getattr(Words, how)
        monkeypatch.setattr(
            Words, how, lambda self, msgid, *more, real=real, found=found, **values: (
                found.add(msgid) or real(self, msgid, *more, **values)
            ),
        )  # fmt: skip
    project = PROJECT(REPOSITORY)
    html = page(project, name, tag)
    named = {*NAMED.findall(html), *" ".join(MORE.findall(html)).split()}
    listed = {text.name: text for text in texts(project, name, tag)}
    assert named <= listed.keys()
    own = [text for text in listed.values() if text.kind]
    assert {text.key for text in own} == {one.key for one in document(project, name).segments}
    unseen = {text.kind.partition(" of ")[0] for text in own if text.name not in named}
    assert unseen <= {"abbreviation", "meaning"}
    assert len(own) > (150 if name == "ankl" else 85)
    by_words = {text.key[1]: text.name for text in listed.values() if not text.kind}
    visible = said["text"] | said["number"]
    assert len(visible) > 15
    assert [one for one in visible if by_words[one] not in named] == []
    assert said["attribute"] <= by_words.keys()


def test_the_first_page_waits_for_no_other_catalog(tmp_path, monkeypatch):
    """Which languages its menu has is found out afterwards, one catalog after the other."""
    import ankl_i18n.checks

    looked, check = [], ankl_i18n.checks.check
    monkeypatch.setattr(
        "ankl_i18n.checks.check", lambda *given: looked.append(given[1].tag) or check(*given)
    )
    desk = Desk(make(tmp_path).root)
    desk.home(["fr"])
    first = desk.page("drain", "fr", {})
    assert set(looked) == {"fr"}
    waiting = desk.unknown()
    assert ("drain", "es") in waiting
    for place in waiting:
        desk.look_up(*place)
    assert {"es", "ar"} <= set(looked)
    last = desk.page("drain", "fr", {})
    built = pages.leaflet(desk.project, next(page_files("fr", "drain")))
    assert MARKS.sub("", last) == built
    assert set(NAMED.findall(first)) == set(NAMED.findall(last))


EVERY_KIND = """---
title: Your drain
summary: How to look after it
audience: For people at home
version: "1.0"
published: 2026-01-02
---

# Your drain

::: danger Call us
Call if it *hurts*.
:::

A paragraph with DVT and a note.[^1] See [the ward](https://example.org "Opens the ward's page").

![A drain and its bag](drain.svg "The drain")

| Sign | What to do |
|---|---|
| Pain | Call |

- One thing
- Another thing

> Somebody said this.

Bag
: What the drain ends in

<div><p>Text in a block.</p></div>

[^1]: It is a footnote.

*[DVT]: deep vein thrombosis
"""


def test_every_kind_of_text_can_be_picked(tmp_path):
    settings = '[tool.ankl_i18n]\nname = "Drains"\nlanguages = ["fr"]\nfront-matter = "free"\n'
    (tmp_path / "pyproject.toml").write_text(settings)
    source = tmp_path / "source"
    source.mkdir()
    (source / "drain.md").write_text(EVERY_KIND)
    (source / "drain.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    project = Project(load(tmp_path))
    own = [text for text in texts(project, "drain", "fr") if text.kind]
    with_short_form = next(text for text in own if text.key[1].startswith("A paragraph"))
    typed = {("drain", with_short_form.key): (with_short_form.key[1],)}
    html = page(project, "drain", "fr", typed)
    named = {*NAMED.findall(html), *" ".join(MORE.findall(html)).split()}
    assert [(text.kind, text.key) for text in own if text.name not in named] == []
    expected = {
        "heading", "alt text", "caption", "link title", "table cell", "table header", "footnote",
        "term", "meaning of DVT", "meaning", "list item", "quotation", "call-out title", "text",
        "abbreviation",
    }  # fmt: skip
    assert expected <= {text.kind for text in own}
    built = pages.leaflet(project, next(page_files("fr", "drain")))
    assert MARKS.sub("", page(project, "drain", "fr")) == built
