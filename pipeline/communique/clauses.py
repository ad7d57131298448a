"""A sentence as units and verb groups: what the decisions are read from.

A unit is a word, or a whole mention (a treaty's title, a person's name), so that commas and "and" inside titles do not
cut clauses. Each unit has a tag of one letter (see `TAGS`). A verb group is a main verb with its auxiliaries, its
subject, and the group that governs it or with which it is coordinated. There is no tagger: a word is a verb by its
form and its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from communique.matching import Hit
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

_NOMINAL = frozenset("EGKULFY")
_BOUNDARY = frozenset(';:RS–"')
_ROLE_TAGS = {
    "determiner": "D", "preposition": "P", "conjunction": "C", "pronoun": "N", "modal": "M", "undertaking": "W",
    "negation": "X", "relative": "R", "subordinator": "S",
}  # fmt: skip
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", "–": "–", "--": "–", '"': '"', "''": '"', "(": "(", "[": "(", ")": ")", "]": ")",
    ".": ".", "!": ".", "?": ".", "…": ".",
}  # fmt: skip


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
        return next((v for v in self.verbs if v.role in roles), None)

    @property
    def finite(self) -> bool:
        """Whether the group can head a clause."""
        return self.form in ("finite", "passive", "progressive", "copula")


@dataclass(slots=True)
class Sentence:
    """The units and verb groups of a sentence."""

    units: list[Unit]
    groups: list[Group] = field(default_factory=list)

    def tags(self) -> str:
        """The tags of the units as one string."""
        return "".join(u.tag for u in self.units)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What single words are: `words` lower case → tag, by the rules of function words."""

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
        return cls(table)


_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "being", "'re", "'m"})


class Found(NamedTuple):
    """What the whole text was searched for, by the index of the first word."""

    mentions: Mapping[int, tuple[str, Mention]]
    verbs: Mapping[int, list[Hit[VerbForm]]]
    nouns: Mapping[int, Hit[Noun]]


def read(tokens: Tokens, start: int, end: int, lexicon: Lexicon, found: Found, headed: bool = False) -> Sentence:
    """The units and groups of the words `start` to `end`.

    `headed` says that a line above gives the subject, so that the sentence may begin with its verb.
    """
    sentence = Sentence(list(_units(tokens, start, end, lexicon, found)))
    _group(sentence, headed)
    for n in range(len(sentence.groups)):
        _find_subject(sentence, n)
    return sentence


def _units(tokens: Tokens, start: int, end: int, lexicon: Lexicon, found: Found) -> Iterator[Unit]:
    words, lower, flags = tokens.words, tokens.lower, tokens.flags
    table = lexicon.words
    i = start
    previous = ""
    while i < end:
        if words[i] in "(ivxabc123456789" and (step := _enumerator(words, lower, i, end)):
            i += step
            continue
        if words[i] in _MARKUP:
            i += 1
            continue
        at = found.mentions.get(i)
        if at is not None and at[1].end <= end:
            tag, mention = at
            yield Unit(i, mention.end, tag, "", mention)
            i, previous = mention.end, tag
            continue
        low = lower[i]
        tag = _PUNCTUATION.get(words[i]) or table.get(low, "")
        if not tag and low in ("'s", "'"):
            tag = "Q"
        elif low == "that" and previous == "P":
            tag = "D"
        noun = found.nouns.get(i)
        verbs = found.verbs.get(i)
        if verbs and (noun is None or noun.end == i + 1) and not tag:
            best = max(h.end for h in verbs)
            readings = tuple(h.value for h in verbs if h.end == best)
            yield Unit(i, best, "V" if noun is None else "G", low, None, readings, noun.value if noun else None)
            i, previous = best, "V"
            continue
        if noun is not None and not tag:
            yield Unit(i, noun.end, "G", low, None, (), noun.value)
            i, previous = noun.end, "G"
            continue
        if not tag:
            tag = _open_class(low, flags[i])
        yield Unit(i, i + 1, tag, low)
        i, previous = i + 1, tag


