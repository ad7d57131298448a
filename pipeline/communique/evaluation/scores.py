"""The counts of an evaluation: rows and columns, precision, recall and F1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from communique.evaluation.bootstrap import Intervals
from communique.evaluation.comparison import Comparison, compare_all
from communique.evaluation.rows import CELLS, KINDS, Count
from communique.records import Record


@dataclass
class Evaluation:
    """The counts of every row and column, and the ids of the texts for which nothing was predicted."""

    counts: defaultdict[tuple[str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    missing: list[str] = field(default_factory=list)
    texts: int = 0

    @property
    def mean(self) -> float:
        """Mean record F1 of the seven kinds."""
        return sum(self.counts[kind, "record"].f1 for kind in KINDS) / len(KINDS)

    def add(self, comparison: Comparison) -> None:
        """Count what one text's comparison found."""
        self.texts += 1
        if comparison.missing:
            self.missing.append(comparison.id)
        for key, count in comparison.counts.items():
            self.counts[key].add(count.right, count.gold, count.predicted)

    def to_dict(self, intervals: Intervals | None = None) -> dict[str, object]:
        """Everything as plain data: `{"mean": …, "missing": […], "people.exact": {"p": …, "gold": …}, …}`.

        With intervals each row has `ci`: for `p`, `r` and `f1` the lower and the upper end.
        """
        rows: dict[str, object] = {}
        for row, column, count in self.ordered():
            told: dict[str, object] = {
                "p": count.precision,
                "r": count.recall,
                "f1": count.f1,
                "gold": count.gold,
                "predicted": count.predicted,
            }
            if intervals:
                told["ci"] = intervals.of(row, column)
            rows[f"{row}.{column}"] = told
        head: dict[str, object] = {"mean": self.mean}
        if intervals:
            head["mean_ci"] = intervals.mean
        return {**head, "missing": self.missing, **rows}

    def ordered(self) -> Iterator[tuple[str, str, Count]]:
        """Row, column and count of every cell, in the order of the table."""
        for row, column in CELLS:
            yield row, column, self.counts[row, column]


def evaluate(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> Evaluation:
    """Score predicted records, by id; those that gold does not know are not looked at."""
    evaluation = Evaluation()
    for comparison in compare_all(gold, predicted):
        evaluation.add(comparison)
    return evaluation
