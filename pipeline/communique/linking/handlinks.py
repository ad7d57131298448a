"""Links made by hand, and how entities compare with them.

A file of links has one thing a line, with every entry of the texts looked at that is this thing; an entry that is no
other text's has a line of its own. Entries of texts that no line names are not scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import Field, ValidationError, model_validator

from communique.errors import InputError
from communique.jsonl import first_problem, read_lines
from communique.linking.bcubed import Grouping, grouping
from communique.linking.models import AnyEntity, Kind
from communique.records import Listed, Model


class LinkedEntry(Model):
    """An entry of a text: by its name or title, by its id in the record, or both.

    By name it is found in other records of the same text too; the id tells entries of one name apart.
    """

    text: str = Field(min_length=1)
    entity: str | None = None
    name: str | None = None

    @model_validator(mode="after")
    def _told(self) -> Self:
        if self.entity is None and self.name is None:
            raise ValueError("neither entity nor name is given")
        return self


class Link(Model):
    """A thing and its entries."""

    kind: Kind
    mentions: Listed[LinkedEntry] = Field(min_length=1)


class Item(NamedTuple):
    """An entry: kind, text, and the id and name that it has in the entities scored."""

    kind: Kind
    text: str
    entry: str
    name: str


@dataclass
class Comparison:
    """What was found of the links: for each entry its hand-made group and its entity."""

    gold: dict[Item, int] = field(default_factory=dict)
    found: dict[Item, str] = field(default_factory=dict)
    missing: list[LinkedEntry] = field(default_factory=list)
    """Entries of the links that no entity has."""

    def score(self, kind: Kind | None = None) -> Grouping:
        """The scores of one kind, or of all."""
        gold = {item: group for item, group in self.gold.items() if kind in (None, item.kind)}
        return grouping(gold, self.found)

    def count(self, kind: Kind | None = None) -> tuple[int, int]:
        """How many entries were scored, and how many things they are."""
        groups = [group for item, group in self.gold.items() if kind in (None, item.kind)]
        return len(groups), len(set(groups))

    def errors(self) -> Iterator[tuple[str, Item, Item]]:
        """Pairs put `together` that are not one, and pairs left `apart` that are; each part beside the first."""
        yield from self._split("together", self.found, self.gold)
        yield from self._split("apart", self.gold, self.found)

    def _split(
        self, what: str, groups: dict[Item, int] | dict[Item, str], parts: dict[Item, int] | dict[Item, str]
    ) -> Iterator[tuple[str, Item, Item]]:
        members: dict[int | str, dict[int | str, Item]] = {}
        for item in sorted(self.gold):
            members.setdefault(groups[item], {}).setdefault(parts[item], item)
        for firsts in members.values():
            first, *others = firsts.values()
            for other in others:
                yield what, first, other


def read_links(path: Path) -> list[Link]:
    """The links of a file; `InputError` for a line that holds none and for an entry in two lines."""
    links: list[Link] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, row, error in read_lines(path):
        if error is not None:
            raise InputError(path, error, number)
        try:
            links.append(Link.model_validate(row))
        except ValidationError as e:
            raise InputError(path, first_problem(e), number) from None
        for entry in links[-1].mentions:
            key = (links[-1].kind, entry.text, entry.entity, entry.name)
            if key in seen:
                what = entry.name or entry.entity
                raise InputError(path, f"{what!r} of {entry.text!r} stands in line {seen[key]} already", number)
            seen[key] = number
    return links


def compare(links: Iterable[Link], entities: Iterable[AnyEntity]) -> Comparison:
    """Find the entries of the links among the entities."""
    comparison = Comparison()
    items: dict[tuple[str, str], list[tuple[Item, str]]] = {}
    for entity in entities:
        for sighting in entity.texts:
            item = Item(entity.kind, sighting.text, sighting.entry, sighting.name)
            items.setdefault((entity.kind, sighting.text), []).append((item, entity.id))
    for group, link in enumerate(links):
        for entry in link.mentions:
            found = _find(entry, items.get((link.kind, entry.text), []))
            if found is None:
                comparison.missing.append(entry)
            else:
                comparison.gold[found[0]], comparison.found[found[0]] = group, found[1]
    return comparison


def _find(entry: LinkedEntry, items: list[tuple[Item, str]]) -> tuple[Item, str] | None:
    """The item of an entry: the one of its name; of several, or without a name, the one of its id."""
    alike = [pair for pair in items if entry.name in (None, pair[0].name)]
    if entry.name is not None and len(alike) == 1:
        return alike[0]
    return next((pair for pair in alike if pair[0].entry == entry.entity), None)
