"""Messages that lead on, and options that people ask for."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import subprocess
import sys

import lxml.html
import pytest

from ankl_i18n.build import outputs
from ankl_i18n.build.records import Job
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.settings import load
from sample_project import make, run


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def free(tmp_path, text: str, settings: str = ""):
    """Write a project of one leaflet in free form; return its folder."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source/hands.md").write_text(text, encoding="utf-8")
    lines = '[tool.ankl_i18n]\nlanguages = ["fr", "ar"]\nfront-matter = "free"\n' + settings
    (tmp_path / "pyproject.toml").write_text(lines, encoding="utf-8")
    return tmp_path


# --- leaflets --------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["# Hands\n", "---\ntitle: Hands\n---\n\nWash them.\n"])
def test_missing_front_matter_names_the_way_out(tmp_path, text):
    root = free(tmp_path, text)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('front-matter = "free"\n', ""))
    result = run("check", "--project", str(root))
    assert result.exit_code == 1
    assert 'front-matter = "free"' in result.stderr


@pytest.mark.parametrize("address", ["https://x.example/a.png", "//x.example/a.png"])
def test_a_picture_of_another_site_becomes_a_link(project, address):
    project.replace("source/drain.md", "images/drain.svg", address)
    assert "[remote-picture]" in project.run("check").stderr
    project.build()
    page = project.page("en", "drain")
    assert "A full drain" in page.text_content()
    assert not page.xpath("//img")
    links = page.xpath("//a[@class='remote-picture']/@href")
    assert links == ([address] if address.startswith("https") else [])


@pytest.mark.parametrize(
    "settings", ["", 'licence = ""\n', 'licence = " "\n', 'licence = "CC BY 4.0"\n']
)
@pytest.mark.parametrize("paper", ["", "a4"])
@pytest.mark.parametrize("tag", ["en", "fr", "ar"])
def test_no_heading_stands_above_nothing(tmp_path, settings, paper, tag):
    root = free(tmp_path, "# Hands\n\nWash your hands.\n", settings)
    path = f"{tag}/hands.html"
    job = Job("pdf" if paper else "html", path, tag, "hands", paper, "standard")
    page = lxml.html.fromstring(outputs.make(Project(load(root)), job))
    for term in page.iter("dt"):
        assert term.getnext().text_content().strip(), term.text_content()
    for heading in page.xpath("//h2 | //h3"):
        after = heading.xpath("following::*[1]")
        assert after and after[0].text_content().strip(), heading.text_content()
    for place in page.xpath("//p | //li | //title"):
        assert place.text_content().strip() or len(place), place.get("class")


def test_one_unreadable_catalog_is_one_line(tmp_path):
    root = free(tmp_path, "# Hands\n\nWash your hands.\n", 'domain = "book"\n')
    for number in range(40):
        (root / f"source/hands{number}.md").write_text(f"# Hands {number}\n", encoding="utf-8")
    for command in (("extract",), ("update",)):
        assert run(*command, "--project", str(root)).exit_code == 0
    path = root / "locale/fr/LC_MESSAGES/book.po"
    path.write_bytes(path.read_bytes() + b'msgid "open\n')
    result = run("build", "--only", "html", "--project", str(root))
    (line,) = (one for one in result.stdout.splitlines() if "French" in one and "Not" in one)
    assert len(line) < 150
    assert "and 38 more: the catalog book cannot be read" in line


# --- the terminal ----------------------------------------------------------------------------


