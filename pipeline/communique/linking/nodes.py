"""Nodes: what several entries tell alike; an entity is a set of nodes found to be one.

A node's key is made of what is told, so the nodes of a set of texts are the same in whatever order they are read. Each
node has the ids that its evidence gives to an entity, with the first text that gives each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from communique.linking.folding import digest, slug
from communique.linking.forest import Forest
from communique.linking.models import Kind, Reason

NO_DATE = "9999"


class First(NamedTuple):
    """The day and the id of a text; texts without a date come last."""

    date: str
    text: str

    @classmethod
    def of(cls, date: str | None, text: str) -> First:
        return cls(date or NO_DATE, text)


@dataclass(eq=False)
class Node:
    """What entries with one key have in common."""

    name: str
    ids: dict[str, First] = field(default_factory=dict)
    context: set[str] = field(default_factory=set)
    """The states that the texts name."""
    years: tuple[int, int] | None = None

    def add(self, id_: str, first: First, context: Iterable[str] = ()) -> None:
        """Note a text in which the evidence stands."""
        self.ids[id_] = min(self.ids.get(id_, first), first)
        self.context.update(context)
        if first.date != NO_DATE and first.date[:4].isdigit():
            year = int(first.date[:4])
            low, high = self.years or (year, year)
            self.years = min(low, year), max(high, year)


N = TypeVar("N", bound=Node)


class Doubt(NamedTuple):
    """A node kept apart, why, and the nodes it may be one with."""

    node: int
    reason: Reason
    candidates: tuple[int, ...] = ()


class Named(NamedTuple):
    """An entity's id and the other ids of its nodes."""

    id: str
    others: tuple[str, ...]


class Nodes(Generic[N]):
    """The nodes of one kind, which of them are one, and the doubts."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.all: list[N] = []
        self.forest = Forest()
        self.doubts: dict[int, Doubt] = {}
        self._keys: dict[tuple[object, ...], int] = {}

    def at(self, key: tuple[object, ...], make: Callable[[], N]) -> int:
        """The number of the node with that key, made if it is new."""
        number = self._keys.get(key)
        if number is None:
            number = self._keys[key] = len(self.all)
            self.all.append(make())
        return number

    def find(self, key: tuple[object, ...]) -> int | None:
        """The number of the node with that key, if there is one."""
        return self._keys.get(key)

    def by_key(self) -> Iterator[tuple[tuple[object, ...], int]]:
        """Keys and numbers, by key."""
        return iter(sorted(self._keys.items(), key=lambda item: repr(item[0])))

    def doubt(self, node: int, reason: Reason, candidates: Iterable[int] = ()) -> None:
        """Note that a node stays apart; the first reason counts."""
        self.doubts.setdefault(node, Doubt(node, reason, tuple(candidates)))

    def named(self) -> dict[int, Named]:
        """The ids of the entities, by root: of a set's ids the one that its earliest text gives.

        An id that two sets give, which only entries kept apart within one text can do, goes to the earlier; the other
        gets a digest of its text.
        """
        sets = self.forest.sets(range(len(self.all)))
        firsts = {root: _firsts(self.all[n] for n in members) for root, members in sets.items()}
        taken: dict[str, int] = {}
        chosen: dict[int, Named] = {}
        for root, ids in sorted(firsts.items(), key=lambda item: min((f, i) for i, f in item[1].items())):
            first, best = min((first, id_) for id_, first in ids.items())
            id_ = best if best not in taken else f"{best}~{digest(first.text, self.all[root].name)}"
            others = tuple(sorted(other for other in ids if other != id_ and other not in taken))
            taken.update(dict.fromkeys((id_, *others), root))
            chosen[root] = Named(id_, others)
        return chosen


def _firsts(nodes: Iterable[Node]) -> dict[str, First]:
    firsts: dict[str, First] = {}
    for node in nodes:
        for id_, first in node.ids.items():
            firsts[id_] = min(firsts.get(id_, first), first)
    return firsts


def here(kind: Kind, name: str, text: str) -> str:
    """The id of an entity that only one text is known to name."""
    return f"{kind}:{slug(name)}~{digest(text)}"


def near(one: Node, other: Node, years: int) -> bool:
    """Whether no more than so many years lie between the texts of two nodes, as far as they have dates."""
    if one.years is None or other.years is None:
        return True
    return max(one.years[0], other.years[0]) - min(one.years[1], other.years[1]) <= years
