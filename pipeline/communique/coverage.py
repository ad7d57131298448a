"""Which rules do anything: the rules run again over the texts of records, and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from communique.batch import Item
from communique.records import Record
from communique.rules import REGISTRY, Rule, load_models, read
from communique.tracing import Outcome

CODE = "(code)"
"""Where rules stand that no file holds: constructions that a component reads."""
STATES = ("used", "helps", "only loses", "never")
PHRASED = frozenset(
    {
        "actors", "cities", "currencies", "document_kinds", "documents", "honorifics", "meetings", "modifiers",
        "offices", "organization_heads", "organizations", "patterns", "state_prefixes", "states", "units", "verbs",
    }
)  # fmt: skip
"""Files whose rules are matched by phrase, so that every match is seen; of the others the words are counted."""
_WORD = re.compile(r"\w+")


@dataclass
class Use:
    """How often a rule matched and what became of it."""

    file: str
    found: int = 0
    lost: int = 0
    other: int = 0
    words: int = 0
    """How often a text has words of the rule: all there is to know of lists that are not matched by phrase."""
    winners: Counter[str] = field(default_factory=Counter)

    @property
    def hits(self) -> int:
        """How often it matched."""
        return self.found + self.lost + self.other

    @property
    def state(self) -> str:
        """One of `used` (makes mentions), `helps`, `only loses` and `never`."""
        if self.found:
            return "used"
        if self.lost and not self.other:
            return "only loses"
        return "helps" if self.hits or self.words else "never"

    def to_dict(self) -> dict[str, object]:
        """The use as plain data."""
        numbers = {"hits": self.hits, "found": self.found, "lost": self.lost, "words": self.words}
        return {"file": self.file, "state": self.state, **numbers, "winners": dict(self.winners)}


class Coverage:
    """The use of every rule over some texts."""

    def __init__(self, folders: Sequence[Path]) -> None:
        load_models()
        self.texts = 0
        self.uses: dict[str, Use] = {}
        self._phrases: dict[str, list[str]] = {}
        for name, model in sorted(REGISTRY.items()):
            for rule in read(model, folders):
                self.uses[rule.id] = Use(name)
                for phrase in () if name in PHRASED else _phrases(rule):
                    self._phrases.setdefault(phrase[0], []).append(" ".join(phrase[1:]) + "\0" + rule.id)

    def add(self, record: Record, outcomes: Iterable[Outcome]) -> None:
        """Count one text."""
        self.texts += 1
        for outcome in outcomes:
            use = self.uses.setdefault(outcome.match.rule, Use(CODE))
            if outcome.won:
                use.found += 1
            elif outcome.winner:
                use.lost += 1
                use.winners[outcome.winner.rule] += 1
            else:
                use.other += 1
        self._count_words(record.text)

    def _count_words(self, text: str) -> None:
        words = _WORD.findall(text.lower())
        for i, word in enumerate(words):
            for entry in self._phrases.get(word, ()):
                rest, _, id_ = entry.partition("\0")
                more = rest.split()
                if words[i + 1 : i + 1 + len(more)] == more:
                    self.uses[id_].words += 1

    def rows(self, state: str | None = None) -> list[tuple[str, Use]]:
        """Rules with their use, by how often they match; only those of a state if one is given."""
        some = [(id_, use) for id_, use in self.uses.items() if state is None or use.state == state]
        return sorted(some, key=lambda row: (-row[1].hits, -row[1].words, row[1].file, row[0]))

    def summary(self) -> list[tuple[str, ...]]:
        """How many rules of each file are in each state: file, rules, then a column for each state."""
        files: dict[str, Counter[str]] = {}
        for use in self.uses.values():
            files.setdefault(use.file, Counter())[use.state] += 1
        return [
            (name, str(counter.total()), *(str(counter[state]) for state in STATES))
            for name, counter in sorted(files.items())
        ]


def _phrases(rule: Rule) -> set[tuple[str, ...]]:
    found = (tuple(_WORD.findall(phrase.lower())) for phrase in rule.phrases())
    return {phrase for phrase in found if phrase}


def item_of(record: Record) -> Item:
    """A record's text and what is known about it, to read it again."""
    return record.text, {"id": record.id, **dict(record.source)}


def items_of(records: Mapping[str, Record]) -> Iterable[Item]:
    """The texts of some records."""
    return (item_of(records[id_]) for id_ in records)
