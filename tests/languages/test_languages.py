"""Tags and names (cases/languages/tags.tsv), days (dates.tsv) and plural rules of languages."""

from __future__ import annotations

import csv
import datetime
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.languages import UnknownLanguageError, aliases, language, parents
from ankl_i18n.languages.language import PLURALS

SHIPPED = Path(__file__).parents[2] / "locale"
CASES = Path(__file__).parents[1] / "cases" / "languages" / "dates.tsv"
DATES = list(csv.DictReader(CASES.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.mark.parametrize("case", DATES, ids=lambda case: f"{case['tag']} {case['day']}")
def test_dates(case: dict[str, str]) -> None:
    day = datetime.date.fromisoformat(case["day"])
    assert language(case["tag"]).format_date(day) == case["text"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_other_calendars_do_not_depend_on_the_time_zone(zone: str) -> None:
    code = (
        "import datetime; from ankl_i18n.languages import language;"
        "print(language('fa').format_date(datetime.date(2026, 11, 1)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert shown.stdout.decode().strip() == "۱۰ آبان ۱۴۰۵"


TAGS = Path(__file__).parents[1] / "cases" / "languages" / "tags.tsv"


@pytest.mark.parametrize(
    "case",
    list(csv.DictReader(TAGS.read_text(encoding="utf-8").splitlines(), delimiter="\t")),
    ids=lambda case: case["name"],
)
def test_tags(case: dict[str, str]) -> None:
    spoken = language(case["name"])
    found = spoken.tag, spoken.direction, spoken.data.script.code, spoken.english, spoken.endonym
    assert found == tuple(case[name] for name in ("tag", "direction", "code", "english", "endonym"))
    assert parents(spoken.gettext_id) == tuple(case["parents"].split())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("french", "French is fr"),
        ("Frenh", "French is fr"),
        ("français", "Français is fr"),
        ("chinese", "Chinese is zh-Hans"),
        ("Farsi", "Farsi is fa"),
        ("lao language", ""),
        ("fr_", ""),
        ("", ""),
        ("../../etc", ""),
        ("mn-Mong", "use mn, which is written in another script"),
        ("mn-CN", "use mn, which is written in another script"),
    ],
)
def test_a_name_that_cannot_be_used_is_told_what_to_write(name: str, hint: str) -> None:
    with pytest.raises(UnknownLanguageError) as caught:
        language(name)
    assert caught.value.hint == hint


@pytest.mark.parametrize("tag", ["hmn", "din", "kr", "cr", "oj", "ilo", "rom", "fuv", "kac-MM"])
def test_what_nobody_knows_of_needs_a_file_and_is_told_which(tag: str) -> None:
    with pytest.raises(UnknownLanguageError) as caught:
        language(tag)
    assert f"write languages/{tag[:3].rstrip('-')}.toml" in caught.value.hint
    assert caught.value.is_tag


def test_catalogs_are_found_under_every_name_of_a_language() -> None:
    assert {"fa_AF", "prs"} <= set(aliases("fa_AF"))
    assert {"zh_Hant", "zh_TW"} == set(aliases("zh_Hant"))
    assert aliases("zh_HK") == ("zh_HK",)


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        # Babel changes these with its versions; gettext tools do not.
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("es", "nplurals=2; plural=(n != 1);"),
        ("ca", "nplurals=2; plural=(n != 1);"),
        ("pt", "nplurals=2; plural=(n != 1);"),
        ("pt-BR", "nplurals=2; plural=(n > 1);"),
        ("it-CH", "nplurals=2; plural=(n != 1);"),
        ("iu", "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"),
        ("id", "nplurals=1; plural=0;"),
    ],
)
def test_plural_rules_are_those_of_gettext(tag: str, rule: str) -> None:
    assert language(tag).plural_forms == rule


def test_every_plural_rule_can_be_read_and_each_language_has_one() -> None:
    table = tomllib.loads(PLURALS.read_text(encoding="utf-8"))
    for rule in table:
        assert po.parse_plural_forms(rule).index(1) in range(6)
    tags = [tag for listed in table.values() for tag in listed.split()]
    assert len(tags) == len(set(tags))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*/LC_MESSAGES/ui.po")), ids=str)
def test_shipped_catalogs_count_as_their_language_does(path: Path) -> None:
    catalog = po.read(path)
    forms = po.parse_plural_forms(language(path.parts[-3]).plural_forms).nplurals
    assert po.parse_plural_forms(catalog.headers["Plural-Forms"]).nplurals == forms
