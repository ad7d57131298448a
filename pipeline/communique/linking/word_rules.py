"""The rule file of words that matter when names of several texts are compared."""

from __future__ import annotations

from typing import Literal

from communique.rules import Rule, rule_file


@rule_file("link_words")
class LinkWordRule(Rule):
    """Words by what they do in a name.

    `owned`: bodies that each state or union has one of, whose name alone says nothing; `same`: ways to write one word,
    the first of them standing for all.
    """

    role: Literal["owned", "same"]
    words: tuple[str, ...]
