"""Records to entities: entries are kept on disk, what they tell alike in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique import rules
from communique.errors import InputError
from communique.linking.bodies import Body, bodies
from communique.linking.documents import Documents, Instrument
from communique.linking.lexicon import Lexicon, lexicon
from communique.linking.models import Kind
from communique.linking.nodes import Named, Nodes
from communique.linking.organizations import Organizations
from communique.linking.people import Held, Individual, People
from communique.linking.personal_names import personal_name
from communique.linking.store import Entry, Store, Text
from communique.linking.titles import Title, read_title
from communique.records import Decision, Document, Mention, Person, Record


@dataclass
class World:
    """The entities of the texts in a store: of each kind the nodes and, by root, the ids."""

    store: Store
    nodes: dict[Kind, Nodes[Any]]
    named: dict[Kind, dict[int, Named]]
    members: dict[Kind, dict[int, list[int]]]
    """The nodes of each entity."""
    ids: dict[Kind, dict[str, str]]
    """Every id that a part of the evidence gives, and the entity's that it leads to."""
    texts: int

    def entity(self, kind: Kind, node: int) -> str:
        """The id of the entity that a node is of."""
        return self.named[kind][self.nodes[kind].forest.root(node)].id


def build(records: Iterable[tuple[Path, Record]], store: Store, folders: Sequence[Path] = ()) -> World:
    """The entities of records; `folders` are rules read on top of the shipped ones.

    Raises `InputError` for two records with one id.
    """
    words = lexicon((rules.shipped(), *folders))
    texts = 0
    for path, record in records:
        try:
            store.add(_text(record), _entries(record, words))
        except KeyError:
            raise InputError(path, f"id {record.id!r} stands twice") from None
        texts += 1
    store.index()
    world = World(store, {}, {}, {}, {}, texts)
    _organizations(world, words)
    _people(world, words)
    _documents(world)
    return world


def _text(record: Record) -> Text:
    meeting = record.meeting.date if record.meeting else None
    return Text(record.id, record.source.published or meeting, frozenset(state.id for state in record.states))


def _entries(record: Record, words: Lexicon) -> Iterator[tuple[Kind, Entry]]:
    told = bodies(record, words)
    for body in record.organizations:
        yield "organization", _entry(record, body.id, body.name, body.mentions, {"body": told[body.id]})
    by_name = {body.name: body.id for body in record.organizations}
    for person in record.people:
        yield "person", _entry(record, person.id, person.name, person.mentions, _person(person, by_name))
    for document in record.documents:
        facts = _document(document, record.decisions, words)
        yield "document", _entry(record, document.id, document.title, document.mentions, facts)


def _entry(record: Record, id_: str, name: str, mentions: Iterable[Mention], facts: dict[str, Any]) -> Entry:
    return Entry(record.id, id_, name, facts, [(m.start, m.end, m.text) for m in mentions])


def _person(person: Person, by_name: dict[str, str]) -> dict[str, Any]:
    roles = [(r.title, r.state, by_name.get(r.organization or ""), r.organization) for r in person.roles]
    return {"roles": roles}


def _document(document: Document, decisions: Iterable[Decision], words: Lexicon) -> dict[str, Any]:
    about = [(d.id, d.date) for d in decisions if document.id in d.documents]
    title = read_title(document, words)
    return {
        "type": document.type,
        "status": document.status,
        "date": document.date,
        "period": document.period,
        "parties": sorted({*document.parties, *title.parties}),
        "title": title,
        "decisions": about,
    }


def _organizations(world: World, words: Lexicon) -> None:
    """Names first; acronyms alone when all names are known."""
    store, found = world.store, Organizations(words)
    for text in store.texts():
        for entry in store.of_text("organization", text.id):
            body = Body(*entry.facts["body"])
            node = found.see(text, entry.name, body._replace(core=tuple(body.core)))
            if node is not None:
                store.place("organization", entry, node)
    found.settle()
    for text in store.texts():
        for entry in store.of_text("organization", text.id):
            if entry.node is None:
                acronym = Body(*entry.facts["body"]).acronym or entry.name
                store.place("organization", entry, found.read_acronym(text, acronym))
    _name(world, found.nodes)


def _people(world: World, words: Lexicon) -> None:
    """Those with an office of a state or body first, then the others."""
    store, found = world.store, People(words.head_offices)
    owners = {
        world.entity("organization", number): node.owners
        for number, node in enumerate(world.nodes["organization"].all)
        if node.owners
    }
    for text in store.texts():
        entries = store.of_text("person", text.id)
        people = [_individual(world, entry, _ids(world, text), owners, words) for entry in entries]
        for entry, node in zip(entries, found.see(text, people), strict=True):
            if node is not None:
                store.place("person", entry, node)
    found.settle()
    for text in store.texts():
        entries, ids = store.of_text("person", text.id), _ids(world, text)
        people = [_individual(world, entry, ids, owners, words) for entry in entries]
        nodes = found.place(text, ids.values(), people, [entry.node for entry in entries])
        for entry, node in zip(entries, nodes, strict=True):
            if entry.node is None:
                store.place("person", entry, node)
    _name(world, found.nodes)


def _ids(world: World, text: Text) -> dict[str, str]:
    """The entities of a text's organizations, by entry."""
    entries = world.store.of_text("organization", text.id)
    return {entry.entry: world.entity("organization", entry.node) for entry in entries if entry.node is not None}


def _individual(
    world: World, entry: Entry, ids: dict[str, str], owners: dict[str, set[str]], words: Lexicon
) -> Individual:
    held, titles = set(), set()
    for title, state, body, _ in entry.facts["roles"]:
        plain = " ".join(words.core(title))
        titles.add(plain)
        bodies_ = {ids[body], *owners.get(ids[body], ())} if body else set()
        held |= {Held(plain, owner) for owner in bodies_ | ({state} if state else set())}
    name = personal_name(entry.name, words.particles, (form for _, _, form in entry.mentions))
    return Individual(entry.name, name, frozenset(held), frozenset(titles))


def _documents(world: World) -> None:
    store, found = world.store, Documents()
    for text in store.texts():
        ids = _ids(world, text)
        for entry in store.of_text("document", text.id):
            store.place("document", entry, found.see(text, _instrument(entry, ids)))
    found.settle()
    _name(world, found.nodes)


def _instrument(entry: Entry, ids: dict[str, str]) -> Instrument:
    facts = entry.facts
    title = Title(*facts["title"])
    title = title._replace(base=tuple(title.base), parties=tuple(title.parties))
    parties = frozenset(ids.get(party, party) for party in facts["parties"])
    return Instrument(entry.name, facts["type"], title, facts["date"], facts["period"], parties)


def _name(world: World, nodes: Nodes[Any]) -> None:
    world.nodes[nodes.kind] = nodes
    world.named[nodes.kind] = nodes.named()
    world.ids[nodes.kind] = {
        id_: name.id for name in world.named[nodes.kind].values() for id_ in (name.id, *name.others)
    }
    world.members[nodes.kind] = nodes.forest.sets(range(len(nodes.all)))
