"""`communique gold`: export, import, merge."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.commands.options import FILE, STDOUT, Trouble, input_errors, one_stdin
from communique.errors import InputError
from communique.gold import FORMS

if TYPE_CHECKING:
    from communique.records import Record


@click.group()
def gold() -> None:
    """Gold made by people: to the forms in which they annotate, back, and merged."""


@gold.command("export")
@click.argument("records", type=FILE)
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="The form to write.")
@click.option("-o", "--output", type=FILE, required=True, metavar="DIR", help="The folder; - prints quotes.")
@click.option("--predictions", is_flag=True, help="For Label Studio: as predictions, which annotators start from.")
@click.option("--overwrite", is_flag=True, help="Replace quotes that are there already.")
def export(records: Path, form: str, output: Path, predictions: bool, overwrite: bool) -> None:
    """Write records in a form in which people annotate.

    \b
    labelstudio  tasks.json to import, and labelling.xml, the project's labelling configuration
    docbin       records.spacy, spans and entities for spaCy
    quotes       a YAML file a text, names and quotes instead of offsets, to write in an editor

    \b
    communique gold export outputs/records.jsonl --to labelstudio --predictions -o tasks
    communique gold export corpus/gold.jsonl --to quotes -o gold
    """
    from communique.gold import files
    from communique.recordfile import RecordFile

    if predictions and form != "labelstudio":
        raise click.UsageError("--predictions is for labelstudio")
    if output == STDOUT and form != "quotes":
        raise click.UsageError("only quotes can be printed; give a folder")
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        click.echo(line, err=True)

    with input_errors(), _extra():
        some = files.writable(RecordFile(records).values(), form, tell)
        if output == STDOUT:
            from communique.gold.quotes_writing import to_quotes

            for record in some:
                click.echo(f"---\n{to_quotes(record)}", nl=False)
            return
        if form == "labelstudio":
            paths = files.write_labelstudio(some, output, predictions)
        elif form == "docbin":
            paths = files.write_docbin(some, output)
        else:
            paths = files.write_quotes(some, output, overwrite)
    click.echo(f"{output}: {len(paths)} files" if form == "quotes" else "\n".join(map(str, paths)))
    if any(line.startswith("Error") for line in told):
        sys.exit(1)


@gold.command("import")
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option("--from", "form", type=click.Choice(FORMS), required=True, help="The form to read.")
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="Where to write records; - prints them.")
@click.option("--annotator", metavar="WHO", help="For Label Studio: whose annotations, by number or mail address.")
def import_(paths: tuple[Path, ...], form: str, output: Path, annotator: str | None) -> None:
    """Read what people annotated, and write it as records.

    Each text that can't be used is told with everything that is wrong with it, the others are written, and the exit
    status is 1. From Label Studio export as JSON.

    \b
    communique gold import project-1.json --from labelstudio -o gold.jsonl
    communique gold import gold/ --from quotes -o gold.jsonl
    """
    from communique.gold import files

    failed: list[InputError] = []

    def good() -> Iterator[str]:
        seen: set[str] = set()
        for told in files.read(paths, form, annotator, lambda line: click.echo(line, err=True)):
            if not isinstance(told, InputError) and told.id in seen:
                told = InputError(told.id, "there are two texts of this id")
            if isinstance(told, InputError):
                failed.append(told)
                click.echo("\n".join(f"Error: {line}" for line in str(told).splitlines()), err=True)
                continue
            seen.add(told.id)
            yield f"{told.to_json_line()}\n"

    with input_errors(), _extra():
        if output == STDOUT:
            for line in good():
                click.echo(line, nl=False)
        else:
            files.write(output, good())
    if failed:
        sys.exit(1)


@gold.command()
@click.argument("a", type=FILE)
@click.argument("b", type=FILE)
@click.option("-o", "--output", type=FILE, required=True, metavar="DIR", help="The folder to write to.")
@click.option("--overwrite", is_flag=True, help="Replace quotes that are there already.")
def merge(a: Path, b: Path, output: Path, overwrite: bool) -> None:
    """Write what two people's gold both says, and mark the rest.

    \b
    gold.jsonl  records with what both say
    rest.jsonl  what only one says or both say differently, one a line
    quotes/     both as YAML files, the rest as comments on top, to be decided in an editor

    \b
    communique gold merge anna.jsonl ben.jsonl -o merged
    communique gold import merged/quotes --from quotes -o gold.jsonl
    """
    from communique.gold import files
    from communique.gold.merging import Merged, merge, rest_lines
    from communique.recordfile import RecordFile
    from communique.records import dumps

    one_stdin(a, b)
    with input_errors(Trouble), _extra():
        one, other = RecordFile(a), RecordFile(b)
        merged: list[Merged] = [merge(id_, one.get(id_), other.get(id_)) for id_ in dict.fromkeys([*one, *other])]
        agreed: dict[str, Merged] = {told.record.id: told for told in merged if told.record}
        quotes = output / "quotes"

        def notes(record: Record) -> str:
            return "".join(f"# {line}\n" for line in rest_lines(agreed[record.id]))

        files.write_quotes((told.record for told in merged if told.record), quotes, overwrite, notes)
        files.write(output / "gold.jsonl", (f"{told.record.to_json_line()}\n" for told in merged if told.record))
        files.write(output / "rest.jsonl", (f"{dumps(row)}\n" for told in merged for row in told.rows()))
    rest = sum(len(told.rest) for told in merged)
    click.echo(f"{output}: {len(agreed)} of {len(merged)} texts are in both; {rest} disagreements marked")


@contextmanager
def _extra() -> Iterator[None]:
    """A missing extra is told on one line."""
    try:
        yield
    except ImportError as e:
        raise click.ClickException(str(e)) from None
