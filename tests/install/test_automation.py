"""The Dockerfile, the GitHub Action and the GitLab jobs: well formed, pinned, and true to the rest.

test_debian.py runs their steps.
"""

from __future__ import annotations

import re

import pytest
import yaml
from dockerfile import files_sent, instructions, is_ignored
from guide import steps
from program import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = (ROOT / "docs/examples/github-workflow.yml").read_text(encoding="utf-8")
GITLAB = yaml.safe_load((ROOT / "docs/examples/gitlab-ci.yml").read_text(encoding="utf-8"))
DOCKERFILE = list(instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")))
COMMIT = re.compile(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def values(name: str) -> list[str]:
    return [one.rest for one in DOCKERFILE if one.name == name]


def test_the_image_is_a_slim_debian_with_all_fonts_and_no_root():
    (base,) = values("FROM")
    assert re.fullmatch(r"debian:[a-z]+-slim", base)
    assert values("USER")[-1] not in ("root", "0")
    packages = (ROOT / "scripts/system-packages").read_text(encoding="utf-8")
    listed = packages.partition("leaflets=(")[2].partition(")")[0]
    for package in ("fonts-noto-core", "fonts-noto-cjk", "libpango-1.0-0"):
        assert package in listed
    assert any("system-packages leaflets" in run for run in values("RUN"))


def test_packages_in_the_image_are_checked_against_their_hashes():
    for run in values("RUN"):
        for install in re.findall(r"pip install [^&]*", run):
            locked = "--require-hashes" in install and "--only-binary :all:" in install
            assert locked or ("--no-deps --no-build-isolation" in install), install


def test_what_is_sent_to_the_builder_holds_no_leaflet():
    sent = set(files_sent(ROOT))
    assert {"pyproject.toml", "requirements-workbench.txt", "locale/fr/LC_MESSAGES/ui.po"} <= sent
    tops = {name.split("/")[0] for name in sent}
    assert tops == {
        "LICENSE", "README.md", "locale", "pyproject.toml", "requirements-workbench.txt", "scripts",
        "src",
    }  # fmt: skip
    words = {name.split("/")[-1] for name in sent if name.startswith("locale/")}
    assert words == {"ui.po", "ui.pot", "workbench.po"}


@pytest.mark.parametrize(
    ("name", "ignored"),
    [("a/b.txt", True), ("src/a/b.py", False), ("src/__pycache__/x", True), ("srcs", True)],
)
def test_rules_of_what_is_sent(name, ignored):
    assert is_ignored(name, ["*", "!src", "**/__pycache__"]) == ignored


def test_actions_are_pinned_to_commits():
    used = re.findall(r"uses:\s*(.+)", WORKFLOW)
    others = [one for one in used if not one.startswith("OWNER/ankl-i18n@COMMIT")]
    assert len(others) == 2
    assert len(used) == 3
    for one in others:
        assert COMMIT.search(one), one
    assert not [step for step in ACTION["runs"]["steps"] if "uses" in step]


def test_inputs_never_become_a_part_of_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    named = {name for step in ACTION["runs"]["steps"] for name in step.get("env", {}).values()}
    assert named == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    assert all({"description", "default"} <= set(one) for one in ACTION["inputs"].values())


def test_the_workflow_may_read_and_no_more():
    workflow = yaml.safe_load(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["timeout-minutes"]
    assert job["steps"][0]["with"] == {"persist-credentials": False}


def test_the_gitlab_jobs_use_the_image_and_keep_what_they_find():
    jobs = {name: job for name, job in GITLAB.items() if "script" in job}
    assert {*jobs} == {"ankl-i18n-check", "ankl-i18n-build"}
    assert {job["extends"] for job in jobs.values()} == {".ankl-i18n"}
    assert GITLAB[".ankl-i18n"]["image"]["name"] == "$ANKL_I18N_IMAGE"
    assert jobs["ankl-i18n-check"]["artifacts"]["when"] == "always"


def test_the_documentation_shows_these_files():
    page = (ROOT / "docs/automation.md").read_text(encoding="utf-8")
    for name in ("examples/github-workflow.yml", "examples/gitlab-ci.yml"):
        assert f"]({name})" in page
    for name in ACTION["inputs"]:
        assert f"| `{name}` |" in page


def test_the_tutorial_installs_the_packages_that_the_program_needs():
    packages = (ROOT / "scripts/system-packages").read_text(encoding="utf-8")
    listed = packages.partition("leaflets=(")[2].partition(")")[0].split()
    typed = [
        line for step in steps(ROOT / "docs/tutorial.md") for line in getattr(step, "lines", ())
    ]
    (install,) = (line for line in typed if "apt-get install" in line)
    assert {one.partition("=")[0] for one in listed} == {
        word for word in install.split()[3:] if not word.startswith("--")
    }
