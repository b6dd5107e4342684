"""How well a colour stands out from another."""

from __future__ import annotations

from typing import Final

# Where the curve of sRGB begins, and the weights of red, green and blue (WCAG 2.2, "relative
# luminance").
KNEE: Final = 0.04045
WEIGHTS: Final = (0.2126, 0.7152, 0.0722)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast of two colours of 0 to 255, from 1 to 21 (WCAG 2.2, "contrast ratio").

    >>> round(contrast((0, 0, 0), (255, 255, 255)))
    21
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    shares = (channel / 255 for channel in colour)
    linear = (s / 12.92 if s <= KNEE else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return sum(weight * light for weight, light in zip(WEIGHTS, linear, strict=True))


def parsed(colour: str) -> tuple[int, int, int] | None:
    """Return a colour written #rrggbb or #rgb, None for any other notation."""
    digits = colour.strip().removeprefix("#")
    if len(digits) == len("rgb"):
        digits = "".join(digit * 2 for digit in digits)
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red, green, blue
