"""Plain text and Markdown."""

from __future__ import annotations

from communique.readers.encoding import UNICODE, decode
from communique.readers.source import Source, with_line_feeds


def read(data: bytes, path: str, sha256: str, media_type: str) -> Source:
    """The text as it stands in the file."""
    text, encoding = decode(data, path)
    return Source(with_line_feeds(text), sha256, media_type, encoding, guessed=encoding not in UNICODE)
