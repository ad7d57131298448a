"""`communique agreement`: F1 a row, kappa, and the disagreements of two annotators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.cli import main
from communique.evaluation.kappa import Kappa, classed
from communique.evaluation.rows import KINDS
from communique.records import Record, dumps
from made_up import FORUM, Row, characters, forum, rows, span, visit
from spoil import spoiled


def run(*args: Path | str) -> Result:
    return CliRunner().invoke(main, ["agreement", *map(str, args)])


def written(path: Path, some: list[Row]) -> Path:
    path.write_text("".join(f"{dumps(row)}\n" for row in some), encoding="utf-8")
    return path


def other() -> Row:
    """The forum as another person may have annotated it."""
    row = forum()
    row["people"][1]["mentions"][0].update(span(FORUM, "Lusinde"))
    row["dates"] = row["dates"][:2]
    row["documents"][0]["status"] = "adopted"
    row["decisions"][1].update(act="fund", object=None)
    return row


def kappa(table: dict[tuple[str, str], int]) -> Kappa:
    made = Kappa()
    made.pairs.update(table)
    return made


def test_kappa_of_two_readers() -> None:
    """Fifty proposals: both say yes to 20 and no to 15, A alone yes to 5, B alone yes to 10; worked out by hand.

    They agree on 35 of 50: 0.7. A says yes to half of them, B to 0.6: by chance they agree on 0.3 + 0.2.
    """
    readers = kappa({("yes", "yes"): 20, ("no", "no"): 15, ("yes", "no"): 5, ("no", "yes"): 10})
    assert (readers.size, readers.agreed) == (50, 0.7)
    assert readers.value == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ({("a", "a"): 7, ("b", "b"): 2, ("c", "c"): 1}, 1.0),
        ({("a", "b"): 5, ("b", "a"): 5}, -1.0),
        ({("a", "a"): 2, ("a", "b"): 2}, 0.0),  # A always says the same: no better than chance
        ({("a", "a"): 9}, None),  # chance alone would agree on everything
        ({}, None),
    ],
)
def test_kappa_at_its_ends(table: dict[tuple[str, str], int], value: float | None) -> None:
    assert kappa(table).value == (None if value is None else pytest.approx(value))


def test_what_is_classed() -> None:
    found = classed(Record.model_validate(forum()), Record.model_validate(other()))
    assert sorted(found) == sorted([
        ("document type", "protocol", "protocol"),
        ("document status", "signed", "adopted"),
        ("document type", "charter", "charter"),
        ("document status", forum()["documents"][1]["status"], forum()["documents"][1]["status"]),
        ("figure modifier", "over", "over"),
        ("figure modifier", "none", "none"),
        ("act", "sign", "sign"),
        ("decision status", "taken", "taken"),
        ("act", "establish", "fund"),
        ("decision status", "taken", "taken"),
        ("act", "schedule", "schedule"),
        ("decision status", "taken", "taken"),
        ("act", "urge", "urge"),
        ("decision status", "proposed", "proposed"),
        ("act", "amend", "amend"),
        ("decision status", "proposed", "proposed"),
    ])  # fmt: skip


def test_the_disagreements_and_the_tables(tmp_path: Path) -> None:
    a, b = written(tmp_path / "a", rows()), written(tmp_path / "b", [other(), visit()])
    result = run(a, b)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    at = lines.index(f"  {FORUM.index('May 2020'):>6}  only A  dates: 2020-05")
    assert lines[0] == "forum"
    assert lines[at + 1].strip() == "The Forum decided to establish a seed fund and to meet in [May 2020]."
    assert "differ  people: words Paulo Lusinde (A), Lusinde (B)\n" in result.stdout
    assert "differ  decisions: act establish (A), fund (B)\n" in result.stdout
    table = {line.split("  ")[0].strip(): line.split() for line in lines}
    assert table["dates"][1:5] == ["5", "4", "0.89", "0.89"]
    assert table["people"][1:5] == ["4", "4", "0.75", "0.75"]
    assert table["document status"][2:] == ["3", "0.67", "0.50"]  # by chance 1 x 1 + 1 x 2 of 9
    assert lines[-1].startswith("mean F1 of the seven kinds over 2 texts: 0.9")


def test_one_kind_no_list_and_other_forms(tmp_path: Path) -> None:
    a, b = written(tmp_path / "a", rows()), written(tmp_path / "b", [other(), visit()])
    dates = run(a, b, "--kind", "dates").stdout
    assert "only A  dates" in dates
    assert "people:" not in dates
    summary = run(a, b, "--summary").stdout.splitlines()
    assert summary[0].split() == ["A", "B", "exact", "F1", "95", "%"]
    told = json.loads(run(a, b, "--json").stdout)
    # Of 8 acts one differs; by chance: establish 2 x 1, fund 1 x 2 and five that each has once, of 64.
    kappa = (7 / 8 - 9 / 64) / (1 - 9 / 64)
    assert told["kappa"]["act"] == {"both": 8, "agree": 7 / 8, "kappa": pytest.approx(kappa)}
    assert {row["who"] for row in told["disagreements"]} == {"only A", "differ"}
    assert told["dates.record"]["gold"] == 5
    page = run(a, b, "--markdown").stdout
    assert "| dates | 5 | 4 | 0.89 | 0.89 |" in page
    assert "- differ documents: status signed (A), adopted (B)" in page


def test_who_is_first_does_not_matter() -> None:
    """To F1 of the seven kinds and to kappa."""
    from communique.evaluation.scores import evaluate

    for seed in range(20):
        for row in (forum(), characters()):
            one, two = (Record.model_validate({**spoiled(row, s), "id": "x"}) for s in (seed, seed + 50))
            there, back = evaluate({"x": one}, {"x": two}), evaluate({"x": two}, {"x": one})
            for kind in KINDS:
                if kind != "decisions":  # which is found is decided by the gold's sentence
                    assert there.counts[kind, "record"].f1 == pytest.approx(back.counts[kind, "record"].f1)


def test_texts_that_one_alone_has(tmp_path: Path) -> None:
    a, b = written(tmp_path / "a", rows()), written(tmp_path / "b", [forum(), {**visit(), "id": "more"}])
    result = run(a, b)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [f"only in {a}: visits/ferry", f"only in {b}: more"]
    assert "over 1 text:" in result.stdout
    nothing = run(written(tmp_path / "c", [visit()]), written(tmp_path / "d", [forum()]))
    assert nothing.exit_code == 1
    assert nothing.stderr.splitlines()[-1] == f"Error: {tmp_path / 'c'}: has no text in common with {tmp_path / 'd'}"


def test_texts_that_differ(tmp_path: Path) -> None:
    a, b = written(tmp_path / "a", [forum()]), written(tmp_path / "b", [{**visit(), "id": "forum"}])
    result = run(a, b)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "forum: the two texts differ" in result.stderr
