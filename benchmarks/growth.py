"""How the cost grows: with the number of rules, with a text's length, with workers."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.compare import OURS, Tell
from benchmarks.measuring import measure
from benchmarks.summary import median
from benchmarks.texts import count
from communique.rules import shipped

RULE_FACTORS = (1, 4, 16)
LENGTH_FACTORS = (1, 4, 16)
_SYLLABLES = ("ba", "dor", "ke", "lim", "mar", "na", "pol", "ris", "sa", "tu", "vel", "zan")
_BODIES = ("Council", "Fund", "Commission", "Bank", "Agency", "Union", "Court", "Institute")
_SEED = 1815


def rules(texts: Sequence[str], rounds: int, tell: Tell) -> list[dict[str, Any]]:
    """Seconds for the texts and for loading, with so many times the gazetteer of organizations."""
    with tempfile.TemporaryDirectory() as folder:
        sets = {factor: _made_up(Path(folder) / str(factor), factor) for factor in RULE_FACTORS}
        taken = _rounds(RULE_FACTORS, rounds, lambda n: tell(f"rules ×{n}"), lambda n: measure(OURS, texts, sets[n]))
    return _table("rules", RULE_FACTORS, taken)


def length(texts: Sequence[str], rounds: int, tell: Tell) -> list[dict[str, Any]]:
    """Seconds for one text so many times as long."""
    part = max(1, len(texts) // max(LENGTH_FACTORS))
    joined = {factor: ["\n\n".join(texts[: part * factor])] for factor in LENGTH_FACTORS}
    taken = _rounds(LENGTH_FACTORS, rounds, lambda n: tell(f"length ×{n}"), lambda n: measure(OURS, joined[n]))
    rows = _table("length", LENGTH_FACTORS, taken)
    for row, factor in zip(rows, LENGTH_FACTORS, strict=True):
        row["words"] = sum(map(count, joined[factor]))
        row["words_per_second"] = row["words"] / row["seconds"]
    return rows


def workers(texts: Sequence[str], rounds: int, tell: Tell) -> dict[str, Any]:
    """Seconds of the command with one worker, with two, and of two commands at once with half of the texts each."""
    with tempfile.TemporaryDirectory() as folder:
        whole, halves = Path(folder) / "all", (Path(folder) / "odd", Path(folder) / "even")
        for n, text in enumerate(texts):
            for place in (whole, halves[n % 2]):
                place.mkdir(exist_ok=True)
                (place / f"{n:05}.txt").write_text(text, encoding="utf-8")
        taken: dict[str, list[float]] = {"one": [], "two": [], "apart": []}
        for number in range(1, rounds + 1):
            tell(f"workers, round {number}/{rounds}")
            taken["one"].append(_extract([(whole, 1)]))
            taken["two"].append(_extract([(whole, 2)]))
            taken["apart"].append(_extract([(half, 1) for half in halves]))
    shares = [apart / two for apart, two in zip(taken["apart"], taken["two"], strict=True)]
    return {
        "seconds_one_worker": median(taken["one"]),
        "seconds_two_workers": median(taken["two"]),
        "seconds_two_processes": median(taken["apart"]),
        "two_workers_of_two_processes": median(shares),
        "by_round": {**taken, "share": shares},
    }


def _extract(jobs: Sequence[tuple[Path, int]]) -> float:
    """Seconds until commands that run at once have all ended."""
    began = time.perf_counter()
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "communique", "extract", str(path), "-o", str(path) + f".{n}", "-j", str(n), "-q"]
        )
        for path, n in jobs
    ]
    for process in started:
        if process.wait():
            raise RuntimeError(f"extract ended with status {process.returncode}")
    return time.perf_counter() - began


def _rounds(
    factors: Sequence[int], rounds: int, tell: Callable[[int], None], run: Callable[[int], Any]
) -> dict[int, list[Any]]:
    taken: dict[int, list[Any]] = {factor: [] for factor in factors}
    for _ in range(rounds):
        for factor in factors:
            tell(factor)
            taken[factor].append(run(factor))
    return taken


def _table(what: str, factors: Sequence[int], taken: dict[int, list[Any]]) -> list[dict[str, Any]]:
    """A row for each factor; `times` is its time by that of the first, round by round, as a median."""
    first = taken[factors[0]]
    return [
        {
            what: factor,
            "seconds": median([m.cpu for m in taken[factor]]),
            "start_seconds": median([m.start for m in taken[factor]]),
            "peak_bytes": median([float(m.peak) for m in taken[factor]]),
            "times": median([m.cpu / one.cpu for m, one in zip(taken[factor], first, strict=True)]),
        }
        for factor in factors
    ]


def _made_up(folder: Path, factor: int) -> Path | None:
    """A folder of rules that makes the gazetteer of organizations so many times as large; None for ×1."""
    if factor == 1:
        return None
    folder.mkdir()
    wanted = sum(1 for _ in (shipped() / "organizations.jsonl").open(encoding="utf-8")) * (factor - 1)
    with (folder / "organizations.jsonl").open("w", encoding="utf-8") as file:
        for n, name in zip(range(wanted), _names(), strict=False):
            row = {"id": f"org.made-up-{n}", "examples": [f"the [{name}]"], "name": name, "names": [name]}
            row |= {"kind": "organization", "region": "world"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def _names() -> Iterator[str]:
    """Made-up names of bodies, each once."""
    chance = random.Random(_SEED)
    seen: set[str] = set()
    while True:
        places = ["".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2)]
        name = f"{places[0]} {chance.choice(_BODIES)} of {places[1]}"
        if name not in seen:
            seen.add(name)
            yield name
