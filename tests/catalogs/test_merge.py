"""Merging catalogs: by real git merges, in both directions, and by the rules one by one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.merging import merge
from ankl_i18n.catalogs.usable import MSGCAT, may_be_shown
from ankl_i18n.checks import check
from ankl_i18n.errors import CatalogError
from ankl_i18n.languages import language

HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Test\n"
"PO-Revision-Date: 2026-01-0{day} 10:00+0000\n"
"Last-Translator: {who}\n"
"Language-Team: French\n"
"Language: fr\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"X-Review-State: {state}\n"
"""


def text(*entries: str, day: int = 1, who: str = "A", state: str = "draft") -> str:
    return "\n".join([HEADER.format(day=day, who=who, state=state), *entries])


def message(msgid: str, msgstr: str, before: str = "") -> str:
    return f'{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


ONE, TWO, THREE = message("One.", "Un."), message("Two.", "Deux."), message("Three.", "")
GONE = '#~ msgid "Gone."\n#~ msgstr "Parti."\n'
PLURAL = 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} jour"\nmsgstr[1] "{n} jours"\n'
BASE = text(ONE, TWO, THREE, GONE)

# What each side made of the base, and what must come out: messages by msgid (None: not there,
# a pair: obsolete or fuzzy), and the number of conflicts.
CASES = {
    "different messages": (
        text(message("One.", "Une."), TWO, THREE, GONE),
        text(ONE, TWO, message("Three.", "Trois."), GONE, day=2, who="B"),
        {"One.": "Une.", "Two.": "Deux.", "Three.": "Trois.", "Gone.": ("Parti.", "obsolete")},
    ),
    "the same change": (
        text(ONE, TWO, message("Three.", "Trois."), GONE),
        text(ONE, TWO, message("Three.", "Trois."), GONE, day=3),
        {"One.": "Un.", "Three.": "Trois."},
    ),
    "new messages on both sides": (
        text(ONE, message("New.", "Neuf."), TWO, THREE, GONE),
        text(ONE, TWO, THREE, message("Newer.", "Récent."), GONE),
        {"New.": "Neuf.", "Newer.": "Récent.", "Two.": "Deux."},
    ),
    "made obsolete here, improved there": (
        text(ONE, THREE, '#~ msgid "Two."\n#~ msgstr "Deux."\n', GONE),
        text(ONE, message("Two.", "Deux !"), THREE, GONE),
        {"Two.": ("Deux !", "obsolete")},
    ),
    "deleted here, improved there": (
        text(ONE, THREE, GONE),
        text(ONE, message("Two.", "Deux !"), THREE, GONE),
        {"Two.": ("Deux !", "obsolete")},
    ),
    "deleted here, untouched there": (
        text(ONE, THREE),
        text(ONE, TWO, message("Three.", "Trois."), GONE),
        {"Two.": None, "Gone.": None, "Three.": "Trois."},
    ),
    "obsolete here, back there": (
        text(ONE, TWO, THREE, GONE, message("More.", "Plus.")),
        text(ONE, TWO, THREE, message("Gone.", "Parti.")),
        {"Gone.": "Parti.", "More.": "Plus."},
    ),
    "moved here, translated there": (
        text(THREE, TWO, ONE, GONE),
        text(ONE, TWO, message("Three.", "Trois."), GONE),
        {"Three.": "Trois.", "One.": "Un."},
    ),
    "fuzzy here, reworded there": (
        text(message("One.", "Un.", "#, fuzzy\n"), TWO, THREE, GONE),
        text(message("One.", "Une seule."), TWO, THREE, GONE),
        {"One.": "Une seule."},
    ),
    "fuzzy here, untouched there": (
        text(message("One.", "Un.", "#, fuzzy\n"), TWO, THREE, GONE),
        text(ONE, TWO, THREE, GONE, day=2),
        {"One.": ("Un.", "fuzzy")},
    ),
    "updated here, improved there": (
        text(message("One!", "Un.", '#, fuzzy\n#| msgid "One."\n'), TWO, THREE, GONE),
        text(message("One.", "Un seul."), TWO, THREE, GONE),
        {"One!": ("Un seul.", "fuzzy"), "One.": None},
    ),
    "comments on both sides": (
        text(message("One.", "Un.", "# Mine.\n"), TWO, THREE, GONE),
        text(message("One.", "Un.", "# Yours.\n"), TWO, THREE, GONE),
        {"One.": "Un."},
    ),
    "plural forms": (
        text(ONE, TWO, THREE, GONE, PLURAL),
        text(ONE, TWO, message("Three.", "Trois."), GONE),
        {"{n} day": "{n} jour", "Three.": "Trois."},
    ),
}
CONFLICTS = {
    "two translations": (
        text(ONE, TWO, message("Three.", "Trois."), GONE, who="A", day=2),
        text(ONE, TWO, message("Three.", "Le trois."), GONE, who="B", day=3),
        {"Three."},
    ),
    "two improvements": (
        text(message("One.", "Une."), TWO, THREE, GONE),
        text(message("One.", "Un seul."), TWO, THREE, GONE),
        {"One."},
    ),
    "a plural message added twice": (
        text(ONE, TWO, THREE, GONE, PLURAL),
        text(ONE, TWO, THREE, GONE, PLURAL.replace("jours", "journées")),
        {"{n} day"},
    ),
}
NEWLINES = {"LF": "\n", "CRLF": "\r\n"}


