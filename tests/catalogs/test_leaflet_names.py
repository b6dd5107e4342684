"""Names of leaflets: those that are taken, that computers confuse, and that are no leaflet's."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ankl_i18n.catalogs.leaflet_names import sort_out
from ankl_i18n.catalogs.leaflets import TAKEN
from sample_project import make

COMMANDS = ("check", "extract", "coverage", "build --only html")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ui.md", "the name ui is already used"),
        ("UI.md", "the name UI is already used"),
        ("index.md", "the name index is already used"),
        ("Index.md", "the name Index is already used"),
        ("plan.markdown", "names of leaflets end in .md"),
        ("plan.MD", "names of leaflets end in .md"),
        ("further/Plan.Markdown", "names of leaflets end in .md"),
        ("plan.mkd", "names of leaflets end in .md"),
        ("Drain.md", "the same name as"),
    ],
)
def test_a_name_that_no_leaflet_can_have_is_told_and_others_are_published(tmp_path, name, words):
    project = make(tmp_path)
    path = project.path(f"source/{name}")
    path.parent.mkdir(exist_ok=True)
    path.write_text(project.text("source/drain-plan.md"), encoding="utf-8")
    for command in COMMANDS:
        said = project.run(*command.split(), code=1).stderr
        assert words in said
        assert "help: " in said
    named = {built for built in project.built() if built.startswith("fr/")}
    beside = {"fr/accessibility.html", "fr/feed.xml", "fr/sitemap.xml"}
    assert named - beside == {"fr/drain-plan.html", "fr/drain.html", "fr/index.html"}


def test_a_file_that_is_ignored_is_no_leaflet_whatever_its_name(tmp_path):
    project = make(tmp_path)
    project.path("source/README.markdown").write_text("Notes.", encoding="utf-8")
    project.replace(
        "pyproject.toml", "[tool.ankl_i18n]\n", '[tool.ankl_i18n]\nignore = ["README*"]\n'
    )
    project.run("check")


def test_the_page_words_need_no_name_where_leaflets_share_a_catalog():
    paths = [PurePosixPath("ui.md"), PurePosixPath("index.md")]
    good, problems = sort_out(paths, {"index": TAKEN["index"]}, "source")
    assert good == paths[:1]
    assert [problem.location.path for problem in problems] == ["source/index.md"]


def test_two_ways_to_write_an_accent_are_one_name():
    paths = [PurePosixPath("e\u0301tape.md"), PurePosixPath("\u00e9tape.md")]
    good, problems = sort_out(paths, TAKEN, "source")
    assert (good, len(problems)) == (paths[:1], 1)


@pytest.mark.parametrize(
    "name", ["a.large", "drain-a4", "drain-a4-large-print", "fr", "fr/drain", "sub/index", "sub/ui"]
)
def test_names_that_only_look_like_ours(tmp_path, name):
    project = make(tmp_path)
    path = project.path(f"source/{name}.md")
    path.parent.mkdir(exist_ok=True)
    text = project.text("source/drain-plan.md")
    up = "../" * name.count("/")
    path.write_text(text.replace("drain.md", f"{up}drain.md"), encoding="utf-8")
    project.run("extract")
    project.run("update", "fr")
    project.build("--drafts", code=0)
    built = project.built()
    for tag in ("en", "fr"):
        assert {f"{tag}/{name}.html", f"{tag}/drain.html", f"{tag}/drain-plan.html"} <= {*built}
