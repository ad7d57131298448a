"""Figures: amounts of money, percentages, measures and counts, with what is measured."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.components.number_words import NumberWordRule
from communique.matching import Gazetteer, Hit
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, DIGIT, LOWER, Mention, Tokens
from communique.values.numbers import Number, parse_digits, plain_number


@rule_file("currencies")
class CurrencyRule(Rule):
    """A currency of ISO 4217; `words` follow the number, `symbols` stand before or behind it."""

    code: str
    name: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


@rule_file("units")
class UnitRule(Rule):
    """A unit of measure with the symbol it is recorded under; `scale` multiplies the value."""

    symbol: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    scale: int = 1


@rule_file("modifiers")
class ModifierRule(Rule):
    """Words before a number that say it is exceeded, not reached, or about right."""

    role: Literal["over", "under", "about"]
    words: tuple[str, ...]


@rule_file("irregular_plurals")
class PluralRule(Rule):
    """A plural that is not made with -s."""

    plural: str
    singular: str


@rule_file("fixed_terms")
class TermRule(Rule):
    """Two words that name one thing counted ("working group")."""

    term: str


@rule_file("figure_contexts")
class ContextRule(Rule):
    """Words around numbers: after `no-count-after` there is no count, `no-party` are not counted by two,
    a `verb` parts what is measured from its figure, `of` leads from the figure to what is measured."""

    role: Literal["no-count-after", "no-party", "verb", "of"]
    words: tuple[str, ...]


class Figure(NamedTuple):
    """What a figure says; `measure` are the words of what is measured, by word index."""

    value: Number
    upper: Number | None
    unit: str
    modifier: str | None
    measure: tuple[int, int] | None


class _Count(NamedTuple):
    value: Decimal
    start: int
    end: int
    words: bool
    scaled: bool


class Figures(Component):
    """Finds the figures of a text."""

    models = (
        CurrencyRule, UnitRule, ModifierRule, PluralRule, TermRule, ContextRule, NumberWordRule,
    )  # fmt: skip

    def build(self) -> None:
        self.units: Gazetteer[tuple[str, int, str]] = Gazetteer(self.nlp)
        self.symbols: dict[str, tuple[str, str]] = {}
        for c in self.read(CurrencyRule):
            self.units.add((c.code, 1, c.id), c.words, case="any")
            for symbol in c.symbols:
                self.symbols[symbol] = (c.code, c.id)
            self.units.add((c.code, 1, c.id), c.symbols, case="exact")
        for u in self.read(UnitRule):
            self.units.add((u.symbol, u.scale, u.id), u.words, case="any")
            self.units.add((u.symbol, u.scale, u.id), u.symbols, case="exact")
        self.modifiers: Gazetteer[str] = Gazetteer(self.nlp)
        for m in self.read(ModifierRule):
            self.modifiers.add(m.role, m.words, case="any")
        self.plurals = {r.plural: r.singular for r in self.read(PluralRule)}
        self.terms = {r.term for r in self.read(TermRule)}
        self.contexts: dict[str, frozenset[str]] = {
            role: frozenset(w for r in self.read(ContextRule) if r.role == role for w in r.words)
            for role in ("no-count-after", "no-party", "verb", "of")
        }
        numbers = self.read(NumberWordRule)
        self.numbers = {w: r for r in numbers for w in r.words if r.role != "scale"}
        self.scales = {w: r.value for r in numbers for w in r.words if r.role == "scale"}

    def find(self, tokens: Tokens) -> None:
        tokens.found["figure"] = _Search(self, tokens).mentions()

    def singular(self, plural: str) -> str:
        """The singular of a counted noun."""
        if plural in self.plurals:
            return self.plurals[plural]
        if plural.endswith("ies") and len(plural) > 4:
            return plural[:-3] + "y"
        if plural.endswith(("ches", "shes", "sses", "xes")):
            return plural[:-2]
        return plural[:-1] if plural.endswith("s") and not plural.endswith("ss") else plural

    def is_plural(self, word: str) -> bool:
        """Whether a word can be a counted noun in the plural."""
        return word in self.plurals or len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))


class _Search:
    def __init__(self, rules: Figures, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.size = len(tokens)
        self.units: dict[int, Hit[tuple[str, int, str]]] = {}
        for hit in rules.units(tokens):
            self.units.setdefault(hit.start, hit)
        self.modifiers = {h.end: h for h in reversed(rules.modifiers(tokens))}
        self.dated = {i for m in tokens.found.get("date", ()) for i in range(m.start, m.end)}
        self.states = {m.start: m.end for m in tokens.found.get("state", ())}

    def mentions(self) -> list[Mention]:
        found: list[Mention] = []
        numbers = self.rules.numbers
        upto = 0
        for i in range(self.size):
            if i < upto or not (self.tokens.flags[i] & DIGIT or self.lower[i] in numbers) or i in self.dated:
                continue
            mention = self._at(i)
            if mention is not None:
                found.append(mention)
                upto = mention.end
            elif self.lower[i] in numbers and (count := self._count(i)) is not None:
                upto = count.end
        return found

    def _at(self, i: int) -> Mention | None:
        count = self._count(i)
        if count is None or self._numbered(i):
            return None
        upper = None
        end = count.end
        currency = self._currency_before(i)
        if (second := self._range(count, currency is not None)) is not None:
            upper, end = second
            if not count.scaled and upper.scaled:
                factor = self._factor(upper)
                count = count._replace(value=count.value * factor)
        start = i
        if currency is not None:
            code, rule, start = currency
            return self._made(start, end, count, upper, code, rule)
        unit = self.units.get(end) or (self.units.get(end + 1) if end < self.size and self.words[end] == "-" else None)
        if unit is not None and (unit.value[0] != "times" or not count.scaled):
            code, scale, rule = unit.value
            if scale != 1:
                count = count._replace(value=count.value * scale)
            if code == "times" and (count.words and count.value < 2 or self._repeated(i)):
                return None
            return self._made(start, unit.end, count, upper, code, rule)
        return self._counted(start, end, count, upper)

    def _repeated(self, i: int) -> bool:
        """ "three times a year", "met two times": occasions, no multiple."""
        before = self.lower[i - 1] if i else ""
        return before in ("met", "meet", "visited")

    def _factor(self, upper: _Count) -> Decimal:
        scale = self.rules.scales.get(self.lower[upper.end - 1])
        return Decimal(scale) if scale else Decimal(1)

    def _made(
        self, start: int, end: int, count: _Count, upper: _Count | None, unit: str, rule: str
    ) -> Mention:
        modifier = self._modifier(start)
        value, top = plain_number(count.value), plain_number(upper.value) if upper else None
        return Mention(start, end, rule, "", Figure(value, top, unit, modifier, self._measure(start, end, unit)))

    # the number

    def _count(self, i: int) -> _Count | None:
        if self.tokens.flags[i] & DIGIT:
            value = parse_digits(self.words[i])
            if value is None:
                return None
            return self._scaled(value, i, i + 1, words=False)
        return self._in_words(i)

    def _scaled(self, value: Decimal, start: int, end: int, words: bool) -> _Count:
        scaled = False
        k = end
        if k < self.size and self.words[k] == "-" and self.lower[k + 1 : k + 2] and self.lower[k + 1] in ("million", "billion"):
            k += 1
        while k < self.size and (scale := self.rules.scales.get(self.lower[k])) is not None:
            short = len(self.words[k]) == 1
            if short and not (self.tokens.start[k] == self.tokens.end[k - 1] or self._currency_before(start)):
                break
            if short and self.words[k].isupper():
                break
            value, scaled, end = value * scale, True, k + 1
            k = end
        return _Count(value, start, end, words, scaled)

    def _in_words(self, i: int) -> _Count | None:
        """ "eleven", "twenty-five", "two hundred and forty", "three million"."""
        total, k, end = 0, i, i
        while k < self.size:
            rule = self.rules.numbers.get(self.lower[k])
            if rule is not None:
                total += rule.value
                end = k = k + 1
                if k + 1 < self.size and self.words[k] == "-" and self.lower[k + 1] in self.rules.numbers:
                    k += 1
                continue
            scale = self.rules.scales.get(self.lower[k]) if self.lower[k] in ("hundred", "thousand") else None
            if scale is not None and end > i:
                total = max(total, 1) * scale
                end = k = k + 1
                if k + 1 < self.size and self.lower[k] == "and" and self.lower[k + 1] in self.rules.numbers:
                    k += 1
                continue
            break
        if end == i:
            return None
        if self.lower[i] == "one" and end == i + 1:
            scaled = self._scaled(Decimal(1), i, end, words=True)
            return scaled if scaled.scaled else None
        return self._scaled(Decimal(total), i, end, words=True)

    def _range(self, count: _Count, money: bool) -> tuple[_Count, int] | None:
        k = count.end
        unit = self.units.get(k)
        if unit is not None and unit.value[0] in ("percent",) and k + 1 < self.size:
            k = unit.end  # "10 percent to 12 percent"
        if k + 1 >= self.size:
            return None
        before = self.lower[max(0, count.start - 3) : count.start]
        low = self.lower[k]
        joins = low in ("–", "-", "to") or low == "and" and "between" in before
        if not joins or low == "to" and not ("from" in before or self._same_unit(k + 1)):
            return None
        j = k + 1
        if self.words[j] in self.rules.symbols:
            j += 1
        if j >= self.size or j in self.dated:
            return None
        upper = self._count(j)
        if upper is None or upper.value < count.value and not upper.scaled:
            return None
        if low == "to" and "from" in before and unit is not None and not money:
            return None  # "rose from 10 percent to 12 percent" are two figures
        return upper, upper.end

    def _same_unit(self, j: int) -> bool:
        return bool(self.tokens.flags[j] & DIGIT) or self.words[j] in self.rules.symbols or self.lower[j] in self.rules.numbers

    def _currency_before(self, i: int) -> tuple[str, str, int] | None:
        if not i:
            return None
        for back in (2, 1):
            if i >= back:
                symbol = "".join(self.words[i - back : i])
                if (known := self.rules.symbols.get(symbol)) is not None:
                    code, rule = known
                    return code, rule, i - back
        return None

    # counts

    def _numbered(self, i: int) -> bool:
        """Whether the number counts nothing: a list mark, a document's number, one after "the" or "both"."""
        if not i:
            return True
        block = self.tokens.blocks[self.tokens.block_of[i]] if self.tokens.block_of else None
        if block is not None and block.start <= i < block.text:
            return True
        before = self.lower[i - 1]
        money = self._currency_before(i) is not None
        if not money and before in ("no", "no.", "nos.", "#", "§") or before in ("/", "+") and self.tokens.end[i - 1] == self.tokens.start[i]:
            return True
        return before in ("-", "–") and self.tokens.end[i - 1] == self.tokens.start[i] and bool(self.tokens.flags[i - 2] & CAPITAL)

    def _counted(self, start: int, end: int, count: _Count, upper: _Count | None) -> Mention | None:
        """A count of things: the number, modifiers, a noun in the plural."""
        before = self.lower[start - 1]
        if before in self.rules.contexts["no-count-after"] or self._determined(start):
            return None
        if self.tokens.flags[start] & DIGIT and self.words[start].isdigit() and len(self.words[start]) == 4:
            if 1900 <= count.value <= 2100 and not count.scaled:
                return None
        k = end
        if k < self.size and self.lower[k] == "of" and count.scaled:
            return None
        for k in range(end, min(end + 5, self.size)):
            if self.tokens.gap[k] > 1 or k in self.dated:
                return None
            low = self.lower[k]
            if k in self.states and self.rules.is_plural(low) and self.states[k] == k + 1 and not self._plural_next(k + 1):
                return self._made(start, k + 1, count, upper, self.rules.singular(low), "figure.count")
            if k in self.states or low in ("-", "'s") or self.states and any(s < k < e for s, e in self.states.items()):
                continue
            if not self.tokens.flags[k] & (LOWER | CAPITAL) or low in _CLOSED:
                return None
            if self.rules.is_plural(low) and not self._plural_next(k + 1):
                if low in self.rules.contexts["no-party"] and count.words and count.value == 2:
                    return None
                if self.tokens.flags[k] & CAPITAL and not self.words[k].isupper() and not self.rules.is_plural(low):
                    return None
                return self._made(start, k + 1, count, upper, self._unit_name(end, k), "figure.count")
        return None

    def _plural_next(self, k: int) -> bool:
        """Whether the noun phrase goes on to another plural noun ("weapons systems")."""
        if k >= self.size or self.tokens.gap[k] > 1:
            return False
        return bool(self.tokens.flags[k] & LOWER) and self.rules.is_plural(self.lower[k]) and self.lower[k] not in _VERBS

    def _determined(self, start: int) -> bool:
        """ "the first two days", "the other three states"."""
        if start < 2:
            return False
        return self.lower[start - 1] in ("first", "last", "other", "next", "remaining", "past") and self.lower[start - 2] in (
            "the", "our", "their",
        )  # fmt: skip

    def _unit_name(self, begin: int, head: int) -> str:
        noun = self.rules.singular(self.lower[head])
        if head > begin and (term := f"{self.lower[head - 1]} {noun}") in self.rules.terms:
            return term
        return noun

    # what is said about it

    def _modifier(self, start: int) -> str | None:
        hit = self.modifiers.get(start)
        return hit.value if hit is not None else None

    def _measure(self, start: int, end: int, unit: str) -> tuple[int, int] | None:
        if not self.tokens.sentence_of:
            return None
        first, last = self.tokens.sentences[self.tokens.sentence_of[start]]
        if end < last and self.lower[end] in ("of", "in", "for", "from", "worth", "towards"):
            k = end + 1
            if self.lower[k : k + 1] == ["of"]:
                k += 1
            if (span := self._phrase(k, last)) is not None and not self._temporal(span):
                return span
        if (before := self._subject(first, start)) is not None:
            return before
        if unit.isupper() and len(unit) == 3 and end < last and self.tokens.flags[end] & LOWER and self.lower[end] not in _CLOSED:
            return self._phrase(end, last)
        return None

    def _temporal(self, span: tuple[int, int]) -> bool:
        return span[0] in self.dated

    def _phrase(self, k: int, last: int) -> tuple[int, int] | None:
        """A noun phrase from word `k`: up to a comma, a verb, a second preposition that leads away."""
        while k < last and self.lower[k] in ("the", "its", "their", "our", "a", "an"):
            k += 1
        stop = k
        while stop < last and stop - k < 14:
            low = self.lower[stop]
            if low in _STOP or not (self.tokens.flags[stop] & (LOWER | CAPITAL) or low in ("-", "'s", "'")) or stop in self.dated:
                break
            stop += 1
        while stop > k and self.lower[stop - 1] in _CLOSED:
            stop -= 1
        return (k, stop) if stop > k else None

    def _subject(self, first: int, start: int) -> tuple[int, int] | None:
        """The noun phrase before the verb of which the figure is the complement: "Trade … exceeded"."""
        verbs = self.rules.contexts["verb"]
        hit = self.modifiers.get(start)
        k = (hit.start if hit is not None else start) - 1
        steps = 0
        while k >= first and (self.lower[k] in verbs or self.lower[k].endswith("ly") or self.lower[k] in ("a", "an", "record")):
            k -= 1
            steps += 1
        if not steps or k < first:
            return None
        end = k + 1
        while k > first and self.lower[k - 1] not in _CLAUSE and self.words[k - 1] not in (",", ";", ":", '"', "(") and end - k < 14:
            k -= 1
        while k < end and (self.lower[k] in _CLOSED or k in self.dated):
            k += 1
        return (k, end) if k < end else None


_CLOSED = frozenset(
    """the a an and or of in on at by for with from to into as that which who is are was were has have had will would
    be been this these those its their our his her it they we he she not but than then so if while when where also""".split()
)
_STOP = frozenset(
    """which who that will would is are was were has have had can could should may and , . ; : ( ) – by as while when where
    including during since until after before through over""".split()
)
_CLAUSE = frozenset("that which who and but while when where noting as if because whereas".split())
_VERBS = frozenset("has is was does needs seeks aims includes supports provides remains helps takes makes".split())


@Language.factory("communique_figures", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Figures:
    """The factory of `communique_figures`."""
    return Figures(nlp, rules)
