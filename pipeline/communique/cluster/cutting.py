"""Inputs to shards: a shard is what one worker does at a time, and what is done again when the worker is lost.

Where a shard ends depends on the inputs alone, never on the number of workers. Among many small files the end is where
the hash of a name says so, so that a file more or less changes one shard and leaves the others as they are.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from communique.cluster.listing import Input, Problem
from communique.cluster.places import Place
from communique.errors import InputError
from communique.readers.files import JSONL, PARQUET, kind_of
from communique.readers.rows import begins_with_record, parquet

SHARD_BYTES = 1_000_000
"""About how many bytes of text are in a shard: some seconds of work."""
_FILES = 256
"""About how many files."""
_CHUNK = 1 << 20


class Piece(NamedTuple):
    """A file of a shard, or a part of one with a row a text."""

    url: str
    file: str
    name: str
    id: str
    path: str
    known: dict[str, Any]
    size: int
    stamp: int
    start: int = 0
    end: int | None = None
    """The bytes of JSON Lines, or the row groups of Parquet, from `start` to `end`."""
    row: int = 1
    """The number of the first row."""

    @property
    def place(self) -> Place:
        """Where the file is."""
        return Place(self.url, self.file)


class Shard(NamedTuple):
    """What a worker does at a time."""

    name: str
    """The name of its files, without suffix: it tells which inputs these are, not what they hold."""
    key: str
    """A hash of all that its results depend on, as far as it can be told without reading the inputs."""
    pieces: tuple[Piece, ...]
    taken: dict[str, str] = {}  # noqa: RUF012 - a default that nobody changes
    """Ids that texts of earlier shards have already, and which."""

    def to_json(self) -> str:
        """For the way to a worker."""
        return json.dumps(self, ensure_ascii=False)

    @classmethod
    def of_json(cls, line: str) -> Shard:
        """The same on the other side."""
        name, key, pieces, taken = json.loads(line)
        return cls(name, key, tuple(Piece(*piece) for piece in pieces), taken)


def shards(found: Iterable[Input | Problem], digest: str, size: int = SHARD_BYTES) -> Iterator[Shard | Problem]:
    """The shards of the inputs, in order; `digest` stands for all that records depend on besides the texts."""
    names: dict[str, int] = {}
    together: list[Piece] = []
    total = 0
    for one in found:
        for piece in [one] if isinstance(one, Problem) else _pieces(one, size):
            if isinstance(piece, Problem):
                yield piece
                continue
            together.append(piece)
            total += piece.size
            if total >= size or len(together) >= 4 * _FILES or _ends_with(piece):
                yield _shard(together, digest, names)
                together, total = [], 0
    if together:
        yield _shard(together, digest, names)


def _ends_with(piece: Piece) -> bool:
    return zlib.crc32(piece.name.encode("utf-8", "surrogateescape")) % _FILES == 0


def _shard(pieces: list[Piece], digest: str, names: dict[str, int]) -> Shard:
    what = _hash([[piece.path, piece.start] for piece in pieces])[:16]
    names[what] = names.get(what, 0) + 1
    name = f"part-{what}" if names[what] == 1 else f"part-{what}-{names[what]}"
    return Shard(name, _hash([digest, pieces]), tuple(pieces))


def _hash(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _pieces(one: Input, size: int) -> Iterator[Piece | Problem]:
    """The file as a whole, or where it has rows and is large, in parts."""
    piece = Piece(one.place.url, one.place.path, one.name, one.id, one.path, one.known, one.size, one.stamp)
    kind = kind_of(one.path)
    if kind is None or kind.media_type not in (JSONL, PARQUET):
        yield piece
        return
    try:
        if not one.given and _holds_records(piece, kind.media_type):
            return
        yield from _row_groups(piece, size) if kind.media_type == PARQUET else _lines(piece, size, kind.packed)
    except InputError as e:
        yield Problem(e.path, "read", e.reason)
    except OSError as e:
        yield Problem(one.name, "read", str(e))


def _holds_records(piece: Piece, media_type: str) -> bool:
    try:
        if media_type == PARQUET:
            with piece.place.fs.open_input_file(piece.file) as file:
                return bool(parquet(piece.name).holds_records(file, piece.name))
        with piece.place.fs.open_input_stream(piece.file, compression=None) as file:
            return begins_with_record(file, piece.name)
    except (InputError, OSError):
        return False


def _row_groups(piece: Piece, size: int) -> Iterator[Piece]:
    with piece.place.fs.open_input_file(piece.file) as file:
        counts = parquet(piece.name).groups(file, piece.name)
    many = max(1, len(counts) * size // max(1, piece.size))
    row = 1
    for start in range(0, len(counts), many):
        yield piece._replace(start=start, end=min(start + many, len(counts)), row=row)
        row += sum(counts[start : start + many])


def _lines(piece: Piece, size: int, packed: bool) -> Iterator[Piece]:
    """Parts of about so many bytes that end with a line; what is packed stays whole."""
    if packed or piece.size <= size:
        yield piece
        return
    start, row = 0, 1
    for end, lines in _cuts(piece, size):
        yield piece._replace(start=start, end=end, row=row)
        start, row = end, row + lines


def _cuts(piece: Piece, size: int) -> Iterator[tuple[int, int]]:
    """Where parts end, and how many lines each has."""
    start = offset = lines = 0
    with piece.place.fs.open_input_stream(piece.file, compression=None) as file:
        while chunk := bytes(file.read(min(_CHUNK, size))):
            cut = chunk.find(b"\n") + 1 if offset - start >= size else 0
            if cut:
                yield offset + cut, lines + 1
                start, lines = offset + cut, 0
            lines += chunk.count(b"\n", cut)
            offset += len(chunk)
    if offset > start:
        yield offset, lines
