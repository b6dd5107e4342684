"""Builds: what readers get, what they must not get, and what one mistake may stop."""

from __future__ import annotations

import base64
import re
import subprocess
from urllib.parse import unquote

import lxml.html
import pikepdf
import pytest

from ankl_i18n.build.jobs import jobs
from ankl_i18n.catalogs.project import Project
from ankl_i18n.settings import Options, load
from sample_project import LANGUAGES, LEAFLETS, make

HEADING = "What comes next"
LINK = "Your nurse gives you [a plan](drain-plan.md#days)."
# Scripts; blocks of data are none.
ACTIVE = "//script[not(@type = 'application/ld+json') or count(@*) > 1]"
# What there is beside the leaflets: of each language, and once.
LISTS = ("index.html", "accessibility.html", "feed.xml", "sitemap.xml")
ROOT = ("index.html", "coverage.html", "404.html", "sitemap.xml", "robots.txt")
LATE = "1830000000"  # 2027-12-28: every check of the sample is overdue


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def hold_back(project, tag, name):
    """Make a leaflet unfit for publication: its required or first messages are untranslated."""
    with project.edit(tag, name) as catalog:
        for entry in catalog.entries:
            entry.msgstr = ""


def text(element) -> str:
    return " ".join(element.text_content().split())


def is_notice(page) -> bool:
    """Tell whether a page says that its leaflet was withdrawn."""
    return page.body.get("class") == "withdrawn"


def notices(page) -> list[str]:
    return [text(notice) for notice in page.xpath("//div[@class='notice']")]


# --- text without a translation ------------------------------------------------------------


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("fuzzy", [False, True], ids=["untranslated", "fuzzy"])
def test_source_text_stands_in_and_is_marked(project, tag, fuzzy):
    project.translate(tag, "drain", HEADING, "zzz" if fuzzy else "", fuzzy=fuzzy)
    project.build()
    page = project.page(tag, "drain")
    heading = page.get_element_by_id("next")
    marks = {"class": "untranslated", "lang": "en", "dir": "ltr", "id": "next"}
    assert (text(heading), dict(heading.attrib)) == (HEADING, marks)
    (entry,) = page.xpath("//nav[@class='toc']//a[@href='#next']/span")
    assert (text(entry), entry.get("lang"), entry.get("dir")) == (HEADING, "en", "ltr")
    assert "zzz" not in project.text(f"build/{tag}/drain.html")


def test_the_page_says_how_much_is_not_translated(project):
    project.build()
    assert len(notices(project.page("fr", "drain"))) == 1
    for tag in ("fr", "ar"):
        project.translate(tag, "drain", HEADING, "")
        project.translate(tag, "drain", "How to look after a drain.", "")
    # Three, since Arabic has a form for two that needs no digit.
    project.translate("ar", "drain", "A full drain", "")
    project.build("--drafts")
    assert notices(project.page("fr", "drain"))[1].startswith("2 parties")
    said = notices(project.page("ar", "drain"))[1]
    assert "٣" in said
    assert not re.search(r"[A-Za-z0-9]", said)
    assert len(notices(project.page("es", "drain"))) == 1


def test_the_list_of_leaflets_says_it_too(project):
    project.translate("fr", "drain", HEADING, "")
    project.build()
    said = project.words("fr", "Not fully translated yet")
    cards = project.page("fr", "index").xpath("//li[@class='card']")
    assert [text(card.find("h2")) for card in cards if said in text(card)] == [
        "Votre drain à la maison"
    ]


def test_blank_translations_are_none(project):
    project.translate("fr", "drain", HEADING, " ")
    project.build("--drafts")
    assert text(project.page("fr", "drain").get_element_by_id("next")) == HEADING


def test_a_translation_is_text_and_never_markup(project):
    script = "<script>alert(1)</script>"
    for msgid in (HEADING, "Your drain at home", "How to look after a drain.", "A full drain"):
        project.translate("fr", "drain", msgid, script)
    project.translate("fr", "drain", "Empty the drain 2 times a day.", f"2 {script}")
    with project.edit("fr", "ui") as catalog:
        for entry in catalog.entries:
            if entry.msgid_plural:
                entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, script)
            else:
                entry.msgstr = script
    project.build("--drafts", code=1)
    for name in ("drain", "drain-plan", "index"):
        page = project.page("fr", name)
        assert not page.xpath(ACTIVE), name
        assert text(page).count(script) > 2


