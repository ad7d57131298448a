"""Overlaps settled once: what is a mention in the record and what is only a part of a longer one.

People, states, organizations and documents are flat together: the longest wins, then organizations, documents,
people and states in this order. A date or a figure inside a document's or an organization's name is part of the name.
"""

from __future__ import annotations

from spacy.language import Language

from communique.components.base import Component
from communique.matching import show
from communique.tokens import Mention, Tokens

NAMES = ("organization", "document", "person", "state")
VALUES = ("date", "figure")


class Resolve(Component):
    """Settles overlaps between the mentions that the components before it have found."""

    def build(self) -> None:
        """Nothing to make: the order is fixed."""

    def find(self, tokens: Tokens) -> None:
        for mentions in tokens.found.values():
            show(tokens, mentions)
        taken = [""] * len(tokens)
        amounts = {m.start for m in tokens.found.get("figure", ()) if m.end - m.start > 1}
        names = [
            (m.start - m.end, NAMES.index(kind), m.start, kind, m) for kind in NAMES for m in tokens.found.get(kind, ())
        ]
        kept: dict[str, list[Mention]] = {kind: [] for kind in (*NAMES, *VALUES)}
        for *_, kind, m in sorted(names, key=lambda row: row[:3]):
            code = kind == "organization" and m.end - m.start == 1 and m.start in amounts  # "MRU 20 million"
            if not code and not any(taken[m.start : m.end]):
                taken[m.start : m.end] = [kind] * (m.end - m.start)
                kept[kind].append(m)
        closed = [kind in ("document", "organization") for kind in taken]
        for kind in VALUES:
            for m in tokens.found.get(kind, ()):
                if not any(closed[m.start : m.end]):
                    closed[m.start : m.end] = [True] * (m.end - m.start)
                    kept[kind].append(m)
        for mentions in kept.values():
            mentions.sort(key=lambda m: m.start)
        tokens.found = kept


@Language.factory("communique_resolve", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Resolve:
    """The factory of `communique_resolve`."""
    return Resolve(nlp, rules)
