"""The way into the workbench and out of it: the command, new languages, git, and its words."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import bundled_locale
from ankl_i18n.catalogs.template import ui_messages
from ankl_i18n.errors import SettingsError
from ankl_i18n.settings import load
from ankl_i18n.workbench import git
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.entry import redirect_file, remove
from ankl_i18n.workbench.listening import sockets
from ankl_i18n.workbench.saving import Asked
from ankl_i18n.workbench.words import DOMAIN, available, sources, words
from patience import PATIENCE
from sample_project import make, run


@pytest.fixture
def sample(tmp_path):
    return make(tmp_path)


def test_the_command_says_what_is_missing(sample, monkeypatch):
    real = __import__("importlib.util").util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name, *more: None if name == "uvicorn" else real(name)
    )
    result = sample.run("workbench", "fr", code=2)
    assert "the workbench needs uvicorn" in result.output
    assert 'pip install "ankl-i18n[workbench]"' in result.output


def test_a_port_that_is_taken_is_told(sample):
    (first, *others) = sockets(0)
    port = first.getsockname()[1]
    try:
        result = sample.run("workbench", "--no-browser", "--port", str(port), code=2)
        assert f"port {port}" in result.output
    finally:
        for one in (first, *others):
            one.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_it_is_interrupted(sample, number):
    options = ("workbench", "fr", "--no-browser", "--project", str(sample.root))
    command = (sys.executable, "-m", "ankl_i18n", *options)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        assert it.stdout
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)/#\S{40}", it.stdout.readline())[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        it.send_signal(number)
        output, errors = it.communicate(timeout=PATIENCE)
    assert (it.returncode, errors) == (0, "")
    assert "Stopped. What was saved is in the catalogs" in output


def test_a_language_that_is_none_of_the_projects_is_refused(sample):
    assert "ankl-i18n add de" in sample.run("workbench", "de", code=2).output
    assert run("workbench", "--help").exit_code == 0


def test_nobody_else_reads_the_file_that_leads_in():
    path = redirect_file('http://127.0.0.1:1/#"<x>')
    try:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert "<x>" not in path.read_text()
    finally:
        remove(path)
    assert not path.parent.exists()


def test_a_language_is_started_from_the_browser(sample):
    desk = Desk(sample.root)
    assert desk.add("pt_br")["tag"] == "pt-BR"
    assert "pt-BR" in load(sample.root).languages
    rows = desk.open("drain", "pt-BR")["texts"]
    assert {row["state"] for row in rows if row["kind"]} == {"untranslated"}
    with pytest.raises(SettingsError):
        desk.add("no language")
    with pytest.raises(SettingsError):
        desk.add("en")


def test_coverage_lists_questions(sample):
    desk = Desk(sample.root)
    row = desk.open("drain", "fr")["texts"][3]
    desk.comment("drain", "fr", row["name"], "i18n: question Which of the two?")
    output = sample.run("coverage", "fr").output
    assert "drain.po" in output
    assert "question: Which of the two?" in output
    assert "question" not in sample.run("coverage", "ar").output


def test_changes_of_a_leaflet_are_taken_over(sample):
    desk = Desk(sample.root)
    row = next(row for row in desk.open("drain", "fr")["texts"] if len(row["source"]) > 40)
    sample.replace("source/drain.md", row["source"][:30], f"Also, {row['source'][:30]}")
    desk.changed([sample.path("source/drain.md")])
    (drain,) = (one for one in desk.home(["fr"])[0]["leaflets"] if one["name"] == "drain")
    assert drain["lacking"] == 1
    assert desk.update("fr")["problems"] == []
    (drain,) = (one for one in desk.home(["fr"])[0]["leaflets"] if one["name"] == "drain")
    assert drain["lacking"] == 0
    changed = [one for one in desk.open("drain", "fr")["texts"] if one["state"] == "fuzzy"]
    assert [one["forms"] for one in changed] == [row["forms"]]
    told = desk.text("drain", "fr", changed[0]["name"])
    assert ["", "Also, "] in told["previous"] or any("Also" in new for _, new in told["previous"])


def repository(root):
    for command in (
        ("init", "-q"),
        ("config", "user.name", "A. Translator"),
        ("config", "user.email", "a@example.org"),
        ("add", "."),
        ("commit", "-q", "-m", "All"),
    ):
        subprocess.run(("git", *command), cwd=root, check=True)


def test_a_commit_has_the_catalogs_and_runs_no_hook(sample):
    repository(sample.root)
    hooks = sample.root / ".git" / "hooks"
    for name in ("pre-commit", "commit-msg", "post-commit", "fsmonitor-watchman"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{sample.root}/{name}-ran'\n")
        (hooks / name).chmod(0o755)
    (sample.root / "other.txt").write_text("not to be committed")
    desk = Desk(sample.root)
    row = desk.open("drain", "fr")["texts"][3]
    desk.save("drain", "fr", row["name"], Asked(("Texte neuf.",), row["version"]))
    found = desk.finish("drain", "fr")
    assert '+msgstr "Texte neuf."' in found["diff"]
    assert desk.commit("fr", found["message"]) == {"wrong": ""}
    assert desk.finish("drain", "fr")["diff"] == ""
    files = subprocess.run(
        ("git", "show", "--stat", "--format=%s"), cwd=sample.root, capture_output=True, text=True
    ).stdout
    assert files.startswith("Translate drain into French")
    assert "other.txt" not in files
    assert not list(sample.root.glob("*-ran"))
    assert git.author(sample.root) == "A. Translator <a@example.org>"


def test_without_git_there_is_nothing_to_commit(sample, monkeypatch):
    assert Desk(sample.root).finish("drain", "fr")["diff"] == ""
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert Desk(sample.root).finish("drain", "fr")["diff"] == ""


def test_the_template_has_the_words_of_the_desk():
    """`make desk-words` brings it up to date."""
    template = po.read(bundled_locale() / f"{DOMAIN}.pot")
    said = [message.key for message in ui_messages(sources())]
    assert [entry.key() for entry in template.entries] == said
    assert len(said) > 100


def test_the_desk_speaks_english_where_nothing_else_is_there():
    assert words("xx")["tag"] == "en"
    assert words("../../etc")["words"] == {}
    assert available()[0] == ["en", "English"]