# --- what is published ---------------------------------------------------------------------


def test_below_the_threshold(project):
    project.translate("fr", "drain", HEADING, "")
    project.build()
    assert "fr/drain.html" in project.built()
    stale = ["drain-a4.pdf", "drain-letter.pdf", "drain-a4-large-print.pdf"]
    kept = ["drain-plan-a4.pdf", "drain-notes.txt"]
    for name in (*stale, *kept):
        project.path(f"build/fr/{name}").write_bytes(b"from an earlier build")
    project.replace("pyproject.toml", "base-url", "publish-at = 99\nbase-url")
    out = project.build().stdout
    assert re.search(r"Not published: French \(fr\): drain: 9\d% of the words translated", out)
    built = project.built()
    assert is_notice(project.page("fr", "drain"))
    assert not {*(f"fr/{name}" for name in stale)} & set(built)
    assert {"fr/drain-plan.html", *(f"fr/{name}" for name in kept)} <= set(built)
    assert "drain.html" not in project.text("build/fr/index.html")
    assert 'hreflang="fr"' not in project.text("build/es/drain.html")
    project.build("--drafts")
    assert "fr/drain.html" in project.built()


def test_a_threshold_of_one_language(project):
    project.translate("fr", "drain", HEADING, "")
    project.translate("es", "drain", HEADING, "")
    project.replace("pyproject.toml", "base-url", "publish-at-by-language = { es = 99 }\nbase-url")
    project.build()
    assert "fr/drain.html" in project.built()
    assert "es/drain.html" not in project.built()


def test_a_required_section_must_be_complete(project):
    project.replace("pyproject.toml", "base-url", "publish-at = 0\nbase-url")
    project.translate("fr", "drain", "Do not wait", "N’attendez pas", fuzzy=True)
    out = project.build().stdout
    assert "French (fr): drain: required section not complete: When to call us" in out
    assert "fr/drain.html" not in project.built()


@pytest.mark.parametrize(("setting", "published"), [("block", False), ("report", True)])
def test_errors_in_a_catalog(project, setting, published):
    project.replace("pyproject.toml", "base-url", f'check-errors = "{setting}"\nbase-url')
    msgid = "Call us if your temperature is over 38 °C."
    project.translate("fr", "drain", msgid, "Appelez-nous si votre température dépasse 39 °C.")
    result = project.build(code=1)
    assert "fr/LC_MESSAGES/drain.po:" in result.stderr
    assert ("fr/drain.html" in project.built()) is published
    assert "es/drain.html" in project.built()


def test_page_words_that_cannot_be_read(project):
    path = project.catalog("fr", "ui")
    path.write_bytes(path.read_bytes() + b'msgid "open\n')
    assert "the catalog ui cannot be read" in project.build(code=1).stdout
    assert not [name for name in project.built() if name.startswith("fr/")]
    assert "ar/drain.html" in project.built()


def test_nothing_published_in_a_language(project):
    project.build()
    for name in LEAFLETS:
        hold_back(project, "es", name)
    project.build()
    assert "es/index.html" not in project.built()
    assert all(is_notice(project.page("es", name)) for name in LEAFLETS)
    chooser = project.page(".", "index")
    assert [a.get("hreflang") for a in chooser.xpath("//li[@class='tile']/a")] == ["en", "fr", "ar"]
    (waiting,) = chooser.xpath("//ul[@class='unpublished']/li/span[@lang]")[:1]
    assert (waiting.get("lang"), text(waiting)) == ("es", "Español")


def test_gone_leaflets_and_languages_leave_nothing_behind(project):
    project.build("--pseudo")
    other = project.path("build/es/mine.html")
    other.write_text("<p>Made by hand.</p>", encoding="utf-8")
    for name in ("es/drain-a4.pdf", "fr/drain-plan-a4.pdf"):
        project.path(f"build/{name}").write_bytes(b"from an earlier build")
    project.path("source/drain-plan.md").unlink()
    project.replace("source/drain.md", LINK, "Your nurse gives you a plan.")
    project.replace("pyproject.toml", ', "es"', "")
    project.build("fr")
    assert "ar/drain-plan.html" in project.built()
    project.build()
    expected = {f"{tag}/{name}" for tag in ("en", "fr", "ar") for name in ("drain.html", *LISTS)}
    assert set(project.built()) == {*expected, *ROOT, "es/mine.html"}


