"""Checks of leaflets themselves: what their authors can get wrong, found before translation.

`table` lists them all. Each is a plain function of one `Leaflet` and its `Surroundings`.
"""

from ankl_i18n.source.checks.records import Surroundings
from ankl_i18n.source.checks.table import SOURCE_CHECKS, SourceCheck, check_source, check_sources

__all__ = ["SOURCE_CHECKS", "SourceCheck", "Surroundings", "check_source", "check_sources"]
