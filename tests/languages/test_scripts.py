"""Scripts in PDFs: each language of cases/languages/scripts.tsv in its own installed font.

The quick suite sets the first ones, which no other test has; the slow one sets them all.
"""

from __future__ import annotations

import csv
import functools
import subprocess
import tempfile
from pathlib import Path

import polib
import pytest

from ankl_i18n.catalogs.project import Project
from ankl_i18n.languages import language
from ankl_i18n.languages.reader import SYMBOLS, use
from ankl_i18n.preflight.run import preflight
from ankl_i18n.settings import Options, load
from sample_project import run

pytestmark = pytest.mark.pdf

CASES = Path(__file__).parents[1] / "cases" / "languages" / "scripts.tsv"
ROWS = list(
    csv.DictReader(
        CASES.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
)
QUICK = {"zh-HK", "iu", "bo", "chr", "nqo", "mn", "ff-Adlm", "hmn-Hmnp"}
UNKNOWN = 'name = "{}"\n[numbers]\nplural-forms = "nplurals=1; plural=0;"\n'
OWN = {"hmn": "Hmoob", "lis": "ꓡꓲꓢꓴ"}
# Words of the pages are not translated into these languages, and their leaflets are long.
EXPECTED = {"review", "pages"}


@functools.cache
def built(tags: frozenset[str]) -> Path:
    """Return the folder of a project that was built in some languages, on A4."""
    folder = Path(tempfile.mkdtemp())
    run("init", "--project", str(folder))
    (folder / "languages").mkdir()
    for tag, name in OWN.items():
        (folder / "languages" / f"{tag}.toml").write_text(UNKNOWN.format(name))
    settings = folder / "pyproject.toml"
    settings.write_text(settings.read_text() + 'papers = ["a4"]\n')
    assert run("add", *tags, "--project", str(folder)).exit_code == 0
    for row in ROWS:
        if row["tag"] in tags:
            _translate(folder, language(row["tag"]).gettext_id, row["text"])
    result = run("build", "--drafts", "--jobs", "1", "--project", str(folder))
    assert "[font]" not in result.stderr, result.stderr
    return folder


def _translate(folder: Path, gettext_id: str, text: str) -> None:
    path = folder / "locale" / gettext_id / "LC_MESSAGES" / "first-leaflet.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = text if len(entry.msgid) < 30 else f"{text} (38.5 °C, 2 mg)"
    catalog.save()


def folder_of(tag: str) -> Path:
    return built(frozenset(QUICK if tag in QUICK else {row["tag"] for row in ROWS} - QUICK))


def each() -> pytest.MarkDecorator:
    cases = [
        pytest.param(row, id=row["tag"], marks=[] if row["tag"] in QUICK else [pytest.mark.slow])
        for row in ROWS
    ]
    return pytest.mark.parametrize("row", cases)


@each()
def test_the_font_is_the_scripts_own(row: dict[str, str]) -> None:
    path = folder_of(row["tag"]) / "build" / row["tag"] / "first-leaflet-a4.pdf"
    listed = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True)
    names = [line.split()[0].partition("+")[2] for line in listed.stdout.splitlines()[2:]]
    families = {name.removesuffix("-Italic").removesuffix("-Bold") for name in names}
    known = {font.replace(" ", "-") for font in ("Noto Sans", row["font"], *SYMBOLS)}
    if row["tag"] == "ii":  # its commas are those of Chinese
        known.add("Noto-Sans-CJK-SC")
    assert families <= known
    assert row["font"].replace(" ", "-") in families


@each()
def test_all_of_it_reads_back_and_preflight_finds_nothing_else(row: dict[str, str]) -> None:
    project = Project(load(folder_of(row["tag"])), Options(tags=(row["tag"],), drafts=True))
    verdicts = preflight(project)
    use(())
    assert {verdict.output.kind for verdict in verdicts} == {"html", "pdf"}
    assert all(verdict.read == verdict.wanted > 0 for verdict in verdicts)
    found = [one for verdict in verdicts for one in verdict.findings]
    assert [one.message for one in found if one.check not in EXPECTED] == []
