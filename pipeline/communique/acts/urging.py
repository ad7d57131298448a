"""Acts put to others: "proposed creating", "called on X to", "instructed the secretariat to"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.acts.framing import Framing
from communique.acts.model import Act, Span
from communique.clauses import Group, Unit, VerbForm

_LED_TO = frozenset({"call", "recommend", "urge", "appeal"})
"""Verbs of urging that keep their act under another verb: "agreed to call on …"."""
_HELP = frozenset({"assistance", "help", "support", "mediation", "services", "aid", "cooperation"})
"""What somebody offers to do."""
_LOOSE = frozenset({"open", "close", "join", "end", "stop", "pass", "create", "give", "take", "remove"})
"""Verbs that say many things of others: "called on both sides to open the road"."""
_ORDERING = frozenset({"order", "direct", "decree"})
"""Verbs by which what is ordered is decided."""
_PERSONS = frozenset({"him", "her", "it"})


class Urging(Framing):
    """Reads proposals, calls and instructions."""

    def _embedded(
        self, m: int, trigger: int, actors: tuple[Span, ...], status: str, rule: str, done: bool
    ) -> Iterator[Act]:
        """An act under a verb; "agreed to call on …" and "agreed to recommend …" are what they lead to."""
        group = self.groups[m]
        verb = group.role("urge", "propose")
        if verb is not None and verb.base in _LED_TO and not group.negated:
            read = self._urged if verb.role == "urge" else self._proposed
            told = list(read(m, replace(group, form="finite"), actors, verb))
            if told:
                self._used.add(m)
                yield from (replace(act, trigger=trigger, status="proposed") for act in told)
                yield from self._more(m, actors, status, done, "urge")
                return
        yield from super()._embedded(m, trigger, actors, status, rule, done)

    def _proposed(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "proposed creating …", "suggested that …", "proposed the opening of …"."""
        units = self.units
        k = group.main + 1
        while k < len(units) and (units[k].tag == "A" or self._day_between(k)):
            k += 1
        if k >= len(units):
            return
        m = self._group_at(k)
        if m >= 0 and self.groups[m].form in ("gerund", "infinitive"):
            self._used.add(m)
            for found in self._embedded(m, group.main, actors, "proposed", verb.rule, False):
                yield found if verb.base == "offer" else self._urging(found)
            return
        if verb.needs == "infinitive":
            obj = self.object_from(k, n)
            if self._near(obj, "money"):  # "offered a loan of $5 million"
                yield self._make("fund", "proposed", group.main, actors, obj, verb.rule)
            elif verb.base == "offer" and obj is not None and any(u.low in _HELP for u in units[obj.start : obj.end]):
                yield self._make("commit", "proposed", group.main, actors, obj, verb.rule)
            return
        if units[k].low == "that" and (wish := self._subjunctive(n, k, group, actors)) is not None:
            yield wish
            return
        if units[k].tag in "ND" and (wish := self._subjunctive(n, k - 1, group, actors)) is not None:
            yield replace(wish, recipient=None)  # "I suggest we approve the agenda"
            return
        obj = self.object_from(k, n if units[k].low != "that" else len(self.groups))
        if obj is None:
            return
        for other in range(n + 1, len(self.groups)):
            if obj.start <= self.groups[other].first < obj.end:
                self._used.add(other)
        named = self._noun_act(obj)
        act, span = named if named is not None else ("urge", obj)
        yield self._make(act, "proposed", group.main, actors, span, verb.rule)

    @staticmethod
    def _urging(found: Act) -> Act:
        """What is proposed and none of the table's acts is `urge`."""
        return replace(found, act="urge") if found.act == "commit" else found

    def _subjunctive(self, n: int, k: int, group: Group, actors: tuple[Span, ...]) -> Act | None:
        """Reads "suggested that the three states create a fund": the act, put to the subject of the clause."""
        units = self.units
        m = next((m for m in range(n + 1, len(self.groups)) if self.groups[m].finite), -1)
        then = self.groups[m] if m >= 0 else None
        if then is not None and then.form == "passive" and units[then.first].low == "be" and not then.negated:
            if (inner := self._inner_act(m)) is not None:  # "proposed that a centre be established"
                self._used.update(range(m, len(self.groups)))
                return self._make(inner[0], "proposed", group.main, actors, inner[1], self.groups[m].verbs[0].rule)
        if then is None or then.form != "finite" or then.past or then.modal or then.negated or then.subject is None:
            return None
        if then.subject[0] > k + 2 or (obj := self.object_from(then.main + 1, m)) is None:
            return None
        verb = self._act_of(then.verbs, obj, True)
        if verb is None or verb.act in (None, "commit") or verb.form != "base":
            return None
        self._used.update(range(m, len(self.groups)))
        recipient = Span(*then.subject)
        return self._make(str(verb.act), "proposed", group.main, actors, obj, verb.rule, recipient)

    def _urged(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "called on X to …", "urged X to …", "called for …", "invited X to …"."""
        units = self.units
        k = group.main + 1
        while k < len(units) and (units[k].tag == "A" or self._day_between(k)):
            k += 1
        if k >= len(units):
            return
        low = units[k].low
        if verb.needs == "particle" and low not in ("on", "upon", "for", "to"):
            return
        if low in ("on", "upon") or (low == "to" and verb.base == "appeal" and self._group_at(k) < 0):
            k += 1
        elif low == "for" and verb.base in ("call", "appeal", "ask", "plead", "apply"):
            m = next((m for m in range(n + 1, len(self.groups)) if self.groups[m].form != "participle"), -1)
            somebody = m >= 0 and any(u.tag in "EG" for u in units[k + 1 : self.groups[m].first])
            if somebody and self.groups[m].form == "infinitive" and self._plain_recipient(k + 1, self.groups[m].first):
                self._used.add(m)  # "called for the parties to meet"
                yield from self._put_to(m, group, actors, verb, Span(k + 1, self._trimmed(k + 1, self.groups[m].first)))
                return
            obj = self.object_from(k + 1, n)
            named = self._noun_act(obj)
            act, span = named if named is not None else ("urge", obj)
            if named is None and verb.base in ("ask", "apply") and self._near(obj, "membership", 3):
                act = "admit"  # "asked for observer status"
            if named is None and verb.base == "ask" and self._near(obj, "money", 3):
                act = "fund"  # "asked for 20 billion euros"
            if obj is not None and (act == "admit" or verb.base != "apply"):
                yield self._make(act, "proposed", group.main, actors, span, verb.rule, self._doer(obj))
            return
        m = self._group_at(k)
        if m >= 0 and self.groups[m].form == "infinitive":
            self._used.add(m)
            yield self._make("urge", "proposed", group.main, actors, self.object_from(k, m), verb.rule)
            return
        m = next((m for m in range(n + 1, len(self.groups)) if self.groups[m].form != "participle"), -1)
        if m >= 0 and self.groups[m].form == "infinitive" and self._plain_recipient(k, self.groups[m].first):
            self._used.add(m)
            recipient = Span(k, self._trimmed(k, self.groups[m].first))
            yield from self._put_to(m, group, actors, verb, recipient)
            return
        if verb.base == "appeal" and low == "to" and (whom := self.object_from(k, n)) is not None:
            yield self._appealed(group, actors, verb, whom)
            return
        if verb.base == "ask" and low == "that":
            yield self._asked_that(n, k, group, actors, verb)
            return
        if verb.base == "ask" or units[k].tag in "P,.;" or self._visits(group, k):
            return
        if verb.base == "invite" and (bidden := self._bidden(n, k)) is not None:
            yield self._make("urge", "proposed", group.main, actors, bidden[0], verb.rule, bidden[1])
            return
        if low == "that":
            self._used.update(range(n + 1, len(self.groups)))
        begin = k + 1 if low == "that" else k - (units[k - 1].low in ("further", "more"))
        obj = self.object_from(begin, n if low != "that" else len(self.groups))
        if obj is not None:
            yield self._make("urge", "proposed", group.main, actors, obj, verb.rule)

    def _asked_that(self, n: int, k: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Act:
        """Reads "asked that the fund be closed": an act of the table, else a call."""
        if (wish := self._subjunctive(n, k, group, actors)) is not None:
            return wish
        self._used.update(range(n + 1, len(self.groups)))
        obj = self.object_from(k + 1, len(self.groups))
        return self._make("urge", "proposed", group.main, actors, obj, verb.rule)

    def _visits(self, group: Group, k: int) -> bool:
        """Whether "called on" a person says that one was visited: nothing is asked of him."""
        if self.units[group.main + 1].low not in ("on", "upon") or not any(v.base == "call" for v in group.verbs):
            return False
        first = next((u for u in self.units[k:] if u.tag not in "DUL"), self.units[k])
        named = first.mention is not None and first.mention.rule.startswith("person")
        return named or (first.noun is not None and first.noun.role == "person")

    def _put_to(self, m: int, group: Group, actors: tuple[Span, ...], verb: VerbForm, recipient: Span) -> Iterator[Act]:
        """What somebody is called on to do: an act of the table ("urged Kenya to lift the ban"), else `urge`.

        Acts of the table that are coordinated with the first are told apart.
        """
        first = self.groups[m]
        told = [(k, g, act) for k, g, act in self._parallel(m) if act != "commit" and not self._is_loose(g)]
        verb_here = self._act_of(first.verbs, self.object_from(first.main + 1, m), True)
        if verb_here is not None and verb_here.act not in (None, "commit", "instruct") and not self._is_loose(first):
            for found in self._embedded(m, group.main, actors, "proposed", verb.rule, False):
                yield replace(self._urging(found), recipient=found.recipient or recipient)
            return
        obj = self.object_from(first.first, m)
        if obj is not None and told:
            obj = self._cut(obj, told[0][1].first)
        yield self._make("urge", "proposed", group.main, actors, obj, verb.rule, recipient)
        for i, (k, other, act) in enumerate(told):
            self._used.add(k)
            span = self.object_from(other.main + 1, k)
            if span is not None and i + 1 < len(told):
                span = self._cut(span, told[i + 1][1].first)
            if act in ("instruct", "urge"):
                continue
            yield self._make(act, "proposed", other.main, actors, span, other.verbs[0].rule, recipient)

    def _is_loose(self, group: Group) -> bool:
        return any(v.base in _LOOSE for v in group.verbs)

    def _bidden(self, n: int, k: int) -> tuple[Span, Span] | None:
        """Reads "invited the minister to Harrow": where to, and whom."""
        obj = self.object_from(k, n)
        if obj is None:
            return None
        to = next((j for j in range(obj.start + 1, obj.end - 1) if self.units[j].tag == "T"), -1)
        if to < 0 or self.units[to + 1].tag not in "UED" or not self._plain_recipient(obj.start, to):
            return None
        return Span(to, obj.end), Span(obj.start, to)

    def _appealed(self, group: Group, actors: tuple[Span, ...], verb: VerbForm, whom: Span) -> Act:
        """Reads "appealed to all states for assistance"."""
        for_ = next((k for k in range(whom.start + 1, whom.end - 1) if self.units[k].low == "for"), -1)
        if for_ < 0:
            return self._make("urge", "proposed", group.main, actors, None, verb.rule, whom)
        rest = Span(for_ + 1, whom.end)
        return self._make("urge", "proposed", group.main, actors, rest, verb.rule, Span(whom.start, for_))

    def _doer(self, obj: Span) -> Span | None:
        """Who is to do what was called for: "implementation by the ministries of …"."""
        units = self.units
        by = next((k for k in range(obj.start, obj.end - 1) if units[k].low == "by"), -1)
        if by < 0:
            return None
        end = by + 1
        while end < obj.end and units[end].tag in "DLUEG":
            end += 1
        return Span(by + 1, end) if any(u.tag in "EG" for u in units[by + 1 : end]) else None

    def _instructed(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "instructed the secretariat to …", "tasked X with …"."""
        units = self.units
        k = group.main + 1
        if units[k : k + 1] and units[k].low == "that":
            yield from self._requested_that(n, k, group, actors, verb)
            return
        if verb.base in _ORDERING and (named := self._noun_act(self.object_from(k, n))) is not None:
            yield self._make(named[0], "taken", group.main, actors, named[1], verb.rule, done=group.past)
            return
        m = next((m for m in range(n + 1, len(self.groups))), -1)
        if m >= 0 and self.groups[m].form == "infinitive" and self._plain_recipient(k, self.groups[m].first):
            recipient = Span(k, self._trimmed(k, self.groups[m].first))
            body = units[recipient.start].low in _PERSONS or any(
                (u.noun is not None and u.noun.role in ("body", "person")) or (u.tag == "E" and not _is_state(u))
                for u in units[recipient.start : recipient.end]
            )
            self._used.add(m)
            obj = self.object_from(self.groups[m].first, m)
            if verb.needs == "body" and not body:
                yield self._make("urge", "proposed", group.main, actors, obj, verb.rule, recipient)
            else:
                done = group.past or group.form == "finite"
                yield self._make("instruct", "taken", group.main, actors, obj, verb.rule, recipient, done)
            return
        with_ = next((j for j in range(k, min(k + 12, len(units))) if units[j].low == "with"), -1)
        if with_ > k and verb.base in ("task", "entrust", "charge") and self._plain_recipient(k, with_):
            obj = self.object_from(with_ + 1, n)
            yield self._make("instruct", "taken", group.main, actors, obj, verb.rule, Span(k, with_), group.past)

    def _requested_that(self, n: int, k: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "requested that the secretariat prepare a study", "ordered that a committee be set up"."""
        wish = self._subjunctive(n, k, group, actors) if verb.base in _ORDERING else None
        if wish is not None and wish.recipient is None:
            yield replace(wish, status="taken", done=group.past)
            return
        obj = self.object_from(k + 1, len(self.groups))
        if obj is None:
            return
        self._used.update(m for m, g in enumerate(self.groups) if g.first >= obj.start)
        first = self.units[obj.start + 1 : obj.start + 2] or self.units[obj.start : obj.start + 1]
        body = any(u.tag == "E" or (u.noun is not None and u.noun.role in ("body", "person")) for u in first)
        act, status = ("instruct", "taken") if body or verb.needs != "body" else ("urge", "proposed")
        yield self._make(act, status, group.main, actors, obj, verb.rule, done=group.past and status == "taken")


def _is_state(unit: Unit) -> bool:
    return unit.mention is not None and unit.mention.rule.startswith("state.")
