"""A build makes what changed and nothing else, and the result is always that of a clean one."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ankl_i18n.catalogs.project import CACHE
from ankl_i18n.engine import identity, workers
from ankl_i18n.engine.cache import ABOUT_PROGRAM, FORM, Cache, Stored, digest_of
from ankl_i18n.engine.store import Store
from ankl_i18n.engine.workers import Limits, Pool
from ankl_i18n.errors import CatalogError
from ankl_i18n.settings import load
from bad_work import be_deaf, who, work
from patience import PATIENCE
from sample_project import EPOCH, LANGUAGES, LEAFLETS, SampleProject, make, run

LATE = "1830000000"  # 2027-12-28: every check of the sample is overdue
HEADING = "What comes next"
TITLE = "Your drain at home"
PLAN = "The drain stays in for 5 days."


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project that was built once; tests copy it."""
    sample = make(tmp_path_factory.mktemp("made") / "project")
    sample.build()
    return sample


def copy(project: SampleProject, root: Path, *without: str) -> SampleProject:
    shutil.copytree(project.root, root, ignore=lambda folder, _: without)
    return SampleProject(root)


def explained(project: SampleProject, *options: str, **env: str) -> dict[str, str]:
    """Build, and return what is said of each output that was not up to date."""
    result = project.run("build", "--only", "html", "--jobs", "1", "--explain", *options, **env)
    said = dict(re.findall(r"^(\S+\.(?:html|pdf)): (.*)$", result.stdout, re.MULTILINE))
    return {path: why for path, why in said.items() if why != "up to date"}


def outcome(project: SampleProject, *options: str, epoch: str = EPOCH):
    """Build, and return all that comes of it: exit code, problems and files."""
    arguments = ("build", "--only", "html", "--jobs", "1", *options)
    result = run_any(project, *arguments, epoch=epoch)
    return result.exit_code, result.stderr, project.built()


def run_any(project: SampleProject, *arguments: str, epoch: str = EPOCH):
    result = run(*arguments, "--project", str(project.root), SOURCE_DATE_EPOCH=epoch)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# --- nothing but what changed ----------------------------------------------------------------


def test_what_is_up_to_date_stays(made, tmp_path):
    project = copy(made, tmp_path / "project")
    before = {path: path.stat().st_mtime_ns for path in project.path("build").rglob("*")}
    assert explained(project) == {}
    for path in project.root.rglob("*"):
        if path.is_file() and "build" not in path.parts and ".cache" not in path.parts:
            os.utime(path)
    assert explained(project) == {}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_msgstr_remakes_its_leaflet_in_its_language(made, tmp_path):
    project = copy(made, tmp_path / "project")
    project.translate("fr", "drain", HEADING, "Et ensuite")
    origin = "locale/fr/LC_MESSAGES/drain.po (text drain fr)"
    assert explained(project) == {"fr/drain.html": f"made: {origin}"}


def test_a_title_remakes_the_list_too(made, tmp_path):
    project = copy(made, tmp_path / "project")
    project.translate("ar", "drain", TITLE, "أنبوب في المنزل")
    said = explained(project)
    assert set(said) == {"ar/drain.html", "ar/index.html"}
    assert said["ar/index.html"].endswith("drain.po (text drain ar, summary drain ar)")


def test_percentages_remake_the_coverage_report(made, tmp_path):
    project = copy(made, tmp_path / "project")
    project.translate("es", "drain", HEADING, "")
    assert set(explained(project)) == {"es/drain.html", "es/index.html", "coverage.html"}


def test_comments_and_headers_remake_nothing(made, tmp_path):
    project = copy(made, tmp_path / "project")
    with project.edit("fr", "drain") as catalog:
        catalog.headers["Last-Translator"] = "Someone Else"
        catalog.entries[0].tcomment = "A remark."
    assert explained(project) == {}


def test_review_remakes_the_leaflet_and_the_lists(made, tmp_path):
    project = copy(made, tmp_path / "project")
    for name in LEAFLETS:
        with project.edit("fr", name) as catalog:
            catalog.headers["X-Review-State"] = "reviewed"
    said = explained(project)
    assert set(said) == {"index.html", *(f"fr/{name}.html" for name in (*LEAFLETS, "index"))}


