"""The flat tables of a data set.

Every table has `text_id`. The ids of people, organizations, documents and decisions are those of the record, unique
within a text: tables are joined on `text_id` and the id. A state's id is its code.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.export import rows
from communique.export.columns import Column, Table, edtf, field
from communique.export.columns import Type as ColumnType
from communique.records import (
    Actor,
    Date,
    Decision,
    Document,
    Figure,
    Meeting,
    Mention,
    Organization,
    Person,
    Record,
    Role,
    Source,
    Span,
    State,
)

PARTY_KINDS = ("person", "state", "organization")
MENTION_KINDS = (*PARTY_KINDS, "document", "date", "figure", "decision")
TEXT_ID = field(Record, "id", "text_id", "The text's id. ", references="texts.text_id")
_OWN_TEXT_ID = field(Record, "id", "text_id", "The text's id. ")
_RULE = field(Mention, "rule")


def _span(prefix: str, what: str, nullable: bool = False, hidden: bool = False) -> tuple[Column, Column, Column]:
    """The columns of words of the text; `hidden` words are left out with the text."""
    left_out = "; null where the text is left out" if hidden else ""
    text = f"{what}: {_lower(Span, 'text')}{left_out}."
    return (
        Column(f"{prefix}_start", "integer", f"{what}: {_lower(Span, 'start')}.", nullable),
        Column(f"{prefix}_end", "integer", f"{what}: {_lower(Span, 'end')}.", nullable),
        Column(f"{prefix}_text", "string", text, nullable or hidden),
    )


def _lower(model: type[Span], name: str) -> str:
    description = field(model, name).description
    return description[0].lower() + description[1:].rstrip(".")


def _column(name: str, description: str, kind: ColumnType = "integer") -> Column:
    return Column(name, kind, description)


def _party(name: str = "party", nullable: bool = False) -> tuple[Column, Column]:
    none = "; null where the text does not tell" if nullable else ""
    return (
        Column(f"{name}_kind", "string", f"In which table `{name}_id` is found{none}.", nullable, PARTY_KINDS),
        Column(
            f"{name}_id",
            "string",
            "`people.person_id`, `organizations.organization_id` or a state's code, as "
            f"`{name}_kind` says, in the same text{none}.",
            nullable,
        ),
    )


TEXTS = Table(
    "texts",
    "The texts: one row each, also where the text itself is left out.",
    (
        _OWN_TEXT_ID,
        Column("split", "string", "The part of the data set the text falls into; null if it was not split.", True),
        *(field(Source, name) for name in ("path", "url", "rights", "sha256", "media_type", "encoding", "language")),
        field(Source, "title"),
        field(Source, "publisher"),
        *edtf(Source, "published"),
        _column("characters", "Length of the text in Unicode code points."),
        Column(
            "text",
            "string",
            f"{field(Record, 'text').description} Null where it is left out, because no right to pass it on is known.",
            True,
        ),
    ),
    ("text_id",),
    rows.texts,
)
MEETINGS = Table(
    "meetings",
    "The meeting, visit, call or joint statement that a text reports: at most one a text.",
    (TEXT_ID, field(Meeting, "name"), *edtf(Meeting, "date"), field(Meeting, "place"), field(Meeting, "state")),
    ("text_id",),
    rows.meetings,
)
PARTICIPANTS = Table(
    "participants",
    "Who took part in a meeting, or in whose name a statement is made: the person where the text names one, else the "
    "state, else the organization.",
    (TEXT_ID, _column("position", "Place in the record's list, from 1."), *_party("participant")),
    ("text_id", "participant_id"),
    rows.participants,
)
PEOPLE = Table(
    "people",
    "The people each text names.",
    (TEXT_ID, field(Person, "id", "person_id"), field(Person, "name")),
    ("text_id", "person_id"),
    rows.people,
)
ROLES = Table(
    "roles",
    "The offices that a text gives a person.",
    (
        TEXT_ID,
        field(Person, "id", "person_id", references="people.person_id"),
        _column("position", "Place in the person's list of offices, from 1."),
        field(Role, "title"),
        field(Role, "state"),
        field(Role, "organization"),
        Column(
            "organization_id",
            "string",
            "The id of the entry of organizations with the name in `organization`.",
            True,
            references="organizations.organization_id",
        ),
        *_span("at", "The words that say it", nullable=True),
    ),
    ("text_id", "person_id", "position"),
    rows.roles,
)
STATES = Table(
    "states",
    "The states each text names.",
    (TEXT_ID, field(State, "id", "state_id"), field(State, "name")),
    ("text_id", "state_id"),
    rows.states,
)
ORGANIZATIONS = Table(
    "organizations",
    "The bodies each text names.",
    (
        TEXT_ID,
        field(Organization, "id", "organization_id"),
        field(Organization, "name"),
        field(Organization, "acronym"),
    ),
    ("text_id", "organization_id"),
    rows.organizations,
)
DOCUMENTS = Table(
    "documents",
    "The instruments each text names, and what the text says happened to them.",
    (
        TEXT_ID,
        field(Document, "id", "document_id"),
        *(field(Document, name) for name in ("type", "title", "status")),
        *edtf(Document, "date"),
        *edtf(Document, "period"),
    ),
    ("text_id", "document_id"),
    rows.documents,
)
DOCUMENT_PARTIES = Table(
    "document_parties",
    "Between whom a document is, or who signed or adopted it.",
    (
        TEXT_ID,
        field(Document, "id", "document_id", references="documents.document_id"),
        _column("position", "Place in the document's list of parties, from 1."),
        *_party(),
    ),
    ("text_id", "document_id", "party_id"),
    rows.document_parties,
)
DATES = Table(
    "dates",
    "Calendar expressions and durations.",
    (
        TEXT_ID,
        _column("date_id", "`t1`, `t2` … in the order of the text; made for this table, records have none.", "string"),
        *edtf(Date, "value"),
        *_span("mention", "The words that say it"),
        _RULE,
    ),
    ("text_id", "date_id"),
    rows.dates,
)
FIGURES = Table(
    "figures",
    "Numbers with their units or currencies.",
    (
        TEXT_ID,
        _column(
            "figure_id", "`f1`, `f2` … in the order of the text; made for this table, records have none.", "string"
        ),
        *(field(Figure, name) for name in ("value", "upper", "unit", "modifier")),
        *_span("measure", "The words that say what is measured", nullable=True),
        *_span("mention", "The words that say it"),
        _RULE,
    ),
    ("text_id", "figure_id"),
    rows.figures,
)
DECISIONS = Table(
    "decisions",
    "What was decided, done or proposed.",
    (
        TEXT_ID,
        field(Decision, "id", "decision_id"),
        field(Decision, "act"),
        field(Decision, "status"),
        *edtf(Decision, "date"),
        *_span("object", "What was decided", nullable=True),
        *_span("trigger", "The verb that says the act"),
        _RULE,
        *_span("evidence", "The sentence", hidden=True),
    ),
    ("text_id", "decision_id"),
    rows.decisions,
)
DECISION_ACTORS = Table(
    "decision_actors",
    "Who decided and who is addressed: a row for each person, state or organization that the words stand for, and one "
    "without where the text does not tell for whom they do.",
    (
        TEXT_ID,
        field(Decision, "id", "decision_id", references="decisions.decision_id"),
        _column("row", "Number of the row within the decision, from 1."),
        Column("part", "string", "Whether it acts or receives.", values=("actor", "recipient")),
        _column("position", "Place of the words in the decision's list of actors, from 1; 1 for the recipient."),
        *(field(Actor, name, f"actor_{name}") for name in ("start", "end", "text")),
        *_party(nullable=True),
    ),
    ("text_id", "decision_id", "row"),
    rows.decision_actors,
)
DECISION_DOCUMENTS = Table(
    "decision_documents",
    "The documents that a decision's object names.",
    (
        TEXT_ID,
        field(Decision, "id", "decision_id", references="decisions.decision_id"),
        field(Document, "id", "document_id", references="documents.document_id"),
    ),
    ("text_id", "decision_id", "document_id"),
    rows.decision_documents,
)
MENTIONS = Table(
    "mentions",
    "Every place of a text that names or says something, in the order of the text.",
    (
        TEXT_ID,
        _column("position", "Number of the mention in its text, from 1."),
        Column("kind", "string", "What is mentioned; in which table `entry_id` is found.", values=MENTION_KINDS),
        Column(
            "entry_id",
            "string",
            "`person_id`, `state_id`, `organization_id`, `document_id`, `date_id`, `figure_id` or `decision_id` in the "
            "table of the kind.",
        ),
        *_span("mention", "The mention"),
        _RULE,
    ),
    ("text_id", "position"),
    rows.mentions,
)

TABLES = (
    TEXTS, MEETINGS, PARTICIPANTS, PEOPLE, ROLES, STATES, ORGANIZATIONS, DOCUMENTS, DOCUMENT_PARTIES, DATES, FIGURES,
    DECISIONS, DECISION_ACTORS, DECISION_DOCUMENTS, MENTIONS,
)  # fmt: skip


def references() -> Iterator[tuple[str, str, str, str]]:
    """Table and column that lead, with `text_id`, to a table and column."""
    for table in TABLES:
        for column in table.columns:
            if column.references:
                target, _, name = column.references.partition(".")
                yield table.name, column.name, target, name
