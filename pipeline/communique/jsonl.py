"""JSON Lines files, read line by line with what is wrong with each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jsonlines
from pydantic import ValidationError

from communique.errors import InputError
from communique.records import Record


class Line(NamedTuple):
    """A line's number and its JSON object, or why it has none."""

    number: int
    row: dict[str, Any]
    error: str | None


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a file that are not empty; `InputError` for a file that can't be read at all."""
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield parse_line(number, text.rstrip("\r\n"))
    except OSError as e:
        raise InputError.of(path, e) from None
    except UnicodeDecodeError:
        raise InputError(path, "not UTF-8") from None


def parse_line(number: int, text: str) -> Line:
    """The JSON object on a line, or why there is none."""
    # A reader a line: one over the whole file would not go on after some errors, nor count empty lines.
    with jsonlines.Reader([text]) as reader:
        try:
            return Line(number, reader.read(type=dict), None)
        except jsonlines.InvalidLineError as e:
            cause = e.__cause__
            if isinstance(cause, json.JSONDecodeError):
                return Line(number, {}, f"not JSON: {cause.msg} at character {cause.pos + 1}")
            return Line(number, {}, "not a JSON object")


def first_problem(error: ValidationError) -> str:
    """The first thing a validation found, on one line."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"]))
    what = first["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what


def read_records(path: Path) -> dict[str, Record]:
    """The records of a file, by id and in order; `InputError` for the first line that holds none."""
    records: dict[str, Record] = {}
    for number, row, error in read_lines(path):
        if error is not None:
            raise InputError(path, error, number)
        try:
            record = Record.model_validate(row)
        except ValidationError as e:
            raise InputError(path, first_problem(e), number) from None
        if record.id in records:
            raise InputError(path, f"id {record.id!r} stands twice", number)
        records[record.id] = record
    return records