def test_one_catalog_for_all_remakes_only_who_says_it(project):
    settings_file = 'domain = "all"\ncontext = "never"\nbase-url'
    project.replace("pyproject.toml", "base-url", settings_file)
    project.run("extract")
    project.run("update")
    project.build("--drafts")
    project.translate("fr", "all", PLAN, "Le drain reste 5 jours.")
    said = explained(project, "--drafts")
    assert set(said) == {"fr/drain-plan.html", "fr/index.html", "coverage.html"}


def test_a_setting_that_pages_show(made, tmp_path):
    project = copy(made, tmp_path / "project")
    project.replace("pyproject.toml", "CC BY 4.0", "CC0")
    said = explained(project)
    assert set(said) == {f"{tag}/{name}.html" for tag in ("en", *LANGUAGES) for name in LEAFLETS}
    assert said["fr/drain.html"] == "made: setting licence"
    project.replace("pyproject.toml", "base-url", 'report-bugs-to = "x@y.example"\nbase-url')
    assert explained(project) == {}


def test_the_day_matters_only_for_what_is_overdue(made, tmp_path):
    project = copy(made, tmp_path / "project")
    assert explained(project, SOURCE_DATE_EPOCH="1775000000") == {}
    said = explained(project, SOURCE_DATE_EPOCH=LATE)
    assert set(said) == {f"{tag}/{name}.html" for tag in ("en", *LANGUAGES) for name in LEAFLETS}
    assert said["en/drain.html"].endswith("today (is overdue drain)")


def test_a_picture_for_one_language(made, tmp_path):
    project = copy(made, tmp_path / "project")
    picture = project.path("source/images/drain.svg").read_bytes()
    project.path("source/images/drain.ar.svg").write_bytes(picture.replace(b"<svg", b"<svg ", 1))
    said = explained(project)
    assert said == {"ar/drain.html": "made: source/images/drain.ar.svg"}
    project.path("source/images/drain.ar.svg").unlink()
    assert set(explained(project)) == {"ar/drain.html"}
    assert project.built() == made.built()


def test_what_no_longer_is_what_was_made_is_made_again(made, tmp_path):
    project = copy(made, tmp_path / "project")
    project.path("build/fr/drain.html").unlink()
    project.path("build/ar/drain.html").write_text("something else", encoding="utf-8")
    assert explained(project) == {
        "fr/drain.html": "made: its file is missing",
        "ar/drain.html": "made: its file was changed by something else",
    }
    assert project.built() == made.built()


def test_a_change_that_keeps_size_and_time_is_seen(made, tmp_path):
    project = copy(made, tmp_path / "project")
    path = project.path("source/drain.md")
    before = path.stat()
    project.replace("source/drain.md", "2 times a day", "3 times a day")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "en/drain.html" in explained(project)


def test_problems_are_told_again(made, tmp_path):
    project = copy(made, tmp_path / "project")
    project.replace("source/drain.md", "images/drain.svg", "images/none.svg")
    first, again = (outcome(project, "--drafts") for _ in range(2))
    assert first == again
    assert first[0] == 1
    assert "image not found" in first[1]


def test_a_project_may_move(made, tmp_path):
    project = copy(made, tmp_path / "somewhere else" / "project")
    assert explained(project) == {}


def test_parts_that_a_killed_build_left_are_removed(made, tmp_path):
    project = copy(made, tmp_path / "project")
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           capture_output=True, text=True)  # fmt: skip
    part = project.path(f"build/fr/.drain.html.{ended.stdout.strip()}")
    part.write_bytes(b"<!doctype")
    project.build()
    assert not part.exists()


