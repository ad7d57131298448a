"""Phrases of the rule files found in a text by spaCy's PhraseMatcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

from spacy.language import Language

from communique.phrases import Spelling, Words, phrases_of
from communique.tokens import Tokens

V = TypeVar("V")


class Hit(NamedTuple, Generic[V]):
    """A phrase found at words `start` to `end`, with the value it was added under."""

    start: int
    end: int
    value: V


Watcher = Callable[[Tokens, Sequence[Any]], None]
"""Called with the words of a text and with what was found in them: hits, or mentions before overlaps are settled."""
_watchers: list[Watcher] = []


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let a function see every hit while texts are read in this process; otherwise nothing is kept."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)


def show(tokens: Tokens, found: Sequence[Any]) -> None:
    """Show what was found to whoever watches."""
    for watcher in _watchers:
        watcher(tokens, found)


_Values = dict[Words, tuple[V, ...]]


class Gazetteer(Generic[V]):
    """Phrases, each with a value; `case` says which spellings match.

    `exact` only as written; `name` as written or in capitals (headlines); `any` whatever the case.
    """

    def __init__(self, nlp: Language) -> None:
        self._phrases = phrases_of(nlp)
        self._key = self._phrases.register(self)
        self._written: _Values[V] = {}
        self._folded: _Values[V] = {}

    def add(self, value: V, phrases: Iterable[str], case: str = "name") -> None:
        """Add phrases for a value; raises ValueError for an unknown `case`."""
        if case not in ("exact", "name", "any"):
            raise ValueError(f"case is exact, name or any, not {case!r}")
        words = [self._phrases.words(p) for p in phrases]
        if case == "name":
            words += [self._phrases.words(p.upper()) for p in phrases if p.upper() != p]
        if case == "any":
            self._add(self._folded, "LOWER", value, [tuple(map(str.lower, w)) for w in words])
        else:
            self._add(self._written, "ORTH", value, words)

    def _add(self, values: _Values[V], spelling: Spelling, value: V, phrases: Iterable[Words]) -> None:
        new: list[Words] = []
        for phrase in dict.fromkeys(filter(None, phrases)):
            if phrase not in values:
                new.append(phrase)
            values[phrase] = (*values.get(phrase, ()), value)
        if new:
            self._phrases.add(self._key, new, spelling)

    def __call__(self, tokens: Tokens) -> list[Hit[V]]:
        """All matches, overlapping ones too, by start, the longest first, of one phrase in the order of the rules."""
        hits = [
            Hit(start, end, value)
            for spelling, words, values in _spellings(tokens, self._written, self._folded)
            for start, end in self._phrases.spans(tokens, self._key, spelling)
            for value in values[tuple(words[start:end])]
        ]
        hits.sort(key=lambda h: (h.start, -h.end))
        if _watchers:
            show(tokens, hits)
        return hits

    def longest_at(self, tokens: Tokens) -> dict[int, tuple[int, tuple[V, ...]]]:
        """The longest match at each word where one starts: its end, and all values in the order of the rules."""
        if _watchers:
            self(tokens)
        found: dict[int, tuple[int, tuple[V, ...]]] = {}
        for spelling, words, values in _spellings(tokens, self._written, self._folded):
            for start, end in self._phrases.spans(tokens, self._key, spelling):
                before = found.get(start, (0, ()))
                if end >= before[0]:
                    here = values[tuple(words[start:end])]
                    found[start] = end, here if end > before[0] else before[1] + here
        return found


def _spellings(
    tokens: Tokens, written: _Values[V], folded: _Values[V]
) -> Iterator[tuple[Spelling, list[str], _Values[V]]]:
    yield "ORTH", tokens.words, written
    yield "LOWER", tokens.lower, folded


def longest(hits: Iterable[Hit[V]]) -> list[Hit[V]]:
    """The hits that remain when of overlapping ones the longest wins, then the first."""
    chosen: list[Hit[V]] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        span = range(hit.start, hit.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(hit)
    chosen.sort(key=lambda h: h.start)
    return chosen
