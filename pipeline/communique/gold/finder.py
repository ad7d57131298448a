"""Where quoted words stand in a text, and how to quote words so that they are found again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

Place = tuple[int, int]
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining marks, which belong to the letter before them."""
Choose = Callable[[list[Place]], Place | None]
"""Of the places where words stand, the one that is meant; none if that can't be said."""


class Quote(NamedTuple):
    """Words of the text, and what tells their places apart: words around them, or a number."""

    words: str
    around: str | None = None
    nth: int | None = None

    @property
    def told_apart(self) -> bool:
        """Whether it says by itself which place is meant."""
        return self.around is not None or self.nth is not None

    def spec(self) -> dict[str, str]:
        """The quote as it is written."""
        told = {"quote": self.words}
        if self.around is not None:
            told["in"] = self.around
        if self.nth is not None:
            told["nth"] = str(self.nth)
        return told


class QuoteError(ValueError):
    """A quote that leads nowhere, or to several places; the message says so and gives a hint."""


class Finder:
    """Finds quotes in one text.

    White space in a quote stands for any white space, and words are found whole: "Oman" is not found in "Romania",
    nor in "Omani". Only with a number (`nth`) are the characters looked for as they are.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, list[Place]] = {}

    def all(self, words: str, low: int = 0, high: int | None = None) -> list[Place]:
        """Every place of some words between two offsets."""
        if words not in self._known:
            self._known[words] = [m.span() for m in _pattern(words).finditer(self.text)] if words.strip() else []
        high = len(self.text) if high is None else high
        return [place for place in self._known[words] if low <= place[0] and place[1] <= high]

    def find(self, quote: Quote, choose: Choose | None = None, zone: Place | None = None) -> Place:
        """The place of a quote; `choose` picks among several in the zone, else there must be one alone."""
        places = self._places(quote, zone)
        found = _chosen(places, None if quote.told_apart else choose)
        if found is None:
            raise QuoteError(self._why(quote, places, zone))
        return found

    def _places(self, quote: Quote, zone: Place | None) -> list[Place]:
        if quote.nth is not None:
            return self._nth(quote.words, quote.nth)
        if quote.around is None:
            return self.all(quote.words, *(zone or (0, None)))
        contexts = self.all(quote.around)
        return sorted({place for low, high in contexts for place in self.all(quote.words, low, high)})

    def _nth(self, words: str, nth: int) -> list[Place]:
        start = -1
        for _ in range(nth):
            start = self.text.find(words, start + 1)
            if start < 0 or not words:
                return []
        return [(start, start + len(words))]

    def _why(self, quote: Quote, places: list[Place], zone: Place | None) -> str:
        """Why a quote leads nowhere, or not to one place."""
        words, around = quote.words, quote.around
        if quote.nth is not None:
            return f"{words!r} does not stand {quote.nth} times exactly so"
        if around is not None and not places:
            if not self.all(around):
                return f"in: {around!r} is not found{self._hint(around, None)}"
            return f"{words!r} is not found in {around!r}"
        if around is not None:
            return f"{words!r} in {around!r} stands {len(places)} times; give more words around it"
        if len(places) > 1:
            return f"{words!r} stands {len(places)} times; say which with in: (words around it)"
        return f"{words!r} is not found{self._hint(words, zone)}"

    def _hint(self, words: str, zone: Place | None) -> str:
        if zone is not None and (elsewhere := self.all(words)):
            line = self.text.count("\n", 0, elsewhere[0][0]) + 1
            return f" in the sentence, but elsewhere (line {line} of the text): say so with in:"
        near = nearest(words, self.text[slice(*zone)] if zone else self.text)
        return f"; did you mean {near!r}?" if near else ""

    def quote(self, place: Place, choose: Choose | None = None, zone: Place | None = None) -> Quote:
        """A quote that `find` leads to the place, as short as can be."""
        for quote in self._quotes(place):
            if _chosen(self._places(quote, zone), None if quote.told_apart else choose) == place:
                return quote
        raise AssertionError("every place has a number")  # pragma: no cover

    def _quotes(self, place: Place) -> Iterator[Quote]:
        exact = self.text[slice(*place)]
        words = " ".join(exact.split())
        yield Quote(words)
        for low, high in self._widening(place):
            around = " ".join(self.text[low:high].split())
            if len(self.all(around)) == 1:
                yield Quote(words, around)
        nth, start = 0, -1
        while start < place[0]:
            start = self.text.find(exact, start + 1)
            nth += 1
        yield Quote(exact, None, nth)

    def _widening(self, place: Place) -> Iterator[Place]:
        """The words around a place, more and more of them, by turns behind and before."""
        low, high = place
        before = [m.start() for m in re.finditer(r"\S+", self.text[max(0, low - 200) : low])][::-1]
        before = [max(0, low - 200) + start for start in before]
        behind = [high + m.end() for m in re.finditer(r"\S+", self.text[high : high + 200])]
        for step in range(12):
            if step % 2 == 0 and behind:
                high = behind.pop(0)
            elif before:
                low = before.pop(0)
            yield low, high


def _chosen(places: list[Place], choose: Choose | None) -> Place | None:
    if choose is not None:
        return choose(places)
    return places[0] if len(places) == 1 else None


def _pattern(words: str) -> re.Pattern[str]:
    parts = r"\s+".join(re.escape(part) for part in words.split())
    first, last = words.strip()[0], words.strip()[-1]
    before, behind = r"(?<!\w)" if first.isalnum() else "", rf"(?!\w|[{_MARKS}])" if last.isalnum() else ""
    return re.compile(before + parts + behind)


def first_from(start: int) -> Choose:
    """The first place at or behind an offset."""
    return lambda places: next((place for place in places if place[0] >= start), None)


def first_free(taken: Iterable[Place]) -> Choose:
    """The first place that is not taken."""
    gone = set(taken)
    return lambda places: next((place for place in places if place not in gone), None)


def nearest_to(at: int, before: bool) -> Choose:
    """The nearest place on one side of an offset, else on the other."""

    def choose(places: list[Place]) -> Place | None:
        return min(places, key=lambda p: ((p[0] < at) != before, abs(p[0] - at)), default=None)

    return choose


def nearest(words: str, text: str, at_least: float = 0.7) -> str | None:
    """The words of a text most like some others, for a hint; none if nothing is like them."""
    wanted = words.split()
    tokens = list(re.finditer(r"\S+", text))[:20_000]
    best, found = at_least, None
    matcher = SequenceMatcher(b=" ".join(wanted).lower(), autojunk=False)
    for size in sorted({max(1, len(wanted) + more) for more in (0, -1, 1)}):
        for i in range(len(tokens) - size + 1):
            given = text[tokens[i].start() : tokens[i + size - 1].end()]
            matcher.set_seq1(" ".join(given.split()).lower())
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (score := matcher.ratio()) > best:
                best, found = score, " ".join(given.split())
    return found.strip(' ,.;:!?()[]"“”') if found else None
