"""The models of what `communique link` writes: entities, and those kept apart."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from communique.records import (
    SCHEMA_DIALECT,
    DocumentStatus,
    DocumentType,
    Edtf,
    Listed,
    Model,
    Offset,
    StateCode,
    Words,
)

SCHEMA: Literal["communique-entities/1"] = "communique-entities/1"
AMBIGUOUS_SCHEMA: Literal["communique-ambiguous/1"] = "communique-ambiguous/1"

EntityId = Annotated[str, Field(pattern=r"^(person|organization|document):\S+$")]
Kind = Literal["person", "organization", "document"]
Reason = Literal["several candidates", "no further evidence", "name shared by many", "contradiction"]


class Name(Model):
    """A form of a name, and in how many texts it stands."""

    text: Words
    texts: int = Field(ge=1)


class Place(Model):
    """The characters of one mention."""

    start: Offset
    end: Offset
    text: str = Field(min_length=1)


class Sighting(Model):
    """One text's entry for the entity."""

    text: str = Field(min_length=1)
    """The id of the text's record."""
    date: Edtf | None
    """The day of the text: when it was published, else when its meeting was."""
    entry: str = Field(min_length=1)
    """The id of the entry in that record."""
    name: Words
    """The entry's name or title."""
    mentions: Listed[Place] = Field(min_length=1)


class Entity(Model):
    """What all entities have."""

    schema_: Literal["communique-entities/1"] = Field(alias="schema")
    id: EntityId
    """Made of what is told of the entity, not of a counter: see the documentation of its stability."""
    kind: Kind
    name: Words
    """The form that stands in most texts as an entry's name."""
    other_ids: Listed[EntityId]
    """Ids that parts of the evidence would have given it, so that an id from an earlier run leads here."""
    names: Listed[Name]
    """Every form of its name, the most frequent first."""


class Office(Model):
    """An office of a person, and the texts that give it."""

    title: Words
    state: StateCode | None
    organization: EntityId | None
    organization_name: Words | None
    """The body's name where the title is given; the id is null if it is no entry of that record."""
    first: Edtf | None
    """The day of the earliest text that gives the office; no claim about when it began."""
    last: Edtf | None
    """The day of the latest."""
    texts: int = Field(ge=1)


class PersonEntity(Entity):
    """A person across texts."""

    kind: Literal["person"]
    offices: Listed[Office]
    """By the day they are first given."""
    texts: Listed[Sighting] = Field(min_length=1)


class OrganizationEntity(Entity):
    """A body across texts."""

    kind: Literal["organization"]
    acronyms: Listed[Words]
    rule: str | None
    """The rule of a body that the rules know."""
    owner: str | None
    """The state (its code) or the body (its id) that it is an organ of, where names or texts tell."""
    texts: Listed[Sighting] = Field(min_length=1)


class Event(Model):
    """What a text says happened to a document."""

    status: DocumentStatus
    date: Edtf | None
    by: Literal["document", "decision", "text"]
    """Whether the document's entry, a decision about it, or the text alone gives the date."""
    text: str
    entry: str
    decisions: Listed[str]
    """The decisions of that text about it, by id."""


class DocumentEntity(Entity):
    """An instrument across texts."""

    kind: Literal["document"]
    type: DocumentType
    rule: str | None
    """The rule of a document that the rules know."""
    date: Edtf | None
    """When it was signed or adopted: the most exact that texts give, null if they contradict each other."""
    period: Edtf | None
    parties: Listed[str]
    """Codes of states and ids of organizations, of all texts."""
    history: Listed[Event]
    """What happened to it, in order of time; that it was only mentioned is none."""
    texts: Listed[Sighting] = Field(min_length=1)


AnyEntity = Annotated[PersonEntity | OrganizationEntity | DocumentEntity, Field(discriminator="kind")]
ENTITY: TypeAdapter[AnyEntity] = TypeAdapter(AnyEntity)


class Ambiguity(Model):
    """An entity that was kept apart from others it may be the same as."""

    schema_: Literal["communique-ambiguous/1"] = Field(alias="schema")
    id: EntityId
    kind: Kind
    name: Words
    reason: Reason
    candidates: Listed[EntityId]
    """The entities it may be the same as; none where the name is one that many have."""


def entity_schema() -> dict[str, Any]:
    """The JSON Schema of a line of `entities.jsonl`."""
    return {"$schema": SCHEMA_DIALECT, **ENTITY.json_schema(), "title": f"An entity ({SCHEMA})"}


def ambiguity_schema() -> dict[str, Any]:
    """The JSON Schema of a line of `ambiguous.jsonl`."""
    return {"$schema": SCHEMA_DIALECT, **Ambiguity.model_json_schema(), "title": f"An ambiguity ({AMBIGUOUS_SCHEMA})"}
