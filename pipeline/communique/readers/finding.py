"""Which files the paths of a command mean: files, folders, globs and lists of these; in order, a folder at a time."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from communique.errors import InputError
from communique.readers.files import kind_of, suffixes
from communique.readers.source import STDIN

SOURCES = "sources.jsonl"
STATE = ".communique"
"""The folder beside a run's outputs in which it keeps what it has done."""
OUTPUTS = (
    "records.jsonl", "records.parquet", "errors.jsonl", "warnings.jsonl", "run.json", "records", "errors", "warnings",
)  # fmt: skip
"""What stands beside it, and is not read as texts."""
STDIN_ID = "stdin"
LIST = "@"
NOT_TEXTS = frozenset({"readme.md", "readme.txt", SOURCES})
"""Files that tell of the texts beside them and are none of them."""


class Found(NamedTuple):
    """A file and the folder it was found through; standard input where there is no file."""

    path: Path | None
    top: Path | None = None
    given: bool = True
    """Whether the file was named itself, not found in a folder."""

    @property
    def name(self) -> str | None:
        """The path below the folder given."""
        return self.path.relative_to(self.top).as_posix() if self.path and self.top else None

    @property
    def id(self) -> str:
        """The name without its suffix."""
        kind = kind_of(self.path.name) if self.path else None
        suffix = kind.suffix if kind else self.path.suffix if self.path else ""
        return self.name[: len(self.name) - len(suffix)] if self.name else STDIN_ID

    def __str__(self) -> str:
        return str(self.path or STDIN)


def find(paths: Iterable[Path | str]) -> Iterator[Found | InputError]:
    """The files, each with what is wrong where it can't be used, in the order given; those of a folder by path."""
    for path in paths:
        text = str(path)
        if text == STDIN:
            yield Found(None)
        elif text.startswith(LIST) and not os.path.lexists(text):
            yield from _listed(text[1:])
        elif glob.has_magic(text) and not os.path.lexists(text):
            yield from _globbed(text)
        else:
            yield from _path(Path(path))


def _path(path: Path) -> Iterator[Found | InputError]:
    if os.path.isdir(path):  # noqa: PTH112 - pathlib's raises where the folder above can't be read
        yield from _texts_below(path)
    else:
        yield checked(Found(path, path.parent))


def _listed(name: str) -> Iterator[Found | InputError]:
    """The paths that a file has, one a line; relative ones are read from the working folder, as their ids are."""
    path = Path(name)
    try:
        with sys.stdin.buffer if name == STDIN else path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                line = raw.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf" if number == 1 else b"")
                if b"\0" in line:
                    yield InputError(path, "not a path", number)
                elif line.strip():
                    yield from _listed_path(os.fsdecode(line))
    except OSError as e:
        yield InputError.of(path, e)


def _listed_path(text: str) -> Iterator[Found | InputError]:
    path = Path(text)
    if glob.has_magic(text) and not os.path.lexists(text):
        yield from _globbed(text)
    elif path.is_absolute() or ".." in path.parts:
        yield from _path(path)
    elif os.path.isdir(path):  # noqa: PTH112
        yield from _texts_below(path)
    else:
        yield checked(Found(path, Path()))


def _globbed(pattern: str) -> Iterator[Found | InputError]:
    """What a pattern matches, named below the folder in which its wildcards begin."""
    parts = Path(pattern).parts
    plain = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    top = Path(*parts[:plain])
    matches = sorted(map(Path, glob.iglob(pattern, recursive=True)), key=lambda path: path.parts)  # noqa: PTH207
    if not matches:
        yield InputError(pattern, "nothing matches")
    seen: set[Path] = set()
    for path in matches:
        if os.path.isdir(path):  # noqa: PTH112
            # `**` matches every folder as well as all that is in it.
            if "**" not in parts:
                yield from _walk(path, top, frozenset())
        elif kind_of(path.name) and path.name.lower() not in NOT_TEXTS and path not in seen:
            seen.add(path)
            yield checked(Found(path, top, given=False))


def _texts_below(top: Path) -> Iterator[Found | InputError]:
    some = False
    for found in _walk(top, top, frozenset()):
        some = True
        yield found
    if not some:
        yield InputError(top, f"no texts in this folder ({suffixes()})")


def _walk(folder: Path, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[Found | InputError]:
    """The texts below a folder by path, as sorting them all by their parts would give them."""
    open_folders = [_Open(folder, above)]
    while open_folders:
        current = open_folders[-1]
        name = current.next_name()
        if name is None:
            if current.problem:
                yield current.problem
            open_folders.pop()
            continue
        path = current.folder / name
        if os.path.isdir(path):  # noqa: PTH112 - pathlib's raises where the folder above can't be read
            open_folders.append(_Open(path, current.above))
        elif kind_of(name) and name.lower() not in NOT_TEXTS:
            yield checked(Found(path, top, given=False))


class _Open:
    """A folder being gone through: its names, and the folders above it, to which a link may lead back."""

    def __init__(self, folder: Path, above: frozenset[tuple[int, int]]) -> None:
        self.folder = folder
        self.above = above
        self.problem: InputError | None = None
        try:
            told = folder.stat()
            names = [] if self._is_loop(told) else os.listdir(folder)  # noqa: PTH208 - there may be a great many
        except OSError as e:
            self.problem, names = InputError.of(folder, e), []
        skipped = {STATE, *OUTPUTS} if STATE in names else ()
        self._names = iter(sorted(name for name in names if name not in skipped))

    def next_name(self) -> str | None:
        return next(self._names, None)

    def _is_loop(self, told: os.stat_result) -> bool:
        identity = told.st_dev, told.st_ino
        if identity in self.above:
            self.problem = InputError(self.folder, "a link that leads back to a folder above it")
        self.above |= {identity}
        return self.problem is not None


def checked(found: Found) -> Found | InputError:
    """A file, or what is wrong with its name."""
    try:
        found.id.encode()
    except UnicodeEncodeError:
        return InputError(str(found), "the name of the file is not UTF-8")
    return found
