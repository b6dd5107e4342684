"""Write a manual page for each command, from what `--help` says; run by `make man`.

usage: python scripts/man_pages.py FOLDER

The pages are in the macros of man(7). Exit codes and files, which `--help` leaves out, stand in
docs/command-line.md.
"""

from __future__ import annotations

import datetime
import inspect
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ankl_i18n import __version__
from ankl_i18n.cli import main

NAME = "ankl-i18n"
EXIT = (
    ("0", "All is well; there may be warnings and hints."),
    ("1", "There are errors, or what --check or --fail-under asks for is not so."),
    ("2", "Wrong arguments or settings; nothing was done."),
)


def escaped(text: str) -> str:
    """Return a text that man shows as it is: no escape, no request, no hyphen for a minus."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return "\n".join(rf"\&{line}" if line[:1] in (".", "'") else line for line in text.split("\n"))


def page(command: click.Command, path: str, day: datetime.date) -> str:
    """Return the manual page of a command; `path` is its name with those above it."""
    context = click.Context(command, info_name=path, **main.context_settings)
    name = path.replace(" ", "-")
    said = command.get_short_help_str(limit=200).rstrip(".")
    lines = [
        f'.TH "{escaped(name.upper())}" "1" "{day}" "{NAME} {__version__}"',
        ".SH NAME",
        rf"{escaped(name)} \- {escaped(said[:1].lower() + said[1:])}",
        ".SH SYNOPSIS",
        ".nf",
        rf"\fB{escaped(path)}\fP {escaped(' '.join(command.collect_usage_pieces(context)))}",
        ".fi",
        ".SH DESCRIPTION",
        *described(command.help or ""),
    ]
    records = (one.get_help_record(context) for one in command.get_params(context))
    options = [record for record in records if record and record[1]]
    if options:
        lines.append(".SH OPTIONS")
        lines += listed(options)
    if isinstance(command, click.Group):
        lines.append(".SH COMMANDS")
        for one, child in sorted(command.commands.items()):
            about = child.get_short_help_str(limit=200)
            lines += [".TP", rf"\fB{escaped(f'{name}-{one}')}\fP(1)", escaped(about)]
    else:
        lines += [".SH EXIT STATUS", *listed(EXIT), ".SH SEE ALSO"]
        above = path.rpartition(" ")[0].replace(" ", "-")
        lines.append(rf"\fB{escaped(above)}\fP(1)")
    return "\n".join(lines) + "\n"


def listed(records: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield tagged paragraphs."""
    for term, text in records:
        yield from (".TP", rf"\fB{escaped(term)}\fP", escaped(" ".join(text.split())))


def described(text: str) -> Iterator[str]:
    """Yield paragraphs; those behind a backspace sign keep their lines, as in click."""
    for number, block in enumerate(re.split(r"\n\s*\n", inspect.cleandoc(text))):
        if block.startswith("\b"):
            head, *rest = block.removeprefix("\b\n").split("\n")
            yield from (".PP", escaped(head.strip()), ".RS 4", ".nf")
            yield from (escaped(line.strip()) for line in rest)
            yield from (".fi", ".RE")
        else:
            if number:
                yield ".PP"
            yield escaped(" ".join(block.split()))


def pages(command: click.Command, path: str, day: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield the name and text of the page of a command, and those of the commands in it."""
    yield f"{path.replace(' ', '-')}.1", page(command, path, day)
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from pages(child, f"{path} {name}", day)


def write(folder: Path) -> None:
    """Write every page, and take away those of commands that are gone."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    day = datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{NAME}*.1"):
        old.unlink()
    for name, text in pages(main, NAME, day):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
