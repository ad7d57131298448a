"""What a run over shards costs beside the extraction, at its driver: `python -m benchmarks.planning`."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import click

from benchmarks.scale import write
from communique.cluster.cutting import Shard, shards
from communique.cluster.listing import inputs
from communique.cluster.on_ray import Answer, Order
from communique.cluster.run import run
from communique.cluster.shard import Outcome
from communique.runs.run import Options


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--files", type=click.IntRange(1), default=100_000, show_default=True, help="Files to find and cut.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of a file to cut.")
@click.option("--shards", "count", type=click.IntRange(1), default=6_500, show_default=True, help="To hand out by Ray.")
def main(files: int, rows: int, count: int) -> None:
    """Measure finding and cutting, the end of a run, and Ray with nothing to do; prints JSON."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(files):
            below = folder / "in" / f"{number // 1_000:04}"
            below.mkdir(exist_ok=True)
            (below / f"{number}.txt").write_text(f"No. {number}.")
        write(folder / "rows.jsonl", rows)
        size = (folder / "rows.jsonl").stat().st_size
        before = _memory()
        finding, made = _timed(lambda: list(shards(inputs([str(folder / "in")]), "")))
        kept = _memory() - before
        told = {
            "files": files,
            "files_a_second": files / finding,
            "bytes_of_memory_a_file": kept / files,
            "bytes_handed_out_a_file": sum(len(s.to_json()) for s in made if isinstance(s, Shard)) / files,
            "shards": len(made),
        }
        cutting, _ = _timed(lambda: list(shards(inputs([str(folder / "rows.jsonl")]), "")))
        ending, _ = _timed(lambda: run([str(folder / "in")], str(folder / "out"), Options(), _pretend))
        told["bytes_of_rows_cut_a_second"] = size / cutting
        told["texts_a_second_when_nothing_is_extracted"] = files / ending
    told |= _through_ray(count)
    click.echo(json.dumps(told, indent=1))


def _pretend(some: list[Shard], order: Order) -> Generator[Answer]:
    for shard in some:
        outcome = Outcome(shard.key, {}, [(piece.id, piece.name, f"{hash(piece.name):064x}") for piece in shard.pieces])
        yield Answer(shard.name, outcome.to_json())


def _through_ray(count: int) -> dict[str, float]:
    """Shards a second where a worker has nothing to do, two workers."""
    import logging

    import ray.data

    ray.init(
        address="local", num_cpus=2, object_store_memory=200_000_000, include_dashboard=False, log_to_driver=False,
        logging_level=logging.ERROR,
    )  # fmt: skip
    ray.data.DataContext.get_current().enable_progress_bars = False
    began = time.perf_counter()
    rows = [{"shard": json.dumps({"number": number, "what": "x" * 300})} for number in range(count)]
    data = ray.data.from_items(rows, override_num_blocks=count)
    handing = time.perf_counter() - began
    pool = ray.data.ActorPoolStrategy(size=2, max_tasks_in_flight_per_actor=2)
    done = data.map_batches(_Nothing, batch_size=None, batch_format="numpy", compute=pool, num_cpus=1)
    times = [time.perf_counter() for _ in done.iter_rows()]
    ray.shutdown()
    return {
        "shards_handed_to_ray_a_second": count / handing,
        "shards_through_ray_a_second": (count - 1) / (times[-1] - times[0]),
        "peak_bytes_of_driver": _memory(),
    }


class _Nothing:
    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        return {"answer": [b"" for _ in batch["shard"]]}


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = do()
    return time.perf_counter() - began, result


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
