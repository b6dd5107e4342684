"""Headers that are not whole: `check` names them, `update` and `format` complete them."""

from __future__ import annotations

import subprocess

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.header import declares_utf8
from ankl_i18n.errors import CatalogError
from sample_project import make

TYPE = '"Content-Type: text/plain; charset=UTF-8\\n"\n'
WHOLE = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
    f'{TYPE}"Plural-Forms: nplurals=2; plural=n > 1;\\n"\n\n'
)
# The header as someone left it, and what `check` says of it.
BROKEN = {
    "none": ("", "the catalog has no header"),
    "without fields": ('msgid ""\nmsgstr ""\n\n', "the catalog has no header"),
    "one field": ('msgid ""\nmsgstr "Language: fr\\n"\n\n', "does not state the charset"),
    "no charset": (WHOLE.replace("; charset=UTF-8", ""), "does not state the charset"),
    "placeholder": (WHOLE.replace("UTF-8", "CHARSET"), "does not state the charset"),
    "ASCII": (WHOLE.replace("UTF-8", "US-ASCII"), "charset=US-ASCII"),
    "ascii": (WHOLE.replace("UTF-8", "ascii"), "charset=ascii"),
    "lost end": (WHOLE.replace('1.0\\n"', '1.0"'), "the header's line MIME-Version lacks its"),
    "end as text": (WHOLE.replace('1.0\\n"', '1.0\\\\n"'), "Content-Type is stuck to it"),
    "charset and more": (WHOLE.replace('UTF-8\\n"', 'UTF-8"'), "Plural-Forms is stuck to it"),
    "last end": (WHOLE.replace('1;\\n"', '1;"\n"X-Generator: Hand\\n"'), "X-Generator is stuck"),
}


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def leave(project, header: str, newline: str = "\n"):
    """Give a catalog another header."""
    path = project.catalog("fr", "drain")
    _, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    text = header + rest
    # Nothing but ASCII, so that the file can be read whatever its header says.
    ascii_only = text.encode("ascii", "replace").replace(b"??", b"?")
    path.write_bytes(ascii_only.replace(b"\n", newline.encode()))
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("command", ["update", "format"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_header_is_completed(project, name, command, newline):
    header, words = BROKEN[name]
    path = leave(project, header, newline)
    before = po.read(path)
    assert words in project.run("check", "fr", code=None).stderr
    project.run(command, "fr")
    after = po.read(path)
    assert declares_utf8(after)
    assert before.headers.items() - {("Content-Type", before.headers.get("Content-Type"))} <= (
        after.headers.items()
    )
    kept = {text for entry in after.entries for text in entry.forms}
    assert {text for entry in before.entries for text in entry.forms} <= kept
    judged = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True
    )
    assert (judged.returncode, judged.stderr) == (0, "")
    assert " [header]" not in project.run("check", "fr", code=None).stderr
    data = path.read_bytes()
    project.run(command, "fr")
    assert path.read_bytes() == data
    assert data.count(b"\r\n") == (data.count(b"\n") if newline == "\r\n" else 0)


def test_an_empty_file_is_told_and_filled_anew(project):
    path = project.catalog("fr", "drain")
    path.write_bytes(b"")
    assert "drain.po: warning: the file is empty" in project.run("check", "fr").stderr
    project.run("update", "fr")
    assert po.read(path).headers["X-Review-State"] == "draft"


def test_no_letter_is_written_that_the_declared_charset_lacks(tmp_path):
    path = tmp_path / "fr.po"
    path.write_text(WHOLE.replace("UTF-8", "ASCII") + 'msgid "Rest"\nmsgstr "Repos"\n')
    catalog = po.read(path)
    catalog.entries[0].msgstr = "Repos complet, été"
    with pytest.raises(CatalogError, match="ASCII"):
        po.save(catalog, path)
    assert "Repos complet" not in path.read_text()


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Language-Team: French", ["Language-Team"]),
        ("Language-Team: FrenchLanguage: fr", ["Language-Team", "Language"]),
        ("Project-Id-Version: a: b", ["Project-Id-Version"]),
        ("Report-Msgid-Bugs-To: https://example.org/rays", ["Report-Msgid-Bugs-To"]),
        ("X-Poedit-Language: French", ["X-Poedit-Language"]),
        ("8bitX-Generator: Hand", ["8bitX-Generator"]),
    ],
)
def test_fields_that_ran_together_are_two(line, fields):
    catalog = po.parse(f'msgid ""\nmsgstr "{line}\\n"\n'.encode(), "fr.po")
    assert list(catalog.headers) == fields
