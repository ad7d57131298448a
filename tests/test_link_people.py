"""Which people of several texts are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkable import World, body, person, record
from made_up import Row

PRESIDENT = ("President", "KEN", None)
MINISTER = ("Minister of Water", "KEN", None)
UNION = "Harrow Lake Union"


def world(tmp_path: Path, *people: Row, states: tuple[str, ...] = ()) -> World:
    """Texts t1, t2 … a year apart, each with one of the people."""
    rows = [record(f"t{n}", f"20{n:02}-03-01", [who], states=states) for n, who in enumerate(people, 1)]
    return World(rows, tmp_path)


ONE = {
    "the same office": [person("Miriam Okello", PRESIDENT), person("Miriam Okello", PRESIDENT)],
    "another office of the state": [person("Miriam Okello", MINISTER), person("Miriam Okello", PRESIDENT)],
    "capitals": [person("MIRIAM OKELLO", PRESIDENT), person("Miriam Okello", PRESIDENT)],
    "a middle name": [person("Miriam Okello", PRESIDENT), person("Miriam Akinyi Okello", MINISTER)],
    "a middle initial": [person("Miriam A. Okello", PRESIDENT), person("Miriam Akinyi Okello", PRESIDENT)],
    "an initial": [person("M. Okello", PRESIDENT), person("Miriam Okello", PRESIDENT)],
    "initials": [person("M.A. Okello", PRESIDENT), person("Miriam Akinyi Okello", PRESIDENT)],
    "a surname": [person("Okello", PRESIDENT), person("Miriam Okello", PRESIDENT)],
    "a surname that comes first": [
        person("Okello", PRESIDENT),
        person("Okello Miriam", PRESIDENT, forms=["Okello"]),
    ],
    "order": [person("Okello Miriam", PRESIDENT), person("Miriam Okello", PRESIDENT)],
    "titles in other words": [
        person("M. Okello", ("Minister of Foreign Affairs", "KEN", None)),
        person("Miriam Okello", ("Foreign Minister", "KEN", None)),
    ],
    "romanization": [person("Sergey Harovskiy", PRESIDENT), person("Sergei Kharovsky", PRESIDENT)],
    "marks": [person("Jānis Ozoliņš", PRESIDENT), person("Janis Ozolins", MINISTER)],
    "vowels of the given name": [person("Volodymyr Harov", PRESIDENT), person("Vladimir Harov", PRESIDENT)],
    "a particle": [person("Salim Al-Haddad", PRESIDENT), person("Salim el-Haddad", PRESIDENT)],
    "a pet form of a head of state": [person("Mike Okello", PRESIDENT), person("Michael Okello", PRESIDENT)],
    "no office": [person("Miriam Okello"), person("Miriam Okello", PRESIDENT)],
    "an office of which no state is told": [
        person("Okello", ("President", None, None)),
        person("Miriam Okello", PRESIDENT),
    ],
}
TWO = {
    "the surname alone is the same": [person("Miriam Okello", PRESIDENT), person("Daniel Okello", PRESIDENT)],
    "two initials": [person("M. Okello", PRESIDENT), person("Daniel Okello", PRESIDENT)],
    "a middle name that differs": [
        person("Miriam Akinyi Okello", PRESIDENT),
        person("Miriam Zawadi Okello", PRESIDENT),
    ],
    "two states": [person("Miriam Okello", PRESIDENT), person("Miriam Okello", ("President", "UGA", None))],
    "a surname and another office": [person("Okello", MINISTER), person("Miriam Okello", PRESIDENT)],
    "a surname without an office": [person("Okello"), person("Miriam Okello", PRESIDENT)],
    "a pet form where many hold the office": [
        person("Mike Okello", ("Ambassador", "KEN", None)),
        person("Michael Okello", ("Ambassador", "KEN", None)),
    ],
    "the beginning of another's name": [
        person("Miriam Akinyi", MINISTER),
        person("Miriam Akinyi Okello", PRESIDENT),
    ],
    "two kings": [person("Salim III", ("King", "KEN", None)), person("Salim IV", ("King", "KEN", None))],
}


@pytest.mark.parametrize("people", ONE.values(), ids=ONE)
def test_one(people: list[Row], tmp_path: Path) -> None:
    found = world(tmp_path, *people, states=("KEN",))
    assert found.joined("person") == [["t1", "t2"]]
    assert not found.doubts


@pytest.mark.parametrize("people", TWO.values(), ids=TWO)
def test_two(people: list[Row], tmp_path: Path) -> None:
    assert world(tmp_path, *people, states=("KEN",)).joined("person") == []


def test_offices_by_date(tmp_path: Path) -> None:
    found = world(tmp_path, person("Miriam Okello", MINISTER), person("Miriam Okello", MINISTER, PRESIDENT))
    assert [(o.title, o.state, o.first, o.last, o.texts) for o in found.person("t1").offices] == [
        ("Minister of Water", "KEN", "2001-03-01", "2002-03-01", 2),
        ("President", "KEN", "2002-03-01", "2002-03-01", 1),
    ]


def test_all_forms_of_a_name(tmp_path: Path) -> None:
    found = world(tmp_path, person("Miriam Okello", PRESIDENT, forms=["Okello"]), person("M. Okello", PRESIDENT))
    assert [(name.text, name.texts) for name in found.person("t1").names] == [
        ("Miriam Okello", 1),
        ("M. Okello", 1),
        ("Okello", 1),
    ]


@pytest.mark.parametrize(("states", "texts"), [(("KEN",), [["t1", "t2"]]), ((), [])])
def test_from_a_state_to_a_body(states: tuple[str, ...], texts: list[list[str]], tmp_path: Path) -> None:
    secretary = person("Miriam Okello", ("Secretary-General", None, UNION))
    rows = [
        record("t1", "2001-03-01", [person("Miriam Okello", PRESIDENT)]),
        record("t2", "2009-03-01", [secretary], [body(UNION)], states=states),
    ]
    found = World(rows, tmp_path)
    assert found.joined("person") == texts
    if texts:
        assert [o.organization for o in found.person("t1").offices] == [None, found.body("t2").id]
    else:
        assert found.doubted() == {"Miriam Okello": "no further evidence"}


@pytest.mark.parametrize("office", [PRESIDENT, MINISTER])
@pytest.mark.parametrize(("name", "years"), [("Miriam Okello", 108), ("M. Okello", 30)])
def test_not_after_a_lifetime(name: str, years: int, office: tuple[str, str, None], tmp_path: Path) -> None:
    rows = [
        record("t1", "1901-03-01", [person(name, PRESIDENT)]),
        record("t2", f"{1901 + years}-03-01", [person(name, office)]),
    ]
    assert World(rows, tmp_path).joined("person") == []


def test_a_form_of_two_names_is_listed(tmp_path: Path) -> None:
    found = world(
        tmp_path, person("M. Okello", PRESIDENT), person("Miriam Okello", PRESIDENT), person("Moses Okello", PRESIDENT)
    )
    assert found.joined("person") == []
    [doubt] = found.doubts
    assert (doubt.name, doubt.reason) == ("M. Okello", "several candidates")
    assert set(doubt.candidates) == {found.person("t2").id, found.person("t3").id}


def test_one_name_under_two_states_is_listed(tmp_path: Path) -> None:
    found = world(tmp_path, *TWO["two states"])
    assert [(d.reason, len(d.candidates)) for d in found.doubts] == [("contradiction", 1)] * 2


def test_a_surname_without_an_office_is_listed(tmp_path: Path) -> None:
    found = world(tmp_path, *TWO["a surname without an office"], states=("KEN",))
    assert found.doubted() == {"Okello": "no further evidence"}


def test_no_office_and_the_state_not_named(tmp_path: Path) -> None:
    rows = [
        record("t1", people=[person("Miriam Okello")], states=("PER",)),
        record("t2", people=[person("Miriam Okello", PRESIDENT)]),
    ]
    found = World(rows, tmp_path)
    assert found.joined("person") == []
    assert found.doubted() == {"Miriam Okello": "no further evidence"}


@pytest.mark.parametrize(("states", "texts"), [(("UGA",), [["t1", "t2"]]), ((), [])])
def test_no_office_in_either(states: tuple[str, ...], texts: list[list[str]], tmp_path: Path) -> None:
    found = world(tmp_path, person("Miriam Okello"), person("Miriam Okello"), states=states)
    assert found.joined("person") == texts


def test_two_people_of_one_text_stay_two(tmp_path: Path) -> None:
    rows = [
        record("t1", people=[person("Miriam Okello", PRESIDENT), person("M. Okello", PRESIDENT)]),
        record("t2", people=[person("Miriam Okello", PRESIDENT)]),
    ]
    found = World(rows, tmp_path)
    assert found.joined("person") == [["t1", "t2"]]
    assert found.doubted() == {"M. Okello": "contradiction"}
