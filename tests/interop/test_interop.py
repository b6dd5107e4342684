"""Other tools open what `export` writes, change some translations and save them.

Then `import` puts exactly these edits into the catalog, and nothing else, as GNU gettext sees it.
"""

from __future__ import annotations

import difflib
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import exchange_sample as sample
from ankl_i18n.cli import main
from ankl_i18n.exchange.units import key_of
from interop.tools import TOOLS, Edit, omegat_project

pytestmark = pytest.mark.interop

DESK = "Ask for **help** at [the desk](#desk) by {time}."
LIST = "Read **this [important](#a) list** and `code` first."
CODE = "The code \u2066ABC-12\u2069 is on your card.\u200e"
# A text as it is; one without a translation, whose tags stay; a plural form, which has another
# source than the message; a fuzzy one, which is finished by that; one with tags within tags.
EDITS = {
    "fr": [
        ("Call us right away.", "", "tout de suite", "dès maintenant"),
        (DESK, "", "Ask for ", "Demandez de l’"),
        (DESK, "", "help", "aide"),
        ("one day", "{n} days", "jours", "journées"),
        ("Take two tablets.", "", "un comprimé", "deux comprimés"),
        (LIST, "", "importante", "essentielle"),
    ],
    "ar": [
        ("Call us right away.", "", "فورًا", "الآن"),
        (DESK, "", "Ask for ", "اطلبوا "),
        (DESK, "", "help", "المساعدة"),
        ("Take two tablets.", "", "قرصًا واحدًا", "قرصين"),
        (CODE, "", "مكتوب", "مطبوع"),
        (LIST, "", "المهمة", "الضرورية"),
    ],
}
FUZZY = ['-#, fuzzy', '-#| msgid "Take one tablet."']  # fmt: skip
DIFFERENCE = {
    "fr": [
        '-msgstr "Appelez-nous tout de suite."', '+msgstr "Appelez-nous dès maintenant."',
        '-msgstr ""', '+msgstr "Demandez de l’**aide** at [the desk](#desk) by {time}."',
        '-msgstr[1] "{n} jours"', '+msgstr[1] "{n} journées"',
        *FUZZY, '-msgstr "Prenez un comprimé."', '+msgstr "Prenez deux comprimés."',
        '-msgstr "Lisez d’abord **cette liste [importante](#a)** et `code`."',
        '+msgstr "Lisez d’abord **cette liste [essentielle](#a)** et `code`."',
    ],
    "ar": [
        '-msgstr "اتصلوا بنا فورًا."', '+msgstr "اتصلوا بنا الآن."',
        '-msgstr ""', '+msgstr "اطلبوا **المساعدة** at [the desk](#desk) by {time}."',
        *FUZZY, '-msgstr "تناولوا قرصًا واحدًا."', '+msgstr "تناولوا قرصين."',
        '-msgstr "الرمز \u2066ABC-12\u2069 مكتوب على بطاقتك.\u200f"',
        '+msgstr "الرمز \u2066ABC-12\u2069 مطبوع على بطاقتك.\u200f"',
        '-msgstr "اقرأ **هذه القائمة [المهمة](#a)** و`code` أولًا."',
        '+msgstr "اقرأ **هذه القائمة [الضرورية](#a)** و`code` أولًا."',
    ],
}  # fmt: skip
WAYS = [
    ("okapi", "xliff"), ("okapi", "xliff2"), ("omegat", "xliff"), ("toolkit", "xliff"),
    ("toolkit", "xliff2"), ("office", "docx"), ("office", "xlsx"), ("office", "csv"),
]  # fmt: skip


def edits(tag: str) -> list[Edit]:
    return [
        Edit(key_of(None, name), source or name, old, new) for name, source, old, new in EDITS[tag]
    ]


def msgcat(path: Path) -> list[str]:
    """Return a catalog as GNU gettext writes it, a text a line."""
    done = subprocess.run(
        ["msgcat", "--no-wrap", path], capture_output=True, encoding="utf-8", check=True
    )
    return [line for line in done.stdout.splitlines() if not line.startswith('"PO-Revision-Date')]


@pytest.mark.parametrize("tag", sample.LANGUAGES)
@pytest.mark.parametrize(("tool", "form"), WAYS)
def test_a_catalogs_difference_is_exactly_the_edits(
    tmp_path: Path, tool: str, form: str, tag: str, runner
) -> None:
    project = sample.make(tmp_path)
    catalog = sample.catalog(tmp_path, tag)
    before = msgcat(catalog)
    path = sample.go_out(project, form, tag)
    back = tmp_path / f"back{path.suffix}"
    TOOLS[tool](path, back, tag, edits(tag))
    runner("import", str(back), "--write", "--project", str(tmp_path))
    difference = list(difflib.unified_diff(before, msgcat(catalog), lineterm="", n=0))[2:]
    assert sorted(line for line in difference if not line.startswith("@")) == sorted(
        DIFFERENCE[tag]
    )
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", catalog], check=True)
    assert not (tmp_path / "tm").exists()


def test_memories_of_omegat_are_read(tmp_path: Path, runner) -> None:
    project = sample.make(tmp_path)
    home = omegat_project(tmp_path / "memory", sample.go_out(project, "xliff"), "fr")
    said = runner("tm", "import", str(home / "memory-level1.tmx"), "--project", str(tmp_path))
    assert "17 translations" in said
    found = runner("tm", "search", "Call us right away.", "--project", str(tmp_path))
    assert "Appelez-nous tout de suite." in found


@pytest.fixture
def runner():
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        return done.output

    return run
