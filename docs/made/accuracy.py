"""The scores of the shipped records, measured when the site is built."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from communique.evaluation.bootstrap import Intervals
from communique.evaluation.comparison import compare_all
from communique.evaluation.floors import read_floors
from communique.evaluation.rows import KINDS, MORE
from communique.evaluation.scores import Evaluation
from communique.recordfile import RecordFile
from made.tables import table

ROOT = Path(__file__).resolve().parents[2]
WEAK = 8
"""How many of the weakest rows are told."""


@cache
def _measured() -> tuple[Evaluation, Intervals, Counter[tuple[str, str]]]:
    evaluation, intervals, mistakes = Evaluation(), Intervals(), Counter[tuple[str, str]]()
    golds, predicted = RecordFile(ROOT / "corpus" / "gold.jsonl"), RecordFile(ROOT / "outputs" / "records.jsonl")
    for comparison in compare_all(golds, predicted):
        evaluation.add(comparison)
        intervals.add(comparison)
        mistakes.update((error.row, error.verdict) for error in comparison.judgements if error.verdict != "right")
    return evaluation, intervals, mistakes


def floors() -> str:
    """The record score of every row, with its interval and its floor."""
    evaluation, intervals, _ = _measured()
    least = {floor.row: f"{floor.least:.2f}" for floor in read_floors(ROOT / "tests" / "floors.toml")}
    rows = []
    for row in (*KINDS, *MORE):
        count, (low, high) = evaluation.counts[row, "record"], intervals.f1(row)
        scores = (f"{score:.2f}" for score in (count.precision, count.recall, count.f1))
        rows.append((row, str(count.gold), str(count.predicted), *scores, f"{low:.2f}–{high:.2f}", least.get(row, "–")))
    low, high = intervals.mean
    mean = ("**mean of the seven kinds**", "", "", "", "", f"{evaluation.mean:.2f}", f"{low:.2f}–{high:.2f}")
    head = ("", "gold", "predicted", "precision", "recall", "F1", "95 % of F1", "floor")
    told = table(head, [*rows, (*mean, least.get("mean", "–"))], numbers=7)
    return f"{told}\n\n{evaluation.texts} texts with gold."


def weakest() -> str:
    """The rows of the lowest F1."""
    evaluation, _, _ = _measured()
    rows = sorted((*KINDS, *MORE), key=lambda row: evaluation.counts[row, "record"].f1)[:WEAK]
    counts = [(row, evaluation.counts[row, "record"]) for row in rows]
    cells = [(row, f"{c.precision:.2f}", f"{c.recall:.2f}", f"{c.f1:.2f}") for row, c in counts]
    return table(("", "precision", "recall", "F1"), cells, numbers=3)


def errors() -> str:
    """How the mistakes of each kind divide into missed, spurious and wrong."""
    _, _, mistakes = _measured()
    verdicts = ("missed", "spurious", "wrong")
    rows = [(kind, *(str(mistakes[kind, verdict]) for verdict in verdicts)) for kind in KINDS]
    return table(("", *verdicts), rows, numbers=3)
