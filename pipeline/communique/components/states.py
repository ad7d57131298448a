"""States in every form: short and official names, abbreviations, adjectives, demonyms."""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.matching import Gazetteer, Hit, longest
from communique.rules import Rule, rule_file
from communique.tokens import Mention, Tokens


@rule_file("states")
class StateRule(Rule):
    """A state. After a word of `not_after`, or before one of `not_before`, its names are no mention of it.

    `shared` forms are those of more than one state ("Congolese"): they stand for the one that the text names, else for
    the `foremost` of them.
    """

    code: str
    name: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    foremost: bool = False
    capital: tuple[str, ...] = ()


@rule_file("regions")
class RegionRule(Rule):
    """Names that look like a state's or hold one, and are none: matched, then dropped."""

    names: tuple[str, ...]


class StateForm(NamedTuple):
    """How a mention names its state: by name, or by an adjective or demonym."""

    adjective: bool


class _Known(NamedTuple):
    code: str
    rule: str
    not_before: frozenset[str]
    not_after: frozenset[str]
    prefix: bool = False
    adjective: bool = False
    among: tuple[tuple[str, str], ...] = ()
    """Codes and rules of the states that share the form; the foremost comes first."""
    foremost: bool = False


@rule_file("state_prefixes")
class StatePrefixRule(Rule):
    """A combining form before a hyphen that stands for a state ("Franco-" in "Franco-German")."""

    code: str
    prefix: str


@rule_file("state_forms")
class StateFormRule(Rule):
    """Words of official names: the `noun` of a form of state before "of", and `modifier` words before that noun."""

    role: Literal["noun", "modifier"]
    words: tuple[str, ...]


class States(Component):
    """Finds the states of a text."""

    models = (StateRule, RegionRule, StatePrefixRule, StateFormRule)

    def build(self) -> None:
        self._names: Gazetteer[_Known | None] = Gazetteer(self.nlp)
        for state in self.read(StateRule):
            known = _Known(state.code, state.id, frozenset(state.not_before), frozenset(state.not_after))
            self._names.add(known, state.names)
            self._names.add(known, state.abbreviations, case="exact")
            self._names.add(known._replace(adjective=True), (*state.adjectives, *state.demonyms))
        shared: dict[str, list[StateRule]] = {}
        for state in sorted(self.read(StateRule), key=lambda s: (not s.foremost, s.code)):
            for form in state.shared:
                shared.setdefault(form, []).append(state)
        for form, states in shared.items():
            among = tuple((s.code, s.id) for s in states)
            languages = frozenset({"language", "languages"})
            self._names.add(_Known("", "", languages, frozenset(), False, True, among, states[0].foremost), [form])
        for region in self.read(RegionRule):
            self._names.add(None, region.names)
        for prefix in self.read(StatePrefixRule):
            known = _Known(prefix.code, prefix.id, frozenset(), frozenset(), prefix=True)
            self._names.add(known, [prefix.prefix], case="exact")

        forms = self.read(StateFormRule)
        self._nouns = frozenset(w for r in forms if r.role == "noun" for w in (*r.words, *map(str.upper, r.words)))
        self._modifiers = frozenset(
            w for r in forms if r.role == "modifier" for w in (*r.words, *map(str.upper, r.words))
        )

    def find(self, tokens: Tokens) -> None:
        mentions: list[Mention] = []
        hits = longest(self._names(tokens))
        told = {h.value.code for h in hits if h.value is not None and not _set_apart(tokens, h.start)}
        for hit in hits:
            known = _one_of(hit.value, told)
            if known is not None and _stands(tokens, hit, known):
                start = hit.start if known.adjective else self._official(tokens, hit.start)
                mentions.append(Mention(start, hit.end, known.rule, known.code, StateForm(known.adjective)))
        tokens.found["state"] = mentions

    def _official(self, tokens: Tokens, start: int) -> int:
        """Where the official name begins that ends in the short one: "People's Republic of Benin"."""
        words, k = tokens.words, start
        before = k - 1 - (k > 1 and tokens.lower[k - 1] == "the")
        if before > 0 and tokens.lower[before] == "of" and words[before - 1] in self._nouns:
            k = before - 1
        if words[k] not in self._nouns or (tokens.lower[k] == "state" and k > 1 and tokens.lower[k - 1] == "of"):
            return start  # "Minister of State of Benin" is an office
        while k and words[k - 1] in self._modifiers:
            k -= 1
        if k > 1 and tokens.lower[k - 1] == "'s" and words[k - 2] in self._modifiers:
            k -= 2
        while k and words[k - 1] in self._modifiers:
            k -= 1
        return k


def _one_of(known: _Known | None, told: set[str]) -> _Known | None:
    """A form that several states share as that of the only one the text names, else of the foremost, else of none."""
    if known is None or not known.among:
        return known
    named = [(code, rule) for code, rule in known.among if code in told]
    if known.foremost and len(named) != 1:
        named = [known.among[0]]
    return known._replace(code=named[0][0], rule=named[0][1]) if len(named) == 1 else None


def _set_apart(tokens: Tokens, start: int) -> bool:
    """Whether a name sets a state apart from its namesake ("North Korea"), for which the bare form then stands."""
    return tokens.words[start] == "North"


def _stands(tokens: Tokens, hit: Hit[_Known | None], known: _Known) -> bool:
    """Whether its neighbours let the words stand for the state."""
    words = tokens.words
    after = words[hit.end] if hit.end < len(words) else ""
    before = words[hit.start - 1] if hit.start else ""
    if known.prefix and after not in ("-", "–"):
        return False
    if after == "-" and hit.end + 1 < len(words) and words[hit.end + 1] in known.not_before:
        return False
    if before in ("-", "–") and hit.start > 1 and words[hit.start - 2] in known.not_after:
        return False
    return after not in known.not_before and before not in known.not_after


@Language.factory("communique_states", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> States:
    """The factory of `communique_states`."""
    return States(nlp, rules)
