"""The meeting, visit, call or statement that a text reports: its name, day, place and participants."""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.matching import Gazetteer, Hit
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, DIGIT, Mention, Tokens

Ref = tuple[str, str]
"""A kind (person, state, organization) and the key of an entry."""

_SENTENCES = 9
"""How far into a text the meeting is told."""
_FAR = 45
"""Days between a text's own date and that of the meeting it reports."""


@rule_file("meetings")
class MeetingRule(Rule):
    """Words that name a meeting, say that somebody took part, or whose statement it is."""

    role: Literal["event", "call", "visit", "remote", "attendance", "author", "absent"]
    words: tuple[str, ...]


@rule_file("cities")
class CityRule(Rule):
    """A town or venue where meetings are held; `state` is the alpha-3 code of the state it is in."""

    names: tuple[str, ...]
    state: str | None = None


class Meeting(NamedTuple):
    """What a text says of its meeting; `name` and `place` as printed, `participants` in order."""

    name: str | None
    date: str | None
    place: str | None
    state: str | None
    participants: tuple[Ref, ...]


class Meetings(Component):
    """Finds the meeting of a text."""

    models = (MeetingRule, CityRule)

    def build(self) -> None:
        self._words: Gazetteer[MeetingRule] = Gazetteer(self.nlp)
        for rule in self.read(MeetingRule):
            self._words.add(rule, rule.words, case="any")
        self._cities: Gazetteer[CityRule] = Gazetteer(self.nlp)
        for city in self.read(CityRule):
            self._cities.add(city, city.names)

    def find(self, tokens: Tokens) -> None:
        if not tokens.sentences:
            return
        tokens.meeting = _Search(tokens, self._words(tokens), self._cities(tokens)).meeting()


