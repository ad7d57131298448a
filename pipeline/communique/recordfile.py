"""A file of records read one at a time: where each stands is known, none is kept."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from communique.errors import InputError
from communique.jsonl import first_problem, parse_line
from communique.records import Record

STDIN = Path("-")
# Records begin so when this package wrote them; other key orders are found by reading the whole line.
_HEAD = re.compile(rb'\{"schema": "communique/1", "id": "([^"\\]+)"')


class RecordFile(Mapping[str, Record]):
    """The records of a JSON Lines file by id, in the file's order; `-` is standard input.

    Each is read, and checked, whenever it is asked for. Raises `InputError` for a file that can't be read, for an id
    that stands twice, and for a line that holds no record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = open_twice(path)
        weakref.finalize(self, self._file.close)
        self._at: dict[str, tuple[int, int]] = {}
        self._index()

    def _index(self) -> None:
        offset = 0
        for number, line in enumerate(self._file, 1):
            if line.strip(b"\r\n\t \xef\xbb\xbf"):
                head = _HEAD.match(line)
                id_ = head[1].decode("utf-8", "replace") if head else self._id(line, number)
                if id_ in self._at:
                    raise InputError(self.path, f"id {id_!r} stands twice", number)
                self._at[id_] = offset, number
            offset += len(line)

    def _id(self, line: bytes, number: int) -> str:
        return self._record(line, number).id

    def __getitem__(self, id_: str) -> Record:
        offset, number = self._at[id_]
        self._file.seek(offset)
        return self._record(self._file.readline(), number)

    def _record(self, raw: bytes, number: int) -> Record:
        try:
            text = raw.decode("utf-8-sig").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(self.path, "not UTF-8", number) from None
        try:
            return Record.model_validate_json(text)
        except ValidationError:
            pass  # what is wrong is told better, and half of a surrogate pair let pass, by what follows
        line = parse_line(number, text)
        if line.error is not None:
            raise InputError(self.path, line.error, number)
        try:
            return Record.model_validate(line.row)
        except ValidationError as e:
            raise InputError(self.path, first_problem(e), number) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._at  # not by reading it


def open_twice(path: Path) -> IO[bytes]:
    """The file, or a copy of what can't be read twice; `-` is standard input. Raises `InputError`."""
    try:
        if path == STDIN:
            return _copied(sys.stdin.buffer)
        file = path.open("rb")
        if file.seekable():
            return file
        with file:
            return _copied(file)
    except OSError as e:
        raise InputError.of(path, e) from None


def _copied(stream: IO[bytes]) -> IO[bytes]:
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as it is read from
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy
