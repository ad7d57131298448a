"""The texts of a run in the order of the inputs, on disk, so that their number costs no memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

_TABLE = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY, path TEXT, id TEXT UNIQUE, sha256 TEXT, key BLOB, stage TEXT, reason TEXT, warning TEXT
)
"""


class Entry(NamedTuple):
    """A text, or something that can't be used as one: then it has a stage and a reason, and no key."""

    number: int
    path: str
    id: str | None
    sha256: str | None
    key: bytes | None
    stage: str | None
    reason: str | None
    warning: str | None


class Ledger:
    """The entries of one run; it is gone with the run."""

    def __init__(self) -> None:
        # A file of the system's, deleted with the connection.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(_TABLE)
        self._database.execute("CREATE INDEX by_sha256 ON entries (sha256)")
        self._database.execute("BEGIN")
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def path_of(self, id_: str) -> str | None:
        """The path of the text that has an id already."""
        return self._one("SELECT path FROM entries WHERE id = ?", id_)

    def number_and_path_of(self, id_: str) -> tuple[int, str] | None:
        """The same with the number of its entry."""
        row = self._database.execute("SELECT number, path FROM entries WHERE id = ?", (id_,)).fetchone()
        return (int(row[0]), str(row[1])) if row else None

    def twin_of(self, sha256: str) -> str | None:
        """The path of the first text with the same bytes."""
        return self._one("SELECT path FROM entries WHERE sha256 = ? ORDER BY number LIMIT 1", sha256)

    def _one(self, query: str, value: str) -> str | None:
        row = self._database.execute(query, (value,)).fetchone()
        return str(row[0]) if row else None

    def add(self, path: str, id_: str, sha256: str, key: bytes, warning: str | None) -> int:
        """Enter a text; returns its number."""
        return self._add(path, id_, sha256, key, None, None, warning)

    def fail(self, path: str, stage: str, reason: str, sha256: str | None = None) -> int:
        """Enter what can't be used."""
        return self._add(path, None, sha256, None, stage, reason, None)

    def _add(self, *values: str | bytes | None) -> int:
        number = self._count
        self._database.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *values))
        self._count += 1
        return number

    def __iter__(self) -> Iterator[Entry]:
        for row in self._database.execute("SELECT * FROM entries ORDER BY number"):
            yield Entry(*row)

    def close(self) -> None:
        """Give the file back."""
        self._database.close()
