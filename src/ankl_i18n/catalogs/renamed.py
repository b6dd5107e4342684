"""Leaflets that were renamed: their old names, and the leaflets that these lead to now."""

from __future__ import annotations

from collections.abc import Mapping

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import Location, Problem, error
from ankl_i18n.settings import SETTINGS_FILE, setting_line


def renamed(project: Project) -> Mapping[str, str]:
    """Return the leaflet that each old name leads to, those left out that lead nowhere."""
    names = leaflets.names(project)
    rules = project.config.redirects
    ends = {old: _end(rules, old) for old in rules if old not in names}
    return {old: new for old, new in ends.items() if new in names}


def _end(rules: Mapping[str, str], old: str) -> str:
    """Return what a name leads to in the end; the settings have no rules that go round."""
    new = rules[old]
    return _end(rules, new) if new in rules else new


def problems(project: Project) -> list[Problem]:
    """Return what is wrong with the rules: old names in use, new ones that are not."""
    problems = []
    names, rules = leaflets.names(project), project.config.redirects
    for old in rules:
        where = Location(SETTINGS_FILE, setting_line(project.config, ("redirects", old)))
        if old in names:
            hint = "delete this line, or give that leaflet another name"
            message = f"there is a leaflet {old}; its address leads to itself"
            problems.append(error("redirects", message, where, hint))
        elif _end(rules, old) not in names:
            hint = f"there are: {', '.join(names)}"
            message = f"{old} leads to {_end(rules, old)}, and there is no leaflet with this name"
            problems.append(error("redirects", message, where, hint))
    return problems
