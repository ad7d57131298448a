"""Shards on Ray: an actor for each worker, each with a pipeline loaded once; only names and counts go between them.

Ray Data hands the shards out, a few ahead of the work, starts an actor again that died and gives its shard to another.
The texts themselves are read, and the records written, by the actor, so that neither goes through the object store.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from communique.cluster.cutting import Shard
from communique.cluster.places import Place
from communique.engines import EngineError, Settings
from communique.errors import InputError

_STORE = 200_000_000
"""Bytes of the object store of a Ray that is started here."""
_TRIES = 3
_WAIT = 1.0
"""Seconds before the second try of a shard whose files could not be read or written; twice as many before the third."""


class Order(NamedTuple):
    """What all workers are told."""

    out: Place
    format: str
    characters: int
    timeout: float | None
    rules: dict[str, bytes]
    """The files of the user's rules, by name."""
    digest: str
    """What records depend on here; a worker with another would make others."""


class Answer(NamedTuple):
    """What a worker says of a shard: its outcome, or why there is none."""

    name: str
    outcome: str | None = None
    errors: tuple[dict[str, Any], ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    fault: str | None = None
    fatal: bool = False
    """Whether other shards would have the same fault."""


class Worker:
    """What an actor does; one object an actor."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._fatal: str | None = None
        _forget_main()
        self._settings = Settings(_unpacked(order.rules), order.characters)
        from communique.runs.fingerprint import fingerprint

        told = fingerprint(self._settings.rules)
        if told.digest(self._settings) != order.digest:
            versions = ", ".join(f"{name} {version}" for name, version in told.versions.items())
            self._fatal = f"a worker has other versions than this machine: {versions}"

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Do the shards of a batch of Ray Data: a column of shards in, a column of answers out."""
        import pickle

        return {"answer": [pickle.dumps(self.answer(Shard.of_json(str(line)))) for line in batch["shard"]]}

    def answer(self, shard: Shard) -> Answer:
        """Do a shard, several times if its files can't be read or written at once."""
        from communique.rules import RuleError

        if self._fatal:
            return Answer(shard.name, fault=self._fatal, fatal=True)
        for number in range(1, _TRIES + 1):
            try:
                return self._done(shard)
            except (RuleError, EngineError) as e:
                return Answer(shard.name, fault=str(e), fatal=True)
            except Exception as e:
                if number == _TRIES:
                    return Answer(shard.name, fault=f"{type(e).__name__}: {' '.join(str(e).split())}")
                time.sleep(_WAIT * number)
        raise AssertionError  # pragma: no cover

    def _done(self, shard: Shard) -> Answer:
        from communique.cluster.shard import do
        from communique.engines.processes import Processes
        from communique.readers.limits import Limits

        order = self._order
        # A process of its own, as on one machine: a text that ends it, or takes too long, costs itself, not the actor.
        engine = Processes(self._settings, 1, order.timeout)
        done = do(shard, order.out, order.format, Limits(order.characters), engine)
        return Answer(shard.name, done.outcome.to_json(), tuple(done.errors), tuple(done.warnings))


def answers(shards: Iterable[Shard], order: Order, workers: int | None = None) -> Generator[Answer]:
    """What workers say of each shard, as it is done; so many workers, or one for each CPU of the cluster.

    Raises `EngineError` where Ray can't be used.
    """
    import pickle

    rows = [{"shard": shard.to_json()} for shard in shards]
    if not rows:
        return
    with _ray(workers) as (ray, cpus):
        pool = ray.data.ActorPoolStrategy(size=min(workers or cpus, len(rows)), max_tasks_in_flight_per_actor=2)
        data = ray.data.from_items(rows, override_num_blocks=len(rows))
        done = data.map_batches(
            Worker, batch_size=None, batch_format="numpy", compute=pool, num_cpus=1, fn_constructor_args=(order,)
        )
        try:
            for row in done.iter_rows():
                yield pickle.loads(row["answer"])
        except ray.exceptions.RayError as e:
            raise EngineError(f"Ray: {_first_line(e)}") from None


@contextmanager
def _ray(workers: int | None) -> Iterator[tuple[Any, int]]:
    """Ray, left as it was afterwards; gives its module and the number of its CPUs."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    ray = _imported()
    ours = not ray.is_initialized()
    try:
        if ours:
            _start(ray, workers)
        _quiet(ray)
        yield ray, max(1, int(ray.cluster_resources().get("CPU", 1)))
    finally:
        if ours:
            ray.shutdown()


def _imported() -> Any:
    try:
        ray = import_module("ray")
        import_module("ray.data")
        return ray
    except ImportError as e:
        raise EngineError(f"--engine ray needs communique[ray]: {e.name or e} is missing") from None


def _start(ray: Any, workers: int | None) -> None:
    """The cluster that `RAY_ADDRESS` names, else a Ray of our own: that of another program may end with it."""
    address = os.environ.get("RAY_ADDRESS")
    more: dict[str, Any] = {"address": address} if address else {
        "address": "local", "num_cpus": workers or os.cpu_count(), "object_store_memory": _STORE,
        "include_dashboard": False,
    }  # fmt: skip
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **more)
    except Exception as e:  # of many kinds, which Ray does not name
        where = f"no Ray at {address}" if address else "Ray can't be started"
        raise EngineError(f"{where} ({_first_line(e)})") from None


def _quiet(ray: Any) -> None:
    """Leave it to the command to tell how far it is."""
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    logging.getLogger("ray").setLevel(logging.ERROR)


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _forget_main() -> None:
    """Keep the processes of an actor from importing Ray, which they would as the module that their parent runs."""
    vars(sys.modules["__main__"]).pop("__file__", None)


def _unpacked(rules: dict[str, bytes]) -> Path | None:
    if not rules:
        return None
    folder = Path(tempfile.mkdtemp(prefix="communique-rules-"))
    for name, data in rules.items():
        (folder / name).write_bytes(data)
    return folder


def packed(rules: Path | None) -> dict[str, bytes]:
    """The files of a folder of rules, for workers that don't see it."""
    if rules is None:
        return {}
    try:
        return {path.name: path.read_bytes() for path in sorted(rules.iterdir()) if path.is_file()}
    except OSError as e:
        raise InputError.of(rules, e) from None
