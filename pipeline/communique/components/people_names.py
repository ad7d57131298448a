"""Names of people as runs of words: where one begins, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from communique.components.people_rules import Name
from communique.matching import Gazetteer, longest
from communique.tokens import ALPHA, CAPITAL, DIGIT, LOWER, TITLE, UPPER, Tokens

_MOST = 9
_INITIALS_CLOSE = 7
_INITIALS = 6
"""Characters of initials in one word at most: "A.K.M."."""
_COLUMN = 3
"""Blanks that part two columns, as those of signatures."""


@dataclass(frozen=True)
class Words:
    """The word lists of the rules that names and titles are read by."""

    prefixes: frozenset[str]
    portfolio: frozenset[str]
    units: frozenset[str]
    territories: frozenset[str]
    honorifics: Gazetteer[str]
    particles: frozenset[str]
    stops: frozenset[str]
    inside: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    cities: frozenset[str]
    state_names: frozenset[str]
    surnames: frozenset[str]
    verbs: frozenset[str]
    bases: frozenset[str]

    @property
    def title_words(self) -> frozenset[str]:
        """What a title may be made of beside its head."""
        return self.prefixes | self.portfolio


class Names:
    """Reads the names of one text."""

    def __init__(self, rules: Words, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        found = tokens.found
        self.states = {m.start: m for m in found.get("state", ())}
        self.state_ends = {m.end: m for m in found.get("state", ())}
        self.bodies = {m.start: m for m in found.get("organization", ())}
        self.body_ends = {m.end: m for m in found.get("organization", ())}
        self.taken = {
            i for kind in ("state", "organization") for m in found.get(kind, ()) for i in range(m.start, m.end)
        }
        self.dated = {i for m in found.get("date", ()) for i in range(m.start, m.end)}
        self.honorifics = {h.start: h.end for h in longest(rules.honorifics(tokens))}
        self._address = {i: end for start, end in self.honorifics.items() for i in range(start, end)}
        self.addressed = frozenset(self.honorifics.values())
        self.title_words = rules.title_words
        self.spelled = dict(zip(self.words, self.flags, strict=True))
        self.written = frozenset([w for w, f in self.spelled.items() if f & TITLE and not f & UPPER])
        self.lowered = frozenset([w for w, f in self.spelled.items() if f & LOWER])

    def opens(self, i: int) -> bool:
        """Whether a word is the first of its sentence."""
        return self.tokens.sentences[self.tokens.sentence_of[i]][0] == i

    def apart(self, i: int) -> bool:
        """Whether a paragraph, item, heading or column ends before word `i`."""
        tokens = self.tokens
        if not tokens.gap[i]:
            return bool(i) and tokens.start[i] - tokens.end[i - 1] >= _COLUMN
        return tokens.gap[i] > 1 or tokens.block_of[i] != tokens.block_of[i - 1]

    def glued(self, i: int) -> bool:
        """Whether word `i` stands between two others without white space."""
        start, end = self.tokens.start, self.tokens.end
        return 0 < i < self.size - 1 and start[i] == end[i - 1] and start[i + 1] == end[i]

    def past_honorifics(self, j: int) -> int:
        """The word behind "H.E. Mr.", "the Hon", "Sheikh" and the like, or `j`."""
        while (j in self.honorifics and not self._is_initials(j)) or (
            self.lower[j : j + 1] == ["the"] and j + 1 in self.honorifics
        ):
            j = self.honorifics[j] if j in self.honorifics else self.honorifics[j + 1]
            if self.words[j : j + 1] == ["("] and self.words[j + 2 : j + 3] == [")"]:
                j += 3  # "Major General (Rtd)"
            if j < self.size and self.words[j] in (".", ","):
                j += 1
        return j

    def _is_initials(self, j: int) -> bool:
        """Whether what may be an honorific is an initial: "M. A. Okello", "M. Okello"."""
        if not is_letter(self.words[j]) or j + 1 >= self.size:
            return False
        if is_letter(self.words[j + 1]):
            return True
        end = self.forward(j + 1)
        one = end - j - 1 - 2 * self.words[j:end].count("-") == 1
        return one and bool(self.flags[j + 1] & TITLE) and len(self.words[j + 1]) > 2

    def beside(self, j: int) -> int:
        """The end of the name that begins at word `j`, right behind an office or honorific; `j` if none does."""
        end = self.forward(j)
        if end == j < self.size and self.words[j] in self.rules.surnames:
            after = self.flags[j + 1] if j + 1 < self.size else LOWER
            return j if after & (DIGIT | CAPITAL) else j + 1  # "Prime Minister May said", not "May 2014"
        return end

    def forward(self, j: int) -> int:
        """The end of the name that begins at word `j`; `j` if none does."""
        if not self._begins(j):
            return j
        k = j + 1
        while k < self.size and k - j < _MOST:
            step = self._step(j, k)
            if not step:
                break
            k += step
        while k > j and (self.words[k - 1] in ("-", "'") or self._decoration(j, k - 1)):
            k -= 1
        return k if self._is_name(j, k) else j

    def _begins(self, j: int) -> bool:
        if j >= self.size:
            return False
        return self._word(j, False) or (self.words[j] in self.rules.particles and self._word(j + 1, True))

    def _step(self, j: int, k: int) -> int:
        """How many words at `k` belong to the name that began at `j`."""
        if self.apart(k) and not self._wrapped(j, k):
            return 0
        word = self.words[k]
        if word in ("-", "'"):
            return 2 if self.glued(k) else 0
        if word == '"' and self.words[k + 2 : k + 3] == ['"'] and self._word(k + 1, True) and self._word(k + 3, True):
            return 4  # Salim "Tiger" Haddad
        if word in self.rules.particles and word[0].islower():
            n = k + 1
            while n < self.size and self.words[n] in self.rules.particles and self.words[n][0].islower():
                n += 1
            return n - k if self._word(n, False) or self.words[n : n + 1] == ["-"] else 0
        if word == "," and self.words[k + 1 : k + 2] and self.words[k + 1] in ("Jr.", "Jr", "Sr.", "Sr"):
            return 2
        if word == self.words[k - 1]:
            return 0  # "Salim Haddad Haddad Salim": a caption runs into the text
        if (
            word in ("St.", "St", "Saint")
            and k + 1 < self.size
            and self.flags[k + 1] & TITLE
            and k + 1 not in self.taken
        ):
            return 2  # "Marguerite St. Rose"
        if not self._word(k, True) or (word in self.rules.prefixes and word not in self.rules.given):
            return 0
        return 1

    def _wrapped(self, j: int, k: int) -> bool:
        """Whether a line merely wraps inside a name: a given name alone, or an initial, waits for the surname."""
        if self.tokens.gap[k] > 1:
            return False
        return (self.words[k - 1].endswith(".") and k - j <= 3) or (k == j + 1 and self.words[j] in self.rules.given)

    def _word(self, i: int, inside: bool) -> bool:
        if not 0 <= i < self.size or i in self.dated:
            return False
        if i in self.taken and not self.also_name(i) and not (inside and self._also_surname(i)):
            return False
        word, flag = self.words[i], self.flags[i]
        plain = word.capitalize() if flag & UPPER and len(word) > 1 else word
        if (plain in self.rules.stops or plain in self.rules.verbs) and not self._namesake(i):
            return False
        if (plain in self.rules.titles or word in self.rules.titles) and word not in self.rules.given:
            return False
        if word in self.rules.particles or word in ("-", "'"):
            return inside
        if not flag & CAPITAL or ";" in word:
            return False
        return bool(flag & ALPHA) or ("." in word and len(word) <= _INITIALS) or "'" in word[1:]

    def _namesake(self, i: int) -> bool:
        """Whether a word like "He" is a name: capitalised where no sentence begins, before a capitalised word."""
        if self.words[i] not in self.rules.inside or self.opens(i) or i + 1 >= self.size:
            return False
        before = self.words[i - 1]
        return before not in ('"', ":", "*") and bool(self.flags[i + 1] & TITLE) and i + 1 not in self.taken

    def also_name(self, i: int) -> bool:
        """Whether a state's name may be a person's ("Chad", "Jordan"): before another capitalised word."""
        return (
            i in self.states
            and self.words[i] in self.rules.state_names
            and i + 1 < self.size
            and bool(self.flags[i + 1] & TITLE)
            and i + 1 not in self.taken
        )

    def _also_surname(self, i: int) -> bool:
        """Whether a state's name is a surname: right behind a given name."""
        named = i in self.states and self.words[i] in self.rules.state_names
        return named and self.words[i - 1] in self.rules.given and not self.apart(i)

    def _decoration(self, j: int, i: int) -> bool:
        """Letters behind a name that are no part of it: "Miriam Okello AC CVO"."""
        word = self.words[i]
        if not (self.flags[i] & UPPER and 1 < len(word) <= 4 and word.isalpha()) or word in self.rules.particles:
            return False
        return any(self.flags[n] & TITLE and not self.flags[n] & UPPER for n in range(j, i))

    def _is_name(self, j: int, k: int) -> bool:
        """Whether the words are more than initials, and in a line of capitals a name that is known otherwise."""
        words = self.words
        whole = [n for n in range(j, k) if len(words[n]) > 2 or (len(words[n]) > 1 and not words[n].endswith("."))]
        if not whole or self.words[j] in ("-", "'"):
            return False
        if all(self.flags[n] & UPPER for n in whole) and self._capitals_around(j, k):
            last = words[k - 1]
            known = (last.title() in self.written or j in self.addressed) and last.lower() not in self.lowered
            return words[j].title() in self.rules.given or (known and (k - j < 3 or self._initials(j, k - 1)))
        return True

    def _initials(self, j: int, k: int) -> bool:
        return all(len(word.rstrip(".")) == 1 for word in self.words[j:k])

    def _capitals_around(self, j: int, k: int) -> bool:
        near = [
            n
            for n in (j - 2, j - 1, k, k + 1)
            if 0 <= n < self.size and self.flags[n] & ALPHA and len(self.words[n]) > 1
        ]
        return bool(near) and all(self.flags[n] & UPPER for n in near)

    def is_city(self, j: int, k: int) -> bool:
        """Whether the words are the name of a town."""
        return " ".join(self.words[j:k]) in self.rules.cities

    def backward(self, end: int, rule: str = "person.office-after") -> Name | None:
        """The name that ends before word `end`: of two words at least, unless an honorific stands before it."""
        k = end
        while k > 0 and self._reaches_back(k - 1, end):
            k -= 1
        while k < end and ((self.words[k] in self.rules.particles and self.words[k].islower()) or self.words[k] == "-"):
            k += 1
        if k < end and self.words[k] in self.rules.stops and not self._namesake(k):
            k += 1
        k = self._address.get(k, k)
        begin = self.past_honorifics(k) if k < end else k
        if begin >= end:
            return None
        if self._initials(begin, end) and self.words[begin - 1] == "," and begin > 1:
            return self.backward(begin - 1, rule)  # letters of honours: "J. H. Okello, C.V.O. (Director)"
        if (end - begin < 2 and begin not in self.addressed) or self.is_city(begin, end):
            return None
        return Name(begin, end, rule) if self._is_name(begin, end) else None

    def _reaches_back(self, i: int, end: int) -> bool:
        if end - i > _INITIALS_CLOSE or (i + 1 < end and self.apart(i + 1) and not self.words[i].endswith(".")):
            return False
        if self.words[i + 1 : i + 3] and self.words[i] == "," and self.words[i + 1] in ("Jr.", "Jr", "Sr."):
            return True
        suffix = self.words[i] in self.rules.particles and not self.words[i].islower()
        return self._word(i, suffix or i + 1 < end) and (i + 1 == end or self.words[i] not in self.rules.prefixes)


def is_letter(word: str) -> bool:
    """Whether a word is an initial: a capital and a point."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."
