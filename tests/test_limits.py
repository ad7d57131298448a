"""What does not grow: memory with the number of texts, time faster than a text's length."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import communique
import memory
from communique.engines import Settings
from communique.engines.work import Worker
from communique.longruns import readable
from hostile_files import endless
from test_engines import task

PIECES = st.sampled_from(
    [
        "Kenya", "Uganda", "and", ",", "(", ")", "“", "”", "’s", "the", "Minister of Water", "Miriam Okello", "signed",
        "the Agreement on Patrols", "agreed to", "establish", "$5 million", "12 May 2024", "2024–2025", "last year",
        "12", "percent", ".", ";", ":", "- ", "1) ", "H.E.", "U.S.", "LSC", "é", "中", "*", "**", "#", "will", "not",
        "https://lake.example/a?b", "be held in", "of", "'", '"',
        "\n", "\n\n", "\u202e", "\ufeff", "\u200b", "\t", "\\", "|",
    ]
)  # fmt: skip
WORDS = st.lists(PIECES, max_size=30)
TEXTS = st.one_of(st.text(max_size=80), WORDS.map(" ".join), WORDS.map("".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_has_a_record_or_a_reason(text: str) -> None:
    result = Worker.of(Settings()).do(task(0, text.encode("utf-8", "replace").decode()))
    if result.failure:
        assert result.failure.stage in ("read", "language")
    else:
        assert communique.Record.model_validate_json(result.line or b"").id == "t0"


@pytest.mark.parametrize(
    "run", ["(" * 3000, "ab/" * 2000 + " then ", "x" * 511, "Kenya " + "é" * 600 + "\n\nNauru", "“" * 700 + "  "]
)
def test_tokens_in_pieces_are_the_text(run: str) -> None:
    nlp = communique.load()
    text = f"Kenya met Nauru. {run} They signed."
    made = readable(nlp, text)
    assert (made if isinstance(made, str) else made.text) == text
    assert communique.extract(text).text == text


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_texts() -> None:
    for rows in (False, True):
        assert memory.in_a_process(20_000, rows) < 1.2 * memory.in_a_process(1_000, rows)


@pytest.mark.slow
@pytest.mark.parametrize("name", endless())
def test_time_grows_no_faster_than_a_text(name: str) -> None:
    """Ten times the text takes less than twenty-five times the time, where the square would take a hundred."""
    worker = Worker.of(Settings())
    pattern = endless()[name]
    worker.do(task(0, pattern[:1000]))
    took = []
    for length in (5_000, 50_000):
        text = (pattern * (1 + length // len(pattern)))[:length]
        begun = time.process_time()
        worker.do(task(0, text))
        took.append(max(0.05, time.process_time() - begun))
    assert took[1] < 25 * took[0], took
