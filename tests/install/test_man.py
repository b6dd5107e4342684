"""Manual pages: one for each command, with all of its options, and without a slip of man(7)."""

from __future__ import annotations

import importlib.util
import os
import subprocess

import click
import pytest
from program import ROOT

from ankl_i18n.cli import main

COMMANDS = sorted(main.commands)


@pytest.fixture(scope="module")
def man():
    path = ROOT / "scripts" / "man_pages.py"
    spec = importlib.util.spec_from_file_location("man_pages", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(man, tmp_path_factory):
    made = tmp_path_factory.mktemp("man1")
    (made / "ankl-i18n-gone.1").touch()
    os.environ["SOURCE_DATE_EPOCH"] = "1772366400"
    try:
        man.write(made)
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    return made


def shown(path):
    """Return what a reader sees, on one line."""
    command = ["mandoc", "-T", "utf8", "-O", "width=1000", path]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(struck_once(done.stdout).split())


def struck_once(text):
    """Return a text without the letters that bold ones are struck over."""
    letters = []
    for sign in text:
        if sign == "\b":
            letters.pop()
        else:
            letters.append(sign)
    return "".join(letters)


def test_each_command_has_a_page(folder):
    assert {path.name for path in folder.iterdir()} >= {
        "ankl-i18n.1", *(f"ankl-i18n-{name}.1" for name in COMMANDS)
    }  # fmt: skip
    assert not (folder / "ankl-i18n-gone.1").exists()


def test_mandoc_finds_nothing_wrong(folder):
    command = ["mandoc", "-T", "lint", "-W", "warning", *sorted(folder.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_says_what_help_says(name, folder):
    command = main.commands[name]
    page = shown(folder / f"ankl-i18n-{name}.1")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert " ".join(parameter.help.split()) in page
            for option in parameter.opts:
                assert option in page
    for line in command.help.splitlines():
        if line.strip().startswith("ankl-i18n "):
            assert " ".join(line.split()) in page


def test_the_day_is_that_of_the_source(folder):
    assert '"2026-03-01"' in (folder / "ankl-i18n.1").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [".TH x", "'quoted", "a\\fBb", "--x", "\\", "a\n.SH b"])
def test_texts_are_shown_as_they_are(man, text, tmp_path):
    page = f'.TH "X" "1" "2026-03-01"\n.SH NAME\nx \\- x\n.SH DESCRIPTION\n{man.escaped(text)}\n'
    (tmp_path / "x.1").write_text(page, encoding="utf-8")
    assert f"DESCRIPTION {' '.join(text.split())}" in shown(tmp_path / "x.1")
