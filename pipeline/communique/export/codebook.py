"""What a data set holds, in Markdown, from the descriptions of the models and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from communique.export.columns import Column, Table, plain_type
from communique.export.tables import TABLES
from communique.records import Record

_NAMES = {str: "string", int: "integer", float: "number"}


def tables() -> str:
    """The flat tables: every column with type and description."""
    return "\n\n".join("\n".join(_table(table)) for table in TABLES)


def record() -> str:
    """The models of a record, outermost first."""
    return "\n\n".join("\n".join(_model(model)) for model in _models(Record))


def _table(table: Table) -> Iterator[str]:
    yield from (
        f"## {table.name}",
        "",
        table.description,
        "",
        f"Key: {', '.join(f'`{part}`' for part in table.key)}.",
        "",
    )
    yield from rows(
        ("column", "type", "null", "description"),
        ((f"`{one.name}`", one.type, "yes" if one.nullable else "", _description(one)) for one in table.columns),
    )


def _description(column: Column) -> str:
    values = f" One of {', '.join(f'`{value}`' for value in column.values)}." if column.values else ""
    leads = f" Leads, with `text_id`, to `{column.references}`." if column.references else ""
    return f"{column.description}{values}{leads if column.name != 'text_id' else ''}"


def rows(head: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    cells = tuple(head)
    yield f"| {' | '.join(cells)} |"
    yield "| " + " | ".join("---" for _ in cells) + " |"
    for line in lines:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"


def _models(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> Iterator[type[BaseModel]]:
    seen = set() if seen is None else seen
    if model not in seen:
        seen.add(model)
        yield model
        for info in model.model_fields.values():
            for inner in _inner(info.annotation):
                yield from _models(inner, seen)


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    for one in plain_type(annotation)[0]:
        if get_origin(one) is tuple:
            yield from _inner(get_args(one)[0])
        elif isinstance(one, type) and issubclass(one, BaseModel):
            yield one


def _model(model: type[BaseModel]) -> Iterator[str]:
    yield from (f"## {model.__name__}", "", (model.__doc__ or "").split("\n\n")[0], "")
    yield from rows(
        ("field", "type", "null", "description"),
        (
            (
                f"`{info.alias or name}`",
                _name(info.annotation),
                "yes" if plain_type(info.annotation)[1] else "",
                _full(info),
            )
            for name, info in model.model_fields.items()
        ),
    )


def _full(info: FieldInfo) -> str:
    values = [value for one in plain_type(info.annotation)[0] if get_origin(one) is Literal for value in get_args(one)]
    return (info.description or "") + (f" One of {', '.join(f'`{value}`' for value in values)}." if values else "")


def _name(annotation: Any) -> str:
    types, _ = plain_type(annotation)
    if len(types) > 1:
        return "number"
    (one,) = types
    if get_origin(one) is tuple:
        return f"list of {_name(get_args(one)[0])}"
    if get_origin(one) is Literal:
        return "string"
    return _NAMES.get(one) or str(one.__name__)
