"""When two values count as the same: numbers, units, acts, actors, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from communique.evaluation.pairing import token_f1
from communique.records import Actor, Date, Decision, Figure

HALF = 0.5
_UNIT_WORDS = {"people": "person", "persons": "person", "%": "percent", "per cent": "percent"}


def same_act(one: Decision, other: Decision) -> bool:
    """Whether act and status are the same."""
    return one.act == other.act and one.status == other.status


def same_date(one: Date, other: Date) -> bool:
    """Whether the values are the same."""
    return one.value == other.value


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether value, upper end and unit are the same."""
    return (
        _same_number(one.value, other.value)
        and _same_number(one.upper, other.upper)
        and _unit(one.unit) == _unit(other.unit)
    )


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1, abs(one))


def _unit(unit: str) -> str:
    plain = unit.strip().lower().replace("³", "3").replace("²", "2")
    return _UNIT_WORDS.get(plain, plain)


def same_actors(gold: Sequence[Actor], predicted: Sequence[Actor]) -> bool:
    """Pair each gold actor with the most alike that is left; at least half must find one."""
    if not gold or not predicted:
        return not gold and not predicted
    left = [actor.text for actor in predicted]
    found = 0
    for actor in gold:
        best = max(left, key=lambda text: token_f1(actor.text, text), default=None)
        if best is not None and half_alike(actor.text, best):
            left.remove(best)
            found += 1
    return 2 * found / (len(gold) + len(predicted)) >= HALF


def half_alike(one: str | None, other: str | None) -> bool:
    """Whether two strings share half of their words."""
    return token_f1(one, other) >= HALF


def ids(actors: Iterable[Actor]) -> list[str]:
    """All ids of some actors."""
    return [id_ for actor in actors for id_ in actor.ids]


def plain_title(title: str) -> str:
    """A role's title without case, punctuation and a leading "the"."""
    return re.sub(r"\W+", " ", title).strip().lower().removeprefix("the ")


def words(span: object) -> str | None:
    """The words of a span or an actor, if there is one."""
    return getattr(span, "text", None)
