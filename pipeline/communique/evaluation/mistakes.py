"""The errors of an evaluation, one by one: what, where, by which rule, in which sentence."""

from __future__ import annotations

from collections.abc import Iterator

from communique.evaluation.judgement import Comparison, Item, Judgement
from communique.evaluation.rows import KINDS, MORE
from communique.evaluation.table import cell
from communique.sentences import sentence

ROWS = (*KINDS, *(row for row in MORE if row != "found"))
"""What can be asked for; `found` tells nothing that `decisions` does not."""
_ALL = tuple(row for row in ROWS if row != "links")
"""What is told when nothing is asked for: a wrong link follows from a mention or a name, and there are many."""


def mistakes(comparison: Comparison, kind: str | None = None) -> list[Judgement]:
    """The errors of a text in a row, or in all rows but `links`, in the order of the text."""
    wanted = (kind,) if kind else _ALL
    some = [
        judgement
        for judgement in comparison.judgements
        if not judgement.right and judgement.row in wanted and not judgement.follows
    ]
    return sorted(some, key=lambda judgement: (judgement.item.start, judgement.item.end, ROWS.index(judgement.row)))


def plain(comparison: Comparison, errors: list[Judgement]) -> Iterator[str]:
    """Lines to read: the text's id, then for each error a line and its sentence."""
    if errors:
        yield f"{comparison.id}"
    for error in errors:
        yield f"  {error.item.start:>6}  {error.verdict:8}  {error.row}: {told(comparison, error)}"
        if context := around(comparison, error.item):
            yield f"          {context}"


def markdown(comparison: Comparison, errors: list[Judgement]) -> Iterator[str]:
    """The same as a Markdown list."""
    if errors:
        yield f"#### {cell(comparison.id)}\n"
    for error in errors:
        yield f"- **{error.verdict}** {error.row}: {cell(told(comparison, error))}"
        if context := around(comparison, error.item):
            yield f"  > {cell(context)}"
    if errors:
        yield ""


def told(comparison: Comparison, error: Judgement) -> str:
    """What is wrong, with the rule that did it."""
    gold, predicted = error.gold, error.predicted
    rule = f"  [{predicted.rule}]" if predicted and predicted.rule else ""
    if gold and predicted:
        return f"{_differs(comparison, gold, predicted)}{rule}"
    return f"{error.item.shown}{rule}"


def _differs(comparison: Comparison, gold: Item, predicted: Item) -> str:
    """Of the value and the words that which is not the same."""
    texts = words(comparison, gold), words(comparison, predicted)
    if gold.shown != predicted.shown:
        moved = "" if texts[0] == texts[1] else f", of {texts[1]!r} for {texts[0]!r}"
        return f"{predicted.shown} for {gold.shown}{moved}"
    return f"{texts[1]!r} for {texts[0]!r}" if texts[0] != texts[1] else predicted.shown


def words(comparison: Comparison, item: Item) -> str:
    """The words of the text at an item's place; empty if it has none."""
    return " ".join(comparison.gold.text[item.start : item.end].split()) if item.placed else ""


def around(comparison: Comparison, item: Item) -> str:
    """The sentence of an item, if it has a place."""
    return sentence(comparison.gold.text, item.start, item.end) if item.placed else ""


def to_dict(comparison: Comparison, error: Judgement) -> dict[str, object]:
    """An error as plain data."""
    sides = {
        name: {"start": item.start, "end": item.end, "value": item.shown} if item and item.placed
        else {"value": item.shown} if item else None
        for name, item in (("gold", error.gold), ("predicted", error.predicted))
    }  # fmt: skip
    return {
        "text": comparison.id,
        "row": error.row,
        "error": error.verdict,
        **sides,
        "rule": error.predicted.rule if error.predicted else None,
        "sentence": around(comparison, error.item) or None,
    }