def test_one_language(project):
    project.build("fr")
    assert set(project.built()) == {
        *(f"fr/{name}.html" for name in LEAFLETS),
        *(f"fr/{name}" for name in LISTS),
        *ROOT,
    }


# --- what a page says of itself ------------------------------------------------------------


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_draft_says_so_until_it_is_reviewed(project, tag):
    title = project.words(tag, "Draft translation")
    long = project.words(tag, "Draft. A professional has not checked this translation yet.")
    project.build()
    draft = project.page(tag, "drain")
    assert notices(draft)[0].startswith(title)
    assert long in text(draft.find(".//dl[@class='facts']"))
    assert title in text(project.page(tag, "index"))
    with project.edit(tag, "drain") as catalog:
        assert catalog.headers["X-Review-State"] == "draft"
        catalog.headers["X-Review-State"] = "reviewed"
    project.build()
    reviewed = project.page(tag, "drain")
    assert not notices(reviewed)
    assert project.words(tag, "A professional has checked this translation.") in text(reviewed)


DRAFT_UNREAD = (
    "A professional has not checked this translation yet. "
    "Please go through it with your care team before you rely on it."
)
NOTICE = "Draft translation", DRAFT_UNREAD


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_draft_says_so_in_english_until_its_own_words_are_reviewed(project, tag):
    project.build()
    page = project.page(tag, "drain")
    in_english = page.xpath("//div[@class='notice'][1]/p[@lang='en'][@dir='ltr']")
    assert tuple(map(text, in_english)) == NOTICE
    assert page.xpath("//div[@class='notice'][1]/p")[2:4] == in_english  # below the translation
    project.replace(f"locale/{tag}/LC_MESSAGES/ui.po", "State: draft", "State: reviewed")
    project.build()
    page = project.page(tag, "drain")
    assert notices(page)[0].startswith(project.words(tag, "Draft translation"))
    assert not page.xpath("//div[@class='notice']//*[@lang='en']")


def test_english_of_another_region_is_not_said_twice(project):
    project.replace("pyproject.toml", '"es"', '"es", "en-GB"')
    project.run("update")
    project.build("--drafts", "en-GB")
    page = project.page("en-GB", "drain")
    assert text(page).count(DRAFT_UNREAD) == 1


def test_the_original_is_no_draft(project):
    project.build()
    page = project.page("en", "drain")
    assert not notices(page)
    assert "This is the original." in text(page)


def test_dates_are_in_the_language(project):
    project.build()
    days = {
        tag: [text(time) for time in project.page(tag, "drain").iter("time")]
        for tag in ("en", *LANGUAGES)
    }
    assert days == {
        "en": ["January 31, 2026", "February 1, 2026", "January 31, 2027"],
        "fr": ["31 janvier 2026", "1er février 2026", "31 janvier 2027"],
        "ar": ["٣١ يناير ٢٠٢٦", "١ فبراير ٢٠٢٦", "٣١ يناير ٢٠٢٧"],
        "es": ["31 de enero de 2026", "1 de febrero de 2026", "31 de enero de 2027"],
    }
    iso = [time.get("datetime") for time in project.page("ar", "drain").iter("time")]
    assert iso == ["2026-01-31", "2026-02-01", "2027-01-31"]


def test_a_leaflet_past_its_next_check_says_so(project):
    project.run("build", "--only", "html", "--jobs", "1", SOURCE_DATE_EPOCH=LATE)
    for tag, day in {"en": "January 31, 2027", "ar": "٣١ يناير ٢٠٢٧"}.items():
        assert day in notices(project.page(tag, "drain"))[-1]


