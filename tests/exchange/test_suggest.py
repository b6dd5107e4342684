"""Plug-ins that suggest translations: what they may see and do, what becomes of their answer."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import exchange_sample as sample
import sample_project
from ankl_i18n.catalogs import po
from ankl_i18n.cli import main
from ankl_i18n.exchange.suggest import host
from patience import PATIENCE

PLUGINS = Path(__file__).parents[1] / "cases" / "suggest"
DESK = "Ask for **help** at [the desk](#desk) by {time}."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which French lacks one translation, and Arabic all."""
    packages = tmp_path / "packages"
    shutil.copytree(PLUGINS, packages)
    monkeypatch.syspath_prepend(str(packages))
    root = tmp_path / "project"
    root.mkdir()
    sample.make(root)
    (root / "glossary").mkdir()
    (root / "glossary" / "terms.csv").write_text("term,fr\ndesk,accueil | accueils\n")
    return root


def run(root: Path, *arguments: str, code: int | None = 0) -> str:
    done = CliRunner().invoke(main, ["suggest", *arguments, "--project", str(root)])
    assert code in (None, done.exit_code), done.output
    return " ".join(done.output.split())


def french(root: Path) -> po.Catalog:
    return po.read(sample.catalog(root, "fr"))


def desk(root: Path) -> po.Entry:
    return next(one for one in french(root).entries if one.msgid == DESK)


def state(root: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def note(root: Path, text: str) -> None:
    """Put a note to the string that has no translation."""
    path = sample.catalog(root, "fr")
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("The desk is in the hall.", text), encoding="utf-8")


def test_a_suggestion_is_fuzzy_and_says_where_it_is_from(home: Path) -> None:
    before = sample.catalog(home, "fr").read_text(encoding="utf-8").splitlines()
    assert "leaflet.po: 1 suggestions" in run(home, "fr", "--with", "brackets")
    entry = desk(home)
    assert (entry.msgstr, entry.fuzzy) == (f"⟨{DESK}⟩", True)
    assert entry.tcomment == "Suggestion: brackets, brackets for fr"
    after = sample.catalog(home, "fr").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "# Suggestion: brackets, brackets for fr", f'msgstr "⟨{DESK}⟩"',
    ]  # fmt: skip
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", sample.catalog(home, "fr")], check=True)


