"""Projects of any size, and what is measured on them; nothing is said here about speed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_benchmarks import CASES, python

from ankl_i18n.catalogs import po
from ankl_i18n.engine.cache import MANY, Cache, Stored

GENERATE = ("-m", "benchmarks", "generate")


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_generated_project_is_always_the_same(tmp_path: Path) -> None:
    options = ("--leaflets", "3", "--languages", "fr,ur,ja", "--translated", "0.5")
    for seed in ("1", "2"):
        python(*GENERATE, str(tmp_path / seed), *options, seed=seed)
    python(*GENERATE, str(tmp_path / "other"), *options, "--seed", "7")
    made = files(tmp_path / "1")
    assert made == files(tmp_path / "2")
    assert len(made) == 1 + 3 + 3 * 3
    assert made.keys() == files(tmp_path / "other").keys()
    assert made != files(tmp_path / "other")


@pytest.mark.parametrize("share", [0, 0.7, 1])
def test_a_generated_project_is_translated_so_far(tmp_path: Path, share: float) -> None:
    python(*GENERATE, str(tmp_path), "--leaflets", "8", "--translated", str(share))
    entries = [e for path in tmp_path.rglob("*.po") for e in po.read(path).entries]
    assert sum(bool(entry.msgstr) for entry in entries) / len(entries) == pytest.approx(
        share, abs=0.05
    )
    python("-m", "ankl_i18n", "extract", "--project", str(tmp_path))
    templates = list(tmp_path.glob("locale/leaflet-*.pot"))
    assert len(templates) == 8
    for template in templates:
        messages = {entry.key() for entry in po.read(template).entries}
        catalog = tmp_path / "locale/hi/LC_MESSAGES" / template.with_suffix(".po").name
        assert {entry.key() for entry in po.read(catalog).entries} == messages


def test_scale_measures_the_planner() -> None:
    report = python("-m", "benchmarks", "scale", "--pdfs", "10,30", "--sections", "1", "--planner")
    rows = re.findall(r"^\| (\d+) \| ([\d.]+) ms \| (\d+) MiB \| 0 ms \|", report, re.MULTILINE)
    assert [row[0] for row in rows] == ["10", "30"]
    assert all(float(time) > 0 and int(memory) > 10 for _, time, memory in rows)


def test_check_speed_compares_with_msgfmt() -> None:
    size = str((CASES / "ja.po").stat().st_size * 2.5 / 1e6)
    options = ("--source", str(CASES / "book"), "--catalogs", str(CASES), "--megabytes", size)
    report = python("-m", "benchmarks", "check-speed", *options, "--rounds", "1")
    assert report.startswith("2 catalogs")
    assert len(re.findall(r"^\| .*`.* \| [\d.]+ s \| [\d.]+ s \|$", report, re.MULTILINE)) == 5


def test_a_large_cache_is_asked_and_not_kept_in_memory(tmp_path: Path) -> None:
    """What does not fit into memory is found all the same, in this run and in the next."""

    def ask(cache: Cache) -> None:
        for number in (0, 17, MANY + 4):
            found = cache.fact(f"fact {number}")
            assert found == Stored(str(number), (("a", str(number)),))
            assert cache.value(f"fact {number}", str(number)) == str(number)
        assert cache.fact("another") is None
        assert cache._facts is None

    cache = Cache(tmp_path / "cache")
    one = tmp_path / "file"
    one.write_text("x", encoding="utf-8")
    content = cache.digest(one)
    for number in range(MANY + 5):
        cache.keep(f"fact {number}", Stored(str(number), (("a", str(number)),), str(number)))
    cache.save()
    ask(cache)
    cache.close()
    again = Cache(tmp_path / "cache")
    ask(again)
    assert again.digest(one) == content
    again.close()


def test_what_was_just_written_is_not_read_again(tmp_path: Path) -> None:
    cache, path = Cache(tmp_path / "cache"), tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    cache.wrote(path, "its digest")
    assert cache.digest_now(str(path)) == "its digest"
