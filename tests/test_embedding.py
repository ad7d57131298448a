"""Records inside other systems: texts, pandas and Arrow batches."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import communique
from communique import NoRecord, Record, extract_batches
from communique.embedding import COLUMNS
from communique.readers.files import TEXT
from communique.rules import RuleError
from folders import fill

SENTENCE = "On 12 May 2024 the ministers of Kenya and Palau signed an agreement on ferries."
ROWS: list[dict[str, Any]] = [
    {"id": "first", "text": SENTENCE, "title": "Ferries", "published": "2024-05-13"},
    {"id": "empty", "text": " ", "title": None, "published": None},
    {"id": "other", "text": "Nauru and Peru met yesterday.", "title": None, "published": "2024-05-14"},
]


def expected() -> list[str | None]:
    made = extract_batches(ROWS)
    return [record.to_json_line() if isinstance(record, Record) else None for record in made]


def test_texts_give_records_in_order() -> None:
    first, second, third = extract_batches([SENTENCE, "", {"id": "mine", "text": SENTENCE, "published": "2024-05-13"}])
    assert isinstance(first, Record)
    assert (first.id, first.source.path, first.source.media_type) == ("1", None, TEXT)
    assert second == NoRecord("2", "read", "empty")
    assert isinstance(third, Record)
    assert (third.id, third.source.published) == ("mine", "2024-05-13")
    assert first.decisions == third.decisions == communique.extract(SENTENCE).decisions


def test_texts_are_taken_one_by_one() -> None:
    taken = []

    def texts() -> Iterable[str]:
        for number in range(3):
            taken.append(number)
            yield SENTENCE

    next(iter(extract_batches(texts())))
    assert taken == [0]


@pytest.mark.parametrize(
    ("row", "stage", "reason"),
    [
        ({"id": "x"}, "read", "has no text"),
        ({"id": "x", "text": None}, "read", "text: not a string"),
        ({"id": "x", "text": 7}, "read", "text: not a string"),
        ({"id": "x", "text": "half a pair: \ud800"}, "read", "has half of a surrogate pair, which is no character"),
        ({"id": "x", "text": SENTENCE * 9}, "read", "too long (more than 500 characters)"),
        ({"id": "x", "text": SENTENCE, "published": "May"}, "metadata", "published: 'May' is no EDTF date or interval"),
    ],
)
def test_what_is_wrong_with_a_text_is_a_row(row: dict[str, Any], stage: str, reason: str) -> None:
    bad, good = extract_batches([row, SENTENCE], max_chars=500)
    assert isinstance(bad, NoRecord)
    assert (bad.stage, bad.reason) == (stage, reason)
    assert isinstance(good, Record)


def test_frames_give_frames() -> None:
    frames = [pd.DataFrame(ROWS[:2], index=[7, 9]), pd.DataFrame(ROWS[2:]), pd.DataFrame({"text": []})]
    first, second, none = extract_batches(frames)
    assert tuple(first.columns) == tuple(second.columns) == tuple(none.columns) == COLUMNS
    assert list(first.index) == [7, 9]
    assert [*first["record"], *second["record"]] == expected()
    assert list(first["reason"]) == [None, "empty"]
    assert len(none) == 0


def test_dates_and_numbers_of_frames_are_understood() -> None:
    frame = pd.DataFrame({"id": [3, 4], "text": SENTENCE, "published": [pd.Timestamp("2024-05-13"), pd.NaT], "n": 1.0})
    [made] = extract_batches([frame])  # the second text's date is read from itself
    assert list(made["id"]) == ["3", "4"]
    assert [json.loads(line)["source"]["published"] for line in made["record"]] == ["2024-05-13", "2024-05-12"]


def test_arrow_batches_give_arrow_batches() -> None:
    batch, table = pa.RecordBatch.from_pylist(ROWS), pa.Table.from_pylist(ROWS)
    [of_batch], [of_table] = extract_batches([batch]), extract_batches([table])
    assert isinstance(of_batch, pa.RecordBatch)
    assert isinstance(of_table, pa.Table)
    assert of_batch.to_pydict() == of_table.to_pydict()
    assert of_batch.column("record").to_pylist() == expected()
    assert set(of_batch.schema.types) == {pa.string()}
    days = pa.table({"text": [SENTENCE], "published": [date(2024, 5, 13)]})
    [made] = extract_batches([days])
    assert json.loads(str(made["record"][0]))["source"]["published"] == "2024-05-13"


def test_what_is_part_in_another_language_is_told() -> None:
    german = "Die Minister trafen sich in Wien und sprachen über den Verkehr auf der Donau und ihren Nebenflüssen. "
    [made] = extract_batches([pa.table({"text": [SENTENCE * 24 + german * 6]})])
    assert "is not in English" in str(made["warnings"][0])


def test_what_can_not_be_a_batch_is_told(tmp_path: Any) -> None:
    with pytest.raises(ValueError, match="no column 'text'"):
        list(extract_batches([pa.table({"txt": ["x"]})]))
    with pytest.raises(TypeError, match="neither texts nor batches that are known: int"):
        list(extract_batches([3]))  # type: ignore[list-item]
    with pytest.raises(RuleError):
        list(extract_batches([SENTENCE], rules=fill(tmp_path, states_jsonl="[]")))


def test_neither_pandas_nor_pyarrow_is_needed() -> None:
    code = f"""
import sys, communique
[record] = communique.extract_batches([{SENTENCE!r}])
assert record.decisions
assert not {{"pandas", "pyarrow", "ray"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
