"""Names of people, compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from communique.linking.folding import consonants, folded, skeleton

_ADDED = frozenset({"jr", "sr"})
_PIECES = re.compile(r"\s+|(?<=\w\.)(?=\w)")
_ROMAN = re.compile(r"[ivx]+")


class PersonalName(NamedTuple):
    """A name's words as skeletons, without particles; initials are single letters, numerals in capitals."""

    words: tuple[str, ...]
    surnames: frozenset[str]
    """The last word, and a word of the name by which the text takes it up again ("Xi")."""

    @property
    def key(self) -> tuple[str, ...]:
        """The words in no order: "Hayashi Yoshimasa" is "Yoshimasa Hayashi"."""
        return tuple(sorted(self.words))

    @property
    def full(self) -> int:
        """How many words are no initials."""
        return sum(len(word) > 1 or word.isupper() for word in self.words)

    @property
    def level(self) -> int:
        """3 with given name and surname, 2 with initials and a surname, 1 with a single word."""
        return 3 if self.full > 1 else 2 if len(self.words) > 1 else 1

    @property
    def exactness(self) -> tuple[int, int, int]:
        """The greater, the more the name says."""
        return self.level, self.full, len(self.words)


def personal_name(name: str, particles: frozenset[str], forms: Iterable[str] = ()) -> PersonalName:
    """A name read; `forms` are the words of its mentions."""
    words = _words(name, particles)
    if len(words) > 1 and _ROMAN.fullmatch(words[-1]):
        words[-1] = words[-1].upper()
    last = next((w for w in reversed(words) if w not in _ADDED and not w.isupper()), words[-1])
    alone = {found[0] for form in forms if len(found := _words(form, particles)) == 1}
    surnames = {last} | (alone & set(words))
    return PersonalName(tuple(map(_skeleton, words)), frozenset(map(_skeleton, surnames)))


def _skeleton(word: str) -> str:
    return word if word.isupper() else skeleton(word)


def _words(name: str, particles: frozenset[str]) -> list[str]:
    """The folded words; those joined by a hyphen are one, without a particle before it ("al-Haddad")."""
    words = [_unhyphened(folded(word).split(), particles) for word in _PIECES.split(name)]
    kept = [word for word in words if word]
    return [word for word in kept if word not in particles or word in _ADDED] or kept or [name]


def _unhyphened(parts: list[str], particles: frozenset[str]) -> str:
    return "".join(parts[1:] if len(parts) > 1 and parts[0] in particles else parts)


def contains(long: PersonalName, short: PersonalName) -> bool:
    """Whether every word of the short name is one of the long name's, initials standing for words."""
    left = Counter(long.words)
    for word in sorted(short.words, key=len, reverse=True):
        match = word if left[word] else _begun(word, left)
        if match is None:
            return False
        left[match] -= 1
    return True


def _begun(word: str, left: Counter[str]) -> str | None:
    """A word that an initial stands for, or the initial of a word."""
    for other in sorted(w for w, count in left.items() if count):
        if (len(word) == 1 or len(other) == 1) and not (word + other).isupper():
            if word[0] == other[0]:
                return other
    return None


def may_be(short: PersonalName, long: PersonalName) -> bool:
    """Whether the shorter name can be a form of the longer one: same surname, nothing that contradicts it."""
    if not short.surnames & long.surnames and not (short.full > 1 and short.words[0] == long.words[0]):
        return False
    return contains(long, short)


def romanized_alike(one: PersonalName, other: PersonalName) -> bool:
    """Whether two names differ in nothing but the vowels of words beside the surname ("Volodymyr", "Vladimir")."""
    shared = one.surnames & other.surnames
    if not shared or len(one.words) != len(other.words) or one.level < 3:
        return False
    return all(
        consonants(a) == consonants(b) and (a == b or a not in shared) and len(consonants(a)) > 1
        for a, b in zip(one.words, other.words, strict=True)
    )


def may_be_pet_form(one: PersonalName, other: PersonalName) -> bool:
    """Whether two names of one surname begin with given names of which one may be short for the other ("Joe")."""
    first, second = one.words[0], other.words[0]
    return first != second and first[:2] == second[:2] and one.level == other.level == 3


def more_exact(one: PersonalName, other: PersonalName) -> bool:
    """Whether one name says more than the other."""
    return one.exactness > other.exactness
