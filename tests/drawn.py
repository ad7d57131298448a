"""Records drawn at random over texts with everything in them that offsets, lines and markup stumble over."""

from __future__ import annotations

import random
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from communique import records
from communique.gold.numbering import numbered
from communique.records import Record

T = TypeVar("T")
Row = dict[str, Any]
# Letters, digits, marks of YAML, XML and of our own notation, line ends and spaces of all kinds, combining and
# direction marks, characters beyond U+FFFF, what no one can see.
ALPHABET = (
    "abAB0 1.,;:!?'\"#|\\/-=&<>[]{}@%*`~ \t\r\n\u0085\u00a0\u2028\u2029\u200b\u200e\u200d\ufeff\u0301\u0308\u20dd"
    "éßЖ漢\U0001f600\U0001d51f\U0001f468\U0001f1f0\ufffd\x00\x07\x1b"
)
TEXTS = st.one_of(
    st.text(ALPHABET, max_size=60),
    st.lists(st.sampled_from(["Kenya", "Oman", "Okello", "the", "\r\n", " ", "\t", "signed", "🌊", "e\u0301", ". "]))
    .map("".join),
)  # fmt: skip


def drawn_records() -> st.SearchStrategy[Record]:
    """Records of any content over such texts."""
    return st.builds(drawn, TEXTS, st.integers(0, 2**32))


def drawn(text: str, seed: int) -> Record:
    """A record over a text, with whatever the seed puts into it."""
    return Record.model_validate(_Drawing(text, random.Random(seed)).row())


