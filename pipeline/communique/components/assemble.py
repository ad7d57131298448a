"""A text's mentions as the record: entries with ids, in the form of the contract."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from communique.components.base import Component
from communique.components.decisions import ActorRule, Decision, Party
from communique.components.states import StateRule
from communique.matching import Gazetteer
from communique.records import Record
from communique.references import Ref, Referents
from communique.tokens import Mention, Tokens, plain, tokens_of

RECORD = "communique"
"""The key of `doc.user_data` that holds the record as plain data."""
SPANS = "spans"
"""The key of a text's context that is False where nobody will look at the document's spans."""

_LABELS = {
    "person": "PERSON", "state": "STATE", "organization": "ORG", "document": "DOCUMENT", "date": "DATE",
    "figure": "FIGURE",
}  # fmt: skip
_SOURCE = (
    "path",
    "url",
    "rights",
    "sha256",
    "media_type",
    "encoding",
    "language",
    "title",
    "publisher",
    "published",
)
_MANY = 12
"""Parties above which signatories stand for a whole organization."""
_STATUS_OF = {"sign": "signed", "adopt": "adopted", "amend": "amended", "terminate": "terminated"}
_ARTICLE = 4
"""Characters of an article before the name that opens an object."""
_PAPERS = frozenset({"documents", "agreements", "instruments", "memoranda", "memorandums", "treaties", "papers"})
_INCLUDE = frozenset({"include", "included", "includes", "are", "were"})
_BEFORE = 7
"""Days before the meeting from which what others did is background."""
_FAR = 60
"""Days before the text's own date from which an act with a date is told as history."""


