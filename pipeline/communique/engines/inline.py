"""Work in this process: for a few texts, and inside systems that have workers of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from communique.engines import Result, Settings, Task

if TYPE_CHECKING:
    from communique.engines.work import Worker


class Inline:
    """One text after the other; a text that takes the process down takes the run down."""

    def __init__(self, settings: Settings | None = None, worker: Worker | None = None) -> None:
        self._settings = settings or Settings()
        self._worker = worker

    def run(self, tasks: Iterable[Task], *, in_order: bool = False) -> Iterator[Result]:
        """The results, in the order of the tasks in any case."""
        for task in tasks:
            if self._worker is None:
                from communique.engines.work import Worker

                self._worker = Worker.of(self._settings)
            yield self._worker.do(task)

    def stop(self) -> None:
        """Nothing runs on."""
