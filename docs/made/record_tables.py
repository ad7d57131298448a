"""The record format, as the models tell it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, get_args

import communique
from communique.components.decisions import VerbRule
from communique.records import Act, Record
from communique.rules import read, shipped
from made.schemas import fields
from made.tables import table

TEXT = "Windhoek, 12 March 2019. Namibia and Palau signed the Protocol on Seed Banks."


def example() -> str:
    """A short text and its whole record."""
    record = json.dumps(communique.extract(TEXT).to_dict(), ensure_ascii=False, indent=2)
    return f"> {TEXT}\n\n```json\n{record}\n```"


def models() -> str:
    """A section for each model: what it is and its fields."""
    schema = Record.json_schema()
    sections = [_section("Record", schema)]
    sections += [_section(name, schema["$defs"][name]) for name in _order(schema)]
    return "\n\n".join(sections)


def acts() -> str:
    """The acts, with the verbs that say them on their own."""
    verbs = defaultdict[str, list[str]](list)
    for rule in read(VerbRule, (shipped(),)):
        if rule.act is not None and rule.role in ("act", "instruct", "urge") and rule.base not in verbs[rule.act]:
            verbs[rule.act].append(rule.base)
    rows = [(f"`{act}`", ", ".join(sorted(verbs[act]))) for act in get_args(Act)]
    return table(("act", "verbs"), rows)


def _section(name: str, schema: dict[str, Any]) -> str:
    return f"### {name}\n\n{schema.get('description', '')}\n\n{fields(schema)}"


def _order(schema: dict[str, Any]) -> list[str]:
    """The names of the models in the order in which a reader of the record meets them."""
    names: list[str] = []

    def meet(part: Any) -> None:
        if isinstance(part, list):
            for item in part:
                meet(item)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key == "$ref" and (name := value.rpartition("/")[2]) not in names:
                    names.append(name)
                    meet(schema["$defs"][name])
                elif key != "$defs":
                    meet(value)

    meet(schema["properties"])
    return names
