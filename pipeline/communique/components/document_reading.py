"""What the readers of documents share: the rules, the tables made of them, and the text with what was found before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, TypeVar

from spacy.language import Language

from communique.matching import Gazetteer, Hit, longest
from communique.rules import Rule, rule_file
from communique.tokens import ALPHA, CAPITAL, DIGIT, UPPER, Tokens

DocumentType = Literal[
    "treaty", "agreement", "convention", "protocol", "memorandum", "charter", "declaration", "statement", "communique",
    "programme", "plan", "strategy", "concept", "decision", "resolution", "law", "report", "other",
]  # fmt: skip
Status = Literal["signed", "adopted", "proposed", "amended", "terminated", "mentioned"]
Form = Literal["base", "third", "past", "gerund", "nominal"]
Role = Literal[
    "adjective", "before", "clause", "condition", "expected", "fact", "function", "government", "group", "link",
    "listing", "negation", "numbering", "office", "own", "plain", "possessor", "stop", "subject", "undertaking", "wish",
]  # fmt: skip


@rule_file("document_kinds")
class KindRule(Rule):
    """A kind word and the type it gives.

    `weak` words name other things too and need more before them than one capitalised word; `named` ones are documents
    only in a capitalised name; `numbered` ones only with a number, or with a subject when something is done to them.
    """

    word: str
    plural: str | None = None
    type: DocumentType
    weak: bool = False
    named: bool = False
    numbered: bool = False


@rule_file("documents")
class DocumentRule(Rule):
    """A well-known instrument."""

    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    type: DocumentType


@rule_file("document_verbs")
class DocumentVerbRule(Rule):
    """The forms of verbs, and the nouns made of them, that say what happened to a document."""

    status: Status
    base: tuple[str, ...]
    third: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    gerund: tuple[str, ...] = ()
    nominal: tuple[str, ...] = ()


@rule_file("document_words")
class DocumentWordsRule(Rule):
    """Words by the part they play around a document's name; those of the role `stop` only look like documents."""

    role: Role
    words: tuple[str, ...]


class Kind(NamedTuple):
    """A kind word as it was found."""

    type: str
    rule: str
    plural: bool
    weak: bool
    named: bool
    numbered: bool


class Found(NamedTuple):
    """A document found at words `start` to `end`, before it is known what the text says of it."""

    start: int
    end: int
    rule: str
    type: str
    key: str
    lower: bool = False


class Verb(NamedTuple):
    """A form of a verb and the status it gives."""

    status: str
    form: Form


class Tables:
    """The rules in the shape in which the readers ask for them."""

    def __init__(
        self,
        nlp: Language,
        kinds: Iterable[KindRule],
        documents: Iterable[DocumentRule],
        verbs: Iterable[DocumentVerbRule],
        words: Iterable[DocumentWordsRule],
    ) -> None:
        self.kinds: Gazetteer[Kind] = Gazetteer(nlp)
        self.known: Gazetteer[tuple[str, str, bool]] = Gazetteer(nlp)
        self.stops: Gazetteer[str] = Gazetteer(nlp)
        self.verbs: dict[str, Verb] = {}
        self.proposing: set[str] = set()
        sets: dict[str, set[str]] = {}
        for rule in words:
            sets.setdefault(rule.role, set()).update(rule.words)
        self.stops.add("stop", sorted(sets.get("stop", ())), case="any")
        self._sets = {role: frozenset(found) for role, found in sets.items()}
        for kind in kinds:
            self._add_kind(kind)
        for document in documents:
            self._add_document(document)
        for verb in verbs:
            self._add_verb(verb)

    def words(self, role: Role) -> frozenset[str]:
        """The words of a role."""
        return self._sets.get(role, frozenset())

    def _add_kind(self, rule: KindRule) -> None:
        for word, plural in ((rule.word, False), (rule.plural, True)):
            if word:
                kind = Kind(rule.type, rule.id, plural, rule.weak, rule.named, rule.numbered)
                self.kinds.add(kind, [word], case="any")

    def _add_document(self, rule: DocumentRule) -> None:
        self.known.add((rule.id, rule.type, False), rule.names)
        # "the Paris agreement": news agencies write the kind word of a known instrument small
        small = [" ".join([*words[:-1], words[-1].lower()]) for words in map(str.split, rule.names) if len(words) == 2]
        self.known.add((rule.id, rule.type, False), [s for s in small if s not in rule.names], case="exact")
        self.known.add((rule.id, rule.type, True), rule.acronyms, case="exact")

    def _add_verb(self, rule: DocumentVerbRule) -> None:
        forms: tuple[Form, ...] = ("base", "third", "past", "gerund", "nominal")
        for form in forms:
            for word in getattr(rule, form):
                if rule.status == "proposed":
                    self.proposing.add(word)
                if word not in self.verbs:
                    self.verbs[word] = Verb(rule.status, form)


