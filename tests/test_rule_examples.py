"""Every example of every rule, run through the pipeline: the words in brackets are found, and as what the rule says.

Those of dates and figures are run with their values, in the tests of these. Rules of single words that only help
others (function words, stops) are tested for having the bracketed words among theirs; what they do is tested where
they are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from spacy.language import Language

from communique import language, rules
from communique.components.assemble import RECORD
from communique.rules import Rule
from communique.tokens import Tokens, tokens_of

rules.load_models()
BRACKETED = re.compile(r"\[([^\]]+)\]")
Row = dict[str, Any]


@cache
def pipeline() -> Language:
    return language.load()


def read(example: str) -> tuple[Row, Tokens]:
    """The record and the words of an example as a sentence of its own."""
    text = example.replace("[", "").replace("]", "")
    text = text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else " today.")
    [(doc, _)] = pipeline().pipe([(text, {"published": "2031-05-17"})], as_tuples=True)
    return doc.user_data[RECORD], tokens_of(doc)


def mentions(kind: str) -> Callable[[Rule, str, str], bool]:
    """Whether the bracketed words are a mention that this rule found."""

    def found(rule: Rule, example: str, words: str) -> bool:
        row, _ = read(example)
        rows = [m for entry in row[kind] for m in entry["mentions"]]
        return any(m["text"].lower() == words.lower() and m["rule"] == rule.id for m in rows)

    return found


def office(rule: Rule, example: str, words: str) -> bool:
    _, tokens = read(example)
    return any(words.lower() in tokens.raw(o.start, o.end).lower() for o in tokens.offices)


def verb(rule: Any, example: str, words: str) -> bool:
    row, _ = read(example)
    hits = [d for d in row["decisions"] if d["trigger"]["text"].lower() == words.lower()]
    if rule.role in ("position", "stative"):
        return not hits
    own = rule.role in ("act", "action")  # other verbs frame an act of their own object's
    return any(d["act"] == rule.act or not own for d in hits)


def place(rule: Rule, example: str, words: str) -> bool:
    row, _ = read(f"The ministers met in {words} on 3 May 2031")
    return bool(words == (row["meeting"] or {}).get("place"))


def no_state(rule: Rule, example: str, words: str) -> bool:
    row, _ = read(f"They spoke of the {words} at length")
    return not row["states"]


def person(rule: Rule, example: str, words: str) -> bool:
    row, _ = read(example)
    return any(words.split("-")[0] in p["name"] for p in row["people"])


VALUES = {"calendar", "currencies", "date_contexts", "figure_contexts", "fixed_terms", "irregular_plurals", "modifiers",
          "number_words", "units"}  # fmt: skip
NAMES = sorted(set(rules.REGISTRY) - VALUES)


def pattern(rule: Any, example: str, words: str) -> bool:
    return mentions("organizations" if rule.label == "ORG" else "documents")(rule, example, words)


FOUND: dict[str, Callable[[Any, str, str], bool]] = {
    "cities": place,
    "document_kinds": mentions("documents"),
    "documents": mentions("documents"),
    "given_names": person,
    "offices": office,
    "organization_heads": mentions("organizations"),
    "organizations": mentions("organizations"),
    "patterns": pattern,
    "regions": no_state,
    "state_prefixes": mentions("states"),
    "states": mentions("states"),
    "verbs": verb,
}


def listed(rule: Rule, example: str, words: str) -> bool:
    """Whether the bracketed words are among the rule's, and it matches nothing else that is bracketed."""
    return words.lower() in {phrase.lower() for phrase in rule.phrases()}


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str) -> None:
    holds = FOUND.get(name, listed)
    shipped = rules.read(rules.REGISTRY[name], (rules.shipped(),))
    cases = [(rule, example, words) for rule in shipped for example in rule.examples for words in marked(rule, example)]
    assert [f"{rule.id}: {example}" for rule, example, words in cases if not holds(rule, example, words)] == []


def marked(rule: Rule, example: str) -> list[str]:
    found = BRACKETED.findall(example)
    assert found, f"{rule.id}: {example!r} marks nothing"
    return found


@pytest.mark.parametrize("name", NAMES)
def test_counterexamples(name: str) -> None:
    holds = FOUND.get(name, listed)
    shipped = rules.read(rules.REGISTRY[name], (rules.shipped(),))
    cases = [
        (rule, line, words) for rule in shipped for line in rule.counterexamples for words in BRACKETED.findall(line)
    ]
    assert [f"{rule.id}: {line}" for rule, line, words in cases if holds(rule, line, words)] == []
