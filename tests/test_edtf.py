from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.edtf import bounds, is_day, is_duration, is_edtf
from communique.values import dates

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
UNITS = st.sampled_from(["Y", "Y10", "Y100", "Mo", "W", "W2", "D", "H", "M", "S"])


@pytest.mark.parametrize(
    "value",
    [
        "2024",
        "2024-05",
        "2024-05-17",
        "2024-02-29",
        "202X",
        "20XX",
        "2024-21",
        "2024-36",
        "2024-41",
        "2025/2027",
        "../2030",
    ],
)
def test_edtf(value: str) -> None:
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "24",
        "2024-13",
        "2024-5",
        "2023-02-29",
        "2024-05-32",
        "2024-25",
        "2024-21-01",
        "20X",
        "2027/2025",
        "2024/",
        "../..",
        "P5Y",
    ],
)
def test_no_edtf(value: str) -> None:
    assert not is_edtf(value)


@pytest.mark.parametrize("value", ["P5Y", "P18M", "P2W", "P10D", "PT8H", "P2Y6M", "PT1H30M", "P1.5Y"])
def test_durations(value: str) -> None:
    assert is_duration(value)


@pytest.mark.parametrize("value", ["", "P", "PT", "5Y", "P5", "PT5", "P5H", "P-5Y", "P5YT", "2024"])
def test_no_durations(value: str) -> None:
    assert not is_duration(value)


@given(st.text(max_size=24))
def test_any_text_is_edtf_or_not(value: str) -> None:
    assert not (is_edtf(value) and is_duration(value))


@given(DAYS, DAYS)
def test_an_interval_runs_forward(first: date, second: date) -> None:
    value = dates.interval(first.isoformat(), second.isoformat())
    assert (value is None) == (first > second)
    assert value is None or is_edtf(value)


@given(st.integers(1, 3000), st.integers(0, 14), st.integers(0, 33))
def test_a_day_is_one_of_the_calendar(year: int, month: int, number: int) -> None:
    value = dates.day(year, month, number)
    assert value is None or is_day(value)


@pytest.mark.parametrize(
    ("first", "second", "dotted", "value"),
    [
        (25, 3, False, "2019-03-25"),
        (3, 25, False, "2019-03-25"),
        (4, 4, False, "2019-04-04"),
        (3, 4, False, None),
        (3, 4, True, "2019-04-03"),
        (31, 2, False, None),
    ],
)
def test_day_and_month_in_any_order(first: int, second: int, dotted: bool, value: str | None) -> None:
    assert dates.unordered(2019, first, second, dotted) == value


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (5, "Y", "P5Y"),
        (2, "Y10", "P20Y"),
        (Decimal("0.5"), "Y100", "P50Y"),
        (Decimal("2.5"), "Y", "P2Y6M"),
        (Decimal("0.5"), "Y", "P6M"),
        (18, "Mo", "P18M"),
        (2, "W2", "P4W"),
        (10, "D", "P10D"),
        (Decimal("1.5"), "H", "PT1H30M"),
        (Decimal("0.5"), "H", "PT30M"),
        (30, "M", "PT30M"),
        (Decimal("1.5"), "D", None),
        (Decimal("1.37"), "Y", None),
    ],
)
def test_a_count_of_units(number: int | Decimal, unit: str, value: str | None) -> None:
    assert dates.duration(number, unit) == value


@given(st.integers(1, 10000), UNITS)
def test_every_duration_is_one(number: int, unit: str) -> None:
    value = dates.duration(number, unit)
    assert value is not None
    assert is_duration(value)


@given(DAYS, st.integers(1, 7))
def test_weekdays(reference: date, number: int) -> None:
    past, near, coming = (dates.parse_day(dates.weekday(reference, number, sign)) for sign in (-1, 0, 1))
    assert past is not None
    assert near is not None
    assert coming is not None
    assert {d.isoweekday() for d in (past, near, coming)} == {number}
    assert timedelta(0) <= reference - past < timedelta(7)
    assert timedelta(0) < coming - reference <= timedelta(7)
    assert abs(near - reference) <= timedelta(3)


@given(DAYS, st.integers(1, 12), st.integers(1, 28), st.sampled_from([-1, 0, 1]))
def test_a_day_without_a_year_is_at_most_a_year_away(reference: date, month: int, number: int, tense: int) -> None:
    found = date(dates.year_for(reference, month, number, tense), month, number)
    assert abs(found - reference) <= timedelta(366 if tense else 184)
    if abs(found - reference) > timedelta(3):
        assert (found - reference).days * tense >= 0


@given(DAYS, st.integers(1, 12), st.sampled_from([-1, 0, 1]))
def test_a_month_without_a_year_is_at_most_a_year_away(reference: date, month: int, tense: int) -> None:
    year = dates.year_for(reference, month, None, tense)
    distance = (year - reference.year) * 12 + month - reference.month
    assert abs(distance) <= 12
    assert distance * tense >= 0


@given(DAYS, st.sampled_from(["Y", "Mo", "W", "WE", "Q", "D", "Y10", "Y100"]), st.integers(-1, 1))
def test_a_step_from_the_reference_is_edtf(reference: date, unit: str, step: int) -> None:
    value = dates.stepped(reference, unit, step)
    assert value is not None
    assert is_edtf(value)
    single = bounds(value)
    if not step and unit != "WE" and single is not None:
        assert single[0] <= (reference.year, reference.month, reference.day) <= single[1]


@given(DAYS, st.integers(0, 5000), UNITS)
def test_what_was_a_while_ago_is_edtf(reference: date, number: int, unit: str) -> None:
    value = dates.ago(reference, number, unit)
    assert value is None or is_edtf(value)


@pytest.mark.parametrize("value", ["", "2024", "2024-05", "2024-13-01", "today", "20240517", "2024-W20-5"])
def test_no_day(value: str) -> None:
    assert dates.parse_day(value) is None
