"""Which documents of several texts are one, and what happened to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from linkable import World, document, record
from made_up import Row

BOTH = ["KEN", "UGA"]


def world(tmp_path: Path, *documents: Row, states: tuple[str, ...] = ("KEN", "UGA", "PER")) -> World:
    """Texts t1, t2 … a year apart, each with one of the documents."""
    rows = [record(f"t{n}", f"20{n:02}-03-01", documents=[what], states=states) for n, what in enumerate(documents, 1)]
    return World(rows, tmp_path)


def ferries(**more: Any) -> Row:
    return document("Treaty on Ferries", **{"parties": BOTH, **more})


def joint(**more: Any) -> Row:
    return document("Joint Declaration", "declaration", **more)


def resolution(title: str) -> Row:
    return document(title, "resolution")


ONE = {
    "the same parties": [ferries(), ferries()],
    "the same day": [ferries(date="2001-03-01", parties=[]), ferries(date="2001-03-01", parties=[])],
    "a year and none": [ferries(date="2001"), ferries()],
    "a year and a day of it": [ferries(date="2001"), ferries(date="2001-03-01")],
    "the year in the title": [
        document("1971 Treaty on Ferries", date="1971", parties=BOTH),
        document("Treaty on Ferries of 3 May 1971", date="1971-05-03", parties=BOTH),
    ],
    "an acronym in brackets": [document("Treaty on Ferries (TOF)", parties=BOTH), ferries()],
    "the parties in the title": [document("Treaty on Ferries between Kenya and Uganda"), ferries()],
    "words in another order": [document("Ferries Treaty", parties=BOTH), ferries()],
    "a place in the name": [document("Nairobi Treaty on Ferries"), document("Nairobi Treaty on Ferries")],
    "known names": [document("Paris Agreement", "agreement"), document("Paris Climate Accord", "agreement")],
    "a proposal in small letters": [document("treaty on ferries", status="proposed", parties=BOTH), ferries()],
    "numbers of the council": [
        resolution("UN Security Council Resolution 2254"),
        resolution("resolution 2254 (2015)"),
    ],
    "the day of a number": [
        document("Decree No. 71 of 3 May 2001", "law", date="2001-05-03"),
        document("Presidential Decree No. 71", "law", date="2001-05-03"),
    ],
    "a general title of one day and parties": [
        joint(date="2001-03-01", parties=BOTH),
        joint(date="2001-03-01", parties=BOTH),
    ],
    "the beginning of a title": [
        ferries(date="2001-03-01"),
        document("Treaty on Ferries on the Great Lakes", date="2001-03-01", parties=BOTH),
    ],
}
TWO = {
    "a title without anything else": [ferries(parties=[]), ferries(parties=[])],
    "other parties": [ferries(), ferries(parties=["KEN", "PER"])],
    "another year": [ferries(date="2001"), ferries(date="2002")],
    "another period": [ferries(period="2001/2003"), ferries(period="2004/2006")],
    "a period and none": [ferries(period="2001/2003"), ferries()],
    "one state in the title": [
        document("Agreement on Visits to Kenya", "agreement"),
        document("Agreement on Visits to Kenya", "agreement"),
    ],
    "statements of two years": [
        document("Statement of the ASEAN Chair", "statement"),
        document("Protocol", "protocol"),
        document("Statement of the ASEAN Chair", "statement"),
    ],
    "another kind": [ferries(), document("Protocol on Ferries", "protocol", parties=BOTH)],
    "a protocol to it": [ferries(), document("Protocol to the Treaty on Ferries", "protocol", parties=BOTH)],
    "a general title": [joint(), joint()],
    "a general title of the same parties": [joint(parties=BOTH), joint(parties=BOTH)],
    "numbers of two years": [
        document("Law No. 71", "law", date="2001-05-03"),
        document("Law No. 71", "law", date="2002-05-03"),
    ],
    "a number of no body": [document("Law No. 71", "law"), document("Law No. 71", "law")],
    "two memoranda of one day": [
        document("memorandum of understanding", "memorandum", date="2001-03-01", parties=BOTH),
        document("memorandum of understanding", "memorandum", date="2001-03-01", parties=BOTH),
    ],
}


@pytest.mark.parametrize("documents", ONE.values(), ids=ONE)
def test_one(documents: list[Row], tmp_path: Path) -> None:
    assert world(tmp_path, *documents).joined("document") == [["t1", "t2"]]


@pytest.mark.parametrize("documents", TWO.values(), ids=TWO)
def test_two(documents: list[Row], tmp_path: Path) -> None:
    assert world(tmp_path, *documents).joined("document") == []


def test_without_a_year_between_two_is_listed(tmp_path: Path) -> None:
    found = world(tmp_path, ferries(date="1971"), ferries(date="1995"), ferries())
    assert found.joined("document") == []
    [doubt] = found.doubts
    assert doubt.reason == "several candidates"
    assert set(doubt.candidates) == {found.document("t1").id, found.document("t2").id}


def test_history(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        ferries(status="terminated"),
        ferries(status="mentioned"),
        ferries(status="signed", date="1999-05-03", decisions=[("sign", "1999-05-03")]),
        ferries(status="amended", decisions=[("amend", "2000-07-01")]),
        document("treaty on ferries", status="proposed", parties=BOTH, date=None),
    )
    entity = found.document("t1")
    assert [(e.status, e.date, e.by, e.text, e.decisions) for e in entity.history] == [
        ("signed", "1999-05-03", "document", "t3", ("a1",)),
        ("amended", "2000-07-01", "decision", "t4", ("a1",)),
        ("terminated", "2001-03-01", "text", "t1", ()),
        ("proposed", "2005-03-01", "text", "t5", ()),
    ]
    assert (entity.date, entity.parties) == ("1999-05-03", ("KEN", "UGA"))
    assert len(entity.texts) == 5


def test_a_date_that_texts_contradict_is_null(tmp_path: Path) -> None:
    found = world(
        tmp_path,
        document("Paris Agreement", "agreement", date="2015"),
        document("Paris Agreement", "agreement", date="2016"),
    )
    assert found.document("t1").date is None


def test_parties_that_are_bodies_are_entities(tmp_path: Path) -> None:
    from linkable import body

    rows = [
        record(f"t{n}", bodies=[body("Harrow Lake Union")], documents=[ferries(parties=["KEN", "o1"])]) for n in (1, 2)
    ]
    found = World(rows, tmp_path)
    assert found.document("t1").parties == ("KEN", "organization:harrow-lake-union")
    assert found.joined("document") == [["t1", "t2"]]
