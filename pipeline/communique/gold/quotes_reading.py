"""Quotes to records: every quote is looked for, and everything that is not found is told, with its line and a hint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from communique.errors import InputError
from communique.gold.claims import settled
from communique.gold.finder import Choose, Finder, Place, Quote, QuoteError, first_free, first_from, nearest_to
from communique.gold.numbering import numbered
from communique.gold.problems import GoldError
from communique.gold.references import KINDS, PARTIES, References, UnknownNameError
from communique.gold.yamltext import Mapping, Text, read
from communique.jsonl import first_problem
from communique.records import SCHEMA, Record, Source

Row = dict[str, Any]
_PLACE = ("quote", "in", "nth")
KEYS: dict[str, tuple[str, ...]] = {
    "the file": ("id", "source", "file", "meeting", *KINDS, "dates", "figures", "decisions", "rules", "text", "not"),
    "source": tuple(Source.model_fields),
    "meeting": ("name", "date", "place", "state", "participants"),
    "people": ("name", "roles", "mentions", "not"),
    "states": ("id", "name", "mentions", "not"),
    "organizations": ("name", "acronym", "mentions", "not"),
    "documents": ("title", "type", "status", "date", "period", "parties", "mentions", "not"),
    "roles": ("title", "state", "organization", "at"),
    "dates": ("value", *_PLACE),
    "figures": ("value", "upper", "unit", "modifier", "measure", *_PLACE),
    "decisions": (
        "evidence", "trigger", "act", "status", "actors", "object", "recipient", "documents", "date",
    ),
    "an actor": ("words", "ids", *_PLACE),
    "a quote": _PLACE,
}  # fmt: skip


def from_quotes(yaml: str, path: str = "quotes", folder: Path | None = None) -> Record:
    """The record that a document describes; `GoldError` with all that is wrong.

    `folder` is where the text is looked for that the document names instead of holding it.
    """
    for told in all_from_quotes(yaml, path, folder):
        if isinstance(told, InputError):
            raise told
        return told
    raise InputError(path, "empty")


def all_from_quotes(yaml: str, path: str = "quotes", folder: Path | None = None) -> Iterator[Record | InputError]:
    """The record of each document of a file, or what is wrong with it."""
    try:
        for told in read(yaml, path):
            try:
                if not isinstance(told, Mapping):
                    raise InputError(path, "no mapping of keys to values")
                yield _Reader(told, path, folder).record()
            except InputError as e:
                yield e
    except InputError as e:  # and nothing can be read behind it
        yield e


class _Reader:
    def __init__(self, told: Mapping, path: str, folder: Path | None) -> None:
        self.told = told
        self.path = path
        self.problems: list[InputError] = []
        self.line = 1
        self._keys("the file", told)
        self.source, text = self._source(folder)
        self.finder = Finder(text)
        self.references = References({})

    def record(self) -> Record:
        row: Row = {"schema": SCHEMA, "id": str(self.told.get("id") or Path(self.path).stem), "source": self.source}
        row["text"] = self.finder.text
        row.update(self._named())
        self.references = References(row)
        row["meeting"] = self._meeting()
        for document in row["documents"]:
            parties = self._list(document.pop("told"), "parties")
            document["parties"] = self._ids(parties, ("states", "organizations"), codes=True)
        row.update(dates=self._dates(), figures=self._figures(), decisions=self._decisions())
        self._stop()
        row = numbered({kind: row[kind] for kind in ("schema", "id", "source", "text", "meeting", *KINDS, "dates",
                                                     "figures", "decisions")})  # fmt: skip
        self._rules(row)
        try:
            return Record.model_validate(row)
        except ValidationError as e:
            raise InputError(self.path, first_problem(e)) from None

    # What is said of the file.

    def _problem(self, reason: str, at: object = None) -> None:
        self.problems.append(InputError(self.path, reason, getattr(at, "line", None) or self.line))

    def _stop(self) -> None:
        if self.problems:
            raise GoldError(self.problems)

    def _keys(self, what: str, given: Any) -> bool:
        """Whether something is a mapping; keys that it can't have are problems."""
        if not isinstance(given, Mapping):
            self._problem(f"{what}: not a mapping, but {given!r}", given)
            return False
        self.line = given.line
        for key in given:
            if key not in KEYS[what]:
                self._problem(f"{what}: unknown key {key!r}; known: {', '.join(KEYS[what])}", given)
        return True

    def _list(self, given: Mapping, key: str) -> list[Any]:
        value = given.get(key, [])
        if isinstance(value, list):
            return value
        self._problem(f"{key}: not a list, but {value!r}", given)
        return []

    def _entries(self, kind: str) -> list[Mapping]:
        return [entry for entry in self._list(self.told, kind) if self._keys(kind, entry)]

    def _needs(self, given: Mapping, what: str, *keys: str) -> bool:
        missing = [key for key in keys if key not in given]
        if missing:
            self._problem(f"{what}: {missing[0]!r} is missing", given)
        return not missing

    def _source(self, folder: Path | None) -> tuple[Row, str]:
        source: Row = dict.fromkeys(Source.model_fields)
        given = self.told.get("source", Mapping())
        if self._keys("source", given):
            source.update({key: str(value) for key, value in given.items() if key in source})
        if "text" in self.told:
            return source, str(self.told["text"])
        if "file" not in self.told or folder is None:
            self._problem("there is neither 'text' nor 'file'")
            self._stop()
        from communique.readers import read as read_file

        found = read_file(folder / self.told["file"])
        known = {"path": str(self.told["file"]), "sha256": found.sha256, "media_type": found.media_type,
                 "encoding": found.encoding, "language": "en"}  # fmt: skip
        return {key: known.get(key) if value is None else value for key, value in source.items()}, found.text

    # Places.

    def _quote(self, given: Any) -> Quote | None:
        """The quote that is meant: words, or a mapping with what tells the place."""
        if isinstance(given, Mapping):
            nth = given.get("nth")
            if "quote" not in given:
                self._problem("'quote' is missing", given)
                return None
            if nth is not None and not re.fullmatch(r"[1-9]\d*", nth):
                self._problem(f"nth: {nth!r} is no number from 1 on", given)
                return None
            return Quote(str(given["quote"]), given.get("in"), int(nth) if nth else None)
        return Quote(str(given))

    def _find(self, what: str, given: Any, choose: Choose | None = None, zone: Place | None = None) -> Place | None:
        quote = self._quote(given)
        if quote is None:
            return None
        try:
            return self.finder.find(quote, choose, zone)
        except QuoteError as e:
            self._problem(f"{what}: {e}", given)
            return None

    def _span(self, place: Place) -> Row:
        return {"start": place[0], "end": place[1], "text": self.finder.text[slice(*place)]}

    def _found(self, what: str, given: Any, choose: Choose | None = None, zone: Place | None = None) -> Row | None:
        if given is None:
            return None
        place = self._find(what, given, choose, zone)
        return self._span(place) if place else None

    # Entries.

    def _named(self) -> dict[str, list[Row]]:
        told = [(kind, entry) for kind in KINDS for entry in self._entries(kind)]
        single: list[tuple[int, Place]] = []
        forms: list[tuple[tuple[str, str], str]] = []
        gone = [place for n in self._list(self.told, "not") if (place := self._find("not", n))]
        for i, (kind, entry) in enumerate(told):
            what = _name(kind, entry)
            for mention in self._list(entry, "mentions"):
                if isinstance(mention, Mapping) and self._keys("a quote", mention):
                    if place := self._find(what, mention):
                        single.append((i, place))
                elif self._stands(what, mention):
                    forms.append(((kind, str(i)), str(mention)))
            gone += [place for n in self._list(entry, "not") if (place := self._find(f"{what}: not", n))]
        owned: dict[int, list[Place]] = {i: [] for i in range(len(told))}
        for i, place in single:
            owned[i].append(place)
        for claim in settled(self.finder, forms, [*(place for _, place in single), *gone]):
            owned[int(claim.key[1])].append(claim.place)
        self._no_two(owned, told)
        rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
        for i, (kind, entry) in enumerate(told):
            self.line = entry.line
            if not owned[i]:
                self._problem(f"{_name(kind, entry)}: no mention is left (each is none, or inside a longer one)", entry)
            rows[kind].append(self._entry(kind, entry, f"{kind} {i}", owned[i]))
        return rows

    def _stands(self, what: str, form: Any) -> bool:
        """Whether a form stands anywhere."""
        if self.finder.all(str(form)):
            return True
        self._find(what, form)  # which says that it is not found
        return False

    def _no_two(self, owned: dict[int, list[Place]], told: list[tuple[str, Mapping]]) -> None:
        owners: dict[Place, int] = {}
        for i, places in owned.items():
            for place in dict.fromkeys(places):
                if (other := owners.setdefault(place, i)) != i:
                    one, two = _name(*told[other]), _name(*told[i])
                    words = self.finder.text[slice(*place)]
                    self._problem(f"{one} and {two} both claim {words!r}; give each its places with in:", told[i][1])

    def _entry(self, kind: str, entry: Mapping, id_: str, places: list[Place]) -> Row:
        row: Row = {"id": id_}
        if kind == "people" and self._needs(entry, "people", "name"):
            row.update(name=str(entry["name"]), roles=[self._role(role, places) for role in self._list(entry, "roles")])
        if kind == "states" and self._needs(entry, "states", "id", "name"):
            row = {"id": str(entry["id"]), "name": str(entry["name"])}
        if kind == "organizations" and self._needs(entry, "organizations", "name"):
            row.update(name=str(entry["name"]), acronym=_text(entry, "acronym"))
        if kind == "documents" and self._needs(entry, "documents", "title", "type", "status"):
            row.update({"type": str(entry["type"]), "title": str(entry["title"]), "status": str(entry["status"])})
            row.update(date=_text(entry, "date"), period=_text(entry, "period"))
        if kind == "documents":
            row["told"] = entry
        # What lacks a name is told, and then nothing can come of the file.
        row.setdefault("title" if kind == "documents" else "name", "?")
        return {**row, "mentions": [self._span(place) for place in sorted(set(places))]}

    def _role(self, role: Any, places: list[Place]) -> Row:
        if not self._keys("roles", role) or not self._needs(role, "roles", "title"):
            return {}
        at = self._found("at", role.get("at"), nearest_to(min(places, default=(0, 0))[0], True))
        return {"title": str(role["title"]), "state": _text(role, "state"),
                "organization": _text(role, "organization"), "at": at}  # fmt: skip

    def _ids(self, names: Iterable[Any], kinds: Iterable[str] = PARTIES, codes: bool = False) -> list[str]:
        found = []
        for name in names:
            try:
                found.append(self.references.id_of(str(name), kinds, codes))
            except UnknownNameError as e:
                self._problem(str(e), name)
        return found

    def _meeting(self) -> Row | None:
        given = self.told.get("meeting")
        if given is None or not self._keys("meeting", given):
            return None
        told: Row = {key: _text(given, key) for key in ("name", "date", "place", "state")}
        return {**told, "participants": self._ids(self._list(given, "participants"))}

    # Values.

    def _dates(self) -> list[Row]:
        rows, at = [], 0
        for entry in self._entries("dates"):
            if place := self._find("dates", entry, first_from(at)):
                rows.append({"value": _text(entry, "value"), "mention": self._span(place)})
                at = place[1]
        return rows

    def _figures(self) -> list[Row]:
        rows, at = [], 0
        for entry in self._entries("figures"):
            place = self._find("figures", entry, first_from(at))
            if place and self._needs(entry, "figures", "value", "unit"):
                numbers = {key: self._number(entry, key) for key in ("value", "upper")}
                measure = self._found("measure", entry.get("measure"), nearest_to(place[0], True))
                rows.append({**numbers, "unit": str(entry["unit"]), "modifier": _text(entry, "modifier"),
                             "measure": measure, "mention": self._span(place)})  # fmt: skip
                at = place[1]
        return rows

    def _number(self, entry: Mapping, key: str) -> int | float | None:
        given = entry.get(key)
        if given is None:
            return None
        try:
            return int(given) if re.fullmatch(r"-?\d+", given) else float(given)
        except (ValueError, TypeError):
            self._problem(f"{key}: {given!r} is no number", given)
            return None

    def _decisions(self) -> list[Row]:
        rows: list[Row] = []
        taken: list[Place] = []
        at = 0
        for number, entry in enumerate(self._entries("decisions")):
            what = f"decision {entry.get('trigger', '')!s}"
            if not self._needs(entry, what, "evidence", "trigger", "act", "status"):
                continue
            zone = self._find(f"{what}: evidence", entry["evidence"], first_from(at))
            trigger = self._find(f"{what}: trigger", entry["trigger"], first_free(taken), zone) if zone else None
            if zone and trigger:
                rows.append({"id": f"decision {number}", **self._decision(what, entry, zone, trigger)})
                taken.append(trigger)
                at = zone[0]
        return rows

    def _decision(self, what: str, entry: Mapping, zone: Place, trigger: Place) -> Row:
        before, behind = nearest_to(trigger[0], before=True), nearest_to(trigger[0], before=False)
        actors = [self._actor(f"{what}: actor", actor, before, zone) for actor in self._list(entry, "actors")]
        recipient = entry.get("recipient")
        return {
            "act": str(entry["act"]),
            "status": str(entry["status"]),
            "actors": [actor for actor in actors if actor],
            "object": self._found(f"{what}: object", entry.get("object"), behind, zone),
            "recipient": None if recipient is None else self._actor(f"{what}: recipient", recipient, behind, zone),
            "documents": self._ids(self._list(entry, "documents"), ("documents",)),
            "date": _text(entry, "date"),
            "trigger": self._span(trigger),
            "evidence": self._span(zone),
        }

    def _actor(self, what: str, given: Any, choose: Choose, zone: Place) -> Row | None:
        if isinstance(given, Text):
            span = self._found(what, given, choose, zone)
            return {**span, "ids": []} if span else None
        if not self._keys("an actor", given):
            return None
        ids = self._ids(self._list(given, "ids"))
        if "words" in given:
            return {"start": None, "end": None, "text": str(given["words"]), "ids": ids}
        span = self._found(what, given, choose, zone)
        return {**span, "ids": ids} if span else None

    def _rules(self, row: Row) -> None:
        """The rules of what still stands where it stood."""
        for kind in KINDS:
            for entry in row[kind]:
                for mention in entry["mentions"]:
                    self._set_rule(mention, kind, f"{mention['start']}-{mention['end']}")
        for kind in ("dates", "figures"):
            for entry in row[kind]:
                self._set_rule(entry, kind, f"{entry['mention']['start']}-{entry['mention']['end']}")
        for act in row["decisions"]:
            self._set_rule(act["trigger"], "decisions", act["id"])

    def _set_rule(self, entry: Row, kind: str, place: str) -> None:
        rules = self.told.get("rules")
        told = rules.get(kind) if isinstance(rules, Mapping) else None
        rule = told.get(place) if isinstance(told, Mapping) else None
        if rule:
            entry["rule"] = str(rule)


def _text(entry: Mapping, key: str) -> str | None:
    value = entry.get(key)
    return None if value is None else str(value)


def _name(kind: str, entry: Mapping) -> str:
    return f"{kind} {entry.get('title') or entry.get('name') or entry.get('id')!s}"
