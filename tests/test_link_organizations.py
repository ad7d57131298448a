"""Which organizations of several texts are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkable import World, body, record
from made_up import Row


def world(tmp_path: Path, *bodies: Row | list[Row], states: tuple[str, ...] = ("KEN",)) -> World:
    """Texts t1, t2 … each with one of the bodies, or several of which the first counts."""
    rows = [
        record(f"t{n}", f"20{n:02}-03-01", bodies=what if isinstance(what, list) else [what], states=states)
        for n, what in enumerate(bodies, 1)
    ]
    return World(rows, tmp_path)


UNION = "Harrow Lake Union"
ONE: dict[str, list[Row | list[Row]]] = {
    "a name of its own": [body(UNION), body("HARROW LAKE UNION")],
    "known names": [body("United Nations"), body("UN", "UN")],
    "known organs": [body("UN Security Council"), body("Security Council of the United Nations")],
    "words in another order": [body("Ministry of Energy of Kenya"), body("Kenyan Energy Ministry")],
    "spelling": [body("Defence Ministry of Kenya"), body("Kenyan Ministry of Defense")],
    "the foreign ministry": [body("Foreign Ministry of Kenya"), body("Ministry of Foreign Affairs of Kenya")],
    "a state beside": [body("Ministry of Energy", before="Kenya's "), body("Ministry of Energy of Kenya")],
    "an organ of a union": [body(f"Secretariat of the {UNION}"), body(f"{UNION} Secretariat")],
    "an organ by its union's acronym": [
        [body("HLU Secretariat"), body(UNION, "HLU")],
        body(f"Secretariat of the {UNION}"),
    ],
    "an acronym that a text explains": [body(UNION, "HLU"), body("HLU", "HLU")],
    "a general name and its acronym": [body("Chamber of Experts", "COEX"), body("Chamber of Experts", "COEX")],
    "a short name beside a known acronym": [body("Alliance", "NATO"), body("NATO", "NATO")],
}
TWO: dict[str, list[Row | list[Row]]] = {
    "ministries of two states": [body("Ministry of Energy of Kenya"), body("Ministry of Energy of Uganda")],
    "a name of many": [body("Central Bank"), body("Central Bank")],
    "a ministry of no state": [body("Ministry of Okapis"), body("Ministry of Okapis")],
    "a residence that several states have": [body("State House"), body("State House")],
    "a short form": [body("Commission"), body("European Commission")],
    "organs of two bodies": [body("Secretariat of the Harrow Pact"), body(f"Secretariat of the {UNION}")],
    "a body and its organ": [body(UNION), body(f"Council of the {UNION}")],
    "one name, two acronyms": [body("Harrow Transit Board", "HTB"), body("Harrow Transit Board", "HATB")],
    "an acronym of two bodies": [body("Union of Narwhals", "UN"), body("UN", "UN")],
    "initials that a known body has too": [body("Islands Development Bank", "IDB"), body("IDB", "IDB")],
}


@pytest.mark.parametrize("bodies", ONE.values(), ids=ONE)
def test_one(bodies: list[Row | list[Row]], tmp_path: Path) -> None:
    found = world(tmp_path, *bodies)
    assert found.body("t1").id == found.body("t2").id


@pytest.mark.parametrize("bodies", TWO.values(), ids=TWO)
def test_two(bodies: list[Row | list[Row]], tmp_path: Path) -> None:
    found = world(tmp_path, *bodies)
    assert found.body("t1").id != found.body("t2").id


def test_what_is_told_of_a_body(tmp_path: Path) -> None:
    found = world(tmp_path, [body(f"Council of the {UNION}", "CHLU"), body(UNION)])
    council, union = found.of("t1", "o1"), found.of("t1", "o2")
    assert found.body("t1").owner == union.id
    assert found.body("t1").acronyms == ("CHLU",)
    assert council.id == "organization:council.harrow-lake-union"


def test_the_rule_that_knows_a_body(tmp_path: Path) -> None:
    entity = world(tmp_path, body("EU", "EU")).body("t1")
    assert (entity.id, entity.rule) == ("organization:european-union", "org.european-union")


def test_an_organ_of_the_publisher(tmp_path: Path) -> None:
    rows = [
        record("t1", bodies=[body("Security Council")], publisher="United Nations"),
        record("t2", bodies=[body("Security Council")]),
        record("t3", bodies=[body("UN Security Council")]),
    ]
    assert World(rows, tmp_path).joined("organization") == [["t1", "t3"]]


def test_an_acronym_with_two_readings_is_listed(tmp_path: Path) -> None:
    found = world(tmp_path, body("Harrow Lake Union", "HLU"), body("Hall of Lemur Users", "HLU"), body("HLU", "HLU"))
    [doubt] = found.doubts
    assert (doubt.name, doubt.reason) == ("HLU", "several candidates")
    assert set(doubt.candidates) == {found.body("t1").id, found.body("t2").id}


def test_a_short_acronym_needs_a_state_in_common(tmp_path: Path) -> None:
    rows = [
        record("t1", bodies=[body(UNION, "HLU")], states=("KEN",)),
        record("t2", bodies=[body("HLU", "HLU")], states=("PER",)),
    ]
    found = World(rows, tmp_path)
    assert found.joined("organization") == []
    assert found.doubted() == {"HLU": "no further evidence"}


def test_names_of_many_are_listed_when_they_stand_in_two_texts(tmp_path: Path) -> None:
    found = world(tmp_path, body("Central Bank"), body("Central Bank"), body("Senate"))
    assert found.doubted() == {"Central Bank": "name shared by many"}
    assert len(found.doubts) == 2
