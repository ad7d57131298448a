"""Scores broken down: by text, by rule, by value."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from communique.evaluation.judgement import Comparison
from communique.evaluation.rows import KINDS, Count

BY = ("text", "rule", "value")
NO_RULE = "(no rule)"
Key = tuple[str, ...]


class Breakdown:
    """The counts of the seven kinds' `record` column, apart for each text, rule or value.

    By rule only what was predicted is counted, since what was missed was found by none; by value a wrong value counts
    as missed where it should be and as predicted where it is.
    """

    def __init__(self, by: str) -> None:
        self.by = by
        self.counts: defaultdict[Key, Count] = defaultdict(Count)

    def add(self, comparison: Comparison) -> None:
        """Count one text."""
        for judgement in comparison.judgements:
            if judgement.row not in KINDS:
                continue
            gold, predicted = judgement.gold, judgement.predicted
            if self.by == "text":
                self.counts[comparison.id, judgement.row].add(judgement.right, gold is not None, predicted is not None)
            elif self.by == "rule":
                if predicted:
                    self.counts[judgement.row, predicted.rule or NO_RULE].add(judgement.right, judgement.right, 1)
            elif gold and predicted and gold.group == predicted.group:
                self.counts[judgement.row, gold.group].add(judgement.right, 1, 1)
            else:
                for item, sides in ((gold, (1, 0)), (predicted, (0, 1))):
                    if item:
                        # Right although the class differs ("person", "people"): right where it should be.
                        self.counts[judgement.row, item.group].add(judgement.right and item is gold, *sides)

    def head(self) -> tuple[str, ...]:
        """The names of the columns; all but the first two are numbers."""
        if self.by == "rule":
            return ("kind", "rule", "right", "wrong", "precision")
        first = ("text", "kind") if self.by == "text" else ("kind", "value")
        return (*first, "gold", "predicted", "right", "precision", "recall", "F1")

    def rows(self) -> list[tuple[str, ...]]:
        """A row for each: texts in gold's order, rules with most errors first, values by how often gold has them."""
        return [self._row(key, count) for key, count in sorted(self.counts.items(), key=self._order)]

    def _order(self, entry: tuple[Key, Count]) -> tuple[Any, ...]:
        key, count = entry
        if self.by == "text":
            return (0,)
        kind = KINDS.index(key[0])
        if self.by == "rule":
            return count.right - count.predicted, -count.predicted, kind, key
        return kind, -count.gold, -count.predicted, key

    def _row(self, key: Key, count: Count) -> tuple[str, ...]:
        if self.by == "rule":
            return (*key, str(count.right), str(count.predicted - count.right), f"{count.precision:.2f}")
        scores = count.precision, count.recall, count.f1
        return (*key, str(count.gold), str(count.predicted), str(count.right), *(f"{score:.2f}" for score in scores))

    def to_list(self) -> list[dict[str, object]]:
        """The rows as plain data."""
        names = ("text", "kind") if self.by == "text" else ("kind", self.by)
        return [
            {
                **dict(zip(names, key, strict=True)),
                "right": count.right,
                **({} if self.by == "rule" else {"gold": count.gold}),
                "predicted": count.predicted,
                "p": count.precision,
                **({} if self.by == "rule" else {"r": count.recall, "f1": count.f1}),
            }
            for key, count in sorted(self.counts.items(), key=self._order)
        ]
