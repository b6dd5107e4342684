"""The site of the documentation (`make docs`): the files of docs/ as they are, with search.

Sphinx reads a copy of them, in which README.md is the first page. See scripts/docs.
"""

import tomllib
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = _PROJECT["name"]
version = release = _PROJECT["version"]
author = "The ankl-i18n contributors"
project_copyright = f"2026 {author}"

extensions = ["myst_parser"]
html_theme = "furo"
html_title = f"{project} {version}"
html_show_sourcelink = False
html_copy_source = False
# The styles of a program that is tested for readers who cannot tell colours apart.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# GitHub makes an id from every heading; links to them are the same here.
myst_heading_anchors = 4
myst_links_external_new_tab = False
exclude_patterns = ["README.md", "src"]
