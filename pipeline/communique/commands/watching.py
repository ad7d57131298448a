"""What a user sees of a run on standard error: what went wrong at once, and on a terminal how far it is."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from communique.runs.watch import Watcher

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from communique.engines import Result

LOGGER = logging.getLogger("communique.run")
# Control characters of a path would break a line in two, or a terminal.
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {9: "\\t", 10: "\\n", 13: "\\r"}


class Telling(Watcher):
    """Logs errors, warnings and, if asked for, each text; keeps a bar of progress on a terminal."""

    def __init__(self, bar: Bar | None) -> None:
        self._bar = bar
        self._errors = 0

    def failed(self, path: str, stage: str, reason: str) -> None:
        self._errors += 1
        _log(logging.ERROR, path, stage=stage, reason=reason)
        self._advance(0, 0)

    def warned(self, path: str, reason: str) -> None:
        _log(logging.WARNING, path, reason=reason)

    def kept(self, path: str) -> None:
        _log(logging.DEBUG, path, reason="done before")
        self._advance(1, 0)

    def done(self, result: Result) -> None:
        if result.failure is None:
            _log(logging.INFO, result.name, reason="done", counts=result.counts)
        self._advance(1, result.counts.get("words", 0))

    def many(self, texts: int, words: int) -> None:
        self._advance(texts, words)

    def writing(self) -> None:
        if self._bar:
            self._bar.writing()

    def _advance(self, texts: int, words: int) -> None:
        if self._bar:
            self._bar.advance(texts, words, self._errors)


def _log(level: int, path: str, **told: Any) -> None:
    LOGGER.log(level, "%s: %s", path.translate(_CONTROL), told["reason"], extra={"told": {"path": path, **told}})


class _Lines(logging.Formatter):
    """`Error: path: reason`, as other commands say it."""

    def format(self, record: logging.LogRecord) -> str:
        words = {logging.ERROR: "Error: ", logging.WARNING: "Warning: "}
        return words.get(record.levelno, "") + record.getMessage()


class _Json(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = getattr(record, "told", {"message": record.getMessage()})
        return json.dumps({"time": time, "level": record.levelname.lower(), **told}, ensure_ascii=False)


class _Echo(logging.Handler):
    """Lines on standard error, above the bar where there is one."""

    def __init__(self, bar: Bar | None) -> None:
        super().__init__()
        self._bar = bar

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if self._bar:
            self._bar.say(line)
        else:
            click.echo(line, err=True)


class Bar:
    """How far a run is: texts and words a second, errors, time left."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task
        self._words = 0

    def advance(self, texts: int, words: int, errors: int) -> None:
        """So many texts further, with so many words; errors in all."""
        self._words += words
        task = self._progress.tasks[0]
        seconds = task.elapsed or 0
        texts_a_second = f"{(task.completed + texts) / seconds:,.1f}" if seconds else "-"
        words_a_second = f"{self._words / seconds:,.0f}" if seconds else "-"
        self._progress.update(self._task, advance=texts, texts=texts_a_second, words=words_a_second, errors=errors)

    def writing(self) -> None:
        """The last part begins."""
        self._progress.update(self._task, description="writing")

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def telling(count: Callable[[], int], *, quiet: bool, verbose: int, as_json: bool) -> Iterator[Telling]:
    """Set up what is told, and take it down again; texts are counted only where there is a bar to fill."""
    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    with _bar(count) if _is_terminal() and not quiet and not as_json else nullcontext() as bar:
        handler = _Echo(bar)
        handler.setFormatter(_Json() if as_json else _Lines())
        LOGGER.setLevel(level)
        LOGGER.propagate = False
        LOGGER.addHandler(handler)
        try:
            yield Telling(bar)
        finally:
            LOGGER.removeHandler(handler)


def _is_terminal() -> bool:
    return sys.stderr.isatty()


@contextmanager
def _bar(count: Callable[[], int]) -> Iterator[Bar]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[texts]} texts/s, {task.fields[words]} words/s, {task.fields[errors]} errors"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("extracting", total=count() or None, texts="-", words="-", errors=0)
        yield Bar(progress, task)
