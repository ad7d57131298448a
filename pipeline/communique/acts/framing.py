"""Acts under a verb that frames them: "decided to establish", "intend to", "announced"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.acts.meanings import Meanings
from communique.acts.model import Act, Span
from communique.clauses import Group, VerbForm, in_relative

_WORKING = frozenset({"work", "move", "proceed", "act", "cooperate", "collaborate"})
"""Verbs that only lead to the act behind them: "will work to establish a fund"."""
AIMS = frozenset({"intent", "intention", "intentions", "plan", "plans", "willingness", "readiness"})
"""Nouns that tell what somebody means to do."""
_HOW = frozenset(
    {("in", "principle"), ("by", "consensus"), ("by", "acclamation"), ("by", "vote"), ("at", "once"), ("in", "full")}
    | {("without", "delay"), ("as", "well"), ("in", "particular"), ("in", "turn"), ("in", "addition")}
)
"""How something was decided."""
_SELVES = frozenset({"themselves", "itself", "himself", "herself", "ourselves"})


class Framing(Meanings):
    """Reads the acts under framing verbs."""

    def _embedded(
        self, m: int, trigger: int, actors: tuple[Span, ...], status: str, rule: str, done: bool
    ) -> Iterator[Act]:
        """The act of an infinitive or gerund under a verb: "decided to establish a fund" is `establish`."""
        group = self.groups[m]
        if group.negated and group.verbs:
            obj = self.object_from(group.first - (self.units[group.first - 1].tag == "X"), m)
            yield self._make("commit", status, trigger, actors, obj, rule, done=done)
            return
        if (inner := self._toward(m)) >= 0:
            self._used.add(inner)
            yield from self._embedded(inner, trigger, actors, status, rule, done)
            return
        obj = self.object_from(group.main + 1, m)
        verb = self._act_of(group.verbs, obj, True)
        if verb is not None and verb.act is not None:
            end = self._other_act(m, group, verb.act)
            if obj is not None and end is not None:
                obj = self._cut(obj, end)
            obj, recipient = self._with_recipient(verb.act, obj)
            if verb.act == "instruct" and (addressed := self._addressed(group)) is not None:
                obj, recipient = addressed
            yield self._make(verb.act, status, trigger, actors, obj, verb.rule, recipient, done)
        else:
            begin = group.first
            whole = self.object_from(begin, m)
            end = self._other_act(m, group, "commit")
            if whole is not None and end is not None:
                whole = self._cut(whole, end)
            recipient = None
            if self._gives(group) and obj is not None:
                recipient = self._with_recipient("commit", self._cut(obj, end) if end is not None else obj)[1]
            yield self._make("commit", status, trigger, actors, whole, rule, recipient, done)
        act = verb.act if verb is not None and verb.act is not None else "commit"
        yield from self._more(m, actors, status, done, act)

    def _toward(self, m: int) -> int:
        """The group of the act toward which a verb works, or -1: "work with Kenya to create a fund"."""
        group = self.groups[m]
        if not any(v.base in _WORKING for v in group.verbs):
            return -1
        then = self.groups[m + 1] if m + 1 < len(self.groups) else None
        if then is None or then.form != "infinitive" or then.negated or then.first > group.main + 12:
            return -1
        if any(u.tag in ",;:" for u in self.units[group.main + 1 : then.first]):
            return -1
        verb = self._act_of(then.verbs, self.object_from(then.main + 1, m + 1), True)
        told = verb is not None and verb.act not in (None, "commit", "schedule", "adopt") and verb.role == "act"
        return m + 1 if told else -1

    def _other_act(self, m: int, group: Group, act: str) -> int | None:
        """The unit at which a coordinated verb of another act begins."""
        for _k, other, found in self._parallel(m):
            if found != act or found != "commit":
                return other.first
        return None

    def _parallel(self, m: int) -> Iterator[tuple[int, Group, str]]:
        """The verbs coordinated with an embedded one, with their acts."""
        units = self.units
        group = self.groups[m]
        nested = False
        for k in range(m + 1, len(self.groups)):
            other = self.groups[k]
            if other.finite and in_relative(units, other):
                continue
            if other.finite:
                return
            if other.form != group.form or other.negated:
                continue
            before = units[other.first - 1].tag
            bare = units[other.first].tag != "T"
            if nested and bare and group.form == "infinitive":
                continue  # "to give money to expand trade, address floods": the latter belongs to "expand"
            nested = nested or (before not in "C,;" and not bare)
            if before not in "C,;" or (before == "," and units[other.first].tag == "T" and not self._series(k)):
                continue
            verb = self._act_of(other.verbs, self.object_from(other.main + 1, k), True)
            yield k, other, verb.act if verb is not None and verb.act is not None else "commit"

    def _series(self, k: int) -> bool:
        """Whether ", and to" comes after the infinitive `k`: "to open …, to hold …, and to exempt …"."""
        units = self.units
        return any(
            g.form == "infinitive" and units[g.first].tag == "T" and units[g.first - 1].tag == "C"
            for g in self.groups[k + 1 :]
        )

    def _more(self, m: int, actors: tuple[Span, ...], status: str, done: bool, act: str) -> Iterator[Act]:
        parallel = list(self._parallel(m))
        for i, (k, other, found) in enumerate(parallel):
            if found == act == "commit":
                continue
            act = found
            self._used.add(k)
            obj = self.object_from(other.main + 1, k)
            following = next((g for _, g, then in parallel[i + 1 :] if then != found or found != "commit"), None)
            if obj is not None and following is not None:
                obj = self._cut(obj, following.first)
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
        while k < len(units) and (units[k].tag in "AX" or units[k].low in _SELVES or self._day_between(k)):
            k += 1
        k = self._past_partners(self._past_aside(self._past_principle(k)))
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
        if any(g.finite and g.subject is not None and g.subject[0] == k for g in self.groups[n + 1 :]):
            return  # "agreed both sides have an interest in …"
        if units[k].tag == '"' and k + 1 < len(units):
            k += 1  # pledged "more financial assistance"
        if units[k].tag in "DKFLUVG" and verb.base in (
            "agree",
            "pledge",
            "commit",
            "decide",
            "promise",
            "undertake",
        ):
            obj = self.object_from(k, n)
            agreed = verb.base in ("agree", "decide") and self._near(obj, "document")
            act = "fund" if self._near(obj, "money") else "adopt" if agreed else "commit"
            if act != "commit" or verb.base in ("pledge", "promise"):
                yield self._make(act, "taken", group.main, actors, obj, verb.rule, done=done)

    def _past_principle(self, k: int) -> int:
        """The unit behind "in principle", "by consensus" between a verb and what was decided."""
        following = tuple(u.low for u in self.units[k : k + 2])
        return k + 2 if following in _HOW and k + 2 < len(self.units) and self.units[k + 2].tag in "TPRD" else k

    def _past_partners(self, k: int) -> int:
        """The unit behind "with Kenya and Palau" in "agreed with Kenya and Palau that …"."""
        if k >= len(self.units) or self.units[k].low != "with":
            return k
        end = next((j for j in range(k + 1, min(k + 12, len(self.units))) if self.units[j].tag not in "DEGUCL,"), -1)
        return end if end > k + 1 and (self.units[end].low == "that" or self._group_at(end) >= 0) else k

    def _clause_at(self, n: int, k: int) -> Group | None:
        """The group of a clause that starts at unit `k` without "that": "agreed they would …"."""
        then = next((g for g in self.groups[n + 1 :] if g.finite), None)
        firm = then is not None and (then.modal == "will" or self.units[then.first].low == "would")
        return then if firm and then is not None and then.subject is not None and then.subject[0] == k else None

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
        obj = self.object_from(k + 1, n)
        if obj is not None and all(u.tag in "RNX" for u in self.units[obj.start : obj.end]):
            return  # "We have committed to that"
        if verb.base == "agree" and (named := self._noun_act(obj)) is not None:
            yield self._make(named[0], "taken", group.main, actors, named[1], verb.rule, done=done)
            return
        doing = k + 1 < len(self.units) and self.units[k + 1].tag == "L" and self.units[k + 1].low.endswith("ing")
        if obj is not None and verb.base in ("commit", "agree", "pledge") and (group.form != "passive" or doing):
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
        named = self._inner_act(inner)
        if verb.base == "agree" and then.form == "finite" and then.subject is None and named is None:
            return  # "agreed that any such step would harm trade"
        beside = next((m for m in range(inner + 1, len(self.groups)) if n in self._chain(self.groups[m])), -1)
        self._used.update(range(inner, beside if beside > 0 else len(self.groups)))
        whole = self.object_from(k + 1, len(self.groups))
        if whole is not None and beside > 0:
            whole = self._cut(whole, self.groups[beside].first)  # "agreed that … and asked …"
        second = self._second_that(inner)
        act, obj = named or ("commit", whole)
        if obj is not None and second > 0:
            obj = self._cut(obj, self._that_before(second))
        yield self._make(act, "taken", group.main, actors, obj, verb.rule, done=done)
        if second > 0 and (also := self._inner_act(second)) is not None:
            self._used.add(second)
            yield self._make(also[0], "taken", self.groups[second].main, actors, also[1], verb.rule, done=done)

    def _second_that(self, inner: int) -> int:
        """The group of "and that the hours will be extended" behind a first clause, or -1."""
        m = next((m for m in range(inner + 1, len(self.groups)) if self.groups[m].finite), -1)
        if m < 0 or self.groups[m].modal != "will" or self.groups[m].negated or self._that_before(m) < 0:
            return -1
        return m

    def _that_before(self, m: int) -> int:
        """The unit of "and" in "and that …" before group `m`, or -1."""
        for k in range(self.groups[m].first - 1, self.groups[m - 1].main, -1):
            if self.units[k].low == "that":
                return k - 1 if self.units[k - 1].tag == "C" else -1
        return -1

    def _inner_act(self, n: int) -> tuple[str, Span | None] | None:
        """The act of a clause under "that", where it is one of the table: "that a fund would be created"."""
        then = self.groups[n]
        subject = self._clause_subject(then)
        if any(v.base == "take place" for v in then.verbs) and self._has(subject, "event"):
            return "schedule", subject
        obj = subject if then.form == "passive" else self.object_from(then.main + 1, n)
        verb = self._act_of(then.verbs, obj, True)
        if obj is None or verb is None or verb.act in (None, "commit", "instruct"):
            return None
        return str(verb.act), obj

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

    def _intended(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        """Reads "intend to open", "is considering opening", "is considering a contribution of $5 million"."""
        k = group.main + 1
        while k < len(self.units) and self.units[k].tag == "A":
            k += 1
        m = self._group_at(k)
        wanted = ("gerund",) if verb.needs == "gerund" else ("infinitive",)
        if m >= 0 and self.groups[m].form in wanted:
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "proposed", verb.rule, False)
        elif verb.needs == "gerund" and (obj := self.object_from(k, n)) is not None:
            if (named := self._noun_act(obj)) is not None:
                yield self._make(named[0], "proposed", group.main, actors, named[1], verb.rule)
            elif self._near(obj, "money", 6):
                yield self._make("fund", "proposed", group.main, actors, obj, verb.rule)
        elif verb.base == "plan" and (obj := self.object_from(k, n)) is not None and self._near(obj, "event", 4):
            yield self._make("schedule", "proposed", group.main, actors, obj, verb.rule)

    def _announced_aim(self, obj: Span) -> int:
        """The group behind "announced its intention to …", or -1."""
        reach = range(obj.start, min(obj.end, obj.start + 4))
        head = next((k for k in reach if self.units[k].low in AIMS), -1)
        if any(u.tag in "REN" for u in self.units[obj.start : head]):
            return -1  # "announced that Kenya plans to …"
        m = self._group_at(head + 1) if head >= 0 else -1
        if m < 0 and 0 <= head < obj.end - 1 and self.units[head + 1].low == "of":
            m = next((m for m, g in enumerate(self.groups) if g.first > head), -1)  # "the intention of Kenya to …"
        return m if m >= 0 and self.groups[m].form == "infinitive" else -1

    def _announced(self, n: int, group: Group, actors: tuple[Span, ...], verb: VerbForm) -> Iterator[Act]:
        obj = self.object_from(group.main + 1, n)
        if obj is None:
            return
        if (m := self._announced_aim(obj)) >= 0:
            self._used.add(m)
            yield from self._embedded(m, group.main, actors, "proposed", verb.rule, False)
            return
        inner = next((g for g in self.groups[n + 1 :] if g.finite), None)
        if inner is not None and inner.first < obj.end:
            m = self.groups.index(inner)
            promised = inner.modal == "will" or self.units[inner.first].low == "would"
            if promised and inner.form == "finite":
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
