"""The benchmarks run and count rightly; nothing is said here about speed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Golden

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "benchmarks"
ADOPTED = ("--source", str(CASES / "book"), "--catalog", str(CASES / "ja.po"), "--language", "ja")


def python(*arguments: str, seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_extract_measures_a_generated_corpus() -> None:
    report = python("-m", "benchmarks", "extract", "--alone", "--files", "4", "--rounds", "2")
    assert report.startswith("4 Markdown files")
    row = re.search(
        r"ankl-i18n extract [\d.]+ \| (\d+) \| ([\d.]+) s \| [\d.]+ s \| (\d+) MiB", report
    )
    assert row
    assert int(row[1]) > 50
    assert float(row[2]) > 0
    assert int(row[3]) > 5


def test_the_generated_corpus_is_always_the_same() -> None:
    code = "from benchmarks.generated import leaflet; print(leaflet(3), leaflet(4))"
    assert python("-c", code, seed="1") == python("-c", code, seed="2")


def test_update_merges_the_same_catalog_with_every_tool() -> None:
    report = python("-m", "benchmarks", "update", *ADOPTED, "--rounds", "1")
    rows = [line for line in report.splitlines() if re.match(r"\| (ankl-i18n|msgmerge) ", line)]
    assert len(rows) == 3  # ours, msgmerge and msgmerge -N
    for row in rows:
        assert "4 translated" in row


def test_adopt_says_what_is_shown_and_why_the_rest_is_not(golden: Golden) -> None:
    report = python("-m", "benchmarks", "adopt", *ADOPTED)
    golden(CASES / "adopted.txt", report.partition("\n\n")[2])


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.pdf
def test_rendering_compares_three_makers_of_pdfs() -> None:
    report = python("-m", "benchmarks", "rendering", "--language", "fr")
    (row,) = [line for line in report.splitlines() if line.startswith("| French |")]
    cells = [cell.split(" · ") for cell in row.strip("| ").split(" | ")]
    failures, (poppler,), wrong = cells[2:5], {cells[5][0]}, cells[8:10]
    assert [cell[0] for cell in failures] == ["0", "0", "0"]
    assert poppler == cells[6][0] == cells[1][0]
    assert [cell[0] for cell in wrong] == ["0", "0"]
    assert all(len(cell) == 3 for cell in cells[2:])


def test_rebuild_measures_builds_with_little_to_do() -> None:
    report = python(
        "-m", "benchmarks", "rebuild", "--leaflets", "2", "--languages", "2", "--rounds", "1"
    )
    rows = re.findall(r"^\| (.+) \| ([\d.]+) s \| ([\d.]+) s \|$", report, re.MULTILINE)
    clock = {name: float(seconds) for name, seconds, _ in rows}
    assert len(clock) == 7
    assert clock["build, nothing to do"] < clock["build from nothing, pages only"]


def test_the_generated_project_is_always_the_same(tmp_path: Path) -> None:
    code = "import sys, pathlib; from benchmarks import generated; "
    code += "generated.project(pathlib.Path(sys.argv[1]), 3, 2, 0.5)"
    made = []
    for seed in ("1", "2"):
        python("-c", code, str(tmp_path / seed), seed=seed)
        files = sorted((tmp_path / seed).rglob("*.*"))
        made.append([path.read_bytes() for path in files])
    assert made[0] == made[1]
    assert len(made[0]) == 1 + 3 + 3 * 2