def git(folder: Path, *arguments: str, code: int | None = 0) -> str:
    name = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false"]
    done = subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True)
    assert code in (None, done.returncode), done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path):
    """A repository that is set up as docs/translating.md says."""
    (tmp_path / ".gitattributes").write_text("*.po merge=ankl-i18n\n")
    git(tmp_path, "init", "-q", "-b", "main")
    command = f"'{sys.executable}' -m ankl_i18n"
    git(tmp_path, "config", "merge.ankl-i18n.driver", f"{command} merge %O %A %B %P")
    return tmp_path


def merged(folder: Path, ours: str, theirs: str, newline: str = "\n", base: str = BASE) -> str:
    """Merge two branches; return what git says."""
    path = folder / "fr.po"

    def commit(content: str) -> None:
        path.write_bytes(content.replace("\n", newline).encode())
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "x", "--allow-empty")

    commit(base)
    git(folder, "checkout", "-q", "-b", "theirs")
    commit(theirs)
    git(folder, "checkout", "-q", "main")
    commit(ours)
    return git(folder, "merge", "--no-edit", "theirs", code=None)


def judged(path: Path) -> None:
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def shown(catalog: po.Catalog) -> dict[str, object]:
    found: dict[str, object] = {}
    for entry in catalog.entries:
        state = "obsolete" if entry.obsolete else "fuzzy" if entry.is_fuzzy() else ""
        found[entry.msgid] = (entry.forms[0], state) if state else entry.forms[0]
    return found


@pytest.mark.parametrize("newline", NEWLINES.values(), ids=NEWLINES)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
@pytest.mark.parametrize("name", CASES)
def test_git_merges_messages(repository, name, turned, newline):
    ours, theirs, expected = CASES[name]
    said = merged(repository, *((theirs, ours) if turned else (ours, theirs)), newline)
    assert "CONFLICT" not in said
    assert git(repository, "status", "--porcelain") == ""
    path = repository / "fr.po"
    judged(path)
    found = shown(po.read(path))
    assert {msgid: found.get(msgid) for msgid in expected} == expected
    data = path.read_bytes()
    assert data.count(b"\r\n") == (data.count(b"\n") if newline == "\r\n" else 0)


@pytest.mark.parametrize("newline", NEWLINES.values(), ids=NEWLINES)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_is_a_file_that_gettext_reads_and_check_names(repository, name, turned, newline):
    ours, theirs, expected = CONFLICTS[name]
    said = merged(repository, *((theirs, ours) if turned else (ours, theirs)), newline)
    path = repository / "fr.po"
    assert "CONFLICT" in said
    assert "fr.po:" in said and "both sides translated this message" in said
    judged(path)
    catalog = po.read(path)
    named = {p.location.line for p in check(catalog, language("fr"), language("en"))
             if p.kind == "msgcat-marks"}  # fmt: skip
    assert {entry.msgid for entry in catalog.entries if entry.line in named} == expected
    for entry in catalog.entries:
        if entry.msgid in expected:
            assert not may_be_shown(entry)
            both = {form for side in (ours, theirs)
                    for e in po.parse(side.encode(), "x").entries if e.msgid == entry.msgid
                    for form in e.forms}  # fmt: skip
            assert all(any(form in here for here in entry.forms) for form in both)
    assert "main" in git(repository, "branch")


