"""What `communique evaluate` prints: errors as they come, then the tables; plain, as Markdown or as JSON."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from communique.evaluation import mistakes
from communique.evaluation.bootstrap import Intervals
from communique.evaluation.breakdown import Breakdown
from communique.evaluation.judgement import Comparison, Judgement
from communique.evaluation.scores import Evaluation
from communique.evaluation.table import aligned, markdown, markdown_table, plain_table

Print = Callable[[str], object]


class Report(ABC):
    """An evaluation on its way to the reader."""

    def __init__(self, by: Sequence[str], kind: str | None, errors: bool, tell: Print) -> None:
        self.evaluation = Evaluation()
        self.intervals = Intervals()
        self.breakdowns = [Breakdown(by_) for by_ in dict.fromkeys(by)]
        self.kind = kind
        self.errors = errors
        self.tell = tell

    def add(self, comparison: Comparison) -> None:
        """Count one text, and tell its errors if they are asked for."""
        self.evaluation.add(comparison)
        self.intervals.add(comparison)
        for breakdown in self.breakdowns:
            breakdown.add(comparison)
        if self.errors:
            self._errors(comparison, mistakes.mistakes(comparison, self.kind))

    @abstractmethod
    def _errors(self, comparison: Comparison, errors: list[Judgement]) -> None: ...

    @abstractmethod
    def finish(self, below: list[str], tested: bool) -> None:
        """Tell the tables, and what fell below its floor if floors were given."""


class Plain(Report):
    """Tables with aligned columns."""

    def _errors(self, comparison: Comparison, errors: list[Judgement]) -> None:
        for line in mistakes.plain(comparison, errors):
            self.tell(line)

    def finish(self, below: list[str], tested: bool) -> None:
        if self.errors and len(self.evaluation.counts):
            self.tell("")
        for breakdown in self.breakdowns:
            head = breakdown.head()
            self.tell(f"{aligned(head, breakdown.rows(), len(head) - 2)}\n")
        self.tell(plain_table(self.evaluation, self.intervals))
        if self.evaluation.missing:
            self.tell(f"not predicted: {', '.join(self.evaluation.missing)}")
        for line in below:
            self.tell(f"FELL  {line}")
        if tested and not below:
            self.tell("no row is below its floor")


class Markdown(Report):
    """A section of a pull request."""

    def _errors(self, comparison: Comparison, errors: list[Judgement]) -> None:
        for line in mistakes.markdown(comparison, errors):
            self.tell(line)

    def finish(self, below: list[str], tested: bool) -> None:
        if tested:
            lines = [f"- {line}" for line in below] or ["No row is below its floor."]
            self.tell("\n".join(["### Floors", "", *lines, ""]))
        self.tell(f"### Scores\n\n{markdown_table(self.evaluation, self.intervals)}")
        if self.evaluation.missing:
            self.tell(f"\nNot predicted: {', '.join(self.evaluation.missing)}")
        for breakdown in self.breakdowns:
            head = breakdown.head()
            self.tell(f"\n### By {breakdown.by}\n\n{markdown(head, breakdown.rows(), len(head) - 2)}")


class Json(Report):
    """One JSON object; the errors are held until it is written."""

    def __init__(self, by: Sequence[str], kind: str | None, errors: bool, tell: Print) -> None:
        super().__init__(by, kind, errors, tell)
        self._told: list[dict[str, object]] = []

    def _errors(self, comparison: Comparison, errors: list[Judgement]) -> None:
        self._told += [mistakes.to_dict(comparison, error) for error in errors]

    def finish(self, below: list[str], tested: bool) -> None:
        told = self.evaluation.to_dict(self.intervals)
        told.update((f"by {breakdown.by}", breakdown.to_list()) for breakdown in self.breakdowns)
        if self.errors:
            told["errors"] = self._told
        if tested:
            told["fell"] = below
        self.tell(json.dumps(told, indent=2, ensure_ascii=False))


FORMS: dict[str, type[Report]] = {"plain": Plain, "markdown": Markdown, "json": Json}
