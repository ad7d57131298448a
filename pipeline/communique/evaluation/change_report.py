"""What `communique diff` prints: each change in its sentence, and how many there are by kind and rule."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from communique.evaluation.changes import OTHER, Change, changes
from communique.evaluation.rows import KINDS
from communique.evaluation.table import aligned, cell, markdown
from communique.evaluation.verdicts import Verdicts
from communique.records import Record
from communique.sentences import sentence

SIGN = {"gained": "+", "lost": "-", "changed": "~"}
Print = Callable[[str], object]
Judged = tuple[Change, str]
"""A change and the verdict on it, empty without gold."""


class ChangeReport(ABC):
    """The changes of a run on their way to the reader."""

    def __init__(self, tell: Print, gold: bool, most: int | None = None) -> None:
        self.tell = tell
        self.gold = gold
        self.most = most
        self.texts = 0
        self.touched = 0
        self.total: Counter[str] = Counter()
        self.kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.rules: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, id_: str, old: Record | None, new: Record | None, gold: Record | None = None) -> None:
        """Compare the two records of a text."""
        self.texts += 1
        found = changes(old, new)
        if not found:
            return
        self.touched += 1
        # Of a text that is another one than gold's nothing can be said.
        same = gold is not None and all(record.text == gold.text for record in (old, new) if record)
        verdicts = Verdicts(gold, old, new) if gold and same else None
        judged = [(change, verdicts.of(change) if verdicts else "") for change in found]
        for change, verdict in judged:
            self._count(change, verdict)
        record = new or old
        assert record is not None
        self._show(id_, record.text, judged)

    def _count(self, change: Change, verdict: str) -> None:
        rules = {side.rule for side in (change.old, change.new) if side and side.rule}
        for counter in (self.total, self.kinds[change.kind], *(self.rules[rule] for rule in rules)):
            counter[change.what] += 1
            counter[verdict] += 1

    @property
    def changed(self) -> int:
        """How many changes there are."""
        return sum(self.total[what] for what in SIGN)

    def headline(self) -> str:
        """The whole in a line."""
        if not self.changed:
            return f"no changes in {_texts(self.texts)}"
        told = ", ".join(f"{self.total[what]} {what}" for what in SIGN)
        verdict = f"; {self.total['right']} right, {self.total['wrong']} wrong by gold" if self.gold else ""
        return f"{told} in {self.touched} of {_texts(self.texts)}{verdict}"

    def head(self, first: str) -> tuple[str, ...]:
        """The columns of a summary."""
        return (first, *SIGN, *(("right", "wrong") if self.gold else ()))

    def kind_rows(self) -> list[tuple[str, ...]]:
        """A row for each kind that changed."""
        return [self._row(kind, self.kinds[kind]) for kind in (*KINDS, *OTHER) if kind in self.kinds]

    def rule_rows(self) -> list[tuple[str, ...]]:
        """A row for each rule that a change has to do with, those with most first."""
        order = sorted(self.rules, key=lambda rule: (-sum(self.rules[rule][what] for what in SIGN), rule))
        return [self._row(rule, self.rules[rule]) for rule in order]

    def _row(self, name: str, counter: Counter[str]) -> tuple[str, ...]:
        return (name, *(str(counter[column]) for column in self.head("")[1:]))

    @abstractmethod
    def _show(self, id_: str, text: str, judged: list[Judged]) -> None: ...

    @abstractmethod
    def finish(self) -> None:
        """Tell what is left to tell."""


class Plain(ChangeReport):
    """Lines as they come, then the summary."""

    def _show(self, id_: str, text: str, judged: list[Judged]) -> None:
        self.tell(id_)
        for change, verdict in judged:
            at = f"{change.place.start:>6}" if change.place.start >= 0 else " " * 6
            self.tell(f"  {SIGN[change.what]}{at}  {told(change)}{f'  ({verdict})' if verdict else ''}")
            if context := around(text, change):
                self.tell(f"           {context}")

    def finish(self) -> None:
        if self.changed:
            for first, rows in (("kind", self.kind_rows()), ("rule", self.rule_rows())):
                head = self.head(first)
                if rows:
                    self.tell(f"\n{aligned(head, rows, len(head) - 1)}")
            self.tell("")
        self.tell(self.headline())


class Markdown(ChangeReport):
    """The summary, then the changes folded away; at most `most` of them, since comments have a limit."""

    def __init__(self, tell: Print, gold: bool, most: int | None = None) -> None:
        super().__init__(tell, gold, most)
        self._lines: list[str] = []
        self._left = most

    def _show(self, id_: str, text: str, judged: list[Judged]) -> None:
        if self._left is not None:
            judged = judged[: self._left]
            self._left -= len(judged)
        if judged:
            self._lines += ["", f"#### {cell(id_)}", ""]
        for change, verdict in judged:
            mark = {"right": " ✅", "wrong": " ❌"}.get(verdict, "")
            self._lines.append(f"- `{SIGN[change.what]}`{mark} {cell(told(change))}")
            if context := around(text, change):
                self._lines.append(f"  > {cell(context)}")

    def finish(self) -> None:
        self.tell(f"### Changes of records\n\n**{self.headline()}**")
        if not self.changed:
            return
        for first, rows in (("kind", self.kind_rows()), ("rule", self.rule_rows())):
            head = self.head(first)
            if rows:
                self.tell(f"\n{markdown(head, rows, len(head) - 1)}")
        listed = self.changed if self.most is None else min(self.most, self.changed)
        self.tell(f"\n<details><summary>{listed} of {self.changed} changes</summary>")
        self.tell("\n".join(self._lines))
        self.tell("\n</details>")


class Json(ChangeReport):
    """A JSON object a change, one a line."""

    def _show(self, id_: str, text: str, judged: list[Judged]) -> None:
        for change, verdict in judged:
            told = {
                "text": id_,
                "kind": change.kind,
                "change": change.what,
                "field": change.field or None,
                "old": change.was or None,
                "new": change.now or None,
                "start": change.place.start if change.place.start >= 0 else None,
                "end": change.place.end if change.place.start >= 0 else None,
                "rules": list(rules(change)),
                "sentence": around(text, change) or None,
            }
            self.tell(json.dumps({**told, "verdict": verdict} if self.gold else told, ensure_ascii=False))

    def finish(self) -> None:
        """Everything is told."""


def told(change: Change) -> str:
    """A change in a line."""
    names = " → ".join(rules(change))
    rule = f"  [{names}]" if names else ""
    if change.what != "changed":
        return f"{change.kind}: {_one_line(change.now or change.was)}{rule}"
    if change.field == "rule":
        return f"{change.kind}: found by another rule{rule}"
    if change.field == "other":
        return f"{change.kind}: the order of entries, or words that no field shows"
    return f"{change.kind}: {change.field} {_one_line(change.was)} → {_one_line(change.now)}{rule}"


def rules(change: Change) -> Iterator[str]:
    """The rules that a change has to do with, the old one first."""
    sides: Iterable[str] = (side.rule for side in (change.old, change.new) if side and side.rule)
    yield from dict.fromkeys(sides)


def around(text: str, change: Change) -> str:
    """The sentence of a change, if it has a place."""
    return sentence(text, change.place.start, change.place.end) if change.place.start >= 0 else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _texts(count: int) -> str:
    return f"{count} text{'' if count == 1 else 's'}"


FORMS: dict[str, type[ChangeReport]] = {"plain": Plain, "markdown": Markdown, "json": Json}
