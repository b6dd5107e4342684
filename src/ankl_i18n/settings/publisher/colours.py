"""A publisher's colours: what is on what, whether it can be read, and what is left to find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ankl_i18n.settings.publisher.contrast import contrast, parsed
from ankl_i18n.settings.publisher.records import Colours

# Custom properties of styles/leaflet.css by role, and the program's own colours that meet them:
# on light screens and paper, and on dark screens.
PROPERTIES: Final = {"brand": "brand", "link": "link", "accent": "warm", "cover": "cover"}
LIGHT: Final[Mapping[str, str]] = {
    "page": "#ffffff", "ink": "#1e2a2c", "quiet": "#465356", "visited": "#5a3a7c",
    "raised": "#faf6ef", "brand": "#0b4b52", "link": "#0a5560", "warm": "#c8660f",
    "cover": "#fdf2e2",
}  # fmt: skip
DARK: Final[Mapping[str, str]] = {
    "page": "#141c1e", "ink": "#f1ede6", "quiet": "#c3c8c5", "visited": "#d3bdf0",
    "raised": "#1d2628", "brand": "#b5e3df", "link": "#93dcd8", "warm": "#f0a04b",
    "cover": "#22282a",
}  # fmt: skip
# What is on what, and the least contrast: of text (WCAG 2.2, 1.4.3), and of signs and lines
# that tell something (1.4.11).
TEXT, SIGN = 4.5, 3.0
DARK_SCREEN: Final = "prefers-color-scheme: dark"
PAIRS: Final = (
    ("brand", "page", TEXT), ("brand", "cover", TEXT), ("brand", "raised", TEXT),
    ("link", "page", TEXT), ("link", "cover", TEXT), ("ink", "cover", TEXT),
    ("quiet", "cover", TEXT), ("visited", "cover", TEXT), ("warm", "page", SIGN),
)  # fmt: skip
# What a colour that is made lighter for dark screens must reach there.
LIGHTER: Final = 7.0
STEPS: Final = 20
ROLES: Final = tuple(PROPERTIES)
ROLE: Final = {name: role for role, name in PROPERTIES.items()}


def schemes(colours: Colours) -> dict[str, dict[str, str]]:
    """Return what a publisher sets in each scheme, by custom property.

    The schemes are "light", "dark" and "paper". On dark screens, text and bars that have no colour
    of their own get the light one, made lighter until it can be read; a cover gets the program's.
    """
    light, dark = _given(colours), _given(colours.dark)
    grounds = [DARK["page"], dark.get("cover", DARK["cover"])]
    own = {
        name: DARK["cover"] if name == "cover" else lightened(one, grounds)
        for name, one in light.items()
    }
    return {"light": light, "dark": own | dark, "paper": light | _given(colours.paper)}


def _given(colours: Colours | None) -> dict[str, str]:
    named = ((PROPERTIES[role], getattr(colours, role, "")) for role in ROLES)
    return {name: colour for name, colour in named if colour}


def lightened(colour: str, grounds: Sequence[str]) -> str:
    """Return a colour mixed with white until it stands out from some dark grounds.

    >>> lightened("#0b4b52", ["#141c1e"])
    '#91aeb1'
    """
    own = _channels(colour)
    for step in range(STEPS + 1):
        red, green, blue = (round(c + (255 - c) * step / STEPS) for c in own)
        if all(contrast((red, green, blue), _channels(ground)) >= LIGHTER for ground in grounds):
            break
    return f"#{red:02x}{green:02x}{blue:02x}"


def low_contrasts(colours: Colours) -> Iterator[tuple[str, str, str]]:
    """Yield the scheme, the role and what is wrong with each colour that cannot be read.

    Of a colour the worst is reported; what is so on light screens is not told of paper again.
    """
    told: set[tuple[str, str]] = set()
    for scheme, given in schemes(colours).items():
        ground = {**(DARK if scheme == "dark" else LIGHT), **given}
        for ratio, text, back, least in sorted(_ratios(ground)):
            name = text if text in given else back
            if ratio >= least or name not in given or (name, ground[name]) in told:
                continue
            told.add((name, ground[name]))
            one, other = (f"{ROLE.get(side, side)} {ground[side]}" for side in (text, back))
            figure = f"{int(ratio * 10) / 10}:1 ({scheme})"
            message = f"{one} on {other} has a contrast of {figure}; it must be {least}:1"
            yield scheme, ROLE[name], message


def _ratios(ground: Mapping[str, str]) -> Iterator[tuple[float, str, str, float]]:
    for text, back, least in PAIRS:
        yield contrast(_channels(ground[text]), _channels(ground[back])), text, back, least


def _channels(colour: str) -> tuple[int, int, int]:
    channels = parsed(colour)
    assert channels  # noqa: S101 - checked when the settings were read
    return channels


def style_sheet(colours: Colours) -> str:
    """Return the custom properties of a publisher's colours for all schemes, as CSS."""
    light, dark, paper = (_rule(values) for values in schemes(colours).values())
    dark = dark and f"@media screen {{ @media ({DARK_SCREEN}) {{ {dark} }} }}"
    return "\n".join(filter(None, (light, dark, paper and f"@media print {{ {paper} }}")))


def _rule(values: Mapping[str, str]) -> str:
    declared = " ".join(f"--{name}: {value};" for name, value in values.items())
    return f":root {{ {declared} }}" if declared else ""
