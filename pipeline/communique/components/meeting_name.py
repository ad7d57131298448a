"""The event that a text reports, and its name."""

from __future__ import annotations

from typing import NamedTuple

from communique.components.meeting_scene import MeetingRule, Name, Scene
from communique.matching import Hit
from communique.tokens import CAPITAL, DIGIT

_FAR = 45
"""Days between a text's own date and that of the meeting it reports."""
_TALKED = ("talks", "call", "visit")
_PAID = frozenset({"paid", "paying", "pays", "undertook", "made"})
_LEAST = 2.0
"""The least score that makes a noun the event of the text."""
_INSIDE = ("-", "–", "&", "'s", "'", "+", "and", ".")
_GOES_ON = ("of", "the", "and", "for", "'s", "-", "'", "on", "to", "&", ":", ".")


class Event(NamedTuple):
    """What the text reports: the noun's words, the words of its name, and its score."""

    start: int
    end: int
    role: str
    name: tuple[int, int] | None
    score: float


class Events:
    """Finds the event among the nouns that name meetings."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tokens = scene.tokens
        self.title = self.tokens.title

    def best(self) -> Event | None:
        """The likeliest event of the text, None where no noun says enough."""
        found = [self._event(h) for h in self.scene.marks(0, self.scene.limit, "event", "talks", "call", "visit")]
        found += [self._body(name) for name in self.scene.within(0, self.scene.limit) if name.ref[0] == "organization"]
        likely = [event for event in found if event is not None and event.score >= _LEAST]
        best = max(
            likely,
            key=lambda event: (event.score, event.name is not None and event.name[1] - event.name[0], -event.start),
            default=None,
        )
        return best if best is None or best.name is None else best._replace(name=self._written_small(best.name))

    def _written_small(self, name: tuple[int, int]) -> tuple[int, int]:
        """The same words elsewhere in the opening, where a heading has them in capitals."""
        t, (start, end) = self.tokens, name
        if not all(w.isupper() for w in t.words[start:end] if w.isalpha()):
            return name
        lower = t.lower[start:end]
        for k in range(self.scene.limit - len(lower)):
            if t.lower[k : k + len(lower)] == lower and not all(w.isupper() for w in t.words[k : k + len(lower)]):
                return k, k + len(lower)
        return name

    def visit(self) -> Event | None:
        """The visit of a guest whom the text tells to have been received, by its bare noun: "official visit"."""
        t = self.tokens
        for h in self.scene.marks(0, self.scene.limit, "visit"):
            own = t.lower[h.start - 1 : h.start] not in (["next"], ["previous"], ["last"], ["future"])
            if (
                own
                and not self._in_name(h.start)
                and not self._passing(h.start, h.end, self.scene.sentence(h.start)[0])
            ):
                return Event(h.start, h.end, "visit", (h.start, h.end), _LEAST)
        return None

    def paid(self, start: int, end: int) -> bool:
        """Whether a sentence says that a visit was paid."""
        lower = self.tokens.lower
        return any(_PAID & set(lower[max(start, h.start - 3) : h.start]) for h in self.scene.marks(start, end, "visit"))

    # a noun as an event

    def _event(self, h: Hit[MeetingRule]) -> Event | None:
        t = self.tokens
        if (
            self._in_name(h.start)
            or self._goes_on(h)
            or (h.end < len(t) and t.lower[h.end] in self.scene.lexicon["documents"] and h.value.role != "event")
        ):
            return None
        role = h.value.role
        if t.lower[h.end - 1] in ("with", "between"):
            h = h._replace(end=h.end - 1)  # "call with"
        start, end = self._extent(h)
        caps = sum(bool(t.flags[i] & CAPITAL) for i in range(start, end))
        named = caps > 1 or (start < h.start and caps == 1 and not t.flags[h.start] & CAPITAL)
        if not named and role in ("event", "talks") and not self._stands(h, start):
            return None
        bare = start == h.start and end == h.end
        its = self._of_body(h, start)
        score = (
            self._score(h.start, start, end)
            + 1.5
            * bool(h.start <= self.scene.sentence(h.start)[0] + 2 and self.scene.marks(h.end, h.end + 4, "took-part"))
            + (3 if caps > 1 else (not self._in_title(h.start)) + bool(its))
            + 0.5 * (role in _TALKED)
        )
        if its is not None and caps < 2:
            return Event(h.start, h.end, role, its, score)
        if t.words[h.start] == "meeting" and (body := self._body_behind(h.end)) is not None:
            return Event(h.start, h.end, role, body, score)
        return Event(h.start, h.end, role, None if bare and role == "event" else (start, end), score)

    def _body_behind(self, end: int) -> tuple[int, int] | None:
        """The body whose "regular meeting of the" it is, by the words of its name."""
        t = self.tokens
        if t.lower[end : end + 1] != ["of"]:
            return None
        k = end + 1 + (t.lower[end + 1 : end + 2] == ["the"])
        found = [n for n in self.scene.within(k, k + 1) if n.ref[0] == "organization"]
        return (found[0].start, found[0].end) if found else None

    def _goes_on(self, h: Hit[MeetingRule]) -> bool:
        """Whether the noun is only a part of what it seems: "SUMMIT MEETING", "via videoconference"."""
        t = self.tokens
        if h.value.role == "call" and t.lower[h.start - 1 : h.start] in (["via"], ["by"]):
            return True
        return h.end < len(t) and bool(self.scene.marks(h.end, h.end + 1, "event", "visit"))

    def _in_name(self, i: int) -> bool:
        """Whether the noun is part of a body's name ("Pacific Islands Forum")."""
        return any(n.ref[0] == "organization" and n.start <= i < n.end for n in self.scene.within(i - 12, i + 1))

    def _stands(self, h: Hit[MeetingRule], start: int) -> bool:
        """Whether the text reports an event without a name: held, had, "this meeting", in the title."""
        t = self.tokens
        if self._in_title(h.start) or t.lower[start - 1 : start] == ["this"]:
            return True
        first, last = self.scene.sentence(h.start)
        return bool(
            self.scene.marks(max(first, h.start - 12), h.start, "held")
            or self.scene.marks(h.end, min(last, h.end + 8), "held", "took-part")
            or (h.start <= first + 2 and self.scene.marks(h.end, last, "held"))
            or (self._occasion(start) and self.scene.marks(first, last, "took-part", "beside"))
        )

    def _of_body(self, h: Hit[MeetingRule], start: int) -> tuple[int, int] | None:
        """The body that holds "its ninth meeting", by the words of its name."""
        if "its" not in self.tokens.lower[max(0, start - 2) : h.start]:
            return None
        first, _ = self.scene.sentence(h.start)
        bodies = [n for n in self.scene.within(first, h.start) if n.ref[0] == "organization"]
        return (bodies[0].start, bodies[0].end) if bodies else None

    # a body as an event

    def _body(self, name: Name) -> Event | None:
        """A body that meets: "The Lake States Council met", "in the format of the Lublin Triangle"."""
        t = self.tokens
        first, last = self.scene.sentence(name.start)
        formed = self.scene.marks(max(first, name.start - 6), name.start, "occasion")
        if formed and "format" in t.lower[formed[-1].start : formed[-1].end]:
            return Event(name.start, name.end, "event", (name.start, name.end), self._score(name.start, name.start) + 3)
        after = name.end
        while (after < last and t.words[after] in ("(", ")", ",", '"')) or self._acronym(after):
            after += 1
        inner = "of" in t.lower[max(first, name.start - 2) : name.start] or self.scene.within(first, name.start)
        if (
            first <= name.start <= first + 12
            and not inner
            and (t.lower[after : after + 1] in (["met"], ["convened"], ["opened"]) or self._was_held(after))
        ):
            return Event(name.start, name.end, "event", (name.start, name.end), self._score(name.start, name.start) + 1)
        return None

    def _was_held(self, i: int) -> bool:
        """Whether "was held" or "took place" stands at word `i`."""
        return self.tokens.lower[i : i + 2] in (["was", "held"], ["took", "place"], ["was", "convened"])

    def _acronym(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens.words[i].isupper() and self.tokens.words[i - 1] == "("

    # how likely it is this text's

    def _score(self, at: int, start: int, end: int | None = None) -> float:
        scene = self.scene
        first, last = scene.sentence(at)
        score = -0.7 * scene.depth(at)
        if self._in_title(at):
            score += 4
        if scene.marks(first, last, "took-part", "beside", "held", "call", "author"):
            score += 2
        if self._occasion(start):
            score += 2
        if self._passing(start, end or at + 1, first):
            score -= 5
        if self.tokens.lower[start - 1 : start] == ["this"]:
            score += 2
        if any(first <= m.start < last and self._long_ago(m.data) for m in self.tokens.found.get("date", ())):
            score -= 3
        return score

    def _in_title(self, i: int) -> bool:
        return self.title is not None and self.title[0] <= i < self.title[1]

    def _occasion(self, start: int) -> bool:
        """Whether words before say that it was then or there: "on the margins of the", "at the"."""
        return any(h.end >= start - 2 for h in self.scene.marks(start - 7, start, "occasion"))

    def _passing(self, start: int, end: int, first: int) -> bool:
        """Whether words beside it say that it is another meeting: "the previous", "since the", "will be"."""
        t = self.tokens
        if self._in_title(start):
            return False
        if any(h.end >= start - 2 for h in self.scene.marks(max(first, start - 6), end, "passing")):
            return True
        if any(d.act == "schedule" and d.object and d.object[0] <= start < d.object[1] for d in t.decisions):
            return True  # "agreed to meet in May for the dialogue"
        return t.lower[end : end + 1] in (["will"], ["would"], ["should"])

    def _long_ago(self, value: object) -> bool:
        return isinstance(value, str) and len(value) == 10 and not near(value, self.tokens.reference)

    # the words of its name

    def _extent(self, h: Hit[MeetingRule]) -> tuple[int, int]:
        """The words of the name: modifiers before the noun, the body or subject behind it."""
        start = h.start
        while start > 0 and (before := self._before(start)) < start:
            start = before
        while start < h.start and (
            self.tokens.words[start] in _INSIDE or self.tokens.lower[start] in ("the", "a", "an")
        ):
            start += 1
        end = self._behind(h)
        t = self.tokens
        if end < len(t) and t.words[end] == '"' and '"' in t.words[end + 1 : end + 24]:
            end = t.words.index('"', end + 1) + 1
        return start, end

    def _before(self, right: int) -> int:
        """Where the modifier before word `right` begins; `right` itself where there is none."""
        t, i = self.tokens, right - 1
        if t.gap[right] > 1 or t.sentence_of[i] != t.sentence_of[right]:
            return right
        for name in self.scene.within(max(0, i - 12), right):
            if name.start <= i < name.end:
                return right if name.ref[0] == "person" else name.start
        lower = t.lower[i]
        if lower == ")" and i > 2 and t.words[i - 2] == "(":
            return i - 2
        if lower in ("of", "for") and i and t.lower[i - 1] in self.scene.lexicon["bodies"] and t.flags[i - 1] & CAPITAL:
            return i - 1
        if t.flags[i] & (CAPITAL | DIGIT):
            return right if lower in self.scene.lexicon["stops"] else i
        if lower in ("-", "–") and i and t.end[i - 1] == t.start[i] and t.flags[i - 1] and t.end[i] == t.start[right]:
            return i - 1 if lower not in self.scene.lexicon["stops"] else right
        joins = t.words[i] in _INSIDE and (t.words[i] != "and" or (i > 0 and bool(t.flags[i - 1] & CAPITAL)))
        return i if joins or lower in self.scene.lexicon["adjectives"] else right

    def _behind(self, h: Hit[MeetingRule]) -> int:
        """Where the name ends: behind "of the Council", "on Transport", "to Kenya"."""
        t, end = self.tokens, h.end
        links = ("of", "on", "for") if h.value.role == "event" else ("of", "to") if h.value.role == "visit" else ("on",)
        if end >= len(t) - 1 or t.lower[end] not in links or t.sentence_of[end] != t.sentence_of[h.start]:
            return end
        k = end + 2 if t.lower[end + 1] in ("the", "a") and end + 2 < len(t) else end + 1
        dated = any(m.start == k for m in t.found.get("date", ()))
        person = any(n.ref[0] == "person" for n in self.scene.within(k, k + 1))
        if dated or person:
            return end
        stop = k
        while stop < len(t) and self._continues(stop, k) and t.gap[stop] < 2:
            stop += 1
        while stop > k and not t.flags[stop - 1] & (CAPITAL | DIGIT) and t.words[stop - 1] != '"':
            stop -= 1
        return stop if stop > k else end

    def _continues(self, i: int, first: int) -> bool:
        t = self.tokens
        if t.sentence_of[i] != t.sentence_of[first] or any(m.start == i for m in t.found.get("date", ())):
            return False
        return bool(t.flags[i] & (CAPITAL | DIGIT)) or (i > first and t.lower[i] in _GOES_ON)


def near(value: str, reference: str | None) -> bool:
    """Whether a day, or the first of an interval, is about a text's own date."""
    if not reference or len(reference) < 10:
        return True
    return abs(_days(value[:10]) - _days(reference[:10])) <= _FAR


def _days(day: str) -> int:
    year, month, date = (int(x) if x.isdigit() else 1 for x in (day[:4], day[5:7], day[8:10]))
    return year * 365 + month * 30 + date
