"""The command line: help, exit codes, what is printed where, and what a broken file stops."""

from __future__ import annotations

import errno
import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import lxml.html
import pytest

from ankl_i18n import __version__
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import bundled_locale
from ankl_i18n.cli import main
from ankl_i18n.cli.options import ROLES
from ankl_i18n.settings import review
from patience import PATIENCE
from sample_project import LEAFLETS, REPOSITORY, make, run

SCRIPT = Path(sys.executable).with_name("ankl-i18n")
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]")
CONFLICT = """\
<<<<<<< HEAD
msgstr "Votre drain"
=======
msgstr "Votre drain à la maison"
>>>>>>> updates
"""


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the time of the last change of every file outside of the cache."""
    paths = (path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def process(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, timeout=PATIENCE
    )


def lose_a_dose(project) -> None:
    """Make a mistake in French that the checks call an error."""
    msgid = "Call us if your temperature is over 38 °C."
    project.translate("fr", "drain", msgid, "Appelez-nous si votre température dépasse 39 °C.")


def examples(command: str) -> list[str]:
    lines = run(command, "--help").output.splitlines()
    found = [line.strip() for line in lines if line.strip().startswith(f"ankl-i18n {command}")]
    return [re.split(r"\s{2,}| > ", line)[0] for line in found]


# --- help ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_examples_of_the_help_are_right(name):
    found = examples(name)
    assert found, f"`{name} --help` has no example"
    for example in found:
        main.commands[name].make_context(name, shlex.split(example)[2:])


@pytest.mark.parametrize("name", sorted(main.commands))
def test_options_of_every_command(name):
    options = {option for parameter in main.commands[name].params for option in parameter.opts}
    assert {"--project", "--quiet", "-q"} <= options
    assert run(name, "-h").exit_code == 0


def test_the_help_names_every_command():
    text = run("--help").output
    assert all(re.search(rf"^  {name} ", text, re.MULTILINE) for name in main.commands)


def test_as_a_module():
    result = process(sys.executable, "-m", "ankl_i18n", "--version")
    assert (result.returncode, result.stdout) == (0, f"ankl-i18n, version {__version__}\n")


# --- a first round -------------------------------------------------------------------------


def test_a_first_round(tmp_path):
    root = tmp_path / "new" / "folder"
    project = ("--project", str(root))

    def step(*arguments, code=0):
        result = run(*arguments, *project)
        assert result.exit_code == code, result.output
        return result.stdout

    assert "wrote  source/first-leaflet.md" in step("init")
    assert "kept  source/first-leaflet.md" in step("init")
    assert "locale/fr/LC_MESSAGES/first-leaflet.po" in step("add", "fr", "ar")
    assert 'languages = ["fr", "ar"]' in (root / "pyproject.toml").read_text(encoding="utf-8")
    assert "wrote" not in step("extract")
    assert "wrote" not in step("update")
    step("check")
    assert re.search(r"French \(Français\) +first-leaflet +0%", step("coverage"))
    assert "Not published: Arabic (ar): first-leaflet: 0% of the words translated" in step(
        "build", "--only", "html"
    )
    assert (root / "build/en/first-leaflet.html").is_file()
    assert not (root / "build/fr").exists()


def test_page_words_come_with_the_package(tmp_path):
    root = str(tmp_path)
    run("init", "--project", root)
    run("add", "fr", "--project", root)
    known = po.read(bundled_locale() / "fr/LC_MESSAGES/ui.po")
    words = po.read(tmp_path / "locale/fr/LC_MESSAGES/ui.po")
    found = {entry.msgid: entry.forms for entry in words.entries}
    assert len(known.entries) > 30
    kept = {e.msgid: e.forms for e in known.entries if not e.obsolete}
    assert kept.items() <= found.items()


def test_init_keeps_the_settings_of_other_tools(tmp_path):
    settings = tmp_path / "pyproject.toml"
    settings.write_bytes(b'[project]\r\nname = "mine"\r\n')
    assert run("init", "--project", str(tmp_path)).exit_code == 0
    assert settings.read_bytes().startswith(b'[project]\r\nname = "mine"')
    assert run("extract", "--project", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('languages = ["fr"]', 'languages = ["fr", "ar"]'),
        ("languages = []", 'languages = ["ar"]'),
        ("languages = [\n  'fr',\n]", "languages = [\n  'fr', \"ar\",\n]"),
        ('languages = [\r\n  "fr"\r\n]\r\n', 'languages = [\r\n  "fr", "ar"\r\n]\r\n'),
        ('name = "x"', 'languages = ["ar"]\nname = "x"'),
        ('name = "x"\n[other]\nlanguages = ["c"]', None),
    ],
)
def test_add_changes_the_list_of_languages_and_nothing_else(tmp_path, before, after):
    run("init", "--project", str(tmp_path))
    settings = tmp_path / "pyproject.toml"
    settings.write_bytes(f"# top\n[tool.ankl_i18n] # ours\n{before}\n# end\n".encode())
    if after is None:
        after = before.replace("name", 'languages = ["ar"]\nname')
    assert run("add", "ar", "--project", str(tmp_path)).exit_code == 0
    assert settings.read_bytes().decode() == (f"# top\n[tool.ankl_i18n] # ours\n{after}\n# end\n")


@pytest.mark.parametrize(
    "settings",
    [
        '[tool.ankl_i18n]\nlanguages = [\n  "fr" # French, the first\n]\n',
        '[tool]\nankl_i18n = { languages = ["fr"] }\n',
    ],
)
def test_add_does_not_guess_at_an_unusual_form(tmp_path, settings):
    run("init", "--project", str(tmp_path))
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    result = run("add", "ar", "--project", str(tmp_path))
    assert result.exit_code == 2
    assert 'add "ar" to `languages` by hand' in result.stderr
    assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == settings


@pytest.mark.parametrize("tag", ["en", "qps-ploc"])
def test_add_refuses_what_no_one_can_translate_into(project, tag):
    before = files(project.root)
    result = project.run("add", tag, code=2)
    assert f"leaflets cannot be translated into {tag}" in result.stderr
    assert files(project.root) == before


@pytest.mark.parametrize("command", [("init",), ("add", "ja")])
def test_settings_outlive_a_full_disk(tmp_path, monkeypatch, command):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    settings = tmp_path / "pyproject.toml"
    table = '[tool.ankl_i18n]\nname = "x"\nlanguages = ["fr"]\n' if command[0] == "add" else ""
    settings.write_text(f"[project]\nname = 'mine'\n{table}", encoding="utf-8")
    before = files(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    result = run(*command, "--project", str(tmp_path))
    assert (result.exit_code, "No space left on device" in result.stderr) == (1, True)
    assert files(tmp_path) == before


def test_add_keeps_catalogs_that_are_there(project):
    before = project.catalog("fr", "drain").read_bytes()
    project.run("add", "fr", "ja")
    assert project.catalog("fr", "drain").read_bytes() == before
    assert project.catalog("ja", "drain").is_file()


# --- writing nothing when nothing changes --------------------------------------------------


@pytest.mark.parametrize("command", ["extract", "update"])
def test_the_second_time_writes_nothing(project, command):
    project.run(command)
    before = files(project.root)
    result = project.run(command, SOURCE_DATE_EPOCH="1900000000")
    assert "wrote" not in result.stdout
    assert files(project.root) == before


def test_extract_check(project):
    project.run("extract", "--check")
    project.replace("source/drain.md", "2 times", "3 times")
    before = files(project.root)
    for quiet in ([], ["--quiet"]):
        result = project.run("extract", "--check", *quiet, code=1)
        assert "locale/drain.pot: error: this template is out of date" in result.stderr
        assert "drain-plan.pot" not in result.stderr
    assert files(project.root) == before
    project.run("extract")
    project.run("extract", "--check")


def test_update_makes_a_changed_message_fuzzy(project):
    project.replace("source/drain.md", "2 times", "3 times")
    project.run("extract")
    assert "locale/fr/LC_MESSAGES/drain.po  (11 kept, 1 fuzzy" in project.run("update", "fr").stdout
    message = project.message(
        po.read(project.catalog("fr", "drain")), "Empty the drain 3 times a day."
    )
    assert message.fuzzy
    assert message.previous_msgid == "Empty the drain 2 times a day."
    assert "3 times" not in project.catalog("es", "drain").read_text(encoding="utf-8")


# --- wrong use -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["update", "check", "coverage", "build"])
@pytest.mark.parametrize(
    ("tag", "message", "hint"),
    [
        ("klingon", "unknown language 'klingon'", "write a BCP 47 tag such as fr"),
        ("de", "de is not a language of this project", "ankl-i18n add de"),
    ],
)
def test_unknown_tags(project, command, tag, message, hint):
    result = project.run(command, tag, code=2)
    assert message in result.stderr
    assert hint in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["translate"],
        ["check", "--format", "xml"],
        ["coverage", "--fail-under", "101"],
        ["build", "--jobs", "0"],
        ["build", "--paper", "a5"],
        ["add"],
    ],
    ids=" ".join,
)
def test_wrong_arguments(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    result = run("init", "--project", str(tmp_path / "file" / "folder"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error: Not a directory" in result.stderr


def test_exit_codes_of_the_process(project):
    folder = str(project.root)
    good = process(str(SCRIPT), "check", "--project", folder)
    assert good.returncode == 0
    assert "error" not in good.stderr
    lose_a_dose(project)
    bad = process(sys.executable, "-m", "ankl_i18n", "check", "--project", folder)
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "locale/fr/LC_MESSAGES/drain.po:" in bad.stderr
    wrong = process(str(SCRIPT), "check", "--project", str(project.root / "source"))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "ankl-i18n init" in wrong.stderr


# --- what is printed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["init"], ["extract"], ["update"], ["coverage"], ["build", "--only", "html"]],
    ids=" ".join,
)
def test_quiet(project, arguments):
    assert project.run(*arguments).stdout
    result = project.run(*arguments, "--quiet")
    assert (result.stdout, result.stderr) == ("", "")


def test_quiet_still_tells_problems(project):
    lose_a_dose(project)
    for arguments in (["check"], ["coverage"], ["build", "--only", "html"]):
        result = project.run(*arguments, "--quiet", code=1)
        assert "locale/fr/LC_MESSAGES/drain.po:" in result.stderr
        assert not result.stdout


def test_no_color(project):
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "200"}
    assert COLOUR.search(project.run("coverage", **terminal).stdout)
    plain = project.run("coverage", **terminal, NO_COLOR="1").stdout
    assert "Français" in plain
    assert not COLOUR.search(plain)


def test_no_colour_codes_in_a_pipe(project):
    assert "\x1b" not in process(str(SCRIPT), "coverage", "--project", str(project.root)).stdout


def errors(project, *tags: str, code: int) -> set[str]:
    """Return the files in which `check` finds errors."""
    report = project.run("check", *tags, "--format", "json", code=code).stdout
    problems = json.loads(report)["problems"]
    return {problem["path"] for problem in problems if problem["severity"] == "error"}


def test_check_as_json(project):
    assert errors(project, code=0) == set()
    lose_a_dose(project)
    assert errors(project, code=1) == {"locale/fr/LC_MESSAGES/drain.po"}
    assert errors(project, "fr", code=1) == {"locale/fr/LC_MESSAGES/drain.po"}
    assert errors(project, "es", code=0) == set()


def test_check_for_github(project):
    lose_a_dose(project)
    out = project.run("check", "--format", "github", code=1).stdout
    assert out.startswith("::error file=locale/fr/LC_MESSAGES/drain.po,line=")


def test_coverage_as_json(project):
    project.translate("fr", "drain", "What comes next", "")
    languages = json.loads(project.run("coverage", "--format", "json").stdout)["languages"]
    found = {
        (language["tag"], leaflet["domain"]): leaflet["messages"]["untranslated"]
        for language in languages
        for leaflet in language["leaflets"]
    }
    assert found["fr", "drain"] == 1
    assert {found[tag, name] for tag in ("ar", "es") for name in LEAFLETS} == {0}


def test_coverage_as_a_page(project):
    page = lxml.html.fromstring(project.run("coverage", "--format", "html").stdout)
    assert page.findtext(".//h1") == "Translation coverage"
    assert len(page.xpath("//table")) == 2


def test_coverage_as_a_badge(project):
    badge = ET.fromstring(project.run("coverage", "--format", "svg").stdout)
    assert badge.tag == "{http://www.w3.org/2000/svg}svg"
    assert "100%" in "".join(badge.itertext())


@pytest.mark.parametrize("form", ["github", "sarif"])
@pytest.mark.parametrize(("top", "below"), [(".", ""), ("..", "leaflets/"), (None, "")])
def test_code_hosts_get_paths_from_the_top_of_the_repository(tmp_path, form, top, below):
    project = make(tmp_path / "leaflets")
    if top:
        (project.root / top / ".git").mkdir()
    lose_a_dose(project)
    out = project.run("check", "--format", form, code=1).stdout
    assert f"{below}locale/fr/LC_MESSAGES/drain.po" in out
    assert ("leaflets/" in out) == bool(below)


@pytest.mark.parametrize("command", ["check", "coverage"])
def test_forms_for_other_programs(project, command):
    """Each says the figure or the error, and the exit code is that of the text."""
    lose_a_dose(project)
    said = {"junit": "<failure", "csv": "numbers", "markdown": "❌ error"}
    if command == "coverage":
        said["csv"] = "1 error in the catalog"
    for form, words in said.items():
        assert words in project.run(command, "fr", "--format", form, code=1).stdout
        assert words not in project.run(command, "es", "--format", form).stdout


def test_catalogs_without_problems_are_results_too(project):
    suites = ET.fromstring(project.run("check", "es", "--format", "junit").stdout.encode())
    assert {suite.get("name") for suite in suites} == {
        f"locale/es/LC_MESSAGES/{name}.po" for name in (*LEAFLETS, "ui")
    }


def test_fail_under(project):
    project.run("coverage", "fr", "--fail-under", "100")
    project.translate("fr", "drain", "What comes next", "")
    project.run("coverage", "es", "--fail-under", "100")
    result = project.run("coverage", "fr", "--fail-under", "99.9", code=1)
    assert "locale/fr/LC_MESSAGES/drain.po: error: 9" in result.stderr
    assert "99.9% needed" in result.stderr


# --- broken files --------------------------------------------------------------------------


def break_quote(path: Path) -> int:
    """Remove the quote that ends the first translation; return its line."""
    lines = path.read_bytes().split(b"\n")
    number = next(i for i, line in enumerate(lines) if line.startswith(b'msgstr "Vo'))
    lines[number] = lines[number][:-1]
    path.write_bytes(b"\n".join(lines))
    return number + 1


@pytest.mark.parametrize("command", ["update", "check", "coverage", "build"])
def test_a_broken_catalog(project, command):
    path = project.catalog("fr", "drain")
    line = break_quote(path)
    before = files(project.root)
    options = ["--only", "html", "--jobs", "1"] if command == "build" else []
    result = project.run(command, *options, code=1)
    assert f"locale/fr/LC_MESSAGES/drain.po:{line}:" in result.stderr
    assert files(project.root)[str(path)] == before[str(path)]
    if command != "build":
        assert files(project.root) == before
        project.run(command, "ar", "es")


def test_a_broken_catalog_stops_its_own_leaflet_only(project):
    project.build()
    break_quote(project.catalog("fr", "drain"))
    out = project.build(code=1).stdout
    built = project.built()
    assert "Not published: French (fr): drain: the catalog drain cannot be read" in out
    assert "kept from" in out
    assert b"Votre drain" in built["fr/drain.html"]
    assert {f"{tag}/{name}.html" for tag in ("en", "ar", "es") for name in LEAFLETS} <= set(built)
    assert "fr/drain-plan.html" in built


def test_a_merge_conflict(project):
    path = project.catalog("fr", "drain")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr "Votre drain à la maison"\n', CONFLICT), encoding="utf-8")
    before = path.read_bytes()
    line = path.read_text(encoding="utf-8").splitlines().index("<<<<<<< HEAD") + 1
    for arguments in (["check"], ["update"], ["build", "--only", "html"]):
        result = project.run(*arguments, code=1)
        assert f"locale/fr/LC_MESSAGES/drain.po:{line}" in result.stderr
        assert "conflict" in result.stderr
        assert path.read_bytes() == before


def test_a_broken_leaflet(project):
    project.replace("source/drain.md", "published: 2026-01-31", "published: soon")
    for command in ("extract", "check"):
        result = project.run(command, code=1)
        assert "source/drain.md:9: error: published: 'soon' is not a date" in result.stderr
    project.build(code=1)
    assert "fr/drain-plan.html" in project.built()


def test_no_leaflets(project):
    for path in project.path("source").rglob("*.md"):
        path.unlink()
    assert "source: error: there are no leaflets here" in project.run("extract", code=1).stderr


def translations(project, domain: str) -> dict[str, tuple[str, bool]]:
    entries = po.read(project.catalog("fr", domain)).entries
    return {e.msgid: (e.msgstr, e.is_fuzzy()) for e in entries if not e.obsolete}


def test_translations_come_along_when_a_leaflet_gets_another_name(project):
    with project.edit("fr", "drain") as catalog:
        catalog.entries[1].fuzzy = True
        catalog.entries[2].tcomment = "Why so."
    before = translations(project, "drain")
    project.path("source/drain.md").rename(project.path("source/tube.md"))
    project.run("extract")
    assert f"tube.po  ({len(before)} kept, 0 fuzzy, 0 new" in project.run("update", "fr").output
    assert translations(project, "tube") == before
    made = po.read(project.catalog("fr", "tube"))
    assert made.entries[2].tcomment == "Why so."
    assert made.headers["X-Review-State"] == "draft"


@pytest.mark.parametrize("target", ["drain-plan", "a-new-one"])
def test_translations_come_along_when_text_moves_to_another_leaflet(project, target):
    moved = "Empty the drain 2 times a day."
    before = translations(project, "drain")[moved]
    assert before[0]
    project.replace("source/drain.md", f"{moved}\n", "")
    if target == "a-new-one":
        head = project.text("source/drain.md").partition("\n---\n")[0]
        project.path("source/a-new-one.md").write_text(f"{head}\n---\n", encoding="utf-8")
    text = project.text(f"source/{target}.md")
    project.path(f"source/{target}.md").write_text(f"{text}\n{moved}\n", encoding="utf-8")
    project.run("extract")
    project.run("update", "fr")
    assert translations(project, target)[moved] == before
    assert moved not in translations(project, "drain")


def test_what_comes_along_from_a_draft_is_not_reviewed(project):
    moved = "Empty the drain 2 times a day."
    text, _ = translations(project, "drain")[moved]
    with project.edit("fr", "drain-plan") as catalog:
        catalog.headers["X-Review-State"] = "reviewed"
    project.replace("source/drain.md", f"{moved}\n", "")
    plan = project.text("source/drain-plan.md")
    project.path("source/drain-plan.md").write_text(f"{plan}\n{moved}\n", encoding="utf-8")
    project.run("extract")
    project.run("update", "fr")
    assert translations(project, "drain-plan")[moved] == (text, True)


def test_update_without_templates(project):
    project.path("locale/drain.pot").unlink()
    result = project.run("update", code=1)
    assert "locale/drain.pot: error: there is no template" in result.stderr
    assert "drain-plan.po " in result.stdout


def test_doctor(project):
    result = run("doctor", "--project", str(project.root))
    assert result.exit_code == ("MISSING" in result.stdout)
    assert "Python" in result.stdout
    missing = run("doctor", "--project", str(project.root / "source"))
    assert missing.exit_code == 1
    assert "MISSING" in missing.stdout


# --- shell completion ----------------------------------------------------------------------


def test_completion_script():
    script = process(str(SCRIPT), _ANKL_I18N_COMPLETE="bash_source").stdout
    assert "complete " in script
    assert subprocess.run(["bash", "-n"], input=script, text=True).returncode == 0


def test_completion():
    words = {"COMP_WORDS": "ankl-i18n co", "COMP_CWORD": "1"}
    out = process(str(SCRIPT), _ANKL_I18N_COMPLETE="bash_complete", **words).stdout
    assert out == "plain,coverage\n"


# --- this repository -----------------------------------------------------------------------


def test_the_templates_of_this_repository_are_current():
    result = run("extract", "--check", "--project", str(REPOSITORY))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("epoch", ["1772366400000", "9" * 30, "-9" * 9, "today", "1e9"])
def test_a_time_that_is_none(project, epoch):
    project.build()
    before = project.built()
    for command in ("build", "extract", "check"):
        said = project.run(command, code=2, SOURCE_DATE_EPOCH=epoch).stderr
        assert f"SOURCE_DATE_EPOCH: error: '{epoch}' is not a time in seconds since 1970" in said
    assert project.built() == before
    project.run("build", "--only", "html", SOURCE_DATE_EPOCH="")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("command", [["coverage"], ["stats"], ["coverage", "--format", "html"]])
def test_files_are_utf_8_whatever_the_locale(project, command, encoding):
    words = [sys.executable, "-m", "ankl_i18n", *command, "--project", str(project.root)]
    bytes_of = [
        subprocess.run(
            words, env={**os.environ, "PYTHONIOENCODING": said}, capture_output=True, check=True
        ).stdout
        for said in (encoding, "utf-8")
    ]
    assert bytes_of[0] == bytes_of[1] != b""


def test_the_roles_of_options_are_those_of_the_settings():
    assert ROLES == review.ROLES
