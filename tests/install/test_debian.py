"""In an empty Debian system: the wheel runs the tutorial, the image is made, the jobs run.

What is not run, and why: `NOT_RUN`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
import yaml
from debian import empty
from dockerfile import Image, build
from guide import File, says, steps
from program import ROOT, wheel

HERE = Path(__file__).parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
NOT_RUN = {
    "Dockerfile: FROM": "no image can be fetched; debootstrap makes the same system",
    "action.yml: docker": "no engine may run here; tests/install/docker stands in its place",
    "github-workflow.yml: uses": "only GitHub runs actions; test_automation.py reads them",
    "gitlab-ci.yml: artifacts": "only GitLab keeps files; that they are there is tested",
}
pytestmark = pytest.mark.slow
AS_ANYBODY = "12345:12345"


@pytest.fixture(scope="module")
def image():
    """The image of the Dockerfile."""
    with empty() as system:
        yield build(ROOT, system)


@pytest.fixture
def leaflets(tmp_path):
    """The tutorial's project as its reader has it in the end, before anything was built."""
    for step in steps(TUTORIAL):
        if isinstance(step, File):
            path = tmp_path / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.content.replace("83 °C", "38 °C"), encoding="utf-8")
    settings = tmp_path / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("languages = []", 'languages = ["es"]'))
    (tmp_path / "build").mkdir()
    for path in [tmp_path, *tmp_path.rglob("*")]:
        os.chown(path, 12345, 12345)
    return tmp_path


def test_the_wheel_runs_the_tutorial(tmp_path):
    """With nothing but Debian's Python, Pango and fonts, every command as it stands there."""
    with empty() as system:
        folder = system.path("/leaflets")
        folder.mkdir()
        shutil.copy(wheel(tmp_path), folder)
        for step in steps(TUTORIAL):
            if isinstance(step, File):
                path = folder / step.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step.content, encoding="utf-8")
                continue
            # As in a new terminal; root needs no sudo.
            script = "test ! -e program || . program/bin/activate\nexec 2>&1\n"
            script += "\n".join(re.sub(r"^(sudo|source) ", as_root, line) for line in step.lines)
            done = system.run(script, folder="/leaflets")
            assert done.returncode == step.fails, f"{script}\n{done.stdout}"
            assert says(step.answer, done.stdout), f"{done.stdout}\nnot\n{step.answer}"
        for tag in ("en", "es"):
            assert (folder / f"build/{tag}/day-clinic-a4.pdf").stat().st_size > 10_000


def as_root(found: re.Match[str]) -> str:
    """Return what takes the place of a word that sh or root does not have."""
    return {"sudo": "", "source": ". "}[found[1]]


