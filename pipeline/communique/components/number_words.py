"""Numbers read from a text's words, for dates and figures alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from communique.rules import Rule, rule_file
from communique.tokens import DIGIT, LOWER, POINTED, Tokens
from communique.values.numbers import parse_digits, parse_fraction, parse_words

_LONGEST_ABBREVIATION = 3
_RATES = frozenset({"pct", "percent", "per", "percentage", "%", "pc"})
"""Words behind a fraction that make it a rate, no date or number of a house."""


@rule_file("number_words")
class NumberWordRule(Rule):
    """A number in words, or a scale word or abbreviation.

    A `letter` is a scale only where it is glued to a number with a currency ("$5m").
    """

    role: Literal["unit", "ten", "scale", "letter"]
    value: int
    words: tuple[str, ...]


class Amount(NamedTuple):
    """A number at words `start` to `end`; `scale` is what its scale words multiply ("million"), else 1."""

    value: Decimal
    start: int
    end: int
    scale: int
    spelled: bool


class Numbers:
    """Reads numbers in digits and words."""

    def __init__(self, rules: tuple[NumberWordRule, ...]) -> None:
        of = {role: {w: r.value for r in rules if r.role == role for w in r.words} for role in ("scale", "letter")}
        self.scales, self.letters = of["scale"], of["letter"]
        self.small = {w: r.value for r in rules if r.role in ("unit", "ten") for w in r.words}

    def starts(self, tokens: Tokens) -> list[int]:
        """The words at which a number can start, besides digits: number words, and scales for "a million"."""
        small, scales = self.small, self.scales
        return [i for i, low in enumerate(tokens.lower) if low in small or low in scales]

    def read(self, tokens: Tokens, i: int, money: bool = False) -> Amount | None:
        """The number that starts at word `i` (or at the "a" before it: "a million"), with its scale."""
        if tokens.flags[i] & DIGIT:
            return self._in_digits(tokens, i, money)
        if tokens.lower[i] in self.small:
            return self._in_words(tokens, i)
        if (
            tokens.lower[i] in self.scales
            and i
            and tokens.lower[i - 1] == "a"
            and tokens.lower[max(0, i - 2)] != "half"
        ):
            return self._scaled(tokens, Decimal(1), i - 1, i, True)
        return None

    def _in_digits(self, tokens: Tokens, i: int, money: bool) -> Amount | None:
        text, k = tokens.words[i], i + 1
        if (quoted := self._rate(tokens, i)) is not None:
            return quoted
        if len(text) < 4 and text.isdecimal():  # thousands parted by blanks: "1 200 000"
            while k < len(tokens) and self._is_group(tokens, k):
                text, k = text + tokens.words[k], k + 1
        value = parse_digits(text)
        if value is None:
            factor = self.letters.get(text[-1].lower(), 1) if money else 1  # "$20k"
            value = parse_digits(text[:-1]) if factor > 1 else None
            return Amount(value * factor, i, k, factor, False) if value is not None else None
        amount = self._scaled(tokens, value, i, k, False)
        if amount.scale == 1 and money and k < len(tokens) and tokens.start[k] - tokens.end[k - 1] < 2:
            factor = self.letters.get(tokens.lower[k].rstrip("."), 1)
            if factor > 1:
                return Amount(value * factor, i, k + 1 + self._is_point_of_abbreviation(tokens, k + 1), factor, False)
        return amount

    @staticmethod
    def _rate(tokens: Tokens, i: int) -> Amount | None:
        """A rate with a fraction: "7/8 pct", "1-1/4 percent"."""
        words, whole, k = tokens.words, Decimal(0), i
        if words[i].isdecimal() and words[i + 1 : i + 2] == ["-"] and i + 2 < len(words):
            whole, k = Decimal(words[i]), i + 2
        part = parse_fraction(words[k])
        if part is None or tokens.lower[k + 1 : k + 2] == [] or tokens.lower[k + 1] not in _RATES:
            return None
        return Amount(whole + part, i, k + 1, 1, False)

    @staticmethod
    def _is_group(tokens: Tokens, k: int) -> bool:
        word = tokens.words[k]
        return len(word) == 3 and word.isdecimal() and not tokens.gap[k] and tokens.start[k] == tokens.end[k - 1] + 1

    def _in_words(self, tokens: Tokens, i: int) -> Amount:
        lower, size = tokens.lower, len(tokens)
        values = [self.small[lower[i]]]
        k = i + 1
        while k < size:
            j = k + 1 if lower[k] == "-" or (lower[k] == "and" and values[-1] >= 100) else k
            value = self.small.get(lower[j]) if j < size else None
            if value is None and j < size and self.scales.get(lower[j], 0) >= 100:
                value = self.scales[lower[j]]
            if value is None or parse_words([*values, value]) is None:
                break
            values.append(value)
            k = j + 1
        scale = 1
        while len(values) > 1 and values[-1] >= 100:
            scale *= values.pop()
        amount = self._scaled(tokens, Decimal((parse_words(values) or 0) * scale), i, k, True)
        return amount._replace(scale=amount.scale * scale)

    @staticmethod
    def _is_point_of_abbreviation(tokens: Tokens, k: int) -> bool:
        """Whether word `k` is the point of "mln." inside a sentence, a unit or "U.S." behind it."""
        if k + 1 >= len(tokens) or tokens.words[k] != "." or len(tokens.words[k - 1]) > _LONGEST_ABBREVIATION:
            return False
        glued = tokens.start[k] == tokens.end[k - 1]
        return glued and bool(tokens.flags[k + 1] & (LOWER | POINTED))

    def _scaled(self, tokens: Tokens, value: Decimal, start: int, k: int, spelled: bool) -> Amount:
        """Takes in "and a half" and the scale words behind a number."""
        lower, size = tokens.lower, len(tokens)
        for half in (("and", "a", "half"), ("-", "and", "-", "a", "-", "half")):
            if tuple(lower[k : k + len(half)]) == half:
                value, k = value + Decimal("0.5"), k + len(half)
        scale = 1
        while k < size:
            j = k + 1 if lower[k] == "-" and k + 1 < size else k
            factor = self.scales.get(lower[j])
            if factor is None or (j > k and factor < 1000):
                break
            scale, k = scale * factor, j + 1
            if self._is_point_of_abbreviation(tokens, k):
                k += 1
        return Amount(value * scale, start, k, scale, spelled)
