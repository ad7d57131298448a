"""The counts of an evaluation, and how they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

KINDS = ("people", "states", "organizations", "documents", "dates", "figures", "decisions")
MORE = (
    "found",
    "objects",
    "actors",
    "actor ids",
    "recipient",
    "act date",
    "act documents",
    "roles",
    "links",
    "status",
    "period",
    "document date",
    "parties",
    "modifier",
    "measure",
    "meeting",
    "participants",
)
COLUMNS = ("exact", "overlap", "record")

T = TypeVar("T")


@dataclass
class Count:
    """How many are right, of how many there are and how many were predicted."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, right: int, gold: int, predicted: int) -> None:
        """Count some more."""
        self.right += right
        self.gold += gold
        self.predicted += predicted

    @property
    def precision(self) -> float:
        """Share of the predicted that are right; where nothing is to be found, finding nothing is perfect."""
        if self.predicted:
            return self.right / self.predicted
        return 0.0 if self.gold else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Evaluation:
    """The counts of every row and column, and the ids of the texts for which nothing was predicted."""

    counts: defaultdict[tuple[str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    missing: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Mean record F1 of the seven kinds."""
        return sum(self.counts[kind, "record"].f1 for kind in KINDS) / len(KINDS)

    def add(self, row: str, right: int, gold: int, predicted: int, column: str = "record") -> None:
        """Count some more in a row."""
        self.counts[row, column].add(right, gold, predicted)

    def add_field(
        self,
        row: str,
        pairs: Iterable[tuple[T, T]],
        sides: tuple[Sequence[T], Sequence[T]],
        value: Callable[[T], object],
        agree: Callable[[T, T], bool],
    ) -> None:
        """Count a field that only some entries have: right in a pair, over those that have it."""
        right = sum(1 for one, other in pairs if value(one) and value(other) and agree(one, other))
        gold, predicted = (sum(1 for entry in side if value(entry)) for side in sides)
        self.add(row, right, gold, predicted)

    def to_dict(self) -> dict[str, object]:
        """Everything as plain data: `{"mean": …, "missing": […], "people.exact": {"p": …, "gold": …}, …}`."""
        rows = {
            f"{row}.{column}": {
                "p": count.precision,
                "r": count.recall,
                "f1": count.f1,
                "gold": count.gold,
                "predicted": count.predicted,
            }
            for row, column, count in self._ordered()
        }
        return {"mean": self.mean, "missing": self.missing, **rows}

    def to_table(self) -> str:
        """The rows as a table to read."""
        lines = [f"{'':15}{'gold':>6}{'pred':>6}   {'exact P/R/F1':20}{'overlap P/R/F1':20}record P/R/F1"]
        for row in (*KINDS, *MORE):
            count = self.counts[row, "record"]
            cells = "".join(f"{self._cell(row, column):20}" for column in COLUMNS)
            lines.append(f"{row:15}{count.gold:6}{count.predicted:6}   {cells}".rstrip())
        return "\n".join([*lines, f"mean record F1 of the seven kinds: {self.mean:.3f}"])

    def _cell(self, row: str, column: str) -> str:
        if (row, column) not in self.counts:
            return ""
        count = self.counts[row, column]
        return f"{count.precision:.2f} {count.recall:.2f} {count.f1:.2f}"

    def _ordered(self) -> Iterable[tuple[str, str, Count]]:
        for row in (*KINDS, *MORE):
            for column in COLUMNS:
                if (row, column) in self.counts:
                    yield row, column, self.counts[row, column]
