"""The folder of a run's outputs: locked while a run writes to it, each file replaced as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from communique.errors import InputError
from communique.readers.finding import STATE


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Make the folder if need be and lock it; gives the folder of the state. Another run on it is an `InputError`."""
    from filelock import FileLock, Timeout

    state = out / STATE
    try:
        state.mkdir(parents=True, exist_ok=True)
        ignore = state / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        lock = FileLock(state / "lock")
        lock.acquire(blocking=False)
    except Timeout:
        raise InputError(out, "another run is writing to this folder") from None
    except OSError as e:
        raise InputError.of(e.filename or out, e) from None
    try:
        yield state
    finally:
        lock.release()


@contextmanager
def replacing(path: Path, state: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when it is whole and on the disk, and leaves it alone when it is not."""
    part = state / f"{path.name}.part"
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """See to it that a replaced file's name is on the disk, where a folder can be asked to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
