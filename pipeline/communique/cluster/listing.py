"""The inputs of a run: which files, under which names and ids, with what is known about each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pyarrow.fs import FileInfo, FileType

from communique.cluster.places import Place, is_url, place
from communique.errors import InputError
from communique.readers.files import kind_of, suffixes
from communique.readers.finding import NOT_TEXTS, OUTPUTS, SOURCES, STATE, Found, checked, find
from communique.readers.library import Library


class Input(NamedTuple):
    """A file of texts."""

    place: Place
    name: str
    """What messages call it."""
    id: str
    path: str
    """The path that its records have."""
    size: int
    stamp: int
    """When it was changed last, in nanoseconds."""
    given: bool
    known: dict[str, Any]


class Problem(NamedTuple):
    """What can't be used, as a row of errors."""

    path: str
    stage: str
    reason: str


def inputs(paths: Iterable[str]) -> Iterator[Input | Problem]:
    """The files that paths and URLs mean, in the order given; those of a folder by path."""
    local = _Local()
    for path in paths:
        yield from _at_url(path) if is_url(path) else local.inputs(path)


class _Local:
    """Paths of this machine, which workers elsewhere must see as well."""

    def __init__(self) -> None:
        self._library = Library()
        self._told = 0

    def inputs(self, path: str) -> Iterator[Input | Problem]:
        for found in find([path]):
            if isinstance(found, InputError):
                yield Problem(str(found).removesuffix(f": {found.reason}"), "find", found.reason)
            elif found.path is None or found.top is None:
                yield Problem(str(found), "find", "standard input can't be read by workers elsewhere")
            else:
                yield from self._input(found, found.path, found.top)

    def _input(self, found: Found, path: Path, top: Path) -> Iterator[Input | Problem]:
        known = self._library.find(path, top)
        for error in self._library.errors[self._told :]:
            yield Problem(_where(error), "metadata", error.reason)
        self._told = len(self._library.errors)
        try:
            told = path.stat()
        except OSError as e:
            yield Problem(str(found), "read", InputError.of(path, e).reason)
            return
        name = found.name or str(found)
        yield Input(
            place(str(path)), str(found), found.id, name, told.st_size, told.st_mtime_ns, found.given, known
        )  # fmt: skip


def _at_url(url: str) -> Iterator[Input | Problem]:
    try:
        top = place(url)
        info = top.info()
        if info.type == FileType.File:
            yield from _files(top, Path(top.path).parent, [info], given=True)
            return
        files = top.below()
    except InputError as e:
        yield Problem(e.path, "find", e.reason)
        return
    texts = _texts(files, top.path)
    if not files:
        yield Problem(str(top), "find", "no such file or directory")
    elif not texts:
        yield Problem(str(top), "find", f"no texts in this folder ({suffixes()})")
    yield from _files(top, Path(top.path), texts, given=False, sources=_sources(files))


def _texts(files: list[FileInfo], top: str) -> list[FileInfo]:
    """Those that are read, in the order in which a folder of this machine would be gone through."""
    held = {str(path).partition(f"/{STATE}/")[0] for info in files if f"/{STATE}/" in (path := info.path)}
    ours = tuple(f"{folder}/{name}" for folder in held for name in (STATE, *OUTPUTS))
    return sorted(
        (
            info
            for info in files
            if kind_of(info.base_name)
            and info.base_name.lower() not in NOT_TEXTS
            and not any(info.path == name or info.path.startswith(f"{name}/") for name in ours)
        ),
        key=lambda info: PurePosixPath(info.path).parts,
    )


def _sources(files: list[FileInfo]) -> list[FileInfo]:
    return [info for info in files if info.base_name == SOURCES]


def _files(
    at: Place, top: Path, infos: list[FileInfo], *, given: bool, sources: list[FileInfo] | None = None
) -> Iterator[Input | Problem]:
    with tempfile.TemporaryDirectory() as folder:
        library = _Copied(at, top, Path(folder), sources or _beside(at, top, given))
        for info in infos:
            found = checked(Found(Path(info.path), top, given))
            this = Place(at.url, info.path)
            if isinstance(found, InputError):
                yield Problem(str(this), "find", found.reason)
                continue
            known, problems = library.find(PurePosixPath(info.path))
            yield from problems
            stamp = int(info.mtime_ns or 0)
            yield Input(this, str(this), found.id, found.name or "", int(info.size or 0), stamp, given, known)


def _beside(at: Place, top: Path, given: bool) -> list[FileInfo]:
    """The metadata beside a file that was named itself."""
    if not given:
        return []
    info = Place(at.url, (top / SOURCES).as_posix()).info()
    return [info] if info.type == FileType.File else []


class _Copied:
    """The `sources.jsonl` files of a folder elsewhere, copied to where the library reads them."""

    def __init__(self, at: Place, top: Path, folder: Path, sources: list[FileInfo]) -> None:
        self._at, self._top, self._folder = at, top, folder
        self._library = Library()
        self._told = 0
        for info in sources:
            target = folder / Path(info.path).relative_to(top)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(Place(at.url, info.path).read())

    def find(self, path: PurePosixPath) -> tuple[dict[str, Any], list[Problem]]:
        known = self._library.find(self._folder / path.relative_to(self._top), self._folder)
        new = self._library.errors[self._told :]
        self._told += len(new)
        there = str(Place(self._at.url, self._top.as_posix()))
        return known, [Problem(_where(e).replace(str(self._folder), there, 1), "metadata", e.reason) for e in new]


def _where(error: InputError) -> str:
    return error.path if error.line is None else f"{error.path}:{error.line}"
