"""What counts as right, row by row: each expected count is worked out by hand from the definitions.

The definitions are those in the docstring of `communique.evaluation.comparison`. If the scorer of the format lies
beside the checkout, both must give the same counts for the same records.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.evaluation.pairing import Place, overlap, paired, set_f1, token_f1
from communique.evaluation.rows import KINDS, MORE
from communique.evaluation.scores import Evaluation, evaluate
from communique.evaluation.table import plain_table
from communique.jsonl import read_records
from communique.records import Record, dumps
from made_up import FORUM, VISIT, Row, actor, decision, forum, rows, ruled, span, visit
from spoil import spoiled


def score(gold: Row | list[Row], predicted: Row | list[Row]) -> Evaluation:
    sides = [side if isinstance(side, list) else [side] for side in (gold, predicted)]
    one, other = ({row["id"]: Record.model_validate(row) for row in side} for side in sides)
    return evaluate(one, other)


def counts(row: str, predicted: Row, column: str = "record", gold: Row | None = None) -> tuple[int, int, int]:
    """Right, gold, predicted of one row."""
    count = score(gold or forum(), predicted).counts[row, column]
    return count.right, count.gold, count.predicted


# What there is in the two records, counted by eye.
FORUM_GOLD = {
    "people": 4,
    "states": 2,
    "organizations": 5,
    "documents": 2,
    "dates": 3,
    "figures": 2,
    "decisions": 5,
    "found": 5,
    "objects": 5,
    "actors": 5,
    "actor ids": 5,
    "recipient": 1,
    "act date": 2,
    "act documents": 2,
    "roles": 2,
    "links": 6,  # three mentions of Amupolo and three of the Forum make three pairs each
    "status": 2,
    "period": 1,
    "document date": 1,
    "parties": 1,
    "modifier": 1,
    "measure": 1,
    "meeting": 3,
    "participants": 2,
}
VISIT_GOLD = {
    **dict.fromkeys(FORUM_GOLD, 0),
    "states": 4,
    "documents": 1,
    "dates": 2,
    "figures": 1,
    "decisions": 3,
    "found": 3,
    "objects": 3,
    "actors": 3,
    "actor ids": 3,
    "act date": 1,
    "act documents": 1,
    "status": 1,
    "document date": 1,
    "parties": 1,
}


def test_gold_against_itself_is_perfect() -> None:
    result = score(rows(), [ruled(row) for row in rows()])
    for row in (*KINDS, *MORE):
        size = FORUM_GOLD[row] + VISIT_GOLD[row]
        count = result.counts[row, "record"]
        assert (count.right, count.gold, count.predicted) == (size, size, size), row
    assert result.mean == 1
    assert result.missing == []


def test_nothing_predicted() -> None:
    result = score(rows(), forum())
    assert result.missing == ["visits/ferry"]
    states, people = result.counts["states", "record"], result.counts["people", "record"]
    assert (states.right, states.gold, states.predicted) == (2, 6, 2)
    assert (states.precision, states.recall, states.f1) == (1, 1 / 3, 0.5)
    assert (people.right, people.gold, people.predicted) == (4, 4, 4)


def test_nothing_to_find_and_nothing_found_is_perfect_and_something_found_is_not() -> None:
    empty = {**visit(), "decisions": [], **{kind: [] for kind in KINDS}}
    assert score(empty, empty).mean == 1
    result = score(empty, visit())
    assert result.counts["people", "record"].f1 == 1
    dates = result.counts["dates", "record"]
    assert (dates.precision, dates.recall, dates.f1) == (0, 1, 0)


def test_texts_not_in_gold_are_not_looked_at() -> None:
    assert score(forum(), rows()).counts["states", "record"].predicted == 2


def test_texts_must_be_the_same() -> None:
    other = {**visit(), "text": VISIT + "\n"}
    with pytest.raises(InputError, match="visits/ferry: the two texts differ"):
        score(visit(), other)


Change = Callable[[Row], object]


def after(change: Change, make: Callable[[], Row] = forum) -> Row:
    row = make()
    change(row)
    return row


def test_people_are_exact() -> None:
    # "President of Namibia\nJohanna" overlaps by 7 of 36 characters; "Lusinde" by 7 of 13.
    short = after(lambda row: row["people"][1].update(mentions=[span(FORUM, "Lusinde")]))
    assert counts("people", short) == (3, 4, 4)
    assert counts("people", short, "exact") == (3, 4, 4)
    assert counts("people", short, "overlap") == (4, 4, 4)
    shorter = after(lambda row: row["people"][1].update(mentions=[span(FORUM, "Paulo")]))
    assert counts("people", shorter, "overlap") == (3, 4, 4)  # 5 of 13


def test_states_need_their_code() -> None:
    def change(row: Row) -> None:
        row["states"][1].update(id="KEN")
        row["documents"][0]["parties"] = ["KEN", "NAM"]

    assert counts("states", after(change)) == (1, 2, 2)
    assert counts("states", after(change), "exact") == (2, 2, 2)
    # One of two parties on either side: set F1 0.5 is enough.
    assert counts("parties", after(change)) == (1, 1, 1)


def test_documents_overlap_by_four_fifths_and_have_the_type() -> None:
    longer = after(lambda row: row["documents"][1].update(mentions=[span(FORUM, "the Charter of the Highlands")]))
    assert counts("documents", longer) == (2, 2, 2)  # 24 of 28
    assert counts("documents", longer, "exact") == (1, 2, 2)
    shorter = after(lambda row: row["documents"][0].update(mentions=[span(FORUM, "Protocol on Seed Banks")]))
    assert counts("documents", shorter) == (1, 2, 2)  # 22 of 36
    assert counts("documents", shorter, "overlap") == (2, 2, 2)
    assert counts("status", shorter) == (1, 2, 2)  # not close enough to be compared
    assert counts("period", shorter) == (0, 1, 1)
    other_type = after(lambda row: row["documents"][0].update(type="treaty"))
    assert counts("documents", other_type) == (1, 2, 2)
    assert counts("status", other_type) == (2, 2, 2)


@pytest.mark.parametrize(
    ("field", "row", "wrong", "expected"),
    [
        ("status", "status", "adopted", (1, 2, 2)),
        ("period", "period", "2019/2022", (0, 1, 1)),
        ("period", "period", None, (0, 1, 0)),
        ("date", "document date", "2019-03", (0, 1, 1)),
        ("date", "document date", None, (0, 1, 0)),
        ("parties", "parties", ["KEN"], (0, 1, 1)),
        ("parties", "parties", ["NAM"], (1, 1, 1)),  # F1 of {TZA, NAM} and {NAM}: 2/3
        ("parties", "parties", ["NAM", "KEN", "UGA"], (0, 1, 1)),  # 2/5
        ("parties", "parties", [], (0, 1, 0)),
    ],
)
def test_fields_of_documents(field: str, row: str, wrong: object, expected: tuple[int, int, int]) -> None:
    assert counts(row, after(lambda r: r["documents"][0].update({field: wrong}))) == expected


def test_a_field_that_gold_has_not_counts_as_predicted() -> None:
    assert counts("period", after(lambda row: row["documents"][1].update(period="2020"))) == (1, 1, 2)


def test_dates_need_their_value() -> None:
    assert counts("dates", after(lambda row: row["dates"][1].update(value="2019"))) == (2, 3, 3)
    day = after(lambda row: row["dates"][0].update(mention=span(FORUM, "March 2019")))
    assert counts("dates", day) == (3, 3, 3)  # 10 of 13 characters and the value
    assert counts("dates", day, "exact") == (2, 3, 3)
    year = after(lambda row: row["dates"][0].update(mention=span(FORUM, "2019")))
    assert counts("dates", year) == (2, 3, 3)  # 4 of 13


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({"value": 10.000000000001}, 2),
        ({"value": 10.1}, 1),
        ({"upper": None}, 1),
        ({"upper": 13}, 1),
        ({"unit": "%"}, 2),
        ({"unit": "Per cent"}, 2),
        ({"unit": "percentage point"}, 1),
    ],
)
def test_figures_need_value_upper_and_unit(values: Row, right: int) -> None:
    assert counts("figures", after(lambda row: row["figures"][1].update(values))) == (right, 2, 2)


def test_units_of_one_meaning() -> None:
    def with_unit(unit: str) -> Row:
        return after(lambda row: row["figures"][0].update(unit=unit), visit)

    for one, other, same in (
        ("m3", "m³", 1),
        ("person", "People", 1),
        ("person", "persons", 1),
        ("km", "t", 0),
    ):
        assert counts("figures", with_unit(other), gold=with_unit(one)) == (same, 1, 1)


def test_modifier_and_measure_of_figures() -> None:
    assert counts("modifier", after(lambda row: row["figures"][0].update(modifier="about"))) == (0, 1, 1)
    assert counts("modifier", after(lambda row: row["figures"][1].update(modifier="about"))) == (1, 1, 2)
    trade = after(lambda row: row["figures"][0].update(measure=span(FORUM, "trade")))
    assert counts("measure", trade) == (1, 1, 1)  # one word of two: 2/3
    rose = after(lambda row: row["figures"][0].update(measure=span(FORUM, "rose to")))
    assert counts("measure", rose) == (0, 1, 1)
    # A figure with another value is still the same mention.
    both = after(lambda row: row["figures"][0].update(value=1))
    assert counts("measure", both) == (1, 1, 1)


def test_a_decision_needs_act_and_status() -> None:
    act = after(lambda row: row["decisions"][1].update(act="commit"))
    assert counts("decisions", act) == (4, 5, 5)
    assert counts("found", act) == (5, 5, 5)
    assert counts("objects", act) == (4, 5, 5)  # of the right decisions
    status = after(lambda row: row["decisions"][1].update(status="proposed"))
    assert counts("decisions", status) == (4, 5, 5)
    assert counts("decisions", status, "exact") == (5, 5, 5)


def test_a_decision_is_found_by_its_object_under_another_trigger() -> None:
    def trigger(words: str, **more: object) -> Row:
        return after(lambda row: row["decisions"][1].update(trigger=span(FORUM, words), **more))

    assert counts("decisions", trigger("establish")) == (5, 5, 5)
    assert counts("decisions", trigger("establish"), "exact") == (4, 5, 5)
    # "seed fund" has two of the three words of "a seed fund": 0.8; "fund" has one: 0.5, which is too few.
    assert counts("decisions", trigger("establish", object=span(FORUM, "seed fund"))) == (5, 5, 5)
    assert counts("decisions", trigger("establish", object=span(FORUM, "fund"))) == (4, 5, 5)
    assert counts("decisions", trigger("establish", act="commit")) == (4, 5, 5)
    assert counts("decisions", trigger("establish", object=None)) == (4, 5, 5)


def test_of_two_decisions_under_one_trigger_the_more_alike_is_taken() -> None:
    def change(row: Row) -> None:
        twin = {
            **row["decisions"][1],
            "id": "a3",
            "act": "fund",
            "object": span(FORUM, "to meet in May 2020"),
        }
        row["decisions"][1:2] = [{**twin, "id": "a2"}, {**row["decisions"][1], "id": "a3"}]
        for number, entry in enumerate(row["decisions"], 1):
            entry["id"] = f"a{number}"

    # Gold has one decision there; the twin comes first and is wrong.
    assert counts("decisions", after(change)) == (5, 5, 6)
    assert counts("objects", after(change)) == (5, 5, 6)


def test_objects_share_three_fifths_of_their_words() -> None:
    def with_object(words: str | None) -> Row:
        return after(lambda row: row["decisions"][0].update(object=words and span(FORUM, words)))

    assert counts("objects", with_object("the Protocol on Seed Banks")) == (5, 5, 5)  # 5 of 8 words: 10/13
    assert counts("objects", with_object("the Protocol on Seed")) == (5, 5, 5)  # 8/12
    assert counts("objects", with_object("the Protocol on")) == (4, 5, 5)  # 6/11
    assert counts("objects", with_object("the Protocol")) == (4, 5, 5)  # 4/10
    assert counts("objects", with_object(None)) == (4, 5, 5)
    nothing = after(lambda row: row["decisions"][2].update(object=span(FORUM, "in May 2020")))
    assert counts("objects", nothing) == (4, 5, 5)  # gold has none


def test_actors_pair_by_their_words() -> None:
    def with_actors(*actors: Row) -> Row:
        return after(lambda row: row["decisions"][0].update(actors=list(actors)))

    lusinde = actor(FORUM, "Paulo Lusinde", ["p2"])
    tanzania = actor(FORUM, "Tanzania", ["TZA"])
    assert counts("actors", with_actors(lusinde)) == (5, 5, 5)  # one of two: 2/3
    assert counts("actors", with_actors(tanzania)) == (4, 5, 5)
    assert counts("actors", with_actors(lusinde, tanzania)) == (5, 5, 5)  # 2/4
    assert counts("actors", with_actors(lusinde, tanzania, tanzania)) == (4, 5, 5)  # 2/5
    assert counts("actors", with_actors()) == (4, 5, 5)
    title = actor(FORUM, "Ministers Paulo Lusinde of Tanzania", ["p2"])
    assert counts("actors", with_actors(title)) == (5, 5, 5)  # 4/7
    assert counts("actor ids", with_actors(tanzania)) == (4, 5, 5)
    assert counts("actor ids", with_actors(title)) == (5, 5, 5)
    assert counts("actor ids", with_actors(actor(FORUM, "Paulo Lusinde", []))) == (4, 5, 5)


def test_ids_count_as_what_they_stand_for() -> None:
    def without_amupolo(row: Row) -> None:
        """The second person alone, who is then p1."""
        row["people"] = [{**row["people"][1], "id": "p1"}]
        row["decisions"][0]["actors"] = [actor(FORUM, "Paulo Lusinde", ["p1"])]
        row["decisions"][3]["actors"] = [actor(FORUM, "Amupolo", [], 2)]
        row["decisions"][4]["actors"] = [actor(FORUM, "She", ["p1"])]
        row["meeting"]["participants"] = ["p1"]

    row = after(without_amupolo)
    # Right: {p2} of {p2, p1}: 2/3, and the two of the Forum. Wrong: nobody, and the wrong person.
    assert counts("actor ids", row) == (3, 5, 5)
    assert counts("participants", row) == (1, 2, 1)
    assert counts("roles", row) == (1, 2, 1)


def test_an_id_stands_for_the_entry_it_shares_most_mentions_with() -> None:
    def merged(row: Row) -> None:
        """Both people as one: three mentions are Amupolo's, one is Lusinde's."""
        one, other = row["people"]
        mentions = sorted(one["mentions"] + other["mentions"], key=lambda m: m["start"])
        row["people"] = [{**one, "mentions": mentions, "roles": one["roles"] + other["roles"]}]
        row["decisions"][0]["actors"] = [actor(FORUM, "Paulo Lusinde", ["p1"])]
        row["meeting"]["participants"] = ["p1"]

    row = after(merged)
    assert counts("participants", row) == (1, 2, 1)
    assert counts("roles", row) == (1, 2, 2)  # Lusinde's is now said of Amupolo
    assert counts("links", row) == (6, 6, 9)  # four mentions make six pairs, three of them Amupolo's
    assert counts("people", row) == (4, 4, 4)


def test_what_stands_for_nothing_is_no_one() -> None:
    def invented(row: Row) -> None:
        row["people"][1].update(mentions=[span(FORUM, "Seed Banks")], name="Seed Banks")
        row["documents"][0]["mentions"] = [span(FORUM, "Protocol on")]

    row = after(invented)
    assert counts("participants", row) == (1, 2, 2)
    assert counts("people", row) == (3, 4, 4)
    assert counts("act documents", row) == (1, 2, 2)


def test_fields_of_decisions() -> None:
    def act(number: int, **values: object) -> Row:
        return after(lambda row: row["decisions"][number].update(values))

    assert counts("recipient", act(3, recipient=actor(FORUM, "African Seed Union", []))) == (1, 1, 1)
    assert counts("recipient", act(3, recipient=actor(FORUM, "the", [], 4))) == (0, 1, 1)
    assert counts("recipient", act(3, recipient=None)) == (0, 1, 0)
    assert counts("recipient", act(3, act="commit")) == (0, 1, 1)  # no right decision
    assert counts("act date", act(0, date="2019-03")) == (1, 2, 2)
    assert counts("act date", act(1, date="2020-05")) == (2, 2, 3)
    assert counts("act documents", act(0, documents=["d1", "d2"])) == (1, 2, 2)
    assert counts("act documents", act(0, documents=[])) == (1, 2, 1)


def test_roles_are_titles_with_what_they_belong_to() -> None:
    def role(**values: object) -> Row:
        return after(lambda row: row["people"][0]["roles"][0].update(values))

    assert counts("roles", role(title="The president", at=None)) == (2, 2, 2)
    assert counts("roles", role(title="Vice President")) == (1, 2, 2)
    assert counts("roles", role(state=None)) == (1, 2, 2)
    body = role(state=None, organization="Highland Forum")
    assert counts("roles", body) == (1, 2, 2)
    # Which body it is does not matter, nor do the bounds of its name.
    assert counts("roles", role(state=None, organization="African Seed Union"), gold=body) == (2, 2, 2)


def test_meeting_and_participants() -> None:
    def meeting(**values: object) -> Row:
        return after(lambda row: row["meeting"].update(values))

    assert counts("meeting", meeting(name="Forum")) == (3, 3, 3)  # 2/3
    assert counts("meeting", meeting(name="Windhoek talks")) == (2, 3, 3)
    assert counts("meeting", meeting(date="2019-03")) == (2, 3, 3)
    assert counts("meeting", meeting(place=None)) == (2, 3, 2)
    assert counts("meeting", after(lambda row: row.update(meeting=None))) == (0, 3, 0)
    assert counts("meeting", forum(), gold=after(lambda row: row.update(meeting=None))) == (0, 0, 3)
    assert counts("participants", meeting(participants=["p1", "o2", "NAM"])) == (1, 2, 3)


def test_pairs_are_one_to_one_and_the_best_first() -> None:
    gold = [Place(0, 10, "a"), Place(12, 20, "b")]
    predicted = [Place(0, 20, "x"), Place(0, 9, "y"), Place(0, 10, "z")]
    pairs = paired(gold, predicted, 0.3)
    assert [(gold[i].entry, predicted[j].entry) for i, j in pairs] == [("a", "z"), ("b", "x")]
    assert overlap(gold[0], gold[1]) == 0
    assert overlap(gold[0], predicted[1]) == 0.9


def test_measures() -> None:
    assert token_f1("The fund, the Fund", "the fund") == 2 * 2 / 6
    assert token_f1(None, "") == 1
    assert token_f1(None, "fund") == 0
    assert set_f1([], []) == 1
    assert set_f1("ab", "bc") == 0.5


def test_one_more_decision_is_one_too_many() -> None:
    def change(row: Row) -> None:
        row["decisions"].append(
            decision("a6", "urge", "proposed", span(FORUM, "amending"), row["decisions"][4]["evidence"])
        )

    result = score(forum(), after(change)).counts["decisions", "record"]
    assert (result.right, result.precision, result.recall) == (5, 5 / 6, 1)


def test_table_and_json_tell_the_same() -> None:
    result = score(rows(), forum())
    told = result.to_dict()
    assert told["missing"] == ["visits/ferry"]
    assert told["states.record"] == {"p": 1, "r": 1 / 3, "f1": 0.5, "gold": 6, "predicted": 2}
    lines = plain_table(result).splitlines()
    assert [line[:15].strip() for line in lines] == ["", *KINDS, *MORE, lines[-1][:15].strip()]
    assert lines[2].split() == ["states", "6", "2", *["1.00", "0.33", "0.50"] * 3]
    assert lines[-1] == f"mean record F1 of the seven kinds: {result.mean:.3f}"


SCORER = Path(__file__).resolve().parents[2] / "shared" / "score.py"


@pytest.mark.skipif(not SCORER.exists(), reason="the scorer of the format is not beside the checkout")
@pytest.mark.parametrize("seed", range(12))
def test_the_counts_are_those_of_the_scorer(tmp_path: Path, seed: int) -> None:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    # Many of each kind, so that every way to be wrong occurs.
    golds = [{**row, "id": f"{row['id']}-{n}"} for n in range(8) for row in rows()]
    worse = [spoiled(row, seed, (0, 0.1, 0.3, 0.7)[seed % 4]) for row in golds]
    for path, some in ((gold, golds), (predicted, worse[seed % 3 :])):
        path.write_text("".join(f"{dumps(row)}\n" for row in some), encoding="utf-8")

    def scorer(*options: str) -> str:
        command = [sys.executable, str(SCORER), str(gold), str(predicted), *options]
        return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout

    result = evaluate(read_records(gold), read_records(predicted))
    assert result.to_dict() == json.loads(scorer("--json"))
    table = [line for line in scorer().splitlines() if not line.startswith("not predicted")]
    assert plain_table(result).splitlines() == table
