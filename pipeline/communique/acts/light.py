"""Acts told by a noun under a light verb: "made a decision to", "put their signatures to", "tabled a proposal for"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.acts.model import Act, Span
from communique.acts.urging import Urging
from communique.clauses import Group

_REACH = 6
"""How many units after a light verb its noun may stand: "took a number of important decisions"."""


_AGAIN = frozenset({"reiterate", "renew", "repeat", "restate"})
"""Verbs that put a call once more, and say no act with another noun."""


class Light(Urging):
    """Reads the acts of light verbs."""

    def _light(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads the act that the noun of a light verb names."""
        obj = self.object_from(group.main + 1, n)
        if obj is None:
            return
        if self.units[obj.start].low in ("out", "forth") and any(v.base == "set" for v in group.verbs):
            return  # "set out the decision"
        accord = any(v.base in ("reach", "come") for v in group.verbs)
        again = any(v.base in _AGAIN for v in group.verbs)
        for k in range(obj.start, min(obj.end, obj.start + _REACH)):
            low = self.units[k].low
            if again and self._is(low, "call"):
                yield from self._put_forward(group, obj, k, actors)
                return
            if again:
                continue
            if self._is(low, "decision") or (accord and self._is(low, "accord")):
                yield from self._decision(group, obj, k, actors)
                return
            if self._is(low, "signature"):
                yield from self._signatures(group, obj, k, actors)
                return
            if self._is(low, "task"):
                break
            if not accord and (self._is(low, "proposal") or self._is(low, "call")):
                yield from self._put_forward(group, obj, k, actors)
                return
        if not again:
            yield from self._set_task(group, obj, actors)

    def _decision(self, group: Group, obj: Span, head: int, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "made a decision to …", "reached agreement on …", "took a number of decisions"."""
        units = self.units
        m = self._group_at(head + 1)
        if m >= 0 and self.groups[m].form == "infinitive":
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "taken", "decision.light-verb", group.past)
        elif units[-1].tag == ":" and any(u.low == "following" for u in units[obj.start : obj.end]):
            return  # "took the following decisions:"
        elif units[head].low.startswith("decision"):
            yield self._make("adopt", "taken", group.main, actors, obj, "decision.light-verb", done=group.past)
        elif (
            head + 1 < obj.end
            and units[head + 1].low in ("on", "upon")
            and not self._near(Span(head + 2, obj.end), "importance", 4)
        ):
            rest = Span(head + 2, obj.end)
            act, span = self._noun_act(rest) or ("commit", rest)
            yield self._make(act, "taken", group.main, actors, span, "decision.light-verb", done=group.past)

    def _signatures(self, group: Group, obj: Span, head: int, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "put their signatures to a protocol"."""
        if head + 2 < obj.end and self.units[head + 1].low in ("to", "on", "under"):
            rest = Span(head + 2, obj.end)
            yield self._make("sign", "taken", group.main, actors, rest, "decision.signature", done=group.past)

    def _put_forward(self, group: Group, obj: Span, head: int, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "put forward an initiative to …", "made a proposal for …", "issued an appeal to all sides to …"."""
        units = self.units
        m = self._group_at(head + 1)
        rule = "decision.proposal"
        if m >= 0 and self.groups[m].form == "infinitive":
            self._used.add(m)
            for found in self._embedded(m, group.main, actors, "proposed", rule, False):
                yield self._urging(found)
            return
        after = units[head + 1].low if head + 1 < obj.end else ""
        m = next((m for m, g in enumerate(self.groups) if head + 1 < g.first < obj.end), -1)
        if (
            after in ("of", "on", "for")
            and m >= 0
            and self.groups[m].form == "gerund"
            and self.groups[m].first == head + 2
        ):
            self._used.add(m)
            for found in self._embedded(m, group.main, actors, "proposed", rule, False):
                yield self._urging(found)
        elif after in ("to", "on", "upon") and m >= 0 and self.groups[m].form == "infinitive":
            if self._plain_recipient(head + 2, self.groups[m].first):
                self._used.add(m)
                whom = Span(head + 2, self._trimmed(head + 2, self.groups[m].first))
                span = self.object_from(self.groups[m].first, m)
                yield self._make("urge", "proposed", group.main, actors, span, rule, whom)
        elif after in ("for", "on") and head + 2 < obj.end:
            act, span = self._noun_act(Span(head + 2, obj.end)) or ("urge", Span(head + 2, obj.end))
            yield self._make(act, "proposed", group.main, actors, span, rule)

    def _set_task(self, group: Group, obj: Span, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "gave the secretariat the task to …", "gave instructions to the ministry to …"."""
        units = self.units
        head = next((k for k in range(obj.start, obj.end) if self._is(units[k].low, "task")), -1)
        if head < 0:
            return
        if head + 1 < obj.end and units[head + 1].low == "to" and self._group_at(head + 1) < 0:
            m = next((m for m, g in enumerate(self.groups) if head + 1 < g.first < obj.end), -1)
            whom = Span(head + 2, self.groups[m].first) if m >= 0 else None
        else:
            m = self._group_at(head + 1)
            end = head
            while end > obj.start and units[end - 1].tag in "LUA":
                end -= 1
            if end > obj.start and units[end - 1].tag == "D":
                end -= 1
            whom = Span(obj.start, end) if end > obj.start else None
        if m < 0 or self.groups[m].form != "infinitive":
            return
        if whom is not None and not self._plain_recipient(whom.start, whom.end):
            return
        self._used.add(m)
        span = self.object_from(self.groups[m].first, m)
        yield self._make("instruct", "taken", group.main, actors, span, "decision.task", whom, group.past)
