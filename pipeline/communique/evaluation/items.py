"""The things of a record that are compared, as items to show: a value to read, a class to count under, a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from communique.evaluation.judgement import Item
from communique.evaluation.pairing import Place
from communique.records import Actor, Date, Decision, Document, Figure, Organization, Person, Record, Role, State

Entry = Person | State | Organization | Document | Date | Figure | Decision


def item_of(entry: Entry, start: int, end: int, rule: str | None) -> Item:
    """An entry at one of its places."""
    return Item(start, end, shown(entry), group(entry), rule)


def shown(entry: Entry) -> str:
    """What an entry was taken to mean."""
    if isinstance(entry, Person | Organization):
        return entry.name
    if isinstance(entry, State):
        return entry.id
    if isinstance(entry, Document):
        return f"{entry.type}: {entry.title}"
    if isinstance(entry, Date):
        return str(entry.value)
    if isinstance(entry, Figure):
        value = f"{entry.value}" if entry.upper is None else f"{entry.value} to {entry.upper}"
        return f"{value} {entry.unit}"
    return f"{entry.act}, {entry.status}"


def group(entry: Entry) -> str:
    """The class that an entry is counted under by value."""
    if isinstance(entry, State):
        return entry.id
    if isinstance(entry, Document):
        return entry.type
    if isinstance(entry, Figure):
        return entry.unit
    if isinstance(entry, Decision):
        return f"{entry.act}, {entry.status}"
    return _precision(entry.value) if isinstance(entry, Date) else ""


def _precision(value: str | None) -> str:
    """The form of a date: day, month, year, interval, duration and so on."""
    if value is None:
        return "unresolved"
    if value.startswith("P"):
        return "duration"
    if "/" in value:
        return "interval"
    if value.endswith("X"):
        return "decade or century"
    parts = value.split("-")
    if len(parts) == 2 and int(parts[1]) > 12:
        return "part of a year"
    return {1: "year", 2: "month", 3: "day"}.get(len(parts), "other")


def first_place(entry: Entry) -> tuple[int, int, str | None]:
    """Where an entry stands first, and the rule that found it."""
    if isinstance(entry, Date | Figure):
        return entry.mention.start, entry.mention.end, entry.rule
    mention = entry.trigger if isinstance(entry, Decision) else entry.mentions[0]
    return mention.start, mention.end, mention.rule


def role_shown(role: Role) -> str:
    """A role with what it belongs to."""
    belongs = role.state or role.organization
    return f"{role.title} ({belongs})" if belongs else role.title


def actors_shown(actors: Iterable[Actor], names: Mapping[str, str]) -> str:
    """Actors with whom they stand for."""
    told = (f"{a.text} = {', '.join(names.get(i, i) for i in a.ids)}" if a.ids else a.text for a in actors)
    return "; ".join(told)


def entry_names(record: Record) -> dict[str, str]:
    """What a reader calls each entry, by id: people and organizations by name, documents by title, states by code."""
    names = {person.id: person.name for person in record.people}
    names.update((organization.id, organization.name) for organization in record.organizations)
    names.update((document.id, document.title) for document in record.documents)
    return names


def places(entries: Iterable[Person | State | Organization | Document]) -> list[Place[Entry]]:
    """Entries at each of their mentions."""
    return [Place(mention.start, mention.end, entry) for entry in entries for mention in entry.mentions]


def rules_of(entries: Iterable[Person | State | Organization | Document]) -> list[str | None]:
    """The rules of the same mentions."""
    return [mention.rule for entry in entries for mention in entry.mentions]
