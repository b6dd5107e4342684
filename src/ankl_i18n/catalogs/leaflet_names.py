"""Which files are leaflets, and which names leaflets cannot have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from ankl_i18n.errors import Problem, error

SUFFIX: Final = ".md"
# Other names of Markdown files: nobody should wonder why such a leaflet does not appear.
LIKE_MARKDOWN: Final = frozenset(
    {".md", ".markdown", ".mdown", ".mdtext", ".mdtxt", ".mdwn", ".mkd", ".mkdn"}
)


def sort_out(
    paths: Iterable[PurePosixPath], taken: Mapping[str, str], folder: str
) -> tuple[list[PurePosixPath], list[Problem]]:
    """Return the paths of leaflets, and what is wrong with the names of others.

    `paths` are relative to `folder`; `taken` says what has the names that no leaflet can have.
    Names are compared as file systems do that know neither case nor the two ways to write an
    accent; of two that are the same, the one in small letters stays.
    """
    good: list[PurePosixPath] = []
    problems: list[Problem] = []
    seen: dict[str, PurePosixPath] = {}
    for path in sorted(paths, key=lambda path: str(path).swapcase()):
        name = _alike(path.with_suffix("").as_posix())
        wrong = _wrong(path, name, taken, seen)
        if wrong:
            message, hint = wrong
            shown = f"{folder}/{path}".encode(errors="backslashreplace").decode()
            problems.append(error("source", message, shown, hint))
        else:
            seen[name] = path
            good.append(path)
    return sorted(good), problems


def _wrong(
    path: PurePosixPath, name: str, taken: Mapping[str, str], seen: dict[str, PurePosixPath]
) -> tuple[str, str] | None:
    if path.suffix != SUFFIX:
        hint = f"rename it to {path.stem}{SUFFIX}, or name it in the setting `ignore`"
        return f"names of leaflets end in {SUFFIX}; this file is ignored", hint
    if name in taken:
        hint = f"rename the file; names in use: {', '.join(taken)}"
        return f"the name {path.stem} is already used by {taken[name]}", hint
    if name in seen:
        hint = "rename one of the two"
        return f"many file systems treat this as the same name as {seen[name]}", hint
    return None


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
