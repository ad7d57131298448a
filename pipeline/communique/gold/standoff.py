"""A record as stand-off annotations: labelled spans with fields and links, the form that annotation tools share.

Every mention, date, figure and trigger is a span, and so are the actors, objects, recipients, measures and sentences
that hang on them. Mentions of one entry share its key in the field `entity`; the first one carries the entry's other
fields. What is said of the text as a whole (the meeting) stands beside the spans.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.codes import STATE_CODES
from communique.records import Record

Row = dict[str, Any]
Fields = dict[str, list[str]]

LABELS = {"people": "person", "states": "state", "organizations": "organization", "documents": "document"}
MEETING = ("name", "date", "place", "state")
FIELDS: dict[str, tuple[str, ...]] = {
    "person": ("entity", "roles"),
    "state": ("entity", "name"),
    "organization": ("entity", "acronym"),
    "document": ("entity", "type", "status", "date", "period", "parties"),
    "date": ("value",),
    "figure": ("value", "upper", "unit", "modifier"),
    "decision": ("act", "status", "date", "actors", "recipient"),
    "actor": (),
    "recipient": (),
    "object": (),
    "measure": (),
    "evidence": (),
}
"""The labels and the fields that a span of each can have."""
SEVERAL = frozenset({"roles", "parties", "actors", "participants"})
"""Fields with several values; of the others there is one."""
LINKS: dict[str, tuple[str, ...]] = {
    "decision": ("evidence", "actor", "object", "recipient", "document"),
    "figure": ("measure",),
    "document": ("party",),
    "actor": ("stands for",),
    "recipient": ("stands for",),
}
"""The links that lead from a span of a label to others."""
WHOLE = ("meeting", *(f"meeting {name}" for name in MEETING), "participants")
"""The fields of the text as a whole; `meeting` is `yes` where there is one."""
_NUMBERED = re.compile(r" #\d+$")
_PARTS = ("state", "organization", "at", "stands for", "place")


@dataclass
class Annotation:
    """A labelled span, its fields, and the ids of those it is linked to, in order."""

    id: str
    label: str
    start: int
    end: int
    fields: Fields = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    rule: str | None = None


@dataclass
class Standoff:
    """A text with its annotations, and what is said of it as a whole."""

    id: str
    source: Row
    text: str
    annotations: list[Annotation] = field(default_factory=list)
    fields: Fields = field(default_factory=dict)


def plain_key(key: str) -> str:
    """The name in a key: without the number that tells entries of one name apart."""
    return _NUMBERED.sub("", key)


def keys(row: Mapping[str, Any]) -> dict[str, str]:
    """A key for each entry of a record, by id: its name, title or code, with a number where that is not unique."""
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for kind in ("states", "people", "organizations", "documents"):
        for entry in row[kind]:
            name = entry["id"] if kind == "states" else entry["title" if kind == "documents" else "name"]
            counts[name] = counts.get(name, 0) + 1
            # A body named like a state's code would be taken for the state.
            alike = kind != "states" and name in STATE_CODES
            numbered = alike or counts[name] > 1 or _NUMBERED.search(name)
            found[entry["id"]] = f"{name} #{counts[name]}" if numbered else name
    return found


def to_standoff(record: Record) -> Standoff:
    """The annotations of a record; `from_standoff` gives the same record back."""
    row = record.to_dict()
    return Standoff(record.id, row["source"], record.text, *_Writer(row).all())


class _Writer:
    def __init__(self, row: Row) -> None:
        self.row = row
        self.keys = keys(row)
        self.annotations: list[Annotation] = []
        self._counts: Counter[str] = Counter()
        self._first: dict[str, Annotation] = {}
        self._shared: dict[object, str] = {}

    def all(self) -> tuple[list[Annotation], Fields]:
        for kind, label in LABELS.items():
            for entry in self.row[kind]:
                self._entry(label, entry)
        for document in self.row["documents"]:
            self._parties(document)
        for date in self.row["dates"]:
            self._add("date", date["mention"], _fields(value=date["value"]), rule=date.get("rule"))
        for figure in self.row["figures"]:
            values = {name: figure[name] for name in FIELDS["figure"]}
            links = self._linked("measure", figure["measure"])
            self._add("figure", figure["mention"], _fields(**values), links, figure.get("rule"))
        for act in self.row["decisions"]:
            self._decision(act)
        return self.annotations, self._whole()

    def _add(
        self, label: str, span: Row, fields: Fields, links: Iterable[tuple[str, str]] = (), rule: str | None = None
    ) -> Annotation:
        self._counts[label] += 1
        id_ = f"{label}-{self._counts[label]}"
        added = Annotation(id_, label, span["start"], span["end"], fields, list(links), rule)
        self.annotations.append(added)
        return added

    def _linked(self, label: str, span: Row | None, links: Iterable[tuple[str, str]] = ()) -> list[tuple[str, str]]:
        """A link to a span that others may be linked to as well."""
        if span is None:
            return []
        key = (label, span["start"], span["end"], tuple(links))
        if key not in self._shared:
            self._shared[key] = self._add(label, span, {}, links).id
        return [(label, self._shared[key])]

    def _entry(self, label: str, entry: Row) -> None:
        fields = {name: entry[name] for name in FIELDS[label] if name in entry and name not in ("roles", "parties")}
        if "roles" in entry:
            fields["roles"] = [_role(role) for role in entry["roles"]]
        for mention in entry["mentions"]:
            added = self._add(label, mention, _fields(entity=self.keys[entry["id"]], **fields), (), mention.get("rule"))
            self._first.setdefault(entry["id"], added)
            fields = {}  # of the entry, not of each mention

    def _parties(self, document: Row) -> None:
        first = self._first[document["id"]]
        if all(id_ in self._first for id_ in document["parties"]):
            first.links += [("party", self._first[id_].id) for id_ in document["parties"]]
        else:  # a state that is only named inside the title has no span: its code stands among the others' keys
            first.fields["parties"] = [self.keys.get(id_, id_) for id_ in document["parties"]]

    def _decision(self, act: Row) -> None:
        fields = _fields(act=act["act"], status=act["status"], date=act["date"])
        links = self._linked("evidence", act["evidence"])
        for place, actor in enumerate(act["actors"]):
            if actor["start"] is None:
                behind = all(other["start"] is None for other in act["actors"][place:])
                words = self._unplaced(actor)
                fields.setdefault("actors", []).append(words if behind else f"{words} | place {place + 1}")
            else:
                links += self._linked("actor", actor, self._stands_for(actor))
        links += self._linked("object", act["object"])
        recipient = act["recipient"]
        if recipient and recipient["start"] is None:
            fields["recipient"] = [self._unplaced(recipient)]
        elif recipient:
            links += self._linked("recipient", recipient, self._stands_for(recipient))
        links += [("document", self._first[id_].id) for id_ in act["documents"]]
        self._add("decision", act["trigger"], fields, links, act["trigger"].get("rule"))

    def _stands_for(self, actor: Row) -> list[tuple[str, str]]:
        return [("stands for", self._first[id_].id) for id_ in actor["ids"]]

    def _unplaced(self, actor: Row) -> str:
        return line(actor["text"], *(("stands for", self.keys[id_]) for id_ in actor["ids"]))

    def _whole(self) -> Fields:
        meeting = self.row["meeting"]
        if meeting is None:
            return {}
        named = {f"meeting {name}": meeting[name] for name in MEETING}
        return _fields(meeting="yes", **named, participants=[self.keys[id_] for id_ in meeting["participants"]])


def _fields(**values: Any) -> Fields:
    """The fields that say something, as text."""
    told = {
        name: value if isinstance(value, list) else [str(value)] for name, value in values.items() if value is not None
    }
    return {name: value for name, value in told.items() if value}


def _role(role: Row) -> str:
    more = [(name, role[name]) for name in ("state", "organization") if role[name] is not None]
    if role["at"]:
        more.append(("at", f"{role['at']['start']}-{role['at']['end']}"))
    return line(role["title"], *more)


def line(words: str, *parts: tuple[str, str]) -> str:
    """Words and what belongs to them on one line: `Minister of Water | state UGA`."""
    return " | ".join([_escaped(words), *(f"{name} {_escaped(value)}" for name, value in parts)])


def parts(told: str) -> tuple[str, list[tuple[str, str]]]:
    """The words of such a line and what belongs to them; `ValueError` for a part that is none."""
    words, *more = (re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in told.split(" | "))
    found = []
    for part in more:
        name = next((name for name in _PARTS if part.startswith(f"{name} ")), None)
        if name is None:
            raise ValueError(f"{part!r} behind the bar is none of {', '.join(_PARTS)}")
        found.append((name, part[len(name) + 1 :]))
    return words, found


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("|", r"\|")
