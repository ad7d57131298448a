"""Which people of many texts are one.

People with an office of a state or body come first. The same full name under the same state or body is one person,
whatever the office; a shorter form joins the one longer name that it can be a form of, if the two share the state or
body, and the office too where it is no more than a surname. The same full name under a state and under bodies that are
no state's is one person who changed office, if the texts name a state in common; under two states it is kept apart.
People without an office of a state or body join the one person of their name whose state or body their text names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from communique.linking.folding import digest, slug
from communique.linking.models import Reason
from communique.linking.nodes import First, Node, Nodes, near
from communique.linking.personal_names import PersonalName, may_be, may_be_pet_form, more_exact, romanized_alike
from communique.linking.store import Text

CAREER = 40
"""Years within which one name under different offices is one person's."""
OFFICE = 20
"""Years within which one surname in one office is one person's."""

TERM = 4
"""Years within which a state has no second head of such a name."""


class Held(NamedTuple):
    """An office, its title folded, and the state's code or body's id that it belongs to."""

    title: str
    owner: str


class Individual(NamedTuple):
    """A person as one text tells of him or her."""

    printed: str
    name: PersonalName
    offices: frozenset[Held]
    titles: frozenset[str]
    """The folded titles, also of offices of which no owner is told."""


@dataclass(eq=False)
class PersonNode(Node):
    """A person as texts tell of him or her alike."""

    person: PersonalName = field(kw_only=True)
    offices: frozenset[Held] = frozenset()

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(held.owner for held in self.offices)


