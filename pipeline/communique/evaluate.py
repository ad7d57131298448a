"""Predicted records against gold: precision, recall and F1 of every kind and of what hangs on it.

Mentions pair one to one, best overlap first (intersection over union of their offsets). Each kind has three
columns:

- `exact`: the offsets are the gold's
- `overlap`: intersection over union is at least 0.5
- `record`: what the row is about is right: people and organizations exact; states exact, with the code;
  documents with an overlap of 0.8 and the type; dates the value; figures value, upper and unit; decisions
  found, act and status

The mean of the seven kinds' `record` F1 is the headline. The other rows have the column `record` alone:

- `found`: decisions whose trigger overlaps the gold's, else of the same act, with the trigger inside the
  gold's evidence and an object of token F1 0.6
- `objects`, `actors`, `actor ids`: right decisions whose object has token F1 0.6; whose actors pair one to
  one (token F1 0.5) with set F1 0.5; whose actors' ids, as what they stand for, have set F1 0.5
- `recipient`, `act date`, `act documents`: of the decisions that have one
- `roles`: person, title and the state, or that there is an organization
- `links`: pairs of mentions of one person, organization or document
- `status`, `period`, `document date`, `parties`: documents, each with the one it shares most mentions with
- `modifier`, `measure`: figures that have one
- `meeting`: name, date and place, one by one; `participants`: as what they stand for

An id stands for the gold entry that most of its mentions overlap; a state's code for itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from communique.errors import InputError
from communique.pairing import Pair, Place, choose, paired, set_f1, token_f1
from communique.records import Actor, Date, Decision, Document, Figure, Organization, Person, Record, State
from communique.scores import KINDS, Evaluation

HALF, CLOSE, SAME = 0.5, 0.8, 0.999
OBJECT = 0.6

Named = TypeVar("Named", Person, State, Organization, Document)
T = TypeVar("T")
Meaning = Callable[[str], str]


def evaluate(gold: Mapping[str, Record], predicted: Mapping[str, Record]) -> Evaluation:
    """Score predicted records, by id; those that gold does not know are not looked at."""
    evaluation = Evaluation()
    for id_, record in gold.items():
        other = predicted.get(id_)
        if other is None:
            evaluation.missing.append(id_)
            other = _nothing(record)
        elif other.text != record.text:
            raise InputError(id_, "the two texts differ, so offsets can't be compared")
        _Comparison(evaluation, record, other).run()
    return evaluation


def _nothing(record: Record) -> Record:
    empty = dict.fromkeys(KINDS, ())
    return record.model_copy(update={"meeting": None, **empty})


class _Comparison:
    """One text's gold and predicted record."""

    def __init__(self, evaluation: Evaluation, gold: Record, predicted: Record) -> None:
        self.evaluation = evaluation
        self.gold = gold
        self.predicted = predicted
        names = _meanings(gold, predicted)
        self.meaning: Meaning = lambda id_: names.get(id_, id_)

    def run(self) -> None:
        """Count every row."""
        gold, predicted = self.gold, self.predicted
        self._kind("people", _named(gold.people), _named(predicted.people), _exact)
        self._kind("organizations", _named(gold.organizations), _named(predicted.organizations), _exact)
        self._kind(
            "states",
            _named(gold.states),
            _named(predicted.states),
            lambda g, p: [(one, other) for one, other in _exact(g, p) if one.entry.id == other.entry.id],
        )
        self._documents()
        self._dates()
        self._figures()
        self._decisions()
        self._roles()
        self._links()
        self._meeting()

    def _kind(
        self,
        kind: str,
        gold: list[Place[T]],
        predicted: list[Place[T]],
        right: Callable[[list[Place[T]], list[Place[T]]], list[Pair[T]]],
    ) -> list[Pair[T]]:
        """Count the three columns of a kind; the pairs that are right are returned."""
        good = right(gold, predicted)
        sizes = len(gold), len(predicted)
        self.evaluation.add(kind, len(paired(gold, predicted, SAME)), *sizes, column="exact")
        self.evaluation.add(kind, len(paired(gold, predicted, HALF)), *sizes, column="overlap")
        self.evaluation.add(kind, len(good), *sizes)
        return good

    def _documents(self) -> None:
        gold, predicted = _named(self.gold.documents), _named(self.predicted.documents)
        close = paired(gold, predicted, CLOSE)
        self._kind(
            "documents",
            gold,
            predicted,
            lambda g, p: [(one, other) for one, other in close if one.entry.type == other.entry.type],
        )
        pairs = _same_documents(self.gold.documents, close)
        sides = self.gold.documents, self.predicted.documents
        add = self.evaluation.add_field
        add("status", pairs, sides, lambda d: True, lambda one, other: one.status == other.status)
        add("period", pairs, sides, lambda d: d.period, lambda one, other: one.period == other.period)
        add("document date", pairs, sides, lambda d: d.date, lambda one, other: one.date == other.date)
        add(
            "parties",
            pairs,
            sides,
            lambda d: d.parties,
            lambda one, other: self._alike(one.parties, other.parties),
        )

    def _dates(self) -> None:
        gold, predicted = (
            [Place(date.mention.start, date.mention.end, date) for date in record.dates]
            for record in (self.gold, self.predicted)
        )
        self._kind("dates", gold, predicted, lambda g, p: [x for x in paired(g, p, HALF) if _same_date(x)])

    def _figures(self) -> None:
        gold, predicted = (
            [Place(figure.mention.start, figure.mention.end, figure) for figure in record.figures]
            for record in (self.gold, self.predicted)
        )
        self._kind("figures", gold, predicted, lambda g, p: [x for x in paired(g, p, HALF) if _same_figure(x)])
        pairs = _entries(paired(gold, predicted, HALF))
        sides = self.gold.figures, self.predicted.figures
        self.evaluation.add_field(
            "modifier", pairs, sides, lambda f: f.modifier, lambda one, other: one.modifier == other.modifier
        )
        self.evaluation.add_field(
            "measure",
            pairs,
            sides,
            lambda f: f.measure,
            lambda one, other: token_f1(_text(one.measure), _text(other.measure)) >= HALF,
        )

    def _decisions(self) -> None:
        gold, predicted = (
            [Place(act.trigger.start, act.trigger.end, act) for act in record.decisions]
            for record in (self.gold, self.predicted)
        )
        found = _found(gold, predicted)
        sizes = len(gold), len(predicted)
        self.evaluation.add("found", len(found), *sizes)
        good = _entries(self._kind("decisions", gold, predicted, lambda g, p: [x for x in found if _same_act(x)]))
        checks: tuple[tuple[str, Callable[[Decision, Decision], bool]], ...] = (
            ("objects", lambda one, other: token_f1(_text(one.object), _text(other.object)) >= OBJECT),
            ("actors", lambda one, other: _same_actors(one.actors, other.actors)),
            ("actor ids", lambda one, other: self._alike(_ids(one.actors), _ids(other.actors))),
        )
        for row, agree in checks:
            self.evaluation.add(row, sum(agree(one, other) for one, other in good), *sizes)
        sides = self.gold.decisions, self.predicted.decisions
        add = self.evaluation.add_field
        add(
            "recipient",
            good,
            sides,
            lambda act: act.recipient,
            lambda one, other: token_f1(_text(one.recipient), _text(other.recipient)) >= HALF,
        )
        add("act date", good, sides, lambda act: act.date, lambda one, other: one.date == other.date)
        add(
            "act documents",
            good,
            sides,
            lambda act: act.documents,
            lambda one, other: set(one.documents) == set(map(self.meaning, other.documents)),
        )

    def _roles(self) -> None:
        gold = _roles(self.gold, lambda id_: id_)
        predicted = _roles(self.predicted, self.meaning)
        self.evaluation.add("roles", len(gold & predicted), len(gold), len(predicted))

    def _links(self) -> None:
        gold, predicted = _links(self.gold), _links(self.predicted)
        self.evaluation.add("links", len(gold & predicted), len(gold), len(predicted))

    def _meeting(self) -> None:
        gold, predicted = self.gold.meeting, self.predicted.meeting
        for name, agree in (("name", _half_alike), ("date", str.__eq__), ("place", _half_alike)):
            one: str | None = getattr(gold, name, None)
            other: str | None = getattr(predicted, name, None)
            right = bool(one and other and agree(one, other))
            self.evaluation.add("meeting", right, bool(one), bool(other))
        present = set(gold.participants) if gold else set()
        named = set(map(self.meaning, predicted.participants)) if predicted else set()
        self.evaluation.add("participants", len(present & named), len(present), len(named))

    def _alike(self, gold: Iterable[str], predicted: Iterable[str]) -> bool:
        """Whether two lists of ids stand for mostly the same."""
        return set_f1(gold, map(self.meaning, predicted)) >= HALF


