"""Stand-off annotations to a record: spans with one key become one entry, links become ids."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from communique.codes import STATE_CODES
from communique.errors import InputError
from communique.gold.numbering import numbered
from communique.gold.problems import GoldError
from communique.gold.standoff import FIELDS, LABELS, LINKS, MEETING, WHOLE, Annotation, Standoff, parts, plain_key
from communique.jsonl import first_problem
from communique.records import SCHEMA, Record

Row = dict[str, Any]
_KINDS = {label: kind for kind, label in LABELS.items()}


def from_standoff(told: Standoff) -> Record:
    """The record that annotations describe; `GoldError` with all that is wrong with them.

    A span without a key is named by its own words. A field of an entry may stand on any of its spans.
    """
    return _Reader(told).record()


@cache
def state_names() -> dict[str, str]:
    """The short English name of each state, by code."""
    from communique.components.states import StateRule
    from communique.rules import read, shipped

    return {rule.code: rule.name for rule in read(StateRule, (shipped(),))}


class _Reader:
    def __init__(self, told: Standoff) -> None:
        self.told = told
        self.text = told.text
        self.problems: list[InputError] = []
        self.spans = {annotation.id: annotation for annotation in told.annotations}
        self.entries: dict[str, dict[str, list[Annotation]]] = {label: {} for label in _KINDS}
        self.ids: dict[str, str] = {}
        """The id of the entry that each span names."""

    def record(self) -> Record:
        self._check()
        self._group()
        row: Row = {"schema": SCHEMA, "id": self.told.id, "source": self.told.source, "text": self.text}
        row["meeting"] = self._meeting()
        for label, kind in _KINDS.items():
            row[kind] = [entry for key in self.entries[label] if (entry := self._entry(label, key))]
        row["dates"] = [self._date(annotation) for annotation in self._all("date")]
        row["figures"] = [self._figure(annotation) for annotation in self._all("figure")]
        row["decisions"] = [self._decision(annotation) for annotation in self._all("decision")]
        if self.problems:
            raise GoldError(self.problems)
        try:
            return Record.model_validate(numbered(row))
        except ValidationError as e:
            raise InputError(self.told.id, first_problem(e)) from None

    # What is said of the annotations.

    def _problem(self, reason: str, at: Annotation | None = None) -> None:
        if at is not None:
            reason = f"{at.label} {' '.join(self.text[at.start : at.end].split())!r} at {at.start}: {reason}"
        self.problems.append(InputError(self.told.id, reason))

    def _check(self) -> None:
        for annotation in self.told.annotations:
            if annotation.label not in FIELDS:
                self._problem(f"no such label; there are {', '.join(FIELDS)}", annotation)
                continue
            if not 0 <= annotation.start < annotation.end <= len(self.text):
                self._problem(f"ends at {annotation.end}, the text at {len(self.text)}", annotation)
            for name in annotation.fields:
                if name not in FIELDS[annotation.label]:
                    self._problem(f"no field {name!r}", annotation)
            for name, target in annotation.links:
                if target not in self.spans:
                    self._problem(f"its link {name!r} leads nowhere", annotation)
                elif name not in LINKS.get(annotation.label, ()):
                    self._problem(f"no link {name!r} leads from it", annotation)
        for name in self.told.fields:
            if name not in WHOLE:
                self._problem(f"no field {name!r}")
        if self.problems:
            raise GoldError(self.problems)

    def _one(self, given: Iterable[Annotation], name: str, needed: bool = False) -> str | None:
        """The value of a field, of whichever span has it."""
        given = list(given)
        values = {value: annotation for annotation in given for value in annotation.fields.get(name, ())}
        if len(values) > 1:
            told = " and ".join(map(repr, values))
            self._problem(f"{name} is {told}", [*values.values()][1])
        if not values and needed:
            self._problem(f"{name} is missing", given[0])
        return next(iter(values), None)

    def _many(self, given: Iterable[Annotation], name: str) -> list[str]:
        """The values of a field; what several spans say is said once."""
        told = [annotation.fields[name] for annotation in given if name in annotation.fields]
        return told[0] if len(told) == 1 else list(dict.fromkeys(value for values in told for value in values))

    def _all(self, label: str) -> Iterator[Annotation]:
        return (annotation for annotation in self.told.annotations if annotation.label == label)

    def _span(self, annotation: Annotation) -> Row:
        return self._words(annotation.start, annotation.end)

    def _words(self, start: int, end: int) -> Row:
        return {"start": start, "end": end, "text": self.text[start:end]}

    # Entries.

    def _group(self) -> None:
        """Spans of one label and key are one entry."""
        for annotation in self.told.annotations:
            if annotation.label in self.entries:
                [key] = annotation.fields.get("entity") or [self._key(annotation)]
                self.entries[annotation.label].setdefault(key, []).append(annotation)
                self.ids[annotation.id] = key if annotation.label == "state" else f"{annotation.label} {key}"

    def _key(self, annotation: Annotation) -> str:
        words = " ".join(self.text[annotation.start : annotation.end].split())
        if annotation.label != "state":
            return words
        code = next((code for code, name in state_names().items() if words in (code, name)), None)
        if code is None:
            self._problem("entity is missing: the code of the state", annotation)
        return code or "?"

    def _id(self, key: str, labels: Iterable[str], at: Annotation | None = None) -> list[str]:
        """The id of the entry of a key; a state's code stands for itself in a document's parties."""
        found = [label for label in labels if key in self.entries[label]]
        if not found and at is not None and at.label == "document" and key in STATE_CODES:
            return [key]
        if len(found) != 1:
            self._problem(f"{'several entries are' if found else 'no entry is'} named {key!r}", at)
            return []
        return [key if found[0] == "state" else f"{found[0]} {key}"]

    def _linked(self, annotation: Annotation, name: str, labels: tuple[str, ...]) -> list[Annotation]:
        found = []
        for link, target in annotation.links:
            if link == name:
                if self.spans[target].label in labels:
                    found.append(self.spans[target])
                else:
                    self._problem(f"{name!r} leads to a span labelled {self.spans[target].label}", annotation)
        return found

    def _entry(self, label: str, key: str) -> Row | None:
        spans = self.entries[label][key]
        mentions = [self._ruled(self._span(span), span) for span in spans]
        id_ = self.ids[spans[0].id]
        if label == "state":
            name = self._one(spans, "name") or state_names().get(key)
            return {"id": id_, "name": name, "mentions": mentions}
        if label == "person":
            roles = [role for told in self._many(spans, "roles") if (role := self._role(told, spans[0]))]
            return {"id": id_, "name": plain_key(key), "roles": roles, "mentions": mentions}
        if label == "organization":
            return {"id": id_, "name": plain_key(key), "acronym": self._one(spans, "acronym"), "mentions": mentions}
        values = {name: self._one(spans, name, name in ("type", "status")) for name in FIELDS["document"][1:5]}
        parties = [
            self.ids[party.id] for span in spans for party in self._linked(span, "party", ("state", "organization"))
        ]
        for told in self._many(spans, "parties"):
            parties += self._id(told, ("state", "organization"), spans[0])
        title = plain_key(key)
        return {"id": id_, "type": values["type"], "title": title, **values, "parties": parties, "mentions": mentions}

    def _ruled(self, entry: Row, annotation: Annotation) -> Row:
        return {**entry, "rule": annotation.rule} if annotation.rule else entry

    def _role(self, told: str, at: Annotation) -> Row | None:
        role: Row = {"title": "", "state": None, "organization": None, "at": None}
        try:
            role["title"], more = parts(told)
            role.update(more)
            if role["at"]:
                found = re.fullmatch(r"(\d+)-(\d+)", role["at"])
                if not found:
                    raise ValueError(f"at {role['at']!r} is no place such as 12-20")
                role["at"] = self._words(int(found[1]), int(found[2]))
        except ValueError as e:
            self._problem(f"roles: {e}", at)
            return None
        return role

    def _meeting(self) -> Row | None:
        fields = self.told.fields
        if not any(fields.values()) or fields.get("meeting") == ["no"]:
            return None
        named = {name: next(iter(fields.get(f"meeting {name}", ())), None) for name in MEETING}
        present = [
            id_ for key in fields.get("participants", ()) for id_ in self._id(key, ("person", "state", "organization"))
        ]
        return {**named, "participants": present}

    # Values.

    def _date(self, annotation: Annotation) -> Row:
        return self._ruled({"value": self._one([annotation], "value"), "mention": self._span(annotation)}, annotation)

    def _figure(self, annotation: Annotation) -> Row:
        measures = self._linked(annotation, "measure", ("measure",))
        if len(measures) > 1:
            self._problem("has several measures", annotation)
        row = {
            "value": self._number(annotation, "value", True),
            "upper": self._number(annotation, "upper"),
            "unit": self._one([annotation], "unit", True),
            "modifier": self._one([annotation], "modifier"),
            "measure": self._span(measures[0]) if measures else None,
            "mention": self._span(annotation),
        }
        return self._ruled(row, annotation)

    def _number(self, annotation: Annotation, name: str, needed: bool = False) -> int | float | None:
        given = self._one([annotation], name, needed)
        if given is None:
            return None
        try:
            return int(given) if re.fullmatch(r"-?\d+", given) else float(given)
        except ValueError:
            self._problem(f"{name} {given!r} is no number", annotation)
            return None

    def _decision(self, act: Annotation) -> Row:
        linked: dict[str, list[Annotation]] = defaultdict(list)
        for name in ("evidence", "object", "recipient"):
            linked[name] = self._linked(act, name, (name,))
            if len(linked[name]) > 1:
                self._problem(f"has several links {name!r}", act)
        if not linked["evidence"]:
            self._problem("has no link 'evidence' to its sentence", act)
        recipient = self._one([act], "recipient")
        documents = self._linked(act, "document", ("document",))
        return {
            "id": act.id,
            "act": self._one([act], "act", True),
            "status": self._one([act], "status", True),
            "actors": self._actors(act),
            "object": next(map(self._span, linked["object"]), None),
            "recipient": self._unplaced(act, recipient)[0] if recipient
            else next(map(self._actor, linked["recipient"]), None),
            "documents": [self.ids[document.id] for document in documents],
            "date": self._one([act], "date"),
            "trigger": self._ruled(self._span(act), act),
            "evidence": next(map(self._span, linked["evidence"]), None),
        }  # fmt: skip

    def _actors(self, act: Annotation) -> list[Row]:
        actors = [self._actor(actor) for actor in self._linked(act, "actor", ("actor",))]
        for told in self._many([act], "actors"):
            actor, place = self._unplaced(act, told)
            actors.insert(len(actors) if place is None else place - 1, actor)
        return actors

    def _actor(self, annotation: Annotation) -> Row:
        named = self._linked(annotation, "stands for", ("person", "state", "organization"))
        return {**self._span(annotation), "ids": list(dict.fromkeys(self.ids[span.id] for span in named))}

    def _unplaced(self, act: Annotation, told: str) -> tuple[Row, int | None]:
        """Words that are not in the text, and where they stand among the actors."""
        place = None
        ids: list[str] = []
        try:
            words, more = parts(told)
            for name, value in more:
                if name == "place":
                    place = int(value)
                elif name == "stands for":
                    ids += self._id(value, ("person", "state", "organization"), act)
        except ValueError as e:
            words = told
            self._problem(f"actors: {e}", act)
        return {"start": None, "end": None, "text": words, "ids": ids}, place
