"""What runs have done, kept beside the outputs: the result of each text, under a key of all that it depends on.

A result is on disk before the next is waited for, in one SQLite database with a write-ahead log: ended at any moment,
by `kill -9` or for want of power, it holds whole results. Outputs are written from it, so that how often a run was
broken off leaves no trace in them.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from communique.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communique.engines import Result

NAME = "state.sqlite3"
_FORM = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS results (
    key BLOB PRIMARY KEY, line BLOB, stage TEXT, reason TEXT, warnings TEXT NOT NULL, counts TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_LEVEL = 1
"""Of compression: a record shrinks to a fifth, in a fraction of the time that it took to make."""
_PASSING = ("timeout", "worker")


class Kept(NamedTuple):
    """The result of a text as it is kept."""

    line: bytes | None
    stage: str | None
    reason: str | None
    warnings: list[str]
    counts: dict[str, int]


class Store:
    """The database of one folder of outputs. Raises `InputError` for one that can't be used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        with self._faults():
            self._database = sqlite3.connect(self.path, isolation_level=None)
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")  # needs no shared memory: works on any mount
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            form = self._database.execute("PRAGMA user_version").fetchone()[0]
            if form not in (0, _FORM):
                raise InputError(self.path, "the state of another version of communique; --force starts over")
            self._database.executescript(_TABLES)
            self._database.execute(f"PRAGMA user_version = {_FORM}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What the database says, as what is wrong with its file."""
        try:
            yield
        except sqlite3.DatabaseError as e:
            raise InputError(self.path, str(e).lower()) from None

    def __contains__(self, key: bytes) -> bool:
        with self._faults():
            return self._database.execute("SELECT 1 FROM results WHERE key = ?", (key,)).fetchone() is not None

    def put(self, result: Result) -> None:
        """Keep a result, for good once this returns."""
        line = None if result.line is None else zlib.compress(result.line, _LEVEL)
        stage, reason = result.failure or (None, None)
        row = (result.key, line, stage, reason, json.dumps(result.warnings), json.dumps(result.counts))
        with self._faults():
            self._database.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)", row)

    def get(self, key: bytes, *, whole: bool = True) -> Kept | None:
        """The result under a key; its line only where it is asked for `whole`."""
        line = "line" if whole else "NULL"
        with self._faults():
            query = f"SELECT {line}, stage, reason, warnings, counts FROM results WHERE key = ?"
            row = self._database.execute(query, (key,)).fetchone()
        if row is None:
            return None
        return Kept(row[0] and zlib.decompress(row[0]), row[1], row[2], json.loads(row[3]), json.loads(row[4]))

    def forget(self, stages: Iterable[str] = _PASSING) -> None:
        """Forget failures of some stages, so that these texts are tried again, and what was noted of the outputs."""
        with self._faults():
            for stage in stages:
                self._database.execute("DELETE FROM results WHERE stage = ?", (stage,))
            self._database.execute("DELETE FROM facts")

    def forget_all(self) -> None:
        """Forget everything."""
        with self._faults():
            self._database.execute("DELETE FROM results")
            self._database.execute("DELETE FROM facts")

    def keep_only(self, keys: Iterable[bytes]) -> None:
        """Forget the results of texts that are not among the inputs any more, or not as they were."""
        with self._faults():
            self._database.execute("CREATE TEMP TABLE IF NOT EXISTS used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in keys))
            self._database.execute("DELETE FROM results WHERE key NOT IN (SELECT key FROM used)")
            self._database.execute("COMMIT")
            self._database.execute("DROP TABLE used")

    def fact(self, name: str) -> str | None:
        """What was noted under a name."""
        with self._faults():
            row = self._database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return row and str(row[0])

    def note(self, name: str, value: str) -> None:
        """Note something for the next run."""
        with self._faults():
            self._database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))
