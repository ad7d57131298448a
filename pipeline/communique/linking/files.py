"""The files of `communique link`: records in, entities and ambiguities out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from pydantic import ValidationError

from communique.errors import InputError
from communique.jsonl import first_problem, read_lines
from communique.linking.entities import ambiguities, entities
from communique.linking.models import ENTITY, AnyEntity, Sighting
from communique.linking.store import Store
from communique.linking.world import World, build
from communique.recordfile import RecordFile
from communique.records import Record, dumps

ENTITIES = "entities.jsonl"
AMBIGUOUS = "ambiguous.jsonl"


class Counts(NamedTuple):
    """How many texts were read, how many entities and ambiguities written."""

    texts: int
    entities: int
    joined: int
    """Entities of more than one text."""
    ambiguous: int


def link(paths: Iterable[Path], out: Path, folders: Sequence[Path] = ()) -> Counts:
    """Join what the records of some files tell of; write `entities.jsonl` and `ambiguous.jsonl` into a folder.

    The files have the same bytes whatever the order of paths and records. Raises `InputError` for a file that can't
    be read, a line that holds no record, and an id that two records have; then nothing is written.
    """
    with Store() as store:
        return write(build(_records(paths), store, folders), out)


def _records(paths: Iterable[Path]) -> Iterator[tuple[Path, Record]]:
    for path in paths:
        for record in RecordFile(path).values():
            yield path, record


def write(world: World, out: Path) -> Counts:
    """Write the entities of a world and its ambiguities."""
    count = joined = doubtful = 0
    with _replacing(out / ENTITIES) as file, _replacing(out / AMBIGUOUS) as doubts:
        for entity, texts in entities(world):
            joined += _write(entity, texts, file) > 1
            count += 1
        for ambiguity in ambiguities(world):
            doubts.write(f"{dumps(ambiguity.model_dump(mode='json'))}\n")
            doubtful += 1
    return Counts(world.texts, count, joined, doubtful)


def _write(entity: AnyEntity, texts: Iterable[Sighting], file: IO[str]) -> int:
    """Write an entity, its texts one by one: some have a million. Says how many."""
    head = dumps(entity.model_dump(mode="json", exclude={"texts"}))
    file.write(f'{head[:-1]}, "texts": [')
    count = 0
    for count, sighting in enumerate(texts, 1):
        file.write(f"{', ' if count > 1 else ''}{dumps(sighting.model_dump(mode='json'))}")
    file.write("]}\n")
    return count


def read_entities(path: Path) -> Iterator[AnyEntity]:
    """The entities of a file; `InputError` for a line that holds none."""
    for number, row, error in read_lines(path):
        if error is not None:
            raise InputError(path, error, number)
        try:
            yield ENTITY.validate_python(row)
        except ValidationError as e:
            raise InputError(path, first_problem(e), number) from None


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    """A file that takes the place of the old one when it is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(path)
    except OSError as e:
        part.unlink(missing_ok=True)
        raise InputError.of(path, e) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
