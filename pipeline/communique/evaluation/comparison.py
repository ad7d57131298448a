"""Predicted records against gold, text by text: what is right of every kind and of what hangs on it.

Mentions pair one to one, best overlap first (intersection over union of their offsets). Each kind has three
columns:

- `exact`: the offsets are the gold's
- `overlap`: intersection over union is at least 0.5
- `record`: what the row is about is right: people and organizations exact; states exact, with the code;
  documents with an overlap of 0.8 and the type; dates the value; figures value, upper and unit; decisions
  found, act and status

The mean of the seven kinds' `record` F1 is the headline. The other rows have the column `record` alone:

- `found`: decisions whose trigger overlaps the gold's, else of the same act, with the trigger inside the
  gold's evidence and an object of token F1 0.6
- `objects`, `actors`, `actor ids`: right decisions whose object has token F1 0.6; whose actors pair one to
  one (token F1 0.5) with set F1 0.5; whose actors' ids, as what they stand for, have set F1 0.5
- `recipient`, `act date`, `act documents`: of the decisions that have one
- `roles`: person, title and the state, or that there is an organization
- `links`: pairs of mentions of one person, organization or document
- `status`, `period`, `document date`, `parties`: documents, each with the one it shares most mentions with
- `modifier`, `measure`: figures that have one
- `meeting`: name, date and place, one by one; `participants`: as what they stand for

An id stands for the gold entry that most of its mentions overlap; a state's code for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.errors import InputError
from communique.evaluation.judgement import Comparison
from communique.evaluation.judging import Judging
from communique.evaluation.rows import KINDS
from communique.records import Record

__all__ = ["Comparison", "compare", "compare_all"]


def compare(gold: Record, predicted: Record | None) -> Comparison:
    """Compare what was predicted for a text with gold; `InputError` if the texts differ."""
    if predicted is not None and predicted.text != gold.text:
        raise InputError(gold.id, "the two texts differ, so offsets can't be compared")
    comparison = Comparison(gold, predicted or _nothing(gold), predicted is None)
    Judging(comparison).run()
    return comparison


def compare_all(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> Iterator[Comparison]:
    """Compare text by text, in gold's order; texts that gold does not know are not looked at.

    The mappings may read each record when it is asked for: no more than one text is held.
    """
    for id_ in gold:
        yield compare(gold[id_], predicted.get(id_))


def _nothing(record: Record) -> Record:
    empty = dict.fromkeys(KINDS, ())
    return record.model_copy(update={"meeting": None, **empty})
