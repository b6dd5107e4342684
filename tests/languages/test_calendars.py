"""Days in other calendars: ICU against the arithmetic of the calendars, and known days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ankl_i18n.errors import SettingsError
from ankl_i18n.languages import language
from ankl_i18n.languages.calendars import Day, converted, month_names
from ankl_i18n.languages.reader import LanguageFile, calendars, read_file

DAYS = [date(1999, 12, 31) + timedelta(days=97 * i) for i in range(150)]


def persian(year: int, month: int, day: int) -> int:
    """Return the fixed day of a Solar Hijri one, by the cycle of 33 years."""
    new_year = 226896 + 365 * (year - 1) + (8 * year + 21) // 33 - 1
    return new_year + (31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6) + day - 1


def ethiopic(year: int, month: int, day: int) -> int:
    """Return the fixed day of an Ethiopian one.

    Dershowitz and Reingold, Calendrical Calculations, 4th edition, 2018, chapter 4.2.
    """
    return 2796 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1


@pytest.mark.parametrize(("name", "fixed"), [("persian", persian), ("ethiopic", ethiopic)])
def test_days_are_those_of_the_arithmetic(name, fixed):
    for one in DAYS:
        (day,) = converted(one, calendars()[name])
        assert fixed(day.year, day.month, day.day) == one.toordinal(), one


# The first day of the years 1395 to 1408, as the calendars of Iran have it.
NEW_YEARS = (20, 21, 21, 21, 20, 21, 21, 21, 20, 21, 21, 21, 20, 20)


def test_the_first_days_of_the_years_in_iran():
    for i, day in enumerate(NEW_YEARS):
        (found,) = converted(date(2016 + i, 3, day), calendars()["persian"])
        assert found == Day(1395 + i, 1, 1)


def test_a_day_by_the_moon_has_several_reckonings():
    # Ramadan 1446 began on 1 March 2025 in Saudi Arabia.
    assert Day(1446, 9, 1) in converted(date(2025, 3, 1), calendars()["islamic"])


@pytest.mark.parametrize(
    ("name", "tag", "month", "names"),
    [
        ("persian", "fa", 12, {"اسفند"}),
        ("persian", "prs", 2, {"ثور"}),
        ("persian", "ps", 1, {"وری", "حمل"}),
        ("ethiopic", "am", 3, {"ኅዳር", "ህዳር"}),
        ("ethiopic", "ti", 13, {"ጳጉሜ", "ጷጉሜ"}),
        ("islamic", "ar", 9, {"رمضان"}),
        ("islamic", "ur", 9, {"رمضان"}),
    ],
)
def test_months_have_their_names(name, tag, month, names):
    known = month_names(calendars()[name], language(tag))
    assert names <= {one for one, number in known.items() if number == month}
    assert set(known.values()) == set(range(1, 14 if name == "ethiopic" else 13))


def test_an_unknown_calendar_is_told():
    file = LanguageFile("languages/xx.toml", '[dates]\ncalendars = ["julian"]\n')
    with pytest.raises(SettingsError) as wrong:
        read_file(file)
    (problem,) = wrong.value.problems
    assert problem.message == "[dates] calendars: there is no calendar 'julian'"
    assert problem.location.line == 2
    assert problem.hint == "The calendars are persian, ethiopic, islamic."
