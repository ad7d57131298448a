"""Broken and hostile inputs: what must come of each, by one run over all of them and by the real pipeline."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import fake
from communique.engines import Settings
from communique.engines.inline import Inline
from communique.engines.work import Worker
from communique.jsonl import read_records
from communique.readers import Limits
from communique.records import Record
from communique.runs.run import Counting, Options, run, stream
from communique.runs.watch import Watcher
from hostile_files import LIMIT, cases

_ALL = cases()
CASES = {case.name: case for case in _ALL}


class Ran:
    """All cases in one run over a pipeline that only knows Kenya."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "out"
        for case in CASES.values():
            # Each in a folder of its own, named as it is: files that differ in their suffix alone share an id.
            path = folder / "in" / case.name / case.name
            path.parent.mkdir(parents=True)
            path.write_bytes(case.data)
        options = Options(characters=LIMIT)
        run([folder / "in"], self.out, options, Inline(worker=Worker(fake.documents, Limits(LIMIT))))
        records = read_records(self.out / "records.jsonl").values()
        self.records = {Path(str(record.source.path)).name: record for record in records}
        self.errors = self.by_name("errors.jsonl")
        self.warnings = self.by_name("warnings.jsonl")

    def by_name(self, name: str) -> dict[str, dict[str, Any]]:
        """The lines of a file, by the name of the text without the number of its line."""
        rows = map(json.loads, (self.out / name).read_text("utf-8").splitlines())
        return {Path(row["path"]).name.partition(":")[0]: row for row in rows}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(tmp_path_factory.mktemp("hostile"))


def test_there_are_many() -> None:
    assert len(CASES) == len(_ALL) >= 150


@pytest.mark.parametrize("name", CASES)
def test_case(ran: Ran, name: str) -> None:
    case, record = CASES[name], ran.records.get(name)
    error = ran.errors.get(name)
    assert record is not None or error is not None, "nothing is lost"
    assert record is None or error is None or (case.text and case.error)
    if case.text is not None:
        assert record is not None, error
        assert record.text == case.text
    if case.error is not None:
        assert error is not None
        assert error["stage"] == case.error[0]
        assert case.error[1] in error["reason"]
        assert "Nairobi" not in error["reason"]
    if case.warning is not None:
        assert case.warning in ran.warnings[name]["reason"]


@cache
def real() -> Inline:
    return Inline(Settings(characters=LIMIT))


def test_the_real_pipeline_has_records_of_all_that_are_texts(ran: Ran, tmp_path: Path) -> None:
    for name, record in ran.records.items():
        path = tmp_path / f"{Path(name).name}.txt"
        path.write_text(record.text, encoding="utf-8", newline="")
    counting = Counting(Watcher())
    options = Options(characters=LIMIT)
    records = [Record.model_validate_json(line) for line in stream([tmp_path], options, real(), counting)]
    assert counting.summary.errors == {}
    assert len(records) == len(ran.records)
