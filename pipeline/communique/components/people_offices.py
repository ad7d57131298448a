"""Office phrases: the head of a title, what belongs to it, and the state or body that it is an office of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from communique.components.people_names import Names
from communique.components.people_rules import Office
from communique.matching import Gazetteer, longest
from communique.tokens import CAPITAL, TITLE, Mention

_STEPS = 3
_LONGEST_FIELD = 4

_FIELDS = frozenset({"Field", "Support", "Operations", "Peace", "Coordination", "Management", "Services", "Policy"})
"""Words of fields that elsewhere tell that no name goes on."""
_REALMS = frozenset({"Republic", "Union", "Federation", "Kingdom", "Confederation", "Nation"})
"""What a head of state is of where the state's name is not said."""


class Head(NamedTuple):
    """A phrase of the office rules: the title in the singular, and which rule it is from."""

    title: str
    plural: bool
    post: bool
    sent: bool
    rule: str


class _Behind(NamedTuple):
    """What follows a head: the end of the title, the end of the phrase, and whose office it is.

    `inner` is a body inside the title: "Special Envoy of the UN Secretary-General".
    """

    stop: int
    end: int
    state: str | None = None
    body: tuple[int, int] | None = None
    inner: tuple[int, int] | None = None


class Offices:
    """Reads the offices of one text."""

    def __init__(self, heads: Gazetteer[Head], names: Names) -> None:
        self.names = names
        self.tokens = names.tokens
        self.words = names.words
        self.lower = names.lower
        self.size = names.size
        self.hits = longest(heads(names.tokens))
        self.ends = {hit.start: hit.end for hit in self.hits}

    def __iter__(self) -> Iterator[Office]:
        upto = 0
        taken, states = self.names.taken, self.names.states
        for hit in self.hits:
            if hit.start < upto or (hit.start in taken and hit.start not in states):
                continue
            if self._is_prefix(hit.end, hit.value.title):
                continue
            office = self._office(hit.start, hit.end, hit.value, upto)
            if office.end > upto:
                upto = office.end
                yield office

    def _is_prefix(self, end: int, title: str) -> bool:
        """Whether a head only qualifies the one behind it: "Assistant Director", "Deputy Central Bank Governor"."""
        if end in self.ends and title in self.names.rules.prefixes:
            return True
        body = self.names.bodies.get(end)
        return self.words[end - 1] == "Deputy" and body is not None and body.end in self.ends

    def _office(self, start: int, end: int, head: Head, upto: int) -> Office:
        lower = self.words[start][0].islower()
        begin = max(self._before(start, lower), upto)
        state, body, first = self._owner_before(begin)
        if first < upto:
            state, body, first = None, None, begin
        behind = self._behind(end)
        if head.sent and behind.end > behind.stop:
            behind = behind._replace(end=self._past_post(behind.end))
        if behind.state or behind.body:
            state, body = behind.state, behind.body
            if first < begin and self.words[begin - 1] != "'s":
                first = begin
        title = self._printed(begin, start, head.title) if head.plural else self.tokens.join(begin, end)
        if behind.inner is not None:
            title += f" {self.tokens.join(end, behind.inner[0])} {self.tokens.join(behind.inner[1], behind.stop)}"
        elif behind.stop > end:
            title += " " + self.tokens.join(end, behind.stop)
        if upto < first < begin and self.words[first - 1] in self.names.rules.prefixes:
            first -= 1  # "former Ugandan President"
            title = f"{self.words[first]} {title}"
        return Office(first, behind.end, title, state, body, head.plural, lower, head.rule, head.post)

    def _printed(self, begin: int, start: int, title: str) -> str:
        """A plural title in the singular: "Foreign Ministers" → "Foreign Minister"."""
        return f"{self.tokens.join(begin, start)} {title}" if begin < start else title

    # before the head

    def _before(self, start: int, lower: bool) -> int:
        k = start
        taken, dated = self.names.taken, self.names.dated
        while k > 0 and not self.names.apart(k) and k - 1 not in taken and k - 1 not in dated:
            step = self._step_back(k, start, lower)
            if not step:
                break
            k -= step
        return k

    def _step_back(self, k: int, start: int, lower: bool) -> int:
        """How many words before `k` belong to the title whose head is at `start`."""
        word, title_words, portfolio = self.words[k - 1], self.names.title_words, self.names.rules.portfolio
        if word == "-" and k > 1:
            return 2 if self.words[k - 2] in title_words or self.lower[k - 2] in ("co", "vice", "ex") else 0
        if word in ("and", "&", ",") and 1 < k < start:
            return 2 if self._field_word(k - 2, lower) and self._field_word(k, lower) and self._led(k - 2) else 0
        if lower and word[0].islower():
            return int(word in title_words or word.title() in portfolio)
        return int(word in title_words and (not lower or self.names.opens(k - 1)))

    def _field_word(self, i: int, lower: bool) -> bool:
        word = self.words[i]
        return word.title() in self.names.rules.portfolio if lower else word in self.names.rules.portfolio

    def _led(self, i: int) -> bool:
        """Whether a field before "and" is no noun of its own: "the trade and energy ministers"."""
        return self.words[i][0].isupper() or self.lower[i - 1] in ("the", "their", "our") or i - 1 in self.names.taken

    def _owner_before(self, k: int) -> tuple[str | None, tuple[int, int] | None, int]:
        """The state or body right before a title: "Kenyan", "Kenya's", "NATO", "European Council"."""
        words = self.words
        i = k - 1 if k and words[k - 1] in ("'s", "'") else k
        if i > 3 and words[i - 1] == ")" and words[i - 3] == "(":
            i -= 3
        if i < self.size and self.names.apart(i):
            return None, None, k
        if i > 0 and words[i - 1] in (":", "–") and (heading := self._heading(i - 1)) is not None:
            return heading, None, k
        if (m := self.names.state_ends.get(i)) is not None and not (i == k and self._is_complement(m)):
            return m.key, None, m.start
        if (body := self.names.body_ends.get(i)) is not None:
            return None, (body.start, body.end), body.start
        return None, None, k

    def _heading(self, k: int) -> str | None:
        """The state that a line of a list begins with: "Kenya: President Okello"."""
        m = self.names.state_ends.get(k)
        if m is None:
            return None
        block = self.tokens.blocks[self.tokens.block_of[m.start]]
        return m.key if self.tokens.gap[m.start] or m.start in (0, block.start, block.text) else None

    def _is_complement(self, m: Mention) -> bool:
        """Whether a state belongs to what stands before it: "Okello of Kenya", and then a title without a comma."""
        before = self.lower[m.start - 1] if m.start else ""
        if before == "the" and m.start > 1:
            before = self.lower[m.start - 2]
        return before == "of" and not m.data.adjective

    # behind the head

    def _behind(self, end: int) -> _Behind:
        k = stop = end
        for _ in range(_STEPS):
            if k >= self.size - 1 or self.tokens.gap[k] > 1:
                break
            k = self._in_charge(k)
            if self.lower[k] not in ("of", "for", "to", "at", "on"):
                break
            j = k + 1
            while j < self.size - 1 and self.lower[j] in ("the", "its", "their", "both"):
                j += 1
            j = self._government(j)
            if (nested := self._nested(j, self.lower[k])) is not None:
                return nested
            if (owner := self._owner(j, stop, self.lower[k])) is not None:
                return owner
            if self.lower[k] == "at":
                break
            if self.words[j] in _REALMS and self.lower[j - 1] == "the" and self.lower[j + 1 : j + 2] != ["of"]:
                return _Behind(j + 1, j + 1)
            run = self._small_field(j) or self._field(j)
            if run == j:
                if (body_end := self._unknown_body(j)) > j:
                    return _Behind(stop, body_end)
                break
            k = stop = run
            if k < self.size and self.words[k] == "," and (tail := self._list_tail(k)):
                k = stop = tail
        return _Behind(stop, stop)

    def _in_charge(self, k: int) -> int:
        """The preposition of "Minister responsible for Ports", "Minister in charge of Ports" behind a head."""
        if self.lower[k : k + 2] == ["responsible", "for"]:
            return k + 1
        return k + 2 if self.lower[k : k + 3] == ["in", "charge", "of"] else k

    def _small_field(self, j: int) -> int:
        """The end of a field in lower case, before what it is an office of: "minister of transport of Kenya"; or 0."""
        k, portfolio = j, self.names.rules.portfolio
        if not self.words[j].islower():
            return 0
        while k < self.size and (self.words[k].title() in portfolio or (k > j and self.lower[k] == "and")):
            k += 1
        of = k + 1 + (self.lower[k + 1 : k + 2] == ["the"])
        owned = self.lower[k : k + 1] == ["of"] and (of in self.names.states or of in self.names.bodies)
        return k if owned and k > j and self.lower[k - 1] != "and" else 0

    def _owner(self, j: int, stop: int, preposition: str) -> _Behind | None:
        """The state or body that begins at word `j`; one that an envoy is sent to is a part of the title."""
        body, state = self.names.bodies.get(j), self.names.states.get(j)
        if body is not None and (state is None or body.end > state.end):
            return _Behind(stop, self._past_part(self._past_acronym(body.end)), None, (body.start, body.end))
        if state is None:
            return None
        if state.data.adjective:
            return self._unit(state, stop)
        if preposition in ("to", "for") and stop == self._head_end(stop):
            return _Behind(state.end, state.end)
        return _Behind(stop, state.end, state.key)

    def _head_end(self, stop: int) -> int:
        """`stop` if it is where a head ends, with no field behind it; else -1."""
        return stop if stop in self.ends.values() else -1

    def _unit(self, state: Mention, stop: int) -> _Behind | None:
        """Reads "the Ugandan Delegation to the Lake States Council" behind "Head of": the state's own unit."""
        k = state.end
        while k < self.size and self.words[k] in self.names.rules.portfolio:
            k += 1
        if k >= self.size or self.words[k].title() not in self.names.rules.units:
            return None
        k += 1
        if self.lower[k : k + 1] in (["to"], ["in"], ["at"]):
            j = k + 2 if self.lower[k + 1 : k + 2] == ["the"] else k + 1
            if (body := self.names.bodies.get(j)) is not None:
                k = body.end
        return _Behind(stop, k, state.key)

    def _past_part(self, k: int) -> int:
        """Past "'s Delegation" behind the name of a body."""
        owned = self.words[k : k + 1] == ["'s"] and k + 1 < self.size and self.names.flags[k + 1] & TITLE
        return k + 2 if owned else k

    def _past_acronym(self, k: int) -> int:
        """Past "(NATO)" behind the name of a body."""
        inside = self.names.bodies.get(k + 1)
        if self.words[k : k + 1] == ["("] and inside is not None and self.words[inside.end : inside.end + 1] == [")"]:
            return inside.end + 1
        return k

    def _nested(self, j: int, preposition: str) -> _Behind | None:
        """The office that another serves: "Personal Envoy of the Secretary-General"."""
        body = self.names.bodies.get(j)
        at = body.end if body is not None else j
        end = self.ends.get(at)
        sent = at < self.size and self.lower[at].startswith("secretary") and preposition == "of"
        if end is None or self.names.apart(at) or (body is not None and preposition != "to" and not sent):
            return None
        if body is None and preposition in ("for", "to") and self.names.beside(self.names.past_honorifics(end)) > end:
            return None  # "a spokesman for President Okello"
        if body is not None:
            stop = self._mandate(end)
            return _Behind(stop, stop, None, (body.start, body.end), (body.start, body.end))
        if self.lower[end : end + 1] == ["of"]:
            k = end + 2 if self.lower[end + 1 : end + 2] == ["the"] else end + 1
            if (owner := self.names.bodies.get(k)) is not None:
                return _Behind(end, owner.end, None, (owner.start, owner.end))
            if (state := self.names.states.get(k)) is not None:
                return _Behind(end, state.end, state.key)
        stop = self._mandate(end)
        return _Behind(stop, stop)

    def _mandate(self, end: int) -> int:
        """Past "for Kenya" or "on Small Ports" behind an envoy's title."""
        if self.lower[end : end + 1] not in (["for"], ["on"]) or self.names.apart(end):
            return end
        j = end + 1 + (self.lower[end + 1 : end + 2] == ["the"])
        if (state := self.names.states.get(j)) is not None:
            return end if state.data.adjective else state.end
        k = j
        while k < self.size and (self.names.flags[k] & TITLE or (k > j and self.lower[k] in ("and", "of"))):
            k += 1
        return k if k > j and self.words[k : k + 1] == [","] else end

    def _government(self, j: int) -> int:
        """Past "Government of" in "Prime Minister of the Government of Kenya"."""
        if self.lower[j : j + 2] == ["government", "of"]:
            return j + 3 if self.lower[j + 2 : j + 3] == ["the"] else j + 2
        return j

    def _past_post(self, k: int) -> int:
        """Past "to the United Nations" in "Ambassador of Kenya to the United Nations"."""
        if self.lower[k : k + 1] not in (["to"], ["in"], ["at"]):
            return k
        j = k + 2 if self.lower[k + 1 : k + 2] == ["the"] else k + 1
        found = self.names.bodies.get(j) or self.names.states.get(j)
        return found.end if found is not None else k

    # the field of a title

    def _field(self, j: int) -> int:
        """The end of the field of a title: words of the portfolio list, joined by "and", commas and "of the"."""
        k = j
        while k < self.size and not self.tokens.gap[k] > 1 and (self._in_field(k) or (k > j and self._joins(k))):
            k += 1
            if (
                self.lower[k : k + 1] == ["and"]
                and self._is_adjective(k + 1)
                and k + 2 < self.size
                and self._in_field(k + 2)
            ):
                k += 3  # "Minister of Foreign Affairs and Kenyans Abroad"
        return self._unknown_field(j) if k == j else k

    def _in_field(self, k: int) -> bool:
        taken = k in self.names.taken and k not in self.names.states
        return self.words[k] in self.names.rules.portfolio and not taken

    def _joins(self, k: int) -> bool:
        """Whether "and", "of the" and the like at `k` lead to more of the field, and to no other office."""
        if self.lower[k] not in ("and", "&", ",", "-", "'s", "for", "of", "the"):
            return False
        n = k + 1
        while n < self.size and self.lower[n] in ("the", "and", "of"):
            n += 1
        if n - k > 3 or n >= self.size or n in self.names.bodies or not self._in_field(n):
            return False
        if n in self.names.states and not self.names.states[n].data.adjective:
            return False
        end = n
        while end < self.size and self._in_field(end) and end not in self.ends:
            end += 1
        return end not in self.ends

    def _unknown_field(self, j: int) -> int:
        """A field of words that no list has ends where no name follows: "Minister for Harbours, Miriam Okello"."""
        flags, taken = self.names.flags, self.names.taken
        if (end := self._territory(j)) > j:
            return end
        run = j
        while run < self.size and flags[run] & TITLE and run not in taken and not self.tokens.gap[run] > 1:
            if self.words[run] in self.names.rules.stops and self.words[run] not in _FIELDS:
                return j
            run += 1
        known = j < run < self.size and run - j <= _LONGEST_FIELD
        return run if known and (self.words[run] == "," or self.lower[run] == "of") else j

    def _unknown_body(self, j: int) -> int:
        """The end of a body that no rule knows, before a given name: "CEO of Vostoknet Maxim Haddad"; else `j`."""
        flags = self.names.flags
        if self.lower[j - 1] != "of" or not flags[j] & CAPITAL or self.words[j] in self.names.rules.given:
            return j
        following = j + 2 < self.size and flags[j + 2] & TITLE and not self.tokens.gap[j + 2]
        alone = flags[j + 1 : j + 2] != [] and self.words[j + 1] in self.names.rules.given
        return j + 1 if alone and following else j

    def _territory(self, j: int) -> int:
        """The end of "Trans-Lake Territory" at word `j`, or `j`."""
        k = j
        while k < min(self.size - 1, j + 5) and (self.names.flags[k] & CAPITAL or self.words[k] == "-"):
            if k > j and self.words[k] in self.names.rules.territories:
                return k + 1
            k += 1
        return j

    def _list_tail(self, k: int) -> int:
        """The end of ", African Cooperation, and Expatriates": a comma list of fields."""
        n, last = k, 0
        while n < self.size and n not in self.ends:
            if self._in_field(n):
                last = n + 1
            elif self.words[n] not in (",", "and") and not self._is_adjective(n):
                break
            n += 1
        if n in self.ends:
            return 0
        return last if last and "and" in self.words[k:last] else 0

    def _is_adjective(self, n: int) -> bool:
        return n in self.names.states and bool(self.names.states[n].data.adjective)