class People:
    """Takes the people of all texts with an office of a state or body, joins them, then places the others.

    `sole` are the folded titles of offices that one person at a time holds.
    """

    def __init__(self, sole: frozenset[str] = frozenset()) -> None:
        self._sole = sole
        self.nodes: Nodes[PersonNode] = Nodes("person")
        self._apart: dict[int, set[int]] = {}
        self._clusters: dict[int, list[int]] = {}
        self._by_surname: dict[str, set[int]] = {}

    def see(self, text: Text, people: Sequence[Individual]) -> list[int | None]:
        """The nodes of a text's people; None for those without an office of a state or body."""
        numbers = [self._see(text, person) if person.offices else None for person in people]
        seen = [(n, set(person.name.words)) for n, person in zip(numbers, people, strict=True) if n is not None]
        for one, words in seen:
            others = {other for other, theirs in seen if other != one and words & theirs}
            if others:
                self._apart.setdefault(one, set()).update(others)
        return numbers

    def _see(self, text: Text, person: Individual) -> int:
        decade = (text.date or "")[:3]
        key = (person.name.words, tuple(sorted(person.name.surnames)), tuple(sorted(person.offices)), decade)
        number = self.nodes.at(key, lambda: PersonNode(person.printed, person=person.name, offices=person.offices))
        node = self.nodes.all[number]
        for owner in sorted(node.owners):
            id_ = f"person:{slug(person.printed)}.{owner.removeprefix('organization:')}"
            node.add(id_, First.of(text.date, text.id), text.context)
        return number

    def settle(self) -> None:
        """Join what is one."""
        self._join_equal()
        self._join_romanized()
        self._join_shorter()
        self._join_changed()
        for root, members in self.nodes.forest.sets(range(len(self.nodes.all))).items():
            self._clusters[root] = members
            for surname in self._surnames(members):
                self._by_surname.setdefault(surname, set()).add(root)

    def _surnames(self, members: Iterable[int]) -> set[str]:
        return {surname for n in members for surname in self.nodes.all[n].person.surnames}

    def _sorted(self) -> list[int]:
        return [number for _, number in self.nodes.by_key()]

    def _join(self, numbers: Sequence[int]) -> bool:
        """Join sets of nodes, unless a text has them as two people."""
        forest = self.nodes.forest
        roots = {forest.root(n) for n in numbers}
        if len(roots) < 2:
            return True
        foes = {root: self._apart.get(root, set()) for root in roots}
        if any(forest.root(foe) in roots - {root} for root in roots for foe in foes[root]):
            return False
        forest.join(roots)
        if together := set().union(*foes.values()):
            self._apart[forest.root(min(roots))] = together
        return True

    def _join_equal(self) -> None:
        """The same words, a full name or the same office, under one owner."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for number in self._sorted():
            node = self.nodes.all[number]
            marks: Iterable[object] = node.owners if node.person.level == 3 else node.offices
            for mark in marks:
                groups.setdefault((node.person.key, mark), []).append(number)
        for _, numbers in sorted(groups.items(), key=lambda item: repr(item[0])):
            full = self.nodes.all[numbers[0]].person.level == 3
            self._chain(numbers, CAREER if full else OFFICE)

    def _chain(self, numbers: Sequence[int], years: int) -> None:
        """Join neighbours in time."""
        ordered = sorted(numbers, key=lambda n: (self.nodes.all[n].years or (0, 0), numbers.index(n)))
        for one, other in pairwise(ordered):
            if near(self.nodes.all[one], self.nodes.all[other], years):
                self._join((one, other))

    def _join_romanized(self) -> None:
        """Names of one office that differ in the vowels of a romanization, or in a pet form of the given name."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for number in self._sorted():
            node = self.nodes.all[number]
            for held in node.offices:
                for surname in node.person.surnames:
                    groups.setdefault((surname, held), []).append(number)
        for _, numbers in sorted(groups.items(), key=lambda item: repr(item[0])):
            for place, one in enumerate(numbers):
                for other in numbers[place + 1 :]:
                    if self._alike(one, other):
                        self._join((one, other))

    def _alike(self, one: int, other: int) -> bool:
        a, b = self.nodes.all[one], self.nodes.all[other]
        return (romanized_alike(a.person, b.person) and near(a, b, OFFICE)) or self._same_head(a, b)

    def _same_head(self, one: PersonNode, other: PersonNode) -> bool:
        """Whether two are the head of one state or government within a term, of names that may be one."""
        if not any(held.title in self._sole and len(held.owner) == 3 for held in one.offices & other.offices):
            return False
        return may_be_pet_form(one.person, other.person) and near(one, other, TERM)

    def _join_shorter(self) -> None:
        """Shorter forms, the longest of them first, to the one longer name that each can be a form of."""
        index: dict[tuple[str, str], list[int]] = {}
        for number in self._sorted():
            node = self.nodes.all[number]
            for owner in node.owners:
                for word in set(node.person.words):
                    index.setdefault((owner, word), []).append(number)
        order = sorted(self._sorted(), key=self._exactness, reverse=True)
        for _, batch in groupby(order, key=self._exactness):
            found = [(number, self._longer(number, index)) for number in batch]
            for number, longer in found:
                self._join_one(number, longer)

    def _exactness(self, number: int) -> tuple[int, int, int]:
        return self.nodes.all[number].person.exactness

    def _longer(self, number: int, index: dict[tuple[str, str], list[int]]) -> set[int]:
        """Nodes with a longer name that the node's can be a form of."""
        node = self.nodes.all[number]
        words = [word for word in node.person.words if len(word) > 1]
        near_by = {n for owner in node.owners for word in words for n in index.get((owner, word), ())}
        return {n for n in near_by if self._is_form(node, self.nodes.all[n])}

    def _is_form(self, short: PersonNode, long: PersonNode) -> bool:
        if not more_exact(long.person, short.person) or not may_be(short.person, long.person):
            return False
        if short.person.level == 3 and short.person.surnames & long.person.surnames:
            return near(short, long, CAREER)
        return bool(short.offices & long.offices) and near(short, long, OFFICE)

    def _join_one(self, number: int, longer: set[int]) -> None:
        roots = {self.nodes.forest.root(n) for n in longer} - {self.nodes.forest.root(number)}
        if len(roots) > 1 or (roots and not self._join((number, *roots))):
            self.nodes.doubt(number, "several candidates" if len(roots) > 1 else "contradiction", sorted(roots))

    def _join_changed(self) -> None:
        """One full name under a state and under bodies of no state's, or under such bodies alone."""
        groups: dict[tuple[str, ...], list[int]] = {}
        for number in self._sorted():
            node = self.nodes.all[number]
            if node.person.level == 3:
                groups.setdefault(node.person.key, []).append(number)
        for _, numbers in sorted(groups.items()):
            sets = list(self.nodes.forest.sets(numbers).values())
            if len(sets) > 1:
                self._join_offices(sets)

    def _join_offices(self, sets: Sequence[Sequence[int]]) -> None:
        """Join people of one name whose texts name a state in common, if their offices are not of two states."""
        nodes = self.nodes.all
        states = {owner for numbers in sets for n in numbers for owner in states_of(nodes[n].owners)}
        for place, numbers in enumerate(sets):
            for others in sets[place + 1 :]:
                close = any(nodes[a].context & nodes[b].context for a in numbers for b in others)
                if len(states) < 2 and close and near(nodes[numbers[0]], nodes[others[0]], CAREER):
                    self._join((numbers[0], others[0]))
                else:
                    reason: Reason = "contradiction" if len(states) > 1 else "no further evidence"
                    self.nodes.doubt(numbers[0], reason, (others[0],))
                    self.nodes.doubt(others[0], reason, (numbers[0],))

    def place(
        self, text: Text, bodies: Iterable[str], people: Sequence[Individual], numbers: Sequence[int | None]
    ) -> list[int]:
        """The nodes of all people of a text, those found before among them; `bodies` are those that it names."""
        context = {*text.context, *bodies}
        taken = {self.nodes.forest.root(n) for n in numbers if n is not None}
        return [
            self._place(text, person, context, taken) if number is None else number
            for person, number in zip(people, numbers, strict=True)
        ]

    def _place(self, text: Text, person: Individual, context: set[str], taken: set[int]) -> int:
        found = [root for root in self._candidates(person) if root not in taken]
        close = [root for root in found if self._shares(root, person, context)]
        if len(close) == 1:
            taken.add(close[0])
            return close[0]
        number = self._unplaced(text, person)
        if found:
            self.nodes.doubt(number, "several candidates" if close else "no further evidence", close or found)
        return number

    def _candidates(self, person: Individual) -> list[int]:
        """The people whose name, in one of its forms, this one's may be."""
        roots = {root for surname in person.name.surnames for root in self._by_surname.get(surname, ())}
        return sorted(root for root in roots if any(self._named(person.name, n) for n in self._clusters[root]))

    def _named(self, name: PersonalName, number: int) -> bool:
        other = self.nodes.all[number].person
        if name.key == other.key:
            return True
        return may_be(name, other) if more_exact(other, name) else romanized_alike(name, other)

    def _shares(self, root: int, person: Individual, context: set[str]) -> bool:
        """Whether the text names a state or body whose office the candidate has, and for a surname also the office."""
        nodes = [self.nodes.all[n] for n in self._clusters[root]]
        if person.name.level == 3:
            return any(node.owners & context for node in nodes)
        return any(held.owner in context and held.title in person.titles for node in nodes for held in node.offices)

    def _unplaced(self, text: Text, person: Individual) -> int:
        """A node of its own; full names are one where texts have a state in common."""
        nodes, name = self.nodes, person.name
        keys: list[tuple[object, ...]] = [("named", name.key, state) for state in sorted(text.context)]
        if name.level < 3 or not keys:
            keys = [("here", name.key, text.id, person.printed)]
        numbers = [nodes.at(key, lambda: PersonNode(person.printed, person=name)) for key in keys]
        nodes.forest.join(numbers)
        id_ = f"person:{slug(person.printed)}~{digest(text.id)}"
        nodes.all[numbers[0]].add(id_, First.of(text.date, text.id), text.context)
        return numbers[0]


def states_of(owners: Iterable[str]) -> set[str]:
    """The codes of states among owners."""
    return {owner for owner in owners if not owner.startswith("organization:")}
