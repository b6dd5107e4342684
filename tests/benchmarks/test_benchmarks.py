"""The benchmarks run and count rightly; nothing is said here about speed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.peers import Inputs, Peer, Program, counting, localizing

from benchmarks import measure, peers, plot, tasks, whole
from conftest import Golden

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases" / "benchmarks"
ADOPTED = ("--source", str(CASES / "book"), "--catalog", str(CASES / "ja.po"), "--language", "ja")


LOCKS = sorted((ROOT / "benchmarks" / "peers").glob("*.txt"))
FIGURES = CASES / "figures.json"
SVG = "{http://www.w3.org/2000/svg}"


def python(*arguments: str, seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_extract_measures_a_generated_corpus() -> None:
    report = python("-m", "benchmarks", "extract", "--alone", "--files", "4", "--rounds", "2")
    assert report.startswith("5 Markdown files")
    row = re.search(
        r"ankl-i18n extract [\d.]+ \| (\d+) \| ([\d.]+) s \| [\d.]+ s \| (\d+) MiB", report
    )
    assert row
    assert int(row[1]) > 50
    assert float(row[2]) > 0
    assert int(row[3]) > 5


def test_the_generated_corpus_is_always_the_same() -> None:
    code = "from benchmarks.generated import leaflet; print(leaflet(3), leaflet(4))"
    assert python("-c", code, seed="1") == python("-c", code, seed="2")


def test_update_merges_the_same_catalog_with_every_tool() -> None:
    report = python("-m", "benchmarks", "update", *ADOPTED, "--rounds", "1")
    rows = [line for line in report.splitlines() if re.match(r"\| (ankl-i18n|msgmerge) ", line)]
    assert len(rows) == 3  # ours, msgmerge and msgmerge -N
    for row in rows:
        # White space alone does not make a translation of ours fuzzy.
        assert ("5 translated" if "ankl-i18n" in row else "4 translated") in row


def test_adopt_says_what_is_shown_and_why_the_rest_is_not(golden: Golden) -> None:
    report = python("-m", "benchmarks", "adopt", *ADOPTED)
    golden(CASES / "adopted.txt", report.partition("\n\n")[2])


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.pdf
def test_rendering_compares_three_makers_of_pdfs() -> None:
    report = python("-m", "benchmarks", "rendering", "--language", "fr")
    (row,) = [line for line in report.splitlines() if line.startswith("| French |")]
    cells = [cell.split(" · ") for cell in row.strip("| ").split(" | ")]
    failures, (poppler,), wrong = cells[2:5], {cells[5][0]}, cells[8:10]
    assert [cell[0] for cell in failures] == ["0", "0", "0"]
    assert poppler == cells[6][0] == cells[1][0]
    assert [cell[0] for cell in wrong] == ["0", "0"]
    assert all(len(cell) == 3 for cell in cells[2:])


def test_rebuild_measures_builds_with_little_to_do() -> None:
    report = python(
        "-m", "benchmarks", "rebuild", "--leaflets", "2", "--languages", "2", "--rounds", "1"
    )
    rows = re.findall(r"^\| (.+) \| ([\d.]+) s \| ([\d.]+) s \|$", report, re.MULTILINE)
    clock = {name: float(seconds) for name, seconds, _ in rows}
    assert len(clock) == 7
    assert {"build, nothing to do", "build from nothing, pages only"} <= {*clock}
    assert all(seconds > 0 for seconds in clock.values())


def test_the_generated_project_is_always_the_same(tmp_path: Path) -> None:
    code = "import sys, pathlib; from benchmarks.corpus import Corpus, write; "
    code += "write(pathlib.Path(sys.argv[1]), Corpus(3, ('fr', 'ar'), 0.5))"
    made = []
    for seed in ("1", "2"):
        python("-c", code, str(tmp_path / seed), seed=seed)
        files = sorted((tmp_path / seed).rglob("*.*"))
        made.append([path.read_bytes() for path in files])
    assert made[0] == made[1]
    assert len(made[0]) == 1 + 3 + 3 * 2


# --- what a run costs -----------------------------------------------------------------------


def test_memory_is_that_of_the_program_and_not_of_the_one_that_measures(tmp_path: Path) -> None:
    held = bytearray(200 * 2**20)
    assert measure.run(["true"], tmp_path).memory < 20
    large = [sys.executable, "-c", "x = bytes(range(256)) * 2**18"]
    assert 60 < measure.run(large, tmp_path).memory < 150
    assert held


def test_processor_time_is_that_of_processes_left_behind_too(tmp_path: Path) -> None:
    # It works once the command has ended and nobody waits for it any more (proc(5)).
    work = (
        "import os, sys, time\nwhile os.path.exists(sys.argv[1]): time.sleep(0.01)\n"
        "while time.process_time() < 0.4: pass"
    )
    left = ["sh", "-c", f'{sys.executable} -c "$0" /proc/$$ &', work]
    begin = time.monotonic()
    sample = measure.run(left, tmp_path)
    assert sample.cpu > 0.3
    assert sample.wall < time.monotonic() - begin - 0.2


def test_a_command_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(measure.TooSlowError):
        measure.run(["sh", "-c", "sleep 60 & sleep 60"], tmp_path, limit=0.2)


def test_a_command_that_fails_is_named_with_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(measure.CommandError, match=r"(?s)sh -c .*failed:.*no such catalog"):
        measure.run(["sh", "-c", "echo no such catalog >&2; exit 3"], tmp_path)


def contender(folder: Path, name: str, *command: str) -> measure.Contender:
    return measure.Contender(name, "1", command, folder, folder / name)


def test_programs_run_in_turns_from_the_same_state(tmp_path: Path) -> None:
    (tmp_path / "before").write_text("old\n")
    script = "cat {0}/{1} >>{0}/log 2>&1; echo {1} | tee {0}/{1} >>{0}/log".format
    first = contender(tmp_path, "a", "sh", "-c", script(tmp_path, "a"))
    first = replace(first, before=tmp_path / "before")
    second = contender(tmp_path, "b", "sh", "-c", f"test ! -e b; {script(tmp_path, 'b')}")
    taken = measure.alternate([first, second], 2)
    assert [len(one.samples) for one in taken] == [2, 2]
    lines = (tmp_path / "log").read_text().splitlines()
    assert [line for line in lines if "b: No such" not in line] == ["old", "a", "b"] * 3


def test_a_peer_that_fails_stops_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad, slow = (
        contender(tmp_path, "good", "true"),
        contender(tmp_path, "bad", "sh", "-c", "echo wrong; exit 1"),
        contender(tmp_path, "slow", "sleep", "60"),
    )
    run = measure.run
    monkeypatch.setattr(
        measure, "run",
        lambda command, folder, limit: run(command, folder, limit if "60" in command else None),
    )  # fmt: skip
    taken = measure.alternate([good, bad, slow], 2, limit=0.5)
    assert [len(one.samples) for one in taken] == [2, 0, 0]
    assert "wrong" in taken[1].failure
    assert taken[2].stopped == 0.5
    with pytest.raises(measure.CommandError):
        measure.alternate([bad, good], 2)


# --- a whole run ----------------------------------------------------------------------------


def writes(text: str, version: str = "1.0") -> Program:
    return Program(("sh", "-c", f"echo {text} >out"), lambda: version, "make bench")


def peer(name: str, program: Program) -> Peer:
    return Peer(name, program, lambda _given: program.command, "out", f"as {name} does")


def test_a_task_measures_all_programs_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = (
        peer("ours", writes("12")), peer("theirs", writes("7")), peer("absent", writes("", "")),
        peer("broken", Program(("false",), lambda: "2")),
    )  # fmt: skip
    task = tasks.Task("Try", "number", programs, lambda path: path.read_text().strip())
    monkeypatch.setitem(tasks.TASKS, "try", task)
    case = tasks.Case("try", "small", lambda root: f"{len(list(root.iterdir()))} files")
    figures = tasks.measured(case, tmp_path, 2, 10)
    assert figures.inputs == "0 files"
    told = [(row.name, row.result, len(row.samples), bool(row.failure)) for row in figures.rows]
    assert told == [
        ("ours", "7", 2, False), ("theirs", "7", 2, False),
        ("absent", "", 0, True), ("broken", "", 0, True),
    ]  # fmt: skip
    assert figures.rows[2].failure == "not measured: make bench would install it"


def test_the_tables_say_who_needs_less(golden: Golden, tmp_path: Path) -> None:
    docs = tmp_path / "performance.md"
    docs.write_text(f"# Before\n\n{whole.BEGIN}\nold\n{whole.END}\n\nAfter\n")
    figures, machine = whole.stored(FIGURES)
    for _ in range(2):  # the second time changes nothing
        whole.write(docs, figures, machine)
        golden(CASES / "tables.md", docs.read_text(encoding="utf-8"))
    assert ElementTree.parse(tmp_path / "performance.svg").getroot().tag == f"{SVG}svg"


def test_tables_need_their_marks(tmp_path: Path) -> None:
    docs = tmp_path / "performance.md"
    docs.write_text("# No marks\n")
    with pytest.raises(ValueError, match="marks"):
        whole.write(docs, *whole.stored(FIGURES))
    assert docs.read_text() == "# No marks\n"


def test_samples_that_are_kept_come_back(tmp_path: Path) -> None:
    figures, machine = whole.stored(FIGURES)
    whole.store(tmp_path / "kept" / "figures.json", figures, machine)
    assert whole.stored(tmp_path / "kept" / "figures.json") == (figures, machine)


def test_the_plot_has_a_bar_for_each_ratio_and_says_it_in_words() -> None:
    figures, _ = whole.stored(FIGURES)
    root = ElementTree.fromstring(plot.plot(figures, "Processor time"))
    bars = root.findall(f"{SVG}rect")
    assert [bar.get("class") for bar in bars] == ["less", "more", "more"]
    widths = [float(bar.get("width", 0)) for bar in bars]
    assert widths[1] > widths[2] > widths[0] > 20
    assert root.findtext(f"{SVG}title") == "Processor time"
    assert root.get("role") == "img"
    told = root.findtext(f"{SVG}desc") or ""
    assert "quick & small 0.50, slow 150" in told
    right = float((root.get("viewBox") or "").split()[2])
    assert all(float(bar.get("x", 0)) + float(bar.get("width", 0)) < right for bar in bars)


# --- the peers ------------------------------------------------------------------------------


@pytest.mark.parametrize("task", tasks.TASKS.values(), ids=tasks.TASKS)
def test_the_peers_of_a_task_are_told_apart(task: tasks.Task) -> None:
    assert task.peers[0].program is peers.ANKL
    assert len({one.name for one in task.peers}) == len(task.peers) > 3


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_the_peers_are_locked_with_hashes(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    packages = [number for number, line in enumerate(lines) if line[0] not in " #"]
    assert len(packages) > 3
    for number in packages:
        assert re.fullmatch(r"[\w.-]+(\[\w+\])?==[\w.]+( ; .*)? \\", lines[number])
        assert lines[number + 1].startswith("    --hash=sha256:")
    assert not any("://" in line for line in lines)


@pytest.mark.parametrize("said", sorted((CASES / "counted").iterdir()), ids=lambda p: p.stem)
def test_what_programs_say_of_catalogs_is_understood(said: Path) -> None:
    assert counting.translated(said) == said.name.partition("-")[0]


def test_only_translated_pages_count(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("ţĥé ŵöŕđš", encoding="utf-8")
    (tmp_path / "b.html").write_text("Précédent, à côté", encoding="utf-8")
    (tmp_path / "c.css").write_text("ŵ", encoding="utf-8")
    assert localizing.translated(tmp_path) == "1 html"


def test_one_file_at_a_time_is_a_loop(tmp_path: Path) -> None:
    for name in ("b.md", "a b.md", "c.txt"):
        (tmp_path / "source").mkdir(exist_ok=True)
        (tmp_path / "source" / name).write_text("")
    command = peers.each("source/*.md", 'cat >/dev/null; echo "$n $f" >>log')
    measure.run(command, tmp_path)
    assert (tmp_path / "log").read_text() == "1 source/a b.md\n2 source/b.md\n"
    with pytest.raises(measure.CommandError):
        measure.run(peers.each("source/*.md", "false"), tmp_path)


def test_a_program_that_is_missing_has_no_version(tmp_path: Path) -> None:
    assert not peers.said("no-such-program", "--version")()
    assert not peers.package(tmp_path, "sphinx")()
    assert peers.said("msgfmt", "--version")()


def test_peers_get_the_files_of_their_language(tmp_path: Path) -> None:
    given = Inputs(tmp_path, "zh-Hans")
    one = Peer("one", writes("x"), lambda _: ["true"], "po/{gettext}.po", before="old.po")
    made = one.contender(given)
    assert made.output == tmp_path / "po" / "zh_Hans.po"
    assert made.before == tmp_path / "old.po"
