"""What the years in a document's name say: the period it is in force for, or the date it was signed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_YEARS = re.compile(r"\d{4}/\d{4}")
_YEAR = re.compile(r"\d{4}")
_AIMS = frozenset(
    {"Agenda", "Strategy", "Vision", "Plan", "Programme", "Program", "Goals", "Roadmap", "Budget", "budget"}
)
"""Kinds of documents of which a year before the name is one to be reached or covered, not that of signing."""
Dated = tuple[int, str | None]
"""Where in the name a date begins, by word, and its EDTF value."""


def period_of(words: Sequence[str], dates: Sequence[Dated]) -> str | None:
    """The period: "for 2025–2027" → `2025/2027`, "until 2030" → `../2030`, "in 2022" → `2022`. Words in lower case."""
    for at, value in dates:
        if not value:
            continue
        before = words[at - 1] if at else ""
        if _YEARS.fullmatch(value):
            return value
        if _YEAR.fullmatch(value):
            if before in ("until", "till", "to", "through", "by"):
                return f"../{value}"
            if before in ("for", "in") and at == len(words) - 1:
                return value
    return _bare_span(words)


def _bare_span(words: Sequence[str]) -> str | None:
    """The years of a name that has them behind its kind word: "Strategy 2021-2030"."""
    for first, dash, last in zip(words, words[1:], words[2:], strict=False):
        if dash in ("-", "–") and _YEAR.fullmatch(first) and _YEAR.fullmatch(last) and first < last:
            return f"{first}/{last}"
    return None


def year_of_name(words: Sequence[str], dates: Sequence[Dated]) -> str | None:
    """The date a name tells: "of 5 December 1994", "1971 Treaty", "No. 4 of 2025"."""
    for at, value in dates:
        if not value or "/" in value or value.startswith("P"):
            continue
        if at == 0 and _YEAR.fullmatch(value) and len(words) > 1 and words[1] not in _AIMS:
            return value
        if at == 0 and len(value) == 10:
            return value  # "23 October 2030 ceasefire agreement"
        if at and words[at - 1] in ("of", "dated"):
            return value
    if len(words) > 1 and re.fullmatch(r"1[89]\d\d|20[0-2]\d", words[0]) and not _AIMS & set(words):
        return words[0]  # "1982 Convention on the Law of the Lake"
    if words[-1] == ")" and words[-3:-2] == ["("] and _YEAR.fullmatch(words[-2]):
        return words[-2]  # "resolution 2254 (2015)"
    return None
