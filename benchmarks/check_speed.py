"""How long `coverage` and `check` take on large catalogs, beside `msgfmt --statistics` on each.

Catalogs of a book are copied under other regions of their languages until there are enough.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from babel.localedata import locale_identifiers

from ankl_i18n.languages import language
from benchmarks.measure import CommandError, Sample, run, typical
from benchmarks.peers.extracting import settings
from benchmarks.report import machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ankl_i18n.languages import Language

# They end with 1 where they find errors, as they do in any large catalog.
OURS: Final = f"{sys.executable} -m ankl_i18n {{}} > out.txt 2>&1; test $? -le 1"
COVERAGE: Final = ("sh", "-c", OURS.format("coverage"))
CHECK: Final = ("sh", "-c", OURS.format("check"))
MSGFMT: Final = ("sh", "-c", "for f in po/*.po; do msgfmt --statistics -o /dev/null $f; done")
STEPS: Final = (
    ("`msgfmt --statistics`, catalog by catalog", MSGFMT, False),
    ("`coverage`", COVERAGE, False),
    ("`check`", CHECK, False),
    ("`coverage` for the first time", COVERAGE, True),
    ("`check` for the first time", CHECK, True),
)


def compare(root: Path, source: Path, catalogs: Path, megabytes: float, rounds: int) -> str:
    """Return the report on a book's sources and its catalogs (`TAG.po`)."""
    tags, size = _project(root, source, catalogs, megabytes * 1e6)
    lines = [f"{len(tags)} catalogs, {size / 1e6:.1f} MB", *machine(rounds), ""]
    lines += ["| command | clock | processor |", "| --- | ---: | ---: |"]
    for name, command, first in STEPS:
        samples = [_run(root, command, first=first) for _ in range(rounds + 1)][1:]
        wall, cpu = typical(samples, lambda s: s.wall), typical(samples, lambda s: s.cpu)
        lines.append(f"| {name} | {wall:.2f} s | {cpu:.2f} s |")
    return "\n".join(lines)


def _run(root: Path, command: tuple[str, ...], *, first: bool) -> Sample:
    if first:
        shutil.rmtree(root / ".cache", ignore_errors=True)
    return run(command, root)


def _project(root: Path, source: Path, catalogs: Path, most: float) -> tuple[list[str], int]:
    """Write a project with copies of catalogs; return its languages and the catalogs' size."""
    (root / "po").mkdir(parents=True)
    tags: list[str] = []
    size = 0
    for path, spoken in _copies(sorted(catalogs.glob("*.po"))):
        if size and size + path.stat().st_size > most:
            continue
        shutil.copy(path, root / "po" / f"{spoken.gettext_id}.po")
        tags.append(spoken.tag)
        size += path.stat().st_size
    if not tags:
        raise CommandError(f"no catalogs in {catalogs}")
    shutil.copytree(source, root / "src")
    (root / "pyproject.toml").write_text(settings(tags, "src"), encoding="utf-8")
    return tags, size


def _copies(paths: list[Path]) -> Iterator[tuple[Path, Language]]:
    """Yield catalogs with their own language, then with other regions of it."""
    own = [(path, language(path.stem)) for path in paths]
    yield from own
    seen = {spoken.gettext_id for _, spoken in own}
    for identifier in sorted(locale_identifiers()):
        for path, spoken in own:
            if identifier.partition("_")[0] != spoken.cldr.partition("_")[0]:
                continue
            with suppress(ValueError):  # CLDR knows regions that we do not
                other = language(identifier.replace("_", "-"))
                if other.gettext_id not in seen:
                    seen.add(other.gettext_id)
                    yield path, other
