"""What a check's findings are in a language, where it is not what they are in others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Final

from ankl_i18n.errors import Severity
from ankl_i18n.languages.records import Checks

SILENT: Final = "silent"


@cache
def levels(checks: Checks) -> Mapping[str, Severity | None]:
    """Return the severities that a language file states, by the checks' kinds; None: silent."""
    return {
        name.replace("_", "-"): None if level == SILENT else Severity(level)
        for name, level in asdict(checks).items()
        if level
    }
