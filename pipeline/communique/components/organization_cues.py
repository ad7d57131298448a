"""Bodies known by the words before their name alone: "the company Harrowtel", "the CEO of Harrowtel"."""

from __future__ import annotations

from communique.components.organization_rules import Body, Lexicon
from communique.matching import longest
from communique.tokens import ALPHA, CAPITAL, TITLE, Mention, Tokens

_LONGEST = 4
_JOINTS = frozenset({"&", "-"})


class Cues:
    """Finds the bodies of one text that a calling or an office stands before."""

    def __init__(self, rules: Lexicon, tokens: Tokens, found: list[Mention]) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.flags = tokens.flags
        self.size = len(tokens)
        kinds = ("state", "date", "figure")
        self.taken = {i for kind in kinds for m in tokens.found.get(kind, ()) for i in range(m.start, m.end)}
        self.taken |= {i for m in found for i in range(m.start, m.end)}

    def bodies(self) -> list[Mention]:
        """The bodies, wherever they stand again too."""
        named: dict[tuple[str, ...], str] = {}
        for hit in longest(self.rules.cues(self.tokens)):
            k = hit.end
            if hit.value.office:
                if self.words[k : k + 1] != ["of"]:
                    continue
                k += 1 + (self.words[k + 1 : k + 2] == ["the"])
            while (end := self._name(k)) > k:
                named.setdefault(tuple(self.words[k:end]), hit.value.rule)
                if not hit.value.plural or self.tokens.lower[end : end + 1] not in ([","], ["and"]):
                    break
                k = end + 1 + (self.tokens.lower[end : end + 2] == [",", "and"])
        return self._everywhere(named)

    def _name(self, k: int) -> int:
        """The end of the run of capitalised words from `k`; `k` if they are no name of a body."""
        end = k
        while end < self.size and end - k < _LONGEST and self._goes_on(k, end):
            end += 1
        while end > k and self.words[end - 1] in _JOINTS:
            end -= 1
        capital = end < self.size and bool(self.flags[end] & CAPITAL and self.flags[end] & ALPHA)
        stopped = capital and self._same_line(end)
        if stopped and self.words[end] not in self.rules.given:
            return k
        return end

    def _goes_on(self, k: int, i: int) -> bool:
        if i in self.taken or not self._same_line(i):
            return False
        if self.words[i] in _JOINTS:
            return i > k and i + 1 < self.size and bool(self.flags[i + 1] & CAPITAL)
        word = self.words[i]
        stops = self.rules.stops
        if not self.flags[i] & CAPITAL or not self.flags[i] & ALPHA or word in stops["left"] or word in stops["right"]:
            return False
        return not (word in self.rules.given and i + 1 < self.size and self.flags[i + 1] & TITLE)

    def _same_line(self, i: int) -> bool:
        return not self.tokens.gap[i] or self.tokens.block_of[i] == self.tokens.block_of[i - 1]

    def _everywhere(self, named: dict[tuple[str, ...], str]) -> list[Mention]:
        firsts = {name[0] for name in named}
        found = []
        for i, word in enumerate(self.words):
            if word not in firsts or i in self.taken:
                continue
            for name, rule in named.items():
                end = i + len(name)
                if tuple(self.words[i:end]) == name:
                    found.append(Mention(i, end, rule, " ".join(name), Body()))
        return found
