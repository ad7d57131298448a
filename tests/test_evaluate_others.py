"""The figures of an evaluation against those of other tools, where their definitions are the same.

`nervaluate`'s strict scheme and spaCy's `Scorer` count a span as right that has the gold's bounds and label. That is
the column `exact` of every kind; `record` of people and organizations; and `record` of states with the code as label.
Both take one span for one other, as here. Offsets of `nervaluate` include the last character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from nervaluate import Evaluator
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

from communique.evaluation.items import first_place
from communique.evaluation.rows import KINDS
from communique.evaluation.scores import evaluate
from communique.jsonl import read_records
from communique.records import Record
from made_up import characters, forum, visit
from spoil import spoiled

ROOT = Path(__file__).resolve().parents[1]
Labelled = tuple[int, int, str]
Label = Callable[[Any], str]
NAMED = ("people", "states", "organizations", "documents")
SAME: list[tuple[str, str, Label]] = [
    *((kind, "exact", lambda entry: "any") for kind in KINDS),
    ("people", "record", lambda entry: "any"),
    ("organizations", "record", lambda entry: "any"),
    ("states", "record", lambda entry: entry.id),
]
Pairs = list[tuple[Record, Record]]


@cache
def pairs(which: str) -> Pairs:
    """Gold and predicted records: of the corpus, or made up and spoiled more and more."""
    if which == "corpus":
        gold, found = (read_records(ROOT / name) for name in ("corpus/gold.jsonl", "outputs/records.jsonl"))
        return [(gold[id_], found[id_]) for id_ in gold]
    made = [
        ({**row, "id": f"{row['id']} {seed}"}, spoiled(row, seed, seed / 40))
        for row in (forum(), visit(), characters())
        for seed in range(20)
    ]
    return [
        (Record.model_validate(row), Record.model_validate({**other, "id": row["id"]})) for row, other in made
    ]  # fmt: skip


def labelled(record: Record, kind: str, label: Label) -> Iterator[Labelled]:
    """The places of a kind with their labels."""
    for entry in getattr(record, kind):
        mentions = ((m.start, m.end) for m in entry.mentions) if kind in NAMED else [first_place(entry)[:2]]
        yield from ((start, end, label(entry)) for start, end in mentions)


def ours(which: str, kind: str, column: str) -> tuple[int, int, int, float, float, float]:
    gold = {one.id: one for one, _ in pairs(which)}
    count = evaluate(gold, {other.id: other for _, other in pairs(which)}).counts[kind, column]
    assert count.right, "nothing is compared"
    return count.right, count.gold, count.predicted, count.precision, count.recall, count.f1


def others(*but: tuple[str, str]) -> pytest.MarkDecorator:
    """Every row that is the same over both sets of records."""
    wanted = [(which, *row) for which in ("corpus", "made up") for row in SAME if (which, row[0]) not in but]
    return pytest.mark.parametrize(
        ("which", "kind", "column", "label"), wanted, ids=lambda value: value if isinstance(value, str) else ""
    )


# Spoiled triggers overlap one another; of those `nervaluate` takes the first that touches, not the one that fits.
@others(("made up", "decisions"))
def test_nervaluate(which: str, kind: str, column: str, label: Label) -> None:
    sides = [
        [
            [{"label": tag, "start": start, "end": end - 1} for start, end, tag in labelled(pair[side], kind, label)]
            for pair in pairs(which)
        ]
        for side in (0, 1)
    ]
    tags = sorted({str(row["label"]) for side in sides for text in side for row in text})
    found = Evaluator(*sides, tags=tags, loader="dict").evaluate()["overall"]["strict"]
    theirs = (found.correct, found.possible, found.actual, found.precision, found.recall, found.f1)
    assert theirs == pytest.approx(ours(which, kind, column))


@others()
def test_scorer(which: str, kind: str, column: str, label: Label) -> None:
    vocab = spacy.blank("en").vocab

    def doc(record: Record) -> Doc:
        """A token for each character, so that every offset is a token's."""
        made = Doc(vocab, words=list(record.text), spaces=[False] * len(record.text))
        made.spans["places"] = [Span(made, *place) for place in labelled(record, kind, label)]
        return made

    examples = [Example(doc(found), doc(gold)) for gold, found in pairs(which)]
    scores = Scorer.score_spans(examples, "places", getter=lambda made, key: made.spans[key], allow_overlap=True)
    theirs = scores["places_p"], scores["places_r"], scores["places_f"]
    assert theirs == pytest.approx(ours(which, kind, column)[3:])
