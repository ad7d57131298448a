"""People and their offices.

A name needs evidence: an office or honorific beside it, a common given name, or the name given in full elsewhere in
the text. Offices are read structurally: a head ("Minister"), the words that belong to it before and behind
("Deputy", "of Foreign Affairs and Trade"), and the state or body it belongs to ("of Kenya", "Kenyan", "NATO").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from spacy.language import Language

from communique.components.base import Component
from communique.matching import Gazetteer, longest
from communique.rules import Rule, rule_file
from communique.tokens import ALPHA, CAPITAL, LOWER, TITLE, UPPER, Mention, Tokens


@rule_file("offices")
class OfficeRule(Rule):
    """The head of an office's title, in the singular and, where it is used, the plural."""

    title: str
    plural: str | None = None


@rule_file("office_words")
class OfficeWordRule(Rule):
    """Words that belong to a title: before its head (`prefix`), or as its field (`portfolio`)."""

    role: Literal["prefix", "portfolio"]
    words: tuple[str, ...]


@rule_file("honorifics")
class HonorificRule(Rule):
    """Forms of address and ranks before a name; no offices."""

    role: Literal["honorific"]
    words: tuple[str, ...]


@rule_file("name_particles")
class ParticleRule(Rule):
    """Particles and suffixes inside names."""

    words: tuple[str, ...]


@rule_file("name_stops")
class NameStopRule(Rule):
    """Capitalised words that are no part of a person's name."""

    words: tuple[str, ...]


@rule_file("given_names")
class GivenNameRule(Rule):
    """Given names of one tradition: they make the capitalised words behind them a name."""

    names: tuple[str, ...]


class Role(NamedTuple):
    """An office of a person: the title as printed, the state's code or the words of the body, the words that say it."""

    title: str
    state: str | None
    organization: tuple[int, int] | None
    at: tuple[int, int]


class Office(NamedTuple):
    """An office phrase, with or without a name beside it."""

    start: int
    end: int
    title: str
    state: str | None
    organization: tuple[int, int] | None
    plural: bool
    lower: bool
    rule: str
    person: str | None = None


class _Name(NamedTuple):
    start: int
    end: int
    rule: str


class People(Component):
    """Finds the people of a text and their offices."""

    models = (OfficeRule, OfficeWordRule, HonorificRule, ParticleRule, NameStopRule, GivenNameRule)

    def build(self) -> None:
        self.heads: Gazetteer[tuple[str, bool, str]] = Gazetteer(self.nlp)
        for rule in self.read(OfficeRule):
            self.heads.add((rule.title, False, rule.id), [rule.title])
            if rule.plural:
                self.heads.add((rule.title, True, rule.id), [rule.plural])
        words = self.read(OfficeWordRule)
        self.prefixes = frozenset(w for r in words if r.role == "prefix" for w in r.words)
        self.portfolio = frozenset(w for r in words if r.role == "portfolio" for w in r.words)
        self.title_words = self.prefixes | self.portfolio
        self.honorifics: Gazetteer[str] = Gazetteer(self.nlp)
        for honorific in self.read(HonorificRule):
            self.honorifics.add(honorific.id, honorific.words)
        self.particles = frozenset(w for r in self.read(ParticleRule) for w in r.words)
        self.stops = frozenset(w for r in self.read(NameStopRule) for w in r.words)
        self.titles = frozenset(r.title for r in self.read(OfficeRule) if " " not in r.title)
        self.given = frozenset(n for r in self.read(GivenNameRule) for n in r.names)

    def find(self, tokens: Tokens) -> None:
        _Search(self, tokens).run()


