"""Where the work on texts is done: in this process, in others of this machine, or elsewhere.

An engine takes tasks and gives a result for each. `work` says what is done with one; `processes` and `inline` say
where. Whoever runs an engine knows nothing of spaCy: it is imported where the work is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from communique.readers.limits import MAX_CHARACTERS

STAGES = ("find", "metadata", "read", "language", "extract", "check", "timeout", "worker")
"""Where a text can fail, in the order in which it goes through them; the last two may end otherwise next time."""


class Settings(NamedTuple):
    """What every record depends on besides its text."""

    rules: Path | None = None
    """A folder of rule files read on top of the shipped ones."""
    characters: int = MAX_CHARACTERS


class Task(NamedTuple):
    """A text to do, as bytes, with everything that its record needs."""

    number: int
    """The place in the order of the texts."""
    name: str
    """What messages call it."""
    id: str
    path: str | None
    """The path that its record has."""
    data: bytes
    media_type: str
    sha256: str
    known: dict[str, Any]
    """Its metadata, by the keys of a line of `sources.jsonl`."""
    key: bytes = b""
    """Whatever the caller wants back with the result."""


class Failure(NamedTuple):
    """Why a text has no record: never with a word of the text."""

    stage: str
    reason: str


class Result(NamedTuple):
    """The record of a text as a line of JSON, or why there is none."""

    number: int
    name: str
    key: bytes
    line: bytes | None
    failure: Failure | None = None
    warnings: tuple[str, ...] = ()
    counts: dict[str, int] = {}  # noqa: RUF012 - a default that nobody changes
    """Entries of each kind, and the text's `words`."""


class EngineError(Exception):
    """Nothing can be done at all, for a reason that is told in one line."""


class Engine(Protocol):
    """Does tasks. One engine does one run."""

    def run(self, tasks: Iterable[Task], *, in_order: bool = False) -> Iterator[Result]:
        """The result of each task, once, as they come or in the order of the tasks.

        Tasks are taken only a few ahead of the work. Nothing is started before the first. Raises `RuleError` for rules
        that can't be used and `EngineError` where nothing can be done.
        """
        ...

    def stop(self) -> None:
        """End at once, without waiting for what is being done."""
        ...
