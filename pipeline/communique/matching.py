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


_Values = dict[Words, list[V]]


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
            values.setdefault(phrase, []).append(value)
        if new:
            self._phrases.add(self._key, new, spelling)

    def __call__(self, tokens: Tokens) -> list[Hit[V]]:
        """All matches, overlapping ones too, by start, the longest first, of one phrase in the order of the rules."""
        spans, key = self._phrases.spans, self._key
        written, folded = self._written, self._folded
        words, lower = tokens.words, tokens.lower
        hits = [Hit(s, e, v) for s, e in spans(tokens, key, "ORTH") for v in written[tuple(words[s:e])]]
        hits += [Hit(s, e, v) for s, e in spans(tokens, key, "LOWER") for v in folded[tuple(lower[s:e])]]
        hits.sort(key=lambda h: (h.start, -h.end))
        if _watchers:
            show(tokens, hits)
        return hits


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
