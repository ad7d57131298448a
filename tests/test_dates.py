from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.components.calendar import CalendarRule, DateContextRule
from communique.edtf import is_duration, is_edtf
from communique.rules import read as read_rules
from communique.rules import shipped
from finding import dates, read

Expected = list[tuple[str, str | None]]


def cases() -> list[tuple[str, Expected]]:
    found: list[tuple[str, Expected]] = []
    for line in (Path(__file__).parent / "data/dates.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            words, _, value = line.strip().rpartition(" = ")
            found[-1][1].append((words, None if value == "null" else value))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


@pytest.mark.parametrize(("text", "expected"), cases())
def test_dates_of_a_sentence(text: str, expected: Expected) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases())
def test_every_value_is_edtf_or_a_duration(text: str, expected: Expected) -> None:
    for _, value in expected:
        assert value is None or is_edtf(value) or is_duration(value)


@pytest.mark.parametrize(
    "text", ["They met last year.", "They met on Friday.", "It opened 30 years ago.", "It opened on 3 May."]
)
def test_nothing_is_resolved_without_a_date_of_the_text(text: str) -> None:
    assert [value for _, value in dates(text, published=None)] == [None]


def test_a_date_that_says_its_year_needs_no_date_of_the_text() -> None:
    assert dates("They met on 3 May 2019 in Kisumu, by the lake, as every spring.", None) == [
        ("3 May 2019", "2019-05-03")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "LAKE COUNCIL MEETS\n\n17 May 2024\n\nThe ministers met today.",
        "LAKE COUNCIL MEETS\n\nENTEBBE, 17 May 2024 – The ministers of the Lake Council met today in this town.",
        "LAKE COUNCIL MEETS, 12 May 2024\n\nEntebbe, May 17, 2024\n\nThe ministers met today.",
        "LAKE COUNCIL MEETS\n\nThe ministers met today in this town by the lake, once again.\n\nEntebbe, 17 May 2024",
    ],
)
def test_the_date_of_a_text_is_in_its_heading_or_dateline(text: str) -> None:
    tokens = read(text, published=None)
    assert tokens.reference == "2024-05-17"
    assert ("today", "2024-05-17") in [(tokens.raw(m.start, m.end), m.data) for m in tokens.found["date"]]


def test_the_publisher_s_date_comes_first() -> None:
    assert read("17 May 2024\n\nThey met today.", published="2024-05-18").reference == "2024-05-18"


def test_a_wrapped_date_is_one() -> None:
    assert dates("They met on May\n17, 2024, for five\nyears.") == [
        ("May\n17, 2024", "2024-05-17"),
        ("five\nyears", "P5Y"),
    ]


@pytest.mark.parametrize("rule", read_rules(CalendarRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_the_calendar(rule: CalendarRule) -> None:
    for example in rule.examples:
        start, end = example.index("["), example.index("]") - 1
        assert example[start + 1 : end + 1].lower() in rule.words
        tokens = read(example.replace("[", "").replace("]", ""))
        spans = [(tokens.start[m.start], tokens.end[m.end - 1]) for m in tokens.found["date"]]
        assert any(a <= start and end <= b for a, b in spans), example
    for example in rule.counterexamples:
        assert dates(example) == []


@pytest.mark.parametrize("rule", read_rules(DateContextRule, (shipped(),)), ids=lambda r: r.id)
def test_examples_of_what_is_around_dates(rule: DateContextRule) -> None:
    for example in rule.examples:
        inside = example[example.index("[") + 1 : example.index("]")]
        assert inside.lower().rstrip("-") in rule.words


WORDS = " ".join(
    (
        "May June 17 18 31 2024 2025 1999 and to – - , . of the first two twenty five hundred million years year month",
        "week decade century last next this quarter half spring in on between a an ago earlier Monday today 1990s",
        "mid-2031 21st $ % km people ships percent from or more than over about 2024-05-17 17.05.2024 ' 's ( ) 1. XXI",
        "Q1 same FY out times which was reached $5m 10–12 1,000 working °C USD euros per day mln bln.",
    )
).split()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "\n", "\n\n"]), max_size=14),
    st.sampled_from([" ", ""]),
    st.sampled_from(["2024-05-15", None]),
)
def test_any_words_give_records_in_order(words: list[str], blank: str, published: str | None) -> None:
    tokens = read(blank.join(words), published)
    for kind in ("date", "figure"):
        mentions = tokens.found[kind]
        assert all(m.start < m.end for m in mentions)
        assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in tokens.found["date"]:
        assert mention.data is None or is_edtf(mention.data) or is_duration(mention.data), mention
    for mention in tokens.found["figure"]:
        figure = mention.data
        assert figure.upper is None or figure.upper > figure.value
        assert figure.measure is None or 0 <= figure.measure[0] < figure.measure[1] <= len(tokens)
