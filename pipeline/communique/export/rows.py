"""How a record becomes rows of the tables; the order of the values is that of the columns in `tables`."""

from __future__ import annotations

from collections.abc import Iterator

from communique.export.columns import Row, Value, edtf_values
from communique.export.item import Item
from communique.records import Actor, Document, Organization, Person, Record, Span, State

_KIND = {"p": "person", "o": "organization"}


def party_kind(id_: str) -> str:
    """Whether an id is a person's, an organization's or, in capitals, a state's."""
    return _KIND.get(id_[0], "state")


def texts(item: Item) -> Iterator[Row]:
    """The rows of `texts`."""
    record, source = item.record, item.record.source
    yield (
        record.id, item.split, source.path, source.url, source.rights, source.sha256, source.media_type,
        source.encoding, source.language, source.title, source.publisher, *edtf_values(source.published),
        len(record.text), item.text,
    )  # fmt: skip


def meetings(item: Item) -> Iterator[Row]:
    """The rows of `meetings`."""
    if (meeting := item.record.meeting) is not None:
        yield item.record.id, meeting.name, *edtf_values(meeting.date), meeting.place, meeting.state


def participants(item: Item) -> Iterator[Row]:
    """The rows of `participants`."""
    if (meeting := item.record.meeting) is not None:
        for position, id_ in enumerate(meeting.participants, 1):
            yield item.record.id, position, party_kind(id_), id_


def people(item: Item) -> Iterator[Row]:
    """The rows of `people`."""
    for person in item.record.people:
        yield item.record.id, person.id, person.name


def roles(item: Item) -> Iterator[Row]:
    """The rows of `roles`."""
    ids = {organization.name: organization.id for organization in reversed(item.record.organizations)}
    for person in item.record.people:
        for position, role in enumerate(person.roles, 1):
            body = role.organization
            named = body, ids[body] if body else None
            yield item.record.id, person.id, position, role.title, role.state, *named, *_span(role.at)


def states(item: Item) -> Iterator[Row]:
    """The rows of `states`."""
    for state in item.record.states:
        yield item.record.id, state.id, state.name


def organizations(item: Item) -> Iterator[Row]:
    """The rows of `organizations`."""
    for organization in item.record.organizations:
        yield item.record.id, organization.id, organization.name, organization.acronym


def documents(item: Item) -> Iterator[Row]:
    """The rows of `documents`."""
    for one in item.record.documents:
        dates = *edtf_values(one.date), *edtf_values(one.period)
        yield item.record.id, one.id, one.type, one.title, one.status, *dates


def document_parties(item: Item) -> Iterator[Row]:
    """The rows of `document_parties`."""
    for document in item.record.documents:
        for position, id_ in enumerate(document.parties, 1):
            yield item.record.id, document.id, position, party_kind(id_), id_


def dates(item: Item) -> Iterator[Row]:
    """The rows of `dates`."""
    for number, date in enumerate(item.record.dates, 1):
        yield item.record.id, f"t{number}", *edtf_values(date.value), *_span(date.mention), date.rule


def figures(item: Item) -> Iterator[Row]:
    """The rows of `figures`."""
    for number, one in enumerate(item.record.figures, 1):
        values = one.value, one.upper, one.unit, one.modifier
        yield item.record.id, f"f{number}", *values, *_span(one.measure), *_span(one.mention), one.rule


def decisions(item: Item) -> Iterator[Row]:
    """The rows of `decisions`."""
    for one in item.record.decisions:
        yield (
            item.record.id, one.id, one.act, one.status, *edtf_values(one.date), *_span(one.object),
            *_span(one.trigger), one.trigger.rule, one.evidence.start, one.evidence.end, item.evidence(one),
        )  # fmt: skip


def decision_actors(item: Item) -> Iterator[Row]:
    """The rows of `decision_actors`."""
    for decision in item.record.decisions:
        parts = [("actor", position, actor) for position, actor in enumerate(decision.actors, 1)]
        if decision.recipient is not None:
            parts.append(("recipient", 1, decision.recipient))
        words = ((part, position, actor, party) for part, position, actor in parts for party in _parties(actor))
        for row, (part, position, actor, party) in enumerate(words, 1):
            where = actor.start, actor.end, actor.text
            yield item.record.id, decision.id, row, part, position, *where, *party


def _parties(actor: Actor) -> list[tuple[str | None, str | None]]:
    return [(party_kind(id_), id_) for id_ in actor.ids] or [(None, None)]


def decision_documents(item: Item) -> Iterator[Row]:
    """The rows of `decision_documents`."""
    for decision in item.record.decisions:
        for id_ in decision.documents:
            yield item.record.id, decision.id, id_


def mentions(item: Item) -> Iterator[Row]:
    """The rows of `mentions`."""
    for position, (kind, id_, span, rule) in enumerate(all_mentions(item.record), 1):
        yield item.record.id, position, kind, id_, *_span(span), rule


def all_mentions(record: Record) -> list[tuple[str, str, Span, str | None]]:
    """Kind, id, words and rule of every mention, in the order of the text; of two at one place the longer first."""
    entries: tuple[tuple[str, Person | State | Organization | Document], ...] = (
        *(("person", one) for one in record.people),
        *(("state", one) for one in record.states),
        *(("organization", one) for one in record.organizations),
        *(("document", one) for one in record.documents),
    )
    found: list[tuple[str, str, Span, str | None]] = [
        (kind, entry.id, mention, mention.rule) for kind, entry in entries for mention in entry.mentions
    ]
    found += [("date", f"t{n}", date.mention, date.rule) for n, date in enumerate(record.dates, 1)]
    found += [("figure", f"f{n}", one.mention, one.rule) for n, one in enumerate(record.figures, 1)]
    found += [("decision", one.id, one.trigger, one.trigger.rule) for one in record.decisions]
    return sorted(found, key=lambda row: (row[2].start, -row[2].end))


def _span(span: Span | None) -> tuple[Value, Value, Value]:
    return (None, None, None) if span is None else (span.start, span.end, span.text)
