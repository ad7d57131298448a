"""Meetings: the name, day, place, state and participants of made-up openings.

Each case is a text and, behind `=>`, "name | date | place | state | participants"; `-` where there is none.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import communique

CASES = (Path(__file__).parent / "data" / "meetings.txt").read_text("utf-8").strip().split("\n====\n")


def told(record: communique.Record) -> str:
    meeting = record.meeting
    if meeting is None:
        return "none"
    names = {person.id: person.name for person in record.people}
    names |= {body.id: body.name for body in record.organizations}
    present = ", ".join(names.get(id_, id_) for id_ in meeting.participants)
    return " | ".join(v or "-" for v in (meeting.name, meeting.date, meeting.place, meeting.state, present))


@pytest.mark.parametrize("case", CASES)
def test_meeting(case: str) -> None:
    text, expected = case.rsplit("\n=> ", 1)
    assert told(communique.extract(text, published="2031-05-17")) == expected.strip()
