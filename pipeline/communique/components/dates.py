"""Dates and durations: calendar expressions, resolved against the text's own date."""

from __future__ import annotations

from spacy.language import Language

from communique.components.base import Component
from communique.components.calendar import Calendar, CalendarRule, DateContextRule, Found
from communique.components.number_words import Numbers, NumberWordRule
from communique.components.periods import Periods
from communique.tokens import ALPHA, DIGIT, Block, Mention, Tokens
from communique.values import dates as values

_HEAD_BLOCKS = 6
"""How many blocks from the top can hold the heading and the dateline."""
_SHORT_LINE = 16
_DATELINE = 14
"""How many words a line with nothing but a date has at most, and how far into a paragraph a dateline reaches."""


class Dates(Component):
    """Finds the dates and durations of a text, and the text's own date."""

    models = (CalendarRule, DateContextRule, NumberWordRule)

    def build(self) -> None:
        """Make the tables."""
        numbers = Numbers(self.read(NumberWordRule))
        self.calendar = Calendar(self.read(CalendarRule), self.read(DateContextRule), numbers)

    def find(self, tokens: Tokens) -> None:
        """Set `tokens.reference` and `tokens.found["date"]`."""
        search = _Search(self.calendar, tokens)
        published = tokens.context.get("published")
        search.reference = values.parse_day(published) if isinstance(published, str) else None
        if search.reference is None:
            search.reference = values.parse_day(search.own_date())
        tokens.reference = search.reference.isoformat() if search.reference else None
        found = search.scan(search.candidates)
        tokens.found["date"] = [Mention(f.start, f.end, f.rule, "", f.value) for f in found]


class _Search(Periods):
    def __init__(self, calendar: Calendar, tokens: Tokens) -> None:
        super().__init__(calendar, tokens)
        triggers, flags = calendar.triggers, tokens.flags
        self.candidates = [
            i
            for i, low in enumerate(tokens.lower)
            if low in triggers or flags[i] & DIGIT or (not flags[i] & ALPHA and len(low) > 5)
        ]

    def own_date(self) -> str | None:
        """The latest full date in the heading or dateline, else the date below the text."""
        blocks = self.tokens.blocks
        days = [day for block in blocks[:_HEAD_BLOCKS] if block.kind != "item" for day in self._full_dates(block)]
        if not days and blocks and blocks[-1].end - blocks[-1].start < _DATELINE:
            days = self._full_dates(blocks[-1])
        return max(days, default=None) or self._opening_day()

    def _opening_day(self) -> str | None:
        """The only day, or last day of a span, that the first paragraph gives: that of the meeting it tells of."""
        first = next((b for b in self.tokens.blocks[:_HEAD_BLOCKS] if b.kind == "text" and b.end - b.start > 12), None)
        if first is None:
            return None
        found = [f.value for f in self.scan([i for i in self.candidates if first.start <= i < first.end]) if f.value]
        days = {v[-10:] for v in found if len(v) in (10, 21) and values.parse_day(v[-10:]) is not None}
        return days.pop() if len(days) == 1 else None

    def _full_dates(self, block: Block) -> list[str]:
        """The days named in a heading or a short line, or where a paragraph has its dateline."""
        end = block.end
        if block.kind != "heading" and end - block.start > _SHORT_LINE:
            end = block.start + _DATELINE
        found = self.scan([i for i in self.candidates if block.start <= i < end])
        return [f.value for f in found if values.parse_day(f.value) is not None and f.value]

    def scan(self, candidates: list[int]) -> list[Found]:
        """The dates that start at the words given, from left to right, none over another."""
        self.known = {}
        found: list[Found] = []
        upto = 0
        for i in candidates:
            if i < upto:
                continue
            hits = self._at(i)
            if hits and hits[0].start >= upto:
                found += hits
                upto = hits[-1].end
                self.known.update((hit.end - 1, hit.value) for hit in hits if hit.value)
        return found

    def _at(self, i: int) -> tuple[Found, ...]:
        if self.tokens.flags[i] & DIGIT:
            return self._digits(i)
        calendar, low = self.calendar, self.lower[i]
        if low in calendar.months:
            return self.month_first(i) if self.month(i) else ()
        if low in calendar.numbers.small:
            return self.counted(i)
        if low in calendar.units:
            return self.century(i) if calendar.units[low] == "Y100" and self._ends_ordinal(i) else self.unit_alone(i)
        for table, construction in (
            (calendar.weekdays, self.weekday),
            (calendar.relatives, self.relative),
            (calendar.pointers, self.pointer),
            (calendar.seasons, self.season),
            (calendar.parts, self.part_of_year),
            (calendar.numbered_parts, self.numbered_part),
            (calendar.decades, self.decade),
        ):
            if low in table:
                return construction(i)
        if low == "same":
            return self.same(i)
        return self.glued_year(i) or self.decade(i)

    def _ends_ordinal(self, i: int) -> bool:
        return self.word(i - 1) not in ("a", "an")

    def _digits(self, i: int) -> tuple[Found, ...]:
        if found := self.numeric(i):
            return found
        if (found := self.slashed(i)) or (self.day(i) and (found := self.day_first(i))):
            return found
        return self.counted(i) or self.decade(i) or self.years(i)


@Language.factory("communique_dates", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Dates:
    """The factory of `communique_dates`."""
    return Dates(nlp, rules)
