"""The rules that people and their offices are read by, and what is found with them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from communique.rules import Rule, rule_file


@rule_file("offices")
class OfficeRule(Rule):
    """The head of an office's title, in the singular and, where it is used, the plural.

    `post` marks those that stand at the name, behind it ("Miriam Okello MP") or between it and another office;
    `heads` says that who holds it heads a state or a government, `sent` that it is sent to a state or body.
    """

    title: str
    plural: str | None = None
    post: bool = False
    heads: Literal["state", "government"] | None = None
    sent: bool = False


@rule_file("office_words")
class OfficeWordRule(Rule):
    """Words of a title: before its head (`prefix`), of its field (`portfolio`), a state's body (`unit`) or part.

    A part of a state (`territory`) ends the title of who governs it: "Governor of the Northern Province".
    """

    role: Literal["prefix", "portfolio", "unit", "territory"]
    words: tuple[str, ...]


@rule_file("office_verbs")
class OfficeVerbRule(Rule):
    """Words that tie a name to an office.

    `be`: "Okello is the Minister"; `as`: "Okello serves as Minister"; `comprise`: a body's members are told behind it,
    each with "as"; `appoint`: "appointed Okello Minister"; `between`: words that may stand in such a tie; `appointing`:
    verbs that only people are the objects of.
    """

    role: Literal["be", "as", "comprise", "appoint", "between", "appointing"]
    words: tuple[str, ...]


@rule_file("honorifics")
class HonorificRule(Rule):
    """Forms of address and ranks before a name; no offices. With `full_name` they are so only before two words."""

    role: Literal["honorific"]
    words: tuple[str, ...]
    full_name: bool = False


@rule_file("name_particles")
class ParticleRule(Rule):
    """Particles and suffixes inside names."""

    words: tuple[str, ...]


@rule_file("name_stops")
class NameStopRule(Rule):
    """Capitalised words that are no part of a person's name.

    With `inside`, they may be where no sentence begins; with `surname`, right behind an office; with `place`, what
    stands behind them is a place.
    """

    words: tuple[str, ...]
    inside: bool = False
    surname: bool = False
    place: bool = False


@rule_file("given_names")
class GivenNameRule(Rule):
    """Given names of one tradition: they make the capitalised words behind them a name.

    `states` marks those that are states' names as well, and need an office beside them.
    """

    names: tuple[str, ...]
    states: bool = False


class Role(NamedTuple):
    """An office of a person: the title as printed, the state's code or the words of the body, the words that say it."""

    title: str
    state: str | None
    organization: tuple[int, int] | None
    at: tuple[int, int]


class Office(NamedTuple):
    """An office phrase, with or without a name beside it."""

    start: int
    end: int
    title: str
    state: str | None
    organization: tuple[int, int] | None
    plural: bool
    lower: bool
    rule: str
    post: bool = False
    person: str | None = None


class Name(NamedTuple):
    """Words read as a person's name, and the rule that says so."""

    start: int
    end: int
    rule: str
