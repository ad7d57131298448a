"""Engines: the same results wherever the work is done, and one text lost, at most, with a process."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from communique.engines import EngineError, Result, Settings, Task, processes
from communique.engines.inline import Inline
from communique.engines.processes import Processes
from communique.rules import RuleError
from folders import fill

SENTENCE = "On 12 May 2024 the ministers of Kenya and Palau signed an agreement on ferries. "


def task(number: int, text: str) -> Task:
    data = text.encode()
    return Task(
        number,
        f"t{number}.txt",
        f"t{number}",
        f"t{number}.txt",
        data,
        "text/plain",
        hashlib.sha256(data).hexdigest(),
        {},
    )


def tasks(count: int) -> list[Task]:
    return [task(number, SENTENCE * (1 + number * 7 % 5) + f"No. {number}.") for number in range(count)]


def by_number(results: Iterator[Result]) -> dict[int, Result]:
    return {result.number: result for result in results}


@pytest.mark.slow
def test_processes_and_this_process_do_the_same() -> None:
    inline = by_number(Inline(Settings()).run(tasks(12)))
    assert by_number(Processes(Settings(), 2).run(tasks(12))) == inline
    in_order = list(Processes(Settings(), 2).run(tasks(12), in_order=True))
    assert [result.number for result in in_order] == list(range(12))
    assert by_number(iter(in_order)) == inline


@pytest.mark.slow
def test_processes_without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert len(by_number(Processes(Settings(), 1).run(tasks(3)))) == 3


@pytest.mark.slow
def test_a_process_that_is_ended_costs_its_text(tmp_path: Path) -> None:
    engine = Processes(Settings(), 2)
    long = task(0, SENTENCE * 4_000)
    killed = False
    results: dict[int, Result] = {}
    for result in engine.run(iter([long, *tasks(40)[1:]])):
        results[result.number] = result
        if not killed:
            [child] = [child for child in engine._children if child.task is long]
            os.kill(child.process.pid, signal.SIGKILL)
            killed = True
    assert sorted(results) == list(range(40))
    assert {n: result.failure for n, result in results.items() if result.failure} == {
        0: ("worker", "the process was ended by SIGKILL (out of memory?)")
    }


@pytest.mark.slow
def test_a_process_that_is_asked_to_end_costs_nothing() -> None:
    engine = Processes(Settings(), 2)
    asked = False
    results: dict[int, Result] = {}
    for result in engine.run(iter([task(0, SENTENCE * 400), *tasks(10)[1:]])):
        results[result.number] = result
        if not asked:
            for child in list(engine._children):
                os.kill(child.process.pid, signal.SIGTERM)
            asked = True
    assert sorted(results) == list(range(10))
    assert not any(result.failure for result in results.values())


@pytest.mark.slow
def test_a_text_that_takes_too_long_costs_itself() -> None:
    engine = Processes(Settings(), 2, timeout=4)
    results = by_number(engine.run(iter([task(0, SENTENCE * 24_000), *tasks(10)[1:]])))
    assert sorted(results) == list(range(10))
    assert {n: result.failure for n, result in results.items() if result.failure} == {
        0: ("timeout", "took longer than 4 s")
    }


@pytest.mark.slow
def test_processes_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "RENEWED_AFTER", 3)
    engine = Processes(Settings(), 2)
    seen = set()
    for _ in engine.run(tasks(20)):
        seen |= {child.process.pid for child in engine._children}
    assert len(seen) >= 6


@pytest.mark.slow
def test_rules_that_can_not_be_used_are_told_by_processes(tmp_path: Path) -> None:
    rules = fill(tmp_path / "rules", states_jsonl="[]")
    with pytest.raises(RuleError, match=r"states.jsonl:1: not a JSON object"):
        list(Processes(Settings(rules), 2).run(tasks(3)))


def test_processes_that_never_start_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "serve", os._exit)
    monkeypatch.setattr(Processes, "_launch", lambda self, process: process.start())
    with pytest.raises(EngineError, match="no process for the work can be started"):
        list(Processes(Settings(), 1).run(tasks(1)))


def test_nothing_is_started_for_nothing() -> None:
    engine = Processes(Settings(), 2)
    assert list(engine.run([])) == []
    assert engine._children == []


def test_texts_are_read_only_so_far_ahead() -> None:
    ahead = processes._Ahead(iter(tasks(1000)), 2)
    ahead.fill()
    assert len(ahead.waiting) == 2 * processes.AHEAD
    big = processes._Ahead((task(n, "x" * 5_000_000) for n in range(10)), 1)
    big.fill()
    assert len(big.waiting) == 2
    assert ahead.take().number == max(range(64), key=lambda n: (len(tasks(64)[n].data), -n))


# The command as a process, ended in every way


def command(*args: Path | str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "communique", *map(str, args)],
        cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def descendants(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.mark.slow
def test_ctrl_c_ends_within_two_seconds_and_the_next_run_goes_on(tmp_path: Path) -> None:
    fill(tmp_path / "in", **{f"t{n:02}_txt": SENTENCE * 50 + str(n) for n in range(60)})
    whole = command("extract", "in", "-o", "whole", "-j", "2", cwd=tmp_path)
    whole.communicate(timeout=300)
    assert whole.returncode == 0
    process = command("extract", "in", "-o", "out", "-j", "2", cwd=tmp_path)
    state = tmp_path / "out" / ".communique" / "state.sqlite3-wal"
    while not (state.exists() and state.stat().st_size > 50_000):
        time.sleep(0.05)
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes at once
    _, told = process.communicate(timeout=30)
    assert time.monotonic() - begun < 2
    assert process.returncode == 130
    assert told == "Interrupted. What was done is kept: the same command goes on from here.\n"
    again = command("extract", "in", "-o", "out", "-j", "2", cwd=tmp_path)
    said, _ = again.communicate(timeout=300)
    assert again.returncode == 0
    assert 0 < int(said.split("records, ")[1].split()[0]) < 60
    assert (tmp_path / "out" / "records.jsonl").read_bytes() == (tmp_path / "whole" / "records.jsonl").read_bytes()


@pytest.mark.slow
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    fill(tmp_path / "in", **{f"t{n:02}_txt": SENTENCE * 1_000 + str(n) for n in range(4)})
    process = command("extract", "in", "-o", "out", "-j", "2", cwd=tmp_path)
    while len(descendants(process)) < 4:
        time.sleep(0.05)
    others = descendants(process)
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(others, timeout=10)
    assert alive == []
