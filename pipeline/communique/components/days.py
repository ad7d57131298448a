"""Days, months and years in their places: "17 May 2024", "May 17–18", "May to July 2024", "2025–2027"."""

from __future__ import annotations

import re
from itertools import pairwise

from communique.components.calendar import Found, Reader
from communique.tokens import CAPITAL, LOWER, UPPER
from communique.values import dates as values

_FULL = re.compile(r"(?:([0-9]{1,2})([/.])([0-9]{1,2})\2([12][0-9]{3})|([12][0-9]{3})([/.])([0-9]{2})\6([0-9]{2}))")
_YEARS = re.compile(r"([12][0-9]{3})/([0-9]{2}|[12][0-9]{3})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_GLUED = re.compile(r"([a-z]+)-?([12][0-9]{3})")
_FISCAL = re.compile(r"fy([12][0-9]{3})(?:[/-]([0-9]{2}|[12][0-9]{3}))?")
_LONGEST_SPAN = 20
"""The most years between the ends of "2010-11"."""


class Days(Reader):
    """Finds calendar dates."""

    def numeric(self, i: int) -> tuple[Found, ...]:
        """As "2024-05-17", "2024/05/17", "17.05.2024": day and month only where one of them can't be the month."""
        word = self.words[i]
        if m := _FULL.fullmatch(word):
            return self._numeric(i, i + 1, m)
        if self.day(i) and self.word(i + 1) in self.calendar.join and (m := _FULL.fullmatch(self.word(i + 2))) and m[4]:
            last = values.unordered(int(m[4]), int(m[1]), int(m[3]), dotted=True)
            first = values.day(int(m[4]), int(m[3]), self.day(i))
            return (Found(i, i + 3, values.interval(first, last), "date.days"),)
        if self.year(i) and self._dashed(i, 2, 2):
            value = values.day(int(word), int(self.words[i + 2]), int(self.words[i + 4]))
            return (Found(i, i + 5, value, "date.iso"),) if value else ()
        if self.day(i) and self.year(i + 4) and self._dashed(i, 2, 4):
            value = values.unordered(int(self.words[i + 4]), int(word), int(self.words[i + 2]))
            return (Found(i, i + 5, value, "date.numeric"),) if value else ()
        return ()

    def _numeric(self, start: int, end: int, m: re.Match[str]) -> tuple[Found, ...]:
        """A date in digits; its value is None where day and month can't be told apart."""
        if m[5]:
            value = values.day(int(m[5]), int(m[7]), int(m[8]))
        else:
            value = values.unordered(int(m[4]), int(m[1]), int(m[3]), dotted=m[2] == ".")
            if value is None and values.day(int(m[4]), int(m[1]), int(m[3])):
                return (Found(start, end, None, "date.numeric"),)
        return (Found(start, end, value, "date.numeric"),) if value else ()

    def _dashed(self, i: int, *lengths: int) -> bool:
        """Whether glued numbers of these lengths follow word `i`, each behind a hyphen."""
        for k, length in enumerate(lengths):
            at = i + 2 * k + 1
            number = self.word(at + 1)
            if self.word(at) != "-" or not self.is_glued(at + 1) or len(number) != length or not number.isdecimal():
                return False
        return True

    # day before month

    def day_first(self, i: int) -> tuple[Found, ...]:
        """As "17 May 2024", "17–18 May", "17 and 18 May", "4, 9 and 12 May", "28 June to 2 July 2024"."""
        days, joins, k = self._listed_days(i)
        at = self._of(k)
        month = self.month(at)
        if not month:
            return ()
        if len(days) == 1:
            return self._day_month(i, days[0][1], at)
        year, end = self.year_after(at + 1)
        year = year or self.guess(i, month, days[0][1])
        return self._many(i, end, days, joins, month, year)

    def slashed(self, i: int) -> tuple[Found, ...]:
        """As "21/22 March 2008": two days, as an interval where they are adjacent or a range."""
        m = _SLASHED.fullmatch(self.words[i])
        month = self.month(i + 1) if m is not None else 0
        if m is None or not month or not 0 < int(m[1]) < int(m[2]) <= 31:
            return ()
        year, end = self.year_after(i + 2)
        year = year or self.guess(i, month, int(m[1]))
        first, last = (values.day(year, month, int(d)) if year else None for d in m.groups())
        return (Found(i, end, values.interval(first, last), "date.days"),)

    def _of(self, k: int) -> int:
        """The word behind "of", "day of" or a hyphen ("12-June-2018")."""
        if self.word(k) == "-" and self.is_glued(k) and self.month(k + 1):
            return k + 1
        k += self.word(k) == "day" and self.word(k + 1) == "of"
        return k + (self.word(k) == "of")

    def _listed_days(self, i: int) -> tuple[list[tuple[int, int]], list[str], int]:
        """Days joined by dashes, commas and "and" from word `i`: (word, day) each, the joints, the end."""
        days = [(i, self.day(i))]
        joins: list[str] = []
        k = i + 1
        while len(days) < 6:
            j = k + 1
            if self.word(k) == "," and self.word(j) == "and":
                j += 1
            low = self.word(j - 1)
            if low not in self.calendar.join and low not in ("and", "&", ","):
                break
            day = self.day(j)
            if day <= days[-1][1]:
                break
            days.append((j, day))
            joins.append("–" if low in self.calendar.join else low)
            k = j + 1
        while joins and joins[-1] == ",":  # "May 5, 7 states": the comma ends the date
            joins.pop()
            k = days.pop()[0] - 1
        return days, joins, k

    def _many(
        self, start: int, end: int, days: list[tuple[int, int]], joins: list[str], month: int, year: int
    ) -> tuple[Found, ...]:
        """Several days of one month: one mention where they are a range or adjacent, else one each."""
        between = "and" in joins and self.word(start - 1) == "between"
        adjacent = all(b[1] == a[1] + 1 for a, b in pairwise(days))
        dates = [values.day(year, month, d) if year else None for _, d in days]
        if ("–" in joins and len(days) == 2) or adjacent or between:
            return (Found(start, end, values.interval(dates[0], dates[-1]), "date.days"),)
        starts = [start, *(at for at, _ in days[1:])]
        ends = [*(at + 1 for at, _ in days[:-1]), end]
        return tuple(Found(s, e, d, "date.day-of-list") for s, e, d in zip(starts, ends, dates, strict=True))

    def _day_month(self, i: int, day: int, at: int) -> tuple[Found, ...]:
        month = self.month(at)
        year, end = self.year_after(at + 1)
        joint = self.word(end)
        if (joint in self.calendar.join or joint == "and") and (last_day := self.day(end + 1)):
            other = self._of(end + 2)
            last_month = self.month(other)
            last_year, stop = self.year_after(other + 1)
            if last_month and (last_year or not year or joint != "and"):
                return self._two(i, end, end + 1, stop, joint, (year, month, day), (last_year, last_month, last_day))
        year = year or self.guess(i, month, day, self.word(i - 1))
        value = values.day(year, month, day) if year else None
        return (Found(i, end, value, "date.day-month"),)

    def _two(
        self, start: int, end: int, second: int, stop: int, joint: str,
        first: tuple[int, int, int], last: tuple[int, int, int],
    ) -> tuple[Found, ...]:  # fmt: skip
        """Two dates with a joint: an interval where it is a range or they are adjacent, else one each."""
        (year, month, day), (last_year, last_month, last_day) = first, last
        last_year = last_year or year or self.guess(start, last_month, last_day)
        year = year or (last_year - (last_month < month) if last_year else 0)
        a = values.day(year, month, day) if year else None
        b = values.day(last_year, last_month, last_day) if last_year else None
        if joint != "and" or values.are_adjacent(a, b) or self.word(start - 1) == "between":
            return (Found(start, stop, values.interval(a, b), "date.days"),)
        return Found(start, end, a, "date.day-month"), Found(second, stop, b, "date.day-month")

    # month before day

    def month_first(self, i: int) -> tuple[Found, ...]:
        """As "May 17, 2024", "May 17–18", "May 28 to June 2, 2024", "May 2024", "May to July 2024", "in May"."""
        month = self.month(i)
        if self.word(i - 1) == "of" and (found := self._formal(i, month)):
            return found
        if self.day(i + 1) and self.word(i + 2) not in self.calendar.counted and not self._decimal(i + 1):
            return self._month_day(i, month)
        return self._month(i, month)

    def _formal(self, i: int, month: int) -> tuple[Found, ...]:
        """As "the ninth day of March in the year two thousand and four"."""
        k = i - 2
        k -= self.word(k) == "day"
        day, start = self.ordinal_before(k)
        year, end = self.year_after(i + 1)
        if not 0 < day <= 31 or not year:
            return ()
        return (Found(start, end, values.day(year, month, day), "date.day-month"),)

    def _decimal(self, k: int) -> bool:
        """Whether a unit's or a scale's word follows a number that only looks like a day."""
        return self.word(k + 1) in self.calendar.numbers.scales

    def _month_day(self, i: int, month: int) -> tuple[Found, ...]:
        days, joins, k = self._listed_days(i + 1)
        if len(days) > 1 and not self.month(k):
            year, end = self.year_after(k)
            year = year or self.guess(i, month, days[0][1])
            return self._many(i, end, days, joins, month, year)
        day, k = days[0][1], i + 2
        year, end = self.year_after(k)
        joint = self.word(end)
        second = end + 1
        if joint == "," and self.word(second) == "and":
            joint, second = "and", second + 1
        if joint in self.calendar.join or joint == "and":
            last_month, last_day = self.month(second), self.day(second + 1)
            last_year, stop = self.year_after(second + 2)
            if last_month and last_day and (last_year or not year or joint != "and"):
                return self._two(i, end, second, stop, joint, (year, month, day), (last_year, last_month, last_day))
        year = year or self.guess(i, month, day, self.word(i - 1))
        value = values.day(year, month, day) if year else None
        return (Found(i, end, value, "date.month-day"),)

    # months

    def _month(self, i: int, month: int) -> tuple[Found, ...]:
        year, end = self.year_after(i + 1)
        joint = self.word(end)
        if (joint in self.calendar.join or joint == "and") and (later := self.month(end + 1)):
            if self.day(end + 2) and not year:
                return ()
            last_year, stop = self.year_after(end + 2)
            return self._two_months(i, end, stop, joint, (year, month), (last_year, later))
        if year:
            return (Found(i, end, values.month(year, month), "date.month"),)
        if not self._stands_alone(i):
            return ()
        year = self.guess(i, month, None, self.word(i - 1))
        return (Found(i, i + 1, values.month(year, month) if year else None, "date.month-alone"),)

    def _two_months(
        self, i: int, end: int, stop: int, joint: str, first: tuple[int, int], last: tuple[int, int]
    ) -> tuple[Found, ...]:
        (year, month), (last_year, later) = first, last
        if not last_year and not year and not self._stands_alone(i):
            return ()
        last_year = last_year or year or self.guess(i, later, None)
        year = year or (last_year - (later < month) if last_year else 0)
        a = values.month(year, month) if year else None
        b = values.month(last_year, later) if last_year else None
        adjacent = (last_year * 12 + later) - (year * 12 + month) == 1
        if joint != "and" or adjacent or self.word(i - 1) == "between":
            return (Found(i, stop, values.interval(a, b), "date.months"),)
        return Found(i, end, a, "date.month"), Found(end + 1, stop, b, "date.month")

    def _stands_alone(self, i: int) -> bool:
        """Whether a month's name alone is used as one: "in May", "mid-May", "April's talks", "the May talks"."""
        before, after = self.word(i - 1), self.word(i + 1)
        if before == "-":
            before = self.word(i - 2)
            return before in self.calendar.prefix
        if before in self.calendar.month_lead or (after == "'s" and len(self.words[i]) > 3):
            return True
        follows = i + 1 < self.size and bool(self.tokens.flags[i + 1] & LOWER)
        named = self.is_capital(i + 1) and len(self.words[i]) > 3  # "the June Lake Council"
        return before in ("the", "last", "next") and (follows or named or after == "'s")

    # years

    def years(self, i: int) -> tuple[Found, ...]:
        """A year, a span of years, a fiscal year: "2024", "2025–2027", "2025 to 2027", "2010-11", "2024/25"."""
        if m := _YEARS.fullmatch(self.words[i]):
            return self._behind_fiscal(i, self._span(i, i + 1, int(m[1]), m[2]))
        year = self.year(i)
        if not year or not self._is_year(i, year):
            return ()
        if self.lower[max(0, i - 2) : i] == ["calendar", "year"]:
            return (Found(i - 2, i + 1, str(year), "date.year"),)
        joint = self.word(i + 1)
        between = joint == "and" and self.word(i - 1) == "between"
        if joint in self.calendar.join or between:
            if joint == "-" and not self.is_glued(i + 2) and self.is_glued(i + 1):
                return (Found(i, i + 1, str(year), "date.year"),)
            if span := self._span(i, i + 3, year, self.word(i + 2)):
                return self._behind_fiscal(i, span)
        if (start := self._fiscal(i)) < i:
            return (_fiscal_year(start, i + 1, year),)
        return (Found(i, i + 1, str(year), "date.year"),)

    def _fiscal(self, i: int) -> int:
        """Where the words begin that make the year at `i` a fiscal one: "FY 2031", "fiscal year 2031"."""
        if i and self.word(i - 1) == "fy":
            return i - 1
        return i - 2 if i > 1 and self.lower[i - 2 : i] in (["fiscal", "year"], ["financial", "year"]) else i

    def _behind_fiscal(self, i: int, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """A span of years with the words before it that call it fiscal."""
        return tuple(f._replace(start=self._fiscal(i)) for f in found)

    def _span(self, start: int, end: int, year: int, last: str) -> tuple[Found, ...]:
        if last.isdecimal() and len(last) == 4 and year < int(last) <= 2100:
            return (Found(start, end, f"{year}/{last}", "date.years"),)
        if last.isdecimal() and len(last) == 2 and self.is_glued(end - 1) | (end - start == 1):
            upper = year // 100 * 100 + int(last)
            if 0 < upper - year <= _LONGEST_SPAN:
                return (Found(start, end, f"{year}/{upper}", "date.fiscal-year"),)
        return ()

    def glued_year(self, i: int) -> tuple[Found, ...]:
        """As "mid-2025", "post-2030", "FY2024", "May2024", "May-2024": one word, or "17May2024" behind its day."""
        if (m := _FISCAL.fullmatch(self.lower[i])) is not None:
            return self._span(i, i + 1, int(m[1]), m[2]) if m[2] else (_fiscal_year(i, i + 1, int(m[1])),)
        m = _GLUED.fullmatch(self.lower[i])
        if m is None or int(m[2]) > 2100:
            return ()
        day = self.day(i - 2) if self.word(i - 1) == "-" and self.is_glued(i) else 0
        if day and (month := self.calendar.months.get(m[1])):
            return (Found(i - 2, i + 1, values.day(int(m[2]), month, day), "date.numeric"),)
        if m[1] in self.calendar.prefix or m[1] == "fy":
            return (Found(i, i + 1, m[2], "date.year"),)
        if (month := self.calendar.months.get(m[1])) and self.tokens.flags[i] & CAPITAL:
            return (Found(i, i + 1, values.month(int(m[2]), month), "date.month"),)
        return ()

    def _is_year(self, i: int, year: int) -> bool:
        """Whether four digits are a year, and no number of a document, a phone or a count."""
        calendar, before, after = self.calendar, self.word(i - 1), self.word(i + 1)
        if before in calendar.numbered or before in ("#", "+", "$", "€", "£", "¥", "©") or before.endswith("$"):
            return False
        if before[-1:].isdigit() or (before in ("-", "–") and self.is_glued(i) and self.word(i - 2)[-1:].isdigit()):
            return False  # part of a telephone or file number
        if after in calendar.counted or after in calendar.numbers.scales:
            return False
        if after in calendar.year_noun and year >= 1900:
            return True
        if before in calendar.year_lead or before in calendar.pointers or self.month(i - 1) or not i:
            return year >= 1900 or before not in ("and", "or", "to", "of", "for", "the", ",") or self._is_old(i)
        if self._in_name(i - 1) or year < 1900:
            return False
        plural = after.endswith("s") and i + 1 < self.size and bool(self.tokens.flags[i + 1] & LOWER)
        return not plural or after in ("was", "is", "has")

    def _is_old(self, i: int) -> bool:
        """Whether a number below 1900 stands as a year and counts no noun."""
        return i + 1 >= self.size or not self.tokens.flags[i + 1] & LOWER or self.word(i + 1) in self.calendar.join

    def _in_name(self, k: int) -> bool:
        """Whether the word before a year makes a name with it: "Expo 2031", "PACC 2030"."""
        if not self.tokens.flags[k] & CAPITAL or self.word(k) in self.calendar.triggers:
            return False
        if self.tokens.flags[k] & UPPER and len(self.words[k]) > 2 and k and not self.tokens.gap[k]:
            return not self.tokens.flags[k - 1] & UPPER
        return k > 0 and (self.words[k - 1] == "(" or bool(self.tokens.flags[k - 1] & CAPITAL))


def _fiscal_year(start: int, end: int, year: int) -> Found:
    """A fiscal year told by one number, which is the year it ends in."""
    return Found(start, end, f"{year - 1}/{year}", "date.fiscal-year")
