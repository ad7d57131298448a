"""The shipped corpus: its records are the committed ones, and not worse than they have been."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from communique.engines import Settings
from communique.engines.inline import Inline
from communique.engines.processes import Processes
from communique.evaluation.rows import KINDS, MORE
from communique.evaluation.scores import Evaluation, evaluate
from communique.jsonl import read_records
from communique.readers.finding import Found, find
from communique.readers.library import Library
from communique.records import Record
from communique.runs.run import Counting, Options, stream
from communique.runs.watch import Watcher

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
GOLD = CORPUS / "gold.jsonl"
OUTPUT = ROOT / "outputs" / "records.jsonl"
FLOORS: dict[str, float] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["f1"]

needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="corpus/gold.jsonl is not there")


@cache
def lines(workers: int = 0) -> tuple[bytes, ...]:
    """The records of the corpus as they are written: by so many processes, or by this one."""
    engine = Processes(Settings(), workers) if workers else Inline()
    counting = Counting(Watcher())
    written = tuple(stream([CORPUS], Options(), engine, counting))
    assert not counting.summary.errors
    return written


@cache
def extracted() -> tuple[Record, ...]:
    return tuple(map(Record.model_validate_json, lines()))


@cache
def scored() -> Evaluation:
    return evaluate(read_records(GOLD), {record.id: record for record in extracted()})


def test_the_committed_records_are_those_of_this_code_and_these_rules() -> None:
    stale = b"".join(line + b"\n" for line in lines()) != OUTPUT.read_bytes()
    assert not stale, "outputs/records.jsonl is stale; renew it with: make extract"


@pytest.mark.slow
def test_two_processes_find_the_same() -> None:
    assert lines(2) == lines()


@needs_gold
def test_gold_and_texts_belong_together() -> None:
    gold = read_records(GOLD)
    assert list(gold) == [record.id for record in extracted() if record.id in gold]
    assert scored().missing == []
    for record in extracted():
        if record.id not in gold:
            continue
        assert gold[record.id].source.sha256 in (None, record.source.sha256)


@needs_gold
def test_every_row_has_a_floor_and_every_floor_a_row() -> None:
    assert set(FLOORS) == {"mean", *KINDS, *MORE}


@needs_gold
@pytest.mark.parametrize("row", sorted(FLOORS))
def test_f1_is_not_below_its_floor(row: str) -> None:
    f1 = scored().mean if row == "mean" else scored().counts[row, "record"].f1
    assert f1 >= FLOORS[row], f"{row}: {f1:.4f}; floors only rise"


def test_everything_found_names_its_rule() -> None:
    for record in extracted():
        entries = [person.mentions for person in record.people]
        entries += [state.mentions for state in record.states]
        entries += [organization.mentions for organization in record.organizations]
        entries += [document.mentions for document in record.documents]
        rules = [mention.rule for mentions in entries for mention in mentions]
        rules += [date.rule for date in record.dates] + [figure.rule for figure in record.figures]
        rules += [decision.trigger.rule for decision in record.decisions]
        assert all(rules), record.id


def test_metadata_of_the_texts_is_complete() -> None:
    library = Library()
    for found in find([CORPUS]):
        assert isinstance(found, Found)
        assert found.path
        if found.path != GOLD:
            assert library.find(found.path, CORPUS), f"{found.name} is not in corpus/sources.jsonl"
    assert library.errors == []
