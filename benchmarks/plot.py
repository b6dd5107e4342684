"""A picture of the figures: a bar for each tool, its processor time in times of ours."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final

from benchmarks.measure import ratio
from benchmarks.report import COSTS
from benchmarks.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.tasks import Figures, Row

# All lengths are in SVG's own units, about a pixel each.
LEFT: Final = 260
WIDTH: Final = 420
RIGHT: Final = 60
LINE: Final = 20
HEAD: Final = 34
TOP: Final = 66
FOOT: Final = 16
STYLE: Final = """
text { font: 13px system-ui, sans-serif; fill: #1a1a1a }
.head { font-weight: 600 }
.small { font-size: 11px; fill: #555 }
.grid { stroke: #d0d0d0 }
.ours { stroke: #1a1a1a; stroke-width: 2 }
.more { fill: #3b6fb6 }
.less { fill: #b8651b }
@media (prefers-color-scheme: dark) {
  text { fill: #ececec }
  .small { fill: #b5b5b5 }
  .grid { stroke: #444 }
  .ours { stroke: #ececec }
  .more { fill: #7fa8e0 }
  .less { fill: #e09a55 }
}
"""


def plot(figures: Sequence[Figures], title: str) -> str:
    """Return an SVG picture with a logarithmic scale; the line is what we need, 1.

    A bar to the right is a tool that needs more, to the left one that needs less.
    """
    groups = [(one, rows) for one in figures if (rows := _times(one))]
    every = [times for _, rows in groups for _, times in rows]
    first = floor(log10(min([*every, 0.5])))
    last = max(ceil(log10(max([*every, 2]))), first + 1)
    height = TOP + sum(HEAD + LINE * len(rows) for _, rows in groups) + FOOT
    width = LEFT + WIDTH + RIGHT
    told = ". ".join(
        f"{_name(one)}: {', '.join(f'{row.name} {_said(times)}' for row, times in rows)}"
        for one, rows in groups
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(told)}.</desc>',
        f"<style>{STYLE}</style>",
        f'<text class="head" x="8" y="22">{escape(title)}</text>',
        *_labels(first, last),
        *_bars(groups, first, last),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _times(figures: Figures) -> list[tuple[Row, float]]:
    """Return the tools and how many times the processor time of the first one they need."""
    ours, *others = figures.rows
    cost = COSTS[1][2]
    return [(row, ratio(ours.samples, row.samples, cost)) for row in others if row.samples]


def _said(times: float) -> str:
    return f"{times:.2f}" if times < 10 else f"{times:.0f}"


def _name(figures: Figures) -> str:
    return f"{TASKS[figures.task].title}: {figures.inputs}"


def _x(times: float, first: int, last: int) -> float:
    return round(LEFT + WIDTH * (log10(times) - first) / (last - first), 1)


def _labels(first: int, last: int) -> Iterator[str]:
    for power in range(first, last + 1):
        label = "1 (ours)" if power == 0 else f"{10.0**power:g}"
        x = _x(10.0**power, first, last)
        yield f'<text class="small" x="{x}" y="{TOP - 16}" text-anchor="middle">{label}</text>'


def _lines(first: int, last: int, top: int, bottom: int) -> Iterator[str]:
    for power in range(first, last + 1):
        x = _x(10.0**power, first, last)
        kind = "grid" if power else "ours"
        yield f'<line class="{kind}" x1="{x}" y1="{top}" x2="{x}" y2="{bottom}"/>'


def _bars(
    groups: Sequence[tuple[Figures, Sequence[tuple[Row, float]]]], first: int, last: int
) -> Iterator[str]:
    y = TOP
    one = _x(1, first, last)
    for figures, rows in groups:
        yield f'<text class="head" x="8" y="{y + 20}">{escape(_name(figures))}</text>'
        y += HEAD
        for row, times in rows:
            x = _x(times, first, last)
            kind = "more" if times >= 1 else "less"
            start, length = min(x, one), round(max(abs(x - one), 1), 1)
            yield f'<text x="{LEFT - 10}" y="{y + 11}" text-anchor="end">{escape(row.name)}</text>'
            yield f'<rect class="{kind}" x="{start}" y="{y}" width="{length}" height="14"/>'
            yield f'<text class="small" x="{max(x, one) + 5}" y="{y + 11}">{_said(times)} ×</text>'
            y += LINE
        yield from _lines(first, last, y - LINE * len(rows) - 4, y - 2)