_MARKUP = frozenset({"*", "**", "***", "\\", "#", "##", "###", "_", "__"})
_ENUMERATORS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}) | set("abcdefgh123456789")


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


def _skip_back(units: list[Unit], i: int, tags: str) -> int:
    while i >= 0 and units[i].tag in tags:
        i -= 1
    return i


def _group(sentence: Sentence, headed: bool) -> None:
    units, groups = sentence.units, sentence.groups
    i = 0
    if headed and (group := _opening(units)) is not None:
        groups.append(group)
        i = group.main + 1
    while i < len(units):
        tag = units[i].tag
        group = None
        if tag in "WMBHO":
            group = _with_auxiliary(units, i)
        elif tag == "T":
            group = _infinitive(units, i)
        elif tag in "VG" and units[i].verbs:
            group = _bare(units, i, groups)
        elif tag == "L":
            group = _unknown_past(units, i)
        if group is None:
            i += 1
            continue
        groups.append(group)
        i = group.main + 1


def _opening(units: list[Unit]) -> Group | None:
    """The verb with which a listed item begins: "Decides to …", "Strongly urges …", "agreed to …"."""
    i = 0
    while i < len(units) - 1 and units[i].tag == "A":
        i += 1
    verbs = _forms(units[i], "third") or _forms(units[i], "past") if units else ()
    return Group(0, i, "finite", "", False, verbs[0].form == "past", verbs) if verbs else None


def _forms(unit: Unit, *forms: str) -> tuple[VerbForm, ...]:
    return tuple(v for v in unit.verbs if v.form in forms)


def _with_auxiliary(units: list[Unit], i: int) -> Group | None:
    """Reads "will be signed", "has agreed", "did not sign", "are committed", "is to meet"."""
    first, modal, negated, tags = i, "", False, ""
    past = units[i].low in ("was", "were", "had", "did")
    while i < len(units) and units[i].tag in "WMBHOAXN":
        unit = units[i]
        if unit.tag == "N" and (unit.low == "i" or tags[-1:] not in "WMBHO" or len(tags) > 1):
            break
        if unit.tag == "W":
            modal = "will"
        elif unit.tag == "M":
            modal = "weak"
        negated = negated or unit.tag == "X"
        tags += unit.tag
        i += 1
    if i >= len(units):
        return Group(first, i - 1, "copula", modal, negated, past)
    unit, aux = units[i], tags.replace("A", "").replace("X", "").replace("N", "")
    if aux.endswith("B"):
        if participles := _forms(unit, "participle"):
            return Group(first, i, "passive", modal, negated, past, participles)
        if gerunds := _forms(unit, "gerund"):
            return Group(first, i, "progressive", modal, negated, past, gerunds)
        if unit.tag == "L" and unit.low.endswith("ed"):
            return Group(first, i, "passive", modal, negated, past)
        if unit.tag == "L" and unit.low.endswith("ing"):
            return Group(first, i, "progressive", modal, negated, past)
        return Group(first, i - 1, "copula", modal, negated, past)
    if aux.endswith("H"):
        if participles := _forms(unit, "participle"):
            return Group(first, i, "finite", modal, negated, True, participles)
        if unit.tag == "L" and unit.low.endswith("ed"):
            return Group(first, i, "finite", modal, negated, True)
        return Group(first, i - 1, "copula", modal, negated, past)
    if bases := _forms(unit, "base"):
        return Group(first, i, "finite", modal, negated, past, bases)
    if unit.tag in "LV" and aux[-1:] in ("W", "M", "O"):
        return Group(first, i, "finite", modal, negated, past)
    return Group(first, i - 1, "copula", modal, negated, past)


