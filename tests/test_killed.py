"""Runs ended by `kill -9` at random moments and started again: the bytes are those of a run left alone.

`COMMUNIQUE_KILLS=100 pytest tests/test_killed.py` kills as often as that.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from folders import fill

KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "4"))
OUTPUTS = ("records.jsonl", "errors.jsonl", "warnings.jsonl")
SENTENCE = "On 12 May 2024 the ministers of Kenya and Palau signed an agreement on ferries. "


def start(folder: Path, out: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "communique", "extract", "in", "-o", out, "-j", "2", "-q"]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)


def done(folder: Path) -> int:
    """Bytes of the state so far: the run is at work when they grow."""
    state = folder / ".communique"
    return sum(path.stat().st_size for path in state.glob("state.sqlite3*")) if state.exists() else 0


def kill_somewhere(process: subprocess.Popen[bytes], out: Path, chance: random.Random) -> bool:
    """Kill the run at a random moment, mostly once it is at work, with one of its processes or without."""
    before, deadline = done(out), time.monotonic() + 120
    if chance.random() < 0.9:
        while process.poll() is None and done(out) <= before + 30_000 and time.monotonic() < deadline:
            time.sleep(0.02)
    time.sleep(chance.uniform(0, 0.4))
    if process.poll() is not None:
        return False
    workers = psutil.Process(process.pid).children(recursive=True)
    if workers and chance.random() < 0.2:
        process.send_signal(signal.SIGSTOP)  # so that it can't note the end of its worker
        chance.choice(workers).kill()
    process.kill()
    process.wait()
    return True


@pytest.mark.slow
def test_a_run_killed_at_any_moment_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    chance = random.Random(5)
    texts = {f"t{n:03}_txt": SENTENCE * chance.randint(1, 60) + f"No. {n}." for n in range(150)}
    fill(tmp_path / "in", **texts, bad_txt=b"\0", same_txt=texts["t007_txt"])
    assert start(tmp_path, "whole").wait() == 1
    whole = [(tmp_path / "whole" / name).read_bytes() for name in OUTPUTS]
    assert whole[0].count(b"\n") == 151
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        out = tmp_path / f"out{rounds}"
        while kills < KILLS and kill_somewhere(start(tmp_path, out.name), out, chance):
            kills += 1
            print(f"{kills} kills, {rounds - 1} runs finished after some", flush=True)  # noqa: T201
            if (out / "records.jsonl").exists():
                assert (out / "records.jsonl").read_bytes() == whole[0]
        assert start(tmp_path, out.name).wait() == 1
        assert [(out / name).read_bytes() for name in OUTPUTS] == whole
        shutil.rmtree(out)