def _named(entries: Iterable[Named]) -> list[Place[Named]]:
    return [Place(mention.start, mention.end, entry) for entry in entries for mention in entry.mentions]


def _exact(gold: list[Place[T]], predicted: list[Place[T]]) -> list[Pair[T]]:
    return paired(gold, predicted, SAME)


def _entries(pairs: Iterable[Pair[T]]) -> list[tuple[T, T]]:
    return [(one.entry, other.entry) for one, other in pairs]


def _meanings(gold: Record, predicted: Record) -> dict[str, str]:
    """The gold id that each predicted id stands for; a question mark before those that stand for none."""
    names: dict[str, str] = {}
    for kind in ("people", "organizations", "documents"):
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for one, other in paired(_named(getattr(gold, kind)), _named(getattr(predicted, kind)), HALF):
            votes[other.entry.id][one.entry.id] += 1
        for entry in getattr(predicted, kind):
            given = votes.get(entry.id)
            names[entry.id] = min(given, key=lambda id_: (-given[id_], id_)) if given else f"?{entry.id}"
    return names


def _same_documents(gold: Iterable[Document], close: list[Pair[Document]]) -> list[tuple[Document, Document]]:
    """Each gold document with the predicted one that most of its mentions are shared with, if still free."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other in close:
        votes[one.entry.id][other.entry.id] += 1
    predicted = {other.entry.id: other.entry for _, other in close}
    taken: set[str] = set()
    pairs: list[tuple[Document, Document]] = []
    for document in gold:
        free = [id_ for id_, _ in votes[document.id].most_common() if id_ not in taken]
        if free:
            taken.add(free[0])
            pairs.append((document, predicted[free[0]]))
    return pairs


def _found(gold: list[Place[Decision]], predicted: list[Place[Decision]]) -> list[Pair[Decision]]:
    """Decisions whose triggers overlap; of the rest those of one act and object in the gold's evidence."""
    pairs = paired(gold, predicted, 0.01, _fit)
    found = {one.entry.id for one, _ in pairs}, {other.entry.id for _, other in pairs}
    rest = [one for one in gold if one.entry.id not in found[0]]
    others = [other for other in predicted if other.entry.id not in found[1]]
    candidates = (
        (score, 0.0, i, j)
        for i, one in enumerate(rest)
        for j, other in enumerate(others)
        if one.entry.act == other.entry.act
        and one.entry.object
        and (score := token_f1(_text(one.entry.object), _text(other.entry.object))) >= OBJECT
        and one.entry.evidence.start <= other.start < one.entry.evidence.end
    )
    return pairs + [(rest[i], others[j]) for i, j in choose(candidates)]


