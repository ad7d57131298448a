"""The records of a file one after another, as often as needed, with what is wrong with some of them.

Nothing is kept of a record but its id, on disk: a file may be larger than memory.
"""

from __future__ import annotations

import sqlite3
import sys
import weakref
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from communique.errors import InputError
from communique.jsonl import first_problem, parse_line
from communique.recordfile import open_twice
from communique.records import Record

_LONGEST = 1 << 30
"""Bytes of a line above which it is no record but a mistake."""
_CHUNK = 1 << 20


class RecordStream:
    """The records of a JSON Lines file, `-` for standard input, in order and with the number of their lines.

    `errors` are the lines that hold none, and those whose id another has already; they are passed over. Raises
    `InputError` for a file that can't be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.errors: list[InputError] = []
        self._file = open_twice(path)
        weakref.finalize(self, self._file.close)

    def lines(self) -> int:
        """How many lines there are, empty ones too."""
        self._file.seek(0)
        return sum(chunk.count(b"\n") for chunk in iter(lambda: self._file.read(_CHUNK), b"")) + 1

    def sha256(self) -> str:
        """The hash of the file, in hexadecimal."""
        self._file.seek(0)
        digest = sha256()
        for chunk in iter(lambda: self._file.read(_CHUNK), b""):
            digest.update(chunk)
        return digest.hexdigest()

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        self.errors.clear()
        self._file.seek(0)
        ids = Ids()
        for number, line in enumerate(iter(lambda: self._file.readline(_LONGEST), b""), 1):
            if line.strip(b"\r\n\t \xef\xbb\xbf"):
                try:
                    record = self._record(line, number)
                    if not ids.add(record.id):
                        raise InputError(self.path, f"id {record.id!r} stands twice", number)
                    yield number, record
                except InputError as e:
                    self.errors.append(e)

    def _record(self, line: bytes, number: int) -> Record:
        if len(line) == _LONGEST:
            raise InputError(self.path, f"a line of more than {_LONGEST} bytes", number)
        try:
            parsed = parse_line(number, line.decode("utf-8-sig").rstrip("\r\n"))
        except UnicodeDecodeError:
            raise InputError(self.path, "not UTF-8", number) from None
        if parsed.error is not None:
            raise InputError(self.path, parsed.error, number)
        try:
            record = Record.model_validate(parsed.row)
        except ValidationError as e:
            raise InputError(self.path, first_problem(e), number) from None
        if problem := _unfit(record, line):
            raise InputError(self.path, problem, number)
        return record


def _unfit(record: Record, line: bytes) -> str:
    """What JSON can say and a data set can't hold: half a character, a number that no double is."""
    if b"\\ud" in line.lower():
        try:
            record.to_json_line().encode()
        except UnicodeEncodeError:
            return "holds half of a surrogate pair, which is no character"
    for value in chain.from_iterable((one.value, one.upper) for one in record.figures):
        if isinstance(value, int) and (abs(value) > sys.float_info.max or int(float(value)) != value):
            return f"figures: {value} can't be held exactly"
    return ""


class Ids:
    """A set of strings on disk."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None)  # "" is a file of its own that is gone when it is closed
        weakref.finalize(self, self._rows.close)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE ids (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._rows.execute("BEGIN")

    def add(self, id_: str) -> bool:
        """Add a string; says whether it is new."""
        return self._rows.execute("INSERT OR IGNORE INTO ids VALUES (?)", (id_,)).rowcount == 1
