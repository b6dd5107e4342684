"""The first files of a project."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from ankl_i18n.catalogs.po.disk import put
from ankl_i18n.settings import SETTINGS_FILE

GITIGNORE = ".gitignore"


def scaffold(root: Path) -> Iterator[tuple[str, bool]]:
    """Write each first file that is not there; yield its path and whether it was written."""
    folder = files("ankl_i18n.cli.scaffold") / "files"
    for name, target in FILES.items():
        path = root / target
        data = (folder / name).read_bytes()
        present = path.read_bytes() if path.exists() else None
        if present is not None:
            if target not in OURS or OURS[target] in present:
                yield target, False
                continue
            data = present.rstrip(b"\r\n") + b"\n\n" + data
        put(path, data, present)
        yield target, True


FILES = {
    "settings.toml": SETTINGS_FILE,
    "first-leaflet.md": "source/first-leaflet.md",
    "gitignore": "build/.gitignore",
    "root-gitignore": GITIGNORE,
}
# Files that are added to where others have written them; a line or table of it says that it was.
OURS = {SETTINGS_FILE: b"ankl_i18n", GITIGNORE: b"*.mo"}
