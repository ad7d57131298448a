"""Phrases of the rule files found in a text by spaCy's PhraseMatcher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from communique.tokenizer import leaves_whole
from communique.tokens import Tokens, words_in, words_of

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


class _Chunks(dict[str, tuple[str, ...]]):
    """The words of a string without white space, found by a tokenizer once for all phrases."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self.tokenizer = tokenizer

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        whole = leaves_whole(self.tokenizer, chunk)
        words = self[chunk] = words_in(chunk) if whole else words_of(self.tokenizer(chunk))
        return words


_CHUNKS: WeakKeyDictionary[Language, _Chunks] = WeakKeyDictionary()


def _chunks(nlp: Language) -> _Chunks:
    chunks = _CHUNKS.get(nlp)
    if chunks is None or chunks.tokenizer is not nlp.tokenizer:
        chunks = _CHUNKS[nlp] = _Chunks(nlp.tokenizer)
    return chunks


_PHRASE = "phrase"
"""The key of all phrases of a matcher; what a phrase stands for is told by its words."""
_Values = dict[tuple[str, ...], list[V]]


class Gazetteer(Generic[V]):
    """Phrases, each with a value; `case` says which spellings match.

    `exact` only as written; `name` as written or in capitals (headlines); `any` whatever the case.
    """

    def __init__(self, nlp: Language) -> None:
        self._strings = nlp.vocab.strings
        self._chunks = _chunks(nlp)
        self._written = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._written_values: _Values[V] = {}
        self._folded_values: _Values[V] = {}

    def add(self, value: V, phrases: Iterable[str], case: str = "name") -> None:
        """Add phrases for a value; raises ValueError for an unknown `case`."""
        if case not in ("exact", "name", "any"):
            raise ValueError(f"case is exact, name or any, not {case!r}")
        words = [self._words(p) for p in phrases]
        if case == "name":
            words += [self._words(p.upper()) for p in phrases if p.upper() != p]
        if case == "any":
            self._add(self._folded, self._folded_values, value, [tuple(map(str.lower, w)) for w in words])
        else:
            self._add(self._written, self._written_values, value, words)

    def _words(self, phrase: str) -> tuple[str, ...]:
        return tuple(word for chunk in phrase.split() for word in self._chunks[chunk])

    def _add(self, matcher: PhraseMatcher, values: _Values[V], value: V, phrases: Iterable[tuple[str, ...]]) -> None:
        for phrase in dict.fromkeys(filter(None, phrases)):
            known = values.setdefault(phrase, [])
            if not known:
                # what the matcher makes of a Doc of these words; it takes as well, and no Doc has to be made
                ids: Any = [*map(self._strings.add, phrase)]
                matcher.add(_PHRASE, [ids])
            known.append(value)

    def __call__(self, tokens: Tokens) -> list[Hit[V]]:
        """All matches, overlapping ones too, by start, the longest first, of one phrase in the order of the rules."""
        hits: list[Hit[V]] = []
        for matcher, values, words in (
            (self._written, self._written_values, tokens.words),
            (self._folded, self._folded_values, tokens.lower),
        ):
            if values:
                hits += [Hit(s, e, v) for _, s, e in matcher(tokens.doc) for v in values[tuple(words[s:e])]]
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
