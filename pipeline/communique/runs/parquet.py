"""Records as Parquet: a row a record, its lists and objects as columns in columns, types from the models."""

from __future__ import annotations

import json
import types
from typing import IO, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from communique.records import Record

GROUP = 256
"""Records written at a time: what is held in memory."""


class Writer:
    """Takes records as lines of JSON."""

    def __init__(self, file: IO[bytes]) -> None:
        self._schema = schema()
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, line: bytes) -> None:
        """Take a record."""
        self._rows.append(json.loads(line))
        if len(self._rows) == GROUP:
            self._flush()

    def _flush(self) -> None:
        for row in self._rows:
            for figure in row["figures"]:
                figure["value"] = float(figure["value"])
                figure["upper"] = None if figure["upper"] is None else float(figure["upper"])
        self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def close(self) -> None:
        """Write what is left."""
        self._flush()
        self._writer.close()


def schema() -> pa.Schema:
    """The columns of a record."""
    return pa.schema(list(_fields(Record)))


def _fields(model: type[BaseModel]) -> list[pa.Field[Any]]:
    return [
        pa.field(field.serialization_alias or field.alias or name, _type(field.annotation))
        for name, field in model.model_fields.items()
    ]


def _type(annotation: Any) -> pa.DataType:
    if hasattr(annotation, "__metadata__"):
        return _type(annotation.__origin__)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        inner = {_type(arg) for arg in args if arg is not type(None)}
        return inner.pop() if len(inner) == 1 else pa.float64()  # a number, whole or not
    if origin is Literal or annotation is str:
        return pa.string()
    if origin is tuple:
        return pa.list_(_type(args[0]))
    if annotation is int:
        return pa.int64()
    if annotation is float:
        return pa.float64()
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_fields(annotation))
    raise TypeError(f"no column for {annotation}")
