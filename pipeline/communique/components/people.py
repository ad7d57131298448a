"""People and their offices.

A name needs evidence: an office or honorific beside it, a common given name, or the name given in full elsewhere in
the text. Offices are read structurally: a head ("Minister"), the words that belong to it before and behind
("Deputy", "of Foreign Affairs and Trade"), and the state or body it belongs to ("of Kenya", "Kenyan", "NATO").
"""

from __future__ import annotations

from spacy.language import Language

from communique.components.base import Component
from communique.components.decisions import VerbRule
from communique.components.meeting_scene import CityRule
from communique.components.people_forms import Forms, holder, roles_of
from communique.components.people_names import Names, Words, is_letter
from communique.components.people_offices import Head, Offices
from communique.components.people_pairs import Pairs
from communique.components.people_rules import (
    GivenNameRule,
    HonorificRule,
    Name,
    NameStopRule,
    Office,
    OfficeRule,
    OfficeVerbRule,
    OfficeWordRule,
    ParticleRule,
)
from communique.matching import Gazetteer
from communique.tokens import ALPHA, CAPITAL, POINTED, TITLE, UPPER, Tokens

_FULL = 7
_SIDES = frozenset({"side", "delegation", "party"})
_PRESENT = frozenset({"were", "was", "present", "participated", "attended", "attending", "taking", "included", ":"})
_ATTEND = (["attended"], ["were"], ["participated"], ["also"], ["took"], ["joined"])
_SPEAKS = frozenset({"said", "says", "told", "added", "argued", "replied", "who"})
_PATRONYMICS = ("ovich", "evich", "ovna", "evna", "ichna")


