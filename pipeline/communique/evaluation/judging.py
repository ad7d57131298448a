"""How each row of an evaluation is judged; `comparison` says what the rows mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from communique.evaluation.items import actors_shown, entry_names, first_place, item_of, places, role_shown, rules_of
from communique.evaluation.judgement import Comparison, Item, Judgement
from communique.evaluation.likeness import (
    HALF,
    half_alike,
    ids,
    plain_title,
    same_act,
    same_actors,
    same_date,
    same_figure,
    words,
)
from communique.evaluation.pairing import Pair, Place, choose, paired, set_f1, token_f1
from communique.records import Decision, Document, Record

CLOSE, SAME = 0.8, 0.999
OBJECT = 0.6
TOUCHING = 1e-9

Names = Mapping[str, str]
Show = Callable[[Any, Names], str]
"""An entry's field to read, empty where it has none; the names are those of the entries of its record."""


class Judging:
    """Judges one text, row by row."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.gold = comparison.gold
        self.predicted = comparison.predicted
        self.names = meanings(self.gold, self.predicted)
        self.shown = entry_names(self.gold), entry_names(self.predicted)

    def meaning(self, id_: str) -> str:
        """The gold id that a predicted id stands for."""
        return self.names.get(id_, id_)

    def run(self) -> None:
        """Judge every row."""
        for kind in ("people", "organizations"):
            self._named(kind, lambda one, other: True)
        self._named("states", lambda one, other: one.id == other.id)
        self._documents()
        self._dates()
        self._figures()
        self._decisions()
        self._roles()
        self._links()
        self._meeting()

    # Rows of mentions.

    def _kind(
        self, kind: str, sides: tuple[list[Place[Any]], list[Place[Any]]], items: tuple[list[Item], list[Item]],
        near: list[Pair], right: Callable[[Any, Any], bool],
    ) -> list[Pair]:  # fmt: skip
        """Count the three columns of a kind, of which `near` pairs are right or not; the right ones are returned."""
        gold, predicted = sides
        sizes = len(gold), len(predicted)
        same = paired(gold, predicted, SAME)
        self.comparison.counts[kind, "exact"].add(len(same), *sizes)
        self.comparison.counts[kind, "overlap"].add(len(paired(gold, predicted, HALF)), *sizes)
        good = [(i, j) for i, j in near if right(gold[i].entry, predicted[j].entry)]
        exact = len(good) == len(gold) == len(predicted)
        self._tell(kind, items, good, near if exact else [*near, *paired(gold, predicted, TOUCHING)])
        return good

    def _tell(self, row: str, items: tuple[list[Item], list[Item]], good: list[Pair], near: list[Pair]) -> None:
        """Judge all items of a row: those that pair well are right, and of the others those near one another wrong."""
        gold, predicted = items
        left, others = set(range(len(gold))), set(range(len(predicted)))
        for pairs, right in ((good, True), (near, False)):
            for i, j in pairs:
                if i in left and j in others:
                    left.remove(i)
                    others.remove(j)
                    self.comparison.add(Judgement(row, gold[i], predicted[j], right))
        for i in sorted(left):
            self.comparison.add(Judgement(row, gold[i], None, False))
        for j in sorted(others):
            self.comparison.add(Judgement(row, None, predicted[j], False))

    def _named(self, kind: str, right: Callable[[Any, Any], bool], at_least: float = SAME) -> list[Pair]:
        entries = getattr(self.gold, kind), getattr(self.predicted, kind)
        sides = places(entries[0]), places(entries[1])
        items = _mention_items(sides[0], rules_of(entries[0])), _mention_items(sides[1], rules_of(entries[1]))
        return self._kind(kind, sides, items, paired(*sides, at_least), right)

    def _documents(self) -> None:
        self._named("documents", lambda one, other: one.type == other.type, CLOSE)
        sides = self.gold.documents, self.predicted.documents
        pairs = same_documents(*sides)
        self._field("status", pairs, sides, lambda d, r: d.status, lambda one, other: one.status == other.status)
        self._field("period", pairs, sides, lambda d, r: d.period or "", lambda one, other: one.period == other.period)
        self._field("document date", pairs, sides, lambda d, r: d.date or "", lambda one, other: one.date == other.date)
        self._field("parties", pairs, sides, _parties, lambda one, other: self._alike(one.parties, other.parties))

    def _dates(self) -> None:
        sides = _places(self.gold.dates), _places(self.predicted.dates)
        self._kind("dates", sides, _entry_items(sides), paired(*sides, HALF), same_date)

    def _figures(self) -> None:
        sides = _places(self.gold.figures), _places(self.predicted.figures)
        pairs = paired(*sides, HALF)
        self._kind("figures", sides, _entry_items(sides), pairs, same_figure)
        figures = self.gold.figures, self.predicted.figures
        self._field(
            "modifier", pairs, figures, lambda f, r: f.modifier or "", lambda one, other: one.modifier == other.modifier
        )
        self._field(
            "measure",
            pairs,
            figures,
            lambda f, r: words(f.measure) or "",
            lambda one, other: half_alike(words(one.measure), words(other.measure)),
        )

    def _decisions(self) -> None:
        sides = _places(self.gold.decisions), _places(self.predicted.decisions)
        items = _entry_items(sides)
        pairs = found(*sides)
        self._tell("found", items, pairs, [])
        good = self._kind("decisions", sides, items, pairs, same_act)
        acts = self.gold.decisions, self.predicted.decisions
        checks: tuple[tuple[str, Show, Callable[[Any, Any], bool]], ...] = (
            ("objects", lambda a, r: words(a.object) or "none", _same_object),
            ("actors", lambda a, r: actors_shown(a.actors, r) or "none", lambda a, b: same_actors(a.actors, b.actors)),
            ("actor ids", _actor_ids, lambda a, b: self._alike(ids(a.actors), ids(b.actors))),
        )
        for row, show, agree in checks:
            self._field(row, good, acts, show, agree)
        self._field(
            "recipient",
            good,
            acts,
            lambda a, r: words(a.recipient) or "",
            lambda one, other: half_alike(words(one.recipient), words(other.recipient)),
        )
        self._field("act date", good, acts, lambda a, r: a.date or "", lambda one, other: one.date == other.date)
        self._field("act documents", good, acts, _act_documents, self._same_acted_on)

    # Rows of what hangs on entries.

    def _field(
        self, row: str, pairs: Iterable[Pair], sides: tuple[Sequence[Any], Sequence[Any]], show: Show,
        agree: Callable[[Any, Any], bool],
    ) -> None:  # fmt: skip
        """Judge a field that only some entries have, in pairs of entries; an entry without a pair has it wrong."""
        gold, predicted = sides
        left, others = set(range(len(gold))), set(range(len(predicted)))
        for i, j in pairs:
            left.remove(i)
            others.remove(j)
            one, other = _field_item(gold[i], self.shown[0], show), _field_item(predicted[j], self.shown[1], show)
            if one or other:
                self.comparison.add(Judgement(row, one, other, bool(one and other and agree(gold[i], predicted[j]))))
        for i in sorted(left):
            if one := _field_item(gold[i], self.shown[0], show):
                self.comparison.add(Judgement(row, one, None, False, True))
        for j in sorted(others):
            if other := _field_item(predicted[j], self.shown[1], show):
                self.comparison.add(Judgement(row, None, other, False, True))

    def _alike(self, gold: Iterable[str], predicted: Iterable[str]) -> bool:
        """Whether two lists of ids stand for mostly the same."""
        return set_f1(gold, map(self.meaning, predicted)) >= HALF

    def _same_acted_on(self, one: Decision, other: Decision) -> bool:
        return set(one.documents) == set(map(self.meaning, other.documents))

    def _sets(self, row: str, gold: Mapping[Hashable, Item], predicted: Mapping[Hashable, Item]) -> None:
        """Judge things that are the same or not."""
        for key, item in gold.items():
            self.comparison.add(Judgement(row, item, predicted.get(key), key in predicted))
        for key, item in predicted.items():
            if key not in gold:
                self.comparison.add(Judgement(row, None, item, False))

    def _roles(self) -> None:
        self._sets("roles", _roles(self.gold, lambda id_: id_), _roles(self.predicted, self.meaning))

    def _links(self) -> None:
        self._sets("links", _links(self.gold), _links(self.predicted))

    def _meeting(self) -> None:
        gold, predicted = self.gold.meeting, self.predicted.meeting
        for name, agree in (("name", half_alike), ("date", str.__eq__), ("place", half_alike)):
            one: str | None = getattr(gold, name, None)
            other: str | None = getattr(predicted, name, None)
            if one or other:
                items = [Item(-1, -1, f"{name}: {value}", name) if value else None for value in (one, other)]
                right = bool(one and other and agree(one, other))
                self.comparison.add(Judgement("meeting", items[0], items[1], right))
        present = _participants(self.gold, lambda id_: id_)
        self._sets("participants", present, _participants(self.predicted, self.meaning))


def meanings(gold: Record, predicted: Record) -> dict[str, str]:
    """The gold id that each predicted id stands for; a question mark before those that stand for none."""
    names: dict[str, str] = {}
    for kind in ("people", "organizations", "documents"):
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        one, other = places(getattr(gold, kind)), places(getattr(predicted, kind))
        for i, j in paired(one, other, HALF):
            votes[_id(other[j])][_id(one[i])] += 1
        for entry in getattr(predicted, kind):
            given = votes.get(entry.id)
            names[entry.id] = min(given, key=lambda id_: (-given[id_], id_)) if given else f"?{entry.id}"
    return names


def found(gold: list[Place[Decision]], predicted: list[Place[Decision]]) -> list[Pair]:
    """Decisions whose triggers overlap; of the rest those of one act and object in the gold's evidence."""
    pairs = paired(gold, predicted, 0.01, _fit)
    taken = {i for i, _ in pairs}, {j for _, j in pairs}
    candidates = (
        (score, 0.0, i, j)
        for i, one in enumerate(gold)
        if i not in taken[0] and one.entry.object
        for j, other in enumerate(predicted)
        if j not in taken[1]
        and one.entry.act == other.entry.act
        and (score := token_f1(words(one.entry.object), words(other.entry.object))) >= OBJECT
        and one.entry.evidence.start <= other.start < one.entry.evidence.end
    )
    return pairs + choose(candidates)