class Reading:
    """One text with its words, kind words and earlier finds by place."""

    def __init__(self, tables: Tables, tokens: Tokens) -> None:
        self.tables = tables
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        self.states = {m.start: m for m in tokens.found.get("state", ())}
        self.state_ends = {m.end: m for m in tokens.found.get("state", ())}
        self.bodies = {m.start: m for m in tokens.found.get("organization", ())}
        self.body_at = {i: m for m in tokens.found.get("organization", ()) for i in range(m.start, m.end)}
        self.dates = {m.start: m for m in tokens.found.get("date", ())}
        self.dated = {i for m in tokens.found.get("date", ()) for i in range(m.start, m.end)}
        stopped = {i for h in tables.stops(tokens) for i in range(h.start, h.end)}
        self.kinds: list[Hit[Kind]] = [h for h in longest(tables.kinds(tokens)) if h.start not in stopped]
        self.kind_at = {h.start: h for h in self.kinds}

    def low(self, i: int) -> str:
        """The word at `i` in lower case, empty outside the text."""
        return self.lower[i] if 0 <= i < self.size else ""

    def capital(self, i: int) -> bool:
        """Whether the word at `i` begins with a capital."""
        return 0 <= i < self.size and bool(self.flags[i] & CAPITAL)

    def digit(self, i: int) -> bool:
        """Whether the word at `i` begins with a digit."""
        return 0 <= i < self.size and bool(self.flags[i] & DIGIT)

    def glued(self, i: int) -> bool:
        """Whether word `i` stands right behind the one before it."""
        return 0 < i < self.size and self.tokens.start[i] == self.tokens.end[i - 1]

    def near(self, i: int) -> bool:
        """Whether word `i` is in the same block as the one before it."""
        if not 0 < i < self.size or self.words[i] == "|" or self.words[i - 1] == "|":
            return False
        return self.tokens.block_of[i] == self.tokens.block_of[i - 1] and self.tokens.gap[i] < 2

    def opens(self, i: int) -> bool:
        """Whether word `i` opens its sentence."""
        return self.tokens.sentences[self.tokens.sentence_of[i]][0] == i

    def sentence(self, i: int) -> tuple[int, int]:
        """The first word of the sentence of word `i`, and the one behind its last."""
        return self.tokens.sentences[self.tokens.sentence_of[i]]

    def shouted(self, i: int) -> bool:
        """Whether word `i` stands among words in capitals, where a capital tells nothing."""
        around = [k for k in range(max(0, i - 6), min(self.size, i + 7)) if self.flags[k] & ALPHA and k != i]
        return len(around) > 2 and sum(bool(self.flags[k] & UPPER) for k in around) > 0.8 * len(around)

    def is_(self, i: int, *roles: Role) -> bool:
        """Whether the word at `i` plays one of the roles."""
        low = self.low(i)
        return any(low in self.tables.words(role) for role in roles)


T = TypeVar("T")


def while_(step: Callable[[int], int], at: int) -> int:
    """Repeat a step until it moves no more."""
    while (after := step(at)) != at:
        at = after
    return at


def flat(found: Iterable[Found]) -> list[Found]:
    """Those that remain when of overlapping ones the longest wins, in order."""
    chosen: list[Found] = []
    taken: set[int] = set()
    for f in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        span = range(f.start, f.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(f)
    chosen.sort(key=lambda f: f.start)
    return chosen
