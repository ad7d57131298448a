"""Which words are a mention of which entry: forms that stand for it everywhere, and single places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from communique.gold.finder import Finder, Place
from communique.gold.yamltext import Flow

Key = tuple[str, str]
"""Kind and id of an entry."""


class Claim(NamedTuple):
    """A place that an entry has by one of its forms."""

    place: Place
    key: Key
    form: str


def settled(finder: Finder, forms: Iterable[tuple[Key, str]], taken: Iterable[Place]) -> list[Claim]:
    """The mentions that forms make: every place of each, of overlapping ones the longest; none over a place taken.

    Two entries that claim the same words both keep their claim: that is for the caller to tell.
    """
    claims = [Claim(place, key, form) for key, form in forms for place in finder.all(form)]
    claims.sort(key=lambda claim: (claim.place[0] - claim.place[1], claim.place[0]))
    gone = bytearray(len(finder.text))
    for low, high in taken:
        gone[low:high] = b"\1" * (high - low)
    kept: list[Claim] = []
    exact: set[Place] = set()
    for claim in claims:
        low, high = claim.place
        if claim.place in exact or not any(gone[low:high]):
            gone[low:high] = b"\1" * (high - low)
            exact.add(claim.place)
            kept.append(claim)
    return kept


class Claims:
    """Finds forms that stand for the mentions of entries, for as many of them as can be."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._wanted: dict[Place, Key] = {}
        self._forms: dict[Key, list[str]] = {}
        self._single: dict[Key, list[Place]] = {}
        self._not: dict[Key, list[Place]] = {}

    def want(self, key: Key, places: Iterable[Place]) -> None:
        """These are the mentions of an entry."""
        self._forms[key] = []
        self._single[key] = []
        for place in places:
            self._wanted[place] = key
            form = " ".join(self._finder.text[slice(*place)].split())
            if form not in self._forms[key]:
                self._forms[key].append(form)

    def settle(self) -> None:
        """Give up forms that would claim more wrong places than right ones, until no claim is wrong."""
        owners: dict[str, set[Key]] = {}
        for key, forms in self._forms.items():
            for form in forms:
                owners.setdefault(form, set()).add(key)
        for forms in self._forms.values():
            forms[:] = [form for form in forms if len(owners[form]) == 1 and self._finder.all(form)]
        while self._give_up():
            pass

    def _give_up(self) -> bool:
        """Compare what the forms claim with what is wanted; true if that changed what is claimed."""
        missing = self._missing(self._claims())
        for place in missing:
            self._single[self._wanted[place]].append(place)
        wrong = [claim for claim in self._claims() if self._wanted.get(claim.place) != claim.key]
        for claim in wrong:
            self._reject(claim, wrong)
        return bool(missing or wrong)

    def _claims(self) -> list[Claim]:
        forms = [(key, form) for key, forms in self._forms.items() for form in forms]
        return settled(self._finder, forms, [place for places in self._taken() for place in places])

    def _taken(self) -> list[list[Place]]:
        return [*self._single.values(), *self._not.values()]

    def _missing(self, claims: list[Claim]) -> list[Place]:
        have = {claim.place for claim in claims if self._wanted.get(claim.place) == claim.key}
        have.update(place for places in self._single.values() for place in places)
        return [place for place in self._wanted if place not in have]

    def _reject(self, claim: Claim, wrong: list[Claim]) -> None:
        """Take a wrong place out, or give the form up where it is wrong as often as not."""
        forms = self._forms[claim.key]
        if claim.form not in forms:
            return
        right = sum(1 for place, key in self._wanted.items() if key == claim.key and place in
                    self._finder.all(claim.form))  # fmt: skip
        overlaps = any(low < claim.place[1] and claim.place[0] < high for low, high in self._wanted)
        if overlaps or right <= 2 * sum(other.form == claim.form and other.key == claim.key for other in wrong):
            forms.remove(claim.form)
        else:
            self._not.setdefault(claim.key, []).append(claim.place)

    def told(self, key: Key) -> dict[str, Any]:
        """What to write for an entry: forms as they are, single places as mappings, and what is none."""
        single = [Flow(self._finder.quote(place).spec()) for place in self._single[key]]
        told: dict[str, Any] = {"mentions": [*self._forms[key], *single]}
        if key in self._not:
            told["not"] = [Flow(self._finder.quote(place).spec()) for place in self._not[key]]
        return told
