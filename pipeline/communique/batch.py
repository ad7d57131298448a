"""A text and its metadata as the pipeline takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communique.readers.finding import STDIN_ID
from communique.readers.source import Source

if TYPE_CHECKING:
    from communique.readers.metadata import Metadata

__all__ = ["LANGUAGE", "RECORDS", "STDIN_ID", "Item", "item"]

RECORDS = "records.jsonl"
LANGUAGE = "en"

Item = tuple[str, dict[str, Any]]


def item(source: Source, id_: str, name: str | None = None, metadata: Metadata | None = None) -> Item:
    """A text and its metadata: what is known about it first, then what its file says of itself."""
    return source.text, {
        "id": id_,
        "path": name,
        "url": (metadata and metadata.url) or source.url,
        "rights": metadata and metadata.rights,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "language": LANGUAGE,
        "title": (metadata and metadata.title) or source.title,
        "publisher": (metadata and metadata.publisher) or source.publisher,
        "published": (metadata and metadata.published) or source.published,
    }