def test_the_image_builds_leaflets_as_anybody(image: Image, leaflets: Path):
    done = image.system.run(
        "ankl-i18n build", env=image.env, user=AS_ANYBODY, folder="/work",
        volumes={leaflets: "/work"}, network=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 PDFs" in done.stdout
    assert "Fontconfig" not in done.stderr
    assert (leaflets / "build/es/day-clinic-a4.pdf").stat().st_uid == 12345


def test_the_image_runs_without_root(image: Image):
    assert image.user == "leaflets"
    done = image.system.run(
        "id -u; ankl-i18n --version", env=image.env, user=image.user, network=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 0
    assert image.entrypoint == ["ankl-i18n"]


def test_the_image_has_fonts_for_every_language(image: Image):
    script = "fc-list : family | grep -c Noto; ankl-i18n doctor --project /work"
    image.system.path("/work/pyproject.toml").write_text(
        '[tool.ankl_i18n]\nlanguages = ["ar", "hi", "ja", "km", "ur", "am", "bo", "zh-Hans"]\n'
    )
    done = image.system.run(script, env=image.env, user=image.user, network=False)
    assert int(done.stdout.split()[0]) > 100
    assert "MISSING  font" not in done.stdout


def test_the_image_holds_no_leaflet_of_ours(image: Image):
    found = image.system.run("find / -xdev -name '*.po' -path '*ankl*' -printf '%f\\n' | sort -u")
    assert found.stdout.split() == ["ui.po", "workbench.po"]


WORKBENCH = """
ankl-i18n workbench es --no-browser > said.txt &
for _ in $(seq 120); do grep -q /# said.txt && break; sleep 1; done
address=$(grep -o 'http://127.0.0.1:[0-9]*/' said.txt)
/opt/ankl-i18n/venv/bin/python -c "import urllib.request as r; print(r.urlopen('$address').status)"
kill -TERM $!
wait $!
"""


def test_the_image_has_the_workbench(image: Image, leaflets: Path):
    """As with `--network host`: in the network of this machine."""
    done = image.system.run(
        WORKBENCH, env=image.env, user=AS_ANYBODY, folder="/work", volumes={leaflets: "/work"},
        network=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "200\n"), done.stderr


@pytest.fixture
def runner(image: Image, leaflets: Path, tmp_path_factory):
    """Run steps as GitHub does; `docker` is the one that stands in its place."""
    folder = tmp_path_factory.mktemp("runner")
    described = {**asdict(image), "root": str(image.system.root)}
    described.pop("system")
    (folder / "image.json").write_text(json.dumps(described), encoding="utf-8")
    programs = folder / "bin"
    programs.mkdir()
    (programs / "docker").write_text(
        f'#!/bin/sh\nexec {sys.executable} {HERE / "docker"} "$@"\n', encoding="utf-8"
    )
    (programs / "docker").chmod(0o755)
    env = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "STAND_IN_IMAGE": str(folder / "image.json"),
        "GITHUB_WORKSPACE": str(leaflets),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }

    def run(**inputs: str) -> list[subprocess.CompletedProcess[str]]:
        action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
        given = {name: inputs.get(name, one["default"]) for name, one in action["inputs"].items()}
        done = []
        for step in action["runs"]["steps"]:
            own = {
                name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], value)
                for name, value in step.get("env", {}).items()
            }
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done.append(
                subprocess.run(command, env=env | own, capture_output=True, text=True, check=False)
            )
            if done[-1].returncode:
                break
        return done

    return run, folder / "summary.md"


def test_the_action_checks_builds_and_judges(runner, leaflets: Path):
    run, summary = runner
    done = run(languages="es", build="--only html")
    assert [one.returncode for one in done[:3]] == [0, 0, 0], done[-1].stdout + done[-1].stderr
    assert (leaflets / "build/es/day-clinic.html").exists()
    text = summary.read_text(encoding="utf-8")
    assert "## ankl-i18n check: no problems" in text
    assert "| Spanish" in text
    assert done[3].returncode == 1  # preflight wants the PDFs, too
    assert "this file was not built [missing]" in done[3].stderr
    assert [one.returncode for one in run()] == [0, 0, 0, 0]


def test_the_action_fails_with_annotations(runner, leaflets: Path):
    catalog = leaflets / "locale/es/LC_MESSAGES/day-clinic.po"
    wrong = catalog.read_text("utf-8").replace("es de **38 °C", "es de **83 °C")
    catalog.write_text(wrong, encoding="utf-8")
    run, summary = runner
    done = run()
    assert len(done) == 2
    assert done[-1].returncode == 1
    assert "::error file=locale/es/LC_MESSAGES/day-clinic.po,line=" in done[-1].stdout
    assert "❌ error" in summary.read_text(encoding="utf-8")


def test_what_inputs_hold_is_not_run(runner, leaflets: Path):
    run, _ = runner
    done = run(languages="es; touch broken", build="$(touch broken)")
    assert done[-1].returncode == 2
    assert not list(leaflets.rglob("broken"))


def test_the_gitlab_jobs_run(image: Image, leaflets: Path):
    jobs = yaml.safe_load((ROOT / "docs/examples/gitlab-ci.yml").read_text(encoding="utf-8"))
    env = image.env | {name: value for name, value in jobs["variables"].items() if "$" not in value}
    for name in ("ankl-i18n-check", "ankl-i18n-build"):
        lines = [*jobs[jobs[name]["extends"]]["before_script"], *jobs[name]["script"]]
        done = image.system.run(
            "\n".join(lines), env=env, user=AS_ANYBODY, folder="/work",
            volumes={leaflets: "/work"}, network=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        kept = jobs[name]["artifacts"]
        for path in [*kept["paths"], *kept.get("reports", {}).values()]:
            assert (leaflets / path.replace("$ANKL_I18N_PROJECT/", "")).exists(), path
