"""DOCX: paragraphs and tables in their order, through python-docx."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml.etree import LxmlError

from communique.errors import InputError
from communique.readers.limits import FREE_BYTES, MAX_BYTES, MAX_ENTRIES, MAX_RATIO
from communique.readers.source import Source, with_line_feeds

_OLE = b"\xd0\xcf\x11\xe0"
"""How the files of older versions of Word begin, and encrypted ones of today's."""
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_DEPTH = 20
"""Tables in tables that are read."""


def read(data: bytes, path: str, sha256: str, media_type: str) -> Source:
    """The text of the body; headers, footnotes and comments are left out."""
    if data.startswith(_OLE):
        raise InputError(path, "encrypted, or of a version of Word before 2007")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check(archive, path)
        document = docx.Document(BytesIO(data))
        text = "\n\n".join(_blocks(document, 0))
    except InputError:
        raise
    except (zipfile.BadZipFile, OpcError, LxmlError, ParseError, KeyError, ValueError, EOFError) as e:
        raise InputError(path, f"a damaged or truncated DOCX ({type(e).__name__})") from None
    return Source(with_line_feeds(text), sha256, media_type, None)


def _check(archive: zipfile.ZipFile, path: str) -> None:
    """Refuse what would fill the memory, or tells XML to fetch or multiply something."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise InputError(path, f"holds more than {MAX_ENTRIES:,} files")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError(path, "encrypted")
    total = 0
    for entry in entries:
        total += _size(archive, entry, path)
        if total > MAX_BYTES:
            raise InputError(path, f"unpacks to more than {MAX_BYTES:,} bytes")


def _size(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> int:
    """What an entry unpacks to, counted, since what the archive says of it may be wrong."""
    size, before = 0, b""
    with archive.open(entry) as file:
        while piece := file.read(1 << 18):
            size += len(piece)
            if size > MAX_BYTES or (size > FREE_BYTES and size > MAX_RATIO * max(1, entry.compress_size)):
                raise InputError(path, f"unpacks to more than {MAX_RATIO} times its size, or {MAX_BYTES:,} bytes")
            if _is_xml(entry.filename) and any(word in before + piece for word in _DECLARATIONS):
                raise InputError(path, "declares entities, which no word processor does")
            before = piece[-16:]
    return size


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _blocks(container: Any, depth: int) -> Iterator[str]:
    """Paragraphs; the rows of a table on lines, its cells parted by tabs."""
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            if depth < _DEPTH:
                yield "\n".join("\t".join(_cell(cell, depth) for cell in row.cells) for row in block.rows)
        elif block.text.strip():
            yield block.text


def _cell(cell: Any, depth: int) -> str:
    return " ".join(_blocks(cell, depth + 1))
