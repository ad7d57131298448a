"""A data set in parts for training and testing: by text, stratified by publisher, near-duplicates together."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from communique.export.neighbours import Neighbours
from communique.export.shares import Shares


class Split:
    """Assigns texts to parts; add all of them, then `assign`, then ask with `[]` in the order they were added.

    Groups of near-duplicates are laid out publisher by publisher, both in an order that depends on the seed, and each
    goes to the part that lacks most: so each part has its share of every publisher, to within one or two groups
    (systematic sampling with implicit stratification). The publisher of a group is that of its first text.
    """

    def __init__(self, shares: Shares, seed: int) -> None:
        self.shares = shares
        self._seed = seed
        self._neighbours = Neighbours()
        self._count = 0
        self._parts = bytearray()
        self._rows = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._rows.close)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE texts (text INTEGER PRIMARY KEY, publisher BLOB, place BLOB, size INTEGER)")
        self._rows.execute("BEGIN")

    def add(self, id_: str, publisher: str | None, text: str) -> None:
        """Add a text."""
        row = self._count, self._shuffled(publisher or ""), self._shuffled(id_)
        self._rows.execute("INSERT INTO texts VALUES (?, ?, ?, 0)", row)
        self._neighbours.add(text)
        self._count += 1

    def _shuffled(self, words: str) -> bytes:
        return blake2b(f"{self._seed}\0{words}".encode(), digest_size=16).digest()

    def assign(self) -> None:
        """Give every group of near-duplicates a part."""
        firsts = self._neighbours.groups()
        self._rows.executemany("UPDATE texts SET size = size + 1 WHERE text = ?", ((first,) for first in firsts))
        groups = self._rows.execute("SELECT text, size FROM texts WHERE size > 0 ORDER BY publisher, place, text")
        parts = bytearray(self._count)
        for first, part in _shared_out(groups, self.shares.percent):
            parts[first] = part
        self._parts = bytearray(parts[first] for first in firsts)

    def __getitem__(self, number: int) -> str:
        return self.shares.names[self._parts[number]]


def _shared_out(groups: Iterator[tuple[int, int]], percent: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each group with the part that, with it, is still furthest below its share of the texts so far."""
    filled = [0] * len(percent)
    total = 0
    for group, size in groups:
        total += size
        part = max(range(len(percent)), key=lambda n: (percent[n] * total - 100 * filled[n], -n))
        filled[part] += size
        yield group, part
