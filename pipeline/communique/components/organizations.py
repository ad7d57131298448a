"""Organizations: known bodies, names built around a head word, acronyms, and the short forms a text sets up.

A built name runs from its first capitalised word to the end of its "of", "for" or "on" phrase: "Ministry of Foreign
Affairs of Uganda", "Ugandan Ministry of Fisheries". What stands before a possessive is left out when it is a state or
a body of its own ("Brazil's National Institute" → "National Institute"). The head alone is a mention only after a
full name has set it up.
"""

from __future__ import annotations

from spacy.language import Language

from communique.components.base import Component
from communique.components.decisions import VerbRule
from communique.components.organization_cues import Cues
from communique.components.organization_forms import Forms
from communique.components.organization_names import Names
from communique.components.organization_rules import (
    Body,
    Cue,
    CueRule,
    Head,
    HeadRule,
    Lexicon,
    OrganizationRule,
    StopRule,
    flat,
)
from communique.components.patterns import named_by_pattern
from communique.components.people_rules import GivenNameRule
from communique.matching import Gazetteer, longest
from communique.tokens import ALPHA, UPPER, Mention, Tokens

_LONGEST_ACRONYM = 6


class Organizations(Component):
    """Finds the organizations of a text."""

    models = (OrganizationRule, HeadRule, CueRule, StopRule, GivenNameRule, VerbRule)

    def build(self) -> None:
        known: Gazetteer[tuple[str, Body]] = Gazetteer(self.nlp)
        bodies = self.read(OrganizationRule)
        for rule in bodies:
            known.add((rule.id, Body(False, rule.kind)), rule.names)
            known.add((rule.id, Body(True, rule.kind)), rule.acronyms, case="exact")
        heads: Gazetteer[Head] = Gazetteer(self.nlp)
        for head in self.read(HeadRule):
            strong = head.strength == "strong"
            told = head.strength == "told"
            heads.add(Head(head.id, head.position, strong, False, told), [head.head])
            if head.plural:
                heads.add(Head(head.id, head.position, strong, True, told), [head.plural])
        stops = {
            role: frozenset(w for r in self.read(StopRule) if r.role == role for w in r.words)
            for role in ("left", "right", "never", "alone", "venue", "bare")
        }
        alone = stops["alone"] | {head.head for head in self.read(HeadRule) if head.alone}
        given = frozenset(n for r in self.read(GivenNameRule) if not r.states for n in r.names)
        short = {rule.id: rule.short for rule in bodies if rule.short}
        headline = frozenset(v.third.title() for v in self.read(VerbRule) if not v.noun and v.role != "stative")
        acting = [
            v for v in self.read(VerbRule) if v.role in ("act", "frame", "urge", "instruct", "propose", "position")
        ]
        deeds = frozenset(form for v in acting for form in (v.third, v.past) if not v.noun)
        cues: Gazetteer[Cue] = Gazetteer(self.nlp)
        for cue in self.read(CueRule):
            for words in cue.words:
                cues.add(Cue(cue.id, cue.role == "office", words.endswith("s")), [words], case="exact")
        self.lexicon = Lexicon(known, heads, cues, short, stops, alone, headline, given, deeds)

    def find(self, tokens: Tokens) -> None:
        hits = longest(self.lexicon.known(tokens))
        found = [Mention(h.start, h.end, h.value[0], h.value[0], h.value[1]) for h in hits]
        found = [m for m in found if not (m.data.acronym and _in_capitals(tokens, m)) and not _as_place(tokens, m)]
        found += [m._replace(key=tokens.join(m.start, m.end), data=Body()) for m in named_by_pattern(tokens, "ORG")]
        found = flat(found + Names(self.lexicon, tokens).found({m.start: m for m in found}))
        found = _taken_up(tokens, found)
        forms = Forms(self.lexicon, tokens)
        found = flat(found + forms.acronyms(found) + _agency(tokens))
        found = flat(found + Cues(self.lexicon, tokens, found).bodies())
        found = flat(found + forms.short_forms(found))
        tokens.found["organization"] = flat(found + forms.bare(found))


def _taken_up(tokens: Tokens, found: list[Mention]) -> list[Mention]:
    """A built name that begins one before it is its short form: "Supreme Council" after "… of the Lake Union"."""
    cores: dict[tuple[str, ...], str] = {}
    result = []
    for m in found:
        words = tuple(tokens.words[m.start : m.end])
        if m.rule != m.key and words in cores:
            m = m._replace(key=cores[words])
        elif m.rule != m.key and "of" in words[2:]:
            cores.setdefault(words[: words.index("of")], m.key)
        result.append(m)
    return result


def _agency(tokens: Tokens) -> list[Mention]:
    """The agency that a dateline ends in, wherever it stands: "HARROW, Nov. 11 (LNA) -", "HARROW, Nov 25, LNA -"."""
    line = tokens.dateline
    if line is None or line.body - line.start < 5:
        return []
    last = line.body - 2
    bracketed = tokens.words[last - 2 : last + 1 : 2] == ["(", ")"]
    at = last - 1 if bracketed else last
    dated = any(m.start < at for m in tokens.found.get("date", ()) if m.start > line.start)
    word, taken = tokens.words[at], {m.start for m in tokens.found.get("state", ())}
    if at in taken or not (bracketed or (dated and tokens.words[at - 1] == ",")):
        return []
    if not (word.isalpha() and word.isupper() and 2 <= len(word) <= _LONGEST_ACRONYM):
        return []
    places = [i for i in range(at, len(tokens)) if tokens.words[i] == word]
    return [Mention(i, i + 1, "organization.dateline", word, Body(acronym=True)) for i in places]


def _in_capitals(tokens: Tokens, m: Mention) -> bool:
    """Whether an acronym stands in a line of capitals, where it may be a word."""
    if m.end - m.start > 1 or not tokens.words[m.start].isalpha():
        return False
    near = [k for k in (m.start - 2, m.start - 1, m.end, m.end + 1) if 0 <= k < len(tokens)]
    capitals = [k for k in near if tokens.flags[k] & UPPER and tokens.flags[k] & ALPHA and len(tokens.words[k]) > 3]
    return len(capitals) >= 2 and len(tokens.words[m.start]) <= 3


def _as_place(tokens: Tokens, m: Mention) -> bool:
    """Whether a residence is only where something was: "talks in the Kremlin", "The Kremlin, Moscow"."""
    if m.data.kind != "residence":
        return False
    before = [w for w in tokens.lower[max(0, m.start - 2) : m.start] if w != "the"]
    after = tokens.words[m.end] if m.end < len(tokens) else ""
    block = tokens.blocks[tokens.block_of[m.start]]
    return before[-1:] in (["in"], ["at"], ["from"], ["to"]) or (after == "," and block.end - block.start < 14)


@Language.factory("communique_organizations", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Organizations:
    """The factory of `communique_organizations`."""
    return Organizations(nlp, rules)
