"""Where a data set came from: versions, rules, the records, the texts' sources and their rights."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self, TypedDict

from communique.errors import InputError
from communique.export.item import Item
from communique.records import SCHEMA, dumps
from communique.rules import shipped

PROVENANCE = "provenance.json"
SOURCES = "sources.jsonl"
RUN = "run.json"
_OTHERS = 1000
"""How many different rights are counted apart."""


class Terms(TypedDict):
    """How many texts are under the same terms, and how many of them went into the data set."""

    rights: str | None
    texts: int
    with_text: int


class Sources:
    """`sources.jsonl` of a data set: each text's source, its rights, and whether the text is in the data set."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._texts: Counter[str | None] = Counter()
        self._with_text: Counter[str | None] = Counter()

    def add(self, item: Item) -> None:
        """Write the source of a text."""
        row = {"id": item.record.id, **item.record.source.model_dump(mode="json"), "with_text": item.with_text}
        self._file.write(f"{dumps(row)}\n")
        rights = item.record.source.rights
        if rights not in self._texts and len(self._texts) >= _OTHERS:
            rights = "others"
        self._texts[rights] += 1
        self._with_text[rights] += item.with_text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def rights(self) -> list[Terms]:
        """The rights with the number of texts, the most frequent first."""
        ordered = sorted(self._texts.items(), key=lambda row: (-row[1], row[0] or ""))
        return [{"rights": r, "texts": count, "with_text": self._with_text[r]} for r, count in ordered]


def software(libraries: Iterable[str]) -> dict[str, Any]:
    """The versions of what makes a data set: the package, its rules, and the libraries that write the format."""
    return {
        "communique": version("communique"),
        "schema": SCHEMA,
        "rules_sha256": rules_hash(shipped()),
        "libraries": {name: version(name) for name in libraries},
    }


def rules_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of the rule files of a folder, in the order of their names."""
    digest = sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def run_of(records: Path) -> dict[str, Any] | None:
    """What the run that made the records tells of itself in `run.json` beside them, if it does.

    Raises `InputError` for a file that is there and can't be used.
    """
    path = records.with_name(RUN)
    try:
        run = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except OSError as e:
        raise InputError.of(path, e) from None
    except ValueError as e:
        raise InputError(path, f"not JSON: {e}") from None
    if not isinstance(run, dict):
        raise InputError(path, "not a JSON object")
    return run
