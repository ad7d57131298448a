"""What is known about texts from the `sources.jsonl` beside them; read only where there is one."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from communique.errors import InputError
from communique.readers.finding import SOURCES


class Library:
    """The metadata of texts, each folder's `sources.jsonl` read once, when it is first asked for.

    Lines that can't be used are kept in `errors`; the other lines are used. They are kept on disk, so that their number
    costs no memory.
    """

    def __init__(self, checked: Callable[[str], bool] | None = None, note: Callable[[str], None] | None = None) -> None:
        """`checked` knows the hashes of files in which nothing was wrong; `note` takes one."""
        self._checked = checked or (lambda sha256: False)
        self._note = note or (lambda sha256: None)
        self.errors: list[InputError] = []
        self._open: dict[Path, bool] = {}
        self._read_before: set[Path] = set()
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("BEGIN")
        self._database.execute("CREATE TABLE lines (folder TEXT, path BLOB, known TEXT, PRIMARY KEY (folder, path))")

    def find(self, path: Path, top: Path) -> dict[str, Any]:
        """What is said about a text, in its own folder or in one above it, up to `top`; the nearest first."""
        parents = list(path.parents)
        folders = parents[: parents.index(top) + 1] if top in parents else parents
        self._open = {folder: self._open[folder] for folder in folders if folder in self._open}
        for folder in folders:
            if folder not in self._open:
                self._open[folder] = self._read(folder)
            if self._open[folder]:
                known = self._known(folder, path.relative_to(folder).as_posix())
                if known is not None:
                    return known
        return {}

    def _known(self, folder: Path, name: str) -> dict[str, Any] | None:
        query = "SELECT known FROM lines WHERE folder = ? AND path = ?"
        row = self._database.execute(query, (repr(folder), name.encode("utf-8", "surrogateescape"))).fetchone()
        known: dict[str, Any] | None = row and json.loads(row[0])
        return known

    def _read(self, folder: Path) -> bool:
        """Whether the folder has metadata; they are read the first time."""
        if folder in self._read_before:
            return True
        path = folder / SOURCES
        try:
            if not path.exists():
                return False
        except OSError:
            return False
        self._read_before.add(folder)
        before = len(self.errors)
        sha256 = _hash(path)
        for line in _known_lines(path) if sha256 and self._checked(sha256) else _checked_lines(path):
            if isinstance(line, InputError):
                self.errors.append(line)
            else:
                self._add(folder, *line)
        if sha256 and len(self.errors) == before:
            self._note(sha256)
        return True

    def _add(self, folder: Path, number: int, name: str, known: dict[str, Any]) -> None:
        row = (repr(folder), name.encode(), json.dumps(known))
        try:
            self._database.execute("INSERT INTO lines VALUES (?, ?, ?)", row)
        except sqlite3.IntegrityError:
            self.errors.append(InputError(folder / SOURCES, f"path {name!r} stands twice", number))


_Line = tuple[int, str, dict[str, Any]]


def _checked_lines(path: Path) -> Iterator[_Line | InputError]:
    from communique.readers.metadata import read_metadata

    return read_metadata(path)


def _known_lines(path: Path) -> Iterator[_Line]:
    """The same for a file in which nothing was wrong, without the models that check it."""
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                row = json.loads(line)
                name = PurePosixPath(row.pop("path")).as_posix()
                yield number, name, {key: value for key, value in row.items() if value is not None}


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
