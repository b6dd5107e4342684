"""What makes pages a site: maps, feeds, old addresses, and what is shown where nothing is."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest

from sample_project import LANGUAGES, LEAFLETS, make

BASE = "https://leaflets.example"
TAGS = ("en", *LANGUAGES)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
PRICKLY = "</script><script>alert(1)</script><!--"


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def xml(project, name: str):
    return lxml.etree.fromstring(project.path(f"build/{name}").read_bytes())


def data(page) -> dict:
    (block,) = page.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(block)


def entry(project, tag: str, name: str):
    """Return the entry of a leaflet in a feed."""
    return xml(project, f"{tag}/feed.xml").xpath(
        f"//a:entry[a:id = '{BASE}/{tag}/{name}.html']", namespaces=ATOM
    )[0]


def said(element, path: str) -> str:
    return element.findtext(f"a:{path}", namespaces=ATOM)


# --- maps and robots ------------------------------------------------------------------------


def test_the_map_names_every_page_that_readers_look_for(project):
    project.build()
    maps = xml(project, "sitemap.xml").xpath("//s:loc/text()", namespaces=MAP)
    assert maps == [f"{BASE}/{tag}/sitemap.xml" for tag in TAGS]
    for tag in TAGS:
        root = xml(project, f"{tag}/sitemap.xml")
        places = root.xpath("//s:loc/text()", namespaces=MAP)
        assert {urlsplit(place).path for place in places} == {
            f"/{tag}/{name}.html" for name in ("index", *LEAFLETS)
        }
        assert all(project.path(f"build{urlsplit(place).path}").exists() for place in places)


def test_the_map_and_the_page_name_the_same_languages(project):
    project.build()
    for page in xml(project, "ar/sitemap.xml").xpath("//s:url", namespaces=MAP):
        path = urlsplit(page.findtext("s:loc", namespaces=MAP)).path
        html = lxml.html.fromstring(project.path(f"build{path}").read_bytes())
        pairs = [
            (link.get("hreflang"), link.get("href"))
            for link in html.xpath("//link[@rel='alternate'][@hreflang]")
        ]
        mapped = [
            (one.get("hreflang"), one.get("href")) for one in page.findall("x:link", namespaces=MAP)
        ]
        assert sorted(mapped) == sorted(pairs)
        assert html.xpath("//link[@rel='canonical']/@href") == [f"{BASE}{path}"]


def test_days_in_the_map_are_those_of_the_leaflets(project):
    project.build()
    days = xml(project, "fr/sitemap.xml").xpath("//s:lastmod/text()", namespaces=MAP)
    assert days == ["2026-01-31", "2026-02-01"]


def test_robots_find_the_map(project):
    project.build()
    assert f"Sitemap: {BASE}/sitemap.xml" in project.text("build/robots.txt")


def test_without_an_address_nothing_needs_one(project):
    project.build()
    assert project.path("build/fr/feed.xml").exists()
    project.replace("pyproject.toml", f'base-url = "{BASE}"\n', "")
    project.build()
    assert not [name for name in project.built() if not name.endswith(".html")]
    page = project.page("fr", "drain")
    assert not page.xpath("//meta[starts-with(@property, 'og:')] | //link[contains(@type, 'atom')]")
    assert "url" not in data(page)


# --- the feed -------------------------------------------------------------------------------


def test_the_feed_tells_of_each_leaflet_the_newest_first(project):
    project.build()
    feed = xml(project, "fr/feed.xml")
    ids = feed.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert ids == [f"{BASE}/fr/drain.html", f"{BASE}/fr/drain-plan.html"]
    assert said(feed, "updated") == "2026-02-01T00:00:00Z"
    assert said(feed, "title") == project.words("fr", "Leaflets for patients and families")
    assert said(entry(project, "fr", "drain"), "title") == "Votre drain à la maison"
    (link,) = project.page("fr", "drain").xpath("//link[@type='application/atom+xml']/@href")
    assert link == "feed.xml"


def test_the_feed_tells_of_a_change_by_its_day_alone(project):
    project.build()
    before = project.built()["fr/feed.xml"]
    project.replace("source/drain.md", "updated: 2026-02-01", "updated: 2026-02-15")
    project.build()
    assert said(entry(project, "fr", "drain"), "updated") == "2026-02-15T00:00:00Z"
    project.replace("source/drain.md", "updated: 2026-02-15", "updated: 2026-02-01")
    project.run("build", "--only", "html", SOURCE_DATE_EPOCH="1830000000")
    assert project.built()["fr/feed.xml"] == before


def test_markup_in_a_title_is_text_in_the_feed(project):
    project.translate("fr", "drain", "Your drain at home", "Un *drain* <b>&")
    project.build("--drafts", code=1)
    title = entry(project, "fr", "drain").find("a:title", namespaces=ATOM)
    assert title.get("type") == "html"
    assert lxml.html.fromstring(title.text).text_content() == "Un drain <b>&"


# --- data for machines ----------------------------------------------------------------------


def test_data_for_machines_says_what_is_so(project):
    project.build()
    told = data(project.page("fr", "drain"))
    assert told == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": f"{BASE}/fr/drain.html",
        "url": f"{BASE}/fr/drain.html",
        "name": "Votre drain à la maison",
        "description": "Comment s’occuper d’un drain.",
        "inLanguage": "fr",
        "datePublished": "2026-01-31",
        "dateModified": "2026-02-01",
        "version": "1.2",
        "creativeWorkStatus": "Draft",
        "translationOfWork": {"@type": "MedicalWebPage", "@id": f"{BASE}/en/drain.html"},
    }


def test_a_reviewed_translation_is_no_draft_and_names_no_reviewer(project):
    with project.edit("fr", "drain") as catalog:
        catalog.headers["X-Review-State"] = "reviewed"
    project.build()
    told = data(project.page("fr", "drain"))
    assert not told.keys() & {"creativeWorkStatus", "reviewedBy", "lastReviewed"}
    assert not data(project.page("en", "drain")).keys() & {
        "creativeWorkStatus",
        "translationOfWork",
    }


def test_a_text_of_free_form_is_not_medical(project):
    project.replace("pyproject.toml", "base-url", 'front-matter = "free"\nbase-url')
    project.build("--drafts", code=None)
    assert data(project.page("en", "drain"))["@type"] == "WebPage"


def test_data_for_machines_cannot_leave_its_element(project):
    project.translate("fr", "drain", "Your drain at home", PRICKLY)
    project.build("--drafts", code=1)
    page = project.page("fr", "drain")
    assert data(page)["name"] == PRICKLY
    assert len(page.xpath("//script")) == 1
    assert page.xpath("string(//meta[@property='og:title']/@content)") == PRICKLY


def test_shared_addresses_show_title_and_days(project):
    project.build()
    page = project.page("ar", "drain")
    shown = {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}
    assert shown["og:title"] == page.findtext(".//h1")
    assert shown["og:url"] == f"{BASE}/ar/drain.html"
    assert shown["article:modified_time"] == "2026-02-01"
    assert "og:site_name" not in shown


# --- pages of the site ----------------------------------------------------------------------


def test_where_nothing_is_every_reader_finds_a_way(project):
    project.replace("pyproject.toml", BASE, f"{BASE}/for-patients")
    project.build()
    page = lxml.html.fromstring(project.path("build/404.html").read_bytes())
    for item in page.xpath("//li[@class='card']"):
        tag = item.get("lang")
        says = project.words(tag, "There is no page at this address.") if tag != "en" else ""
        assert says in item.text_content()
        (href,) = item.xpath(".//a/@href")
        assert href == f"/for-patients/{tag}/index.html"
    assert page.xpath("//li[@class='card']/@lang") == list(TAGS)
    assert page.xpath("//li[@lang='ar']/@dir") == ["rtl"]
    # It is shown at any address, so nothing in it may depend on that.
    assert all(re.match(r"/|#", href) for href in page.xpath("//@href"))


def test_every_page_leads_to_the_statement_of_accessibility(project):
    project.build()
    for tag in TAGS:
        for name in (*LEAFLETS, "index"):
            assert "accessibility.html" in project.page(tag, name).xpath("//footer//@href")
    page = project.page("fr", "accessibility")
    assert page.get("lang") == "fr"
    assert page.findtext(".//h1") == project.words("fr", "Accessibility")


def test_a_leaflet_can_be_the_statement_of_accessibility(project):
    text = project.text("source/drain-plan.md")
    project.path("source/accessibility.md").write_text(
        text.replace("title: Your plan", "title: What we do for you"),
        encoding="utf-8",
    )
    project.build(code=None)
    assert project.page("en", "accessibility").findtext(".//h1") == "What we do for you"
    assert not project.path("build/fr/accessibility.html").exists()
    assert "../en/accessibility.html" in project.page("fr", "drain").xpath("//footer//@href")


# --- leaflets that were renamed -------------------------------------------------------------


def redirect(project, rules: str) -> None:
    project.replace("pyproject.toml", "base-url", f"redirects = {rules}\nbase-url")


def test_old_addresses_lead_to_the_new_ones(project):
    redirect(project, '{ tube = "drain", "old/pipe" = "tube" }')
    project.build()
    for old, new in (("tube", "drain.html"), ("old/pipe", "../drain.html")):
        page = project.page("fr", old)
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"]
        assert page.xpath("//main//a/@href") == [new]
        assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/fr/drain.html"]
        assert page.findtext(".//h1") == "Votre drain à la maison"
    rules = project.text("build/_redirects")
    assert "\n/fr/tube.html /fr/drain.html 301\n" in rules
    assert "\n/fr/old/pipe-a4.pdf /fr/drain.html 301\n" in rules
    assert "\n/fr/tube-letter.pdf /fr/drain.html;\n" in project.text("build/redirects.map")


def test_an_old_address_leads_to_the_language_that_there_is(project):
    redirect(project, '{ tube = "drain" }')
    with project.edit("fr", "drain") as catalog:
        for message in catalog.entries:
            message.msgstr = ""
    project.build()
    page = project.page("fr", "tube")
    assert page.get("lang") == "fr"
    assert page.xpath("//main//a/@href") == ["../en/drain.html"]
    assert page.xpath("//main//span[@lang='en']/text()") == ["English"]


def test_old_addresses_leave_with_their_rule(project):
    before = project.build() and project.built()
    redirect(project, '{ tube = "drain" }')
    project.build()
    assert "fr/tube.html" in project.built()
    project.replace("pyproject.toml", 'redirects = { tube = "drain" }\n', "")
    project.build()
    assert project.built() == before


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ('{ drain = "drain-plan" }', "there is a leaflet drain; its address leads to itself"),
        ('{ tube = "pipe" }', "tube leads to pipe, and there is no leaflet with this name"),
    ],
)
def test_rules_that_lead_nowhere_are_errors(project, rules, message):
    redirect(project, rules)
    result = project.build(code=1)
    assert f"pyproject.toml:4: error: {message} [redirects]" in result.stderr
    assert not project.path("build/_redirects").exists()
    assert "Empty the drain" in project.text("build/en/drain.html")


# --- what leaves ----------------------------------------------------------------------------


def test_files_for_servers_leave_with_their_language(project):
    project.build()
    mine = project.path("build/robots.txt.bak")
    mine.write_text("mine", encoding="utf-8")
    own = project.path("build/xx/feed.xml")
    own.parent.mkdir()
    own.write_text("<feed>by hand</feed>", encoding="utf-8")
    project.replace("pyproject.toml", ', "es"', "")
    project.build()
    assert not [name for name in project.built() if name.startswith("es/")]
    assert "/es/" not in project.text("build/sitemap.xml")
    assert own.exists()
    assert mine.exists()


def test_a_build_of_pdfs_alone_leaves_the_site_as_it_is(project):
    project.build()
    before = project.built()
    project.run("build", "--only", "pdf", "--leaflet", "drain", "--paper", "a4", "fr")
    assert before.items() <= project.built().items()
