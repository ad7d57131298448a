"""Gold in its forms as files: written so that nothing that a person made is lost, read with what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from communique.errors import InputError
from communique.records import Record

STDIN = Path("-")
TASKS, CONFIG, DOCBIN = "tasks.json", "labelling.xml", "records.spacy"
_SUFFIXES = {"labelstudio": (".json",), "docbin": (".spacy",), "quotes": (".yaml", ".yml")}
_SAFE = " !#$&'()+,;=@[]{}"
Tell = Callable[[str], object]
Read = Iterator[Record | InputError]


def writable(records: Iterable[Record], form: str, tell: Tell) -> Iterator[Record]:
    """The records that a form can hold; the others, and what will be missing, are told."""
    for record in records:
        try:
            record.to_json_line().encode()
        except UnicodeEncodeError:
            tell(f"Error: {record.id}: holds half of a surrogate pair, which no file can hold; left out")
            continue
        if form == "labelstudio" and "\0" in record.text:
            tell(f"{record.id}: holds U+0000, which Label Studio can store in SQLite, but not in PostgreSQL")
        yield record


def write_labelstudio(records: Iterable[Record], folder: Path, prediction: bool = False) -> list[Path]:
    """`tasks.json` and `labelling.xml`."""
    from communique.gold.labelstudio import tasks
    from communique.gold.labelstudio_config import labelling_config

    paths = [folder / TASKS, folder / CONFIG]
    write(paths[0], tasks(records, prediction))
    write(paths[1], [labelling_config()])
    return paths


def write_docbin(records: Iterable[Record], folder: Path) -> list[Path]:
    """`records.spacy`."""
    from communique.gold.docbin import to_docbin

    path = folder / DOCBIN
    write(path, [to_docbin(records).to_bytes()])
    return [path]


def write_quotes(
    records: Iterable[Record], folder: Path, overwrite: bool = False, notes: Callable[[Record], str] = lambda record: ""
) -> list[Path]:
    """A `.yaml` for each record, by its id.

    A file that is there already may hold somebody's work: unless `overwrite` is given it is an `InputError`, and it
    stays as it is. `notes` gives comments to put in front.
    """
    from communique.gold.quotes_writing import to_quotes

    paths: list[Path] = []
    for record in records:
        path = quotes_path(folder, record.id)
        if path in paths or (path.exists() and not overwrite):
            raise InputError(path, "is there already; give another folder, or --overwrite")
        write(path, [notes(record), to_quotes(record)])
        paths.append(path)
    return paths


def quotes_path(folder: Path, id_: str) -> Path:
    """The file of a record: `/` in its id parts folders, and what a file's name can't have is written as `%2E`."""
    parts = [quote(part, safe=_SAFE, encoding="utf-8") for part in id_.split("/")]
    parts = [part.replace(".", "%2E") if not part.strip(".") else part for part in parts]
    *folders, name = [part or "%" for part in parts]
    return folder.joinpath(*folders, f"{name}.yaml")


def write(path: Path, parts: Iterable[str | bytes]) -> None:
    """Write a file in one piece: the old one stays until the new one is whole."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for data in parts:
                file.write(data if isinstance(data, bytes) else data.encode("utf-8"))
        part.replace(path)
    except OSError as e:
        part.unlink(missing_ok=True)
        raise InputError.of(e.filename or path, e) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read(paths: Iterable[Path], form: str, annotator: str | None = None, tell: Tell = print) -> Read:
    """The records of files, and of all files of the form below folders, or what is wrong with each, in order."""
    for path in paths:
        try:
            found = _files(path, form)
        except InputError as e:
            yield e
            continue
        for file in found:
            try:
                yield from _read(file, form, annotator, tell)
            except InputError as e:
                yield e


def _files(path: Path, form: str) -> list[Path]:
    if path == STDIN or not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES[form] and file.is_file())
    if not found:
        raise InputError(path, f"no files in this folder ({', '.join(_SUFFIXES[form])})")
    return found


def _read(path: Path, form: str, annotator: str | None, tell: Tell) -> Read:
    if form == "labelstudio":
        from communique.gold.labelstudio import from_tasks

        yield from from_tasks(path, annotator, tell)
    elif form == "docbin":
        from communique.gold.docbin import from_docbin

        yield from from_docbin(path)
    else:
        from communique.gold.quotes_reading import all_from_quotes

        yield from all_from_quotes(_text(path), str(path), Path() if path == STDIN else path.parent)


def _text(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as e:
        raise InputError.of(path, e) from None
    except UnicodeDecodeError:
        raise InputError(path, "not UTF-8") from None
