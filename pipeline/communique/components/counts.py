"""Things counted: "143,000 people", "two new working groups", "10 of the 27 member states"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from communique.components.amounts import AmountReader, Measured
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, LOWER

_LONGEST_PHRASE = 8
"""How many words can lie between a number and the end of the noun it counts."""


@rule_file("irregular_plurals")
class PluralRule(Rule):
    """A plural that is not made by the usual endings."""

    plural: str
    singular: str


@rule_file("fixed_terms")
class TermRule(Rule):
    """Words that name one thing counted ("working group"), in the singular."""

    term: str


class Nouns:
    """Plurals, their singulars, and terms of several words."""

    def __init__(self, plurals: Mapping[str, str], terms: Collection[str]) -> None:
        self.plurals = plurals
        self.terms = frozenset(terms)
        self.long_heads = {t.split()[0] for t in terms if " of " in t}

    def singular(self, plural: str) -> str:
        """The singular of a plural in lower case."""
        known = self.plurals.get(plural)
        if known is not None:
            return known
        if plural.endswith("ies") and len(plural) > 4:
            return plural[:-3] + "y"
        if plural.endswith(("ches", "shes", "sses", "xes", "zzes")):
            return plural[:-2]
        return plural[:-1] if plural.endswith("s") and not plural.endswith("ss") else plural

    def is_plural(self, word: str) -> bool:
        """Whether a word in lower case can be a noun in the plural."""
        return word in self.plurals or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


class _Phrase(NamedTuple):
    end: int
    unit: str


class CountReader(AmountReader):
    """Reads counts: a number with the noun it counts."""

    nouns: Nouns
    states: Mapping[int, int]
    """Ends of the states' names by their start."""
    times: Collection[str]
    """Units of time."""

    def count(self, measured: Measured) -> tuple[int, str] | None:
        """The end of the counted noun and its unit for a number without unit; None where it counts nothing."""
        start, end = measured.start, measured.end
        if self._is_excluded(measured):
            return None
        share = self._share(end)
        if share is not None:
            return share
        if (self.word(end) == "-" and self.is_glued(end)) or self.word(end) == "of":
            return None  # "a two-state plan", "5 of them"
        phrase = self._phrase(end, measured.amount.value == 2 and measured.amount.spelled)
        return None if phrase is None or self._is_year_like(start, measured) else (phrase.end, phrase.unit)

    def _is_excluded(self, measured: Measured) -> bool:
        before, start = self.word(measured.start - 1), measured.start
        amount = measured.amount
        if amount.spelled and amount.value == 1:
            return True
        context = self.tables.context
        if before in context("no-count-after") and self.word(measured.start - 2) != "more":
            return True
        digits = not amount.spelled and amount.scale == 1
        if digits and self.is_acronym(start - 1) and self.is_lower(measured.end):
            return True  # "COP 28 decisions"
        if before == ":" and self.word(start - 2) in context("no-count-after"):
            return True
        if before in context("after-the") and self.word(start - 2) in context("no-count-after"):
            return True
        return before == "in" and self.word(start - 2) in ("one", "1")  # "one in three people"

    def _is_year_like(self, start: int, measured: Measured) -> bool:
        """Whether four digits after a name are rather its year ("Expo 2031 organizers")."""
        word = self.words[start]
        return (
            len(word) == 4
            and word.isdecimal()
            and measured.amount.scale == 1
            and self.is_named(start - 1)
            and start > 1
        )

    def _share(self, k: int) -> tuple[int, str] | None:
        """The rest of "10 of the 27 member states", "10 out of OPEC's 13 members"."""
        if self.word(k) == "out" and self.word(k + 1) == "of":
            k += 1
        if self.word(k) != "of":
            return None
        for j in range(k + 1, min(k + 5, self.size)):
            whole = self.tables.numbers.read(self.tokens, j)
            if whole is not None:
                phrase = self._phrase(whole.end, False)
                return (phrase.end, phrase.unit) if phrase else None
            if not (self.word(j) in ("the", "its", "their", "our", "'s", "all") or self.is_named(j)):
                return None
        return None

    def _phrase(self, begin: int, is_pair: bool) -> _Phrase | None:
        """The noun phrase from word `begin` to its head, a noun in the plural."""
        begin = self._behind_hedge(begin)
        for k in range(begin, min(begin + _LONGEST_PHRASE, self.size)):
            low = self.lower[k]
            if self.tokens.gap[k] > 1 or k in self.dated or low in self.times:
                return None
            if low in ("-", "'s") or (low in ("and", ",") and self._joins_adjectives(begin, k)):
                continue
            if not self.flags[k] & (LOWER | CAPITAL) or low in self.tables.context("closed"):
                return None
            if low in self.tables.context("verb") and k > begin:
                return None
            if self._is_head(k):
                return self._long_term(k) or (None if self._is_uncounted(low, is_pair) else self._with_term(begin, k))
        return None

    def _behind_hedge(self, k: int) -> int:
        """The word behind "or more", "or so"."""
        return k + 2 if f"{self.word(k)} {self.word(k + 1)}" in self.tables.context("hedge") else k

    def _joins_adjectives(self, begin: int, k: int) -> bool:
        """Whether a comma or "and" stands between two adjectives of one noun."""
        if self.word(k - 1) == "-" and self.word(k) == "and":
            return True  # "small- and medium-sized"
        if k == begin or not self.is_lower(k - 1) or not self.is_lower(k + 1):
            return False
        if self.lower[k + 1] in self.tables.context("closed") or self.lower[k + 1] in self.tables.numbers.small:
            return False
        return self.nouns.is_plural(self.word(k + 2)) or (
            self.nouns.is_plural(self.word(k + 3)) and self.is_lower(k + 2)
        )

    def _is_head(self, k: int) -> bool:
        """Whether word `k` is a plural that ends the noun phrase ("weapons systems" ends with its second)."""
        if not self.nouns.is_plural(self.lower[k]):
            return False
        if (k in self.states and self.states[k] > k + 1) or any(s < k < e - 1 for s, e in self._around(k)):
            return False
        following = k + 1
        if following >= self.size or self.tokens.gap[following] > 1 or not self.nouns.is_plural(self.lower[following]):
            return True
        if self.lower[following] in self.tables.context("verb") or self.lower[following] in self.tables.context(
            "closed"
        ):
            return True
        return not (self.is_lower(following) or (self.is_named(k) and self.is_named(following)))

    def _around(self, k: int) -> list[tuple[int, int]]:
        return [(s, self.states[s]) for s in range(max(0, k - 4), k) if s in self.states]

    def _is_uncounted(self, noun: str, is_pair: bool) -> bool:
        return noun in self.tables.context("uncounted") or (is_pair and noun in self.tables.context("party"))

    def _long_term(self, head: int) -> _Phrase | None:
        """A fixed term that goes on behind its head: "heads of state"."""
        noun = self.nouns.singular(self.lower[head])
        if noun in self.nouns.long_heads and self.word(head + 1) == "of":
            for end in (head + 3, head + 4):
                if (term := f"{noun} {' '.join(self.lower[head + 1 : end])}") in self.nouns.terms:
                    return _Phrase(end, term)
        return None

    def _with_term(self, begin: int, head: int) -> _Phrase:
        """The unit of a noun phrase: its head in the singular, or the fixed term that ends with it."""
        term = noun = self.nouns.singular(self.lower[head])
        for k in range(head - 1, max(begin, head - 4) - 1, -1):
            glue = "" if self.is_glued(k + 1) else " "
            term = f"{self.lower[k]}{glue}{term}"
            if term in self.nouns.terms:
                return _Phrase(head + 1, term)
        return _Phrase(head + 1, noun)
