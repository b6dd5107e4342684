"""One maker renders one page in many versions: `python -m benchmarks.render_one MAKER FILE ROUNDS`.

Each version has another comment at its end, so that nobody can take it for one made before.

In a process of its own, with nothing in it but what the maker needs. Prints what the rounds took,
but for the first one, as JSON: milliseconds of processor time, of the clock, and peak memory in MB.
`FILE` is the page (or Typst source), its name the tag of its language.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

MILLISECOND: Final = 1000


def _ours(source: Path) -> Callable[[], object]:
    """Render as a worker of a build does, with what it does when it has answered."""
    from ankl_i18n.engine.workers import be_warm, tidy
    from ankl_i18n.languages import language
    from ankl_i18n.pdf import warm

    versions, spoken = _versions(source, "<!-- {} -->\n"), language(source.stem)
    be_warm()

    def make() -> None:
        made = warm.pdf.pdf(next(versions), spoken, paper="a4", source=source.name)
        source.with_suffix(".pdf").write_bytes(made)
        tidy()

    return make


def _versions(source: Path, comment: str) -> Iterator[str]:
    """Yield the text of a page, or its Typst source, each time with another comment."""
    text = source.read_text(encoding="utf-8")
    return (f"{text}{comment.format(number)}" for number in count())


def _weasyprint(source: Path) -> Callable[[], object]:
    import weasyprint

    versions = _versions(source, "<!-- {} -->\n")
    gc.freeze()
    return lambda: weasyprint.HTML(string=next(versions)).write_pdf(pdf_variant="pdf/ua-1")


def _typst(source: Path) -> Callable[[], object]:
    import typst

    made = str(source.with_suffix(".typst.pdf"))
    versions = _versions(source, "// {}\n")

    def make() -> None:
        source.write_text(next(versions), encoding="utf-8")
        typst.compile(str(source), output=made, format="pdf", pdf_standards=["ua-1"])

    return make


MAKERS: Final = {"ankl-i18n": _ours, "weasyprint": _weasyprint, "typst": _typst}


def main(maker: str, file: str, rounds: str) -> None:
    """Print the figures of a maker."""
    make = MAKERS[maker](Path(file))
    cpu, wall = [], []
    for _ in range(int(rounds) + 1):
        begin = time.process_time(), time.perf_counter()
        make()
        cpu.append((time.process_time() - begin[0]) * MILLISECOND)
        wall.append((time.perf_counter() - begin[1]) * MILLISECOND)
    print(json.dumps({"cpu": cpu[1:], "wall": wall[1:], "megabytes": _peak()}))


def _peak() -> float:
    """Return the most memory held, in MB (proc(5), VmHWM; getrusage counts a parent's, too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kibibytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kibibytes) * 1024 / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
