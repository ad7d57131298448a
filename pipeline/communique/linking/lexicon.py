"""What the rules know of names: bodies, documents, states, places, and the words that many names share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from communique import rules
from communique.components.decisions import FunctionWordRule
from communique.components.document_reading import DocumentRule, DocumentWordsRule, KindRule
from communique.components.meeting_scene import CityRule
from communique.components.organization_rules import HeadRule, OrganizationRule
from communique.components.people_rules import OfficeRule, OfficeWordRule, ParticleRule
from communique.components.states import RegionRule, StateRule
from communique.linking.folding import folded
from communique.linking.word_rules import LinkWordRule

_LONGEST = 8
_REMEMBERED = 65536
_FUNCTION = frozenset({"preposition", "determiner", "conjunction"})
_ACRONYM = re.compile(r"[A-Z0-9][\w+&./-]*[A-Z0-9]")
_ROMAN = re.compile(r"[ivx]+")
_BRACKETS = "()[]\"“”„«»'’,;:"


class Split(NamedTuple):
    """A body's name in two: what it is an organ of, and the rest."""

    owner: str
    rest: str


class Lexicon:
    """The names that the rule files hold, by their folded form."""

    def __init__(self, folders: Sequence[Path]) -> None:
        def all_of(model: type[rules.R]) -> tuple[rules.R, ...]:
            return rules.read(model, folders)

        self.bodies = {rule.id: rule for rule in all_of(OrganizationRule)}
        self.instruments = {rule.id: rule for rule in all_of(DocumentRule)}
        self._acronyms = _readings((a, r.id) for r in self.bodies.values() for a in r.acronyms)
        self.states = _unique((folded(form), r.code) for r in all_of(StateRule) for form in _forms(r))
        places = {n for r in all_of(RegionRule) for n in r.names} | {n for r in all_of(CityRule) for n in r.names}
        self._places = {folded(n) for n in places} | set(self.states)
        self._heads = {folded(r.head) for r in all_of(HeadRule)} | {
            folded(r.plural) for r in all_of(HeadRule) if r.plural
        }
        words = all_of(LinkWordRule)
        self._owned = {folded(w) for r in words if r.role == "owned" for w in r.words}
        self._same = {folded(w): folded(r.words[0]) for r in words if r.role == "same" for w in r.words[1:]}
        self._spelled = lru_cache(_REMEMBERED)(self._respelled)
        self.particles = frozenset(
            word for r in all_of(ParticleRule) for word in map(folded, r.words) if not _ROMAN.fullmatch(word)
        )
        self._function = {w for r in all_of(FunctionWordRule) if r.role in _FUNCTION for w in map(folded, r.words)}
        bodies = ((self.key(n), r.id) for r in self.bodies.values() for n in (r.name, *r.names))
        instruments = ((self.key(n), r.id) for r in self.instruments.values() for n in (*r.names, *r.acronyms))
        self.body_names, self.instrument_names = _unique(bodies), _unique(instruments)
        offices = all_of(OfficeRule)
        self.head_offices = frozenset(" ".join(self.core(r.title)) for r in offices if r.heads)
        self._kinds = {w for r in all_of(KindRule) for n in (r.word, r.plural or r.word) for w in folded(n).split()}
        plain = {w for r in all_of(DocumentWordsRule) if r.role in ("plain", "adjective", "link") for w in r.words}
        self._plain = {w for phrase in plain for w in folded(phrase).split()}
        self._common = self._words_of_many(all_of(OfficeWordRule))
        self._organs = self._by_owner()

    def _words_of_many(self, office_words: Iterable[OfficeWordRule]) -> set[str]:
        """Words that name no body by themselves: those of two rules or more, of offices, and heads."""
        seen = Counter(w for r in self.bodies.values() for w in {w for n in r.names for w in self.words(n)})
        common = {word for word, count in seen.items() if count > 1}
        common |= {w for r in office_words for phrase in r.words for w in self.words(phrase)}
        return common | {w for head in self._heads for w in self.words(head)}

    def _by_owner(self) -> dict[tuple[tuple[str, ...], str], str]:
        """Known bodies by what they are an organ of and the words of the rest."""
        found = [
            ((self.core(split.rest), split.owner), rule.id)
            for rule in self.bodies.values()
            for name in (rule.name, *rule.names)
            if (split := self.split(name))
        ]
        return _only(found)

    def words(self, text: str) -> tuple[str, ...]:
        """The folded words that mean something, spellings of one word as one, in order."""
        return tuple(w for w in self._spelled(text).split() if w not in self._function)

    def _respelled(self, text: str) -> str:
        """The folded words, spellings of one word as one."""
        words = folded(text).split()
        for length in (2, 1):
            place = 0
            while place + length <= len(words):
                if (one := self._same.get(" ".join(words[place : place + length]))) is not None:
                    words[place : place + length] = one.split()
                place += 1
        return " ".join(words)

    def key(self, text: str) -> str:
        """The words that mean something as one string, the key of known names."""
        return " ".join(self.words(text))

    def core(self, text: str) -> tuple[str, ...]:
        """The words in no order: "Energy Ministry" is "Ministry of Energy"."""
        return tuple(sorted(self.words(text)))

    def body(self, name: str, split: Split | None) -> str | None:
        """The rule of a body of that name."""
        if (rule := self.body_names.get(self.key(name))) is not None and folded(name) not in self._owned:
            return rule
        return self._organs.get((self.core(split.rest), split.owner)) if split else None

    def readings(self, acronym: str) -> tuple[str, ...]:
        """The rules of the bodies with that acronym."""
        return self._acronyms.get(acronym, ())

    def split(self, name: str, forms: dict[str, str] | None = None) -> Split | None:
        """What a body is an organ of by its name ("CIS Council", "Council of the CIS"), if the name tells.

        The owner is a state's code or what stands for a body: a rule's id, or a value of `forms`, the folded names
        of other bodies of the same text.
        """
        words = [word.strip(_BRACKETS) for word in name.split()]
        for length in range(min(_LONGEST, len(words) - 1), 0, -1):
            first, rest = " ".join(words[:length]), " ".join(words[length:])
            if (owner := self._owner(first, forms)) and self.words(rest):
                return Split(owner, rest)
        for place in range(1, len(words) - 1):
            if folded(words[place]) == "of":
                last = " ".join(words[place + 1 :])
                if owner := self._owner(re.sub(r"^[Tt]he ", "", last), forms):
                    return Split(owner, " ".join(words[:place]))
        return None

    def split_unknown(self, name: str) -> Split | None:
        """The same where the owner is no known body, but has a body's telling name: "Secretariat of the Harrow Union".

        The owner is the name itself.
        """
        words = [word.strip(_BRACKETS) for word in name.split()]
        for place in range(1, len(words) - 1):
            if folded(words[place]) == "of":
                last = re.sub(r"^[Tt]he ", "", " ".join(words[place + 1 :]))
                return Split(last, " ".join(words[:place])) if self._is_body(last) else None
        for place in range(len(words) - 1, 0, -1):
            first, rest = " ".join(words[:place]), " ".join(words[place:])
            if folded(rest) in self._owned and self._is_body(first):
                return Split(first, rest)
        return None

    def _is_body(self, name: str) -> bool:
        """Whether words are a telling name with a kind of body in it."""
        return self.telling(name) and any(phrase in self._heads for phrase in phrases(folded(name)))

    def _owner(self, words: str, forms: dict[str, str] | None) -> str | None:
        plain = folded(words)
        if (code := self.states.get(plain)) is not None:
            return code
        if forms and (known := forms.get(plain)) is not None:
            return known
        if (rule := self.body_names.get(self.key(words))) is not None:
            return rule
        readings = self.readings(re.sub(r"['’]s?$", "", words))
        return readings[0] if len(readings) == 1 else None

    def state(self, words: str) -> str | None:
        """The state that words name, also as "the Government of the Republic of Uganda"."""
        plain = re.sub(r"^(the )?(government of )?(the )?", "", folded(words))
        return self.states.get(plain)

    def spells(self, acronym: str, name: str) -> bool:
        """Whether an acronym is made of the initials of a name's words."""
        words = folded(name).split()
        initials = {"".join(w[0] for w in words), "".join(w[0] for w in self.words(name))}
        return folded(acronym).replace(" ", "") in initials

    def is_acronym(self, name: str) -> bool:
        """Whether a name is written like an acronym."""
        return bool(_ACRONYM.fullmatch(name)) and sum(map(str.isupper, name)) * 2 > len(name)

    def telling(self, name: str) -> bool:
        """Whether a body's name is one that no other body has: it holds a place or a word of its own.

        Names of bodies that each state has ("Ministry of Energy") tell only with a place.
        """
        plain = folded(name)
        if any(phrase in self._places for phrase in phrases(plain)):
            return True
        if any(phrase in self._owned for phrase in phrases(plain)):
            return False
        return any(word not in self._common and not word.isdigit() for word in self.words(name))

    def names_something(self, title: str) -> bool:
        """Whether a document's title holds a place or a body, or two states; one state has many documents."""
        found = list(phrases(folded(title)))
        if len({self.states[phrase] for phrase in found if phrase in self.states}) > 1:
            return True
        if any(phrase not in self.states and (phrase in self._places or self._knows(phrase)) for phrase in found):
            return True
        return any(self.readings(word.strip(_BRACKETS)) for word in title.split())

    def _knows(self, phrase: str) -> bool:
        return phrase not in self._owned and self.key(phrase) in self.body_names

    def is_bare(self, words: Iterable[str]) -> bool:
        """Whether the words of a title say its kind and no more ("joint declaration")."""
        return all(word in self._kinds or word in self._plain or word == "understanding" for word in words)


def phrases(text: str) -> Iterator[str]:
    """All runs of up to eight words."""
    words = text.split()
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            yield " ".join(words[start:end])


def _forms(rule: StateRule) -> tuple[str, ...]:
    forms = (rule.name, *rule.names, *rule.abbreviations, *rule.adjectives, *rule.demonyms)
    return tuple(form for form in forms if form not in rule.shared)


def _readings(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for form, value in pairs:
        found.setdefault(form, set()).add(value)
    return {form: tuple(sorted(values)) for form, values in found.items()}


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Forms that stand for one thing alone."""
    return {form: values[0] for form, values in _readings(pairs).items() if form and len(values) == 1}


def _only(pairs: Iterable[tuple[tuple[tuple[str, ...], str], str]]) -> dict[tuple[tuple[str, ...], str], str]:
    found: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: min(values) for key, values in found.items() if len(values) == 1}


@cache
def lexicon(folders: tuple[Path, ...]) -> Lexicon:
    """The lexicon of some folders of rules, made once."""
    return Lexicon(folders)
