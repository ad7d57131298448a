"""Entries put into the order of the text and numbered, as the record format wants them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
PREFIX = {"people": "p", "organizations": "o", "documents": "d", "decisions": "a"}


def numbered(row: Row) -> Row:
    """A record in plain data with its lists in order and its ids renewed.

    The ids that come in are any that are unique within the row; states keep theirs. References follow. Mentions are
    sorted, an id that stands twice in a list of references is kept once.
    """
    names = {state["id"]: state["id"] for state in row["states"]}
    for kind in ("people", "states", "organizations", "documents"):
        for entry in row[kind]:
            entry["mentions"].sort(key=lambda mention: mention["start"])
    for kind in ("dates", "figures"):
        row[kind].sort(key=lambda entry: entry["mention"]["start"])
    for kind, prefix in PREFIX.items():
        if kind == "decisions":
            row[kind].sort(key=lambda entry: entry["trigger"]["start"])
        else:
            row[kind].sort(key=lambda entry: entry["mentions"][0]["start"])
        for number, entry in enumerate(row[kind], 1):
            names[entry["id"]] = entry["id"] = f"{prefix}{number}"
    for document in row["documents"]:
        document["parties"] = _renewed(document["parties"], names)
    if row["meeting"]:
        row["meeting"]["participants"] = _renewed(row["meeting"]["participants"], names)
    for decision in row["decisions"]:
        decision["documents"] = _renewed(decision["documents"], names)
        for actor in (*decision["actors"], *([decision["recipient"]] if decision["recipient"] else [])):
            actor["ids"] = _renewed(actor["ids"], names)
    return row


def _renewed(ids: Iterable[str], names: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(names.get(id_, id_) for id_ in ids))