def test_alternates(project):
    project.build()
    links = project.page("ar", "drain").xpath("//link[@rel='alternate'][@hreflang]")
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [
        ("en", "https://leaflets.example/en/drain.html"),
        ("x-default", "https://leaflets.example/en/drain.html"),
        ("fr", "https://leaflets.example/fr/drain.html"),
        ("ar", "https://leaflets.example/ar/drain.html"),
        ("es", "https://leaflets.example/es/drain.html"),
    ]


def test_language_switcher(project):
    project.build()
    for name in (*LEAFLETS, "index"):
        menu = project.page("ar", name).xpath("//nav[@class='languages']//li/a")
        assert [(a.get("lang"), a.get("dir"), text(a), a.get("href")) for a in menu] == [
            ("en", "ltr", "English", f"../en/{name}.html"),
            ("fr", "ltr", "Français", f"../fr/{name}.html"),
            ("ar", "rtl", "العربية", f"{name}.html"),
            ("es", "ltr", "Español", f"../es/{name}.html"),
        ]
        assert [a.get("lang") for a in menu if a.get("aria-current")] == ["ar"]


def test_language_and_direction(project):
    project.build()
    for tag, direction in {"en": "ltr", "fr": "ltr", "ar": "rtl", "es": "ltr"}.items():
        for name in (*LEAFLETS, "index"):
            root = project.page(tag, name).getroottree().getroot()
            assert (root.get("lang"), root.get("dir")) == (tag, direction)


def test_address(project):
    project.build()
    page = project.page("fr", "drain")
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://leaflets.example/fr/drain.html"
    ]
    project.replace("pyproject.toml", 'base-url = "https://leaflets.example"\n', "")
    project.build()
    assert "leaflets.example" not in project.text("build/fr/drain.html")


# --- links and pictures --------------------------------------------------------------------


def test_links_to_another_leaflet_stay_in_the_language(project):
    project.build()
    (link,) = project.page("fr", "drain").xpath("//p/a[starts-with(@href, 'drain-plan')]")
    assert dict(link.attrib) == {"href": "drain-plan.html#days"}


def test_links_to_an_unpublished_leaflet_go_to_the_original(project):
    hold_back(project, "ar", "drain-plan")
    project.build()
    (link,) = project.page("ar", "drain").xpath("//p/a[contains(@href, 'drain-plan')]")
    assert (link.get("href"), link.get("hreflang")) == ("../en/drain-plan.html#days", "en")
    (mark,) = link.getnext().iter("bdi")
    assert (text(mark), mark.get("lang")) == ("English", "en")


def test_every_link_inside_the_build_leads_somewhere(project):
    project.build("--pseudo")
    folder = project.path("build")
    for name, data in project.pages().items():
        page = lxml.html.fromstring(data)
        for address in page.xpath("//@href"):
            if re.match(r"[a-z]+:", address):
                continue
            path, _, fragment = address.partition("#")
            beginning = folder if path.startswith("/") else (folder / name).parent
            target = beginning / unquote(path).lstrip("/") if path else folder / name
            assert target.resolve().is_file(), f"{name}: {address}"
            if fragment:
                ids = lxml.html.fromstring(target.read_bytes()).xpath("//@id")
                assert unquote(fragment) in ids, f"{name}: {address}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("images/drain.svg", "images/none.svg", "image not found: images/none.svg"),
        ("images/drain.svg", "../pyproject.toml", "image not found: ../pyproject.toml"),
        ("drain-plan.md#days", "none.md", "there is no leaflet none.md"),
    ],
)
def test_what_is_missing_stops_its_own_leaflet_only(project, old, new, message):
    project.build()
    project.replace("source/drain.md", old, new)
    lines = enumerate(project.text("source/drain.md").splitlines(), 1)
    number = next(number for number, line in lines if f"]({new}" in line)
    result = project.build("--drafts", code=1)
    assert f"source/drain.md:{number}: error: {message}" in result.stderr
    built = project.built()
    assert new == "none.md" or is_notice(project.page("en", "drain")) is ("drain-plan" in old)
    assert "en/drain-plan.html" in built
    assert "index.html" in built


