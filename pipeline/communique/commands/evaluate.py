"""`communique evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from communique.commands.options import FILE, ROWS, input_errors, one_stdin, progress
from communique.garbage import uncollected


@click.command()
@click.argument("gold", type=FILE)
@click.argument("predicted", type=FILE)
@click.option("--by", type=click.Choice(("text", "rule", "value")), multiple=True, help="Break the scores down.")
@click.option(
    "--errors", is_flag=False, flag_value="all", type=click.Choice(("all", *ROWS)), metavar="[KIND]",
    help="Tell every error, or those of a kind or row, with its sentence and the rule that made it.",
)  # fmt: skip
@click.option("--floor", "floors", type=FILE, metavar="FLOORS.toml", help="Exit with 1 if a row is below its floor.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown, fit for a pull request.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def evaluate(
    gold: Path, predicted: Path, by: tuple[str, ...], errors: str | None, floors: Path | None, form: str | None,
    quiet: bool,
) -> None:  # fmt: skip
    """Score predicted records against gold: precision, recall and F1 of every kind, with 95 % intervals.

    The intervals are those of a bootstrap over texts. Either file may be -, standard input. FLOORS.toml holds the
    least F1 of a row: people = 0.98 under [f1]; [precision] and [recall] work too.

    \b
    communique evaluate corpus/gold.jsonl outputs/records.jsonl
    communique evaluate gold.jsonl records.jsonl --by rule --errors decisions
    communique evaluate gold.jsonl records.jsonl --floor floors.toml --markdown
    """
    from communique.evaluation.comparison import compare_all
    from communique.evaluation.floors import fallen, read_floors
    from communique.evaluation.report import FORMS
    from communique.recordfile import RecordFile

    one_stdin(gold, predicted)
    with input_errors(), uncollected():
        least = read_floors(floors) if floors else []
        report = FORMS[form or "plain"](by, None if errors == "all" else errors, errors is not None, click.echo)
        golds = RecordFile(gold)
        for comparison in progress(compare_all(golds, RecordFile(predicted)), len(golds), quiet):
            report.add(comparison)
    below = fallen(report.evaluation, least)
    report.finish(below, tested=floors is not None)
    if below:
        sys.exit(1)
