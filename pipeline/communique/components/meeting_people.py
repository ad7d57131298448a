"""Who took part in a meeting, or in whose name a statement is made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from communique.components.meeting_scene import Name, Ref, Scene
from communique.tokens import ALPHA, CAPITAL

_FIRST_NAME, _NEXT_NAME = 14, 6
"""Words that may stand before the first of several names, and between them."""
_SIGNED = 4
"""Words of a line that introduces the signatures."""
_SIGNERS = 60
"""Lines at a text's end in which signatures may stand."""
_LATER = 30
"""Sentences in which a list of those present may still come."""


class Participants:
    """Finds the participants of a text's meeting, or the authors of its statement."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tokens = scene.tokens

    def told(self) -> list[tuple[int, int]]:
        """The sentences of the opening that tell that they met."""
        return [s for s in self.scene.head if self._tells(s)]

    def _tells(self, s: tuple[int, int]) -> bool:
        if self.scene.marks(*s, "absent") and not self.scene.marks(*s, "call", "took-part"):
            return False
        if self.scene.marks(*s, "took-part", "call", "visit") or self.receives(*s):
            return True
        return bool(self.scene.marks(*s, "held", "beside") and self.scene.marks(*s, "event", "talks"))

    def receives(self, start: int, end: int) -> bool:
        """Whether one person receives another: "President Okello welcomed Prime Minister Haddad to Harrow"."""
        for mark in self.scene.marks(start, end, "received"):
            host = any(n.ref[0] == "person" for n in self.scene.within(start, mark.start))
            guest = next((n for n in self.scene.within(mark.end, end) if n.ref[0] == "person"), None)
            if host and guest is not None and all(self._titles(i) for i in range(mark.end, guest.start)):
                return True
        return False

    def _titles(self, i: int) -> bool:
        """Whether a word can stand between a verb and the name of its object, in the name's title."""
        t = self.tokens
        return bool(t.flags[i] & CAPITAL) or t.lower[i] in ("the", "his", "her", "of", "and", "counterpart", ",", "for")

    def of_meeting(self, told: list[tuple[int, int]], ceremony: bool = False) -> tuple[Ref, ...]:
        """Those who met, by the sentences that tell it, by lists of those present and by a transcript's speakers."""
        refs: dict[Ref, None] = {}
        for start, end in told:
            self._add(refs, start, end)
            if (name := self._pronoun(start, end)) is not None:
                refs.setdefault(name.ref)
        for start, end in self._lists():
            people = [n for n in self.scene.within(start, end) if n.ref[0] == "person"]
            if not people or self._attendance(start, end):
                self._add(refs, start, end)
            refs.update(dict.fromkeys(n.ref for n in people))
        for name in self._speakers():
            refs.setdefault(name.ref)
        if ceremony:
            refs.update(self._signatories())
        refs = {**self._deciders(), **refs}
        if not refs:
            refs = self._authors()
        if not refs:
            refs = self._subject()
        return self._represented(refs or self._between() or self._sides() or self._members())

    def of_transcript(self) -> tuple[Ref, ...]:
        """The speakers of a transcript, with whom its heading and first sentences name; two at least."""
        refs = dict.fromkeys(name.ref for name in self._speakers())
        if refs:
            for start, end in self.scene.head[:2]:
                refs.update(dict.fromkeys(n.ref for n in self.scene.within(start, end) if n.ref[0] == "person"))
        return tuple(refs) if len(refs) > 1 else ()

    def of_statement(self) -> tuple[Ref, ...]:
        """Those in whose name a statement is made without a meeting: one alone makes no joint statement."""
        authors = self._authors()
        for refs in (authors, self._signatures(), self._subject(), self._between()):
            if len(found := self._represented(refs)) > 1:
                return found
        return tuple(authors) if any(kind == "organization" for kind, _ in authors) else ()

    # sentences that tell who met

    def _add(self, refs: dict[Ref, None], start: int, end: int) -> None:
        named = list(self._open(start, end))
        series = self._in_series(named)
        people = [name for name in named if name.ref[0] == "person"]
        first = people[0].start if people else -1
        for name in named:
            if name.ref[0] == "state" and (self._led(name) or self.tokens.words[name.end : name.end + 1] == ["'s"]):
                continue
            alone = name.ref[0] == "organization" and name not in series and not self._follows(name, "with")
            if name.ref[0] == "person" or not (alone or (name.start < first and name not in series)):
                refs.setdefault(name.ref)

    def _led(self, name: Name) -> bool:
        """Whether the person who leads a state's delegation is told behind it: "Kenya, led by Minister Okello"."""
        words = self.tokens.lower[name.end : name.end + 4]
        k = words.index("by") if "by" in words else -1
        if k < 1 or words[k - 1] not in ("led", "headed", "represented"):
            return False
        return any(n.ref[0] == "person" for n in self.scene.within(name.end + k, name.end + k + 12))

    def _pronoun(self, start: int, end: int) -> Name | None:
        """Whom "he" stands for: "Speaking at the summit, he …": who is named first in the sentence before."""
        t = self.tokens
        number = t.sentence_of[start]
        alone = not any(n.ref[0] == "person" for n in self.scene.within(start, end))
        if not number or not alone or not {"he", "she"} & set(t.lower[start:end]):
            return None
        return next((n for n in self.scene.within(*t.sentences[number - 1]) if n.ref[0] == "person"), None)

    def _open(self, start: int, end: int) -> Iterator[Name]:
        """The names that can be those who met: no place, no subject of the talks; people may stand behind "at"."""
        at = {n.start: n for n in self.scene.within(start, end) if not n.adjective}
        marks = self.scene.marks(start, end, "took-part", "held")
        mark = marks[0].start if marks else end
        state, i, names = "open", start, 0
        while i < end:
            if (name := at.get(i)) is not None:
                names += 1
                if state == "open" or (state == "closed" and name.ref[0] == "person"):
                    yield name
                i = max(name.end, i + 1)
                continue
            low = self.tokens.lower[i]
            if state != "shut" or low in ("were", "was", ":"):
                state, names = self._after(low, i, state, names, i < mark)
            i += 1

    def _after(self, low: str, i: int, state: str, names: int, before: bool) -> tuple[str, int]:
        """Whether names behind word `i` can be those who met; `before` the verb a comma ends an adverbial."""
        t = self.tokens
        if low == "to" and i + 1 < len(t):
            return ("closed" if t.flags[i + 1] & CAPITAL or t.lower[i + 1] in ("the", "his", "her") else "shut"), 0
        if low in self.scene.lexicon["shuts"]:
            return "shut", 0
        if low in self.scene.lexicon["opens"]:
            return "open", 0
        if low == "on":
            dated = any(m.start in (i + 1, i + 2) for m in t.found.get("date", ()))
            return ("closed" if dated or self.scene.marks(i, i + 1, "occasion") else "shut"), 0
        if low in self.scene.lexicon["closes"]:
            return "closed", 0
        if low == "," and state == "closed" and before and (not names or t.lower[i + 1 : i + 2] == ["the"]):
            return "open", 0
        return state, names

    def _in_series(self, named: list[Name]) -> set[Name]:
        """The names that stand beside another one: "Kenya, Uganda and the Lake Council"."""
        found: set[Name] = set()
        for a, b in itertools.pairwise(named):
            between = self.tokens.lower[a.end : b.start]
            if len(between) <= _NEXT_NAME and ({",", "and", "&"} & set(between)):
                found |= {a, b}
        return found

    def _follows(self, name: Name, word: str) -> bool:
        return word in self.tokens.lower[max(0, name.start - 5) : name.start]

    def _lists(self) -> Iterator[tuple[int, int]]:
        """Lists of those present: items below "Present were:", later sentences that tell who attended."""
        t = self.tokens
        for block in t.blocks:
            if block.kind == "item" and block.chapeau >= 0 and not self._told_as_act(block.text):
                chapeau = t.blocks[block.chapeau]
                signed = chapeau.end - chapeau.start <= _SIGNED and "signed" in t.lower[chapeau.start : chapeau.end]
                if signed or self.scene.marks(chapeau.start, chapeau.end, "took-part", "beside"):
                    yield block.start, block.end
        for start, end in t.sentences[len(self.scene.head) : _LATER]:
            tells = self.scene.marks(start, end, "took-part") and self.scene.marks(start, end, "event", "talks")
            if not tells or self._quoted(start, end):
                continue
            people = sum(n.ref[0] == "person" for n in self.scene.within(start, end))
            other = self.scene.marks(start, end, "passing", "absent")
            if self._attendance(start, end) or (people > 1 and not other):
                yield start, end

    def _told_as_act(self, first: int) -> bool:
        """Whether an item begins with a verb and so tells what was done: "– Signed the protocol"."""
        return self.tokens.lower[first].endswith("ed") or self.tokens.lower[first] in ("took", "gave", "made", "held")

    def _deciders(self) -> dict[Ref, None]:
        """The states that the first sentences tell to have agreed or signed together: "Kenya and Uganda agreed …"."""
        for decision in self.tokens.decisions:
            if decision.sentence[0] >= self.scene.limit:
                break
            if decision.status == "taken" and len(decision.actors) > 1 and decision.done:
                spans = [(a.start, a.end) for a in decision.actors]
                refs = dict.fromkeys(n.ref for span in spans for n in self.scene.within(*span) if not n.adjective)
                if len(refs) == len(spans) and all(kind == "state" for kind, _ in refs):
                    return refs
        return {}

    def _signatories(self) -> dict[Ref, None]:
        """Those who signed or launched what a ceremony was held for, by the decisions of the opening."""
        acts = [d for d in self.tokens.decisions if d.act in ("sign", "establish") and d.status == "taken"]
        spans = [(a.start, a.end) for d in acts if d.sentence[0] < self.scene.limit for a in d.actors]
        named = [n for start, end in spans for n in self.scene.within(start, end)]
        people = [n for n in named if n.ref[0] == "person"]
        return dict.fromkeys(n.ref for n in people or named if n.ref[0] != "organization")

    def _attendance(self, start: int, end: int) -> bool:
        """Whether a sentence is about who was there: "The meeting was attended by the Presidents of …"."""
        t = self.tokens
        marks = self.scene.marks(start, end, "took-part")
        return any(t.lower[h.end - 1] == "by" and h.start - start < _FIRST_NAME for h in marks)

    def _quoted(self, start: int, end: int) -> bool:
        return '"' in self.tokens.words[start:end]

    def _speakers(self) -> Iterator[Name]:
        """The speakers of a transcript: "President of Kenya Salim Haddad: Colleagues, …"."""
        t = self.tokens
        ending = {o.end: o for o in reversed(t.offices)}
        starting = {o.start: o for o in reversed(t.offices)}
        for name in self.scene.names:
            if name.ref[0] != "person" or name.end >= len(t):
                continue
            before = ending.get(name.start - 1) or ending.get(name.start)
            behind = starting.get(name.end)
            begin, end = before.start if before else name.start, behind.end if behind else name.end
            speaks = t.words[end : end + 1] in ([":"], ["("]) and ":" in t.words[end : end + 4]
            led = begin > 0 and t.lower[begin - 1] in ("to", "by", "from")
            if speaks and not led and (before or behind or begin - self.scene.sentence(begin)[0] <= 1):
                yield name

    # statements

    def _authors(self) -> dict[Ref, None]:
        """In whose name a statement is made: behind "Statement by", "We, the leaders of", "released by"."""
        t = self.tokens
        for start, end in ([t.title] if t.title is not None else []) + self.scene.head[:5]:
            for cue in self.scene.marks(start, end, "author"):
                refs = self._named_on(cue.end, end)
                if refs:
                    return refs
        return {}

    def _signatures(self) -> dict[Ref, None]:
        """Those whose names stand in lines of their own below a statement."""
        t = self.tokens
        if "we" not in t.lower or len(t.blocks) < 4:
            return {}
        found: dict[Ref, None] = {}
        for block in t.blocks[-_SIGNERS:]:
            names = [n for n in self.scene.within(block.start, block.end) if n.ref[0] == "person"]
            words = sum(bool(flag & ALPHA) for flag in t.flags[block.start : block.end])
            if len(names) == 1 and words <= names[0].end - names[0].start + 1:
                found.setdefault(names[0].ref)
        return found

    def _named_on(self, start: int, end: int) -> dict[Ref, None]:
        """The names that follow one another from a word on: "We, the leaders of Kenya, Uganda and the Council"."""
        found: dict[Ref, None] = {}
        last, reach = start, _FIRST_NAME
        for name in self._open(start, end):
            if name.ref[0] == "organization" and self._members_told(name.end):
                continue
            if sum(bool(flag & ALPHA) for flag in self.tokens.flags[last : name.start]) > reach:
                break
            found.setdefault(name.ref)
            last, reach = name.end, _NEXT_NAME
        return found

    def _members_told(self, end: int) -> bool:
        """Whether the states of a body's leaders are told behind it: "the G7 foreign ministers of Canada, France …"."""
        words = self.tokens.lower[end : end + 4]
        of = words.index("of") if "of" in words else -1
        if of < 1 or not self.scene.lexicon["members"] & set(words[:of]):
            return False
        k = end + of + 1
        return any(n.ref[0] == "state" for n in self.scene.within(k, k + 2))

    def _subject(self) -> dict[Ref, None]:
        """The states and bodies that open a statement: "The governments of Kenya and Uganda reaffirmed …"."""
        for start, end in self.scene.head[:4]:
            if self.tokens.title is not None and start < self.tokens.title[1]:
                continue
            named = [n for n in self._open(start, end) if n.start - start <= _FIRST_NAME]
            refs = self._named_on(named[0].start, end) if named else {}
            if len(refs) > 1:
                return refs
        return {}

    def _between(self) -> dict[Ref, None]:
        """Those between whom something is: "our commitment to cooperation between Kenya and Uganda"."""
        for start, end in self.scene.head[:3]:
            between = next((i for i in range(start, end) if self.tokens.lower[i] == "between"), end)
            refs = self._named_on(between + 1, end)
            if len(refs) > 1:
                return refs
        return {}

    def _sides(self) -> dict[Ref, None]:
        """The states that a text's minutes call sides: "The Kenyan Side undertook …, the Palauan Side …"."""
        t = self.tokens
        found = {
            n.ref: None
            for n in self.scene.names
            if n.ref[0] == "state" and n.adjective and t.lower[n.end : n.end + 1] in (["side"], ["party"], ["sides"])
        }
        return found if len(found) == 2 else {}

    def _members(self) -> dict[Ref, None]:
        """A body whose leaders act in its name, or that met, where nobody else is told: "G20 leaders"."""
        t = self.tokens
        for start, end in self.scene.head:
            for name in self.scene.within(start, end):
                if name.ref[0] != "organization":
                    continue
                after = t.lower[name.end : name.end + 3]
                acts = self.scene.lexicon["members"] & set(after[:2]) or after[:1] in (
                    ["met"],
                    ["today"],
                    ["held"],
                    ["convened"],
                )
                if acts:
                    return {name.ref: None}
        return {}

    # people for states

    def _represented(self, refs: dict[Ref, None]) -> tuple[Ref, ...]:
        """People instead of the states they stand for: a state that one of its leaders represents is not listed."""
        leaders: dict[str, list[Ref]] = {}
        for key, roles in self.tokens.roles.items():
            for role in roles:
                if role.state and not role.title.lower().startswith("former"):
                    leaders.setdefault(role.state, []).append(("person", key))
        result: dict[Ref, None] = {}
        for ref in refs:
            found = [] if ref[0] != "state" else leaders.get(ref[1], [])
            if any(r in refs for r in found):
                continue
            result.setdefault(found[0] if len(found) == 1 else ref)
        return tuple(result)
