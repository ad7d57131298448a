"""What a reader gives."""

from __future__ import annotations

from dataclasses import dataclass

STDIN = "-"
"""The path of standard input."""


@dataclass(frozen=True)
class Source:
    """The text of a file, and what the file itself says about it."""

    text: str
    sha256: str
    """Of the file's bytes, unpacked if it was packed."""
    media_type: str
    encoding: str | None
    """As Python names it; None where the format settles it."""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """An EDTF day."""
    url: str | None = None
    guessed: bool = False
    """Whether the encoding is a guess."""


def with_line_feeds(text: str) -> str:
    """The text without a byte order mark, its line ends as line feeds."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