class _Drawing:
    def __init__(self, text: str, rng: random.Random) -> None:
        self.text = text
        self.rng = rng

    def row(self) -> Row:
        spans = self._flat()
        kinds = ("people", "states", "organizations", "documents", "dates", "figures")
        mine: dict[str, list[Row]] = {kind: [] for kind in kinds}
        for span in spans:
            mine[self.rng.choice(kinds)].append(span)
        row: Row = {"schema": "communique/1", "id": self._words() + self.rng.choice(("", "/a", "..")),
                    "source": dict.fromkeys(records.Source.model_fields), "text": self.text}  # fmt: skip
        row["source"].update(path=self._maybe(self._words), published=self._maybe(self._date))
        row["organizations"] = [
            {"id": f"x{i}", "name": self._words(), "acronym": self._maybe(self._words), "mentions": mentions}
            for i, mentions in enumerate(self._grouped(mine["organizations"]))
        ]
        codes = self.rng.sample(["KEN", "OMN", "NRU", "XKX", "SUN"], 5)
        row["states"] = [
            {"id": code, "name": self._words(), "mentions": mentions}
            for code, mentions in zip(codes, self._grouped(mine["states"], 5), strict=False)
        ]
        row["people"] = [
            {"id": f"y{i}", "name": self._words(), "roles": self._many(lambda: self._role(row)), "mentions": mentions}
            for i, mentions in enumerate(self._grouped(mine["people"]))
        ]
        row["documents"] = [
            {"id": f"z{i}", "type": self._one(records.DocumentType), "title": self._words(),
             "status": self._one(records.DocumentStatus), "date": self._maybe(self._date),
             "period": self._maybe(self._date),
             "parties": self._some(["TUV", "KEN", *self._ids(row, ("organizations",))]), "mentions": mentions}
            for i, mentions in enumerate(self._grouped(mine["documents"]))
        ]  # fmt: skip
        row["dates"] = [{"value": self._maybe(self._date), "mention": span, **self._rule()} for span in mine["dates"]]
        row["figures"] = [self._figure(span) for span in mine["figures"]]
        row["meeting"] = self._maybe(lambda: self._meeting(row))
        row["decisions"] = [self._decision(row, i) for i in range(self.rng.randrange(4))] if self.text else []
        for kind in kinds[:4]:
            for entry in row[kind]:
                entry["mentions"] = [{**mention, **self._rule()} for mention in entry["mentions"]]
        return numbered(row)

    # Parts.

    def _flat(self) -> list[Row]:
        cuts = sorted(self.rng.sample(range(len(self.text) + 1), min(len(self.text), self.rng.randrange(24))))
        return [self._span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]

    def _grouped(self, spans: list[Row], most: int = 9) -> list[list[Row]]:
        groups: list[list[Row]] = []
        for span in spans:
            if groups and (len(groups) == most or self.rng.random() < 0.4):
                self.rng.choice(groups).append(span)
            else:
                groups.append([span])
        return groups

    def _span(self, start: int, end: int) -> Row:
        return {"start": start, "end": end, "text": self.text[start:end]}

    def _any(self, low: int, high: int) -> Row:
        start = self.rng.randrange(low, high)
        return self._span(start, self.rng.randrange(start, high) + 1)

    def _decision(self, row: Row, number: int) -> Row:
        sentence = self._any(0, len(self.text))
        low, high = sentence["start"], sentence["end"]
        act = self._one(records.Act)
        return {
            "id": f"w{number}",
            "act": act,
            "status": "proposed" if act == "urge" else self._one(records.DecisionStatus),
            "actors": self._many(lambda: self._actor(row, low, high)),
            "object": self._maybe(lambda: self._any(0, len(self.text))),
            "recipient": self._maybe(lambda: self._actor(row, low, high)),
            "documents": self._some(self._ids(row, ("documents",))),
            "date": self._maybe(self._date),
            "trigger": {**self._any(low, high), **self._rule()},
            "evidence": sentence,
        }

    def _actor(self, row: Row, low: int, high: int) -> Row:
        span = self._any(low, high) if self.rng.random() < 0.7 else {"start": None, "end": None, "text": self._raw()}
        return {**span, "ids": self._some(self._ids(row, ("people", "states", "organizations")))}

    def _role(self, row: Row) -> Row:
        body = self.rng.choice([None, *(entry["name"] for entry in row["organizations"])])
        at = self._maybe(lambda: self._any(0, len(self.text)))
        return {"title": self._words(), "state": self.rng.choice((None, "FJI")), "organization": body, "at": at}

    def _figure(self, span: Row) -> Row:
        numbers = (0, -3, 2.0, 2.5, 1e21, 10**30, 0.1)
        return {"value": self.rng.choice(numbers), "upper": self._maybe(lambda: self.rng.choice(numbers)),
                "unit": self._words(), "modifier": self._maybe(lambda: self._one(records.Modifier)),
                "measure": self._maybe(lambda: self._any(0, len(self.text))), "mention": span,
                **self._rule()}  # fmt: skip

    def _meeting(self, row: Row) -> Row:
        present = self._some(self._ids(row, ("people", "states", "organizations")))
        return {"name": self._maybe(self._words), "date": self._maybe(self._date), "place": self._maybe(self._words),
                "state": self.rng.choice((None, "KEN")), "participants": present}  # fmt: skip

    # Values.

    def _raw(self) -> str:
        start = self.rng.randrange(len(self.text) + 1)
        return self.text[start : start + self.rng.randrange(1, 9)] or "x"

    def _words(self) -> str:
        return " ".join(self._raw().split()) or self.rng.choice(("x", "x #2", "no", "~", "=p1", "KEN", "1e3", "- a: b"))

    def _date(self) -> str:
        return self.rng.choice(("2024-05-03", "2024", "2024/2025", "../2030"))

    def _one(self, choices: Any) -> str:
        return str(self.rng.choice(get_args(choices)))

    def _maybe(self, make: Any) -> Any:
        return make() if self.rng.random() < 0.5 else None

    def _many(self, make: Any) -> list[Any]:
        return [make() for _ in range(self.rng.randrange(3))]

    def _some(self, ids: list[str]) -> list[str]:
        return self.rng.sample(ids, self.rng.randrange(len(ids) + 1)) if ids else []

    def _rule(self) -> Row:
        return {"rule": f"made-up.{self.rng.randrange(9)}"} if self.rng.random() < 0.5 else {}

    def _ids(self, row: Row, kinds: tuple[str, ...]) -> list[str]:
        return [entry["id"] for kind in kinds for entry in row[kind]]
