"""Standoff annotation for brat (https://brat.nlplab.org/standoff.html): two files a text, itself and what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import get_args

from communique.export import codebook
from communique.export.croissant import file_object, file_set
from communique.export.formats.base import Json
from communique.export.formats.base import Writer as Base
from communique.export.item import Item
from communique.export.rows import all_mentions
from communique.records import (
    Act,
    Actor,
    Date,
    Decision,
    DecisionStatus,
    Document,
    DocumentStatus,
    DocumentType,
    Figure,
    Organization,
    Person,
    Record,
    Span,
    State,
)

LABELS = {
    "person": ("Person", Person),
    "state": ("State", State),
    "organization": ("Organization", Organization),
    "document": ("Document", Document),
    "date": ("Date", Date),
    "figure": ("Figure", Figure),
}
PARTY, OBJECT = "Party", "Object"
CONF = "annotation.conf"
# What a line or a field of an annotation file ends at, for readers that take every line break of Unicode for one.
_BREAK = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# What some file system does not take in a name.
_UNSAFE = re.compile(r'[<>:"\\|?*%\x00-\x1f\x7f]')
_LONGEST = 200


class Writer(Base):
    """A folder for each part of a data set that is split; a text's files have the path of its id."""

    needs_text = True

    def __init__(self, folder: Path, parts: tuple[str, ...] = ()) -> None:
        super().__init__(folder, parts)
        self.counts = dict.fromkeys(parts or ("texts",), 0)
        for part in parts:
            (folder / part).mkdir()

    def add(self, item: Item) -> None:
        path = self.folder / (item.split or "") / file_name(item.record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f"{path.name}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(item.record.text)
        with path.with_name(f"{path.name}.ann").open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"{line}\n" for line in Annotations(item.record).lines())
        self._count(item.split or "texts")

    def close(self) -> None:
        (self.folder / CONF).write_text(_conf(), encoding="utf-8")

    def codebook(self) -> str:
        kinds = [(f"`{label}`", _first_line(model.__doc__)) for label, model in LABELS.values()]
        kinds += [(f"`{PARTY}`", _first_line(Actor.__doc__)), (f"`{OBJECT}`", "What was decided.")]
        acts = ((f"`{act.capitalize()}`", f"The verb that says the act `{act}`.") for act in get_args(Act))
        return "\n".join(
            [
                "## Text-bound annotations",
                "",
                *codebook.rows(("type", "words that are"), kinds),
                "",
                "Mentions of one person, state, organization or document are told equivalent. A note holds the code of",
                "a state and the value of a date or a figure.",
                "",
                "## Events",
                "",
                *codebook.rows(("type", "its trigger"), acts),
                "",
                "Arguments: `Actor` and `Recipient` (`Party`), `Object`, `Document`.",
                "",
                "## Attributes",
                "",
                "`Status` of an event, `DocumentType` and `DocumentStatus` of a document's first mention.",
            ]
        )

    def croissant(self) -> tuple[list[Json], list[Json]]:
        return [
            file_set("texts", "**/*.txt", "text/plain", "The texts."),
            file_set("annotations", "**/*.ann", "text/plain", "Their annotations, in brat's standoff format."),
            file_object(CONF, "text/plain", "The configuration of the annotations for brat."),
        ], []


