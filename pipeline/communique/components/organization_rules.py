"""The rules that organizations are read by, and what is known of a mention."""

from __future__ import annotations

from typing import Literal, NamedTuple

from communique.matching import Gazetteer
from communique.rules import Rule, rule_file
from communique.tokens import Mention


@rule_file("organizations")
class OrganizationRule(Rule):
    """A known body. `short` are capitalised forms that stand for it once its name has been given."""

    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    kind: Literal[
        "organization", "organ", "grouping", "court", "bank", "fund", "agency", "alliance", "company", "party", "media",
        "residence", "forum", "university",
    ]  # fmt: skip
    parent: str | None = None
    region: str
    short: tuple[str, ...] = ()


@rule_file("organization_heads")
class HeadRule(Rule):
    """A word that makes a capitalised phrase the name of a body: `of` ("Ministry of X"), `final` ("X Ministry").

    With `alone` it takes a full name up again by itself ("the Ministry"). A `weak` word needs two words before it, or
    to be taken up by the text; a `told` one names documents and events as well, and a body only in a text in which it
    acts or has members.
    """

    head: str
    plural: str | None = None
    position: tuple[Literal["of", "final"], ...]
    strength: Literal["strong", "weak", "told"]
    alone: bool = False


@rule_file("organization_stops")
class StopRule(Rule):
    """Capitalised words that are no part of a body's name: `left` before it, `right` behind it, `never` make none.

    `alone` ones take a full name up again; `venue` ones before "Centre" or "Hall" tell of a place; `bare` ones name the
    one body that they can with "the" before them.
    """

    role: Literal["left", "right", "never", "alone", "venue", "bare"]
    words: tuple[str, ...]


@rule_file("organization_cues")
class CueRule(Rule):
    """Words that make the capitalised words behind them the name of a body.

    `calling` ones stand right before it ("the company"), `office` ones before "of" ("the CEO of").
    """

    role: Literal["calling", "office"]
    words: tuple[str, ...]


class Cue(NamedTuple):
    """A cue found in a text."""

    rule: str
    office: bool
    plural: bool


class Body(NamedTuple):
    """What is known of a mention: whether it is an acronym, and the kind of body where it is known.

    `name` is the body's name where it stands only inside that of another.
    """

    acronym: bool = False
    kind: str = ""
    name: str = ""


class Head(NamedTuple):
    """A head word found in a text."""

    rule: str
    positions: tuple[str, ...]
    strong: bool
    plural: bool
    told: bool = False


class Lexicon(NamedTuple):
    """The rules as the search uses them: gazetteers and sets of words."""

    known: Gazetteer[tuple[str, Body]]
    heads: Gazetteer[Head]
    cues: Gazetteer[Cue]
    short: dict[str, tuple[str, ...]]
    """Capitalised short forms, by the id of a body's rule."""
    stops: dict[str, frozenset[str]]
    alone: frozenset[str]
    headline: frozenset[str]
    """Verbs in the form that headlines use, capitalised ("Attends")."""
    given: frozenset[str]
    """Given names of people, who may stand right behind a body."""
    deeds: frozenset[str]
    """Forms of verbs that only somebody does."""


def flat(found: list[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, the earlier of equals, by start."""
    chosen: list[Mention] = []
    taken: set[int] = set()
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start, m.rule != m.key)):
        span = range(m.start, m.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(m)
    chosen.sort(key=lambda m: m.start)
    return chosen
