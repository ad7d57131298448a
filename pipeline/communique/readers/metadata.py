"""`sources.jsonl`: what is known about the texts beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from communique.errors import InputError
from communique.jsonl import first_problem, read_lines
from communique.records import Edtf, Words


class Metadata(BaseModel):
    """A line of `sources.jsonl`. All but `path` may be left out; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    path: str = Field(min_length=1)
    title: Words | None = None
    publisher: Words | None = None
    published: Edtf | None = None
    url: str | None = None
    rights: str | None = None

    def known(self) -> dict[str, Any]:
        """What the line says, without its path."""
        return self.model_dump(exclude={"path"}, exclude_none=True)


def read_metadata(path: Path) -> Iterator[tuple[int, str, dict[str, Any]] | InputError]:
    """The lines of a file: number, path of the text, and what is said about it; or what is wrong with the line."""
    try:
        for number, row, error in read_lines(path):
            if error is not None:
                yield InputError(path, error, number)
                continue
            try:
                metadata = Metadata.model_validate(row)
                metadata.path.encode()
            except ValidationError as e:
                yield InputError(path, first_problem(e), number)
            except UnicodeEncodeError:
                yield InputError(path, "path: not characters", number)
            else:
                yield number, PurePosixPath(metadata.path).as_posix(), metadata.known()
    except InputError as e:
        yield e
