"""The meeting, visit, call or statement that a text reports: its name, day, place and participants."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.components.meeting_name import Events
from communique.components.meeting_people import Participants
from communique.components.meeting_place import Places, date_of
from communique.components.meeting_scene import CityRule, MeetingRule, MeetingWordRule, Ref, Scene, WordRole
from communique.matching import Gazetteer
from communique.tokens import Tokens


class Meeting(NamedTuple):
    """What a text says of its meeting; `name` and `place` as printed, `participants` in order."""

    name: str | None
    date: str | None
    place: str | None
    state: str | None
    participants: tuple[Ref, ...]


class Meetings(Component):
    """Finds the meeting of a text."""

    models = (MeetingRule, MeetingWordRule, CityRule)

    def build(self) -> None:
        self._words: Gazetteer[MeetingRule] = Gazetteer(self.nlp)
        for rule in self.read(MeetingRule):
            self._words.add(rule, rule.words, case="any")
        self._cities: Gazetteer[CityRule] = Gazetteer(self.nlp)
        for city in self.read(CityRule):
            self._cities.add(city, city.names)
        self._lexicon: dict[WordRole, frozenset[str]] = {r.role: frozenset(r.words) for r in self.read(MeetingWordRule)}

    def find(self, tokens: Tokens) -> None:
        if tokens.sentences:
            tokens.meeting = _meeting(Scene(tokens, self._words(tokens), self._cities(tokens), self._lexicon))


def _meeting(scene: Scene) -> Meeting | None:
    events = Events(scene)
    people = Participants(scene)
    told = people.told()
    event = events.best()
    received = any(people.receives(*s) for s in told)
    if event is None and (received or any(events.paid(*s) for s in told)):
        event = events.visit()
    if event is None and not received and not any(scene.marks(*s, "took-part") for s in told):
        return _statement(scene, people)
    where = event.start if event is not None else told[0][0]
    words = event.name if event is not None else None
    spans = [scene.sentence(where), *told]
    places = Places(scene)
    place, state = (None, None) if places.remote(where) else places.find(spans, words)
    state = state or places.state_beside(place)
    name = scene.tokens.join(*words) if words is not None else None
    ceremony = event is not None and scene.tokens.lower[event.end - 1] == "ceremony"
    return Meeting(name, date_of(scene, spans), place, state, people.of_meeting(told, ceremony))


def _statement(scene: Scene, people: Participants) -> Meeting | None:
    """The occasion of a text that tells of no meeting: a transcript's, or none but the authors of a statement."""
    if speakers := people.of_transcript():
        return Meeting(None, date_of(scene, []), *Places(scene).find([]), speakers)
    authors = people.of_statement()
    return Meeting(None, None, None, None, authors) if authors else None


@Language.factory("communique_meeting", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Meetings:
    """The factory of `communique_meeting`."""
    return Meetings(nlp, rules)
