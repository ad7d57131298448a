"""Files to bytes: what kind each is, unpacked, and never more of it than allowed."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple, Protocol

from communique.errors import InputError
from communique.readers.limits import FREE_BYTES, MAX_BYTES, MAX_RATIO, Limits, too_large, too_long

TEXT = "text/plain"
MEDIA_TYPES = {
    ".txt": TEXT,
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
}
JSONL = MEDIA_TYPES[".jsonl"]
PARQUET = MEDIA_TYPES[".parquet"]
PACKED = ".gz"
_PLAIN = frozenset({TEXT, "text/markdown"})
_CHUNK = 1 << 18
_GZIP = 16 + zlib.MAX_WBITS


class Bytes(Protocol):
    """Something open that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, so many at the most; none at the end."""
        ...


class Kind(NamedTuple):
    """What a file's name says it is."""

    suffix: str
    """As it is written in the name, `.gz` included."""
    media_type: str
    packed: bool


def kind_of(name: str) -> Kind | None:
    """The kind of file of that name; None if it is not one that is read."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - of a name alone, a hundred thousand times
    packed = suffix.lower() == PACKED
    inner = os.path.splitext(stem)[1] if packed else suffix  # noqa: PTH122
    media_type = MEDIA_TYPES.get(inner.lower())
    return Kind(inner + suffix if packed else suffix, media_type, packed) if media_type else None


def suffixes() -> str:
    """The kinds of files that are read, for a message."""
    return f"{', '.join(MEDIA_TYPES)}, and {PACKED} of each"


def load(path: Path, limits: Limits | None = None) -> tuple[bytes, str]:
    """The bytes of a file, unpacked, and its media type; `InputError` says why it can't be read."""
    _kind(path)
    with open_file(path) as file:
        return load_from(file, path, limits)


def load_from(file: Bytes, path: Path | str, limits: Limits | None = None) -> tuple[bytes, str]:
    """The same of a file that is open, wherever it is; `path` names it."""
    kind = _kind(path)
    most, reason = _most(kind.media_type, limits or Limits())
    try:
        data = b"".join(unpacked(file, path, most + 1)) if kind.packed else file.read(most + 1)
    except OSError as e:
        raise InputError.of(path, e) from None
    if len(data) > most:
        raise InputError(path, reason)
    return data, kind.media_type


def _kind(path: Path | str) -> Kind:
    kind = kind_of(PurePath(path).name)
    if kind is None:
        raise InputError(path, f"not a kind of file that is read ({suffixes()})")
    return kind


def _most(media_type: str, limits: Limits) -> tuple[int, str]:
    plain = media_type in _PLAIN
    return (limits.text_bytes, too_long(limits.characters)) if plain else (MAX_BYTES, too_large())


def open_file(path: Path) -> BinaryIO:
    """A file open for reading: a regular one, since a pipe without a writer would be waited for without end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise InputError(path, "not a regular file")
        return os.fdopen(descriptor, "rb")
    except (OSError, ValueError) as e:
        if isinstance(e, InputError):
            raise
        raise InputError.of(path, e if isinstance(e, OSError) else OSError(0, str(e))) from None


def unpacked(file: Bytes, path: Path | str, most: int | None = None) -> Iterator[bytes]:
    """What is packed in a file of gzip, in pieces, no more than `most` bytes; `InputError` for what is none."""
    unpack, read, written = zlib.decompressobj(_GZIP), 0, 0
    while packed := file.read(_CHUNK):
        read += len(packed)
        while packed:
            if unpack.eof:
                unpack = zlib.decompressobj(_GZIP)  # another part, as `cat a.gz b.gz` makes them
            try:
                piece = unpack.decompress(packed, _CHUNK)
            except zlib.error:
                raise InputError(path, "damaged, or not packed by gzip") from None
            written += len(piece)
            if written > FREE_BYTES and written > MAX_RATIO * read:
                raise InputError(path, f"unpacks to more than {MAX_RATIO} times its size")
            yield piece
            if most is not None and written >= most:
                return
            packed = unpack.unused_data.lstrip(b"\0") if unpack.eof else unpack.unconsumed_tail
    if not unpack.eof:
        raise InputError(path, "truncated: the packed file ends too soon" if read else "empty")
