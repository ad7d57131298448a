"""A process of the engine of processes: takes a task, gives its result, until there is none or its parent is gone."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from communique.engines import Result, Settings, Task

if TYPE_CHECKING:
    from collections.abc import Iterator

READY = "ready"
PRELOAD = "COMMUNIQUE_PRELOAD"
"""The variable that tells the server of processes which rules to load for all it makes; empty: the shipped ones."""
_GRACE = 5.0
"""Seconds after the time of a text is up in which the parent should have ended this process."""


def serve(connection: Connection, settings: Settings, timeout: float | None) -> None:
    """Say `READY`, or what is wrong with the rules; then do tasks, until None comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its processes itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.getLogger().addHandler(logging.NullHandler())  # what libraries say of a text may quote it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from communique.engines.work import Worker
    from communique.language import settle
    from communique.rules import RuleError

    try:
        worker = Worker.of(settings)
        settle()
    except RuleError as e:
        connection.send(str(e))
        return
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(READY)
        while (task := connection.recv()) is not None:
            connection.send(_do(worker.do, task, timeout))


def _do(do: object, task: Task, timeout: float | None) -> Result:
    assert callable(do)
    with _alarm(timeout):
        result: Result = do(task)
    return result


@contextmanager
def _alarm(timeout: float | None) -> Iterator[None]:
    """End this process if a text keeps it far beyond its time, in case the parent is not there to do it."""
    if timeout is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(timeout + _GRACE, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def preload() -> None:
    """Load the pipeline in the server of processes, so that each starts with it; rules that fail are told later."""
    rules = os.environ.get(PRELOAD)
    if rules is None:
        return
    import gc

    from communique import language
    from communique.engines.work import Worker
    from communique.readers import english

    with suppress(Exception):
        Worker.of(Settings(Path(rules) if rules else None))
        english.judge("The ministers met and signed an agreement. " * 4)
        gc.collect()
        language.settle()
    sys.stdout.flush()