def test_readers_see_it_only_when_a_person_has_taken_it_over(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = sample_project.make(tmp_path_factory.mktemp("drain"))
    text = "Empty the drain 2 times a day."
    project.translate("fr", "drain", text, "")
    run(project.root, "fr", "--with", "brackets")
    project.build()
    page = project.page("fr", "drain").text_content()
    assert text in page
    assert "⟨" not in page
    project.translate("fr", "drain", text, f"⟨{text}⟩")
    project.build()
    assert f"⟨{text}⟩" in project.page("fr", "drain").text_content()


def test_it_is_given_notes_terms_and_the_section_of_each_text(home: Path) -> None:
    run(home, "fr", "--with", "asked")
    assert desk(home).msgstr == f"{DESK} (desk = accueil) (When to call) (2)"


def test_a_text_that_is_there_is_never_overwritten(home: Path) -> None:
    assert "1 in tm/pending/" in run(home, "fr", "--with", "brackets", "--unfinished")
    fuzzy = next(one for one in french(home).entries if one.msgid == "Take two tablets.")
    assert fuzzy.msgstr == "Prenez un comprimé."
    waiting = (home / "tm" / "pending" / "leaflet.fr.tmx").read_text(encoding="utf-8")
    assert "⟨Take two tablets.⟩" in waiting


@pytest.mark.parametrize("name", ["breaks", "is_odd"])
def test_what_is_wrong_is_dropped_before_anyone_sees_it(home: Path, name: str) -> None:
    before = state(home)
    said = run(home, "fr", "--with", name, code=None)
    assert "0 suggestions" in said
    assert "dropped" in said or "texts that were not asked for" in said
    assert state(home) == before


def test_an_origin_stays_on_one_line_of_its_comment(home: Path) -> None:
    run(home, "fr", "--with", "newlines")
    (line,) = desk(home).tcomment.splitlines()
    assert line.startswith('Suggestion: newlines, a" #, c-format msgid "x"')
    assert len(line) < 150


def test_it_cannot_read_or_write_the_project_even_when_it_knows_where_it_is(home: Path) -> None:
    note(home, str(home))
    before = state(home)
    assert "0 suggestions" in run(home, "fr", "--with", "writes", code=None)
    assert state(home) == before


def test_it_does_as_it_likes_only_when_it_is_trusted(home: Path) -> None:
    # Shows that the test above would see harm.
    note(home, str(home))
    run(home, "fr", "--with", "writes", "--unconfined", code=None)
    assert (home / "harm").exists()
    assert not sample.catalog(home, "ar").exists()


def test_it_is_not_told_where_the_project_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.chdir(home)
    said = run(home, "fr", "--with", "knows", code=1).partition("RuntimeError")[2]
    assert "('LANG', 'C.UTF-8')" in said
    assert "hunter2" not in said
    assert str(home) not in said


@pytest.mark.parametrize(
    ("name", "why", "taken"),
    [
        ("hangs", "it had not finished after 3 seconds", 1),
        ("spins", "it had not finished after 3 seconds", 0),
        ("floods", "it answered more than", 0),
        ("crashes", "it ended with an error: RuntimeError: the model\ufffd[31m is not there", 1),
        ("dies", "it ended with an error", 1),
        ("is_none", "it ended with an error: TypeError", 0),
        ("eats", "it ended with an error: MemoryError", 0),
        ("absent", "it ended with an error: AttributeError", 0),
    ],
)
def test_one_that_goes_wrong_ends_in_bounds_and_is_told(
    home: Path, name: str, why: str, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ankl_i18n.exchange.suggest.sandbox.MEMORY", 300 << 20)
    seconds = "3" if "3 seconds" in why else f"{PATIENCE:.0f}"
    if name == "hangs":
        stop_the_clock_until_it_answers(monkeypatch)
    said = run(home, "fr", "--with", name, "--seconds", seconds, code=1)
    assert why in said
    assert f"{taken} suggestions" in said


def stop_the_clock_until_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time of a plug-in begin with its first answer, and be over then."""
    read, answers = os.read, [b""]

    def heard(handle: int, size: int) -> bytes:
        answers.append(read(handle, size))
        return answers[-1]

    monkeypatch.setattr(host.os, "read", heard)
    monkeypatch.setattr(host.time, "monotonic", lambda: 1000.0 if any(answers) else 0.0)


@pytest.mark.parametrize("name", ["chatters", "garbage"])
def test_what_it_prints_is_no_part_of_its_answer(home: Path, name: str) -> None:
    said = run(home, "fr", "--with", name, code=None)
    assert "leaflet.po: 1 suggestions" in said
    assert "\x1b" not in said
    assert desk(home).msgstr == f"⟨{DESK}⟩"


def test_it_reaches_no_network_unless_allowed(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        note(home, f"port {server.getsockname()[1]}")
        run(home, "fr", "--with", "connects", code=None)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
        run(home, "fr", "--with", "connects", "--network", code=None)
        server.accept()[0].close()


def test_nothing_that_it_started_outlives_it(home: Path) -> None:
    run(home, "fr", "--with", "forks")
    left = [
        path
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"left-behind" in _content(path) and int(path.parent.name) != os.getpid()
    ]
    assert left == []


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_an_unknown_plug_in_is_told_with_those_there_are(home: Path) -> None:
    assert "installed: absent, asked, brackets" in run(home, "fr", "--with", "nobody", code=1)


def test_where_the_system_cannot_keep_it_away_it_is_not_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ankl_i18n.exchange.suggest.sandbox.version", lambda: 0)
    before = state(home)
    assert "--unconfined" in run(home, "fr", "--with", "brackets", code=1)
    assert state(home) == before
