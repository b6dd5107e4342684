"""What readers find in the place of a leaflet that cannot be made, or may no longer be shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

from ankl_i18n.catalogs.project import CACHE
from sample_project import LANGUAGES, make

FEVER = "Call us if your temperature is over 38 °C."
FEVER_FR = "Appelez-nous si votre température dépasse 38 °C."
DAILY = "Empty the drain 2 times a day."
PAPERS = ("a4", "letter")


@pytest.fixture
def project(tmp_path):
    sample = make(tmp_path / "project")
    sample.build()
    return sample


def is_notice(project, tag, name="drain") -> bool:
    """Tell whether a page says that its leaflet was withdrawn."""
    return project.page(tag, name).body.get("class") == "withdrawn"


def conclusion(result) -> str:
    """Return what a build says in the end, without what it wrote and how long it took."""
    return result.stdout[result.stdout.index("Published:") :]


def withdrawn(result) -> str:
    """Return the line of a build's summary that names what was withdrawn."""
    return next(line for line in result.stdout.splitlines() if line.startswith("Withdrawn"))


def lead(project, tag, name="drain") -> str:
    """Return where a notice leads."""
    return project.page(tag, name).xpath("//div[@class='text']//a/@href")[0]


def write_pdfs(project, *names: str) -> None:
    """Write files where PDFs of earlier builds would be."""
    for name in names:
        project.path(f"build/{name}").write_bytes(b"from an earlier build")


def damage(name: str, old: str, new: str):
    return lambda project: project.replace(name, old, new)


def remove(name: str):
    return lambda project: project.path(name).unlink()


# Nothing of these says anything else than before: what was made is still right.
TECHNICAL = {
    "colon of the front matter": damage("source/drain.md", "title: Your", "title Your"),
    "unknown field": damage("source/drain.md", "version:", "verson:"),
    "quote of the front matter": damage("source/drain.md", "audience: ", 'audience: "'),
    "no date": damage("source/drain.md", "published: 2026-01-31", "published: 31 January"),
    "end of the front matter": damage("source/drain.md", "\n---\n\n", "\n--\n\n"),
    "picture": remove("source/images/drain.svg"),
    "not UTF-8": lambda project: spoil(project, "source/drain.md", b"version: ", b"version: \xff"),
    "not a file": lambda project: swap_for_folder(project, "source/drain.md"),
}
# These may have changed what it says.
CHANGED = {
    "body, too": damage("source/drain.md", "title: Your", "title Your"),
    "title, too": damage("source/drain.md", "title: Your drain", "title My drain"),
    "summary, too": damage("source/drain.md", "a drain.\n", "a drain 2 days\n bad: x\n"),
}


def spoil(project, name: str, old: bytes, new: bytes) -> None:
    path = project.path(name)
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def swap_for_folder(project, name: str) -> None:
    project.path(name).unlink()
    project.path(name).mkdir()


@pytest.mark.parametrize("kind", TECHNICAL)
def test_last_good_files_stay(project, kind):
    before = project.built()
    TECHNICAL[kind](project)
    first = project.build(code=1)
    assert "kept from 2" in first.stdout
    after = project.built()
    # Of the picture, French has its own.
    tags = ("en", "ar", "es") if kind == "picture" else ("en", *LANGUAGES)
    for tag in tags:
        assert f"{tag}/drain.html" in first.stdout
        assert after[f"{tag}/drain.html"] == before[f"{tag}/drain.html"]
        assert "drain.html" in project.text(f"build/{tag}/index.html")
    second = project.build(code=1)
    assert second.stderr == first.stderr
    assert conclusion(second) == conclusion(first)
    assert project.built() == after


@pytest.mark.parametrize("kind", CHANGED)
def test_old_files_never_outlive_a_changed_text(project, kind):
    write_pdfs(project, "fr/drain-a4.pdf", "en/drain-letter-large-print.pdf")
    CHANGED[kind](project)
    if kind == "body, too":
        project.replace("source/drain.md", "2 times", "3 times")
    out = project.build(code=1).stdout
    assert "Withdrawn" in out
    assert all(is_notice(project, tag) for tag in ("en", *LANGUAGES))
    assert not [name for name in project.built() if name.endswith(".pdf")]


def test_a_picture_that_is_missing_after_the_text_changed(project):
    project.replace("source/drain.md", "2 times", "3 times")
    remove("source/images/drain.svg")(project)
    project.build(code=1)
    assert is_notice(project, "en")
    assert lead(project, "en") == "index.html"
    project.path("source/images/drain.svg").write_bytes(
        b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    )
    project.run("extract")
    project.build()
    assert not is_notice(project, "en")
    assert "3 times" in project.text("build/en/drain.html")


