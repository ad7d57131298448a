"""Inputs to tasks: every text is read, hashed and entered; what is done already goes no further."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from communique.engines import Task
from communique.errors import InputError
from communique.readers.files import JSONL, PARQUET, TEXT, kind_of, load
from communique.readers.finding import Found, find
from communique.readers.library import Library
from communique.readers.limits import Limits, too_long
from communique.readers.rows import Row, holds_records, read_rows
from communique.runs.ledger import Ledger
from communique.runs.watch import Watcher


class _Text(NamedTuple):
    """A text as it is found: its bytes and everything that is said about it."""

    name: str
    id: str
    path: str | None
    data: bytes
    media_type: str
    known: dict[str, Any]


class Scan:
    """Goes through the inputs once, in their order.

    `done` says whether the result under a key is there already, and may tell of it; `digest` stands for all that
    records depend on besides the texts.
    """

    def __init__(
        self,
        ledger: Ledger,
        limits: Limits,
        watcher: Watcher,
        digest: str = "",
        done: Callable[[str, bytes], bool] | None = None,
        library: Library | None = None,
    ) -> None:
        self._ledger = ledger
        self._limits = limits
        self._watcher = watcher
        self._digest = digest
        self._done = done or (lambda name, key: False)
        self._library = library or Library()
        self._told = 0

    def tasks(self, paths: Iterable[Path | str]) -> Iterator[Task]:
        """The texts that are still to do."""
        for found in find(paths):
            try:
                if isinstance(found, InputError):
                    raise found
                for text in self._texts(found):
                    task = self._enter(text)
                    if task is not None:
                        yield task
            except InputError as e:
                self._fail(_place(e), "find" if e is found else "read", e.reason)

    def _texts(self, found: Found) -> Iterator[_Text]:
        if found.path is None or found.top is None:
            yield _Text(str(found), found.id, None, _read_stdin(self._limits), TEXT, {})
            return
        kind = kind_of(found.path.name)
        known = self._known(found.path, found.top)
        if kind and kind.media_type in (JSONL, PARQUET):
            # A folder may hold outputs, or gold, beside its texts.
            if found.given or not holds_records(found.path):
                yield from self._rows(found.path, found, known)
            return
        data, media_type = load(found.path, self._limits)
        yield _Text(str(found), found.id, found.name, data, media_type, known)

    def _known(self, path: Path, top: Path) -> dict[str, Any]:
        known = self._library.find(path, top)
        for error in self._library.errors[self._told :]:
            self._fail(_place(error), "metadata", error.reason)
        self._told = len(self._library.errors)
        return known

    def _rows(self, path: Path, found: Found, known: dict[str, Any]) -> Iterator[_Text]:
        for row in read_rows(path, self._limits):
            name = f"{path}:{row.number}"
            if row.error is not None:
                self._fail(readable(name), "read", row.error)
            else:
                yield _Text(name, _row_id(row, found), found.name, row.text.encode(), TEXT, {**known, **row.known})

    def _enter(self, text: _Text) -> Task | None:
        name, sha256 = readable(text.name), hashlib.sha256(text.data).hexdigest()
        if (first := self._ledger.path_of(text.id)) is not None:
            self._fail(name, "find", f"has the id {text.id!r}, which {first} has already", sha256)
            return None
        twin = self._ledger.twin_of(sha256)
        warning = f"has the same bytes as {twin}" if twin else None
        if warning:
            self._watcher.warned(name, warning)
        key = _key(self._digest, text.id, text.path, text.media_type, sha256, text.known)
        number = self._ledger.add(name, text.id, sha256, key, warning)
        if self._done(name, key):
            return None
        return Task(number, name, text.id, text.path, text.data, text.media_type, sha256, text.known, key)

    def _fail(self, path: str, stage: str, reason: str, sha256: str | None = None) -> None:
        self._ledger.fail(path, stage, reason, sha256)
        self._watcher.failed(path, stage, reason)


def readable(path: str) -> str:
    r"""A path as characters that can be written: bytes of it that are no UTF-8 as `\xe9`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _place(error: InputError) -> str:
    return readable(error.path if error.line is None else f"{error.path}:{error.line}")


def _row_id(row: Row, found: Found) -> str:
    return row.id if row.id is not None else f"{found.id}/{row.number}"


def _key(*told: Any) -> bytes:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()


def _read_stdin(limits: Limits) -> bytes:
    data = sys.stdin.buffer.read(limits.text_bytes + 1)
    if len(data) > limits.text_bytes:
        raise InputError("-", too_long(limits.characters))
    return data
