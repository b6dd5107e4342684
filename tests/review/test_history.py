"""What git's history tells of the ledger: acts that vanished, and what cannot be known."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lives import TYPO, Life, begin

from ankl_i18n.review import authors, history
from ankl_i18n.review.git import SAFE
from ankl_i18n.review.ledger import act_path, write
from ankl_i18n.review.making import new_act, reviewed
from ankl_i18n.review.records import Kind, ReviewState


@pytest.fixture
def life(tmp_path) -> Life:
    """The example, signed by a reviser, a text of it rejected by a clinician."""
    life = begin(tmp_path / "example")
    life.sign("reviser", "r-7f3a")
    life.run("review", "reject", "fr", "fever", "--section", "when-to-call-us",
             "--role", "clinician", "--reviewer", "c-90ab", "--reason", "not safe")  # fmt: skip
    life.commit("Signed and rejected")
    return life


def rejection(life: Life) -> Path:
    (path,) = (life.root / "reviews" / "fr" / "fever").glob("*-reject-*.toml")
    return path


def held_back(life: Life) -> bool:
    said = life.run("build", "fr", "--only", "html", "--jobs", "1", code=1)
    assert "this act has disappeared" in said
    return not (life.root / "build" / "fr" / "fever.html").exists()


def test_a_rejection_holds_back(life):
    assert life.state().reasons == ("3 texts are not signed by a clinician (3 rejected)",)
    life.run("build", "fr", "--only", "html", "--jobs", "1")
    assert not (life.root / "build" / "fr" / "fever.html").exists()


def test_a_rejection_that_was_deleted(life):
    life.sign("clinician", "c-90ab", "--section", "when-to-call-us")
    rejection(life).unlink()
    assert held_back(life)
    life.commit("Deleted and committed")
    assert held_back(life)
    assert "the ledger of review has errors" in life.state().reasons[0]
    life.git("checkout", "-q", "HEAD~1", "--", "reviews")
    assert "disappeared" not in life.run("review", "verify")


def test_a_withdrawal_that_was_deleted(life):
    (act,) = [act for act in life.acts() if act.act == "sign"]
    life.run("review", "withdraw", act.name, "--reviewer", "r-7f3a", "--reason", "overlooked")
    life.commit("Withdrawn")
    assert life.states("reviser") == {ReviewState.WITHDRAWN}
    (path,) = (life.root / "reviews" / "fr" / "fever").glob("*-withdraw-*.toml")
    path.unlink()
    life.commit("Deleted")
    assert life.states("reviser") == {ReviewState.SIGNED}
    assert "the ledger of review has errors" in life.state().reasons[0]
    assert held_back(life)


def test_an_act_that_a_merge_left_out(life):
    """A merge that takes away what one of its sides brought has no commit that deletes it."""
    life.git("checkout", "-q", "-b", "side")
    life.later(1)
    life.sign("reviser", "r-7f3a", "--section", "medicine")
    life.commit("Signed on a branch", "reviser")
    life.git("checkout", "-q", "main")
    (life.root / "notes.txt").write_text("Other work.", encoding="utf-8")
    life.commit("Other work")
    life.git("merge", "-q", "-s", "ours", "--no-edit", "side")
    assert "1 error" in life.run("review", "verify", code=1)
    assert "this act has disappeared" in life.run("review", "verify", code=1)


def test_branches_with_acts_merge_without_conflict(life):
    for name, section in (("one", "medicine"), ("two", "when-to-call-us")):
        life.git("checkout", "-q", "-b", name, "main")
        life.later(1)
        life.sign("reviser", "r-7f3a", "--section", section)
        life.commit(f"Signed on {name}", "reviser")
    life.git("merge", "-q", "--no-edit", "one")
    assert len(life.acts()) == 4
    life.run("review", "verify")


def test_an_act_that_was_moved(life):
    """Who moves acts after a leaflet's new name is told to leave them where they are."""
    folder = life.root / "reviews" / "fr"
    (folder / "fever").rename(folder / "temperature")
    said = life.run("review", "verify", code=1)
    assert "this act belongs to reviews/fr/fever/" in said
    assert "this act has disappeared" in said


