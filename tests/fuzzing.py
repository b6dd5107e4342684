"""Broken and odd PO files, and what GNU gettext makes of them.

GNU's tools are the oracle, not the product: `msgfmt -c` says whether a file is one, `msgcat`
which entries it holds. Both know nothing of our reader.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
LOCALE = Path(__file__).parents[1] / "locale"
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PIECES = [
    *('msgid "a"\n', 'msgstr "b"\n', 'msgctxt "c"\n', 'msgid_plural "d"\n', 'msgstr[0] "e"\n'),
    *('msgstr[1] "f"\n', 'msgid ""\n', 'msgstr ""\n', '"g"\n', '"h" "i"\n', '"\\n"\n'),
    *('"\\t\\"\\\\"\n', '"', '"\n', "\\", "\\q", "\\x41", "\\101", "\\0", "\n", "\n\n"),
    *("\r\n", "\r", " ", "\t", "\x0b", "#", "# j\n", "#. k\n", "#: l:1 m\n", "#, fuzzy\n"),
    *("#, c-format, fuzzy\n", '#| msgid "n"\n', "#~ ", '#~ msgid "o"\n#~ msgstr "p"\n'),
    *('#~| msgid "q"\n', "#~", "#|", "#,", "#:", "msgid", "msgstr", "msgstr[2]", "msgstr["),
    *('domain "r"\n', "<<<<<<< HEAD\n", "=======\n", "stray\n", "é", "日本", "\ufeff", "\u2028"),
    *("\u0085", "\u202e", "\0", "\x1b[0m", "%d %s", "{n}", '\nmsgid "s"\nmsgstr "t"\n\n'),
    *('\nmsgctxt ""\nmsgid "u"\nmsgstr "v"\n\n', "# w\n\n", "\n\n\n", "#. x\n#. y\n"),
]


def seeds() -> list[bytes]:
    """Return the files that mutations start from: the reader's cases and parts of catalogs."""
    small = [path.read_bytes() for path in sorted((CASES / "po").glob("*.po"))]
    updated = [path.read_bytes() for path in sorted((CASES / "update").rglob("*.po"))]
    parts = []
    for path in sorted(LOCALE.rglob("*.po")):
        entries = path.read_text(encoding="utf-8").split("\n\n")
        for start in range(1, min(len(entries), 60), 12):
            chosen = [entries[0], *entries[start : start + 12]]
            parts.append(("\n\n".join(chosen).rstrip("\n") + "\n").encode())
    return [seed for seed in [*small, *updated, *parts] if len(seed) < 20_000]


def mutated(chance: random.Random, files: list[bytes]) -> bytes:
    """Return a file with one or a few mistakes of the sorts that people, tools and disks make."""
    data = bytearray(chance.choice(files))
    for _ in range(chance.choice((1, 1, 1, 1, 2, 3, 6))):
        chance.choice(MUTATIONS)(chance, data, files)
    return bytes(data[:40_000])


def _place(chance: random.Random, data: bytearray) -> int:
    return chance.randint(0, len(data))