HEAVY = {"weasyprint", "jinja2", "markdown_it", "uniseg", "rapidfuzz", "multiprocessing", "polib"}
LOADED = """
import sys
from ankl_i18n.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print("\\n" + " ".join({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("arguments", [("build", "--only", "html"), ("coverage",), ("check",)])
def test_what_is_up_to_date_is_found_out_with_few_imports(made, tmp_path, arguments):
    project = copy(made, tmp_path / "project")
    project.run("coverage")
    project.run("check")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments, "--project", project.root],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not HEAVY & set(done.stdout.rpartition("\n\n")[2].split())


def test_versions_of_libraries_are_found():
    names = (*identity.OF_PAGES, *identity.OF_PAPER)
    found = dict(line.split(" ") for line in identity._versions(names))
    assert found == {name: version(name) for name in names}


def test_the_fonts_of_pages_are_found(tmp_path):
    cache = Cache(tmp_path)
    families = identity.families()
    assert {"Noto Sans", "Noto Nastaliq Urdu", "Noto Sans CJK JP"} <= set(families)
    both, one, none = (identity.fonts(cache, some) for some in (families, families[:-1], []))
    assert len({identity.fonts(cache, ["Noto Sans"]), both, none}) == 3
    assert one != none


# --- incremental is clean --------------------------------------------------------------------

FEVER = "Call us if your temperature is over 38 °C."
MSGIDS = (TITLE, HEADING, "Do not wait", FEVER, "A full drain")
MSGSTRS = ("", "Autre chose", "38 °C <b>", "**encore**")


def translate(project, tag, msgid, msgstr, fuzzy):
    # An earlier edit may have taken the message or the catalog away.
    with suppress(StopIteration, FileNotFoundError, RuntimeError, CatalogError):
        project.translate(tag, "drain", msgid, msgstr, fuzzy=fuzzy)


def say(project, tag, msgstr):
    with suppress(CatalogError), project.edit(tag, "ui") as catalog:
        catalog.entries[3].msgstr = msgstr


def toggle(name, data):
    """Return an edit that writes a file where there is none, and else removes it."""

    def edit(project):
        path = project.path(name)
        if path.exists():
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    return edit


def swap(name, old, new):
    """Return an edit that changes a text of a file, or changes it back."""

    def edit(project):
        path = project.path(name)
        if path.exists():
            text = path.read_text(encoding="utf-8")
            one, other = (new, old) if new and new in text else (old, new)
            path.write_text(text.replace(one, other), encoding="utf-8")

    return edit


def setting(line):
    """Return an edit that adds a line to the settings, or takes it away again."""

    def edit(project):
        lines = project.text("pyproject.toml").splitlines()
        if line in lines:
            lines.remove(line)
        else:
            lines.append(line)
        project.path("pyproject.toml").write_text("\n".join(lines), encoding="utf-8")

    return edit


def unmake(name):
    return lambda project: project.path(f"build/{name}").unlink(missing_ok=True)


def spoil(name):
    def edit(project):
        path = project.path(f"build/{name}")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b'<meta name="generator" content="ankl-i18n">spoiled')

    return edit


NEW_LEAFLET = b"---\ntitle: More\nreview-by: 2026-06-01\n---\n\nMore of [this](drain.md).\n"
EDITS = st.one_of(
    st.builds(
        lambda *change: lambda project: translate(project, *change),
        st.sampled_from(LANGUAGES), st.sampled_from(MSGIDS), st.sampled_from(MSGSTRS),
        st.booleans(),
    ),
    st.builds(
        lambda *change: lambda project: say(project, *change),
        st.sampled_from(LANGUAGES), st.sampled_from(MSGSTRS),
    ),
    st.sampled_from([
        swap("source/drain.md", "2 times", "3 times"),
        swap("source/drain.md", "title: Your drain at home", "title: A drain"),
        swap("source/drain.md", "images/drain.svg", "images/none.svg"),
        swap("source/drain-plan.md", "{#days}", "{#all-days}"),
        swap("source/drain-plan.md", "review-by: 2027-01-31", "review-by: 2026-02-05"),
        swap("source/drain-plan.md", "version", "no-such-field"),
        swap("pyproject.toml", '"fr", "ar"', '"ar", "fr"'),
        swap("pyproject.toml", '"es"]', '"de"]'),
        swap("pyproject.toml", "CC BY 4.0", "CC0"),
        setting("publish-at = 99"),
        setting('check-errors = "report"'),
        setting('ignore = ["more*"]'),
        setting('papers = ["letter"]'),
        setting('report-bugs-to = "x@y.example"'),
        setting('context = "never"'),
        setting('front-matter = "free"'),
        setting("publish-at-by-language = { fr = 100 }"),
        setting('source-dir = "elsewhere"'),
        swap("pyproject.toml", "https://", "https://www."),
        swap("locale/fr/LC_MESSAGES/drain.po", "X-Review-State: draft", "X-Review-State: reviewed"),
        swap("locale/ar/LC_MESSAGES/drain-plan.po", "msgid", "msgud"),
        swap("locale/es/LC_MESSAGES/ui.po", "msgstr", "msgsr"),
        toggle("source/more/more.md", NEW_LEAFLET),
        toggle("source/index.md", NEW_LEAFLET),
        toggle("source/images/drain.ar.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        toggle("locale/fr/LC_MESSAGES/drain.po", b"broken"),
        toggle("locale/fr/LC_MESSAGES/drain-plan.po", b""),
        toggle("locale/ui.pot", b""),
        unmake("fr/drain.html"),
        spoil("ar/drain-plan.html"),
        spoil("de/gone.html"),
    ]),
)  # fmt: skip
BUILDS = st.tuples(
    st.sampled_from([(), (), ("--drafts",), ("--pseudo",)]), st.sampled_from([EPOCH, EPOCH, LATE])
)


# A failing case is not made smaller here, since each step is two builds.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=6, phases=PHASES, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(st.tuples(st.lists(EDITS, min_size=1, max_size=3), BUILDS), min_size=1, max_size=4))
def test_incremental_is_clean(made, tmp_path_factory, steps):
    check_steps(made, tmp_path_factory.mktemp("edits"), steps)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(st.tuples(st.lists(EDITS, min_size=1, max_size=3), BUILDS), min_size=1, max_size=6))
def test_incremental_is_clean_many_times(made, tmp_path_factory, steps):
    check_steps(made, tmp_path_factory.mktemp("edits"), steps)


def check_steps(made, folder, steps):
    """Build after each step, and compare: from nothing, and from what must outlive everything.

    What a failed build leaves of earlier ones, and notices, a build from nothing does not have.
    """
    project = copy(made, folder / "incremental")
    for number, (edits, (options, epoch)) in enumerate(steps):
        for edit in edits:
            edit(project)
        clean = copy(project, folder / f"clean-{number}", ".cache", "build")
        forgetful = copy(project, folder / f"forgetful-{number}")
        forget(forgetful)
        code, said, files, left = outcome_and_left(project, *options, epoch=epoch)
        assert outcome_and_left(forgetful, *options, epoch=epoch) == (code, said, files, left)
        expected = outcome(clean, *options, epoch=epoch)
        assert (code, said) == expected[:2]
        if not left["kept from"]:
            others = {name: data for name, data in files.items() if name not in left["Withdrawn"]}
            assert others == expected[2]
        shutil.rmtree(clean.root)
        shutil.rmtree(forgetful.root)
    shutil.rmtree(folder)


def forget(project):
    """Forget all facts but those that outlive the program."""
    path = project.path(f"{CACHE}/facts.sqlite3")
    with suppress(sqlite3.Error), sqlite3.connect(path) as database:
        database.execute(f"DELETE FROM facts WHERE {ABOUT_PROGRAM}")


def outcome_and_left(project, *options, epoch):
    """Build, and return what comes of it, and which files stayed or were withdrawn."""
    result = run_any(project, "build", "--only", "html", "--jobs", "1", *options, epoch=epoch)
    said = {
        kind: " ".join(re.findall(f"^.*{kind}.*$", result.stdout, re.MULTILINE))
        for kind in ("kept from", "Withdrawn")
    }
    left = {kind: re.findall(r"[^ ,]+\.html", line) for kind, line in said.items()}
    return result.exit_code, result.stderr, project.built(), left


@pytest.mark.slow
@pytest.mark.pdf
def test_incremental_is_clean_on_paper(project, tmp_path):
    arguments = ("build", "fr", "ar", "--jobs", "2")
    project.run(*arguments)
    edits = [
        lambda: project.translate("fr", "drain", HEADING, "Et ensuite"),
        lambda: project.replace("source/drain.md", "2 times", "3 times"),
        lambda: project.path("build/ar/drain-a4.pdf").unlink(),
        lambda: project.path("build/ar/drain-letter.pdf").write_bytes(b"%PDF-"),
        lambda: project.replace("pyproject.toml", "CC BY 4.0", "CC0"),
    ]
    for number, edit in enumerate(edits):
        edit()
        clean = copy(project, tmp_path / f"clean-{number}", ".cache", "build", "clean*")
        clean.run("build", "fr", "ar", "--jobs", "1")
        project.run(*arguments)
        assert project.built() == clean.built()


# --- a kill at any time -----------------------------------------------------------------------


def command(project: SampleProject, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "ankl_i18n", "build", *arguments, "--project", project.root],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def kill_and_build(project, expected, seconds, *arguments):
    """Kill a build after some seconds, and everything that it started; then build again."""
    process = command(project, *arguments)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    seen = project.built()
    whole = {path for path in seen if not path.rpartition("/")[2].startswith(".")}
    assert {path: seen[path] for path in whole} == {path: expected[path] for path in whole}
    project.run("build", *arguments)
    assert project.built() == expected


def test_a_killed_build_is_taken_up(made, tmp_path):
    dice = random.Random(os.environ.get("PYTEST_XDIST_TESTRUNUID"))
    for number in range(3):
        project = copy(made, tmp_path / str(number), "build", *([".cache"] if number else []))
        seconds = dice.uniform(0.2, 1.2)
        kill_and_build(project, made.built(), seconds, "--only", "html", "--jobs", "1")


@pytest.mark.slow
@pytest.mark.pdf
def test_a_killed_build_of_pdfs_is_taken_up(project, tmp_path):
    arguments = ("fr", "ar", "--only", "pdf", "--jobs", "2")
    project.run("build", *arguments)
    expected = project.built()
    for number in range(6):
        other = copy(project, tmp_path / str(number), "build", ".cache", *map(str, range(6)))
        kill_and_build(other, expected, random.uniform(0.3, 5), *arguments)


@pytest.mark.pdf
def test_an_interrupted_build_ends_at_once_with_all_its_workers(project):
    process = command(project, "--only", "pdf", "--jobs", "2")
    # Its workers stand still: who waits for their work waits for ever.
    wait_until(lambda: process.poll() is not None or stopped(process.pid) == 2)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE) == 130
    wait_until(lambda: not processes_of(process.pid))


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def stopped(build: int) -> int:
    """Stop the workers of a build, children of the server that it started; return how many are."""
    parents = processes_of(build)
    workers = [one for one, parent in parents.items() if parents.get(parent) == build]
    for worker in workers:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGSTOP)
    return len(workers)


def processes_of(session: int) -> dict[int, int]:
    """Return the processes of a session, each with its parent."""
    listed = subprocess.run(["ps", "-o", "pid=,ppid=,stat=", "--sid", str(session)],
                            capture_output=True, text=True)  # fmt: skip
    lines = [line.split() for line in listed.stdout.splitlines()]
    return {int(one): int(parent) for one, parent, state in lines if "Z" not in state}


# --- damage -----------------------------------------------------------------------------------


def database(project: SampleProject) -> Path:
    return project.path(f"{CACHE}/facts.sqlite3")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"not a database",
        lambda data: data[: len(data) // 2],
        lambda data: data[:100] + bytes(len(data) - 100),
        lambda data: data[:4096] + data[:4096] + data[8192:],
        lambda data: data[:52] + b"\xff" + data[53:63] + b"\xfd" + data[64:],
    ],
    ids=["empty", "garbage", "cut", "zeros", "page", "header"],
)
def test_a_damaged_cache_costs_only_time(made, tmp_path, damage):
    project = copy(made, tmp_path / "project")
    path = database(project)
    path.write_bytes(damage(path.read_bytes()))
    project.path("build/fr/drain.html").unlink()
    assert outcome(project) == outcome(made)
    assert explained(project) == {}
    with sqlite3.connect(path) as again:
        assert again.execute("PRAGMA user_version").fetchone() == (FORM,)


def test_paths_that_are_none_are_forgotten(made, tmp_path):
    project = copy(made, tmp_path / "project")
    with sqlite3.connect(database(project)) as opened:
        opened.execute("INSERT INTO files VALUES (NULL, 'x', 1, 'y')")
    project.run("cache", "prune")
    assert outcome(project) == outcome(made)


@settings(max_examples=6, phases=PHASES, deadline=None, suppress_health_check=[*HealthCheck])
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=200), st.integers(1, 255))
def test_flipped_bits_cost_only_time(made, tmp_path_factory, places, bits):
    project = copy(made, tmp_path_factory.mktemp("flipped") / "project")
    path = database(project)
    data = bytearray(path.read_bytes())
    for place in places:
        data[place % len(data)] ^= bits
    path.write_bytes(data)
    project.translate("fr", "drain", HEADING, "Et ensuite")
    clean = copy(project, project.root.parent / "clean", ".cache", "build")
    assert outcome(project) == outcome(clean)


def test_without_a_place_for_the_cache(made, tmp_path):
    project = copy(made, tmp_path / "project", ".cache", "build")
    project.path(".cache").write_text("a file in its place", encoding="utf-8")
    assert outcome(project) == outcome(made)


def test_objects(tmp_path):
    objects = Store(tmp_path)
    assert objects.get("ab12") is None
    objects.keep("ab12", b"one")
    assert objects.get("ab12") == b"one"
    path = tmp_path / "objects/ab/12"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert objects.get("ab12") is None
    assert not path.exists()


def test_prune_keeps_what_was_used_last(tmp_path):
    objects = Store(tmp_path)
    for number in range(4):
        objects.keep(f"ab{number}", bytes(1000))
        os.utime(tmp_path / f"objects/ab/{number}", (number, number))
    assert objects.get("ab1") == bytes(1000)
    pruned = objects.prune(2500)
    assert (pruned.removed, pruned.left) == (2, objects.size())
    assert [objects.get(f"ab{number}") is not None for number in range(4)] == [
        False, True, False, True,
    ]  # fmt: skip


def test_prune_command(made, tmp_path):
    project = copy(made, tmp_path / "project")
    Store(project.path(CACHE)).keep("ab12", bytes(3 * 1024**2))
    assert "removed 1 PDFs (3.0 MB)" in project.run("cache", "prune", "--max-size", "2").stdout
    assert explained(project) == {}


# --- values and traces --------------------------------------------------------------------------


@given(st.text(), st.text())
def test_what_stands_for_a_value(one, other):
    assert (digest_of(one) == digest_of(other)) is (one == other)
    assert len(digest_of(one)) <= 32


@given(st.dictionaries(st.text("abc/é ", min_size=1), st.text("01 é"), max_size=5))
def test_traces_are_kept(trace):
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.keep("name", Stored("1", tuple(trace.items()), "1"))
        cache.close()
        found = Cache(Path(folder)).fact("name")
        assert found is not None
        assert dict(found.trace) == trace


# --- workers ----------------------------------------------------------------------------------


WORK = {
    "good": "",
    "slow": "it takes more than 0.7 s",
    "endless": "it takes more than 0.7 s",
    "huge": "it needs more than 200 MB of memory",
    "dead": "the process that makes it ended (SIGABRT)",
    "gone": "the process that makes it ended (exit code 3)",
    "deep": "lists, quotations or tags are nested too deeply",
    "wrong": "it cannot be made: ZeroDivisionError: integer division or modulo by zero",
}


@pytest.mark.parametrize("count", [1, 2])
def test_bad_work_fails_alone(count):
    names = [name for bad in WORK for name in (bad, f"after {bad}")]
    with Pool(work, count=count, limits=Limits(0.7, 200)) as pool:
        results = {result.work: result for result in pool.run(names)}
    assert set(results) == set(names)
    for name in names:
        said = [problem.message for problem in results[name].problems]
        assert said == ([WORK[name]] if WORK.get(name) else []), name
        assert results[name].output == (None if said else name.upper())


def test_a_worker_that_waits_for_others_has_more_time_than_one_that_works():
    """On a busy machine a PDF takes longer on the clock; it is not lost for that."""
    with Pool(work, count=1, limits=Limits(0.7, 200)) as pool:
        (result,) = pool.run(["late"])
    assert (result.output, result.problems) == ("LATE", ())


def test_a_worker_that_is_deaf_to_its_clock_is_ended(monkeypatch):
    monkeypatch.setattr(workers, "GRACE", 1)
    with Pool(be_deaf, count=2, limits=Limits(0.5, 200)) as pool:
        results = {result.work: result for result in pool.run(["slow", "a", "b"])}
    (problem,) = results["slow"].problems
    assert problem.message == "it takes more than 0.5 s"
    assert (results["a"].output, results["b"].output) == ("A", "B")


def test_bad_work_loses_none_that_is_alike():
    names = [[f"{bad} {turn}" for bad in ("good", "after", "last")] for turn in range(5)]
    names = [["dead", *some, "gone"] for some in names]
    with Pool(work, count=2, limits=Limits(0.7, 200)) as pool:
        results = [result.work for result in pool.run(*names)]
    assert sorted(results) == sorted(chain.from_iterable(names))


def test_a_worker_stays_with_what_is_alike():
    names = [[f"{kind} {number}" for number in range(8)] for kind in "abcd"]
    with Pool(who, count=2, limits=Limits()) as pool:
        made = {result.work: result.output for result in pool.run(*names)}
    assert len(set(made.values())) == 2
    for some in names[:3]:  # at the end of the last one, who has nothing left helps
        assert len({made[name] for name in some[:4]}) == 1


def test_work_is_taken_only_when_a_worker_is_free():
    taken = []

    def works():
        for number in range(20):
            taken.append(number)
            yield str(number)

    with Pool(work, count=2, limits=Limits()) as pool:
        for done, _ in enumerate(pool.run(works()), 1):
            assert len(taken) <= done + 2
    assert len(taken) == 20


@pytest.mark.pdf
def test_a_hostile_leaflet_fails_alone(project):
    source = project.text("source/drain-plan.md")
    nested = "\n\n" + "<div>" * 800 + "x" + "</div>" * 800 + "\n"
    project.path("source/drain-plan.md").write_text(source + nested, encoding="utf-8")
    result = project.run("build", "en", "--only", "pdf", "--paper", "a4", code=1)
    assert "drain-plan.md: error: lists, quotations or tags are nested too deeply" in result.stderr
    assert set(project.built()) == {"en/drain-a4.pdf"}


@pytest.mark.pdf
def test_pdfs_come_back_from_the_cache(project, monkeypatch):
    options = ("build", "fr", "--only", "pdf", "--paper", "a4", "--explain")
    project.run(*options)
    before = project.built()
    shutil.rmtree(project.path("build/fr"))
    monkeypatch.delattr(Pool, "_give")  # no worker makes them again
    said = project.run(*options).stdout
    assert "fr/drain-a4.pdf: made: its file is missing" in said
    assert project.built() == before
    assert load(project.root).papers == ("a4", "letter")


def test_nothing_of_a_pdf_is_kept_on_a_full_disk(tmp_path, monkeypatch):
    def full(path, data):
        with path.open("wb") as file:
            file.write(data[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    Store(tmp_path).keep("abcdef", b"%PDF")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# --- where processes cannot start ------------------------------------------------------------

# An interrupt reaches all processes of a terminal, while workers are still getting ready, too.
INTERRUPTED = """\
import os, signal
from multiprocessing import forkserver
from ankl_i18n.engine.workers import Limits, Pool, get_ready

