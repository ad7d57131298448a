"""Flat tables as CSV (RFC 4180, but lines end with a line feed): UTF-8, a header, nothing between commas for null."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from communique.export.columns import Row, Table
from communique.export.croissant import table_sets
from communique.export.formats.base import Json, TableWriter
from communique.export.tables import TABLES


class Writer(TableWriter):
    """A file a table."""

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts)
        self._writers: dict[str, Any] = {}
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            file = self.opened.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._writers[table.name] = csv.writer(file, lineterminator="\n")
            self._writers[table.name].writerow(column.name for column in table.columns)

    def write(self, table: Table, rows: list[Row]) -> None:
        self._writers[table.name].writerows(rows)

    def close(self) -> None:
        super().close()
        self.opened.close()

    def croissant(self) -> tuple[list[Json], list[Json]]:
        return table_sets("csv", "text/csv")
