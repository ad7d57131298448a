"""Plain text and Markdown."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from communique.errors import InputError

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}
STDIN = "-"
MAX_CHARACTERS = 1_000_000
"""The longest text that spaCy takes without being told otherwise."""

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_BYTES_A_CHARACTER = 4
# Control characters but for tab, line ends and form feed.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01


@dataclass(frozen=True)
class Source:
    """A decoded text and the file it was."""

    text: str
    sha256: str
    media_type: str
    encoding: str


def read(path: Path) -> Source:
    """Read a file; `InputError` says why it is no text."""
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise InputError(path, f"not a kind of file that is read ({', '.join(MEDIA_TYPES)})")
    try:
        if path.stat().st_size > MAX_CHARACTERS * _MAX_BYTES_A_CHARACTER:
            raise _too_large(str(path))
        data = path.read_bytes()
    except OSError as e:
        raise InputError.of(path, e) from None
    return _source(data, str(path), media_type)


def read_stdin(stream: BinaryIO) -> Source:
    """Read a text from standard input."""
    return _source(stream.read(MAX_CHARACTERS * _MAX_BYTES_A_CHARACTER + 1), STDIN, MEDIA_TYPES[".txt"])


def read_text(text: str, path: str = STDIN) -> Source:
    """Take a text that is in memory already."""
    return _source(text.encode("utf-8", "replace"), path, MEDIA_TYPES[".txt"])


def _source(data: bytes, path: str, media_type: str) -> Source:
    text, encoding = _decode(data, path)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(path, "empty")
    if len(text) > MAX_CHARACTERS:
        raise _too_large(path)
    return Source(text, hashlib.sha256(data).hexdigest(), media_type, encoding)


def _too_large(path: str) -> InputError:
    return InputError(path, f"too large (more than {MAX_CHARACTERS:,} characters)")


def _decode(data: bytes, path: str) -> tuple[str, str]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and _is_binary(data):
        raise InputError(path, "binary, not text")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as e:
        byte = f"byte 0x{data[e.start]:02x} at offset {e.start:,}"
        raise InputError(path, f"not {encoding.upper()} ({byte}); convert it to UTF-8") from None


def _is_binary(data: bytes) -> bool:
    return b"\0" in data or len(_CONTROL.findall(data)) > _MAX_CONTROL_SHARE * len(data)
