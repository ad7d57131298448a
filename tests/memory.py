"""How much memory a run takes that has so many texts, apart from its pipeline: `python tests/memory.py COUNT [rows]`.

Prints kilobytes at the most. The texts are made, in folders of ten thousand or as rows of JSON Lines, and the pipeline
only knows Kenya, in this process: what is measured is everything that could grow with the number of texts.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

A_FOLDER = 10_000


def make(folder: Path, count: int, rows: bool) -> None:
    """Texts of a few words, each another."""
    if rows:
        with (folder / "texts.jsonl").open("w") as file:
            for number in range(count):
                file.write(json.dumps({"id": f"text-{number}", "text": f"Kenya met Nauru, No. {number}."}) + "\n")
        return
    for number in range(count):
        below = folder / f"folder-{number // A_FOLDER}"
        if number % A_FOLDER == 0:
            below.mkdir()
        (below / f"a-press-release-{number}.txt").write_text(f"Kenya met Nauru, No. {number}.")


def measured(folder: Path) -> int:
    """The memory of a first run over a folder and of a second that finds all done, in kilobytes."""
    import fake
    from communique.engines.inline import Inline
    from communique.engines.work import Worker
    from communique.readers import Limits
    from communique.runs.run import Options, run

    for _ in range(2):
        run([folder / "in"], folder / "out", Options(), Inline(worker=Worker(fake.documents, Limits())))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def in_a_process(count: int, rows: bool = False) -> int:
    """The memory of a process that does it."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "in").mkdir()
        make(Path(name) / "in", count, rows)
        done = subprocess.run([sys.executable, __file__, "measure", name], capture_output=True, text=True, check=True)
        return int(done.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "measure":
        print(measured(Path(sys.argv[2])))  # noqa: T201
    else:
        print(in_a_process(int(sys.argv[1]), "rows" in sys.argv))  # noqa: T201
