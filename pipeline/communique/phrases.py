"""The phrases of all rules of a pipeline, found together: one pass of spaCy's PhraseMatcher for each way to spell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Literal
from weakref import WeakKeyDictionary, finalize

from spacy.language import Language
from spacy.matcher import PhraseMatcher

from communique.tokenizer import spares_words
from communique.tokens import Tokens, words_in, words_of

Words = tuple[str, ...]
Spelling = Literal["ORTH", "LOWER"]
"""Whether a phrase is found as it is written, or whatever the case; the names are those of spaCy's attributes."""


class _Chunks(dict[str, Words]):
    """The words of a string without white space, found by a tokenizer once."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._spared = spares_words(tokenizer)

    def __missing__(self, chunk: str) -> Words:
        whole = self._spared and chunk.isascii() and chunk.isalpha() and chunk not in self._tokenizer.rules
        words = self[chunk] = words_in(chunk) if whole else words_of(self._tokenizer(chunk))
        return words


class Phrases:
    """Finds phrases for several owners, each of which is told of its own alone."""

    def __init__(self, nlp: Language) -> None:
        self.tokenizer = nlp.tokenizer
        self._strings = nlp.vocab.strings
        self._chunks = _Chunks(nlp.tokenizer)
        self._matchers = {s: PhraseMatcher(nlp.vocab, attr=s) for s in ("ORTH", "LOWER")}
        self._owners = self._changes = 0

    def register(self, owner: object) -> str:
        """A key for an owner, whose phrases are forgotten with it."""
        self._owners += 1
        key = f"owner {self._owners}"
        finalize(owner, self._forget, key).atexit = False
        return key

    def words(self, phrase: str) -> Words:
        """A phrase as words, parted as texts are."""
        return tuple(chain.from_iterable(map(self._chunks.__getitem__, phrase.split())))

    def add(self, key: str, phrases: Iterable[Words], spelling: Spelling) -> None:
        """Add phrases for an owner; under `LOWER` they are in lower case."""
        # what the matcher makes of a Doc of the words; it takes as well, and no Doc has to be made
        ids: list[Any] = [[*map(self._strings.add, words)] for words in phrases]
        self._matchers[spelling].add(key, ids)
        self._changes += 1

    def _forget(self, key: str) -> None:
        for matcher in self._matchers.values():
            if key in matcher:
                matcher.remove(key)
        self._changes += 1

    def spans(self, tokens: Tokens, key: str, spelling: Spelling) -> Sequence[tuple[int, int]]:
        """Where an owner's phrases stand in a text, overlapping ones too, as (start, end)."""
        state = (self, self._changes)
        if tokens.phrases is None or tokens.phrases[0] != state:
            tokens.phrases = state, {s: _search(matcher, tokens) for s, matcher in self._matchers.items()}
        found: Sequence[tuple[int, int]] = tokens.phrases[1][spelling].get(self._strings[key], ())
        return found


def _search(matcher: PhraseMatcher, tokens: Tokens) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, start, end in matcher(tokens.doc):
        found[key].append((start, end))
    return found


_OF_PIPELINE: WeakKeyDictionary[Language, Phrases] = WeakKeyDictionary()


def phrases_of(nlp: Language) -> Phrases:
    """The phrases of a pipeline."""
    phrases = _OF_PIPELINE.get(nlp)
    if phrases is None or phrases.tokenizer is not nlp.tokenizer:
        phrases = _OF_PIPELINE[nlp] = Phrases(nlp)
    return phrases
