"""Entities and doubts as they are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from communique.linking.documents import span
from communique.linking.models import (
    AMBIGUOUS_SCHEMA,
    ENTITY,
    SCHEMA,
    Ambiguity,
    AnyEntity,
    Kind,
    Sighting,
)
from communique.linking.nodes import NO_DATE, Nodes
from communique.linking.store import Entry
from communique.linking.world import World

KINDS: tuple[Kind, ...] = ("person", "organization", "document")
_ORDER = ("proposed", "signed", "adopted", "amended", "terminated")
Dated = tuple[Entry, str | None]


def entities(world: World) -> Iterator[tuple[AnyEntity, Iterator[Sighting]]]:
    """Each entity with its first sighting, and all its sightings, to be read before the next entity is.

    People, then organizations, then documents, by id.
    """
    for kind in KINDS:
        nodes, named = world.nodes[kind], world.named[kind]
        world.store.group(kind, ((number, nodes.forest.root(number)) for number in range(len(nodes.all))))
        for root in sorted(named, key=lambda root: named[root].id):
            yield _Entity(world, kind, root).built(), sightings(world, kind, root)


def sightings(world: World, kind: Kind, root: int) -> Iterator[Sighting]:
    """An entity's entries in texts, by date."""
    for entry, date in world.store.of_root(kind, root):
        yield _sighting(entry, date)


def _sighting(entry: Entry, date: str | None) -> Sighting:
    mentions = [{"start": start, "end": end, "text": text} for start, end, text in entry.mentions]
    return Sighting.model_validate(
        {"text": entry.text, "date": date, "entry": entry.entry, "name": entry.name, "mentions": mentions}
    )


class _Entity:
    """What the entries of an entity say, gathered in one reading."""

    def __init__(self, world: World, kind: Kind, root: int) -> None:
        self._world, self._kind, self._root = world, kind, root
        self._names: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()
        self._values: dict[str, Counter[str]] = {key: Counter() for key in ("type", "rule", "date", "period")}
        self._events: list[dict[str, Any]] = []
        self._acronyms: Counter[str] = Counter()
        self._offices: dict[tuple[Any, ...], list[str | None]] = {}

    def built(self) -> AnyEntity:
        """The entity with its first sighting."""
        first: Sighting | None = None
        for entry, date in self._world.store.of_root(self._kind, self._root):
            first = first or _sighting(entry, date)
            self._names[entry.name] += 1
            self._forms.update({entry.name} | {" ".join(form.split()) for _, _, form in entry.mentions})
            getattr(self, f"_add_{self._kind}")(entry, date)
        own: dict[str, Any] = getattr(self, f"_{self._kind}")()
        named = self._world.named[self._kind][self._root]
        return ENTITY.validate_python(
            {
                "schema": SCHEMA,
                "id": named.id,
                "kind": self._kind,
                "name": _frequent(self._names)[0],
                "other_ids": list(named.others),
                "names": [{"text": form, "texts": self._forms[form]} for form in _frequent(self._forms)],
                **own,
                "texts": [] if first is None else [first.model_dump(mode="json")],
            }
        )

    def _add_person(self, entry: Entry, date: str | None) -> None:
        organizations = {e.entry: e.node for e in self._world.store.of_text("organization", entry.text)}
        for title, state, body, name in entry.facts["roles"]:
            node = organizations.get(body)
            id_ = None if node is None else self._world.entity("organization", node)
            self._offices.setdefault((title, state, id_, name), []).append(date)

    def _person(self) -> dict[str, Any]:
        offices = [
            {
                "title": title, "state": state, "organization": id_, "organization_name": name,
                "first": _ends(dates)[0], "last": _ends(dates)[1], "texts": len(dates),
            }
            for (title, state, id_, name), dates in self._offices.items()
        ]  # fmt: skip
        offices.sort(key=lambda o: (o["first"] or NO_DATE, o["title"], o["state"] or "", o["organization_name"] or ""))
        return {"offices": offices}

    def _add_organization(self, entry: Entry, date: str | None) -> None:
        acronym = entry.facts["body"][4]
        if acronym:
            self._acronyms[acronym] += 1

    def _organization(self) -> dict[str, Any]:
        members = self._members()
        rules = {node.rule for node in members if node.rule}
        ids = self._world.ids["organization"]
        owners = {ids.get(owner, owner) for node in members for owner in node.owners}
        return {
            "acronyms": _frequent(self._acronyms),
            "rule": _single(rules),
            "owner": _single(owners),
        }

    def _members(self) -> list[Any]:
        nodes: Nodes[Any] = self._world.nodes[self._kind]
        return [nodes.all[n] for n in self._world.members[self._kind][self._root]]

    def _add_document(self, entry: Entry, date: str | None) -> None:
        facts = entry.facts
        for key, value in {**facts, "rule": facts["title"][0]}.items():
            if key in self._values and value:
                self._values[key][value] += 1
        if facts["status"] != "mentioned":
            self._events.append(_event(entry, date))

    def _document(self) -> dict[str, Any]:
        told = self._values
        return {
            "type": _frequent(told["type"])[0],
            "rule": _single(told["rule"]),
            "date": _most_exact(told["date"]),
            "period": _single(told["period"]),
            "parties": sorted(self._parties()),
            "history": sorted(self._events, key=_in_time),
        }

    def _parties(self) -> set[str]:
        return {party for node in self._members() for party in node.document.parties}


