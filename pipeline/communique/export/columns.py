"""What a table of a data set is: columns with types and descriptions, taken from the models of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from communique.edtf import days
from communique.export.item import Item

Type = Literal["string", "integer", "number", "boolean", "date"]
Value: TypeAlias = str | int | float | bool | date | None
Row: TypeAlias = tuple[Value, ...]
_OF: dict[type, Type] = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True)
class Column:
    """A column: its type, what it holds, whether it can be null, and the values it can have if they are few."""

    name: str
    type: Type
    description: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    references: str = ""
    """`table.column` whose values these are, together with `text_id`."""


@dataclass(frozen=True)
class Table:
    """A table: its columns, those that make a row unique, and how an item becomes rows."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Item], Iterator[Row]]
    """The rows of an item, with the values in the order of the columns."""


def field(model: type[BaseModel], name: str, as_: str = "", prefix: str = "", references: str = "") -> Column:
    """The column of a field of a model, with its type, its values and its description."""
    info = model.model_fields[name]
    if not info.description:
        raise ValueError(f"{model.__name__}.{name} has no description")
    types, nullable = plain_type(info.annotation)
    values = tuple(value for one in types if get_origin(one) is Literal for value in get_args(one))
    kinds = {"string" if get_origin(one) is Literal else _OF[one] for one in types}
    kind: Type = kinds.pop() if len(kinds) == 1 else "number"
    return Column(as_ or name, kind, prefix + info.description, nullable, values, references)


def edtf(model: type[BaseModel], name: str, as_: str = "") -> tuple[Column, Column, Column]:
    """The column of a date in EDTF, and its first and last day for those who compute with it."""
    column = field(model, name, as_)
    return (
        column,
        Column(f"{column.name}_first", "date", f"First day of `{column.name}`; null for an open start.", True),
        Column(f"{column.name}_last", "date", f"Last day of `{column.name}`; null for an open end.", True),
    )


def edtf_values(value: str | None) -> tuple[Value, Value, Value]:
    """The values of the columns of a date in EDTF; a duration has no days."""
    first, last = days(value) if value else (None, None)
    return value, first and _date(first), last and _date(last)


def _date(day: tuple[int, int, int]) -> date | None:
    return date(*day) if day[0] else None  # the year 0, which a date can't be in


def plain_type(annotation: Any) -> tuple[list[Any], bool]:
    """The types that a field's annotation stands for, without constraints, and whether it can be null."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return plain_type(get_args(annotation)[0])
    if origin in (Union, UnionType):
        parts = [plain_type(one) for one in get_args(annotation) if one is not type(None)]
        nullable = type(None) in get_args(annotation) or any(null for _, null in parts)
        return [one for types, _ in parts for one in types], nullable
    return [annotation], False
