"""The roles of reviewers, for options: importing the settings would slow every command down."""

from typing import Final

ROLES: Final = ("reviser", "clinician", "editor", "reader-panel")
