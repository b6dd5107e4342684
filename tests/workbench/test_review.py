"""Review mode and blind mode, on the invented example of review."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from lives import DOSE, begin
from test_pages import AXE

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.exchange.tasks import blind
from ankl_i18n.exchange.tasks.task import keep
from ankl_i18n.review.making import MEANING, STATEMENTS
from ankl_i18n.review.records import LEAFLET, MESSAGE, Kind, ReviewState
from ankl_i18n.settings import load
from ankl_i18n.workbench.app import BLIND_POSTS, POSTS
from ankl_i18n.workbench.room import Room
from ankl_i18n.workbench.words import sources
from at_desk import Desk, at_desk
from chromium import ALT, CONTROL, DESKTOP
from running_workbench import running

SEAT = {"leaflet": "fever", "tag": "fr", "reviewer": "r-7f3a", "role": "reviser"}
CALL = "Call us if your temperature is over 38.5 °C."
WAIT = "Do not wait until the morning."


@pytest.fixture
def life(tmp_path, monkeypatch):
    made = begin(tmp_path)
    for name, value in made.env().items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def bench(life):
    with running(life.root, "fr") as found:
        yield found


def pairs(bench, seat=SEAT) -> dict[str, dict]:
    found = bench.post("review", **seat)["sections"]
    return {text["source"]: text for section in found for text in section["texts"]}


def say(bench, pair, verdict="ok", seat=SEAT, **more) -> dict:
    said = {"verdict": verdict, "type": "", "severity": "", "note": "", **more}
    return bench.post("verdict", **seat, key=pair["key"], hash=pair["hash"], **said)


def say_all(bench, seat=SEAT, but=()) -> None:
    for source, pair in pairs(bench, seat).items():
        if source not in but:
            say(bench, pair, seat=seat)


def sign(bench, seat=SEAT) -> dict:
    end = bench.post("review-end", **seat)
    return bench.post("review-sign", **seat, agreed=end["agreed"])


def test_review_is_offered_only_where_there_is_a_policy(life, bench):
    assert bench.post("start")["review"] is True
    text = (life.root / "pyproject.toml").read_text(encoding="utf-8")
    without = text[: text.index("[tool.ankl_i18n.review]")]
    (life.root / "pyproject.toml").write_text(without, encoding="utf-8")
    bench.post("review", 404, **SEAT)
    with running(life.root, "fr") as other:
        assert other.post("start")["review"] is False


def test_people_are_those_who_may_sign_in_this_language(bench):
    people = {one["id"]: one for one in bench.post("reviewers", leaflet="fever", tag="fr")}
    assert {one: people[one]["roles"] for one in people} == {
        "t-02": ["reviser"], "r-7f3a": ["reviser"], "c-90ab": ["clinician"],
    }  # fmt: skip
    assert people["c-90ab"]["name"] == "Dr Invented Example"  # with consent
    spanish = bench.post("reviewers", leaflet="fever", tag="es")
    assert [one["id"] for one in spanish] == ["r-7f3a"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"reviewer": "nobody"}, 422),
        ({"role": "clinician"}, 422),
        ({"role": "translator"}, 400),
        ({"reviewer": "c-90ab", "role": "clinician", "tag": "es"}, 422),
        ({"leaflet": "../fever"}, 404),
        ({"tag": "xx"}, 404),
    ],
)
def test_nobody_else_reviews(life, bench, changed, status):
    for route in ("review", "review-end", "review-sign"):
        bench.post(route, status, **{**SEAT, **changed})
    assert life.acts() == ()


@pytest.fixture
def cold(life, monkeypatch):
    """Open a workbench that does nothing that nobody asked for."""

    async def nothing(_room) -> None:
        pass

    monkeypatch.setattr(Room, "warm", nothing)
    with running(life.root, "fr") as made:
        yield made


def test_a_verdict_asks_no_other_program(cold, monkeypatch):
    """Git is asked when the pairs are shown and when they are signed, not at each answer."""
    (first, *_) = pairs(cold).values()
    started, popen = [], subprocess.Popen

    class Seen(popen):
        def __init__(self, *given, **named):
            started.append(given)
            super().__init__(*given, **named)

    monkeypatch.setattr(subprocess, "Popen", Seen)
    assert say(cold, first) == {"changed": False}
    assert started == []
    cold.post("review", **SEAT)
    assert started  # what would have been seen


def test_a_whole_leaflet_is_read_and_signed(life, bench):
    say_all(bench)
    end = bench.post("review-end", **SEAT)
    assert len(end["signed"]) == len(pairs(bench))
    assert (end["open"], end["held"], end["missing"], end["changed"]) == (0, [], 0, [])
    assert life.acts() == ()  # looking signs nothing
    done = bench.post("review-sign", **SEAT, agreed=end["agreed"])
    assert (done["outcome"], done["command"], done["refused"]) == ("signed", "", [])
    (act,) = life.acts()
    assert (act.act, act.scope, act.role, act.statement) == (Kind.SIGN, LEAFLET, "reviser", MEANING)
    assert (life.root / done["path"]).is_file()
    assert act.root == life.content().root
    assert life.states("reviser") == {ReviewState.SIGNED}
    assert all(one["signed"] and one["said"] is None for one in pairs(bench).values())
    assert bench.post("review-end", **SEAT)["signed"] == []
    assert sign(bench)["outcome"] == "nothing"


def test_remarks_and_errors_are_recorded_as_those_of_a_packet(life, bench):
    say_all(bench)
    found = pairs(bench)
    grave = {"type": "mistranslation", "severity": "critical", "note": "it says day"}
    say(bench, found[WAIT], "error", **grave)
    say(bench, found[DOSE], "remark", note="“comprimé”?", type="other", severity="minor")
    end = bench.post("review-end", **SEAT)
    shown = {one["source"]: one for one in end["signed"]}
    assert shown[WAIT] | grave == shown[WAIT]
    assert sign(bench)["outcome"] == "signed"
    (act,) = life.acts()
    said = {one.msgid: one for one in act.messages}
    wrong, odd = said[WAIT], said[DOSE]
    assert (wrong.verdict, wrong.type, wrong.severity, wrong.note) == ("error", *grave.values())
    assert (odd.verdict, odd.type, odd.note) == ("remark", "", "“comprimé”?")
    assert life.of(WAIT) is ReviewState.REJECTED
    assert life.of(DOSE) is ReviewState.SIGNED
    assert "2 of them open" in life.run("review", "remarks", "fr", code=1)


def test_drafts_are_kept_and_offered_again(life):
    with running(life.root, "fr") as one:
        say(one, pairs(one)[DOSE], "error", note="6 or 8?")
        other = {**SEAT, "reviewer": "t-02"}
        assert pairs(one, other)[DOSE]["said"] is None  # another reviewer's desk
    with running(life.root, "fr") as one:
        said = pairs(one)[DOSE]["said"]
        assert (said["verdict"], said["note"]) == ("error", "6 or 8?")
        say(one, pairs(one)[DOSE], "")
        assert pairs(one)[DOSE]["said"] is None
    assert life.acts() == ()


def test_a_required_section_is_signed_as_a_whole(life, bench):
    say_all(bench, but=[WAIT])
    end = bench.post("review-end", **SEAT)
    assert end["held"] == ["When to call us"]
    assert not {CALL, "When to call us"} & {one["source"] for one in end["signed"]}
    sign(bench)
    (act,) = life.acts()
    assert act.scope == MESSAGE
    assert life.of(CALL) is ReviewState.NONE
    assert life.of(DOSE) is ReviewState.SIGNED
    # The drafts of the section are still there; what was signed before is no second time.
    assert pairs(bench)[CALL]["said"]["verdict"] == "ok"
    say(bench, pairs(bench)[WAIT])
    assert len(bench.post("review-end", **SEAT)["signed"]) == 3
    assert sign(bench)["outcome"] == "signed"
    assert life.states("reviser") == {ReviewState.SIGNED}


def test_what_changed_meanwhile_is_told_and_not_signed(life, bench):
    say_all(bench)
    agreed = bench.post("review-end", **SEAT)["agreed"]
    old = pairs(bench)[DOSE]
    life.revise(DOSE, "Vous pouvez prendre 500 mg de paracétamol toutes les 8 heures.")
    done = bench.post("review-sign", **SEAT, agreed=agreed)
    assert done["outcome"] == "changed"
    assert [one["source"] for one in done["end"]["changed"]] == [DOSE]
    assert DOSE not in {one["source"] for one in done["end"]["signed"]}
    assert life.acts() == ()
    assert say(bench, old) == {"changed": True}
    now = pairs(bench)[DOSE]
    assert (now["changed"], now["said"]) == (True, None)
    assert bench.post("review-sign", **SEAT, agreed=done["end"]["agreed"])["outcome"] == "signed"
    assert life.of(DOSE) is not ReviewState.SIGNED
    assert life.of(CALL) is ReviewState.SIGNED


def test_a_verdict_that_changed_meanwhile_is_not_signed_either(life, bench):
    say_all(bench)
    agreed = bench.post("review-end", **SEAT)["agreed"]
    say(bench, pairs(bench)[DOSE], "error", note="in another window")
    assert bench.post("review-sign", **SEAT, agreed=agreed)["outcome"] == "changed"
    assert bench.post("review-sign", **SEAT, agreed="")["outcome"] == "changed"
    assert life.acts() == ()


def test_the_last_screen_tells_what_is_ignored_and_not_covered(life, bench):
    path = life.root / "locale" / "fr" / "LC_MESSAGES" / "fever.po"
    catalog = po.read(path, path.name)
    for entry in catalog.entries:
        if entry.msgid == CALL:
            entry.msgstr = "Appelez-nous si votre température dépasse 39,5 °C."
        if entry.msgid == WAIT:
            entry.msgstr = "N’attendez pas le matin"
            entry.tcomment = "i18n: ignore end-punctuation: an invented reason"
        if entry.msgid == DOSE:
            entry.msgstr = ""
    po.save(catalog, path)
    say_all(bench)
    end = bench.post("review-end", **SEAT)
    assert end["missing"] == 1
    assert DOSE not in {one["source"] for one in end["signed"]}
    assert [one["message"] for one in end["problems"]]  # a number cannot be silenced
    assert [(one["reason"], one["text"] != "") for one in end["ignored"]] == [
        ("an invented reason", True)
    ]
    sign(bench)
    (act,) = life.acts()
    assert act.scope == LEAFLET  # all that readers get


def test_who_translated_it_is_told_that_it_does_not_count(life, bench):
    life.revise(DOSE, "Vous pouvez prendre 500 mg toutes les 6 heures.", "second-translator")
    seat = {**SEAT, "reviewer": "t-02"}
    say_all(bench, seat)
    assert sign(bench, seat)["refused"] == ["t-02 translated it"]


def test_a_key_is_asked_for_and_never_touched(life, bench):
    path = life.root / "pyproject.toml"
    policy = '[tool.ankl_i18n.review]\nsignatures = "require"\n'
    text = path.read_text(encoding="utf-8").replace("[tool.ankl_i18n.review]\n", policy)
    path.write_text(text, encoding="utf-8")
    say_all(bench)
    done = sign(bench)
    assert done["command"].startswith("ssh-keygen -Y sign -f KEY -n review@ankl-i18n reviews/fr/")
    assert not list((life.root / "reviews").rglob("*.sig"))
    # The very command, with a key: then it counts.
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "id"], cwd=life.root, check=True
    )
    life.run("review", "allow", "r-7f3a", str(life.root / "id.pub"))
    command = done["command"].replace("KEY", "id").split()
    subprocess.run(command, cwd=life.root, check=True, capture_output=True)
    life.commit("Sign")
    assert life.states("reviser") == {ReviewState.SIGNED}


@pytest.mark.parametrize("verdict", ["perfect", "OK", "\0"])
def test_there_are_no_other_verdicts(bench, verdict):
    found = pairs(bench)[DOSE]
    body = {**SEAT, "key": found["key"], "hash": found["hash"], "type": "", "severity": ""}
    bench.post("verdict", 400, **body, note="", verdict=verdict)
    bench.post("verdict", 404, **{**body, "key": "x"}, note="", verdict="ok")
    bench.post("verdict", 400, **{**body, "type": "x"}, note="", verdict="error")


def test_the_statements_of_the_desk_are_those_that_are_signed():
    said = dict(sources())["workbench/static/review.js"]
    for (name, role), statement in STATEMENTS.items():
        assert name == MEANING
        assert re.search(rf'"?{role}"?: \(\) => _\("{re.escape(statement)}"\)', said)


# --- blind mode -------------------------------------------------------------------------------


@pytest.fixture
def task(life):
    path = life.root / "locale" / "fr" / "LC_MESSAGES" / "fever.po"
    catalog = po.read(path, path.name)
    for entry in catalog.entries:
        entry.tcomment = "a secret note of the translator"
    po.save(catalog, path)
    life.commit("Note", "translator")
    project = Project(load(life.root))
    (made,) = blind.tasks(project, "fr", ["fever"])
    keep(project, made)
    project.close()
    life.commit("The digest of a task")
    return made


@pytest.fixture
def dark(life, task):
    with running(life.root, "fr", blind=task.id) as found:
        yield found


def test_nothing_of_the_source_reaches_a_back_translator(life, task, dark):
    """Whatever is asked: no msgid, no note, no name of leaflet or project in any answer."""
    line = next(iter(task.messages))
    body = json.dumps({
        "leaflet": "fever", "tag": "fr", "tags": ["fr"], "name": "", "id": line, "back": "Home?",
        "remark": "", "reviewer": "r-7f3a", "settings": {}, "role": "reviser", "kind": "numbers",
    }).encode()  # fmt: skip
    got = []
    for name in (*BLIND_POSTS, *POSTS, "hand-in"):
        status, headers, content = dark.ask("POST", f"/api/{name}", body, dark.headers())
        assert (status == 404) == (name not in BLIND_POSTS), name
        got += [json.dumps(headers), content.decode()]
        got.append(json.dumps(json.loads(content), ensure_ascii=False) if status == 200 else "")
    for path in ("/", "/desk", "/frame", "/words/fr", "/words/en", "/paper/x/proof.pdf"):
        _, headers, content = dark.ask("GET", path, headers=dark.headers())
        got += [json.dumps(headers), content.decode()]
    told = "\n".join(got)
    assert "Prenez votre température" in told
    secrets = [one.msgid for one in task.messages.values() if one.msgid != "Home"]
    secrets += [one.key for one in task.messages.values()]
    secrets += [one.hash for one in task.messages.values()]
    secrets += ["secret note", "fever", "Fever", "An example of review"]
    assert [one for one in secrets if one in told] == []


def test_what_was_translated_back_is_recorded(life, task, dark):
    found = dark.post("blind")
    assert [one["id"] for one in found["lines"]] == list(task.messages)
    assert "r-7f3a" in found["people"]
    for line in found["lines"]:
        dark.post("answer", id=line["id"], back=f"Back: {line['text']}", remark="")
    dark.post("answer", id="unknown", back="x", remark="")
    assert dark.post("hand-in", 422, reviewer="nobody")["problems"]
    assert life.acts() == ()
    assert len(dark.post("blind")["answers"]) == len(task.messages)  # nothing is lost
    done = dark.post("hand-in", reviewer="r-7f3a")
    (act,) = life.acts()
    assert done == {"outcome": "written", "name": f"{act.name}.toml"}
    assert (act.act, act.reviewer, act.statement) == (Kind.BACK_TRANSLATE, "r-7f3a", task.name)
    assert {one.text for one in act.messages} == {f"Back: {one['text']}" for one in found["lines"]}
    assert dark.post("hand-in", reviewer="r-7f3a") == {"outcome": "nothing"}


def test_answers_are_kept_until_they_are_handed_in(life, task):
    line = next(iter(task.messages))
    with running(life.root, blind=task.id) as dark:
        dark.post("answer", id=line, back="Fever at ho", remark="odd")
    with running(life.root, blind=f"blind-{task.id}") as dark:
        assert dark.post("blind")["answers"] == {line: {"back": "Fever at ho", "remark": "odd"}}


def test_a_task_that_was_changed_takes_nothing_and_quotes_nothing(life, task, dark):
    line = next(iter(task.messages))
    dark.post("answer", id=line, back="x", remark="")
    (path,) = (life.root / "review-tasks").glob("*.task.json")
    path.write_text(path.read_text(encoding="utf-8").replace("38.5", "39.5"), encoding="utf-8")
    (problem,) = dark.post("hand-in", 422, reviewer="r-7f3a")["problems"]
    assert "has changed" in problem["message"]
    assert life.acts() == ()


def test_there_is_no_task_of_another_name(life):
    said = life.run("workbench", "--no-browser", "--blind", "../x", code=1)
    assert "this task's file is not here" in said


# --- in a browser -----------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(("spoken", "size"), [("fr", DESKTOP), ("ar", (390, 844))])
def test_a_reviewer_reads_by_keys_and_signs(browser, life, spoken, size):
    with at_desk(browser, life.root, "fr") as desk:
        desk.asks_for(spoken)
        browser.window(*size)
        browser.wants()
        desk.enter()
        desk.click("a.review")
        desk.wait("who reviews", lambda: desk.has("#reviewer"))
        assert axe(browser) == []
        desk.say("(one => { one.value = 'r-7f3a'; one.dispatchEvent(new Event('change')) })"
                 "(document.querySelector('#reviewer'))")  # fmt: skip
        desk.click("form .next")
        desk.wait("the pairs", lambda: desk.has(".pairs li[aria-current=true]"))
        desk.wait("the page", lambda: not desk.has(".wait"))
        assert axe(browser) == []
        assert desk.say("document.querySelectorAll('.pairs textarea').length") == 0
        assert desk.say("document.documentElement.scrollWidth") <= size[0]
        # The first is wrong, by a key; the rest is fine, a key each.
        desk.press("x", CONTROL | ALT)
        desk.wait("the remark", lambda: desk.focus("textarea"))
        browser.command("Input.insertText", text="an invented remark")
        desk.say("(one => { one.value = 'critical'; one.dispatchEvent(new Event('change')) })"
                 "(document.querySelector('select[name=severity]'))")  # fmt: skip
        assert axe(browser) == []
        desk.press("ArrowDown", ALT)
        count = len(pairs(desk.workbench))
        current = "document.querySelector('.pairs li[aria-current=true]')?.id"
        for number in range(1, count):
            here = desk.wait("a text", lambda: desk.say(current))
            assert not desk.has("#sign"), number
            desk.press("Enter", CONTROL)
            desk.wait("the next", lambda was=here: desk.say(current) != was)
        desk.wait("the last screen", lambda: desk.has("#sign"))
        assert axe(browser) == []
        assert desk.say("document.documentElement.scrollWidth") <= size[0]
        assert desk.text(".statement") == desk.word(STATEMENTS[MEANING, "reviser"])
        assert (desk.text(".statement") == STATEMENTS[MEANING, "reviser"]) is False
        assert len(desk.say("[...document.querySelectorAll('.pairs > li')].map(x => 1)")) == count
        assert life.acts() == ()
        desk.click("#sign")
        desk.wait("the act", lambda: desk.has(".reading [role=status] pre"))
        (act,) = life.acts()
        assert desk.text(".reading [role=status] pre").endswith(f"{act.name}.toml")
        wrong = [one for one in act.messages if one.verdict == "error"]
        assert [(one.note, one.severity) for one in wrong] == [("an invented remark", "critical")]
        assert len(act.messages) == count


@pytest.mark.browser
def test_a_back_translator_sees_lines_and_hands_them_in(browser, life, task):
    with running(life.root, blind=task.id) as workbench:
        desk = Desk(browser, workbench)
        desk.asks_for("en")
        browser.window(*DESKTOP)
        browser.wants()
        desk.enter()
        desk.wait("the lines", lambda: desk.has(".pairs textarea"))
        assert axe(browser) == []
        assert "Fever" not in desk.text("body")
        desk.click("textarea[name=back]")
        browser.command("Input.insertText", text="Fever at the house")
        desk.click(".reading > p button")
        desk.wait("the act", lambda: desk.has(".reading [role=status] pre"))
        (act,) = life.acts()
        assert [one.text for one in act.messages] == ["Fever at the house"]
        browser.chrome.get("about:blank")


def axe(browser) -> list[str]:
    browser.chrome.execute_script(AXE)
    found = browser.run_async("axe", ("target-size",), [])
    assert found["passed"]
    return found["violations"]
