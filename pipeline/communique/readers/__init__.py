"""Files to texts: each reader gives a `Source`, the decoded text and what is known about it."""

from __future__ import annotations

from communique.readers.metadata import SOURCES, Library, Metadata
from communique.readers.text import MEDIA_TYPES, STDIN, Source, read, read_stdin, read_text

__all__ = [
    "MEDIA_TYPES",
    "SOURCES",
    "STDIN",
    "Library",
    "Metadata",
    "Source",
    "read",
    "read_stdin",
    "read_text",
]
