"""Parquet of texts: the columns are the keys of a row of JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import InputError
from communique.readers.rows import COLUMNS, Row, row_of

_ROWS = 256
"""Rows held in memory at a time."""


def groups(file: Any, path: Path | str) -> list[int]:
    """The number of rows of each row group of a file."""
    told = _opened(file, path).metadata
    return [told.row_group(number).num_rows for number in range(told.num_row_groups)]


def holds_records(file: Any, path: Path | str) -> bool:
    """Whether a file holds records, not texts to read."""
    return {"schema", "text", "decisions"} <= set(_opened(file, path).schema_arrow.names)


def rows_of_groups(file: Any, path: Path | str, some: Sequence[int] | None = None, first: int = 1) -> Iterator[Row]:
    """The rows of some row groups, or of all; the first has the number `first`.

    Raises `InputError` for a file that is none, has no column `text`, or is damaged.
    """
    parquet = _opened(file, path)
    columns = [name for name in COLUMNS if name in parquet.schema_arrow.names]
    if "text" not in columns:
        raise InputError(path, "has no column 'text'")
    number = first
    try:
        for batch in parquet.iter_batches(_ROWS, row_groups=None if some is None else list(some), columns=columns):
            for row in batch.to_pylist():
                yield row_of(number, {key: _plain(value) for key, value in row.items()})
                number += 1
    except (pa.ArrowException, OSError) as e:
        raise InputError(path, f"damaged Parquet ({type(e).__name__})") from None


def _opened(file: Any, path: Path | str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as e:
        raise InputError(path, f"damaged, or not Parquet ({type(e).__name__})") from None


def _plain(value: Any) -> Any:
    value = value.date() if isinstance(value, datetime) else value
    return value.isoformat() if isinstance(value, date) else value
