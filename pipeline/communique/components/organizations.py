"""Organizations: known bodies, names built around a head word, acronyms, and the short forms a text sets up.

A built name runs from its first capitalised word to the end of its "of", "for" or "on" phrase: "Ministry of Foreign
Affairs of Uganda", "Ugandan Ministry of Fisheries". What stands before a possessive is left out when it is a state or
a body of its own ("Brazil's National Institute" → "National Institute"). The head alone is a mention only after a
full name has set it up.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.matching import Gazetteer, longest
from communique.rules import Rule, rule_file
from communique.tokens import ALPHA, CAPITAL, TITLE, UPPER, Mention, Tokens


@rule_file("organizations")
class OrganizationRule(Rule):
    """A known body. `short` are capitalised forms that stand for it once its name has been given."""

    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    kind: Literal[
        "organization", "organ", "grouping", "court", "bank", "fund", "agency", "alliance", "company", "party", "media",
        "residence", "forum", "university",
    ]  # fmt: skip
    parent: str | None = None
    region: str
    short: tuple[str, ...] = ()


@rule_file("organization_heads")
class HeadRule(Rule):
    """A word that makes a capitalised phrase the name of a body: `of` ("Ministry of X"), `final` ("X Ministry")."""

    head: str
    plural: str | None = None
    position: tuple[Literal["of", "final"], ...]
    strength: Literal["strong", "weak"]


@rule_file("organization_stops")
class StopRule(Rule):
    """Capitalised words that are no part of a body's name: `left` before it, `right` behind it, `never` make none."""

    role: Literal["left", "right", "never"]
    words: tuple[str, ...]


class Body(NamedTuple):
    """What is known of a mention: whether it is an acronym, and the kind of body where it is known."""

    acronym: bool = False
    kind: str = ""


class _Head(NamedTuple):
    rule: str
    positions: tuple[str, ...]
    strong: bool
    plural: bool


_CHAIRED = (["chairman", "of", "the"], ["chair", "of", "the"], ["chairperson", "of", "the"])
_OFFICES = frozenset({"office", "administration", "chancellery", "apparatus"})
_LINKS = frozenset({"of", "for", "on", "against", "in", "to", "with"})
_ARTICLES = frozenset({"the", "a", "an"})


class Organizations(Component):
    """Finds the organizations of a text."""

    models = (OrganizationRule, HeadRule, StopRule)

    def build(self) -> None:
        self.known: Gazetteer[tuple[str, Body]] = Gazetteer(self.nlp)
        self.short: dict[str, tuple[str, ...]] = {}
        for rule in self.read(OrganizationRule):
            self.known.add((rule.id, Body(False, rule.kind)), rule.names)
            self.known.add((rule.id, Body(True, rule.kind)), rule.acronyms, case="exact")
            if rule.short:
                self.short[rule.id] = rule.short
        self.heads: Gazetteer[_Head] = Gazetteer(self.nlp)
        for head in self.read(HeadRule):
            strong = head.strength == "strong"
            self.heads.add(_Head(head.id, head.position, strong, False), [head.head])
            if head.plural:
                self.heads.add(_Head(head.id, head.position, strong, True), [head.plural])
        self.stops = {
            role: frozenset(w for r in self.read(StopRule) if r.role == role for w in r.words)
            for role in ("left", "right", "never")
        }

    def find(self, tokens: Tokens) -> None:
        tokens.found["organization"] = _Search(self, tokens).mentions()


