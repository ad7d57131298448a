"""The command `communique`: parses, calls, prints; nothing else.

What a command needs is imported when it runs, so that `--help` and `--version` don't wait for spaCy.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communique.batch import Batch
    from communique.records import Record

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path)
STDOUT = Path("-")


@click.group(context_settings=SETTINGS)
@click.version_option(package_name="communique")
def main() -> None:
    """Turn communiqués into validated records.

    People, states, organizations, documents, dates, figures and decisions, each with the characters it was
    read from.

    \b
    communique extract corpus -o outputs
    communique evaluate corpus/gold.jsonl outputs/records.jsonl
    communique rules explain "The ministers signed a protocol on transit."
    """


@main.command()
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
@click.option("--rules", type=FOLDER, help="A folder of rule files to read on top of the shipped ones.")
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
        documents = partial(language.documents, language.load(rules), n_process=workers)
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


@main.command()
@click.argument("gold", type=FILE)
@click.argument("predicted", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def evaluate(gold: Path, predicted: Path, as_json: bool) -> None:
    """Score predicted records against gold: precision, recall and F1 of every kind.

    \b
    communique evaluate corpus/gold.jsonl outputs/records.jsonl
    """
    from communique import evaluate as evaluation
    from communique.jsonl import read_records

    try:
        result = evaluation.evaluate(read_records(gold), read_records(predicted))
    except InputError as e:
        raise click.ClickException(str(e)) from None
    if result.missing and not as_json:
        click.echo(f"not predicted: {', '.join(result.missing)}", err=True)
    click.echo(json.dumps(result.to_dict(), indent=2) if as_json else result.to_table())


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    communique schema > docs/record.schema.json
    """
    from communique.records import Record

    click.echo(json.dumps(Record.json_schema(), indent=2))


@main.group()
def rules() -> None:
    """Check, format and explain the rules."""


@rules.command()
@click.argument("folder", type=FOLDER, required=False)
def check(folder: Path | None) -> None:
    """Check the rule files of a folder, or the shipped ones; problems are told a line each.

    \b
    communique rules check
    communique rules check my-rules
    """
    from communique.rules import check, shipped

    folder = folder or shipped()
    _must_exist(folder)
    problems = check(folder)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)


@rules.command("format")
@click.argument("folder", type=FOLDER, required=False)
def format_(folder: Path | None) -> None:
    """Bring the rule files of a folder, or the shipped ones, into canonical form.

    \b
    communique rules format my-rules
    """
    from communique.rules import RuleError, format_files, shipped

    folder = folder or shipped()
    _must_exist(folder)
    try:
        changed = format_files(folder)
    except RuleError as e:
        raise click.ClickException(str(e)) from None
    for path in changed:
        click.echo(f"formatted {path}")


@rules.command()
@click.argument("text")
@click.option("--rules", type=FOLDER, help="A folder of rule files to read on top of the shipped ones.")
def explain(text: str, rules: Path | None) -> None:
    """Say which rule found what in a text (- reads it from standard input).

    \b
    communique rules explain "Kenya and Uganda signed a protocol on transit on 3 May 2024."
    """
    from communique import language
    from communique.batch import STDIN_ID, item
    from communique.explain import explain
    from communique.readers import STDIN, read_stdin, read_text
    from communique.records import Record
    from communique.rules import RuleError

    try:
        source = read_stdin(sys.stdin.buffer) if text == STDIN else read_text(text)
        rows = language.documents(language.load(rules), [item(source, STDIN_ID)])
    except (InputError, RuleError) as e:
        raise click.ClickException(str(e)) from None
    for row in rows:
        for line in explain(Record.model_validate(row)):
            click.echo(line)


def _must_exist(folder: Path) -> None:
    if not folder.is_dir():
        raise click.ClickException(f"{folder}: no such folder")


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


if __name__ == "__main__":
    main()
