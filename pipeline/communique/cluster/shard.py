"""One shard: its files read, each text extracted, records and errors written beside each other."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Any

from communique.cluster.cutting import Piece, Shard
from communique.cluster.places import Place
from communique.engines import Engine, Result, Task
from communique.errors import InputError
from communique.readers.files import JSONL, PARQUET, TEXT, kind_of, load_from
from communique.readers.finding import STATE
from communique.readers.limits import Limits
from communique.readers.rows import Row, parquet, rows_in

SIDECARS = f"{STATE}/shards"
"""Below the outputs: a file for each shard that is done, written last."""
RECORDS, ERRORS, WARNINGS = "records", "errors", "warnings"
"""The folders below the outputs."""


@dataclass
class Outcome:
    """What came of a shard: kept in its sidecar, and told to whoever runs it."""

    key: str
    taken: dict[str, str]
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    """Id, name and SHA-256 of each text, also of those with an id that was taken."""
    records: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    """By stage."""
    warnings: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Size and SHA-256 of each file written, by its path below the outputs."""

    def to_json(self) -> str:
        """For the sidecar."""
        return json.dumps(vars(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def of_json(cls, line: str | bytes) -> Outcome:
        """The same again."""
        told = json.loads(line)
        for name in ("errors", "counts"):
            told[name] = Counter(told[name])
        return cls(**{**told, "texts": [tuple(text) for text in told["texts"]]})


class Done:
    """A shard that is done, with the rows that tell what went wrong in it."""

    def __init__(self, outcome: Outcome, errors: list[dict[str, Any]], warnings: list[dict[str, Any]]) -> None:
        self.outcome = outcome
        self.errors = errors
        self.warnings = warnings


def do(shard: Shard, out: Place, format_: str, limits: Limits, engine: Engine) -> Done:
    """Do a shard and write its files; the same shard done twice, or twice at once, leaves the same bytes.

    Raises `OSError` where files can't be read now, or written; `EngineError` and `RuleError` as the engine does.
    """
    texts = _Texts(shard, limits)
    with tempfile.TemporaryFile() as records:
        write, end = writer(records, format_)
        for result in engine.run(texts.tasks(), in_order=True):
            texts.hear(result)
            if result.line is not None:
                write(result.line)
        end()
        outcome = texts.outcome
        errors, warnings = texts.rows()
        with ExitStack() as stack:
            parts = {f"{RECORDS}/{shard.name}.{format_}": records}
            for folder, rows in ((ERRORS, errors), (WARNINGS, warnings)):
                if rows:
                    parts[f"{folder}/{shard.name}.jsonl"] = stack.enter_context(tempfile.TemporaryFile())
                    for row in rows:
                        parts[f"{folder}/{shard.name}.jsonl"].write(json_line(row))
            outcome.files = {path: _put(file, out / path) for path, file in parts.items()}
    put_bytes(outcome.to_json().encode(), out / SIDECARS / f"{shard.name}.json")
    return Done(outcome, errors, warnings)


def writer(file: IO[bytes], format_: str) -> tuple[Callable[[bytes], object], Callable[[], object]]:
    """How to write a record, and how to end."""
    if format_ == "jsonl":
        return lambda line: file.write(line + b"\n"), lambda: None
    from communique.runs.parquet import Writer

    made = Writer(file)
    return made.write, made.close


def json_line(row: dict[str, Any]) -> bytes:
    """A row of errors or warnings as it is written."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def put_bytes(data: bytes, place: Place) -> dict[str, Any]:
    """Write a small file; its size and hash."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        return _put(file, place)


def _put(file: IO[bytes], place: Place) -> dict[str, Any]:
    file.seek(0)
    sha256 = hashlib.sha256()
    for piece in iter(lambda: file.read(1 << 20), b""):
        sha256.update(piece)
    size = file.tell()
    file.seek(0)
    place.put(file)
    return {"bytes": size, "sha256": sha256.hexdigest()}


class _Texts:
    """The texts of a shard in order, and what is to be said of each."""

    def __init__(self, shard: Shard, limits: Limits) -> None:
        self._shard = shard
        self._limits = limits
        self._first = dict(shard.taken)
        self._twins: dict[str, str] = {}
        self._number = 0
        self._hashes: dict[int, tuple[str, str]] = {}
        self._errors: list[tuple[int, dict[str, Any]]] = []
        self._warnings: list[tuple[int, dict[str, Any]]] = []
        self.outcome = Outcome(shard.key, shard.taken)

    def tasks(self) -> Iterator[Task]:
        """What is to do; what can't be used is noted."""
        for piece in self._shard.pieces:
            try:
                for text in _texts(piece, self._limits):
                    if isinstance(text, _Bad):
                        self._fail(text.name, None, "read", text.reason)
                    elif task := self._enter(*text):
                        yield task
            except InputError as e:
                self._fail(e.path if e.line is None else f"{e.path}:{e.line}", None, "read", e.reason)

    def _enter(self, name: str, id_: str, piece: Piece, data: bytes, media_type: str, more: Any) -> Task | None:
        sha256 = hashlib.sha256(data).hexdigest()
        self.outcome.texts.append((id_, name, sha256))
        if (first := self._first.get(id_)) is not None:
            self._fail(name, sha256, "find", f"has the id {id_!r}, which {first} has already")
            return None
        self._first[id_] = name
        self._number += 1
        self._hashes[self._number] = name, sha256
        known = {**piece.known, **more}
        return Task(self._number, name, id_, piece.path, data, media_type, sha256, known)

    def hear(self, result: Result) -> None:
        """Note what came of a text."""
        name, sha256 = self._hashes.pop(result.number)
        for warning in result.warnings:
            row = {"path": name, "sha256": sha256, "reason": warning}
            self._warnings.append((result.number, row))
            self.outcome.warnings += 1
        if result.failure is not None:
            self._note(result.number, name, sha256, *result.failure)
            return
        self.outcome.records += 1
        self.outcome.counts.update(result.counts)

    def _fail(self, name: str, sha256: str | None, stage: str, reason: str) -> None:
        self._number += 1
        self._note(self._number, name, sha256, stage, reason)

    def _note(self, number: int, name: str, sha256: str | None, stage: str, reason: str) -> None:
        self._errors.append((number, {"path": name, "sha256": sha256, "stage": stage, "reason": reason}))
        self.outcome.errors[stage] += 1

    def rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Errors and warnings in the order of the texts."""
        return _in_order(self._errors), _in_order(self._warnings)


def _in_order(rows: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


@dataclass(frozen=True)
class _Bad:
    name: str
    reason: str


_Text = tuple[str, str, Piece, bytes, str, dict[str, Any]]


def _texts(piece: Piece, limits: Limits) -> Iterator[_Text | _Bad]:
    kind = kind_of(piece.path)
    try:
        if kind and kind.media_type == PARQUET:
            yield from _rows(piece, _parquet_rows(piece))
        elif kind and kind.media_type == JSONL:
            yield from _rows(piece, _json_rows(piece, limits))
        else:
            with piece.place.fs.open_input_stream(piece.file, compression=None) as file:
                data, media_type = load_from(file, piece.name, limits)
            yield piece.name, piece.id, piece, data, media_type, {}
    except (FileNotFoundError, PermissionError) as e:  # others may be over next time: the shard is done again
        raise InputError(piece.name, (e.strerror or type(e).__name__).lower()) from None


def _rows(piece: Piece, rows: Iterator[Row]) -> Iterator[_Text | _Bad]:
    for row in rows:
        name = f"{piece.name}:{row.number}"
        if row.error is not None:
            yield _Bad(name, row.error)
        else:
            id_ = row.id if row.id is not None else f"{piece.id}/{row.number}"
            yield name, id_, piece, row.text.encode(), TEXT, row.known


def _parquet_rows(piece: Piece) -> Iterator[Row]:
    with piece.place.fs.open_input_file(piece.file) as file:
        groups = None if piece.end is None else range(piece.start, piece.end)
        yield from parquet(piece.name).rows_of_groups(file, piece.name, groups, piece.row)


def _json_rows(piece: Piece, limits: Limits) -> Iterator[Row]:
    if piece.end is None:
        with piece.place.fs.open_input_stream(piece.file, compression=None) as file:
            yield from rows_in(file, piece.name, limits)
        return
    with piece.place.fs.open_input_file(piece.file) as file:
        file.seek(piece.start)
        yield from rows_in(_Part(file, piece.end - piece.start), piece.name, limits, piece.row)


class _Part:
    """So many bytes of an open file."""

    def __init__(self, file: Any, left: int) -> None:
        self._file = file
        self._left = left

    def read(self, size: int, /) -> bytes:
        """The next ones."""
        data = bytes(self._file.read(min(size, self._left)))
        self._left -= len(data)
        return data
