"""Acts as files: what is written is read back, and what is wrong with others is said."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import pty
import re
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lives import FIRST, TYPO, Life, begin

from ankl_i18n.errors import AnklError
from ankl_i18n.review import act_files, hashes
from ankl_i18n.review.ledger import act_path, write
from ankl_i18n.review.making import STATEMENTS, new_act, reviewed
from ankl_i18n.review.records import (
    BACK,
    MESSAGE,
    Act,
    Checks,
    Kind,
    ReviewedMessage,
    ReviewState,
    WrongActError,
)
from ankl_i18n.review.reviewers import reviewers
from expected_problems import expected, found

CASES = Path(__file__).parents[1] / "cases" / "review"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def message(msgctxt: str | None, msgid: str, forms: tuple[str, ...], **said) -> ReviewedMessage:
    key = hashes.message_key(msgctxt, msgid)
    read = hashes.message_hash("en", "fr", msgctxt, msgid, None, forms)
    return ReviewedMessage(key, read, msgid, forms, msgctxt, **said)


def act(messages: tuple[ReviewedMessage, ...] = (), **said) -> Act:
    root = hashes.root_of((one.key, one.hash) for one in messages)
    return Act(
        Kind.SIGN, "fr", "fever", "r-7f3a", FIRST, MESSAGE, "reviser",
        root=root, messages=messages, **said,
    )  # fmt: skip


def read_back(written: Act) -> Act:
    text = act_files.act_text(written, "en")
    name = act_files.act_name(written, text)
    return act_files.read_act(text.encode(), "an act", name)


@given(st.lists(st.tuples(st.none() | TEXT, TEXT, TEXT, TEXT), max_size=4), TEXT)
def test_what_is_written_is_read_back(texts, reason):
    """Whatever signs, controls and directions a text holds."""
    messages = tuple(
        message(context, msgid, (msgstr,), note=note) for context, msgid, msgstr, note in texts
    )
    written = act(messages, reason=reason, checks=Checks("0.3.0", 1, 2), of=("a", "b"), readers=3)
    back = read_back(written)
    assert (back.messages, back.reason, back.checks) == (messages, reason, written.checks)
    assert (back.of, back.readers, back.role) == (("a", "b"), 3, "reviser")


def test_nothing_in_a_file_turns_its_lines_around():
    text = act_files.act_text(act(reason="a\u202eb\u2066c\x85d"), "en")
    assert r'reason = "a\u202Eb\u2066c\u0085d"' in text


WRONG = {
    "msgstr = [": ("msgstr = 5\nmsgstr2 = [", "in a message"),
    'act = "sign"': ('act = "bless"', "no such act: 'bless'"),
    "format = 1": ("format = 2", "this act is not of format 1: update ankl-i18n"),
    'verdict = "ok"': ('verdict = "fine"', "no such verdict: 'fine'"),
    "Buvez": ("Mangez", "the hash is not that of what was read"),
    'root = "sha256:': ('root = "sha256:0', "the root does not match its messages"),
    "date = 2026-03-02": ('date = "2026-03-02"', "date: '2026-03-02' has the wrong type"),
    'language = "fr"': ('sprache = "fr"', "unknown field 'sprache'"),
    'leaflet = "fever"\n': ("", "leaflet is missing"),
    'reviewer = "r-7f3a"': ('reviewer = "r-0000"', "its file name does not match its contents"),
    'role = "reviser"': ("role = ", "not valid TOML"),
    "[[message]]\n": ("[message]\n", "message: {"),
    "scope = ": ("checks = 3\nscope = ", "checks: 3 has the wrong type"),
    "act = ": ("checks = { good = true }\nact = ", "checks: unknown field 'good'"),
    "key = ": ("key = 5 #", "in a message: write texts in quotes"),
    "[[message]]": ("of = [1]\n[[message]]", "of: write a list of texts"),
}


@pytest.mark.parametrize("old", WRONG, ids=lambda old: old.strip())
def test_a_wrong_act_does_not_count_and_is_told(old):
    """Its name is that of its content: only what is in it is wrong."""
    new, expected_message = WRONG[old]
    written = act((message(None, TYPO, ("Buvez assez.",)),))
    text = act_files.act_text(written, "en")
    assert old in text
    changed = text.replace(old, new, 1)
    name = act_files.act_name(written, changed)
    with pytest.raises(WrongActError) as wrong:
        act_files.read_act(changed.encode(), "reviews/fr/fever/an-act.toml", name)
    (problem,) = wrong.value.problems
    assert expected_message in problem.message
    assert problem.location.path == "reviews/fr/fever/an-act.toml"


def test_no_case_of_a_wrong_act_is_right():
    assert read_back(act((message(None, TYPO, ("Buvez assez.",)),))).messages


@pytest.mark.parametrize("case", sorted(CASES.glob("reviewers/*.toml")), ids=lambda c: c.stem)
def test_wrong_reviewers(case, tmp_path):
    life = begin(tmp_path)
    text = case.read_text(encoding="utf-8")
    (life.root / "reviews" / "reviewers.toml").write_text(text, encoding="utf-8")
    problems = life.at(reviewers).problems
    assert found(problems) == expected(text)
    assert "the ledger of review has errors" in life.state().reasons[0]


# --- the ledger of a project --------------------------------------------------------------------


@pytest.fixture
def life(tmp_path) -> Life:
    return begin(tmp_path / "example")


def test_an_act_says_where_it_is(life):
    life.sign("reviser", "r-7f3a")
    (made,) = life.acts()
    path = life.root / act_path(made)
    assert re.fullmatch(r"2026-03-02-r-7f3a-sign-[0-9a-f]{8}\.toml", path.name)
    assert (life.root / "reviews" / ".gitattributes").read_text(encoding="utf-8") == "* -text\n"
    assert made.root == life.content().root
    assert made.checks.errors == 0
    text = path.read_text(encoding="utf-8")
    assert 'statement = "meaning-1"' in text
    assert "@" not in text, "no address of anybody"


def test_signing_twice_writes_one_act(life):
    life.sign("reviser", "r-7f3a")
    life.sign("reviser", "r-7f3a")
    assert len(life.acts()) == 1


def test_what_was_withdrawn_can_be_signed_again_the_same_day(life):
    life.sign("reviser", "r-7f3a")
    (first,) = life.acts()
    life.run("review", "withdraw", first.name, "--reviewer", "r-7f3a", "--reason", "too fast")
    assert life.states("reviser") == {ReviewState.WITHDRAWN}
    life.sign("reviser", "r-7f3a")
    life.commit("Signed again")
    assert life.states("reviser") == {ReviewState.SIGNED}
    assert {one.again for one in life.acts() if one.act is Kind.SIGN} == {0, 1}


def test_only_what_was_read_is_signed(life):
    """A letter that changes between reading and signing is seen."""
    asked = ("sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a")
    shown = life.run("review", *asked, code=1)
    root = re.search(r"--yes-i-read (\S+)", shown)[1]
    for text in life.content().texts:
        assert text.msgid in shown
        assert text.forms[0] in shown
    life.revise(TYPO, "Buvez.")
    said = life.run("review", *asked, "--yes-i-read", root, code=2)
    assert "these are not the texts that you read" in said
    assert life.acts() == ()


def test_what_is_not_translated_is_not_signed(life):
    life.revise(TYPO, "")
    shown = life.run("review", "sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a",
                     code=1)  # fmt: skip
    assert TYPO not in shown
    assert "Not translated, and not signed: 1 texts" in shown
    assert life.of(TYPO) is ReviewState.NO_TEXT


def test_what_the_checks_say_is_shown_before_signing(life):
    life.revise("Take your temperature 2 times a day.", "Prenez votre température 3 fois par jour.")
    asked = ("sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a")
    assert "The checks say:\n  2 became 3 [numbers]" in life.run("review", *asked, code=1)
    life.sign("reviser", "r-7f3a")
    assert life.acts()[0].checks.errors == 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (
            ("sign", "fr", "fever", "--role", "clinician", "--reviewer", "r-7f3a"),
            "the role clinician",
        ),
        (("sign", "es", "fever", "--role", "clinician", "--reviewer", "c-90ab"), "not review es"),
        (
            ("sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-1"),
            "not in reviewers.toml",
        ),
    ],
)
def test_an_act_that_would_not_count_is_not_written(life, asked, why):
    root = life.content(tag=asked[1]).root
    assert why in life.run("review", *asked, "--yes-i-read", root, code=2)
    assert not (life.root / "reviews" / "fr").exists()


def test_names_that_are_not_there(life):
    asked = ("--role", "reviser", "--reviewer", "r-7f3a")
    assert "no leaflet nothing" in life.run("review", "sign", "fr", "nothing", *asked, code=2)
    assert "no section 'pain'" in life.run(
        "review", "sign", "fr", "fever", "--section", "pain", *asked, code=2
    )
    assert "no such text" in life.run(
        "review", "sign", "fr", "fever", "--message", "Pain", *asked, code=2
    )
    assert "en is not translated" in life.run("review", "sign", "en", "fever", *asked, code=2)


def test_no_file_is_named_after_what_is_no_id(life):
    with pytest.raises(AnklError, match="not a reviewer's id"):
        life.at(write, Act(Kind.SIGN, "fr", "fever", "../x", datetime.date(2026, 3, 2)))


def test_only_spaces_changed(life):
    life.sign("reviser", "r-7f3a")
    life.revise(TYPO, "Buvez assez, même si vous n’avez\u00a0pas soif.")
    assert life.of(TYPO) is ReviewState.VOID
    assert "reviser: void: only white space changed" in life.run(
        "review", "status", "fr", "--messages"
    )


def test_what_a_header_says_is_written_down_and_suffices_for_nothing(life):
    path = life.sample.catalog("fr", "fever")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"X-Review-State: \w+", "X-Review-State: reviewed", text), "utf-8")
    life.commit("Somebody says that it was reviewed")
    assert life.states("reviser") == {ReviewState.NONE}
    assert 'the header says "reviewed"' in life.run("check", "fr")
    assert "wrote  reviews/fr/fever/2026-03-02-unknown-sign-" in life.run("review", "migrate")
    assert 'the header says "reviewed"' not in life.run("check", "fr")
    assert life.states("reviser") == {ReviewState.UNKNOWN}
    assert "12 texts are not signed by a reviser (12 unknown)" in life.state().reasons
    assert "without an act in the ledger" in life.run("review", "migrate")
    life.run("build", "fr", "--only", "html", "--jobs", "1", "--drafts")
    page = (life.root / "build" / "fr" / "fever.html").read_text(encoding="utf-8")
    assert "A professional has checked" not in page
    life.sign("reviser", "r-7f3a")
    assert life.states("reviser") == {ReviewState.SIGNED}


def test_two_leaflets_with_one_code_are_refused(life, monkeypatch):
    life.sign("reviser", "r-7f3a")
    life.sign("clinician", "c-90ab")
    monkeypatch.setattr("ankl_i18n.review.content.code_of", lambda root: "AAAAAAAAAA")
    shutil.rmtree(life.root / ".cache")
    said = life.run("review", "publish", "fr", "--reviewer", "k-01", "--edition", "web", code=2)
    assert "the code AAAAAAAAAA is that of fever in es, too" in said


def test_what_is_held_back_is_not_published(life):
    asked = ("publish", "fr", "--leaflet", "fever", "--reviewer", "k-01", "--edition", "web")
    said = life.run("review", *asked, code=2)
    assert "fever is not published in fr: 12 texts are not signed by a reviser" in said
    every = ("publish", "fr", "--reviewer", "k-01", "--edition", "web")
    said = life.run("review", *every, code=1)
    assert "fever is not published in fr: 12 texts are not signed by a reviser" in said


def test_a_check_counts_to_its_last_day(life):
    life.sign("reviser", "r-7f3a")
    for day, state in (
        (datetime.date(2028, 3, 2), ReviewState.SIGNED),
        (datetime.date(2028, 3, 3), ReviewState.EXPIRED),
    ):
        life.day = day
        assert life.states("reviser") == {state}


def test_who_may_not_sign_is_told_before_reading(life):
    asked = ("sign", "fr", "fever", "--role", "clinician", "--reviewer", "r-7f3a")
    said = life.run("review", *asked, code=2)
    assert "r-7f3a does not have the role clinician" in said
    assert TYPO not in said


def test_the_evidence_names_only_who_consented(life):
    life.sign("reviser", "r-7f3a")
    life.sign("clinician", "c-90ab")
    life.run("review", "tested", "fr", "fever", "--readers", "5", "--reviewer", "k-01",
             "--note", "All found whom to call.")  # fmt: skip
    said = life.run("review", "pack", "fr")
    assert "Readers who tested it: 5" in said
    life.run("review", "reject", "fr", "fever", "--section", "medicine", "--role", "reviser",
             "--reviewer", "r-7f3a", "--reason", "too formal")  # fmt: skip
    assert "| 3, 0 answered |" in life.run("review", "pack", "fr")
    assert "Dr Invented Example (c-90ab)" in said
    assert "All found whom to call." in said
    life.sample.replace("reviews/reviewers.toml", "consent = 2026-02-01", "")
    assert "Dr Invented" not in life.run("review", "pack", "fr")


def test_coverage_counts_reviewed_words(life):
    life.sign("clinician", "c-90ab", "--section", "when-to-call-us")
    life.commit("Signed")
    table = life.run("coverage", "fr")
    assert "reviser 0%, clinician 100%" in table
    listed = json.loads(life.run("coverage", "fr", "--format", "json"))
    (leaflet,) = [one for one in listed["languages"][0]["leaflets"] if one["domain"] == "fever"]
    assert leaflet["reviewed"]["clinician"]["percent"] == 100
    assert leaflet["reviewed"]["clinician"]["reviewers"] == ["c-90ab"]
    assert leaflet["published"] is False
    page = life.run("coverage", "fr", "--format", "html")
    assert "Words reviewed" in page
    assert "<td>reviser 0%, clinician 100%</td>" in page
    head, line, *_ = csv.reader(io.StringIO(life.run("coverage", "fr", "--format", "csv")))
    cells = dict(zip(head, line, strict=True))
    assert (cells["percent signed by reviser"], cells["words signed by reviser"]) == ("0", "0")
    assert cells["percent signed by clinician"] == "100"
    assert cells["words signed by clinician"] == str(leaflet["reviewed"]["clinician"]["total"])
    for form in ("junit", "markdown"):
        assert "reviser 0%, clinician 100%" in life.run("coverage", "fr", "--format", form)
    badge = life.run("coverage", "fr", "--format", "svg", "--reviewed", "clinician")
    assert "signed by a clinician: 100%" in badge


def test_status_as_json_html_and_markdown(life):
    life.sign("reviser", "r-7f3a", "--section", "medicine")
    listed = json.loads(life.run("review", "status", "fr", "--format", "json"))
    (leaflet,) = listed["leaflets"]
    assert leaflet["code"] == life.content().code
    (section,) = [one for one in leaflet["sections"] if one["id"] == "medicine"]
    assert section["roles"]["reviser"]["percent"] == 100
    assert {one["role"] for one in leaflet["open"]} == {"reviser", "clinician"}
    page = life.run("review", "status", "fr", "--format", "html")
    assert "<h1>Review</h1>" in page
    assert "9 texts are not signed by a reviser" in page
    said = life.run("review", "status", "fr", "--format", "markdown")
    assert "## ankl-i18n review: 0 of 1 not held back" in said


def test_back_translation_is_judged_by_a_third_person(life):
    """A verdict counts of neither who translated, nor who translated back."""
    life.sample.replace("pyproject.toml", "[tool.ankl_i18n.review]",
                        '[tool.ankl_i18n.review]\nback-translate = "always"')  # fmt: skip
    shown = life.content()

    def said(kind, who):
        def make(project):
            texts = [reviewed(text) for text in shown.texts]
            return write(project, new_act(project, kind, shown, "leaflet", texts, reviewer=who,
                                          role="reviser"))  # fmt: skip

        life.at(make)

    assert "12 texts are not judged after translation back (12 none)" in life.state().reasons
    said(Kind.BACK_TRANSLATE, "t-02")
    said(Kind.VERDICT, "t-02")
    assert life.states(BACK) == {ReviewState.REFUSED}
    said(Kind.VERDICT, "r-7f3a")
    assert life.states(BACK) == {ReviewState.SIGNED}


def test_sections_in_another_order_stay_signed_and_are_told(life):
    """Words are as they were; who signed the leaflet as a whole saw it otherwise."""
    life.sign("reviser", "r-7f3a")
    code = life.content().code
    assert life.state().rearranged == ()
    path = life.root / "source" / "fever.md"
    head, call, medicine = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8"))
    path.write_text(f"{head}{medicine}\n{call}", encoding="utf-8")
    assert life.states("reviser") == {ReviewState.SIGNED}
    assert life.content().code != code
    assert life.state().rearranged == ("reviser",)
    assert "signed as a whole with a different order" in life.run("review", "status", "fr")
    life.sign("reviser", "r-7f3a")
    assert life.state().rearranged == ()


def test_the_code_is_of_all_that_readers_get(life):
    """Another picture, another version or day: another code, and no word of a message."""
    seen = {life.content().code}
    for old, new in (
        ('version: "1"', 'version: "2"'),
        ("updated: 2026-01-31", "updated: 2026-02-01"),
    ):
        life.sample.replace("source/fever.md", old, new)
        seen.add(life.content().code)
    (life.root / "source" / "pill.svg").write_text("<svg>1</svg>", encoding="utf-8")
    life.sample.replace("source/fever.md", "Write down", "![A pill](pill.svg)\n\nWrite down")
    seen.add(life.content().code)
    (life.root / "source" / "pill.svg").write_text("<svg>2</svg>", encoding="utf-8")
    seen.add(life.content().code)
    (life.root / "source" / "pill.fr.svg").write_text("<svg>3</svg>", encoding="utf-8")
    seen.add(life.content().code)
    assert len(seen) == 6
    assert life.content(tag="es").code not in seen


def test_nothing_is_written_outside_of_the_project(life, tmp_path):
    (tmp_path / "outside").mkdir()
    (life.root / "reviews" / "fr").symlink_to(tmp_path / "outside")
    root = life.content().root
    asked = ("sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a")
    said = life.run("review", *asked, "--yes-i-read", root, code=1)
    assert "is outside the project" in said
    assert not [*(tmp_path / "outside").iterdir()]


def test_acts_in_a_folder_of_no_language_are_told(life):
    life.sign("reviser", "r-7f3a")
    (life.root / "reviews" / "fr").rename(life.root / "reviews" / "FR")
    assert "the project has no language FR" in life.run("review", "verify", code=1)


def test_an_import_records_who_translated(life):
    """Its commit is of who imported: nobody signs what they translated themselves."""
    life.run("export", "fr", "--format", "csv")
    (path,) = (life.root / "export").glob("fever.fr.csv")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Buvez assez, même si", "Buvez assez, et même si"), "utf-8-sig")
    said = life.run("import", str(path), "--write", "--translator", "t-02", code=None)
    assert "wrote  reviews/fr/fever/2026-03-02-t-02-translate-" in said
    life.commit("Import", "coordinator")
    (made,) = life.acts()
    assert [one.msgid for one in made.messages] == [TYPO]
    life.sign("reviser", "t-02")
    assert life.of(TYPO) is ReviewState.REFUSED
    life.sign("reviser", "r-7f3a")
    assert life.states("reviser") == {ReviewState.SIGNED}


def test_in_a_terminal_every_section_is_shown_and_then_asked(life):
    """A real terminal: sections one after the other, a question at the end."""
    asked = ["review", "sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a"]
    said = in_terminal(life, asked, [(b"q: stop", b"\n")] * 2 + [(b"[y/N]", b"n\n")])
    assert "12 texts. What is signed:" in said
    assert life.acts() == ()
    said = in_terminal(life, asked, [(b"q: stop", b"\n")] * 2 + [(b"[y/N]", b"y\n")])
    assert "wrote  reviews/fr/fever/" in said
    assert life.states("reviser") == {ReviewState.SIGNED}
    said = in_terminal(life, asked, [(b"q: stop", b"q\n")])
    assert "What is signed" not in said


def in_terminal(life: Life, asked: list[str], answers: list[tuple[bytes, bytes]]) -> str:
    """Run a command in a terminal of its own; answer each question when it is asked."""
    child, terminal = pty.fork()
    if not child:
        os.chdir(life.root)
        os.execve(sys.executable, [sys.executable, "-m", "ankl_i18n", *asked],
                  {**os.environ, **life.env(), "TERM": "dumb"})  # fmt: skip
    said, start = b"", 0
    for question, answer in answers:
        while question not in said[start:]:
            said += os.read(terminal, 4096)
        start = len(said)
        os.write(terminal, answer)
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:  # the terminal is closed when the command ends
        pass
    os.waitpid(child, 0)
    return said.decode()


def test_the_statements_are_those_of_the_documentation():
    page = (CASES.parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([\w-]+)` \| ([\w-]+) \| (.*) \|$", page, re.MULTILINE))
    assert documented == {(name, role, text) for (name, role), text in STATEMENTS.items()}
