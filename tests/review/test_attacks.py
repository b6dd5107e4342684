"""What somebody could try against the ledger who may write files into the repository."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import replace
from hashlib import sha256

import pytest
from forms import fill_html
from lives import DOSE, TYPO, Life, begin

from ankl_i18n.html.signed import LABELS
from ankl_i18n.review import act_files
from ankl_i18n.review.ledger import act_path, ledger, write
from ankl_i18n.review.making import reviewed
from ankl_i18n.review.records import BACK, MESSAGE, Act, Kind, ReviewedMessage, ReviewState
from ankl_i18n.source.texts import read

CALL = "Do not wait until the morning."


@pytest.fixture
def life(tmp_path) -> Life:
    return begin(tmp_path / "example")


def said(life: Life, **fields) -> tuple[ReviewedMessage, ...]:
    """Return all that readers get, as it would stand in an act."""
    return tuple(replace(reviewed(text), **fields) for text in life.content().texts)


def forge(life: Life, kind: Kind, reviewer: str, **fields) -> Act:
    """Write an act as an editor of files does: nothing asks who may."""
    given = {"scope": MESSAGE, "date": life.day, **fields}
    act = Act(kind, "fr", "fever", reviewer, **given)
    return life.at(write, act)


def page(life: Life) -> str:
    life.run("build", "fr", "--only", "html", "--jobs", "1", "--drafts")
    return (life.root / "build" / "fr" / "fever.html").read_text(encoding="utf-8")


# --- acts that nobody may make --------------------------------------------------------------------


def test_a_verdict_without_a_back_translation_is_worth_nothing(life):
    life.sample.replace("pyproject.toml", "[tool.ankl_i18n.review]",
                        '[tool.ankl_i18n.review]\nback-translate = "always"')  # fmt: skip
    forge(life, Kind.VERDICT, "r-7f3a", messages=said(life))
    assert life.states(BACK) == {ReviewState.REFUSED}
    (why,) = {one.roles[BACK].reason for one in life.state().messages}
    assert why == "nobody translated it back"


@pytest.mark.parametrize(("back", "judge", "why"), [
    ("nobody", "r-7f3a", "nobody translated it back"),
    ("t-01", "r-7f3a", "t-01, who translated it back, translated it"),
    ("r-7f3a", "t-01", "t-01 translated it"),
    ("r-7f3a", "r-7f3a", "r-7f3a translated it back"),
    ("r-7f3a", "t-02", ""),
])  # fmt: skip
def test_three_persons_make_a_verdict(life, back, judge, why):
    life.sample.replace("pyproject.toml", "[tool.ankl_i18n.review]",
                        '[tool.ankl_i18n.review]\nback-translate = "always"')  # fmt: skip
    forge(life, Kind.BACK_TRANSLATE, back, messages=said(life, text="A text."))
    forge(life, Kind.VERDICT, judge, messages=said(life))
    assert {one.roles[BACK].reason for one in life.state().messages} == {why}
    assert (life.states(BACK) == {ReviewState.SIGNED}) is (not why)


def test_a_withdrawn_back_translation_is_none(life):
    life.sample.replace("pyproject.toml", "[tool.ankl_i18n.review]",
                        '[tool.ankl_i18n.review]\nback-translate = "always"')  # fmt: skip
    back = forge(life, Kind.BACK_TRANSLATE, "r-7f3a", messages=said(life, text="A text."))
    forge(life, Kind.VERDICT, "t-02", messages=said(life))
    forge(life, Kind.WITHDRAW, "r-7f3a", of=(back.name,))
    assert life.states(BACK) == {ReviewState.REFUSED}


def test_an_error_that_a_reviewer_found_is_theirs_to_take_back(life):
    """An error of review mode or of a packet is a rejection: no coordinator lifts it."""
    messages = said(life, verdict="error", note="It says the contrary.")
    act = forge(life, Kind.SIGN, "r-7f3a", role="reviser", messages=messages)
    assert life.states("reviser") == {ReviewState.REJECTED}
    command = ("review", "withdraw", act.name, "--reason", "no time")
    refused = life.run(*command, "--reviewer", "k-01", code=2)
    assert "only r-7f3a can withdraw this sign" in refused
    forge(life, Kind.WITHDRAW, "k-01", of=(act.name,))
    assert life.states("reviser") == {ReviewState.REJECTED}
    life.run(*command, "--reviewer", "r-7f3a")
    assert ReviewState.REJECTED not in life.states("reviser")


def test_who_recorded_an_error_may_take_the_record_back(life):
    messages = said(life, verdict="error", note="It says the contrary.")
    act = forge(life, Kind.SIGN, "r-7f3a", role="reviser", messages=messages, recorded_by="k-01")
    life.run("review", "withdraw", act.name, "--reason", "wrong file", "--reviewer", "k-01")
    assert ReviewState.REJECTED not in life.states("reviser")


@pytest.mark.parametrize("who", ["nobody", "r-7f3a"])
def test_a_page_counts_no_readers_of_acts_that_do_not_count(life, who):
    day = life.day if who == "nobody" else life.day + datetime.timedelta(30)
    forge(life, Kind.READERS_TESTED, who, messages=said(life), readers=500, date=day)
    assert "500 ·" not in page(life)
    forge(life, Kind.READERS_TESTED, "k-01", messages=said(life), readers=500)
    assert "500 ·" in page(life)


def test_a_page_names_no_translator_of_acts_that_do_not_count(life):
    """Of those who translated it is git that knows; an act of somebody who may comes before."""
    life.sample.replace(
        "reviews/reviewers.toml", "[t-01]", '[t-01]\nname = "Ann Example"\nconsent = 2026-02-01'
    )
    life.later(1)
    forge(life, Kind.TRANSLATE, "nobody", messages=said(life))
    row = r"<dt>([^<]*)</dt>\s*<dd>([^<]*)<time datetime=\"2026-03-0{}\""
    ((label, name),) = re.findall(row.format(2), page(life))
    assert (label, name.strip()) == (life.sample.words("fr", LABELS["translated"]), "Ann Example ·")
    assert not re.findall(row.format(3), page(life))
    forge(life, Kind.TRANSLATE, "t-02", messages=said(life))
    assert re.findall(row.format(3), page(life)) == [(label, "")]


def test_a_forged_translate_act_hides_no_translator(life):
    """Whoever is not in reviewers.toml, or no longer, has translated nothing."""
    life.revise(TYPO, "Buvez assez.", "second-translator")
    forge(life, Kind.TRANSLATE, "nobody", messages=said(life))
    life.sign("reviser", "t-02", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.REFUSED


def test_a_remark_is_not_silenced_by_a_stranger(life):
    messages = said(life, verdict="remark", note="Rather vous.")
    act = forge(life, Kind.SIGN, "r-7f3a", role="reviser", messages=messages)
    forge(life, Kind.WITHDRAW, "c-90ab", of=(act.name,))
    assert "12 remarks, 12 of them open" in life.run("review", "remarks", "fr", code=1)
    forge(life, Kind.ANSWER, "nobody", of=(act.name,), messages=tuple(
        replace(one, answer="done") for one in act.messages))  # fmt: skip
    assert "12 remarks, 12 of them open" in life.run("review", "remarks", "fr", code=1)


def test_a_change_of_looks_that_is_none(life):
    """A forged `carry` is compared anew: one letter makes another word."""
    life.sign("reviser", "r-7f3a")
    old = {one.msgid: one for one in said(life)}
    life.commit("Signed", "reviser")
    for before, after in (
        (CALL, "Do now wait until the morning."),
        (
            "Drink enough, even if you are not thristy.",
            "Drink enough, even if you are hot thirsty.",
        ),
        (DOSE, DOSE.replace("500", "50")),
        (DOSE, DOSE.replace("may", "mey").replace("500 mg", "500 g")),
    ):
        text = life.sample.text("source/fever.md")
        life.sample.replace("source/fever.md", before, after)
        catalog = life.sample.catalog("fr", "fever")
        kept = catalog.read_text(encoding="utf-8")
        catalog.write_text(kept.replace(before, after), encoding="utf-8")
        (now,) = [one for one in said(life) if one.msgid == after]
        assert now.msgstr
        forge(life, Kind.CARRY, "update",
              messages=(replace(now, before=old[before].hash),))  # fmt: skip
        assert life.of(after) is ReviewState.VOID, after
        catalog.write_text(kept, encoding="utf-8")
        life.sample.path("source/fever.md").write_text(text, encoding="utf-8")


# --- acts that are no acts ------------------------------------------------------------------------


def test_an_act_of_the_last_day_there_is(life):
    forge(life, Kind.SIGN, "r-7f3a", role="reviser", messages=said(life),
          date=datetime.date.max)  # fmt: skip
    (why,) = {one.roles["reviser"].reason for one in life.state().messages}
    assert why == "it is dated in the future (9999-12-31)"
    life.run("review", "status", "fr", "--messages")


def test_an_act_about_no_text(life):
    """Nothing was read of a message that has no translation: nothing is made of it."""
    life.sign("reviser", "r-7f3a")
    empty = replace(said(life)[0], msgid="Gone.", msgstr=())
    from ankl_i18n.review.hashes import message_hash, message_key

    hashed = replace(empty, key=message_key(empty.msgctxt, "Gone."),
                     hash=message_hash("en", "fr", empty.msgctxt, "Gone.", None, ()))  # fmt: skip
    forge(life, Kind.SIGN, "r-7f3a", role="reviser", messages=(hashed,))
    life.sample.replace("source/fever.md", CALL, "Do not wait.")
    life.run("review", "status", "fr", "--messages", code=None)
    assert life.state()


@pytest.mark.parametrize(("old", "new", "message", "line"), [
    ('act = "sign"', 'act = "bless"', "no such act: 'bless'", 3),
    ('scope = "message"', 'scope = "planet"', "scope: write message, section:ID or leaflet", 4),
    ('role = "reviser"', 'role = "king"', "no such role: 'king'", 7),
    ("date = 2026-03-02", "date = 2026-03-02T10:00:00", "has the wrong type", 9),
    ('verdict = "ok"', 'verdict = "fine"', "no such verdict: 'fine'", 19),
    ('verdict = "ok"', 'verdict = "ok"\nblessing = "x"', "unknown field 'blessing'", 20),
    ("msgstr = [", "msgstr = [1, ", "in a message: write texts in quotes", 18),
    ('key = "', 'key = "0', "the hash is not that of what was read", 15),
    ("statement", "sprache", "unknown field 'sprache'", 10),
    ("[[message]]", "readers = -1\n\n[[message]]", "readers: -1 has the wrong type", 14),
])  # fmt: skip
def test_what_is_wrong_with_an_act_is_told_with_its_line(life, old, new, message, line):
    act = forge(life, Kind.SIGN, "r-7f3a", role="reviser", messages=said(life)[:2],
                statement="meaning-1", reason="No reason.")  # fmt: skip
    text = (life.root / act_path(act)).read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    (life.root / act_path(act)).unlink()
    path = life.root / act_path(replace(act, name=act_files.act_name(act, changed)))
    path.write_text(changed, encoding="utf-8")
    (problem,) = life.at(ledger, "fr").problems
    assert message in problem.message
    assert problem.location.line == line


@pytest.mark.parametrize(("damage", "hint"), [
    (lambda data: data.replace(b"\n", b"\r\n"), "its line endings"),
    (lambda data: b"\xef\xbb\xbf" + data, "byte order mark"),
    (lambda data: data + b"\n", "bring it back as it was"),
    (lambda data: data.replace(b"e", "е".encode(), 1), "bring it back as it was"),
])  # fmt: skip
def test_an_act_whose_bytes_were_changed_says_how(life, damage, hint):
    life.sign("reviser", "r-7f3a")
    (act,) = life.acts()
    path = life.root / act_path(act)
    path.write_bytes(damage(path.read_bytes()))
    (problem,) = life.at(ledger, "fr").problems
    assert "was changed after it was written" in problem.message
    assert hint in problem.hint
    assert life.states("reviser") == {ReviewState.NONE}


def test_the_code_of_an_edition_is_that_of_its_root(life):
    forge(life, Kind.PUBLISH, "k-01", scope="leaflet", root=life.content().root,
          code="AAAAAAAAAA", edition="print", messages=said(life))  # fmt: skip
    (problem,) = life.at(ledger, "fr").problems
    assert "the code does not match its root" in problem.message


# --- words that look the same ---------------------------------------------------------------------


@pytest.mark.parametrize(("change", "note"), [
    (lambda text: unicodedata.normalize("NFD", text), "only the encoding of letters changed"),
    (lambda text: text.replace("a", "\u0430", 1), "letters of another script"),
    (lambda text: text.replace("’", "'"), ""),
    (lambda text: text.replace(" ", "\u00a0", 1), "only white space changed"),
    (lambda text: text.replace("z", "z\u00ad", 1), "only invisible characters changed: U+00AD"),
    (lambda text: text + "\u200b", "only invisible characters changed: U+200B"),
])  # fmt: skip
def test_other_letters_are_other_words_and_the_report_says_which(life, change, note):
    life.sign("reviser", "r-7f3a")
    (was,) = [one.msgstr[0] for one in said(life) if one.msgid == TYPO]
    now = change(was)
    assert now != was
    life.revise(TYPO, now)
    assert life.of(TYPO) is ReviewState.VOID
    assert note in life.run("review", "status", "fr", "--messages", "--role", "reviser")


# --- history --------------------------------------------------------------------------------------


def test_a_whole_language_that_vanished(life):
    life.sign("reviser", "r-7f3a")
    life.commit("Signed", "reviser")
    import shutil

    shutil.rmtree(life.root / "reviews" / "fr")
    life.commit("Nothing was ever signed")
    assert "this act has disappeared" in life.run("review", "verify", code=1)
    assert "this act has disappeared" in life.run("review", "status", code=1)


def test_an_act_that_was_exchanged_for_one_with_the_same_digits(life, monkeypatch):
    """Eight digits can be made to match in an hour: git knows what a commit brought."""
    life.sign("reviser", "r-7f3a", "--section", "medicine")
    life.commit("Signed", "reviser")
    (act,) = life.acts()
    path = life.root / act_path(act)
    forged = act_files.act_text(replace(act, reason="Grinding.", name=""), "en")
    path.write_text(forged, encoding="utf-8")
    digits = path.stem[-8:]
    monkeypatch.setattr("ankl_i18n.review.act_files.digits_of", lambda _: digits)
    assert life.at(ledger, "fr").problems == ()
    for _ in range(2):
        told = life.run("review", "verify", code=1)
        assert "this act is not the one that a commit brought" in told
        life.commit("Exchanged")
    assert "the ledger of review has errors" in life.state().reasons[0]


def test_a_ledger_that_is_a_repository_of_its_own(life):
    """Git then says nothing of its acts here: that is told."""
    life.sign("reviser", "r-7f3a")
    inner = Life(type(life.sample)(life.root / "reviews"), life.day)
    inner.git("init", "-q", "-b", "main")
    inner.commit("Acts", "reviser")
    life.git("add", "reviews", code=None)
    life.commit("A repository within")
    assert "is a repository of its own" in life.run("review", "verify", code=None)


def test_settings_of_git_hide_nothing(life, monkeypatch, tmp_path):
    """Root commits, merges and names are seen whatever somebody has set for themselves."""
    life.sign("reviser", "r-7f3a")
    life.commit("Signed", "reviser")
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[log]\nshowRoot = false\ndiffMerges = first-parent\nmailmap = true\nfollow = true\n"
        "[diff]\nrelative = true\nrenames = copies\n[core]\nquotePath = true\n"
        "[color]\nui = always\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert life.states("reviser") == {ReviewState.SIGNED}
    (act,) = life.acts()
    (life.root / act_path(act)).unlink()
    assert "this act has disappeared" in life.run("review", "verify", code=1)


def test_an_act_that_was_in_the_first_commit_of_all(life, monkeypatch, tmp_path):
    import shutil

    life.sign("reviser", "r-7f3a")
    shutil.rmtree(life.root / ".git")
    life.git("init", "-q", "-b", "main")
    life.commit("All at once", "translator")
    settings = tmp_path / "gitconfig"
    settings.write_text("[log]\nshowRoot = false\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert life.states("reviser") == {ReviewState.SIGNED}
    (act,) = life.acts()
    (life.root / act_path(act)).unlink()
    assert "this act has disappeared" in life.run("review", "verify", code=1)


def test_a_mailmap_makes_nobody_somebody_else(life):
    """Who translated says so in the commit; a file that maps addresses changes nothing of it."""
    life.revise(TYPO, "Buvez assez.", "second-translator")
    (life.root / ".mailmap").write_text(
        "T <translator@example.org> <second-translator@example.org>\n", encoding="utf-8"
    )
    life.commit("Map addresses")
    life.sign("reviser", "t-02", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.REFUSED


def test_who_translated_together_signs_nothing_of_it(life):
    life.sample.translate("fr", "fever", TYPO, "Buvez assez.")
    life.git("add", "-A")
    life.git("commit", "-q", "-m", "Translate\n\nCo-authored-by: X <second-translator@example.org>",
             who="translator")  # fmt: skip
    life.sign("reviser", "t-02", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.REFUSED
    life.sign("reviser", "r-7f3a", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.SIGNED


def test_the_audit_tells_of_days_long_past(life):
    """Who commits can set every day: those who merge see what is older than what they had."""
    life.later(60)
    life.commit("What was merged so far")
    life.later(-30)
    life.sign("reviser", "r-7f3a")
    life.commit("As if a month ago", "reviser")
    life.later(30)
    told = life.run("review", "audit", "--since", "HEAD~1", code=None)
    assert "its day (2026-04-01) lies before that revision (2026-05-01)" in told


def test_both_sides_of_a_merge_sign_the_same_words(life):
    for name, who in (("one", "r-7f3a"), ("two", "t-02")):
        life.git("checkout", "-q", "-b", name, "main")
        life.later(1)
        life.sign("reviser", who)
        life.commit(f"Signed on {name}", "reviser")
    life.git("merge", "-q", "--no-edit", "one")
    assert life.states("reviser") == {ReviewState.SIGNED}
    (first, second) = life.acts()
    life.run("review", "withdraw", second.name, "--reviewer", second.reviewer, "--reason", "x")
    assert life.states("reviser") == {ReviewState.SIGNED}
    life.run("review", "withdraw", first.name, "--reviewer", first.reviewer, "--reason", "x")
    assert life.states("reviser") == {ReviewState.WITHDRAWN}
    life.run("review", "verify")


def test_the_same_words_signed_on_both_sides_and_changed_by_the_merge(life):
    life.git("checkout", "-q", "-b", "side")
    life.sign("reviser", "r-7f3a")
    life.commit("Signed on a branch", "reviser")
    life.git("checkout", "-q", "main")
    life.revise(TYPO, "Buvez beaucoup.")
    life.git("merge", "-q", "--no-edit", "side")
    assert life.of(TYPO) is ReviewState.VOID


def test_a_catalog_under_an_older_name_of_its_language(life):
    """Who translated is known whatever the folder of a catalog was called."""
    life.git("mv", "locale/fr", "locale/fr_FR")
    life.commit("Another name", "stranger")
    life.git("mv", "locale/fr_FR", "locale/fr")
    life.commit("Back again", "stranger")
    life.sign("reviser", "r-7f3a")
    assert life.states("reviser") == {ReviewState.SIGNED}


def test_names_that_differ_in_their_case_alone(life):
    life.sign("reviser", "r-7f3a")
    life.commit("Signed", "reviser")
    (act,) = life.acts()
    path = life.root / act_path(act)
    path.rename(path.with_name(path.name.replace("-sign-", "-SIGN-")))
    told = life.run("review", "verify", code=1)
    assert "this act has disappeared" in told
    assert life.states("reviser") == {ReviewState.NONE}


def test_a_folder_that_is_no_language(life):
    (life.root / "reviews" / "notes").mkdir()
    (life.root / "reviews" / "notes" / "list.toml").write_text("", encoding="utf-8")
    told = life.run("review", "verify", code=1)
    assert "the project has no language notes" in told
    assert "reviews/notes/list.toml" in told


def test_a_damaged_task_says_where(life):
    folder = life.root / "review-tasks"
    life.run("review", "blind", "fr", "--format", "xlsx")
    (task,) = folder.glob("*.task.json")
    (form,) = folder.glob("*.xlsx")
    task.write_text('{\n "ankl-i18n": "task-1",\n "kind": \n}\n', encoding="utf-8")
    told = life.run("review", "import", str(form), "--reviewer", "r-7f3a", code=1)
    assert re.search(r"task\.json:4: error: the task's file is damaged", told)


# --- blind tasks ----------------------------------------------------------------------------------


def sent(life: Life) -> str:
    """Return the file of a blind task in which every line was translated back."""
    life.run("review", "blind", "fr", "--format", "html")
    (page,) = (life.root / "review-tasks").glob("blind-*.html")
    texts = [read(one.msgstr[0]).shown for one in said(life)]
    return str(fill_html(page, {text: {2: "A text."} for text in texts}))


def test_an_answer_counts_only_if_the_digest_was_committed_before(life):
    form = sent(life)
    assert life.sample.text("reviews/.gitattributes") == "* -text\n"  # its bytes are compared
    asked = ("review", "import", form, "--reviewer", "r-7f3a", "--write")
    told = life.run(*asked, code=1)
    assert "was not committed before it was sent" in told
    assert "git add reviews/fr/fever/blind-" in told
    assert life.acts() == ()
    life.later(1)
    life.commit("The digest of a task")
    told = life.run(*asked, "--date", "2026-03-02", code=1)
    assert "is of 2026-03-02, and the digest of its task was committed on 2026-03-03" in told
    assert "12 lines" in life.run(*asked)
    (act,) = life.acts()
    assert act.date == life.day


def test_a_task_that_was_exchanged_after_its_digest_was_committed(life):
    """The file and its digest fit each other, and are not those of the commit."""
    form = sent(life)
    life.commit("The digest of a task")
    (task,) = (life.root / "review-tasks").glob("*.task.json")
    (digest,) = (life.root / "reviews" / "fr" / "fever").glob("*.sha256")
    task.write_text(task.read_text(encoding="utf-8") + " ", encoding="utf-8")
    made = sha256(task.read_bytes()).hexdigest()
    digest.write_text(f"{made}  {task.name}\n", encoding="utf-8")
    asked = ("review", "import", form, "--reviewer", "r-7f3a", "--write")
    assert "or not as it is" in life.run(*asked, code=1)
    life.commit("Exchange both")
    assert "or not as it is" in life.run(*asked, code=1)
    assert life.acts() == ()


def test_blind_mode_does_not_begin_with_a_task_that_was_not_committed(life):
    sent(life)
    (task,) = (life.root / "review-tasks").glob("*.task.json")
    name = task.name.removesuffix(".task.json")
    told = life.run("workbench", "--no-browser", "--blind", name, code=1)
    assert "was not committed before it was sent" in told
