"""Made-up records of a few words, for the tests of linking."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from communique.linking.files import link, read_entities
from communique.linking.models import Ambiguity, AnyEntity, DocumentEntity, OrganizationEntity, PersonEntity
from communique.records import Record
from made_up import Row, decision, source, span

Office = tuple[str, str | None, str | None]
"""Title, state, organization."""
NAMES = {"KEN": "Kenya", "UGA": "Uganda", "RUS": "Russia", "UKR": "Ukraine", "NAM": "Namibia", "PER": "Peru"}


def person(name: str, *offices: Office, forms: Sequence[str] = ()) -> Row:
    return {"name": name, "offices": offices, "forms": forms}


def body(name: str, acronym: str | None = None, before: str = "") -> Row:
    return {"name": name, "acronym": acronym, "before": before}


def document(title: str, type_: str = "treaty", status: str = "mentioned", **more: Any) -> Row:
    return {"title": title, "type": type_, "status": status, "date": None, "period": None, "parties": [], **more}


def record(
    id_: str, day: str | None = "2020-05-17", people: Sequence[Row] = (), bodies: Sequence[Row] = (),
    documents: Sequence[Row] = (), states: Sequence[str] = (), publisher: str | None = None,
) -> Row:  # fmt: skip
    """A record whose text holds each name once, on a line of its own."""
    codes: list[str] = sorted({*states, *(o[1] for p in people for o in p["offices"] if o[1])})
    lines = [NAMES.get(code, code) for code in codes]
    lines += [line for p in people for line in (p["name"], *p["forms"])]
    lines += [line for b in bodies for line in (b["before"] + b["name"], *([b["acronym"]] if b["acronym"] else ()))]
    lines += [d["title"] for d in documents]
    text = "\n\n".join(lines) + "\n"
    at = Places(text)
    row: Row = {
        "schema": "communique/1",
        "id": id_,
        "source": {**source(f"{id_}.txt"), "published": day, "publisher": publisher},
        "text": text,
        "meeting": None,
        "people": [],
        "states": [{"id": c, "name": NAMES.get(c, c), "mentions": [at(NAMES.get(c, c))]} for c in codes],
        "organizations": [],
        "documents": [],
        "dates": [],
        "figures": [],
        "decisions": [],
    }
    row["people"] = [_person(n, p, at) for n, p in enumerate(people, 1)]
    row["organizations"] = [
        {"id": f"o{n}", "name": b["name"], "acronym": b["acronym"],
         "mentions": [at(b["name"]), *([at(b["acronym"])] if b["acronym"] and b["acronym"] != b["name"] else ())]}
        for n, b in enumerate(bodies, 1)
    ]  # fmt: skip
    _beside(row, bodies, text)
    for n, d in enumerate(documents, 1):
        told = {key: value for key, value in d.items() if key != "decisions"}
        row["documents"].append({"id": f"d{n}", **told, "mentions": [at(d["title"])]})
        row["decisions"] += [_decision(act, on, f"d{n}", d["title"], text) for act, on in d.get("decisions", ())]
    for n, act in enumerate(row["decisions"], 1):
        act["id"] = f"a{n}"
    Record.model_validate(row)
    return row


class Places:
    """Finds each occurrence of words once."""

    def __init__(self, text: str) -> None:
        self._text, self._after = text, 0

    def __call__(self, words: str) -> Row:
        start = self._text.index(words, self._after)
        self._after = start + len(words)
        return {"start": start, "end": start + len(words), "text": words}


def _person(number: int, told: Row, at: Places) -> Row:
    roles = [{"title": t, "state": s, "organization": o, "at": None} for t, s, o in told["offices"]]
    mentions = [at(told["name"]), *(at(form) for form in told["forms"])]
    return {"id": f"p{number}", "name": told["name"], "roles": roles, "mentions": mentions}


def _beside(row: Row, bodies: Sequence[Row], text: str) -> None:
    """Make the words before a body mentions of their state."""
    for b in bodies:
        for code, name in NAMES.items():
            if b["before"].startswith(name):
                start = text.index(b["before"] + b["name"])
                state = next(s for s in row["states"] if s["id"] == code)
                state["mentions"].append({"start": start, "end": start + len(name), "text": name})


def _decision(act: str, day: str | None, document_id: str, title: str, text: str) -> Row:
    words = span(text, title)
    return decision("a1", act, "taken", words, words, documents=[document_id], date=day)


class World:
    """What was written of some records."""

    def __init__(self, rows: Iterable[Row], folder: Path) -> None:
        path = folder / "records.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        self.counts = link([path], folder / "linked")
        self.entities = list(read_entities(folder / "linked" / "entities.jsonl"))
        lines = (folder / "linked" / "ambiguous.jsonl").read_text("utf-8").splitlines()
        self.doubts = [Ambiguity.model_validate_json(line) for line in lines]

    def groups(self, kind: str) -> list[list[str]]:
        """The names of each entity's entries as `text: name`, the entities of more than one text first."""
        found = [sorted(f"{t.text}: {t.name}" for t in e.texts) for e in self.entities if e.kind == kind]
        return sorted(found, key=lambda group: (-len(group), group))

    def joined(self, kind: str) -> list[list[str]]:
        """The texts of each entity that is in more than one."""
        return sorted(sorted(t.text for t in e.texts) for e in self.entities if e.kind == kind and len(e.texts) > 1)

    def doubted(self) -> dict[str, str]:
        """The reasons by the names of what was kept apart."""
        return {doubt.name: doubt.reason for doubt in self.doubts}

    def of(self, text: str, entry: str) -> AnyEntity:
        """The entity of an entry."""
        return next(e for e in self.entities if any((t.text, t.entry) == (text, entry) for t in e.texts))

    def person(self, text: str) -> PersonEntity:
        entity = self.of(text, "p1")
        assert isinstance(entity, PersonEntity)
        return entity

    def body(self, text: str) -> OrganizationEntity:
        entity = self.of(text, "o1")
        assert isinstance(entity, OrganizationEntity)
        return entity

    def document(self, text: str) -> DocumentEntity:
        entity = self.of(text, "d1")
        assert isinstance(entity, DocumentEntity)
        return entity
