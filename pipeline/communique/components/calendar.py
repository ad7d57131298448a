"""The calendar's words as tables, and what every construction of a date is read with."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from communique.components.number_words import Numbers
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, LOWER, Tokens
from communique.values import dates as values


@rule_file("calendar")
class CalendarRule(Rule):
    """A word of the calendar.

    `value` is the number of a month, weekday, season, ordinal, part of the year (as in EDTF) or decade, or a
    distance in days or steps; `code` is the unit of a duration in ISO 8601 with its factor (`Y10` a decade) or,
    for what is only pointed at ("this weekend"), `WE`, `Q` or `D`.
    """

    role: Literal[
        "month", "weekday", "season", "ordinal", "roman", "decade", "part", "part-number", "fraction", "unit",
        "pointed", "pointer", "relative",
    ]  # fmt: skip
    value: int
    words: tuple[str, ...]
    code: str = ""


@rule_file("date_contexts")
class DateContextRule(Rule):
    """Words around dates: what leads to a month or year alone, what forbids one, what tells the tense."""

    role: Literal[
        "between", "coming", "counted", "duration-lead", "infinitive", "join", "month-lead", "no-duration-before",
        "not-past", "not-weekday", "numbered", "past", "per", "prefix", "season-noun", "year-lead", "year-noun",
    ]  # fmt: skip
    words: tuple[str, ...]


class Found(NamedTuple):
    """A date at words `start` to `end`, its value and the rule that found it."""

    start: int
    end: int
    value: str | None
    rule: str


class Calendar:
    """The rules as tables from a lower-case word to its meaning."""

    def __init__(
        self, words: tuple[CalendarRule, ...], contexts: tuple[DateContextRule, ...], numbers: Numbers
    ) -> None:
        def table(*roles: str) -> dict[str, int]:
            return {w: r.value for r in words if r.role in roles for w in r.words}

        def codes(*roles: str) -> dict[str, str]:
            return {w: r.code for r in words if r.role in roles for w in r.words}

        def context(role: str) -> frozenset[str]:
            return frozenset(w for r in contexts if r.role == role for w in r.words)

        self.months = table("month")
        self.weekdays = table("weekday")
        self.seasons = table("season")
        self.ordinals = {
            **table("ordinal"),
            **{f"{n}{s}": n for n in range(1, 32) for s in ("st", "nd", "rd", "th")},
        }
        self.romans = table("roman")
        self.decades = table("decade")
        self.parts = table("part")
        self.numbered_parts = table("part-number")
        self.fractions = table("fraction")
        self.units = codes("unit")
        self.pointed = {**codes("unit"), **codes("pointed")}
        self.pointers = table("pointer")
        self.relatives = table("relative")
        self.days = {f"{n}{s}": n for n in range(1, 32) for s in ("", "st", "nd", "rd", "th")}
        self.days |= {f"0{n}": n for n in range(1, 10)}
        self.between, self.coming, self.counted = context("between"), context("coming"), context("counted")
        self.duration_lead, self.join = context("duration-lead"), context("join")
        self.infinitive = context("infinitive")
        self.month_lead, self.year_lead = context("month-lead"), context("year-lead")
        self.year_noun = context("year-noun")
        self.no_duration, self.numbered = context("no-duration-before"), context("numbered")
        self.not_past, self.not_weekday, self.past = (
            context("not-past"),
            context("not-weekday"),
            context("past"),
        )
        self.per, self.prefix, self.season_noun = context("per"), context("prefix"), context("season-noun")
        self.numbers = numbers
        self.triggers = frozenset().union(
            self.months, self.weekdays, self.seasons, self.decades, self.parts, self.numbered_parts,
            self.units, self.pointers, self.relatives, self.romans, numbers.small, {"same", "'", "fy"},
        )  # fmt: skip


_PUT_OFF = frozenset(
    {"postponed", "postpone", "deferred", "defer", "adjourned", "extended", "extend", "prolonged", "off"}
)
"""Words after which "to" makes a date one to come: "put off to July 16"."""
TERMS = frozenset({"by", "until", "till"})
"""Words that make a date a term, which is still to come."""


class Reader:
    """Days, months and years at a word of a text, and what a date without a year means there."""

    def __init__(self, calendar: Calendar, tokens: Tokens) -> None:
        self.calendar = calendar
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.size = len(tokens)
        self.reference: date | None = None

    def word(self, i: int) -> str:
        """The word at `i` in lower case, empty outside the text."""
        return self.lower[i] if 0 <= i < self.size else ""

    def is_capital(self, i: int) -> bool:
        """Whether word `i` has a capital."""
        return 0 <= i < self.size and bool(self.tokens.flags[i] & CAPITAL)

    def is_glued(self, i: int) -> bool:
        """Whether no blank parts word `i` from the one before."""
        return 0 < i < self.size and self.tokens.start[i] == self.tokens.end[i - 1]

    def month(self, i: int) -> int:
        """The month named at `i`, capitalised, else 0."""
        number = self.calendar.months.get(self.word(i), 0)
        return number if number and self.tokens.flags[i] & CAPITAL else 0

    def day(self, i: int) -> int:
        """The day of a month in digits at `i`, else 0."""
        return self.calendar.days.get(self.word(i), 0)

    def year(self, i: int) -> int:
        """The year in four digits at `i`, else 0."""
        word = self.word(i)
        if len(word) == 4 and word.isdecimal() and word.isascii() and 1000 <= int(word) <= 2100:
            return int(word)
        return 0

    def year_after(self, i: int) -> tuple[int, int]:
        """The year at word `i`, behind a comma or "of", or told as "of this year": year and end, or 0 and `i`."""
        if year := self.year(i):
            return year, i + 1
        if self.lower[i : i + 3] == ["in", "the", "year"]:
            return self._year_in_words(i)
        k = i + 1 if self.word(i) in (",", "of") else i
        if k > i and (year := self.year(k)):
            return year, k + 1
        if self.word(i) == "of":
            k += self.word(k) == "the"
        step = self.calendar.pointers.get(self.word(k))
        if step is not None and self.word(k + 1) == "year" and self.reference and self.word(i) != ",":
            return self.reference.year + step, k + 2
        return 0, i

    def _year_in_words(self, i: int) -> tuple[int, int]:
        """The year of "in the year two thousand and twenty-four", or 2024 there."""
        amount = self.calendar.numbers.read(self.tokens, i + 3) if i + 3 < self.size else None
        if amount is None or not 1000 <= amount.value <= 2100:
            return 0, i
        return int(amount.value), amount.end

    def ordinal_before(self, k: int) -> tuple[int, int]:
        """The ordinal in words that ends with word `k`, and where it starts: "twenty-first"; 0 and `k` without one."""
        ordinals = self.calendar.ordinals
        if self.word(k - 1) == "-" and (n := ordinals.get(f"{self.word(k - 2)}-{self.word(k)}")):
            return n, k - 2
        return ordinals.get(self.word(k), 0), k

    def guess(self, i: int, month: int, day: int | None, lead: str = "") -> int:
        """The year of a date without one: by the tense of its clause, else the nearest; 0 without a reference."""
        if self.reference is None:
            return 0
        line = self.tokens.dateline
        if line is not None and line.start <= i < line.body:
            return values.year_for(self.reference, month, day, 0)
        if lead == "since":
            return values.year_for(self.reference, month, day, -1)
        if lead == "to" and _PUT_OFF & set(self.lower[max(0, i - 10) : i]):
            return values.year_for(self.reference, month, day, 1)
        if lead in TERMS and not {"had", "was", "were", "has"} & set(self.lower[max(0, i - 10) : i]):
            return values.year_for(self.reference, month, day, 1)
        return values.year_for(self.reference, month, day, self.tense(i))

    def tense(self, i: int) -> int:
        """-1 where the words nearest to `i` in its sentence tell of the past, 1 of what is to come, else 0."""
        calendar, lower, flags = self.calendar, self.lower, self.tokens.flags
        if self.tokens.sentence_of:
            start, end = self.tokens.sentences[self.tokens.sentence_of[i]]
        else:
            start, end = 0, self.size
        best, sign = 99, 0
        for k in range(max(start, i - 25), min(end, i + 16)):
            low = lower[k]
            if low in calendar.coming or (k < i and low in calendar.infinitive and lower[k - 1] == "to"):
                direction = 1
            elif low in calendar.past or (low.endswith("ed") and flags[k] & LOWER and low not in calendar.not_past):
                direction = 1 if self.word(k - 1) == "be" else -1  # "will be held", "to be held"
            else:
                continue
            if abs(k - i) < best:
                best, sign = abs(k - i), direction
        return sign
