"""Cohen's kappa: agreement on which of a few classes something is, beyond what chance would give.

Cohen (1960), "A coefficient of agreement for nominal scales". It needs things that both annotators have classed, so it
is worked out over the entries that both have marked, and for fields of few values alone. For the marking itself, where
nobody counts the words that neither marked, the F1 is what kappa tends to (Hripcsak & Rothschild 2005, "Agreement, the
F-measure, and reliability in information retrieval").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from communique.evaluation.judging import found, same_documents
from communique.evaluation.likeness import HALF
from communique.evaluation.pairing import Place, paired
from communique.records import Record

FIELDS = ("document type", "document status", "figure modifier", "act", "decision status")


class Kappa:
    """The classes that two annotators gave to the same things."""

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()

    @property
    def size(self) -> int:
        """How many things both classed."""
        return self.pairs.total()

    @property
    def agreed(self) -> float:
        """Share of them that both put in the same class; 1 of none."""
        return sum(n for (a, b), n in self.pairs.items() if a == b) / self.size if self.size else 1.0

    @property
    def value(self) -> float | None:
        """Kappa; none where chance alone would agree, since both use one and the same class, or nothing is there."""
        ours, theirs = Counter[str](), Counter[str]()
        for (a, b), n in self.pairs.items():
            ours[a] += n
            theirs[b] += n
        chance = sum(ours[label] * theirs[label] for label in ours)
        if chance == self.size**2:
            return None
        expected = chance / self.size**2
        return (self.agreed - expected) / (1 - expected)


def classed(a: Record, b: Record) -> Iterator[tuple[str, str, str]]:
    """Field and both classes of everything that both have marked."""
    for i, j in same_documents(a.documents, b.documents):
        one, other = a.documents[i], b.documents[j]
        yield "document type", one.type, other.type
        yield "document status", one.status, other.status
    figures = [[Place(f.mention.start, f.mention.end, f) for f in record.figures] for record in (a, b)]
    for i, j in paired(figures[0], figures[1], HALF):
        yield "figure modifier", figures[0][i].entry.modifier or "none", figures[1][j].entry.modifier or "none"
    acts = [[Place(d.trigger.start, d.trigger.end, d) for d in record.decisions] for record in (a, b)]
    for i, j in found(acts[0], acts[1]):
        one_act, other_act = acts[0][i].entry, acts[1][j].entry
        yield "act", one_act.act, other_act.act
        yield "decision status", one_act.status, other_act.status
