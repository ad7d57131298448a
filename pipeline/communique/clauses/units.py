"""A sentence as units: words and whole mentions, each with a tag of one letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from communique.tokens import CAPITAL, LOWER, Mention, Tokens

TAGS = {
    "D": "determiner", "P": "preposition", "C": "and, or", "N": "subject pronoun", "B": "be", "H": "have", "O": "do",
    "M": "weak modal", "W": "will, shall", "X": "negation", "T": "to", "R": "relative", "S": "subordinator",
    ",": "comma", ";": "semicolon", ":": "colon", "–": "dash", '"': "quotation mark", "(": "open", ")": "close",
    ".": "end", "A": "adverb", "E": "person, state or organization", "K": "document", "Y": "date", "F": "figure",
    "G": "noun that can act", "Q": "possessive", "V": "form of a known verb",
    "U": "capitalised word", "L": "other word",
}  # fmt: skip
"""The tags of units and what they stand for."""
_ROLE_TAGS = {
    "determiner": "D", "preposition": "P", "conjunction": "C", "pronoun": "N", "modal": "M", "undertaking": "W",
    "negation": "X", "relative": "R", "subordinator": "S",
}  # fmt: skip
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", "–": "–", "--": "–", '"': '"', "''": '"', "(": "(", "[": "(", ")": ")", "]": ")",
    ".": ".", "!": ".", "?": ".", "…": ".",
}  # fmt: skip
_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "'re", "'m"})
_MARKUP = frozenset({"*", "**", "***", "\\", "#", "##", "###", "_", "__"})
_ENUMERATORS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}) | set("abcdefgh123456789")
_NUMBERING = frozenset("(ivxabc123456789") | {"iv"}
"""Words with which the number of an item inside a sentence begins."""
_MODIFYING = frozenset("PSRA")
"""Tags of words that are parts of a compound before a hyphen."""
_SKIPPED = _NUMBERING | _MARKUP


class VerbForm(NamedTuple):
    """One reading of a verb's form: `form` is base, third, past, participle or gerund."""

    form: str
    base: str
    role: str
    act: str | None
    needs: str | None
    rule: str
    noun: bool = False


class Noun(NamedTuple):
    """A noun that can act: `role` says whether for the participants, a body, a person, a side or the meeting."""

    role: str
    rule: str


class Unit(NamedTuple):
    """Words `start` to `end` of the text under one tag; `low` is the word in lower case ("" for a mention)."""

    start: int
    end: int
    tag: str
    low: str
    mention: Mention | None = None
    verbs: tuple[VerbForm, ...] = ()
    noun: Noun | None = None


@dataclass(slots=True)
class Group:
    """A verb group of a sentence, by unit index."""

    first: int
    main: int
    form: str
    """finite, passive, infinitive, gerund, participle, progressive or copula."""
    modal: str = ""
    """will, weak or nothing."""
    negated: bool = False
    past: bool = False
    verbs: tuple[VerbForm, ...] = ()
    subject: tuple[int, int] | None = None
    shared: int = -1
    """Index of the earlier group whose subject this one has."""

    def role(self, *roles: str) -> VerbForm | None:
        """The reading of the main verb in one of the roles."""
        for verb in self.verbs:
            if verb.role in roles:
                return verb
        return None

    @property
    def finite(self) -> bool:
        """Whether the group can head a clause."""
        return self.form in ("finite", "passive", "progressive", "copula")


