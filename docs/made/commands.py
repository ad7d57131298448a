"""The command line's reference, made from its commands."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

import click

from communique.cli import main
from made.tables import table

VERBATIM = "\b"
"""Before a paragraph of a help text, tells click to leave its lines as they are: examples."""


def reference() -> str:
    """A section for each command, groups before the commands in them."""
    return "\n\n".join(_sections(main, click.Context(main, info_name="communique", **main.context_settings), 2))


def _sections(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield "\n\n".join(_section(command, context, level))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _sections(inner, click.Context(inner, info_name=name, parent=context), level + 1)


def _section(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield f"{'#' * level} {context.command_path}"
    yield f"```text\n{' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n```"
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        yield f"```text\n{paragraph[2:]}\n```" if paragraph.startswith(VERBATIM) else " ".join(paragraph.split())
    options = [
        option for option in command.get_params(context) if isinstance(option, click.Option) and option.name != "help"
    ]
    records = [record for option in options if (record := option.get_help_record(context))]
    if records:
        yield table(("option", ""), [(f"`{_cell(flags)}`", _cell(about)) for flags, about in records])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
