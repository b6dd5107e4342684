"""Faults are planted rightly: each one changes what the text means, and the files hold still."""

from __future__ import annotations

import ast
import json
import random
import re
import tomllib
from pathlib import Path

import pytest
from benchmarks.planting import faults, words
from benchmarks.planting.kinds import KINDS
from benchmarks.planting.texts import Place

from ankl_i18n.errors import Location, Problem, Severity
from benchmarks import check_quality, judgements

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases" / "planting"
BY_NAME = {kind.name: kind for kind in KINDS}


def _cases() -> list[tuple[str, str, str, str, list[str]]]:
    table = tomllib.loads((CASES / "faults.toml").read_text(encoding="utf-8"))
    return [
        (kind, case["language"], case["source"], case["is"], case["planted"])
        for kind, cases in table.items()
        for case in cases
    ]


@pytest.mark.parametrize(("kind", "tag", "source", "text", "planted"), _cases())
def test_a_kind_plants_what_the_case_says(
    kind: str, tag: str, source: str, text: str, planted: list[str]
) -> None:
    known = words.words(tag)
    assert known is not None
    edits = BY_NAME[kind].plant(Place(source, text, known), random.Random(1))
    assert [faults.Fault(kind, *edit).planted(text) for edit in edits] == planted


def test_every_kind_has_a_case() -> None:
    assert {case[0] for case in _cases()} == {*BY_NAME}


def test_the_planter_and_the_checks_know_nothing_of_each_other() -> None:
    for path in (ROOT / "benchmarks" / "planting").rglob("*.py"):
        ours = {name for name in _imported(path) if name.startswith("ankl_i18n")}
        # Reading catalogs and naming their languages: no words of any language.
        assert ours <= {"ankl_i18n.catalogs.po", "ankl_i18n.languages.language"}, path
    for path in (ROOT / "src").rglob("*.py"):
        assert not any(name.startswith("benchmarks") for name in _imported(path)), path
        assert "planting" not in path.read_text(encoding="utf-8"), path


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", sorted(words.FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_word_lists_name_known_senses_and_change_something(path: Path) -> None:
    if path.stem == words.SOURCE:
        return
    known = words.words(path.stem)
    assert known is not None
    assert known.swaps.keys() <= {sense.name for sense in words.senses()}
    for sides in known.swaps.values():
        assert all(swap.phrase and swap.phrase != swap.other for side in sides for swap in side)


@pytest.mark.parametrize("path", sorted((ROOT / faults.DATA).glob("planted-*.jsonl.gz")))
def test_kept_faults_change_their_texts(path: Path) -> None:
    kept, _ = faults.read(path)
    for message in kept:
        for fault in message.faults:
            assert fault.kind in BY_NAME
            assert fault.planted(message.msgstr) != message.msgstr


def test_the_same_seed_plants_the_same(tmp_path: Path) -> None:
    found = [
        faults.Message(
            "fr.po", "fr", f"Take {n} mg before meals.", f"Prenez {n} mg avant les repas."
        )
        for n in range(10, 40)
    ]
    made = [
        faults.write(tmp_path / f"{run}.gz", faults.plant(found, 5, 7), texts=True)
        for run in range(2)
    ]
    assert made[0] == made[1]
    assert faults.digest(tmp_path / "0.gz") == made[0]
    kept, lost = faults.read(tmp_path / "0.gz")
    assert kept
    assert not lost
    assert kept == faults.plant(found, 5, 7)


# --- what is counted ------------------------------------------------------------------------


def test_faults_are_found_where_the_checks_say_something_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogs = tmp_path / "catalogs"
    catalogs.mkdir()
    (catalogs / "fr.po").write_bytes((CASES / "fr.po").read_bytes())
    monkeypatch.setattr(faults, "DATA", tmp_path)
    found = list(faults.messages(catalogs, [catalogs / "fr.po"]))
    planted = [
        faults.Message("fr.po", "fr", one.msgid, one.msgstr, "", (fault,))
        for one, fault in zip(found, PLANTED, strict=True)
    ]
    faults.write(tmp_path / "planted-x.jsonl.gz", planted, texts=False)
    outcomes, alarms, _ = check_quality.measure([catalogs], [], [], 1)
    assert [one.severity for one in outcomes] == [Severity.ERROR, None]
    assert [one.translated for one in alarms] == [3]
    report = "\n".join(check_quality.report(outcomes, alarms))
    assert re.search(r"\| digits \| `digit-changed` \| 1 \| 100%", report)
    assert re.search(r"\| opposites \| `opposite` \| 1 \| 0%", report)
    shown = "\n".join(check_quality.missed(outcomes, 5, unseen=True))
    assert "planted  le pied gauche" in shown


PLANTED = (
    faults.Fault("digit-changed", 7, 8, "9"),
    faults.Fault("opposite", 3, 7, "pied"),
)


def test_a_sample_hides_the_check_and_counts_what_both_readers_call_right(tmp_path: Path) -> None:
    problems = tuple(
        Problem("numbers", Severity.ERROR, f"{n} is gone", Location("fr.po", n), "", f"{n}\nx")
        for n in range(4)
    )
    alarms = [check_quality.Alarms("fr.po", "fr", 9, problems)]
    out = tmp_path / "sample-errors.jsonl"
    assert judgements.sample(alarms, Severity.ERROR, 3, out) == 3
    text = out.read_text(encoding="utf-8")
    assert '"check"' not in text
    assert "numbers" not in text
    ids = [json.loads(line)["id"] for line in text.splitlines()]
    for reader, answers in {"a": [True, True, False], "b": [True, None, False]}.items():
        lines = [
            json.dumps({"id": one, "right": right}) for one, right in zip(ids, answers, strict=True)
        ]
        (tmp_path / f"judgements-errors-{reader}.jsonl").write_text("\n".join(lines))
    (row,) = [line for line in judgements.precision(tmp_path) if line.startswith("| errors")]
    assert row == "| errors | 3 | 1 | 1 | 33% | `numbers` 2 of 3 |"


def test_few_cells_are_excused_each_of_a_known_kind_and_with_a_reason() -> None:
    cells = check_quality.excused()
    kinds = {kind.name for kind in KINDS}
    assert {kind for kind, _ in cells} <= kinds
    assert all(reason.endswith(".") for reason in cells.values())
    tags = {name.stem for name in Path("src/ankl_i18n/languages/data").glob("*.toml")}
    assert {tag for _, tag in cells} <= tags
    assert len(cells) <= check_quality.MOST_EXCUSED * len(kinds) * len(tags)
