"""Floors: the least that a row may score, in a TOML file.

`[f1]`, `[precision]` and `[recall]` hold a number for a row's `record` column (`people = 0.98`), for another column
(`"people.overlap" = 1.0`) or, under `[f1]`, for the `mean`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from communique.errors import InputError
from communique.evaluation.rows import CELLS
from communique.evaluation.scores import Evaluation

MEASURES = ("f1", "precision", "recall")
_NAMES = {**{f"{row}.{column}": (row, column) for row, column in CELLS}, **{row: (row, "record") for row, _ in CELLS}}


class Floor(NamedTuple):
    """The least a row may score by a measure."""

    measure: str
    row: str
    least: float

    def score(self, evaluation: Evaluation) -> float:
        """What the row scores."""
        if self.row == "mean":
            return evaluation.mean
        value: float = getattr(evaluation.counts[_NAMES[self.row]], self.measure)
        return value

    def fallen(self, evaluation: Evaluation) -> str | None:
        """A line that tells that the row is below its floor, if it is."""
        score = self.score(evaluation)
        if score >= self.least:
            return None
        return f"{self.row}: {self.measure} {score:.4f} is below its floor {self.least:g}"


def read_floors(path: Path) -> list[Floor]:
    """The floors of a file; `InputError` for one that can't be used or names no row."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as e:
        raise InputError.of(path, e) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise InputError(path, f"not TOML: {e}") from None
    floors: list[Floor] = []
    for measure, rows in tables.items():
        if measure not in MEASURES or not isinstance(rows, dict):
            raise InputError(path, f"{measure}: no such table; there are {', '.join(f'[{m}]' for m in MEASURES)}")
        floors += [_floor(path, measure, row, least) for row, least in rows.items()]
    return floors


def _floor(path: Path, measure: str, row: str, least: object) -> Floor:
    if row not in _NAMES and (row != "mean" or measure != "f1"):
        raise InputError(path, f"[{measure}] {row}: there is no such row")
    if isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1:
        raise InputError(path, f"[{measure}] {row}: {least!r} is no number from 0 to 1")
    return Floor(measure, row, float(least))


def fallen(evaluation: Evaluation, floors: list[Floor]) -> list[str]:
    """What fell, a line each."""
    return [line for floor in floors if (line := floor.fallen(evaluation))]
