"""JSON Schemas as Markdown tables."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from made.tables import table

Schema = dict[str, Any]


def fields(schema: Schema, without: Container[str] = (), linked: bool = True) -> str:
    """A table of an object's properties: name, type and, where any has one, description."""
    told = {name: field for name, field in schema["properties"].items() if name not in without}
    rows = [(f"`{name}`", kind(field, linked), _line(field.get("description", ""))) for name, field in told.items()]
    if any(row[2] for row in rows):
        return table(("field", "type", ""), rows)
    return table(("field", "type"), [row[:2] for row in rows])


def kind(field: Schema, linked: bool = True) -> str:
    """The type of a property in words; other models by name, linked to their heading."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if linked else name
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(kind(part, linked) for part in field["anyOf"]))
    if "enum" in field or "const" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    if field.get("type") == "array":
        inner = field.get("items") or {"anyOf": field.get("prefixItems", [{}])}
        return f"list of {kind(inner, linked)}"
    return str(field.get("type", "any"))


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
