"""What a figure measures: "[Trade within the Council] exceeded $2.4 billion", "12 percent of [grain exports]"."""

from __future__ import annotations

from communique.components.amounts import AmountReader
from communique.tokens import CAPITAL, LOWER

Span = tuple[int, int]

_LONGEST_PHRASE = 14
_MARKS = frozenset({"-", "'s", "'", "&", "/"})


class MeasureReader(AmountReader):
    """Finds the words that say what is measured; constructions in the order of how surely they do."""

    def measure(self, start: int, number: int, end: int, is_count: bool) -> Span | None:
        """The measure of a figure from its modifier at `start` over its `number` to its `end`."""
        tokens = self.tokens
        if not tokens.sentence_of:
            return None
        first, last = tokens.sentences[tokens.sentence_of[start]]
        before = self.word(start - 1)
        attempts = (
            self._whole(first, start - 1) if before == "of" else None,
            None if is_count else self._what_follows(end, last),
            self._what_changes(first, start) if before in ("to", "by") else None,
            self._subject(first, start, number),
            self._predicate(first, start, end, last, is_count),
            self._marked(first, start),
            None if is_count else self._attributive(end, last),
            self._field(first, start) if is_count else None,
        )
        return next((span for span in attempts if span is not None), None)

    # phrases

    def _forward(self, k: int, last: int) -> Span | None:
        """The noun phrase that starts at word `k`, with what hangs on it."""
        while k < last and self.lower[k] in self.tables.context("determiner"):
            k += 1
        end_words, dated = self.tables.context("end"), self.dated
        stop = k
        while stop < last and stop - k < _LONGEST_PHRASE and stop not in dated:
            low = self.lower[stop]
            if (
                low in end_words
                or self.words[stop] in self.symbols
                or not (self.flags[stop] & (LOWER | CAPITAL) or low in _MARKS)
            ):
                break
            if low == "and" and not self._goes_on(stop + 1):
                break
            if low == "to" and self._is_infinitive(stop):
                break
            stop += 1
        return self._trimmed(k, stop)

    def _goes_on(self, k: int) -> bool:
        """Whether a noun phrase goes on behind "and"."""
        low = self.word(k)
        return bool(low) and low not in self.tables.context("closed") and low not in self.tables.context("reach") and (
            self.is_lower(k) or self.is_named(k)
        )  # fmt: skip

    def _is_infinitive(self, k: int) -> bool:
        return self.is_lower(k + 1) and self.word(k + 1) not in self.tables.context("closed")

    def _backward(self, k: int, first: int, to_determiner: bool = False) -> Span | None:
        """The noun phrase that ends before word `k`; with `to_determiner` no farther back than its article."""
        clause, dated = self.tables.context("clause"), self.dated
        stop = k
        while k > first and stop - k < _LONGEST_PHRASE and k - 1 not in dated:
            low = self.lower[k - 1]
            if low in clause and not (low == "and" and self._joins_nouns(k - 1)):
                break
            if not (self.flags[k - 1] & (LOWER | CAPITAL) or (low in _MARKS and self.is_glued(k - 1))):
                break
            if to_determiner and low in self.tables.context("determiner"):
                break
            k -= 1
        return self._trimmed(k, stop)

    def _joins_nouns(self, k: int) -> bool:
        return self.is_lower(k - 1) and self.is_lower(k + 1) and self.word(k + 1) not in self.tables.context("closed")

    def _trimmed(self, k: int, stop: int) -> Span | None:
        """The span without function words at its ends; None if nothing else is in it."""
        closed = self.tables.context("closed")
        while stop > k and (self.lower[stop - 1] in closed or self.lower[stop - 1] in _MARKS):
            stop -= 1
        while k < stop and (self.lower[k] in closed or self.lower[k] in _MARKS):
            k += 1
        return (k, stop) if k < stop else None

    # constructions

    def _whole(self, first: int, k: int) -> Span | None:
        """As "a [loan] of $2 million"; no empty noun as in "a total of"."""
        span = self._backward(k, first, to_determiner=True)
        if span is None or self.lower[span[1] - 1] in self.tables.context("sum"):
            return None
        return span

    def _what_follows(self, end: int, last: int) -> Span | None:
        """As "12 percent of [grain exports]", "$2 million in [loans]", "85 percent more [fires]"."""
        if end >= last:
            return None
        if self.lower[end] in self.tables.context("comparing") and self.lower[end] != "the":
            if not self.is_lower(end + 1) or self.word(end + 1) in self.tables.context("closed"):
                return None
            return self._forward(end + 1, last)
        if self.lower[end] not in self.tables.context("lead"):
            return None
        k = end + 1 + (self.lower[end] == "worth" and self.word(end + 1) == "of")
        if not self.dated.isdisjoint((k, k + 1, k + 2)):  # "in 2031", "over the next five years"
            return None
        return self._forward(k, last)

    def _what_changes(self, first: int, start: int) -> Span | None:
        """As "to increase [trade] to $2 billion"."""
        change = self.tables.context("change")
        for k in range(start - 2, max(first - 1, start - _LONGEST_PHRASE), -1):
            if self.lower[k] in change:
                return self._forward(k + 1, start - 1)
        return None

    def _subject(self, first: int, start: int, number: int) -> Span | None:
        """As "[Trade within the Council] reached $2 billion"."""
        reach, link = self.tables.context("reach"), self.tables.context("link")
        k, steps = start, sum(low in reach for low in self.lower[start:number])  # "exceeded" tells the modifier
        after_verb = steps > 0
        while k > first:
            low = self.lower[k - 1]
            if low in reach and not after_verb:  # in "total exports reached" the second is a noun
                steps, after_verb = steps + 1, True
            elif low in link or low.endswith("ly"):
                steps += low in self.tables.context("be")
                after_verb = low in self.tables.context("auxiliary") and low != "to"
            else:
                break
            k -= 1
        if not steps or k == first:
            return None
        if self.lower[k - 1] == ",":  # "[exports], mostly of grain, reached …"
            k = next((j for j in range(k - 2, max(first, k - 16), -1) if self.lower[j] == ","), first)
        elif self.lower[k - 1] == "and":  # "[exports] fell and reached …"
            k = next((j for j in range(k - 2, first, -1) if self.lower[j] in reach), first)
        if k == first or self.lower[k - 1] in self.tables.context("closed"):
            return None
        return self._backward(k, first)

    def _predicate(self, first: int, start: int, end: int, last: int, is_count: bool) -> Span | None:
        """As "20 ships have been [sent to the lake]", "half of people [lack water]"."""
        k = end
        start -= self.word(start - 1) == "between"
        if not self._opens_clause(first, start):
            return None
        if self.word(k) in ("of", "in") and is_count:
            while k < last and not self._is_auxiliary(k):
                k += 1
        auxiliaries = 0
        while k < last and (self._is_auxiliary(k) or self._is_adverb(k)):
            k += 1
            auxiliaries += 1
        if (
            k >= last
            or not self.is_lower(k)
            or (not auxiliaries and (not is_count or self.lower[k] in self.tables.context("closed")))
        ):
            return None
        return self._forward_all(k, last)

    def _opens_clause(self, first: int, start: int) -> bool:
        return start == first or self.lower[start - 1] in self.tables.context("clause") or not (
            self.flags[start - 1] & (LOWER | CAPITAL)
        ) or self.lower[start - 1] in ("another", "of", "which", "whom")  # fmt: skip

    def _is_adverb(self, k: int) -> bool:
        return self.lower[k].endswith("ly") or self.lower[k] in self.tables.context("adverb")

    def _is_auxiliary(self, k: int) -> bool:
        return self.lower[k] in self.tables.context("auxiliary")

    def _forward_all(self, k: int, last: int) -> Span | None:
        """The words up to the end of a clause."""
        stop = k
        while (
            stop < last
            and stop - k < _LONGEST_PHRASE
            and (self.flags[stop] & (LOWER | CAPITAL) or self.lower[stop] in _MARKS)
        ):
            if self.lower[stop] in ("and", "but", "which", "who", "while") and not self._goes_on(stop + 1):
                break
            stop += 1
        return (k, stop) if stop > k else None

    def _marked(self, first: int, start: int) -> Span | None:
        """As "[railway tickets] – 13%", "[exports] ($2 billion)", "[exports]: $2 billion"."""
        if start - 1 <= first or self.words[start - 1] not in ("–", "(", ":", "-") or self.tokens.gap[start]:
            return None
        return self._backward(start - 1, first)

    def _attributive(self, end: int, last: int) -> Span | None:
        """As "a $2 million [loan to the port]"."""
        k = end + (self.word(end) == "-")
        if k >= last or not (self.is_lower(k) or self.is_named(k)):
            return None
        if self.lower[k] in self.tables.context("closed") or self.lower[k] in self.tables.context("comparing"):
            return None
        return self._forward(k, last)

    def _field(self, first: int, start: int) -> Span | None:
        """As "[cooperation] in three areas"."""
        if self.word(start - 1) not in self.tables.context("field"):
            return None
        span = self._backward(start - 1, first, to_determiner=True)
        if span is None or self.lower[span[1] - 1].endswith("ed") or self._is_auxiliary(span[1] - 2):
            return None  # "focused on three areas", "will focus on three areas"
        begin = next((j + 1 for j in range(span[1] - 2, span[0] - 1, -1) if self._is_verb(j)), span[0])
        return (begin, span[1])

    def _is_verb(self, k: int) -> bool:
        known = self.lower[k] in self.tables.context("hold") or self.lower[k] in self.tables.context("reach")
        return known or self.word(k - 1) in ("will", "would", "shall", "to", "must", "should")
