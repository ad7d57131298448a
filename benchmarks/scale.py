"""The engine `ray` beside that of this machine, on the same distinct texts: `python -m benchmarks.scale`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any

import click
import psutil

from benchmarks.summary import machine, median
from benchmarks.texts import count, made_up

WARM_UP = 0.1
"""The share of the texts in the short run, whose time is taken off that of the long one: what is left is warm."""
PARAGRAPHS = 2
"""Of a text, without being told otherwise: short texts, 73 words on average, are the hardest on an engine."""
ENGINES = ("local", "ray")
_EVERY = 1.0


class Watch(threading.Thread):
    """Looks at a process and all below it, and at shared memory, until it is told to stop; keeps the most it saw.

    Memory is proportional set size: what processes share is counted once. Ray's own processes are those it starts
    itself; what is done for texts is in actors, and below them.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process.pid)
        self._told_to_stop = threading.Event()
        self._shared = _shared()
        self._cpu: dict[int, float] = {}
        self.peak = {"driver": 0, "workers": 0, "ray": 0, "object_store": 0}

    def run(self) -> None:
        """Look."""
        while not self._told_to_stop.wait(_EVERY):
            seen = {"driver": _memory(self._process), "workers": 0, "ray": 0}
            self._cpu[self._process.pid] = _cpu(self._process)
            for name, process in self._below():
                seen[name] += _memory(process)
                self._cpu[process.pid] = max(_cpu(process), self._cpu.get(process.pid, 0.0))
            seen["object_store"] = _shared() - self._shared
            self.peak = {name: max(most, seen[name]) for name, most in self.peak.items()}

    def _below(self) -> list[tuple[str, psutil.Process]]:
        found = []
        try:
            for process in self._process.children(recursive=True):
                line = " ".join(process.cmdline())
                found.append(("workers" if "MapWorker" in line or "forkserver" in line else "ray", process))
        except psutil.Error:
            pass
        return found

    def stop(self) -> dict[str, float]:
        """Look no more; what was the most, in bytes, and the seconds of CPU that all processes had."""
        self._told_to_stop.set()
        self.join()
        return {"cpu": sum(self._cpu.values()), **self.peak}


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _shared() -> int:
    return int(psutil.disk_usage("/dev/shm").used)


def write(path: Path, texts: int, paragraphs: int = PARAGRAPHS) -> int:
    """Texts as JSON Lines; gives the number of words."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(islice(made_up(paragraphs), texts)):
            words += count(text)
            file.write(json.dumps({"id": f"text-{number}", "text": text}, ensure_ascii=False) + "\n")
    return words


def extract(path: Path, engine: str, workers: int, out: Path) -> dict[str, Any]:
    """One run of the command: seconds, and memory at its peak."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "communique", "extract", str(path), "-o", str(out), "-j", str(workers), "-q"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--engine", engine])
    watch = Watch(process)
    watch.start()
    status = process.wait()
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"extract --engine {engine} ended with status {status}")
    return {"seconds": seconds, **watch.stop()}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--texts", type=click.IntRange(100), default=20_000, show_default=True, help="How many texts.")
@click.option("--paragraphs", type=click.IntRange(1), default=PARAGRAPHS, show_default=True, help="Of each text.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="For both engines.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often each is measured.")
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here, too.")
def main(texts: int, paragraphs: int, workers: int, rounds: int, target: Path | None) -> None:
    """Measure `--engine ray` beside the local engine, round after round, on texts made of the corpus' paragraphs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        long, short = folder / "long.jsonl", folder / "short.jsonl"
        words = write(long, texts, paragraphs)
        warm = words - write(short, int(texts * WARM_UP), paragraphs)
        size = long.stat().st_size
        taken: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ENGINES}
        for number in range(1, rounds + 1):
            for engine in ENGINES if number % 2 else ENGINES[::-1]:
                click.echo(f"round {number}/{rounds}: {engine}", err=True)
                first = extract(short, engine, workers, folder / "out")
                whole = extract(long, engine, workers, folder / "out")
                rate = warm / (whole["seconds"] - first["seconds"])
                by_cpu = warm / (whole["cpu"] - first["cpu"])
                row = {"short": first["seconds"], "warm_words_per_second": rate, "warm_words_per_cpu_second": by_cpu}
                taken[engine].append({**whole, **row})
                click.echo(json.dumps(taken[engine][-1]), err=True)
    result = {
        "machine": machine(),
        "texts": texts,
        "words": words,
        "bytes": size,
        "workers": workers,
        **taken,
        **_ratios(taken),
    }
    click.echo(json.dumps(result, indent=1))
    if target is not None:
        target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _ratios(taken: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    pairs = list(zip(taken["ray"], taken["local"], strict=True))
    warm = [ray["warm_words_per_second"] / local["warm_words_per_second"] for ray, local in pairs]
    whole = [local["seconds"] / ray["seconds"] for ray, local in pairs]
    cpu = [ray["warm_words_per_cpu_second"] / local["warm_words_per_cpu_second"] for ray, local in pairs]
    told = {"warm": warm, "warm_cpu": cpu, "whole": whole}
    return {"ray_by_local": {name: {"median": median(values), "rounds": values} for name, values in told.items()}}


if __name__ == "__main__":
    main()
