"""Figures: amounts of money, percentages, measures and counts, with what is measured."""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.amounts import ContextRule, CurrencyRule, Measured, Tables, Unit, UnitRule
from communique.components.base import Component
from communique.components.calendar import CalendarRule
from communique.components.counts import CountReader, Nouns, PluralRule, TermRule
from communique.components.measures import MeasureReader
from communique.components.number_words import Numbers, NumberWordRule
from communique.matching import Gazetteer
from communique.rules import Rule, rule_file
from communique.tokens import DIGIT, Mention, Tokens
from communique.values.numbers import Number, plain_number

_COUNT = "figure.count"
_BESIDE = 8
"""How many words can lie between two figures that are compared."""
_COMPARED = frozenset({"compared with", "compared to", "compares with"})
_PERCENT, _TIMES = "percent", "times"


@rule_file("modifiers")
class ModifierRule(Rule):
    """Words before a number, or `after` its unit, that say it is exceeded, not reached, or about right."""

    role: Literal["over", "under", "about"]
    words: tuple[str, ...]
    after: bool = False


class Figure(NamedTuple):
    """What a figure says; `measure` are the words of what is measured, by word index."""

    value: Number
    upper: Number | None
    unit: str
    modifier: str | None
    measure: tuple[int, int] | None


class Figures(Component):
    """Finds the figures of a text."""

    models = (
        CalendarRule, ContextRule, CurrencyRule, ModifierRule, NumberWordRule, PluralRule, TermRule, UnitRule,
    )  # fmt: skip

    def build(self) -> None:
        """Make the tables and matchers."""
        self.tables = Tables(
            self.nlp,
            self.read(CurrencyRule),
            self.read(UnitRule),
            self.read(ContextRule),
            Numbers(self.read(NumberWordRule)),
        )
        self.modifiers: Gazetteer[ModifierRule] = Gazetteer(self.nlp)
        for m in self.read(ModifierRule):
            self.modifiers.add(m, m.words, case="any")
        self.nouns = Nouns({r.plural: r.singular for r in self.read(PluralRule)}, [r.term for r in self.read(TermRule)])
        self.times = frozenset(w for r in self.read(CalendarRule) if r.role == "unit" for w in r.words)

    def find(self, tokens: Tokens) -> None:
        """Set `tokens.found["figure"]`."""
        tokens.found["figure"] = _Search(self, tokens).mentions()


