"""What was compared, one thing at a time: the gold's, the predicted, and whether they agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from communique.evaluation.rows import Count
from communique.records import Record


class Item(NamedTuple):
    """Something on one side of a comparison, at its place in the text."""

    start: int
    """Where the words start that say it, or that name what it belongs to; -1 for what has no place."""
    end: int
    shown: str
    """Its value, to read."""
    group: str = ""
    """What it is counted under by value: a state's code, a document's type, an act and its status …"""
    rule: str | None = None

    @property
    def placed(self) -> bool:
        """Whether it has a place in the text."""
        return self.start >= 0


class Judgement(NamedTuple):
    """A gold item, a predicted one, or two that belong together."""

    row: str
    gold: Item | None
    predicted: Item | None
    right: bool
    follows: bool = False
    """Wrong only because the entry that it belongs to is: an error of that entry's row, told there."""

    @property
    def item(self) -> Item:
        """The predicted item, else the gold's."""
        item = self.predicted or self.gold
        assert item is not None
        return item

    @property
    def verdict(self) -> str:
        """One of `right`, `wrong`, `missed` and `spurious`."""
        if self.right:
            return "right"
        if self.gold and self.predicted:
            return "wrong"
        return "missed" if self.gold else "spurious"


@dataclass
class Comparison:
    """One text's gold and predicted record: the counts of each row and column, and every judgement behind them.

    Only the column `record` has judgements. `missing` tells that nothing was predicted for the text.
    """

    gold: Record
    predicted: Record
    missing: bool = False
    counts: defaultdict[tuple[str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    judgements: list[Judgement] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The text's id."""
        return self.gold.id

    def add(self, judgement: Judgement) -> None:
        """Count a judgement and keep it."""
        self.judgements.append(judgement)
        sides = judgement.gold is not None, judgement.predicted is not None
        self.counts[judgement.row, "record"].add(judgement.right, *sides)
