"""Decisions of made-up sentences, written down one a line in data/decisions.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import extract
from communique.records import Decision

CASES = Path(__file__).parent / "data" / "decisions.txt"


def cases() -> Iterator[tuple[str, list[str]]]:
    for paragraph in re.split(r"\n\s*\n", CASES.read_text("utf-8")):
        lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
        if lines:
            yield lines[0], [line for line in lines[1:] if line != "none"]


def line_of(decision: Decision) -> str:
    actors = " + ".join(a.text for a in decision.actors)
    obj = decision.object.text if decision.object else ""
    recipient = f" > {decision.recipient.text}" if decision.recipient else ""
    line = f"{decision.act} {decision.status} [{decision.trigger.text}] {actors} | {obj}{recipient}"
    return " ".join(line.split())


@pytest.mark.parametrize(("sentence", "expected"), list(cases()))
def test_decisions_of_a_sentence(sentence: str, expected: list[str]) -> None:
    heading = not sentence.endswith(".")
    text = f"{sentence}\n\nHarrow, 4 May 2031. More news follows below." if heading else sentence
    assert [line_of(d) for d in extract(text).decisions] == [" ".join(e.split()) for e in expected]


@pytest.mark.parametrize(
    "text",
    [
        "They signed a package of documents. They include a treaty on boats and a protocol on ports.",
        "A number of agreements were signed. Among them are a treaty on boats and a protocol on ports.",
    ],
)
def test_documents_named_in_the_next_sentence(text: str) -> None:
    record = extract(text)
    assert [d.title for d in record.documents] == ["treaty on boats", "protocol on ports"]
    assert record.decisions[0].documents == tuple(d.id for d in record.documents)


def test_items_below_we_begin_with_a_base_form() -> None:
    text = (
        "We, the Presidents of Kenya and Togo, gathered in Harrow:\n\n1. Reaffirm our friendship.\n"
        "2. Instruct our Ministers of Fisheries to report in May.\n3. Agree to create a Fund for Family Farms.\n"
    )
    found = [line_of(d) for d in extract(text).decisions]
    assert found == [
        "instruct taken [Instruct] We | to report in May > our Ministers of Fisheries",
        "establish taken [Agree] We | a Fund for Family Farms",
    ]
