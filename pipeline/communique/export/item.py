"""One record on its way into a data set."""

from __future__ import annotations

from dataclasses import dataclass

from communique.records import Decision, Record


@dataclass(frozen=True)
class Item:
    """A record, the part of the data set it falls into, and whether its text goes with it."""

    record: Record
    split: str | None = None
    with_text: bool = True

    @property
    def text(self) -> str | None:
        """The text, where it may be passed on."""
        return self.record.text if self.with_text else None

    def evidence(self, decision: Decision) -> str | None:
        """The sentence of a decision, which is a piece of the text as long as any other."""
        return decision.evidence.text if self.with_text else None
