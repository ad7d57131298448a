"""Acts in the passive: "was signed by", "it was agreed to", "will be held"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.acts.framing import Framing
from communique.acts.model import Act, Span
from communique.clauses import Group, VerbForm

SAYING = frozenset(
    {"say", "tell", "declare", "state", "announce", "inform", "add", "report", "explain", "note", "assure", "confirm"}
)
"""Verbs behind which "would" tells what somebody undertakes."""


_AIMED = ("against", "at", "towards", "toward")
"""Words behind "directed" when nobody is told to do anything."""
_BOUND = frozenset({"commit", "resolve", "determine", "dedicate"})
"""Verbs whose participle tells an undertaking: "are determined to open …"."""


class Passives(Framing):
    """Reads passive clauses."""

    def _passive(self, n: int, group: Group) -> Iterator[Act]:
        units = self.units
        aim = units[group.main + 1].low if group.main + 1 < len(units) else ""
        if units[group.main].low == "joined" or (units[group.main].low == "directed" and aim in _AIMED):
            return
        if units[group.first].low == "would" and self._said_before(n):
            group.modal = "will"  # "said the protocol would be signed"
        if group.modal == "weak" and not (units[group.first].low in ("may", "could") and group.role("act")):
            return
        if units[group.first].low == "be" and self.listed:
            group.modal = "will"  # "It was agreed that: … (b) the facility be extended"
        if units[group.main].low == "prepared" and (m := self._group_at(group.main + 1)) >= 0:
            if self.groups[m].form == "infinitive" and not group.past and (actors := self._actors(n)):
                self._used.add(m)
                yield from self._embedded(m, group.main, actors, "proposed", "decision.ready", False)
            return
        status = "proposed" if group.modal == "weak" else "taken"
        if group.past and group.modal != "will" and self._under_position(n):
            return  # "It was emphasised that the Council was established for …"
        if (verb := group.role("frame")) is not None:
            yield from self._framed_passive(n, group, verb)
            return
        if (verb := group.role("urge", "instruct", "propose")) is not None and group.modal != "will":
            yield from self._asked_passive(n, group, verb)
            return
        if not group.past and group.modal != "will" and not self._perfect(group) and status == "taken":
            if units[group.first - 1].tag == "N":
                return  # "once it is established"
            found = any(v.act == "establish" for v in group.verbs) and (self.listed or self._hereby(group))
            if not found and not any(v.act == "schedule" for v in group.verbs):
                return
        subject = self._clause_subject(group)
        if subject is None:
            if group.shared >= 0:
                subject = self._clause_subject(self.groups[group.shared])
            if subject is None and units[group.first - 1].tag == "R" and any(v.act == "schedule" for v in group.verbs):
                subject = self._event_before(group.first - 1 - (units[group.first - 2].tag == ","))
            if subject is None:
                return
        if status == "proposed" and subject.start and units[subject.start - 1].tag == "R":
            return  # "those who obstruct it may be named"
        if any(u.low == "no" for u in units[subject.start : subject.end]):
            return  # "no decision was taken"
        listed = units[group.first].low == "be" and self.listed
        done = (group.modal != "will" or listed) and status == "taken"
        done = done and (group.past or listed or self._perfect(group))
        if group.role("light") is not None and self._has(subject, "decision"):
            m = self._group_at(group.main + 1)
            if m >= 0 and self.groups[m].form == "infinitive":  # "a decision was made to grant …"
                self._used.add(m)
                yield from self._embedded(m, self.groups[m].main, (), "taken", "decision.light-verb", done)
                return
            if group.modal == "will":
                return  # "a decision would be taken in June"
            after = None if self._dated(group.main + 1) else self.object_from(group.main + 1, n)
            yield self._make("adopt", "taken", group.main, (), after or subject, "decision.decisions-taken", done=done)
            return
        if any(v.base == "reach" for v in group.verbs) and self._near(subject, "accord", 4):
            yield from self._accord(n, group, done)
            return
        verb = self._act_of(group.verbs, subject, future=not group.past or group.modal == "will")
        given = self.object_from(group.main + 2, n) if aim == "with" else None
        if verb is None and given is not None:  # "was presented with the Order"
            verb = next((v for v in group.verbs if v.act == "award" and self._near(given, "honour", 5)), None)
        if verb is None and self._until(group.main + 1):
            verb = next((v for v in group.verbs if v.act == "amend"), None)
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
        obj, recipient = self._enumerated(n, group, subject), None
        if (
            verb.act == "schedule"
            and (m := self._group_at(group.main + 1)) >= 0
            and self.groups[m].form == "infinitive"
        ):
            self._used.add(m)
            obj = self.object_from(self.groups[m].first, m) or subject
        if verb.act == "award" and aim == "with":
            obj, recipient = given or subject, subject
        elif verb.act in ("award", "appoint", "admit") and units[subject.end - 1].tag in "EG":
            after = self.object_from(group.main + 1, n)
            if after is not None and units[after.start].tag not in "PT":
                obj, recipient = after, subject
            elif verb.act == "appoint":
                obj, recipient = after or subject, subject if after else None
        elif verb.needs == "person" and verb.act == "terminate" and group.main + 2 < len(units):
            if units[group.main + 1].low in ("of", "from"):
                obj, recipient = self.object_from(group.main + 2, n) or subject, subject
        elif verb.act in ("award", "admit", "fund") and self._goes_to(group.main + 1):
            recipient = self.object_from(group.main + 2, n)
        yield self._make(verb.act, status, group.main, self._agent(group), obj, verb.rule, recipient, done)

    def _accord(self, n: int, group: Group, done: bool) -> Iterator[Act]:
        """Reads "agreement was reached on the opening of a consulate", "consensus was reached to resume flights"."""
        k = group.main + 1
        m = self._group_at(k)
        if m >= 0 and self.groups[m].form == "infinitive":
            self._used.add(m)
            yield from self._embedded(m, group.main, (), "taken", "decision.light-verb", done)
        elif k + 1 < len(self.units) and self.units[k].low in ("on", "upon"):
            rest = self.object_from(k + 1, n)
            if rest is not None and not self._near(rest, "importance", 4):
                act, span = self._noun_act(rest) or ("commit", rest)
                yield self._make(act, "taken", group.main, (), span, "decision.light-verb", done=done)

    def _enumerated(self, n: int, group: Group, subject: Span) -> Span:
        """The list behind a colon that "the following documents were signed:" stands for."""
        k = group.main + 1
        following = any(u.low == "following" for u in self.units[subject.start : subject.end])
        if following and k + 1 < len(self.units) and self.units[k].tag == ":":
            return self.object_from(k + 1, n) or subject
        return subject

    def _dated(self, k: int) -> bool:
        """Whether a day follows: "was made on 4 May"."""
        return len(self.units) > k + 1 and self.units[k].tag == "P" and self.units[k + 1].tag == "Y"

    def _goes_to(self, k: int) -> bool:
        """Whether whom something is given to stands at unit `k`: "was bestowed on the minister"."""
        following = self.units[k : k + 3]
        return (
            len(following) > 1 and following[0].low in ("to", "on", "upon") and any(u.tag in "EGD" for u in following)
        )

    def _hereby(self, group: Group) -> bool:
        return any(u.low == "hereby" for u in self.units[group.first : group.main])

    def _said_before(self, n: int) -> bool:
        """Whether the clause is what somebody said."""
        said = next((g for g in reversed(self.groups[:n]) if g.finite), None)
        return said is not None and any(v.base in SAYING for v in said.verbs)

    def _until(self, k: int) -> bool:
        """Whether a term follows: "extended by two years", "renewed until 2035"."""
        following = self.units[k : k + 2]
        return len(following) == 2 and following[0].low in ("by", "until", "till", "to") and following[1].tag == "Y"

    def _after_position(self, n: int) -> bool:
        """Whether the clause is the complement of a position: "Noted that aid will be determined by …"."""
        return any(g.role("position") is not None and g.form != "infinitive" for g in self.groups[:n])

    def _under_position(self, n: int) -> bool:
        """Whether the clause tells what an impersonal position is about: "It was recalled that …"."""
        main = next((g for g in reversed(self.groups[:n]) if g.finite), None)
        if main is None or main.form != "passive" or main.role("position") is None:
            return False
        return main.main + 1 < len(self.units) and self.units[main.main + 1].low == "that"

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
        before = units[group.first - 1].low if group.first else "it"
        if group.first and before == "it" and group.first > 1 and units[group.first - 2].tag == "R":
            return
        if before == "it" or units[group.first - 1].tag == ".":
            yield from self._framed(n, group, (), verb)
        elif verb.base in _BOUND and not group.past and (actors := self._actors(n)):
            k = group.main + 1
            if k < len(units) and units[k].tag == "T":
                yield from self._framed(n, group, actors, verb, done=False)
        elif verb.base == "commit" and group.past and (actors := self._actors(n)):
            yield from self._framed(n, group, actors, verb)
        elif verb.role == "frame" and self._near(subject := self._clause_subject(group), "money"):
            yield self._make("fund", "taken", group.main, self._agent(group), subject, verb.rule, done=True)
        elif verb.base == "agree" and self._actors(n):  # "Both sides were agreed on a ceasefire"
            yield from self._framed(n, group, self._actors(n), verb)
        elif verb.base in ("agree", "decide") and (subject := self._clause_subject(group)) is not None:
            act = "adopt" if self._has(subject, "document") else "commit"
            named = self._noun_act(subject) or (act, subject)  # "The opening of a port was agreed"
            obj = subject if named[0] == "admit" else named[1]
            yield self._make(named[0], "taken", group.main, self._agent(group), obj, verb.rule, done=True)

    def _asked_passive(self, n: int, group: Group, verb: VerbForm) -> Iterator[Act]:
        following = self._infinitive_after(group.main, 3)
        subject = self._clause_subject(group)
        if subject is None or verb.role == "propose":
            return
        if following < 0:
            yield from self._asked_for(n, group, verb, subject)
            return
        self._used.add(following)
        obj = self.object_from(self.groups[following].first, following)
        act, status = ("instruct", "taken") if verb.role == "instruct" else ("urge", "proposed")
        yield self._make(act, status, group.main, self._agent(group), obj, verb.rule, subject, done=act == "instruct")

    def _asked_for(self, n: int, group: Group, verb: VerbForm, subject: Span) -> Iterator[Act]:
        """Reads "were entrusted with a study", "Mr. Okello was invited to Kenya"."""
        after = self.units[group.main + 1] if group.main + 1 < len(self.units) else None
        if verb.role == "instruct" and after is not None and after.low == "with":
            obj = self.object_from(group.main + 2, n)
            yield self._make("instruct", "taken", group.main, self._agent(group), obj, verb.rule, subject, True)
        elif verb.base == "invite" and group.past and (after is None or after.tag in ".,T"):
            yield self._make("urge", "proposed", group.main, self._agent(group), None, verb.rule, subject)
