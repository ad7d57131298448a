"""Records made worse in every way a prediction can be worse, each still a valid record."""

from __future__ import annotations

import copy
import random
from typing import Any, get_args

from communique import records

Row = dict[str, Any]
NAMED = ("people", "states", "organizations", "documents")
PREFIX = {"people": "p", "organizations": "o", "documents": "d", "decisions": "a"}


def spoiled(row: Row, seed: int, share: float = 0.25) -> Row:
    """A copy of a record in which about that share of everything is wrong."""
    rng = random.Random(f"{seed} {row['id']}")
    row = copy.deepcopy(row)
    text: str = row["text"]

    def hit() -> bool:
        return rng.random() < share

    def move(span: Row) -> None:
        start = max(0, span["start"] + rng.choice((-1, 0, 0, 2)))
        end = min(len(text), max(start + 1, span["end"] + rng.choice((-3, -1, 0, 4))))
        span.update(start=start, end=end, text=text[start:end])

    def other_date(value: str | None) -> str | None:
        return rng.choice([None, "2001", "1999-12-31", value])

    for kind in NAMED:
        for entry in row[kind]:
            entry["mentions"] = [m for m in entry["mentions"] if not hit()]
            for mention in entry["mentions"]:
                if hit():
                    move(mention)
    _split(row, rng, share)
    for state in row["states"]:
        if hit():
            state["id"] = rng.choice(("ABW", "ZWE", "FJI", state["id"]))
    for person in row["people"]:
        for role in person["roles"]:
            if hit():
                role["title"] = rng.choice(("the " + role["title"], role["title"].upper(), "Envoy"))
            if hit():
                role["state"] = rng.choice((None, "FJI"))
        if hit():
            person["roles"] = person["roles"][1:]
    for document in row["documents"]:
        for field, values in (("type", records.DocumentType), ("status", records.DocumentStatus)):
            if hit():
                document[field] = rng.choice(get_args(values))
        for field in ("date", "period"):
            if hit():
                document[field] = other_date(document[field])
        if hit():
            document["parties"] = rng.sample(["KEN", "UGA", "TZA", "RWA"], rng.randrange(3))
    for kind in ("dates", "figures"):
        row[kind] = [entry for entry in row[kind] if not hit()]
        for entry in row[kind]:
            if hit():
                move(entry["mention"])
    for date in row["dates"]:
        if hit():
            date["value"] = rng.choice((None, "2024", "P3D"))
    for figure in row["figures"]:
        if hit():
            figure["value"] = figure["value"] * (1 if hit() else 1.0000000001 if hit() else 2)
        if hit():
            figure["upper"] = rng.choice((None, 7))
        if hit():
            figure["unit"] = rng.choice(("people", "persons", "Percent", "M³", figure["unit"]))
        if hit():
            figure["modifier"] = rng.choice((None, *get_args(records.Modifier)))
        if figure["measure"] and hit():
            move(figure["measure"])
    row["decisions"] = [decision for decision in row["decisions"] if not hit()]
    for decision in row["decisions"]:
        _spoil_decision(decision, row, rng, share)
    if row["meeting"] and hit():
        row["meeting"]["name"] = rng.choice((None, "Other talks", f"{row['meeting']['name']} held"))
        row["meeting"]["date"] = other_date(row["meeting"]["date"])
        row["meeting"]["participants"] = [i for i in row["meeting"]["participants"] if not hit()]
    if rng.random() < share / 4:
        row["meeting"] = None
    return _mended(row)


def _spoil_decision(decision: Row, row: Row, rng: random.Random, share: float) -> None:
    text = row["text"]
    evidence = decision["evidence"]

    def hit() -> bool:
        return rng.random() < share

    if hit():
        decision["act"] = rng.choice(get_args(records.Act))
    if hit():
        decision["status"] = rng.choice(get_args(records.DecisionStatus))
    if decision["act"] == "urge":
        decision["status"] = "proposed"
    if hit():
        start = rng.randrange(evidence["start"], evidence["end"])
        end = rng.randrange(start, evidence["end"]) + 1
        decision["trigger"] = {"start": start, "end": end, "text": text[start:end]}
    if decision["object"] and hit():
        start = decision["object"]["start"]
        end = rng.randrange(start, decision["object"]["end"]) + 1
        decision["object"] = rng.choice((None, {"start": start, "end": end, "text": text[start:end]}))
    decision["actors"] = [actor for actor in decision["actors"] if not hit()]
    for actor in decision["actors"]:
        actor["ids"] = [id_ for id_ in actor["ids"] if not hit()]
    if hit():
        decision["recipient"] = rng.choice((None, *decision["actors"]))
    if hit():
        decision["date"] = rng.choice((None, "2010-03"))
    decision["documents"] = [id_ for id_ in decision["documents"] if not hit()]


def _split(row: Row, rng: random.Random, share: float) -> None:
    """Of some entries the later mentions become an entry of their own."""
    for kind in ("people", "organizations", "documents"):
        for entry in list(row[kind]):
            if len(entry["mentions"]) > 1 and rng.random() < share:
                at = rng.randrange(1, len(entry["mentions"]))
                row[kind].append({**entry, "id": entry["id"] + "b", "mentions": entry["mentions"][at:]})
                entry["mentions"] = entry["mentions"][:at]


def _mended(row: Row) -> Row:
    """The same without what no record may have: overlaps, empty entries, ids that lead nowhere."""
    named: list[Row] = []
    titled: list[Row] = []
    for kind in NAMED:
        entries = {entry["id"]: entry for entry in row[kind]}
        for entry in entries.values():
            ordered = sorted(entry["mentions"], key=lambda mention: mention["start"])
            entry["mentions"] = [mention for mention in ordered if _free(mention, named)]
            if kind in ("organizations", "documents"):
                titled += entry["mentions"]
        row[kind] = [entry for entry in entries.values() if entry["mentions"]]
    for kind in ("dates", "figures"):
        row[kind] = [entry for entry in row[kind] if _free(entry["mention"], titled)]
        row[kind].sort(key=lambda entry: entry["mention"]["start"])
    row["decisions"].sort(key=lambda decision: decision["trigger"]["start"])
    _renumber(row)
    return row


def _free(span: Row, taken: list[Row]) -> bool:
    """Take a place, if nothing stands there."""
    if any(span["start"] < other["end"] and other["start"] < span["end"] for other in taken):
        return False
    taken.append(span)
    return True


def _renumber(row: Row) -> None:
    names: dict[str, str] = {state["id"]: state["id"] for state in row["states"]}
    for kind, prefix in PREFIX.items():
        if kind != "decisions":
            row[kind].sort(key=lambda entry: entry["mentions"][0]["start"])
        for number, entry in enumerate(row[kind], 1):
            names[entry["id"]] = f"{prefix}{number}"
            entry["id"] = f"{prefix}{number}"

    def known(ids: list[str]) -> list[str]:
        return [names[id_] for id_ in ids if id_ in names]

    for document in row["documents"]:
        document["parties"] = [names.get(id_, id_) for id_ in document["parties"] if id_ in names or id_[0].isupper()]
    if row["meeting"]:
        row["meeting"]["participants"] = known(row["meeting"]["participants"])
    for decision in row["decisions"]:
        decision["documents"] = known(decision["documents"])
        actors = [*decision["actors"], *([decision["recipient"]] if decision["recipient"] else [])]
        for actor in {id(actor): actor for actor in actors}.values():
            actor["ids"] = known(actor["ids"])
    bodies = {organization["name"] for organization in row["organizations"]}
    for person in row["people"]:
        for role in person["roles"]:
            if role["organization"] not in bodies:
                role["organization"] = None
