"""Data sets opened by heavy libraries, and many records in flat memory: `make datasets` runs these."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from communique.export.formats import FORMATS
from communique.records import dumps
from exporting import FREE, made, renamed, two, written
from made_up import forum, ruled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif("DATASETS" not in os.environ, reason="takes minutes and heavy libraries: make datasets"),
]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [*two(), *(renamed(ruled(forum()), f"forum/{n}", rights=FREE if n % 2 else None) for n in range(8))]
    return written(tmp_path_factory.mktemp("records") / "records.jsonl", rows)


def test_datasets_loads_the_folder(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = import_module("datasets")
    made(records, "--to", "huggingface", "-o", tmp_path / "out", "--split", "50/50", "--quiet")
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    rows = {row["id"]: row for part in ("train", "test") for row in loaded[part]}
    assert len(rows) == 10
    assert set(loaded) == {"train", "test"}
    assert rows["forum"]["people"][0]["roles"][0]["title"] == "President"
    assert rows["forum"]["text"] == forum()["text"]
    assert rows["forum/0"]["text"] is None
    assert rows["forum/0"]["decisions"][0]["trigger"]["text"] == "signed"
    streamed = datasets.load_dataset(str(tmp_path / "out"), split="train", streaming=True)
    assert {row["id"] for row in streamed} == {row["id"] for row in loaded["train"]}


@pytest.mark.parametrize("form", FORMATS)
def test_croissant_is_valid(records: Path, tmp_path: Path, form: str) -> None:
    mlcroissant = import_module("mlcroissant")
    made(records, "--to", form, "-o", tmp_path / "out", "--quiet", "--include-texts")
    dataset = mlcroissant.Dataset(str(tmp_path / "out" / "croissant.json"))
    assert dataset.metadata.issues.errors == set()
    # What only the publisher of a data set can tell.
    recommended = {"citeAs", "datePublished"}
    assert {name for name in recommended for told in dataset.metadata.issues.warnings if name in told} == recommended
    assert len(dataset.metadata.issues.warnings) == len(recommended)


@pytest.mark.parametrize("form", ["parquet", "csv", "huggingface"])
def test_croissant_reads_the_tables(records: Path, tmp_path: Path, form: str) -> None:
    mlcroissant = import_module("mlcroissant")
    made(records, "--to", form, "-o", tmp_path / "out", "--quiet", "--include-texts")
    counts: dict[str, int] = json.loads((tmp_path / "out" / "provenance.json").read_text())["counts"]
    for name, count in counts.items():
        dataset = mlcroissant.Dataset(str(tmp_path / "out" / "croissant.json"))
        rows = list(dataset.records(name))
        assert len(rows) == count, name
        if name == "people":
            assert rows[0] == {"people/text_id": b"forum", "people/person_id": b"p1", "people/name": b"Johanna Amupolo"}


_MEASURED = """
import resource, sys
from communique.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak(*args: str) -> int:
    """Peak memory of an export, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "export", *args, "-q"], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def many(count: int) -> Iterator[dict[str, Any]]:
    row = ruled(forum())
    for n in range(count):
        tail = " ".join(str((n * 7919 + k * 104729) % 1_000_003) for k in range(200))
        yield {
            **row,
            "id": f"forum/{n}",
            "text": f"{row['text']}\n{tail}\n",
            "source": {**row["source"], "rights": FREE},
        }


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is told in other units elsewhere")
@pytest.mark.parametrize("more", [[], ["--split", "80/10/10"]], ids=["whole", "split"])
@pytest.mark.parametrize("form", FORMATS)
def test_memory_does_not_grow_with_the_records(tmp_path: Path, form: str, more: list[str]) -> None:
    few, lots = 4000, 12_000  # both more than are kept before they are written
    peaks = []
    for count in (few, lots):
        path = tmp_path / f"{count}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{dumps(row)}\n" for row in many(count))
        peaks.append(peak(str(path), "--to", form, "-o", str(tmp_path / f"out-{count}"), *more))
    kilobytes = 1024 * (peaks[1] - peaks[0]) / (lots - few)
    assert kilobytes < 4, peaks  # a record as an object takes twenty times as much