INTERRUPTING = """
import os, signal, sys

module = sys.argv.pop(1)

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
from ankl_i18n.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("click", ""),
        ("ankl_i18n.cli", ""),
        ("ankl_i18n.cli.build", ""),
        ("ankl_i18n.settings", "Interrupted. The next build continues where this one stopped."),
        ("jinja2", "Interrupted. The next build continues where this one stopped."),
    ],
)
def test_ctrl_c_whenever_it_comes(project, module, said):
    arguments = ["build", "--only", "html", "--project", str(project.root)]
    command = [sys.executable, "-c", INTERRUPTING, module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (130, said)


def test_something_is_on_the_terminal_before_it_has_ended(project):
    """A command that waits for a locked folder says that it works."""
    handle = os.open(project.path("locale"), os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    main, sub = pty.openpty()
    command = [sys.executable, "-m", "ankl_i18n", "extract", "--project", str(project.root)]
    project.replace("source/drain.md", "2 times", "3 times")
    process = subprocess.Popen(command, stdout=sub, stderr=sub)
    said = b""
    while b"Working" not in said and process.poll() is None:
        if select.select([main], [], [], 1)[0]:
            said += os.read(main, 1000)
    assert process.poll() is None
    assert b"Working" in said
    process.kill()
    process.wait()
    for one in (handle, main, sub):
        os.close(one)


# --- figures ---------------------------------------------------------------------------------


def test_interface_strings_are_no_leaflets(project):
    with project.edit("fr", "ui") as catalog:
        for entry in catalog.entries:
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
    project.run("coverage", "fr", "--fail-under", "100")
    assert "100%" in project.run("coverage", "fr", "--format", "svg").stdout


def test_add_says_how_many_strings_came_translated(project):
    out = project.run("add", "ja").stdout
    assert re.search(
        r"ja/LC_MESSAGES/drain.po  \(\d+ messages, 0 of them already translated\)", out
    )
    assert re.search(
        r"ja/LC_MESSAGES/ui.po  \((\d+) messages, \1 of them already translated\)", out
    )


def test_init_lets_git_ignore_mo_files(tmp_path):
    (tmp_path / ".gitignore").write_text("/venv", encoding="utf-8")
    assert "wrote  .gitignore" in run("init", "--project", str(tmp_path)).stdout
    text = (tmp_path / ".gitignore").read_text(encoding="utf-8")
    assert text.startswith("/venv\n")
    assert "\n*.mo\n" in text
    assert "kept  .gitignore" in run("init", "--project", str(tmp_path)).stdout
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == text


# --- options ---------------------------------------------------------------------------------

DAILY = "Empty the drain 2 times a day."


def dates(number: int) -> dict[str, str]:
    """Return an environment in which each template is younger than the last."""
    return {"SOURCE_DATE_EPOCH": str(1772366400 + number * 86400)}


def test_without_fuzzy_matching(project):
    project.replace("source/drain.md", "2 times", "3 times")
    project.run("extract")
    assert "0 fuzzy, 1 new, 1 obsolete" in project.run("update", "fr", "--no-fuzzy").stdout
    entries = po.read(project.catalog("fr", "drain")).entries
    assert not [entry for entry in entries if entry.is_fuzzy() or entry.previous_msgid]
    assert [entry.msgid for entry in entries if entry.obsolete] == [DAILY]
    project.replace("source/drain.md", "day.\n", "day\n")
    project.run("extract")
    assert "1 new" in project.run("update", "ar", "--no-fuzzy").stdout


def test_texts_whose_looks_changed_are_carried_without_fuzzy_matching(project):
    project.replace("source/drain.md", "times a day.", "times a day!")
    project.run("extract")
    out = project.run("update", "fr", "--no-fuzzy", "--carry-cosmetic").stdout
    assert "1 carried over, 0 fuzzy, 0 new" in out


def test_obsolete_messages_are_dropped_in_time(project):
    def ages() -> list[str]:
        entries = po.read(project.catalog("fr", "drain")).entries
        return [entry.tcomment for entry in entries if entry.obsolete]

    options = ("update", "fr", "--no-fuzzy", "--drop-obsolete", "2")
    project.replace("source/drain.md", DAILY, "Something else is said here now.")
    project.run("extract", **dates(1))
    project.run(*options, **dates(1))
    assert ages() == ["Obsolete for 1 update"]
    before = project.catalog("fr", "drain").read_bytes()
    project.run(*options, **dates(1))
    assert project.catalog("fr", "drain").read_bytes() == before
    project.replace("source/drain.md", "What comes next", "What happens then")
    project.run("extract", **dates(2))
    project.run(*options, **dates(2))
    assert sorted(ages()) == ["Obsolete for 1 update", "Obsolete for 2 updates"]
    said = subprocess.run(
        ["msgcat", project.catalog("fr", "drain")], capture_output=True, check=True
    )
    assert b"# Obsolete for 2 updates\n#~ msgid" in said.stdout
    project.replace("source/drain.md", "What happens then", "And after that")
    project.run("extract", **dates(3))
    assert "1 dropped" in project.run(*options, **dates(3)).stdout
    assert ages() == ["Obsolete for 2 updates"]  # what nobody had translated is not kept
    project.run("update", "fr", "--drop-obsolete", "0", **dates(3))
    assert ages() == []


def test_a_message_that_comes_back_is_not_marked(project):
    project.replace("source/drain.md", DAILY, "Something else is said here now.")
    project.run("extract", **dates(1))
    project.run("update", "fr", "--no-fuzzy", "--drop-obsolete", "5", **dates(1))
    project.replace("source/drain.md", "Something else is said here now.", DAILY)
    project.run("extract", **dates(2))
    project.run("update", "fr", "--drop-obsolete", "5", **dates(2))
    entry = project.message(po.read(project.catalog("fr", "drain")), DAILY)
    assert (entry.obsolete, entry.tcomment) == (False, "")
    assert entry.msgstr


def test_some_leaflets_only(project):
    project.path("source/broken.md").write_text("no front matter", encoding="utf-8")
    project.build(code=1)
    shutil.rmtree(project.path("build"))
    project.build("--leaflet", "drain")
    assert "fr/drain.html" in project.built()
    assert not [name for name in project.built() if "drain-plan" in name]
    rows = project.run("coverage", "fr", "--leaflet", "drain").stdout.splitlines()
    assert [line.split()[2] for line in rows[1:]] == ["drain"]
    for command in ("build", "coverage"):
        result = project.run(command, "--leaflet", "drian", code=2)
        assert "there is no leaflet drian" in result.stderr
        assert "drain-plan" in result.stderr


def test_nothing_is_said_of_languages_that_nobody_asked_for(project):
    project.translate("es", "drain", "Do not wait", "")
    assert "Spanish" in project.build().stdout
    assert "Spanish" not in project.build("fr").stdout
