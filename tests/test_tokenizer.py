from __future__ import annotations

import pickle
import re
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer

from communique.tokenizer import blank, spares_words

nlp = blank()
tokenizer: Tokenizer = nlp.tokenizer


def plain(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def unguarded() -> Tokenizer:
    """The same tokenizer, with all exceptions of spaCy's, its expressions tried on every word."""
    return Tokenizer(
        English().vocab,
        rules=English.Defaults.tokenizer_exceptions,
        prefix_search=plain(tokenizer.prefix_search.__self__.pattern).search,
        suffix_search=plain(tokenizer.suffix_search.__self__.pattern).search,
        infix_finditer=plain(tokenizer.infix_finditer.__self__.pattern).finditer,
        url_match=plain(tokenizer.url_match.__self__.pattern).match,
    )


every_word = unguarded()
words = st.one_of(
    st.text(ascii_letters, min_size=1),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1),
    st.from_regex(r"[A-Za-z0-9$€.,:;'’\"()/*–-]{1,12}", fullmatch=True),
)


@given(st.lists(st.one_of(words, st.sampled_from(["\n", "\t", "  ", "\xa0", "U.S.", "can't"]))).map(" ".join))
def test_words_without_anything_to_part_are_not_tried(text: str) -> None:
    assert [(t.text, t.idx) for t in tokenizer(text)] == [(t.text, t.idx) for t in every_word(text)]


@given(st.text(ascii_letters, min_size=1))
def test_plain_words_stay_whole_but_for_exceptions(word: str) -> None:
    assert word in tokenizer.rules or [t.text for t in every_word(word)] == [word]


def test_it_is_known_to_spare_plain_words_and_others_are_not() -> None:
    assert spares_words(tokenizer)
    assert not spares_words(every_word)
    assert not spares_words(str.split)


@pytest.mark.parametrize(
    "text", ["see www.lakes.example, p. 4", "mail secretariat@lakes.example", "http://lakes.example/a"]
)
def test_addresses_stay_whole(text: str) -> None:
    assert [t.text for t in tokenizer(text)] == [t.text for t in every_word(text)]


def test_it_is_pickled_and_saved_as_spacy_saves_its_own() -> None:
    text = "Ts.Okello signed (on 5–7 May) the $5bn deal: www.lakes.example"
    expected = [t.text for t in tokenizer(text)]
    assert [t.text for t in pickle.loads(pickle.dumps(tokenizer))(text)] == expected
    assert [t.text for t in Tokenizer(English().vocab).from_bytes(tokenizer.to_bytes())(text)] == expected
