"""`communique link`."""

from __future__ import annotations

from pathlib import Path

import click

from communique.commands.options import FILE, FOLDER, input_errors, rules_option
from communique.garbage import uncollected


@click.command()
@click.argument("records", nargs=-1, required=True, type=FILE, metavar="RECORDS...")
@click.option(
    "-o",
    "--output",
    type=FOLDER,
    required=True,
    metavar="DIR",
    help="Where to write entities.jsonl and ambiguous.jsonl.",
)
@rules_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def link(records: tuple[Path, ...], output: Path, rules: Path | None, quiet: bool) -> None:
    """Join the people, organizations and documents of many records.

    Entries of different texts are joined only where the texts give evidence; what may be one and was kept apart is
    listed in ambiguous.jsonl. A file may be -, standard input. The order of files and records changes nothing.

    \b
    communique link outputs/records.jsonl -o linked
    communique extract corpus -o - --quiet | communique link - -o linked
    """
    from communique.linking import files

    with input_errors(), uncollected():
        counts = files.link(records, output, [rules] if rules else [])
    if not quiet:
        click.echo(f"{output / files.ENTITIES}: {counts.entities} of {counts.texts} texts, {counts.joined} in several")
        click.echo(f"{output / files.AMBIGUOUS}: {counts.ambiguous}")
