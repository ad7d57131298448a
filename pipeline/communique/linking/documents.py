"""Which documents of many texts are one.

Evidence is a rule that knows the title; the number and the body that numbered it; or the same words in the title with
something that other documents of such a title don't share: the same parties, the same day, a place or body in the name.
Dates, periods and parties that contradict each other keep documents apart; a title without them joins the one document
that it can be. "Joint Declaration" and the like are their text's own, unless day and parties are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from communique.edtf import Day, bounds
from communique.linking.folding import digest, folded, slug
from communique.linking.nodes import First, Node, Nodes, here, near
from communique.linking.store import Text
from communique.linking.titles import COUNCIL, Title

_LONG = 7
"""Words that mean something in a title that no other document is expected to have."""
_RENEWED = 15
"""Years within which one title between the same parties is one document's, if neither text has its date."""
_ISSUED = frozenset({"statement", "declaration", "communique"})
_RECURRENT = frozenset({"statement", "communique", "decision", "resolution", "law", "report"})
"""Kinds of which bodies issue one after the other under the same title."""
_SHOWN = 8
"""Candidates that are listed at most."""


class Instrument(NamedTuple):
    """A document as one text tells of it."""

    printed: str
    type: str
    title: Title
    date: str | None
    period: str | None
    parties: frozenset[str]


@dataclass(eq=False)
class DocumentNode(Node):
    """A document as texts tell of it alike."""

    document: Instrument = field(kw_only=True)


class Documents:
    """Takes the documents of all texts, then says which are one."""

    def __init__(self) -> None:
        self.nodes: Nodes[DocumentNode] = Nodes("document")

    def see(self, text: Text, document: Instrument) -> int:
        """The node of a document."""
        key, id_ = _key_and_id(document, text)
        number = self.nodes.at(key, lambda: DocumentNode(document.printed, document=document))
        self.nodes.all[number].add(id_, First.of(text.date, text.id), text.context)
        return number

    def settle(self) -> None:
        """Join what is one."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for key, number in self.nodes.by_key():
            if key[0] in ("titled", "here"):
                groups.setdefault(key[1:3], []).append(number)
        for numbers in groups.values():
            if len(numbers) > 1:
                self._settle(numbers)
        self._join_partial()

    def _settle(self, numbers: Sequence[int]) -> None:
        """Documents of one title: those that tell most first, each other joins the one that it can be."""
        done: list[int] = []
        order = sorted(numbers, key=lambda n: (-self._told(n), numbers.index(n)))
        for _, batch in groupby(order, key=self._told):
            found = [(number, self._same(number, done)) for number in batch]
            for number, same in found:
                self._join_one(number, same)
            fresh = [number for number, _ in found]
            self._join_equals(fresh)
            done += fresh

    def _told(self, number: int) -> int:
        document = self.nodes.all[number].document
        return len(document.date or "") + 4 * (len(document.parties) > 1) + 2 * (document.period is not None)

    def _same(self, number: int, others: Iterable[int]) -> list[int]:
        node = self.nodes.all[number]
        return [n for n in others if self._fits(n, node) and proven(self.nodes.all[n], node)]

    def _fits(self, number: int, node: DocumentNode) -> bool:
        """Whether nothing in the whole set of a node contradicts another."""
        return compatible(self.nodes.all[number].document, node.document)

    def _join_one(self, number: int, same: Sequence[int]) -> None:
        roots = sorted({self.nodes.forest.root(n) for n in same})
        if len(roots) == 1:
            self.nodes.forest.join((number, *roots))
        elif roots:
            self.nodes.doubt(number, "several candidates", roots[:_SHOWN])

    def _join_equals(self, numbers: Sequence[int]) -> None:
        """Join those that tell equally much."""
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 :]:
                a, b = self.nodes.all[one], self.nodes.all[other]
                if compatible(a.document, b.document):
                    if proven(a, b):
                        self.nodes.forest.join((one, other))
                    elif not a.document.title.bare and (a.context & b.context or a.document.title.capital):
                        self.nodes.doubt(one, "no further evidence", (other,))
                        self.nodes.doubt(other, "no further evidence", (one,))

    def _join_partial(self) -> None:
        """A title that begins another's, of one kind, day and parties, is that document's, if it begins no third."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for key, number in self.nodes.by_key():
            document = self.nodes.all[number].document
            if key[0] == "titled" and _is_day(document.date) and len(document.parties) > 1 and not document.title.bare:
                groups.setdefault((document.type, document.date, document.parties), []).append(number)
        for numbers in groups.values():
            for number in numbers:
                begun = {self.nodes.forest.root(n) for n in numbers if self._begins(number, n)}
                if len(begun) == 1:
                    self.nodes.forest.join((number, *begun))

    def _begins(self, short: int, long: int) -> bool:
        one, other = (folded(self.nodes.all[n].document.title.plain) for n in (short, long))
        return other.startswith(f"{one} ")