def test_a_file_that_is_no_catalog_is_merged_line_by_line(repository):
    ours = text(ONE, TWO, message("Three.", "Trois."), GONE) + 'msgstr "lost\n'
    theirs = text(ONE, TWO, message("Three.", "Le trois."), GONE)
    said = merged(repository, ours, theirs)
    assert "catalog cannot be read" in said
    content = (repository / "fr.po").read_text()
    assert "<<<<<<< ours" in content
    assert "Trois." in content and "Le trois." in content
    with pytest.raises(CatalogError, match="Git conflict marker"):
        po.read(repository / "fr.po")


def catalogs(base: str, ours: str, theirs: str):
    return tuple(po.parse(side.encode(), "fr.po") for side in (base, ours, theirs))


def test_of_headers_the_later_revision_holds():
    made = merge(*catalogs(BASE, text(ONE, who="B", day=2), text(ONE, who="C", day=3))).catalog
    assert made.headers["Last-Translator"] == "C"
    assert made.headers["PO-Revision-Date"].startswith("2026-01-03")


def test_what_was_reviewed_without_the_other_side_is_a_draft():
    reviewed = text(ONE, TWO, THREE, GONE, state="reviewed")
    changed = text(ONE, TWO, message("Three.", "Trois."), GONE)
    for sides in ((reviewed, changed), (changed, reviewed)):
        assert merge(*catalogs(BASE, *sides)).catalog.headers["X-Review-State"] == "draft"
    for sides in ((reviewed, BASE), (BASE, reviewed)):
        assert merge(*catalogs(BASE, *sides)).catalog.headers["X-Review-State"] == "reviewed"


def test_approving_an_old_text_approves_no_new_one():
    base = text(message("One.", "Un.", "#, fuzzy\n"))
    approved = text(ONE)
    reworded = text(message("One.", "Une.", "#, fuzzy\n"))
    for sides in ((approved, reworded), (reworded, approved)):
        (entry,) = merge(*catalogs(base, *sides)).catalog.entries
        assert (entry.forms, entry.is_fuzzy()) == (("Une.",), True)


def test_another_charset_and_utf_8_make_utf_8():
    latin = text(message("One.", "Été.")).replace("UTF-8", "ISO-8859-1").encode("latin-1")
    ours = po.parse(latin, "fr.po")
    base, theirs = (
        po.parse(side.encode(), "fr.po") for side in (text(ONE), text(ONE, message("Pain", "Mal’")))
    )
    for sides in ((ours, theirs), (theirs, ours)):
        data = po.write(merge(base, *sides).catalog)
        again = po.parse(data, "fr.po")
        assert again.charset == "utf-8"
        assert {"Été.", "Mal’"} <= {entry.msgstr for entry in again.entries}


def test_nothing_in_common_is_no_conflict():
    made = merge(*catalogs("", BASE, text(message("New.", "Neuf."))))
    assert (made.conflicts, len(made.catalog.entries)) == ((), 5)


def test_the_bytes_of_what_did_not_change_stay():
    ours = BASE.replace("\n\n", "\n\n\n")
    made = merge(*catalogs(BASE, ours, text(ONE, TWO, THREE, GONE, message("New.", "Neuf."))))
    assert po.write(made.catalog).decode() == ours + '\nmsgid "New."\nmsgstr "Neuf."\n'


SIDES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "x", "y"]), st.booleans()),
                 max_size=4, unique_by=lambda one: one[0])  # fmt: skip


@given(SIDES, SIDES, SIDES)
def test_whatever_both_sides_do_no_translation_is_lost(base, ours, theirs):
    made = [
        text(*(message(i, s, "#, fuzzy\n" if f else "") for i, s, f in side))
        for side in (base, ours, theirs)
    ]
    old, mine, other = catalogs(*made)
    result = merge(old, mine, other)
    said = {(e.msgid, part) for e in result.catalog.entries for part in e.msgstr.split("\n")}
    before = {e.msgid: e.msgstr for e in old.entries}
    for side, opposite in ((mine, other), (other, mine)):
        there = {e.msgid for e in opposite.entries}
        for e in side.entries:
            if (
                e.msgstr
                and e.msgstr != before.get(e.msgid)
                and (e.msgid in there or e.msgid in before)
            ):
                assert (e.msgid, e.msgstr) in said
    assert all(MSGCAT in e.msgstr and e.is_fuzzy() for e in result.conflicts)
    again = po.parse(po.write(result.catalog), "fr.po")
    assert [e.key() for e in again.entries] == [e.key() for e in result.catalog.entries]
