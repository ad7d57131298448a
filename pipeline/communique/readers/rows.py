"""JSON Lines, or Parquet, of texts: `text`, and in the same row `id` and what is known about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from communique.errors import InputError
from communique.readers.files import PARQUET, Bytes, kind_of, open_file, unpacked
from communique.readers.limits import Limits, too_long

KNOWN = ("title", "publisher", "published", "url", "rights")
"""The keys of a row, besides `text` and `id`, that go into its record; others are left alone."""
COLUMNS = ("id", "text", *KNOWN)
"""All that is read of a row."""
_RECORD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"schema"\s*:\s*"communique/')
_CHUNK = 1 << 18
_ESCAPED = 6
"""The bytes that a character of JSON can have: `\\u00e9`."""


class Row(NamedTuple):
    """A line of the file: its text with what is known about it, or why there is none."""

    number: int
    id: str | None
    text: str
    known: dict[str, Any]
    error: str | None = None


def read_rows(path: Path, limits: Limits) -> Iterator[Row]:
    """The rows of a file that are not empty; raises `InputError` where the rest of the file can't be read."""
    with open_file(path) as file:
        if is_parquet(path):
            yield from parquet(path).rows_of_groups(file, path)
        else:
            yield from rows_in(file, path, limits)


def is_parquet(path: Path | str) -> bool:
    """Whether a file's name says that it is Parquet."""
    kind = kind_of(PurePath(path).name)
    return kind is not None and kind.media_type == PARQUET


def parquet(path: Path | str) -> Any:
    """The module that reads Parquet; `InputError` where what it needs is missing."""
    try:
        return import_module("communique.readers.parquet")
    except ImportError as e:
        raise InputError(path, f"needs communique[parquet] ({e.name or e} is missing)") from None


def rows_in(file: Bytes, path: Path | str, limits: Limits, first: int = 1) -> Iterator[Row]:
    """The same of a file that is open, wherever it is, from the line on whose number is `first`."""
    most = limits.characters * _ESCAPED + _CHUNK
    try:
        for number, line in enumerate(_lines(_pieces(file, path), most), first):
            if line is None:
                yield Row(number, None, "", {}, too_long(limits.characters))
            elif number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise InputError(path, "not UTF-8, as JSON Lines are")
            elif line.strip(b"\r\n\t \xef\xbb\xbf"):
                yield _row(number, line)
    except OSError as e:
        raise InputError.of(path, e) from None


def holds_records(path: Path) -> bool:
    """Whether a file begins with a record: an output or gold, not texts to read."""
    try:
        with open_file(path) as file:
            return bool(parquet(path).holds_records(file, path)) if is_parquet(path) else begins_with_record(file, path)
    except (InputError, OSError):
        return False


def begins_with_record(file: Bytes, path: Path | str) -> bool:
    """The same of JSON Lines that are open, wherever they are."""
    return _RECORD.match(next(_pieces(file, path), b"")) is not None


def _pieces(file: Bytes, path: Path | str) -> Iterator[bytes]:
    kind = kind_of(PurePath(path).name)
    return unpacked(file, path) if kind and kind.packed else iter(lambda: file.read(_CHUNK), b"")


def _lines(pieces: Iterable[bytes], most: int | None) -> Iterator[bytes | None]:
    """The lines, None for one that is longer than `most` bytes."""
    parts: list[bytes] = []
    length = 0
    for piece in pieces:
        *whole, rest = piece.split(b"\n")
        for line in whole:
            yield b"".join([*parts, line]) if most is None or length + len(line) <= most else None
            parts, length = [], 0
        length += len(rest)
        parts = [*parts, rest] if most is None or length <= most else []
    if length:
        yield b"".join(parts) if most is None or length <= most else None


def _parse(line: bytes) -> tuple[Any, str | None]:
    try:
        return json.loads(line.decode("utf-8-sig")), None
    except json.JSONDecodeError as e:
        return None, f"not JSON: {e.msg} at character {e.pos + 1}"
    except UnicodeDecodeError as e:
        return None, f"not UTF-8 (byte 0x{line[e.start]:02x} at offset {e.start:,} of the line)"
    except (RecursionError, ValueError):
        return None, "not JSON that can be read: nested too deeply, or a number without end"


def _row(number: int, line: bytes) -> Row:
    row, error = _parse(line)
    if error is None and not isinstance(row, dict):
        error = "not a JSON object"
    if error is not None:
        return Row(number, None, "", {}, error)
    return row_of(number, row)


def row_of(number: int, row: Mapping[str, Any]) -> Row:
    """What an object of JSON, or a row of a table, says of a text; what it lacks may be None."""
    text, id_ = row.get("text"), row.get("id")
    if not isinstance(text, str):
        return Row(number, None, "", {}, "text: not a string" if "text" in row else "has no text")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    known = {key: row[key] for key in KNOWN if row.get(key) is not None}
    if not isinstance(id_, str | None) or id_ == "":
        return Row(number, None, "", {}, "id: neither a string nor a whole number")
    return Row(number, id_, text, known, _not_unicode(text, id_, json.dumps(known, ensure_ascii=False)))


def _not_unicode(*strings: str | None) -> str | None:
    try:
        for string in strings:
            (string or "").encode()
    except UnicodeEncodeError:
        return "has half of a surrogate pair, which is no character"
    return None
