"""The acts of a sentence: active clauses, undertakings, list items and the frames that chapeaux set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.acts.model import Act, Frame, Span
from communique.acts.passives import Passives
from communique.acts.urging import Urging
from communique.clauses import Group

_TELLING = frozenset({"include", "includes", "included", "is", "are", "was", "were"})
_HEARERS = frozenset({"reporters", "journalists", "the", "press", "media", "parliament", "him", "her", "them"})
_SAYING = frozenset({"say", "tell", "declare", "state", "announce", "inform", "add", "report", "explain"})


class Reader(Urging, Passives):
    """Reads the acts of one sentence."""

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
            recipient = None
            if verb.act == "instruct" and (addressed := self._addressed(group)) is not None:
                self._used.update(m for m, g in enumerate(self.groups) if g.first == addressed[0].start)
                obj, recipient = addressed
            yield self._make(verb.act, status, group.main, frame.actors, obj, verb.rule, recipient, frame.past)
        elif frame.role == "urge":
            yield self._make("urge", status, group.main, frame.actors, obj, frame.rule)
        elif group.verbs:
            yield self._make("commit", status, group.main, frame.actors, obj, frame.rule, done=frame.past)

    def _active(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        if not actors:
            return
        if group.modal == "weak":
            yield from self._would_like(group, actors)
            yield from self._said_would(n, group, actors)
            return
        if group.form == "progressive":
            after = self.units[group.main + 1].tag if group.main + 1 < len(self.units) else ""
            if group.role("act", "announce", "intend") is None or after not in "DKF":
                return
        if group.modal == "will":
            yield from self._undertaking(n, group, actors)
            return
        begin = self._past_date(group.main + 1)
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

    def _said_would(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "said it would open an embassy": an undertaking in reported speech, where it is an act of the table."""
        said = next((g for g in reversed(self.groups[:n]) if g.finite), None)
        if self.units[group.first].low != "would" or said is None or group.subject is None:
            return
        if not any(v.base in _SAYING for v in said.verbs) or not self._told(said.main, group.subject[0]):
            return
        obj = self.object_from(group.main + 1, n)
        verb = self._act_of(group.verbs, obj, future=True)
        if verb is not None and verb.act is not None and verb.role == "act" and self._undertakes(actors):
            obj, recipient = self._with_recipient(verb.act, obj)
            yield self._make(verb.act, "taken", group.main, actors, obj, verb.rule, recipient)

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
        if between and all(u.low in _HEARERS for u in between):
            return True
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

    def frame(self, above: Frame | None = None) -> Frame | None:
        """What this sentence, ending in a colon, says of the list items below it; `above` is its own chapeau's."""
        self.frame_above = above
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
