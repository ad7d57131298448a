"""`communique schema`."""

from __future__ import annotations

import json

import click

OF = ("record", "entity", "ambiguity")


@click.command()
@click.argument("of", type=click.Choice(OF), default="record")
def schema(of: str) -> None:
    """Print the JSON Schema of a record, or of a line that communique link writes.

    \b
    communique schema > docs/record.schema.json
    communique schema entity > docs/entity.schema.json
    """
    from communique.linking.models import ambiguity_schema, entity_schema
    from communique.records import Record

    schemas = {"record": Record.json_schema, "entity": entity_schema, "ambiguity": ambiguity_schema}
    click.echo(json.dumps(schemas[of](), indent=2))