class _Search:
    def __init__(self, tokens: Tokens, words: list[Hit[MeetingRule]], cities: list[Hit[CityRule]]) -> None:
        self.tokens = tokens
        self.words = words
        self.cities = cities
        self.head = tokens.sentences[:_SENTENCES]
        self.limit = self.head[-1][1]
        self._names = sorted(
            (m.start, m.end, kind, m)
            for kind in ("person", "state", "organization")
            for m in tokens.found.get(kind, ())
        )

    def meeting(self) -> Meeting | None:
        event = self._event()
        told = self._attendance()
        participants = self._participants(told)
        if event is None and not told and not participants:
            return None
        name = self._name(event) if event is not None else None
        if event is None and not told:
            return Meeting(None, None, None, None, participants) if participants else None
        where = event.start if event is not None else told[0][0]
        date = self._date(where, told)
        place, state = (None, None) if self._remote(where) else self._place(where, told)
        return Meeting(name, date, place, state, participants)

    # the event

    def _event(self) -> Hit[MeetingRule] | None:
        """The noun that names the meeting: in the title, else in the first sentences."""
        events = [h for h in self.words if h.value.role in _EVENTS and h.start < self.limit and not self._in_body(h)]
        title = self.tokens.title
        if title is not None:
            inside = [h for h in events if title[0] <= h.start < title[1]]
            if inside:
                return max(inside, key=lambda h: (self._named(h), h.start))
        body = [h for h in events if title is None or h.start >= title[1]]
        named = [h for h in body if self._named(h) > 1]
        for h in named or body:
            if (h.value.role == "call" or self._told(h)) and not self._historic(h):
                return h
        return None

    def _in_body(self, h: Hit[MeetingRule]) -> bool:
        """Whether the noun is part of a body's name ("Pacific Islands Forum"), with no noun of its own behind it."""
        return any(kind == "organization" and m.start <= h.start < m.end for _, _, kind, m in self._names)

    def _named(self, h: Hit[MeetingRule]) -> int:
        """How much of a name stands around the noun."""
        start, end = self._extent(h)
        return sum(bool(self.tokens.flags[i] & CAPITAL) for i in range(start, end))

    def _told(self, h: Hit[MeetingRule]) -> bool:
        """Whether the text reports this meeting: held, attended, under way, in the heading of the report."""
        start, end = self.tokens.sentences[self.tokens.sentence_of[h.start]]
        around = {x.value.role for x in self.words if start <= x.start < end}
        return "attendance" in around or "author" in around

    def _historic(self, h: Hit[MeetingRule]) -> bool:
        lower = self.tokens.lower
        before = lower[max(0, h.start - 3) : h.start]
        return "next" in before or "previous" in before or "last" in before or "upcoming" in before

    def _extent(self, h: Hit[MeetingRule]) -> tuple[int, int]:
        """The words of the name: modifiers before the noun, the body or subject behind it."""
        t = self.tokens
        start = h.start
        while start > 0 and self._modifies(start - 1, start):
            start -= 1
        end = h.end
        if end < len(t) - 1 and t.lower[end] in ("of", "on") and t.sentence_of[end] == t.sentence_of[h.start]:
            k = end + 1
            if t.lower[k] == "the":
                k += 1
            stop = k
            while stop < len(t) and self._continues(stop, k) and t.gap[stop] < 2:
                stop += 1
            while stop > k and not t.flags[stop - 1] & (CAPITAL | DIGIT) and t.words[stop - 1] != '"':
                stop -= 1
            if stop > k:
                end = stop
        if end < len(t) and t.words[end] == '"' and '"' in t.words[end + 1 : end + 24]:
            end = t.words.index('"', end + 1) + 1
        return start, end

    def _modifies(self, i: int, right: int) -> bool:
        t = self.tokens
        if (t.gap[right] and t.gap[right] > 1) or t.sentence_of[i] != t.sentence_of[right]:
            return False
        if t.flags[i] & CAPITAL:
            return t.lower[i] not in _STOP
        return (
            t.words[i] in ("-", "–", "&", "'s", "'", "+", "and", ".")
            and t.lower[i] not in _STOP
            and (t.words[i] != "and" or (bool(t.flags[i - 1] & CAPITAL) and i > 0))
        ) or t.lower[i] in _ADJECTIVES

    def _continues(self, i: int, first: int) -> bool:
        t = self.tokens
        if t.sentence_of[i] != t.sentence_of[first]:
            return False
        if t.flags[i] & (CAPITAL | DIGIT):
            return True
        return i > first and t.lower[i] in ("of", "the", "and", "for", "'s", "-", "'", "on", "to")

    def _name(self, h: Hit[MeetingRule]) -> str | None:
        start, end = self._extent(h)
        if self.tokens.lower[start] in ("the", "a", "an"):
            start += 1
        while start < h.start and self.tokens.words[start] in ("and", "&", "'s", "-", "–", "'", "."):
            start += 1
        if start == h.start and end == h.end and h.value.role == "event" and self.tokens.lower[h.start] == "meeting":
            return None
        return self.tokens.join(start, end)

    # when

    def _date(self, where: int, told: list[tuple[int, int]]) -> str | None:
        t = self.tokens
        spans = [t.sentences[t.sentence_of[where]], *told]
        for start, end in spans:
            for m in t.found.get("date", ()):
                if start <= m.start < end and self._near(m.data):
                    return str(m.data)
        for m in t.found.get("date", ()):
            if m.start < self.limit and t.lower[m.start] in ("today", "yesterday") and self._near(m.data):
                return str(m.data)
        for m in t.found.get("date", ()):  # a line of its own at the head: "2022-02-04  Beijing"
            if m.start >= self.limit:
                break
            block = t.blocks[t.block_of[m.start]]
            if block.end - block.start <= 14 and self._near(m.data) and block.kind != "item":
                return str(m.data)
        return None

    def _near(self, value: object) -> bool:
        if not isinstance(value, str) or len(value) < 10 or not value[:4].isdigit():
            return False
        reference = self.tokens.reference
        if not reference or len(reference) < 10:
            return True
        return abs(_days(value[:10]) - _days(reference[:10])) <= _FAR

    # where

    def _remote(self, where: int) -> bool:
        t = self.tokens
        start, end = t.sentences[t.sentence_of[where]]
        upto = max(end, t.sentences[min(2, len(t.sentences) - 1)][1])
        return any(
            h.value.role in ("remote", "call") for h in self.words if min(start, self.head[0][0]) <= h.start < upto
        )

    def _place(self, where: int, told: list[tuple[int, int]]) -> tuple[str | None, str | None]:
        t = self.tokens
        taken = {i for _, _, kind, m in self._names if kind != "state" for i in range(m.start, m.end)}
        spans = [t.sentences[t.sentence_of[where]], *told]
        for start, end in spans:
            inside = [
                h
                for h in self.cities
                if start <= h.start < end and h.start not in taken and h.start and t.lower[h.start - 1] in ("in", "at")
            ]
            if inside:
                return self._spelled(max(inside, key=lambda h: (self._after_verb(h, start), -h.start)))
            for i in range(start, end - 1):
                if t.lower[i] == "in" and t.flags[i + 1] & CAPITAL and i + 1 not in taken and not self._state_at(i + 1):
                    stop = i + 1
                    while stop < end and (t.flags[stop] & CAPITAL or t.words[stop] == "-"):
                        stop += 1
                    if stop < end and t.words[stop] == "," and self._state_at(stop + 1):
                        return t.join(i + 1, stop), self._state_at(stop + 1)
        for h in self.cities:
            if h.start >= self.limit or h.start in taken:
                continue
            block = t.blocks[t.block_of[h.start]]
            dated = any(block.start <= m.start < block.end for m in t.found.get("date", ()))
            if block.kind != "item" and dated and block.end - block.start <= 30:
                return self._spelled(h)
        return None, None

    def _after_verb(self, h: Hit[CityRule], start: int) -> int:
        """How many words of attendance stand before a place in its sentence: the last one tells where it was."""
        return sum(x.value.role == "attendance" and start <= x.start < h.start for x in self.words)

    def _spelled(self, h: Hit[CityRule]) -> tuple[str, str | None]:
        t = self.tokens
        state = self._state_at(h.end + 1) if h.end < len(t) - 1 and t.words[h.end] == "," else None
        return t.join(h.start, h.end), state

    def _state_at(self, i: int) -> str | None:
        return next((m.key for start, _, kind, m in self._names if kind == "state" and start == i), None)

    # who

    def _attendance(self) -> list[tuple[int, int]]:
        """The sentences that tell who took part."""
        marks = {
            self.tokens.sentence_of[h.start] for h in self.words if h.value.role in ("attendance", "call", "visit")
        }
        absent = {self.tokens.sentence_of[h.start] for h in self.words if h.value.role == "absent"}
        return [s for n, s in enumerate(self.head) if n in marks and n not in absent and self._who(*s)]

    def _who(self, start: int, end: int) -> list[tuple[str, Mention]]:
        return [(kind, m) for s, _, kind, m in self._names if start <= s < end]

    def _participants(self, told: list[tuple[int, int]]) -> tuple[Ref, ...]:
        refs: dict[Ref, None] = {}
        for start, end in told:
            self._add(refs, start, end)
        self._lists(refs)
        if not refs:
            self._authors(refs)
        return self._represented(refs)

    def _represented(self, refs: dict[Ref, None]) -> tuple[Ref, ...]:
        """People instead of the states they stand for: a state that one of its leaders represents is not listed."""
        leaders: dict[str, list[Ref]] = {}
        for key, roles in self.tokens.roles.items():
            for role in roles:
                if role.state and any(w in role.title for w in _LEADING):
                    leaders.setdefault(role.state, []).append(("person", key))
        speaking = {m.key for _, _, kind, m in self._names if kind == "person" and self._speaks(m)}
        result: dict[Ref, None] = {}
        for kind, key in refs:
            found = [] if kind != "state" else leaders.get(key, [])
            present = [r for r in found if r in refs]
            if present:
                continue
            alone = found[0] if len(found) == 1 and found[0][1] in speaking else None
            result.setdefault(alone or (kind, key))
        people = [r for r in result if r[0] == "person"]
        states = [r for r in result if r[0] == "state"]
        if len(people) > 1 and len(people) >= len(states):
            return tuple(r for r in result if r[0] != "state")
        return tuple(result)

    def _speaks(self, m: Mention) -> bool:
        """Whether a name heads a speech in a transcript."""
        return m.end < len(self.tokens) and ":" in self.tokens.words[m.end : m.end + 4]

    def _add(self, refs: dict[Ref, None], start: int, end: int) -> None:
        who = self._who(start, end)
        people = [("person", m.key) for kind, m in who if kind == "person"]
        for ref in people:
            refs.setdefault(ref)
        if people:
            return
        for kind, m in who:
            if kind == "state" and not m.data.adjective:
                refs.setdefault(("state", m.key))

    def _lists(self, refs: dict[Ref, None]) -> None:
        """The people of an attendance list: items below "Present were:"."""
        t = self.tokens
        for block in t.blocks:
            if block.kind != "item" or block.chapeau < 0:
                continue
            chapeau = t.blocks[block.chapeau]
            if not any(h.value.role == "attendance" for h in self.words if chapeau.start <= h.start < chapeau.end):
                continue
            self._add(refs, block.start, block.end)

    def _authors(self, refs: dict[Ref, None]) -> None:
        """In whose name a statement is made: behind "Statement by", "We, the leaders of", "released by"."""
        t = self.tokens
        for start, end in ([t.title] if t.title is not None else []) + self.head[:4]:
            cue = next((h for h in self.words if h.value.role == "author" and start <= h.start < end), None)
            if cue is None:
                continue
            for kind, m in self._named_on(cue.end, end):
                refs.setdefault((kind, m.key))
            if refs:
                return

    def _named_on(self, start: int, end: int) -> list[tuple[str, Mention]]:
        """The names that follow one another from a word on: "We, the leaders of Kenya, Uganda and the Lake Council"."""
        found: list[tuple[str, Mention]] = []
        last, reach = start, _FIRST_NAME
        for kind, m in self._who(start, end):
            if m.start - last > reach:
                break
            found.append((kind, m))
            last, reach = m.end, _NEXT_NAME
        return found


_FIRST_NAME, _NEXT_NAME = 8, 5
"""Words that may stand before the first of several names, and between them."""
_EVENTS = ("event", "call", "visit")
_LEADING = (
    "President",
    "Prime Minister",
    "Chancellor",
    "King",
    "Emir",
    "Amir",
    "Foreign Minister",
    "Minister of Foreign",
)
_STOP = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "this",
        "that",
        "these",
        "joint",
        "statement",
        "following",
        "during",
    }
)
_ADJECTIVES = frozenset(
    {"bilateral", "trilateral", "annual", "inaugural", "first", "second", "third", "informal", "extraordinary", "joint",
     "ministerial", "official", "state", "working", "regular", "high", "level", "plenary", "virtual"}
)  # fmt: skip


def _days(day: str) -> int:
    year, month, date = (int(x) if x.isdigit() else 1 for x in (day[:4], day[5:7], day[8:10]))
    return year * 365 + month * 30 + date


@Language.factory("communique_meeting", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Meetings:
    """The factory of `communique_meeting`."""
    return Meetings(nlp, rules)
