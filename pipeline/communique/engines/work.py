"""What is done with one text: read, judge its language, extract, check. Nothing that goes wrong leaves this module."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from communique import language
from communique.batch import Item, item
from communique.engines import Failure, Result, Settings, Task
from communique.errors import InputError
from communique.jsonl import first_problem
from communique.readers import Limits, parse
from communique.readers.english import judge
from communique.readers.metadata import Metadata
from communique.records import Record

KINDS = ("people", "states", "organizations", "documents", "dates", "figures", "decisions")
PACKAGE = Path(language.__file__).parent
Documents = Callable[[Iterable[Item]], Iterable[dict[str, Any]]]


class _TextError(Exception):
    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(reason)
        self.failure = Failure(stage, reason)


class Worker:
    """Does tasks one after the other with one pipeline."""

    def __init__(self, documents: Documents, limits: Limits) -> None:
        self._documents = documents
        self._limits = limits

    @classmethod
    def of(cls, settings: Settings) -> Worker:
        """With the real pipeline, loaded once in a process; `RuleError` for rules that can't be used."""
        nlp = _loaded(settings.rules)
        nlp.max_length = settings.characters + 1
        return cls(lambda items: language.documents(nlp, items), Limits(settings.characters))

    def do(self, task: Task) -> Result:
        """The record of a text as a line of JSON, or why there is none."""
        made, warnings = self.attempt(task)
        if isinstance(made, Failure):
            return Result(task.number, task.name, task.key, None, made, warnings)
        line = made.to_json_line().encode()
        return Result(task.number, task.name, task.key, line, None, warnings, _counts(made))

    def attempt(self, task: Task) -> tuple[Record | Failure, tuple[str, ...]]:
        """The record of a text, or why there is none; and what should be known of it."""
        warnings: list[str] = []
        try:
            return self._record(task, warnings), tuple(warnings)
        except _TextError as e:
            return e.failure, tuple(warnings)
        except Exception as e:  # a fault of ours or of a library below: the other texts must go on
            return Failure("extract", _fault(e)), tuple(warnings)

    def _record(self, task: Task, warnings: list[str]) -> Record:
        try:
            known = Metadata.model_validate({"path": task.path or task.name, **task.known})
        except ValidationError as e:
            raise _TextError("metadata", first_problem(e)) from None
        source = self._read(task, warnings)
        [row] = self._documents([item(source, task.id, task.path, known)])
        try:
            return Record.model_validate(row)
        except ValidationError as e:
            # What pydantic says may quote the text.
            first = e.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"])) or "the record as a whole"
            raise _TextError("check", f"no valid record: {where} ({first['type']})") from None

    def _read(self, task: Task, warnings: list[str]) -> Any:
        try:
            source = parse(task.data, task.name, task.media_type, self._limits, task.sha256)
        except InputError as e:
            raise _TextError("read", e.reason) from None
        except Exception as e:  # parsers of other formats fail in more ways than they tell
            raise _TextError("read", f"can't be read: {_fault(e)}") from None
        if source.guessed:
            warnings.append(f"neither UTF-8 nor UTF-16: read as {source.encoding}, which is a guess")
        verdict = judge(source.text)
        if verdict.foreign:
            raise _TextError("language", f"not in English (but {verdict.language}, it seems)")
        if verdict.mixed:
            warnings.append(f"about {verdict.share:.0%} of it is not in English ({verdict.language}, it seems)")
        return source


@cache
def _loaded(rules: Path | None) -> Any:
    return language.load(rules)


def _fault(error: Exception) -> str:
    """The kind of an exception and where in the package it came from; its message may quote the text."""
    if isinstance(error, MemoryError):
        return "out of memory"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    place = f" in {Path(own[-1].filename).relative_to(PACKAGE).as_posix()}:{own[-1].lineno}" if own else ""
    return f"{type(error).__name__}{place}"


def _counts(record: Record) -> dict[str, int]:
    counts = {kind: len(getattr(record, kind)) for kind in KINDS}
    return {"meetings": int(record.meeting is not None), **counts, "words": len(record.text.split())}
