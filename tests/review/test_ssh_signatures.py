"""Signatures with real keys, and what somebody could try against them."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lives import TYPO, Life, begin

from ankl_i18n.review.ledger import act_path, write
from ankl_i18n.review.records import How, Kind, ReviewState
from ankl_i18n.review.ssh_signatures import NAMESPACE, SIGNERS, signature


def keygen(path: Path) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "invented@example.org", "-f"]
    subprocess.run([*command, str(path)], check=True)
    return path


@pytest.fixture(scope="session")
def keys(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: keygen(folder / name) for name in ("reviser", "clinician", "thief")}


@pytest.fixture
def life(tmp_path, keys) -> Life:
    """The example, whose policy requires signatures, and whose reviser has a key for a year."""
    life = begin(tmp_path)
    life.sample.replace("pyproject.toml", "[tool.ankl_i18n.review]",
                        '[tool.ankl_i18n.review]\nsignatures = "require"')  # fmt: skip
    for reviewer, key in (("r-7f3a", "reviser"), ("c-90ab", "clinician")):
        life.run("review", "allow", reviewer, f"{keys[key]}.pub",
                 "--from", "2026-03-01", "--until", "2027-03-01")  # fmt: skip
    life.commit("Let keys sign")
    return life


@pytest.fixture
def signed(life, keys) -> Life:
    life.sign("reviser", "r-7f3a", "--key", str(keys["reviser"]))
    life.commit("Revised", "reviser")
    return life


def act_file(life: Life) -> Path:
    (act,) = life.acts()
    return life.root / act_path(act)


def reason(life: Life) -> str:
    found = {one.roles["reviser"].reason for one in life.state().messages}
    (why,) = found
    return why


def refused(life: Life) -> str:
    assert life.states("reviser") == {ReviewState.REFUSED}
    assert life.state().reasons
    return reason(life)


def test_a_good_signature_counts(signed):
    assert life_how(signed) == {How.KEY}
    assert signed.states("reviser") == {ReviewState.SIGNED}
    signed.run("review", "verify")


def life_how(life: Life) -> set[How]:
    return {one.roles["reviser"].how for one in life.state().messages}


def test_the_comment_of_a_key_is_left_out(signed):
    text = (signed.root / SIGNERS).read_text(encoding="utf-8")
    assert "@example.org" not in text
    assert text.count(f'namespaces="{NAMESPACE}",valid-after="20260301"') == 2


def test_a_private_key_is_no_public_key(life, keys):
    said = life.run("review", "allow", "r-7f3a", str(keys["thief"]), code=2)
    assert "this is not a public key" in said


def test_an_act_without_a_signature_does_not_count(life):
    said = life.sign("reviser", "r-7f3a")
    assert f"ssh-keygen -Y sign -f KEY -n {NAMESPACE} reviews/fr/fever/" in said
    assert refused(life) == "it is not signed with a key"
    assert "(12 refused; refused: it is not signed with a key)" in life.state().reasons[0]


def test_where_signatures_are_only_wished_for_it_is_named(life):
    life.sample.replace("pyproject.toml", '"require"', '"warn"')
    life.sign("reviser", "r-7f3a")
    assert life.states("reviser") == {ReviewState.SIGNED}
    assert life_how(life) == {How.PLAIN}
    assert "warning: it is not signed with a key" in life.run("review", "status", "fr")


def test_a_changed_text(signed):
    path = act_file(signed)
    path.write_text(path.read_text(encoding="utf-8").replace("reviser", "clinician"), "utf-8")
    said = signed.run("review", "verify", code=1)
    assert "this act was changed after it was written" in said
    assert signed.states("reviser") == {ReviewState.NONE}
    assert "the ledger of review has errors" in signed.state().reasons[0]


def test_a_changed_text_under_its_new_name(signed):
    """Whoever changes an act and its name has not changed its signature."""
    (act,) = signed.acts()
    old = act_file(signed)
    sig = old.with_name(old.name + ".sig")
    old.unlink()
    made = signed.at(write, replace(act, statement="meaning-0", name=""))
    new = signed.root / act_path(made)
    sig.rename(new.with_name(new.name + ".sig"))
    assert "its signature is not valid" in refused(signed)


def test_a_signature_for_another_use(life, keys):
    life.sign("reviser", "r-7f3a")
    path = act_file(life)
    command = [
        "ssh-keygen",
        "-q",
        "-Y",
        "sign",
        "-f",
        str(keys["reviser"]),
        "-n",
        "file",
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    life.commit("Signed for another use", "reviser")
    assert "its signature is not valid" in refused(life)


def test_a_key_that_nobody_allowed(life, keys):
    life.sign("reviser", "r-7f3a", "--key", str(keys["thief"]))
    life.commit("Signed by a thief", "thief")
    assert "its signature is not valid" in refused(life)


def test_the_key_of_somebody_else(life, keys):
    life.sign("reviser", "r-7f3a", "--key", str(keys["clinician"]))
    life.commit("Signed with another key", "reviser")
    assert "its signature is not valid" in refused(life)


def test_a_signature_copied_from_another_act(signed):
    first = act_file(signed)
    signed.later(1)
    signed.sign("reviser", "r-7f3a", "--section", "medicine")
    new = next(p for p in first.parent.glob("*.toml") if p != first)
    shutil.copy(first.with_name(first.name + ".sig"), new.with_name(new.name + ".sig"))
    signed.commit("A copied signature", "reviser")
    (copied,) = [act for act in signed.acts() if act.name == new.stem]
    good, why = signed.at(signature, copied)
    assert (good, why.partition(":")[0]) == (False, "its signature is not valid")


def test_a_missing_signature(signed):
    path = act_file(signed)
    path.with_name(path.name + ".sig").unlink()
    assert refused(signed) == "it is not signed with a key"


def test_no_file_of_signers(signed):
    (signed.root / SIGNERS).unlink()
    assert refused(signed) == f"there is no {SIGNERS}"


def test_an_expired_key_still_vouches_for_what_it_signed_before(signed):
    signed.later(400)
    assert signed.states("reviser") == {ReviewState.SIGNED}


def test_an_expired_key_signs_nothing_new(life, keys):
    life.later(400)
    life.sign("reviser", "r-7f3a", "--key", str(keys["reviser"]))
    life.commit("Signed too late", "reviser")
    assert "its signature is not valid" in refused(life)


def test_an_expired_key_cannot_backdate(life, keys):
    life.later(400)
    today, life.day = life.day, datetime.date(2026, 12, 1)
    life.sign("reviser", "r-7f3a", "--key", str(keys["reviser"]))
    life.day = today
    assert refused(life) == f"it says 2026-12-01 but came on {today}"
    life.commit("Signed for a day long past", "reviser")
    assert refused(life) == f"it says 2026-12-01 but came on {today}"


def test_a_day_is_no_backdating(life, keys):
    life.sign("reviser", "r-7f3a", "--key", str(keys["reviser"]))
    life.later(1)
    life.commit("Committed the next morning", "reviser")
    assert life.states("reviser") == {ReviewState.SIGNED}


def test_a_day_to_come(life, keys):
    life.later(30)
    life.sign("reviser", "r-7f3a", "--key", str(keys["reviser"]))
    life.later(-30)
    assert refused(life) == "it is dated in the future (2026-04-01)"


def test_a_reviewer_who_was_revoked(signed):
    signed.sample.replace("reviews/reviewers.toml", "[r-7f3a]", "[r-7f3a]\nrevoked = 2026-03-09")
    assert refused(signed) == "r-7f3a was revoked (2026-03-09)"


def test_a_reviewer_who_left_keeps_what_they_signed(signed, keys):
    signed.sample.replace("reviews/reviewers.toml", "[r-7f3a]", "[r-7f3a]\nuntil = 2026-03-09")
    assert signed.states("reviser") == {ReviewState.SIGNED}
    signed.later(30)
    asked = ("sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a")
    root = signed.content().root
    said = signed.run("review", *asked, "--yes-i-read", root, code=2)
    assert "r-7f3a was not active on 2026-04-01" in said


def test_the_order_of_acts_makes_no_difference(signed, keys):
    """Acts that are read in another order, as after a merge, are worth the same."""
    signed.later(1)
    signed.run("review", "reject", "fr", "fever", "--section", "medicine", "--role", "reviser",
               "--reviewer", "r-7f3a", "--reason", "no", "--key", str(keys["reviser"]))  # fmt: skip
    signed.later(1)
    signed.sign("reviser", "r-7f3a", "--key", str(keys["reviser"]))
    signed.commit("Rejected, and signed again", "reviser")
    first = signed.state().messages
    for path in sorted((signed.root / "reviews/fr/fever").iterdir(), reverse=True):
        moved = path.with_name(f"_{path.name}")
        path.rename(moved)
        moved.rename(path)
    assert signed.state().messages == first
    rejected = [one for one in first if one.roles["reviser"].state is ReviewState.REJECTED]
    assert [one.text.sections for one in rejected] == [("medicine",)] * 3


def test_history_that_was_rebased(signed, keys):
    """The same acts on another base count as before: authors' days stay."""
    signed.git("checkout", "-q", "-b", "work", "HEAD~1")
    (signed.root / "notes.txt").write_text("An unrelated file.", encoding="utf-8")
    signed.later(20)
    signed.commit("Something else")
    signed.git("rebase", "-q", "work", "main")
    assert signed.git("log", "-1", "--format=%cs") == signed.day.isoformat()
    assert signed.states("reviser") == {ReviewState.SIGNED}


