"""Records as quotes: the form in which a person writes gold in an editor. `docs/quotes.md` describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from communique.gold.claims import Claims
from communique.gold.finder import Choose, Finder, Place, first_free, first_from, nearest_to
from communique.gold.references import KINDS, References
from communique.gold.yamltext import Block, Flow, Listed, write
from communique.records import Record

Row = dict[str, Any]


def to_quotes(record: Record) -> str:
    """The YAML text of a record; `from_quotes` gives the same record back."""
    return write(_Writer(record.to_dict()).row())


class _Writer:
    def __init__(self, row: Row) -> None:
        self.record = row
        self.finder = Finder(row["text"])
        self.references = References(row)

    def row(self) -> Row:
        """The whole document, without what is null or empty."""
        told: Row = {"id": self.record["id"], "source": _given(self.record["source"])}
        if self.record["meeting"]:
            meeting = self.record["meeting"]
            people = [self.references.name_of(id_) for id_ in meeting["participants"]]
            told["meeting"] = {**_given(meeting, but=("participants",)), "participants": people}
        for kind, entries in self._named().items():
            told[kind] = entries
        told["dates"] = self._dates()
        told["figures"] = self._figures()
        told["decisions"] = self._decisions()
        told["rules"] = self._rules()
        # What is empty is left out, but not the meeting: without its participants it is still one.
        told = {key: value for key, value in told.items() if value or key == "source"}
        return {**told, "text": Block(self.record["text"])}

    def _named(self) -> dict[str, list[Row]]:
        claims = Claims(self.finder)
        for kind in KINDS:
            for entry in self.record[kind]:
                claims.want((kind, entry["id"]), [_place(mention) for mention in entry["mentions"]])
        claims.settle()
        fields: dict[str, Callable[[Row], Row]] = {
            "people": self._person,
            "states": lambda entry: _given(entry, ("mentions",)),
            "organizations": lambda entry: _given(entry, ("id", "mentions")),
            "documents": self._document,
        }
        return {
            kind: [
                {**fields[kind](entry), **claims.told((kind, entry["id"]))}
                for entry in self.record[kind]
            ]
            for kind in KINDS
        }  # fmt: skip

    def _person(self, person: Row) -> Row:
        near = nearest_to(person["mentions"][0]["start"], True)
        roles = [{**_given(role, but=("at",)), **self._quoted("at", role["at"], near)} for role in person["roles"]]
        return {"name": person["name"], **({"roles": [Flow(role) for role in roles]} if roles else {})}

    def _document(self, document: Row) -> Row:
        told = _given(document, ("id", "mentions", "parties"))
        parties = [self.references.name_of(id_, ("states", "organizations"), True) for id_ in document["parties"]]
        return {**told, **({"parties": Listed(parties)} if parties else {})}

    def _quoted(self, key: str, span: Row | None, choose: Choose | None, zone: Place | None = None) -> Row:
        """A span under a key: its words, with what tells the place where words alone don't."""
        if span is None:
            return {}
        quote = self.finder.quote(_place(span), choose, zone)
        if quote.around is None and quote.nth is None:
            return {key: quote.words}
        return {key: Flow(quote.spec())}

    def _inline(self, span: Row, choose: Choose) -> Row:
        return {**self.finder.quote(_place(span), choose).spec()}

    def _dates(self) -> list[Row]:
        told: list[Row] = []
        at = 0
        for date in self.record["dates"]:
            told.append(Flow({**self._inline(date["mention"], first_from(at)), **_given(date, ("mention", "rule"))}))
            at = date["mention"]["end"]
        return told

    def _figures(self) -> list[Row]:
        told: list[Row] = []
        at = 0
        for figure in self.record["figures"]:
            values = _given(figure, ("mention", "rule", "measure"))
            measure = self._quoted("measure", figure["measure"], nearest_to(figure["mention"]["start"], True))
            told.append(Flow({**self._inline(figure["mention"], first_from(at)), **values, **measure}))
            at = figure["mention"]["end"]
        return told

    def _decisions(self) -> list[Row]:
        told: list[Row] = []
        taken: list[Place] = []
        at = 0
        for act in self.record["decisions"]:
            zone, trigger = _place(act["evidence"]), _place(act["trigger"])
            row = self._quoted("evidence", act["evidence"], first_from(at))
            row.update(self._quoted("trigger", act["trigger"], first_free(taken), zone))
            row.update(act=act["act"], status=act["status"])
            behind = nearest_to(trigger[0], before=False)
            if act["actors"]:
                before = nearest_to(trigger[0], before=True)
                row["actors"] = [self._actor(actor, before, zone) for actor in act["actors"]]
            row.update(self._quoted("object", act["object"], behind, zone))
            if act["recipient"]:
                row["recipient"] = self._actor(act["recipient"], behind, zone)
            if act["documents"]:
                row["documents"] = [self.references.name_of(id_, ("documents",)) for id_ in act["documents"]]
            told.append({**row, **_given({"date": act["date"]})})
            taken.append(trigger)
            at = zone[0]
        return told

    def _actor(self, actor: Row, choose: Choose, zone: Place) -> Row:
        if actor["start"] is None:
            told: Row = {"words": actor["text"]}
        else:
            told = {**self.finder.quote(_place(actor), choose, zone).spec()}
        ids = [self.references.name_of(id_) for id_ in actor["ids"]]
        return Flow({**told, **({"ids": Listed(ids)} if ids else {})})

    def _rules(self) -> dict[str, Row]:
        """Which rule found what, by place: only the pipeline's records have that."""
        rules: dict[str, Row] = {}
        for kind in KINDS:
            named = ((m, m.get("rule")) for entry in self.record[kind] for m in entry["mentions"])
            rules[kind] = _by_place(named)
        for kind in ("dates", "figures"):
            rules[kind] = _by_place((entry["mention"], entry.get("rule")) for entry in self.record[kind])
        acts = self.record["decisions"]
        rules["decisions"] = {act["id"]: act["trigger"]["rule"] for act in acts if act["trigger"].get("rule")}
        return {kind: told for kind, told in rules.items() if told}


def _by_place(spans: Iterable[tuple[Row, str | None]]) -> Row:
    return {f"{span['start']}-{span['end']}": rule for span, rule in spans if rule}


def _place(span: Row) -> Place:
    return span["start"], span["end"]


def _given(entry: Row, but: Iterable[str] = ()) -> Row:
    """The fields that say something, as text."""
    return {
        key: value if isinstance(value, str) else str(value)
        for key, value in entry.items()
        if key not in but and value is not None
    }
