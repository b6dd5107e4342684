"""What a change of the leaflets means, between real revisions of a git repository."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ankl_i18n.catalogs.revisions import sides
from ankl_i18n.checks.changes import MOVED, REQUIRED, Edit, Impact, judged
from ankl_i18n.languages import language
from sample_project import SampleProject, make, run

ENGLISH = language("en")
DRAIN = "source/drain.md"
DOSE = "Empty the drain 2 times a day."
FEVER = "Call us if your temperature is over 38 °C."


def git(folder: Path, *arguments: str, day: str = "2026-02-19T12:00:00Z") -> str:
    """Run git as an author of that day."""
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    env = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "PATH": "/usr/bin:/bin"}
    command = ["git", *name, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env, check=True)
    return done.stdout


def commit(project: SampleProject, day: str = "2026-02-19T12:00:00Z") -> None:
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", "x", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> SampleProject:
    """The sample project, committed on 19 February 2026; it is 1 March there."""
    project = make(tmp_path)
    (tmp_path / ".gitignore").write_text(".cache/\n")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(project)
    return project


def report(project: SampleProject, *revisions: str, code: int = 0) -> dict:
    done = project.run("impact", *revisions, "--format", "json", code=code)
    return json.loads(done.stdout)


def told(report: dict) -> list[tuple[str, str, str, str]]:
    return [(one["change"], one["impact"], one["old"], one["new"]) for one in report["changes"]]


# --- how grave ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "impact", "reason"),
    [
        ("Take 2 mg.", "Take 3 mg.", Impact.SAFETY, "numbers"),
        ("Take 2 mg.", "Take 2 g.", Impact.SAFETY, "units-changed"),
        ("Drink up to 2 liters.", "Drink at least 2 liters.", Impact.SAFETY, "bounds"),
        ("Take 5 tablets.", "Take more than 5 tablets.", Impact.SAFETY, "bounds-lost"),
        ("Stop the tablets.", "Do not stop the tablets.", Impact.SAFETY, "negation"),
        ("Do not stop the tablets.", "Stop the tablets.", Impact.SAFETY, "negation"),
        ("Take it before meals.", "Take it after meals.", Impact.SAFETY, "time-order"),
        ("Call 555 0100.", "Call 555 0199.", Impact.SAFETY, None),
        ("", "Do not eat for 6 hours.", Impact.SAFETY, "negation-added"),
        ("Never drive.", "", Impact.SAFETY, "negation"),
        ("Drink water.", "Drink tea.", Impact.MEANING, None),
        ("", "Drink tea.", Impact.MEANING, None),
        ("Drink water", "Drink water.", Impact.COSMETIC, None),
        ("Call your doctr.", "Call your doctor.", Impact.COSMETIC, None),
        ("Take 2 mg.", "Take 2\u00a0mg.", Impact.COSMETIC, None),
        ("Other", "Other", Impact.MEANING, MOVED),
    ],
)
def test_a_change_is_as_grave_as_what_it_touches(old, new, impact, reason):
    (found,) = judged([Edit(old, new)], ENGLISH)
    assert found.impact is impact
    assert reason is None or reason in found.reasons


def test_a_required_section_is_grave_but_not_its_commas():
    edits = [Edit("Call us now.", "Call us soon.", required=True)]
    edits.append(Edit("Call us now", "Call us now.", required=True))
    first, second = judged(edits, ENGLISH)
    assert first.impact is Impact.SAFETY
    assert REQUIRED in first.reasons
    assert second.impact is Impact.COSMETIC


# --- revisions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("HEAD", ("HEAD", "", False)),
        ("a..b", ("a", "b", False)),
        ("a..", ("a", "HEAD", False)),
        ("..b", ("HEAD", "b", False)),
        ("origin/main...HEAD", ("origin/main", "HEAD", True)),
        ("v1.0", ("v1.0", "", False)),
    ],
)
def test_revisions_are_written_as_git_does(asked, expected):
    assert sides(asked) == expected


def test_nothing_changed(repository):
    assert report(repository)["changes"] == []
    assert "No text" in repository.run("impact").stdout


def test_a_wrapped_line_and_a_comment_change_nothing(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain\n2 times a day.")
    repository.replace(DRAIN, "## What comes", "<!-- i18n: note Be kind. -->\n\n## What comes")
    assert report(repository)["changes"] == []


def test_each_change_with_its_words_and_languages(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    repository.replace(DRAIN, "gives you", "hands you")
    repository.replace(DRAIN, FEVER, f"{FEVER}\n\nNever wait.")
    found = report(repository)
    assert [(one["change"], one["impact"]) for one in found["changes"]] == [
        ("reworded", "safety"),
        ("added", "safety"),
        ("reworded", "meaning"),
    ]
    dose, added, _ = found["changes"]
    assert dose["old"], dose["new"] == (DOSE, "Empty the drain 3 times a day.")
    assert dose["path"] == DRAIN
    assert repository.text(DRAIN).split("\n")[dose["line"] - 1] == dose["new"]
    assert dose["languages"] == ["fr", "ar", "es"]
    assert "required-section" in added["reasons"]
    assert found["counts"] == {"safety": 2, "meaning": 1, "cosmetic": 0}
    words = sum(one["words"] for one in found["changes"])
    assert found["words"] == {"fr": words, "ar": words, "es": words}


def test_what_is_translated_is_no_work(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    repository.run("extract")
    repository.run("update")
    repository.translate("fr", "drain", "Empty the drain 3 times a day.", "Videz le drain 3 fois.")
    (change,) = report(repository)["changes"]
    assert change["languages"] == ["ar", "es"]


def test_two_revisions_and_the_days_since(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    commit(repository, day="2026-02-24T12:00:00Z")
    repository.replace(DRAIN, FEVER, "Call us if your temperature is over 39 °C.")
    assert len(report(repository, "HEAD~1")["changes"]) == 2
    found = report(repository, "HEAD~1..HEAD")
    assert told(found) == [("reworded", "safety", DOSE, "Empty the drain 3 times a day.")]
    assert found["changes"][0]["changed"] == "2026-02-24"
    assert found["changes"][0]["days"] == 5


def test_where_branches_parted(repository):
    git(repository.root, "checkout", "-q", "-b", "other")
    repository.replace(DRAIN, "gives you", "hands you")
    commit(repository)
    git(repository.root, "checkout", "-q", "main")
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    commit(repository)
    assert len(report(repository, "main..other")["changes"]) == 2
    assert len(report(repository, "main...other")["changes"]) == 1


def test_a_text_that_moves_to_another_leaflet_has_not_changed(repository):
    repository.replace(DRAIN, DOSE, "")
    plan = repository.path("source/drain-plan.md")
    plan.write_text(f"{plan.read_text(encoding='utf-8')}\n{DOSE}\n", encoding="utf-8")
    assert told(report(repository)) == []


def test_a_new_leaflet_and_one_that_left(repository):
    repository.path("source/drain-plan.md").rename(repository.path("source/plan.md"))
    assert told(report(repository)) == []
    repository.path("source/plan.md").unlink()
    assert {one[0] for one in told(report(repository))} == {"removed"}


def test_a_broken_leaflet_is_told_and_others_are_compared(repository):
    repository.replace("source/drain-plan.md", "---\n", "---\n: {\n")
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    found = report(repository, code=1)
    assert [one["path"] for one in found["problems"]] == ["source/drain-plan.md"]
    assert {one["leaflet"] for one in found["changes"]} == {"drain"}


def test_a_project_in_a_folder_of_its_repository(tmp_path):
    project = make(tmp_path / "leaflets")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(project)
    project.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    assert len(report(project)["changes"]) == 1


@pytest.mark.parametrize("revision", ["nowhere", "--help", "main..nowhere", "-x...main"])
def test_a_revision_that_is_not_there_is_told(repository, revision):
    done = run("impact", "--project", str(repository.root), "--", revision)
    assert done.exit_code == 2
    assert "no revision" in done.output or "in common" in done.output


def test_no_repository_is_told(tmp_path):
    done = make(tmp_path).run("impact", code=2)
    assert "repository" in done.output


# --- forms ----------------------------------------------------------------------------------------


def test_on_a_terminal_the_worst_comes_first(repository):
    repository.replace(DRAIN, "gives you", "hands you")
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    lines = repository.run("impact").stdout.splitlines()
    assert lines[0].startswith("safety  source/drain.md:")
    assert lines[1] == "  Empty the drain [-2-]{+3+} times a day."
    assert lines[2] == "  to translate: 7 words in every language"
    assert lines[-2] == "2 texts changed: 1 safety, 1 meaning."


def test_markdown_for_a_pull_request(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times | a day.")
    lines = repository.run("impact", "--format", "markdown").stdout.splitlines()
    assert lines[0] == "## ankl-i18n impact: 1 text changed: 1 safety."
    assert "<del>2</del><ins>3</ins>" in lines[-1]
    assert lines[-1].count(" | ") == 3  # the bar of the text is no border


def test_annotations_leave_out_what_is_cosmetic(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    repository.replace(DRAIN, "The nurses’ helpline", "The nurses' helpline")
    (line,) = repository.run("impact", "--format", "github").stdout.splitlines()
    assert line.startswith(f"::warning file={DRAIN},line=")
    assert "safety (numbers)" in line


def test_an_update_ends_with_what_it_means(repository):
    repository.replace(DRAIN, DOSE, "Empty the drain 3 times a day.")
    repository.replace(DRAIN, FEVER, "Call us if your temperature is over 38 °C!")
    repository.run("extract")
    lines = repository.run("update", "--carry-cosmetic").stdout.splitlines()
    assert "2 texts changed: 1 safety, 1 cosmetic." in lines
    assert "To translate: 7 words at most in a language, 21 words in 3 languages." in lines
    assert lines[-1] == "  safety  drain (numbers): Empty the drain [-2-]{+3+} times a day."
    assert "texts changed" not in repository.run("update").stdout
