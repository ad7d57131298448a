"""The quicker functions for new words answer as spaCy's do."""

from __future__ import annotations

import string

import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from communique.tokenizer import blank

QUICK, OWN = (getattr(nlp.vocab, "lex_attr_getters") for nlp in (blank(), spacy.blank("en")))  # noqa: B009
words = st.text(st.sampled_from(string.ascii_letters), min_size=1, max_size=12) | st.text(min_size=1, max_size=12)


@given(words)
@example("twenty")
@example("Third")
@example("OPEC")
@example("McDonaldSSSSSS")
@example("a" * 100)
@example("€")
@example("a@b.org")
def test_every_attribute_of_a_word(word: str) -> None:
    assert {a: f(word) for a, f in QUICK.items()} == {a: f(word) for a, f in OWN.items()}
