"""The phrases around a verb group: its subject, its object, the clause they stand in."""

from __future__ import annotations

from collections.abc import Mapping

from communique.acts.model import ActNoun, Frame, Span
from communique.clauses import Group, Sentence, Unit, names_holder

_RELATIVES = frozenset({"which", "who", "whom", "whose", "where", "whereby"})
_BACKGROUND = frozenset({"while", "whereas", "although", "though", "because"})


_REPORTING = frozenset({"said", "says", "told", "reported", "added", "stated", "announced"})
_SOURCE = 8
"""How many units before the end of a sentence the verb of its attribution can stand: "told a news conference"."""


class Phrases:
    """Finds the phrases of one sentence."""

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

    def _subject(self, n: int) -> Span | None:
        seen = 0
        while n >= 0 and seen < 8:
            group = self.groups[n]
            if group.subject is not None:
                return Span(*group.subject)
            if group.shared < 0:
                return None
            other = self.groups[group.shared]
            bound = other.role("frame") is not None  # "are committed to … and will …"
            if other.form == "passive" and group.form != "passive" and not bound:
                return None
            n, seen = group.shared, seen + 1
        return None

    def _actors(self, n: int) -> tuple[Span, ...]:
        span = self._subject(n)
        if span is None and self.frame_above is not None and self._opened(n):
            return self.frame_above.actors
        if span is None or self.units[span.start].low == "you":
            return ()  # what is said of those spoken to is no act of theirs
        return self.split(span)

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
            stop = next((j for j in range(after, span.end) if units[j].tag in "C,"), span.end)
            if tag == "," and names_holder(units, begin, k, stop):
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

    def object_from(self, begin: int, n: int) -> Span | None:
        """The object that starts at unit `begin` under group `n`: up to the end of its clause."""
        units = self.units
        begin = self._past_aside(begin)
        end = self._clause_end(begin, n)
        while end > begin and units[end - 1].tag in '.,;:C–"':
            if units[end - 1].tag == '"' and sum(u.tag == '"' for u in units[begin:end]) % 2 == 0:
                break
            end -= 1
        begin = self._past_manner(begin, end)
        return Span(begin, end) if begin < end else None

    def _past_aside(self, k: int) -> int:
        """The unit behind an aside between commas: "are ready, as always, to help"."""
        if self.units[k : k + 1] and self.units[k].tag == ",":
            close = next((j for j in range(k + 1, min(k + 8, len(self.units) - 1)) if self.units[j].tag == ","), -1)
            return close + 1 if close > 0 else k
        return k

    def _past_term(self, begin: int, end: int) -> int:
        """The unit behind a term before an object: "renewed for six months, effective 1 May, the mandate"."""
        units = self.units
        if begin >= end or units[begin].tag != "P":
            return begin
        k = begin
        while k < min(end, begin + 12) and units[k].tag in "PDLY,A":
            if units[k].low == "of" and units[k - 1].low != "period":
                break
            k += 1
            closed = k < end and units[k].tag == "D" and units[k - 1].tag in "Y,"
            if closed and any(u.tag == "Y" for u in units[begin:k]):
                return k
        return begin

    def _past_manner(self, begin: int, end: int) -> int:
        """The unit behind what tells how: "endorsed in principle the plan", "accepted with pleasure an invitation"."""
        units = self.units
        while begin + 1 < end and units[begin].low == "again":
            begin += 1
        k = begin
        while k < end and (units[k].tag in "A," or (units[k].tag == ":" and k + 1 < end)):
            k += 1
        if k < end and (k == begin or units[k].tag in "DEKFTUGR" or units[begin].tag == ":"):
            begin = k  # but "act together as a force", "encourage further trade"
        if (term := self._past_term(begin, end)) > begin:
            return term
        manner = begin + 2 < end and units[begin].tag == "P" and units[begin + 1].tag == "L"
        return begin + 2 if manner and units[begin + 2].tag in "DK" else begin

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
                    end = k
                    break
            elif (tag == ";" and not (listed and self._lists_on(k))) or (
                tag == '"' and k > begin and (self._closes_quote(k) or units[k - 1].tag in ",.")
            ):
                end = k
                break
            elif tag == "S" and k > begin and units[k - 1].tag == "," and units[k].low in _BACKGROUND:
                end = k - 1
                break
            elif tag == "R" and (comma := self._set_off_at(k)) > begin:
                end = comma
                break
        end = self._before_attribution(begin, end)
        for m in range(n + 1, len(self.groups)):
            other = self.groups[m]
            if other.first <= begin:
                continue
            if other.first >= end:
                break
            if (cut := self._cut_before(other, n, begin)) is not None:
                return min(end, cut)
        return end

    def _before_attribution(self, begin: int, end: int) -> int:
        """Where ", diplomats said" at the end of a report begins, else `end`."""
        units = self.units
        for v in range(end - 1, max(begin, end - _SOURCE), -1):
            if units[v].low not in _REPORTING:
                continue
            comma = next((k for k in range(v - 1, max(begin, v - 10), -1) if units[k].tag == ","), -1)
            named = comma > 0 and all(u.tag in "DLUGEAP" for u in units[comma + 1 : v])
            return comma if named and comma + 1 < v else end
        return end

    def _set_off_at(self, k: int) -> int:
        """The comma before a relative clause: ", which …", ", under which …", ", the first session of which …"."""
        units = self.units
        if units[k].low not in _RELATIVES:
            return -1
        j = k - 1
        while j > 0 and k - j < 7 and units[j].tag in "PDLUVGY":
            j -= 1
        near = units[j].tag == "," and (k - j < 3 or units[k - 1].low == "of")
        return j if near else -1

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
                if k > begin + 1 and units[k].low == "that" and units[k - 1].tag == "C":
                    k -= 1
                if k > begin and units[k].tag in "CS" and units[k].low in ("and", "but", "while", "whereas", "or"):
                    return k if units[k - 1].tag != "," else k - 1
                if k > begin and units[k].tag in ",;–":
                    return k if not self._relative(other.subject[0], begin) else None
                return None
            if (k := self._joined_clause(other, begin)) > begin:
                return k
            if n in chain or (chain and max(chain) < n) or self._coordinated(other):
                k = other.first - 1
                while k > begin and units[k].tag in "C,A":
                    k -= 1
                return k + 1
            return None
        if other.form == "gerund" and other.first > begin and units[other.first - 1].tag == ",":
            if other.role("position") is not None:
                return other.first - 1
        return None

    def _joined_clause(self, other: Group, begin: int) -> int:
        """Where ", and the invitation was accepted" begins, if the group `other` is such a clause, else -1."""
        units = self.units
        k = other.first - 1
        while k > begin and units[k].tag in "LUKGFVA":
            k -= 1
        if other.form in ("passive", "copula") and units[k].tag == "D" and units[k - 1].tag == "C" and k - 2 > begin:
            return k - 2 if units[k - 2].tag == "," else -1
        return -1

    def _coordinated(self, other: Group) -> bool:
        """Whether a verb goes on with what a listed paragraph's first verb began: "Appoints …, and requests …"."""
        return self.groups[0].first == 0 and other.form == "finite" and self.units[other.first - 1].tag == "C"

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
        if group.subject is not None and group.subject[1] <= floor:
            return Span(*group.subject)  # "The minister, who is a lawyer, was presented with …"
        end = group.first
        begin = floor
        for k in range(end - 1, floor - 1, -1):
            if units[k].tag in ";:RS" or units[k].low == "but":
                begin = k + 1
                break
            if units[k].tag in "C," and floor and k + 1 < end and units[k + 1].tag in "DKN" and units[k].low != ",":
                begin = k + 1
                break
        while end > begin and units[end - 1].tag in ",A":
            end -= 1
        while begin < end and units[begin].tag in 'A,C"–':
            begin += 1
        begin = self._after_adverbial(begin, end)
        while begin < end and units[begin].tag in 'A,C"–':
            begin += 1
        if [u.low for u in units[begin:end]] == ["the", "following"]:
            return Span(begin, end)
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

    def _past_date(self, k: int) -> int:
        """The unit behind a term between a verb and its object: "extends until 31 May 2032 the mandate of …"."""
        units = self.units
        dated = k + 2 < len(units) and units[k].tag == "P" and units[k + 1].tag == "Y" and units[k + 2].tag in "DEKUL"
        return k + 2 if dated else k

    def _day_between(self, k: int) -> bool:
        """Whether a day stands between a verb and what it governs: "agreed Friday to …", "agreed on Friday to …"."""
        tags = "".join(u.tag for u in self.units[k : k + 3])
        return tags[:2] in ("YT", "YR") or tags in ("PYT", "PYR")

    def _group_at(self, k: int) -> int:
        return next((m for m, g in enumerate(self.groups) if g.first == k), -1)

    def _infinitive_after(self, k: int, reach: int) -> int:
        """The group whose "to" stands within `reach` units after unit `k`, or -1."""
        for m, group in enumerate(self.groups):
            if group.form == "infinitive" and k < group.first <= k + reach:
                return m
        return -1

    def _phrase(self, k: int) -> Span:
        """The noun phrase that ends with unit `k`, or the sentence's beginning."""
        start = k
        while start > 0 and self.units[start - 1].tag in "DLUVAKGE" and k - start < 8:
            start -= 1
        return Span(start, k + 1)

    def _trimmed(self, begin: int, end: int) -> int:
        while end > begin + 1 and self.units[end - 1].tag in ",AC":
            end -= 1
        return end

    def _cut(self, span: Span, end: int) -> Span:
        stop = min(span.end, end)
        while stop > span.start + 1 and self.units[stop - 1].tag in "C,":
            stop -= 1
        return Span(span.start, stop)

    def _person_end(self, begin: int, end: int) -> int:
        for k in range(begin, end):
            if self.units[k].tag in "P," and self.units[k].low != "of" and k > begin:
                return k
        return end
