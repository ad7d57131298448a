"""What happens in a run, for whoever wants to tell of it."""

from __future__ import annotations

from communique.engines import Result


class Watcher:
    """Hears of everything and says nothing."""

    def failed(self, path: str, stage: str, reason: str) -> None:
        """A text, or what should have been one, has no record."""

    def warned(self, path: str, reason: str) -> None:
        """A text has a record and something that one should know."""

    def kept(self, path: str) -> None:
        """A text is as it was when it was last done."""

    def done(self, result: Result) -> None:
        """A text has been worked on, well or not."""

    def many(self, texts: int, words: int) -> None:
        """So many texts have been worked on elsewhere; what went wrong with any has been told."""

    def writing(self) -> None:
        """All texts are done; outputs are being written."""
