"""What a phrase is about (money, a document, a meeting), and the act that a verb with such an object is."""

from __future__ import annotations

from communique.acts.model import Act, Span
from communique.acts.phrases import Phrases
from communique.clauses import Group, Unit, VerbForm

_COUNTED = frozenset({"number", "series", "package", "range", "set", "list", "text", "draft"})
_PERSONS = frozenset({"him", "her", "them", "us", "it", "me"})


_GIVING = frozenset({"provide", "deliver", "sell", "supply", "transfer", "send", "give", "return", "lend", "donate"})
"""Verbs of which somebody receives the object."""


class Meanings(Phrases):
    """Tells acts by the verb and what it acts upon."""

    def _is(self, low: str, role: str) -> bool:
        return any(noun.role == role for noun in self.nouns.get(low, ()))

    def _has(self, span: Span | None, role: str) -> bool:
        if span is None:
            return False
        for unit in self.units[span.start : span.end]:
            if role == "document" and unit.tag == "K":
                return True
            if role == "money" and unit.tag == "F" and self._given(unit):
                return True
            if self._is(unit.low, role):
                return True
        return False

    def _given(self, unit: Unit) -> bool:
        """Whether a figure is of what is given: money, scholarships, tonnes, doses."""
        counted = _counted(unit)
        return _is_money(unit) or self._is(counted, "money") or self._is(counted, "goods")

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
                sum_behind = verb.act == "fund" and self.units[span.start].low == "for" and self._has(span, "money")
                if not sum_behind and verb.base != "withdraw" and self.units[span.start].low != "of":
                    continue  # "ended in Paris": nothing is acted upon
            if span is not None and verb.role == "act" and self.units[span.start].low == "that":
                continue  # "confirmed that the bank would pay"
            if verb.act == "adopt" and self._near(span, "opinion", 3):
                continue  # "endorsed the view that …"
            if verb.act == "schedule" and self._near(span, "decision", 3):
                continue  # "deferred a decision"
            if verb.needs is None or self._meets(verb.needs, span, future):
                return verb
        return None

    def _meets(self, needs: str, span: Span | None, future: bool) -> bool:
        units = self.units
        if needs == "future":
            return future
        if needs == "gathering":
            return future and (
                span is None
                or units[span.start].tag in "PYATE"
                or units[span.start].low in _PERSONS
                or units[span.start].low == "every"
                or self._meets("person", span, future)
            )
        if needs == "ratification":
            return self._near(span, needs, 6)
        if needs == "event":
            return not self._quoted(span) and self._has(self._head(span), "event")
        if needs == "money":
            return self._near(span, needs, 40) or self._near(span, "goods", 6)
        if needs == "cash":
            return span is not None and any(u.tag == "F" and _is_money(u) for u in self.units[span.start : span.end])
        if needs == "sum":
            return span is not None and any(u.tag == "F" and self._given(u) for u in self.units[span.start : span.end])
        if needs == "coming":
            return future and self._has(self._head(span), "event")
        if needs == "honour" and (with_ := self._with_after(span)) is not None:
            return self._has(self._head(with_), needs)
        if needs in ("document", "chair", "honour", "membership", "member", "term", "talks", "offer"):
            return self._has(self._head(span), needs)
        if needs == "cost":
            return self._near(span, needs, 6)
        if needs == "left":
            led = span is not None and units[span.start].low == "from"
            return self._has(self._head(span), "document") or (led and self._left(span))
        if needs == "out":
            return span is not None and self.units[span.start].low in ("of", "from")
        if needs == "founded":
            return not self._unopened(span)
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

    def _left(self, span: Span | None) -> bool:
        """Whether what somebody withdraws from is a body or a format: "from the Lake Council", "from the talks"."""
        if span is None:
            return False
        mention = next((u.mention for u in self.units[span.start : span.start + 3] if u.tag == "E"), None)
        bodies = any(
            u.noun is not None and u.noun.role in ("body", "meeting") for u in self.units[span.start : span.end]
        )
        return bodies or (mention is not None and not mention.rule.startswith(("person", "state", "city")))

    def _unopened(self, span: Span | None) -> bool:
        """Whether the noun of an object is nothing that is founded: "created a sense of hope", "opened the session"."""
        head = self._head(span)
        if head is None:
            return False
        for k in range(head.start, head.end):
            last = k + 1 >= head.end or self.units[k + 1].tag not in "LUGVEK"
            if last and self.units[k].tag != "U" and self._is(self.units[k].low, "unopened"):
                return True
        return False

    def _quoted(self, span: Span | None) -> bool:
        return span is not None and any(u.tag == '"' for u in self.units[max(0, span.start - 1) : span.start + 1])

    def _with_after(self, span: Span | None) -> Span | None:
        """What stands behind "with": "presented the minister with the medal"."""
        if span is None:
            return None
        reach = range(span.start + 1, min(span.end - 1, span.start + 12))
        with_ = next((k for k in reach if self.units[k].low == "with"), -1)
        return Span(with_ + 1, span.end) if with_ > 0 else None

    def _noun_act(self, span: Span | None) -> tuple[str, Span] | None:
        """Reads "the establishment of a fund" → establish, "a fund"."""
        if span is None:
            return None
        units = self.units
        for k in range(span.start, min(span.end - 1, span.start + 5)):
            act = next((n.act for n in self.nouns.get(units[k].low, ()) if n.role == "act" and n.act), None)
            amends = act == "amend" and units[k + 1].low == "to"
            if act is not None and (amends or units[k + 1].low in ("of", "for")):
                return act, Span(min(k + 2, span.end - 1), span.end)
            if units[k].tag not in "DLUA":
                return None
        return None

    def _with_recipient(self, act: str, obj: Span | None) -> tuple[Span | None, Span | None]:
        """Part an object from whom it goes to: "awarded X the Order", "presented the Order to X", "grant X status"."""
        if obj is None or act not in ("award", "admit", "appoint", "fund", "commit", "terminate"):
            return obj, None
        units = self.units
        if act == "terminate":
            return self._dismissed(obj)
        if act in ("fund", "commit"):
            return self._provided(act, obj)
        if act in ("appoint", "admit") and (parted := self._appointee(obj)) is not None:
            return parted
        if act == "award" and (with_ := self._with_after(obj)) is not None and self._has(with_, "honour"):
            return with_, Span(obj.start, with_.start - 1)
        titled = units[obj.start].tag == "U" and obj.start + 1 < obj.end and units[obj.start + 1].tag == "E"
        if units[obj.start].tag in "EDG" or titled:
            k = obj.start + (units[obj.start].tag == "D")
            while k < obj.end and units[k].tag in "EGUQ(),":
                k += 1
            k -= units[k - 1].tag == ","
            people = any(
                u.tag == "E" or (u.noun is not None and u.noun.role in ("person", "body")) for u in units[obj.start : k]
            )
            if act == "appoint" and self._is(units[k - 1].low, "chair") and not self._begins_person(obj):
                return obj, None  # "take over the Lake Union presidency in July"
            if people and k < obj.end and units[k].tag in "DLVGP" and units[k].low != "of":
                skip = k + 1 if units[k].tag == "P" else k
                if skip < obj.end:
                    return Span(skip, obj.end), Span(obj.start, k)
        if act == "award":
            for k in range(obj.start + 1, obj.end - 1):
                if units[k].low in ("to", "on", "upon") and any(u.tag in "EGN" for u in units[k + 1 : k + 5]):
                    return Span(obj.start, k), Span(k + 1, self._person_end(k + 1, obj.end))
        return obj, None

    def _begins_person(self, obj: Span) -> bool:
        mention = next((u.mention for u in self.units[obj.start : obj.start + 3] if u.tag == "E"), None)
        return mention is not None and mention.rule.startswith("person")

    def _dismissed(self, obj: Span) -> tuple[Span, Span | None]:
        """Reads "relieved Salim Haddad of his post": the post, and who lost it."""
        units = self.units
        person = next((k for k in range(obj.start, min(obj.start + 3, obj.end)) if units[k].tag == "E"), -1)
        k = person + 1
        if person >= 0 and k + 1 < obj.end and units[k].low in ("of", "from") and units[k + 1].tag == "D":
            mention = units[person].mention
            if mention is not None and mention.rule.startswith("person"):
                return Span(k + 1, obj.end), Span(obj.start, k)
        return obj, None

    def _appointee(self, obj: Span) -> tuple[Span, Span] | None:
        """Reads "Salim Haddad of Kenya as head", "Salim Haddad, a lawyer, head of the court"."""
        units = self.units
        as_ = next((k for k in range(obj.start + 1, obj.end - 1) if units[k].low == "as"), -1)
        if as_ > 0 and not any(u.tag in ";:" for u in units[obj.start : as_]):
            return Span(as_ + 1, obj.end), Span(obj.start, self._appositive_end(obj.start, as_))
        first = next((k for k in range(obj.start, obj.end) if units[k].tag == "E"), -1)
        if first < 0 or first > obj.start + 1:
            return None
        office = self._past_others(first, obj.end)
        if office + 2 < obj.end and units[office].low == "of" and units[office + 1].tag == "E":
            office += 2  # "elected Salim Haddad of Kenya President"
        if office < obj.end and units[office].tag in "GU" and units[first].mention is not None:
            noun = units[office].noun
            if noun is None or noun.role == "person":
                return Span(office, obj.end), Span(obj.start, office)
        if units[first + 1 : first + 2] == [] or units[first + 1].tag != ",":
            return None
        close = next((k for k in range(first + 2, obj.end - 1) if units[k].tag == ","), -1)
        if close > 0 and units[first + 2].tag == "D" and units[close + 1].tag in "GU":
            return Span(close + 1, obj.end), Span(obj.start, first + 1)
        return None

    def _past_others(self, first: int, end: int) -> int:
        """The unit behind the names that begin at `first`: "Mr. Haddad (Kenya) and Ms. Okello (Uganda)"."""
        k = first + 1
        while k < end:
            tags = "".join(u.tag for u in self.units[k : k + 3])
            if tags == "(E)":
                k += 3
            elif tags[:2] == "CE" or tags == "CUE":
                k += 2 + (tags == "CUE")
            else:
                break
        return k

    def _appositive_end(self, start: int, end: int) -> int:
        """The end of a name without the apposition behind its comma."""
        comma = next((k for k in range(start + 1, end) if self.units[k].tag == ","), end)
        closed = comma < end and self.units[end - 1].tag == ","
        return comma if closed else self._trimmed(start, end)

    def _addressed(self, group: Group) -> tuple[Span, Span] | None:
        """Object and recipient of a verb that puts something to somebody: "instruct the Secretary to report"."""
        k = group.main + 1
        m = next((m for m, g in enumerate(self.groups) if g.first > group.main), -1)
        if m < 0 or self.groups[m].form != "infinitive" or not self._plain_recipient(k, self.groups[m].first):
            return None
        obj = self.object_from(self.groups[m].first, m)
        return (obj, Span(k, self._trimmed(k, self.groups[m].first))) if obj is not None else None

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
        if units[obj.start].tag in "DE":
            k = obj.start + (units[obj.start].tag == "D")
            if k + 1 < obj.end and units[k].tag in "EG" and units[k + 1].tag in "FD":  # "lend Kenya $2 million"
                return Span(k + 1, obj.end), Span(obj.start, k + 1)
        for k in range(obj.start + 1, obj.end - 1):
            if units[k].low == "to" and self._group_at(k) < 0:
                end = self._person_end(k + 1, obj.end)
                named = any(u.tag in "EG" for u in units[k + 1 : end])
                if act == "fund" or (named and units[k + 1].tag in "DE"):
                    return obj, Span(k + 1, end) if named else None
        return obj, None

    def _gives(self, group: Group) -> bool:
        return any(v.base in _GIVING for v in group.verbs)

    def _plain_recipient(self, begin: int, end: int) -> bool:
        """Whether the units between a verb and "to" can be whom it addresses."""
        between = self.units[begin:end]
        if not 0 < len(between) <= 30 or any(u.tag in ".;:" for u in between):
            return False
        if between[0].low in ("all", "others", "everyone", "you", "those") and between[-1].low in (
            between[0].low,
            "concerned",
        ):
            return True
        first = next((k for k, u in enumerate(between) if u.tag == "P"), len(between))
        head = between[:first]
        return any(u.tag in "EGN" or u.low in _PERSONS for u in head) or (
            bool(head) and head[-1].tag in "LU" and head[-1].low.endswith("s")
        )

    def _meaningful(self, subject: Span) -> bool:
        return not any(u.tag in "NR" for u in self.units[subject.start : subject.end][:1])

    def _event_before(self, k: int) -> Span | None:
        """The noun phrase before "to be held", if it names a meeting."""
        start = k
        while start > 0 and self.units[start - 1].tag in "DLUVEGPK" and self.units[start - 1].low not in ("by", "at"):
            start -= 1
        phrase = Span(start, k)
        return phrase if start < k and self._has(phrase, "event") else None

    def _past_particle(self, act: str, obj: Span | None) -> Span | None:
        """An object without the preposition of its verb: "acceded to the pact", "withdrew from the pact"."""
        if obj is None or act not in ("admit", "terminate") or obj.end - obj.start < 2:
            return obj
        governed = self.units[obj.start].low in ("to", "from", "of") and self._group_at(obj.start) < 0
        return Span(obj.start + 1, obj.end) if governed else obj

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
        return Act(act, status, trigger, actors, self._past_particle(act, obj), recipient, done, rule)


def _counted(unit: Unit) -> str:
    """What a figure counts: "forty scholarships"."""
    code = getattr(unit.mention.data, "unit", "") if unit.mention is not None else ""
    return code if isinstance(code, str) else ""


def _is_money(unit: Unit) -> bool:
    data = unit.mention.data if unit.mention is not None else None
    code = getattr(data, "unit", "")
    return isinstance(code, str) and len(code) == 3 and code.isupper()
