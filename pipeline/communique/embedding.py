"""Records inside another system: texts, pandas or Arrow batches in, records or batches of the same kind out.

Everything is done in the process that asks, one text after the other, since such systems have workers of their own.
Neither pandas nor pyarrow is imported here: who hands in their batches has them.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from communique.engines import Failure, Settings, Task
from communique.readers.files import TEXT
from communique.readers.limits import MAX_CHARACTERS
from communique.readers.rows import COLUMNS as _READ
from communique.readers.rows import row_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from communique.engines.work import Worker
    from communique.records import Record

COLUMNS = ("id", "record", "stage", "reason", "warnings")
"""The columns of a batch that comes out, all of strings; `warnings` has one on each line."""


class NoRecord(NamedTuple):
    """Why a text has no record: where it failed (one of `communique.engines.STAGES`), and in words."""

    id: str
    stage: str
    reason: str


class _Done(NamedTuple):
    id: str
    made: Record | Failure
    warnings: tuple[str, ...]


@overload
def extract_batches(
    batches: Iterable[str | Mapping[str, Any]], *, rules: Path | str | None = None, max_chars: int = MAX_CHARACTERS
) -> Iterator[Record | NoRecord]: ...
@overload
def extract_batches(
    batches: Iterable[pd.DataFrame], *, rules: Path | str | None = None, max_chars: int = MAX_CHARACTERS
) -> Iterator[pd.DataFrame]: ...
@overload
def extract_batches(
    batches: Iterable[pa.RecordBatch], *, rules: Path | str | None = None, max_chars: int = MAX_CHARACTERS
) -> Iterator[pa.RecordBatch]: ...
@overload
def extract_batches(
    batches: Iterable[pa.Table], *, rules: Path | str | None = None, max_chars: int = MAX_CHARACTERS
) -> Iterator[pa.Table]: ...
def extract_batches(
    batches: Iterable[Any], *, rules: Path | str | None = None, max_chars: int = MAX_CHARACTERS
) -> Iterator[Any]:
    """The records of many texts, taken and given one by one, in order; the pipeline is loaded once in a process.

    `batches` holds any of these:

    - texts, or mappings with a `text` and any of `id`, `title`, `publisher`, `published` (an EDTF day, or a date),
      `url`, `rights`: each gives its `Record`, or a `NoRecord` with the reason;
    - pandas `DataFrame`s, Arrow `RecordBatch`es or `Table`s with these as columns, others being ignored: each gives one
      of its kind with as many rows in the same order (and a frame's index), and the columns `COLUMNS`: `id`, `record`
      (JSON, null where there is none), `stage` and `reason` (null where there is a record), and `warnings` (null or
      lines).

    A text without an id has its number among all, from 1; ids are not compared. Nothing that is wrong with a text is
    raised. Raises `RuleError` for rules that can't be used, `TypeError` for anything else than the above, and
    `ValueError` for a batch that has no column `text`.
    """
    worker = _worker(Settings(Path(rules) if rules else None, max_chars))
    count = 0
    for batch in batches:
        if isinstance(batch, str | Mapping):
            count += 1
            yield _single(_do(worker, {"text": batch} if isinstance(batch, str) else batch, count))
            continue
        rows = _rows(batch)
        yield _like(batch, [_do(worker, row, count + number) for number, row in enumerate(rows, 1)])
        count += len(rows)


def _worker(settings: Settings) -> Worker:
    from communique.engines.work import Worker

    return Worker.of(settings)


def _do(worker: Worker, given: Mapping[str, Any], number: int) -> _Done:
    row = row_of(number, {key: _plain(value) for key, value in given.items() if key in _READ})
    id_ = row.id or str(number)
    if row.error is not None:
        return _Done(id_, Failure("read", row.error), ())
    data = row.text.encode()
    task = Task(number, id_, id_, None, data, TEXT, hashlib.sha256(data).hexdigest(), row.known)
    return _Done(id_, *worker.attempt(task))


def _plain(value: Any) -> Any:
    """A date as EDTF, a number of numpy as one of Python's, what pandas puts where nothing is as None."""
    if value is None or value != value:  # NaN and NaT are unlike themselves
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _single(done: _Done) -> Record | NoRecord:
    return NoRecord(done.id, *done.made) if isinstance(done.made, Failure) else done.made


def _rows(batch: Any) -> list[dict[str, Any]]:
    """The rows of a frame or an Arrow batch, those columns alone that are read."""
    if not _is_frame(batch) and not _is_arrow(batch):
        raise TypeError(f"neither texts nor batches that are known: {type(batch).__name__}")
    names = list(batch.columns if _is_frame(batch) else batch.schema.names)
    if "text" not in names:
        raise ValueError("a batch has no column 'text'")
    wanted = [name for name in _READ if name in names]
    rows: list[dict[str, Any]] = (
        batch[wanted].to_dict("records") if _is_frame(batch) else batch.select(wanted).to_pylist()
    )
    return rows


def _like(batch: Any, done: list[_Done]) -> Any:
    """What came of a batch, as a batch of its kind."""
    columns = dict(zip(COLUMNS, map(list, zip(*map(_cells, done), strict=True)) if done else ([],) * 5, strict=True))
    if _is_frame(batch):
        return sys.modules["pandas"].DataFrame(columns, index=batch.index, dtype=object)
    arrow = sys.modules["pyarrow"]
    return type(batch).from_pydict(columns, schema=arrow.schema([(name, arrow.string()) for name in COLUMNS]))


def _cells(done: _Done) -> tuple[str | None, ...]:
    warnings = "\n".join(done.warnings) or None
    if isinstance(done.made, Failure):
        return done.id, None, done.made.stage, done.made.reason, warnings
    return done.id, done.made.to_json_line(), None, None, warnings


def _is_frame(batch: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(batch, pandas.DataFrame)


def _is_arrow(batch: Any) -> bool:
    arrow = sys.modules.get("pyarrow")
    return arrow is not None and isinstance(batch, arrow.RecordBatch | arrow.Table)
