"""`communique export`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.commands.options import FILE, FOLDER, input_errors, progress
from communique.errors import MissingExtraError
from communique.export.formats import FORMATS
from communique.export.shares import Shares
from communique.garbage import uncollected

if TYPE_CHECKING:
    from communique.export.dataset import Summary


class SharesType(click.ParamType[Shares]):
    """Percentages as they are written: 80/10/10."""

    name = "shares"

    def convert(self, value: str | Shares, param: click.Parameter | None, ctx: click.Context | None) -> Shares:
        """The shares, or click's message about what is wrong with them."""
        try:
            return value if isinstance(value, Shares) else Shares.parse(value)
        except ValueError as e:
            self.fail(str(e), param, ctx)


@click.command()
@click.argument("records", type=FILE)
@click.option("--to", "form", type=click.Choice(FORMATS), required=True, help="The form of the data set.")
@click.option("-o", "--output", type=FOLDER, required=True, metavar="DIR", help="The folder to write it into.")
@click.option(
    "--split", "shares", type=SharesType(), metavar="80/10/10", help="Percentages for train, validation and test."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Which of the possible splits.")
@click.option("--include-texts", is_flag=True, help="Pass on texts whose rights are not known to allow it.")
@click.option("--allow", multiple=True, metavar="RIGHTS", help="Rights, as records tell them, that allow it too.")
@click.option("--name", default="communique", show_default=True, help="The name of the data set.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def export(
    records: Path,
    form: str,
    output: Path,
    shares: Shares | None,
    seed: int,
    include_texts: bool,
    allow: tuple[str, ...],
    name: str,
    quiet: bool,
) -> None:
    """Make a data set of records (- reads them from standard input).

    parquet, csv and duckdb are flat tables; docbin is training data for spaCy with a config, brat is standoff
    annotation, huggingface a folder that datasets.load_dataset opens. Each comes with a codebook, croissant.json, the
    provenance, the sources of its texts with their rights, and SHA256SUMS.

    A text goes with its records only if its rights are a free licence, are given with --allow, or with
    --include-texts. Else the tables and huggingface leave out its words and keep everything read from it but the
    sentences of decisions; docbin and brat, which are made of texts, leave it out.

    A split is by text and stratified by publisher; texts that are near-duplicates stay together.

    \b
    communique export outputs/records.jsonl --to parquet -o dataset
    communique export outputs/records.jsonl --to docbin -o training --split 80/10/10 --seed 1
    communique extract releases -o - | communique export - --to duckdb -o database --allow "reuse with credit"
    """
    from communique.export.dataset import Options
    from communique.export.dataset import export as make

    options = Options(form, name, shares, seed, include_texts, allow)
    try:
        with input_errors(), uncollected():
            summary = make(records, output, options, partial(progress, quiet=quiet))
    except MissingExtraError as e:
        raise click.ClickException(str(e)) from None
    for error in summary.errors:
        click.echo(f"Error: {error}", err=True)
    if not quiet:
        click.echo(f"{output}: {_told(summary)}")
    if summary.errors:
        sys.exit(1)


def _told(summary: Summary) -> str:
    counted = f"{summary.texts} text{'' if summary.texts == 1 else 's'}"
    if summary.left_out:
        counted += f", {summary.left_out} of them left out for want of a right to pass them on"
    elif summary.with_text < summary.texts:
        counted += (
            f", {summary.texts - summary.with_text} of them without their words for want of a right to pass them on"
        )
    parts = ", ".join(f"{name} {count}" for name, count in summary.parts.items())
    return f"{counted} ({parts})" if parts else counted