class Assemble(Component):
    """Makes the record of a text and sets it on the document, with `doc.spans` and `doc.ents`."""

    models = (StateRule, ActorRule)

    def build(self) -> None:
        self._states = {r.code: r.name for r in self.read(StateRule)}
        self._nouns: Gazetteer[str] = Gazetteer(self.nlp)
        for rule in self.read(ActorRule):
            self._nouns.add(rule.role, rule.words, case="any")

    def find(self, tokens: Tokens) -> None:
        """Nothing is found here: the record is made of what was."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = tokens_of(doc)
        nouns = {i: hit.value for hit in self._nouns(tokens) for i in range(hit.start, hit.end)}
        maker = _Maker(tokens, self._states, nouns)
        doc.user_data[RECORD] = maker.record()
        if tokens.context.get(SPANS, True):
            _show(doc, maker)
        return doc


class _Maker:
    def __init__(self, tokens: Tokens, states: dict[str, str], nouns: dict[int, str]) -> None:
        self.tokens = tokens
        self.state_names = states
        self.referents = Referents(tokens, nouns)
        self.ids: dict[Ref, str] = {}
        self.entries: dict[str, dict[str, list[Mention]]] = {}
        for kind, prefix in (("person", "p"), ("organization", "o"), ("document", "d"), ("state", "")):
            groups: dict[str, list[Mention]] = defaultdict(list)
            for m in tokens.found.get(kind, ()):
                groups[m.key].append(m)
            self.entries[kind] = groups
            for number, key in enumerate(groups, 1):
                self.ids[kind, key] = f"{prefix}{number}" if prefix else key
        self.organization_names = {key: self._name(ms) for key, ms in self.entries["organization"].items()}

    def record(self) -> dict[str, Any]:
        record = self._record()
        _agree(record)
        return record

    def _record(self) -> dict[str, Any]:
        context = self.tokens.context
        self._settle_documents()
        return {
            "schema": "communique/1",
            "id": context.get("id") or "text",
            "source": self._source(),
            "text": self.tokens.text,
            "meeting": self._meeting(),
            "people": [self._person(key, ms) for key, ms in self.entries["person"].items()],
            "states": [
                {"id": key, "name": self.state_names[key], "mentions": [self._mention(m) for m in ms]}
                for key, ms in self.entries["state"].items()
            ],
            "organizations": [self._organization(key, ms) for key, ms in self.entries["organization"].items()],
            "documents": [self._document(key, ms) for key, ms in self.entries["document"].items()],
            "dates": [
                {"value": m.data, "mention": self._span(m.start, m.end), "rule": m.rule}
                for m in self.tokens.found.get("date", ())
            ],
            "figures": [self._figure(m) for m in self.tokens.found.get("figure", ())],
            "decisions": self._decisions(),
        }

    def _source(self) -> dict[str, Any]:
        """The metadata given; title, publisher and date from the heading where they are not."""
        t = self.tokens
        source = {key: t.context.get(key) for key in _SOURCE}
        if source["title"] is None and t.title is not None:
            source["title"] = t.join(*t.title)
        if source["published"] is None:
            source["published"] = t.reference
        if source["publisher"] is None:
            source["publisher"] = self._sender()
        return source

    def _sender(self) -> str | None:
        """The body whose name is a line of its own above or below the title."""
        t = self.tokens
        for block in t.blocks[:3]:
            if block.kind != "heading" or t.title == (block.start, block.end):
                continue
            inside = [m for m in t.found.get("organization", ()) if block.start <= m.start and m.end <= block.end]
            if inside and sum(m.end - m.start for m in inside) >= block.end - block.start - 2:
                return t.join(block.start, block.end)
        return None

    def _settle_documents(self) -> None:
        """Give what was signed or adopted here the meeting's day, and the signatories as its parties."""
        self.document_dates: dict[str, str] = {}
        self.document_parties: dict[str, list[str]] = {}
        meeting = self.tokens.meeting
        for key, mentions in self.entries["document"].items():
            told = next((m.data for m in mentions if m.data is not None), None)
            if told is not None and told.date is None and told.status in ("signed", "adopted", "amended", "terminated"):
                if meeting is not None and meeting.date:
                    self.document_dates[key] = meeting.date
        for decision in self.tokens.decisions:
            if decision.act not in ("sign", "adopt") or decision.object is None or not decision.actors:
                continue
            put_to = decision.status == "proposed" and decision.recipient is not None
            doers = (decision.recipient,) if put_to and decision.recipient is not None else decision.actors
            refs = [r for a in doers for r in self.referents.of(a.start, a.end)]
            parties = self._as_parties(refs)
            for m in self.tokens.found.get("document", ()):
                if decision.object[0] <= m.start < decision.object[1] and len(parties) <= _MANY:
                    self.document_parties.setdefault(m.key, parties)

        self._between_governments()
        self._signed_by()

    def _between_governments(self) -> None:
        """Give an intergovernmental document of a meeting of two states these as its parties."""
        meeting = self.tokens.meeting
        states = self._as_parties(list(meeting.participants), people=True) if meeting is not None else []
        if len(states) != 2:
            return
        for key, mentions in self.entries["document"].items():
            told = next((m.data for m in mentions if m.data is not None), None)
            signed = told is not None and told.status in ("signed", "adopted")
            if signed and any("intergovernmental" in self.tokens.lower[m.start : m.end] for m in mentions):
                self.document_parties.setdefault(key, states)

    def _signed_by(self) -> None:
        """Read who "their foreign ministers" are behind "signed by"."""
        t = self.tokens
        for m in t.found.get("document", ()):
            k = m.end + (t.words[m.end : m.end + 1] == [","])
            if t.lower[k : k + 2] not in (["signed", "by"], ["concluded", "by"]) or m.key in self.document_parties:
                continue
            if t.lower[k + 2 : k + 3] in (["their"], ["both"], ["the"]):
                end = next((i for i in range(k + 2, min(k + 8, len(t))) if t.words[i] in (",", ".", ";")), k + 5)
                parties = self._as_parties(list(self.referents.of(k + 2, end)), people=True)
                if 1 < len(parties) <= _MANY:
                    self.document_parties[m.key] = parties

    def _as_parties(self, refs: list[Ref], people: bool = False) -> list[str]:
        """States and bodies themselves; people as the states whose office they hold."""
        parties: dict[str, None] = {}
        held = all(any(r.state for r in self.tokens.roles.get(key, ())) for kind, key in refs if kind == "person")
        if len(refs) > 2 and not people and not held:
            refs = [r for r in refs if r[0] != "person"]  # a summit's heads of state sign for nobody by name
        for kind, key in refs:
            if kind == "person":
                for role in self.tokens.roles.get(key, ()):
                    if role.state:
                        parties.setdefault(role.state)
                        break
            else:
                parties.setdefault(self.ids.get((kind, key), key))
        return list(parties) if len(parties) > 1 or any(k == "organization" for k, _ in refs) else []

    def _span(self, start: int, end: int) -> dict[str, Any]:
        t = self.tokens
        a, b = t.start[start], t.end[end - 1]
        return {"start": a, "end": b, "text": t.text[a:b]}

    def _mention(self, m: Mention) -> dict[str, Any]:
        return {**self._span(m.start, m.end), "rule": m.rule}

    def _name(self, mentions: list[Mention]) -> str:
        """The fullest form: the longest in words, no acronym; of equals one not in capitals, then the earlier."""
        if told := next((m.data.name for m in mentions if getattr(m.data, "name", "")), ""):
            return told
        best = max(mentions, key=lambda m: (not _is_acronym(m), m.end - m.start, not self._shouted(m), -m.start))
        return self.tokens.join(best.start, best.end)

    def _shouted(self, m: Mention) -> bool:
        return all(w.isupper() for w in self.tokens.words[m.start : m.end] if w.isalpha())

    def _meeting(self) -> dict[str, Any] | None:
        meeting = self.tokens.meeting
        if meeting is None:
            return None
        return {
            "name": meeting.name,
            "date": meeting.date,
            "place": meeting.place,
            "state": meeting.state,
            "participants": self._known(meeting.participants),
        }

    def _known(self, refs: tuple[Ref, ...]) -> list[str]:
        return list(dict.fromkeys(self.ids[r] for r in refs if r in self.ids))

    def _person(self, key: str, mentions: list[Mention]) -> dict[str, Any]:
        roles = [
            {
                "title": plain(role.title),
                "state": role.state,
                "organization": self._body(role.organization),
                "at": self._span(*role.at),
            }
            for role in self.tokens.roles.get(key, ())
        ]
        return {
            "id": self.ids["person", key],
            "name": self._name(mentions),
            "roles": roles,
            "mentions": [self._mention(m) for m in mentions],
        }

    def _body(self, span: tuple[int, int] | None) -> str | None:
        if span is None:
            return None
        for m in self.tokens.found.get("organization", ()):
            if m.start < span[1] and m.end > span[0]:
                return self.organization_names[m.key]
        return None

    def _organization(self, key: str, mentions: list[Mention]) -> dict[str, Any]:
        acronym = next((m for m in mentions if _is_acronym(m)), None)
        return {
            "id": self.ids["organization", key],
            "name": self.organization_names[key],
            "acronym": self.tokens.join(acronym.start, acronym.end) if acronym else None,
            "mentions": [self._mention(m) for m in mentions],
        }

    def _document(self, key: str, mentions: list[Mention]) -> dict[str, Any]:
        told = next((m.data for m in mentions if m.data is not None), None)
        main = max(mentions, key=lambda m: (m.end - m.start, -m.start))
        parties = list(getattr(told, "parties", ()))
        return {
            "id": self.ids["document", key],
            "type": told.type if told is not None else "other",
            "title": self.tokens.join(main.start, main.end),
            "status": told.status if told is not None else "mentioned",
            "date": (told.date if told is not None else None) or self.document_dates.get(key),
            "period": told.period if told is not None else None,
            "parties": self._parties(parties) or self.document_parties.get(key, []),
            "mentions": [self._mention(m) for m in mentions],
        }

    def _parties(self, parties: list[Any]) -> list[str]:
        found: dict[str, None] = {}
        for party in parties:
            if party in self.state_names:
                found.setdefault(party)
            elif (party_id := self.ids.get(("organization", party))) is not None:
                found.setdefault(party_id)
        return list(found)

    def _figure(self, m: Mention) -> dict[str, Any]:
        figure = m.data
        return {
            "value": figure.value,
            "upper": figure.upper,
            "unit": figure.unit,
            "modifier": figure.modifier,
            "measure": self._span(*figure.measure) if figure.measure else None,
            "mention": self._span(m.start, m.end),
            "rule": m.rule,
        }

    # decisions

    def _decisions(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for decision in self.tokens.decisions:
            if self._history(decision):
                continue
            actors = [self._actor(a) for a in decision.actors]
            if decision.rule.endswith("undertaking") and not self._undertakes(decision, actors):
                continue
            if decision.done and self._elsewhere(decision, actors):
                continue
            rows.append(self._row(decision, actors, f"a{len(rows) + 1}"))
        return rows

    def _undertakes(self, decision: Decision, actors: list[dict[str, Any]]) -> bool:
        """Whether those who are told to do something took part: "it" is often no body, and a report tells of others."""
        impersonal = [a["text"].lower() for a in actors] == ["it"]
        if not impersonal and decision.rule != "decision.reported-undertaking":
            return True
        return any(i in self._present for a in actors for i in a["ids"])

    def _elsewhere(self, decision: Decision, actors: list[dict[str, Any]]) -> bool:
        """Whether an act is dated some time before the meeting, and of others than those who met: background news."""
        meeting = self.tokens.meeting
        value = decision.date.data if decision.date is not None else None
        if meeting is None or not meeting.date or not isinstance(value, str) or len(value) != 10 or not actors:
            return False
        others = not any(i in self._present for a in actors for i in a["ids"])
        return others and _days(meeting.date) - _days(value) > _BEFORE

    @cached_property
    def _present(self) -> frozenset[str]:
        """The ids of those who took part, and of the states whose office they hold."""
        refs = self.referents.participants
        held = (role.state for kind, key in refs if kind == "person" for role in self.tokens.roles.get(key, ()))
        return frozenset({*self._known(refs), *filter(None, held)})

    def _row(self, decision: Decision, actors: list[dict[str, Any]], id_: str) -> dict[str, Any]:
        return {
            "id": id_,
            "act": decision.act,
            "status": decision.status,
            "actors": actors,
            "object": self._span(*decision.object) if decision.object else None,
            "recipient": self._actor(decision.recipient) if decision.recipient else None,
            "documents": self._documents(decision),
            "date": self._date(decision),
            "trigger": {**self._span(*decision.trigger), "rule": decision.rule},
            "evidence": self._span(*decision.sentence),
        }

    def _actor(self, party: Party) -> dict[str, Any]:
        return {
            **self._span(party.start, party.end),
            "ids": self._known(self.referents.of(party.start, party.end)),
        }

    def _documents(self, decision: Decision) -> list[str]:
        if decision.object is None:
            return []
        return self._documents_in(*decision.object) or self._documents_told_next(decision)

    def _documents_in(self, start: int, end: int) -> list[str]:
        mentions = self.tokens.found.get("document", ())
        return list(dict.fromkeys(self.ids["document", m.key] for m in mentions if start <= m.start < end))

    def _documents_told_next(self, decision: Decision) -> list[str]:
        """Those that the next sentence names: "signed a package of documents. They include …"."""
        t = self.tokens
        if decision.act not in ("sign", "adopt") or decision.object is None or decision.sentence[1] >= len(t):
            return []
        if not _PAPERS & set(t.lower[slice(*decision.object)]):
            return []
        start, end = t.sentences[t.sentence_of[decision.sentence[1]]]
        opening = t.lower[start : start + 4]
        named = opening[:1] in (["they"], ["these"]) or opening[:2] in (["the", "list"], ["among", "them"])
        return self._documents_in(start, end) if named and _INCLUDE & set(opening) else []

    def _date(self, decision: Decision) -> str | None:
        value = decision.date.data if decision.date is not None else None
        if decision.act == "schedule":
            return _calendar(value)
        if not decision.done:
            return _calendar(value) if value and (self._same_day(value) or self._told(decision)) else None
        if value and self._same_day(value):
            return str(value)
        meeting = self.tokens.meeting
        return meeting.date if meeting is not None else None

    def _told(self, decision: Decision) -> bool:
        """Whether an undertaking says its day: "will be signed in January", "will close it from 1 January 2031"."""
        date = decision.date
        if date is None or decision.status != "taken" or not isinstance(date.data, str) or "/" in date.data:
            return False
        led = self.tokens.lower[date.start - 1] in ("on", "from", "in") if date.start else False
        return led and (len(date.data) == 10 or (len(date.data) == 7 and decision.act != "commit"))

    def _same_day(self, value: Any) -> bool:
        """Whether a date of the clause is a day about the text's own, not a term or a year in its object."""
        if not isinstance(value, str) or len(value) != 10 or not self.tokens.reference:
            return False
        return 0 <= _days(self.tokens.reference) - _days(value) <= _FAR

    def _history(self, decision: Decision) -> bool:
        """Whether an act told as done is dated long before the text: background."""
        reference = self.tokens.reference
        if decision.date is None or not reference:
            return False
        value = decision.date.data
        if decision.act == "schedule" and isinstance(value, str) and len(value) == 10 and not value.startswith("P"):
            return _days(reference) - _days(value) > _FAR
        if not decision.done:
            return False
        if decision.object and decision.object[0] <= decision.date.start < decision.object[1]:
            return False
        if not isinstance(value, str) or not value[:4].isdigit() or "/" in value:
            return False
        if len(value) >= 10:
            return _days(reference) - _days(value) > _FAR
        return value[:4] < reference[:4]


def _calendar(value: Any) -> str | None:
    return value if isinstance(value, str) and not value.startswith("P") else None


def _days(day: str) -> int:
    year, month, date = (int(x) if x.isdigit() else 1 for x in (day[:4], day[5:7] or "1", day[8:10] or "1"))
    return year * 365 + month * 30 + date


def _is_acronym(m: Mention) -> bool:
    return bool(getattr(m.data, "acronym", False))


def _agree(record: dict[str, Any]) -> None:
    """Give a document that is only named otherwise the status of the decision whose object it opens."""
    named = {d["id"]: d for d in record["documents"] if d["status"] == "mentioned"}
    for decision in record["decisions"]:
        status = _STATUS_OF.get(decision["act"]) if decision["status"] == "taken" else None
        for id_ in decision["documents"] if status else ():
            document, start = named.get(id_), decision["object"]["start"]
            if document is not None and any(0 <= m["start"] - start <= _ARTICLE for m in document["mentions"]):
                document["status"] = status
                document["date"] = document["date"] or decision["date"]


def _show(doc: Doc, maker: _Maker) -> None:
    """Set the mentions and triggers as spaCy's spans."""
    t = maker.tokens
    mentions: list[Span] = []
    for kind, label in _LABELS.items():
        for m in t.found.get(kind, ()):
            id_ = maker.ids.get((kind, m.key), m.rule)
            span = doc.char_span(t.start[m.start], t.end[m.end - 1], label=label, span_id=id_, alignment_mode="expand")
            if span is not None:
                mentions.append(span)
    mentions.sort(key=lambda s: (s.start, s.end))
    doc.spans["mentions"] = mentions
    doc.set_ents(_longest(mentions))
    triggers = [
        doc.char_span(
            row["trigger"]["start"],
            row["trigger"]["end"],
            label=row["act"],
            span_id=row["id"],
            alignment_mode="expand",
        )
        for row in doc.user_data[RECORD]["decisions"]
    ]
    doc.spans["decisions"] = [s for s in triggers if s is not None]


def _longest(spans: list[Span]) -> list[Span]:
    chosen: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        inside = range(span.start, span.end)
        if taken.isdisjoint(inside):
            taken.update(inside)
            chosen.append(span)
    return chosen


def _record(doc: Doc) -> Record:
    if RECORD not in doc.user_data:
        raise ValueError("the document has no record: run it through the pipeline of communique.load()")
    return Record.model_validate(doc.user_data[RECORD])


Doc.set_extension("record", getter=_record, force=True)


@Language.factory("communique_assemble", default_config={"rules": None})
def make(nlp: Language, name: str, rules: list[str] | None) -> Assemble:
    """The factory of `communique_assemble`."""
    return Assemble(nlp, rules)
