"""Tables to read: plain, with aligned columns, and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from communique.evaluation.bootstrap import Intervals
from communique.evaluation.rows import COLUMNS, KINDS, MORE
from communique.evaluation.scores import Evaluation

Rows = Sequence[Sequence[str]]
WIDEST = 60
"""How many characters a cell of a plain table shows at most."""


def plain_table(evaluation: Evaluation, intervals: Intervals | None = None) -> str:
    """The rows of an evaluation, columns side by side; with intervals that of the record F1 behind them."""
    last = f"{'record P/R/F1':20}95 % of F1" if intervals else "record P/R/F1"
    lines = [f"{'':15}{'gold':>6}{'pred':>6}   {'exact P/R/F1':20}{'overlap P/R/F1':20}{last}"]
    for row in (*KINDS, *MORE):
        count = evaluation.counts[row, "record"]
        cells = "".join(f"{_cell(evaluation, row, column):20}" for column in COLUMNS)
        interval = _interval(intervals.f1(row)) if intervals else ""
        lines.append(f"{row:15}{count.gold:6}{count.predicted:6}   {cells}{interval}".rstrip())
    return "\n".join([*lines, mean_line(evaluation, intervals)])


def mean_line(evaluation: Evaluation, intervals: Intervals | None = None) -> str:
    """The headline."""
    interval = f" ({_interval(intervals.mean, 3)})" if intervals else ""
    return f"mean record F1 of the seven kinds: {evaluation.mean:.3f}{interval}"


def markdown_table(evaluation: Evaluation, intervals: Intervals) -> str:
    """The rows of an evaluation for a pull request: record precision, recall, F1 and its interval."""
    rows = [
        (row, str(c.gold), str(c.predicted), f"{c.precision:.2f}", f"{c.recall:.2f}", f"{c.f1:.2f}",
         _interval(intervals.f1(row)))
        for row in (*KINDS, *MORE)
        for c in [evaluation.counts[row, "record"]]
    ]  # fmt: skip
    head = ("", "gold", "predicted", "precision", "recall", "F1", "95 %")
    return f"{markdown(head, rows, numbers=6)}\n\n**{mean_line(evaluation, intervals)}**"


def _cell(evaluation: Evaluation, row: str, column: str) -> str:
    if column != "record" and row not in KINDS:
        return ""
    count = evaluation.counts[row, column]
    return f"{count.precision:.2f} {count.recall:.2f} {count.f1:.2f}"


def _interval(ends: tuple[float, float], digits: int = 2) -> str:
    return f"{ends[0]:.{digits}f}–{ends[1]:.{digits}f}"


def markdown(head: Sequence[str], rows: Rows, numbers: int = 0) -> str:
    """A Markdown table; the last `numbers` columns are aligned to the right."""
    texts = len(head) - numbers
    lines = [_row(head), _row(["---"] * texts + ["--:"] * numbers), *(_row(map(cell, row)) for row in rows)]
    return "\n".join(lines)


def cell(text: str) -> str:
    """Text as it can stand in a cell of a Markdown table or a list: on one line, nothing in it taken for markup."""
    text = " ".join(text.split())
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, f"\\{mark}")
    return text


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def aligned(head: Sequence[str], rows: Rows, numbers: int = 0) -> str:
    """A plain table, columns as wide as they need; the last `numbers` columns are aligned to the right.

    What is longer than `WIDEST` is cut: ids of rules that a text sets up itself hold its words.
    """
    grid = [head, *([text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…" for text in row] for row in rows)]
    widths = [max(len(row[k]) for row in grid) for k in range(len(head))]
    first = len(head) - numbers
    return "\n".join(
        "  ".join(
            text.rjust(width) if k >= first else text.ljust(width)
            for k, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in grid
    )
