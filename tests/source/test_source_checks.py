"""Checks of leaflets: every case is a leaflet and what the checks find in it.

Below the line `.` stands one line for each finding: line, severity, message, kind, next step.
Cases without front matter are read with `front-matter = "free"`. All of them are one project.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks import KINDS
from ankl_i18n.coverage.problems import problems as all_problems
from ankl_i18n.errors import Problem, Severity, SourceError
from ankl_i18n.languages import language
from ankl_i18n.settings import load
from ankl_i18n.source import Document, parse
from ankl_i18n.source.checks import SOURCE_CHECKS, Surroundings, check_sources
from ankl_i18n.source.checks.links import PAGE_IDS

CASES = sorted((Path(__file__).parents[1] / "cases" / "source").glob("*.md"))
ROOT = Path(__file__).parents[2]
PICTURES = {"images/cell.svg", "images/a cell.svg"}


def split(path: Path) -> tuple[str, str]:
    source, _, expected = path.read_text(encoding="utf-8").partition("\n.\n")
    return source + "\n", expected


@cache
def parsed() -> tuple[dict[str, Document], tuple[Problem, ...]]:
    """Return the cases that can be parsed, and the problems of those that cannot."""
    documents, problems = {}, []
    for path in CASES:
        source = split(path)[0]
        kind = "leaflet" if source.startswith("---") else "free"
        try:
            documents[path.stem] = parse(source, path.name, path.stem, front_matter=kind)
        except SourceError as wrong:
            problems += wrong.problems
    return documents, tuple(problems)


@cache
def problems(whole: bool) -> list[Problem]:
    documents, broken = parsed()
    names = frozenset(path.stem for path in CASES)
    around = Surroundings(documents, names, PICTURES.__contains__, whole, grade=8)
    return [*broken, *check_sources(around)]


def shown(path: Path) -> str:
    """Return what is found in a case, one line for each problem."""
    whole = split(path)[0].startswith("---")
    found = [p for p in problems(whole) if p.location.path == path.name]
    return "".join(
        f"{p.location.line}: {p.severity}: {p.message} [{p.kind}] {p.hint}\n" for p in found
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path, golden):
    golden(path, f"{split(path)[0].rstrip()}\n\n.\n{shown(path)}")


@pytest.mark.parametrize("check", SOURCE_CHECKS, ids=lambda check: check.kind)
def test_every_check_has_a_trap(check):
    assert f" {check.severity}: " in "".join(
        f" {p.severity}: " for p in problems(True) if p.kind == check.kind
    )


def test_kinds_are_unique():
    kinds = [check.kind for check in SOURCE_CHECKS]
    assert len({*kinds, "call-out", "table-cells"}) == len(kinds) + 2
    assert not KINDS & {*kinds}


def test_every_problem_has_a_line_and_a_next_step():
    for problem in (*problems(True), *problems(False)):
        assert problem.location.line
        assert problem.hint


def test_the_pages_have_the_sections_that_links_may_lead_to():
    templates = (ROOT / "src" / "ankl_i18n" / "html" / "templates").glob("*.j2")
    pages = "".join(path.read_text(encoding="utf-8") for path in templates)
    assert all(f'id="{name}"' in pages for name in PAGE_IDS)


def project(root: Path, text: str, settings: str = "") -> Project:
    """Return a project with one leaflet and pictures in French and Arabic."""
    (root / "source" / "images").mkdir(parents=True)
    (root / "pyproject.toml").write_text(
        f'[tool.ankl_i18n]\nlanguages = ["fr", "ar"]\n{settings}', encoding="utf-8"
    )
    (root / "source" / "a.md").write_text(text, encoding="utf-8")
    for name in ("some.en", "some.fr", "all.en", "all.fr", "all.ar", "plain"):
        (root / "source" / "images" / f"{name}.svg").write_text("<svg/>", encoding="utf-8")
    (root / "outside.svg").write_text("<svg/>", encoding="utf-8")
    return Project(load(root))


def test_a_picture_must_be_there_for_readers_of_every_language(tmp_path):
    text = "# A\n\n![x](images/plain.svg)\n\n![x](images/all.svg)\n\n![x](images/some.svg)\n"
    text += "\n![x](../outside.svg)\n\n![x](.)\n"
    found = all_problems(project(tmp_path, text, 'front-matter = "free"'), [])
    assert [str(problem) for problem in found] == [
        "source/a.md:7: error: image not found: images/some.svg [link]",
        "source/a.md:9: error: image not found: ../outside.svg [link]",
        "source/a.md:11: error: image not found: . [link]",
    ]


@pytest.mark.parametrize(
    ("kind", "severity"), [("leaflet", Severity.ERROR), ("free", Severity.WARNING)]
)
def test_a_misspelt_callout_stops_a_leaflet_unless_front_matter_is_free(tmp_path, kind, severity):
    text = "# A\n\n::: dangr B\n\nC\n\n:::\n"
    found = all_problems(project(tmp_path, text, f'front-matter = "{kind}"'), [])
    assert [(p.location.line, p.severity) for p in found if p.kind == "call-out"] == [(3, severity)]
    if kind == "leaflet":
        with pytest.raises(SourceError):
            parse(text, "a.md", "a")


def test_the_leaflets_of_this_project_have_no_mistakes():
    found_all = all_problems(Project(load(ROOT)), [language("en")])
    found = [p for p in found_all if p.severity is not Severity.HINT]
    assert found == []
