from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.values.numbers import parse_digits, parse_words, plain_number

SMALL = [*range(1, 20), *range(20, 100, 10)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("2.4", "2.4"),
        ("143,000", "143000"),
        ("1,234,567.89", "1234567.89"),
        ("1 200", "1200"),
        ("1\u00a0200\u00a0000", "1200000"),
        ("1\u202f200,5", "1200.5"),
        ("1'200'000", "1200000"),
        ("3,5", "3.5"),
        ("12,75", "12.75"),
        ("1.000.000", "1000000"),
        ("1.234,50", "1234.50"),
        ("1,50,000", "150000"),
        ("12,34,56,789", "123456789"),
        ("½", "0.5"),
        ("2½", "2.5"),
        ("007", "7"),
    ],
)
def test_digits(text: str, value: str) -> None:
    assert parse_digits(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", ".", "1,2,3", "1,0000", "1..2", "12:30", "2031-05", "٣", "1e5", "x½", "2.5½", "-3", "1,", "5th"]
)
def test_no_digits(text: str) -> None:
    assert parse_digits(text) is None


@given(st.integers(0, 10**15))
def test_thousands_are_parted_by_commas_blanks_or_nothing(number: int) -> None:
    with_commas = f"{number:,}"
    for form in (str(number), with_commas, with_commas.replace(",", " "), with_commas.replace(",", "\u202f")):
        assert parse_digits(form) == number


@given(st.integers(10**6, 10**15))
def test_thousands_are_parted_by_points_where_there_are_two(number: int) -> None:
    assert parse_digits(f"{number:,}".replace(",", ".")) == number


@given(st.decimals(0, 10**9, places=2))
def test_decimals(number: Decimal) -> None:
    assert parse_digits(str(number)) == number
    assert parse_digits(f"{number:,}") == number


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = parse_digits(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ([2], 2),
        ([20, 5], 25),
        ([100], 100),
        ([2, 100, 40], 240),
        ([2, 100, 40, 7], 247),
        ([1000], 1000),
        ([3, 1000000, 5], 3000005),
        ([2, 100, 1000], 200000),
        ([1, 1000000000, 2, 1000000, 3, 100, 4, 1000, 5], 1002304005),
    ],
)
def test_words(values: list[int], number: int) -> None:
    assert parse_words(values) == number


@pytest.mark.parametrize("values", [[], [4, 5], [40, 30], [5, 20], [11, 2], [1, 1000, 2, 1000000], [2, 100, 3, 100]])
def test_no_words(values: list[int]) -> None:
    assert parse_words(values) is None


def spelled(number: int) -> list[int]:
    """The values of the words in which a number is spelled."""
    for scale in (10**9, 10**6, 1000, 100):
        if number >= scale:
            rest = spelled(number % scale) if number % scale else []
            return [*spelled(number // scale), scale, *rest]
    if number < 20 or number % 10 == 0:
        return [number]
    return [number // 10 * 10, number % 10]


@given(st.integers(1, 10**12 - 1))
def test_a_spelled_number_is_read_back(number: int) -> None:
    assert parse_words(spelled(number)) == number


@given(st.lists(st.sampled_from([*SMALL, 100, 1000, 10**6]), max_size=6))
def test_any_words_are_a_number_or_none(values: list[int]) -> None:
    number = parse_words(values)
    assert number is None or number > 0


@pytest.mark.parametrize(("value", "number"), [("2", 2), ("2.0", 2), ("2.50", 2.5), ("2400000000", 2400000000)])
def test_a_whole_number_is_an_int(value: str, number: float) -> None:
    found = plain_number(Decimal(value))
    assert found == number
    assert type(found) is type(number)