def server():
    return forkserver._forkserver._forkserver_pid

get_ready(("ankl_i18n.pdf.warm",))
before = server()
os.kill(before, signal.SIGINT)
with Pool(str, count=1, limits=Limits()) as pool:
    assert [result.output for result in pool.run([1])] == ["1"]
assert server() == before
"""


def test_workers_that_get_ready_are_not_interrupted():
    command = [sys.executable, "-c", INTERRUPTED]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_where_no_worker_can_start(project, tmp_path):
    folder = tmp_path / ("long" * 30)  # for the name of a socket (unix(7))
    folder.mkdir()
    command = [sys.executable, "-m", "ankl_i18n", "build", "--project", str(project.root)]
    env = {**os.environ, "TMPDIR": str(folder)}
    ran = subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert ran.returncode == 1
    assert "--jobs: error: no process can be started to make PDFs: AF_UNIX path" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(("hard", "most"), [(5, 5), (2**60, None), (-1, None)])
def test_a_worker_does_not_ask_for_more_than_it_may_have(monkeypatch, hard, most):
    asked = []
    monkeypatch.setattr("resource.getrlimit", lambda _: (-1, hard))
    monkeypatch.setattr("resource.setrlimit", lambda _, limits: asked.append(limits))
    workers._limit_memory(1)
    ((soft, also),) = asked
    assert soft == also == (most or soft) > 0
    assert hard == most or soft > workers.MEGABYTE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_told_to_end_tidies_up(project, tmp_path, number):
    folder = tmp_path / "t"
    folder.mkdir()
    command = [sys.executable, "-m", "ankl_i18n", "build", "--project", str(project.root)]
    env = {**os.environ, "TMPDIR": str(folder)}
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wait_until(lambda: any(folder.glob("*/*")))  # the socket of its workers
    running.send_signal(number)
    said = running.communicate(timeout=PATIENCE)[0].decode()
    end = "Interrupted. The next build continues where this one stopped."
    assert (running.returncode, said.strip()) == (128 + number, end)
    assert not any(folder.iterdir())
