"""Acts by the units of their sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class ActNoun(NamedTuple):
    """A noun that names an act, or that tells what an object is: `role` as in the rule file."""

    role: str
    act: str | None


class Span(NamedTuple):
    """Units `start` to `end` of a sentence."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Act:
    """An act, by the units of its sentence."""

    act: str
    status: str
    trigger: int
    actors: tuple[Span, ...]
    object: Span | None
    recipient: Span | None
    done: bool
    rule: str


class Frame(NamedTuple):
    """What a chapeau says of the items below it: who, and the verb that governs them ("agreed to:", "will:")."""

    actors: tuple[Span, ...]
    role: str
    past: bool
    rule: str
    recipient: Span | None = None
    """Whom the chapeau addresses: "asked the secretariat to:"."""
    bare: bool = False
    """Whether the items begin with a verb's base form: the chapeau ends in "to" or "will", or says "we"."""