@dataclass(slots=True)
class Sentence:
    """The units and verb groups of a sentence."""

    units: list[Unit]
    groups: list[Group] = field(default_factory=list)
    lower: Sequence[str] = ()
    """The words of the whole text, to look into mentions."""

    def last_word(self, mention: Mention) -> str:
        """The last word of a mention in lower case."""
        return self.lower[mention.end - 1] if mention.end <= len(self.lower) else ""

    def tags(self) -> str:
        """The tags of the units as one string."""
        return "".join([u.tag for u in self.units])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What single words and marks are: `words` lower case → tag, by the rules of function words."""

    words: Mapping[str, str]

    @classmethod
    def of(cls, roles: Sequence[tuple[str, Sequence[str]]]) -> Lexicon:
        """Make the lexicon of (role, words) pairs; auxiliaries are told apart by their words."""
        table: dict[str, str] = {}
        for role, words in roles:
            for word in words:
                if role == "auxiliary":
                    table.setdefault(word, "B" if word in _BE else "O" if word.startswith("d") else "H")
                elif role in _ROLE_TAGS:
                    table.setdefault(word, _ROLE_TAGS[role])
                elif role == "adverb":
                    table.setdefault(word, "A")
        table["to"] = "T"
        table["that"] = "R"
        table.update(_PUNCTUATION)
        for word in ("'s", "'"):
            table.setdefault(word, "Q")
        return cls(table)


class Found(NamedTuple):
    """What the whole text was searched for, by the index of the first word."""

    mentions: Mapping[int, tuple[str, Mention]]
    verbs: Mapping[int, tuple[int, tuple[VerbForm, ...]]]
    """The end of the longest form at a word, and its readings."""
    nouns: Mapping[int, tuple[int, tuple[Noun, ...]]]


def units_of(tokens: Tokens, start: int, end: int, lexicon: Lexicon, found: Found) -> list[Unit]:
    """The units of the words `start` to `end`."""
    lower, flags, tags = tokens.lower, tokens.flags, lexicon.words
    units: list[Unit] = []
    previous = ""
    i = start
    while i < end:
        low = lower[i]
        if low in _SKIPPED and (step := _skipped(tokens.words, lower, i, end)):
            i += step
            continue
        at = found.mentions.get(i)
        if at is not None and at[1].end <= end:
            previous, mention = at
            units.append(Unit(i, mention.end, previous, "", mention))
            i = mention.end
            continue
        tag = tags.get(low)
        if previous == "P" and low == "that":
            tag = "D"
        elif previous == "U" and low == "do" and flags[i] & LOWER and i + 1 < end and flags[i + 1] & CAPITAL:
            tag = "U"  # "Foz do Iguaçu"
        if tag in _MODIFYING and i > start and i + 1 < end and _hyphened(tokens, i):
            tag = "L"  # "an in-person summit"
        unit = Unit(i, i + 1, tag, low) if tag else _open_unit(tokens, i, i > start, previous, found)
        units.append(unit)
        i, previous = unit.end, "V" if unit.verbs else unit.tag
    return units


def _open_unit(tokens: Tokens, i: int, inside: bool, previous: str, found: Found) -> Unit:
    """The unit at a word that is no function word: a verb's form, a noun that can act, or another word."""
    low, flag = tokens.lower[i], tokens.flags[i]
    noun, verbs = found.nouns.get(i), found.verbs.get(i)
    if verbs and flag & CAPITAL and low.endswith("ing") and inside and previous not in ('"', ":"):
        if tokens.blocks[tokens.block_of[i]].kind != "heading":
            verbs = None  # "the XI Meeting of"
    if verbs and (noun is None or noun[0] == i + 1):
        end, readings = verbs
        return Unit(i, end, "V" if noun is None else "G", low, None, readings, noun[1][0] if noun else None)
    if noun is not None:
        return Unit(i, noun[0], "G", low, None, (), noun[1][0])
    return Unit(i, i + 1, _open_class(low, flag), low)


def _hyphened(tokens: Tokens, i: int) -> bool:
    """Whether a hyphen is glued to a word."""
    return tokens.words[i + 1] == "-" and tokens.gap[i + 1] < 1 and tokens.start[i + 1] == tokens.end[i]


def _skipped(words: Sequence[str], lower: Sequence[str], i: int, end: int) -> int:
    """How many words of markup or numbering are no units."""
    if words[i] in _MARKUP:
        return 1
    return _enumerator(words, lower, i, end) if words[i] in _NUMBERING else 0


def _enumerator(words: Sequence[str], lower: Sequence[str], i: int, end: int) -> int:
    """How many words "(i)" or "ii)" takes inside a sentence, else 0."""
    k = i + 1 if words[i] == "(" else i
    if k + 1 < end and lower[k] in _ENUMERATORS and words[k + 1] == ")":
        return k + 2 - i
    return 0


def _open_class(low: str, flag: int) -> str:
    if flag & LOWER and len(low) > 4 and low.endswith("ly"):
        return "A"
    return "U" if flag & CAPITAL else "L"


def forms(unit: Unit, *forms: str) -> tuple[VerbForm, ...]:
    """The readings of a unit in one of the forms."""
    return tuple([v for v in unit.verbs if v.form in forms]) if unit.verbs else ()


def skip_back(units: list[Unit], i: int, tags: str) -> int:
    """The last unit at or before `i` whose tag is none of `tags`, or -1."""
    while i >= 0 and units[i].tag in tags:
        i -= 1
    return i
