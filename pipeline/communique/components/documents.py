"""Documents: known instruments, names built around a kind word, and lower-case ones that the text says were acted on.

A name runs from its first capitalised word over its kind word to the end of its subject phrase: parties, years and
period included. A kind word alone ("the Agreement") takes up a document named before and is no mention; nor is the
text's name for itself ("this Joint Statement").
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.matching import Gazetteer, Hit, longest
from communique.rules import Rule, rule_file
from communique.tokens import ALPHA, CAPITAL, DIGIT, LOWER, TITLE, UPPER, Mention, Tokens
from communique.values.periods import period_of, year_of_name

DocumentType = Literal[
    "treaty", "agreement", "convention", "protocol", "memorandum", "charter", "declaration", "statement", "communique",
    "programme", "plan", "strategy", "concept", "decision", "resolution", "law", "report", "other",
]  # fmt: skip
Status = Literal["signed", "adopted", "proposed", "amended", "terminated", "mentioned"]


@rule_file("document_kinds")
class KindRule(Rule):
    """A kind word and the type it gives. `weak` words need more than one capitalised word before them."""

    word: str
    plural: str | None = None
    type: DocumentType
    weak: bool = False


@rule_file("documents")
class DocumentRule(Rule):
    """A well-known instrument."""

    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    type: DocumentType


@rule_file("document_verbs")
class DocumentVerbRule(Rule):
    """Verbs, and the nouns made of them, that say what happened to a document."""

    status: Status
    words: tuple[str, ...]
    nominal: tuple[str, ...] = ()


class Document(NamedTuple):
    """What a mention says of its document. `parties` are codes of states and keys of organizations."""

    type: str
    status: str
    date: str | None
    period: str | None
    parties: tuple[str, ...]


class _Kind(NamedTuple):
    type: str
    rule: str
    plural: bool
    weak: bool


class _Found(NamedTuple):
    start: int
    end: int
    rule: str
    type: str
    key: str
    lower: bool


_LINKS = frozenset(
    [
        "of",
        "on",
        "for",
        "between",
        "among",
        "in",
        "to",
        "and",
        "with",
        "against",
        "the",
        "its",
        "their",
        "a",
        "an",
        "by",
        "under",
        "from",
        "at",
        "as",
        "until",
        "within",
        "concerning",
        "regarding",
        "towards",
        "through",
        "into",
        "or",
    ]
)
_SUBJECT = frozenset(
    [
        "of",
        "on",
        "for",
        "between",
        "among",
        "in",
        "to",
        "with",
        "against",
        "concerning",
        "regarding",
        "towards",
        "amending",
        "establishing",
        "about",
    ]
)
_TAIL = _LINKS | {"-", "–", ",", "&"}
_ORDERS = frozenset({"law", "resolution", "decision", "protocol"})
_INSTRUMENTS = frozenset({"treaty", "agreement", "convention", "protocol", "memorandum", "declaration", "charter"})
_OWN = frozenset({"this", "present", "following", "our"})
_SELF = frozenset({"statement", "communique", "declaration"})


class Documents(Component):
    """Finds the documents of a text."""

    models = (KindRule, DocumentRule, DocumentVerbRule)

    def build(self) -> None:
        self.known: Gazetteer[tuple[str, str]] = Gazetteer(self.nlp)
        for rule in self.read(DocumentRule):
            self.known.add((rule.id, rule.type), rule.names)
            self.known.add((rule.id, rule.type), rule.acronyms, case="exact")
        self.kinds: Gazetteer[_Kind] = Gazetteer(self.nlp)
        for kind in self.read(KindRule):
            self.kinds.add(_Kind(kind.type, kind.id, False, kind.weak), [kind.word], case="any")
            if kind.plural:
                self.kinds.add(_Kind(kind.type, kind.id, True, kind.weak), [kind.plural], case="any")
        verbs = self.read(DocumentVerbRule)
        self.verbs: dict[str, list[str]] = {}
        for verb in verbs:
            for word in verb.words:
                self.verbs.setdefault(word, []).append(verb.status)
        self.nominal = {word: verb.status for verb in verbs for word in verb.nominal}

    def find(self, tokens: Tokens) -> None:
        tokens.found["document"] = _Search(self, tokens).mentions()


class _Search:
    def __init__(self, rules: Documents, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        self.states = {m.start: m for m in tokens.found.get("state", ())}
        self.state_ends = {m.end: m for m in tokens.found.get("state", ())}
        self.bodies = {m.start: m for m in tokens.found.get("organization", ())}
        self.dates = {m.start: m for m in tokens.found.get("date", ())}
        self.kind_at: dict[int, Hit[_Kind]] = {}

    def mentions(self) -> list[Mention]:
        known = [h for h in longest(self.rules.known(self.tokens)) if not self._is_body(h)]
        kinds = longest(self.rules.kinds(self.tokens))
        self.kind_at = {h.start: h for h in kinds}
        inside = {i for h in known for i in range(h.start, h.end)}
        found = [_Found(h.start, h.end, h.value[0], h.value[1], h.value[0], False) for h in known]
        for hit in kinds:
            if hit.start in inside:
                continue
            one = self._named(hit) if self.flags[hit.start] & CAPITAL else self._lower(hit)
            if one is not None:
                found.append(one)
        found = _flat(found)
        found += self._acronyms(found)
        return self._told(_flat(found))

    def _is_body(self, h: Hit[tuple[str, str]]) -> bool:
        """Whether the text uses an instrument's acronym for a body of its own."""
        return h.start in self.bodies and self.bodies[h.start].end >= h.end

    # capitalised names

    def _named(self, hit: Hit[_Kind]) -> _Found | None:
        start = self._left(hit.start)
        end = self._number(hit.end)
        if end == hit.end:
            end = self._right(hit.end)
            end = self._number(end) if end > hit.end else end
        before = self.lower[start - 1] if start else ""
        if before in _OWN and hit.value.type in _SELF:
            return None
        if start == hit.start and end == hit.end:
            return None
        if self._names_itself(start, hit):
            return None
        if end == hit.end and not self._modified(start, hit):
            return None
        if end == hit.end and (hit.value.type == "resolution" or self.lower[start : start + 1] == ["international"]):
            return None  # "UN Security Council resolutions", "International Law"
        if end - start > 8 and all(w.isupper() or not w.isalpha() for w in self.words[start:end]):
            return None  # a sentence in capitals
        return _Found(start, end, hit.value.rule, hit.value.type, self._key(start, end), False)

    def _modified(self, start: int, hit: Hit[_Kind]) -> bool:
        """Whether what stands before a kind word names the document: not a state or a body alone before a weak word."""
        before = self.words[start : hit.start]
        if not before or all(w.lower() in _PLAIN for w in before):
            return False
        if not hit.value.weak:
            return not (
                hit.value.type in _SELF
                and all(w.lower() in _PLAIN or w == "-" or self._stateish(start) for w in before)
            )
        named = [k for k in range(start, hit.start) if self.flags[k] & CAPITAL and self.lower[k] not in _PLAIN]
        if len(named) < 2 and not any(self.flags[k] & DIGIT for k in range(start, hit.start)):
            return self._taken_up(start, hit.end)
        return True

    def _taken_up(self, start: int, end: int) -> bool:
        """Whether a one-word name of a weak kind is used with "the" ("the Autonomy Plan")."""
        return (
            start > 0
            and self.lower[start - 1] in ("the", "'s", "its", "their", "a")
            and self.words[start] not in ("The",)
            and not self._opens(start)
        )

    def _opens(self, i: int) -> bool:
        return self.tokens.sentences[self.tokens.sentence_of[i]][0] == i

    def _stateish(self, k: int) -> bool:
        return k in self.states

    def _names_itself(self, start: int, hit: Hit[_Kind]) -> bool:
        """Whether a heading gives the text its own name: "Joint Statement of …"."""
        block = self.tokens.blocks[self.tokens.block_of[start]]
        first = hit.value.type in _SELF and self.tokens.block_of[start] <= 2
        heading = block.kind == "heading" or self.tokens.block_of[start] == 0
        opens = all(self.lower[k] in _PLAIN or not self.flags[k] & ALPHA for k in range(block.start, hit.start))
        if heading and any(h.value.type in _SELF for k, h in self.kind_at.items() if block.start <= k < hit.start):
            return True
        if heading and first and (opens or hit.start - block.start < 8):
            return True
        return heading and self.tokens.block_of[start] == 0 and opens

    def _left(self, start: int) -> int:
        k = start
        while k > 0 and not self.tokens.gap[k] > 1 and start - k < 12:
            word = self.words[k - 1]
            flag = self.flags[k - 1]
            if word in ("-", "–", "/") and k > 1 and self.tokens.start[k - 1] == self.tokens.end[k - 2]:
                k -= 2
                continue
            if (
                word in ("'s", "'")
                and k > 1
                and self.flags[k - 2] & CAPITAL
                and k - 1 not in self.state_ends
                and not self.words[k - 2].isupper()
            ):
                if k - 1 in {m.end for m in self.bodies.values()}:
                    break
                k -= 2
                continue
            if (
                word in ("and", "&")
                and k > 2
                and self.flags[k - 2] & TITLE
                and k - 1 not in self.state_ends
                and self._joins(k)
            ):
                k -= 2
                continue
            if flag & DIGIT and len(word) == 4 and word.isdigit():
                k -= 1
                continue
            if (
                not flag & CAPITAL
                or not (flag & ALPHA or "." in word or any(c.isdigit() for c in word))
                or word in _NOT_LEFT
            ):
                break
            if (self._opens(k - 1) and word.lower() in _FUNCTION) or word.lower() in self.rules.verbs:
                break  # headlines: "Leaders Sign Accord"
            k -= 1
        while k < start and (self.lower[k] in _FUNCTION or self.words[k] in ("-", "–", "'s")):
            k += 1
        return k

    def _joins(self, k: int) -> bool:
        """Whether "and" before word `k` joins two parts of one title, with "the" before the first."""
        j = k - 2
        while j > 0 and self.flags[j - 1] & TITLE:
            j -= 1
        return j > 0 and self.lower[j - 1] in ("the", "'s", "-") and not any(x in self.kind_at for x in range(j, k - 1))

    def _number(self, end: int) -> int:
        """The end of a document's number: "Resolution 2254 (2015)", "Order 14257 of April 2, 2025", "No. 4 of 2025"."""
        k = end
        if self.lower[k : k + 1] in (["no."], ["no"], ["nr."], ["nos."]):
            k += 1
            if self.words[k : k + 1] == ["."]:
                k += 1
        if k >= self.size or not self.flags[k] & DIGIT or self.tokens.gap[k] > 1:
            return end
        if (m := self.dates.get(k)) is not None and k == end and m.end - m.start > 1:
            return end
        k += 1
        while (
            k + 1 < self.size
            and self.words[k] in ("/", "-")
            and self.flags[k + 1] & DIGIT
            and self.tokens.start[k] == self.tokens.end[k - 1]
        ):
            k += 2
        if self.words[k : k + 1] == ["("] and self.words[k + 2 : k + 3] == [")"] and self.flags[k + 1] & DIGIT:
            k += 3
        if self.lower[k : k + 1] == ["of"] and (m := self.dates.get(k + 1)) is not None:
            k = m.end
        return k

    def _right(self, end: int) -> int:
        """The end of the subject phrase behind a capitalised kind word."""
        k = end
        if k in self.dates and self._years(k):
            return self.dates[k].end
        if k < self.size and self.lower[k] not in _SUBJECT and self.lower[k] not in ("until", "amending"):
            return end
        last = end
        between = False
        while k < self.size and not self.tokens.gap[k] > 1 and k - end < 60:
            low, flag = self.lower[k], self.flags[k]
            if self.lower[k : k + 3] in (["in", "connection", "with"], ["on", "the", "occasion"]):
                return self._subject_end(k, open_to=True)
            if (
                low == "("
                and k + 2 < self.size
                and self.words[k + 2] == ")"
                and flag == 0
                and self.flags[k + 1] & UPPER
            ):
                if self.lower[k + 3 : k + 6] in (["in", "connection", "with"], ["on", "the", "occasion"]):
                    return self._subject_end(k + 3, open_to=True)
                break
            if k in self.dates:
                names = self.dates[k].end in self.kind_at and bool(
                    self.flags[self.dates[k].end] & CAPITAL
                )  # "the 1998 Convention"
                if names or self.lower[k - 1] in ("of", "for", "until", "to", "from", "-", "–"):
                    k = last = self.dates[k].end
                    continue
                break
            if low == "and" and self._new_phrase(k, between):
                break
            if low == "," and not self._comma_goes_on(k):
                break
            if k in self.kind_at and k > end and low != "and" and self.lower[k - 1] == "and" and flag & CAPITAL:
                break
            if low in ("between", "among"):
                between = True
            if flag & (CAPITAL | DIGIT) and low not in _STOP_RIGHT:
                k += 1
                last = k
            elif low in _TAIL or low in ("'s", "'"):
                k += 1
                if low == "'s":
                    last = k
            else:
                break
        while last > end and self.words[last - 1] in ("'s", "'"):
            last -= 1
        return last

    def _years(self, k: int) -> bool:
        """Whether a span of years stands right behind a name ("Strategy 2021-2030")."""
        value = self.dates[k].data
        return isinstance(value, str) and len(value) == 9 and value[4] == "/" and not self.tokens.gap[k] > 1

    def _new_phrase(self, k: int, between: bool) -> bool:
        """Whether "and" begins something else: another document, a person, a new noun phrase outside "between"."""
        n = k + 1
        if n >= self.size:
            return True
        if self.lower[n] in ("the", "a", "an", "its", "their", "our", "other"):
            return not between
        if n in self.kind_at or self.lower[n] in ("president", "prime", "minister", "secretary", "chairman"):
            return True
        return not self.flags[n] & (CAPITAL | DIGIT) and self.lower[n] not in _SUBJECT

    def _comma_goes_on(self, k: int) -> bool:
        """Whether a comma inside a title parts a list that "and" closes: "on Trade, Transport and Transit"."""
        n = k + 1
        if n >= self.size or not self.flags[n] & TITLE or n in self.states:
            return (
                n < self.size
                and self.lower[n] == "and"
                and n + 1 < self.size
                and bool(self.flags[n + 1] & TITLE)
                and n + 1 not in self.states
            )
        for j in range(n, min(n + 7, self.size)):
            if self.lower[j] in ("and", "&"):
                return bool(self.flags[j + 1] & TITLE) if j + 1 < self.size else False
            if not self.flags[j] & CAPITAL and self.words[j] not in (",", "-"):
                return False
        return False

    # lower-case documents

    def _lower(self, hit: Hit[_Kind]) -> _Found | None:
        """A lower-case kind word with its subject, if an act is done to it; or one that a capitalised name modifies."""
        if (named := self._half_named(hit)) is not None:
            return named
        start = self._adjectives(hit.start)
        gerund = self.lower[hit.end : hit.end + 1] and self.lower[hit.end].endswith("ing") and hit.value.type in _ORDERS
        end = self._subject_end(hit.end, open_to=bool(gerund))
        if end == hit.end and not (start < hit.start and self._specific(start, hit.start)):
            return None
        status = self._status(start, end, lower=True)
        if status == "mentioned" or (status == "proposed" and hit.value.type not in _INSTRUMENTS):
            return None
        return _Found(start, end, hit.value.rule, hit.value.type, self._key(start, end), True)

    def _half_named(self, hit: Hit[_Kind]) -> _Found | None:
        """Reads "Minsk agreements", "ePidtrymka program": one capitalised name right before a lower-case kind word."""
        k = hit.start - 1
        if k < 1 or hit.value.type not in (
            "agreement",
            "treaty",
            "protocol",
            "programme",
            "plan",
            "accord",
            "convention",
            "law",
        ):
            return None
        word = self.words[k]
        if (
            not any(c.isupper() for c in word)
            or k in self.state_ends
            or k + 1 in self.state_ends
            or not word.isalpha()
            or self._opens(k)
        ):
            return None
        if any(m.start <= k < m.end for m in self.bodies.values()) or self.lower[k - 1] != "the":
            return None
        return _Found(k, hit.end, hit.value.rule, hit.value.type, self._key(k, hit.end), False)

    def _specific(self, start: int, end: int) -> bool:
        """Whether the words before a kind word tell its subject: "cooperation agreement to …"."""
        return any(self.lower[k] not in _PLAIN for k in range(start, end))

    def _adjectives(self, start: int) -> int:
        k = start
        while k > 0 and not self.tokens.gap[k] > 1 and start - k < 4:
            low = self.lower[k - 1]
            if low == "-" and k > 1 and self.flags[k - 2] & (LOWER | CAPITAL):
                k -= 2
                continue
            if self.flags[k - 1] & LOWER and low in _KIND_ADJECTIVES:
                k -= 1
                continue
            break
        return k

    def _subject_end(self, end: int, open_to: bool = False) -> int:
        """The end of a lower-case document's subject: over its "on …", "for …", "between … and …" phrases."""
        if end >= self.size or (
            not open_to
            and self.lower[end] not in _SUBJECT
            and not (self.lower[end] == "by" and ":" in self.words[end : end + 12])
        ):
            return end
        k = end
        _, limit = self.tokens.sentences[self.tokens.sentence_of[end - 1]]
        if self.lower[end] == "by":
            colon = self.words.index(":", end)
            return self._listed_end(colon + 1, limit)
        while k < limit:
            low = self.lower[k]
            if low in (";", ".") or (
                self.words[k] in ("(", '"') and k > end + 1 and self.words[k] == "(" and not self.flags[k - 1] & CAPITAL
            ):
                break
            if low in _VERBAL or low == ":":
                break
            if low == "," and not self._lower_comma(k):
                break
            if low == "and" and self._lower_and(k):
                break
            k += 1
        while k > end and (self.lower[k - 1] in _LINKS or self.words[k - 1] in (",", ".", ";")):
            k -= 1
        return k

    def _listed_end(self, k: int, limit: int) -> int:
        """The end of a list of subjects behind a colon: the sentence's."""
        while k < limit and self.words[k] not in (".", ";"):
            k += 1
        return k

    def _lower_comma(self, k: int) -> bool:
        low = self.lower[k + 1] if k + 1 < self.size else ""
        if low == "and" and self.lower[k + 2 : k + 3] and self.lower[k + 2] in ("on", "of", "for"):
            return True
        if low in ("and", "a", "an", "as", "which", "the", "with", "but", "while", "in") or low in self.rules.verbs:
            return False
        window = self.lower[k + 1 : k + 8]
        return "and" in window and not any(w in ("a", "an", "the") for w in window[:1]) and "," not in window[:0]

    def _lower_and(self, k: int) -> bool:
        """Whether "and" begins another document or clause."""
        n = k + 1
        low = self.lower[n] if n < self.size else ""
        if low in ("a", "an", "other", "also", "several"):
            return True
        if low in self.rules.verbs or (low.endswith("ed") and len(low) > 4):
            return True
        return n in self.kind_at and not self.flags[n] & CAPITAL

    # acronyms

    def _acronyms(self, found: list[_Found]) -> list[_Found]:
        """Reads "National Reform Agenda (NRA)" and NRA wherever it comes again."""
        named: dict[str, _Found] = {}
        for f in found:
            if f.lower or f.end + 2 >= self.size or self.words[f.end] != "(" or self.words[f.end + 2] != ")":
                continue
            word = self.words[f.end + 1]
            if self.flags[f.end + 1] & UPPER and len(word) > 1 and word.isalpha():
                named.setdefault(word, f)
        if not named:
            return []
        return [
            named[w]._replace(start=i, end=i + 1, rule="document.acronym")
            for i, w in enumerate(self.words)
            if w in named
        ]

    # what is said of them

    def _told(self, found: list[_Found]) -> list[Mention]:
        """The mentions with what the text says of each document, taken from all its mentions."""
        told: dict[str, Document] = {}
        for f in found:
            status = self._status(f.start, f.end, f.lower)
            one = self._document(f, status)
            known = told.get(f.key)
            if known is None:
                told[f.key] = one
            elif known.status == "mentioned" and status != "mentioned":
                told[f.key] = known._replace(
                    status=status, date=known.date or one.date, parties=known.parties or one.parties
                )
        return [Mention(f.start, f.end, f.rule, f.key, told[f.key]) for f in found]

    def _document(self, f: _Found, status: str) -> Document:
        inner = [m for start, m in self.dates.items() if f.start <= start < f.end]
        date = year_of_name(self.words[f.start : f.end], [(m.start - f.start, m.data) for m in inner])
        period = period_of(self.lower[f.start : f.end], [(m.start - f.start, m.data) for m in inner])
        if date is None and status == "mentioned":
            date = self._dated_behind(f.end) or self._dated_passive(f.end)
        return Document(f.type, status, date, period, self._parties(f))

    def _dated_behind(self, end: int) -> str | None:
        """The date of a reduced clause behind a name: "signed on 1 February 2031", "of 9 November 2030", "in 1787"."""
        stop = min(end + 14, self.size)
        if (end < stop and self.lower[end] in ("signed", "adopted", "concluded", "approved")) or self.lower[
            end : end + 1
        ] == ["in"]:
            for k in range(end, stop):
                if self.words[k] in (".", ";"):
                    break
                m = self.dates.get(k)
                if m is not None and m.data and not str(m.data).startswith("P"):
                    return str(m.data)
        return None

    def _dated_passive(self, end: int) -> str | None:
        """The date of "… was signed on 15 May 1992"."""
        _, limit = self.tokens.sentences[self.tokens.sentence_of[end - 1]]
        near = self.lower[end : min(end + 4, limit)]
        if any(w in ("was", "were") for w in near[:1]) and any(w in self.rules.verbs for w in near):
            return self._history(end, min(limit, end + 12))
        return None

    def _parties(self, f: _Found) -> tuple[str, ...]:
        """Between whom it is: the states and bodies behind "between" in its name, or behind "signed by"."""
        where = next((k for k in range(f.start, f.end) if self.lower[k] in ("between", "among")), -1)
        if where >= 0:
            return self._between(where, f.end)
        if self.lower[f.end : f.end + 2] in (
            ["signed", "by"],
            ["concluded", "by"],
            ["adopted", "by"],
        ) or self.lower[f.end : f.end + 1] == ["between"]:
            _, limit = self.tokens.sentences[self.tokens.sentence_of[f.end]]
            return self._between(f.end, min(limit, f.end + 30))
        head = next((k for k in range(f.start, f.end) if k in self.kind_at), f.end)
        compound = [m.key for start, m in sorted(self.states.items()) if f.start <= start < head]
        paired = any(
            self.words[k] in ("-", "–") and k in self.state_ends and k + 1 in self.states for k in range(f.start, head)
        )
        return tuple(dict.fromkeys(compound)) if paired else ()

    def _between(self, start: int, end: int) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        for k in range(start, end):
            if k in self.bodies and not (k in self.states and self.states[k].end >= self.bodies[k].end):
                m = self.bodies[k]
                inner = [s.key for i, s in self.states.items() if m.start <= i < m.end]
                keys.setdefault(inner[0] if inner else m.key)
            elif k in self.states:
                keys.setdefault(self.states[k].key)
        return tuple(keys)

    def _status(self, start: int, end: int, lower: bool) -> str:
        """What the clause around a mention says happened to it."""
        begin, limit = self.tokens.sentences[self.tokens.sentence_of[start]]
        if (status := self._passive(end, limit)) is not None:
            return status
        k = self._back_over_list(start, begin)
        if k > begin and self.lower[k - 1] in self.rules.nominal and not lower:
            return "mentioned"
        if k > begin and self.lower[k - 1] in ("of", "on", "to", "into", "upon"):
            nominal = self.lower[k - 2] if k - 2 >= begin else ""
            if nominal in self.rules.nominal:
                return self._nominal(k - 2, begin)
            if nominal in self.rules.verbs and self.lower[k - 1] in ("on", "upon") and nominal == "agreed":
                return "adopted"
            return "mentioned"
        verb = self.lower[k - 1] if k > begin else ""
        if verb in ("include", "includes", "included", "including", "is", "are", "was") and (
            told := self._listed(begin, k - 1)
        ):
            return told
        statuses = self.rules.verbs.get(verb)
        return self._active(k - 1, begin, statuses) if statuses else "mentioned"

    def _passive(self, end: int, limit: int) -> str | None:
        """Reads "… was signed", "… have been adopted", "… will be signed", in the clause behind the mention."""
        k = end
        if k < limit and self.words[k] in (")", '"', "'"):
            k += 1
        future = False
        seen = False
        for j in range(k, min(k + 26, limit)):
            low = self.lower[j]
            if low in ("was", "were", "been", "be", "being"):
                seen = True
            elif low in ("will", "shall"):
                future = True
            elif low in ("has", "have", "had", "also", "not") or low.endswith("ly"):
                if low == "not":
                    return None
            elif seen:
                statuses = self.rules.verbs.get(low)
                if not statuses or low.endswith(("ing", "s")):
                    return None
                if not future and self._history(end, limit):
                    return "mentioned"
                return "proposed" if future else statuses[0]
            elif future:
                return None
            elif j - k > 0 and (
                low in ("and", ",", ";")
                or j in self.kind_at
                or self.flags[j] & CAPITAL
                or low in _SUBJECT
                or self.flags[j] & LOWER
            ):
                if (
                    low not in ("and", ",", "a", "an", "the", "as", "well")
                    and j not in self.kind_at
                    and not self.flags[j] & CAPITAL
                    and low not in _KIND_ADJECTIVES
                    and low not in _LINKS
                ):
                    return None
            elif low in ("and", ",", ";"):
                continue
            else:
                return None
        return None

    def _history(self, begin: int, limit: int) -> str | None:
        """A date in the clause that is well before the text's own: the act is told as history."""
        reference = self.tokens.reference
        for k in range(begin, limit):
            m = self.dates.get(k)
            if m is None or not reference or not isinstance(m.data, str) or not m.data[:4].isdigit():
                continue
            if m.data[:4] < reference[:4] or (
                len(m.data) == 10
                and m.data[:7] < reference[:7]
                and m.data[:4] <= reference[:4]
                and int(reference[5:7]) - int(m.data[5:7]) > 2
            ):
                return m.data
        return None

    def _back_over_list(self, start: int, begin: int) -> int:
        """Back over determiners, adjectives, "a number of", and earlier items of a list of documents."""
        k = start
        steps = 0
        while k > begin and steps < 90:
            low = self.lower[k - 1]
            if (
                low in _BEFORE
                or low in _KIND_ADJECTIVES
                or low in _MARKS
                or (self.flags[k - 1] & DIGIT and self.lower[k - 1] not in self.rules.verbs)
            ):
                k -= 1
            elif (
                low == "of"
                and self.lower[k - 2 : k - 1]
                and self.lower[k - 2] in ("number", "series", "package", "range", "set", "text", "list")
            ):
                k -= 2
            elif low in ("and", ",", ";", "as", "well") and (item := self._item_before(k - 1, begin)) is not None:
                k = item
            else:
                break
            steps += 1
        return k

    def _item_before(self, k: int, begin: int) -> int | None:
        """The start of the document that stands before a comma or "and" at word `k`, if one does."""
        while k > begin and self.lower[k - 1] in ("and", ",", ";", "as", "well"):
            k -= 1
        for j in range(k - 1, max(begin, k - 45) - 1, -1):
            low = self.lower[j]
            if low in (".", ":") or low in _VERBAL:
                return None
            if j in self.kind_at:
                left = self._left(j) if self.flags[j] & CAPITAL else self._adjectives(j)
                before = self.lower[left - 1] if left > begin else ""
                if before == "the" and self.lower[left - 2] in _LINKS:
                    continue  # a document named inside the subject of another
                if (
                    before in _BEFORE
                    or before == "of"
                    or before in self.rules.verbs
                    or before in (",", ";", "and", "include", "includes", "included")
                ):
                    return left
        return None

    def _nominal(self, k: int, begin: int) -> str:
        """Reads "the signing of …" tells it was signed; after "call for", "towards" it is only wanted."""
        status = self.rules.nominal[self.lower[k]]
        before = self.lower[max(begin, k - 6) : k]
        if status == "proposed" or any(
            w in ("for", "towards", "toward", "expedite", "accelerate", "support", "finalize", "complete")
            for w in before
        ):
            return "proposed"
        return status

    def _listed(self, begin: int, k: int) -> str | None:
        """Reads "The documents signed include …", "They include …" after a sentence that tells the act."""
        for j in range(begin, k):
            statuses = self.rules.verbs.get(self.lower[j])
            if statuses and self.lower[j].endswith("ed"):
                return statuses[0]
        if self.lower[begin] in ("they", "these", "among"):
            n = self.tokens.sentence_of[begin]
            if n:
                start, end = self.tokens.sentences[n - 1]
                for j in range(end - 1, start - 1, -1):
                    statuses = self.rules.verbs.get(self.lower[j])
                    if statuses and self.lower[j].endswith("ed"):
                        return statuses[0]
        return None

    def _active(self, k: int, begin: int, statuses: list[str]) -> str:
        """The status that a verb before the document gives, by its tense and what governs it."""
        low = self.lower[k]
        before = self.lower[max(begin, k - 4) : k]
        if "not" in before or "n't" in before:
            return "mentioned"
        done = [s for s in statuses if s != "proposed"]
        if not done and low.endswith("ing"):
            return "proposed"
        future = before[-1:] == ["to"] or "will" in before[-3:] or "shall" in before[-3:]
        if future and (
            set(before)
            & {
                "intend",
                "intends",
                "plan",
                "plans",
                "agreed",
                "decided",
                "ready",
                "will",
                "shall",
                "committed",
                "propose",
                "proposed",
                "undertook",
                "continue",
                "intention",
            }
            or before[-1:] == ["to"]
        ):
            return "proposed"
        if low.endswith(("ed", "s")) or (
            low in ("sign", "adopt", "approve", "endorse") and before[-1:] in (["we"], ["hereby"], ["leaders"])
        ):
            return done[0] if done else "proposed"
        if low.endswith("ing"):
            return "mentioned" if before[-1:] not in (["by"],) else (done[0] if done else "mentioned")
        return "mentioned" if not done else done[0]

    def _key(self, start: int, end: int) -> str:
        """The same for all forms of one name; a resolution is known by its number, whoever is named before it."""
        for k in range(start, end - 1):
            if self.lower[k] in ("resolution", "order", "decree") and self.words[k + 1].isdigit():
                return f"{self.lower[k]} {self.words[k + 1]}"
        return " ".join(self.lower[start:end])


