"""Names of bodies built around a head word: "Ministry of Foreign Affairs of Uganda", "Lake Council"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.components.organization_rules import Body, Head, Lexicon
from communique.matching import Hit, longest
from communique.tokens import ALPHA, CAPITAL, TITLE, Mention, Tokens

_CHAIRED = (["chairman", "of", "the"], ["chair", "of", "the"], ["chairperson", "of", "the"])
_OFFICES = frozenset({"office", "administration", "chancellery", "apparatus"})
_LINKS = frozenset({"of", "for", "on", "against", "in", "to", "with"})
_JOINT = frozenset({"Commission", "Committee", "Council", "Board"})
"""Heads that "Joint" alone makes the name of a body that two states set up."""
_VENUES = frozenset({"Center", "Centre", "Hall", "Complex", "Palace"})
_MEMBERS = frozenset(
    {"members", "member", "states", "countries", "leaders", "ministers", "heads", "secretariat", "council", "committee",
     "chairman", "chairmanship", "chair", "chairperson", "presidency", "secretary-general", "summit", "meeting",
     "session", "conference", "spokesman", "spokesperson", "government", "organs", "bodies"}
)  # fmt: skip
"""What only a body has: "members of the Compact"."""
_PERSONAL = frozenset({"King", "Queen", "Sultan", "Prince", "Sheikh", "Emir", "Sir", "Lord", "President"})
"""Titles that stand inside the names of what bears a person's: "King Salim University"."""
_DEDICATED = frozenset(
    {"University", "Hospital", "Foundation", "Institute", "Academy", "College", "Library", "Centre", "Center"}
)
_ARTICLES = frozenset({"the", "a", "an"})