def test_a_leaflet_with_a_new_name_keeps_what_was_signed(life):
    (life.root / "source" / "fever.md").rename(life.root / "source" / "temperature.md")
    for path in [*life.root.glob("locale/*/LC_MESSAGES/fever.po"), life.root / "locale/fever.pot"]:
        path.rename(path.with_name(path.name.replace("fever", "temperature")))
    life.run("extract")
    life.run("update")
    life.commit("Rename the leaflet")
    found = life.state("temperature").messages
    assert {one.roles["reviser"].state for one in found} == {ReviewState.SIGNED}


def test_a_clone_that_is_too_shallow_says_so(life, tmp_path):
    rejection(life).unlink()
    life.commit("Deleted")
    life.commit("Something else")
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--depth", "1", f"file://{life.root}", str(clone)]
    subprocess.run(command, check=True)
    shallow = Life(type(life.sample)(clone), life.day)
    said = shallow.run("review", "verify")
    assert "have disappeared: this clone is shallow" in said
    assert "git fetch --unshallow" in said
    said = shallow.run("build", "fr", "--only", "html", "--jobs", "1", code=None)
    assert "this clone is shallow" in said
    reasons = {one.roles["reviser"].reason for one in shallow.state().messages}
    assert reasons == {"who translated it is not known: this clone is shallow"}


def test_a_project_in_a_folder_of_its_repository(life):
    """Paths of git are those from the top; acts and catalogs are known all the same."""
    shutil.move(life.root / ".git", life.root.parent / ".git")
    life.commit("Move the project into a folder", "stranger")
    assert life.states("reviser") == {ReviewState.SIGNED}
    before = life.git("rev-parse", "HEAD")
    rejection(life).unlink()
    life.commit("Deleted")
    assert "this act has disappeared" in life.run("review", "verify", code=1)
    assert "! act disappeared  reviews/fr/fever/" in life.run(
        "review", "audit", "--since", before, code=1
    )


def test_without_a_repository_it_is_said(life):
    shutil.rmtree(life.root / ".git")
    said = life.run("review", "verify")
    assert "have disappeared: fatal: not a git repository" in said
    assert "keep the project in a git repository" in said
    assert life.states("reviser") == {ReviewState.REFUSED}
    reasons = {one.roles["reviser"].reason for one in life.state().messages}
    assert [why.partition(": fatal")[0] for why in reasons] == ["who translated it is not known"]


def test_without_a_policy_nothing_is_asked_of_review(life, monkeypatch):
    text = (life.root / "pyproject.toml").read_text(encoding="utf-8")
    (life.root / "pyproject.toml").write_text(text.partition("[tool.ankl_i18n.review]")[0], "utf-8")
    monkeypatch.setattr("ankl_i18n.review.git.run", lambda *_, **__: pytest.fail("git was asked"))
    for name in ("review.history.run", "review.state.state"):
        monkeypatch.setattr(f"ankl_i18n.{name}", lambda *_, **__: pytest.fail("review was asked"))
    life.run("build", "fr", "--only", "html", "--jobs", "1")
    life.run("coverage")
    life.run("check")
    assert (life.root / "build" / "fr" / "fever.html").exists()


# --- four eyes ----------------------------------------------------------------------------------


def test_nobody_signs_what_they_translated(life):
    life.revise(TYPO, "Buvez assez, même sans soif.", "reviser")
    life.later(1)
    life.sign("reviser", "r-7f3a")
    assert life.of(TYPO) is ReviewState.REFUSED
    assert "r-7f3a translated it" in life.run("review", "status", "fr", "--messages")
    life.sign("reviser", "t-02")
    assert life.of(TYPO) is ReviewState.SIGNED