def _infinitive(units: list[Unit], i: int) -> Group | None:
    j, negated = i + 1, units[i - 1].tag == "X" if i else False
    while j < len(units) and units[j].tag in "AX":
        negated = negated or units[j].tag == "X"
        j += 1
    if j >= len(units):
        return None
    if units[j].tag == "B" and j + 1 < len(units):
        k = j + 1
        while k < len(units) and units[k].tag == "A":
            k += 1
        if k < len(units) and (participles := _forms(units[k], "participle")):
            return Group(i, k, "infinitive", "", negated, False, participles)
        return Group(i, j, "infinitive", "", negated)
    bases = _forms(units[j], "base")
    if bases or (units[j].tag == "L" and not units[j].low.endswith(("ing", "ed", "s"))):
        if not bases and (j + 1 >= len(units) or units[j + 1].tag in "P.,;)"):
            return None
        return Group(i, j, "infinitive", "", negated, False, bases)
    return None


def _bare(units: list[Unit], i: int, groups: list[Group]) -> Group | None:
    """A verb form without an auxiliary: finite, reduced participle or gerund, or no verb at all."""
    unit = units[i]
    if _hyphened(units, i):
        return None
    before = _skip_back(units, i - 1, "A")
    prev = units[before].tag if before >= 0 else ""
    first = before + 1
    negated = prev == "X"
    if negated:
        before -= 1
        prev = units[before].tag if before >= 0 else ""
    if gerunds := _forms(unit, "gerund"):
        if prev in ("D", "Q"):
            return None
        return Group(first, i, "gerund", "", negated, False, gerunds)
    if pasts := _forms(unit, "past"):
        if prev in ("C", ",") and (group := _second_passive(units, i, groups)) is not None:
            return group
        return _past(units, i, first, before, prev, negated, pasts)
    if participles := _forms(unit, "participle"):
        return None if prev in ("D", "P") else Group(first, i, "participle", "", negated, True, participles)
    return _present(units, i, first, before, prev, negated, groups)


def _hyphened(units: list[Unit], i: int) -> bool:
    """Whether a word is part of a compound: "results-oriented"."""
    after = i + 1 < len(units) and units[i + 1].low == "-" and units[i + 1].start == units[i].end
    return after or (i > 0 and units[i - 1].low == "-")


def _second_passive(units: list[Unit], i: int, groups: list[Group]) -> Group | None:
    """Reads "was amended and extended until 2035": the second participle, where no object follows it."""
    last = groups[-1] if groups else None
    participles = _forms(units[i], "participle")
    if last is None or last.form != "passive" or not participles or last.main < i - 6:
        return None
    after = units[i + 1].tag if i + 1 < len(units) else "."
    if after in "DEKGULF" or (after == "T" and participles[0].role in ("frame", "intend")):
        return None
    return Group(i, i, "passive", last.modal, False, last.past, participles)


def _past(
    units: list[Unit], i: int, first: int, before: int, prev: str, negated: bool, verbs: tuple[VerbForm, ...]
) -> Group | None:
    after = units[i + 1] if i + 1 < len(units) else None
    if prev in ("D", "P", "Q", "T", "B") and units[before].low != "as":
        return None
    frames = any(v.role in ("frame", "urge", "propose", "announce") for v in verbs)
    if frames and prev in ("L", "Y", "F", "U") and _subject_in(units, _clause_start(units, before), first) is not None:
        return Group(first, i, "finite", "", negated, True, verbs)
    if prev in ("L", "K", "F", "Y", "V") or (after is not None and after.low == "by"):
        return Group(first, i, "participle", "", negated, True, verbs)
    if prev == "U" and after is not None and after.tag == "P":
        return Group(first, i, "participle", "", negated, True, verbs)
    if prev in ("", ".") and after is not None and after.tag in "LUG" and i + 2 < len(units):
        return Group(first, i, "participle", "", negated, True, verbs)
    return Group(first, i, "finite", "", negated, True, verbs)


_OBJECTS = frozenset({"him", "her", "them", "us", "it", "all"})


def _clause_start(units: list[Unit], i: int) -> int:
    while i > 0 and units[i - 1].tag not in ";:RSVWBHMO":
        i -= 1
    return i


