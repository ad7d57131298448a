"""Into which parts a data set is split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

NAMES = {2: ("train", "test"), 3: ("train", "validation", "test")}


@dataclass(frozen=True)
class Shares:
    """The parts of a data set and the percentage of the texts that falls into each."""

    percent: tuple[int, ...]

    @classmethod
    def parse(cls, words: str) -> Self:
        """Shares as they are written, "80/10/10"; `ValueError` for others than two or three that make 100."""
        try:
            percent = tuple(int(part) for part in words.split("/"))
        except ValueError:
            raise ValueError(f"{words!r} is not of the form 80/10/10") from None
        if len(percent) not in NAMES or min(percent) < 1 or sum(percent) != 100:
            raise ValueError(f"{words!r} is not two or three percentages that make 100")
        return cls(percent)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts: train and test, with validation between them where there are three."""
        return NAMES[len(self.percent)]

    def __str__(self) -> str:
        return "/".join(map(str, self.percent))
