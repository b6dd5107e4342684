"""What the bytes of an output depend on besides the project: this program, libraries, fonts."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ankl_i18n.engine.cache import Cache, digest

PACKAGE: Final = Path(__file__).parents[1]
# Libraries that decide what a page says, and those that set it on paper.
OF_PAGES: Final = (
    "babel", "icu4py", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "pyyaml",
    "rapidfuzz", "segno",
)  # fmt: skip
OF_PAPER: Final = (
    "cffi", "cssselect2", "fonttools", "pikepdf", "pillow", "pydyf", "pyphen", "tinycss2",
    "tinyhtml5", "weasyprint",
)  # fmt: skip
SHARED: Final = (
    "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)  # fmt: skip
SHARED_FOLDERS: Final = ("/usr/local/lib", "/usr/lib/*", "/usr/lib", "/opt/homebrew/lib")
# Where fontconfig looks (fonts-conf(5)), besides what its variables name.
FONT_FOLDERS: Final = (
    "/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts",
    "~/.local/share/fonts", "~/.config/fontconfig", "/Library/Fonts", "~/Library/Fonts",
)  # fmt: skip
FONT_VARIABLES: Final = ("FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT")
FAMILY: Final = re.compile(r'"([^"]+)"')
STACK: Final = re.compile(r"(?:font-family|--[a-z-]+):([^;}]*)")


def program(cache: Cache) -> str:
    """Return the digest of this package, its data, and the libraries that pages depend on."""
    return _digest([*_package(cache, PACKAGE), *_versions(OF_PAGES), sys.version])


def renderer(cache: Cache) -> str:
    """Return the digest of all that turns the HTML of a page into a PDF, but for the fonts."""
    return _digest([
        *_package(cache, PACKAGE / "pdf"),
        *_package(cache, PACKAGE / "languages"),
        *_versions(OF_PAPER),
        *_shared(),
        sys.version,
        zlib.ZLIB_RUNTIME_VERSION,
    ])  # fmt: skip


def parts(cache: Cache) -> dict[str, str]:
    """Return by name what the bytes of an output depend on, to compare machines.

    Versions of Python, libraries and shared libraries, the processor, and digests of this
    program and of the fonts.
    """
    return {
        "ankl-i18n": _digest(_package(cache, PACKAGE)),
        "fonts": fonts(cache, families()),
        "processor": platform.machine(),
        "Python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name.partition(".so")[0]: name for name in sorted(Path(s).name for s in _shared())},
        **dict(line.split(" ", 1) for line in _versions([*OF_PAGES, *OF_PAPER])),
    }


def _digest(parts: Iterable[str]) -> str:
    return digest("\0".join(parts).encode(errors="surrogateescape"))


def _package(cache: Cache, folder: Path) -> Iterator[str]:
    """Yield the name and digest of every file in a folder of this package."""
    for path in sorted(_files(str(folder))):
        yield os.path.relpath(path, PACKAGE)
        yield cache.digest(path)


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.startswith("."):
                yield entry.path


def _versions(names: Iterable[str]) -> list[str]:
    """Return the installed versions of libraries, from the names of their metadata's folders.

    `NAME-VERSION.dist-info` (packaging.python.org, Recording installed projects); a hundred
    times faster than importlib.metadata, which reads every file.
    """
    wanted = set(names)
    versions = {}
    for folder in reversed(sys.path):
        try:
            entries = os.listdir(folder or ".")  # noqa: PTH208
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").rpartition("-")
                versions[re.sub(r"[-_.]+", "-", name).lower()] = version
    return [f"{name} {versions.get(name, '')}" for name in sorted(wanted)]


def _shared() -> Iterator[str]:
    """Yield the full names of the shared libraries that lay out text: they hold the versions."""
    for pattern in SHARED_FOLDERS:
        for folder in Path("/").glob(pattern.lstrip("/")):
            for name in SHARED:
                if (folder / name).exists():
                    yield str((folder / name).resolve())


def font_folders() -> str:
    """Return a digest that changes when fonts are added, removed or configured again (quick)."""
    folders = [os.environ.get(name, "") for name in FONT_VARIABLES]
    parts = [*folders]
    seen: set[tuple[int, int]] = set()
    for folder in [*FONT_FOLDERS, *folders]:
        if folder:
            parts += _times(_expanded(folder), seen)
    return _digest(parts)


def _expanded(folder: str) -> str:
    """Return a path with `~` replaced, if there is a home: Path.expanduser fails without one."""
    return os.path.expanduser(folder)  # noqa: PTH111


def _times(folder: str, seen: set[tuple[int, int]]) -> Iterator[str]:
    """Yield folders, at any depth, with the time when something in them came, went or moved.

    None is yielded twice: links may lead back, and there are more ways through two of them than
    anybody can go.
    """
    try:
        stat = os.stat(folder)  # noqa: PTH116
        if (stat.st_dev, stat.st_ino) in seen:
            return
        seen.add((stat.st_dev, stat.st_ino))
        yield f"{folder} {stat.st_mtime_ns}"
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    yield from _times(entry.path, seen)
    except OSError:
        return


def fonts(cache: Cache, families: Iterable[str]) -> str:
    """Return the digest of the font files that fontconfig finds for some families.

    It is made of what is in the files, not of where they are: the same fonts on another
    machine give the same PDFs. Without `fc-list` it is that of their folders.
    """
    try:
        listed = subprocess.run(
            ["fc-list", "--format", "%{family}\t%{index}\t%{style}\t%{file}\n"],  # noqa: S607
            capture_output=True, encoding="utf-8", errors="replace", check=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return font_folders()
    wanted = {family.casefold() for family in families}
    parts = [cache.digest(path) for path in _configuration()]
    for line in sorted(listed.splitlines()):
        names, index, style, path = line.split("\t", 3)
        if wanted & {name.casefold() for name in names.split(",")}:
            parts.append(f"{names}\t{index}\t{style}\t{cache.digest(path)}")
    return _digest(sorted(parts))


def _configuration() -> Iterator[str]:
    for folder in ("/etc/fonts", "~/.config/fontconfig", os.environ.get("FONTCONFIG_PATH", "")):
        path = _expanded(folder)
        if folder and os.path.isdir(path):  # noqa: PTH112
            yield from _files(path)
    yield os.environ.get("FONTCONFIG_FILE", "")


def families() -> list[str]:
    """Return the font families that the style sheets name."""
    texts = [
        path.read_text(encoding="utf-8") for path in (PACKAGE / "html" / "styles").glob("*.css")
    ]
    stacks = [stack for text in texts for stack in STACK.findall(text)]
    return sorted({name for stack in stacks for name in FAMILY.findall(stack)})
