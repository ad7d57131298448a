from __future__ import annotations

from pathlib import Path

import pytest

from communique.jsonl import read_records
from communique.records import Record

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpus(root: Path) -> list[Record]:
    """The records of the corpus."""
    return list(read_records(root / "outputs" / "records.jsonl").values())
