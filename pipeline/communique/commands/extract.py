"""`communique extract`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.commands.options import FILE, STDOUT, rules_option
from communique.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communique.batch import Batch
    from communique.records import Record


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    type=FILE,
    required=True,
    metavar="DIR",
    help="Where to write records.jsonl; - prints it.",
)
@click.option("-j", "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to use.")
@rules_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def extract(paths: tuple[str, ...], output: Path, workers: int, rules: Path | None, quiet: bool) -> None:
    """Extract records from files and folders of .txt and .md, or from standard input (-).

    What is known about the texts (title, publisher, published, url, rights) is read from a sources.jsonl
    beside them. Each text that can't be used is named with the reason, the others are extracted, and the exit
    status is 1.

    \b
    communique extract corpus -o outputs
    communique extract a.txt b.md releases/ -o outputs -j 4
    communique extract - -o - < release.txt
    """
    from communique import language
    from communique.batch import RECORDS, Batch, write
    from communique.rules import RuleError

    batch = Batch.of(paths)
    report = Report(batch, quiet)
    try:
        nlp = language.load(rules)
        language.settle()
        documents = partial(language.documents, nlp, n_process=workers)
        count = write(report.watch(batch.records(documents)), None if output == STDOUT else output)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise click.ClickException(str(InputError.of(e.filename or output, e))) from None
    except RuleError as e:
        raise click.ClickException(str(e)) from None
    if not quiet and output != STDOUT:
        click.echo(f"{output / RECORDS}: {count} record{'' if count == 1 else 's'}")
    if batch.errors:
        sys.exit(1)


class Report:
    """What a user sees while a batch runs: errors at once, and on a terminal how far it is."""

    def __init__(self, batch: Batch, quiet: bool) -> None:
        self._batch = batch
        self._told = 0
        self._line = "" if not quiet and sys.stderr.isatty() else None

    def watch(self, records: Iterator[Record]) -> Iterator[Record]:
        """Hand on the records and tell what there is to tell between them."""
        self._tell()
        for number, record in enumerate(records, 1):
            self._tell()
            self._progress(f"{number}/{len(self._batch.texts)}")
            yield record
        self._progress("")
        self._tell()

    def _tell(self) -> None:
        errors = self._batch.errors[self._told :]
        if errors:
            self._progress("")
        for error in errors:
            click.echo(f"Error: {error}", err=True)
        self._told += len(errors)

    def _progress(self, line: str) -> None:
        if self._line is not None:
            click.echo(f"\r{line.ljust(len(self._line))}" + ("" if line else "\r"), nl=False, err=True)
            self._line = line
