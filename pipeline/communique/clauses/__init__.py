"""A sentence as units and verb groups: what the decisions are read from.

A unit is a word, or a whole mention (a treaty's title, a person's name), so that commas and "and" inside titles do not
cut clauses. Each unit has a tag of one letter (see `TAGS`). A verb group is a main verb with its auxiliaries, its
subject, and the group that governs it or with which it is coordinated. There is no tagger: a word is a verb by its
form and its neighbours.
"""

from __future__ import annotations

from communique.clauses.groups import group
from communique.clauses.subjects import find_subject, in_relative, names_holder
from communique.clauses.units import Found, Group, Lexicon, Noun, Sentence, Unit, VerbForm, units_of
from communique.tokens import Tokens

__all__ = ["Found", "Group", "Lexicon", "Noun", "Sentence", "Unit", "VerbForm", "in_relative", "names_holder", "read"]


def read(tokens: Tokens, start: int, end: int, lexicon: Lexicon, found: Found, headed: str = "") -> Sentence:
    """The units and groups of the words `start` to `end`.

    `headed` is "subject" where a line above gives the subject, so that the sentence may begin with its verb, "we" where
    that is its base form, and "infinitive" where that line stops at "to" or "will".
    """
    sentence = Sentence(units_of(tokens, start, end, lexicon, found), lower=tokens.lower)
    group(sentence, headed)
    for n in range(len(sentence.groups)):
        find_subject(sentence, n)
    return sentence
