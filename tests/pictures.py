"""Pictures of pages, compared as an eye would: letters may be smoothed otherwise or stand a
pixel further, but none may be missing, be drawn in another font, or stand elsewhere.

The measure is structural similarity (Wang et al. 2004, doi:10.1109/TIP.2003.819861) of blurred
squares, each in the place near by where it is most similar.
"""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.float64]
# Levels of grey in a stored picture, so that it takes 20 KB.
LEVELS = 16
# Radius of the blur, and how far a square may have moved: both in pixels.
BLUR, SHIFT = 1.5, 2
# Side of the squares that are compared: about a letter.
SQUARE = 12
# What keeps flat squares from being all noise (the constants of the measure).
STEADY = 1000.0
# 1 is nothing alike. Over all languages, other smoothing and half a pixel's shift give up to
# 0.20, a single letter that is lost 0.41 and more.
TOLERANCE = 0.28


def coarse(picture: Image.Image) -> Image.Image:
    """Return a picture in the greys that are stored."""
    step = 255 / (LEVELS - 1)
    return picture.convert("L").point(lambda value: round(round(value / step) * step))


def stored(picture: Image.Image) -> bytes:
    """Return a picture as a small PNG."""
    buffer = io.BytesIO()
    palette = coarse(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=LEVELS)
    palette.save(buffer, "PNG", optimize=True, bits=4)
    return buffer.getvalue()


def difference(before: Image.Image, after: Image.Image) -> Grey:
    """Return how unlike (0 to 1, or more) each square of two pictures of one size is."""
    old, new = _blurred(before), np.pad(_blurred(after), SHIFT, mode="edge")
    height, width = old.shape
    moves = sorted(
        product(range(-SHIFT, SHIFT + 1), repeat=2), key=lambda move: max(map(abs, move))
    )
    unlike = np.full((1, 1), np.inf)
    for down, across in moves:
        top, left = SHIFT + down, SHIFT + across
        moved = new[top : top + height, left : left + width]
        unlike = np.minimum(unlike, 1 - _similarity(old, moved))
        if unlike.max() <= TOLERANCE:
            break
    return unlike


def compare(path: Path, picture: Image.Image, folder: Path) -> float:
    """Return the largest difference of a picture from the stored one.

    Where it is more than `TOLERANCE`, the picture and the difference are written into the folder.
    """
    with Image.open(path) as opened:
        before, after = opened.convert("L"), coarse(picture)
    if before.size != after.size:
        after.save(folder / path.name)
        return np.inf
    squares = difference(before, after)
    worst = float(squares.max())
    if worst > TOLERANCE:
        after.save(folder / path.name)
        shown(before, after, squares).save(folder / f"{path.stem}-difference.png")
    return worst


def shown(before: Image.Image, after: Image.Image, squares: Grey) -> Image.Image:
    """Return both pictures side by side, and the first one with what differs in red."""
    wrong = Image.fromarray(np.uint8(200 * (squares > TOLERANCE)))
    mask = Image.new("L", before.size)
    mask.paste(wrong.resize([2 * side for side in wrong.size]), (SQUARE // 2, SQUARE // 2))
    marked = before.convert("RGB")
    marked.paste((220, 0, 0), (0, 0), mask)
    sheet = Image.new("RGB", (3 * before.width + 20, before.height), "grey")
    for i, part in enumerate((before, after, marked)):
        sheet.paste(part, (i * (before.width + 10), 0))
    return sheet


def _blurred(picture: Image.Image) -> Grey:
    blurred = picture.convert("L").filter(ImageFilter.GaussianBlur(BLUR))
    return np.asarray(blurred, dtype=np.float64)


def _similarity(old: Grey, new: Grey) -> Grey:
    """Return how alike the squares of two pictures are: 1 for the same, 0 and less for others."""
    middle, other = _means(old), _means(new)
    spread = _means(old * old) - middle**2 + _means(new * new) - other**2
    together = _means(old * new) - middle * other
    light = (2 * middle * other + STEADY) / (middle**2 + other**2 + STEADY)
    return light * (2 * together + STEADY) / (spread + STEADY)


def _means(values: Grey) -> Grey:
    """Return the mean of every second square of a picture, across and down."""
    sums = np.pad(values, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    whole = sums[SQUARE::2, SQUARE::2] + sums[:-SQUARE:2, :-SQUARE:2]
    return (whole - sums[:-SQUARE:2, SQUARE::2] - sums[SQUARE::2, :-SQUARE:2]) / SQUARE**2
