"""How sure a score is: 95 % intervals from a bootstrap over texts.

Texts are drawn, not mentions, because what one text says hangs together. Each replicate gives each text a weight
from a Poisson distribution of mean 1, which is how often a draw of all texts with replacement would take it when
there are many (the Poisson bootstrap, Chamandy et al. 2012, "Estimating uncertainty for massive data streams"). So a
text is counted as it comes and forgotten: memory does not grow with the number of texts. A text's weights are seeded
with its id, so that the order of the texts does not matter.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.evaluation.judgement import Comparison
from communique.evaluation.rows import CELLS, KINDS

SEED = 20240517
REPLICATES = 1000
LEVEL = 0.95

Floats = npt.NDArray[np.float64]
Interval = tuple[float, float]
_INDEX = {cell: i for i, cell in enumerate(CELLS)}
_BLOCK = 256
"""How many texts are weighed at a time."""


class Intervals:
    """Collects the counts of texts and gives the intervals of every cell."""

    def __init__(self, replicates: int = REPLICATES, seed: int = SEED) -> None:
        self.seed = seed
        self.texts = 0
        self._sums = np.zeros((replicates, len(CELLS) * 3))
        self._weights: list[npt.NDArray[Any]] = []
        self._counts: list[list[int]] = []

    def add(self, comparison: Comparison) -> None:
        """Count one text in every replicate."""
        self.texts += 1
        rng = np.random.default_rng([self.seed, zlib.crc32(comparison.id.encode())])
        self._weights.append(rng.poisson(1.0, len(self._sums)))
        cells = (comparison.counts.get(cell) for cell in CELLS)
        self._counts.append([n for c in cells for n in ((c.right, c.gold, c.predicted) if c else (0, 0, 0))])
        if len(self._counts) >= _BLOCK:
            self._weigh()

    def _weigh(self) -> None:
        if self._counts:
            # Whole numbers far below 2 ** 53: sums are exact, and so the same whatever the order.
            self._sums += np.array(self._weights, dtype=float).T @ np.array(self._counts, dtype=float)
            self._weights, self._counts = [], []

    def of(self, row: str, column: str) -> dict[str, Interval]:
        """The intervals of a cell's `p`, `r` and `f1`."""
        measures: dict[str, Callable[..., Floats]] = {"p": _precision, "r": _recall, "f1": _f1}
        return {name: _ends(measure(*self._cell(row, column))) for name, measure in measures.items()}

    def f1(self, row: str, column: str = "record") -> Interval:
        """The interval of a cell's F1."""
        return _ends(_f1(*self._cell(row, column)))

    @property
    def mean(self) -> Interval:
        """The interval of the mean record F1 of the seven kinds."""
        scores: Floats = np.mean([_f1(*self._cell(kind, "record")) for kind in KINDS], axis=0)
        return _ends(scores)

    def _cell(self, row: str, column: str) -> tuple[Floats, Floats, Floats]:
        self._weigh()
        at = _INDEX[row, column] * 3
        return self._sums[:, at], self._sums[:, at + 1], self._sums[:, at + 2]


def _precision(right: Floats, gold: Floats, predicted: Floats) -> Floats:
    empty = np.where(gold > 0, 0.0, 1.0)
    return np.divide(right, predicted, out=empty, where=predicted > 0)


def _recall(right: Floats, gold: Floats, predicted: Floats) -> Floats:
    return np.divide(right, gold, out=np.ones_like(right), where=gold > 0)


def _f1(right: Floats, gold: Floats, predicted: Floats) -> Floats:
    p, r = _precision(right, gold, predicted), _recall(right, gold, predicted)
    return np.divide(2 * p * r, p + r, out=np.zeros_like(p), where=p + r > 0)


def _ends(scores: Floats) -> Interval:
    tail = (1 - LEVEL) / 2 * 100
    low, high = np.percentile(scores, [tail, 100 - tail])
    return float(low), float(high)
