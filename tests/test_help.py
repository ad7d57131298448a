"""The examples in the commands' help name commands and options that there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from inspect import cleandoc

import click
import pytest

from communique.cli import main


def commands(command: click.Command, path: str = "communique") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def examples() -> list[tuple[str, str]]:
    """Each call of `communique` in a help text, with the command whose text it is."""
    found: list[tuple[str, str]] = []
    for path, command in commands(main):
        for paragraph in cleandoc(command.help or "").split("\n\n"):
            if paragraph.startswith("\b"):
                calls = (call for line in paragraph[2:].replace("\\\n", " ").splitlines() for call in line.split(" | "))
                found += [(path, call) for call in calls if call.startswith("communique ")]
    return found


def test_every_command_that_does_something_has_an_example() -> None:
    shown = {path for path, _ in examples()}
    assert {path for path, command in commands(main) if not isinstance(command, click.Group)} - shown == set()


@pytest.mark.parametrize(("path", "call"), examples())
def test_examples_are_calls_that_the_commands_take(path: str, call: str) -> None:
    _, *args = shlex.split(re.sub(r" [<>] ?\S+", "", call), comments=True)
    command: click.Command = main
    while isinstance(command, click.Group):
        name, *args = args
        command = command.commands[name]
    command.make_context(path, args)
