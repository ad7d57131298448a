"""How much is read of anything, so that no input can use up the memory or the disk."""

from __future__ import annotations

from dataclasses import dataclass

MAX_CHARACTERS = 2_000_000
"""The longest text, in characters, that is read without being told otherwise."""
MAX_BYTES = 100_000_000
"""The largest file of markup or of pages (HTML, PDF, DOCX), in bytes, and the most that is unpacked of any file."""
MAX_ENTRIES = 5_000
"""The most files in an archive, and pages in a PDF."""
MAX_RATIO = 200
"""How many times larger than its archive a file may become; real office documents stay below 100."""
FREE_BYTES = 1_000_000
"""What may be unpacked whatever the ratio: a short file of blanks packs a thousand times smaller."""
_BYTES_A_CHARACTER = 4


@dataclass(frozen=True)
class Limits:
    """What a run allows a text to be."""

    characters: int = MAX_CHARACTERS

    @property
    def text_bytes(self) -> int:
        """The bytes that a plain text of the allowed length can have, in any encoding."""
        return self.characters * _BYTES_A_CHARACTER + _BYTES_A_CHARACTER


def too_long(characters: int) -> str:
    """The reason given for a text over the limit."""
    return f"too long (more than {characters:,} characters)"


def too_large(size: int = MAX_BYTES) -> str:
    """The reason given for a file over the limit."""
    return f"too large (more than {size:,} bytes)"