WORDS = {
    "fuzzy": lambda project: project.translate("fr", "drain", FEVER, FEVER_FR, fuzzy=True),
    "empty": lambda project: project.translate("fr", "drain", FEVER, ""),
    "wrong": lambda project: project.translate("fr", "drain", FEVER, FEVER_FR.replace("38", "39")),
    "no catalog": remove("locale/fr/LC_MESSAGES/drain.po"),
    "source": damage("source/drain.md", "over 38", "over 37"),
    "below the threshold": damage("pyproject.toml", "base-url", "publish-at = 100\nbase-url"),
}


@pytest.mark.parametrize("kind", WORDS)
def test_words_that_may_no_longer_be_shown(project, kind):
    write_pdfs(project, *(f"fr/drain-{paper}.pdf" for paper in PAPERS))
    if kind == "below the threshold":
        project.translate("fr", "drain", "What comes next", "")
    WORDS[kind](project)
    result = project.build(code=1 if kind == "wrong" else 0)
    assert "fr/drain-a4.pdf, fr/drain-letter.pdf, fr/drain.html" in withdrawn(result)
    page = project.page("fr", "drain")
    assert (page.get("lang"), page.get("dir")) == ("fr", "ltr")
    assert "Cette brochure a été retirée" in page.text_content()
    assert "38" not in page.xpath("string(//main)")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert lead(project, "fr") == "../en/drain.html"
    assert not [name for name in project.built() if name.endswith(".pdf")]
    assert 'href="drain.html"' not in project.text("build/fr/index.html")
    assert (
        project.build(code=result.exit_code).stdout.splitlines()[1:]
        == (result.stdout.splitlines()[1:])
    )


def test_what_is_right_again_comes_back(project):
    before = project.built()
    project.translate("fr", "drain", FEVER, FEVER_FR, fuzzy=True)
    project.build()
    assert is_notice(project, "fr")
    project.translate("fr", "drain", FEVER, FEVER_FR)
    project.build()
    assert project.built() == before


def test_drafts_go_without_a_notice(tmp_path):
    project = make(tmp_path)
    project.translate("fr", "drain", FEVER, FEVER_FR, fuzzy=True)
    project.build("--drafts")
    assert not is_notice(project, "fr")
    project.build()
    assert "fr/drain.html" not in project.built()
    assert not is_notice(project, "fr", "drain-plan")


def test_what_was_public_is_withdrawn_after_a_build_of_drafts(project):
    project.translate("fr", "drain", FEVER, FEVER_FR, fuzzy=True)
    project.build("--drafts")
    project.build()
    assert is_notice(project, "fr")


def test_a_draft_that_was_published_is_public(tmp_path):
    project = make(tmp_path)
    project.translate("fr", "drain", FEVER, FEVER_FR, fuzzy=True)
    project.build("--drafts")
    project.translate("fr", "drain", FEVER, FEVER_FR)
    project.build()
    project.translate("fr", "drain", FEVER, "")
    project.build()
    assert is_notice(project, "fr")


# --- catalogs that cannot be read ------------------------------------------------------------

