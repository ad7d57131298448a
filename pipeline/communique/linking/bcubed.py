"""How well things were grouped: B-cubed and pairs.

B-cubed (Bagga and Baldwin 1998, "Algorithms for Scoring Coreference Chains"): the precision of one item is the share
of its group that belongs with it, its recall the share of what belongs with it that is in its group; both are averaged
over the items. Items that stand alone count too, so beside it stand the pairs: of all pairs put together how many are
right, of all that belong together how many were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)


class Grouping(NamedTuple):
    """Scores from 0 to 1; with nothing to score, 1."""

    precision: float
    recall: float
    pair_precision: float
    pair_recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of B-cubed precision and recall."""
        return _mean(self.precision, self.recall)

    @property
    def pair_f1(self) -> float:
        """The harmonic mean of precision and recall of pairs."""
        return _mean(self.pair_precision, self.pair_recall)


def grouping(gold: Mapping[T, Hashable], found: Mapping[T, Hashable]) -> Grouping:
    """Score the groups that items were put into against those they belong to; the items are those of both."""
    items = gold.keys() & found.keys()
    golds, founds = Counter(gold[item] for item in items), Counter(found[item] for item in items)
    both = Counter((gold[item], found[item]) for item in items)
    total = len(items)
    right = sum(map(_pairs, both.values()))
    return Grouping(
        precision=_share(sum(n * n / founds[group] for (_, group), n in both.items()), total),
        recall=_share(sum(n * n / golds[group] for (group, _), n in both.items()), total),
        pair_precision=_share(right, sum(map(_pairs, founds.values()))),
        pair_recall=_share(right, sum(map(_pairs, golds.values()))),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 1.0


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
