"""Files by path or URL, through pyarrow's file systems (local, S3, GCS, HDFS, ABFS), else through fsspec's."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType, FSSpecHandler, LocalFileSystem, PyFileSystem

from communique.errors import InputError

_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class Place(NamedTuple):
    """A file or folder: the path in the file system of a URL, or of this machine where there is no URL.

    The URL keeps its query, in which pyarrow takes options (`?endpoint_override=…`).
    """

    url: str
    path: str

    @property
    def fs(self) -> FileSystem:
        """Where it is; raises `InputError` for a URL that can't be used."""
        return _file_system(self.url)

    def __truediv__(self, name: str) -> Place:
        return Place(self.url, f"{self.path.rstrip('/')}/{name}")

    def __str__(self) -> str:
        if not self.url:
            return self.path
        return f"{self.url.partition('://')[0]}://{self.path}"

    def info(self) -> FileInfo:
        """What the file system knows of it; raises `InputError` where it can't be asked."""
        try:
            return self.fs.get_file_info(self.path)
        except OSError as e:
            raise InputError(str(self), _reason(e)) from None

    def below(self) -> list[FileInfo]:
        """All files below a folder, none where there is no such folder."""
        try:
            found = self.fs.get_file_info(FileSelector(self.path, recursive=True, allow_not_found=True))
        except OSError as e:
            raise InputError(str(self), _reason(e)) from None
        return [info for info in found if info.type == FileType.File]

    def read(self) -> bytes:
        """The whole file."""
        with self.fs.open_input_stream(self.path, compression=None) as file:
            return bytes(file.read())

    def put(self, file: IO[bytes]) -> None:
        """Write a file as a whole: another sees the old one or the new one, never a part."""
        fs = self.fs
        if not isinstance(fs, LocalFileSystem):
            with fs.open_output_stream(self.path) as target:  # an object appears when it is complete
                shutil.copyfileobj(file, target, 1 << 20)
            return
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
        try:
            with part.open("wb") as target:
                shutil.copyfileobj(file, target, 1 << 20)
                target.flush()
                os.fsync(target.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def delete(self) -> None:
        """Delete a file."""
        self.fs.delete_file(self.path)


def is_url(text: str) -> bool:
    """Whether an argument is a URL rather than a path."""
    return _URL.match(text) is not None


def place(text: str) -> Place:
    """Where a path or URL leads; raises `InputError` for a URL that can't be used."""
    if not is_url(text):
        return Place("", str(Path(text).absolute()))
    return Place(text, _resolved(text)[1].rstrip("/"))


def _file_system(url: str) -> FileSystem:
    return _resolved(url)[0] if url else LocalFileSystem()


@cache
def _resolved(url: str) -> tuple[FileSystem, str]:
    try:
        return FileSystem.from_uri(url)
    except OSError as e:
        raise InputError(_bare(url), _reason(e)) from None
    except ValueError:
        return _by_fsspec(url)


def _by_fsspec(url: str) -> tuple[FileSystem, str]:
    from fsspec.core import url_to_fs

    try:
        fs, path = url_to_fs(url)
    except (ImportError, OSError, ValueError) as e:
        raise InputError(_bare(url), _reason(e)) from None
    return PyFileSystem(FSSpecHandler(fs)), path  # type: ignore[abstract]  # the stubs know half of it


def _bare(url: str) -> str:
    return url.partition("?")[0]


def _reason(error: Exception) -> str:
    """What a library says, on one line."""
    return " ".join(str(error).split()) or type(error).__name__
