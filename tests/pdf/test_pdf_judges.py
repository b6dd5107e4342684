"""Every PDF is PDF/UA-1 and PDF/A-2a, as two programs of other people see it."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
import test_pdf
from benchmarks.judges import page_rules, verapdf

from sample_project import REPOSITORY, run

pytestmark = pytest.mark.pdf

FLAVOURS = ("ua1", "2a")
LEAFLETS = [(tag, paper) for tag in test_pdf.TAGS for paper in ("a4", "letter")]
SAMPLE = sorted(random.Random(2026).sample(LEAFLETS, 4))


def judged(files: list[Path]) -> Mapping[str, list[str]]:
    """Return all failures by file, validator and flavour."""
    found = {
        f"{path.name} {flavour}": failures
        for (path, flavour), failures in verapdf(files, FLAVOURS).items()
    }
    for path in files:
        found[f"{path.name} page-validation"] = page_rules(path.read_bytes())
    return {name: failures for name, failures in found.items() if failures}


def written(leaflets: list[tuple[str, str]], folder: Path) -> list[Path]:
    """Write the test leaflets of some languages and papers; return their paths."""
    paths = [folder / f"{tag}-{paper}.pdf" for tag, paper in leaflets]
    for path, (tag, paper) in zip(paths, leaflets, strict=True):
        path.write_bytes(test_pdf.made(tag, paper))
    return paths


def test_a_sample_holds_to_both_standards_and_a_broken_file_to_none(tmp_path: Path) -> None:
    """In the broken one the title is not shown, and the colour profile is lost."""
    broken = tmp_path / "wrong.pdf"
    with pikepdf.open(io.BytesIO(test_pdf.made("en"))) as document:
        del document.Root.ViewerPreferences
        del document.Root.OutputIntents
        document.save(broken)
    failures = judged([*written(SAMPLE, tmp_path), broken])
    wrong = {"wrong.pdf ua1", "wrong.pdf 2a", "wrong.pdf page-validation"}
    assert set(failures) == wrong, failures


@pytest.mark.slow
def test_every_language_holds_to_both_standards(tmp_path: Path) -> None:
    assert judged(written(LEAFLETS, tmp_path)) == {}


@pytest.mark.slow
def test_our_own_leaflets_hold_to_both_standards(tmp_path: Path) -> None:
    """The repository's leaflets, drafts too, in every language and paper size."""
    project = tmp_path / "project"
    for name in ("source", "locale"):
        shutil.copytree(REPOSITORY / name, project / name)
    shutil.copy(REPOSITORY / "pyproject.toml", project)
    made = run("build", "--only", "pdf", "--drafts", "--quiet", "--project", str(project))
    assert made.exit_code == 0, made.output
    files = sorted(project.glob("build/*/*.pdf"))
    assert len(files) == 2 * 2 * 17
    folder = tmp_path / "all"
    folder.mkdir()
    named = [path.rename(folder / f"{path.parent.name}-{path.name}") for path in files]
    assert judged(named) == {}
