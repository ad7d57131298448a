"""Kinds of arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path)
STDOUT = Path("-")

rules_option = click.option("--rules", type=FOLDER, help="A folder of rule files to read on top of the shipped ones.")
