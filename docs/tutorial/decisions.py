"""Draw what communiqués decide: python decisions.py DATASET FIGURE (its suffix says the format: .pdf, .svg, .png)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

COLUMN = 3.4  # inches: one column of a journal's page
STYLE: dict[Any, Any] = {
    "font.size": 7,
    "hatch.linewidth": 0.6,
    "pdf.fonttype": 42,  # fonts as journals want them
    "svg.fonttype": "path",
    "svg.hashsalt": "decisions",  # the same bytes each time
}
LOOKS: dict[str, dict[str, Any]] = {
    "taken": {"color": "#0072b2"},
    "proposed": {"color": "#e69f00", "hatch": "////", "edgecolor": "white"},
}


def counted(decisions: pd.DataFrame) -> pd.DataFrame:
    """Acts by status, the most frequent last, so that a bar chart has it on top."""
    counts = pd.crosstab(decisions["act"], decisions["status"]).reindex(columns=list(LOOKS), fill_value=0)
    return counts.loc[counts.sum(axis="columns").sort_values(kind="stable").index]


def draw(counts: pd.DataFrame, texts: int) -> Figure:
    """A bar an act, divided by status; told apart without colour too."""
    figure = Figure(figsize=(COLUMN, COLUMN), layout="constrained")
    axes = figure.subplots()
    left = pd.Series(0, index=counts.index)
    for status, look in LOOKS.items():
        axes.barh(counts.index, counts[status], left=left, label=status, **look)
        left = left + counts[status]
    axes.set_xlabel(f"decisions in {texts} texts (n = {counts.to_numpy().sum()})")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="lower right")
    return figure


def main(dataset: str, target: str) -> None:
    """Read the tables, write the figure."""
    decisions = pd.read_parquet(Path(dataset) / "decisions.parquet")
    texts = pd.read_parquet(Path(dataset) / "texts.parquet", columns=["text_id"])
    dated = "CreationDate" if target.endswith(".pdf") else "Date"
    with mpl.rc_context(STYLE):
        figure = draw(counted(decisions), len(texts))
        figure.savefig(target, metadata=None if target.endswith(".png") else {dated: None})


if __name__ == "__main__":
    main(*sys.argv[1:])
