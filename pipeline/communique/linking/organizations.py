"""Which organizations of many texts are one.

Evidence is a rule that knows the name; the same words under the same owner ("Energy Ministry" and "Ministry of Energy"
of Kenya); or the same telling name. A name that many bodies have and that no text gives an owner stays with its text.
An acronym alone is a body's if the rules or the texts know one reading of it, and no second one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.linking.bodies import Body, entity_id
from communique.linking.folding import digest, slug
from communique.linking.lexicon import Lexicon
from communique.linking.nodes import First, Node, Nodes
from communique.linking.store import Text

_LONG_ACRONYM = 5
"""Acronyms of so many letters are taken for one body's wherever they stand; shorter ones need a state in common."""

_SHORTEST = 3
"""Letters of an acronym that, with the same name, tell a body whose name alone many have."""


@dataclass(eq=False)
class BodyNode(Node):
    """A body as texts tell of it alike."""

    rule: str | None = None
    owners: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)


class Organizations:
    """Takes the organizations of all texts, then says which are one."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.nodes: Nodes[BodyNode] = Nodes("organization")
        self._by_acronym: dict[str, set[int]] = {}
        self._contexts: dict[int, set[str]] = {}

    def see(self, text: Text, name: str, body: Body) -> int | None:
        """The node of an organization; None for an acronym, which has to wait until all names are known."""
        if body.bare:
            return None
        key = _key(body, text.id)
        number = self.nodes.at(key, lambda: BodyNode(name, rule=body.rule))
        node = self.nodes.all[number]
        node.add(body.id, First.of(text.date, text.id), text.context)
        if body.owner:
            node.owners.add(body.owner)
        if body.acronym:
            node.acronyms.add(body.acronym)
        return number

    def settle(self) -> None:
        """Join nodes of one name and owner whose acronyms don't contradict each other."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for key, number in self.nodes.by_key():
            if key[0] == "named":
                groups.setdefault(key[1:3], []).append(number)
        for numbers in groups.values():
            self._join(numbers)
        self._doubt_shared()
        for number, node in enumerate(self.nodes.all):
            root = self.nodes.forest.root(number)
            self._contexts.setdefault(root, set()).update(node.context)
            for acronym in node.acronyms:
                self._by_acronym.setdefault(acronym, set()).add(root)

    def _doubt_shared(self) -> None:
        """Doubt names without an owner that stand in other texts too."""
        alike: dict[object, list[tuple[object, int]]] = {}
        for key, number in self.nodes.by_key():
            if key[0] in ("named", "here"):
                alike.setdefault(key[1], []).append((key[0], number))
        for found in alike.values():
            owned = [number for how, number in found if how == "named"]
            for how, number in found:
                if how == "here" and len(found) > 1:
                    context = self.nodes.all[number].context
                    close = (n for n in owned if self.nodes.all[n].context & context)
                    self.nodes.doubt(number, "name shared by many", close)

    def _join(self, numbers: list[int]) -> None:
        nodes = self.nodes
        acronyms = {a for n in numbers for a in nodes.all[n].acronyms}
        if len(acronyms) <= 1:
            nodes.forest.join(numbers)
            return
        for number in numbers:
            if not nodes.all[number].acronyms:
                nodes.doubt(number, "several candidates", (n for n in numbers if n != number))

    def read_acronym(self, text: Text, acronym: str) -> int:
        """The node that an acronym alone stands for in a text."""
        nodes = self.nodes
        rules = self._lexicon.readings(acronym)
        named = self._readings(acronym, rules)
        close = [n for n in named if len(acronym) >= _LONG_ACRONYM or self._contexts[n] & text.context]
        if len(rules) == 1 and not close:
            return self._known(text, rules[0], acronym)
        if not rules and len(close) == 1:
            return close[0]
        number = self._unread(text, acronym)
        if named or rules:
            known = [found for rule in rules if (found := nodes.find(("known", rule))) is not None]
            nodes.doubt(number, "several candidates" if known or close else "no further evidence", known + named)
        return number

    def _readings(self, acronym: str, rules: tuple[str, ...]) -> list[int]:
        """The entities, by their first node, that texts give the acronym to; those of the rules excepted."""
        return sorted(n for n in self._by_acronym.get(acronym, ()) if self.nodes.all[n].rule not in rules)

    def _known(self, text: Text, rule: str, acronym: str) -> int:
        number = self.nodes.at(("known", rule), lambda: BodyNode(acronym, rule=rule))
        self.nodes.all[number].add(entity_id(rule), First.of(text.date, text.id), text.context)
        return number

    def _unread(self, text: Text, acronym: str) -> int:
        """A node of the acronym: one with those of texts that have a state in common."""
        nodes, first = self.nodes, First.of(text.date, text.id)
        id_ = f"organization:{slug(acronym)}~{digest(text.id)}"
        keys: list[tuple[object, ...]] = [("acronym", acronym, state) for state in sorted(text.context)]
        keys = keys or [("acronym", acronym, "", text.id)]
        numbers = [nodes.at(key, lambda: BodyNode(acronym, acronyms={acronym})) for key in keys]
        nodes.forest.join(numbers)
        nodes.all[numbers[0]].add(id_, first, text.context)
        return numbers[0]


def _key(body: Body, text: str) -> tuple[object, ...]:
    if body.rule is not None:
        return "known", body.rule
    if body.telling:
        return "named", body.core, body.owner or "", body.acronym or ""
    if body.acronym and len(body.acronym) >= _SHORTEST:
        return "acronymed", body.core, body.acronym
    return "here", body.core, text
