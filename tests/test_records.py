"""A record that breaks the contract can't be made."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from communique.codes import STATE_CODES
from communique.edtf import is_day, is_duration, is_edtf
from communique.records import Record
from made_up import FORUM, Row, forum, rows, ruled, span, visit


@pytest.mark.parametrize("row", [*rows(), *map(ruled, rows())], ids=lambda row: row["id"])
def test_a_record_goes_through_unchanged(row: Row) -> None:
    record = Record.model_validate(row)
    assert record.to_dict() == row
    assert record.to_json_line() == json.dumps(row, ensure_ascii=False)
    assert Record.model_validate_json(record.to_json_line()) == record


def test_keys_stand_in_the_order_of_the_contract() -> None:
    assert list(Record.model_validate(forum()).to_dict()) == [
        "schema",
        "id",
        "source",
        "text",
        "meeting",
        "people",
        "states",
        "organizations",
        "documents",
        "dates",
        "figures",
        "decisions",
    ]


def test_the_rule_comes_last_and_only_where_it_is_known() -> None:
    mention = Record.model_validate(ruled(forum())).to_dict()["people"][0]["mentions"][0]
    assert list(mention) == ["start", "end", "text", "rule"]
    assert "rule" not in Record.model_validate(forum()).to_json_line()


def test_a_record_is_frozen() -> None:
    record = Record.model_validate(forum())
    with pytest.raises(ValidationError):
        record.id = "other"


Change = Callable[[Row], object]


def changed(field: str, **values: object) -> Change:
    """Set keys of what a path like `people.0.mentions.1` leads to."""

    def change(row: Row) -> None:
        target: Any = row
        for step in field.split(".") if field else ():
            target = target[int(step)] if step.isdigit() else target[step]
        target.update(values)

    return change


WRONG: dict[str, tuple[Change, str]] = {
    "schema": (changed("", schema="communique/2"), "communique/1"),
    "unknown key": (changed("source", licence="none"), "Extra inputs"),
    "key left out": (lambda row: row["source"].pop("rights"), "Field required"),
    "empty id": (changed("", id=""), "at least 1 character"),
    "not a number": (changed("figures.0", value="3500000"), "figures.0.value"),
    "infinite": (changed("figures.0", value=float("inf")), "finite"),
    "offsets and words": (changed("people.0.mentions.0", text="Johanna"), "is not 'Johanna'"),
    "beyond the text": (changed("dates.0.mention", end=len(FORUM) + 1), "is not"),
    "backwards": (changed("dates.0.mention", start=9, end=3), "is not"),
    "negative": (changed("dates.0.mention", start=-5), "greater than or equal to 0"),
    "actor's offsets": (changed("decisions.0.actors.0", start=0), "is not 'Paulo Lusinde'"),
    "half an offset": (changed("decisions.0.actors.0", end=None), "is not 'Paulo Lusinde'"),
    "measure's offsets": (changed("figures.0", measure=span("Okavango trade", "trade")), "is not 'trade'"),
    "overlap": (changed("states.0", mentions=[span(FORUM, "Highland", 0)]), "mentions overlap"),
    "date in a title": (
        lambda row: row["dates"].insert(1, {"value": "2019/2021", "mention": span(FORUM, "2019–2021")}),
        "mentions overlap",
    ),
    "figure over a date": (changed("figures.1", mention=span(FORUM, "12 March")), "mentions overlap"),
    "person's number": (changed("people.0", id="p7"), "stands where p1 should"),
    "not in order": (lambda row: row["people"][0]["mentions"].reverse(), "not in the order of the text"),
    "dates not in order": (lambda row: row["dates"].reverse(), "not in the order of the text"),
    "state twice": (changed("states.1", id="NAM"), "listed twice"),
    "no such state": (changed("states.1", id="QQQ"), "no state's code"),
    "role's state": (changed("people.0.roles.0", state="QQQ"), "no state's code"),
    "role's body": (changed("people.0.roles.0", organization="Lowland Forum"), "not listed"),
    "no such participant": (changed("meeting", participants=["p3"]), "'p3' leads nowhere"),
    "state not named": (changed("meeting", participants=["KEN"]), "'KEN' leads nowhere"),
    "participant twice": (changed("meeting", participants=["p1", "p1"]), "stands twice"),
    "no such actor": (changed("decisions.0.actors.0", ids=["o9"]), "'o9' leads nowhere"),
    "document as actor": (changed("decisions.0.actors.0", ids=["d1"]), "'d1' leads nowhere"),
    "no such recipient": (changed("decisions.3.recipient", ids=["o9"]), "'o9' leads nowhere"),
    "no such document": (changed("decisions.0", documents=["d3"]), "'d3' leads nowhere"),
    "no such party": (changed("documents.0", parties=["QQQ"]), "'QQQ' leads nowhere"),
    "person as party": (changed("documents.0", parties=["p1"]), "'p1' leads nowhere"),
    "no date": (changed("dates.0", value="12 March 2019"), "neither an EDTF"),
    "duration as a document's date": (changed("documents.0", date="P3Y"), "no EDTF"),
    "act": (changed("decisions.0", act="ponder"), "Input should be 'sign'"),
    "status": (changed("decisions.0", status="mentioned"), "Input should be 'taken'"),
    "urge is proposed": (changed("decisions.3", status="taken"), "urge is always proposed"),
    "trigger elsewhere": (changed("decisions.0", trigger=span(FORUM, "met")), "not in the evidence"),
    "type": (changed("documents.0", type="letter"), "Input should be 'treaty'"),
    "modifier": (changed("figures.0", modifier="roughly"), "Input should be 'over'"),
    "white space": (changed("people.0", name="Johanna\nAmupolo"), "not folded"),
    "no mention": (changed("people.1", mentions=[]), "at least 1 item"),
    "sha256": (changed("source", sha256="9b1c…"), "match pattern"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_breaks_the_contract_is_refused(name: str) -> None:
    change, message = WRONG[name]
    row = forum()
    change(row)
    with pytest.raises(ValidationError, match=message.replace(".", r"\.")):
        Record.model_validate(row)


def test_what_the_contract_allows() -> None:
    row = forum()
    row["documents"][0]["parties"] = ["KEN", "o2"]  # a state inside the title has no mention of its own
    row["decisions"][4]["actors"] = [{"start": None, "end": None, "text": "Amupolo", "ids": ["p1"]}]
    row["figures"][0].update(value=3.5, mention=span(FORUM, "Tanzania and"))  # may hold a state's name
    row["figures"] = row["figures"][:1]
    row["dates"][1]["value"] = None
    assert Record.model_validate(row).to_dict() == row


def test_the_schema_is_the_one_in_docs(root: Path) -> None:
    path = root / "docs" / "record.schema.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept == Record.json_schema(), f"run: communique schema > {path.relative_to(root)}"


@pytest.mark.parametrize("row", [forum(), ruled(visit())], ids=["gold", "output"])
def test_records_fit_the_schema(row: Row) -> None:
    jsonschema.Draft202012Validator(Record.json_schema()).validate(row)


def test_the_schema_refuses(root: Path) -> None:
    row = forum()
    del row["source"]["url"]
    row["decisions"][0]["act"] = "ponder"
    errors = list(jsonschema.Draft202012Validator(Record.json_schema()).iter_errors(row))
    assert len(errors) == 2


DATES = """
    2024-05-17 2024-05 2024 202X 20XX 2024-21 2024-24 2024-33 2024-36 2024-40 2024-41 2024-02-29 0000-02-29
    2025/2027 ../2030 2025/.. 2024-05-17/2024-05-18 2024-05/2025 202X/203X 2024-33/2024-34 2024/2024-05
