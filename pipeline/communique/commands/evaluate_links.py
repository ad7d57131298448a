"""`communique evaluate-links`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.commands.options import FILE, input_errors

if TYPE_CHECKING:
    from communique.linking.handlinks import Comparison
    from communique.linking.models import Kind


@click.command("evaluate-links")
@click.argument("links", type=FILE)
@click.argument("entities", type=FILE)
@click.option("--errors", is_flag=True, help="Tell which entries were wrongly joined or left apart.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate_links(links: Path, entities: Path, errors: bool, as_json: bool) -> None:
    """Score entities against links made by hand: B-cubed, and the pairs joined.

    LINKS has one thing a line, with its entries: {"kind": "person", "mentions": [{"text": "lakes-2024", "entity": "p1",
    "name": "Miriam Okello"}]}. ENTITIES is what communique link wrote of the records of these texts.

    \b
    communique link corpus/gold.jsonl -o linked
    communique evaluate-links links.jsonl linked/entities.jsonl --errors
    """
    from communique.linking.files import read_entities
    from communique.linking.handlinks import compare, read_links

    with input_errors():
        comparison = compare(read_links(links), read_entities(entities))
    if as_json:
        click.echo(json.dumps(_told(comparison), ensure_ascii=False))
        return
    click.echo(f"{'':<14}{'entries':>8}{'things':>8}   {'B3 P/R/F1':<20}pairs P/R/F1")
    for row, told in _told(comparison).items():
        if isinstance(told, dict):
            cells = (f"{scores['p']:.3f} {scores['r']:.3f} {scores['f1']:.3f}" for scores in (told, told["pairs"]))
            click.echo(f"{row:<14}{told['entries']:>8}{told['things']:>8}   {'   '.join(cells)}")
    if comparison.missing:
        click.echo(f"not among the entities: {len(comparison.missing)}")
    if errors:
        for what, one, other in comparison.errors():
            click.echo(f"{what:<9} {one.kind}: {one.name} <{one.text}> | {other.name} <{other.text}>")


def _told(comparison: Comparison) -> dict[str, object]:
    """The scores as plain data, a row for each kind and one for all."""
    rows: tuple[tuple[str, Kind | None], ...] = (
        ("person", "person"), ("organization", "organization"), ("document", "document"), ("all", None),
    )  # fmt: skip
    told: dict[str, object] = {}
    for row, kind in rows:
        score, (entries, things) = comparison.score(kind), comparison.count(kind)
        pairs = {"p": score.pair_precision, "r": score.pair_recall, "f1": score.pair_f1}
        told[row] = {
            "entries": entries, "things": things, "p": score.precision, "r": score.recall, "f1": score.f1,
            "pairs": pairs,
        }  # fmt: skip
    return {**told, "missing": len(comparison.missing)}
