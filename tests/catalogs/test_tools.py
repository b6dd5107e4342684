"""Tools for catalogs: canonical form, differences, figures, what is silenced, and the hooks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pre_commit.clientlib import load_manifest

from ankl_i18n.catalogs import po, words
from ankl_i18n.catalogs.canonical import canonical
from ankl_i18n.catalogs.diff import Change, compare
from ankl_i18n.catalogs.words import word_diff
from ankl_i18n.checks.suppressed import silenced
from ankl_i18n.coverage.stats import amount, figures
from ankl_i18n.errors import CatalogError
from ankl_i18n.languages import language
from sample_project import REPOSITORY, make, run

CASES = REPOSITORY / "tests" / "cases"
PROGRAM = Path(sys.executable).with_name("ankl-i18n")
PATH = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
SPREAD = """\
# Who to ask
msgid   ""
msgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"
#~ msgid "Gone"
#~ msgstr "Parti"


#: source/drain.md
#  A note
#, fuzzy
msgid "Hello"
   " there"
msgstr    "Bonjour"
"""


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def readable_catalogs() -> list[Path]:
    """Return every catalog and template of the repository that can be read."""
    found = []
    for folder in (CASES, REPOSITORY / "locale"):
        for path in sorted(folder.rglob("*.po*")):
            try:
                po.read(path)
            except CatalogError:
                continue
            found.append(path)
    return found


def catalog(*lines: str) -> po.Catalog:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return po.parse("\n".join([header, *lines, ""]).encode(), "fr.po")


def message(msgid: str, msgstr: str = "", comments: str = "", context: str = "") -> str:
    context = f'msgctxt "{context}"\n' if context else ""
    return f'{comments}{context}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


# --- word by word ----------------------------------------------------------------------------


def marked(old: str, new: str) -> str:
    """Return the differences as they are printed."""
    parts = []
    for edit in word_diff(old, new):
        marks = (f"[-{edit.old}-]" * bool(edit.old)) + (f"{{+{edit.new}+}}" * bool(edit.new))
        parts.append(edit.old if edit.same else marks)
    return "".join(parts)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("Take 5 mg.", "Take 50 mg.", "Take [-5-]{+50+} mg."),
        ("Take 2.5 mg a day", "Take 2.75 mg a day", "Take [-2.5-]{+2.75+} mg a day"),
        (
            "on 2026-01-02 at 9:30",
            "on 2026-01-03 at 9:30",
            "on [-2026-01-02-]{+2026-01-03+} at 9:30",
        ),
        ("2–4 days", "2–5 days", "[-2–4-]{+2–5+} days"),
        ("Do not drive.", "Do drive.", "Do [-not -]drive."),
        ("one two", "three four", "[-one two-]{+three four+}"),
        ("l’eau froide", "l’eau chaude", "l’eau [-froide-]{+chaude+}"),
        ("体温が38度", "体温が83度", "体温が[-38-]{+83+}度"),
        ("お水を飲む", "お湯を飲む", "お[-水-]{+湯+}を飲む"),
        ("ดื่มน้ำ", "ดื่มน้าม", "ดื่มน้[-ำ-]{+าม+}"),
        ("ห้ามกิน", "หามกิน", "[-ห้-]{+ห+}ามกิน"),
        ("दवा न लें", "दवा लें", "दवा [-न -]लें"),
        ("لا تأخذ الدواء", "تأخذ الدواء", "[-لا -]تأخذ الدواء"),
        ("물을 마시세요", "물을 많이 마시세요", "물을 {+많이 +}마시세요"),
        ("a  b", "a b", "a[-  -]{+ +}b"),
        ("a\nb", "a b", "a[-\n-]{+ +}b"),
    ],
)
def test_words(old, new, expected):
    assert marked(old, new) == expected


@given(st.text(), st.text())
def test_edits_hold_both_texts(old, new):
    edits = word_diff(old, new)
    assert "".join(edit.old for edit in edits) == old
    assert "".join(edit.new for edit in edits) == new
    assert all(edit.old or edit.new for edit in edits)
    assert all(one.same != other.same for one, other in pairwise(edits))


def test_long_texts_are_not_compared_word_by_word(monkeypatch):
    monkeypatch.setattr(words, "LIMIT", 3)
    assert marked("a b c d", "a x y d") == "a [-b c-]{+x y+} d"


# --- differences -----------------------------------------------------------------------------


def changes(old: po.Catalog, new: po.Catalog) -> list[tuple[str, str, list[str]]]:
    """Return what happened, to which msgid, and which parts of it."""
    return [
        (str(one.change), (one.new or one.old).msgid, [field.name for field in one.fields])
        for one in compare(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([message("A", "a")], [message("A", "a", "#: other.md\n")], []),
        ([message("A", "a"), message("B", "b")], [message("B", "b"), message("A", "a")], []),
        ([message("A", "a")], ['msgid ""\n"A"\nmsgstr ""\n"a"\n'], []),
        ([], [message("A", "a")], [("added", "A", ["msgid", "msgstr"])]),
        ([message("A", "a")], [], [("removed", "A", ["msgid", "msgstr"])]),
        ([message("A", "a")], [message("A", "b")], [("changed", "A", ["msgstr"])]),
        ([message("A", "a")], [message("A", "a", "#, fuzzy\n")], [("changed", "A", [])]),
        (
            [message("A")],
            [message("A", "", "#, fuzzy\n")],
            [("changed", "A", ["flags"])],
        ),
        (
            [message("A", "a")],
            [message("A", "a", "# Why\n#. Note\n#, no-wrap\n")],
            [("changed", "A", ["translator comment", "extracted comment", "flags"])],
        ),
        ([message("A", "a")], ['#~ msgid "A"\n#~ msgstr "a"\n'], [("changed", "A", [])]),
        (
            [message("Pain", "Douleur", context="help")],
            [message("Pain", "Douleur", context="signs")],
            [("reworded", "Pain", ["msgctxt"])],
        ),
        (
            [message("Wash your hand.", "Lavez.")],
            [message("Do the washing.", "Lavez.", '#, fuzzy\n#| msgid "Wash your hand."\n')],
            [("reworded", "Do the washing.", ["msgid"])],
        ),
        (
            [message("Drink two litres of water a day.")],
            [message("Drink three litres of water a day.")],
            [("reworded", "Drink three litres of water a day.", ["msgid"])],
        ),
        (
            [message("Drink two litres of water.")],
            [message("Call the ward.")],
            [
                ("added", "Call the ward.", ["msgid"]),
                ("removed", "Drink two litres of water.", ["msgid"]),
            ],
        ),
        (
            [message("Pain", "Douleur")],
            [message("Pain", "Douleur"), message("Pain", "Mal", context="")],
            None,
        ),
    ],
)
def test_differences(old, new, expected):
    if expected is None:
        with pytest.raises(CatalogError):
            catalog(*new)
        return
    assert changes(catalog(*old), catalog(*new)) == expected


@pytest.mark.parametrize("path", readable_catalogs(), ids=lambda path: path.name)
def test_a_catalog_does_not_differ_from_itself(path):
    assert compare(po.read(path), po.read(path)) == []


def test_every_message_of_both_sides_is_accounted_for():
    """Each is the same, changed, or in the list; none is lost and none told twice."""
    old = po.read(CASES / "report" / "fr-old.po")
    new = po.read(CASES / "report" / "fr-new.po")
    found = [one for one in compare(old, new) if one.change is not Change.HEADER]
    before = [one.old for one in found if one.old]
    after = [one.new for one in found if one.new]
    assert len(set(before)) == len(before)
    assert len(set(after)) == len(after)
    same = {e.key() for e in old.entries} - {e.key() for e in before}
    assert same == {e.key() for e in new.entries} - {e.key() for e in after}
    assert same == {(None, "Do **not** take the dressing off.")}


def test_states_are_told():
    old, new = catalog(message("A", "a", "#, fuzzy\n")), catalog(message("A", "a"))
    (difference,) = compare(old, new)
    assert difference.states == (po.State.FUZZY, po.State.TRANSLATED)


def test_the_command_diff(project, tmp_path):
    path = project.catalog("fr", "drain")
    before = tmp_path / "before.po"
    shutil.copy(path, before)
    assert run("diff", str(before), str(path)).exit_code == 0
    msgid = "Call us if your temperature is over 38 °C."
    project.translate("fr", "drain", msgid, "Appelez-nous si votre température dépasse 39 °C.")
    result = run("diff", str(before), str(path))
    assert result.exit_code == 1
    assert "{+39+} °C" in result.stdout
    assert result.stderr == ""
    quiet = run("diff", "--quiet", str(before), str(path))
    assert (quiet.exit_code, quiet.output) == (1, "")
    told = json.loads(run("diff", "--format", "json", str(before), str(path)).stdout)
    assert not told["same"]
    assert [one["new"]["msgid"] for one in told["differences"]] == [msgid]
    assert json.loads(run("diff", "--format", "json", str(path), str(path)).stdout)["same"]


@pytest.mark.parametrize("content", [None, b'msgid "a\n', b"\xff\xfe"])
def test_a_file_that_cannot_be_compared_is_wrong_use(tmp_path, content):
    good, bad = tmp_path / "good.po", tmp_path / "bad.po"
    good.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    if content is not None:
        bad.write_bytes(content)
    result = run("diff", str(good), str(bad))
    assert result.exit_code == 2
    assert "bad.po" in result.stderr
    assert result.stdout == ""


def git(root: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run git in a folder, with no settings but its own."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = ("user.name=T", "user.email=t@example.org", "init.defaultBranch=main")
    options = [word for name in names for word in ("-c", name)]
    done = subprocess.run(
        ["git", *options, *arguments],
        cwd=root,
        env={**os.environ, **settings, "PATH": PATH},
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def driver() -> str:
    """Return the command for git that the documentation gives."""
    page = (REPOSITORY / "docs" / "command-line.md").read_text(encoding="utf-8")
    (line,) = (each for each in page.splitlines() if "diff.catalog.command" in each)
    return line.strip()


def test_git_shows_catalogs_message_by_message(project):
    git(project.root, "init")
    (project.root / ".gitattributes").write_text("*.po diff=catalog\n")
    git(project.root, "add", ".")
    git(project.root, "commit", "-m", "start")
    subprocess.run(
        driver(), shell=True, cwd=project.root, check=True, env={**os.environ, "PATH": PATH}
    )
    msgid = "Call us if your temperature is over 38 °C."
    project.translate("fr", "drain", msgid, "Appelez-nous si votre température dépasse 39 °C.")
    project.catalog("es", "drain").unlink()
    shown = git(project.root, "diff").stdout
    assert "locale/fr/LC_MESSAGES/drain.po" in shown
    assert "{+39+} °C" in shown
    assert "removed" in shown


# --- canonical form --------------------------------------------------------------------------


@pytest.mark.parametrize("path", readable_catalogs(), ids=lambda path: path.name)
def test_canonical_is_what_the_formatter_writes_and_is_stable(path):
    read = po.read(path)
    data = po.write(canonical(read))
    assert data == po.format(read)
    again = po.parse(data, path.name)
    assert po.write(canonical(again)) == data
    assert compare(read, again) == []


def test_the_command_format(project):
    path = project.catalog("fr", "drain")
    text = path.read_text(encoding="utf-8")
    project.run("format")
    assert path.read_text(encoding="utf-8") == text
    spread = text.replace('\nmsgstr "', '\nmsgstr   "').replace("\n\n", "\n\n\n")
    path.write_text(spread, encoding="utf-8")
    result = project.run("format", "fr", "--check", code=1)
    assert "drain.po: error: this catalog is not in canonical form" in result.stderr
    assert path.read_text(encoding="utf-8") == spread
    project.run("format", "es", "--check")
    assert "wrote  locale/fr/LC_MESSAGES/drain.po" in project.run("format", "fr").stdout
    assert path.read_text(encoding="utf-8") == text
    project.run("format", "--check")


def test_formatting_changes_the_layout_and_nothing_else(project):
    path = project.catalog("fr", "drain")
    path.write_text(SPREAD, encoding="utf-8")
    before = po.read(path)
    project.run("format", "fr")
    after = path.read_text(encoding="utf-8")
    changes = {difference.change for difference in compare(before, po.read(path))}
    assert changes == {Change.HEADER}  # it is completed
    assert after.endswith('\n#~ msgid "Gone"\n#~ msgstr "Parti"\n')
    assert (
        '#  A note\n#: source/drain.md\n#, fuzzy\nmsgid "Hello there"\nmsgstr "Bonjour"\n' in after
    )


def test_a_catalog_that_cannot_be_read_is_not_formatted(project):
    path = project.catalog("fr", "drain")
    broken = path.read_text(encoding="utf-8").replace('msgid "', "msgid ", 3)
    path.write_text(broken, encoding="utf-8")
    result = project.run("format", code=1)
    assert "locale/fr/LC_MESSAGES/drain.po" in result.stderr
    assert path.read_text(encoding="utf-8") == broken
    assert "locale/es/LC_MESSAGES/drain.po" in result.stdout


# --- figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "texts", "expected"),
    [
        ("en", [], (0, 0)),
        ("en", ["Do **not** drive."], (3, 13)),
        ("en", ["Read [this](a.md).", "Rest"], (3, 14)),
        ("ja", ["車を運転しない"], (None, 7)),
        ("zh-Hans", ["不要开车"], (None, 4)),
        ("th", ["อย่าขับรถ"], (None, 9)),
        ("ko", ["운전하지 마세요"], (2, 8)),
    ],
)
def test_amounts(tag, texts, expected):
    found = amount(texts, language(tag))
    assert (found.words, found.characters) == expected


def test_figures():
    read = po.read(CASES / "report" / "fr-old.po")
    found = figures(read.entries, language("fr"), language("en"))
    assert (found.messages.translated, found.messages.fuzzy, found.messages.untranslated) == (
        5,
        1,
        1,
    )
    assert found.obsolete == 1
    blank = catalog(message("A", " "))
    assert figures(blank.entries, language("fr"), language("en")).messages.untranslated == 1


def test_figures_agree_with_coverage(project):
    project.translate("fr", "drain", "What comes next", "")
    counted = json.loads(project.run("stats", "fr", "--format", "json").stdout)
    covered = json.loads(project.run("coverage", "fr", "--format", "json").stdout)
    (ours,), (theirs,) = counted["languages"], covered["languages"]
    by_domain = {leaflet["domain"]: leaflet["messages"] for leaflet in theirs["leaflets"]}
    assert {one["domain"]: one["messages"] for one in ours["catalogs"]} == by_domain
    assert ours["messages"] == theirs["messages"]


def test_the_command_stats(project):
    with project.edit("fr", "drain") as read:
        read.headers["X-Review-State"] = "reviewed"
        read.headers["Last-Translator"] = "Zoé <zoe@example.org>"
    lines = project.run("stats", "fr").stdout.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["fr", name] for name in ("drain-plan", "drain", "ui", "all")
    ]
    assert "reviewed" in lines[2]
    assert "Zoé <zoe@example.org>" in lines[2]
    project.catalog("fr", "drain").write_text('msgid "\n')
    broken = project.run("stats", code=1)
    assert "locale/fr/LC_MESSAGES/drain.po" in broken.stderr
    assert "es" in broken.stdout


def test_the_oldest_fuzzy_message_by_the_history(project):
    def oldest() -> dict[str, str | None]:
        told = json.loads(project.run("stats", "fr", "--format", "json").stdout)
        return {one["domain"]: one["oldest_fuzzy"] for one in told["languages"][0]["catalogs"]}

    def commit(day: str, msgid: str) -> None:
        project.translate("fr", "drain", msgid, "À revoir", fuzzy=True)
        git(project.root, "add", ".")
        git(project.root, "commit", "-m", day, f"--date={day}T12:00:00Z")

    assert oldest() == {"drain": None, "drain-plan": None, "ui": None}
    git(project.root, "init")
    commit("2026-01-05", "What comes next")
    commit("2026-02-06", "Call us if your temperature is over 38 °C.")
    assert oldest() == {"drain": "2026-01-05", "drain-plan": None, "ui": None}
    project.translate("fr", "drain", "What comes next", "La suite")
    assert oldest()["drain"] == "2026-02-06"


# --- check -----------------------------------------------------------------------------------

TOO_HOT = "Call us if your temperature is over 38 °C."


def test_silenced_problems_have_their_reason():
    said = "# i18n: ignore acronyms: the ward writes it out\n"
    read = catalog(message("ANKL is rare.", "Cette maladie est rare.", said))
    (one,) = silenced(read, language("fr"), language("en"))
    assert (one.problem.kind, one.reason) == ("acronyms", "the ward writes it out")
    assert (
        silenced(catalog(message("ANKL is rare.", "Rare.")), language("fr"), language("en")) == []
    )


def test_check_lists_what_is_silenced(project):
    with project.edit("fr", "drain") as read:
        entry = project.message(read, TOO_HOT)
        entry.msgstr = "Appelez-nous si votre température dépasse 39 °C."
        entry.tcomment = "i18n: ignore numbers: agreed with the ward"
    result = project.run("check", "fr")
    assert "Silenced by translators: 1 problem" in result.stderr
    assert "[numbers]: agreed with the ward" in result.stderr
    assert "Silenced" not in project.run("check", "fr", "--quiet").stderr
    (one,) = json.loads(project.run("check", "fr", "--format", "json").stdout)["silenced"]
    assert (one["kind"], one["reason"]) == ("numbers", "agreed with the ward")
    log = json.loads(project.run("check", "fr", "--format", "sarif").stdout)
    (result,) = (each for each in log["runs"][0]["results"] if "suppressions" in each)
    assert result["suppressions"] == [{"kind": "inSource", "justification": "agreed with the ward"}]
    assert project.run("check", "es", "--format", "json").stdout.count("agreed") == 0


def test_check_shows_source_and_translation(project):
    project.translate("fr", "drain", TOO_HOT, "Appelez-nous si elle dépasse 39 °C.")
    lines = project.run("check", "fr", code=1).stderr.splitlines()
    place = next(number for number, line in enumerate(lines) if "[numbers]" in line)
    assert lines[place + 1 : place + 3] == [
        f"    en | {TOO_HOT}",
        "    fr | Appelez-nous si elle dépasse 39 °C.",
    ]


def test_severity_of_check(project):
    """Hints are counted, and shown when asked for; the exit code does not depend on it."""
    project.translate("fr", "drain", TOO_HOT, "Appelez-nous : 38 °C !  Oui.")

    def kinds(*options: str) -> set[str]:
        told = json.loads(project.run("check", "fr", "--format", "json", *options).stdout)
        return {problem["severity"] for problem in told["problems"]}

    assert "hint" in kinds()
    assert "hint" in kinds("--severity", "hint")
    assert "hint" not in kinds("--severity", "warning")
    assert kinds("--severity", "error") <= {"error"}
    text = project.run("check", "fr")
    assert " hint: " not in text.stderr
    assert "(see --severity)" in text.stderr
    everything = project.run("check", "fr", "--severity", "hint")
    assert " hint: " in everything.stderr
    assert "Not shown" not in everything.stderr
    assert "notice" not in project.run("check", "fr", "--format", "github").stdout
    project.translate("fr", "drain", TOO_HOT, "Appelez-nous : 39 °C !  Oui.")
    for severity in ("error", "warning", "hint"):
        project.run("check", "fr", "--severity", severity, code=1)


# --- hooks -----------------------------------------------------------------------------------


def test_the_hooks_are_a_manifest_that_pre_commit_takes():
    hooks = {hook["id"]: hook for hook in load_manifest(HOOKS)}
    assert hooks.keys() == {"ankl-i18n-check", "ankl-i18n-extract-is-current"}
    for hook in hooks.values():
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False


def test_the_hooks_stop_a_commit(project, tmp_path_factory):
    """They run as in any repository, but for the program, which is installed here already."""
    hooks = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    local = [{**hook, "language": "system"} for hook in hooks]
    settings = {"repos": [{"repo": "local", "hooks": local}]}
    project.path(".pre-commit-config.yaml").write_text(yaml.safe_dump(settings))
    git(project.root, "init")
    git(project.root, "add", ".")
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PATH": PATH,
    }

    def outcome() -> dict[str, str]:
        done = subprocess.run(
            [PROGRAM.with_name("pre-commit"), "run", "--color=never"],
            cwd=project.root,
            env=environment,
            capture_output=True,
            text=True,
        )
        lines = [line.split(".") for line in done.stdout.splitlines() if "...." in line]
        return {line[0]: line[-1] for line in lines}

    check, current = (hook["name"] for hook in hooks)
    assert outcome() == {check: "Passed", current: "Passed"}
    project.replace("source/drain.md", "38 °C", "38.5 °C")
    git(project.root, "add", ".")
    assert outcome() == {check: "Passed", current: "Failed"}
    project.run("extract")
    project.translate("fr", "drain", TOO_HOT, "Appelez-nous au-dessus de 83 °C.")
    git(project.root, "add", ".")
    assert outcome() == {check: "Failed", current: "Passed"}
