"""Entries of records, kept on disk while their entities are found: memory is for entities, not for texts."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from communique.linking.models import Kind
from communique.records import dumps

_SCHEMA = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE texts (id TEXT PRIMARY KEY, date TEXT, context TEXT) WITHOUT ROWID",
    "CREATE TABLE entries (number INTEGER PRIMARY KEY, kind TEXT, text TEXT, entry TEXT, name TEXT, facts TEXT,"
    " mentions TEXT, node INTEGER)",
    "CREATE TABLE roots (node INTEGER PRIMARY KEY, root INTEGER)",
    "BEGIN",
)
_BY_TEXT = "CREATE INDEX by_text ON entries (kind, text, number)"
_BY_NODE = "CREATE INDEX IF NOT EXISTS by_node ON entries (kind, node)"
_BY_ROOT = "CREATE INDEX IF NOT EXISTS by_root ON roots (root)"


class Entry(NamedTuple):
    """A person, organization or document of one text."""

    text: str
    entry: str
    name: str
    facts: dict[str, Any]
    """What the record tells of it, and what finding its entity needs."""
    mentions: list[tuple[int, int, str]]
    node: int | None = None


class Text(NamedTuple):
    """A text: its day, and the states it names."""

    id: str
    date: str | None
    context: frozenset[str]


class Store:
    """A database in a temporary file, gone when it is closed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="communique-link-")
        self._db = sqlite3.connect(Path(self._folder.name) / "entries.sqlite", isolation_level=None)
        for statement in _SCHEMA:
            self._db.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, text: Text, entries: Iterable[tuple[Kind, Entry]]) -> None:
        """Keep a text's entries; `KeyError` if the text is there already."""
        try:
            row = (text.id, text.date, " ".join(sorted(text.context)))
            self._db.execute("INSERT INTO texts VALUES (?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise KeyError(text.id) from None
        rows = ((k, e.text, e.entry, e.name, dumps(e.facts), dumps(e.mentions), e.node) for k, e in entries)
        sql = "INSERT INTO entries (kind, text, entry, name, facts, mentions, node) VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._db.executemany(sql, rows)

    def index(self) -> None:
        """To be called when all texts are there."""
        self._db.execute(_BY_TEXT)

    def texts(self) -> Iterator[Text]:
        """The texts by id."""
        for id_, date, context in self._db.execute("SELECT id, date, context FROM texts ORDER BY id"):
            yield Text(id_, date, frozenset(context.split()))

    def of_text(self, kind: Kind, text: str) -> list[Entry]:
        """The entries of a text, in its order."""
        sql = f"SELECT {_COLUMNS} FROM entries WHERE kind = ? AND text = ? ORDER BY number"
        return [_entry(row) for row in self._db.execute(sql, (kind, text))]

    def place(self, kind: Kind, entry: Entry, node: int) -> None:
        """Note the node of an entry."""
        sql = "UPDATE entries SET node = ? WHERE kind = ? AND text = ? AND entry = ?"
        self._db.execute(sql, (node, kind, entry.text, entry.entry))

    def group(self, kind: Kind, roots: Iterable[tuple[int, int]]) -> None:
        """Make ready to read the entries of each set of nodes: pairs of node and root."""
        self._db.execute("DELETE FROM roots")
        self._db.executemany("INSERT INTO roots VALUES (?, ?)", roots)
        self._db.execute(_BY_NODE)
        self._db.execute(_BY_ROOT)

    def of_root(self, kind: Kind, root: int) -> Iterator[tuple[Entry, str | None]]:
        """The entries of a set of nodes and the dates of their texts, by date."""
        # CROSS JOIN keeps SQLite to this order, from the few to the many.
        sql = (
            f"SELECT {_COLUMNS}, texts.date FROM roots"
            " CROSS JOIN entries INDEXED BY by_node ON entries.kind = :kind AND entries.node = roots.node"
            " CROSS JOIN texts ON texts.id = entries.text WHERE roots.root = :root"
            " ORDER BY texts.date IS NULL, texts.date, entries.text, entries.number"
        )
        for *row, date in self._db.execute(sql, {"root": root, "kind": kind}):
            yield _entry(row), date


_COLUMNS = "entries.text, entries.entry, entries.name, entries.facts, entries.mentions, entries.node"


def _entry(row: Any) -> Entry:
    text, entry, name, facts, mentions, node = row
    return Entry(text, entry, name, json.loads(facts), [tuple(m) for m in json.loads(mentions)], node)
