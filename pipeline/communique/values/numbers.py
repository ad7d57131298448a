"""Numbers as they are printed, in digits or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

Number = int | float

_BLANKS = "\u00a0\u202f\u2009 "
_FORMS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    # a form, what parts its thousands, its decimal mark
    (re.compile(r"[0-9]+(?:\.[0-9]+)?"), "", "."),
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"), ",", "."),
    (re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"), ",", "."),  # 1,50,000
    (re.compile(rf"[0-9]{{1,3}}(?:[{_BLANKS}'][0-9]{{3}})+(?:[.,][0-9]+)?"), _BLANKS + "'", ".,"),
    (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}"), ".", ","),
    (re.compile(r"[0-9]+,[0-9]{1,2}"), "", ","),
)
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def parse_digits(text: str) -> Decimal | None:
    """The value of a number in digits: "2.4", "143,000", "1 200", "3,5", "1,50,000"; None for what is no number.

    A comma before one or two last digits is a decimal comma, before groups of three it parts thousands. A single
    point is a decimal point, two of them part thousands.
    """
    if text and text[-1] in _HALVES:
        whole = parse_digits(text[:-1]) if len(text) > 1 else Decimal(0)
        return whole + _HALVES[text[-1]] if whole is not None and whole == int(whole) else None
    for form, thousands, mark in _FORMS:
        if form.fullmatch(text):
            plain = text.translate({ord(c): None for c in thousands})
            return Decimal(plain.replace(",", ".") if "," in mark else plain)
    return None


_FRACTION = re.compile(r"([0-9]{1,2})/(2|4|8|16|32|64)")


def parse_fraction(text: str) -> Decimal | None:
    """The value of a proper fraction as interest rates are quoted: "7/8", "15/16"; None for what is none."""
    m = _FRACTION.fullmatch(text)
    if m is None or not 0 < int(m[1]) < int(m[2]):
        return None
    return Decimal(int(m[1])) / int(m[2])


def parse_words(values: Sequence[int]) -> int | None:
    """The value of a number in words, from the values of its words: 2, 100, 40 → 240; 3, 1000000, 5 → 3000005.

    None where the words make no number ("four five", "forty thirty").
    """
    total = current = 0
    ceiling = 0  # what the next small word must stay below
    for value in values:
        if value < 100:
            if ceiling and value >= ceiling:
                return None
            current += value
            ceiling = 10 if value >= 20 else 1
        elif value == 100:
            if current >= 100:
                return None
            current, ceiling = (current or 1) * 100, 100
        else:
            if total and value >= _last_scale(total):
                return None
            total, current, ceiling = total + (current or 1) * value, 0, 0
    return total + current if values else None


def _last_scale(total: int) -> int:
    """The lowest power of a thousand that a sum of scaled parts holds: 3000000 → 1000000."""
    scale = 1
    while total % (scale * 1000) == 0:
        scale *= 1000
    return scale


def plain_number(value: Decimal) -> Number:
    """An int where the value is whole, else a float: what JSON shows."""
    return int(value) if value == value.to_integral_value() else float(value)
