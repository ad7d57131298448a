"""`communique evaluate`: scores broken down, errors with their sentences, intervals, floors, and files of any size."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from communique.cli import main
from communique.errors import InputError
from communique.evaluation.bootstrap import Intervals
from communique.evaluation.comparison import compare
from communique.evaluation.floors import fallen, read_floors
from communique.evaluation.scores import evaluate
from communique.evaluation.table import aligned
from communique.recordfile import RecordFile
from communique.records import Record, dumps
from communique.sentences import sentence
from made_up import FORUM, Row, forum, rows, ruled, span, visit
from spoil import spoiled


def run(*args: Path | str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, args)], input=stdin)


def written(path: Path, some: list[Row]) -> Path:
    path.write_text("".join(f"{dumps(row)}\n" for row in some), encoding="utf-8")
    return path


def worse() -> Row:
    """The forum with a name cut short, a state missed, a date misread and a decision too many."""
    row = ruled(forum())
    row["people"][1]["mentions"][0].update(span(FORUM, "Lusinde"))
    row["states"] = row["states"][:1]
    row["dates"][1]["value"] = "2019"
    row["decisions"][1]["status"] = "proposed"
    return row


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path / "gold.jsonl", rows()), written(tmp_path / "records.jsonl", [worse(), ruled(visit())])


def test_errors_are_told_with_rule_and_sentence(files: tuple[Path, Path]) -> None:
    lines = run(*files, "--errors").stdout.splitlines()
    assert lines[0] == "forum"
    at = next(i for i, line in enumerate(lines) if "dates:" in line)
    assert lines[at].split() == [str(FORUM.index("last year")), "wrong", "dates:", "2019", "for", "2018",
                                 "[dates.made-up]"]  # fmt: skip
    assert lines[at + 1].strip() == "Okavango trade rose to over €3.5 million [last year]."
    told = "\n".join(lines)
    assert "missed    states: TZA" in told
    assert "wrong     people: 'Lusinde' for 'Paulo Lusinde'  [people.made-up]" in told
    assert "wrong     decisions: establish, proposed for establish, taken  [verb.made-up]" in told
    # What is wrong only because the decision is, is told once.
    assert "objects:" not in told


def test_errors_of_one_kind(files: tuple[Path, Path]) -> None:
    told = run(*files, "--errors", "states").stdout
    assert "states: TZA" in told
    assert "dates: 2019" not in told
    links = run(*files, "--errors=links").stdout
    assert "links" in links
    assert run(*files, "--errors", "nothing").exit_code == 2


def test_by_rule_value_and_text(files: tuple[Path, Path]) -> None:
    told = json.loads(run(*files, "--by", "rule", "--by", "value", "--by", "text", "--json").stdout)
    rules = {(row["kind"], row["rule"]): row for row in told["by rule"]}
    assert rules["dates", "dates.made-up"] == {
        "kind": "dates", "rule": "dates.made-up", "right": 4, "predicted": 5, "p": 0.8
    }  # fmt: skip
    values = {(row["kind"], row["value"]): row for row in told["by value"]}
    assert values["states", "TZA"]["r"] == 0
    missed, invented = values["decisions", "establish, taken"], values["decisions", "establish, proposed"]
    assert (missed["gold"], missed["predicted"], invented["gold"], invented["predicted"]) == (2, 1, 0, 1)
    assert values["dates", "duration"]["f1"] == 1
    texts = {(row["text"], row["kind"]): row for row in told["by text"]}
    assert texts["forum", "states"]["gold"] == 2
    assert texts["visits/ferry", "states"]["f1"] == 1


def test_breakdowns_sum_up_to_the_table(files: tuple[Path, Path]) -> None:
    told = json.loads(run(*files, "--by", "value", "--by", "text", "--json").stdout)
    for by in ("by value", "by text"):
        for kind in ("people", "states", "dates", "decisions"):
            mine = [row for row in told[by] if row["kind"] == kind]
            for side in ("gold", "predicted"):
                assert sum(row[side] for row in mine) == told[f"{kind}.record"][side]


def test_markdown(files: tuple[Path, Path]) -> None:
    told = run(*files, "--markdown", "--errors", "--by", "rule").stdout
    assert "#### forum" in told
    assert "- **missed** states: TZA" in told
    assert "| dates | 5 | 5 | 0.80 | 0.80 | 0.80 | " in told
    assert "| kind | rule | right | wrong | precision |" in told


def test_floors(files: tuple[Path, Path], tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('[f1]\nmean = 0.1\ndates = 0.9\n"states.exact" = 0.5\n[recall]\nstates = 1.0\n', "utf-8")
    result = run(*files, "--floor", floors)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-2:] == [
        "FELL  dates: f1 0.8000 is below its floor 0.9",
        "FELL  states: recall 0.8333 is below its floor 1",
    ]
    assert json.loads(run(*files, "--floor", floors, "--json").stdout)["fell"][0].startswith("dates")
    assert "- dates: f1 0.8000" in run(*files, "--floor", floors, "--markdown").stdout
    assert run(files[0], files[0], "--floor", floors).exit_code == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[f1]\npeoples = 1", r"\[f1\] peoples: there is no such row"),
        ("[f2]\npeople = 1", "f2: no such table"),
        ("[f1]\npeople = 2", "2 is no number from 0 to 1"),
        ("[f1]\npeople = true", "True is no number"),
        ("[recall]\nmean = 0.5", "there is no such row"),
        ("[f1", "not TOML"),
    ],
)
def test_floors_that_can_not_be_used(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=rf"floors\.toml: .*{reason}"):
        read_floors(path)


def test_what_is_on_the_floor_has_not_fallen(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("[f1]\npeople = 1.0\nmean = 1.0\n", "utf-8")
    records = {row["id"]: Record.model_validate(row) for row in rows()}
    assert fallen(evaluate(records, records), read_floors(path)) == []


def spread(texts: int, seed: int = 1) -> list[tuple[Row, Row]]:
    golds = [{**forum(), "id": f"forum-{n}"} for n in range(texts)]
    return [(row, spoiled(row, seed, random.Random(f"{seed} {row['id']}").random() / 2)) for row in golds]


def intervals(pairs: list[tuple[Row, Row]]) -> Intervals:
    found = Intervals()
    for gold, predicted in pairs:
        found.add(compare(Record.model_validate(gold), Record.model_validate(predicted)))
    return found


def test_intervals_do_not_depend_on_the_order_of_the_texts() -> None:
    pairs = spread(30)
    one, other = intervals(pairs), intervals(pairs[::-1])
    assert one.mean == other.mean
    assert one.of("dates", "exact") == other.of("dates", "exact")


def test_intervals_are_those_of_a_draw_with_replacement() -> None:
    """The plain bootstrap, texts drawn with replacement, over the same counts gives nearly the same ends."""
    pairs = spread(120)
    counts = np.array(
        [
            [(c := compare(Record.model_validate(g), Record.model_validate(p)).counts["dates", "record"]).right,
             c.gold, c.predicted]
            for g, p in pairs
        ]
    )  # fmt: skip
    rng = np.random.default_rng(7)
    drawn = np.array([counts[rng.integers(0, len(counts), len(counts))].sum(axis=0) for _ in range(2000)])
    expected = np.percentile(2 * drawn[:, 0] / (drawn[:, 1] + drawn[:, 2]), [2.5, 97.5])
    assert intervals(pairs).f1("dates") == pytest.approx(expected, abs=0.012)


def test_an_interval_holds_its_score_and_narrows_with_more_texts() -> None:
    def width(texts: int) -> float:
        pairs = spread(texts)
        low, high = intervals(pairs).f1("decisions")
        golds, others = ({row["id"]: Record.model_validate(row) for row in side} for side in zip(*pairs, strict=True))
        assert low <= evaluate(golds, others).counts["decisions", "record"].f1 <= high
        return high - low

    assert width(200) < width(12)


def test_records_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = written(tmp_path / "records.jsonl", rows())
    path.write_bytes(path.read_bytes() + b"\n")
    # Another order of keys, a byte order mark, a line end of another system.
    row = dict(reversed(list(forum().items())))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + dumps({**row, "id": 'a "b"'}).encode() + b"\r\n")
    records = RecordFile(path)
    assert list(records) == ["forum", "visits/ferry", 'a "b"']
    assert records['a "b"'].text == FORUM
    assert records["forum"] == Record.model_validate(forum())
    assert "none" not in records
    assert records.get("none") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (dumps(forum()) + "\n" + dumps(forum()) + "\n", "2: id 'forum' stands twice"),
        ("{}\n", "1: schema: Field required"),
        ("nothing\n", "1: not JSON"),
        ("[1]\n", "1: not a JSON object"),
    ],
)
def test_files_that_hold_no_records(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=rf"records\.jsonl:{reason}"):
        RecordFile(path)


def test_a_line_that_is_wrong_further_on_is_told_with_its_number(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", rows())
    bad = written(tmp_path / "bad.jsonl", [forum(), {**visit(), "states": [{}]}])
    result = run(gold, bad)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: {bad}:2: states.0.id: Field required\n"


def test_standard_input(files: tuple[Path, Path]) -> None:
    gold, predicted = files
    piped = run(gold, "-", stdin=predicted.read_text("utf-8"))
    assert piped.stdout == run(gold, predicted).stdout


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One met. Two signed it. Three left.", "signed", "Two [signed] it."),
        ("Mr. Okello met H.E. Salim. They left.", "Salim", "Mr. Okello met H.E. [Salim]."),
        ("A heading\n\nThe text of\nit all.", "text", "The [text] of it all."),
        ("x" * 500, "x", "[x]" + "x" * 160 + "…"),
        ("[a] b", "b", "[a] [b]"),
    ],
)
def test_sentences(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    assert sentence(text, start, start + len(words)) == expected


def test_a_cell_of_a_plain_table_is_not_wider_than_a_line() -> None:
    told = aligned(("rule", "n"), [("x" * 200, "1"), ("y", "12")], 1).splitlines()
    assert told == [f"{'rule':60}   n", f"{'x' * 59}…   1", f"{'y':60}  12"]
