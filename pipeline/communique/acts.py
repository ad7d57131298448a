"""What a verb group says was decided: the act, its status, who did it, its object and whom it addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from communique.clauses import Group, Sentence, Unit, VerbForm


class ActNoun(NamedTuple):
    """A noun that names an act, or that tells what an object is: `role` as in the rule file."""

    role: str
    act: str | None


class Span(NamedTuple):
    """Units `start` to `end` of a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Act:
    """An act, by the units of its sentence."""

    act: str
    status: str
    trigger: int
    actors: tuple[Span, ...]
    object: Span | None
    recipient: Span | None
    done: bool
    rule: str


class Frame(NamedTuple):
    """What a chapeau says of the items below it: who, and the verb that governs them ("agreed to:", "will:")."""

    actors: tuple[Span, ...]
    role: str
    past: bool
    rule: str


_COUNTED = frozenset({"number", "series", "package", "range", "set", "list", "text", "draft"})
_TELLING = frozenset({"include", "includes", "included", "is", "are", "was", "were"})


class Reader:
    """Reads the acts of one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        nouns: Mapping[str, tuple[ActNoun, ...]],
        heading: bool = False,
        listed: bool = False,
    ) -> None:
        self.sentence = sentence
        self.units = sentence.units
        self.groups = sentence.groups
        self.nouns = nouns
        self.heading = heading
        self.listed = listed
        self.frame_above: Frame | None = None
        self._used: set[int] = set()

    def acts(self, frame: Frame | None = None) -> Iterator[Act]:
        """The acts in the order of their triggers; `frame` is what the chapeau of a list item says."""
        self.frame_above = frame
        for n, group in enumerate(self.groups):
            if n in self._used or group.negated:
                continue
            if (frame is not None and group.first == 0 and group.form in ("finite", "participle", "gerund")) or (
                frame is not None and group.first == 0 and group.form == "infinitive"
            ):
                yield from self._item(n, group, frame)
            elif group.form == "passive":
                yield from self._passive(n, group)
            elif group.form in ("finite", "progressive"):
                yield from self._active(n, group, self._actors(n))
            elif group.form == "copula":
                yield from self._copula(n, group)
            elif group.form == "participle":
                yield from self._participle(n, group)
            elif group.form == "infinitive":
                yield from self._decision_to(n, group)

    # who

    def _subject(self, n: int) -> Span | None:
        seen = 0
        while n >= 0 and seen < 8:
            group = self.groups[n]
            if group.subject is not None:
                return Span(*group.subject)
            if group.shared < 0 or (self.groups[group.shared].form == "passive" and group.form != "passive"):
                return None
            n, seen = group.shared, seen + 1
        return None

    def _actors(self, n: int) -> tuple[Span, ...]:
        span = self._subject(n)
        if span is None and self.frame_above is not None and self._opened(n):
            return self.frame_above.actors
        return () if span is None else self.split(span)

    def _opened(self, n: int) -> bool:
        """Whether a group is coordinated with the verb that opens a list item."""
        return self.groups[n].shared == 0 or 0 in self._chain(self.groups[n])

    def split(self, span: Span) -> tuple[Span, ...]:
        """Coordinated actors apart: "Kenya and Uganda" are two, "the Presidents of Kenya and Uganda" are one."""
        units = self.units
        parts: list[Span] = []
        begin, governed = span.start, False
        for k in range(span.start, span.end):
            tag = units[k].tag
            if tag == "P" and units[k].low in ("of", "from", "between", "among"):
                governed = True
            if tag not in "C," or (tag == "C" and units[k].low == "or"):
                continue
            after = k + 1
            while after < span.end and units[after].tag in "C,":
                after += 1
            if after >= span.end or (after == k + 1 and tag == "," and units[after].tag not in "DEGU"):
                continue
            heads = [u for u in units[after : span.end] if u.tag in "EG"]
            if not heads or begin == k or (governed and units[after].tag != "D" and not self._titled(units[after])):
                continue
            if not any(u.tag in "EGN" for u in units[begin:k]):
                continue
            parts.append(Span(begin, k))
            begin, governed = after, False
        parts.append(Span(begin, span.end))
        return tuple(p for p in parts if p.start < p.end)

    @staticmethod
    def _titled(unit: Unit) -> bool:
        return unit.noun is not None and unit.noun.role == "person"

    # what

    def object_from(self, begin: int, n: int) -> Span | None:
        """The object that starts at unit `begin` under group `n`: up to the end of its clause."""
        units = self.units
        end = self._clause_end(begin, n)
        while end > begin and units[end - 1].tag in '.,;:C–"':
            if units[end - 1].tag == '"' and sum(u.tag == '"' for u in units[begin:end]) % 2 == 0:
                break
            end -= 1
        while begin < end and units[begin].tag in "A,":
            begin += 1
        return Span(begin, end) if begin < end else None

    def _clause_end(self, begin: int, n: int) -> int:
        units = self.units
        end = len(units)
        listed = any(u.tag == "K" for u in units[begin:end])
        depth = 0
        for k in range(begin, end):
            tag = units[k].tag
            if tag == "(":
                depth += 1
            elif tag == ")":
                depth -= 1
                if depth < 0:
                    return k
            elif (tag == ";" and not (listed and self._lists_on(k))) or (
                tag == '"' and k > begin and self._closes_quote(k)
            ):
                return k
            elif tag == "S" and k > begin and units[k - 1].tag == "," and units[k].low in _BACKGROUND:
                return k - 1
        for m in range(n + 1, len(self.groups)):
            other = self.groups[m]
            if other.first <= begin:
                continue
            if other.first >= end:
                break
            if (cut := self._cut_before(other, n, begin)) is not None:
                return min(end, cut)
        return end

    def _lists_on(self, k: int) -> bool:
        following = self.units[k + 1 : k + 8]
        return any(u.tag == "K" for u in following)

    def _closes_quote(self, k: int) -> bool:
        before = sum(u.tag == '"' for u in self.units[:k])
        return before % 2 == 1

    def _cut_before(self, other: Group, n: int, begin: int) -> int | None:
        """Where the object ends because the group `other` begins a clause of its own, else None."""
        units = self.units
        if other.finite:
            chain = self._chain(other)
            if other.subject is not None:
                k = other.subject[0] - 1
                while k > begin and units[k].tag in "AY":
                    k -= 1
                if k > begin and units[k].tag in "CS" and units[k].low in ("and", "but", "while", "whereas", "or"):
                    return k if units[k - 1].tag != "," else k - 1
                if k > begin and units[k].tag in ",;–":
                    return k if not self._relative(other.subject[0], begin) else None
                return None
            if n in chain:
                k = other.first - 1
                while k > begin and units[k].tag in "C,A":
                    k -= 1
                return k + 1
            return None
        if other.form == "gerund" and other.first > begin and units[other.first - 1].tag == ",":
            if other.role("position") is not None:
                return other.first - 1
        return None

    def _relative(self, i: int, begin: int) -> bool:
        return any(u.tag == "R" for u in self.units[max(begin, i - 2) : i])

    def _chain(self, group: Group) -> set[int]:
        seen: set[int] = set()
        while group.shared >= 0 and group.shared not in seen:
            seen.add(group.shared)
            group = self.groups[group.shared]
        return seen

    def _clause_subject(self, group: Group) -> Span | None:
        """All of what stands before a passive verb as its subject: what was signed, adopted, held."""
        units = self.units
        n = self.groups.index(group)
        floor = 0
        for m in range(n - 1, -1, -1):
            if self.groups[m].finite:
                floor = self.groups[m].main + 1
                break
        end = group.first
        begin = floor
        for k in range(end - 1, floor - 1, -1):
            if units[k].tag in ";:RS":
                begin = k + 1
                break
            if units[k].tag in "C," and floor and k + 1 < end and units[k + 1].tag in "DKN" and units[k].low != ",":
                begin = k + 1
                break
        begin = self._after_adverbial(begin, end)
        while end > begin and units[end - 1].tag in ",A":
            end -= 1
        while begin < end and units[begin].tag in 'A,C"–':
            begin += 1
        if begin >= end or all(u.tag in "NRPDX" for u in units[begin:end]):
            return None
        return Span(begin, end)

    def _after_adverbial(self, begin: int, end: int) -> int:
        """The unit after an adverbial that opens a clause: "Following the summit, …", "On 4 May …"."""
        units = self.units
        while begin < end and (units[begin].tag in "PASYT" or units[begin].low == "as"):
            k = begin
            while k < end and units[k].tag != ",":
                k += 1
            if k >= end:
                if units[begin].tag in "AY":
                    begin += 1
                    continue
                return begin
            begin = k + 1
        return begin

    # what an object is

    def _has(self, span: Span | None, role: str) -> bool:
        if span is None:
            return False
        for unit in self.units[span.start : span.end]:
            if role == "document" and unit.tag == "K":
                return True
            if role == "money" and unit.tag == "F" and _is_money(unit):
                return True
            if self._is(unit.low, role):
                return True
        return False

    def _near(self, span: Span | None, role: str, reach: int = 8) -> bool:
        return span is not None and self._has(Span(span.start, min(span.end, span.start + reach)), role)

    def _head(self, span: Span | None) -> Span | None:
        """The noun phrase with which an object begins, past "a number of"."""
        if span is None:
            return None
        units = self.units
        for k in range(span.start, span.end):
            if units[k].tag in "PRTW" and k > span.start and units[k - 1].low not in _COUNTED:
                return Span(span.start, k)
        return span

    def _act_of(self, verbs: tuple[VerbForm, ...], span: Span | None, future: bool) -> VerbForm | None:
        """The reading of a verb whose needs its object meets."""
        for verb in verbs:
            if verb.role not in ("act", "instruct") or verb.act is None:
                continue
            if span is not None and self.units[span.start].tag == "P" and verb.act not in ("schedule", "commit"):
                if verb.base != "withdraw" and self.units[span.start].low != "of":
                    continue  # "ended in Paris": nothing is acted upon
            if verb.needs is None or self._meets(verb.needs, span, future):
                return verb
        return None

    def _meets(self, needs: str, span: Span | None, future: bool) -> bool:
        if needs == "future":
            return future
        if needs == "money":
            return self._near(span, needs, 40)
        if needs == "coming":
            return future and self._has(self._head(span), "event")
        if needs in ("document", "chair", "honour", "membership"):
            return self._has(self._head(span), needs)
        if needs == "definite":
            return span is not None and self.units[span.start].tag in "DEKU"
        if needs == "person" and span is not None:
            return any(
                u.tag == "E" or (u.noun is not None and u.noun.role == "person")
                for u in self.units[span.start : span.start + 3]
            )
        if needs == "organization" and span is not None:
            return any(u.tag == "E" and u.mention is not None for u in self.units[span.start : span.start + 3])
        return False

    def _noun_act(self, span: Span | None) -> tuple[str, Span] | None:
        """Reads "the establishment of a fund" → establish, "a fund"."""
        if span is None:
            return None
        units = self.units
        for k in range(span.start, min(span.end - 1, span.start + 5)):
            act = next((n.act for n in self.nouns.get(units[k].low, ()) if n.role == "act" and n.act), None)
            if act is not None and units[k + 1].low in ("of", "for"):
                return act, Span(min(k + 2, span.end - 1), span.end)
            if units[k].tag not in "DLUA":
                return None
        return None

    # the constructions

    def _make(
        self,
        act: str,
        status: str,
        trigger: int,
        actors: tuple[Span, ...],
        obj: Span | None,
        rule: str,
        recipient: Span | None = None,
        done: bool = False,
    ) -> Act:
        return Act(act, status, trigger, actors, obj, recipient, done, rule)

    def _item(self, n: int, group: Group, frame: Frame) -> Iterator[Act]:
        """A list item that goes on where its chapeau stopped: "The ministers: – agreed to …"."""
        if frame.role == "subject":
            yield from self._active(n, replace(group, form="finite"), frame.actors)
            return
        if not any(v.form in ("base", "gerund") for v in group.verbs) and group.verbs:
            return
        status = "proposed" if frame.role in ("propose", "urge", "intend") else "taken"
        begin = group.main + 1
        obj = self.object_from(begin, n)
        if (verb := self._act_of(group.verbs, obj, True)) is not None and verb.act is not None:
            yield self._make(verb.act, status, group.main, frame.actors, obj, verb.rule, done=frame.past)
        elif frame.role == "urge":
            yield self._make("urge", status, group.main, frame.actors, obj, frame.rule)
        elif group.verbs:
            yield self._make("commit", status, group.main, frame.actors, obj, frame.rule, done=frame.past)

    def _active(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        if not actors:
            return
        if group.modal == "weak":
            yield from self._would_like(group, actors)
            return
        if group.form == "progressive":
            after = self.units[group.main + 1].tag if group.main + 1 < len(self.units) else ""
            if group.role("act", "announce") is None or after not in "DKF":
                return
        if group.modal == "will":
            yield from self._undertaking(n, group, actors)
            return
        begin = group.main + 1
        if self.units[begin : begin + 1] and self.units[begin].low == "ready" and (m := self._group_at(begin + 1)) >= 0:
            self._used.add(m)
            yield from self._embedded(m, begin, actors, "proposed", "decision.ready", False)
            return
        if group.form == "finite" and not group.past and not self._performative(group, actors):
            return
        if any(v.base == "continue" for v in group.verbs) and (m := self._group_at(begin)) >= 0:
            if self.groups[m].role("urge") is not None:
                self._used.add(m)
                yield from self._active(m, replace(self.groups[m], form="finite"), actors)
            return
        if group.role("light") is not None:
            yield from self._light(n, group, actors)
        elif (verb := group.role("frame")) is not None:
            yield from self._framed(n, group, actors, verb)
        elif (verb := group.role("propose")) is not None:
            yield from self._proposed(n, group, actors, verb)
        elif (verb := group.role("urge")) is not None:
            yield from self._urged(n, group, actors, verb)
        elif (verb := group.role("instruct")) is not None:
            yield from self._instructed(n, group, actors, verb)
        elif (verb := group.role("intend")) is not None:
            yield from self._intended(n, group, actors, verb)
        elif (verb := group.role("announce")) is not None:
            yield from self._announced(n, group, actors, verb)
        else:
            obj = self.object_from(begin, n)
            verb = self._act_of(group.verbs, obj, future=False)
            if verb is not None and verb.act is not None and obj is not None:
                obj, recipient = self._with_recipient(verb.act, obj)
                yield self._make(
                    verb.act,
                    "taken",
                    group.main,
                    actors,
                    obj,
                    verb.rule,
                    recipient,
                    done=group.past or self.heading,
                )

    def _would_like(self, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "I would like to propose …" does what it says."""
        m = self._group_at(group.main + 1)
        if self.units[group.main].low == "like" and m >= 0 and self.units[actors[0].start].low in ("i", "we"):
            then = self.groups[m]
            if then.form == "infinitive" and then.role("act", "propose", "urge", "announce") is not None:
                self._used.add(m)
                yield from self._active(m, replace(then, form="finite"), actors)

    def _performative(self, group: Group, actors: tuple[Span, ...]) -> bool:
        """Whether a verb in the present tense does what it says: "we adopt", "the sides agree", headlines."""
        if self.heading or group.form == "progressive" or self.frame_above is not None:
            return True
        if group.role("frame", "propose", "urge", "intend", "instruct", "announce") is not None:
            return True
        first = self.units[actors[0].start]
        return first.low in ("we", "i") or any(
            u.noun is not None and u.noun.role == "participants" for a in actors for u in self.units[a.start : a.end]
        )

    def _undertaking(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "We will launch a dialogue"."""
        if group.role("stative") is not None or not self._undertakes(actors) or self._opinion(n):
            return
        if not group.verbs and self.units[group.main].tag not in "LV":
            return
        obj = self.object_from(group.main + 1, n)
        verb = self._act_of(group.verbs, obj, future=True)
        if verb is not None and verb.act is not None:
            obj, recipient = self._with_recipient(verb.act, obj)
            yield self._make(verb.act, "taken", group.main, actors, obj, verb.rule, recipient)
        else:
            recipient = None
            if obj is not None and any(v.base == "provide" for v in group.verbs):
                obj, recipient = self._with_recipient("commit", obj)
            yield self._make("commit", "taken", group.main, actors, obj, "decision.undertaking", recipient)

    def _opinion(self, n: int) -> bool:
        """Whether the clause is what somebody hopes, believes or notes: "we trust that Kenya will …"."""
        subject = self.groups[n].subject
        previous = next((g for g in reversed(self.groups[:n]) if g.finite), None)
        if subject is None or previous is None or previous.role("position", "stative") is None:
            return (
                previous is not None
                and previous.form == "copula"
                and subject is not None
                and self._told(previous.main, subject[0])
            )
        return not any(v.base in _SAYING for v in previous.verbs) and self._told(previous.main, subject[0])

    def _told(self, main: int, start: int) -> bool:
        """Whether a clause that starts at `start` is the complement of the verb at `main`."""
        between = self.units[main + 1 : start]
        return not between or (between[-1].low == "that" and all(u.tag in "ALPDR" for u in between))

    def _undertakes(self, actors: tuple[Span, ...]) -> bool:
        """Whether these can undertake anything: a meeting can't, nor can what "if" supposes."""
        if self.units[0].low == "if":
            return False
        heads = [u for a in actors for u in self.units[a.start : a.end] if u.tag in "EGN"]
        return not (heads and all(u.noun is not None and u.noun.role == "meeting" for u in heads))

    def _copula(self, n: int, group: Group) -> Iterator[Act]:
        """Reads "are ready to help", "are to meet", "the decision was to open an office"."""
        k = group.main + 1
        units = self.units
        if k >= len(units) or group.modal == "weak":
            return
        following = next((m for m in range(n + 1, len(self.groups)) if self.groups[m].form == "infinitive"), -1)
        if following < 0 or self.groups[following].negated:
            return
        then = self.groups[following]
        if units[k].low == "ready" and then.first == k + 1 and not group.past and (actors := self._actors(n)):
            self._used.add(following)
            yield from self._embedded(following, k, actors, "proposed", "decision.ready", False)
        elif then.first == k and self._decision_before(group):
            obj = self.object_from(then.main + 1, following)
            verb = self._act_of(then.verbs, obj, True)
            if verb is not None and verb.act is not None:
                self._used.add(following)
                yield self._make(verb.act, "taken", then.main, (), obj, verb.rule, done=group.past)
        elif then.first == k and not group.past:
            obj = self.object_from(then.main + 1, following)
            verb = self._act_of(then.verbs, obj, True)
            if verb is not None and verb.act == "schedule" and (verb.base, verb.form) != ("meet", "participle"):
                self._used.add(following)
                yield self._make("schedule", "taken", then.main, self._actors(n), obj, verb.rule)

    def _decision_before(self, group: Group) -> bool:
        return any(self._is(u.low, "decision") for u in self.units[max(0, group.first - 12) : group.first])

    def _decision_to(self, n: int, group: Group) -> Iterator[Act]:
        """Reads "welcomed the decision to grant the League observer status": the act, when it is one of the table."""
        before = self.units[group.first - 1] if group.first else None
        if before is not None and any(v.form == "participle" and v.act == "schedule" for v in group.verbs):
            phrase = self._event_before(group.first)
            if phrase is not None:
                yield self._make("schedule", "taken", group.main, (), phrase, "decision.to-be-held")
            return
        if before is None or not self._is(before.low, "decision"):
            return
        obj = self.object_from(group.main + 1, n)
        verb = self._act_of(group.verbs, obj, True)
        if verb is None or verb.act is None or verb.needs == "future":
            return
        obj, recipient = self._with_recipient(verb.act, obj)
        yield self._make(verb.act, "taken", group.main, (), obj, verb.rule, recipient)

    def _event_before(self, k: int) -> Span | None:
        """The noun phrase before "to be held", if it names a meeting."""
        start = k
        while start > 0 and self.units[start - 1].tag in "DLUVEGPK" and self.units[start - 1].low not in ("by", "at"):
            start -= 1
        phrase = Span(start, k)
        return phrase if start < k and self._has(phrase, "event") else None

    def _participle(self, n: int, group: Group) -> Iterator[Act]:
        """Reads "The documents signed include …", "Another document, signed at the summit, is …"."""
        verb = next((v for v in group.verbs if v.act in ("sign", "adopt") and v.role == "act"), None)
        if verb is None or verb.act is None:
            return
        units = self.units
        k = group.first - 1
        if k >= 0 and units[k].tag == ",":
            k -= 1
        if k < 0 or (not self._has(self._phrase(k), "document") and not self._has(Span(0, min(4, k)), "document")):
            return
        then = next(
            (j for j in range(group.main + 1, min(group.main + 16, len(units))) if units[j].low in _TELLING),
            -1,
        )
        if then < 0 or any(u.tag == "W" for u in units[group.main : then]):
            return
        obj = self.object_from(then + 1, len(self.groups))
        if units[then].tag == "B" and obj is not None and units[obj.start].tag not in "DK":
            obj = self._phrase(k)
        if obj is not None:
            yield self._make(verb.act, "taken", group.main, (), obj, verb.rule, done=True)

    def _phrase(self, k: int) -> Span:
        """The noun phrase that ends with unit `k`, or the sentence's beginning."""
        start = k
        while start > 0 and self.units[start - 1].tag in "DLUVAKGE" and k - start < 8:
            start -= 1
        return Span(start, k + 1)

    def _passive(self, n: int, group: Group) -> Iterator[Act]:
        units = self.units
        if group.modal == "weak" and not (units[group.first].low in ("may", "could") and group.role("act")):
            return
        status = "proposed" if group.modal == "weak" else "taken"
        if (verb := group.role("frame")) is not None:
            yield from self._framed_passive(n, group, verb)
            return
        if (verb := group.role("urge", "instruct", "propose")) is not None and group.modal != "will":
            yield from self._asked_passive(n, group, verb)
            return
        if not group.past and group.modal != "will" and not self._perfect(group) and status == "taken":
            if not any(v.act == "schedule" for v in group.verbs):
                return
        subject = self._clause_subject(group)
        if subject is None:
            if group.shared >= 0:
                subject = self._clause_subject(self.groups[group.shared])
            if subject is None:
                return
        done = group.modal != "will" and status == "taken"
        if group.role("light") is not None and self._has(subject, "decision"):
            after = self.object_from(group.main + 1, n)
            yield self._make("adopt", "taken", group.main, (), after or subject, "decision.decisions-taken", done=done)
            return
        verb = self._act_of(group.verbs, subject, future=not group.past or group.modal == "will")
        if verb is None or verb.act is None:
            if group.modal == "will":
                agent = self._agent(group)
                if (
                    group.role("stative") is None
                    and self._meaningful(subject)
                    and (agent or (self.listed and not self._after_position(n)))
                ):
                    yield self._make("commit", "taken", group.main, agent, subject, "decision.passive-undertaking")
            return
        obj, recipient = subject, None
        if (
            verb.act == "schedule"
            and (m := self._group_at(group.main + 1)) >= 0
            and self.groups[m].form == "infinitive"
        ):
            self._used.add(m)
            obj = self.object_from(self.groups[m].first, m) or subject
        if verb.act in ("award", "appoint", "admit") and units[subject.end - 1].tag in "EG":
            after = self.object_from(group.main + 1, n)
            if after is not None and units[after.start].tag not in "PT":
                obj, recipient = after, subject
            elif verb.act == "appoint":
                obj, recipient = after or subject, subject if after else None
        elif verb.act == "award" and group.main + 1 < len(units) and units[group.main + 1].tag == "T":
            recipient = self.object_from(group.main + 2, n)
        yield self._make(verb.act, status, group.main, self._agent(group), obj, verb.rule, recipient, done)

    def _after_position(self, n: int) -> bool:
        """Whether the clause is the complement of a position: "Noted that aid will be determined by …"."""
        return any(g.role("position") is not None and g.form != "infinitive" for g in self.groups[:n])

    def _meaningful(self, subject: Span) -> bool:
        return not any(u.tag in "NR" for u in self.units[subject.start : subject.end][:1])

    def _perfect(self, group: Group) -> bool:
        return any(u.tag == "H" for u in self.units[group.first : group.main])

    def _agent(self, group: Group) -> tuple[Span, ...]:
        """The agent of a passive: "was signed by the ministers"."""
        units = self.units
        k = group.main + 1
        if k < len(units) and units[k].low == "by":
            end = k + 1
            while (end < len(units) and units[end].tag in "DEGULQCFA,") or (
                end < len(units) and units[end].low == "of"
            ):
                end += 1
            while end > k + 1 and units[end - 1].tag in "C,A":
                end -= 1
            if any(u.tag in "EGND" for u in units[k + 1 : end]):
                return self.split(Span(k + 1, end))
        return ()

    def _framed_passive(self, n: int, group: Group, verb: VerbForm) -> Iterator[Act]:
        """Reads "it was agreed to …", "are committed to …", "a communiqué was agreed"."""
        units = self.units
        before = units[group.first - 1].low if group.first else ""
        if before == "it" and group.first > 1 and units[group.first - 2].tag == "R":
            return
        if before in ("it", "") or units[group.first - 1].tag == ".":
            yield from self._framed(n, group, (), verb)
        elif verb.base in ("commit", "resolve") and not group.past and (actors := self._actors(n)):
            k = group.main + 1
            if k < len(units) and units[k].tag == "T":
                yield from self._framed(n, group, actors, verb, done=False)
        elif verb.base == "commit" and group.past and (actors := self._actors(n)):
            yield from self._framed(n, group, actors, verb)
        elif verb.base in ("agree", "decide") and (subject := self._clause_subject(group)) is not None:
            act = "adopt" if self._has(subject, "document") else "commit"
            yield self._make(act, "taken", group.main, self._agent(group), subject, verb.rule, done=True)

    def _asked_passive(self, n: int, group: Group, verb: VerbForm) -> Iterator[Act]:
        following = self._infinitive_after(group.main, 3)
        subject = self._clause_subject(group)
        if subject is None or following < 0 or verb.role == "propose":
            return
        self._used.add(following)
        obj = self.object_from(self.groups[following].first, following)
        act, status = ("instruct", "taken") if verb.role == "instruct" else ("urge", "proposed")
        yield self._make(act, status, group.main, self._agent(group), obj, verb.rule, subject, done=act == "instruct")

    def _infinitive_after(self, k: int, reach: int) -> int:
        """The group whose "to" stands within `reach` units after unit `k`, or -1."""
        for m, group in enumerate(self.groups):
            if group.form == "infinitive" and k < group.first <= k + reach:
                return m
        return -1

    def _embedded(
        self, m: int, trigger: int, actors: tuple[Span, ...], status: str, rule: str, done: bool
    ) -> Iterator[Act]:
        """The act of an infinitive or gerund under a verb: "decided to establish a fund" is `establish`."""
        group = self.groups[m]
        if group.negated and group.verbs:
            obj = self.object_from(group.first - (self.units[group.first - 1].tag == "X"), m)
            yield self._make("commit", status, trigger, actors, obj, rule, done=done)
            return
        obj = self.object_from(group.main + 1, m)
        verb = self._act_of(group.verbs, obj, True)
        if verb is not None and verb.act is not None:
            end = self._other_act(m, group, verb.act)
            if obj is not None and end is not None:
                obj = self._cut(obj, end)
            obj, recipient = self._with_recipient(verb.act, obj)
            yield self._make(verb.act, status, trigger, actors, obj, verb.rule, recipient, done)
        else:
            begin = group.first
            whole = self.object_from(begin, m)
            end = self._other_act(m, group, "commit")
            if whole is not None and end is not None:
                whole = self._cut(whole, end)
            yield self._make("commit", status, trigger, actors, whole, rule, done=done)
        act = verb.act if verb is not None and verb.act is not None else "commit"
        yield from self._more(m, actors, status, done, act)

    def _cut(self, span: Span, end: int) -> Span:
        stop = min(span.end, end)
        while stop > span.start + 1 and self.units[stop - 1].tag in "C,":
            stop -= 1
        return Span(span.start, stop)

    def _other_act(self, m: int, group: Group, act: str) -> int | None:
        """The unit at which a coordinated verb of another act begins."""
        for _k, other, found in self._parallel(m):
            if found != act:
                return other.first
        return None

    def _parallel(self, m: int) -> Iterator[tuple[int, Group, str]]:
        """The verbs coordinated with an embedded one, with their acts."""
        units = self.units
        group = self.groups[m]
        for k in range(m + 1, len(self.groups)):
            other = self.groups[k]
            if other.finite:
                return
            if other.form != group.form or other.negated:
                continue
            before = units[other.first - 1].tag
            if before not in "C,;" or (before == "," and units[other.first].tag == "T"):
                continue
            verb = self._act_of(other.verbs, self.object_from(other.main + 1, k), True)
            yield k, other, verb.act if verb is not None and verb.act is not None else "commit"

    def _more(self, m: int, actors: tuple[Span, ...], status: str, done: bool, act: str) -> Iterator[Act]:
        for k, other, found in self._parallel(m):
            if found == act:
                continue
            act = found
            self._used.add(k)
            obj = self.object_from(other.main + 1 if found != "commit" else other.first, k)
            verb = self._act_of(other.verbs, obj, True)
            rule = verb.rule if verb is not None else "decision.coordinated"
            yield self._make(found, status, other.main, actors, obj, rule, done=done)

    def _framed(
        self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm, done: bool | None = None
    ) -> Iterator[Act]:
        """Reads "agreed to …", "decided that …", "committed to opening …", "agreed on a treaty"."""
        units = self.units
        done = group.past if done is None else done
        k = group.main + 1
        while k < len(units) and units[k].tag in "AX":
            k += 1
        if k >= len(units):
            return
        m = self._group_at(k)
        if m >= 0 and self.groups[m].form == "infinitive":
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "taken", verb.rule, done)
            return
        if units[k].tag == "T":
            yield from self._committed_to(k, group, actors, verb, done)
            return
        if units[k].low == "that":
            yield from self._that(n, k, group, actors, verb, done)
            return
        if units[k].low in ("on", "upon", "in"):
            yield from self._agreed_on(n, k, group, actors, verb, done)
            return
        if self._clause_at(n, k) is not None:
            yield from self._that(n, k - 1, group, actors, verb, done)
            return
        if units[k].tag in "DKFLUVG" and verb.base in (
            "agree",
            "pledge",
            "commit",
            "decide",
            "promise",
            "undertake",
        ):
            obj = self.object_from(k, n)
            act = "fund" if self._near(obj, "money") else "adopt" if self._near(obj, "document") else "commit"
            if act != "commit" or verb.base in ("pledge", "promise", "undertake"):
                yield self._make(act, "taken", group.main, actors, obj, verb.rule, done=done)

    def _clause_at(self, n: int, k: int) -> Group | None:
        """The group of a clause that starts at unit `k` without "that": "agreed they would …"."""
        then = next((g for g in self.groups[n + 1 :] if g.finite), None)
        firm = then is not None and (then.modal == "will" or self.units[then.first].low == "would")
        return then if firm and then is not None and then.subject is not None and then.subject[0] == k else None

    def _group_at(self, k: int) -> int:
        return next((m for m, g in enumerate(self.groups) if g.first == k), -1)

    def _committed_to(
        self, k: int, group: Group, actors: tuple[Span, ...], verb: VerbForm, done: bool
    ) -> Iterator[Act]:
        """Reads "committed to opening an office", "commit to a shared goal"."""
        m = next((m for m, g in enumerate(self.groups) if k < g.main <= k + 3 and g.form == "gerund"), -1)
        if m >= 0 and all(u.tag == "A" for u in self.units[k + 1 : self.groups[m].main]):
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "taken", verb.rule, done)
            return
        n = self.groups.index(group)
        if (obj := self.object_from(k + 1, n)) is not None and verb.base in ("commit", "agree", "pledge"):
            yield self._make("commit", "taken", group.main, actors, obj, verb.rule, done=done)

    def _that(
        self, n: int, k: int, group: Group, actors: tuple[Span, ...], verb: VerbForm, done: bool
    ) -> Iterator[Act]:
        inner = next((m for m in range(n + 1, len(self.groups)) if self.groups[m].finite), -1)
        if inner < 0:
            return
        then = self.groups[inner]
        firm = then.modal == "will" or (
            verb.base in ("decide", "resolve") or any(u.low == "would" for u in self.units[then.first : then.main + 1])
        )
        if not firm or then.negated or (then.form == "copula" and verb.base == "agree"):
            return
        for m in range(inner, len(self.groups)):
            self._used.add(m)
        obj = self.object_from(k + 1, len(self.groups))
        act = "commit"
        if then.form == "passive" and any(v.act == "schedule" for v in then.verbs):
            act = "schedule"
        yield self._make(act, "taken", group.main, actors, obj, verb.rule, done=done)

    def _agreed_on(
        self, n: int, k: int, group: Group, actors: tuple[Span, ...], verb: VerbForm, done: bool
    ) -> Iterator[Act]:
        obj = self.object_from(k + 1, n)
        if obj is None or self._near(obj, "importance", 4) or verb.base == "commit":
            return
        if (named := self._noun_act(obj)) is not None:
            yield self._make(named[0], "taken", group.main, actors, named[1], verb.rule, done=done)
        elif self._near(obj, "document", 5):
            yield self._make("adopt", "taken", group.main, actors, obj, verb.rule, done=done)
        elif self.units[k].low != "in":
            yield self._make("commit", "taken", group.main, actors, obj, verb.rule, done=done)

    def _light(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "made a decision to …", "reached agreement on …", "took a number of decisions"."""
        units = self.units
        obj = self.object_from(group.main + 1, n)
        if obj is None:
            return
        accord = any(v.base in ("reach", "come") for v in group.verbs)
        head = next(
            (
                k
                for k in range(obj.start, min(obj.end, obj.start + 6))
                if self._is(units[k].low, "decision") or (accord and self._is(units[k].low, "accord"))
            ),
            -1,
        )
        if head < 0:
            yield from self._set_task(group, obj, actors)
            return
        m = self._group_at(head + 1)
        if m >= 0 and self.groups[m].form == "infinitive":
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "taken", "decision.light-verb", group.past)
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

    def _set_task(self, group: Group, obj: Span, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "gave the secretariat the task to …", "set the cabinet the task of …"."""
        units = self.units
        head = next((k for k in range(obj.start + 1, obj.end) if self._is(units[k].low, "task")), -1)
        m = self._group_at(head + 1) if head > 0 else -1
        if m < 0 or self.groups[m].form != "infinitive":
            return
        end = head
        while end > obj.start and units[end - 1].tag in "LUA":
            end -= 1
        if end > obj.start and units[end - 1].tag == "D":
            end -= 1
        if end <= obj.start:
            return
        self._used.add(m)
        span = self.object_from(self.groups[m].first, m)
        yield self._make(
            "instruct", "taken", group.main, actors, span, "decision.task", Span(obj.start, end), group.past
        )

    def _is(self, low: str, role: str) -> bool:
        return any(noun.role == role for noun in self.nouns.get(low, ()))

    def _proposed(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "proposed creating …", "suggested that …", "proposed the opening of …"."""
        units = self.units
        k = group.main + 1
        while k < len(units) and units[k].tag == "A":
            k += 1
        if k >= len(units):
            return
        m = self._group_at(k)
        if m >= 0 and self.groups[m].form in ("gerund", "infinitive"):
            self._used.add(m)
            for found in self._embedded(m, group.main, actors, "proposed", verb.rule, False):
                yield replace(found, act="urge") if found.act == "commit" else found
            return
        if verb.needs == "infinitive":
            return
        begin = k + 1 if units[k].low == "that" else k
        obj = self.object_from(begin, n if units[k].low != "that" else len(self.groups))
        if obj is None:
            return
        for other in range(n + 1, len(self.groups)):
            if obj.start <= self.groups[other].first < obj.end:
                self._used.add(other)
        named = self._noun_act(obj)
        act, span = named if named is not None else ("urge", obj)
        yield self._make(act, "proposed", group.main, actors, span, verb.rule)

    def _urged(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "called on X to …", "urged X to …", "called for …", "invited X to …"."""
        units = self.units
        k = group.main + 1
        while k < len(units) and units[k].tag == "A":
            k += 1
        if k >= len(units):
            return
        low = units[k].low
        if verb.needs == "particle" and low not in ("on", "upon", "for", "to"):
            return
        if low in ("on", "upon") or (low == "to" and verb.base == "appeal" and self._group_at(k) < 0):
            k += 1
        elif low == "for" and verb.base in ("call", "appeal", "ask"):
            obj = self.object_from(k + 1, n)
            named = self._noun_act(obj)
            act, span = named if named is not None else ("urge", obj)
            if obj is not None:
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
            obj = self.object_from(self.groups[m].first, m)
            yield self._make("urge", "proposed", group.main, actors, obj, verb.rule, recipient)
            return
        if verb.base == "appeal" and low == "to" and (whom := self.object_from(k, n)) is not None:
            yield self._make("urge", "proposed", group.main, actors, None, verb.rule, whom)
            return
        if verb.base == "ask" or units[k].tag in "P,.;":
            return
        obj = self.object_from(k + 1 if low == "that" else k, n if low != "that" else len(self.groups))
        if obj is not None:
            yield self._make("urge", "proposed", group.main, actors, obj, verb.rule)

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

    def _trimmed(self, begin: int, end: int) -> int:
        while end > begin + 1 and self.units[end - 1].tag in ",AC":
            end -= 1
        return end

    def _plain_recipient(self, begin: int, end: int) -> bool:
        """Whether the units between a verb and "to" can be whom it addresses."""
        between = self.units[begin:end]
        if not 0 < len(between) <= 30 or any(u.tag in ".;:" for u in between):
            return False
        first = next((k for k, u in enumerate(between) if u.tag == "P"), len(between))
        head = between[:first]
        return any(u.tag in "EGN" for u in head) or (bool(head) and head[-1].tag in "LU" and head[-1].low.endswith("s"))

    def _instructed(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "instructed the secretariat to …", "tasked X with …"."""
        units = self.units
        k = group.main + 1
        m = next((m for m in range(n + 1, len(self.groups))), -1)
        if m >= 0 and self.groups[m].form == "infinitive" and self._plain_recipient(k, self.groups[m].first):
            recipient = Span(k, self._trimmed(k, self.groups[m].first))
            body = any(
                (u.noun is not None and u.noun.role in ("body", "person")) or u.tag == "E"
                for u in units[recipient.start : recipient.end]
            )
            self._used.add(m)
            obj = self.object_from(self.groups[m].first, m)
            if verb.needs == "body" and not body:
                yield self._make("urge", "proposed", group.main, actors, obj, verb.rule, recipient)
            else:
                yield self._make("instruct", "taken", group.main, actors, obj, verb.rule, recipient, group.past)
            return
        with_ = next((j for j in range(k, min(k + 12, len(units))) if units[j].low == "with"), -1)
        if with_ > k and verb.base in ("task", "entrust", "charge") and self._plain_recipient(k, with_):
            obj = self.object_from(with_ + 1, n)
            yield self._make("instruct", "taken", group.main, actors, obj, verb.rule, Span(k, with_), group.past)

    def _intended(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        k = group.main + 1
        while k < len(self.units) and self.units[k].tag == "A":
            k += 1
        m = self._group_at(k)
        wanted = ("gerund",) if verb.needs == "gerund" else ("infinitive",)
        if m >= 0 and self.groups[m].form in wanted:
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "proposed", verb.rule, False)

    def _announced(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        obj = self.object_from(group.main + 1, n)
        if obj is None:
            return
        inner = next((g for g in self.groups[n + 1 :] if g.finite), None)
        if inner is not None and inner.first < obj.end:
            m = self.groups.index(inner)
            if inner.modal == "will" and inner.form == "finite":
                deeper = self.object_from(inner.main + 1, m)
                found = self._act_of(inner.verbs, deeper, True)
                if found is not None and found.act is not None:
                    self._used.add(m)
                    deeper, recipient = self._with_recipient(found.act, deeper)
                    yield self._make(found.act, "taken", group.main, actors, deeper, found.rule, recipient, group.past)
            return
        if (named := self._noun_act(obj)) is not None:
            yield self._make(named[0], "taken", group.main, actors, named[1], verb.rule, done=True)
        elif self._near(obj, "money", 6):
            yield self._make("fund", "taken", group.main, actors, obj, verb.rule, done=True)

    def _with_recipient(self, act: str, obj: Span | None) -> tuple[Span | None, Span | None]:
        """Part an object from whom it goes to: "awarded X the Order", "presented the Order to X", "grant X status"."""
        if obj is None or act not in ("award", "admit", "appoint", "fund", "commit"):
            return obj, None
        units = self.units
        if act in ("fund", "commit"):
            return self._provided(act, obj)
        titled = units[obj.start].tag == "U" and obj.start + 1 < obj.end and units[obj.start + 1].tag == "E"
        if units[obj.start].tag in "EDG" or titled:
            k = obj.start + (units[obj.start].tag == "D")
            while k < obj.end and units[k].tag in "EGUQ(),":
                k += 1
            k -= units[k - 1].tag == ","
            people = any(
                u.tag == "E" or (u.noun is not None and u.noun.role in ("person", "body")) for u in units[obj.start : k]
            )
            if people and k < obj.end and units[k].tag in "DLVGP" and units[k].low != "of":
                skip = k + 1 if units[k].tag == "P" else k
                if skip < obj.end:
                    return Span(skip, obj.end), Span(obj.start, k)
        if act == "award":
            for k in range(obj.start + 1, obj.end - 1):
                if units[k].low in ("to", "on", "upon") and any(u.tag in "EGN" for u in units[k + 1 : k + 5]):
                    return Span(obj.start, k), Span(k + 1, self._person_end(k + 1, obj.end))
        return obj, None

    def _provided(self, act: str, obj: Span) -> tuple[Span, Span | None]:
        """Reads "provide the council with reports", "$2 million to the island states"."""
        units = self.units
        with_ = next((k for k in range(obj.start + 1, min(obj.start + 6, obj.end - 1)) if units[k].low == "with"), -1)
        if (
            with_ > 0
            and any(u.tag in "EG" for u in units[obj.start : with_])
            and self._plain_recipient(obj.start, with_)
        ):
            return Span(with_ + 1, obj.end), Span(obj.start, with_)
        if act == "fund":
            for k in range(obj.start + 1, obj.end - 1):
                if units[k].low == "to" and self._group_at(k) < 0:
                    end = self._person_end(k + 1, obj.end)
                    return obj, Span(k + 1, end) if any(u.tag in "EG" for u in units[k + 1 : end]) else None
        return obj, None

    def _person_end(self, begin: int, end: int) -> int:
        for k in range(begin, end):
            if self.units[k].tag in "P," and self.units[k].low != "of" and k > begin:
                return k
        return end

    def frame(self) -> Frame | None:
        """What this sentence, ending in a colon, says of the list items below it."""
        last = len(self.units) - 1
        while last > 0 and self.units[last].tag in ":A,–.":
            last -= 1
        for n in range(len(self.groups) - 1, -1, -1):
            group = self.groups[n]
            if not group.finite or group.negated:
                continue
            actors = self._actors(n)
            if group.role("light") is not None and self._has(Span(group.main, last + 1), "decision"):
                return Frame(actors, "frame", group.past, "decision.light-verb")
            verb = group.role("frame", "propose", "urge", "intend", "instruct")
            if verb is not None and group.main >= last - 14:
                return Frame(actors, verb.role, group.past, verb.rule)
            if group.modal == "will" and group.main >= last - 3:
                return Frame(actors, "will", False, "decision.undertaking")
            break
        if self.units and not any(g.finite for g in self.groups):
            start = next((k for k, u in enumerate(self.units) if u.tag in "NEGD"), -1)
            if start >= 0 and any(u.tag in "NEG" for u in self.units[start:]):
                return Frame(self.split(Span(start, last + 1)), "subject", True, "decision.list")
        return None


_SAYING = frozenset({"say", "tell", "declare", "state", "announce", "inform", "add", "report", "explain"})
_BACKGROUND = frozenset({"while", "whereas", "although", "though", "because"})


def _is_money(unit: Unit) -> bool:
    data = unit.mention.data if unit.mention is not None else None
    code = getattr(data, "unit", "")
    return isinstance(code, str) and len(code) == 3 and code.isupper()
