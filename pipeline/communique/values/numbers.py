"""Numbers as they are printed, in digits or words."""

from __future__ import annotations

import re
from decimal import Decimal

_GROUPED = re.compile(r"\d{1,3}(?:[, \u00a0\u202f']\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_COMMA = re.compile(r"\d+,\d{1,2}")

Number = int | float


def parse_digits(text: str) -> Decimal | None:
    """The value of a number in digits: "2.4", "143,000", "1 200", "3,5"; None for what is no number.

    A comma before one or two last digits is a decimal comma, before groups of three it parts thousands.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[, \u00a0\u202f']", "", text))
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def plain_number(value: Decimal) -> Number:
    """An int where the value is whole, else a float: what JSON shows."""
    return int(value) if value == value.to_integral_value() else float(value)
