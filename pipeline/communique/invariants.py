"""What must hold across the fields of a record; `records` checks it whenever one is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from communique.codes import STATE_CODES

if TYPE_CHECKING:
    from communique.records import Actor, Decision, Document, Organization, Person, Record, Span, State

    Named: TypeAlias = Person | State | Organization | Document
    Numbered: TypeAlias = Person | Organization | Document | Decision


def problems(record: Record) -> Iterator[str]:
    """What breaks the contract across fields, first things first."""
    yield from _wrong_offsets(record)
    yield from _overlaps(record)
    yield from _wrong_ids(record)
    yield from _lost_references(record)
    yield from _wrong_decisions(record)


def _entries(record: Record) -> Iterator[Named]:
    yield from record.people
    yield from record.states
    yield from record.organizations
    yield from record.documents


def _spans(record: Record) -> Iterator[Span | Actor | None]:
    """Everything in a record that has offsets."""
    for entry in _entries(record):
        yield from entry.mentions
    for person in record.people:
        for role in person.roles:
            yield role.at
    for date in record.dates:
        yield date.mention
    for figure in record.figures:
        yield figure.mention
        yield figure.measure
    for decision in record.decisions:
        yield decision.trigger
        yield decision.evidence
        yield decision.object
        yield decision.recipient
        yield from decision.actors


def _wrong_offsets(record: Record) -> Iterator[str]:
    text = record.text
    for span in _spans(record):
        if span is None or (span.start is None and span.end is None):
            continue
        start, end = span.start, span.end
        if start is None or end is None or end > len(text) or text[start:end] != span.text:
            yield f"text[{start}:{end}] is not {span.text!r}"


def _overlaps(record: Record) -> Iterator[str]:
    named = [mention for entry in _entries(record) for mention in entry.mentions]
    dates = [date.mention for date in record.dates]
    figures = [figure.mention for figure in record.figures]
    titled = [mention for organization in record.organizations for mention in organization.mentions]
    titled += [mention for document in record.documents for mention in document.mentions]
    for spans in (named, [*titled, *dates], [*titled, *figures], [*dates, *figures]):
        yield from _not_flat(spans)


def _not_flat(spans: Iterable[Span]) -> Iterator[str]:
    ordered = sorted(spans, key=lambda span: span.start)
    for one, other in pairwise(ordered):
        if other.start < one.end:
            yield f"mentions overlap: {one.text!r} at {one.start} and {other.text!r} at {other.start}"


def _wrong_ids(record: Record) -> Iterator[str]:
    """Entries are numbered, and everything else listed, in the order of the text."""
    numbered: tuple[tuple[str, Iterable[Numbered]], ...] = (
        ("p", record.people),
        ("o", record.organizations),
        ("d", record.documents),
        ("a", record.decisions),
    )
    for prefix, entries in numbered:
        for number, entry in enumerate(entries, 1):
            if entry.id != f"{prefix}{number}":
                yield f"id {entry.id!r} stands where {prefix}{number} should"
    codes = [state.id for state in record.states]
    yield from (f"state {code} is listed twice" for code in sorted(set(codes)) if codes.count(code) > 1)
    for named in _entries(record):
        if not _ascend(mention.start for mention in named.mentions):
            yield f"the mentions of {named.id} are not in the order of the text"
    for what, starts in (
        ("people", [entry.mentions[0].start for entry in record.people]),
        ("organizations", [entry.mentions[0].start for entry in record.organizations]),
        ("documents", [entry.mentions[0].start for entry in record.documents]),
        ("dates", [date.mention.start for date in record.dates]),
        ("figures", [figure.mention.start for figure in record.figures]),
        ("decisions", [decision.trigger.start for decision in record.decisions]),
    ):
        if not _ascend(starts):
            yield f"{what} are not in the order of the text"


def _ascend(starts: Iterable[int]) -> bool:
    last = -1
    for start in starts:
        if start < last:
            return False
        last = start
    return True


def _lost_references(record: Record) -> Iterator[str]:
    people = {person.id for person in record.people}
    states = {state.id for state in record.states}
    organizations = {organization.id for organization in record.organizations}
    documents = {document.id for document in record.documents}
    parties = people | states | organizations
    references = [("documents", document.parties, organizations | STATE_CODES) for document in record.documents]
    if record.meeting:
        references.append(("meeting", record.meeting.participants, parties))
    for decision in record.decisions:
        references.append((decision.id, decision.documents, documents))
        addressed = (decision.recipient,) if decision.recipient else ()
        references += [(decision.id, actor.ids, parties) for actor in (*decision.actors, *addressed)]
    for where, ids, known in references:
        if len(set(ids)) < len(ids):
            yield f"{where}: an id stands twice in {list(ids)}"
        yield from (f"{where}: id {id_!r} leads nowhere" for id_ in ids if id_ not in known)
    names = {organization.name for organization in record.organizations}
    for person in record.people:
        for role in person.roles:
            if role.organization is not None and role.organization not in names:
                yield f"{person.id}: organization {role.organization!r} is not listed"


def _wrong_decisions(record: Record) -> Iterator[str]:
    for decision in record.decisions:
        trigger, evidence = decision.trigger, decision.evidence
        if not evidence.start <= trigger.start < trigger.end <= evidence.end:
            yield f"{decision.id}: the trigger {trigger.text!r} is not in the evidence"
        if decision.act == "urge" and decision.status != "proposed":
            yield f"{decision.id}: urge is always proposed"