BROKEN = {
    "quote at the end": (' à la maison"', " à la maison", True),
    "quote at the beginning": ('msgstr "Votre drain à', "msgstr Votre drain à", True),
    "stray line": ("\nmsgid", "\nhello\n\nmsgid", True),
    "other words": ('msgstr "Votre drain à la maison"', 'msgstr "Mon drain à la maison', False),
    "conflict": (
        'msgstr "Votre drain à la maison"',
        '<<<<<<< ours\nmsgstr "Mon drain"\n=======\nmsgstr "Votre drain à la maison"\n>>>>>>> x',
        False,
    ),
    "conflict in the header": (
        '"X-Review-State: draft\\n"',
        '<<<<<<< a\n"X-Review-State: draft\\n"\n=======\n"X-Review-State: reviewed\\n"\n>>>>>>> b',
        True,
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_catalog_that_cannot_be_read(project, kind):
    old, new, stays = BROKEN[kind]
    before = project.built()["fr/drain.html"]
    project.replace("locale/fr/LC_MESSAGES/drain.po", old, new)
    project.build(code=1)
    assert (project.built()["fr/drain.html"] == before) is stays
    assert is_notice(project, "fr") is not stays
    assert not is_notice(project, "fr", "drain-plan")


def test_a_catalog_that_cannot_be_read_after_the_source_changed(project):
    project.replace("locale/fr/LC_MESSAGES/drain.po", *BROKEN["stray line"][:2])
    project.replace("source/drain.md", "2 times", "3 times")
    project.build(code=1)
    assert is_notice(project, "fr")


def test_interface_strings_that_cannot_be_read(project):
    before = project.built()
    path = project.catalog("fr", "ui")
    path.write_bytes(path.read_bytes() + b'msgid "open\n')
    project.build(code=1)
    assert project.built()["fr/drain.html"] == before["fr/drain.html"]


# --- the project changes ---------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_no_leaflets_at_all(project, folder):
    before = project.built()
    shutil.rmtree(project.path("source"))
    if folder == "empty":
        project.path("source").mkdir()
    for _ in range(2):
        assert "kept from" in project.build(code=1).stdout
        assert project.built() == before


def test_a_link_to_a_leaflet_that_cannot_be_made_leads_to_the_list(project):
    project.replace("source/drain-plan.md", "title: ", "title ")
    result = project.build(code=1)
    lines = project.text("source/drain.md").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "drain-plan.md#days" in text)
    assert f"source/drain.md:{line}: error: links to drain-plan.md, which" in result.stderr
    (link,) = project.page("fr", "drain").xpath("//p/a[contains(@href, 'index')]")
    assert link.get("href") == "index.html"
    assert not is_notice(project, "fr", "drain-plan")


def test_gone_and_renamed_leaflets_leave_nothing_behind(project):
    project.path("source/drain-plan.md").rename(project.path("source/plan.md"))
    project.replace("source/drain.md", "drain-plan.md", "plan.md")
    project.build()
    assert not [name for name in project.built() if "drain-plan" in name]
    assert "en/plan.html" in project.built()


def test_a_language_that_is_gone_leaves_nothing_behind(project):
    project.replace("pyproject.toml", ', "es"', "")
    project.build()
    assert not [name for name in project.built() if name.startswith("es/")]


def test_without_a_cache_files_must_be_newer_than_what_they_say(project):
    shutil.rmtree(project.path(CACHE))
    remove("source/images/drain.svg")(project)
    assert "kept from" in project.build(code=1).stdout
    assert not is_notice(project, "en")
    shutil.rmtree(project.path(CACHE))
    project.replace("source/drain.md", "2 times", "3 times")
    project.build(code=1)
    assert is_notice(project, "en")


def test_a_build_folder_that_leads_out_of_the_project(project, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.html").write_text("mine", encoding="utf-8")
    for name in ("build", "build/fr"):
        shutil.rmtree(project.path(name))
        project.path(name).symlink_to(outside)
        result = project.build(code=2)
        assert f"{name}: error: this folder is a symbolic link to a place outside" in result.stderr
        assert [path.name for path in outside.iterdir()] == ["mine.html"]
        project.path(name).unlink()
        project.build()


# --- on paper --------------------------------------------------------------------------------


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.pdf
def test_pdfs_are_replaced(project):
    editions = [word for name in ("standard", "large-print", "bilingual", "booklet")
                for word in ("--edition", name)]  # fmt: skip
    project.run("build", "fr", *editions)
    project.translate("fr", "drain", FEVER, FEVER_FR, fuzzy=True)
    project.run("build", "fr", "--paper", "a4")
    there = {name for name in project.built() if re.match(r"fr/drain-(a4|letter).*pdf", name)}
    assert len(there) == 8
    for name in there:
        said = pdf_text(project.path(f"build/{name}"))
        assert "retirée" in said, name
        assert "38" not in said, name


@pytest.mark.pdf
def test_editions_that_nobody_asked_for_do_not_keep_an_old_dose(project):
    project.run("build", "en", "--paper", "a4", "--edition", "large-print")
    assert "2 times" in pdf_text(project.path("build/en/drain-a4-large-print.pdf"))
    project.replace("source/drain.md", "2 times", "3 times")
    project.run("build", "en", "--paper", "letter")
    assert "3 times" in pdf_text(project.path("build/en/drain-a4-large-print.pdf"))
    project.replace("source/drain.md", "3 times", "4 times")
    project.run("build", "en", "--only", "html")
    names = {name for name in project.built() if name.endswith(".pdf")}
    assert names == {"en/drain-plan-a4-large-print.pdf", "en/drain-plan-letter.pdf"}


@pytest.mark.pdf
@pytest.mark.parametrize("changed", [False, True])
def test_a_limit(project, changed):
    project.run("build", "fr", "--paper", "a4")
    before = project.built()["fr/drain-a4.pdf"]
    project.replace("pyproject.toml", "CC BY 4.0", "CC0")
    if changed:
        project.translate("fr", "drain", "What comes next", "Et ensuite")
    for _ in range(2):
        options = ("build", "fr", "--paper", "a4", "--time-limit", "0.001")
        out = project.run(*options, code=1).stdout
        assert re.search(r"kept from .*fr/drain-plan-a4.pdf", out)
        assert bool(re.search(r"kept from .*fr/drain-a4.pdf", out)) is not changed
        assert (project.built().get("fr/drain-a4.pdf") == before) is not changed


@pytest.mark.pdf
def test_the_pdf_of_another_leaflet_is_found_out(project):
    """Two finished PDFs change places in the cache; both are whole."""
    options = ("build", "en", "--only", "pdf", "--paper", "a4")
    project.run(*options)
    before = {name: data for name, data in project.built().items() if name.endswith(".pdf")}
    one, other = (p for p in project.path(f"{CACHE}/objects").rglob("*") if p.is_file())
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    shutil.rmtree(project.path("build"))
    project.run(*options)
    assert {name: project.built()[name] for name in before} == before
