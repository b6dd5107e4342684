"""An ICC profile of an invented press, made here: others have licences of their own."""

from __future__ import annotations

import struct
from itertools import product


def _text(kind: bytes, text: str) -> bytes:
    if kind == b"desc":
        body = struct.pack(">I", len(text) + 1) + text.encode() + b"\0"
        return b"desc\0\0\0\0" + body + b"\0" * (4 + 4 + 2 + 1 + 67)
    return b"text\0\0\0\0" + text.encode() + b"\0"


def _lut(inputs: int, outputs: int, grid: int, values: list[tuple[int, ...]]) -> bytes:
    """Return a table of colours (lut8Type; ICC.1:2001, 6.5.7)."""
    one = struct.pack(">9i", *(0x10000 * (i in (0, 4, 8)) for i in range(9)))
    straight = bytes(range(256))
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, grid, 0)) + one
    return head + straight * inputs + bytes(v for some in values for v in some) + straight * outputs


def _lab(c: float, m: float, y: float, k: float) -> tuple[int, int, int]:
    light = max(0.0, 1 - k) * (1 - 0.4 * c - 0.45 * m - 0.1 * y)
    a, b = (m - c) * 60 * (1 - k), (y * 80 - c * 40 - m * 5) * (1 - k)
    return round(255 * max(light, 0.08)), round(128 + a), min(255, round(128 + b))


def _inks(light: float, a: float, b: float) -> tuple[int, int, int, int]:
    whole = 1 - light
    m, c = max(0.0, a / 60), max(0.0, -a / 60)
    y = max(0.0, b / 80)
    c, m = c + max(0.0, -b / 80), m + max(0.0, -b / 160)
    return tuple(min(255, round(255 * v)) for v in (c, m, y, max(0.0, whole - 0.3 * (c + m))))


def profile(kind: bytes = b"prtr", space: bytes = b"CMYK", version: int = 0x02400000) -> bytes:
    """Return an ICC profile; other kinds and spaces are there to be refused."""
    ends = (0.0, 1.0)
    to_lab = _lut(4, 3, 2, [_lab(*inks) for inks in product(ends, repeat=4)])
    steps = [i / 8 for i in range(9)]
    grid = product(steps, steps, steps)
    to_inks = _lut(3, 4, 9, [_inks(x, y * 255 - 128, z * 255 - 128) for x, y, z in grid])
    tags = {
        b"desc": _text(b"desc", "Invented press"),
        b"cprt": _text(b"text", "Public domain"),
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D),
        b"A2B0": to_lab,
        b"B2A0": to_inks,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, unpadded in tags.items():
        data = unpadded + b"\0" * (-len(unpadded) % 4)
        table += name + struct.pack(">2I", start + len(body), len(data))
        body += data
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"lcms", version, kind, space, b"Lab ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    header += struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return header.ljust(128, b"\0") + table + body
