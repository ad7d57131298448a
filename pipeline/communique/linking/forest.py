"""Disjoint sets: what was found to be one."""

from __future__ import annotations

from collections.abc import Iterable


class Forest:
    """Sets of numbered things (Galler and Fischer 1964); a set's root is its smallest number."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, thing: int) -> int:
        """The smallest of the set that the thing is in."""
        parent = self._parent
        top = thing
        while (above := parent.get(top, top)) != top:
            top = above
        while (above := parent.get(thing, thing)) != top:
            parent[thing], thing = top, above
        return top

    def join(self, things: Iterable[int]) -> None:
        """Make one set of the sets that the things are in."""
        roots = {self.root(thing) for thing in things}
        if roots:
            top = min(roots)
            self._parent.update(dict.fromkeys(roots, top))

    def sets(self, things: Iterable[int]) -> dict[int, list[int]]:
        """The things by root, in their order."""
        found: dict[int, list[int]] = {}
        for thing in things:
            found.setdefault(self.root(thing), []).append(thing)
        return found
