"""Checks of translations: what a tired translator can get wrong, found before a patient reads it.

`table` lists them all. Each is a plain function of one `Pair`; see `records`.
"""

from ankl_i18n.checks.records import Check, Pair, Report
from ankl_i18n.checks.run import check, check_all
from ankl_i18n.checks.table import CATALOG_CHECKS, CHECKS, KINDS

__all__ = ["CATALOG_CHECKS", "CHECKS", "KINDS", "Check", "Pair", "Report", "check", "check_all"]
