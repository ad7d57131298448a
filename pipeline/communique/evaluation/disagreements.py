"""Where two people's gold differs, one by one, each in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from communique.evaluation.change_report import around
from communique.evaluation.changes import Change

__all__ = ["around", "line", "lines", "to_dict"]
_WHO = {"lost": "only A", "gained": "only B", "changed": "differ"}


def line(change: Change) -> str:
    """A disagreement in a line."""
    who = _WHO[change.what]
    if change.what != "changed":
        return f"{who}  {change.kind}: {_one_line(change.was or change.now)}"
    if change.field == "other":
        return f"{who}  {change.kind}: the order of entries, or words that no field shows"
    return f"{who}  {change.kind}: {change.field} {_one_line(change.was)} (A), {_one_line(change.now)} (B)"


def lines(text: str, changes: list[Change]) -> Iterator[str]:
    """Lines to read: each disagreement and its sentence."""
    for change in changes:
        at = f"{change.place.start:>6}" if change.place.start >= 0 else " " * 6
        yield f"  {at}  {line(change)}"
        if context := around(text, change):
            yield f"          {context}"


def to_dict(id_: str, text: str, change: Change) -> dict[str, object]:
    """A disagreement as plain data."""
    placed = change.place.start >= 0
    return {
        "text": id_,
        "kind": change.kind,
        "who": _WHO[change.what],
        "field": change.field or None,
        "a": change.was or None,
        "b": change.now or None,
        "start": change.place.start if placed else None,
        "end": change.place.end if placed else None,
        "sentence": around(text, change) or None,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
