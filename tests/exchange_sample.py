"""A small project with everything that a translation tool may lose; texts of its own, invented."""

from __future__ import annotations

import shutil
from pathlib import Path

from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.formats import FORMATS
from ankl_i18n.exchange.pack import Selection
from ankl_i18n.exchange.run import export
from ankl_i18n.languages import language
from ankl_i18n.settings import load

CASE = Path(__file__).parent / "cases" / "exchange"
LANGUAGES = ("fr", "ar")
SETTINGS = '[tool.ankl_i18n]\nname = "Sample"\nlanguages = ["fr", "ar"]\n'
# More than a cell of a spreadsheet holds, and than most tools are tried with.
LONG = "Rest for a while and drink some water. " * 1000
ALL = Selection()
FORM = {form.name: form for form in FORMATS}


def make(root: Path) -> Project:
    """Put the project into a folder."""
    (root / "source").mkdir()
    shutil.copy(CASE / "leaflet.md", root / "source")
    (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    for tag in LANGUAGES:
        path = catalog(root, tag)
        path.parent.mkdir(parents=True)
        text = (CASE / f"{tag}.po").read_text(encoding="utf-8")
        path.write_text(
            text.replace("@long@", LONG).replace("@LONG@", LONG.upper()), encoding="utf-8"
        )
    return Project(load(root))


def catalog(root: Path, tag: str) -> Path:
    return root / "locale" / tag / "LC_MESSAGES" / "leaflet.po"


def go_out(
    project: Project, form: str, tag: str = "fr", chosen: Selection = ALL, to: str = "out"
) -> Path:
    """Export the sample's catalog in a language, and return the file."""
    made = export(project, [language(tag)], FORM[form], chosen, project.root / to)
    return next(one.path for one in made if one.path.name.startswith("leaflet"))
