"""Lines and columns of text on a console."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console


def plain(console: Console, line: str | Text, style: str = "") -> None:
    """Print one line as it is: no markup, no wrapping, no colouring of numbers."""
    if console.color_system is None and not console.is_terminal:
        # In a file there are no colours, and rich takes twenty times as long to find that out.
        console.file.write(f"{line if isinstance(line, str) else line.plain}\n")
        return
    console.print(Text(line, style) if isinstance(line, str) else line, soft_wrap=True)


def aligned(lines: Sequence[Sequence[str]], numbers: Container[int]) -> list[str]:
    """Return lines of cells as text in columns; wide characters count twice.

    `numbers` are the columns that are set to the right.
    """
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(_padded(line, widths, numbers)).rstrip() for line in lines]


def _padded(line: Sequence[str], widths: Sequence[int], numbers: Container[int]) -> Iterable[str]:
    for number, (text, width) in enumerate(zip(line, widths, strict=True)):
        space = " " * (width - cell_len(text))
        yield space + text if number in numbers else text + space
