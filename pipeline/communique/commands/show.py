"""`communique show`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.commands.options import FILE, input_errors, rules_option

if TYPE_CHECKING:
    from communique.records import Record

JSON_LINES = (".jsonl", ".ndjson")
STDIN = Path("-")


@click.command()
@click.argument("file", type=FILE)
@click.option("--id", "ids", multiple=True, metavar="ID", help="Of a file of records, show only these.")
@click.option("--no-text", is_flag=True, help="Leave the text out.")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON Lines, for pipes.")
@rules_option
def show(file: Path, ids: tuple[str, ...], no_text: bool, as_json: bool, rules: Path | None) -> None:
    """Show a text, or a file of records (.jsonl), in the terminal: what was found, in colours.

    A text is extracted first; what a sources.jsonl beside it tells is not read. From standard input (-) either is
    taken. Where the output is no terminal there are no colours.

    \b
    communique show corpus/gulf-water-ministers-2024.txt
    communique show outputs/records.jsonl --id gulf-water-ministers-2024
    communique show outputs/records.jsonl --json | head -n 1
    communique extract corpus -o - | communique show - --no-text
    """
    with input_errors():
        for record in _records(file, ids, rules):
            if as_json:
                click.echo(record.to_json_line())
            else:
                _print(record, not no_text)


def _records(file: Path, ids: Sequence[str], rules: Path | None) -> Iterator[Record]:
    if not _holds_records(file):
        yield _extracted(file, rules)
        return
    from communique.errors import InputError
    from communique.recordfile import RecordFile

    records = RecordFile(file)
    for id_ in ids or records:
        if id_ not in records:
            raise InputError(file, f"no record has the id {id_!r}")
        yield records[id_]


def _holds_records(file: Path) -> bool:
    """Whether a file's name, or the beginning of standard input, says that it holds records."""
    if file != STDIN:
        return file.suffix.lower() in JSON_LINES
    return isinstance(sys.stdin.buffer, BufferedReader) and sys.stdin.buffer.peek(1).lstrip().startswith(b'{"schema"')


def _extracted(file: Path, rules: Path | None) -> Record:
    from communique import language
    from communique.batch import item
    from communique.readers import read, read_stdin
    from communique.records import Record

    source = read_stdin(sys.stdin.buffer) if file == STDIN else read(file)
    name = None if file == STDIN else file.name
    [row] = language.documents(language.load(rules), [item(source, "stdin" if name is None else file.stem, name)])
    return Record.model_validate(row)


def _print(record: Record, with_text: bool) -> None:
    from rich.console import Console

    from communique.view.terminal import shown

    Console(highlight=False, markup=False, emoji=False, soft_wrap=False).print(shown(record, with_text))
