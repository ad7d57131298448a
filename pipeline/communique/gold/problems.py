"""What is wrong with gold that people made, all of it at once."""

from __future__ import annotations

from collections.abc import Sequence

from communique.errors import InputError


class GoldError(InputError):
    """Everything that is wrong with the gold of a text or a file."""

    def __init__(self, problems: Sequence[InputError]) -> None:
        super().__init__(problems[0].path, problems[0].reason, problems[0].line)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
