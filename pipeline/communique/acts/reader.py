"""The acts of a sentence: active clauses, undertakings, list items and the frames that chapeaux set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.acts.framing import AIMS
from communique.acts.light import Light
from communique.acts.model import Act, Frame, Span
from communique.acts.passives import SAYING, Passives
from communique.clauses import Group, Unit, VerbForm

_DONE_BY_SAYING = frozenset({"sign", "adopt", "establish", "terminate", "amend", "appoint", "admit", "award"})
"""Acts that the present tense does as it says them: "We appoint …", "The Council adopts …"."""
_AFFIRMING = frozenset({"affirm", "reaffirm", "confirm", "announce", "declare"})
"""Verbs by which those who met say what they would do together."""
_DUE = frozenset({"due", "scheduled", "slated"})
"""Words that put an event in the future: "is due to be held"."""
_BELIEFS = frozenset(
    {
        "report",
        "reports",
        "claim",
        "claims",
        "allegation",
        "allegations",
        "rumours",
        "rumors",
        "belief",
        "hope",
        "view",
        "conviction",
        "expectation",
        "confidence",
        "hopes",
        "wish",
    }
)
"""Nouns whose "that" tells what somebody only believes or says of others."""
_EFFORTS = frozenset({"seek", "try", "attempt"})
"""Verbs behind "will" that only mean to do what follows."""
_HAPPEN = "take place"
_PASSING = frozenset({"pass", "go", "fall"})
"""Verbs by which a chair comes to somebody."""
_INTENTIONS = frozenset({"intent", "intention", "intentions"})
_INVITATIONS = frozenset({"invitation", "invitations"})
_OWN = frozenset({"their", "its", "his", "her", "our"})
_TELLING = frozenset({"include", "includes", "included", "is", "are", "was", "were"})
_HEARERS = frozenset({"reporters", "journalists", "the", "press", "media", "parliament", "him", "her", "them"})


class Reader(Light, Passives):
    """Reads the acts of one sentence."""

    def acts(self, frame: Frame | None = None) -> Iterator[Act]:
        """The acts in the order of their triggers; `frame` is what the chapeau of a list item says."""
        self.frame_above = frame
        for n, group in enumerate(self.groups):
            if n in self._used or group.negated:
                continue
            if frame is not None and frame.role == "subject" and group.finite and _resolves(group):
                group.past = True  # "The Council: 1. Decides …" tells what it did
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
            elif group.form == "gerund":
                yield from self._beside(n, group)

    def _beside(self, n: int, group: Group) -> Iterator[Act]:
        """Reads what somebody does in saying something else: "condemned the raid, calling for …"."""
        verb = group.role("urge", "propose", "frame")
        if verb is None or group.first == 0 or self.units[group.first - 1].tag not in ",–":
            return
        main = self._main_before(n)
        if main < 0 or self.groups[main].negated or self.groups[main].modal or self._in_relative(self.groups[main]):
            return
        if any(u.tag == "R" for u in self.units[self.groups[main].main : group.first]):
            return
        if actors := self._actors(main):
            past = self.groups[main].past
            yield from self._active(n, replace(group, form="finite", past=past), actors)

    def _item(self, n: int, group: Group, frame: Frame) -> Iterator[Act]:
        """A list item that goes on where its chapeau stopped: "The ministers: – agreed to …"."""
        if frame.role == "subject":
            if group.form == "gerund":
                return  # a topic: "Strengthening of …"
            yield from self._active(n, replace(group, form="finite"), frame.actors)
            return
        if not any(v.form in ("base", "gerund") for v in group.verbs) and group.verbs:
            return
        if frame.role in ("instruct", "urge") and frame.recipient is not None:
            act, status = ("instruct", "taken") if frame.role == "instruct" else ("urge", "proposed")
            obj = self.object_from(group.first, n)
            yield self._make(act, status, group.main, frame.actors, obj, frame.rule, frame.recipient, frame.past)
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

    def _in_relative(self, group: Group) -> bool:
        """Whether the subject stands behind "which" or "where": "a place where the Board will operate"."""
        start = group.subject[0] if group.subject is not None else 0
        return start > 0 and self.units[start - 1].low in (
            "which",
            "where",
            "whom",
            "whose",
            "what",
            "how",
            "if",
            "unless",
        )

    def _active(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        begin = group.main + 1
        prepared = self.units[begin : begin + 1] and self.units[begin].low == "ready"
        if self._in_relative(group) and not prepared:
            return
        if group.form == "progressive" and self.units[group.main].low == "going" and (m := self._group_at(begin)) >= 0:
            if actors and self.groups[m].form == "infinitive":  # "are going to open a port"
                self._used.add(m)
                yield from self._undertaking(m, replace(self.groups[m], form="finite", modal="will"), actors)
            return
        if not actors or (group.role("act") and any(v.base in _PASSING for v in group.verbs)):
            if (passed := self._passes(n, group)) is not None:
                yield passed
                return
        if not actors:
            return
        if group.modal == "weak":
            yield from self._would_like(group, actors)
            yield from self._said_would(n, group, actors)
            return
        if self.units[group.main].low == "willing" and (m := self._group_at(begin)) >= 0 and not group.past:
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "proposed", "decision.ready", False)
            return
        if group.form == "progressive":
            if not self._announces(group, actors):
                return
        if group.modal == "will":
            yield from self._undertaking(n, group, actors)
            return
        if group.past and (self._opinion(n) or self._before_then(n, group)):
            return  # "recalled that Kenya had pledged $5 million"
        begin = self._past_date(group.main + 1)
        ready = self.units[begin : begin + 1] and self.units[begin].low == "ready"
        if ready and not any(v.base == "remain" for v in group.verbs) and (m := self._group_at(begin + 1)) >= 0:
            self._used.add(m)
            yield from self._embedded(m, begin, actors, "proposed", "decision.ready", False)
            return
        if group.form == "finite" and not group.past and not self._performative(group, actors):
            return
        if any(v.base == "continue" for v in group.verbs) and (m := self._group_at(begin)) >= 0:
            if self.groups[m].role("urge", "frame") is not None:
                self._used.add(m)
                yield from self._active(m, replace(self.groups[m], form="finite"), actors)
            return
        if group.role("light") is not None and (told := list(self._light(n, group, actors))):
            yield from told
        elif (verb := group.role("frame")) is not None:
            yield from self._framed(n, group, actors, verb)
        elif (verb := group.role("propose")) is not None:
            yield from self._proposed(n, group, actors, verb)
        elif (verb := group.role("urge")) is not None and (told := list(self._urged(n, group, actors, verb))):
            yield from told
        elif (verb := group.role("instruct")) is not None:
            yield from self._instructed(n, group, actors, verb)
        elif (verb := group.role("intend")) is not None:
            yield from self._intended(n, group, actors, verb)
        elif (verb := group.role("announce")) is not None:
            yield from self._announced(n, group, actors, verb)
        else:
            obj = self.object_from(begin, n)
            if (invited := self._invitation(group, actors, obj)) is not None:
                yield invited
                return
            if any(v.base == "witness" for v in group.verbs):
                named = self._noun_act(obj)
                if named is not None and named[0] == "sign":
                    yield self._make("sign", "taken", group.main, (), named[1], "decision.witnessed", done=True)
                return
            verb = self._act_of(group.verbs, obj, future=False)
            if verb is not None and verb.base == "receive" and (subject := self._subject(n)) is not None:
                yield self._make("award", "taken", group.main, (), obj, verb.rule, subject, group.past)
            elif verb is not None and verb.act == "adopt" and (named := self._approved(obj)) is not None:
                yield self._make(named[0], "taken", group.main, actors, named[1], verb.rule, done=True)
            elif verb is not None and verb.act is not None and obj is not None:
                obj, recipient = self._with_recipient(verb.act, obj)
                yield self._make(
                    verb.act,
                    "taken",
                    group.main,
                    actors,
                    obj,
                    verb.rule,
                    recipient,
                    done=group.past or self.heading or verb.act in _DONE_BY_SAYING,
                )

    def _approved(self, obj: Span | None) -> tuple[str, Span] | None:
        """The act that was approved: "approved the establishment of a fund", "amendments to the treaty"."""
        named = self._noun_act(obj)
        if obj is None or named is None or named[0] in ("adopt", "sign"):
            return None
        return named[0], obj if named[0] in ("admit", "amend") else named[1]

    def _before_then(self, n: int, group: Group) -> bool:
        """Whether a past perfect tells what came before: "had also decorated", but "said that Kenya had pledged"."""
        said = any(v.base in SAYING for g in self.groups for v in g.verbs if g is not group)
        return self.units[group.first].low == "had" and not said and any(v.role == "act" for v in group.verbs)

    def _announces(self, group: Group, actors: tuple[Span, ...]) -> bool:
        """Whether a progressive does what it says: "are announcing the …", "we are calling on …"."""
        after = self.units[group.main + 1].tag if group.main + 1 < len(self.units) else ""
        if any(v.act == "terminate" for v in group.verbs):
            return True  # "are suspending deliveries"
        if group.role("propose", "urge") is not None and self.units[actors[0].start].low in ("we", "i"):
            return True
        weighs = any(v.needs == "gerund" for v in group.verbs) and self._group_at(group.main + 1) >= 0
        return weighs or (group.role("act", "announce", "intend") is not None and after in "DKF")

    def _passes(self, n: int, group: Group) -> Act | None:
        """Reads "The chairmanship of the council passes to Kenya"."""
        k = group.main + 1
        if not any(v.base in _PASSING for v in group.verbs) or self.units[k : k + 1] == []:
            return None
        subject = self._clause_subject(group)
        if (
            self.units[k].tag == "T"
            and self._has(subject, "chair")
            and (whom := self.object_from(k + 1, n)) is not None
        ):
            whom = Span(whom.start, self._person_end(whom.start, whom.end))
            return self._make("appoint", "taken", group.main, (), subject, "decision.chair-passes", whom, group.past)
        return None

    def _invitation(self, group: Group, actors: tuple[Span, ...], obj: Span | None) -> Act | None:
        """Reads "extended an invitation to President Okello to pay a visit"."""
        if obj is None or not any(v.base in ("extend", "issue", "convey", "address") for v in group.verbs):
            return None
        head = next((k for k in range(obj.start, min(obj.end, obj.start + 4)) if self.units[k].low in _INVITATIONS), -1)
        if head < 0:
            return None
        then = next((g for g in self.groups if g.form == "infinitive" and head < g.first < obj.end), None)
        end = then.first if then is not None else obj.end
        named = head + 2 < end and self.units[head + 1].tag == "T" and self._plain_recipient(head + 2, end)
        recipient = Span(head + 2, self._trimmed(head + 2, end)) if named else None
        rest = Span(then.first, obj.end) if then is not None else None
        if then is not None:
            self._used.add(self.groups.index(then))
        return self._make("urge", "proposed", group.main, actors, rest, "decision.invitation", recipient)

    def _would_like(self, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "I would like to propose …", "I would suggest …": they do what they say."""
        m = self._group_at(group.main + 1)
        speaks = self.units[actors[0].start].low in ("i", "we")
        if speaks and group.role("propose") is not None and self.units[group.first].low == "would":
            yield from self._active(self.groups.index(group), replace(group, modal=""), actors)
        elif speaks and self.units[group.main].low == "like" and m >= 0:
            then = self.groups[m]
            if then.form == "infinitive" and then.role("act", "propose", "urge", "announce") is not None:
                self._used.add(m)
                yield from self._active(m, replace(then, form="finite"), actors)

    def _said_would(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "said it would open an embassy": an undertaking in reported speech, where it is an act of the table."""
        said = next((g for g in reversed(self.groups[:n]) if g.finite or g.form == "gerund"), None)
        if self.units[group.first].low != "would" or said is None or group.subject is None:
            return
        together = self.units[group.subject[0]].low in ("they", "we") and any(v.base in _AFFIRMING for v in said.verbs)
        if not (together or any(v.base in SAYING for v in said.verbs)) or not self._told(said.main, group.subject[0]):
            return
        obj = self.object_from(group.main + 1, n)
        verb = self._act_of(group.verbs, obj, future=True)
        if verb is not None and verb.act is not None and verb.role == "act" and self._undertakes(actors):
            obj, recipient = self._with_recipient(verb.act, obj)
            yield self._make(verb.act, "taken", group.main, actors, obj, verb.rule, recipient)
        elif verb is None and obj is not None and group.role("stative") is None:
            if together or self._own(actors):
                yield self._make("commit", "taken", group.main, actors, obj, "decision.undertaking")
            elif all(self.units[a.end - 1].tag == "E" and a.end - a.start < 3 for a in actors):
                yield self._make("commit", "taken", group.main, actors, obj, "decision.reported-undertaking")

    def _own(self, actors: tuple[Span, ...]) -> bool:
        """Whether who speaks undertakes for himself: "said his government would study the text"."""
        first = self.units[actors[0].start]
        words = self.units[actors[0].start : actors[0].end]
        return first.low in ("his", "her", "their", "its", "our") and any(
            u.noun is not None and u.noun.role in ("side", "body", "participants") for u in words
        )

    def _performative(self, group: Group, actors: tuple[Span, ...]) -> bool:
        """Whether a verb in the present tense does what it says: "we adopt", "the sides agree", headlines."""
        if self.heading or group.form == "progressive" or self.frame_above is not None:
            return True
        if group.role("frame", "propose", "urge", "intend", "instruct", "announce") is not None:
            return True
        first = self.units[actors[0].start]
        third = [v for v in group.verbs if v.form == "third" and v.role == "act"]
        if third and first.tag in "DE":
            words = self.units[actors[0].start : actors[-1].end]
            named = any(u.tag == "E" for u in words) and any(v.act == "adopt" for v in third)
            if named or self._meets_as(words):
                return True  # "The Council endorses …", "The Conference lifts …"
        return first.low in ("we", "i") or any(
            u.noun is not None and u.noun.role == "participants" for a in actors for u in self.units[a.start : a.end]
        )

    def _meets_as(self, words: list[Unit]) -> bool:
        """Whether a subject is a body in session, whose conclusions are told in the present tense."""
        last = words[-1]
        name = last.mention
        head = self.sentence.last_word(name) if name is not None else last.low
        return len(words) < 4 and any(noun.role == "session" for noun in self.nouns.get(head, ()))

    def _undertaking(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        """Reads "We will launch a dialogue"."""
        stative = group.role("stative") is not None and not any(v.needs == "member" for v in group.verbs)
        if stative or self._opinion(n):
            return
        if any(v.base == _HAPPEN for v in group.verbs):
            yield from self._takes_place(group, group.main)
            return
        if not self._undertakes(actors) or self._of_things(n, actors):
            return
        if self.units[group.first - 1].tag == "C" and self.units[group.first - 2].low == "can":
            return  # "we can and will overcome it"
        if not group.verbs and self.units[group.main].tag not in "LVO":
            return
        if (inner := self._toward(n)) >= 0:
            self._used.add(inner)
            yield from self._embedded(inner, group.main, actors, "taken", "decision.undertaking", False)
            return
        if (told := self._effort(n, group, actors)) is not None:
            yield from told
            return
        obj = self.object_from(group.main + 1, n)
        verb = self._act_of(group.verbs, obj, future=True)
        if verb is not None and verb.act is not None:
            obj, recipient = self._with_recipient(verb.act, obj)
            yield self._make(verb.act, "taken", group.main, actors, obj, verb.rule, recipient)
        elif group.role("stative") is None:
            recipient = None
            if obj is not None and self._gives(group):
                obj, recipient = self._with_recipient("commit", obj)
            yield self._make("commit", "taken", group.main, actors, obj, "decision.undertaking", recipient)

    def _effort(self, n: int, group: Group, actors: tuple[Span, ...]) -> list[Act] | None:
        """Reads "We will seek to open a port", which only intends it; None where no act follows such a verb."""
        if group.role("intend") is None and not any(v.base in _EFFORTS for v in group.verbs):
            return None
        m = self._group_at(group.main + 1)
        if m < 0 or self.groups[m].form != "infinitive":
            return None
        self._used.add(m)
        return list(self._embedded(m, group.main, actors, "proposed", "decision.effort", False))

    def _of_things(self, n: int, actors: tuple[Span, ...]) -> bool:
        """Whether "they" takes up what was no actor: "Projects will create jobs, and they will bring growth"."""
        if self.units[actors[0].start].low not in ("they", "it") or n == 0:
            return False
        return any(g.finite and g.subject is None and g.modal == "will" for g in self.groups[:n])

    def _takes_place(self, group: Group, trigger: int) -> Iterator[Act]:
        """Reads "The next meeting will take place in Kenya"."""
        subject = self._clause_subject(group)
        if self._has(subject, "event"):
            yield self._make("schedule", "taken", trigger, (), subject, "verb.take-place.act")

    def _opinion(self, n: int) -> bool:
        """Whether the clause is what somebody hopes, believes or notes: "we trust that Kenya will …"."""
        subject = self.groups[n].subject
        upto = subject[0] if subject is not None else 0
        previous = next((g for g in reversed(self.groups[:n]) if g.finite or (_states(g) and g.main < upto)), None)
        if upto > 1 and self.units[upto - 1].low == "that" and self.units[upto - 2].low in _BELIEFS:
            return True
        if subject is None or previous is None or previous.role("position", "stative") is None:
            return (
                previous is not None
                and previous.form == "copula"
                and subject is not None
                and self._told(previous.main, subject[0])
            )
        return not any(v.base in SAYING for v in previous.verbs) and self._told(previous.main, subject[0])

    def _told(self, main: int, start: int) -> bool:
        """Whether a clause that starts at `start` is the complement of the verb at `main`."""
        if start <= main:
            return False  # the subject of both: "The minister, who is a lawyer, asked …"
        between = self.units[main + 1 : start]
        if between and all(u.low in _HEARERS for u in between):
            return True
        if between and between[0].low == "that" and all(u.tag in "RPDLGEUAYCQ," for u in between):
            return True  # "hope that together with our partners we will …"
        if between and between[-1].low == "that" and all(u.tag in "DEGPUC" for u in between[:-1]):
            return True  # "informed the heads of government that …"
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
        aside = self._past_aside(k + 1)
        due = units[k].low in _DUE
        following = next(
            (
                m
                for m in range(n + 1, len(self.groups))
                if self.groups[m].form == "infinitive" and self.groups[m].first in (k, aside, k + 1 if due else k)
            ),
            -1,
        )
        if following < 0 or self.groups[following].negated:
            return
        then = self.groups[following]
        if (
            units[k].low in ("ready", "willing")
            and then.first == self._past_aside(k + 1)
            and not group.past
            and (actors := self._actors(n))
        ):
            self._used.add(following)
            yield from self._embedded(following, k, actors, "proposed", "decision.ready", False)
        elif then.first == k and self._decision_before(group):
            obj = self.object_from(then.main + 1, following)
            verb = self._act_of(then.verbs, obj, True)
            if verb is not None and verb.act is not None:
                self._used.add(following)
                yield self._make(verb.act, "taken", then.main, (), obj, verb.rule, done=group.past)
        elif then.first in (k, k + 1 if due else k) and not group.past:
            if (passive := self._to_be_done(group, then)) is not None:
                self._used.add(following)
                yield passive
                return
            if any(v.base == _HAPPEN for v in then.verbs):
                self._used.add(following)
                yield from self._takes_place(group, then.main)
                return
            obj = self.object_from(then.main + 1, following)
            verb = self._act_of(then.verbs, obj, True)
            subject = group.subject
            if subject is not None and subject[0] and units[subject[0] - 1].tag == "R":
                return  # "which Kenya is to host"
            if verb is None or (verb.base, verb.form) == ("meet", "participle"):
                return
            if verb.act == "schedule" or (verb.act == "fund" and self._near(obj, "money")):
                self._used.add(following)
                yield self._make(verb.act, "taken", then.main, self._actors(n), obj, verb.rule)

    def _to_be_done(self, group: Group, then: Group) -> Act | None:
        """Reads "A working group is to be formed", "The next session is due to be held in Harrow"."""
        if not any(v.form == "participle" for v in then.verbs) or self.units[then.main - 1].low != "be":
            return None
        subject = self._clause_subject(group)
        verb = self._act_of(then.verbs, subject, True)
        if subject is None or verb is None or verb.act is None or not self._meaningful(subject):
            return None
        return self._make(verb.act, "taken", then.main, (), subject, verb.rule)

    def _decision_before(self, group: Group) -> bool:
        return any(self._is(u.low, "decision") for u in self.units[max(0, group.first - 12) : group.first])

    def _decision_to(self, n: int, group: Group) -> Iterator[Act]:
        """Reads "welcomed the decision to grant the League observer status": the act, when it is one of the table."""
        before = self.units[group.first - 1] if group.first else None
        if before is not None and any(v.form == "participle" and v.act == "schedule" for v in group.verbs):
            phrase = self._event_before(group.first)
            if phrase is not None and not self._welcomed(phrase):
                yield self._make("schedule", "taken", group.main, (), phrase, "decision.to-be-held")
            return
        head = self._noun_before(group.first)
        if head >= 0 and self.units[head].low in AIMS:
            yield from self._meant(n, group, head)
            return
        if before is None or not self._is(before.low, "decision"):
            return
        if (actors := self._deciders(n, group)) and (told := list(self._own_decision(n, group, actors))):
            yield from told
            return
        obj = self.object_from(group.main + 1, n)
        verb = self._act_of(group.verbs, obj, True)
        if verb is None or verb.act is None or verb.needs == "future":
            return
        obj, recipient = self._with_recipient(verb.act, obj)
        yield self._make(verb.act, "taken", group.main, (), obj, verb.rule, recipient)

    def _welcomed(self, phrase: Span) -> bool:
        """Whether a coming event is only what somebody has an opinion of: "welcomed the conference to be held"."""
        return any(
            g.role("position") is not None and phrase.start - 3 <= g.main < phrase.end for g in self.groups if g.finite
        )

    def _meant(self, n: int, group: Group, head: int) -> Iterator[Act]:
        """Reads "expressed their intention to review it", "its readiness to convene the council": what they mean to do.

        Readiness is told only for an act of the table.
        """
        if (main := self._telling(n)) < 0:
            return
        owned = head and self.units[head - 1].low in _OWN and group.first <= self.groups[main].main + 6
        actors = self._actors(main) if owned else self._owners(head, group)
        if not actors:
            return
        for found in self._embedded(n, group.main, actors, "proposed", "decision.intention", False):
            if found.act != "commit":
                yield found
            elif self.units[head].low in _INTENTIONS:
                yield replace(found, object=self.object_from(group.main + 1, n))

    def _main_before(self, n: int) -> int:
        """The nearest finite group before group `n`, or -1."""
        return next((m for m in range(n - 1, -1, -1) if self.groups[m].finite), -1)

    def _telling(self, n: int) -> int:
        """The verb before group `n` that tells of what somebody means or has decided: "confirmed their …"; else -1."""
        main = self._main_before(n)
        if main < 0 or (group := self.groups[main]).negated:
            return -1
        tells = group.role("position", "announce") is not None or any(v.base in _AFFIRMING for v in group.verbs)
        return main if tells else -1

    def _noun_before(self, k: int) -> int:
        """The unit of the noun that an infinitive at `k` belongs to, past whose it is: "the intention of Kenya to"."""
        units = self.units
        j = k - 1
        while j > 0 and k - j < 8 and units[j].tag in "DEGULCN":
            if units[j].low in AIMS:
                return j
            j -= 1
        if j > 0 and j < k - 1 and units[j].low in ("of", "by"):
            return j - 1
        return k - 1

    def _owners(self, head: int, group: Group) -> tuple[Span, ...]:
        """Whose the aim at `head` is: "the intention of both sides to …"."""
        if head + 2 >= group.first or self.units[head + 1].low != "of":
            return ()
        whose = Span(head + 2, group.first)
        return self.split(whose) if any(u.tag in "EGN" for u in self.units[whose.start : whose.end]) else ()

    def _deciders(self, n: int, group: Group) -> tuple[Span, ...]:
        """Who affirms a decision of their own: "reaffirmed their decision to …"."""
        if (main := self._telling(n)) < 0:
            return ()
        between = self.units[self.groups[main].main + 1 : group.first - 1]
        owned = bool(between) and between[0].low in _OWN and all(u.tag in "DLUA" for u in between)
        return self._actors(main) if owned else ()

    def _own_decision(self, n: int, group: Group, actors: tuple[Span, ...]) -> Iterator[Act]:
        for found in self._embedded(n, group.main, actors, "taken", "decision.affirmed", False):
            yield replace(found, object=self.object_from(group.main + 1, n)) if found.act == "commit" else found

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
            if units[group.first - 1].tag == "," and self._set_off(group, k):
                yield self._make(
                    verb.act, "taken", group.main, self._agent(group), self._phrase(k), verb.rule, done=True
                )
            return
        obj = self.object_from(then + 1, len(self.groups))
        if units[then].tag == "B" and obj is not None and units[obj.start].tag not in "DK":
            obj = self._phrase(k)
        if obj is not None:
            yield self._make(verb.act, "taken", group.main, (), obj, verb.rule, done=True)

    def _set_off(self, group: Group, k: int) -> bool:
        """Whether a clause between commas says where or by whom: "The protocol, signed in Harrow, provides …".

        It has to belong to the subject, or to a document that is all the sentence names: others tell what came before.
        """
        after = self.units[group.main + 1 : group.main + 3]
        placed = len(after) == 2 and after[0].low in ("in", "at", "by", "on", "during") and after[1].tag in "UEDGLY"
        if not any(g.finite for g in self.groups):
            return placed and self._phrase(k).start < 2
        return placed and any(u.tag == "," for u in self.units[group.main + 2 : group.main + 16])

    def _addressee(self, group: Group, verb: VerbForm, last: int) -> Span | None:
        """Whom a chapeau that ends in "to" tells to act: "We task our ministers to:", "called on the states to:"."""
        begin = group.main + 1
        if self.units[last].tag != "T" or verb.role not in ("instruct", "urge"):
            return None
        if begin < last and self.units[begin].low in ("on", "upon"):
            begin += 1
        return Span(begin, last) if begin < last and self._plain_recipient(begin, last) else None

    def _opening_actors(self) -> tuple[Span, ...]:
        """Those with whom a long chapeau begins: "The Presidents of Kenya, A; of Uganda, B; gathered in Harrow:"."""
        head = next((k for k, u in enumerate(self.units[:4]) if u.tag not in "DUL"), -1)
        noun = self.units[head].noun if head >= 0 else None
        return (Span(0, head + 1),) if noun is not None and noun.role == "participants" else ()

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
            bare = self.units[last].tag in "TW"
            if group.form == "copula" and self.units[group.main].tag == "H" and group.main == last and actors:
                return Frame(actors, "subject", True, "decision.list")
            if group.role("light") is not None and self._has(Span(group.main, last + 1), "decision"):
                return Frame(actors, "frame", group.past, "decision.light-verb", bare=bare)
            verb = group.role("frame", "propose", "urge", "intend", "instruct")
            if verb is not None and any(u.tag == "K" for u in self.units[group.main : last + 1]):
                return None  # "agreed to conclude six memoranda:" is followed by their names
            if verb is not None and group.main >= last - 14:
                bare = bare and verb.role != "intend"  # a list of aims tells of one intention
                return Frame(actors, verb.role, group.past, verb.rule, self._addressee(group, verb, last), bare)
            if group.modal == "will" and group.main >= last - 3:
                return Frame(actors, "will", False, "decision.undertaking", bare=bare)
            actors = self._opening_actors() or actors
            if group.form == "finite" and actors and self.units[-1].tag == ":":
                bare = self.units[0].low == "we"
                return Frame(actors, "subject", True, "decision.list", bare=bare)  # "The ministers, who met in Harrow:"
            break
        if self.units and not any(g.finite for g in self.groups):
            start = next((k for k, u in enumerate(self.units) if u.tag in "NEGD"), -1)
            if start >= 0 and any(u.tag in "NEG" for u in self.units[start:]):
                bare = self.units[start].low == "we"
                return Frame(self.split(Span(start, last + 1)), "subject", True, "decision.list", bare=bare)
        return None


def _states(group: Group) -> bool:
    """Whether a gerund tells a position: "underscoring that …"."""
    return group.form == "gerund" and group.role("position") is not None


def _resolves(group: Group) -> bool:
    """Whether a verb has the form that resolutions use: "Decides", "Appoints"."""
    return bool(group.verbs) and group.verbs[0].form == "third"
