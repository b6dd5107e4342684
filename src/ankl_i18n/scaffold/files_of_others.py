"""Writes files that people have written, too: whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankl_i18n.catalogs.po import disk
from ankl_i18n.errors import Location, SettingsError, error

if TYPE_CHECKING:
    from pathlib import Path


def put(path: Path, data: bytes, found: bytes | None) -> None:
    """Write a file that held `found`. Raises `SettingsError` if it has just been changed."""
    try:
        disk.replace(path.resolve(), data, found)
    except disk.ChangedMeanwhileError:
        message, hint = "another program has just changed the file", "run the command again"
        raise SettingsError(error("settings", message, Location(str(path)), hint)) from None
