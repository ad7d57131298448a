"""What a record tells of its organizations: the rule that knows them, what they are an organ of, their acronym."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from communique.linking.folding import folded, slug
from communique.linking.lexicon import Lexicon, Split
from communique.linking.nodes import here
from communique.records import Organization, Record

_SPACE = r"(?:[^\S\n]*\n[^\S\n]*|[^\S\n]+)"  # no empty line
_BETWEEN = re.compile(rf"(?:['’]s?)?{_SPACE}")
_OF = re.compile(rf"{_SPACE}of{_SPACE}(?:the{_SPACE})?")
RULE_PREFIX = "org."


class Body(NamedTuple):
    """An organization as one text tells of it."""

    id: str
    """The id that this evidence gives to its entity."""
    rule: str | None
    owner: str | None
    """A state's code or the id of a body."""
    core: tuple[str, ...]
    """The words of its name without the owner's, in no order."""
    acronym: str | None
    telling: bool
    """Whether name and owner together are enough to know it by."""
    bare: bool
    """Whether the acronym is all there is."""


def bodies(record: Record, lexicon: Lexicon) -> dict[str, Body]:
    """The organizations of a record by the ids of their entries."""
    reading = _Reading(record, lexicon)
    return {entry.id: reading.body(entry) for entry in record.organizations}


class _Reading:
    """The organizations of one record, what others are organs of read before them."""

    def __init__(self, record: Record, lexicon: Lexicon) -> None:
        self._record, self._lexicon = record, lexicon
        self._entries = {entry.id: entry for entry in record.organizations}
        self._read: dict[str, Body | None] = {}
        self._forms: dict[str, str] = {}
        for entry in record.organizations:
            for form in (entry.name, entry.acronym, *(m.text for m in entry.mentions)):
                if form:
                    self._forms.setdefault(folded(form), entry.id)

    def body(self, entry: Organization) -> Body:
        """What is told of an organization."""
        if (body := self._read.get(entry.id)) is None:
            self._read[entry.id] = None  # being read: two that name each other are no organs of each other
            body = self._read[entry.id] = self._body(entry)
        return body

    def _body(self, entry: Organization) -> Body:
        name, acronym, lexicon = entry.name, _plain(entry.acronym), self._lexicon
        split = self._split(entry)
        if (rule := lexicon.body(name, _ruled(split))) is None and not lexicon.telling(name):
            rule = _known_apart(name, acronym, self._record, lexicon)
        if rule is not None:
            return Body(entity_id(rule), rule, None, lexicon.core(name), acronym, True, False)
        if lexicon.is_acronym(_plain(name) or name):
            return Body(here("organization", name, self._record.id), None, None, (), _plain(name), False, True)
        if split is None and not lexicon.telling(name) and (state := _state_beside(entry, self._record)):
            split = Split(state, name)
        if split is not None:
            id_ = f"organization:{slug(split.rest)}.{split.owner.removeprefix('organization:')}"
            return Body(id_, None, split.owner, lexicon.core(split.rest), acronym, True, False)
        telling = lexicon.telling(name)
        id_ = f"organization:{slug(name)}" if telling else here("organization", name, self._record.id)
        return Body(id_, None, None, lexicon.core(name), acronym, telling, False)

    def _split(self, entry: Organization) -> Split | None:
        """The name in two, the owner as an entity's id or a state's code."""
        others = {form: id_ for form, id_ in self._forms.items() if id_ != entry.id and self._free(id_)}
        split = self._lexicon.split(entry.name, others)
        if split is None:
            unknown = self._lexicon.split_unknown(entry.name)
            return Split(f"organization:{slug(unknown.owner)}", unknown.rest) if unknown else None
        if (owner := self._entries.get(split.owner)) is not None:
            return Split(self.body(owner).id, split.rest)
        return Split(entity_id(split.owner) if split.owner.startswith(RULE_PREFIX) else split.owner, split.rest)

    def _free(self, id_: str) -> bool:
        """Whether an entry is not just being read."""
        return id_ not in self._read or self._read[id_] is not None


def _known_apart(name: str, acronym: str | None, record: Record, lexicon: Lexicon) -> str | None:
    """The known body that a name of many stands for: by the acronym beside it, or as an organ of the publisher.

    An acronym of the name's own initials tells nothing: another body may have the same one.
    """
    if acronym and acronym != name and not lexicon.spells(acronym, name):
        readings = lexicon.readings(acronym)
        if len(readings) == 1:
            return readings[0]
    publisher = lexicon.body_names.get(lexicon.key(record.source.publisher or ""))
    return lexicon.body(name, Split(publisher, name)) if publisher else None


def entity_id(rule: str) -> str:
    """The id of a body that the rules know."""
    return f"organization:{rule.removeprefix(RULE_PREFIX)}"


def _plain(acronym: str | None) -> str | None:
    return acronym.replace(".", "") if acronym else None


def _ruled(split: Split | None) -> Split | None:
    """The split with the owner as the lexicon knows it."""
    if split is None or not split.owner.startswith("organization:"):
        return split
    return Split(RULE_PREFIX + split.owner.removeprefix("organization:"), split.rest)


def _state_beside(entry: Organization, record: Record) -> str | None:
    """The one state whose name stands right before a mention ("Uganda's", "Ugandan") or behind it ("of Uganda")."""
    found = {code for mention in entry.mentions for code in _beside(mention.start, mention.end, record)}
    return min(found) if len(found) == 1 else None


def _beside(start: int, end: int, record: Record) -> Iterator[str]:
    text = record.text
    places = sorted((m.start, m.end, state.id) for state in record.states for m in state.mentions)
    after = bisect_left(places, (start, 0, ""))
    if after and _BETWEEN.fullmatch(text, places[after - 1][1], start):
        yield places[after - 1][2]
    if after < len(places) and _OF.fullmatch(text, end, places[after][0]):
        yield places[after][2]
