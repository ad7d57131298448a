"""Dates by their distance and their extent: "last year", "30 years ago", "two weeks", "the 1990s", "spring 2031"."""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal

from communique.components.calendar import TERMS, Found
from communique.components.days import Days
from communique.components.number_words import Amount
from communique.tokens import CAPITAL, LOWER
from communique.values import dates as values

_DECADE = re.compile(r"(?:([a-z]+)-)?((?:1[0-9]|20)[0-9]|[2-9])0s")
_ORDINAL = re.compile(r"(?:([a-z]+)-)?([0-9]{1,2})(?:st|nd|rd|th)")
_DAYTIMES = frozenset({"morning", "afternoon", "evening", "night"})
_LOOK_BACK = 60
"""How many words back "the same year" can lie from its year."""

_DISTANCES = frozenset({"earlier", "later", "before"})
_EDGES = frozenset({"end", "beginning", "start", "middle", "close", "rest", "remainder"})
"""Words before "of the year" that tell of the text's own year."""
_HALF, _QUARTER = 39, 32
"""The bases of the EDTF codes of halves and quarters."""


class Periods(Days):
    """Finds weekdays, relative dates, parts of the year, decades, centuries and durations."""

    # weekdays and relative dates

    def weekday(self, i: int) -> tuple[Found, ...]:
        """A weekday with its date, or alone: "Friday, 17 May 2024", "on Friday", "next Friday"."""
        calendar = self.calendar
        number = calendar.weekdays[self.lower[i]]
        before = self.word(i - 1)
        if not self.tokens.flags[i] & CAPITAL or before in calendar.not_weekday:
            return ()
        if len(self.words[i]) < 5 and self.word(i + 1) not in (".", ","):
            return ()  # "Sat" and "Sun" are words
        k = i + 1 + (self.word(i + 1) == ".")
        k += self.word(k) in _DAYTIMES and self.word(k + 1) in (",", "،")
        k += self.word(k) in (",", "،")
        dated = self.day_first(k) if self.day(k) else self.month_first(k) if self.month(k) else ()
        if len(dated) == 1 and dated[0].rule.startswith(("date.day-month", "date.month-day")):
            says_year = self.year(dated[0].end - 1) > 0
            value = dated[0].value if says_year else values.nearest_on_weekday(dated[0].value, number)
            return (Found(i, dated[0].end, value, "date.weekday-date"),)
        step = calendar.pointers.get(before)
        start = i if step is None else i - 1
        if self.reference is None:
            return (Found(start, i + 1, None, "date.weekday"),)
        term = before in TERMS or self.lower[max(0, i - 2) : i] == ["as", "of"]
        direction = step or 1 if step is not None else 1 if term else self.tense(i)
        value = values.weekday(self.reference, number, direction)
        return (Found(start, i + 1, value, "date.weekday"),)

    def relative(self, i: int) -> tuple[Found, ...]:
        """As "today", "the day after tomorrow"."""
        distance = self.calendar.relatives[self.lower[i]]
        start = i
        if distance and self.word(i - 1) == ("before" if distance < 0 else "after") and self.word(i - 2) == "day":
            distance, start = 2 * distance, i - 2
        value = values.shifted_day(self.reference, distance) if self.reference else None
        return (Found(start, i + 1, value, "date.relative"),)

    def pointer(self, i: int) -> tuple[Found, ...]:
        """As "last year", "this week", "next March", "last summer", "this anniversary year"."""
        step = self.calendar.pointers[self.lower[i]]
        k = i + 1
        low = self.word(k)
        if k < self.size and self.word(k + 1) == "year" and self._is_plain(k):
            k += 1
            low = "year"
        if low in self.calendar.parts and self.word(k + 1) == "of":
            return ()  # "the last quarter of this year" is its fourth
        if low in self.calendar.pointed:
            if (self.word(k + 1) == "-" and self.is_glued(k + 1)) or (low.endswith("s") and low in self.calendar.units):
                return ()
            if low in ("day", "second", "minute", "hour", "fortnight"):
                return ()
            code = self.calendar.pointed[low] if low != "quarter" else "Q"
            if self.lower[i] == "past" and low in self.calendar.units:  # "over the past year"
                return (Found(i, k + 1, values.duration(1, code), "date.duration"),)
            return (Found(i, k + 1, self._pointed(code, step), "date.pointer"),)
        if (month := self.month(k)) and not self.day(k + 1) and not self.year(k + 1):
            value = values.month_from(self.reference, month, step) if self.reference else None
            return (Found(i, k + 1, value, "date.pointer-month"),)
        if (season := self.calendar.seasons.get(low)) and self.word(k + 1) not in self.calendar.season_noun:
            value = f"{self.reference.year + step}-{season}" if self.reference else None
            return (Found(i, k + 1, value, "date.pointer-season"),) if not self.year(k + 1) else ()
        return ()

    def _is_plain(self, k: int) -> bool:
        """Whether word `k` is an ordinary word that can stand between "this" and "year"."""
        low = self.lower[k]
        if not self.tokens.flags[k] & LOWER or low in self.calendar.triggers or low in self.calendar.ordinals:
            return False
        return len(low) > 3 and low not in self.calendar.duration_lead and low not in self.calendar.year_lead

    def _pointed(self, code: str, step: int) -> str | None:
        return values.stepped(self.reference, code, step) if self.reference else None

    def same(self, i: int) -> tuple[Found, ...]:
        """As "the same year", "the same month": what was named last before."""
        length = {"year": 4, "month": 7}.get(self.word(i + 1), 0)
        if not length:
            return ()
        for k in range(i - 1, max(-1, i - _LOOK_BACK), -1):
            value = self.known.get(k)
            if value is not None and len(value) >= length and "/" not in value and not value.startswith("P"):
                return (Found(i, i + 2, value[:length], "date.same"),)
        return ()

    known: dict[int, str]
    """Values of the dates found so far, by their last word."""

    # parts of the year, decades, centuries

    def season(self, i: int) -> tuple[Found, ...]:
        """As "spring 2031", "the summer of 2031"; alone only as in "in the summer", where its verb tells the year."""
        season = self.calendar.seasons[self.lower[i]]
        year, end = self.year_after(i + 1)
        if year:
            return (Found(i, end, f"{year}-{season}", "date.season"),)
        if self.word(i - 1) not in ("the", "early", "late") or self.word(i + 1) not in (
            ".",
            ",",
            ";",
            ")",
            "",
        ):
            return ()
        lead = self.word(i - 2) if self.word(i - 1) == "the" else self.word(i - 1)
        if lead not in self.calendar.month_lead or self.tokens.flags[i] & CAPITAL or self.reference is None:
            return ()
        year = self.guess(i, 3 * (season - 20) - (season == 24), None, lead)
        return (Found(i, i + 1, f"{year}-{season}", "date.season"),)

    def part_of_year(self, i: int) -> tuple[Found, ...]:
        """As "the first quarter of 2031", "second half of this year"."""
        base = self.calendar.parts[self.lower[i]]
        number = self.calendar.ordinals.get(self.word(i - 1), 0)
        if self.word(i - 1) in ("last", "final", "closing"):
            number = 4 if base == _QUARTER else 2
        year, end = self.year_after(i + 1)
        if not year and self.lower[i + 1 : i + 4] == ["of", "the", "year"] and self.reference:
            year, end = self.reference.year, i + 4
        if not year and 0 < number <= 2 and base == _HALF and self.word(i + 1) == "of" and self.month(i + 2):
            return self._half_month(i, number)
        if not year or not 0 < number <= (4 if base == _QUARTER else 2):
            return ()
        return (Found(i - 1, end, f"{year}-{base + number}", "date.part-of-year"),)

    def _half_month(self, i: int, half: int) -> tuple[Found, ...]:
        """As "the second half of August": its days as an interval."""
        month = self.month(i + 2)
        year, end = self.year_after(i + 3)
        year = year or self.guess(i, month, None)
        value = None
        if year:
            first, last = (1, 15) if half == 1 else (16, monthrange(year, month)[1])
            value = values.interval(values.day(year, month, first), values.day(year, month, last))
        return (Found(i - 1, end, value, "date.part-of-month"),)

    def numbered_part(self, i: int) -> tuple[Found, ...]:
        """As "Q1 2031", "H2 of 2031", "Q3-2031"."""
        k = i + 1 + (self.word(i + 1) == "-")
        year, end = self.year_after(k)
        if not year or not self.tokens.flags[i] & CAPITAL:
            return ()
        return (Found(i, end, f"{year}-{self.calendar.numbered_parts[self.lower[i]]}", "date.part-of-year"),)

    def decade(self, i: int) -> tuple[Found, ...]:
        """As "the 1990s", "'90s", "1990's", "mid-1990s", "the nineties"."""
        low = self.lower[i]
        if (tens := self.calendar.decades.get(low)) is not None:
            return (
                (Found(i, i + 1, f"19{tens}X", "date.decade"),) if self.word(i - 1) in ("the", "late", "early") else ()
            )
        end = i + 1
        if (
            self.year(i)
            and low.endswith("0")
            and self.word(i + 1) == "'s"
            and self.word(i - 1) in ("the", "late", "early")
        ):
            low, end = f"{low}s", i + 2
        m = _DECADE.fullmatch(low)
        if (
            m is None
            or (m[1] and m[1] not in self.calendar.prefix)
            or (len(m[2]) == 1 and self.word(i - 1) not in ("the", "late", "early", "'"))
        ):
            return ()
        start = i - (self.word(i - 1) == "'")
        return (Found(start, end, f"{m[2] if len(m[2]) == 3 else '19' + m[2]}X", "date.decade"),)

    def century(self, i: int) -> tuple[Found, ...]:
        """As "21st century", "twenty-first-century", "XXI century", "19th and 20th centuries"."""
        k = i - 1 - (self.word(i - 1) == "-")
        last = self._ordinal(k)
        if last is None:
            return ()
        number, start = last
        found = (Found(start, i + 1, values.century(number), "date.century"),)
        joint = self.word(start - 1)
        if (joint == "and" or joint in self.calendar.join) and (first := self._ordinal(start - 2)) is not None:
            return (Found(first[1], start - 1, values.century(first[0]), "date.century"), *found)
        return found

    def _ordinal(self, k: int) -> tuple[int, int] | None:
        """The ordinal or Roman number of a century that ends with word `k`, and where it starts."""
        low = self.word(k)
        ordinal, start = self.ordinal_before(k)
        if start < k:
            return ordinal, start
        number = ordinal or self.calendar.romans.get(low)
        if number is None and (m := _ORDINAL.fullmatch(low)) and m[1] in self.calendar.prefix:
            number = int(m[2])
        return (number, k) if number is not None and number > 3 else None

    # durations

    def counted(self, i: int) -> tuple[Found, ...]:
        """A number of units from word `i`: "two years", "five-year", "18 months", "30 years ago"."""
        amount = self.calendar.numbers.read(self.tokens, i)
        if amount is None or self.word(i - 1).endswith("$"):
            return ()
        k = amount.end
        unit, at = self._unit(k)
        if not unit:
            return self._counted_range(i, amount)
        if unit.startswith("H"):
            if len(self.words[i]) == 4 and self.words[i].isdecimal() and k == i + 1 and int(self.words[i]) <= 2400:
                return ()  # "at 1700 hours"
        if unit.startswith("Y") and k == i + 1 and (year := self.year(i)):
            return (Found(i, at + 1, str(year), "date.year"),)  # "the 2031 financial year"
        if amount.value == 1 and amount.spelled and self.word(at) == "day" and at == k:
            return ()  # "one day" is some day
        return self._duration(i, at, amount.value, unit)

    def _unit(self, k: int) -> tuple[str, int]:
        """The unit of time at word `k` or behind a hyphen or an adjective like "full", and where it stands."""
        if self.word(k) == "(" and self.word(k + 1).isdecimal() and self.word(k + 2) == ")":
            k += 3  # "four (4) years"
        for at in (k, k + 1):
            if unit := self.calendar.units.get(self.word(at)):
                return unit, at
            is_plain = self.word(at) in self.calendar.between and bool(self.tokens.flags[at] & LOWER)
            if self.word(at) != "-" and not is_plain:
                break
        return "", k

    def _counted_range(self, i: int, amount: Amount) -> tuple[Found, ...]:
        """As "three to five years", "3-5 days": one mention, for which ISO 8601 has no value."""
        joint = self.word(amount.end)
        if (joint not in self.calendar.join and joint != "or") or amount.end + 1 >= self.size:
            return ()
        upper = self.calendar.numbers.read(self.tokens, amount.end + 1)
        if upper is None or upper.value <= amount.value:
            return ()
        unit, at = self._unit(upper.end)
        if not unit or self._is_age(at):
            return ()
        return (Found(i, at + 1, None, "date.duration"),)

    def _is_age(self, at: int) -> bool:
        """Whether the unit at `at` counts an age or an anniversary."""
        after = self.word(at + 1)
        k = at + 2 if after == "-" else at + 1
        return self.word(k) in self.calendar.no_duration or f"{after} {self.word(at + 2)}" in self.calendar.no_duration

    def _duration(self, start: int, at: int, number: Decimal, unit: str) -> tuple[Found, ...]:
        if self._is_age(at) or self.word(start - 1) in self.calendar.per:
            return ()
        after = self.word(at + 1)
        if after == "ago":
            value = values.ago(self.reference, number, unit) if self.reference else None
            return (Found(start, at + 2, value, "date.ago"),)
        if after in _DISTANCES and unit.startswith("Y") and (after != "before" or self._ends(at + 2)):
            years = int(number * int(unit[1:] or 1))
            if (found := self._distance(start, at + 2, years if after == "later" else -years)) is not None:
                return (found,)
        if months := self._first_months(start, at + 1, number, unit):
            return months
        return (Found(start, at + 1, values.duration(number, unit), "date.duration"),)

    def _distance(self, start: int, end: int, years: int) -> Found | None:
        """A number of years from the year, half, quarter or month that the sentence named last."""
        base = self._value_before(start)
        if not base:
            return None
        year = int(base[:4]) + years
        part = base[4:7] if len(base) == 7 and base[4] == "-" else ""
        return Found(start, end, f"{year}{part}" if 1000 <= year <= 9999 else None, "date.distance")

    def _ends(self, k: int) -> bool:
        """Whether a clause ends before word `k`: "than a year before."."""
        return k >= self.size or not self.tokens.flags[k] & (LOWER | CAPITAL) or self.word(k) in ("and", "but", "when")

    def _first_months(self, start: int, end: int, number: Decimal, unit: str) -> tuple[Found, ...]:
        """As "the first five months of 2031": an interval of months."""
        edge = self.word(start - 1)
        if unit != "Mo" or edge not in ("first", "last") or not 1 < number < 12:
            return ()
        year, stop = self.year_after(end)
        if not year and self.lower[end : end + 3] == ["of", "the", "year"] and self.reference:
            year, stop = self.reference.year, end + 3
        if not year or self.word(end) not in ("of", "in"):
            return ()
        first = 1 if edge == "first" else 13 - int(number)
        months = values.interval(values.month(year, first), values.month(year, first + int(number) - 1))
        return (Found(start - 1, stop, months, "date.first-months"),)

    def _edged(self, i: int) -> tuple[Found, ...]:
        """The year or month of "by the end of the year": that of the text's date."""
        length = {"year": 4, "month": 7}.get(self.lower[i], 0)
        if not length or self.word(i + 1) == "of" or self.reference is None:
            return ()
        return (Found(i, i + 1, self.reference.isoformat()[:length], "date.edge"),)

    def _value_before(self, start: int) -> str:
        """The date last named before word `start` in its sentence, else none."""
        first = self.tokens.sentences[self.tokens.sentence_of[start]][0] if self.tokens.sentence_of else 0
        for k in range(start - 1, first - 1, -1):
            value = self.known.get(k, "")
            if value[:4].isdecimal():
                return value
        return ""

    def unit_alone(self, i: int) -> tuple[Found, ...]:
        """A unit behind no number: "a year ago", "for a month", "half an hour", "a quarter of a century"."""
        unit = self.calendar.units[self.lower[i]]
        if self.word(i - 1) == "the" and self.word(i - 2) == "of" and self.word(i - 3) in _EDGES:
            return self._edged(i)
        if self.word(i - 1) not in ("a", "an"):
            return ()
        start, number = i - 1, Decimal(1)
        before = start - 1 - (self.word(start - 1) == "of")
        if share := self.calendar.fractions.get(self.word(before)):
            start, number = before, Decimal(1) / share
            start -= share > 2 and self.word(start - 1) == "a"
        if self.word(i + 1) == "ago" or self.word(i + 1) in _DISTANCES:
            found = self._duration(start, i, number, unit)
            return found if found[0].rule != "date.duration" or self.word(i + 1) == "earlier" else ()
        if number == 1 and (self.word(start - 1) not in self.calendar.duration_lead or self.word(i + 1) == "of"):
            return ()
        end = i + 1
        if number == 1 and self.lower[end : end + 3] == ["and", "a", "half"]:
            number, end = Decimal("1.5"), end + 3
        return (Found(start, end, values.duration(number, unit), "date.duration"),)
