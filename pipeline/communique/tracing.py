"""What the rules matched in a text, and what became of each match.

A match is a phrase of a rule, or a mention that a component made, before overlaps are settled. It ends as a mention, as
a part of what another rule found, or as nothing, where the words around it don't let it stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from spacy.language import Language

from communique import language
from communique.batch import Item
from communique.matching import watched
from communique.records import Record
from communique.tokens import Tokens

KINDS = ("people", "states", "organizations", "documents", "dates", "figures", "decisions")


class Match(NamedTuple):
    """Words `start` to `end`, in characters, that a rule matched."""

    start: int
    end: int
    rule: str


class Outcome(NamedTuple):
    """A match, and what the record has there."""

    match: Match
    kind: str
    """The kind of the rule's own mention, empty if there is none."""
    winner: Match | None
    """What another rule found over the same words, if the rule itself found nothing."""
    winner_kind: str = ""

    @property
    def won(self) -> bool:
        """Whether the match became a mention."""
        return bool(self.kind)

    @property
    def why(self) -> str:
        """What became of it, in words."""
        if self.kind:
            return f"found: {self.kind}"
        if self.winner is None:
            return "no mention: the words around it don't make it one, or it only helps other rules"
        length, other = self.match.end - self.match.start, self.winner.end - self.winner.start
        if other > length:
            return f"lost to {self.winner.rule} ({self.winner_kind}), which is longer"
        if other == length:
            return f"lost to {self.winner.rule} ({self.winner_kind}), for the same words"
        return f"lost to {self.winner.rule} ({self.winner_kind}), which overlaps it"


def trace(nlp: Language, items: Iterable[Item]) -> Iterator[tuple[Record, list[Outcome]]]:
    """Read texts one by one: each record with what the rules matched, in the order of the text."""
    for item in items:
        seen: set[Match] = set()

        def watch(tokens: Tokens, found: Sequence[Any], seen: set[Match] = seen) -> None:
            seen.update(_matches(tokens, found))

        with watched(watch):
            [row] = language.documents(nlp, [item])
        record = Record.model_validate(row)
        yield record, outcomes(record, seen)


def _matches(tokens: Tokens, found: Sequence[Any]) -> Iterator[Match]:
    """Hits and mentions by their characters; those whose value names no rule are left out."""
    for hit in found:
        rule = rule_of(hit.value) if hasattr(hit, "value") else hit.rule
        if rule and hit.end > hit.start:
            yield Match(tokens.start[hit.start], tokens.end[hit.end - 1], rule)


def rule_of(value: Any) -> str:
    """The id of the rule that a phrase was added for, whatever the value it was added under."""
    if isinstance(value, str):
        return value if "." in value else ""
    if isinstance(value, tuple) and value and type(value) is tuple:
        return rule_of(value[0])
    rule = getattr(value, "rule", None) or getattr(value, "id", None)
    return rule if isinstance(rule, str) else ""


def outcomes(record: Record, matches: Iterable[Match]) -> list[Outcome]:
    """What became of each match; everything that the record has is a match too."""
    mentions = list(_mentions(record))
    own = {match for match, _ in mentions}
    return [_outcome(match, mentions) for match in _widest(own.union(matches))]


def _widest(matches: Iterable[Match]) -> list[Match]:
    """The matches without those that are a part of another one of the same rule: the word that a mention grew from."""
    ends: dict[str, int] = {}
    kept = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end, match.rule)):
        if match.end > ends.get(match.rule, -1):
            ends[match.rule] = match.end
            kept.append(match)
    return kept


def _outcome(match: Match, mentions: list[tuple[Match, str]]) -> Outcome:
    over = [(m, kind) for m, kind in mentions if m.start < match.end and match.start < m.end]
    for mention, kind in over:
        if mention.rule == match.rule:
            return Outcome(match, kind, None)
    if not over:
        return Outcome(match, "", None)
    winner, kind = max(over, key=lambda row: (row[0].end - row[0].start, -row[0].start))
    return Outcome(match, "", winner, kind)


def _mentions(record: Record) -> Iterator[tuple[Match, str]]:
    for kind in KINDS[:4]:
        for entry in getattr(record, kind):
            for m in entry.mentions:
                yield Match(m.start, m.end, m.rule or ""), kind
    for kind in ("dates", "figures"):
        for entry in getattr(record, kind):
            yield Match(entry.mention.start, entry.mention.end, entry.rule or ""), kind
    for act in record.decisions:
        yield Match(act.trigger.start, act.trigger.end, act.trigger.rule or ""), "decisions"
