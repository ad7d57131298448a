"""Numbers with their unit: the rules of money and measures, and how an amount with its range is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.number_words import Amount, Numbers
from communique.matching import Gazetteer, Hit
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, DIGIT, LOWER, UPPER, Tokens


@rule_file("currencies")
class CurrencyRule(Rule):
    """A currency of ISO 4217; `words` follow the number, `symbols` stand before or behind it.

    A code that is also a word or another acronym of the genre ("COP 28") is no symbol. `shared` words are those of
    several currencies ("kroner"): they stand for the one whose `states` the text names, for the `foremost` where it
    names several. `minor` are words of a hundredth.
    """

    code: str
    name: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    foremost: bool = False
    minor: tuple[str, ...] = ()


@rule_file("units")
class UnitRule(Rule):
    """A unit of measure with the symbol it is recorded under."""

    symbol: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


@rule_file("figure_contexts")
class ContextRule(Rule):
    """Words around numbers: what forbids a count, what ends a phrase, what leads from a figure to what it measures."""

    role: Literal[
        "adverb", "after-the", "auxiliary", "be", "change", "clause", "closed", "comparing", "determiner", "end",
        "field", "growing", "hedge", "hold", "lead", "link", "no-count-after", "party", "reach", "relative", "sum",
        "uncounted", "verb",
    ]  # fmt: skip
    words: tuple[str, ...]


class Unit(NamedTuple):
    """A unit as recorded, and the rule that knows it."""

    symbol: str
    rule: str
    is_money: bool
    is_minor: bool = False
    """Whether it is a hundredth of the currency."""
    among: tuple[CurrencyRule, ...] = ()
    """The currencies that share the word."""


class Tables:
    """Currencies, units and words around numbers, made ready for look-up."""

    def __init__(
        self,
        nlp: Language,
        currencies: tuple[CurrencyRule, ...],
        units: tuple[UnitRule, ...],
        contexts: tuple[ContextRule, ...],
        numbers: Numbers,
    ) -> None:
        self.units: Gazetteer[Unit] = Gazetteer(nlp)
        self.symbols: dict[str, Unit] = {}
        self.glued: dict[str, Unit] = {}
        shared = dict(self._shared(currencies))
        for word, unit in shared.items():
            self.units.add(unit, [word], case="any")
        for c in currencies:
            unit = Unit(c.code, c.id, True)
            self.units.add(unit, [w for w in c.words if w not in shared], case="any")
            self.units.add(unit._replace(is_minor=True), c.minor, case="any")
            self.units.add(unit, c.symbols, case="exact")
            self.symbols |= {s.replace(" ", ""): unit for s in c.symbols}
        for u in units:
            unit = Unit(u.symbol, u.id, False)
            self.units.add(unit, u.words, case="any")
            self.units.add(unit, u.symbols, case="exact")
            self.glued |= dict.fromkeys(u.symbols, unit)
        self.shared_symbols = {w: u for w, u in shared.items() if w in self.symbols}
        self.numbers = numbers
        self._contexts: dict[str, frozenset[str]] = {}
        for r in contexts:
            self._contexts[r.role] = self.context(r.role) | frozenset(r.words)

    @staticmethod
    def _shared(currencies: tuple[CurrencyRule, ...]) -> Iterator[tuple[str, Unit]]:
        """The words of several currencies, each with what it usually is, if anything, and all that it may be."""
        for word in sorted({w for c in currencies for w in c.shared}):
            usual = next(((c.code, c.id) for c in currencies if word in (*c.words, *c.symbols)), ("", ""))
            among = tuple(c for c in currencies if word in c.shared)
            yield word, Unit(*usual, True, among=among)

    def context(self, role: str) -> frozenset[str]:
        """The words of a role."""
        return self._contexts.get(role, frozenset())


class Measured(NamedTuple):
    """An amount from `start` to `end` with symbol and unit, and the upper end of its range."""

    start: int
    end: int
    amount: Amount
    upper: Amount | None
    unit: Unit | None


def _one_of(unit: Unit, told: Mapping[str, int]) -> Unit:
    """A currency's word that others share as that of the state told; what it usually is where none is; else nothing.

    `told` says how often the text names each state: where several of them could be meant, one that is named twice as
    often as any other is.
    """
    counts = sorted(((sum(told.get(s, 0) for s in c.states), c.code, c) for c in unit.among), reverse=True)
    named = [c for count, _, c in counts if count]
    if len(named) > 1 and counts[0][0] >= 2 * counts[1][0]:
        named = named[:1]
    if len(named) > 1:
        named = [c for c in named if c.foremost]
        if not named:
            return unit._replace(symbol="")
    return unit._replace(symbol=named[0].code, rule=named[0].id) if named else unit


class AmountReader:
    """Reads amounts at a word of a text."""

    def __init__(self, tables: Tables, tokens: Tokens) -> None:
        self.tables = tables
        self.tokens = tokens
        self.words, self.lower, self.flags = tokens.words, tokens.lower, tokens.flags
        self.size = len(tokens)
        self.units: dict[int, Hit[Unit]] = {}
        told = Counter(m.key for m in tokens.found.get("state", ()))
        resolved = {word: _one_of(unit, told) for word, unit in tables.shared_symbols.items()}
        self.symbols = {**tables.symbols, **resolved}
        for word in [word for word, unit in resolved.items() if not unit.symbol]:
            del self.symbols[word]
        for hit in tables.units(tokens):
            unit = _one_of(hit.value, told)
            if unit.symbol:
                self.units.setdefault(hit.start, hit._replace(value=unit))

    def word(self, i: int) -> str:
        """The word at `i` in lower case, empty outside the text."""
        return self.lower[i] if 0 <= i < self.size else ""

    def is_lower(self, i: int) -> bool:
        """Whether word `i` is written in lower case."""
        return 0 <= i < self.size and bool(self.flags[i] & LOWER)

    def is_named(self, i: int) -> bool:
        """Whether word `i` has a capital."""
        return 0 <= i < self.size and bool(self.flags[i] & CAPITAL)

    def is_acronym(self, i: int) -> bool:
        """Whether word `i` is of capitals only."""
        return 0 <= i < self.size and bool(self.flags[i] & UPPER) and len(self.words[i]) > 1

    def is_glued(self, i: int) -> bool:
        """Whether no blank parts word `i` from the one before."""
        return 0 < i < self.size and self.tokens.start[i] == self.tokens.end[i - 1]

    def amount(self, i: int) -> Measured | None:
        """The amount whose number starts at word `i`, with currency before it or unit behind it."""
        before = self._symbol_before(i)
        amount = self.tables.numbers.read(self.tokens, i, money=before is not None)
        if amount is None:
            return None
        amount, upper, end = self._with_upper(amount, before is not None)
        if before is not None:
            unit, start = before
            after = self._unit_at(end)
            if after is not None and after.value == unit:  # "$2 billion USD"
                end = after.end
            return Measured(start, end, amount, upper, unit)
        after = self._unit_at(end)
        if after is None:
            shared = self._unit_behind(amount) if upper is None else None
            return Measured(amount.start, end, amount, upper, shared)
        return Measured(amount.start, after.end, amount, upper, after.value)

    def _unit_behind(self, amount: Amount) -> Unit | None:
        """The unit of a number that something rose or fell from: "from 9 to 14 percent" are two figures."""
        if self.word(amount.start - 1) != "from" or self.word(amount.end) != "to" or amount.end + 1 >= self.size:
            return None
        high = self.tables.numbers.read(self.tokens, amount.end + 1)
        unit = self._unit_at(high.end) if high is not None else None
        return unit.value if unit is not None else None

    def _unit_at(self, k: int) -> Hit[Unit] | None:
        """The unit at word `k`, or behind a hyphen there."""
        hit = self.units.get(k)
        if hit is None and self.word(k) == "-" and self.is_glued(k):
            hit = self.units.get(k + 1)
        if hit is None and self.is_glued(k) and (unit := self.tables.glued.get(self.words[k])) is not None:
            hit = Hit(k, k + 1, unit)
        if hit is None or self.tokens.gap[k] > 1:
            return None
        short = hit.end - hit.start == 1 and len(self.words[hit.start]) == 1
        return hit if not short or self.words[hit.start] in "%€$£¥" or self.is_glued(k) else None

    def _symbol_before(self, i: int) -> tuple[Unit, int] | None:
        """The currency written before a number: "$", "US$", "EUR", "Rs."."""
        for back in (3, 2, 1):
            # no "A $20 loan"
            whole = back == 1 or self.is_glued(i - 1) or self.word(i - 2).endswith(".") or self.is_acronym(i - back)
            if i >= back and whole and (unit := self.symbols.get("".join(self.words[i - back : i]))) is not None:
                return unit, i - back
        return None

    # ranges

    def _with_upper(self, low: Amount, money: bool) -> tuple[Amount, Amount | None, int]:
        """The amount, the upper end of its range, and where it ends: "10–12", "$5 to $7 billion"."""
        k = low.end
        unit = self._unit_at(k)
        if unit is not None:
            k = unit.end
        joint, j = self.word(k), k + 1
        if self.words[j : j + 1] and self.words[j] in self.symbols:
            j += 1
        elif "".join(self.words[j : j + 2]) in self.symbols:
            j += 2
        if j >= self.size or not self._is_joint(joint, low, unit is not None or money):
            return low, None, low.end
        high = self.tables.numbers.read(self.tokens, j, money)
        if high is None or j in self.dated:
            return low, None, low.end
        same = self._unit_at(high.end)
        if unit is not None and (same is None or same.value != unit.value):
            return low, None, low.end
        if low.scale == 1 and high.scale > 1 and low.value < high.value / high.scale:
            low = low._replace(value=low.value * high.scale)
        if high.value <= low.value or (joint == "or" and high.value > 2 * low.value):
            return low, None, low.end
        return low, high, high.end

    dated: frozenset[int]
    """Words that belong to dates."""

    def _is_joint(self, joint: str, low: Amount, has_unit: bool) -> bool:
        before = self.lower[max(0, low.start - 4) : low.start]
        if joint in ("–", "-"):
            return True
        if joint == "to":
            # "from 5% to 7%", "by two dollars to 20 dollars" are two
            return not (before[-1:] == ["from"] or (has_unit and ("from" in before or before[-1:] == ["by"])))
        return (joint == "and" and "between" in before) or (joint == "or" and not has_unit)

    def numbered(self, i: int) -> bool:
        """Whether the number is a list mark or part of a code ("C5+1", "F-16", "S/2031/5")."""
        tokens = self.tokens
        if tokens.blocks:
            block = tokens.blocks[tokens.block_of[i]]
            if block.start <= i < block.text:
                return True
        before = self.word(i - 1)
        if not self.is_glued(i):
            return False
        if before == "-" and self.word(i + 1) == "-" and self.is_glued(i + 1):
            return True  # "-2-" at the head of a page
        if before in ("/", "+", "#", "§", "_"):
            return True
        return (
            before in ("-", "–") and self.is_glued(i - 1) and (self.is_named(i - 2) or bool(self.flags[i - 2] & DIGIT))
        )
