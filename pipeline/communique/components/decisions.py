"""Decisions: who signed, adopted, established, urged … what, read from the verb groups of each sentence."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, NamedTuple

from spacy.language import Language

from communique.acts import Act as Reading
from communique.acts import ActNoun, Frame, Reader, Span
from communique.clauses import Found, Lexicon, Noun, Sentence, Unit, VerbForm, read
from communique.components.base import Component
from communique.components.meeting_scene import CityRule
from communique.matching import Gazetteer
from communique.rules import Rule, rule_file
from communique.tokens import CAPITAL, TITLE, Mention, Tokens

Act = Literal[
    "sign", "adopt", "establish", "terminate", "amend", "appoint", "award", "admit", "instruct", "fund", "schedule",
    "commit", "urge",
]  # fmt: skip
_FORMS = ("base", "third", "past", "participle", "gerund")
_RELATIVES = frozenset({"which", "who", "whose", "since"})
_BE = frozenset({"am", "is", "are", "was", "were", "be", "been", "'re", "'m"})
_BEFORE_NOUNS = frozenset({"the", "a", "an", "in", "of", "this", "our", "their", "its", "his", "her", "'s"})
_IDLE = frozenset({"position", "stative", "action"})
"""Roles of verbs that decide nothing, unless "will" or the like stands before them."""
_TOLD_OF = frozenset({"witness", "go", "fall"})
"""Verbs in these roles that tell of acts all the same: "witnessed the signing", "the chair goes to"."""
_TELLING = frozenset(
    {"will", "shall", "'ll", "would", "may", "could", "ready", "willing", "prepared", "going", "due", "scheduled"}
    | {"slated", "intent", "intention", "intentions", "plan", "plans", "willingness", "readiness"}
    | {"invitation", "invitations", "decision", "decisions"}
)
"""Words beside verbs that make a decision of what they say."""
_AUXILIARIES = frozenset(
    {"will", "would", "has", "had", "is", "was", "shall", "should", "must", "may", "could", "also"}
)
_OF_PLACE = frozenset(
    {"in", "at", "from", "near", "to", "of", "around", "outside", "through", "via", "for", "between", "into", "leaving"}
)
"""Words before a town that make it a place."""
_TAG_OF_KIND = {"person": "E", "state": "E", "organization": "E", "document": "K", "date": "Y", "figure": "F"}


@rule_file("function_words")
class FunctionWordRule(Rule):
    """Words of the closed classes, by what they do in a clause."""

    role: str
    words: tuple[str, ...]


@rule_file("verbs")
class VerbRule(Rule):
    """A verb with its forms, what part it plays in a decision, and the act it says.

    `needs` names what the object must be for the verb to say that act; `noun` marks a base form that is as often a
    noun or an adjective ("trade", "clean").
    """

    base: str
    third: str
    past: str
    participle: str
    gerund: str
    role: Literal[
        "act",
        "instruct",
        "frame",
        "propose",
        "urge",
        "intend",
        "announce",
        "light",
        "stative",
        "position",
        "action",
    ]
    act: Act | None = None
    needs: (
        Literal[
            "document", "chair", "honour", "membership", "organization", "money", "future", "body", "infinitive",
            "gerund", "particle", "definite", "person", "coming", "term", "offer", "founded", "member", "out", "talks",
            "sum", "cash", "gathering", "event", "ratification", "left",
            "cost",
        ]
        | None
    ) = None  # fmt: skip
    noun: bool = False


@rule_file("actors")
class ActorRule(Rule):
    """Nouns that can act in a decision: the sides, a council, a president."""

    role: Literal["participants", "body", "person", "side", "meeting"]
    words: tuple[str, ...]


@rule_file("act_nouns")
class ActNounRule(Rule):
    """Nouns that name an act ("the establishment of", "the signing of")."""

    words: tuple[str, ...]
    act: Act | None = None
    role: Literal[
        "act",
        "decision",
        "document",
        "money",
        "membership",
        "honour",
        "chair",
        "importance",
        "opinion",
        "term",
        "event",
        "task",
        "accord",
        "offer",
        "unopened",
        "signature",
        "session",
        "ratification",
        "goods",
        "proposal",
        "call",
        "member",
        "talks",
        "cost",
    ]


class Party(NamedTuple):
    """Who acts or is addressed, by words; who is meant is found later."""

    start: int
    end: int


class Decision(NamedTuple):
    """An act read from a sentence; all spans are word spans."""

    act: str
    status: str
    trigger: tuple[int, int]
    actors: tuple[Party, ...]
    object: tuple[int, int] | None
    recipient: Party | None
    sentence: tuple[int, int]
    done: bool
    """Whether the act is told as done, so that the day of the meeting is its day."""
    date: Mention | None
    """The date that the clause gives."""
    rule: str


class Decisions(Component):
    """Reads the decisions of a text from the clauses of its sentences."""

    models = (FunctionWordRule, VerbRule, ActorRule, ActNounRule, CityRule)

    def build(self) -> None:
        self._lexicon = Lexicon.of([(r.role, r.words) for r in self.read(FunctionWordRule)])
        self._verbs: Gazetteer[VerbForm] = Gazetteer(self.nlp)
        for verb in self.read(VerbRule):
            for form in _FORMS:
                reading = VerbForm(form, verb.base, verb.role, verb.act, verb.needs, verb.id, verb.noun)
                self._verbs.add(reading, [getattr(verb, form)], case="any")
        self._actors: Gazetteer[Noun] = Gazetteer(self.nlp)
        for actor in self.read(ActorRule):
            self._actors.add(Noun(actor.role, actor.id), actor.words, case="any")
        self._capitals: Gazetteer[CityRule] = Gazetteer(self.nlp)
        for city in self.read(CityRule):
            if city.capital:
                self._capitals.add(city, city.names, case="exact")
        self._nouns: dict[str, tuple[ActNoun, ...]] = {}
        for noun in self.read(ActNounRule):
            for word in noun.words:
                self._nouns[word] = (*self._nouns.get(word, ()), ActNoun(noun.role, noun.act))

    def find(self, tokens: Tokens) -> None:
        found = self._search(tokens)
        telling = _telling(tokens, found)
        heads = {block.chapeau for block in tokens.blocks}
        decisions: list[Decision] = []
        frames: dict[int, tuple[Frame, Sentence]] = {}
        for start, end in tokens.sentences:
            block = tokens.blocks[tokens.block_of[start]]
            begin = max(start, block.text)
            if tokens.dateline is not None and start <= tokens.dateline.start < end:
                begin = max(begin, tokens.dateline.body)
            if begin >= end:
                continue
            chapeau = frames.get(block.chapeau) if block.chapeau >= 0 and begin == block.text else None
            index = tokens.block_of[start]
            heads_list = index in heads and (tokens.words[end - 1] == ":" or end == block.end)
            if not heads_list and chapeau is None and bisect_left(telling, begin) == bisect_left(telling, end):
                continue  # nothing in it can tell a decision
            sentence = read(tokens, begin, end, self._lexicon, found, _headed(chapeau[0] if chapeau else None))
            if not sentence.groups and tokens.words[end - 1] not in (":", ","):
                continue
            reader = Reader(sentence, self._nouns, heading=block.kind == "heading", listed=block.chapeau >= 0)
            for act in reader.acts(chapeau[0] if chapeau else None):
                decisions.append(_decision(act, sentence, chapeau, (start, end), tokens))
            if heads_list:
                frame = Reader(sentence, self._nouns).frame(chapeau[0] if chapeau else None)
                if frame is not None:
                    inherited = chapeau is not None and frame.actors and frame.actors is chapeau[0].actors
                    frames[index] = (frame, chapeau[1] if chapeau is not None and inherited else sentence)
        decisions.sort(key=lambda d: d.trigger)
        tokens.decisions = decisions

    def _search(self, tokens: Tokens) -> Found:
        tokens.found["capital"] = self._governments(tokens)
        mentions = {
            m.start: (tag, m)
            for kind, tag in _TAG_OF_KIND.items()
            for m in tokens.found.get(kind, ())
            if kind != "figure"
        }
        for m in tokens.found.get("figure", ()):
            mentions.setdefault(m.start, ("F", m))
        for m in tokens.found["capital"]:
            mentions.setdefault(m.start, ("E", m))
        return Found(mentions, self._verbs.longest_at(tokens), self._actors.longest_at(tokens))

    def _governments(self, tokens: Tokens) -> list[Mention]:
        """Capitals that act for their governments, outside the names of people, bodies and documents."""
        hits = [h for h in self._capitals(tokens) if _acts(tokens, h.start, h.end)]
        if not hits:
            return []
        inside = {i for kind in _TAG_OF_KIND for m in tokens.found.get(kind, ()) for i in range(m.start, m.end)}
        return [Mention(h.start, h.end, h.value.id, h.value.state or "") for h in hits if h.start not in inside]


def _telling(tokens: Tokens, found: Found) -> list[int]:
    """The places of the words one of which every sentence with a decision has, in order."""
    lower = tokens.lower
    verbs = [i for i, (_, readings) in found.verbs.items() if any(_decides(verb, lower, i) for verb in readings)]
    return sorted(verbs + [i for i, low in enumerate(lower) if low in _TELLING])


def _decides(verb: VerbForm, lower: list[str], i: int) -> bool:
    """Whether a verb's form at word `i` can tell a decision by itself, and is no noun."""
    if verb.role in _IDLE:
        return verb.base in _TOLD_OF
    if verb.form == "gerund" and verb.role in ("act", "light"):
        return not _BE.isdisjoint(lower[max(0, i - 4) : i])  # "are opening an office", but "a meeting"
    return verb.form != "base" or not i or lower[i - 1] not in _BEFORE_NOUNS


