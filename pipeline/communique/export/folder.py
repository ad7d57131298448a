"""The folder of a data set: written aside, then put in place, with the hash of every file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from communique.errors import InputError

SUMS = "SHA256SUMS"
_PART = ".export."


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A folder to write into, whose files take their places in `folder` when all are written.

    They replace those of an earlier data set, which are known by its `SHA256SUMS` (as of `sha256sum`), and nothing
    else: raises `InputError` for a folder that holds files but no data set. If anything fails, all is left as it was.
    """
    _check(folder)
    part = folder / f"{_PART}{os.getpid()}"
    new = not folder.exists()
    try:
        part.mkdir(parents=True)
        yield part
        _write_sums(part)
        _put(part, folder)
    except OSError as e:
        raise InputError.of(e.filename or folder, e) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if new and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def files(folder: Path) -> Iterator[str]:
    """The files of a folder and below it, as paths from it, in order."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from (f"{path.name}/{name}" for name in files(path))
        else:
            yield path.name


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _check(folder: Path) -> None:
    try:
        if folder.is_dir() and not (folder / SUMS).exists():
            # What a run that was killed has left is no reason to refuse.
            if any(not path.name.startswith(_PART) for path in folder.iterdir()):
                raise InputError(folder, "holds files but no data set; choose another folder")
    except OSError as e:
        raise InputError.of(folder, e) from None


def _write_sums(folder: Path) -> None:
    with (folder / SUMS).open("w", encoding="utf-8", newline="") as sums:
        for name in files(folder):
            if name != SUMS:
                sums.write(f"{sha256(folder / name)}  {name}\n")


def _put(part: Path, folder: Path) -> None:
    _remove_stale(part, folder)
    for name in files(part):
        if name != SUMS:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).replace(folder / name)
    (part / SUMS).replace(folder / SUMS)


def _remove_stale(part: Path, folder: Path) -> None:
    """Remove the files of the earlier data set that the new one does not have, and folders that are then empty."""
    if not (folder / SUMS).exists():
        return
    with (folder / SUMS).open(encoding="utf-8", newline="\n") as sums:
        names = (line.rstrip("\n").partition("  ")[2] for line in sums)
        stale = [folder / name for name in names if name and not (part / name).is_file()]
    folders: set[Path] = set()
    for path in stale:
        if path.resolve().is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)
            folders.update(above for above in path.parents if folder in above.parents)
    for above in sorted(folders, key=lambda path: -len(path.parts)):
        if above.is_dir() and not any(above.iterdir()):
            above.rmdir()