class _Search:
    def __init__(self, rules: Organizations, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        self.states = {m.start: m for m in tokens.found.get("state", ())}
        self.state_ends = {m.end: m for m in tokens.found.get("state", ())}
        self.keys: dict[str, str] = {}

    def mentions(self) -> list[Mention]:
        found = [
            Mention(h.start, h.end, h.value[0], h.value[0], h.value[1]) for h in longest(self.rules.known(self.tokens))
        ]
        found = [m for m in found if not (m.data.acronym and self._in_capitals(m)) and not self._as_place(m)]
        known_starts = {m.start: m for m in found}
        found += self._built(known_starts)
        found = _flat(found)
        found += self._acronyms(found)
        found = _flat(found)
        found += self._short_forms(found)
        return _flat(found)

    def _in_capitals(self, m: Mention) -> bool:
        """Whether an acronym stands in a line of capitals, where it may be a word."""
        if m.end - m.start > 1 or not self.words[m.start].isalpha():
            return False
        near = [k for k in (m.start - 2, m.start - 1, m.end, m.end + 1) if 0 <= k < self.size]
        capitals = [k for k in near if self.flags[k] & UPPER and self.flags[k] & ALPHA and len(self.words[k]) > 3]
        return len(capitals) >= 2 and len(self.words[m.start]) <= 3

    def _as_place(self, m: Mention) -> bool:
        """Whether a residence is only where something was: "talks in the Kremlin", "The Kremlin, Moscow"."""
        if m.data.kind != "residence":
            return False
        before = [w for w in self.lower[max(0, m.start - 2) : m.start] if w != "the"]
        after = self.words[m.end] if m.end < self.size else ""
        block = self.tokens.blocks[self.tokens.block_of[m.start]]
        return before[-1:] in (["in"], ["at"], ["from"], ["to"]) or (after == "," and block.end - block.start < 14)

    # names around a head word

    def _built(self, starts: dict[int, Mention]) -> list[Mention]:
        found: list[Mention] = []
        inside = {i for m in starts.values() for i in range(m.start, m.end)}
        for hit in longest(self.rules.heads(self.tokens)):
            if hit.start in inside:
                continue
            span = self._extent(hit.start, hit.end, hit.value, starts)
            if span is None:
                continue
            start, end = span
            if start in self.states and self.states[start].end == end:
                continue
            if start in starts and starts[start].end >= end:
                continue
            found.append(Mention(start, end, hit.value.rule, self._key(start, end), Body()))
        return found

    def _extent(self, start: int, end: int, head: _Head, known: dict[int, Mention]) -> tuple[int, int] | None:
        if end in self.state_ends and self.state_ends[end].start <= start:
            return None  # "Russian Federation" is a state
        left = self._left(start, known) if "final" in head.positions or start else start
        right = self._right(end, head, known) if "of" in head.positions else end
        if left == start and right == end:
            return (start, end) if end - start > 1 and head.strong and not head.plural else None
        if self.words[start] == "Board" and start > 2 and self.lower[start - 3 : start] in _CHAIRED:
            return None
        if self.words[start].isupper() and self._line_of_capitals(left, right) and right - left > 8:
            return None
        if left < start and any(self.words[k] in self.rules.stops["never"] for k in range(left, start)):
            return None
        if not head.strong and right == end and start - left < 2 and left not in known and left not in self.states:
            return None
        return left, right

    def _line_of_capitals(self, start: int, end: int) -> bool:
        return all(w.isupper() or not w.isalpha() for w in self.words[start:end])

    def _left(self, start: int, known: dict[int, Mention]) -> int:
        """Where the name begins: over capitalised words, hyphens and "and" between them, back to a stop."""
        k = start
        while k > 0 and start - k < 9 and self.tokens.gap[k] < 2:
            word = self.words[k - 1]
            if word in ("-", "&", "/") and k > 1 and self.flags[k - 2] & CAPITAL and self._adjacent(k - 1):
                k -= 2
                continue
            if word in ("'s", "'") and k > 1 and self.flags[k - 2] & CAPITAL and not self._owner(k - 1):
                k -= 2
                continue
            if word == "and" and k - 2 >= 0 and self._coordinates(k - 2, k):
                k -= 2
                continue
            if not self.flags[k - 1] & CAPITAL or not (
                self.flags[k - 1] & ALPHA or word[-1] == "." or any(c.isdigit() for c in word)
            ):
                break
            if word in self.rules.stops["left"] or (word.isupper() and word.title() in self.rules.stops["left"]):
                break
            k -= 1
        while k < start and (self.lower[k] in _ARTICLES or self.lower[k] in ("and", "&")):
            k += 1
        return k

    def _adjacent(self, i: int) -> bool:
        t = self.tokens
        return t.start[i] == t.end[i - 1] and i + 1 < self.size and t.start[i + 1] == t.end[i]

    def _owner(self, i: int) -> bool:
        """Whether what stands before the possessive at `i` is a state or a body of its own."""
        return i in self.state_ends or (self.words[i - 1].isupper() and len(self.words[i - 1]) > 1)

    def _coordinates(self, i: int, k: int) -> bool:
        """Whether "and" between words `i` and `k` joins parts of one name: "Security and Defence Council"."""
        if not self.flags[i] & TITLE or i + 1 in self.state_ends or k in self.states:
            return False
        if self.words[i] in self.rules.stops["left"] or i == 0:
            return False
        before = self.lower[i - 1]
        return before in ("the", "of", "for", "its", "'s", "-") or bool(self.flags[i - 1] & CAPITAL)

    def _right(self, end: int, head: _Head, known: dict[int, Mention]) -> int:
        """Where the name ends: over "of", "for", "on" and the capitalised words behind them."""
        k = end
        while k < self.size - 1 and self.lower[k] in _LINKS and self.tokens.gap[k + 1] < 2 and k - end < 14:
            j = k + 1
            if self.lower[j] in _ARTICLES or self.lower[j] in ("its", "their"):
                j += 1
            office = k == end and self.lower[end - 1] in _OFFICES
            if (
                j >= self.size
                or not self.flags[j] & CAPITAL
                or (self.words[j] in self.rules.stops["right"] and not office)
            ):
                break
            if self.lower[k] in ("in", "to", "with", "on") and (
                j in self.states or (self.lower[k] == "in" and k == end)
            ):
                break
            stop = self._office(j) if office else self._run(j, known)
            if stop == j:
                break
            k = stop
            if (j in known and known[j].end == stop) or (j in self.states and self.states[j].end == stop):
                break
        return k

    def _office(self, j: int) -> int:
        """The end of an office's title behind "Office of the": "Prime Minister", "Spokesperson"."""
        k = j
        while (
            k < self.size and self.flags[k] & CAPITAL and k not in self.states and k - j < 4 and not self.tokens.gap[k]
        ):
            k += 1
        return k

    def _run(self, j: int, known: dict[int, Mention]) -> int:
        """The end of a run of capitalised words from `j`, over "and" and commas of a list of subjects."""
        k = j
        if j in self.states:
            end = self.states[j].end
            adjective = self.states[j].data.adjective
            goes_on = (
                adjective
                and end < self.size
                and self.flags[end] & TITLE
                and self.words[end] not in self.rules.stops["right"]
            )
            if not goes_on or self.tokens.gap[end] or end in self.states:
                return end
        if j in known:
            return known[j].end
        while k < self.size and self.tokens.gap[k] < 2:
            if self.flags[k] & CAPITAL and self.words[k] not in self.rules.stops["right"]:
                if k > j and (k in self.states and self.words[k - 1] not in ("-",)):
                    break
                k += 1
            elif (
                self.words[k] in ("-", "'", "'s", "&")
                and k > j
                and k + 1 < self.size
                and (self.flags[k + 1] & CAPITAL or self.words[k] == "'")
            ):
                k += 1
            elif self.lower[k] in ("and", ",") and k > j and self._list_goes_on(k):
                k += 2 if self.words[k] == "," and self.lower[k + 1] == "and" else 1
            else:
                break
        while k > j and self.words[k - 1] in (",", "and", "&", "-", "'", "'s"):
            k -= 1
        return k

    def _list_goes_on(self, k: int) -> bool:
        """Whether behind "and" or a comma stands another subject of the same ministry, no new body or person."""
        n = k + 1
        if n < self.size and self.words[k] == "," and self.lower[n] == "and":
            n += 1
        if (
            n >= self.size
            or not self.flags[n] & TITLE
            or n in self.states
            or self.words[n] in self.rules.stops["right"]
        ):
            return False
        if self.words[n] in self.rules.stops["left"]:
            return False
        if self.words[k] == ",":
            # a comma goes on only in a list that an "and" closes soon
            window = range(n + 1, min(n + 7, self.size))
            closes = any(
                self.lower[x] == "and" and self.flags[x + 1 if x + 1 < self.size else x] & TITLE for x in window
            )
            return closes and not any(self.lower[x] in ("the", "of") for x in range(n, min(n + 2, self.size)))
        return True

    def _key(self, start: int, end: int) -> str:
        name = " ".join(self.lower[start:end])
        return self.keys.setdefault(name, name)

    # acronyms

    def _acronyms(self, found: list[Mention]) -> list[Mention]:
        """Reads "Lake States Council (LSC)", "LSC (Lake States Council)", and the acronym wherever it comes again."""
        by_end = {m.end: m for m in found}
        named: dict[str, tuple[str, str]] = {}
        for k in range(1, self.size - 2):
            if self.words[k] != "(":
                continue
            stop = k + 1
            while stop < min(k + 5, self.size) and self.words[stop] != ")":
                stop += 1
            acronym = "".join(self.words[k + 1 : stop])
            m = by_end.get(k)
            if (
                m is None
                or stop >= self.size
                or self.words[stop] != ")"
                or not _is_acronym(acronym, self._span_words(m))
            ):
                continue
            named.setdefault(self.words[k + 1] if stop == k + 2 else acronym, (m.key, m.rule))
        if not named:
            return []
        extra = []
        for i in range(self.size):
            known = named.get(self.words[i])
            if known is not None:
                extra.append(Mention(i, i + 1, "organization.acronym", known[0], Body(acronym=True)))
        return extra

    def _span_words(self, m: Mention) -> list[str]:
        return self.words[m.start : m.end]

    # short forms

    def _short_forms(self, found: list[Mention]) -> list[Mention]:
        """Reads "the Council" after "Lake States Council": the capitalised end of a name given before."""
        taken = {i for m in found for i in range(m.start, m.end)}
        endings: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for m in found:
            for short in self.rules.short.get(m.key, ()):
                endings.setdefault(tuple(short.split()), []).append((m.start, m.key))
            if m.data.acronym:
                continue
            words = self.words[m.start : m.end]
            for form in self._endings(words):
                endings.setdefault(form, []).append((m.start, m.key))
        if not endings:
            return []
        firsts = {form[0] for form in endings}
        longest_form = max(map(len, endings))
        extra = []
        for i in range(1, self.size):
            if self.words[i] not in firsts or i in taken or self.lower[i - 1] not in _DEFINITE:
                continue
            for length in range(min(longest_form, self.size - i), 0, -1):
                form = tuple(self.words[i : i + length])
                places = [p for p in endings.get(form, ()) if p[0] < i]
                if places and not (
                    i + length < self.size and self.flags[i + length] & TITLE and not self.tokens.gap[i + length]
                ):
                    if not (i + length < self.size and self.lower[i + length] == "of"):
                        extra.append(Mention(i, i + length, "organization.short-form", places[-1][1], Body()))
                    break
        return extra

    def _endings(self, words: list[str]) -> list[tuple[str, ...]]:
        """The forms by which a name is taken up: its last words from a head on, or its head before "of"."""
        forms: list[tuple[str, ...]] = []
        upto = next((k for k, w in enumerate(words) if w.lower() in ("of", "for", "on")), len(words))
        core = words[:upto]
        for k in range(len(core) - 1, -1, -1):
            if not core[k][:1].isupper():
                break
            forms.append(tuple(core[k:]))
        head = forms[0][0] if forms else ""
        if head not in _HEADS_ALONE:
            forms = [f for f in forms if f[-1] in _HEADS_ALONE and len(f) < len(words)]
        return [f for f in forms if f != tuple(words)]


_DEFINITE = frozenset({"the", "this", "our", "its", "their", "'s", "that"})
_HEADS_ALONE = frozenset(
    [
        "Council",
        "Commission",
        "Committee",
        "Secretariat",
        "Assembly",
        "Parliament",
        "Ministry",
        "Department",
        "Agency",
        "Fund",
        "Bank",
        "Court",
        "Tribunal",
        "Union",
        "Organization",
        "Organisation",
        "Community",
        "Forum",
        "League",
        "Alliance",
        "Coalition",
        "Authority",
        "Group",
        "Centre",
        "Center",
        "Institute",
        "Association",
        "Administration",
        "Office",
        "Board",
        "Conference",
        "Corporation",
        "Company",
        "Force",
        "Mission",
        "Chamber",
        "Foundation",
        "University",
        "Congress",
        "Senate",
        "Duma",
        "Presidium",
        "Bureau",
        "Directorate",
        "Commonwealth",
        "Federation",
        "Confederation",
        "Platform",
        "Movement",
    ]
)


def _is_acronym(text: str, name: list[str]) -> bool:
    """Whether the letters of an acronym come in order as initials (or early letters) of the name's words."""
    letters = [c for c in text if c.isalpha()]
    if not 2 <= len(letters) <= 12 or sum(c.isupper() for c in letters) < 2:
        return False
    joined = "".join(name).lower()
    at = 0
    for c in letters:
        at = joined.find(c.lower(), at) + 1
        if not at:
            return False
    return joined[:1] == letters[0].lower() or any(w[:1].lower() == letters[0].lower() for w in name[:3])


def _flat(found: list[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, the earlier of equals, by start."""
    chosen: list[Mention] = []
    taken: set[int] = set()
    for m in sorted(found, key=lambda m: (m.start - m.end, m.start, m.rule != m.key)):
        span = range(m.start, m.end)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(m)
    chosen.sort(key=lambda m: m.start)
    return chosen


@Language.factory("communique_organizations", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Organizations:
    """The factory of `communique_organizations`."""
    return Organizations(nlp, rules)