_MARKS = frozenset({'"', "*", "**"})
_PLAIN = frozenset(
    [
        "joint",
        "the",
        "a",
        "an",
        "its",
        "their",
        "this",
        "that",
        "new",
        "draft",
        "final",
        "bilateral",
        "such",
        "his",
        "her",
        "our",
        "two",
        "three",
        "leaders",
        "ministerial",
        "ministers'",
        "leaders'",
        "press",
        "chair's",
        "presidential",
        "'s",
        "'",
        "-",
        "–",
    ]
)
_FUNCTION = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "under",
        "during",
        "following",
        "to",
        "of",
        "and",
        "or",
        "as",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "our",
        "if",
    ]
)
_NOT_LEFT = frozenset(
    [
        "The",
        "President",
        "Minister",
        "Prime",
        "Secretary",
        "Ministers",
        "Presidents",
        "Leaders",
        "Mr.",
        "Ms.",
        "Mr",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "With",
        "Under",
    ]
)
_STOP_RIGHT = frozenset(["the", "president", "prime", "minister"]) - {"the"}
_KIND_ADJECTIVES = frozenset(
    [
        "intergovernmental",
        "interdepartmental",
        "bilateral",
        "multilateral",
        "trilateral",
        "joint",
        "framework",
        "cooperation",
        "trade",
        "free",
        "new",
        "partnership",
        "strategic",
        "comprehensive",
        "national",
        "regional",
        "action",
        "work",
        "investment",
        "peace",
        "ceasefire",
        "security",
        "economic",
        "cultural",
        "technical",
        "scientific",
        "military",
        "defence",
        "defense",
        "education",
        "educational",
        "working",
        "five-year",
        "double",
        "taxation",
        "tripartite",
        "mutual",
        "legal",
        "energy",
        "political",
        "common",
        "separate",
        "special",
        "general",
        "trilateral",
        "anti",
        "oligarchic",
        "extradition",
        "transit",
        "customs",
        "air",
        "services",
        "fisheries",
        "border",
        "visa",
        "readmission",
        "loan",
        "grant",
        "interim",
        "additional",
        "optional",
        "supplementary",
        "long",
        "term",
        "medium",
        "package",
        "international",
        "federal",
        "state",
        "presidential",
    ]
)
_BEFORE = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "this",
        "these",
        "several",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "a",
        "new",
        "major",
        "landmark",
        "also",
        "first",
        "draft",
        "final",
        "package",
        "number",
        "eleven",
        "twelve",
        "both",
        "other",
        "such",
        "our",
        "'s",
    ]
)
_VERBAL = frozenset(
    [
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "will",
        "shall",
        "would",
        "could",
        "should",
        "may",
        "might",
        "which",
        "who",
        "that",
        "said",
        "noted",
        "agreed",
        "signed",
        "adopted",
        "expressed",
        "welcomed",
        "stressed",
        "while",
        "when",
        "whereas",
    ]
)


def _flat(found: list[_Found]) -> list[_Found]:
    chosen: list[_Found] = []
    taken: set[int] = set()
    for f in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        span = range(f.start, f.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(f)
    chosen.sort(key=lambda f: f.start)
    return chosen


@Language.factory("communique_documents", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Documents:
    """The factory of `communique_documents`."""
    return Documents(nlp, rules)
