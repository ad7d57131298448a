"""PDF: the text of the pages, through pypdf. What is scanned has none."""

from __future__ import annotations

import logging
from io import BytesIO

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from communique.errors import InputError
from communique.readers.limits import MAX_BYTES, MAX_ENTRIES, too_large
from communique.readers.source import Source, with_line_feeds

# Says on every third file that it mended something.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(data: bytes, path: str, sha256: str, media_type: str) -> Source:
    """The text of all pages, a form feed between two."""
    if b"%PDF-" not in data[:1024]:
        raise InputError(path, "not a PDF")
    try:
        return Source(with_line_feeds(_text(data, path)), sha256, media_type, None)
    except InputError:
        raise
    except NotImplementedError:
        raise InputError(path, "a PDF encrypted in a way that can't be read") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as e:
        raise InputError(path, f"a damaged or truncated PDF ({type(e).__name__})") from None


def _text(data: bytes, path: str) -> str:
    reader = pypdf.PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise InputError(path, "an encrypted PDF")
    if len(reader.pages) > MAX_ENTRIES:
        raise InputError(path, f"has more than {MAX_ENTRIES:,} pages")
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > MAX_BYTES:
            raise InputError(path, too_large())
    if not any(page.strip() for page in pages):
        raise InputError(path, "a PDF without text (scanned?)")
    return "\n\f\n".join(page.strip("\n") for page in pages)


def _opens(reader: pypdf.PdfReader) -> bool:
    """Whether the file opens without a password, as those do that only forbid to print."""
    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False
