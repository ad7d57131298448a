"""Two people's gold of the same texts compared: F1 a row, kappa of the fields with few values, what they differ in."""

from __future__ import annotations

import json
from collections.abc import Callable

from communique.evaluation import disagreements
from communique.evaluation.bootstrap import Intervals
from communique.evaluation.changes import Change, changes
from communique.evaluation.comparison import compare
from communique.evaluation.kappa import FIELDS, Kappa, classed
from communique.evaluation.rows import KINDS, MORE
from communique.evaluation.scores import Evaluation
from communique.evaluation.table import aligned, cell, markdown
from communique.records import Record

Print = Callable[[str], object]
_HEAD = ("", "A", "B", "exact", "F1", "95 %")
_KAPPA = ("", "both", "agree", "kappa")


class Agreement:
    """Collects texts, and tells how far two annotators agree."""

    def __init__(self, tell: Print, kind: str | None = None) -> None:
        self.tell = tell
        self.kind = kind
        self.evaluation = Evaluation()
        self.intervals = Intervals()
        self.kappas = {field: Kappa() for field in FIELDS}
        self.differ = 0

    def add(self, a: Record, b: Record) -> None:
        """Count a text and tell its disagreements; `InputError` if the two texts are not the same."""
        comparison = compare(a, b)
        self.evaluation.add(comparison)
        self.intervals.add(comparison)
        for field, one, other in classed(a, b):
            self.kappas[field].pairs[one, other] += 1
        found = [change for change in changes(a, b) if change.field != "rule" and self.kind in (None, change.kind)]
        self.differ += len(found)
        if found:
            self._disagreements(a, found)

    def _disagreements(self, a: Record, found: list[Change]) -> None:
        self.tell(a.id)
        for line in disagreements.lines(a.text, found):
            self.tell(line)

    def rows(self) -> list[tuple[str, ...]]:
        """How many each has marked, the F1 of exact spans, of the record and its interval, a row."""
        return [self._row(row) for row in (*KINDS, *MORE)]

    def _row(self, row: str) -> tuple[str, ...]:
        count = self.evaluation.counts[row, "record"]
        exact = f"{self.evaluation.counts[row, 'exact'].f1:.2f}" if row in KINDS else ""
        low, high = self.intervals.f1(row)
        return row, str(count.gold), str(count.predicted), exact, f"{count.f1:.2f}", f"{low:.2f}–{high:.2f}"

    def kappa_rows(self) -> list[tuple[str, ...]]:
        """How many both have classed, the share on which they agree, and kappa, a field."""
        return [
            (field, str(kappa.size), f"{kappa.agreed:.2f}", "–" if kappa.value is None else f"{kappa.value:.2f}")
            for field, kappa in self.kappas.items()
        ]

    def headline(self) -> str:
        """The whole in a line."""
        low, high = self.intervals.mean
        texts = f"{self.evaluation.texts} text{'' if self.evaluation.texts == 1 else 's'}"
        return f"mean F1 of the seven kinds over {texts}: {self.evaluation.mean:.3f} ({low:.3f}–{high:.3f})"

    def finish(self) -> None:
        """Tell the tables."""
        if self.differ:
            self.tell("")
        self.tell(f"{aligned(_HEAD, self.rows(), 5)}\n")
        self.tell(f"{aligned(_KAPPA, self.kappa_rows(), 3)}\n")
        self.tell(self.headline())


class Quiet(Agreement):
    """The tables alone."""

    def _disagreements(self, a: Record, found: list[Change]) -> None: ...

    def finish(self) -> None:
        self.differ = 0
        super().finish()


class Markdown(Agreement):
    """Tables and lists of a page."""

    def _disagreements(self, a: Record, found: list[Change]) -> None:
        self.tell(f"#### {cell(a.id)}\n")
        for change in found:
            self.tell(f"- {cell(disagreements.line(change))}")
            if context := disagreements.around(a.text, change):
                self.tell(f"  > {cell(context)}")
        self.tell("")

    def finish(self) -> None:
        self.tell(f"### Agreement\n\n{markdown(_HEAD, self.rows(), 5)}\n")
        self.tell(f"{markdown(_KAPPA, self.kappa_rows(), 3)}\n\n**{self.headline()}**")


class Json(Agreement):
    """One JSON object; the disagreements are held until it is written."""

    def __init__(self, tell: Print, kind: str | None = None) -> None:
        super().__init__(tell, kind)
        self._told: list[dict[str, object]] = []

    def _disagreements(self, a: Record, found: list[Change]) -> None:
        self._told += [disagreements.to_dict(a.id, a.text, change) for change in found]

    def finish(self) -> None:
        told = self.evaluation.to_dict(self.intervals)
        del told["missing"]
        told["kappa"] = {
            field: {"both": kappa.size, "agree": kappa.agreed, "kappa": kappa.value}
            for field, kappa in self.kappas.items()
        }
        self.tell(json.dumps({**told, "disagreements": self._told}, indent=2, ensure_ascii=False))


FORMS: dict[str, type[Agreement]] = {"plain": Agreement, "quiet": Quiet, "markdown": Markdown, "json": Json}
