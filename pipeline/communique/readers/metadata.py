"""`sources.jsonl`: what is known about the texts beside it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.errors import InputError
from communique.jsonl import first_problem, read_lines
from communique.records import Edtf, Words

SOURCES = "sources.jsonl"


class Metadata(BaseModel):
    """A line of `sources.jsonl`. All but `path` may be left out; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    path: str = Field(min_length=1)
    title: Words | None = None
    publisher: Words | None = None
    published: Edtf | None = None
    url: str | None = None
    rights: str | None = None


class Library:
    """The metadata of texts, each folder's `sources.jsonl` read once, when it is first asked for.

    Lines that can't be used are kept in `errors`; the other lines are used.
    """

    def __init__(self) -> None:
        self.errors: list[InputError] = []
        self._folders: dict[Path, dict[str, Metadata]] = {}

    def find(self, path: Path, top: Path) -> Metadata | None:
        """What is said about a text, in its own folder or in one above it, up to `top`; the nearest first."""
        for folder in path.parents:
            name = path.relative_to(folder).as_posix()
            metadata = self._of(folder).get(name)
            if metadata is not None or folder == top:
                return metadata
        return None

    def _of(self, folder: Path) -> dict[str, Metadata]:
        if folder not in self._folders:
            path = folder / SOURCES
            self._folders[folder] = self._read(path) if path.exists() else {}
        return self._folders[folder]

    def _read(self, path: Path) -> dict[str, Metadata]:
        rows: dict[str, Metadata] = {}
        try:
            for number, row, error in read_lines(path):
                try:
                    metadata = None if error else Metadata.model_validate(row)
                except ValidationError as e:
                    metadata, error = None, first_problem(e)
                name = PurePosixPath(metadata.path).as_posix() if metadata else ""
                if name in rows:
                    error = f"path {name!r} stands twice"
                if metadata is None or error:
                    self.errors.append(InputError(path, error or "", number))
                else:
                    rows[name] = metadata
        except InputError as e:
            self.errors.append(e)
        return rows
