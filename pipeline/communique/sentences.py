"""The sentence around words of a text, to show: found by punctuation and line ends alone, for any text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"\n\s*\n|(?<=[^.\s][.!?;])[\"”’)]?\s+(?=[\"“‘(]?[A-Z0-9])|(?<=[^.\s][.!?][\"”’)])\s+(?=[A-Z])")
"""A paragraph's end, or the end of a sentence before a capital."""
_BREAK_OR_ITEM = re.compile(_BREAK.pattern + r"|\n(?=[ \t]*(?:[-–—•*·]|\(?[0-9a-z]{1,3}[.)])[ \t])")
"""The same, or the line before an item of a list."""
_SHORT = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|H\.E|U\.S|U\.N|No|Gen|Sen)[.]$")
"""Abbreviations before a capital, behind which no sentence ends."""
WIDTH = 160
"""How many characters before and behind the words are shown at most."""


def sentence(text: str, start: int, end: int, width: int = WIDTH) -> str:
    """The sentence with the words in `[brackets]`, white space folded, cut with `…` where it is long."""
    low, high = max(0, start - width), min(len(text), end + width)
    first, last = low, high
    for found in _BREAK.finditer(text, max(0, low - 80), high):
        if _SHORT.search(text, max(0, found.start() - 5), found.start()):
            continue
        if low <= found.end() <= start:
            first = found.end()
        if found.start() >= end:
            last = found.start()
            break
    before = _folded(text[first:start]).lstrip()
    after = _folded(text[end:last]).rstrip()
    cut = "…" if first == low > 0 else "", "…" if last == high < len(text) else ""
    return f"{cut[0]}{before}[{_folded(text[start:end])}]{after}{cut[1]}"


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand, in order, without the white space between them."""
    start = len(text) - len(text.lstrip())
    for found in _BREAK_OR_ITEM.finditer(text):
        if start < found.start() and not _SHORT.search(text, max(0, found.start() - 5), found.start()):
            yield start, found.start() + len(found[0].rstrip())  # with the mark that closes a quotation
            start = found.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
