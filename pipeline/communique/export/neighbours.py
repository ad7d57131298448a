"""Near-duplicate texts, found by MinHash and locality-sensitive hashing.

The likeness of two texts is the Jaccard index of their sets of three-word sequences (Broder, "On the resemblance and
containment of documents", 1997). Signatures come from datasketch. They and the bands by which likely pairs are found
(Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4) are kept on disk: in memory a text costs
eight bytes.
"""

from __future__ import annotations

import re
import sqlite3
import weakref
from array import array
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain, groupby

import numpy as np
from datasketch import MinHash

ALIKE = 0.5
"""Estimated likeness from which two texts are kept together."""
SURE = 0.7
"""Likeness from which they practically always are: the estimate has a standard error of 0.04, and a pair this alike
shares no band once in ten thousand times."""
_HASHES = 128
_BANDS = 32
_ROWS = _HASHES // _BANDS
_SHINGLE = 3
_SEED = 1
_CHUNK = 8192
"""Sequences hashed at a time: each takes a kilobyte while it is."""
_WINDOW = 1024
"""How many texts before it that share a band a text is compared with."""
_WORD = re.compile(r"\w+")


class Neighbours:
    """Groups of texts that are alike, directly or through others, numbered from 0 in the order they are added."""

    def __init__(self) -> None:
        self._parents = array("q")
        self._rows = sqlite3.connect("", isolation_level=None)  # "" is a file of its own that is gone when it is closed
        weakref.finalize(self, self._rows.close)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE signatures (text INTEGER PRIMARY KEY, signature BLOB)")
        self._rows.execute("CREATE TABLE bands (band INTEGER, text INTEGER)")
        self._rows.execute("BEGIN")

    def add(self, text: str) -> None:
        """Add a text."""
        number = len(self._parents)
        self._parents.append(number)
        signature = _signature(text)
        self._rows.execute("INSERT INTO signatures VALUES (?, ?)", (number, signature.tobytes()))
        self._rows.executemany("INSERT INTO bands VALUES (?, ?)", ((band, number) for band in _bands(signature)))

    def groups(self) -> array[int]:
        """For each text the number of the first text of its group."""
        rows: Iterator[tuple[int, int]] = self._rows.execute("SELECT band, text FROM bands ORDER BY band, text")
        for _, group in groupby(rows, key=lambda row: row[0]):
            self._join(text for _, text in group)
        return array("q", map(self._first, range(len(self._parents))))

    def _join(self, texts: Iterator[int]) -> None:
        """Join those of the texts that are alike; they share a band."""
        first = next(texts)
        if (second := next(texts, None)) is None:
            return
        window = _Window()
        one_group = True  # so far: then who is in it already need not be compared
        for text in chain((first, second), texts):
            signature = self._signature(text)
            if one_group and self._first(text) == self._first(first) and text != first:
                window.put(text, signature)
                continue
            twins = window.alike(signature)
            window.put(text, signature)
            for twin in twins:
                self._unite(self._first(twin), self._first(text))
            one_group = one_group and (bool(twins) or text == first)

    def _unite(self, one: int, other: int) -> None:
        self._parents[max(one, other)] = min(one, other)

    def _first(self, text: int) -> int:
        while (parent := self._parents[text]) != text:
            self._parents[text] = self._parents[parent]
            text = parent
        return text

    def _signature(self, text: int) -> np.ndarray:
        (row,) = self._rows.execute("SELECT signature FROM signatures WHERE text = ?", (text,)).fetchone()
        return np.frombuffer(row, dtype="<u4")


class _Window:
    """The last texts seen that have different signatures."""

    def __init__(self) -> None:
        self._signatures = np.empty((_WINDOW, _HASHES), "<u4")
        self._texts: list[int] = []
        self._seen: dict[bytes, int] = {}
        self._next = 0

    def alike(self, signature: np.ndarray) -> list[int]:
        """The texts in the window that are alike one with this signature."""
        if (twin := self._seen.get(signature.tobytes())) is not None:
            return [twin]
        agree = self._signatures[: len(self._texts)] == signature
        shared = agree.view(np.uint8).sum(axis=1, dtype=np.uint8)  # at most 128
        return [self._texts[n] for n in np.flatnonzero(shared >= ALIKE * _HASHES)]

    def put(self, text: int, signature: np.ndarray) -> None:
        """Put a text into the window, in the place of the oldest if it is full."""
        key = signature.tobytes()
        if key in self._seen:
            return
        place = self._next % _WINDOW
        if place < len(self._texts):
            del self._seen[self._signatures[place].tobytes()]
            self._texts[place] = text
        else:
            self._texts.append(text)
        self._signatures[place] = signature
        self._seen[key] = text
        self._next += 1


def shingles(text: str) -> set[str]:
    """The three-word sequences of a text, in lower case; of a shorter one all its words."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}


def _signature(text: str) -> np.ndarray:
    minhash = MinHash(num_perm=_HASHES, seed=_SEED)
    hashed = [shingle.encode() for shingle in shingles(text)]
    for start in range(0, len(hashed), _CHUNK):
        minhash.update_batch(hashed[start : start + _CHUNK])
    signature: np.ndarray = minhash.hashvalues.astype("<u4")
    return signature


def _bands(signature: np.ndarray) -> Iterator[int]:
    """A number for each band of the signature, the same for two texts only where they agree on it."""
    for number in range(_BANDS):
        rows = signature[number * _ROWS : (number + 1) * _ROWS].tobytes()
        digest = blake2b(rows, digest_size=8, salt=number.to_bytes(2, "little")).digest()
        yield int.from_bytes(digest, "little", signed=True)
