"""Whom words stand for: "the leaders", "he", "we", "the Ukrainian side" as people, states and organizations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from communique.tokens import Mention, Tokens

Ref = tuple[str, str]
"""A kind (person, state, organization) and the key of an entry."""

_KINDS = ("person", "state", "organization")
_HE = frozenset({"he", "she", "him", "her"})
_THEY = frozenset({"they", "we", "us", "them", "both"})
_SOME = frozenset({"some", "several", "many", "certain", "other", "one", "most", "various"})
"""Words before those who are not said to be anybody known."""
_TWO = frozenset({"two", "both"})
_HEADS = frozenset(
    {"president", "prime minister", "king", "queen", "emir", "amir", "sultan", "chancellor", "premier", "emperor"}
)
"""Offices of those who lead a state."""
_PLAIN_OFFICES = frozenset({"minister", "secretarie", "ambassador", "official", "envoy"})
_SIDES = frozenset({"side", "delegation", "government", "authorities", "authority"})


class Referents:
    """Resolves the words of one text. `nouns` tells the role of a noun that can act (see `ActorRule`)."""

    def __init__(self, tokens: Tokens, nouns: dict[int, str]) -> None:
        self.tokens = tokens
        self.nouns = nouns
        rows = [(m.start, m, kind) for kind in _KINDS for m in tokens.found.get(kind, ())]
        rows += [(m.start, m, "state") for m in tokens.found.get("capital", ())]
        rows.sort(key=lambda row: row[0])
        self._rows = rows
        self._starts = [row[0] for row in rows]
        self._people = [m for _, m, kind in rows if kind == "person"]
        meeting = tokens.meeting
        self.participants: tuple[Ref, ...] = tuple(meeting.participants) if meeting is not None else ()
        self._last: tuple[Ref, ...] = ()
        self._personal = any(kind == "person" for kind, _ in self.participants) or not self.participants

    def of(self, start: int, end: int) -> tuple[Ref, ...]:
        """What the words `start` to `end` stand for; nothing where the text does not tell."""
        refs = self._of(start, end)
        if len(refs) > 1:
            self._last = refs
        return refs

    def _of(self, start: int, end: int) -> tuple[Ref, ...]:
        low = self.tokens.lower[start]
        if low in _SOME:
            return ()
        inside = self._inside(start, end)
        people = _unique(("person", m.key) for m, kind in inside if kind == "person")
        if people:
            return people
        if end == start + 1:
            if low == "i" or (low in ("we", "us") and self._personal and self._quoted(start)):
                return self._speaker(start)
            if low in _HE:
                return self._he(start)
            if low in _THEY:
                return self._last if low == "they" and self._last else self.participants
            if low == "it":
                return self._it(start)
        office = self._office(start, end)
        if office:
            return office
        return self._described(start, end, inside)

    def _inside(self, start: int, end: int) -> list[tuple[Mention, str]]:
        k = bisect_left(self._starts, start)
        found: list[tuple[Mention, str]] = []
        while k < len(self._rows) and self._rows[k][0] < end:
            found.append((self._rows[k][1], self._rows[k][2]))
            k += 1
        return found

    def _office(self, start: int, end: int) -> tuple[Ref, ...]:
        """The person who holds the office that the words name."""
        for office in self.tokens.offices:
            if office.start < end and office.end > start and office.person and not office.plural:
                return (("person", office.person),)
        return ()

    def _described(self, start: int, end: int, inside: list[tuple[Mention, str]]) -> tuple[Ref, ...]:
        low = self.tokens.lower[start]
        roles = {self.nouns[i] for i in range(start, end) if i in self.nouns}
        states = _unique(("state", m.key) for m, kind in inside if kind == "state")
        bodies = _unique(("organization", m.key) for m, kind in inside if kind == "organization")
        if "participants" in roles:
            return self._several(start, end, states, bodies)
        if bodies and not states:
            return bodies
        if states:
            return states
        if low in ("his", "her") and roles & {"side", "body", "participants"} and not bodies:
            return self._states_of(self._he(start))
        if roles & {"side", "body", "meeting"} and not roles & {"person"}:
            return self._body(start, end, roles)
        return bodies

    def _several(self, start: int, end: int, states: tuple[Ref, ...], bodies: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """Reads "the Presidents of Kenya and Uganda", "G20 leaders", "the ministers"."""
        words = self.tokens.lower[start:end]
        if states:
            offices = [w for w in words if w.endswith("s")]
            people = [self._holder(code, offices) for _, code in states]
            return tuple(p or s for p, s in zip(people, states, strict=True))
        if bodies:
            persons = tuple(r for r in self.participants if r[0] == "person")
            return self.participants if persons and {"members", "leaders", "heads"} & set(words) else bodies
        if {"countries", "nations", "states", "governments"} & set(words):
            found = tuple(r for r in self.participants if r[0] == "state")
            return found or self._states_of(self.participants) or self.participants
        if _TWO & set(words[:2]):
            heads = tuple(r for r in self.participants if r[0] == "person" and self._heads(r[1]))
            if len(heads) == 2 and not any(w[:-1] in _PLAIN_OFFICES for w in words):
                return heads
        held = tuple(r for r in self.participants if r[0] == "person" and self._holds(r[1], words))
        return held if len(held) > 1 or (held and "ministers" in words) else self.participants

    def _states_of(self, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        return _unique(
            ("state", role.state)
            for kind, key in refs
            if kind == "person"
            for role in self.tokens.roles.get(key, ())
            if role.state
        )

    def _heads(self, key: str) -> bool:
        """Whether a person is a head of state or government, by the office."""
        return any(role.title.lower() in _HEADS for role in self.tokens.roles.get(key, ()))

    def _holder(self, code: str, offices: list[str]) -> Ref | None:
        for kind, key in self.participants:
            if kind != "person":
                continue
            for role in self.tokens.roles.get(key, ()):
                if role.state == code and any(role.title.lower().split()[-1] + "s" == w for w in offices):
                    return kind, key
        return None

    def _holds(self, key: str, words: list[str]) -> bool:
        titles = [role.title.lower() for role in self.tokens.roles.get(key, ())]
        plurals = {w[:-1] for w in words if w.endswith("s")}
        return any(set(title.split()) & plurals for title in titles)

    def _body(self, start: int, end: int, roles: set[str]) -> tuple[Ref, ...]:
        """Reads "the summit", "the Council": the body that meets, or the last body so called."""
        head = self.tokens.lower[end - 1]
        for m in reversed(self.tokens.found.get("organization", [])):
            if m.start < start and self.tokens.lower[m.end - 1] == head:
                return (("organization", m.key),)
        if "meeting" in roles:
            return self.participants
        return ()

    def _he(self, at: int) -> tuple[Ref, ...]:
        """The person told of last: the subject of the sentence before, else the nearest."""
        t = self.tokens
        before = [m for m in self._people if m.start < at]
        if not before:
            return ()
        n = t.sentence_of[at]
        for back in (0, 1, 2):
            if n - back < 0:
                break
            start, end = t.sentences[n - back]
            here = [(m.start, m.key) for m in before if start <= m.start < min(end, at)]
            here += [(o.start, o.person) for o in t.offices if o.person and start <= o.start < min(end, at)]
            if here:
                return (("person", min(here)[1]),)
        return (("person", before[-1].key),)

    def _it(self, at: int) -> tuple[Ref, ...]:
        t = self.tokens
        n = t.sentence_of[at]
        for back in (1, 2, 3):
            if n - back < 0:
                return ()
            start, end = t.sentences[n - back]
            if body := self._opening_body(start, end):
                return body
            if self._says_it(start, end):
                continue
            for m, kind in self._inside(start, end):
                if kind in ("organization", "state"):
                    return ((kind, m.key),)
        return ()

    def _opening_body(self, start: int, end: int) -> tuple[Ref, ...]:
        """The body that a sentence opens with by a noun: "5. The Conference lifts …"."""
        for i in range(start, min(start + 5, end)):
            if self.nouns.get(i) in ("body", "meeting") and self.tokens.lower[i - 1] == "the":
                return self._body(i - 1, i + 1, {self.nouns[i]})
        return ()

    def _says_it(self, start: int, end: int) -> bool:
        """Whether a sentence has "it" for its own subject, so that the one before it tells who that is."""
        return "it" in self.tokens.lower[start : min(start + 3, end)]

    def _quoted(self, at: int) -> bool:
        start = self.tokens.blocks[self.tokens.block_of[at]].start  # a quotation may have begun some sentences before
        return self._transcript(at) is not None or self.tokens.words[start : at + 1].count('"') % 2 == 1

    def _transcript(self, at: int) -> Ref | None:
        """The speaker of a transcript: the last name that a colon follows, "President of X Salim Haddad: …"."""
        words = self.tokens.words
        for m in reversed(self._people):
            if m.end < at and m.end < len(words) and words[m.end] in (":", "(") and ":" in words[m.end : m.end + 4]:
                return "person", m.key
        return None

    def _speaker(self, at: int) -> tuple[Ref, ...]:
        if (speaker := self._transcript(at)) is not None:
            return (speaker,)
        t = self.tokens
        n = t.sentence_of[at]
        for k in (n, n + 1, n - 1, n + 2, n - 2):
            if not 0 <= k < len(t.sentences):
                continue
            start, end = t.sentences[k]
            here = [m for m in self._people if start <= m.start < end]
            if here:
                return (("person", here[-1].key),)
        return tuple(r for r in self.participants if r[0] == "person")[:1]


def _unique(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))
