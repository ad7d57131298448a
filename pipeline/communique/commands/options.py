"""Kinds of arguments and options that several commands take, and what they have in common."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from communique.errors import InputError
from communique.evaluation.rows import KINDS, MORE

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path)
STDOUT = Path("-")
ROWS = (*KINDS, *(row for row in MORE if row != "found"))
T = TypeVar("T")

rules_option = click.option("--rules", type=FOLDER, help="A folder of rule files to read on top of the shipped ones.")


class Trouble(click.ClickException):
    """Nothing could be compared, where an exit status of 1 means a difference."""

    exit_code = 2


@contextmanager
def input_errors(kind: type[click.ClickException] = click.ClickException) -> Iterator[None]:
    """What is wrong with what the user gave, told on one line; the kind of exception has the exit status."""
    from communique.rules import RuleError

    try:
        yield
    except (InputError, RuleError) as e:
        raise kind(str(e)) from None


def one_stdin(*paths: Path | None) -> None:
    """Refuse to read standard input twice."""
    if sum(path == STDOUT for path in paths) > 1:
        raise click.UsageError("only one of the files can be -, standard input")


def progress(things: Iterable[T], total: int, quiet: bool = False) -> Iterator[T]:
    """Hand things on; on a terminal tell how far it is."""
    shown = not quiet and sys.stderr.isatty()
    width = 0
    for number, thing in enumerate(things, 1):
        if shown and (number % 50 == 0 or number == total):
            line = f"{number}/{total}"
            width = max(width, len(line))
            click.echo(f"\r{line}", nl=False, err=True)
        yield thing
    if shown:
        click.echo(f"\r{' ' * width}\r", nl=False, err=True)
