"""`communique evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from communique.commands.options import FILE
from communique.errors import InputError


@click.command()
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