class Annotations:
    """The annotation file of a record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._bounds = 0
        self._firsts: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        """The lines, without their ends."""
        yield from self._mentions()
        for number, decision in enumerate(self._record.decisions, 1):
            yield from self._event(number, decision)
        for number, (name, target, value) in enumerate(self._attributes(), 1):
            yield f"A{number}\t{name} {target} {value}"

    def _bound(self, kind: str, words: Span | Actor) -> tuple[str, str]:
        self._bounds += 1
        name = f"T{self._bounds}"
        return name, f"{name}\t{kind} {_fragments(words)}\t{_BREAK.sub(' ', words.text)}"

    def _mentions(self) -> Iterator[str]:
        names: dict[str, list[str]] = {}
        for kind, id_, words, _ in all_mentions(self._record):
            if kind in LABELS:
                name, line = self._bound(LABELS[kind][0], words)
                names.setdefault(id_, []).append(name)
                yield line
        self._firsts = {id_: same[0] for id_, same in names.items()}
        yield from (f"*\tEquiv {' '.join(same)}" for same in names.values() if len(same) > 1)
        values = ((self._firsts[id_], value) for id_, value in self._values())
        yield from (f"#{n}\tAnnotatorNotes {name}\t{value}" for n, (name, value) in enumerate(values, 1))

    def _values(self) -> Iterator[tuple[str, str]]:
        for state in self._record.states:
            yield state.id, state.id
        for number, date in enumerate(self._record.dates, 1):
            if date.value is not None:
                yield f"t{number}", date.value
        for number, figure in enumerate(self._record.figures, 1):
            upper = f"–{figure.upper}" if figure.upper is not None else ""
            modifier = f"{figure.modifier} " if figure.modifier else ""
            yield f"f{number}", f"{modifier}{figure.value}{upper} {figure.unit}"

    def _event(self, number: int, decision: Decision) -> Iterator[str]:
        act = decision.act.capitalize()
        trigger, line = self._bound(act, decision.trigger)
        yield line
        arguments = [(f"Actor{n if n > 1 else ''}", PARTY, actor) for n, actor in enumerate(decision.actors, 1)]
        if decision.recipient is not None:
            arguments.append(("Recipient", PARTY, decision.recipient))
        event = [f"{act}:{trigger}"]
        for part, kind, words in arguments:
            if words.start is not None:
                name, line = self._bound(kind, words)
                yield line
                event.append(f"{part}:{name}")
        if decision.object is not None:
            name, line = self._bound(OBJECT, decision.object)
            yield line
            event.append(f"Object:{name}")
        event += [f"Document{n if n > 1 else ''}:{self._firsts[id_]}" for n, id_ in enumerate(decision.documents, 1)]
        yield f"E{number}\t{' '.join(event)}"

    def _attributes(self) -> Iterator[tuple[str, str, str]]:
        for document in self._record.documents:
            yield "DocumentType", self._firsts[document.id], document.type
            yield "DocumentStatus", self._firsts[document.id], document.status
        for number, decision in enumerate(self._record.decisions, 1):
            yield "Status", f"E{number}", decision.status


def _fragments(words: Span | Actor) -> str:
    """The offsets of words; those that go over the end of a line are in pieces."""
    pieces = []
    start = words.start or 0
    for gap in _BREAK.finditer(words.text):
        pieces.append((start, (words.start or 0) + gap.start()))
        start = (words.start or 0) + gap.end()
    pieces.append((start, words.end or 0))
    return ";".join(f"{first} {last}" for first, last in pieces if first < last)


def file_name(id_: str) -> str:
    """An id as a path that stays in its folder, on any file system; `urllib.parse.unquote` gives the id back."""
    *folders, name = id_.split("/")
    return "/".join([*(_part(folder).replace(".", "%2E") for folder in folders), _part(name)])


def _part(name: str) -> str:
    if not name:
        return "%2F"
    safe = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", name)
    if len(safe.encode()) > _LONGEST:
        return f"{safe[: _LONGEST // 8]}-{sha256(name.encode()).hexdigest()}"
    return safe


def _conf() -> str:
    kinds = [label for label, _ in LABELS.values()]
    arguments = f"Actor*:{PARTY}, Recipient?:{PARTY}, Object?:{OBJECT}, Document*:Document"
    acts = [act.capitalize() for act in get_args(Act)]
    return "\n".join(
        [
            "[entities]",
            *kinds,
            PARTY,
            OBJECT,
            "[relations]",
            "<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
            "[events]",
            *(f"{act} {arguments}" for act in acts),
            "[attributes]",
            f"Status Arg:<EVENT>, Value:{_alternatives(get_args(DecisionStatus))}",
            f"DocumentType Arg:Document, Value:{_alternatives(get_args(DocumentType))}",
            f"DocumentStatus Arg:Document, Value:{_alternatives(get_args(DocumentStatus))}",
            "",
        ]
    )


def _alternatives(values: Iterable[str]) -> str:
    return "|".join(values)


def _first_line(words: str | None) -> str:
    return (words or "").split("\n")[0]
