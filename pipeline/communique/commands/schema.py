"""`communique schema`."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    communique schema > docs/record.schema.json
    """
    from communique.records import Record

    click.echo(json.dumps(Record.json_schema(), indent=2))