def _in_time(event: dict[str, Any]) -> tuple[str, int, str, str]:
    return (event["date"] or NO_DATE)[:10], _ORDER.index(event["status"]), event["text"], event["entry"]


def _event(entry: Entry, day: str | None) -> dict[str, Any]:
    facts = entry.facts
    decided = sorted({date for _, date in facts["decisions"] if date})
    own = facts["date"] if facts["status"] in ("signed", "adopted") else None
    date, by = (own, "document") if own else (decided[0], "decision") if len(decided) == 1 else (day, "text")
    decisions = [id_ for id_, _ in facts["decisions"]]
    told = {"text": entry.text, "entry": entry.entry, "decisions": decisions}
    return {"status": facts["status"], "date": date, "by": by, **told}


def _frequent(counts: Counter[str]) -> list[str]:
    """The most frequent first; of equals headlines last, the longest first, then by the alphabet."""
    return sorted(counts, key=lambda form: (-counts[form], form.isupper(), -len(form), form))


def _ends(dates: Iterable[str | None]) -> tuple[str | None, str | None]:
    known = sorted(date for date in dates if date)
    return (known[0], known[-1]) if known else (None, None)


def _most_exact(dates: Collection[str]) -> str | None:
    """The shortest stretch of time, if it lies within all others."""
    spans = {date: span(date) for date in dates}
    known = sorted((stretch[1] > stretch[0], -len(date), date) for date, stretch in spans.items() if stretch)
    if not known:
        return _single(dates)
    best = spans[known[0][2]]
    inside = all(s is not None and best is not None and s[0] <= best[0] and best[1] <= s[1] for s in spans.values())
    return known[0][2] if inside else None


def _single(values: Collection[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def ambiguities(world: World) -> Iterator[Ambiguity]:
    """Entities kept apart, in the order of the entities."""
    for kind in KINDS:
        nodes, named = world.nodes[kind], world.named[kind]
        found: dict[str, Ambiguity] = {}
        for doubt in sorted(nodes.doubts.values()):
            own = named[nodes.forest.root(doubt.node)].id
            others = sorted({named[nodes.forest.root(n)].id for n in doubt.candidates} - {own})
            if not others and doubt.reason != "name shared by many":
                continue
            found.setdefault(
                own,
                Ambiguity.model_validate(
                    {
                        "schema": AMBIGUOUS_SCHEMA,
                        "id": own,
                        "kind": kind,
                        "name": nodes.all[doubt.node].name,
                        "reason": doubt.reason,
                        "candidates": others,
                    }
                ),
            )
        yield from (found[id_] for id_ in sorted(found))