class _Search:
    def __init__(self, rules: People, tokens: Tokens) -> None:
        self.rules = rules
        self.tokens = tokens
        self.words = tokens.words
        self.lower = tokens.lower
        self.flags = tokens.flags
        self.size = len(tokens)
        self.states = {m.start: m for m in tokens.found.get("state", ())}
        self.state_ends = {m.end: m for m in tokens.found.get("state", ())}
        self.bodies = {m.start: m for m in tokens.found.get("organization", ())}
        self.body_ends = {m.end: m for m in tokens.found.get("organization", ())}
        self.taken = {
            i for kind in ("state", "organization") for m in tokens.found.get(kind, ()) for i in range(m.start, m.end)
        }
        self.dated = {i for m in tokens.found.get("date", ()) for i in range(m.start, m.end)}
        self.honorifics = {h.start: h.end for h in longest(rules.honorifics(tokens))}
        self.written = frozenset(w for w, f in zip(self.words, self.flags, strict=True) if f & TITLE and not f & UPPER)
        self.names: list[_Name] = []
        self.held: list[tuple[_Name, Office]] = []

    def run(self) -> None:
        offices = list(self._offices())
        self._beside(offices)
        self._addressed()
        self._given()
        mentions, keys = self._people()
        roles = self._roles(keys)
        self.tokens.found["person"] = mentions
        self.tokens.roles = roles
        self.tokens.offices = self._held_by(offices, keys, roles, mentions)

    # offices

    def _offices(self) -> Iterator[Office]:
        upto = 0
        hits = longest(self.rules.heads(self.tokens))
        self.head_ends = {hit.start: hit.end for hit in hits}
        for hit in hits:
            if hit.start < upto or (hit.start in self.taken and hit.start not in self.states):
                continue
            office = self._office(hit.start, hit.end, *hit.value)
            if office is not None and office.end > upto:
                upto = office.end
                yield office

    def _office(self, start: int, end: int, title: str, plural: bool, rule: str) -> Office | None:
        """The whole phrase around a head: prefixes, portfolio, and the state or body on either side."""
        lower = self.words[start][0].islower()
        begin = self._before(start, lower)
        state, body, first = self._owner_before(begin)
        stop, last, state_after, body_after = self._behind(end, lower)
        if state_after or body_after:
            state, body = state_after, body_after
            if first < begin and self.words[begin - 1] != "'s":
                first = begin
        head = self._printed(begin, start, title) if plural else self.tokens.join(begin, end)
        text = head + (" " + self.tokens.join(end, stop) if stop > end else "")
        return Office(first, last, text, state, body, plural, lower, rule)

    def _printed(self, begin: int, start: int, title: str) -> str:
        """A plural title in the singular: "Foreign Ministers" → "Foreign Minister"."""
        return f"{self.tokens.join(begin, start)} {title}" if begin < start else title

    def _before(self, start: int, lower: bool) -> int:
        words = self.rules.title_words
        k = start
        while k > 0 and not self.tokens.gap[k] and k - 1 not in self.taken and k - 1 not in self.dated:
            word = self.words[k - 1]
            if (
                word == "-"
                and k > 1
                and (self.words[k - 2] in words or self.words[k - 2].lower() in ("co", "vice", "ex"))
            ):
                k -= 2
                continue
            if (
                word in ("and", "&", ",")
                and k > 1
                and self.words[k - 2] in self.rules.portfolio
                and k < start
                and self.words[k] in self.rules.portfolio
            ):
                k -= 2
                continue
            if word not in words or (
                lower and word[0].isupper() and self.tokens.sentences[self.tokens.sentence_of[k - 1]][0] != k - 1
            ):
                break
            k -= 1
        return k

    def _owner_before(self, k: int) -> tuple[str | None, tuple[int, int] | None, int]:
        """The state or body right before a title: "Kenyan", "Kenya's", "NATO", "European Council"."""
        i = k - 1 if k and self.words[k - 1] in ("'s", "'") else k
        if i > 0 and self.words[i - 1] == ")" and i > 3 and self.words[i - 3] == "(":
            i -= 3
        if (m := self.state_ends.get(i)) is not None:
            return m.key, None, m.start
        if (m := self.body_ends.get(i)) is not None:
            return None, (m.start, m.end), m.start
        return None, None, k

    def _behind(self, end: int, lower: bool) -> tuple[int, int, str | None, tuple[int, int] | None]:
        """What follows a head: the end of the title, the end of the phrase, the state or body it belongs to."""
        k = stop = end
        for _ in range(3):
            if k >= self.size - 1 or self.tokens.gap[k] > 1 or self.lower[k] not in ("of", "for", "to", "at", "on"):
                break
            j = k + 1
            while j < self.size - 1 and self.lower[j] in ("the", "its", "their", "both"):
                j += 1
            if self._government(j):
                j = self._government(j)
            if (nested := self._nested(j)) is not None:
                return nested
            if j in self.bodies and (j not in self.states or self.bodies[j].end > self.states[j].end):
                m = self.bodies[j]
                return stop, m.end, self._state_of(m.end), (m.start, m.end)
            if j in self.states:
                m = self.states[j]
                if not m.data.adjective or not (m.end < self.size and self.flags[m.end] & TITLE):
                    return stop, m.end, m.key, None
            if self.lower[k] in ("at",):
                break
            run = self._portfolio(j)
            if run == j:
                break
            k = stop = run
            if k < self.size and self.words[k] == "," and (m2 := self._list_tail(k)):
                k = stop = m2
        return stop, stop, None, None

    def _nested(self, j: int) -> tuple[int, int, str | None, tuple[int, int] | None] | None:
        """The office that another serves: "Personal Envoy of the Secretary-General"."""
        body = self.bodies.get(j)
        at = body.end if body is not None else j
        end = self.head_ends.get(at)
        if end is None:
            return None
        if body is not None:
            return end, end, None, (body.start, body.end)
        if self.lower[end : end + 1] == ["of"]:
            k = end + 2 if self.lower[end + 1 : end + 2] == ["the"] else end + 1
            if k in self.bodies:
                return end, self.bodies[k].end, None, (self.bodies[k].start, self.bodies[k].end)
            if k in self.states:
                return end, self.states[k].end, self.states[k].key, None
        return end, end, None, None

    def _government(self, j: int) -> int:
        """Past "Government of" in "Prime Minister of the Government of Kenya"."""
        if self.lower[j : j + 2] == ["government", "of"]:
            return j + 3 if self.lower[j + 2 : j + 3] == ["the"] else j + 2
        return 0

    def _state_of(self, k: int) -> str | None:
        return None

    def _portfolio(self, j: int) -> int:
        """The end of the field of a title: words of the portfolio list, joined by "and", commas and "of the"."""
        words = self.rules.portfolio
        k = j
        while k < self.size and not self.tokens.gap[k] > 1:
            if (self.words[k] in words and (k not in self.taken or k in self.states)) or (
                self.lower[k] in ("and", "&", ",", "-", "'s", "for", "of", "the") and k > j and self._field_goes_on(k)
            ):
                k += 1
            else:
                break
        if (
            k == j
            and j < self.size
            and self.flags[j] & TITLE
            and j not in self.taken
            and self.words[j] not in self.rules.stops
        ):
            run = j
            while (
                run < self.size and self.flags[run] & TITLE and run not in self.taken and not self.tokens.gap[run] > 1
            ):
                run += 1
            # an unknown field ends where no name follows: "Minister for Harbours, Miriam Okello"
            if run < self.size and (self.words[run] == "," or self.lower[run] == "of") and run - j <= 4:
                return run
        return k

    def _field_goes_on(self, k: int) -> bool:
        n = k + 1
        while n < self.size and self.lower[n] in ("the", "and", "of"):
            n += 1
        return (
            n - k <= 3
            and n < self.size
            and self.words[n] in self.rules.portfolio
            and n not in self.bodies
            and not self._is_head(n)
        )

    def _is_head(self, n: int) -> bool:
        return self.words[n] in ("Minister", "President", "Secretary", "Chairman", "Head", "Director")

    def _list_tail(self, k: int) -> int:
        """The end of ", African Cooperation, and Expatriates": a comma list of fields."""
        n = k
        last = 0
        while n < self.size and (
            self.words[n] in (",", "and")
            or self.words[n] in self.rules.portfolio
            or (n in self.states and self.states[n].data.adjective)
        ):
            if self.words[n] in self.rules.portfolio and not self._is_head(n):
                last = n + 1
            n += 1
        return last if last and any(self.words[x] == "and" for x in range(k, last)) else 0

    # names beside offices

    def _beside(self, offices: list[Office]) -> None:
        by_start = {o.start: o for o in offices}
        n = 0
        while n < len(offices):
            chain = [offices[n]]
            while (following := self._next_in_chain(chain[-1], by_start)) is not None:
                chain.append(following)
            n += len(chain)
            self._name_chain(chain)

    def _next_in_chain(self, office: Office, by_start: dict[int, Office]) -> Office | None:
        """The office coordinated with one before: "Deputy Prime Minister, Minister for Ports"."""
        k = office.end
        if k < self.size and self.words[k] in (",", "and", "&"):
            k += 1
            if k < self.size and self.lower[k] == "and":
                k += 1
            if k < self.size and self.lower[k] == "the":
                k += 1
            found = by_start.get(k)
            if found is not None and not found.plural and not office.plural:
                return found
        return None

    def _name_chain(self, chain: list[Office]) -> None:
        last = chain[-1]
        if last.plural:
            self._plural_list(last)
            return
        name = self._name_after(last.end, lower=last.lower)
        if name is None:
            name = self._name_before(chain[0].start)
        if name is not None:
            self.names.append(name)
            if not (last.state or last.organization):
                chain[-1] = self._owner_behind(name, last)
            for office in chain:
                self.held.append((name, office))

    def _owner_behind(self, name: _Name, office: Office) -> Office:
        """The state or body behind the name: "President Okello of Kenya"."""
        if self.lower[name.end : name.end + 1] != ["of"]:
            return office
        j = name.end + 2 if self.lower[name.end + 1 : name.end + 2] == ["the"] else name.end + 1
        if (body := self.bodies.get(j)) is not None:
            return office._replace(organization=(body.start, body.end))
        state = self.states.get(j)
        return office._replace(state=state.key) if state is not None else office

    def _plural_list(self, office: Office) -> None:
        """Reads "Presidents A of Kenya and B of Uganda", "Foreign Ministers A, B and C"."""
        k = office.end
        last: tuple[_Name, Office] | None = None
        while k < self.size:
            name = self._name_after(k, lower=office.lower)
            if name is None:
                break
            state = body = None
            end = name.end
            if end < self.size - 1 and self.lower[end] == "of":
                j = end + 2 if self.lower[end + 1] == "the" else end + 1
                if j in self.states:
                    state, end = self.states[j].key, self.states[j].end
                elif j in self.bodies:
                    body, end = (self.bodies[j].start, self.bodies[j].end), self.bodies[j].end
            elif end < self.size - 2 and self.words[end] == "(" and end + 1 in self.states:
                state, end = self.states[end + 1].key, self.states[end + 1].end + 1
            last = (
                name,
                office._replace(state=state or office.state, organization=body or office.organization, plural=False),
            )
            self.names.append(name)
            self.held.append(last)
            k = end
            while k < self.size and self.lower[k] in (",", "and"):
                k += 1
            if k == end:
                break

    def _name_after(self, k: int, lower: bool) -> _Name | None:
        """The name behind an office, past a comma, honorifics and "the Hon"."""
        j = k
        if j < self.size and self.words[j] == "(" and j + 2 < self.size and self.words[j + 2] == ")":
            j += 3
        comma = j < self.size and self.words[j] == ","
        if comma:
            j += 1
        address = self._past_honorifics(j)
        end = self._run(address)
        if end == address or (self.tokens.gap[j : j + 1] and self.tokens.gap[j] > 1):
            return None
        if comma and address == j and end - address < 2:
            return None
        if comma and address == j and not self._closed(address, end):
            return None
        if lower and address == j and end - address < 2 and self.words[address] not in self.rules.given:
            return None
        return _Name(address, end, "person.office-before")

    def _closed(self, start: int, end: int) -> bool:
        """Whether a name behind a comma is in apposition: a comma, a verb or the end follows it."""
        after = self.words[end] if end < self.size else "."
        return (
            after in (",", ".", ";", ")", ":") or self.words[start] in self.rules.given or bool(self.flags[end] & LOWER)
        )

    def _name_before(self, k: int) -> _Name | None:
        """Reads "Miriam Okello, Minister of Water": the name before a comma and an office."""
        j = k
        if j > 0 and self.lower[j - 1] in ("the", "a", "an", "former", "then"):
            j -= 1
        if (j > 1 and self.lower[j - 1] in ("as", "is")) or (j > 1 and self.words[j - 1] in ("(", "–")):
            j -= 1
            return self._run_back(j) if self.words[j] in ("(",) or self.lower[j] == "as" else None
        if j > 1 and self.words[j - 1] == ",":
            return self._run_back(j - 1)
        if self.words[k] in ("MP", "Senator") and j == k:
            return self._run_back(k)
        return None

    def _run_back(self, end: int) -> _Name | None:
        k = end
        while k > 0 and self._name_word(k - 1, k < end) and not self.tokens.gap[k] > 1 and end - k < 7:
            k -= 1
        while k < end and ((self.words[k] in self.rules.particles and self.words[k].islower()) or self.words[k] == "-"):
            k += 1
        if k < end and self.words[k] in self.rules.stops:
            k += 1
        k = self._past_honorifics(k) if k < end else k
        if end - k < 2 and k not in self.honorifics.values():
            return None
        return _Name(k, end, "person.office-after") if k < end else None

    def _past_honorifics(self, j: int) -> int:
        while j in self.honorifics or (j < self.size and self.lower[j] == "the" and j + 1 in self.honorifics):
            j = self.honorifics[j] if j in self.honorifics else self.honorifics[j + 1]
            if j < self.size and self.words[j] == ".":
                j += 1
            if j < self.size and self.words[j] == ",":
                j += 1
        return j

    # the name itself

    def _name_word(self, i: int, inside: bool) -> bool:
        if i < 0 or i >= self.size or (i in self.taken and not self._also_name(i)) or i in self.dated:
            return False
        word = self.words[i]
        if word in self.rules.stops or (word in self.rules.titles and word not in self.rules.given):
            return False
        if word in self.rules.particles or word in ("-", "'"):
            return inside
        flag = self.flags[i]
        if not flag & CAPITAL:
            return False
        return bool(flag & ALPHA) or ("." in word and len(word) <= 5) or "'" in word

    def _also_name(self, i: int) -> bool:
        """Whether a state's name may be a person's ("Chad", "Jordan"): before another capitalised word."""
        return (
            i in self.states
            and self.words[i] in ("Chad", "Jordan", "Georgia", "Israel")
            and i + 1 < self.size
            and bool(self.flags[i + 1] & TITLE)
            and i + 1 not in self.taken
        )

    def _run(self, j: int) -> int:
        """The end of the name that begins at word `j`; `j` if none does."""
        if j >= self.size or (
            not self._name_word(j, False)
            and not (self.words[j] in self.rules.particles and self._name_word(j + 1, True))
        ):
            return j
        k = j + 1
        while k < self.size and k - j < 9 and not self.tokens.gap[k] > 1:
            if self.tokens.gap[k] and self.tokens.block_of[k] != self.tokens.block_of[k - 1]:
                break
            word = self.words[k]
            if word in ("-", "'"):
                if not (
                    k + 1 < self.size
                    and self.tokens.start[k] == self.tokens.end[k - 1]
                    and self.tokens.start[k + 1] == self.tokens.end[k]
                ):
                    break
                k += 2
                continue
            if word in self.rules.particles and word[0].islower():
                if not self._name_word(k + 1, False) and self.words[k + 1 : k + 2] != ["-"]:
                    break
                k += 1
                continue
            if word == "," and self.words[k + 1 : k + 2] and self.words[k + 1] in ("Jr.", "Jr", "Sr.", "Sr"):
                k += 2
                continue
            if word in self.words[j:k] and len(word) > 2:
                break  # "Salim Haddad Haddad Salim": a caption runs into the text
            if not self._name_word(k, True) or (word in self.rules.title_words and self._starts_office(k)):
                break
            if self.words[k] in ("MP",):
                break
            k += 1
        while k > j and (self.words[k - 1] in ("-", "'") or self._decoration(j, k - 1)):
            k -= 1
        return k if self._is_name(j, k) else j

    def _decoration(self, j: int, i: int) -> bool:
        """Letters behind a name that are no part of it: "Miriam Okello AC CVO"."""
        word = self.words[i]
        if not (self.flags[i] & UPPER and 1 < len(word) <= 4 and word.isalpha()) or word in self.rules.particles:
            return False
        return any(self.flags[n] & TITLE and not self.flags[n] & UPPER for n in range(j, i))

    def _is_name(self, j: int, k: int) -> bool:
        """Whether the words are more than initials, and in a line of capitals begin with a known name."""
        whole = [
            n
            for n in range(j, k)
            if len(self.words[n]) > 2 or (not self.words[n].endswith(".") and len(self.words[n]) > 1)
        ]
        if not whole:
            return False
        if all(self.flags[n] & UPPER for n in whole) and self._capitals_around(j, k):
            return self.words[j].title() in self.rules.given or self.words[k - 1].title() in self.written
        return True

    def _capitals_around(self, j: int, k: int) -> bool:
        near = [
            n
            for n in (j - 2, j - 1, k, k + 1)
            if 0 <= n < self.size and self.flags[n] & ALPHA and len(self.words[n]) > 1
        ]
        return bool(near) and all(self.flags[n] & UPPER for n in near)

    def _starts_office(self, k: int) -> bool:
        return self.words[k] in self.rules.prefixes and self.words[k] not in self.rules.given

    # names by address and by given name

    def _addressed(self) -> None:
        """Reads "Mr. Okello", "H.E. Salim Haddad", "Sheikh Khalifa bin Rashid"."""
        covered = {i for n in self.names for i in range(n.start, n.end)}
        for start in self.honorifics:
            j = self._past_honorifics(start)
            if j in covered or start in covered:
                continue
            end = self._run(j)
            if end > j and not (
                self.words[start]
                in (
                    "U",
                    "Don",
                    "M.",
                    "General",
                    "Major",
                    "Marshal",
                    "Sir",
                    "Lady",
                    "HE",
                    "HM",
                    "HH",
                    "Captain",
                    "Dom",
                )
                and end - j < 2
            ):
                self.names.append(_Name(j, end, "person.honorific"))

    def _given(self) -> None:
        """A given name with capitalised words behind it."""
        covered = {i for n in self.names for i in range(n.start, n.end)}
        given = self.rules.given
        for i, word in enumerate(self.words):
            if word not in given or i in covered or (i in self.taken and not self._also_name(i)):
                continue
            if (
                i
                and self.flags[i - 1] & TITLE
                and not self.tokens.gap[i]
                and self.words[i - 1] not in self.rules.stops
                and i - 1 not in self.taken
            ):
                if (
                    self.words[i - 1] not in self.rules.title_words
                    and self.flags[i - 1] & ALPHA
                    and not self._opens(i - 1)
                ):
                    continue
            end = self._run(i)
            if end - i >= 2 and end - i <= 7:
                self.names.append(_Name(i, end, "person.given-name"))
                covered.update(range(i, end))

    def _opens(self, i: int) -> bool:
        return self.tokens.sentences[self.tokens.sentence_of[i]][0] == i

    # one person, several forms

    def _people(self) -> tuple[list[Mention], dict[int, str]]:
        names = sorted(set(self.names), key=lambda n: (n.start - n.end, *n))
        forms: dict[str, tuple[str, ...]] = {}
        mentions: dict[int, Mention] = {}
        keys: dict[int, str] = {}
        taken: set[int] = set()
        for name in names:
            span = range(name.start, name.end)
            if not taken.isdisjoint(span):
                continue
            taken.update(span)
            parts = _parts(self.words[name.start : name.end])
            key = self._same(parts, forms)
            if key is None:
                key = " ".join(parts)
                forms[key] = parts
            keys[name.start] = key
            mentions[name.start] = Mention(name.start, name.end, name.rule, key)
        self._repeat(forms, mentions, keys, taken)
        return sorted(mentions.values()), keys

    def _same(self, parts: tuple[str, ...], forms: dict[str, tuple[str, ...]]) -> str | None:
        """The person a form stands for: the same words, some of them with the surname, or family name first."""
        for key, known in forms.items():
            if parts == known or set(parts) == set(known):
                return key
            if len(parts) == 1:
                if parts[0] in (known[-1], known[0]):
                    return key
                if len(known) > 2 and parts[0] == known[-2] and len(known[-2]) > 3:
                    return key
            elif (set(parts) <= set(known) and (parts[-1] == known[-1] or parts[0] == known[0])) or (
                len(parts) >= 2 and parts[-1] == known[-1] and _nick(parts[0], known[0])
            ):
                return key
        return None

    def _repeat(
        self,
        forms: dict[str, tuple[str, ...]],
        mentions: dict[int, Mention],
        keys: dict[int, str],
        taken: set[int],
    ) -> None:
        """The full names and surnames wherever they come again."""
        surnames: dict[str, str] = {}
        for key, parts in forms.items():
            if len(parts) == 1 and key not in {m.key for m in mentions.values()}:
                continue
            last = parts[-1]
            if last in _SUFFIXES and len(parts) > 1:
                last = parts[-2]
            surnames.setdefault(last, key)
        printed = {key: self.words[m.start : m.end] for m in sorted(mentions.values(), reverse=True) for key in [m.key]}
        firsts: dict[str, list[tuple[list[str], str]]] = {}
        for key, words in printed.items():
            firsts.setdefault(words[0], []).append((words, key))
            if len(words) == 2:
                firsts.setdefault(words[1], []).append((words[::-1], key))
        for i, word in enumerate(self.words):
            if i in taken or not self.flags[i] & CAPITAL:
                continue
            for words, key in firsts.get(word, ()):
                if self.words[i : i + len(words)] == words and len(words) > 1:
                    self._add(i, i + len(words), "person.full-name", key, mentions, keys, taken)
                    break
            else:
                known = surnames.get(word.lower())
                if known is not None and self._alone(i):
                    self._add(i, i + 1, "person.surname", known, mentions, keys, taken)

    def _alone(self, i: int) -> bool:
        """Whether a surname stands by itself, not inside another name or a longer capitalised phrase."""
        if (i in self.taken and i not in self.states) or i in self.states or i in self.dated:
            return False
        if (
            i + 1 < self.size
            and self.flags[i + 1] & TITLE
            and not self.tokens.gap[i + 1]
            and self.words[i + 1] not in self.rules.stops
        ):
            if i + 1 not in self.taken and self.words[i + 1] not in self.rules.title_words:
                return False
        if i + 1 < self.size and self.words[i + 1] == "-" and self.tokens.start[i + 1] == self.tokens.end[i]:
            return False
        return not (i and self.words[i - 1] == "-" and self.tokens.end[i - 1] == self.tokens.start[i])

    def _add(
        self,
        start: int,
        end: int,
        rule: str,
        key: str,
        mentions: dict[int, Mention],
        keys: dict[int, str],
        taken: set[int],
    ) -> None:
        mentions[start] = Mention(start, end, rule, key)
        keys[start] = key
        taken.update(range(start, end))

    # offices of people

    def _roles(self, keys: dict[int, str]) -> dict[str, list[Role]]:
        roles: dict[str, list[Role]] = {}
        for name, office in self.held:
            key = keys.get(name.start)
            if key is None:
                continue
            role = Role(office.title, office.state, office.organization, (office.start, office.end))
            known = roles.setdefault(key, [])
            same = [k for k, r in enumerate(known) if r.title.lower() == role.title.lower()]
            if not same:
                known.append(role)
            elif all(known[k].state is None and known[k].organization is None for k in same) and (
                role.state or role.organization
            ):
                known[same[0]] = role
            elif (
                role.state
                and all(known[k].state != role.state for k in same)
                and not any(known[k].organization for k in same)
            ):
                known.append(role)
        return roles

    def _held_by(
        self,
        offices: list[Office],
        keys: dict[int, str],
        roles: dict[str, list[Role]],
        mentions: list[Mention],
    ) -> list[Office]:
        """The offices with whom they stand for: the name beside them, else the one person who holds such an office."""
        named = {office.start: keys.get(name.start) for name, office in self.held}
        result = []
        for office in offices:
            person = named.get(office.start) or self._holder(office, roles)
            result.append(office._replace(person=person))
        return result

    def _holder(self, office: Office, roles: dict[str, list[Role]]) -> str | None:
        title = office.title.lower()
        fits = [
            key
            for key, held in roles.items()
            for role in held
            if (
                role.title.lower() == title
                or (
                    title in ("minister", "secretary", "president", "deputy secretary")
                    and role.title.lower().startswith(title)
                )
            )
            and (not office.state or role.state in (None, office.state))
        ]
        exact = [
            key
            for key, held in roles.items()
            for r in held
            if office.state and r.state == office.state and r.title.lower() == title
        ]
        fits = list(dict.fromkeys(exact or fits))
        return fits[0] if len(fits) == 1 else None


_SUFFIXES = frozenset({"jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii"})


def _parts(words: list[str]) -> tuple[str, ...]:
    """The words of a name in lower case, hyphenated ones joined, for comparison."""
    parts: list[str] = []
    glue = False
    for word in words:
        if word in ("-", "'", ","):
            glue = word != ","
            continue
        if glue and parts:
            parts[-1] += "-" + word.lower()
        else:
            parts.append(word.lower())
        glue = False
    return tuple(parts)


def _nick(a: str, b: str) -> bool:
    """Whether one given name is an initial or a short form of the other ("Joe", "Joseph")."""
    return a[0] == b[0] and (len(a.rstrip(".")) == 1 or len(b.rstrip(".")) == 1 or a[:3] == b[:3])


@Language.factory("communique_people", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> People:
    """The factory of `communique_people`."""
    return People(nlp, rules)
