"""The wheel: what it says of itself, and what is in it."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
import zipfile
from email import message_from_bytes

import pytest
from program import ROOT, environment, installed, run, wheel
from trove_classifiers import classifiers

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with zipfile.ZipFile(wheel(tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def metadata(archive):
    (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
    return message_from_bytes(archive.read(name))


def test_metadata(metadata):
    assert metadata["Name"] == "ankl-i18n"
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0"
    assert metadata["Summary"] == PROJECT["description"]
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert metadata.get_payload(decode=True).decode("utf-8").strip() == readme.strip()
    named = metadata.get_all("Classifier")
    assert {*named} <= classifiers
    assert not [one for one in named if one.startswith("License ::")]  # the expression says it
    needed = [one for one in metadata.get_all("Requires-Dist") if "extra ==" not in one]
    assert len(needed) == len(PROJECT["dependencies"])


def test_it_holds_the_program_and_no_leaflet(archive):
    names = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "ankl_i18n").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    interface = {
        f"ankl_i18n/{path.relative_to(ROOT).as_posix()}"
        for name in ("ui", "workbench")
        for path in ROOT.glob(f"locale/*/LC_MESSAGES/{name}.po")
    }
    assert len(interface) > 50
    assert names == files | interface | {"ankl_i18n/locale/ui.pot"}


def test_it_says_the_licences(archive):
    (name,) = (name for name in archive.namelist() if name.endswith("/licenses/LICENSE"))
    assert archive.read(name) == (ROOT / "LICENSE").read_bytes()


def test_it_holds_no_path_of_the_machine_that_built_it(archive):
    for name in archive.namelist():
        assert str(ROOT).encode() not in archive.read(name), name


def test_it_runs_in_an_empty_environment(tmp_path):
    programs = installed(tmp_path)
    said = run(programs / "ankl-i18n", "--version", env=environment(programs), cwd=tmp_path)
    assert said.strip() == f"ankl-i18n, version {PROJECT['version']}"
    # It brings the interface strings: words of a page that nobody translated in the project.
    script = "from ankl_i18n.catalogs.files import PACKAGE; print((PACKAGE / 'locale').is_dir())"
    assert run(programs / "python", "-c", script, cwd=tmp_path).strip() == "True"


def test_the_version_is_one():
    assert importlib.metadata.version("ankl-i18n") == PROJECT["version"]
    names = re.findall(r"ankl_i18n-([\d.]+)-py3", (ROOT / "docs/tutorial.md").read_text("utf-8"))
    assert names
    assert {*names} == {PROJECT["version"]}
