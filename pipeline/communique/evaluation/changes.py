"""What changed between two records of one text: gained, lost and changed, kind by kind.

Mentions are matched by their place; entries by the mentions they share, so that a new number (`p2` for `p3`) is no
change. Whatever else differs is told as such: two records that are not equal never come out as unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from communique.evaluation.items import actors_shown, entry_names, first_place, places, role_shown, shown
from communique.evaluation.judging import found, meanings
from communique.evaluation.pairing import Pair, Place, paired
from communique.evaluation.rows import KINDS
from communique.records import Actor, Decision, Record

What = Literal["gained", "lost", "changed"]
NAMED = ("people", "states", "organizations", "documents")
OTHER = ("text", "source", "meeting")
TOUCHING = 1e-9


class Side(NamedTuple):
    """Where something stands in one of the two records, and the rule that found it; -1 for what has no place."""

    start: int
    end: int
    rule: str | None = None


class Change(NamedTuple):
    """Something that is in one record alone, or that differs between the two.

    Of what changed, `field` is the name, `was` and `now` the values to read; of what was gained or lost, one of them.
    """

    kind: str
    what: What
    field: str
    was: str
    now: str
    old: Side | None
    new: Side | None

    @property
    def place(self) -> Side:
        """Where to look for it."""
        side = self.new or self.old
        assert side is not None
        return side


def changes(old: Record | None, new: Record | None) -> list[Change]:
    """Everything that changed in a text, in the order of the text."""
    nowhere = Side(-1, -1)
    if old is None or new is None:
        what: What = "lost" if new is None else "gained"
        record = old or new
        assert record is not None
        told = _size(record)
        return [Change("text", what, "", told if new is None else "", told if old is None else "", nowhere, nowhere)]
    if old == new:
        return []
    if old.text != new.text:
        return [Change("text", "changed", "text", _size(old), _size(new), nowhere, nowhere)]
    found = sorted(_Changes(old, new).all(), key=lambda change: (change.place.start, change.place.end))
    # The order of states or roles, words without a field of their own.
    return found or [Change("text", "changed", "other", "", "", nowhere, nowhere)]


def _size(record: Record) -> str:
    return f"{len(record.text)} characters, {sum(len(getattr(record, kind)) for kind in KINDS)} entries"


class _Changes:
    def __init__(self, old: Record, new: Record) -> None:
        self.old = old
        self.new = new
        self.meant = partners(old, new)
        self.was = entry_names(old)
        # What is the same under another name is told once, as a change of name.
        self.now = {id_: self.was.get(self.meant[id_], name) for id_, name in entry_names(new).items()}

    def all(self) -> Iterator[Change]:
        for kind in NAMED:
            yield from self._mentions(kind)
            yield from self._entries(kind)
        for kind in ("dates", "figures", "decisions"):
            yield from self._values(kind)
        yield from self._meeting()
        yield from self._fields("source", Side(-1, -1), Side(-1, -1), dict(self.old.source), dict(self.new.source))

    def _mentions(self, kind: str) -> Iterator[Change]:
        old, new = places(getattr(self.old, kind)), places(getattr(self.new, kind))
        sides = _sides(getattr(self.old, kind)), _sides(getattr(self.new, kind))
        pairs = paired(old, new, TOUCHING)
        for i, j in pairs:
            one, other = old[i].entry, new[j].entry
            was, now = sides[0][i], sides[1][j]
            same = _id(one) == self.meant.get(_id(other), _id(other))
            fields = {
                "words": (self.old.text[was.start : was.end], self.old.text[now.start : now.end]),
                "entry": ("", "") if same else (shown(one), shown(other)),
                "rule": (was.rule or "", now.rule or ""),
            }
            for field, (a, b) in fields.items():
                if a != b or (field == "words" and was[:2] != now[:2]):
                    yield Change(kind, "changed", field, a, b, was, now)
        yield from self._rest(kind, (old, new), sides, pairs)

    def _rest(
        self, kind: str, entries: tuple[Sequence[Place[Any]], Sequence[Place[Any]]],
        sides: tuple[Sequence[Side], Sequence[Side]], pairs: Iterable[Pair],
    ) -> Iterator[Change]:  # fmt: skip
        """What has no partner."""
        left, others = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, place in enumerate(entries[0]):
            if i not in left:
                yield Change(kind, "lost", "", shown(place.entry), "", sides[0][i], None)
        for j, place in enumerate(entries[1]):
            if j not in others:
                yield Change(kind, "gained", "", "", shown(place.entry), None, sides[1][j])

    def _entries(self, kind: str) -> Iterator[Change]:
        """Fields of entries that are in both."""
        before = {entry.id: entry for entry in getattr(self.old, kind)}
        for entry in getattr(self.new, kind):
            one = before.pop(self.meant.get(entry.id, entry.id), None)
            if one is not None:
                sides = Side(*first_place(one)), Side(*first_place(entry))
                yield from self._fields(kind, *sides, _told(one, self.was), _told(entry, self.now))

    def _values(self, kind: str) -> Iterator[Change]:
        old, new = ([_placed(entry) for entry in getattr(record, kind)] for record in (self.old, self.new))
        pairs = found(old, new) if kind == "decisions" else paired(old, new, TOUCHING)
        sides = [Side(*first_place(p.entry)) for p in old], [Side(*first_place(p.entry)) for p in new]
        for i, j in pairs:
            was, now = sides[0][i], sides[1][j]
            told = _told(old[i].entry, self.was), _told(new[j].entry, self.now)
            for one, side in zip(told, (was, now), strict=True):
                one["words"] = self.old.text[side.start : side.end]
                one["rule"] = side.rule
            changed = list(self._fields(kind, was, now, *told))
            yield from changed
            if was[:2] != now[:2] and not any(change.field == "words" for change in changed):
                yield Change(kind, "changed", "words", f"at {was.start}", f"at {now.start}", was, now)
        yield from self._rest(kind, (old, new), sides, pairs)

    def _meeting(self) -> Iterator[Change]:
        nowhere = Side(-1, -1)
        one, other = (
            {} if meeting is None else {**dict(meeting), "participants": _names(meeting.participants, names)}
            for meeting, names in ((self.old.meeting, self.was), (self.new.meeting, self.now))
        )
        if one and other:
            yield from self._fields("meeting", nowhere, nowhere, one, other)
        elif one or other:
            told = ", ".join(str(value) for value in (one or other).values() if value)
            what: What = "lost" if one else "gained"
            yield Change("meeting", what, "", told if one else "", told if other else "", nowhere, nowhere)

    def _fields(
        self, kind: str, was: Side, now: Side, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[Change]:
        for field, one in old.items():
            other = new[field]
            if one != other:
                yield Change(kind, "changed", field, _plain(one), _plain(other), was, now)


def partners(old: Record, new: Record) -> dict[str, str]:
    """The old entry that each new one is; of two that one has become, the first is it."""
    taken: set[str] = set()
    partners: dict[str, str] = {}
    for id_, meant in meanings(old, new).items():
        partners[id_] = f"?{id_}" if meant in taken else meant
        taken.add(meant)
    return partners


def _told(entry: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """An entry's fields to compare and to read: without numbers, places and rules."""
    told = {field: value for field, value in entry if field not in ("id", "mentions", "mention", "rule")}
    for field, value in told.items():
        if field in ("parties", "documents"):
            told[field] = _names(value, names)
        elif field == "roles":
            told[field] = "; ".join(role_shown(role) for role in value)
        elif field in ("object", "measure", "evidence", "trigger"):
            told[field] = _Words(value)
        elif field == "actors":
            told[field] = _Actors(value, names)
        elif field == "recipient":
            told[field] = _Actors([value] if value else [], names)
    if isinstance(entry, Decision):
        told.pop("trigger")  # its words and its rule are compared
    return told


class _Words:
    """A span that compares by its place and reads as its words."""

    def __init__(self, span: Any) -> None:
        self._place = (span.start, span.end) if span else None
        self._text = span.text if span else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    def __str__(self) -> str:
        return self._text or "none"


class _Actors:
    """Actors that compare by place, words and names."""

    def __init__(self, actors: Sequence[Actor], names: Mapping[str, str]) -> None:
        self._key = [(a.start, a.end, a.text, _names(a.ids, names)) for a in actors]
        self._text = actors_shown(actors, names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Actors) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._text)

    def __str__(self) -> str:
        return self._text or "none"


def _names(some: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(id_, id_) for id_ in some)


def _plain(value: object) -> str:
    return "none" if value is None or value == "" else str(value)


def _placed(entry: Any) -> Place[Any]:
    return Place(*first_place(entry)[:2], entry)


def _sides(entries: Iterable[Any]) -> list[Side]:
    return [Side(m.start, m.end, m.rule) for entry in entries for m in entry.mentions]


def _id(entry: Any) -> str:
    id_: str = entry.id
    return id_
