"""What the search for a text's meeting looks at: its opening, the words that tell of meetings, and the names in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from communique.matching import Hit
from communique.rules import Rule, rule_file
from communique.tokens import Tokens

Ref = tuple[str, str]
"""A kind (person, state, organization) and the key of an entry."""

_SENTENCES = 9
"""How far into a text the meeting is told."""

Role = Literal[
    "event",
    "talks",
    "call",
    "visit",
    "remote",
    "took-part",
    "beside",
    "held",
    "author",
    "absent",
    "occasion",
    "passing",
    "received",
]


@rule_file("meetings")
class MeetingRule(Rule):
    """Words that name a meeting, say that somebody took part in it or held it, or whose statement it is.

    `received` words say it where they stand between two people.
    `occasion` words lead to the meeting on whose margins something was done; `passing` ones to a meeting that is not
    this text's.
    """

    role: Role
    words: tuple[str, ...]


@rule_file("cities")
class CityRule(Rule):
    """A town or venue where meetings are held; `state` is the alpha-3 code of the state it is in.

    A `capital` also stands for the government of its state where it acts: "Nairobi recalled its envoy". One that is
    the seat of other bodies too (Brussels) or has its state's name is not marked.
    """

    names: tuple[str, ...]
    state: str | None = None
    capital: bool = False


WordRole = Literal[
    "opens", "closes", "shuts", "members", "leader", "bodies", "adjectives", "stops", "documents", "venues"
]


@rule_file("meeting_words")
class MeetingWordRule(Rule):
    """Single words around meetings.

    Behind words that `open`, names can be those who met; behind those that `close` they are a place or an occasion,
    until another word opens; behind those that `shut` they are what the talks were about. `members` follow a body in
    whose name its leaders act; a `leader` stands for his state. Of a meeting's name: `adjectives` before the noun,
    `bodies` whose "of" runs on into the name, `stops` where it begins behind, `documents` that a meeting only modifies.
    `venues` are buildings in which they meet.
    """

    role: WordRole
    words: tuple[str, ...]


class Name(NamedTuple):
    """A person, state or body at words `start` to `end`; `adjective` for states named by an adjective."""

    start: int
    end: int
    ref: Ref
    adjective: bool = False


class Scene:
    """The opening of one text."""

    def __init__(
        self,
        tokens: Tokens,
        words: list[Hit[MeetingRule]],
        cities: list[Hit[CityRule]],
        lexicon: Mapping[WordRole, frozenset[str]],
    ) -> None:
        self.tokens = tokens
        self.words = words
        self._marks = [hit.start for hit in words]
        self.cities = cities
        self.lexicon = lexicon
        self.head = tokens.sentences[:_SENTENCES]
        self.limit = self.head[-1][1]
        self.names = sorted(self._names())
        self._starts = [name.start for name in self.names]

    def _names(self) -> Iterator[Name]:
        """The names of the text; an office stands for the person known to hold it, not for its state or body."""
        t = self.tokens
        inside: set[int] = set()
        for office in t.offices:
            if office.person and not office.plural:
                inside.update(range(office.start, office.end))
                yield Name(office.start, office.end, ("person", office.person))
        credit = t.dateline.body if t.dateline is not None else 0
        for kind in ("person", "state", "organization"):
            for m in t.found.get(kind, ()):
                if (
                    m.start < credit
                    and kind == "organization"
                    and t.dateline is not None
                    and m.start >= t.dateline.start
                ):
                    continue  # the agency of a dateline
                if kind == "person" or m.start not in inside:
                    hyphened = m.end < len(t) and t.words[m.end] in ("-", "–") and t.start[m.end] == t.end[m.end - 1]
                    yield Name(m.start, m.end, (kind, m.key), kind == "state" and (m.data.adjective or hyphened))

    def within(self, start: int, end: int) -> list[Name]:
        """The names that start at words `start` to `end`."""
        return self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def marks(self, start: int, end: int, *roles: Role) -> list[Hit[MeetingRule]]:
        """The words of the roles at `start` to `end`."""
        inside = self.words[bisect_left(self._marks, start) : bisect_left(self._marks, end)]
        return [h for h in inside if h.value.role in roles]

    def sentence(self, i: int) -> tuple[int, int]:
        """The sentence of word `i`."""
        return self.tokens.sentences[self.tokens.sentence_of[i]]

    def depth(self, i: int) -> int:
        """How many whole sentences stand before that of word `i`; headings and lines of a head count once."""
        t = self.tokens
        number = t.sentence_of[i]
        whole = sum(t.words[end - 1] in (".", '"') for _, end in t.sentences[:number])
        return min(number, whole + 1)

    def state_at(self, i: int) -> str | None:
        """The state whose name starts at word `i`."""
        return next((n.ref[1] for n in self.within(i, i + 1) if n.ref[0] == "state" and not n.adjective), None)
