"""Coverage, problems, differences and figures for people and machines.

Nothing here reads or writes files, and nothing prints except through the console it is given.
Each report is loaded when its name is first used (PEP 562): a command waits for no other's.
So no module here may have the name of what it gives.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ankl_i18n.report.as_json import coverage_json, differences_json, problems_json, stats_json
    from ankl_i18n.report.as_sarif import sarif
    from ankl_i18n.report.as_svg import badge
    from ankl_i18n.report.changes import change_list
    from ankl_i18n.report.differences import difference_list
    from ankl_i18n.report.github import github_annotations
    from ankl_i18n.report.html import coverage_page
    from ankl_i18n.report.listing import hidden_count, problem_list, silenced_list
    from ankl_i18n.report.problems import at_least
    from ankl_i18n.report.stats import stats_tables
    from ankl_i18n.report.terminal import BuildSummary, build_summary, coverage_table

__all__ = [
    "BuildSummary",
    "at_least",
    "badge",
    "build_summary",
    "change_list",
    "coverage_json",
    "coverage_page",
    "coverage_table",
    "difference_list",
    "differences_json",
    "github_annotations",
    "hidden_count",
    "problem_list",
    "problems_json",
    "sarif",
    "silenced_list",
    "stats_json",
    "stats_tables",
]
HOMES: Final = {
    "as_json": ("coverage_json", "differences_json", "problems_json", "stats_json"),
    "as_svg": ("badge",),
    "changes": ("change_list",),
    "differences": ("difference_list",),
    "github": ("github_annotations",),
    "html": ("coverage_page",),
    "listing": ("hidden_count", "problem_list", "silenced_list"),
    "problems": ("at_least",),
    "as_sarif": ("sarif",),
    "stats": ("stats_tables",),
    "terminal": ("BuildSummary", "build_summary", "coverage_table"),
}


def __getattr__(name: str) -> Any:
    for module, names in HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
