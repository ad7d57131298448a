"""Token patterns: forms that no list can hold, such as "3+3 format" or "A/RES/70/1", told in spaCy's own notation.

A `SpanRuler` fed from `patterns.jsonl` finds them; organizations and documents take what it found as names. The
notation is that of https://spacy.io/usage/rule-based-matching.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from pydantic import field_validator
from spacy.language import Language
from spacy.pipeline import SpanRuler

from communique.components.base import Component
from communique.records import DocumentType
from communique.rules import Rule, rule_file
from communique.tokens import Mention, Tokens

_SPANS = "patterns"
Label = Literal["ORG", "DOCUMENT"]


@rule_file("patterns")
class PatternRule(Rule):
    """A pattern of words for names of the kind `label`.

    `pattern` is a list of spaCy's token patterns, the last `context` of which are no part of the name. Begin it with
    a plain attribute (`TEXT`, `LOWER`, `IS_UPPER`, `SHAPE`): a regular expression there is tried on every word.
    `type` is the document's.
    """

    label: Label
    type: DocumentType | None = None
    pattern: tuple[dict[str, Any], ...]
    context: int = 0

    @field_validator("pattern")
    @classmethod
    def _not_empty(cls, value: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        if not value:
            raise ValueError("a pattern has at least one word")
        return value


class _Needed(NamedTuple):
    """Words that a text must have for a pattern to be found in it, and expressions that words of it must match."""

    words: frozenset[str]
    expressions: frozenset[re.Pattern[str]]

    @classmethod
    def of(cls, rule: PatternRule) -> _Needed:
        told = [word.get("TEXT") for word in rule.pattern if word.get("OP") not in ("?", "*", "!")]
        matched = [text["REGEX"] for text in told if isinstance(text, dict) and isinstance(text.get("REGEX"), str)]
        return cls(frozenset(t for t in told if isinstance(t, str)), frozenset(map(re.compile, matched)))

    def among(self, words: set[str]) -> bool:
        return self.words <= words and all(any(map(e.search, words)) for e in self.expressions)


class Patterns(Component):
    """Finds the names of a text that a pattern describes."""

    models = (PatternRule,)

    def build(self) -> None:
        rules = self.read(PatternRule)
        self._rules = {rule.id: rule for rule in rules}
        self._needed = {_Needed.of(rule) for rule in rules}
        self._ruler = SpanRuler(self.nlp, spans_key=_SPANS, validate=True)
        self._ruler.add_patterns([{"label": r.label, "pattern": list(r.pattern), "id": r.id} for r in rules])

    def find(self, tokens: Tokens) -> None:
        tokens.found["pattern"] = found = []
        words = set(tokens.words)
        if not any(needed.among(words) for needed in self._needed):
            return  # spaCy tries every pattern on every word
        for span in self._ruler(tokens.doc).spans[_SPANS]:
            rule = self._rules[span.id_]
            found.append(Mention(span.start, span.end - rule.context, rule.id, rule.label, rule.type))


def named_by_pattern(tokens: Tokens, label: Label) -> list[Mention]:
    """What patterns of a label found: `key` is the label, `data` the document's type."""
    return [m for m in tokens.found.get("pattern", ()) if m.key == label]


@Language.factory("communique_patterns", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Patterns:
    """The factory of `communique_patterns`."""
    return Patterns(nlp, rules)
