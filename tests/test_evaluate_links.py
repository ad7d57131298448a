"""Links made by hand, and how entities are scored against them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from communique.cli import main
from communique.linking.bcubed import grouping
from linkable import World, body, person, record

GOLD = {item: group for group, items in enumerate(([1, 2, 3, 4, 5], [6, 7], [8, 9, 10, 11, 12])) for item in items}
# The two responses and their scores are the example of Bagga and Baldwin (1998), section 3.
TWO_WRONG = {
    "small with large": ([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11, 12]], 0.76),
    "large with large": ([[1, 2, 3, 4, 5, 8, 9, 10, 11, 12], [6, 7]], 0.58),
}


@pytest.mark.parametrize(("groups", "precision"), TWO_WRONG.values(), ids=TWO_WRONG)
def test_the_example_of_the_measure(groups: list[list[int]], precision: float) -> None:
    score = grouping(GOLD, {item: number for number, items in enumerate(groups) for item in items})
    assert (round(score.precision, 2), score.recall) == (precision, 1)


groups_of = st.dictionaries(st.integers(0, 20), st.integers(0, 5))


@given(groups_of)
def test_a_grouping_fits_itself(groups: dict[int, int]) -> None:
    assert grouping(groups, groups) == (1, 1, 1, 1)


@given(groups_of, groups_of)
def test_precision_is_recall_from_the_other_side(one: dict[int, int], other: dict[int, int]) -> None:
    there, back = grouping(one, other), grouping(other, one)
    assert there.precision == pytest.approx(back.recall)
    assert there.pair_precision == pytest.approx(back.pair_recall)
    assert 0 <= there.f1 <= 1


@given(groups_of)
def test_all_alone_and_all_together(groups: dict[int, int]) -> None:
    assert grouping(groups, {item: item for item in groups}).precision == 1
    assert grouping(groups, dict.fromkeys(groups, 0)).recall == 1


PRESIDENT = ("President", "KEN", None)
TEXTS = [
    record("a", "2001-01-01", [person("Miriam Okello", PRESIDENT)], [body("Central Bank")]),
    record("b", "2002-01-01", [person("M. Okello", PRESIDENT)], [body("Central Bank")]),
    record("c", "2003-01-01", [person("Moses Okello", ("Envoy", "UGA", None))], [body("Bank of Kenya")]),
]
LINKS = [
    {"kind": "person", "mentions": [{"text": "a", "name": "Miriam Okello"}]},
    {"kind": "person", "mentions": [{"text": "b", "entity": "p1"}, {"text": "c", "name": "Moses Okello"}]},
    {"kind": "organization", "mentions": [{"text": "a", "entity": "o1"}, {"text": "b", "entity": "o1"}]},
    {"kind": "organization", "mentions": [{"text": "c", "name": "Bank of Ghana"}]},
]  # fmt: skip


def run(tmp_path: Path, lines: list[str], *options: str) -> Result:
    World(TEXTS, tmp_path)
    links = tmp_path / "links.jsonl"
    links.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    entities = tmp_path / "linked" / "entities.jsonl"
    return CliRunner().invoke(main, ["evaluate-links", str(links), str(entities), *options])


def test_the_table(tmp_path: Path) -> None:
    done = run(tmp_path, [json.dumps(link) for link in LINKS])
    assert done.stdout == (
        "               entries  things   B3 P/R/F1           pairs P/R/F1\n"
        "person               3       2   0.667 0.667 0.667   0.000 0.000 0.000\n"
        "organization         2       1   1.000 0.500 0.667   1.000 0.000 0.000\n"
        "document             0       0   1.000 1.000 1.000   1.000 1.000 1.000\n"
        "all                  5       3   0.800 0.600 0.686   0.000 0.000 0.000\n"
        "not among the entities: 1\n"
    )


def test_errors(tmp_path: Path) -> None:
    done = run(tmp_path, [json.dumps(link) for link in LINKS], "--errors")
    assert done.stdout.splitlines()[-3:] == [
        "together  person: Miriam Okello <a> | M. Okello <b>",
        "apart     organization: Central Bank <a> | Central Bank <b>",
        "apart     person: M. Okello <b> | Moses Okello <c>",
    ]


def test_json(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, [json.dumps(link) for link in LINKS], "--json").stdout)
    assert told["organization"] == {
        "entries": 2, "things": 1, "p": 1, "r": 0.5, "f1": pytest.approx(2 / 3), "pairs": {"p": 1, "r": 0, "f1": 0},
    }  # fmt: skip
    assert told["missing"] == 1


BAD = {
    "no JSON": ("[", "1: not JSON"),
    "no kind": ('{"mentions": [{"text": "a", "entity": "p1"}]}', "1: kind: Field required"),
    "no entry": ('{"kind": "person", "mentions": []}', "1: mentions:"),
    "neither name nor id": ('{"kind": "person", "mentions": [{"text": "a"}]}', "neither entity nor name is given"),
    "twice": (
        '{"kind": "person", "mentions": [{"text": "a", "entity": "p1"}, {"text": "a", "entity": "p1"}]}',
        "1: 'p1' of 'a' stands in line 1 already",
    ),
}


@pytest.mark.parametrize(("line", "reason"), BAD.values(), ids=BAD)
def test_bad_links(line: str, reason: str, tmp_path: Path) -> None:
    done = run(tmp_path, [line])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {tmp_path / 'links.jsonl'}:")
    assert reason in done.stderr
