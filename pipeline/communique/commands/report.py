"""`communique report`."""

from __future__ import annotations

from pathlib import Path

import click

from communique.commands.options import FILE, STDOUT, input_errors, progress
from communique.errors import InputError
from communique.garbage import uncollected


@click.command()
@click.argument("records", type=FILE)
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE.html", help="The page to write; - prints it.")
@click.option("--title", default="Communiqués", show_default=True, help="What the page is called.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def report(records: Path, output: Path, title: str, quiet: bool) -> None:
    """Make one HTML page of a file of records: the texts with their mentions marked, and an overview in charts.

    The page opens from disk in any current browser and asks the network for nothing. It holds the texts: who may
    have the page is who may have them. RECORDS may be -, standard input.

    \b
    communique report outputs/records.jsonl -o report.html
    communique extract releases -o - | communique report - -o report.html --title "Releases of 2024"
    """
    from communique.recordfile import RecordFile
    from communique.view import report as page

    with input_errors(), uncollected():
        file = RecordFile(records)
        if not len(file):
            raise InputError(records, "no records in this file")
        if output.exists() and records.exists() and output.samefile(records):
            raise InputError(output, "the page would take the place of the records")
        pieces = page.report(progress(file.values(), len(file), quiet), title)
        try:
            page.write(pieces, None if output == STDOUT else output)
        except BrokenPipeError:
            raise
        except OSError as e:
            raise InputError.of(output, e) from None
    if not quiet and output != STDOUT:
        click.echo(f"{output}: {len(file)} text{'' if len(file) == 1 else 's'}")
