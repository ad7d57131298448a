"""`communique agreement`."""

from __future__ import annotations

from pathlib import Path

import click

from communique.commands.options import FILE, input_errors, one_stdin, progress
from communique.errors import InputError
from communique.evaluation.rows import KINDS
from communique.garbage import uncollected


@click.command()
@click.argument("a", type=FILE)
@click.argument("b", type=FILE)
@click.option("--kind", type=click.Choice((*KINDS, "meeting")), help="List only disagreements on this kind.")
@click.option("--summary", "form", flag_value="quiet", help="List no disagreements.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def agreement(a: Path, b: Path, kind: str | None, form: str | None, quiet: bool) -> None:
    """Say how far two people's gold agrees: F1 a row, kappa of fields with few values, each disagreement.

    Only texts that both have are compared. In F1 the first file is taken for gold; with the second one there, it is the
    same but for rows that gold alone decides, such as which decision was found.

    \b
    communique agreement anna.jsonl ben.jsonl
    communique agreement anna.jsonl ben.jsonl --kind decisions
    """
    from communique.evaluation.agreement import FORMS
    from communique.recordfile import RecordFile

    one_stdin(a, b)
    report = FORMS[form or "plain"](click.echo, kind)
    with input_errors(), uncollected():
        one, other = RecordFile(a), RecordFile(b)
        both = [id_ for id_ in one if id_ in other]
        for path, ids in ((a, [id_ for id_ in one if id_ not in other]), (b, [id_ for id_ in other if id_ not in one])):
            if ids:
                click.echo(f"only in {path}: {', '.join(ids)}", err=True)
        if not both:
            raise InputError(a, f"has no text in common with {b}")
        for id_ in progress(both, len(both), quiet):
            report.add(one[id_], other[id_])
    report.finish()
