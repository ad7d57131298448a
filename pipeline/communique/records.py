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

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, serialize_by_alias=True, use_attribute_docstrings=True
    )


class Span(Model):
    """Words of the text: `text[start:end]`."""

    start: Offset
    """Where the words start, in Unicode code points from the start of the text."""
    end: Offset
    """Where the words end: the offset of the first code point after them."""
    text: str = Field(min_length=1)
    """The words as printed."""


class Mention(Span):
    """Words that name an entry, or a trigger."""

    rule: RuleId = None
    """The id of the rule that found it; in gold files none."""


class Actor(Model):
    """Who did something or is addressed, as printed; no offsets where the words stand in another sentence."""

    start: Offset | None
    """Where the words start, in Unicode code points; null where they stand in another sentence."""
    end: Offset | None
    """Where the words end: the offset of the first code point after them."""
    text: str = Field(min_length=1)
    """The words as printed."""
    ids: Listed[str]
    """The people, states and organizations that the words name or stand for."""


class Source(Model):
    """Where the text came from."""

    path: str | None
    """The path below the folder given; null for standard input."""
    url: str | None
    """Where the text was published."""
    rights: str | None
    """Under what terms the text may be used, as its source tells: a licence or a statement."""
    sha256: str | None = Field(pattern="^[0-9a-f]{64}$")
    """SHA-256 of the file's bytes, in hexadecimal."""
    media_type: str | None
    """The file's media type (IANA)."""
    encoding: str | None
    """The character encoding the file was decoded from."""
    language: str | None
    """The language of the text (BCP 47)."""
    title: Words | None
    """The heading of the text."""
    publisher: Words | None
    """Who published the text."""
    published: Edtf | None
    """The text's own date, against which relative dates are resolved."""


class Meeting(Model):
    """The meeting, visit, call or joint statement that the text reports."""

    name: Words | None
    """The body or event as printed; null for a statement without a meeting."""
    date: Edtf | None
    """When it was held; a span of days is an interval."""
    place: Words | None
    """The town or venue as printed."""
    state: StateCode | None
    """The state the place is in, only where the text names it."""
    participants: Listed[str]
    """Who took part, by id: the person where the text names one, else the state, else the organization."""


class Role(Model):
    """An office, and the state or body it belongs to."""

    title: Words
    """The office as printed, without the state or body it belongs to."""
    state: StateCode | None
    """The state the office belongs to, where the text says so."""
    organization: Words | None
    """The name of an entry of organizations."""
    at: Span | None
    """The words that say it."""


class Person(Model):
    """A person and every mention by name."""

    id: str
    """`p1`, `p2` … in the order of first mention in the text."""
    name: Words
    """The fullest form in the text."""
    roles: Listed[Role]
    """The offices that the text gives the person."""
    mentions: Listed[Mention] = Field(min_length=1)
    """Where the text names the person, in its order."""


class State(Model):
    """A state and every mention of it, adjectives included."""

    id: StateCode
    """ISO 3166-1 alpha-3, XKX for Kosovo, or ISO 3166-3 for a state that is no more."""
    name: Words
    """The short English name."""
    mentions: Listed[Mention] = Field(min_length=1)
    """Where the text names the state, in its order."""


class Organization(Model):
    """A body and every mention of it, acronyms included."""

    id: str
    """`o1`, `o2` … in the order of first mention in the text."""
    name: Words
    """The fullest form in the text."""
    acronym: Words | None
    """Its acronym; null if the text does not use one."""
    mentions: Listed[Mention] = Field(min_length=1)
    """Where the text names the body, in its order."""


class Document(Model):
    """An instrument and what the text says happened to it."""

    id: str
    """`d1`, `d2` … in the order of first mention in the text."""
    type: DocumentType
    """The kind of instrument."""
    title: Words
    """The name as printed, without quotation marks around it."""
    status: DocumentStatus
    """What this text says happened to it."""
    date: Edtf | None
    """When it was signed or adopted."""
    period: Edtf | None
    """The years it is in force for."""
    parties: Listed[str]
    """Between whom it is, or who signed or adopted it: codes of states and ids of organizations."""
    mentions: Listed[Mention] = Field(min_length=1)
    """Where the text names the document, in its order."""


class Date(Model):
    """A calendar expression or a duration."""

    value: EdtfOrDuration | None
    """EDTF (ISO 8601-2) or an ISO 8601 duration; null where the words can't be resolved."""
    mention: Span
    """The words that say it."""
    rule: RuleId = None
    """The id of the rule that found it; in gold files none."""


class Figure(Model):
    """A number with its unit or currency."""

    value: Number
    """Words and scale worked out; the lower end of a range."""
    upper: Number | None
    """The upper end of a range."""
    unit: Words
    """ISO 4217 for money, a symbol for measures, else what is counted, in the singular."""
    modifier: Modifier | None
    """Whether the number is a lower bound (over), an upper bound (under) or an approximation (about)."""
    measure: Span | None
    """The words in the same sentence that say what is measured."""
    mention: Span
    """The words that say it: the number and its unit."""
    rule: RuleId = None
    """The id of the rule that found it; in gold files none."""


class Decision(Model):
    """An act of the meeting: who decided or proposed what."""

    id: str
    """`a1`, `a2` … in the order of the text."""
    act: Act
    """What was decided or done, not the verb that frames it."""
    status: DecisionStatus
    """Whether it was done, decided or agreed (taken), or only proposed, called for or considered."""
    actors: Listed[Actor]
    """Who did it; none in a passive without an agent."""
    object: Span | None
    """What was decided."""
    recipient: Actor | None
    """Who receives or is addressed."""
    documents: Listed[str]
    """The documents that the object names, by id."""
    date: Edtf | None
    """When the act was done; for `schedule`, when it will be."""
    trigger: Mention
    """The verb that says the act."""
    evidence: Span
    """The sentence."""


class Record(Model):
    """One text and everything that was read from it."""

    schema_: Literal["communique/1"] = Field(alias="schema")
    """The version of this format."""
    id: str = Field(min_length=1)
    """Unique in a run: the path of the text below the folder given, without its suffix."""
    source: Source
    """Where the text came from."""
    text: str
    """The decoded source as it was read; offsets count its code points."""
    meeting: Meeting | None
    """The meeting, visit, call or joint statement that the text reports; null if none."""
    people: Listed[Person]
    """The people the text names."""
    states: Listed[State]
    """The states the text names."""
    organizations: Listed[Organization]
    """The bodies the text names."""
    documents: Listed[Document]
    """The instruments the text names."""
    dates: Listed[Date]
    """Calendar expressions and durations."""
    figures: Listed[Figure]
    """Numbers with their units or currencies."""
    decisions: Listed[Decision]
    """What was decided, done or proposed at the meeting."""

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
