"""The page on which readers search: what it finds, and that nothing but its script runs."""

from __future__ import annotations

import json
import re

import pytest
from test_pages import axe

from ankl_i18n.html.search import policy, script
from ankl_i18n.html.templating import POLICY
from sample_project import make

SLY = "</script><script>document.title = 'hurt'</script><img src=x onerror=document.title='hurt'>"


@pytest.fixture
def project(tmp_path):
    sample = make(tmp_path / "project")
    sample.replace("pyproject.toml", "base-url", "search = true\nbase-url")
    return sample


def data(project, tag: str) -> list[dict]:
    (block,) = project.page(tag, "search").xpath("//script[@type='application/json']/text()")
    return json.loads(block)


def test_every_page_leads_to_it_and_keeps_its_own_policy(project):
    project.build()
    for tag in ("en", "fr", "ar"):
        for name in ("drain", "index"):
            page = project.page(tag, name)
            assert "search.html" in page.xpath("//header//@href")
            assert page.xpath("//meta[@http-equiv]/@content") == [POLICY]
        assert project.page(tag, "search").xpath("//meta[@http-equiv]/@content") == [policy()]
    assert policy().startswith(f"{POLICY}; script-src 'sha256-")
    assert "<" not in script().replace("<=", "")


def test_it_knows_what_leaflets_say_and_nothing_else(project):
    project.build()
    (first, second) = sorted(data(project, "fr"), key=lambda one: one["href"])
    assert (first["href"], second["href"]) == ("drain-plan.html", "drain.html")
    assert second["title"] == "Votre drain à la maison"
    assert "38 °C" in second["text"]
    assert "**" not in second["text"]
    assert not re.search(
        "fetch|XMLHttp|import|innerHTML", script().replace("nothing is fetched", "")
    )


def test_only_its_texts_make_it_anew(project):
    project.build()
    before = project.built()
    assert project.build() and project.built() == before
    project.translate("fr", "drain", "What comes next", "Et ensuite")
    project.build()
    changed = {name for name, made in project.built().items() if made != before[name]}
    assert changed == {"fr/drain.html", "fr/search.html"}


def test_it_is_not_there_unless_asked_for(project):
    project.build()
    project.replace("pyproject.toml", "search = true\n", "")
    project.build()
    assert "fr/search.html" not in project.built()
    assert "search" not in project.text("build/fr/drain.html").split("<body")[1]


@pytest.mark.browser
def test_it_finds_by_parts_of_words_without_accents(project, browser):
    project.translate("ar", "drain", "Your drain at home", SLY)
    project.build("--drafts", code=None)
    browser.chrome.get_log("browser")

    def found(tag: str, words: str) -> list[str]:
        browser.open(project.path(f"build/{tag}/search.html"))
        browser.chrome.find_element("css selector", "#words").send_keys(words)
        return browser.say("[...document.querySelectorAll('#found a')].map(a => a.textContent)")

    assert found("fr", "drain a la") == ["Votre drain à la maison", "Votre plan"]  # title first
    assert found("fr", "MAISON tempera") == ["Votre drain à la maison"]
    assert set(found("fr", "dr")) == {"Votre drain à la maison", "Votre plan"}
    assert browser.say("document.getElementById('none').hidden")
    assert found("fr", "xyz") == []
    assert not browser.say("document.getElementById('none').hidden")
    assert found("ar", "38") == [SLY]
    assert browser.say("document.title") != "hurt"
    assert browser.say("document.querySelector('#found a').href").endswith("/ar/drain.html")
    assert axe(browser)["violations"] == []
    browser.say("void eval(\"document.body.append(Object.assign(document.createElement('script'),"
                " {textContent: 'document.title = 1'}))\")")  # fmt: skip
    assert browser.say("document.title") != "1"
    assert all(
        "Content Security Policy" in one["message"] for one in browser.chrome.get_log("browser")
    )