def _fit(one: Place[Decision], other: Place[Decision]) -> float:
    same = one.entry.act == other.entry.act
    return same + token_f1(_text(one.entry.object), _text(other.entry.object))


def _same_act(pair: Pair[Decision]) -> bool:
    one, other = pair[0].entry, pair[1].entry
    return one.act == other.act and one.status == other.status


def _same_date(pair: Pair[Date]) -> bool:
    return pair[0].entry.value == pair[1].entry.value


def _same_figure(pair: Pair[Figure]) -> bool:
    one, other = pair[0].entry, pair[1].entry
    return (
        _same_number(one.value, other.value)
        and _same_number(one.upper, other.upper)
        and _unit(one.unit) == _unit(other.unit)
    )


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1, abs(one))


_UNIT_WORDS = {"people": "person", "persons": "person", "%": "percent", "per cent": "percent"}


def _unit(unit: str) -> str:
    plain = unit.strip().lower().replace("³", "3").replace("²", "2")
    return _UNIT_WORDS.get(plain, plain)


def _same_actors(gold: Sequence[Actor], predicted: Sequence[Actor]) -> bool:
    """Pair each gold actor with the most alike that is left; at least half must find one."""
    if not gold or not predicted:
        return not gold and not predicted
    left = [actor.text for actor in predicted]
    found = 0
    for actor in gold:
        best = max(left, key=lambda text: token_f1(actor.text, text), default=None)
        if best is not None and _half_alike(actor.text, best):
            left.remove(best)
            found += 1
    return 2 * found / (len(gold) + len(predicted)) >= HALF


def _half_alike(one: str, other: str) -> bool:
    return token_f1(one, other) >= HALF


def _ids(actors: Iterable[Actor]) -> list[str]:
    return [id_ for actor in actors for id_ in actor.ids]


def _roles(record: Record, meaning: Meaning) -> set[tuple[str, str, str]]:
    return {
        (
            meaning(person.id),
            _title(role.title),
            role.state or ("an organization" if role.organization else ""),
        )
        for person in record.people
        for role in person.roles
    }


def _title(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().lower().removeprefix("the ")


def _links(record: Record) -> set[tuple[tuple[int, int], ...]]:
    """Pairs of places that name one person, organization or document; no two kinds share a place."""
    entries = [person.mentions for person in record.people]
    entries += [organization.mentions for organization in record.organizations]
    entries += [document.mentions for document in record.documents]
    return {
        pair for mentions in entries for pair in combinations([(mention.start, mention.end) for mention in mentions], 2)
    }


def _text(words: object) -> str | None:
    return getattr(words, "text", None)
