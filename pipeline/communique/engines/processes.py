"""Work in processes of this machine: one that dies, or takes too long, costs the text it had and nothing else.

Each process has one text at a time, so that it is known which one it died of. Of the texts read ahead the longest is
handed out first, so that no process is left alone with it at the end.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from typing import Any

from communique.engines import EngineError, Failure, Result, Settings, Task
from communique.engines.child import PRELOAD, READY, serve

TIMEOUT = 600.0
"""Seconds that a text may take; the longest allowed takes a few."""
AHEAD = 32
"""Texts read ahead for each process, and"""
AHEAD_BYTES = 8_000_000
"""bytes of them, whatever their number."""
RENEWED_AFTER = 1_000
"""Texts after which a process gives way to a new one: it forgets no word that it has read, and would grow."""
_STARTS = 3
"""Processes in a row that may die before they are ready."""


@dataclass
class _Child:
    process: Any
    connection: Connection
    task: Task | None = None
    deadline: float | None = None
    ready: bool = False
    done: int = 0


class _Ahead:
    """Texts that are read and not yet handed out, and in which order they came."""

    def __init__(self, tasks: Iterable[Task], workers: int) -> None:
        self._tasks = iter(tasks)
        self._most = AHEAD * workers
        self._most_bytes = AHEAD_BYTES * workers
        self._size = 0
        self.waiting: list[Task] = []
        self.order: deque[int] | None = None
        self.ended = False

    def fill(self) -> None:
        """Read on, as far as it is allowed; in order no further than that from the oldest that is not done."""
        while not self.ended and self._has_room():
            task = next(self._tasks, None)
            if task is None:
                self.ended = True
                return
            self.waiting.append(task)
            self._size += len(task.data)
            if self.order is not None:
                self.order.append(task.number)

    def _has_room(self) -> bool:
        count = len(self.waiting) if self.order is None else len(self.order)
        return count < self._most and self._size < self._most_bytes

    def back(self, task: Task) -> None:
        """Take back what was handed out and not done."""
        self.waiting.append(task)
        self._size += len(task.data)

    def take(self) -> Task:
        """The longest text."""
        longest = max(self.waiting, key=lambda task: (len(task.data), -task.number))
        self.waiting.remove(longest)
        self._size -= len(longest.data)
        return longest


class Processes:
    """An engine of `workers` processes; `timeout` in seconds a text, None for none."""

    def __init__(self, settings: Settings, workers: int, timeout: float | None = TIMEOUT) -> None:
        self._settings = settings
        self._workers = workers
        self._timeout = timeout
        self._context = _context()
        self._children: list[_Child] = []
        self._failed_starts = 0

    def run(self, tasks: Iterable[Task], *, in_order: bool = False) -> Iterator[Result]:
        """See `Engine.run`."""
        ahead = _Ahead(tasks, self._workers)
        try:
            yield from self._in_order(ahead) if in_order else self._results(ahead)
        finally:
            self.stop()

    def _in_order(self, ahead: _Ahead) -> Iterator[Result]:
        order: deque[int] = deque()
        ahead.order = order
        early: dict[int, Result] = {}
        for result in self._results(ahead):
            early[result.number] = result
            while order and order[0] in early:
                yield early.pop(order.popleft())

    def _results(self, ahead: _Ahead) -> Iterator[Result]:
        while True:
            ahead.fill()
            self._hand_out(ahead)
            if not ahead.waiting and ahead.ended and all(child.task is None for child in self._children):
                return
            yield from self._next_results(ahead)

    def _hand_out(self, ahead: _Ahead) -> None:
        for child in self._children:
            if child.ready and child.task is None and ahead.waiting:
                self._give(child, ahead.take())
        starting = sum(not child.ready for child in self._children)
        for _ in range(min(self._workers - len(self._children), len(ahead.waiting) - starting)):
            self._start()

    def _give(self, child: _Child, task: Task) -> None:
        child.task = task
        child.deadline = time.monotonic() + self._timeout if self._timeout else None
        with contextlib.suppress(OSError):  # it died while it waited: `_next_results` finds it dead
            child.connection.send(task)

    def _next_results(self, ahead: _Ahead) -> Iterator[Result]:
        deadlines = [child.deadline for child in self._children if child.deadline]
        left = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        wait([thing for child in self._children for thing in (child.connection, child.process.sentinel)], left)
        for child in list(self._children):
            result = self._heard(child) or self._lost(child, ahead) or self._late(child)
            if result:
                yield result

    def _heard(self, child: _Child) -> Result | None:
        try:
            message = child.connection.recv() if child.connection.poll() else None
        except (OSError, EOFError):
            return None
        if isinstance(message, Result):
            child.task, child.deadline, child.done = None, None, child.done + 1
            if child.done >= RENEWED_AFTER:
                self._dismiss(child)
            return message
        if message is not None and message != READY:
            from communique.rules import RuleError

            raise RuleError(message)
        if message == READY:
            child.ready, self._failed_starts = True, 0
        return None

    def _lost(self, child: _Child, ahead: _Ahead) -> Result | None:
        """What is to be said of the text that a process died of; nothing where it was asked to end."""
        if child.process.is_alive() or child.connection.closed:
            return None
        self._end(child)
        if not child.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise EngineError(f"no process for the work can be started ({_died(child.process.exitcode)})")
        if child.task and child.process.exitcode == -signal.SIGTERM:
            ahead.back(child.task)  # whoever ends all processes of a system does not mean the text
            return None
        return child.task and _failed(child.task, "worker", f"the process {_died(child.process.exitcode)}")

    def _late(self, child: _Child) -> Result | None:
        if child.task is None or child.deadline is None or time.monotonic() < child.deadline:
            return None
        self._end(child)
        return _failed(child.task, "timeout", f"took longer than {self._timeout:g} s")

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self._settings, self._timeout), daemon=True)
        try:
            self._launch(process)
        except (OSError, EOFError) as e:
            raise EngineError(f"no process for the work can be started ({e})") from None
        theirs.close()
        self._children.append(_Child(process, ours))

    def _launch(self, process: Any) -> None:
        with _inherited(self._settings):
            if self._context.get_start_method() != "forkserver":
                process.start()
                return
            forkserver.ensure_running()
        process.start()  # waits for the server to load the pipeline, and must hear Ctrl-C while it does

    def _dismiss(self, child: _Child) -> None:
        with contextlib.suppress(OSError):
            child.connection.send(None)
        child.connection.close()
        self._children.remove(child)

    def _end(self, child: _Child) -> None:
        child.process.kill()
        child.process.join()
        child.connection.close()
        self._children.remove(child)

    def stop(self) -> None:
        """See `Engine.stop`."""
        for child in self._children:
            child.process.kill()
        for child in list(self._children):
            self._end(child)


def _failed(task: Task, stage: str, reason: str) -> Result:
    return Result(task.number, task.name, task.key, None, Failure(stage, reason))


def _died(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return f"was ended by {name}" + (" (out of memory?)" if name == "SIGKILL" else "")
    return f"ended with status {code}"


def _context() -> Any:
    """Processes forked from a server that has loaded the pipeline once; new interpreters where there is no fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["communique.engines.preload"])
    return context


@contextlib.contextmanager
def _inherited(settings: Settings) -> Iterator[None]:
    """What a new process inherits: to leave Ctrl-C to its parent, no threads for the algebra, the rules to load."""
    told = {PRELOAD: str(settings.rules or ""), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    before = {name: os.environ.get(name) for name in told}
    handler = signal.getsignal(signal.SIGINT) if threading.current_thread() is threading.main_thread() else None
    if handler is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
