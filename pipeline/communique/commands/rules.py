"""`communique rules`: check, format, explain."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from communique.commands.options import FOLDER, rules_option
from communique.errors import InputError


@click.group()
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
@rules_option
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
