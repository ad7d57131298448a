"""What spaCy works out for every new word, without the work where plain letters tell the answer.

A vocabulary asks some twenty functions about each word it has not seen. For words of ASCII letters, most of a text,
their answers follow from the letters alone; for others spaCy's functions are asked. The values are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.attrs import IS_ASCII, IS_CURRENCY, IS_PUNCT, LIKE_EMAIL, LIKE_NUM, LIKE_URL, SHAPE
from spacy.lang.en.lex_attrs import _num_words, _ordinal_words
from spacy.vocab import Vocab

_RUN = 4
"""The most letters of one case that spaCy's shape of a word shows in a row."""
_LONG = 100
"""Characters from which its shape is "LONG"."""
_NUMBERS = frozenset([*_num_words, *_ordinal_words])


def quicken(vocab: Vocab) -> None:
    """Put quicker functions before those of a vocabulary."""
    getters: dict[Any, Callable[[str], Any]] = getattr(vocab, "lex_attr_getters", {})
    answers: dict[Any, Callable[[str], Any]] = {
        SHAPE: _shape,
        LIKE_NUM: lambda word: word.lower() in _NUMBERS,
        IS_ASCII: lambda word: True,
        LIKE_URL: lambda word: False,
        LIKE_EMAIL: lambda word: False,
        IS_PUNCT: lambda word: False,
        IS_CURRENCY: lambda word: False,
    }
    for attribute, answer in answers.items():
        if attribute in getters:
            getters[attribute] = _first(answer, getters[attribute])


def _first(answer: Callable[[str], Any], other: Callable[[str], Any]) -> Callable[[str], Any]:
    def ask(word: str) -> Any:
        return answer(word) if word.isascii() and word.isalpha() and len(word) < _LONG else other(word)

    return ask


def _shape(word: str) -> str:
    """The shape of a word of letters: "Kenya" → "Xxxxx"."""
    if word.islower():
        return "x" * min(len(word), _RUN)
    if word[1:].islower() or len(word) == 1:
        return "X" + "x" * min(len(word) - 1, _RUN)
    shape, last, run = [], "", 0
    for letter in word:
        case = "X" if letter.isupper() else "x"
        run = run + 1 if case == last else 1
        last = case
        if run <= _RUN:
            shape.append(case)
    return "".join(shape)
