"""Flat tables as Parquet, a file each, with descriptions in the schema's metadata."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from communique.export.arrow import table_batch, table_schema
from communique.export.columns import Row, Table
from communique.export.croissant import table_sets
from communique.export.formats.base import Json, TableWriter
from communique.export.tables import TABLES


class Writer(TableWriter):
    """A file a table."""

    libraries = ("pyarrow",)

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts)
        self._schemas: dict[str, pa.Schema] = {table.name: table_schema(table) for table in TABLES}
        self._writers = {
            name: self.opened.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd"))
            for name, schema in self._schemas.items()
        }

    def write(self, table: Table, rows: list[Row]) -> None:
        if rows:
            self._writers[table.name].write_batch(table_batch(table, rows, self._schemas[table.name]))

    def close(self) -> None:
        super().close()
        self.opened.close()

    def croissant(self) -> tuple[list[Json], list[Json]]:
        return table_sets("parquet", "application/x-parquet")
