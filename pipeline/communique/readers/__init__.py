"""Files to texts: `load` gives the bytes, `parse` makes of them a `Source`, the text and what the file says about it.

Readers of a format are imported when a file of it is read; each needs an extra of the package but that of plain text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from communique.errors import InputError
from communique.readers.files import MEDIA_TYPES, TEXT, load
from communique.readers.limits import Limits, too_long
from communique.readers.source import STDIN, Source

__all__ = ["MEDIA_TYPES", "STDIN", "Limits", "Source", "load", "parse", "read", "read_stdin", "read_text"]

_READERS = {"text/html": ("html", "web"), "application/pdf": ("pdf", "pdf"), MEDIA_TYPES[".docx"]: ("docx", "office")}
"""The module of a media type, and the extra it needs."""

Reader = Callable[[bytes, str, str, str], Source]


def parse(
    data: bytes, path: str, media_type: str = TEXT, limits: Limits | None = None, sha256: str | None = None
) -> Source:
    """The text of a file's bytes; `InputError`, with `path` as the name, says why there is none."""
    sha256 = sha256 or hashlib.sha256(data).hexdigest()
    if not data:
        raise InputError(path, "empty")
    source = _reader(media_type, path)(data, path, sha256, media_type)
    if not source.text.strip():
        raise InputError(path, "empty" if media_type not in _READERS else "holds no text")
    characters = (limits or Limits()).characters
    if len(source.text) > characters:
        raise InputError(path, too_long(characters))
    return source


def _reader(media_type: str, path: str) -> Reader:
    name, extra = _READERS.get(media_type, ("text", ""))
    try:
        reader: Reader = import_module(f"communique.readers.{name}").read
    except ImportError as e:
        raise InputError(path, f"needs communique[{extra}] ({e.name or e} is missing)") from None
    return reader


def read(path: Path, limits: Limits | None = None) -> Source:
    """Read a file; `InputError` says why it is no text."""
    data, media_type = load(path, limits)
    return parse(data, str(path), media_type, limits)


def read_stdin(stream: BinaryIO, limits: Limits | None = None) -> Source:
    """Read a plain text from standard input."""
    limits = limits or Limits()
    return parse(stream.read(limits.text_bytes + 1), STDIN, TEXT, limits)


def read_text(text: str, path: str = STDIN) -> Source:
    """Take a text that is in memory already."""
    return parse(text.encode("utf-8", "replace"), path)
