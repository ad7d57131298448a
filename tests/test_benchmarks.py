"""The benchmarks run and count what they say; how fast anything is, no test says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks import texts


def test_made_up_texts_are_distinct_and_the_same_each_time() -> None:
    made = texts.texts_of(None, 5_000)
    assert 5_000 <= sum(map(texts.count, made)) <= 7_500
    assert len(set(made)) == len(made)
    assert made == texts.texts_of(None, 5_000)


def test_texts_of_a_folder_are_thinned_out_to_the_words_wanted(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text(f"text {n} " * 50, encoding="utf-8")
    assert len(texts.texts_of(tmp_path, 500)) == 5
    assert len(texts.texts_of(tmp_path, 5_000)) == 20


@pytest.mark.slow
def test_the_command_tells_a_row_for_each_subject_and_kind_of_growth(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyperf")
    target = tmp_path / "speed.json"
    command = [sys.executable, "-m", "benchmarks", "--rounds", "1", "--words", "300", "--json", str(target)]
    command += ["--only", "communique", "--only", "spaCy tokenizer", "--grow", "length"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(target.read_text(encoding="utf-8"))
    assert [row["subject"] for row in result["subjects"]] == ["communique", "spaCy tokenizer"]
    assert all(row["words"] == result["words"] > 0 and row["words_per_second"] > 0 for row in result["subjects"])
    assert [row["length"] for row in result["growth"]["length"]] == [1, 4, 16]
    assert "| communique |" in done.stdout


@pytest.mark.slow
def test_a_tool_that_is_not_there_is_told_and_the_others_are_measured() -> None:
    pytest.importorskip("pyperf")
    from benchmarks import compare, subjects
    from benchmarks.report import markdown

    subjects.BY_NAME["absent"] = subjects.BY_NAME["spaCy tokenizer"]._replace(name="absent", does="nothing")
    try:
        rows = compare.compare(["absent", "spaCy tokenizer"], ["Kenya and Palau met."], 1, lambda line: None)
    finally:
        del subjects.BY_NAME["absent"]
    assert "error" in rows[0]
    assert rows[1]["words"] == 4
    assert "| absent | nothing |" in markdown({"subjects": rows})