def _present(
    units: list[Unit], i: int, first: int, before: int, prev: str, negated: bool, groups: list[Group]
) -> Group | None:
    unit = units[i]
    after = units[i + 1].tag if i + 1 < len(units) else "."
    if prev not in ("N", "E", "G", "C", ",", "Y", ")") or after in ("Q",):
        return None
    if (
        prev == ","
        and units[_clause_start(units, before)].tag == "N"
        and units[_clause_start(units, before) + 1].tag == ","
    ):
        bases = _forms(unit, "base")  # "We, the ministers of fisheries, resolve to …"
        return Group(first, i, "finite", "", negated, False, bases) if bases and after != "," else None
    if prev in ("C", ","):
        last = next((g for g in reversed(groups) if g.form in ("finite", "infinitive")), None)
        parallel = last is not None and last.main < before and last.form in ("finite", "infinitive") and not last.past
        base = _forms(unit, "base", "third")
        if not parallel or not base or unit.tag == "G" or after in ("P", ".", ",", "C", "B"):
            return None
        if (before >= 2 and units[before - 2].tag == "D" and units[before - 1].tag in "LUV") or (
            after == "T" and any(v.role == "act" for v in base)
        ):
            return None  # "a free and open sea", "informal and open to"
        if base[0].noun and after in "LUV" and units[before - 1].tag in "LUV" and units[i + 1].low not in _OBJECTS:
            return None  # "market access and export issues"
        if last is not None and last.form == "infinitive":
            return Group(first, i, "infinitive", "", negated, False, base)
        return Group(first, i, "finite", last.modal if last else "", negated, False, base)
    if prev == "Y":
        k = _skip_back(units, before, "YAP,")
        if k < 0 or units[k].tag not in "NEG":
            return None
        before, prev = k, units[k].tag
    subject = units[before]
    wanted: tuple[str, ...]
    if prev == "N":
        wanted = ("third",) if subject.low in ("he", "she", "it") else ("base",)
    elif prev == "G":
        wanted = ("base",) if subject.noun is not None and _plural(subject) else ("third",)
    else:
        wanted = ("third", "base") if prev == ")" else ("third",)
        k = before - 1 if before and units[before - 1].tag != "D" else before - 2
        if prev == "E" and k > 0 and units[k].tag in "C,":
            wanted = ("third", "base")
    verbs = _forms(unit, *wanted)
    if not verbs or (unit.tag == "G" and after not in ("D", "E", "K", "T")):
        return None
    if after in ("B", "H", "W", "M") or (after in ("C", ".") and prev != "N"):
        return None
    return Group(first, i, "finite", "", negated, False, verbs)


def _plural(unit: Unit) -> bool:
    return (unit.noun is not None and unit.noun.role == "participants") or unit.low.endswith("s")


def _unknown_past(units: list[Unit], i: int) -> Group | None:
    """A word in -ed after a subject is a verb even when no rule knows it."""
    low = units[i].low
    if len(low) < 5 or not low.endswith("ed"):
        return None
    before = _skip_back(units, i - 1, "A")
    if before < 0 or units[before].tag not in "NEG":
        return None
    after = units[i + 1] if i + 1 < len(units) else None
    if after is not None and after.low == "by":
        return None
    return Group(before + 1, i, "finite", "", False, True)


def _find_subject(sentence: Sentence, n: int) -> None:
    """Set the subject of group `n`, or the group it shares it with."""
    group = sentence.groups[n]
    if not group.finite:
        return
    units = sentence.units
    if group.first and units[group.first - 1].tag == "N":
        group.subject = (group.first - 1, group.first)
        return
    previous = next((k for k in range(n - 1, -1, -1) if sentence.groups[k].finite), -1)
    begin = sentence.groups[previous].main + 1 if previous >= 0 else 0
    end = _skip_back(units, group.first - 1, "A") + 1
    joined = (end > begin and units[end - 1].tag in "C,") or (end == begin and previous >= 0)
    if joined and previous >= 0 and (end == begin or units[end - 1].tag == "C" or not _opens_clause(units, begin, end)):
        group.shared = _parallel_group(sentence, n, previous)
        return
    low = begin
    for k in range(end - 1, begin - 1, -1):
        if units[k].tag in _BOUNDARY and not (units[k].tag == "–" and k == end - 1):
            low = k + 1
            break
        if units[k].tag == "C" and k + 1 < end and units[k + 1].tag == "N":
            low = k + 1
            break
    subject = _subject_in(units, low, end)
    if subject is not None:
        group.subject = subject
    elif joined and previous >= 0:
        group.shared = previous


