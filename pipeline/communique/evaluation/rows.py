"""The rows and columns of an evaluation, and what stands in a cell."""

from __future__ import annotations

from dataclasses import dataclass

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
CELLS = tuple((row, column) for row in KINDS for column in COLUMNS) + tuple((row, "record") for row in MORE)


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