def _key_and_id(document: Instrument, text: Text) -> tuple[tuple[object, ...], str]:
    title = document.title
    if title.rule is not None:
        return ("known", title.rule), f"document:{title.rule.removeprefix('document.')}"
    if title.number and (by := _numbered_by(document)):
        return ("number", document.type, title.number, *by), (
            f"document:{document.type}-{title.number}.{'.'.join(by).removeprefix('org.')}"
        )
    kind = (document.type, title.base)
    if not _can_be_proven(document):
        return ("here", *kind, text.id, document.printed), here("document", document.printed, text.id)
    # Those without a date that are years apart need not be one.
    dated = document.date or f"in a text of {(text.date or '')[:4]}"
    told = (dated, document.period or "", tuple(sorted(document.parties)))
    return ("titled", *kind, *told, title.capital, title.telling), _titled_id(document)


def _titled_id(document: Instrument) -> str:
    parties = "-".join(sorted(party.removeprefix("organization:") for party in document.parties))
    parts = [
        slug(document.title.plain),
        (document.date or "").replace("/", "_"),
        (document.period or "").replace("/", "_"),
        parties if len(parties) <= 40 else digest(parties),
    ]
    return f"document:{'.'.join(part for part in parts if part)}"


def _numbered_by(document: Instrument) -> tuple[str, ...] | None:
    """What makes a number one document's: the body and, where bodies count anew each year, the year; or the day."""
    issuer = document.title.issuer
    if issuer == COUNCIL or (issuer and document.type == "convention"):
        return (issuer,)
    if issuer and document.date:
        return issuer, document.date[:4]
    return (document.date,) if document.date and _is_day(document.date) else None


def _can_be_proven(document: Instrument) -> bool:
    """Whether another text could prove that it tells of the same document."""
    title = document.title
    if title.bare:
        return document.type in _ISSUED and _is_day(document.date) and len(document.parties) > 1
    if len(document.parties) > 1:
        return True
    return title.capital and (_is_day(document.date) or title.telling or len(title.base) >= _LONG)


def proven(one: DocumentNode, other: DocumentNode) -> bool:
    """Whether two documents of one title, that nothing keeps apart, are one."""
    a, b = one.document, other.document
    same_day = a.date == b.date and _is_day(a.date)
    same_parties = a.parties == b.parties and len(a.parties) > 1
    if a.title.bare:
        return same_day and same_parties and a.type in _ISSUED
    capital = a.title.capital and b.title.capital
    if same_day and (capital or same_parties):
        return True
    if same_parties and (a.date or b.date or near(one, other, _RENEWED)):
        return True
    if a.type in _RECURRENT and not (a.date and b.date) and not near(one, other, 1):
        return False
    return capital and ((a.title.telling and b.title.telling) or len(a.title.base) >= _LONG)


def compatible(one: Instrument, other: Instrument) -> bool:
    """Whether dates, periods and parties don't contradict each other."""
    dated = one.date is not None and other.date is not None
    if dated and not _within(one.date, other.date):
        return False
    if one.period != other.period and not ((one.period is None or other.period is None) and dated):
        return False
    return not one.parties or not other.parties or one.parties <= other.parties or other.parties <= one.parties


def _within(one: str | None, other: str | None) -> bool:
    """Whether one of two dates lies in the other."""
    a, b = span(one or ""), span(other or "")
    if a is None or b is None:
        return one == other
    return (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])


def span(value: str) -> tuple[Day, Day] | None:
    """First and last day of a date or a closed interval."""
    first, _, last = value.partition("/")
    start, end = bounds(first), bounds(last or first)
    return (start[0], end[1]) if start and end else None


def _is_day(value: str | None) -> bool:
    """Whether a date is one of days: a single one or those of a meeting."""
    return value is not None and all(len(part) == 10 for part in value.split("/"))