def _fit(one: Place[Decision], other: Place[Decision]) -> float:
    same = one.entry.act == other.entry.act
    return same + token_f1(words(one.entry.object), words(other.entry.object))


def _same_object(one: Decision, other: Decision) -> bool:
    return token_f1(words(one.object), words(other.object)) >= OBJECT


def same_documents(gold: Sequence[Document], predicted: Sequence[Document]) -> list[Pair]:
    """Each gold document with the predicted one that most of its mentions are shared with, if still free."""
    one, other = places(gold), places(predicted)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for i, j in paired(one, other, CLOSE):
        votes[_id(one[i])][_id(other[j])] += 1
    index = {document.id: j for j, document in enumerate(predicted)}
    taken: set[str] = set()
    pairs: list[Pair] = []
    for i, document in enumerate(gold):
        free = [id_ for id_, _ in votes[document.id].most_common() if id_ not in taken]
        if free:
            taken.add(free[0])
            pairs.append((i, index[free[0]]))
    return pairs


def _id(place: Place[Any]) -> str:
    id_: str = place.entry.id
    return id_


def _places(entries: Iterable[Any]) -> list[Place[Any]]:
    return [Place(*first_place(entry)[:2], entry) for entry in entries]


def _mention_items(some: list[Place[Any]], rules: list[str | None]) -> list[Item]:
    return [item_of(place.entry, place.start, place.end, rule) for place, rule in zip(some, rules, strict=True)]


