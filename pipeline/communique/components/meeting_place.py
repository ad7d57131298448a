"""When and where a meeting was."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.components.meeting_name import near
from communique.components.meeting_scene import CityRule, Scene
from communique.matching import Hit
from communique.tokens import CAPITAL, Block, Mention

_CLOCK = re.compile(r"[0-2]?[0-9][:.][0-5][0-9]")
_SHORT_LINE = 14
"""Words of a line that only tells day and place."""
_TERMS = frozenset({"by", "until", "till", "before", "since", "after", "from"})
"""Words before a date that make it a term, not the day of the meeting."""


def date_of(scene: Scene, spans: Iterable[tuple[int, int]]) -> str | None:
    """The day: in the sentences that tell of the meeting, else "today", else a line of its own at the head."""
    dates = [m for m in scene.tokens.found.get("date", ()) if _is_day(scene, m)]
    for start, end in spans:
        inside = [m for m in dates if start <= m.start < end]
        if inside:
            return str(min(inside, key=lambda m: _from_mark(scene, m, start, end)).data)
    head = [m for m in dates if m.start < scene.limit]
    lower = scene.tokens.lower
    words = next((m for m in head if lower[m.start] in ("today", "yesterday")), None)
    line = next((m for m in head if _in_short_line(scene, m)), None)
    told = next(
        (m for m in head if m.rule == "date.weekday" and m.start < scene.head[min(2, len(scene.head) - 1)][1]), None
    )
    found = words or line or told
    return str(found.data) if found is not None else None


def _is_day(scene: Scene, m: Mention) -> bool:
    t = scene.tokens
    if not isinstance(m.data, str) or len(m.data) < 10 or not m.data[:4].isdigit():
        return False
    ranged = "/" in m.data
    if (
        m.start > 1
        and t.lower[m.start - 1] == "of"
        and not scene.marks(m.start - 4, m.start, "event", "talks", "visit")
    ):
        return False  # "the coup of 4 May"
    if t.reference and m.data[:10] > t.reference and t.lower[m.start] in ("tomorrow", "next", "this"):
        return False
    return near(m.data, t.reference) and (ranged or not m.start or t.lower[m.start - 1] not in _TERMS)


def _from_mark(scene: Scene, m: Mention, start: int, end: int) -> tuple[bool, int]:
    """How far a date is from the words that tell of the meeting; weeks are vague and come last."""
    marks = scene.marks(start, end, "took-part", "held", "event", "talks", "visit", "call")
    vague = scene.tokens.lower[m.start] in ("this", "last", "next")
    return vague, min((abs(h.start - m.start) for h in marks), default=m.start)


def _in_short_line(scene: Scene, m: Mention) -> bool:
    block = _block(scene, m.start)
    return block.end - block.start <= _SHORT_LINE and block.kind != "item"


def _block(scene: Scene, i: int) -> Block:
    return scene.tokens.blocks[scene.tokens.block_of[i]]


_PLACE_LINE = 6
"""Words of a line that only tells the place, above or below one that tells the day."""


class Places:
    """Finds the place of a meeting, and the state it is said to be in."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tokens = scene.tokens
        self._taken = {i for n in scene.names if n.ref[0] != "state" for i in range(n.start, n.end)}
        self._cities = [h for h in scene.cities if h.start not in self._taken]

    def find(
        self, spans: Iterable[tuple[int, int]], name: tuple[int, int] | None = None
    ) -> tuple[str | None, str | None]:
        """Place and state as printed: behind "in" in the sentences given, else in a line of day and place.

        Last comes the name of the meeting, where it is a place and a noun ("Entebbe Summit").
        """
        spans = list(spans)
        for start, end in spans:
            place, told = self._in_sentence(start, end)
            if place is None:
                place = self._venue(start, end)
            if place is not None:
                return place, told
        place, told = self._beside_mark()
        if place is None:
            place, told = self._in_line()
        if place is None and name is not None:
            place = next(
                (self.tokens.join(h.start, h.end) for h in self._cities if h.start == name[0] and h.end == name[1] - 1),
                None,
            )
        return place, told or next((s for span in spans[:2] if (s := self._state_in(*span, place is not None))), None)

    def state_beside(self, place: str | None) -> str | None:
        """The state behind a comma where the text names the place again: "Entebbe, Uganda"."""
        if place is None:
            return None
        t, words = self.tokens, place.split()
        for i in range(len(t) - len(words) - 1):
            end = i + len(words)
            if t.words[i] == words[0] and t.words[end] == "," and t.words[i:end] == words:
                if (state := self.scene.state_at(end + 1)) is not None:
                    return state
        return None

    def remote(self, at: int) -> bool:
        """Whether they met at a distance."""
        t = self.tokens
        _, end = self.scene.sentence(at)
        upto = max(end, t.sentences[min(2, len(t.sentences) - 1)][1])
        return bool(self.scene.marks(0, upto, "remote", "call"))

    def _in_sentence(self, start: int, end: int) -> tuple[str | None, str | None]:
        t = self.tokens
        inside = [h for h in self._cities if start < h.start < end and self._led(h.start) and not self._next(h.start)]
        if inside:
            return self._spelled(max(inside, key=lambda h: (self._after_mark(h, start), -h.start)))
        for i in range(start, end - 1):
            if t.lower[i] not in ("in", "at") or not self._could_be(i + 1) or self._next(i):
                continue
            stop = i + 1
            while stop < end and (t.flags[stop] & CAPITAL or t.words[stop] == "-") and stop not in self._taken:
                stop += 1
            if stop < end - 1 and t.words[stop] == "," and (state := self.scene.state_at(stop + 1)):
                return t.join(i + 1, stop), state
            if self.scene.marks(max(start, i - 3), i, "took-part", "held") and not self._noun_after(stop, end):
                if t.lower[i] == "in" or stop == i + 2:
                    return t.join(i + 1, stop), None
        return None, None

    def _venue(self, start: int, end: int) -> str | None:
        """A building: "received him at the Lake Palace", "welcomed her to the White House"."""
        t = self.tokens
        for i in range(start, end):
            if t.lower[i] not in self.scene.lexicon["venues"] or not t.flags[i] & CAPITAL:
                continue
            k = i
            while k > start and (t.flags[k - 1] & CAPITAL or t.words[k - 1] in ("-", "'")) and i - k < 4:
                k -= 1
            led = k - 1 - (t.lower[k - 1] == "the")
            if k < i and t.lower[led] in ("at", "in", "to"):
                return t.join(k, i + 1)
        return None

    def _beside_mark(self) -> tuple[str | None, str | None]:
        """Reads "held in Entebbe, Uganda" anywhere in the opening."""
        for h in self._cities:
            near = self.scene.marks(max(0, h.start - 4), h.start, "took-part", "held", "event")
            if h.start < self.scene.limit and self._led(h.start) and near and not self._next(h.start):
                return self._spelled(h)
        return None, None

    def _led(self, i: int) -> bool:
        return self.tokens.lower[i - 1] in ("in", "at", "to") or self.tokens.lower[i - 2 : i] in (
            ["city", "of"], ["town", "of"], ["capital", ","]
        )  # fmt: skip

    def _next(self, i: int) -> bool:
        """Whether the place is that of a coming meeting: "the next meeting in Berlin"."""
        before = self.tokens.lower[max(self.scene.sentence(i)[0], i - 9) : i]
        return any(w in before for w in ("next", "upcoming", "forthcoming", "will", "again"))

    def _could_be(self, i: int) -> bool:
        t = self.tokens
        dated = any(m.start == i for m in t.found.get("date", ()))
        return bool(t.flags[i] & CAPITAL) and i not in self._taken and not self.scene.state_at(i) and not dated

    def _noun_after(self, stop: int, end: int) -> bool:
        """Whether a noun follows, so that the capitals only modify it: "in Phase II talks"."""
        t = self.tokens
        return stop < end and t.flags[stop] > 0 and t.lower[stop].endswith("s") and t.lower[stop] not in ("as", "was")

    def _after_mark(self, h: Hit[CityRule], start: int) -> int:
        """How many words of attendance stand before a place in its sentence: the last one tells where it was."""
        return len(self.scene.marks(start, h.start, "took-part", "held"))

    def _spelled(self, h: Hit[CityRule]) -> tuple[str, str | None]:
        t = self.tokens
        state = self.scene.state_at(h.end + 1) if h.end < len(t) - 1 and t.words[h.end] == "," else None
        return t.join(h.start, h.end), state

    def _state_in(self, start: int, end: int, visited: bool = False) -> str | None:
        """The state in or to which they met: "at the G20 in India", "an official visit to Peru".

        With `visited` only the latter.
        """
        t = self.tokens
        for name in self.scene.within(start, end):
            if name.ref[0] != "state" or name.adjective:
                continue
            before = name.start - 1 - (t.lower[name.start - 1] == "the")
            event = self.scene.marks(max(start, before - 4), before, "event", "visit", "took-part", "held")
            if (t.lower[before] == "in" and event and not visited) or (
                t.lower[before] == "to" and any(h.value.role == "visit" for h in event)
            ):
                return name.ref[1]
        return None

    def _in_line(self) -> tuple[str | None, str | None]:
        """The place of a line that tells day and place: "2031-05-17 The Old Port, Entebbe"."""
        t = self.tokens
        for h in self._cities:
            if h.start >= self.scene.limit:
                break
            block = _block(self.scene, h.start)
            if block.kind == "item" or block.end - block.start > 30:
                continue
            day = next((m for m in t.found.get("date", ()) if block.start <= m.start < block.end), None)
            if day is None:
                if block.end - block.start <= _PLACE_LINE and self._dated_beside(block):
                    return self._spelled(h)
                continue
            short = block.end - block.start <= _SHORT_LINE and day.start == block.start
            begin = day.end + (bool(_CLOCK.fullmatch(t.words[day.end])) if day.end < block.end else 0)
            return (t.join(begin, block.end), None) if short and begin <= h.start else self._spelled(h)
        return None, None

    def _dated_beside(self, block: Block) -> bool:
        """Whether the line above or below holds nothing but a date."""
        t = self.tokens
        number = t.blocks.index(block)
        for other in t.blocks[max(0, number - 1) : number + 2]:
            short = other is not block and other.end - other.start <= _PLACE_LINE
            if short and any(other.start <= m.start < other.end for m in t.found.get("date", ())):
                return True
        return False
