"""Which rule found what, and what the others that matched lost to: as lines to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.records import Record
from communique.sentences import sentence
from communique.tracing import Outcome

_HEAD = ("where", "rule", "kind", "words", "meaning")


def explain(record: Record) -> Iterator[str]:
    """A line for everything found, in the order of the text, its columns parted by tabs."""
    yield "\t".join(_HEAD)
    for start, end, *cells in sorted(_found(record)):
        yield "\t".join((f"{start}-{end}", *(" ".join(cell.split()) for cell in cells)))


def _found(record: Record) -> Iterator[tuple[int, int, str, str, str, str]]:
    for person in record.people:
        for m in person.mentions:
            yield m.start, m.end, m.rule or "", "person", m.text, person.name
    for state in record.states:
        for m in state.mentions:
            yield m.start, m.end, m.rule or "", "state", m.text, state.id
    for body in record.organizations:
        for m in body.mentions:
            yield m.start, m.end, m.rule or "", "organization", m.text, body.name
    for document in record.documents:
        for m in document.mentions:
            yield m.start, m.end, m.rule or "", "document", m.text, f"{document.type}, {document.status}"
    for date in record.dates:
        yield (
            date.mention.start,
            date.mention.end,
            date.rule or "",
            "date",
            date.mention.text,
            date.value or "?",
        )
    for figure in record.figures:
        value = f"{figure.value}" if figure.upper is None else f"{figure.value} to {figure.upper}"
        words = figure.mention
        yield words.start, words.end, figure.rule or "", "figure", words.text, f"{value} {figure.unit}"
    for act in record.decisions:
        words = act.trigger
        yield words.start, words.end, words.rule or "", "decision", words.text, f"{act.act}, {act.status}"


def explain_at(record: Record, outcomes: Iterable[Outcome], start: int, end: int) -> Iterator[str]:
    """Everything that matched over the characters `start` to `end`: the sentence, then a line a match."""
    yield sentence(record.text, start, end)
    over = [outcome for outcome in outcomes if outcome.match.start < end and start < outcome.match.end]
    yield "\t".join(("where", "rule", "words", "what became of it"))
    for outcome in sorted(over, key=lambda outcome: (not outcome.won, outcome.match)):
        match = outcome.match
        words = " ".join(record.text[match.start : match.end].split())
        yield "\t".join((f"{match.start}-{match.end}", match.rule, words, outcome.why))
    if not over:
        yield "nothing matched here"


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The characters of the word at an offset; the character alone where there is none."""
    start = end = offset
    while start > 0 and text[start - 1].isalnum() and text[offset].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, max(end, offset + 1)