class People(Component):
    """Finds the people of a text and their offices."""

    models = (
        OfficeRule, OfficeWordRule, OfficeVerbRule, HonorificRule, ParticleRule, NameStopRule, GivenNameRule,
        CityRule, VerbRule,
    )  # fmt: skip

    def build(self) -> None:
        self._heads: Gazetteer[Head] = Gazetteer(self.nlp)
        offices = self.read(OfficeRule)
        for rule in offices:
            head = Head(rule.title, False, rule.post, rule.sent, rule.id)
            self._heads.add(head, [rule.title])
            if rule.plural:
                self._heads.add(head._replace(plural=True), [rule.plural])
        self._heads_of: dict[str, str] = {r.title.lower(): r.heads for r in offices if r.heads}
        self._ties: dict[str, frozenset[str]] = {}
        for verb in self.read(OfficeVerbRule):
            self._ties[verb.role] = self._ties.get(verb.role, frozenset()) | frozenset(verb.words)
        self._words = self._lists(frozenset(r.title for r in offices if " " not in r.title))

    def _lists(self, titles: frozenset[str]) -> Words:
        words = self.read(OfficeWordRule)
        honorifics: Gazetteer[str] = Gazetteer(self.nlp)
        for rule in self.read(HonorificRule):
            honorifics.add(rule.id, rule.words)
        self._places = frozenset(w for r in self.read(NameStopRule) if r.place for w in r.words)
        self._full_only = frozenset(w for r in self.read(HonorificRule) if r.full_name for w in r.words)
        stops = self.read(NameStopRule)
        names = self.read(GivenNameRule)
        given = frozenset(n for r in names if not r.states for n in r.names)
        return Words(
            prefixes=frozenset(w for r in words if r.role == "prefix" for w in r.words),
            portfolio=frozenset(w for r in words if r.role == "portfolio" for w in r.words),
            units=frozenset(w for r in words if r.role == "unit" for w in r.words),
            territories=frozenset(w for r in words if r.role == "territory" for w in r.words),
            honorifics=honorifics,
            particles=frozenset(w for r in self.read(ParticleRule) for w in r.words),
            stops=frozenset(w for r in stops for w in r.words),
            inside=frozenset(w for r in stops if r.inside for w in r.words),
            titles=titles,
            given=given,
            cities=frozenset(n for r in self.read(CityRule) for n in r.names) - given,
            state_names=frozenset(n for r in names if r.states for n in r.names),
            surnames=frozenset(w for r in stops if r.surname for w in r.words),
            verbs=frozenset(f.capitalize() for v in self.read(VerbRule) for f in (v.third, v.past)) - given,
            bases=frozenset(v.base.capitalize() for v in self.read(VerbRule)) - given,
        )

    def find(self, tokens: Tokens) -> None:
        names = Names(self._words, tokens)
        offices = list(Offices(self._heads, names))
        pairs = Pairs(names, self._ties)
        pairs.read(offices)
        found = pairs.found
        found += self._addressed(names, found, frozenset(office.start for office in offices))
        found += self._given(names, found)
        found += self._initialled(names, found)
        found += self._appointed(names, found)
        found += self._counterparts(names, found)
        found += self._of_states(names, found)
        found += self._listed(names, found)
        forms = Forms(names, found)
        pairs.tie(offices, forms.mentions)
        roles = roles_of([self._of_side(names, *held) for held in pairs.held], forms.keys)
        beside = {office.start: forms.keys.get(name.start) for name, office in pairs.held}
        beside |= {office.start: None for office in offices if office.plural}
        tokens.found["person"] = forms.mentions
        tokens.roles = roles
        tokens.offices = [
            o if o.plural else o._replace(person=beside.get(o.start) or holder(o, roles, self._heads_of))
            for o in offices
        ]

    def _of_side(self, names: Names, name: Name, office: Office) -> tuple[Name, Office]:
        """The office with the state of "Present on the Kenyan side were …" before it."""
        if office.state or office.organization:
            return name, office
        if (told := self._of_line(names, name, office)) is not None:
            return name, office._replace(state=told)
        first, _ = names.tokens.sentences[names.tokens.sentence_of[office.start]]
        if (represented := self._represented(names, first, min(office.start, name.start))) is not None:
            return name, office._replace(state=represented)
        for k in range(min(office.start, name.start) - 1, first + 1, -1):
            if names.lower[k] in _SIDES and (state := names.state_ends.get(k)) is not None:
                led = names.lower[max(first, state.start - 2) : state.start]
                present = {"on", "from", "for"} & set(led) and any(w in _PRESENT for w in names.lower[first : k + 2])
                return name, office._replace(state=state.key) if present else office
        return name, office

    def _represented(self, names: Names, first: int, start: int) -> str | None:
        """The state of "Kenya was represented by Foreign Minister Okello and Trade Minister Haddad"."""
        for k in range(start - 1, max(first, start - 40), -1):
            if names.lower[k] == "by" and names.lower[k - 1] in ("represented", "led", "headed"):
                m = next(
                    (names.state_ends[j] for j in range(k - 1, max(first, k - 5), -1) if j in names.state_ends), None
                )
                return m.key if m is not None and not m.data.adjective else None
        return None

    def _of_line(self, names: Names, name: Name, office: Office) -> str | None:
        """The state of "Kenya: H.E. Salim Haddad, Minister of Ports" or "Salim Haddad, Minister, for Kenya"."""
        if office.start >= name.end:
            k = names.tokens.blocks[names.tokens.block_of[name.start]].text
            first = next(
                (s for s in range(name.start, max(k, name.start - 12) - 1, -1) if names.tokens.gap[s] or s == k), -1
            )
            m = names.states.get(first)
            if m is not None and names.words[m.end : m.end + 1] in ([":"], ["–"], ["-"]):
                if names.past_honorifics(m.end + 1) == name.start:
                    return m.key
        if names.words[office.end : office.end + 2] == [",", "for"]:
            k = office.end + 2 + (names.lower[office.end + 2 : office.end + 3] == ["the"])
            m = names.states.get(k)
            return m.key if m is not None and not m.data.adjective else None
        return None

    def _addressed(self, names: Names, found: list[Name], offices: frozenset[int]) -> list[Name]:
        """Reads "Mr. Okello", "H.E. Salim Haddad", "Sheikh Khalifa bin Rashid"."""
        covered = _words_of(found)
        added: list[Name] = []
        for start in names.honorifics:
            j = names.past_honorifics(start)
            if j in covered or start in covered or j in offices:
                continue  # "His Royal Highness Crown Prince …": an office stands behind it
            end = names.beside(j)
            if end - j > 1 or (end > j and self._addresses_one(names, start)):
                added.append(Name(j, end, "person.honorific"))
        return added

    def _addresses_one(self, names: Names, start: int) -> bool:
        """Whether an honorific needs no more than one name behind it: "Mr. Okello", but "Don Salim Haddad"."""
        return names.words[start] not in self._full_only

    def _given(self, names: Names, found: list[Name]) -> list[Name]:
        """A given name with capitalised words behind it."""
        covered = _words_of(found)
        added: list[Name] = []
        likely = {word for word in names.spelled if word in self._words.given}
        starts = [i for i, word in enumerate(names.words) if word in likely]
        if any(word.endswith(_PATRONYMICS) for word in names.spelled):
            before = (i for i, flag in enumerate(names.flags) if flag & TITLE and self._before_patronymic(names, i))
            starts = sorted({*starts, *before})
        for i in starts:
            if i in covered:
                continue
            if i in names.taken and not names.also_name(i):
                continue
            if i and self._inside_another(names, i):
                continue
            end = names.forward(i)
            if 2 <= end - i <= _FULL and " ".join(names.words[i:end]) not in self._words.cities:
                added.append(Name(i, end, "person.given-name"))
                covered.update(range(i, end))
        return added

    def _before_patronymic(self, names: Names, i: int) -> bool:
        """Whether a patronymic stands behind a word, which makes it a given name: "Raisa Petrovna"."""
        if not names.flags[i] & TITLE or i + 1 >= names.size or not names.words[i + 1].endswith(_PATRONYMICS):
            return False
        return bool(names.flags[i + 1] & TITLE) and names.words[i] not in self._words.stops

    def _initialled(self, names: Names, found: list[Name]) -> list[Name]:
        """Initials with capitalised words behind them, perhaps a given name before: "D. Okello", "Miriam K. Okello"."""
        covered = _words_of(found)
        added: list[Name] = []
        for i in range(names.size - 1):
            if (
                not names.flags[i] & POINTED
                or i in covered
                or i + 1 in covered
                or i in names.taken
                or not _is_initial(names, i)
            ):
                continue
            start = i
            while start and names.flags[start - 1] & POINTED and is_letter(names.words[start - 1]):
                start -= 1
            if (
                start == i
                and i
                and names.flags[i - 1] & CAPITAL
                and names.flags[i - 1] & ALPHA
                and not names.tokens.gap[i]
            ):
                start = i - 1
                if start in covered or start in names.taken or self._numbered(names, start):
                    continue
            end = names.forward(start)
            if i < end - 1 and end - start <= _FULL and names.flags[end - 1] & ALPHA:
                added.append(Name(start, end, "person.initials"))
                covered.update(range(start, end))
        return added

    def _appointed(self, names: Names, found: list[Name]) -> list[Name]:
        """Reads names beside verbs of appointing: "appointed Salim Haddad", "Salim Haddad has been relieved"."""
        covered = _words_of(found)
        added: list[Name] = []
        for i, low in enumerate(names.lower):
            if low not in self._ties["appointing"]:
                continue
            k = i
            while k > 0 and names.lower[k - 1] in ("been", "was", "were", "has", "have", "also", "is"):
                k -= 1
            if k < i:
                name = names.backward(k, "person.appointed")
            else:
                start = names.past_honorifics(i + 1)
                end = names.forward(start)
                name = Name(start, end, "person.appointed") if end - start > 1 else None
            if name is not None and covered.isdisjoint(range(name.start, name.end)):
                added.append(name)
                covered.update(range(name.start, name.end))
        return added

    def _counterparts(self, names: Names, found: list[Name]) -> list[Name]:
        """Reads "his Kenyan counterpart Salim Haddad", "her counterpart, Mr. Haddad"."""
        covered = _words_of(found)
        added: list[Name] = []
        for i, low in enumerate(names.lower):
            if low != "counterpart":
                continue
            k = i + 1 + (names.words[i + 1 : i + 2] == [","])
            start = names.past_honorifics(k)
            end = names.forward(start)
            if (end - start > 1 or start > k) and end > start and covered.isdisjoint(range(start, end)):
                added.append(Name(start, end, "person.counterpart"))
        return added

    def _of_states(self, names: Names, found: list[Name]) -> list[Name]:
        """Reads "Kenya's Salim Haddad said": a name of two words that speaks, behind a state's possessive."""
        covered = _words_of(found)
        added: list[Name] = []
        for i in names.state_ends:
            if names.words[i : i + 1] not in (["'s"], ["'"]):
                continue
            end = names.forward(i + 1)
            speaks = names.lower[end : end + 1] != [] and names.lower[end] in _SPEAKS
            if end - i > 2 and speaks and not names.tokens.gap[end] and covered.isdisjoint(range(i + 1, end)):
                added.append(Name(i + 1, end, "person.of-state"))
        return added

    def _listed(self, names: Names, found: list[Name]) -> list[Name]:
        """Names in a row with known ones: "Wang Jian, Dwalu Okello and others attended"."""
        covered = _words_of(found)
        added: list[Name] = []
        for name in found:
            k = name.end
            row: list[Name] = []
            while names.words[k : k + 1] == [","] or names.lower[k : k + 1] == ["and"]:
                last = names.lower[k] == "and" or names.lower[k : k + 2] == [",", "and"]
                start = k + 1 + (names.lower[k : k + 2] == [",", "and"])
                end = names.forward(start)
                if end - start < 2 or not covered.isdisjoint(range(start, end)) or names.is_city(start, end):
                    if last and (names.lower[start : start + 1] == ["others"] or start in covered):
                        added += row
                    break
                row.append(Name(start, end, "person.listed"))
                if last:
                    added += row if len(row) > 1 or names.lower[end : end + 1] in _ATTEND else []
                    break
                k = end
        return added

    def _numbered(self, names: Names, i: int) -> bool:
        """Whether a capitalised word is no given name: what stands before a letter may be numbered by it."""
        word = names.words[i]
        return word in self._words.stops or word in names.title_words or names.flags[i] & UPPER > 0

    def _inside_another(self, names: Names, i: int) -> bool:
        """Whether a capitalised word that is neither title nor sentence start stands before a given name."""
        before = names.words[i - 1]
        if before in self._places and not names.tokens.gap[i]:
            return True
        if not names.flags[i - 1] & TITLE or not names.flags[i - 1] & ALPHA or names.tokens.gap[i]:
            return False
        if before in self._words.stops or i - 1 in names.taken or before in names.title_words:
            return False
        return not names.opens(i - 1)


def _words_of(found: list[Name]) -> set[int]:
    """The places of all words of the names."""
    return {i for n in found for i in range(n.start, n.end)}


def _is_initial(names: Names, i: int) -> bool:
    """Whether a pointed word is an initial: a letter, not the mark of a list item, or two that the name is glued to."""
    word, after = names.words[i], names.words[i + 1]
    glued = names.tokens.start[i + 1] == names.tokens.end[i]
    small = after in names.rules.particles and i + 2 < names.size  # "L. de Okello"
    if small:
        after = names.words[i + 2]
    if not (len(word) == 2 or (len(word) <= 6 and glued)) or not names.flags[i + 1 + small] & TITLE:
        return False
    return (glued or not names.opens(i)) and len(after) > 2 and not after.isupper()


@Language.factory("communique_people", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> People:
    """The factory of `communique_people`."""
    return People(nlp, rules)
