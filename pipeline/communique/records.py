"""The models of a record: what the format promises, checked.

A `Record` is built with `Record.model_validate` and frozen. It can't exist with an offset that does not give
its text, overlapping mentions, an id that leads nowhere, a date that is no EDTF or a code that is no state's.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, StringConstraints, model_validator

from communique.codes import STATE_CODES
from communique.edtf import is_duration, is_edtf
from communique.invariants import problems

SCHEMA: Literal["communique/1"] = "communique/1"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

DocumentType = Literal[
    "treaty",
    "agreement",
    "convention",
    "protocol",
    "memorandum",
    "charter",
    "declaration",
    "statement",
    "communique",
    "programme",
    "plan",
    "strategy",
    "concept",
    "decision",
    "resolution",
    "law",
    "report",
    "other",
]
DocumentStatus = Literal["signed", "adopted", "proposed", "amended", "terminated", "mentioned"]
Modifier = Literal["over", "under", "about"]
Act = Literal[
    "sign",
    "adopt",
    "establish",
    "terminate",
    "amend",
    "appoint",
    "award",
    "admit",
    "instruct",
    "fund",
    "schedule",
    "commit",
    "urge",
]
DecisionStatus = Literal["taken", "proposed"]


def _edtf(value: str) -> str:
    if not is_edtf(value):
        raise ValueError(f"{value!r} is no EDTF date or interval")
    return value


def _edtf_or_duration(value: str) -> str:
    if not is_edtf(value) and not is_duration(value):
        raise ValueError(f"{value!r} is neither an EDTF date or interval nor an ISO 8601 duration")
    return value


def _code(value: str) -> str:
    if value not in STATE_CODES:
        raise ValueError(f"{value!r} is no state's code")
    return value


def _folded(value: str) -> str:
    if value != " ".join(value.split()):
        raise ValueError(f"{value!r} has white space that is not folded")
    return value


Edtf = Annotated[str, AfterValidator(_edtf)]
EdtfOrDuration = Annotated[str, AfterValidator(_edtf_or_duration)]
StateCode = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$"), AfterValidator(_code)]
Words = Annotated[str, Field(min_length=1), AfterValidator(_folded)]
Offset = Annotated[int, Field(ge=0)]
T = TypeVar("T")
# A JSON list, kept as a tuple.
Listed = Annotated[tuple[T, ...], Strict(False)]
Number = int | Annotated[float, Field(allow_inf_nan=False)]
# The id of the rule that found something: in the pipeline's output always, in gold files never.
RuleId = Annotated[str | None, Field(min_length=1, exclude_if=lambda rule: rule is None)]


class Model(BaseModel):
    """What all models share: no unknown keys, no changes, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, serialize_by_alias=True)


class Span(Model):
    """Words of the text: `text[start:end]`."""

    start: Offset
    end: Offset
    text: str = Field(min_length=1)


class Mention(Span):
    """Words that name an entry, or a trigger."""

    rule: RuleId = None


class Actor(Model):
    """Who did something or is addressed, and the people, states and organizations the words stand for."""

    start: Offset | None
    end: Offset | None
    text: str = Field(min_length=1)
    ids: Listed[str]


class Source(Model):
    """Where the text came from."""

    path: str | None
    url: str | None
    rights: str | None
    sha256: str | None = Field(pattern="^[0-9a-f]{64}$")
    media_type: str | None
    encoding: str | None
    language: str | None
    title: Words | None
    publisher: Words | None
    published: Edtf | None


class Meeting(Model):
    """The meeting, visit, call or joint statement that the text reports."""

    name: Words | None
    date: Edtf | None
    place: Words | None
    state: StateCode | None
    participants: Listed[str]


class Role(Model):
    """An office, and the state or body it belongs to."""

    title: Words
    state: StateCode | None
    organization: Words | None
    at: Span | None


class Person(Model):
    """A person and every mention by name."""

    id: str
    name: Words
    roles: Listed[Role]
    mentions: Listed[Mention] = Field(min_length=1)


class State(Model):
    """A state and every mention of it, adjectives included."""

    id: StateCode
    name: Words
    mentions: Listed[Mention] = Field(min_length=1)


class Organization(Model):
    """A body and every mention of it, acronyms included."""

    id: str
    name: Words
    acronym: Words | None
    mentions: Listed[Mention] = Field(min_length=1)


class Document(Model):
    """An instrument and what the text says happened to it."""

    id: str
    type: DocumentType
    title: Words
    status: DocumentStatus
    date: Edtf | None
    period: Edtf | None
    parties: Listed[str]
    mentions: Listed[Mention] = Field(min_length=1)


class Date(Model):
    """A calendar expression or a duration."""

    value: EdtfOrDuration | None
    mention: Span
    rule: RuleId = None


class Figure(Model):
    """A number with its unit or currency."""

    value: Number
    upper: Number | None
    unit: Words
    modifier: Modifier | None
    measure: Span | None
    mention: Span
    rule: RuleId = None


class Decision(Model):
    """An act of the meeting: who decided or proposed what."""

    id: str
    act: Act
    status: DecisionStatus
    actors: Listed[Actor]
    object: Span | None
    recipient: Actor | None
    documents: Listed[str]
    date: Edtf | None
    trigger: Mention
    evidence: Span


class Record(Model):
    """One text and everything that was read from it."""

    schema_: Literal["communique/1"] = Field(alias="schema")
    id: str = Field(min_length=1)
    source: Source
    text: str
    meeting: Meeting | None
    people: Listed[Person]
    states: Listed[State]
    organizations: Listed[Organization]
    documents: Listed[Document]
    dates: Listed[Date]
    figures: Listed[Figure]
    decisions: Listed[Decision]

    @model_validator(mode="after")
    def _check(self) -> Self:
        for problem in problems(self):
            raise ValueError(problem)
        return self

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, keys in the order of the contract."""
        return self.model_dump(mode="json")

    def to_json_line(self) -> str:
        """The record as one line of JSON, without the line end; the same record gives the same characters."""
        return dumps(self.to_dict())

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of a record."""
        return {"$schema": SCHEMA_DIALECT, **cls.model_json_schema(), "title": f"A record ({SCHEMA})"}


def dumps(row: Any) -> str:
    """JSON as it is written everywhere: on one line, characters as they are."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False)
