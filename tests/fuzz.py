"""Fuzzing: spoiled files and texts through readers and pipeline, for as long as one likes.

    python tests/fuzz.py MINUTES [SEED]

Spoils the cases of `hostile_files`, the corpus and pieces of both, and prints each input that ends in a way that it
must not: a fault of the package or of a library below that is not told as what is wrong with the file, a record that
breaks the contract, more than ten seconds. Findings are written to `fuzz-findings/`, and belong into `hostile_files`
once they are mended.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from pathlib import Path

from communique.engines import Settings, Task
from communique.engines.work import Worker
from communique.errors import InputError
from communique.readers.files import JSONL, kind_of
from communique.readers.limits import Limits
from communique.readers.rows import read_rows
from hostile_files import LIMIT, cases, endless

ROOT = Path(__file__).resolve().parents[1]
SLOW = 10.0
TOKENS = (
    b"<p>", b"</p>", b"<table>", b"<!--", b"&#x0;", b"]]>", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\r", b"\n\n", b"(",
    b'"', b"Kenya and ", b"$5 million ", b"12 May 2024", b"Minister of ", b"signed the Agreement on ", b"agreed to ",
    b"2024-2025", b"endobj", b"stream\n", b"<< >>", b"/Kids [1 0 R]", b"PK\x03\x04", b'{"text": "', "“".encode(),
    "\u202e".encode(), b"'s ", b"the ", b"U.S.", b"- ", b"1) ", b";", b":", b"%", "–".encode(), b"H.E. ", b"Mr. ",
    b"(LSC)", b"of the ", b"last year",
)  # fmt: skip


def pool() -> list[tuple[str, bytes]]:
    """Names and bytes to begin with."""
    some = [(case.name, case.data) for case in cases() if len(case.data) < 100_000]
    some += [(f"{name}.txt", text[:2_000].encode()) for name, text in endless().items()]
    for path in sorted((ROOT / "corpus").glob("*.*")):
        if path.suffix in (".txt", ".md"):
            some += [(path.name, path.read_bytes())] * 4
    return some


def spoiled(data: bytes, others: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    """The bytes, changed in a few places."""
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((0, 1, 2, 8, 64, 1000)))
        kind = chance.randrange(7)
        if kind == 0:
            data = data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[to:]
        elif kind == 1:
            data = data[:at] + data[to:]
        elif kind == 2:
            data = data[:at] + data[at:to] * chance.choice((2, 3, 50)) + data[to:]
        elif kind == 3:
            data = data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 2, 30)) + data[to:]
        elif kind == 4:
            other = chance.choice(others)[1]
            start = chance.randrange(len(other) + 1)
            data = data[:at] + other[start : start + chance.choice((20, 200, 2000))] + data[to:]
        elif kind == 5 and at < len(data):
            data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
        else:
            words = data.split(b" ")
            chance.shuffle(words)
            data = b" ".join(words)
    return data[:200_000]


def trouble(worker: Worker, name: str, data: bytes, place: Path) -> str | None:
    """What came of it that must not."""
    kind = kind_of(name)
    assert kind is not None
    begun = time.process_time()
    if kind.packed or kind.media_type == JSONL:
        path = place / name
        path.write_bytes(data)
        try:
            for _ in read_rows(path, Limits(LIMIT)):
                pass
        except InputError:
            pass
        return None
    task = Task(0, name, name, name, data, kind.media_type, hashlib.sha256(data).hexdigest(), {})
    result = worker.do(task)
    took = time.process_time() - begun
    if result.failure and (
        result.failure.stage in ("extract", "check") or result.failure.reason.startswith("can't be")
    ):
        return f"{result.failure.stage}: {result.failure.reason}"
    return f"took {took:.1f} s" if took > SLOW else None


def main(minutes: float, seed: int) -> int:
    """Run for some minutes; returns how many findings there are."""
    chance, worker, others = random.Random(seed), Worker.of(Settings(characters=LIMIT)), pool()
    place = Path("fuzz-findings")
    place.mkdir(exist_ok=True)
    end, count, found = time.monotonic() + 60 * minutes, 0, set()
    while time.monotonic() < end:
        name, data = chance.choice(others)
        data = spoiled(data, others, chance)
        count += 1
        said = trouble(worker, name, data, place)
        if said and said not in found:
            found.add(said)
            path = place / f"{hashlib.sha256(data).hexdigest()[:12]}-{name}"
            path.write_bytes(data)
            print(f"{path}: {said}", flush=True)  # noqa: T201
    print(f"{count:,} inputs, {len(found)} findings")  # noqa: T201
    return len(found)


if __name__ == "__main__":
    sys.exit(bool(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
