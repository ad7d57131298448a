"""Folders of texts to a file of records: in order, streaming, with what went wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import jsonlines
from pydantic import ValidationError

from communique.errors import InputError
from communique.jsonl import first_problem
from communique.readers import MEDIA_TYPES, STDIN, Library, Metadata, Source, read, read_stdin
from communique.records import Record, dumps

RECORDS = "records.jsonl"
LANGUAGE = "en"
STDIN_ID = "stdin"
# Tells of the texts beside it and is none of them.
_NOT_TEXTS = frozenset({"readme.md", "readme.txt"})

Item = tuple[str, dict[str, Any]]
Documents = Callable[[Iterable[Item]], Iterable[dict[str, Any]]]
"""Texts with their metadata to records, in order: `communique.language.documents` bound to a pipeline."""


@dataclass(frozen=True)
class Text:
    """A text to read: its file and the folder it was found through; standard input where there is no file."""

    path: Path | None
    top: Path | None = None

    @property
    def name(self) -> str | None:
        """The path below the folder given."""
        return self.path.relative_to(self.top).as_posix() if self.path and self.top else None

    @property
    def id(self) -> str:
        """The name without its suffix."""
        return self.name[: -len(self.path.suffix)] if self.name and self.path else STDIN_ID

    def __str__(self) -> str:
        return str(self.path or STDIN)


@dataclass
class Batch:
    """Texts on their way to records, and what went wrong on it."""

    texts: list[Text] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)
    library: Library = field(default_factory=Library)

    @classmethod
    def of(cls, paths: Iterable[Path | str]) -> Batch:
        """The texts of files, folders and `-`, in that order; those of a folder, and below it, by path."""
        batch = cls()
        for path in paths:
            try:
                batch.texts += [Text(None)] if str(path) == STDIN else _find(Path(path))
            except InputError as e:
                batch.errors.append(e)
        return batch

    def records(self, documents: Documents) -> Iterator[Record]:
        """Read the texts and make their records; a text without a record leaves an error."""
        for row in documents(self._items()):
            try:
                yield Record.model_validate(row)
            except ValidationError as e:
                self.errors.append(InputError(row.get("id", "?"), f"no valid record: {first_problem(e)}"))
        self.errors += self.library.errors

    def _items(self) -> Iterator[Item]:
        seen: dict[str, Text] = {}
        for text in self.texts:
            try:
                if text.id in seen:
                    raise InputError(str(text), f"has the id {text.id!r}, which {seen[text.id]} has already")
                seen[text.id] = text
                yield self._item(text)
            except InputError as e:
                self.errors.append(e)

    def _item(self, text: Text) -> Item:
        if text.path is None or text.top is None:
            return item(read_stdin(sys.stdin.buffer), text.id)
        return item(read(text.path), text.id, text.name, self.library.find(text.path, text.top))


def item(source: Source, id_: str, name: str | None = None, metadata: Metadata | None = None) -> Item:
    """A text and its metadata, as the pipeline takes them."""
    known = metadata or Metadata(path=name or STDIN)
    return source.text, {
        "id": id_,
        "path": name,
        "url": known.url,
        "rights": known.rights,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "language": LANGUAGE,
        "title": known.title,
        "publisher": known.publisher,
        "published": known.published,
    }


def _find(path: Path) -> Sequence[Text]:
    """The texts that a path means: the file itself, or those of the folder."""
    if not path.is_dir():
        return [_named(Text(path, path.parent))]
    try:
        files = [
            file
            for file in path.rglob("*")
            if file.suffix.lower() in MEDIA_TYPES and file.name.lower() not in _NOT_TEXTS and file.is_file()
        ]
    except OSError as e:
        raise InputError.of(path, e) from None
    if not files:
        raise InputError(path, f"no texts in this folder ({', '.join(MEDIA_TYPES)})")
    return [_named(Text(file, path)) for file in sorted(files, key=lambda file: file.relative_to(path).parts)]


def _named(text: Text) -> Text:
    try:
        text.id.encode()
    except UnicodeEncodeError:
        raise InputError(repr(str(text)), "the name of the file is not UTF-8") from None
    return text


def write(records: Iterable[Record], out: Path | None) -> int:
    """Write records to `records.jsonl` in a folder, or to standard output; says how many."""
    count = 0
    with _replacing(out / RECORDS) if out else _stdout() as file:
        writer = jsonlines.Writer(file, dumps=dumps)
        for record in records:
            writer.write(record.to_dict())
            count += 1
    return count


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    """A file that takes the place of the old one when it is whole, and leaves it alone when it is not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def _stdout() -> Iterator[IO[str]]:
    """Standard output in UTF-8, whatever the locale says."""
    with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as file:
        yield file
