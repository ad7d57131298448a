"""Which changes are right: each compared with gold before and after."""

from __future__ import annotations

from collections import Counter

from communique.evaluation.changes import Change, Side
from communique.evaluation.comparison import compare
from communique.evaluation.judgement import Judgement
from communique.records import Record

_ROWS = {
    ("documents", "status"): "status",
    ("documents", "period"): "period",
    ("documents", "date"): "document date",
    ("documents", "parties"): "parties",
    ("figures", "modifier"): "modifier",
    ("figures", "measure"): "measure",
    ("people", "roles"): "roles",
    ("decisions", "object"): "objects",
    ("decisions", "actors"): "actors",
    ("decisions", "recipient"): "recipient",
    ("decisions", "date"): "act date",
    ("decisions", "documents"): "act documents",
    ("meeting", "participants"): "participants",
}
"""The row of the scores that a field is judged in; the others are judged in their kind's."""
_Key = tuple[str, int, int, str]


class Verdicts:
    """Judges the changes of one text: `right`, `wrong`, or `same` where the scores do not see them."""

    def __init__(self, gold: Record, old: Record | None, new: Record | None) -> None:
        self._old = _scores(gold, old)
        self._new = _scores(gold, new)

    def of(self, change: Change) -> str:
        """The verdict on a change."""
        row = _ROWS.get((change.kind, change.field), change.kind)
        before, after = self._score(self._old, row, change, change.old), self._score(self._new, row, change, change.new)
        if row == "actors" and before == after:  # the words are alike, but do they stand for the same?
            before = self._score(self._old, "actor ids", change, change.old)
            after = self._score(self._new, "actor ids", change, change.new)
        return "same" if before == after else "right" if after > before else "wrong"

    def _score(self, scores: Counter[_Key], row: str, change: Change, side: Side | None) -> int:
        if side is None:
            return 0
        if side.start >= 0:
            return scores[row, side.start, side.end, ""]
        # Without a place: a field of the meeting, or all of it.
        wanted = {change.field, ""} if change.field else None
        return sum(n for (r, start, _, group), n in scores.items() if r == row and start < 0 and
                   (wanted is None or group in wanted))  # fmt: skip


def _scores(gold: Record, record: Record | None) -> Counter[_Key]:
    """What each predicted thing adds: one if it is right, minus one if it is not."""
    scores: Counter[_Key] = Counter()
    if record is not None:
        for judgement in compare(gold, record).judgements:
            if judgement.predicted:
                scores[_key(judgement)] += 1 if judgement.right else -1
    return scores


def _key(judgement: Judgement) -> _Key:
    item = judgement.predicted
    assert item is not None
    group = "" if item.placed else item.group
    return judgement.row, item.start, item.end, group
