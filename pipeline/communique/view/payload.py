"""A record as the page reads it: offsets alone instead of words that the text holds, counted as JavaScript counts.

JavaScript's strings are UTF-16, in which characters beyond U+FFFF count twice; a record's offsets count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from communique.records import Actor, Decision, Document, Figure, Mention, Number, Person, Record, Span
from communique.sentences import sentence_spans

LARGEST = 2**53 - 1
"""The largest whole number that JavaScript holds; a larger one is given as a string."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")

Row = dict[str, Any]
Place = tuple[int, int]


class Offsets:
    """Code points to UTF-16 code units of one text."""

    def __init__(self, text: str) -> None:
        self._twice = [found.start() for found in _BEYOND.finditer(text)]

    def __call__(self, offset: int) -> int:
        if not self._twice:
            return offset
        return offset + bisect_left(self._twice, offset)


def head(record: Record) -> Row:
    """What the list of texts shows before the text is read."""
    return {
        "id": record.id,
        "title": record.source.title,
        "publisher": record.source.publisher,
        "published": record.source.published,
        "size": len(record.text),
    }


def payload(record: Record) -> Row:
    """Everything about a text, plain data in the order of the record."""
    p = _Places(record.text)
    meeting = record.meeting
    return {
        "id": record.id,
        "source": record.source.model_dump(mode="json"),
        "text": record.text,
        "sentences": [p.offset(at) for span in sentence_spans(record.text) for at in span],
        "meeting": None if meeting is None else meeting.model_dump(mode="json"),
        "people": [p.person(person) for person in record.people],
        "states": [{"id": s.id, "name": s.name, "mentions": p.mentions(s.mentions)} for s in record.states],
        "organizations": [
            {"id": o.id, "name": o.name, "acronym": o.acronym, "mentions": p.mentions(o.mentions)}
            for o in record.organizations
        ],
        "documents": [p.document(document) for document in record.documents],
        "dates": [{"value": d.value, "at": p.place(d.mention), "rule": d.rule} for d in record.dates],
        "figures": [p.figure(figure) for figure in record.figures],
        "decisions": [p.decision(decision) for decision in record.decisions],
    }


class _Places:
    """The parts of a record with places for spans."""

    def __init__(self, text: str) -> None:
        self.offset = Offsets(text)

    def place(self, span: Span) -> Place:
        return self.offset(span.start), self.offset(span.end)

    def maybe(self, span: Span | None) -> Place | None:
        return None if span is None else self.place(span)

    def mentions(self, mentions: tuple[Mention, ...]) -> list[list[int | str | None]]:
        """Start, end and rule of each."""
        return [[*self.place(m), m.rule] for m in mentions]

    def person(self, person: Person) -> Row:
        roles = [
            {"title": r.title, "state": r.state, "organization": r.organization, "at": self.maybe(r.at)}
            for r in person.roles
        ]
        return {"id": person.id, "name": person.name, "roles": roles, "mentions": self.mentions(person.mentions)}

    def document(self, document: Document) -> Row:
        row = document.model_dump(mode="json", exclude={"mentions"})
        return {**row, "mentions": self.mentions(document.mentions)}

    def figure(self, figure: Figure) -> Row:
        return {
            "value": _number(figure.value),
            "upper": _number(figure.upper),
            "unit": figure.unit,
            "modifier": figure.modifier,
            "measure": self.maybe(figure.measure),
            "at": self.place(figure.mention),
            "rule": figure.rule,
        }

    def actor(self, actor: Actor | None) -> Row | None:
        if actor is None:
            return None
        here = actor.start is not None and actor.end is not None
        at = (self.offset(actor.start or 0), self.offset(actor.end or 0)) if here else None
        return {"text": actor.text, "at": at, "ids": list(actor.ids)}

    def decision(self, decision: Decision) -> Row:
        return {
            "id": decision.id,
            "act": decision.act,
            "status": decision.status,
            "actors": [self.actor(actor) for actor in decision.actors],
            "object": self.maybe(decision.object),
            "recipient": self.actor(decision.recipient),
            "documents": list(decision.documents),
            "date": decision.date,
            "trigger": self.mentions((decision.trigger,))[0],
            "evidence": self.place(decision.evidence),
        }


def _number(value: Number | None) -> Number | str | None:
    return str(value) if isinstance(value, int) and abs(value) > LARGEST else value
