"""The options and arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

# The roles of reviewers; importing the settings would slow every command down.
ROLES: Final = ("reviser", "clinician", "editor", "reader-panel")

tags = click.argument("tags", nargs=-1, metavar="[TAG]...")
leaflets = click.option(
    "--leaflet", "names", metavar="NAME", multiple=True,
    help="Only this leaflet, by its file's name without .md; may be repeated.",
)  # fmt: skip
sites = click.option(
    "--site", "sites", metavar="NAME", multiple=True,
    help="Only the leaflets of this site, by its file's name without .toml; may be repeated.",
)  # fmt: skip


def form(*formats: str, meaning: str = "Format of the output.") -> Callable[[Any], Any]:
    """Return the option --format; the first of its formats is the default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True,
        help=meaning,
    )  # fmt: skip


def port(default: int) -> Callable[[Any], Any]:
    """Return the option that says on which port a server listens."""
    return click.option(
        "--port", type=click.IntRange(0, 65535), default=default, show_default=True, metavar="N",
        help="The port to listen on; 0 means any free port.",
    )  # fmt: skip


memory = click.option(
    "--memory", is_flag=True,
    help="Offer matches from the translation memory, marked as fuzzy, with their origin and score.",
)  # fmt: skip


def folder(meaning: str) -> Callable[[Any], Any]:
    """Return the option that says into which folder files are written."""
    return click.option(
        "--output", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
        help=meaning,
    )  # fmt: skip


files = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
write = click.option(
    "--write", is_flag=True, help="Make the changes; without this option they are only shown."
)

# --- review ---------------------------------------------------------------------------------

tag = click.argument("tag", metavar="TAG")
leaflet = click.argument("leaflet", metavar="LEAFLET")
reviewer = click.option(
    "--reviewer",
    metavar="ID",
    required=True,
    help="The reviewer's id, from reviews/reviewers.toml.",
)
role = click.option(
    "--role", type=click.Choice(ROLES), required=True, help="The role in which they read it."
)
sections = click.option(
    "--section", "sections", metavar="ID", multiple=True,
    help="Only this section, by the id of its heading; may be repeated.",
)  # fmt: skip
messages = click.option(
    "--message", "messages", metavar="MSGID", multiple=True,
    help="Only this text, by its msgid or the beginning of its key; may be repeated.",
)  # fmt: skip
recorded_by = click.option(
    "--recorded-by", metavar="ID", default="",
    help="The coordinator who records what came by mail; it is shown as reported.",
)  # fmt: skip
key = click.option(
    "--key", "key", metavar="FILE",
    help="Have ssh-keygen sign the act with this key; this program never reads it.",
)  # fmt: skip


def of_texts(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of an act on texts: which ones, and who read them."""
    for option in (recorded_by, messages, sections, role, reviewer, leaflet, tag):
        command = option(command)
    return command
