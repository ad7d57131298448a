"""A folder that `datasets.load_dataset` opens: whole records, nested as they are, as Parquet, with a card."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from communique.export import codebook
from communique.export.arrow import record_schema
from communique.export.columns import field
from communique.export.croissant import file_object, record_set
from communique.export.formats.base import Json
from communique.export.formats.base import Writer as Base
from communique.export.item import Item
from communique.records import Record

_RECORDS = 256
"""Records that are kept before they are written."""
_CHARACTERS = 4_000_000
"""Characters of their texts, which a few long texts reach sooner."""
_PART = "Whole records. The columns that are nested are told in the codebook."
_COLUMNS = (field(Record, "id"), field(Record, "text"))


class Writer(Base):
    """A file for each part, below `data`."""

    libraries = ("pyarrow",)

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts or ("train",))
        self._schema: pa.Schema = record_schema()
        (folder / "data").mkdir()
        self.counts = dict.fromkeys(self.parts, 0)
        self._rows: dict[str, list[Json]] = {part: [] for part in self.parts}
        self._characters = dict.fromkeys(self.parts, 0)
        self._writers = {
            part: self.opened.enter_context(pq.ParquetWriter(folder / _file(part), self._schema, compression="zstd"))
            for part in self.parts
        }

    def add(self, item: Item) -> None:
        part = item.split or self.parts[0]
        self._rows[part].append(_row(item))
        self._characters[part] += len(item.record.text)
        if len(self._rows[part]) >= _RECORDS or self._characters[part] >= _CHARACTERS:
            self._flush(part)

    def _flush(self, part: str) -> None:
        rows = self._rows[part]
        self._count(part, len(rows))
        if rows:
            self._writers[part].write_table(pa.Table.from_pylist(rows, self._schema))
        rows.clear()
        self._characters[part] = 0

    def close(self) -> None:
        for part in self.parts:
            self._flush(part)
        self.opened.close()

    def codebook(self) -> str:
        return codebook.record()

    def card(self, name: str, about: str, licence: str | None) -> str:
        """The card: what the hub and `load_dataset` read of a folder, then what people do."""
        head = {
            "pretty_name": name,
            "language": ["en"],
            **_licence(licence),
            "tags": ["information-extraction", "diplomacy", "communiqués"],
            "task_categories": ["token-classification"],
            "size_categories": [_size(sum(self.counts.values()))],
            "configs": [
                {
                    "config_name": "default",
                    "data_files": [{"split": part, "path": _file(part)} for part in self.parts],
                }
            ],
        }
        # A value in JSON is one in YAML too.
        yaml = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items())
        return f"---\n{yaml}\n---\n\n# {name}\n\n{about}\n"

    def croissant(self) -> tuple[list[Json], list[Json]]:
        files = [file_object(_file(part), "application/x-parquet") for part in self.parts]
        return files, [record_set(part, _PART, ("id",), _COLUMNS, _file(part)) for part in self.parts]


def _file(part: str) -> str:
    return f"data/{part}.parquet"


def _row(item: Item) -> Json:
    row = item.record.to_dict()
    if not item.with_text:
        row["text"] = None
        for decision in row["decisions"]:
            decision["evidence"]["text"] = None
    return row


def _licence(licence: str | None) -> Json:
    """The licence in the hub's words, which are SPDX names in lower case, or "other" with its name."""
    if licence is None:
        return {"license": "other"}
    if re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        return {"license": licence.lower()}
    return {"license": "other", "license_name": licence}


def _size(count: int) -> str:
    """The size of a data set, in the hub's words."""
    names = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M")
    return names[min(len(names) - 1, max(0, len(str(count)) - 3))]
