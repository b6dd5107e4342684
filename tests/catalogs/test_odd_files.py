"""Files that are none: a command says so, at once, and goes on with the others."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from ankl_i18n.engine import identity
from sample_project import make


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def be_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        folder = os.open(path.parent, os.O_RDONLY)
        made.bind(f"/proc/self/fd/{folder}/{path.name}")  # a path may not be long
        os.close(folder)


ODD = {"pipe": os.mkfifo, "socket": be_socket, "folder": Path.mkdir}


def put(kind: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    ODD[kind](path)


@pytest.mark.parametrize("kind", ODD)
def test_a_leaflet_that_is_no_file(project, kind):
    put(kind, project.path("source/odd.md"))
    for command in ("check", "extract", "coverage"):
        said = project.run(command, code=1).stderr
        assert "source/odd.md: error: cannot be read: it is not a file" in said
        assert "UTF-8" not in said
    project.build(code=1)
    assert "fr/drain.html" in project.built()


@pytest.mark.parametrize("kind", ODD)
def test_a_catalog_that_is_no_file(project, kind):
    path = project.catalog("fr", "drain")
    put(kind, path)
    for command in ("check", "coverage", "stats", "update", "format"):
        said = project.run(command, code=1).stderr
        assert "drain.po: error: the file cannot be read: it is not a file" in said
    project.build(code=1)
    assert "es/drain.html" in project.built()
    path.rmdir() if kind == "folder" else path.unlink()
    assert "no file" not in project.run("check").stderr


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_page_in_the_build_folder(project, kind):
    put(kind, project.path("build/xx/odd.html"))
    project.path("build/xx/dangling.html").symlink_to("nowhere")
    put(kind, project.path("build/fr/drain.html"))
    project.build(code=int(kind == "folder"))
    assert project.path("build/xx/odd.html").exists()
    assert project.path("build/fr/drain.html").is_file() is (kind != "folder")


def test_folders_of_fonts_with_links_that_lead_back(tmp_path, monkeypatch):
    fonts = tmp_path / ".fonts"
    fonts.mkdir()
    for name in "abcd":
        (fonts / name).symlink_to(fonts)
    monkeypatch.setenv("HOME", str(tmp_path))
    before = identity.font_folders()
    (fonts / "new.ttf").touch()
    assert identity.font_folders() != before


def test_a_user_without_a_home(monkeypatch):
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert identity.font_folders()
    assert [*identity._configuration()]


def test_a_picture_that_leads_to_itself(project):
    picture = project.path("source/images/drain.fr.svg")
    picture.unlink()
    picture.symlink_to(picture)
    project.run("check")
    project.build()
    picture.with_name("drain.svg").unlink()
    assert "images/drain.svg" in project.run("check", code=1).stderr


def test_files_of_others_in_the_build_folder_stay(project):
    names = {".htaccess.4194305", ".page.html.20260301123456789012345", ".page.html.0"}
    project.build()
    for name in names:
        project.path(f"build/{name}").touch()
    project.path("build/.page.html.999999999").touch()
    project.build()
    assert {name for name in project.built() if name.startswith(".")} == names


def test_a_leaflet_whose_name_is_not_utf_8(project):
    name = os.fsdecode(b"source/\xff.md")
    project.path(name).write_bytes(project.path("source/drain.md").read_bytes())
    said = r"source/\udcff.md: error: cannot be read: its name is not UTF-8"
    for command in ("check", "extract", "coverage"):
        assert said in project.run(command, code=1).stderr
    assert "is not UTF-8" in project.run("check", "--format", "sarif", code=1).stdout
    project.run("stats")
    project.build(code=1)
    assert "fr/drain.html" in project.built()
