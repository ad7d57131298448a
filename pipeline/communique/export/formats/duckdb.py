"""Flat tables as a DuckDB database, with comments on tables and columns."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from communique.export.columns import Row, Table
from communique.export.croissant import database_sets
from communique.export.formats import parquet
from communique.export.formats.base import Json, TableWriter
from communique.export.tables import TABLES

DATABASE = "communique.duckdb"
_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_MEMORY = "256MB"


class Writer(TableWriter):
    """One file with all tables, filled from Parquet files that are then gone.

    The tables have no indexes and so no enforced keys: DuckDB would keep them in memory while it fills them.
    """

    libraries = ("duckdb", "pyarrow")

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts)
        self._parquet = folder / ".parquet"
        self._parquet.mkdir()
        self._inner = self.opened.enter_context(parquet.Writer(self._parquet))

    def write(self, table: Table, rows: list[Row]) -> None:
        self._inner.write(table, rows)

    def close(self) -> None:
        super().close()
        self._inner.close()
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "threads": 1,
            "temp_directory": str(self._parquet / "spilled"),
        }
        with duckdb.connect(self.folder / DATABASE, config=settings) as database:
            statements = [line for table in TABLES for line in (_create(table), *_comments(table))]
            database.execute(";\n".join(["BEGIN", *statements, "COMMIT"]))
            for table in TABLES:
                file = str(self._parquet / f"{table.name}.parquet")
                database.execute(f"INSERT INTO {table.name} SELECT * FROM read_parquet(?)", [file])
        shutil.rmtree(self._parquet)

    def croissant(self) -> tuple[list[Json], list[Json]]:
        return database_sets(DATABASE)


def _create(table: Table) -> str:
    columns = ", ".join(
        f'"{column.name}" {_TYPES[column.type]}{"" if column.nullable else " NOT NULL"}' for column in table.columns
    )
    return f"CREATE TABLE {table.name} ({columns})"


def _comments(table: Table) -> list[str]:
    key = f"Key: {', '.join(table.key)}."
    return [
        f"COMMENT ON TABLE {table.name} IS {_quoted(f'{table.description} {key}')}",
        *(
            f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.description)}'
            for column in table.columns
        ),
    ]


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
