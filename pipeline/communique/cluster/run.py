"""A run over shards: which are done already, which are to do, and the manifest that says what there is."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from communique.cluster.cutting import SHARD_BYTES, Shard, shards
from communique.cluster.listing import Problem, inputs
from communique.cluster.on_ray import Answer, Order, packed
from communique.cluster.places import Place, place
from communique.cluster.shard import ERRORS, RECORDS, SIDECARS, WARNINGS, Outcome, json_line, put_bytes
from communique.engines import EngineError
from communique.errors import InputError
from communique.runs.fingerprint import fingerprint
from communique.runs.folder import locked
from communique.runs.ledger import Ledger
from communique.runs.run import Options, Summary, told
from communique.runs.watch import Watcher

MANIFEST = "manifest.json"
RUN = "run.json"
_INPUTS = "inputs.jsonl"
_PASSING = ("timeout", "worker")
_THREADS = 16
Workers = Callable[[list[Shard], Order], Generator[Answer]]
"""Where the work is done: `on_ray.answers`, or something like it."""


class _Run:
    """One run: the shards in order, and where the outcome of each is kept while it lasts."""

    def __init__(self, out: Place, options: Options, order: Order, watcher: Watcher, folder: Path) -> None:
        self._out = out
        self._options = options
        self._order = order
        self._watcher = watcher
        self._folder = folder
        self.shards: list[Shard] = []
        self.problems: list[Problem] = []
        self._twins: list[tuple[str, str, str]] = []
        self.summary = Summary()

    def plan(self, paths: Iterable[str], size: int) -> None:
        """Find the inputs and cut them."""
        for found in shards(inputs(paths), f"{self._order.digest} {self._order.format}", size):
            if isinstance(found, Problem):
                self._problem(found)
            else:
                self.shards.append(found)

    def _problem(self, problem: Problem) -> None:
        self.problems.append(problem)
        self._watcher.failed(*problem)

    def keep(self) -> None:
        """Take over what earlier runs have done."""
        if self._options.force:
            return
        sizes = {
            info.path.removeprefix(f"{self._out.path}/"): info.size
            for folder in (SIDECARS, RECORDS, ERRORS, WARNINGS)
            for info in (self._out / folder).below()
        }
        there = [shard for shard in self.shards if f"{SIDECARS}/{shard.name}.json" in sizes]
        with ThreadPoolExecutor(_THREADS) as pool:
            for shard, outcome in zip(there, pool.map(self._sidecar, there), strict=True):
                if outcome and self._holds(shard, outcome, sizes):
                    self._write(shard, outcome.to_json())
                    self.summary.kept += len(outcome.texts)

    def _sidecar(self, shard: Shard) -> Outcome | None:
        try:
            return Outcome.of_json((self._out / SIDECARS / f"{shard.name}.json").read())
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _holds(self, shard: Shard, outcome: Outcome, sizes: dict[str, int]) -> bool:
        if outcome.key != shard.key or (self._options.retry and any(outcome.errors[stage] for stage in _PASSING)):
            return False
        return all(sizes.get(path) == told["bytes"] for path, told in outcome.files.items())

    def work(self, workers: Workers) -> None:
        """Do what is to do; then once more those shards in which an id turned out to be taken."""
        self._do([shard for shard in self.shards if self.outcome(shard) is None], workers)
        again = self._look_through()
        if again:
            self._do(again, workers)
            self._look_through()

    def _do(self, some: list[Shard], workers: Workers) -> None:
        with closing(workers(some, self._order)) as said:
            for answer in said:
                self._hear(answer)

    def _hear(self, answer: Answer) -> None:
        if answer.fatal:
            raise EngineError(answer.fault)
        if answer.outcome is None:
            self._lose(answer)
            return
        (self._folder / answer.name).write_text(answer.outcome, "utf-8")
        outcome = Outcome.of_json(answer.outcome)
        self.summary.extracted += len(outcome.texts)
        for row in answer.errors:
            self._watcher.failed(row["path"], row["stage"], row["reason"])
        for row in answer.warnings:
            self._watcher.warned(row["path"], row["reason"])
        self._watcher.many(len(outcome.texts), outcome.counts["words"])

    def _lose(self, answer: Answer) -> None:
        """Tell of every file of a shard that could not be done; the next run tries again."""
        [shard] = [shard for shard in self.shards if shard.name == answer.name]
        for piece in shard.pieces:
            self._problem(Problem(piece.name, "worker", answer.fault or ""))

    def outcome(self, shard: Shard) -> Outcome | None:
        """What came of a shard, if it is done."""
        try:
            return Outcome.of_json((self._folder / shard.name).read_text("utf-8"))
        except FileNotFoundError:
            return None

    def _write(self, shard: Shard, outcome: str) -> None:
        (self._folder / shard.name).write_text(outcome, "utf-8")

    def _look_through(self) -> list[Shard]:
        """Note texts with the same bytes; gives the shards with ids of earlier ones, if not done with that in mind."""
        again: list[Shard] = []
        self._twins = []
        with closing(Ledger()) as ledger:
            for number, shard in enumerate(self.shards):
                outcome = self.outcome(shard)
                if outcome is None:
                    continue
                taken = self._enter(ledger, outcome)
                if taken != outcome.taken:
                    self.shards[number] = shard._replace(taken=taken)
                    again.append(self.shards[number])
        return again

    def _enter(self, ledger: Ledger, outcome: Outcome) -> dict[str, str]:
        """Enter the texts of a shard; gives the ids that earlier shards have."""
        taken: dict[str, str] = {}
        before = len(ledger)
        for id_, name, sha256 in outcome.texts:
            if (first := ledger.number_and_path_of(id_)) is not None:
                if first[0] < before:
                    taken[id_] = first[1]
                ledger.fail(name, "find", "", sha256)
                continue
            twin = ledger.twin_of(sha256)
            if twin:
                self._twins.append((name, sha256, f"has the same bytes as {twin}"))
            ledger.add(name, id_, sha256, b"", None)
        return taken

    def write(self) -> None:
        """Write the manifest and what belongs to no shard; delete the files of shards that are no more."""
        manifest = self._manifest()
        parts = [
            json_line({"path": p.path, "sha256": None, "stage": p.stage, "reason": p.reason}) for p in self.problems
        ]
        twins = []
        for path, sha256, reason in self._twins:
            self._watcher.warned(path, reason)
            twins.append(json_line({"path": path, "sha256": sha256, "reason": reason}))
        self.summary.warnings += len(twins)
        keep = {path for shard in manifest["shards"] for path in shard["files"]}
        for folder, lines in ((ERRORS, parts), (WARNINGS, twins)):
            if lines:
                put_bytes(b"".join(lines), self._out / folder / _INPUTS)
                keep.add(f"{folder}/{_INPUTS}")
        manifest["warnings"] = self.summary.warnings
        put_bytes(json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n", self._out / MANIFEST)
        if any(problem.stage == "find" for problem in self.problems):
            return  # what could not be found may be there again next time
        self._clear(keep | {f"{SIDECARS}/{shard.name}.json" for shard in self.shards})

    def _manifest(self) -> dict[str, Any]:
        self.summary.errors.update(Counter(problem.stage for problem in self.problems))
        listed = []
        for shard in self.shards:
            outcome = self.outcome(shard)
            if outcome is None:
                continue
            self.summary.records += outcome.records
            self.summary.warnings += outcome.warnings
            self.summary.errors.update(outcome.errors)
            self.summary.counts.update(outcome.counts)
            listed.append({"shard": shard.name, "records": outcome.records, "files": outcome.files})
        totals = self.summary.to_dict()
        return {
            "schema": "communique/1",
            "format": self._order.format,
            **{name: totals[name] for name in ("records", "errors", "warnings", "counts")},
            "shards": listed,
        }

    def _clear(self, keep: set[str]) -> None:
        for folder in (SIDECARS, RECORDS, ERRORS, WARNINGS):
            for info in (self._out / folder).below():
                path = info.path.removeprefix(f"{self._out.path}/")
                if path not in keep and path.rpartition("/")[2].startswith(("part-", ".part-", _INPUTS)):
                    (self._out / path).delete()


def run(
    paths: Iterable[str], out: str, options: Options, workers: Workers, watcher: Watcher | None = None,
    size: int = SHARD_BYTES,
) -> Summary:  # fmt: skip
    """Bring the records of the inputs into shards below `out`, a path or URL, doing only those that are not there yet.

    Raises `InputError` where `out` can't be used, and `EngineError` where no worker can be.
    """
    watcher, target = watcher or Watcher(), place(out)
    started, begun = datetime.now(UTC), time.monotonic()
    prints = fingerprint(options.rules)
    order = Order(
        target, options.format, options.characters, options.timeout, packed(options.rules),
        prints.digest(options.settings),
    )  # fmt: skip
    with ExitStack() as stack:
        stack.enter_context(nullcontext() if target.url else locked(Path(target.path)))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        this = _Run(target, options, order, watcher, folder)
        try:
            this.plan(paths, size)
            this.keep()
            this.work(workers)
            watcher.writing()
            this.write()
            seconds = round(time.monotonic() - begun, 3)
            texts = this.summary.records + this.summary.errors.total()
            row = told(prints, options, this.summary, texts, started, seconds)
            put_bytes(json.dumps(row, ensure_ascii=False, indent=2).encode() + b"\n", target / RUN)
        except OSError as e:
            raise InputError(str(target), " ".join(str(e).split())) from None
    return this.summary
