"""How alike two things are, and which of them belong together: the measures that an evaluation counts with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
_WORD = re.compile(r"\w+")


class Place(NamedTuple, Generic[T]):
    """An entry at one of its places in the text."""

    start: int
    end: int
    entry: T


Pair = tuple[int, int]
"""The indices of two things that belong together, of the gold's and of the predicted."""


def overlap(one: Place[T], other: Place[T]) -> float:
    """Intersection over union of the offsets."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def token_f1(one: str | None, other: str | None) -> float:
    """F1 of the words of two strings, each word as often as it occurs; two empty ones are equal."""
    if one == other:
        return 1.0
    words, others = (Counter(_WORD.findall((text or "").lower())) for text in (one, other))
    if not words and not others:
        return 1.0
    return 2 * (words & others).total() / (words.total() + others.total())


def set_f1(one: Iterable[object], other: Iterable[object]) -> float:
    """F1 of two sets; two empty ones are equal."""
    first, second = set(one), set(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 1.0


def choose(candidates: Iterable[tuple[float, float, int, int]]) -> list[Pair]:
    """Pair one to one: the highest score first, then the higher second score, then the earlier place."""
    firsts: set[int] = set()
    seconds: set[int] = set()
    chosen: list[Pair] = []
    for _, _, i, j in sorted((-score, -second, i, j) for score, second, i, j in candidates):
        if i not in firsts and j not in seconds:
            firsts.add(i)
            seconds.add(j)
            chosen.append((i, j))
    return chosen


def paired(
    gold: Sequence[Place[T]],
    predicted: Sequence[Place[T]],
    at_least: float,
    second: Callable[[Place[T], Place[T]], float] = lambda one, other: 0.0,
) -> list[Pair]:
    """The indices of places that overlap at least so much, paired one to one, the best overlap first."""
    return choose(
        (score, second(gold[i], predicted[j]), i, j)
        for i, j in _touching(gold, predicted)
        if (score := overlap(gold[i], predicted[j])) >= at_least
    )


def _touching(gold: Sequence[Place[T]], predicted: Sequence[Place[T]]) -> Iterator[Pair]:
    """The places that share a character: only near ones are looked at, since a text can have thousands."""
    order = sorted(range(len(predicted)), key=lambda j: predicted[j].start)
    starts = [predicted[j].start for j in order]
    longest = max((place.end - place.start for place in predicted), default=0)
    for i, one in enumerate(gold):
        k = bisect_left(starts, one.start - longest)
        while k < len(order) and starts[k] < one.end:
            yield i, order[k]
            k += 1