def test_what_came_by_mail_is_reported_and_never_signed_with_a_key(life, keys):
    life.run("review", "allow", "k-01", f"{keys['thief']}.pub")
    life.sign("reviser", "r-7f3a", "--recorded-by", "k-01", "--key", str(keys["thief"]))
    life.commit("Recorded what came by mail")
    assert life.states("reviser") == {ReviewState.SIGNED}
    assert life_how(life) == {How.REPORTED}
    assert "r-7f3a (reported by mail)" in life.run("review", "status", "fr")


def test_nobody_without_that_role_records(life, keys):
    asked = ("sign", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a")
    root = life.content().root
    said = life.run("review", *asked, "--recorded-by", "c-90ab", "--yes-i-read", root, code=2)
    assert "c-90ab, who recorded it, does not have the role coordinator" in said


def test_withdrawing_a_rejection_needs_the_key_of_who_rejected(life, keys):
    life.run("review", "reject", "fr", "fever", "--role", "reviser", "--reviewer", "r-7f3a",
             "--reason", "wrong", "--key", str(keys["reviser"]))  # fmt: skip
    life.commit("Rejected", "reviser")
    (rejection,) = life.acts()
    made = replace(
        rejection, act=Kind.WITHDRAW, of=(rejection.name,), messages=(), root="", name=""
    )
    life.at(write, made)
    life.commit("Withdrawn without a key", "thief")
    assert life.states("reviser") == {ReviewState.REJECTED}
    said = life.run("review", "withdraw", rejection.name, "--reviewer", "k-01", "--reason", "no",
                    code=2)  # fmt: skip
    assert "only r-7f3a can withdraw this reject" in said
    life.later(1)
    life.run("review", "withdraw", rejection.name, "--reviewer", "r-7f3a", "--reason", "a mistake",
             "--key", str(keys["reviser"]))  # fmt: skip
    life.commit("Withdrawn", "reviser")
    assert ReviewState.REJECTED not in life.states("reviser")


def test_without_ssh_keygen_it_is_said(signed, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "install OpenSSH" in refused(signed)


def test_an_import_says_how_its_acts_are_signed(life, keys):
    """Whoever translated is known by a signed act, or else by git: a forged one hides nobody."""
    life.run("export", "fr", "--format", "csv")
    (path,) = (life.root / "export").glob("fever.fr.csv")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Buvez assez, même si", "Buvez assez, et même si"), "utf-8-sig")
    told = life.run("import", str(path), "--write", "--translator", "t-01", code=None)
    assert f"ssh-keygen -Y sign -f KEY -n {NAMESPACE} reviews/fr/fever/" in told
    life.commit("Import", "second-translator")
    life.run("review", "allow", "t-02", f"{keys['clinician']}.pub")
    life.sign("reviser", "t-02", "--message", TYPO, "--key", str(keys["clinician"]))
    assert life.of(TYPO) is ReviewState.REFUSED
    life.sign("reviser", "r-7f3a", "--message", TYPO, "--key", str(keys["reviser"]))
    assert life.of(TYPO) is ReviewState.SIGNED


@pytest.mark.parametrize(("line", "why"), [
    ("a broken line", "this line names nobody and no key"),
    ("r-7f3a ssh-ed25519", "this line names nobody and no key"),
    ("* {key}", "this key signs for everyone who matches a pattern"),
    ("r-*,c-90ab {key}", "this key signs for everyone who matches a pattern"),
])  # fmt: skip
def test_a_file_of_signers_that_is_wrong_is_told_with_its_line(signed, keys, line, why):
    public = " ".join(Path(f"{keys['thief']}.pub").read_text(encoding="utf-8").split()[:2])
    path = signed.root / SIGNERS
    text = path.read_text(encoding="utf-8") + "# A comment.\n\n" + line.format(key=public) + "\n"
    path.write_text(text, encoding="utf-8")
    told = signed.run("review", "verify", code=1)
    assert f"reviews/allowed_signers:5: error: {why}" in told
    assert "the ledger of review has errors" in signed.state().reasons[0]


def test_lines_that_people_write_are_signers(signed, keys):
    """Several ids, a comment after the key, options of ssh-keygen."""
    path = signed.root / SIGNERS
    public = Path(f"{keys['thief']}.pub").read_text(encoding="utf-8").strip()
    more = f'r-7f3a,t-02 cert-authority,namespaces="review@ankl-i18n,git" {public} and more\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    signed.run("review", "verify")
    assert signed.states("reviser") == {ReviewState.SIGNED}