def _acts(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a capital may stand for its government: no place behind "in", no dateline, no part of a longer name."""
    behind_comma = start > 0 and tokens.words[start - 1] == ","
    if start and (tokens.lower[start - 1] in _OF_PLACE or tokens.words[start - 1] in ("-", "–", "/")):
        return False
    if behind_comma and (end >= len(tokens) or tokens.lower[end] not in _AUXILIARIES):
        return False  # "Under the deal, Moscow will pay", but "in Geneva, Vienna"
    if end >= len(tokens) or tokens.words[end] in (",", "(", "-", "–", "/", ":"):
        return False
    return not tokens.flags[end] & CAPITAL and not (start and tokens.flags[start - 1] & TITLE)


def _headed(frame: Frame | None) -> str:
    """What a list item takes from its chapeau before its verb."""
    if frame is None:
        return ""
    if frame.role != "subject":
        return "infinitive" if frame.bare else ""
    return "we" if frame.bare else "subject"


def _decision(
    act: Reading,
    sentence: Sentence,
    chapeau: tuple[Frame, Sentence] | None,
    span: tuple[int, int],
    tokens: Tokens,
) -> Decision:
    """The act with its units turned into words."""
    units = sentence.units
    home = units
    if chapeau is not None and act.actors == chapeau[0].actors:
        home = chapeau[1].units
    trigger = units[act.trigger]
    told = chapeau[1].units if chapeau is not None and act.recipient is chapeau[0].recipient else units
    return Decision(
        act.act,
        act.status,
        (trigger.start, trigger.end),
        tuple(Party(home[a.start].start, home[a.end - 1].end) for a in act.actors),
        _words(units, act.object),
        Party(*words) if (words := _words(told, act.recipient)) else None,
        span,
        act.done,
        _date_of(units, act),
        act.rule,
    )


def _words(units: list[Unit], span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (units[span.start].start, units[span.end - 1].end)


def _date_of(units: list[Unit], act: Reading) -> Mention | None:
    """The date that the clause gives for the act: the nearest to its trigger outside names and relative clauses."""
    dates = [
        k
        for k, u in enumerate(units)
        if u.tag == "Y" and u.mention is not None and u.mention.data and not _aside(units, act.trigger, k)
    ]
    if not dates:
        return None
    behind = [k for k in dates if k > act.trigger] if act.act == "schedule" else []
    best = min(behind or dates, key=lambda k: (abs(k - act.trigger), k))  # "was due on 7 July but put off to 16 July"
    return units[best].mention


def _aside(units: list[Unit], trigger: int, k: int) -> bool:
    """Whether a date belongs to a relative clause: "the committee, which has not met since 2008"."""
    if k > trigger:
        return any(u.low in _RELATIVES for u in units[trigger + 1 : k])
    set_off = any(units[j].low in _RELATIVES and units[j - 1].tag == "," for j in range(1, k))
    return set_off and any(u.tag == "," for u in units[k + 1 : trigger])


@Language.factory("communique_decisions", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Decisions:
    """The factory of `communique_decisions`."""
    return Decisions(nlp, rules)
