"""Dates and durations: calendar expressions, resolved against the text's own date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, DIGIT, UPPER, Mention, Tokens
from communique.values import dates as calendar

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|2100")
_DAY = re.compile(r"([12]?[0-9]|3[01])(?:st|nd|rd|th)?")
_DECADE = re.compile(r"'?((?:1[0-9]|20)?[0-9])0'?s")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([12][0-9]{3})")
_DASHES = frozenset({"-", "–", "to", "until", "till", "through", "/"})
_PAST = frozenset({"was", "were", "had", "did", "held", "met", "took", "visited", "began", "opened", "signed", "arrived", "said"})
_COMING = frozenset({"will", "shall", "scheduled", "planned", "upcoming", "expected", "next", "forthcoming", "hold"})
_YEAR_AFTER = frozenset(
    """in since by until till from of during for before after around through to early late mid between and or year
    fiscal financial ( , - – / the""".split()
)
_NUMBERED = frozenset(
    "resolution resolutions no no. nos article articles paragraph order orders number room road street page decree law".split()
)


@rule_file("calendar")
class CalendarRule(Rule):
    """A word of the calendar. `value` is a month's, weekday's, season's (EDTF) or ordinal's number, or a distance
    in days or steps; `code` is a unit's ISO 8601 letter with a factor ("Y10" for a decade)."""

    role: Literal["month", "weekday", "season", "ordinal", "unit", "relative", "pointer"]
    value: int
    words: tuple[str, ...]
    code: str = ""


@rule_file("number_words")
class NumberWordRule(Rule):
    """A number in words, or a scale word or abbreviation."""

    role: Literal["unit", "ten", "scale"]
    value: int
    words: tuple[str, ...]


class _Found(NamedTuple):
    start: int
    end: int
    value: str | None
    rule: str


class Dates(Component):
    """Finds the dates and durations of a text, and the text's own date."""

    models = (CalendarRule, NumberWordRule)

    def build(self) -> None:
        self.words: dict[str, CalendarRule] = {}
        self.ordinals: dict[str, int] = {}
        self.units: dict[str, CalendarRule] = {}
        for rule in self.read(CalendarRule):
            for word in rule.words:
                if rule.role == "ordinal":
                    self.ordinals[word] = rule.value
                elif rule.role == "unit":
                    self.units[word] = rule
                else:
                    self.words[word] = rule
        self.numbers = {w: r for r in self.read(NumberWordRule) for w in r.words if r.role != "scale"}
        self.anchors = frozenset(self.words) | frozenset(self.units)

    def find(self, tokens: Tokens) -> None:
        search = _Search(self, tokens)
        published = tokens.context.get("published")
        tokens.reference = published if isinstance(published, str) else None
        if calendar.parse_day(tokens.reference) is None:
            tokens.reference = search.own_date() or tokens.reference
        search.reference = calendar.parse_day(tokens.reference)
        tokens.found["date"] = search.mentions()


class _Search:
    def __init__(self, rules: Dates, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.size = len(tokens)
        self.reference: date | None = None

    def own_date(self) -> str | None:
        """The latest full date in the heading or dateline: of the first blocks, short ones only."""
        days = []
        for block in self.tokens.blocks[:6]:
            limit = block.end if block.kind == "heading" or block.end - block.start <= 16 else block.start + 14
            for m in self._scan(block.start, min(limit, block.end)):
                if m.value and calendar.parse_day(m.value) is not None:
                    days.append(m.value)
        if not days and self.tokens.blocks:
            last = self.tokens.blocks[-1]
            days = [m.value for m in self._scan(last.start, last.end) if m.value and len(m.value) == 10 and last.end - last.start < 14]
        return max(days, default=None)

    def mentions(self) -> list[Mention]:
        return [Mention(f.start, f.end, f.rule, "", f.value) for f in self._scan(0, self.size)]

    def _scan(self, start: int, end: int) -> list[_Found]:
        found: list[_Found] = []
        upto = start
        anchors, flags, lower = self.rules.anchors, self.tokens.flags, self.lower
        for i in range(start, end):
            if i < upto or not (flags[i] & DIGIT or lower[i] in anchors or lower[i][0] == "'"):
                continue
            hit = self._at(i)
            if hit is not None and hit.start >= upto and hit.end <= end:
                found.append(hit)
                upto = hit.end
        return found

    def _at(self, i: int) -> _Found | None:
        word, low = self.words[i], self.lower[i]
        if self.tokens.flags[i] & DIGIT or word[0] == "'":
            return self._digits(i)
        rule = self.rules.words.get(low)
        if rule is not None:
            if rule.role == "month":
                return self._month_first(i, rule.value)
            if rule.role == "weekday":
                return self._weekday(i, rule.value)
            if rule.role == "season":
                return self._season(i, rule.value)
            if rule.role == "relative":
                return self._relative(i, rule.value)
            if rule.role == "pointer":
                return self._pointer(i, rule.value)
        if low in self.rules.units:
            return self._unit(i)
        return None

    # pieces

    def _month(self, i: int) -> int:
        if i >= self.size:
            return 0
        rule = self.rules.words.get(self.lower[i])
        if rule is None or rule.role != "month" or self.words[i][0].islower():
            return 0
        return rule.value

    def _year(self, i: int) -> int:
        return int(self.words[i]) if i < self.size and _YEAR.fullmatch(self.words[i]) else 0

    def _day(self, i: int) -> int:
        m = _DAY.fullmatch(self.lower[i]) if i < self.size else None
        return int(m[1]) if m else 0

    def _year_after(self, i: int) -> tuple[int, int]:
        """A year at word `i`, behind a comma or "of": (year, end), or (0, i)."""
        if year := self._year(i):
            return year, i + 1
        if i + 1 < self.size and self.words[i] in (",", "of") and (year := self._year(i + 1)):
            return year, i + 2
        if self.lower[i : i + 3] == ["of", "this", "year"] and self.reference:
            return self.reference.year, i + 3
        if self.lower[i : i + 2] == ["this", "year"] and self.reference:
            return self.reference.year, i + 2
        return 0, i

    # constructions

    def _digits(self, i: int) -> _Found | None:
        word = self.words[i]
        if (m := _SLASHED.fullmatch(word)) is not None:
            value = self._slashed(int(m[1]), int(m[2]), int(m[3]))
            return _Found(i, i + 1, value, "date.slashed") if value else None
        if (iso := self._iso(i)) is not None:
            return iso
        if _DAY.fullmatch(self.lower[i]) and (found := self._day_first(i)) is not None:
            return found
        if (m := _ORDINAL.fullmatch(self.lower[i])) is not None and self._century(i + 1):
            return _Found(i, i + 2, f"{int(m[1]) - 1}XX", "date.century") if int(m[1]) > 10 else None
        if (m := _DECADE.fullmatch(self.lower[i])) is not None:
            return self._decade(i, m[1])
        if self._year(i):
            return self._year_alone(i)
        return None

    def _slashed(self, a: int, b: int, year: int) -> str | None:
        """Day and month of a date in figures: only where one of them can't be the month."""
        if a > 12 or a == b:
            return calendar.day(year, b, a)
        return calendar.day(year, a, b) if b > 12 else None

    def _iso(self, i: int) -> _Found | None:
        w = self.words
        if i + 4 < self.size and len(w[i]) == 4 and w[i + 1] == w[i + 3] == "-" and len(w[i + 2]) == len(w[i + 4]) == 2:
            if w[i + 2].isdigit() and w[i + 4].isdigit() and self._year(i):
                value = calendar.day(int(w[i]), int(w[i + 2]), int(w[i + 4]))
                return _Found(i, i + 5, value, "date.iso") if value else None
        return None

    def _day_first(self, i: int) -> _Found | None:
        """ "17 May 2024", "17–18 May 2024", "17 and 18 May", "28 June to 2 July 2024", "17th of May"."""
        first = self._day(i)
        k = i + 1
        if k < self.size and self.lower[k] == "of":
            k += 1
        if self._month(k):
            return self._from_day(i, first, k)
        if k + 1 < self.size and (self.lower[k] in _DASHES or self.lower[k] == "and") and (second := self._day(k + 1)):
            m = k + 2
            if m < self.size and self.lower[m] == "of":
                m += 1
            if number := self._month(m):
                year, end = self._year_after(m + 1)
                year = year or self._guess(i, number, first)
                if self.lower[k] == "and" and second != first + 1:
                    return None
                value = calendar.interval(calendar.day(year, number, first), calendar.day(year, number, second)) if year else None
                return _Found(i, end, value, "date.days")
        return None

    def _from_day(self, i: int, first: int, m: int) -> _Found | None:
        number = self._month(m)
        year, end = self._year_after(m + 1)
        k = end
        if k + 2 < self.size and self.lower[k] in _DASHES and (second := self._day(k + 1)) and (later := self._month(k + 2)):
            last, stop = self._year_after(k + 3)
            last = last or year or self._guess(i, later, second)
            year = year or (last - 1 if later < number and last else last)
            value = None
            if year and last:
                value = calendar.interval(calendar.day(year, number, first), calendar.day(last, later, second))
            return _Found(i, stop, value, "date.days")
        year = year or self._guess(i, number, first)
        value = calendar.day(year, number, first) if year else None
        return _Found(i, end, value, "date.day-month") if value or not year else None

    def _month_first(self, i: int, number: int) -> _Found | None:
        """ "May 17, 2024", "May 17–18, 2024", "May 2024", "May to July 2024", "May"."""
        if self.words[i][0].islower():
            return None
        k = i + 1
        first = self._day(k)
        if first and not (k + 1 < self.size and self.words[k + 1] in ("%", "per")):
            return self._month_day(i, number, first, k + 1)
        if k + 1 < self.size and (self.lower[k] in _DASHES or self.lower[k] == "and") and (later := self._month(k + 1)):
            return self._months(i, number, later, k)
        year, end = self._year_after(k)
        if year:
            return _Found(i, end, calendar.month(year, number), "date.month")
        if self.lower[i] in ("may", "march", "mar", "mar.", "dec", "jan") and not self._in_time(i):
            return None
        if not self._in_time(i):
            return None
        year = self._guess(i, number, None)
        return _Found(i, k, calendar.month(year, number) if year else None, "date.month-alone")

    def _month_day(self, i: int, number: int, first: int, k: int) -> _Found | None:
        second = later = 0
        end = k
        if k + 1 < self.size and (self.lower[k] in _DASHES or self.lower[k] == "and"):
            if (other := self._month(k + 1)) and (second := self._day(k + 2)):
                later, end = other, k + 3
            elif (second := self._day(k + 1)) and not self._month(k + 2) and (self.lower[k] != "and" or second == first + 1):
                later, end = number, k + 2
            else:
                second = 0
        year, stop = self._year_after(end)
        if second and not later == number and self.lower[k] == "and":
            second, (year, stop) = 0, self._year_after(k)  # "May 4 and June 9": two dates
        if not second and not year and self.lower[k : k + 1] == ["and"]:
            year = self._shared_year(k)
        if second:
            year = year or self._guess(i, later, second)
            begin = year - 1 if later < number else year
            value = calendar.interval(calendar.day(begin, number, first), calendar.day(year, later, second)) if year else None
            return _Found(i, stop, value, "date.days")
        year = year or self._guess(i, number, first)
        value = calendar.day(year, number, first) if year else None
        return _Found(i, stop if stop > k else k, value, "date.month-day") if value or not year else None

    def _shared_year(self, k: int) -> int:
        """The year behind "January 11 and November 26, 2021", for the first of the two."""
        if self._month(k + 1) and self._day(k + 2):
            return self._year_after(k + 3)[0]
        return 0

    def _months(self, i: int, number: int, later: int, k: int) -> _Found | None:
        if self.lower[k] == "and" and later != number + 1:
            return None
        year, end = self._year_after(k + 2)
        year = year or self._guess(i, later, None)
        if not year:
            return _Found(i, end, None, "date.months")
        begin = year - 1 if later < number else year
        value = calendar.interval(calendar.month(begin, number), calendar.month(year, later))
        return _Found(i, end, value, "date.months")

    def _in_time(self, i: int) -> bool:
        """Whether a month's name alone is used as one: "in May", "last May", "since March"."""
        before = self.lower[i - 1] if i else ""
        return before in ("in", "since", "by", "until", "till", "during", "from", "of", "early", "late", "mid", "through", "to", "this", "for", "before", "after", "on")

    def _century(self, i: int) -> bool:
        return i < self.size and self.lower[i] in ("century", "centuries")

    def _decade(self, i: int, digits: str) -> _Found | None:
        value = digits if len(digits) == 3 else f"19{digits}"
        return _Found(i, i + 1, f"{value}X", "date.decade")

    def _year_alone(self, i: int) -> _Found | None:
        """A year, a span of years, a fiscal year."""
        if not self._like_year(i):
            return None
        year = self._year(i)
        k = i + 1
        if k + 1 < self.size and self.lower[k] in ("-", "–", "/", "to", "until", "through"):
            glued = self.tokens.end[k - 1] == self.tokens.start[k] or self.lower[k] not in ("-", "/")
            if (last := self._year(k + 1)) and last > year and glued:
                return _Found(i, k + 2, f"{year}/{last}", "date.years")
            short = self.words[k + 1]
            if short.isdigit() and len(short) == 2 and self.lower[k] in ("-", "–", "/") and glued:
                last = year // 100 * 100 + int(short)
                if 0 < last - year <= 20:
                    return _Found(i, k + 2, f"{year}/{last}", "date.fiscal-year")
        return _Found(i, k, str(year), "date.year")

    def _like_year(self, i: int) -> bool:
        before = self.lower[i - 1] if i else ""
        if before in _NUMBERED or i and self.words[i - 1] in ("$", "€", "£", "¥", "#", "+") or before.endswith("$"):
            return False
        after = self.lower[i + 1] if i + 1 < self.size else ""
        if after in ("%", "percent", "per", "million", "billion", "thousand", "people", "km", "tonnes", "tons", "troops", "mw"):
            return False
        if after in ("utc", "gmt", "hours", "hrs") or i and before not in _YEAR_AFTER and self._named(i - 1):
            return False
        if before in _YEAR_AFTER or not i or self.tokens.gap[i]:
            return True
        if after in ("-", "–", "/") and self._year(i + 2):
            return True
        if after.endswith("s") and not after.startswith("'") and self.tokens.flags[i + 1] & 4 and after not in ("was", "is", "has", "'s"):
            return int(self.words[i]) >= 1900 and before in ("in", "the", "since")
        return True

    def _named(self, k: int) -> bool:
        """Whether the word before a year is part of a name ("PACC 2030"), not a month's or a sentence's first word."""
        if not self.tokens.flags[k] & CAPITAL or self._month(k) or self.lower[k] in self.rules.words:
            return False
        return k > 0 and (self.words[k - 1] == "(" or bool(self.tokens.flags[k - 1] & CAPITAL)) or bool(
            self.tokens.flags[k] & UPPER and len(self.words[k]) > 2
        )

    def _season(self, i: int, value: int) -> _Found | None:
        k = i + 1
        year, end = self._year_after(k)
        if year:
            return _Found(i, end, f"{year}-{value}", "date.season")
        return None

    def _weekday(self, i: int, number: int) -> _Found | None:
        """A weekday with its date, or alone."""
        if self.words[i][0].islower():
            return None
        k = i + 1
        if k < self.size and self.words[k] == ",":
            k += 1
        dated = None
        if k < self.size:
            if self._day(k):
                dated = self._day_first(k)
            elif month := self._month(k):
                dated = self._month_first(k, month)
        if dated is not None and dated.value and len(dated.value) == 10:
            return _Found(i, dated.end, dated.value, "date.weekday-date")
        before = self.lower[i - 1] if i else ""
        start = i - 1 if before in ("last", "next", "this", "coming") else i
        if self.reference is None:
            return _Found(start, i + 1, None, "date.weekday")
        direction = -1 if before == "last" or before not in ("next", "coming") and self._tense(i) <= 0 else 1
        return _Found(start, i + 1, calendar.weekday(self.reference, number, direction), "date.weekday")

    def _relative(self, i: int, days: int) -> _Found:
        value = (self.reference + timedelta(days=days)).isoformat() if self.reference else None
        return _Found(i, i + 1, value, "date.relative")

    def _pointer(self, i: int, step: int) -> _Found | None:
        """ "last year", "this month", "next week", "next March", "last summer", "the current year"."""
        k = i + 1
        if k >= self.size:
            return None
        low = self.lower[k]
        if low in ("year", "month", "week", "weekend", "century", "decade", "quarter"):
            if k + 1 < self.size and self.words[k + 1] in ("'s",) and low == "year":
                pass
            return _Found(i, k + 1, self._stepped(low, step), "date.pointer")
        if self.lower[i] in ("last", "next", "this") and (number := self._month(k)):
            if not self._day(k + 1) and not self._year(k + 1):
                return _Found(i, k + 1, self._month_step(number, step), "date.pointer-month")
        if (rule := self.rules.words.get(low)) is not None and rule.role == "season" and self.reference:
            year = self.reference.year + step
            return _Found(i, k + 1, f"{year}-{rule.value}", "date.pointer-season")
        return None

    def _stepped(self, unit: str, step: int) -> str | None:
        r = self.reference
        if r is None:
            return None
        if unit == "year":
            return f"{r.year + step:04d}"
        if unit == "month":
            return calendar.shifted_month(r, step)
        if unit == "week":
            return calendar.week(r, step)
        if unit == "weekend":
            return calendar.weekend(r, step)
        if unit == "decade":
            return f"{r.year // 10 + step}X"
        if unit == "century":
            return f"{r.year // 100 + step}XX"
        quarter = (r.month - 1) // 3 + step
        return f"{r.year + quarter // 4}-{33 + quarter % 4}"

    def _month_step(self, number: int, step: int) -> str | None:
        r = self.reference
        if r is None:
            return None
        year = r.year
        if step < 0 and number >= r.month:
            year -= 1
        elif step > 0 and number <= r.month:
            year += 1
        return calendar.month(year, number)

    # units: durations, "same year", "30 years ago", quarters and halves

    def _unit(self, i: int) -> _Found | None:
        low = self.lower[i]
        unit = self.rules.units[low]
        before = self.lower[i - 1] if i else ""
        if before in ("same", "special") and low == "year":
            return self._same_year(i)
        if low in ("quarter", "half"):
            return self._part_of_year(i, 32 if low == "quarter" else 39)
        if low in ("century",) and (n := self._ordinal_before(i)):
            return _Found(n[1], i + 1, f"{n[0] - 1}XX", "date.century")
        counted = self._count_before(i)
        if counted is None:
            return None
        number, start = counted
        after = self.lower[i + 1] if i + 1 < self.size else ""
        if after == "anniversary" or self.lower[i + 1 : i + 3] == ["-", "old"] or after == "old":
            return None
        if after == "ago":
            return _Found(start, i + 2, self._ago(number, unit), "date.ago")
        return _Found(start, i + 1, calendar.duration(number, unit.code), "date.duration")

    def _part_of_year(self, i: int, base: int) -> _Found | None:
        """ "the first quarter of 2031", "second half of 2025" as EDTF quarters (33–36) and halves (40, 41)."""
        number = self.rules.ordinals.get(self.lower[i - 1], 0) if i else 0
        year, end = self._year_after(i + 1)
        if not number or not year or number > (4 if base == 32 else 2):
            return None
        return _Found(i - 1, end, f"{year}-{base + number}", "date.part-of-year")

    def _ordinal_before(self, i: int) -> tuple[int, int] | None:
        if i >= 3 and self.words[i - 2] == "-" and (n := self.rules.ordinals.get("-".join(self.lower[i - 3 : i : 2]))):
            return n, i - 3
        if i and (n := self.rules.ordinals.get(self.lower[i - 1])) is not None and n > 10:
            return n, i - 1
        return None

    def _same_year(self, i: int) -> _Found | None:
        start = i - 1
        if self.lower[i - 1] == "special":
            if i > 1 and self.lower[i - 2] == "this" and self.reference:
                return _Found(i - 2, i + 1, str(self.reference.year), "date.pointer")
            return None
        for k in range(i - 1, max(-1, i - 60), -1):
            if year := self._year(k):
                return _Found(start, i + 1, str(year), "date.same-year")
        return None

    def _count_before(self, i: int) -> tuple[int, int] | None:
        """A number before a unit: "five", "18", "five-" and where it starts; "a year" is vague and none."""
        k = i - 1
        if k > 0 and self.words[k] == "-":
            k -= 1
        if k < 0:
            return None
        low = self.lower[k]
        if low in ("a", "an", "one") and self.lower[i] in ("hour",):
            return 1, k
        number = self.rules.numbers.get(low)
        if number is not None:
            value, start = number.value, k
            if k > 1 and self.words[k - 1] == "-" and (ten := self.rules.numbers.get(self.lower[k - 2])) and ten.role == "ten":
                return ten.value + value, k - 2
            if low == "one" and i - k == 1 and self.lower[k - 1 : k] == ["no"]:
                return None
            return value, start
        word = self.words[k].replace(",", "")
        if not word.isdigit() or len(word) > 4 or k and self.words[k - 1] in ("$", "€", "£"):
            return None
        return int(word), k

    def _ago(self, number: int, unit: CalendarRule) -> str | None:
        r = self.reference
        if r is None:
            return None
        code = unit.code
        if code == "D":
            return (r - timedelta(days=number)).isoformat()
        if code.startswith("W"):
            return calendar.week(r, -number * int(code[1:] or 1))
        if code == "Mo":
            return calendar.shifted_month(r, -number)
        if code.startswith("Y"):
            return f"{r.year - number * int(code[1:] or 1):04d}"
        return None

    # resolution

    def _guess(self, i: int, number: int, day: int | None) -> int:
        """The year of a date without one, by the tense of its clause, else the nearest; 0 without a reference."""
        if self.reference is None:
            return 0
        return calendar.year_for(self.reference, number, day, self._tense(i))

    def _tense(self, i: int) -> int:
        """-1 where the clause tells of the past, 1 of what is to come, 0 unknown."""
        t = self.tokens
        start, end = t.sentences[t.sentence_of[i]] if t.sentence_of else (max(0, i - 20), min(self.size, i + 20))
        best, sign = 99, 0
        for k in range(max(start, i - 25), min(end, i + 15)):
            low = self.lower[k]
            direction = 1 if low in _COMING else -1 if low in _PAST or len(low) > 4 and low.endswith("ed") else 0
            if direction and abs(k - i) < best:
                best, sign = abs(k - i), direction
        return sign


@Language.factory("communique_dates", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Dates:
    """The factory of `communique_dates`."""
    return Dates(nlp, rules)