"""
NO_DATES = """
    2024-13 2024-00 2024-25 2024-32 2024-37 2024-42 2024-02-30 2023-02-29 2024-5 24 2024-5-17 20245 2027/2025
    ../.. /2024 2024/ 2024-21-01 2024? 2XXX 2024-1X 2024/2025/2026 2024-05-17T10:00 P5Y ٢٠٢٤
"""
DURATIONS = "P5Y P18M P2W P10D PT8H P1Y6M P1DT12H PT30M P2.5Y"
NO_DURATIONS = "P PT P5 5Y P5YT P-5Y P5M2Y PT5D p5y 2024"


@pytest.mark.parametrize("value", DATES.split())
def test_edtf(value: str) -> None:
    assert is_edtf(value)
    assert not is_duration(value)


@pytest.mark.parametrize("value", [*NO_DATES.split(), "", "2024 ", "2024\n"])
def test_no_edtf(value: str) -> None:
    assert not is_edtf(value)


def test_durations() -> None:
    assert [value for value in DURATIONS.split() if not is_duration(value)] == []
    assert [value for value in NO_DURATIONS.split() if is_duration(value)] == []


def test_days() -> None:
    assert is_day("2024-02-29")
    assert [value for value in ("2024-02-30", "2024-02", "2024", "202X") if is_day(value)] == []


@given(st.dates(), st.dates())
def test_every_day_is_a_date_and_two_in_order_an_interval(one: object, other: object) -> None:
    first, last = sorted((f"{one}", f"{other}"))
    assert is_edtf(first)
    assert is_edtf(f"{first}/{last}")
    assert first == last or not is_edtf(f"{last}/{first}")


@given(st.text(alphabet="0123456789-/X.PTYMWDH", max_size=14))
def test_any_string_is_answered(value: str) -> None:
    assert not (is_edtf(value) and is_duration(value))


def test_state_codes() -> None:
    assert {"KEN", "XKX", "TWN", "PSE", "VAT", "SUN", "YUG", "CSK", "DDR", "ZAR"} <= STATE_CODES
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in STATE_CODES)
    assert len(STATE_CODES) == 249 + 30 + 1