def insert_piece(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    at = _place(chance, data)
    data[at:at] = chance.choice(PIECES).encode()


def insert_piece_at_a_line(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    at = data.find(b"\n", _place(chance, data)) + 1
    data[at:at] = chance.choice(PIECES).encode()


def flip_bits(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def drop_a_run(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    at = _place(chance, data)
    del data[at : at + chance.choice((1, 1, 1, 5, 40, 300))]


def cut_off(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    if chance.random() < 0.3:
        del data[_place(chance, data) :]


def _lines(data: bytearray) -> list[bytes]:
    return bytes(data).split(b"\n")


def repeat_lines(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    lines = _lines(data)
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.randint(1, 4)]
    data[:] = b"\n".join(lines)


def drop_a_line(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    lines = _lines(data)
    del lines[chance.randrange(len(lines))]
    data[:] = b"\n".join(lines)


def swap_lines(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    lines = _lines(data)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def join_another(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    other = chance.choice(files)
    data += other[chance.randrange(len(other) + 1) :]


def change_line_ends(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    pairs = ((b"\n", b"\r\n"), (b"\r\n", b"\n"), (b"\n\n", b"\n"), (b"\n", b"\n\n"))
    old, new = chance.choice(pairs)
    data[:] = data.replace(old, new, chance.choice((-1, 1, 3)))


def change_prefixes(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    old, new = chance.choice(
        ((b"\nmsg", b"\n#~ msg"), (b"\n#~ ", b"\n"), (b"\n#| ", b"\n"), (b"\n#, ", b"\n#,"))
    )
    data[:] = data.replace(old, new, chance.choice((-1, 1, 2)))


def swap_entries(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    blocks = bytes(data).split(b"\n\n")
    one, other = chance.randrange(len(blocks)), chance.randrange(len(blocks))
    blocks[one], blocks[other] = blocks[other], blocks[one]
    data[:] = b"\n\n".join(blocks)


def drop_an_entry(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    blocks = bytes(data).split(b"\n\n")
    del blocks[chance.randrange(len(blocks))]
    data[:] = b"\n\n".join(blocks)


def add_an_entry(chance: random.Random, data: bytearray, files: list[bytes]) -> None:
    blocks = bytes(data).split(b"\n\n")
    others = chance.choice(files).split(b"\n\n")
    blocks.insert(chance.randint(1, len(blocks)), chance.choice(others))
    data[:] = b"\n\n".join(blocks)


def change_a_text(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    places = [match.start(1) for match in re.finditer(rb'^(?:msg\S+ )?"(.)', data, re.M)]
    if places:
        at = chance.choice(places)
        data[at:at] = chance.choice(TEXTS).encode()


TEXTS = (
    "\\n",
    "\\t",
    '\\"',
    "\\\\",
    "word ",
    "5 mg ",
    "\\303\\251",
    "ﷺ",
    "e\u0301",
    "👩‍⚕️",
    "\u202e",
    "%",
)

MUTATIONS = (
    *(swap_entries, drop_an_entry, add_an_entry, change_a_text) * 2,
    *(insert_piece, insert_piece_at_a_line, flip_bits, drop_a_run, cut_off, repeat_lines),
    *(drop_a_line, swap_lines, join_another, change_line_ends, change_prefixes),
)

# -- the oracle -------------------------------------------------------------------------------

Told = tuple[bool, bool, str | None, str, str | None, tuple[str, ...]]
"""Obsolete, fuzzy, msgctxt, msgid, msgid_plural, all msgstr."""


@dataclass(frozen=True)
class Verdict:
    """What GNU gettext says of a file: complaints, none if it is content, and its entries.

    `entries` is None if msgcat cannot read the file.
    """

    complaints: str
    entries: Counter[Told] | None


def gnu(path: Path) -> Verdict:
    """Ask msgfmt and msgcat about a file."""
    said = _run("msgfmt", "-c", "-o", "/dev/null", str(path))
    printed = _run("msgcat", "--no-wrap", "--to-code=UTF-8", str(path))
    failed = [ran for ran in (printed, said) if ran.returncode]
    complaints = "".join(ran.stderr.decode("utf-8", "replace") for ran in failed)
    if printed.returncode:
        return Verdict(complaints, None)
    return Verdict(complaints, Counter(entries(printed.stdout.decode("utf-8", "replace"))))


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, check=False, env={"LC_ALL": "C.UTF-8"})


FIELD = re.compile(r'(#~ )?(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])? "(.*)"')
STRING = re.compile(r'(?:#~ )?"(.*)"')
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def entries(text: str) -> list[Told]:
    """Return the entries in what msgcat printed, whose form is always the same."""
    found: list[Told] = []
    for block in re.split(r"\n\n", text):
        fields: list[tuple[str, str]] = []
        fuzzy = obsolete = False
        for line in block.split("\n"):
            field, string = FIELD.fullmatch(line), STRING.fullmatch(line)
            if line.startswith("#,"):
                fuzzy |= "fuzzy" in re.split(r"[, ]+", line)
            elif field:
                obsolete |= bool(field[1])
                fields.append((field[2], field[3]))
            elif string and fields:
                fields[-1] = (fields[-1][0], fields[-1][1] + string[1])
        if fields:
            found.append(_told(obsolete, fuzzy, fields))
    return found


def _told(obsolete: bool, fuzzy: bool, fields: list[tuple[str, str]]) -> Told:
    texts = {name: _unescaped(text) for name, text in fields if name != "msgstr"}
    forms = tuple(_unescaped(text) for name, text in fields if name == "msgstr")
    return obsolete, fuzzy, texts.get("msgctxt"), texts["msgid"], texts.get("msgid_plural"), forms


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), text)
