"""Checks: every case file says what each of its messages must and must not trigger.

A case is a catalog. The extracted comments of a message say what the checks must find in it,
exactly: `#. expect: KIND SEVERITY`, once for each finding, `#. expect: silenced KIND SEVERITY`
for what its translator silenced, `#. expect: nothing for KIND` for a good translation that
comes close, or `#. expect: nothing`.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankl_i18n.catalogs import po
from ankl_i18n.checks import CATALOG_CHECKS, CHECKS, KINDS, check, check_all
from ankl_i18n.checks.numbers import is_quiet
from ankl_i18n.checks.records import Pair, Whole
from ankl_i18n.checks.run import Translations
from ankl_i18n.checks.traits import AMOUNTS, FLAGS
from ankl_i18n.coverage.counting import translations
from ankl_i18n.errors import Severity
from ankl_i18n.languages import language
from ankl_i18n.source.texts import LIMIT, is_markdown

ROOT = Path(__file__).parents[2]
CATALOGS = sorted((ROOT / "locale").rglob("*.po"))
CASES = sorted((Path(__file__).parents[1] / "cases" / "checks").glob("*.po"))
EXPECT = "expect: "


def expectations(entry: po.Entry) -> list[str]:
    lines = entry.comment.split("\n")
    return [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]


def expected(entry: po.Entry) -> Counter[str]:
    return Counter(line for line in expectations(entry) if not line.startswith("nothing"))


def entries(catalog: po.Catalog) -> list[po.Entry]:
    return [catalog.header, *catalog.entries]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    catalog = po.read(path)
    folder = catalog.headers.get("X-Case-Folder") or catalog.headers["Language"]
    report = check_all(catalog, language(folder), language("en"))
    found: dict[int, Counter[str]] = {entry.line: Counter() for entry in entries(catalog)}
    for prefix, problems in (("", report.problems), ("silenced ", report.silenced)):
        for problem in problems:
            found[problem.location.line][f"{prefix}{problem.kind} {problem.severity}"] += 1
    assert found == {entry.line: expected(entry) for entry in entries(catalog)}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_message_of_a_case_says_what_is_expected(path: Path) -> None:
    for entry in po.read(path).entries:
        said = expectations(entry)
        assert said, f"{path}:{entry.line} has no expectation"
        for line in said:
            words = line.removeprefix("nothing").removeprefix(" for").removeprefix("silenced")
            assert not words or words.split()[0] in KINDS, f"{path}:{entry.line}: {line}"


# A case of a text that is too long would be too long: see `test_a_text_beyond_the_limit`. Terms
# need a glossary: see `exchange/test_glossary.py`.
ELSEWHERE = {"too-long", "glossary", "glossary-strict", "glossary-forbidden", "glossary-mixed"}


@pytest.mark.parametrize("kind", sorted(KINDS - ELSEWHERE))
def test_every_check_has_a_trap_and_a_good_translation(kind: str) -> None:
    said = [
        line for path in CASES for entry in entries(po.read(path)) for line in expectations(entry)
    ]
    assert any(line.split()[0] == kind for line in said)
    assert f"nothing for {kind}" in said


@pytest.mark.parametrize("excess", [0, 1])
def test_a_text_beyond_the_limit_is_refused_with_its_line(tmp_path: Path, excess: int) -> None:
    path = tmp_path / "x.po"
    text = "x" * (LIMIT + excess)
    path.write_text(
        f'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a"\nmsgstr "{text}"\n', encoding="utf-8"
    )
    catalog = po.read(path)
    found = [
        (one.kind, one.location.line) for one in check(catalog, language("fr"), language("en"))
    ]
    assert (("too-long", 4) in found) == bool(excess)
    assert translations(catalog)[None, "a"] == (None if excess else text)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: "/".join(path.parts[-3:]))
def test_the_catalogs_of_this_project_have_no_errors_nor_warnings(path: Path) -> None:
    found = check(po.read(path), language(path.parts[-3]), language("en"))
    assert [str(problem) for problem in found if problem.severity is not Severity.HINT] == []


def test_findings_can_be_counted_and_sampled() -> None:
    folder = Path(__file__).parents[1] / "cases" / "checks"
    command = [sys.executable, "-m", "benchmarks", "checks", "--catalogs", folder, "--sample", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "| abbreviations-fr.po | 10 | 0 | 1 | 2 | 0 |" in done.stdout, done.stderr
    assert "by check: " in done.stdout
    assert "signs-fr.po:" in done.stdout


def test_kinds_are_unique() -> None:
    kinds = [one.kind for one in (*CHECKS, *CATALOG_CHECKS)]
    assert len(kinds) == len(set(kinds))


def test_a_problem_says_where_and_what_and_how_to_fix_it() -> None:
    catalog = po.parse(
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        b'#: source/ankl.md\nmsgid "38 mg"\nmsgstr "83 mg"\n',
        "fr.po",
    )
    (problem,) = check(catalog, language("fr"), language("en"))
    assert str(problem) == "fr.po:5: error: 38 became 83 [numbers]"
    assert problem.context == "38 mg\n83 mg"
    assert problem.hint


def test_a_broken_plural_rule_made_in_memory_is_found() -> None:
    catalog = po.new("fr.po", {"Language": "fr", "Plural-Forms": "nplurals=2; plural=n/0;"})
    problems = check(catalog, language("fr"), language("en"))
    assert [problem.kind for problem in problems] == ["plural-forms"]


# What slips of the fingers, other programs and people in a hurry put into a translation.
SLIPS = json.loads(
    (Path(__file__).parents[1] / "cases/checks/slips.json").read_text(encoding="utf-8")
)


def slipped(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(text))
        text = text[:at] + chance.choice(SLIPS) + text[at + chance.choice((0, 0, 1, 5)) :]
    return text


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: "/".join(path.parts[-3:]))
def test_what_a_check_finds_has_its_trait(path: Path) -> None:
    """A check that is left out for want of a trait would have found nothing."""
    chance = random.Random(path.parts[-3])
    catalog = po.read(path)
    translated = [entry for entry in catalog.entries if entry.translated()]
    pairs = Translations(Whole(catalog, translated), language(path.parts[-3]), language("en"))
    found = 0
    for entry in chance.sample(translated, min(len(translated), 150)):
        if entry.msgid_plural:
            continue
        entry.msgid = chance.choice((entry.msgid, slipped(chance, entry.msgid)))
        entry.msgstr = slipped(chance, chance.choice((entry.msgstr, entry.msgstr, entry.msgid)))
        markup = is_markdown(entry.msgid, entry.comment)
        flags = FLAGS if entry.flags else 0
        traits = flags | pairs.traits.find(entry.msgid, entry.msgstr, markup=markup)
        pair = pairs.pair(entry, 0, entry.msgid, markup=markup)
        found += _all_found(pair, traits)
    assert found


def _all_found(pair: Pair, traits: int) -> int:
    """Return how much checks find in a pair, all of it where they have their traits."""
    kinds = {one.kind: one for one in CHECKS if any(one.find(pair))}
    if is_quiet(pair):
        traits &= ~AMOUNTS
    assert [kind for kind, one in kinds.items() if not one.traits & traits] == [], pair
    return len(kinds)


PIECES = st.sampled_from(
    [
        *"abc 0123456789.,-–−%°<>≤*_`[]()!\\&;:{}\"'«»“”٣٨٫۳一二十百万½s/\n\t",
        *("www.a.b", "h@a.b", "million ", " pm", "not ", "30s", "<b>", "](#a)", " mg", "thirty"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join)
LANGUAGES = st.sampled_from(["fr", "uk", "zh_Hans", "ja", "ar", "fa", "th", "es", "hi", "fil"])


def one_message(msgid: str, msgstr: str) -> po.Catalog:
    catalog = po.new("x.po", {"Language": "x"})
    catalog.entries = [po.Entry(msgid=msgid, msgstr=msgstr)]
    return catalog


@settings(deadline=None)
@given(TEXTS, TEXTS, LANGUAGES)
def test_no_text_breaks_the_checks(msgid: str, msgstr: str, name: str) -> None:
    report = check_all(one_message(msgid, msgstr), language(name), language("en"))
    assert {problem.kind for problem in report.problems} <= KINDS


@settings(deadline=None)
@given(TEXTS)
def test_a_copy_in_the_same_language_has_no_problems(text: str) -> None:
    assert check(one_message(text, text), language("en_GB"), language("en")) == []


@settings(deadline=None)
@given(st.integers(13, 10**7), st.integers(13, 10**7), LANGUAGES)
def test_a_changed_number_is_an_error_in_any_digits(one: int, other: int, name: str) -> None:
    target = language(name)
    catalog = one_message(f"{one} mg", f"{target.format_number(other)} mg")
    kinds = [problem.kind for problem in check(catalog, target, language("en"))]
    assert ("numbers" in kinds) == (one != other)
