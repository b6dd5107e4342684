"""Coverage and problems for people and machines: terminal, JSON, HTML, badge, CI annotations.

Nothing here reads or writes files, and nothing prints except through the console it is given.
"""

from ankl_i18n.report.as_json import coverage_json, problems_json
from ankl_i18n.report.badge import badge
from ankl_i18n.report.github import github_annotations as annotations
from ankl_i18n.report.html import coverage_page
from ankl_i18n.report.rows import Row, row
from ankl_i18n.report.terminal import BuildSummary, build_summary, coverage_table, problem_list

__all__ = [
    "BuildSummary",
    "Row",
    "annotations",
    "badge",
    "build_summary",
    "coverage_json",
    "coverage_page",
    "coverage_table",
    "problem_list",
    "problems_json",
    "row",
]