class _Search(CountReader, MeasureReader):
    def __init__(self, rules: Figures, tokens: Tokens) -> None:
        super().__init__(rules.tables, tokens)
        self.nouns = rules.nouns
        self.times = rules.times
        self.dated = frozenset(i for m in tokens.found.get("date", ()) for i in range(m.start, m.end))
        self.states = {m.start: m.end for m in tokens.found.get("state", ())}
        hits = rules.modifiers(tokens)
        # of modifiers that overlap the longest comes first
        self.before = {h.end: h for h in reversed(hits) if not h.value.after}
        self.after = {h.start: h for h in reversed(hits) if h.value.after}

    def mentions(self) -> list[Mention]:
        numbers, flags = self.tables.numbers, self.flags
        starts = [
            i for i, low in enumerate(self.lower) if flags[i] & DIGIT or low in numbers.small or low in numbers.scales
        ]
        found: list[Mention] = []
        upto = 0
        for i in starts:
            if i < upto or i in self.dated:
                continue
            measured = None if self.numbered(i) else self.amount(i)
            if measured is None or measured.start < upto:
                continue
            mention = self._mention(measured) or self._part(measured, found) or self._compared(measured, found)
            if mention is not None:
                found.append(mention)
            upto = mention.end if mention is not None else measured.amount.end
        return found

    def _mention(self, measured: Measured) -> Mention | None:
        start, unit = measured.start, measured.unit
        if unit is None:
            counted = self.count(measured)
            if counted is None:
                return None
            return self._made(measured, counted[0], Unit(counted[1], _COUNT, False))
        if unit.symbol == _TIMES and not self._is_multiple(measured):
            return None
        if not unit.is_money and unit.symbol != _PERCENT and measured.amount.value == 1 and measured.amount.spelled:
            return None  # "one point"
        return self._made(measured, measured.end, unit) if start not in self.dated else None

    def _part(self, measured: Measured, found: list[Mention]) -> Mention | None:
        """A number of the things counted last: "20 ships, of which five sank", "20 ships, five of them new"."""
        start, end = measured.start, measured.end
        if not found or measured.unit is not None or (measured.amount.spelled and measured.amount.value == 1):
            return None
        relative, hit = self.tables.context("relative"), self.before.get(start)
        k = hit.start if hit else start
        before = self.word(k - 2) == "of" and self.word(k - 1) in relative
        if not before and not (self.word(end) == "of" and self.word(end + 1) in relative):
            return None
        whole = found[-1]
        same = not self.tokens.sentence_of or self.tokens.sentence_of[whole.start] == self.tokens.sentence_of[start]
        if whole.rule != _COUNT or not same:
            return None
        return self._made(measured, end, Unit(whole.data.unit, _COUNT, False))

    def _compared(self, measured: Measured, found: list[Mention]) -> Mention | None:
        """A number beside the figure before it: "3 billion dollars against 6 billion", "from 60 to 90 men"."""
        start, end = measured.start, measured.end
        if measured.unit is not None or measured.upper is not None:
            return None
        if (unit := self._counted_behind(measured)) is not None:
            return self._made(measured, end, unit)
        if not found or found[-1].end < start - _BESIDE or self.word(end) in ("to", "-"):
            return None
        whole = found[-1]
        same = not self.tokens.sentence_of or self.tokens.sentence_of[whole.start] == self.tokens.sentence_of[start]
        part = measured.amount.scale > 1 and self.word(start - 1) in ("including", "which")
        if not same or measured.amount.spelled or not (part or self._against(start)):
            return None
        is_money = whole.rule.startswith("currency.")
        if part and not is_money:
            return None
        return self._made(measured, end, Unit(whole.data.unit, whole.rule, is_money))

    def _against(self, start: int) -> bool:
        """Whether words of comparing stand before a number: "against", "up from", "compared with"."""
        hit = self.before.get(start)
        k = hit.start if hit else start
        before = self.word(k - 1)
        return before in ("against", "from", "versus") or f"{self.word(k - 2)} {before}" in _COMPARED

    def _counted_behind(self, measured: Measured) -> Unit | None:
        """What "from 60 to 90 trainees" counts, for its first number."""
        k = measured.end
        if self.word(measured.start - 1) != "from" or self.word(k) != "to" or k + 1 >= self.size:
            return None
        high = self.amount(k + 1)
        counted = self.count(high) if high is not None and high.unit is None else None
        return Unit(counted[1], _COUNT, False) if counted is not None else None

    def _is_multiple(self, measured: Measured) -> bool:
        """Whether "times" multiply ("three times higher"), and tell no occasions ("met three times")."""
        context = self.tables.context
        if not measured.amount.spelled and measured.amount.value != int(measured.amount.value):
            return True
        return self.word(measured.end) in context("comparing") or self.word(measured.start - 1) in context("growing")

    def _made(self, measured: Measured, end: int, unit: Unit) -> Mention:
        start = measured.start
        before = self.before.get(start)
        after = self.after.get(end) or self.after.get(measured.amount.end)
        modifier = before or after
        first, last = before.start if before else start, after.end if after else end
        measure = self.measure(first, start, last, unit.rule == _COUNT)
        share = 100 if unit.is_minor else 1
        upper = plain_number(measured.upper.value / share) if measured.upper else None
        figure = Figure(
            plain_number(measured.amount.value / share),
            upper,
            unit.symbol,
            modifier.value.role if modifier else None,
            measure,
        )
        return Mention(start, end, unit.rule, "", figure)


@Language.factory("communique_figures", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Figures:
    """The factory of `communique_figures`."""
    return Figures(nlp, rules)
