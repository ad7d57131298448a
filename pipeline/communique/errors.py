"""What can be wrong with what a user gives: said in one line, with the file's name and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self


class InputError(ValueError):
    """A file that can't be used, wholly or in one line."""

    def __init__(self, path: Path | str, reason: str, line: int | None = None) -> None:
        self.path = str(path)
        self.reason = reason
        self.line = line
        place = self.path if line is None else f"{self.path}:{line}"
        super().__init__(f"{place}: {reason}")

    @classmethod
    def of(cls, path: Path | str, error: OSError) -> Self:
        """What the system says, without its number and without the path again."""
        return cls(path, (error.strerror or type(error).__name__).lower())


class MissingExtraError(RuntimeError):
    """A library that an extra of this package brings is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs libraries that are not installed: pip install 'communique[{extra}]'")


@contextmanager
def needs(what: str, extra: str) -> Iterator[None]:
    """Import here what an extra brings; raises `MissingExtraError` where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as e:
        if (e.name or "").startswith("communique"):
            raise
        raise MissingExtraError(what, extra) from None