def test_what_is_not_committed_has_no_known_translator(life):
    life.sample.translate("fr", "fever", TYPO, "Buvez assez.")
    life.sign("reviser", "r-7f3a", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.REFUSED
    life.commit("Translate anew", "translator")
    assert life.of(TYPO) is ReviewState.SIGNED


def test_an_author_whom_nobody_knows(life):
    life.revise(TYPO, "Buvez assez.", "stranger")
    life.sign("reviser", "r-7f3a", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.REFUSED
    life.sample.replace("pyproject.toml", "[tool.ankl_i18n.review]",
                        "[tool.ankl_i18n.review]\nfour-eyes = []")  # fmt: skip
    assert life.of(TYPO) is ReviewState.SIGNED


def test_who_wraps_a_catalog_anew_has_not_translated_it(life):
    path = life.sample.catalog("fr", "fever")
    text = path.read_text(encoding="utf-8")
    long = "Buvez assez, même si vous n’avez pas soif."
    assert f'msgstr "{long}"' in text
    path.write_text(
        text.replace(f'msgstr "{long}"', f'msgstr ""\n"{long[:12]}"\n"{long[12:]}"'), "utf-8"
    )
    life.commit("Wrap it anew", "reviser")
    assert life.of(TYPO) is ReviewState.SIGNED
    known = life.at(authors.authors, "fr").by_words
    assert known[authors.words_digest([long])].addresses == ("translator@example.org",)


def test_acts_of_translators_come_before_git(life):
    """An import writes down who translated; the commit is of who imported."""
    life.revise(TYPO, "Buvez assez.", "coordinator")
    shown = life.content()
    (text,) = [one for one in shown.texts if one.msgid == TYPO]

    def translated(project):
        said = [reviewed(text)]
        act = new_act(project, Kind.TRANSLATE, shown, "message", said, reviewer="t-02")
        return write(project, replace(act, statement=""))

    life.at(translated)
    life.sign("reviser", "t-02", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.REFUSED
    life.sign("reviser", "r-7f3a", "--message", TYPO)
    assert life.of(TYPO) is ReviewState.SIGNED


# --- audit --------------------------------------------------------------------------------------


def test_the_audit_tells_what_changed(life, tmp_path):
    before = life.git("rev-parse", "HEAD")
    assert "Nothing about the review has changed" in life.run("review", "audit")
    life.later(1)
    life.sign("reviser", "r-7f3a", "--section", "medicine")
    life.sample.replace("pyproject.toml", "24 months", "48 months")
    life.sample.replace("reviews/reviewers.toml", '["clinician"]', '["clinician", "reviser"]')
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")])
    life.run("review", "allow", "r-7f3a", str(tmp_path / "key.pub"))
    said = life.run("review", "audit", "--since", before)
    assert "  act new  reviews/fr/fever/2026-03-03-r-7f3a-sign-" in said
    assert "policy changed  pyproject.toml" in said
    assert "24 months" in said.partition("→")[0]
    assert "48 months" in said.partition("→")[2]
    assert '-roles = ["clinician"]  +roles = ["clinician", "reviser"]' in said
    assert "keys new  reviews/allowed_signers  +r-7f3a namespaces=" in said


def test_the_audit_tells_which_acts_vanished_or_were_changed(life):
    before = life.git("rev-parse", "HEAD")
    rejection(life).unlink()
    (act,) = [act for act in life.acts() if act.act == "sign"]
    path = life.root / act_path(act)
    path.write_text(path.read_text(encoding="utf-8").replace("ok", "ok "), encoding="utf-8")
    life.commit("Tampered with")
    said = life.run("review", "audit", "--since", before, code=1)
    assert "! act disappeared  reviews/fr/fever/" in said
    assert "! act changed  reviews/fr/fever/" in said


def test_the_audit_tells_that_history_was_rewritten(life):
    """What a rebase dropped is nowhere in the history: only an older revision still knows it."""
    before = life.git("rev-parse", "HEAD")
    life.git("reset", "-q", "--hard", "HEAD~1")
    life.commit("Another history")
    assert "cannot" not in life.run("review", "verify")
    said = life.run("review", "audit", "--since", before, code=1)
    assert "! rewritten  HEAD" in said
    assert said.count("! act disappeared") == 2


def test_a_revision_that_is_not_there(life):
    said = life.run("review", "audit", "--since", "--output=x", code=2)
    assert "'--output=x'" in said
    assert not (life.root / "x").exists()


def test_git_runs_nothing_of_the_repository(life, tmp_path):
    """Neither hooks nor a monitor of files that a clone may bring."""
    trap = tmp_path / "trap"
    script = tmp_path / "monitor"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    script.chmod(0o755)
    life.git("config", "core.fsmonitor", str(script))
    life.git("config", "core.hooksPath", str(tmp_path))
    life.run("review", "audit", "--since", "HEAD")
    life.at(history.history)
    assert not trap.exists()
    assert "core.fsmonitor=false" in SAFE
