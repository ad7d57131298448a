"""A record in the terminal: its text with what was found in it marked, then the entries kind by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from communique.records import Actor, Decision, Document, Figure, Person, Record, Role
from communique.view.colours import COLOURS

# Characters that a terminal obeys, as pictures or replaced: a text must not write to the screen on its own. Each is one
# for one, so that offsets hold.
_CONTROLS = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_SAFE = {**_CONTROLS, **dict.fromkeys((*range(0x7F, 0xA0), *_BIDI), 0xFFFD), 0x7F: 0x2421}


class Mark(NamedTuple):
    """Characters of the text and the kind they are marked as."""

    start: int
    end: int
    kind: str


def shown(record: Record, with_text: bool = True) -> RenderableType:
    """What rich prints of a record."""
    head = Text(_safe(record.id), style="bold")
    if record.source.title:
        head.append(f"  {_safe(record.source.title)}", style="not bold")
    parts: list[RenderableType] = [Rule(head, align="left", style="dim"), _legend()]
    if with_text:
        parts += [Text(), marked(record)]
    return Group(*parts, Text(), Padding(entries(record), (0, 0, 1, 0)))


def _legend() -> Text:
    kinds = (Text(f" {kind} ", style=_style(kind)) for kind in COLOURS)
    return Text(" ").join(kinds)


def marked(record: Record) -> Text:
    """The text with every mention in the colour of its kind."""
    text = Text(_safe(record.text))
    for mark in marks(record):
        text.stylize(_style(mark.kind), mark.start, mark.end)
    return text


def marks(record: Record) -> Iterator[Mark]:
    """What is marked; a figure lies over the state that it holds."""
    lists = (
        ("person", record.people),
        ("state", record.states),
        ("organization", record.organizations),
        ("document", record.documents),
    )
    for kind, listed in lists:
        for entry in listed:
            yield from (Mark(m.start, m.end, kind) for m in entry.mentions)
    yield from (Mark(d.mention.start, d.mention.end, "date") for d in record.dates)
    yield from (Mark(f.mention.start, f.mention.end, "figure") for f in record.figures)
    yield from (Mark(d.trigger.start, d.trigger.end, "decision") for d in record.decisions)


def entries(record: Record) -> Table:
    """The entries, a row each."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for kind, id_, told in _rows(record):
        label = Text(kind, style=_style(kind)) if kind in COLOURS else Text(kind)
        table.add_row(label, Text(_safe(id_), style="dim"), Text(_safe(told)))
    return table


def _rows(record: Record) -> Iterator[tuple[str, str, str]]:
    meeting = record.meeting
    if meeting:
        told = (meeting.name, meeting.date, meeting.place, meeting.state, f"with {', '.join(meeting.participants)}")
        yield "meeting", "", _joined(told[:4] if not meeting.participants else told)
    yield from (("person", p.id, _person(p)) for p in record.people)
    yield from (("state", s.id, s.name) for s in record.states)
    yield from (
        ("organization", o.id, _joined((o.name, o.acronym if o.acronym != o.name else None)))
        for o in record.organizations
    )
    yield from (("document", d.id, _document(d)) for d in record.documents)
    yield from (("date", d.value or "?", d.mention.text) for d in record.dates)
    yield from (("figure", "", _figure(f)) for f in record.figures)
    yield from (("decision", d.id, _decision(d)) for d in record.decisions)


def _person(person: Person) -> str:
    return _joined((person.name, *(_role(role) for role in person.roles)))


def _role(role: Role) -> str:
    of = role.state or role.organization
    return f"{role.title} ({of})" if of else role.title


def _document(document: Document) -> str:
    kind = f"{document.type} {document.status}"
    return _joined((document.title, kind, document.date, document.period, " ".join(document.parties)))


def _figure(figure: Figure) -> str:
    value = f"{figure.value}" if figure.upper is None else f"{figure.value}–{figure.upper}"
    amount = " ".join(part for part in (figure.modifier, value, figure.unit) if part)
    return _joined((figure.mention.text, amount, figure.measure.text if figure.measure else None))


def _decision(decision: Decision) -> str:
    said = " ".join(part for part in (_actors(decision.actors), decision.act, _object(decision)) if part)
    to = f"to {decision.recipient.text}" if decision.recipient else None
    return _joined((said, to, decision.status, decision.date))


def _actors(actors: Iterable[Actor]) -> str:
    return ", ".join(actor.text for actor in actors)


def _object(decision: Decision) -> str | None:
    return decision.object.text if decision.object else None


def _joined(parts: Iterable[str | None]) -> str:
    """What is told, on one line."""
    return " · ".join(" ".join(part.split()) for part in parts if part)


def _safe(text: str) -> str:
    return text.translate(_SAFE)


def _style(kind: str) -> Style:
    colour = COLOURS[kind]
    return Style(color="#1c1b19", bgcolor=colour.tint)
