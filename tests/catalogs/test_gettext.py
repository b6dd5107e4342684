"""Other people's tools read our files: GNU gettext and Babel."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from ankl_i18n.catalogs import po
from patience import PATIENCE
from sample_project import REPOSITORY, make

TEMPLATES = sorted((REPOSITORY / "locale").glob("*.pot"))
CATALOGS = sorted((REPOSITORY / "locale").glob("*/LC_MESSAGES/*.po"))
MAPPING = "[ankl_markdown: source/**.md]\nfront_matter = leaflet\ncontext = auto\n"


def gettext(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, timeout=PATIENCE)


def short(path) -> str:
    return path.relative_to(REPOSITORY / "locale").as_posix()


def test_there_is_something_to_test():
    assert len(TEMPLATES) >= 3
    assert len(CATALOGS) >= 3 * 15


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_msgcat_prints_our_templates_unchanged(path):
    assert gettext("msgcat", str(path)).stdout == path.read_bytes()


@pytest.mark.parametrize("path", CATALOGS, ids=short)
def test_msgfmt_accepts_every_catalog(path):
    result = gettext("msgfmt", "--check", "--output-file", "/dev/null", str(path))
    assert (result.returncode, result.stderr.decode()) == (0, "")


def test_catalogs_of_a_new_project(tmp_path):
    project = make(tmp_path)
    for path in sorted(project.path("locale").rglob("*.po*")):
        assert gettext("msgcat", str(path)).stdout == path.read_bytes(), path
    for path in sorted(project.path("locale").rglob("*.po")):
        checked = gettext("msgfmt", "--check", "--output-file", "/dev/null", str(path))
        assert (checked.returncode, checked.stderr.decode()) == (0, ""), path


def pybabel_extract(project) -> subprocess.CompletedProcess[str]:
    """Run `pybabel extract` on the project's leaflets; it writes babel.pot."""
    project.path("babel.cfg").write_text(MAPPING, encoding="utf-8")
    command = [sys.executable, "-m", "babel.messages.frontend", "extract"]
    options = ["--mapping-file=babel.cfg", "--output-file=babel.pot", "."]
    return subprocess.run([*command, *options], cwd=project.root, capture_output=True, text=True)


def test_pybabel_extracts_leaflets(tmp_path):
    project = make(tmp_path)
    result = pybabel_extract(project)
    assert result.returncode == 0, result.stderr
    extracted = read_po(BytesIO(project.path("babel.pot").read_bytes()))
    found = {(message.context, message.id) for message in extracted if message.id}
    ours = set()
    for name in ("drain", "drain-plan"):
        ours |= {entry.key() for entry in po.read(project.path(f"locale/{name}.pot")).entries}
    assert found == ours
    message = extracted.get("Call us if your temperature is over 38 °C.")
    line = project.text("source/drain.md").splitlines().index(message.id) + 1
    assert message.locations == [("source/drain.md", line)]


def test_pybabel_names_the_line_of_a_broken_leaflet(tmp_path):
    project = make(tmp_path)
    project.replace("source/drain.md", "version:", "versoin:")
    result = pybabel_extract(project)
    assert result.returncode != 0
    assert "source/drain.md:8: error: unknown field 'versoin'" in result.stderr
