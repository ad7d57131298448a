"""What every format does, and what those of flat tables share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar, Self

from communique.export.columns import Row, Table
from communique.export.item import Item
from communique.export.tables import TABLES

_ROWS = 8192
"""Rows of a table that are kept before they are written."""
_CHARACTERS = 8_000_000
"""Characters of texts, which a few long ones reach sooner."""

Json = dict[str, Any]


class Writer(ABC):
    """Writes items into a folder, in the order given; what it has open is closed when its `with` block ends."""

    needs_text: ClassVar[bool] = False
    """Whether a record whose text is left out has no place in this format."""
    libraries: ClassVar[tuple[str, ...]] = ()
    """The distributions that write it: their versions are told in the provenance."""

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.parts = parts
        self.counts: dict[str, int] = {}
        self.opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    @abstractmethod
    def add(self, item: Item) -> None:
        """Write an item."""

    @abstractmethod
    def close(self) -> None:
        """Write what is still to be written."""

    @abstractmethod
    def codebook(self) -> str:
        """What the files hold, in Markdown."""

    @abstractmethod
    def croissant(self) -> tuple[list[Json], list[Json]]:
        """The distribution and the record sets of the data set in Croissant, without what a file's bytes tell."""

    def card(self, name: str, about: str, licence: str | None) -> str | None:
        """The data set's `README.md`, where the format has one."""
        return None

    def _count(self, name: str, number: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + number


class TableWriter(Writer):
    """Writes the flat tables, some thousand rows at a time."""

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts)
        self.counts = {table.name: 0 for table in TABLES}
        self._rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self._characters = 0

    def add(self, item: Item) -> None:
        for table in TABLES:
            rows = self._rows[table.name]
            rows.extend(table.rows(item))
            if len(rows) >= _ROWS:
                self._flush(table)
        self._characters += len(item.record.text)
        if self._characters >= _CHARACTERS:
            self._flush_all()

    def close(self) -> None:
        self._flush_all()

    def _flush_all(self) -> None:
        for table in TABLES:
            self._flush(table)
        self._characters = 0

    def _flush(self, table: Table) -> None:
        rows = self._rows[table.name]
        self._count(table.name, len(rows))
        self.write(table, rows)
        rows.clear()

    @abstractmethod
    def write(self, table: Table, rows: list[Row]) -> None:
        """Write some rows of a table, perhaps none."""

    def codebook(self) -> str:
        from communique.export.codebook import tables

        return tables()
