"""The benchmarks of export, import and the memory run and report; their figures are not judged."""

from pathlib import Path

from benchmarks import exchange_scale, memory_growth


def test_export_and_import_are_measured(tmp_path: Path) -> None:
    *_, last = exchange_scale.measure(tmp_path, [1], languages=2, sections=1, form="csv")
    assert last.startswith("| 1 × 2 | ")
    assert last.count(" MiB") == last.count(" ms") == 2


def test_answers_of_the_memory_are_measured(tmp_path: Path) -> None:
    *_, first, last = memory_growth.measure(tmp_path, [200, 300])
    assert first.startswith("| 200 | ")
    assert first.endswith("| 1.0 × |")
    assert last.startswith("| 300 | ")
