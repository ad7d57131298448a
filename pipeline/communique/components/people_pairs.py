"""Offices and the names beside them: before, behind, in lists, and tied by a verb."""

from __future__ import annotations

from communique.components.people_names import Names
from communique.components.people_rules import Name, Office
from communique.tokens import LOWER, Mention

_AND = ("and", "&")
_CLOSED = frozenset(
    {
        "and",
        "or",
        "in",
        "at",
        "on",
        "to",
        "for",
        "from",
        "with",
        "by",
        "during",
        "as",
        "who",
        "whose",
        "but",
        "under",
        "of",
    }
)
_OPENING = frozenset({"by", "on", "at", "under", "upon", "following", "after", "in", "with", "to", "pursuant"})
_AUXILIARIES = frozenset({"was", "were", "is", "has", "had", "will", "paid", "met", "visited", "arrived", "said"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "our", "new", "his", "her"})
_TIE = 5
_APPOSITION = 14
"""Words of an apposition at most."""


_MARKS = frozenset({"*", "**", "_", "__", "#", "-", "–", "•"})
"""Marks of layout around a signature."""
_SIGNATURE = 14
"""Words of the line of a signature, or of the office below it."""


class Pairs:
    """Finds the names that stand beside the offices of one text."""

    def __init__(self, names: Names, ties: dict[str, frozenset[str]]) -> None:
        self.names = names
        self.ties = ties
        self.words = names.words
        self.lower = names.lower
        self.size = names.size
        self.found: list[Name] = []
        self.held: list[tuple[Name, Office]] = []
        self._behind_comma: set[int] = set()

    def read(self, offices: list[Office]) -> None:
        """Read all names beside offices."""
        by_start = {o.start: o for o in offices}
        n = 0
        while n < len(offices):
            chain = [offices[n]]
            while (following := self._next_in_chain(chain[-1], by_start)) is not None:
                chain.append(following)
            n += len(chain)
            if chain[-1].plural:
                self._list(chain[-1])
            else:
                self._singular(chain)

    def _keep(self, name: Name, office: Office) -> None:
        self.found.append(name)
        self.held.append((name, office))

    def _next_in_chain(self, office: Office, by_start: dict[int, Office]) -> Office | None:
        """The office that one person holds besides: "Deputy Prime Minister, Minister for Ports"."""
        k = office.end
        if office.post and self.names.backward(office.start) is not None:
            return None
        comma = self.words[k : k + 1] == [","]
        k += comma
        both = self.lower[k : k + 1] != [] and self.lower[k] in _AND
        k += both
        if comma and not both and self.lower[k : k + 1] == ["the"] and (office.state or office.organization):
            k += 1
        found = by_start.get(k)
        if found is None or found.plural or office.plural or (self.names.apart(k) and not comma):
            return None
        if office.state and found.state and office.state != found.state:
            return None
        if comma and both and self._behind_a_name(office) and self._directly_behind(found) is not None:
            return None  # "Miriam Okello, Minister of Water, and Ambassador Salim Haddad"
        return found if self._coordinated(office, found, comma, both) else None

    def _behind_a_name(self, office: Office) -> bool:
        j = office.start
        return j > 1 and self.words[j - 1] == "," and self.names.backward(j - 1) is not None

    def _coordinated(self, office: Office, other: Office, comma: bool, both: bool) -> bool:
        """Whether two offices in a row are one person's: not "the President and Foreign Minister Okello"."""
        bare = not office.state and not office.organization and " " not in office.title
        owner_before = other.start in self.names.states or other.start in self.names.bodies
        if both:
            return not (bare and not other.organization) and (not owner_before or bool(office.organization))
        if self._indefinite(office):
            return False
        if comma and not other.post:
            after_the = office.start > 0 and self.lower[office.start - 1] == "the"
            return not (after_the and not office.state and not office.organization)
        return not owner_before

    def _indefinite(self, office: Office) -> bool:
        """Whether an office is any such one: "the visit of a Ugandan head of state"."""
        return office.start > 0 and self.lower[office.start - 1] in ("a", "an", "first")

    def _singular(self, chain: list[Office]) -> None:
        last = chain[-1]
        if last.post and (name := self.names.backward(last.start)) is not None:
            self._keep(name, last)
            return
        name = self._closing_a_line(chain)
        name = name or self._directly_behind(last) or self._in_apposition(chain) or self._below_a_name(chain[0])
        if name is None and (name := self._behind_the_comma(last)) is not None:
            self._behind_comma.add(name.start)
        if name is None:
            return
        if not (last.state or last.organization):
            chain[-1] = self._owner_behind(name, last)
        owner = chain[-1].state
        for office in chain:
            # "Deputy Prime Minister and Minister of Ports of Kenya": both are of Kenya
            shared = owner if not (office.state or office.organization or office.plural) else office.state
            self._keep(name, office._replace(state=shared))

    def _closing_a_line(self, chain: list[Office]) -> Name | None:
        """The name before offices that end their line, whoever the next line begins with."""
        end = chain[-1].end
        ends = end < self.size and self.names.tokens.gap[end] > 0 and end in self.names.honorifics
        return self._in_apposition(chain) if ends else None

    def _directly_behind(self, office: Office) -> Name | None:
        j = office.end
        if self.words[j : j + 1] == ["("] and self.words[j + 2 : j + 3] == [")"]:
            j += 3
        return self._name_at(j, office)

    def _name_at(self, j: int, office: Office) -> Name | None:
        if j < self.size and self.names.tokens.gap[j] > 1:
            return None
        address = self.names.past_honorifics(j)
        end = self.names.beside(address)
        if end == address or (office.plural and self.words[address].capitalize() in self.names.rules.bases):
            return None
        alone = address == j and end - address < 2
        if alone and office.lower and self.words[address] not in self.names.rules.given:
            return None
        return Name(address, end, "person.office-before")

    def _behind_the_comma(self, office: Office) -> Name | None:
        """The name in "the Foreign Minister of Kenya, Mr. Okello,"."""
        if self.words[office.end : office.end + 1] != [","]:
            return None
        if office.start and self.lower[office.start - 1] in self.ties["as"]:
            return None  # "A as chairman, B as deputy chairman"
        j = office.end + 1
        name = self._name_at(j, office)
        if name is not None and self._ends_adverbial(office, name):
            return None  # "By decree of the President, Salim Haddad was appointed judge"
        if name is None or name.start > j:
            return name
        after = self.words[name.end] if name.end < self.size else "."
        known = self.words[j] in self.names.rules.given
        if name.end - j < 2 or self.names.is_city(name.start, name.end):
            return None
        closed = known or after in (",", ".", ";", ")", ":") or bool(self.names.flags[name.end] & LOWER)
        return name if closed else None

    def _ends_adverbial(self, office: Office, name: Name) -> bool:
        """Whether the comma behind an office ends an opening phrase, and the name is the subject of the clause."""
        tokens = self.names.tokens
        first, last = tokens.sentences[tokens.sentence_of[office.start]]
        opens = self.lower[first] in _OPENING and "," not in self.words[first : office.start]
        return opens and name.end < last and self.lower[name.end] in _AUXILIARIES

    def _in_apposition(self, chain: list[Office]) -> Name | None:
        """Reads "Miriam Okello, Minister of Water," and "Miriam Okello (Minister of Water)"."""
        first, last = chain[0], chain[-1]
        j = first.start
        while j > 0 and self.lower[j - 1] in ("the", "a", "an", "then", "formerly", "now", "currently", "previously"):
            j -= 1
        mark = self.words[j - 1] if j > 1 else ""
        if mark not in (",", "(", "–"):
            return None
        name = self.names.backward(j - 1) or self._of_a_state(j - 1)
        if name is None or name.start in self._behind_comma:
            return None
        # "Minister of Ports Salim Haddad, Governor of …": the words of the other office are no name
        name = next((held for held, _ in self.held[-4:] if held.end == name.end and held.start > name.start), name)
        if any(n == name.start and s and last.state and s != last.state for n, s in self._states_held()):
            return None
        return name if mark == "(" or self._is_closed(name, last) else None

    def _below_a_name(self, office: Office) -> Name | None:
        """The name in the line above an office that opens its own: a signature and, below it, "President of Kenya"."""
        tokens = self.names.tokens
        number = tokens.block_of[office.start]
        block = tokens.blocks[number]
        first = next((i for i in range(block.text, block.end) if self.words[i] not in _MARKS), block.end)
        if not number or first != office.start or block.end - block.start > _SIGNATURE:
            return None
        above = tokens.blocks[number - 1]
        end = above.end
        while end > above.start and self.words[end - 1] in _MARKS:
            end -= 1
        name = self.names.backward(end) if above.end - above.start <= _SIGNATURE else None
        whole = name is not None and all(w in _MARKS for w in self.words[above.start : name.start])
        return name if whole else None

    def _of_a_state(self, k: int) -> Name | None:
        """The name in "Salim Haddad of Kenya, formerly Ambassador to Peru": what ends before "of Kenya"."""
        state = self.names.state_ends.get(k)
        if state is None or state.data.adjective:
            return None
        i = state.start - (self.lower[state.start - 1] == "the")
        return self.names.backward(i - 1) if self.lower[i - 1] == "of" else None

    def _states_held(self) -> list[tuple[int, str | None]]:
        return [(name.start, office.state) for name, office in self.held[-3:]]

    def _is_closed(self, name: Name, office: Office) -> bool:
        """Whether an apposition ends behind the office, so that the office is no subject of its own."""
        k = office.end
        if k >= self.size or not self.names.flags[k] & LOWER or self.lower[k] in _CLOSED:
            return True
        return self.names.opens(name.start)

    def _owner_behind(self, name: Name, office: Office) -> Office:
        """The state or body behind the name: "President Okello of Kenya", "Minister Okello (Kenya)"."""
        state, body, _ = self._owner(name.end)
        return office._replace(state=state, organization=body)

    def _owner(self, k: int) -> tuple[str | None, tuple[int, int] | None, int]:
        if self.lower[k : k + 1] == ["of"]:
            j = k + 2 if self.lower[k + 1 : k + 2] == ["the"] else k + 1
            if (body := self.names.bodies.get(j)) is not None:
                return None, (body.start, body.end), body.end
            if (state := self.names.states.get(j)) is not None:
                return state.key, None, state.end
        elif self.words[k : k + 1] == ["("] and (state := self.names.states.get(k + 1)) is not None:
            if self.words[state.end : state.end + 1] == [")"]:
                return state.key, None, state.end + 1
        return None, None, k

    def _list(self, office: Office) -> None:
        """Reads "Presidents A of Kenya and B of Uganda", "the Prime Ministers of Kenya and Uganda, A and B"."""
        states, k = self._states_before(office)
        if self.words[k : k + 1] in ([","], [":"], ["–"], ["-"]):
            k += 1
        listed: list[tuple[Name, str | None, tuple[int, int] | None]] = []
        while k < self.size and (name := self._name_at(k, office)) is not None:
            below = self.names.tokens.gap[k] and self.words[k].isupper()  # the next line of a heading
            if below or self.names.is_city(name.start, name.end):
                break
            state, body, end = self._owner(name.end)
            listed.append((name, state, body))
            if (following := self._of_another(end)) is not None:
                if len(listed) == 1 and len(states) == 1:
                    listed = [(name, states[0], body)]
                states, k = [*states, following[0]], following[1]
                continue
            k = end
            while k < self.size and self.lower[k] in (",", *_AND):
                k += 1
            if k == end:
                break
        for n, (name, state, body) in enumerate(listed):
            own = states[n] if len(states) == len(listed) else office.state if len(states) < 2 else None
            owner = body or (None if state else office.organization)
            self._keep(name, office._replace(state=state or own, organization=owner, plural=False))

    def _of_another(self, k: int) -> tuple[str, int] | None:
        """Reads "; and of the Republic of Peru, NAME": the state, and where the name begins."""
        if self.words[k : k + 1] not in ([";"], [","]):
            return None
        k += 1
        k += self.lower[k : k + 1] == ["and"]
        if self.lower[k : k + 1] != ["of"]:
            return None
        k += 2 if self.lower[k + 1 : k + 2] == ["the"] else 1
        state = self.names.states.get(k)
        if state is None or self.words[state.end : state.end + 1] != [","]:
            return None
        return state.key, state.end + 1

    def _states_before(self, office: Office) -> tuple[list[str], int]:
        """The states of a plural office, and where they end: "the Presidents of Kenya and Uganda"."""
        states = self.names.states
        inside = [m.key for s, m in states.items() if office.start <= s < office.end]
        k = office.end
        while inside and k < self.size and self.lower[k] in (",", *_AND):
            j = k + 1
            while j < self.size and self.lower[j] in (*_AND, "the"):
                j += 1
            if j not in states:
                break
            inside.append(states[j].key)
            k = states[j].end
        return inside, k

    # offices tied to a name by a verb

    def tie(self, offices: list[Office], mentions: list[Mention]) -> None:
        """Read "Okello serves as Minister of Water", "Okello remains the mayor", "appointed Okello Minister"."""
        held = {office.start for _, office in self.held}
        ends = {m.end: m for m in mentions}
        starts = {m.start: m for m in mentions}
        for office in offices:
            if office.start in held or office.title.startswith("first "):
                continue
            if office.plural:
                self._as_members(office, ends)
            elif (tied := self._tied(office, ends, starts)) is not None:
                self._hold(tied, office)

    def _hold(self, m: Mention, office: Office) -> None:
        if not office.state and not office.organization:
            office = self._whole(office)._replace(organization=self._comprising(office))
        self.held.append((Name(m.start, m.end, m.rule), office))

    def _tied(self, office: Office, ends: dict[int, Mention], starts: dict[int, Mention]) -> Mention | None:
        i = office.start
        while i > 0 and self.lower[i - 1] in _DETERMINERS:
            i -= 1
        if i in ends and i == office.start:
            if not office.lower or self._appointed(ends[i].start):
                return ends[i] if self._appointed(ends[i].start) else None
        word = self.lower[i - 1] if i else ""
        if word in self.ties["as"]:
            return self._name_back(i - 1, ends)
        k = i
        while k > 0 and self.lower[k - 1] in self.ties["between"]:
            k -= 1
        if k > 0 and self.lower[k - 1] in self.ties["be"]:
            return self._name_back(k - 1, ends)
        return self._subject(office, starts)

    def _name_back(self, k: int, ends: dict[int, Mention]) -> Mention | None:
        """The name before word `k`, past words that may stand in a tie."""
        for _ in range(_TIE):
            if k in ends:
                return ends[k]
            if self.words[k - 1] == "," and (before := self._before_apposition(k - 1, ends)) is not None:
                return before
            if k < 1 or not (self.lower[k - 1] in self.ties["between"] or self.lower[k - 1] in self.ties["be"]):
                return None
            k -= 1
        return None

    def _before_apposition(self, comma: int, ends: dict[int, Mention]) -> Mention | None:
        """The name before "…, former Minister of Ports," that ends at a comma."""
        first, _ = self.names.tokens.sentences[self.names.tokens.sentence_of[comma]]
        for k in range(comma - 1, max(first, comma - _APPOSITION), -1):
            if self.words[k] == ",":
                return ends.get(k)
        return None

    def _appointed(self, start: int) -> bool:
        """Whether a verb of appointing stands before the name, past an honorific."""
        return any(word in self.ties["appoint"] for word in self.lower[max(0, start - 3) : start])

    def _subject(self, office: Office, starts: dict[int, Mention]) -> Mention | None:
        """Reads "the Head of the Mission will be General Haddad": the office first."""
        k = office.end
        while k < self.size and self.lower[k] in self.ties["between"]:
            k += 1
        if self.lower[k : k + 1] == [] or self.lower[k] not in self.ties["be"]:
            return None
        k += 1
        while k < self.size and (self.lower[k] in self.ties["between"] or self.lower[k] in self.ties["be"]):
            k += 1
        return starts.get(self.names.past_honorifics(k))

    def _as_members(self, office: Office, ends: dict[int, Mention]) -> None:
        """Reads "A, B and C as members": each is one."""
        if office.start == 0 or self.lower[office.start - 1] not in self.ties["as"]:
            return
        k = office.start - 1
        while (m := ends.get(k)) is not None:
            self._hold(m, office._replace(plural=False))
            k = m.start
            while k > 0 and (self.lower[k - 1] in (",", *_AND) or k - 1 in self.names.honorifics):
                k -= 1

    def _comprising(self, office: Office) -> tuple[int, int] | None:
        """The body whose members a sentence tells: "The Council comprises A as chairman"."""
        tokens = self.names.tokens
        start, _ = tokens.sentences[tokens.sentence_of[office.start]]
        for body in tokens.found.get("organization", ()):
            if start <= body.start < office.start and self.lower[body.end] in self.ties["comprise"]:
                return body.start, body.end
        return None

    def _whole(self, office: Office) -> Office:
        """The office with what it is of in lower case: "commander of the border guards"."""
        k = office.end
        if self.lower[k : k + 1] != ["of"]:
            return office
        k = k + 2 if self.lower[k + 1 : k + 2] == ["the"] else k + 1
        end = k
        while end < self.size and end - k < 3 and self.words[end].isalpha() and self.lower[end] not in _CLOSED:
            end += 1
        if end == k:
            return office
        title = f"{office.title} {self.names.tokens.join(office.end, end)}"
        return office._replace(end=end, title=title)