def _entry_items(sides: tuple[list[Place[Any]], list[Place[Any]]]) -> tuple[list[Item], list[Item]]:
    gold, predicted = ([item_of(place.entry, *first_place(place.entry)) for place in side] for side in sides)
    return gold, predicted


def _field_item(entry: Any, names: Names, show: Show) -> Item | None:
    value = show(entry, names)
    if not value:
        return None
    start, end, rule = first_place(entry)
    return Item(start, end, value, value, rule)


def _parties(document: Document, names: Names) -> str:
    return ", ".join(names.get(id_, id_) for id_ in document.parties)


def _actor_ids(act: Decision, names: Names) -> str:
    return ", ".join(names.get(id_, id_) for id_ in ids(act.actors)) or "none"


def _act_documents(act: Decision, names: Names) -> str:
    return "; ".join(names[id_] for id_ in act.documents)


def _roles(record: Record, meaning: Callable[[str], str]) -> dict[Hashable, Item]:
    return {
        (
            meaning(person.id),
            plain_title(role.title),
            role.state or ("an organization" if role.organization else ""),
        ): Item(person.mentions[0].start, person.mentions[0].end, f"{person.name}: {role_shown(role)}", role.title)
        for person in record.people
        for role in person.roles
    }


def _links(record: Record) -> dict[Hashable, Item]:
    """Pairs of places that name one person, organization or document; no two kinds share a place."""
    return {
        ((one.start, one.end), (other.start, other.end)): Item(
            other.start, other.end, f"{one.text} ({one.start}) = {other.text}", kind, other.rule
        )
        for kind in ("people", "organizations", "documents")
        for entry in getattr(record, kind)
        for one, other in combinations(entry.mentions, 2)
    }


def _participants(record: Record, meaning: Callable[[str], str]) -> dict[Hashable, Item]:
    names = entry_names(record)
    present = record.meeting.participants if record.meeting else ()
    return {meaning(id_): Item(-1, -1, names.get(id_, id_)) for id_ in present}
