"""`communique diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from communique.commands.options import FILE, Trouble, input_errors, one_stdin, progress
from communique.garbage import uncollected


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--gold", type=FILE, help="Gold records: say which changes are right.")
@click.option("--json", "form", flag_value="json", help="Print JSON Lines, a change a line.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown, fit for a pull request.")
@click.option(
    "--most", type=click.IntRange(0), default=200, show_default=True, help="How many changes --markdown shows at most."
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def diff(old: Path, new: Path, gold: Path | None, form: str | None, most: int, quiet: bool) -> None:
    """Say what changed between two runs: records gained, lost and changed, each with its sentence and rule.

    The exit status is 0 if nothing changed, 1 if something did, 2 if the files can't be compared. Either file may be
    -, standard input.

    \b
    communique diff outputs/records.jsonl new/records.jsonl
    communique diff old.jsonl new.jsonl --gold gold.jsonl --markdown > comment.md
    communique extract corpus -o - | communique diff outputs/records.jsonl -
    """
    from communique.evaluation.change_report import FORMS
    from communique.recordfile import RecordFile

    one_stdin(old, new, gold)
    report = FORMS[form or "plain"](click.echo, gold is not None, most)
    with input_errors(Trouble), uncollected():
        one, other = RecordFile(old), RecordFile(new)
        golds = RecordFile(gold) if gold else {}
        ids = [*one, *(id_ for id_ in other if id_ not in one)]
        for id_ in progress(ids, len(ids), quiet):
            report.add(id_, one.get(id_), other.get(id_), golds.get(id_))
        report.finish()
    if report.changed:
        sys.exit(1)
