"""Plural-Forms: the languages gettext's manual lists, and C's arithmetic."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankl_i18n.catalogs.po import PluralError, parse_plural_forms


@pytest.mark.parametrize(
    ("field", "numbers", "forms"),
    [
        ("nplurals=1; plural=0;", (0, 1, 2), (0, 0, 0)),
        ("nplurals=2; plural=n != 1;", (0, 1, 2), (1, 0, 1)),
        ("nplurals=2; plural=(n>1)", (0, 1, 2), (0, 0, 1)),
        (" nplurals = 2 ; plural = n>1 ? 1 : 0 ;", (0, 1, 2), (0, 0, 1)),
        (
            "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;",
            (0, 1, 11, 21, 5),
            (2, 0, 1, 0, 1),
        ),
        (
            "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
            " && (n%100<10 || n%100>=20) ? 1 : 2;",
            (1, 2, 5, 11, 12, 21, 22, 112),
            (0, 1, 2, 2, 2, 0, 1, 2),
        ),
        (
            "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
            " : n%100>=11 ? 4 : 5;",
            (0, 1, 2, 3, 11, 99, 100, 103),
            (0, 1, 2, 3, 4, 4, 5, 3),
        ),
    ],
)
def test_forms(field: str, numbers: tuple[int, ...], forms: tuple[int, ...]) -> None:
    assert tuple(map(parse_plural_forms(field).index, numbers)) == forms


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 - 2 - 1", 4),
        ("17 / 5 % 2", 1),
        ("1 || 0 && 0", 1),
        ("1 < 2 == 1", 1),
        ("0 ? 1 : 0 ? 2 : 3", 3),
        ("n != 0 && 10 / n >= 0", 1),
        ("n == 5 || n == 6 || 1 - 1", 1),
    ],
)
def test_arithmetic_is_that_of_c(expression: str, value: int) -> None:
    assert parse_plural_forms(f"nplurals=10; plural={expression};").index(5) == value


@pytest.mark.parametrize(
    "field",
    [
        "",
        "nplurals=2",
        "nplurals=x; plural=0;",
        "nplurals=11; plural=0;",
        "nplurals=0; plural=0;",
        "nplurals=2; plural=;",
        "nplurals=2; plural=n!=1; rm=1;",
        "nplurals=2; plural=n n;",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=m;",
        "nplurals=2; plural=n!=;",
        "nplurals=2; plural=" + "!" * 100 + "n;",
        "nplurals=2; plural=" + "1+" * 5000 + "1;",
        "nplurals=2; plural=n/(n-500);",
        "nplurals=2; plural=n - 1;",
        "nplurals=2; plural=!n + 1;",
    ],
)
def test_unusable_fields_say_so(field: str) -> None:
    with pytest.raises(PluralError):
        parse_plural_forms(field)


@settings(deadline=None)
@given(st.text("n0123456789?:()!=<>+-*/%&| ", max_size=60))
def test_any_expression_is_evaluated_or_refused(expression: str) -> None:
    with suppress(PluralError):
        assert 0 <= parse_plural_forms(f"nplurals=9; plural={expression};").index(3) < 9