def _opens_clause(units: list[Unit], begin: int, end: int) -> bool:
    """Whether a new clause begins between two verbs of which the later stands behind a comma."""
    return any(
        u.tag in "CS;" and k + 1 < end and units[k + 1].tag in "DEGN" for k, u in enumerate(units[:end]) if k >= begin
    )


def _parallel_group(sentence: Sentence, n: int, previous: int) -> int:
    """The earlier group to which group `n` is coordinated: the last of its tense, else the last."""
    group = sentence.groups[n]
    for k in range(n - 1, -1, -1):
        other = sentence.groups[k]
        if other.finite and other.past == group.past and other.modal == group.modal:
            return k
    return previous


def _subject_in(units: list[Unit], begin: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that acts between two units: the first that no preposition governs."""
    i = begin
    while i < end:
        unit = units[i]
        if unit.tag == "N":
            return i, i + 1
        if unit.tag in "EG":
            if not _heads(units, i, end):
                i += 1
                continue
            start = _phrase_start(units, i, begin)
            if start - 2 >= begin and units[start - 1].low == "of" and units[start - 2].tag in "DF":
                start = _phrase_start(units, start - 2, begin)  # "each of our governments"
            before = units[start - 1].tag if start > begin else ""
            if before not in ("P", "T", "V") and not (
                before == "C" and start - 2 >= begin and _governed(units, start, begin)
            ):
                possessive = i + 1 < end and units[i + 1].tag == "Q"
                if not possessive:
                    return start, _trim(units, start, end)
        i += 1
    return None


def _heads(units: list[Unit], i: int, end: int) -> bool:
    """Whether a mention or noun is the head of its phrase, not a modifier of the noun behind it."""
    following = units[i + 1].tag if i + 1 < end else ""
    return following not in ("L", "U", "K", "V", "–") and not (following == "G" or following == "E")


def _governed(units: list[Unit], start: int, begin: int) -> bool:
    """Whether the phrase joined by "and" before `start` stands under a preposition."""
    k = start - 2
    while k >= begin and units[k].tag not in ",;:PCT":
        k -= 1
    return k >= begin and units[k].tag in "PT"


def _phrase_start(units: list[Unit], i: int, begin: int) -> int:
    """Where the noun phrase of the unit `i` begins: its determiner, or the words before it that modify it."""
    k = i
    while k > begin and (units[k - 1].tag in "ULFQVE" or units[k - 1].tag == "G" or units[k - 1].tag == "A"):
        k -= 1
    if k > begin and units[k - 1].tag == "C" and k - 2 >= begin and units[k - 2].tag in "LUV":
        j = k - 2  # "the relevant Turkish and Australian authorities"
        while j > begin and units[j - 1].tag in "ULE":
            j -= 1
        if j > begin and units[j - 1].tag == "D":
            k = j
    while k > begin and units[k - 1].tag == "D":
        k -= 1
    while k < i and units[k].tag == "A":
        k += 1
    return k


def _trim(units: list[Unit], start: int, end: int) -> int:
    """The end of a subject without the commas, adverbs and dates behind it."""
    while end > start + 1 and units[end - 1].tag in ",AY–C":
        end -= 1
    depth = 0
    for k in range(start, end):
        if units[k].tag == ",":
            rest = "".join(u.tag for u in units[k + 1 : end])
            if "C" not in rest and depth == 0:
                return k
    return end
