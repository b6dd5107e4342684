"""What a language makes of a day: cases/languages/dates.tsv."""

from __future__ import annotations

import csv
import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ankl_i18n.languages import language

CASES = Path(__file__).parent / "cases" / "languages" / "dates.tsv"
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
