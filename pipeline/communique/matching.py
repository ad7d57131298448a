"""Phrases of the rule files found in a text by spaCy's PhraseMatcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from communique.tokens import Tokens, tokens_of

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


class Gazetteer(Generic[V]):
    """Phrases, each with a value; `case` says which spellings match.

    `exact` only as written; `name` as written or in capitals (headlines); `any` whatever the case.
    """

    def __init__(self, nlp: Language) -> None:
        self._strings = nlp.vocab.strings
        self._tokenize: Callable[[str], Doc] = nlp.make_doc
        self._written = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._values: dict[int, V] = {}

    def add(self, value: V, phrases: Iterable[str], case: str = "name") -> None:
        """Add phrases for a value; raises ValueError for an unknown `case`."""
        if case not in ("exact", "name", "any"):
            raise ValueError(f"case is exact, name or any, not {case!r}")
        docs = [self._words(p) for p in phrases]
        if case == "name":
            docs += [self._words(p.upper()) for p in phrases if p.upper() != p]
        if not docs:
            return
        matcher = self._folded if case == "any" else self._written
        name = f"{case == 'any'}:{len(self._values)}"
        matcher.add(name, docs)
        self._values[self._strings[name]] = value

    def _words(self, phrase: str) -> Doc:
        return tokens_of(self._tokenize(phrase)).doc

    def __call__(self, tokens: Tokens) -> list[Hit[V]]:
        """All matches, overlapping ones too, by start, the longest first."""
        values = self._values
        hits = [Hit(s, e, values[k]) for k, s, e in self._written(tokens.doc)]
        hits += [Hit(s, e, values[k]) for k, s, e in self._folded(tokens.doc)]
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