def test_pictures_are_in_the_page_and_may_have_a_language(project):
    project.build()
    for tag, name in {"en": "drain.svg", "ar": "drain.svg", "fr": "drain.fr.svg"}.items():
        (address,) = project.page(tag, "drain").xpath("//figure/img/@src")
        start, _, data = address.partition(",")
        assert re.fullmatch(r"data:image/svg\+xml;name=[\w.%-]+;base64", start)
        assert base64.b64decode(data) == project.path(f"source/images/{name}").read_bytes()


def test_an_address_in_right_to_left_text_is_one_run(project):
    address = "https://nurses.example/a-b_c/1.html"
    project.replace("source/drain.md", "a day.", f"a day. See <{address}> or write to a@b.example.")
    project.run("extract")
    project.run("update", "ar")
    with project.edit("ar", "drain") as catalog:
        entry = next(entry for entry in catalog.entries if address in entry.msgid)
        entry.msgstr, entry.fuzzy = f"أفرغ ٢ <{address}> (a@b.example)", False
    project.build("ar", "--drafts")
    runs = project.page("ar", "drain").xpath("//*[@class='text']/p[1]//span[@dir='ltr']")
    assert [text(run) for run in runs] == [address, "(a@b.example)"]


def test_names_with_spaces_and_letters(project):
    project.path("source/images/drain.svg").rename(project.path("source/images/a drän.svg"))
    project.path("source/drain-plan.md").rename(project.path("source/plän b.md"))
    project.replace("source/drain.md", "images/drain.svg", "<images/a drän.svg>")
    project.replace("source/drain.md", "drain-plan.md#days", "<plän b.md#days>")
    project.build("en")
    page = project.page("en", "drain")
    assert page.xpath("//figure/img")
    (link,) = page.xpath("//p/a[contains(@href, 'days')]/@href")
    assert link == "pl%C3%A4n%20b.html#days"
    assert "/en/pl%C3%A4n%20b.html" in project.page("en", "plän b").xpath(
        "string(//link[@rel='canonical']/@href)"
    )


def test_a_leaflet_in_a_folder(project):
    project.path("source/more").mkdir()
    project.path("source/drain-plan.md").rename(project.path("source/more/plan.md"))
    project.replace("source/more/plan.md", "href: drain.md", "href: ../drain.md")
    project.replace("source/drain.md", "drain-plan.md", "more/plan.md")
    project.build("en")
    page = project.page("en", "more/plan")
    trail = page.xpath("//nav[@class='trail']//a/@href")
    assert trail == ["../index.html", "../drain.html"]
    assert page.xpath("//a[@class='home-link']/@href") == ["../index.html"]
    (link,) = project.page("en", "drain").xpath("//p/a[contains(@href, 'days')]/@href")
    assert link == "more/plan.html#days"


def test_pages_need_nothing_else(project):
    project.build()
    for name, data in project.pages().items():
        page = lxml.html.fromstring(data)
        assert not page.xpath(f"{ACTIVE} | //iframe | //object | //embed | //base"), name
        assert all(address.startswith("data:") for address in page.xpath("//@src")), name
        assert not page.xpath("//@srcset | //@poster | //@background"), name
        assert set(page.xpath("//link/@rel")) <= {"canonical", "alternate"}, name
        styles = "".join(page.xpath("//style/text() | //@style"))
        assert not re.search(r"@import|url\(\s*(?!['\"]?data:)", styles), name


# --- the other pages -----------------------------------------------------------------------


def test_list_of_leaflets(project):
    project.build()
    page = project.page("fr", "index")
    assert text(page.find(".//h1")) == project.words("fr", "Leaflets for patients and families")
    cards = page.xpath("//li[@class='card']/h2/a")
    assert {(text(a), a.get("href")) for a in cards} == {
        ("Votre drain à la maison", "drain.html"),
        ("Votre plan", "drain-plan.html"),
    }


def test_chooser(project):
    project.build()
    page = project.page(".", "index")
    tiles = [
        (a.get("href"), [(span.get("lang"), span.get("dir"), text(span)) for span in a])
        for a in page.xpath("//li[@class='tile']/a")
    ]
    assert tiles == [
        ("en/index.html", [("en", "ltr", "English")]),
        ("fr/index.html", [("fr", "ltr", "Français"), ("en", "ltr", "French")]),
        ("ar/index.html", [("ar", "rtl", "العربية"), ("en", "ltr", "Arabic")]),
        ("es/index.html", [("es", "ltr", "Español"), ("en", "ltr", "Spanish")]),
    ]


