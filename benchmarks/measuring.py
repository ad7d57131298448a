"""One measurement in one fresh process: `python -m benchmarks.measuring` is that process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.subjects import BY_NAME

ROOT = Path(__file__).resolve().parents[1]


class SubjectError(RuntimeError):
    """A subject that can't be measured; the message says why."""


@dataclass(frozen=True)
class Measurement:
    """What one process took: seconds until it was ready and for all texts (wall and CPU), peak memory in bytes."""

    start: float
    seconds: float
    cpu: float
    peak: int


def measure(name: str, texts: Sequence[str], rules: Path | None = None) -> Measurement:
    """Read the texts once with a subject in a fresh process; raises `SubjectError` if it is not installed."""
    job = {"name": name, "texts": list(texts), "rules": str(rules) if rules else None, "began": time.time()}
    command = [sys.executable, "-m", "benchmarks.measuring"]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise SubjectError(done.stderr.strip().splitlines()[-1] if done.stderr else f"exit status {done.returncode}")
    return Measurement(**json.loads(done.stdout.splitlines()[-1]))


def _serve() -> Measurement:
    job = json.loads(sys.stdin.read())
    load = BY_NAME[job["name"]].load
    work = load(job["rules"]) if job["rules"] else load()
    ready, wall, cpu = time.time(), time.perf_counter(), time.process_time()
    work(job["texts"])
    seconds, used = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Measurement(ready - job["began"], seconds, used, peak)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_serve())) + "\n")