class Names:
    """Finds the built names of one text; known bodies, by their first word, are taken as they are."""

    def __init__(self, rules: Lexicon, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        self.states = {m.start: m for m in tokens.found.get("state", ())}
        self.state_ends = {m.end: m for m in tokens.found.get("state", ())}
        self.keys: dict[str, str] = {}
        self.known_ends: set[int] = set()
        self._acting: dict[str, bool] = {}

    def found(self, starts: dict[int, Mention]) -> list[Mention]:
        hits = longest(self.rules.heads(self.tokens))
        found: list[Mention] = list(self._longer(starts, hits))
        inside = {i for m in starts.values() for i in range(m.start, m.end)}
        self.known_ends = {m.end for m in starts.values()}
        for hit in hits:
            if hit.start in inside or self._names_venue(hit.start, hit.end):
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

    def _longer(self, starts: dict[int, Mention], hits: list[Hit[Head]]) -> Iterator[Mention]:
        """Bodies whose name begins with that of a known one: "European Council for Nuclear Research"."""
        ends = {hit.end: hit.value for hit in hits}
        for m in starts.values():
            head = ends.get(m.end)
            if head is None or "of" not in head.positions or self.lower[m.end : m.end + 1] != ["for"]:
                continue
            if (end := self._right(m.end, head, starts)) > m.end and m.end + 1 not in self.states:
                yield Mention(m.start, end, head.rule, self._key(m.start, end), Body())

    def _extent(self, start: int, end: int, head: Head, known: dict[int, Mention]) -> tuple[int, int] | None:
        if end in self.state_ends and self.state_ends[end].start <= start:
            return None  # "Russian Federation" is a state
        if head.plural and start and self.words[start - 1] in self.rules.given:
            return None  # "Dana Banks"
        if self.words[end : end + 1] == ["-"] and self._adjacent(end):
            return None  # "Military Co-operation"
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
        joint = self.words[left] == "Joint" and self.words[start] in _JOINT
        if head.told and not self._acts(start, end):
            return None
        if not head.strong and right == end and start - left < 2 and left not in known and left not in self.states:
            if not joint and not head.told and not self._taken_up(start, end):
                return None
        return left, right

    def _acts(self, start: int, end: int) -> bool:
        """Whether what the head at `start` names acts or has members anywhere in the text: "the Compact decided"."""
        head = self.words[start:end]
        if not self.words[start].istitle():
            head = [w.title() for w in head]
        key = " ".join(head)
        if key not in self._acting:
            self._acting[key] = any(self._deed(i, i + len(head)) for i in self._places(head))
        return self._acting[key]

    def _deed(self, i: int, end: int) -> bool:
        """Whether the words `i` to `end` stand before a verb of doing or behind "members of the"."""
        after = end + 3 if self.words[end : end + 1] == ["("] and self.words[end + 2 : end + 3] == [")"] else end
        if after < self.size and self.lower[after] in self.rules.deeds:
            return True
        k = i
        while k > 0 and self.flags[k - 1] & CAPITAL and i - k < 5:
            k -= 1
        led = self.lower[k - 2 : k] == ["of", "the"]
        return led and k > 2 and self.lower[k - 3] in _MEMBERS

    def _taken_up(self, start: int, end: int) -> bool:
        """Whether the text takes a name up by its head alone: "the Alliance"."""
        if self.tokens.sentences[self.tokens.sentence_of[start]][0] >= start - 1:
            return False  # "Individual Forum members": the word before the head may only open the sentence
        for i in self._places(self.words[start:end]):
            after = i + end - start
            alone = after >= self.size or (not self.flags[after] & CAPITAL and self.lower[after] != "of")
            if i != start and self.lower[i - 1] == "the" and alone:
                return True
        return False

    def _places(self, head: list[str]) -> list[int]:
        """Where the words stand in the text, but for its first word."""
        return [i for i in range(1, self.size) if self.words[i] == head[0] and self.words[i : i + len(head)] == head]

    def _names_venue(self, start: int, end: int) -> bool:
        """Whether a head belongs to the name of a place: "Harrow Congress Center"."""
        venue = self.rules.stops["venue"]
        hall = self.words[start] in _VENUES and self.words[start - 1] in venue
        return hall or (self.words[start] in venue and end < self.size and self.words[end] in _VENUES)

    def _line_of_capitals(self, start: int, end: int) -> bool:
        return all(w.isupper() or not w.isalpha() for w in self.words[start:end])

    def _left(self, start: int, known: dict[int, Mention]) -> int:
        """Where the name begins: over capitalised words, hyphens and "and" between them, back to a stop."""
        k = start
        while k > 0 and start - k < 9 and self.tokens.gap[k] < 2 and not self._parted(k):
            word = self.words[k - 1]
            if word in ("-", "&", "/") and k > 1 and self.flags[k - 2] & CAPITAL and self._adjacent(k - 1):
                if word == "/" and self.words[k - 3] in self.rules.given:
                    break  # "Photo: Miriam Okello/Lake Courier"
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
            if word in self.rules.headline and self.tokens.blocks[self.tokens.block_of[k - 1]].kind == "heading":
                break
            k -= 1
        if k and self.words[k - 1] in _PERSONAL and self.words[start] in _DEDICATED and 0 < start - k < 3:
            k -= 1
        while k < start and (self.lower[k] in _ARTICLES or self.lower[k] in ("and", "&")):
            k += 1
        return k

    def _parted(self, k: int) -> bool:
        """Whether a line of its own begins at word `k`, or a column of a table."""
        parted = bool(self.tokens.gap[k]) and self.tokens.block_of[k] != self.tokens.block_of[k - 1]
        return parted or "|" in (self.words[k], self.words[k - 1])

    def _adjacent(self, i: int) -> bool:
        t = self.tokens
        return t.start[i] == t.end[i - 1] and i + 1 < self.size and t.start[i + 1] == t.end[i]

    def _owner(self, i: int) -> bool:
        """Whether what stands before the possessive at `i` is a state or a body of its own."""
        return i in self.state_ends or (self.words[i - 1].isupper() and len(self.words[i - 1]) > 1)

    def _coordinates(self, i: int, k: int) -> bool:
        """Whether "and" between words `i` and `k` joins parts of one name: "Security and Defence Council"."""
        if not self.flags[i] & TITLE or i + 1 in self.state_ends or i + 1 in self.known_ends or k in self.states:
            return False
        if self.words[i] in self.rules.stops["left"] or i == 0:
            return False
        before = self.lower[i - 1]
        return before in ("the", "of", "for", "its", "'s", "-") or bool(self.flags[i - 1] & CAPITAL)

    def _right(self, end: int, head: Head, known: dict[int, Mention]) -> int:
        """Where the name ends: over "of", "for", "on" and the capitalised words behind them."""
        k = end
        while k < self.size - 1 and self.lower[k] in _LINKS and self.tokens.gap[k + 1] < 2 and k - end < 14:
            j = k + 1
            if self.tokens.gap[k] and self.words[end - 1].isupper() and not self.words[k].isupper():
                break
            if self.lower[j] in _ARTICLES or self.lower[j] in ("its", "their"):
                j += 1
            office = k == end and self.lower[end - 1] in _OFFICES
            if (
                j >= self.size
                or not self.flags[j] & CAPITAL
                or (self.words[j] in self.rules.stops["right"] and not office)
            ):
                break
            if head.plural and self.lower[k] == "to":
                break  # "Parties to the talks"
            if (
                self.lower[k] in ("in", "to", "with", "on")
                and not self._inquires(k)
                and (j in self.states or (self.lower[k] == "in" and k == end))
            ):
                break
            stop = self._office(j) if office else self._run(j, known)
            if stop == j or (j == k + 2 and stop == j + 1 and self._short_form(j, known)):
                break
            k = stop
            if (j in known and known[j].end == stop) or (j in self.states and self.states[j].end == stop):
                break
        return k

    def _inquires(self, k: int) -> bool:
        """Whether a body is named by what it looks into: "Commission of Inquiry on Kenya"."""
        return self.lower[k] in ("on", "in") and self.words[k - 1] in ("Inquiry", "Experts", "Enquiry")

    def _short_form(self, j: int, known: dict[int, Mention]) -> bool:
        """Whether a word is the short form of another body: "Council of Ministers of the Authority"."""
        goes_on = j + 1 < self.size and self.lower[j + 1] in _LINKS
        return self.words[j] in self.rules.alone and j not in known and not goes_on

    def _office(self, j: int) -> int:
        """The end of an office's title behind "Office of the": "Prime Minister", "Spokesperson"."""
        k = j
        while (
            k < self.size
            and self.flags[k] & CAPITAL
            and self.lower[k] not in _LINKS
            and k not in self.states
            and not (k > j and self.words[k] in self.rules.given)
            and k - j < 4
            and not self.tokens.gap[k]
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
            if self.tokens.gap[k] and k > j and all(map(str.isupper, self.words[j:k])) and not self.words[k].isupper():
                break  # "MINISTRY OF POWER", and below it "Government of India"
            if self.flags[k] & CAPITAL and self.words[k] not in self.rules.stops["right"]:
                if k > j and (k in self.states and self.words[k - 1] not in ("-",)):
                    break
                if k > j and self.words[k] in self.rules.given and k + 1 < self.size and self.flags[k + 1] & TITLE:
                    break  # "of the Ministry of Ports Miriam Okello"
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
