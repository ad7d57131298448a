"""Two people's gold of a text merged: what both say is kept, the rest is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from communique.errors import InputError
from communique.evaluation import disagreements
from communique.evaluation.changes import Change, Side, changes, partners
from communique.gold.numbering import numbered
from communique.records import Record

Row = dict[str, Any]


class Merged(NamedTuple):
    """What both say of a text, none if only one has it, and what only one says or both say differently."""

    id: str
    text: str
    record: Record | None
    rest: list[Change]

    def rows(self) -> Iterator[dict[str, object]]:
        """The rest as plain data."""
        return (disagreements.to_dict(self.id, self.text, change) for change in self.rest)


def merge(id_: str, a: Record | None, b: Record | None) -> Merged:
    """Merge two records of a text; `InputError` if they are of different texts.

    A mention is kept where both have it of the same entry; an entry, a date, a figure, a decision where both have it
    with the same value. Of what may be left out (an acronym, a date of a document, an object …) nothing is said where
    the two differ, and of lists the common part is kept. Where the text came from is taken from `a`.
    """
    if a is None or b is None:
        record = a or b
        assert record is not None
        nowhere = Side(-1, -1)
        told = "this text"
        change = (
            Change("text", "gained", "", "", told, nowhere, nowhere)
            if a is None
            else Change("text", "lost", "", told, "", nowhere, nowhere)
        )
        return Merged(id_, record.text, None, [change])
    if a.text != b.text:
        raise InputError(id_, "the two texts differ")
    row = _Merging(a, b).row()
    return Merged(id_, a.text, Record.model_validate(row), [c for c in changes(a, b) if c.field != "rule"])


def rest_lines(merged: Merged) -> Iterator[str]:
    """The rest as lines to read, with nothing in them that can't stand in a comment."""
    for line in disagreements.lines(merged.text, merged.rest):
        yield "".join(ch if ch.isprintable() else "\ufffd" for ch in line.strip())


class _Merging:
    def __init__(self, a: Record, b: Record) -> None:
        self.a, self.b = a.to_dict(), b.to_dict()
        self.meant = partners(a, b)
        """The id in A of what B's ids stand for."""
        self.kept: set[str] = set()
        """The ids in A of the entries that both have."""

    def row(self) -> Row:
        row: Row = {"schema": self.a["schema"], "id": self.a["id"], "source": self.a["source"], "text": self.a["text"]}
        row["meeting"] = None
        for kind in ("states", "organizations", "people", "documents"):
            row[kind] = list(self._entries(kind))
        self.kept = {entry["id"] for kind in ("states", "organizations", "people", "documents") for entry in row[kind]}
        self._tidy(row)
        row["meeting"] = self._meeting()
        row["dates"] = list(self._same(self.a["dates"], self.b["dates"], ("mention", "value")))
        row["figures"] = [self._figure(*pair) for pair in
                          self._pairs("figures", ("mention", "value", "upper", "unit"))]  # fmt: skip
        row["decisions"] = [self._decision(*pair) for pair in
                            self._pairs("decisions", ("trigger", "evidence", "act", "status"))]  # fmt: skip
        return numbered(row)

    # Entries.

    def _entries(self, kind: str) -> Iterator[Row]:
        theirs = {self._meaning(entry["id"]): entry for entry in self.b[kind]}
        for entry in self.a[kind]:
            other = theirs.get(entry["id"])
            if other is None:
                continue
            mentions = list(self._same(entry["mentions"], other["mentions"], ("start", "end")))
            needed = [field for field in ("name", "title", "type", "status") if field in entry]
            if mentions and all(entry[field] == other[field] for field in needed):
                yield {**self._agreed(entry, other), "mentions": mentions}

    def _agreed(self, one: Row, other: Row) -> Row:
        """An entry with what both say of it."""
        merged = dict(one)
        for field in ("acronym", "date", "period"):
            if field in one and one[field] != other[field]:
                merged[field] = None
        if "roles" in one:
            merged["roles"] = list(self._same(one["roles"], other["roles"], ("title", "state", "organization")))
        if "parties" in one:
            merged["parties"] = self._common(one["parties"], other["parties"])
        return merged

    def _tidy(self, row: Row) -> None:
        """Leave out what leads to an entry that is not kept."""
        bodies = {body["id"] for body in row["organizations"]}
        gone = {body["id"] for body in self.a["organizations"]} - bodies
        names = {body["name"] for body in row["organizations"]}
        for document in row["documents"]:
            document["parties"] = [id_ for id_ in document["parties"] if id_ not in gone]
        for person in row["people"]:
            person["roles"] = [role for role in person["roles"] if role["organization"] in (None, *names)]

    # Pairs of what has a place and a value.

    def _same(self, ours: Iterable[Row], theirs: Iterable[Row], fields: tuple[str, ...]) -> Iterator[Row]:
        """What is in both lists, by some fields."""
        left = [_key(row, fields) for row in theirs]
        for row in ours:
            key = _key(row, fields)
            if key in left:
                left.remove(key)
                yield {name: value for name, value in row.items() if name != "rule"}

    def _pairs(self, kind: str, fields: tuple[str, ...]) -> Iterator[tuple[Row, Row]]:
        left = list(self.b[kind])
        for row in self.a[kind]:
            other = next((other for other in left if _key(other, fields) == _key(row, fields)), None)
            if other is not None:
                left.remove(other)
                yield row, other

    def _figure(self, one: Row, other: Row) -> Row:
        merged = {name: value for name, value in one.items() if name != "rule"}
        for field in ("modifier", "measure"):
            if one[field] != other[field]:
                merged[field] = None
        return merged

    def _decision(self, one: Row, other: Row) -> Row:
        merged = dict(one)
        merged["trigger"] = {name: value for name, value in one["trigger"].items() if name != "rule"}
        for field in ("object", "date"):
            if one[field] != other[field]:
                merged[field] = None
        merged["documents"] = self._common_ids(one["documents"], other["documents"])
        merged["actors"] = list(self._actors(one["actors"], other["actors"]))
        recipients = [[act["recipient"]] if act["recipient"] else [] for act in (one, other)]
        merged["recipient"] = next(self._actors(*recipients), None)
        return merged

    def _actors(self, ours: Iterable[Row], theirs: Iterable[Row]) -> Iterator[Row]:
        left = list(theirs)
        for actor in ours:
            words = ("start", "end", "text")
            other = next((other for other in left if _key(other, words) == _key(actor, words)), None)
            if other is not None:
                left.remove(other)
                yield {**actor, "ids": self._common_ids(actor["ids"], other["ids"])}

    # Ids.

    def _meaning(self, id_: str) -> str:
        return self.meant.get(id_, id_)

    def _common_ids(self, ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
        """The ids that both name, of entries that are kept."""
        return [id_ for id_ in self._common(ours, theirs) if id_ in self.kept]

    def _common(self, ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
        meant = {self._meaning(id_) for id_ in theirs}
        return [id_ for id_ in ours if id_ in meant]

    def _meeting(self) -> Row | None:
        one, other = self.a["meeting"], self.b["meeting"]
        if one is None or other is None:
            return None
        merged = {field: value if value == other[field] else None for field, value in one.items()}
        return {**merged, "participants": self._common_ids(one["participants"], other["participants"])}


def _key(row: Mapping[str, Any], fields: Iterable[str]) -> list[Any]:
    """The values to compare: of words their place."""
    values = (row[field] for field in fields)
    return [(value["start"], value["end"]) if isinstance(value, dict) else value for value in values]
