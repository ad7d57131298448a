"""Arrow schemas with descriptions, of the flat tables and of a whole record."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from communique.export.columns import Row, Table, plain_type
from communique.records import Record

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_PLAIN: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32()}


def table_schema(table: Table) -> pa.Schema:
    """The schema of a table; `description` is in the metadata of the table and of each column, `key` in the table's."""
    fields = [
        pa.field(column.name, _TYPES[column.type], column.nullable, {"description": column.description})
        for column in table.columns
    ]
    return pa.schema(fields, {"description": table.description, "key": ", ".join(table.key)})


def table_batch(table: Table, rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Rows of a table, a column after the other; integers in a column of numbers become doubles."""
    columns = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def record_schema() -> pa.Schema:
    """The schema of a whole record, as nested as its model."""
    return pa.schema(_fields(Record), {"description": (Record.__doc__ or "").strip()})


def _fields(model: type[BaseModel]) -> list[pa.Field[Any]]:
    return [
        pa.field(
            info.serialization_alias or info.alias or name,
            _type(info.annotation),
            plain_type(info.annotation)[1] or name == "text",  # of a text that is left out, and its sentences
            {"description": info.description or ""},
        )
        for name, info in model.model_fields.items()
    ]


def _type(annotation: Any) -> pa.DataType:
    types, _ = plain_type(annotation)
    if len(types) > 1:
        return pa.float64()  # an integer or a float
    (one,) = types
    if get_origin(one) is tuple:
        return pa.list_(_type(get_args(one)[0]))
    if get_origin(one) is Literal:
        return pa.string()
    if issubclass(one, BaseModel):
        return pa.struct(_fields(one))
    return _PLAIN[one]