def test_coverage_page(project):
    project.translate("fr", "drain", HEADING, "")
    project.build()
    rows = project.page(".", "coverage").xpath("(//table)[2]//tr")
    (row,) = [text(row) for row in rows if "French" in text(row) and " drain " in text(row)]
    assert re.search(r"\b9\d% 11 0 1\b", row)


# --- outputs -------------------------------------------------------------------------------


def test_jobs_make_no_difference(project):
    project.build("--pseudo")
    one = project.built()
    for path in one:
        project.path(f"build/{path}").unlink()
    project.run("build", "--only", "html", "--pseudo", "--jobs", "2")
    assert project.built() == one


def test_what_is_up_to_date_is_not_written_again(project):
    project.build()
    times = {path: path.stat().st_mtime_ns for path in project.path("build").rglob("*.html")}
    out = project.build().stdout
    assert re.match(r"0 pages, 0 PDFs and 0 EPUBs written to build/ in .* s; 29 up to date\n", out)
    assert {path: path.stat().st_mtime_ns for path in times} == times
    project.translate("fr", "drain", HEADING, "Et ensuite")
    assert "1 page, 0 PDFs and 0 EPUBs written" in project.build().stdout


def test_an_interrupted_write_leaves_no_part_behind(project):
    project.path("build/fr/drain.html").mkdir(parents=True)
    result = project.build(code=1)
    assert "build/fr/drain.html: error: cannot be written" in result.stderr
    assert not [name for name in project.built() if name.split("/")[-1].startswith(".")]
    assert "fr/drain-plan.html" in project.built()


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (Options(("fr",), "pdf"), {"drain-a4.pdf", "drain-letter.pdf"}),
        (Options(("fr",), "pdf", ("a4",)), {"drain-a4.pdf"}),
        (
            Options(("fr",), "pdf", ("letter",), editions=("large-print", "bilingual")),
            {"drain-letter-large-print.pdf", "drain-letter-bilingual.pdf"},
        ),
    ],
    ids=["all", "paper", "editions"],
)
def test_names_of_pdfs(project, options, names):
    paths = [job.path for job in jobs(Project(load(project.root), options))]
    assert {path for path in paths if "plan" not in path} == {f"fr/{name}" for name in names}


def test_paper_in_the_settings(project):
    project.replace("pyproject.toml", "base-url", 'papers = ["letter"]\nbase-url')
    made = jobs(Project(load(project.root), Options(("fr",))))
    assert {job.paper for job in made if job.kind == "pdf"} == {"letter"}


def info(path) -> str:
    return subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout


@pytest.mark.pdf
def test_pdfs(project):
    options = ("build", "fr", "ar", "--only", "pdf", "--paper", "a4")
    project.run(*options, "--jobs", "1")
    one = project.built()
    assert set(one) == {f"{tag}/{name}-a4.pdf" for tag in ("fr", "ar") for name in LEAFLETS}
    titles = {"fr": "Votre drain à la maison", "ar": "أنبوب التصريف في المنزل"}
    for tag, title in titles.items():
        path = project.path(f"build/{tag}/drain-a4.pdf")
        said = info(path)
        assert re.search(rf"^Title: +{title}$", said, re.MULTILINE)
        assert re.search(r"^Tagged: +yes$", said, re.MULTILINE)
        assert re.search(r"^Page size: .*\(A4\)$", said, re.MULTILINE)
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == tag
    for path in one:
        project.path(f"build/{path}").unlink()
    project.run(*options, "--jobs", "2")
    assert project.built() == one


@pytest.mark.pdf
def test_pages_link_to_the_pdfs_that_are_there(project):
    project.build("fr")
    assert not project.page("fr", "drain").xpath("//ul[@class='downloads']")
    project.run("build", "fr", "--paper", "letter", "--jobs", "1")
    links = project.page("fr", "drain").xpath("//ul[@class='downloads']//a")
    assert [link.get("href") for link in links] == ["drain-letter.pdf"]
    assert "Letter" in text(links[0])
