"""A pytest plugin: each text of a gold file is a test, and the floors are one more.

In `pytest.ini`, or under `[tool.pytest.ini_options]`, paths beside that file:

- `communique_gold`: the gold records; nothing happens without
- `communique_floors`: a file of floors, as `communique evaluate --floor` takes it
- `communique_rules`: a folder of rules to read on top of the shipped ones
- `communique_rows`: the kinds and rows that count, such as `people decisions`; all but `links` if left out
- `communique_records`: records of an earlier run; errors that they have too don't count

A text's test extracts the gold's text and fails if the record has an error by gold; the failure reads like a diff.
pytest loads this module in every run, so it imports nothing of the package before it is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from communique.evaluation.judgement import Comparison, Judgement
    from communique.recordfile import RecordFile

FLOORS = "floors"
_INI = {
    "communique_gold": "gold records of which each text becomes a test",
    "communique_floors": "floors that the scores over all texts must not fall below",
    "communique_rules": "a folder of rules to read on top of the shipped ones",
    "communique_records": "records of an earlier run, whose errors don't count",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings."""
    for name, text in _INI.items():
        parser.addini(name, text, default="")
    parser.addini("communique_rows", "the kinds and rows that count", type="args", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The gold file, where it is among what is collected."""
    if file_path == _path(parent.config, "communique_gold"):
        return GoldFile.from_parent(parent, path=file_path)
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Add the gold file to what is collected, unless the user asked for certain files only."""
    gold = _path(config, "communique_gold")
    if gold is not None and config.args_source is not pytest.Config.ArgsSource.ARGS:
        given = [(config.invocation_params.dir / arg).resolve() for arg in config.args]
        if not any(gold.resolve().is_relative_to(path) for path in given):
            config.args.append(str(gold))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the gold file where the walk through the folders has left it out, or where it is not there."""
    gold = _path(config, "communique_gold")
    if gold is None or config.args_source is pytest.Config.ArgsSource.ARGS:
        return
    if not any(isinstance(item.parent, GoldFile) for item in items):
        try:
            items += GoldFile.from_parent(session, path=gold).collect()
        except pytest.Collector.CollectError as e:
            raise pytest.UsageError(str(e)) from None


def _path(config: pytest.Config, name: str) -> Path | None:
    given = str(config.getini(name))
    return (config.inipath.parent if config.inipath else config.rootpath) / given if given else None


class GoldFile(pytest.File):
    """A gold file and what is extracted from its texts, one by one."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test a text, then the floors."""
        from communique.errors import InputError
        from communique.evaluation.floors import read_floors
        from communique.evaluation.mistakes import ROWS

        floors = _path(self.config, "communique_floors")
        unknown = [row for row in self.rows if row not in ROWS]
        if unknown:
            raise self.CollectError(f"communique_rows: {unknown[0]!r} is none of {', '.join(ROWS)}")
        try:
            ids = list(self.gold)
            least = read_floors(floors) if floors else None
        except InputError as e:
            raise self.CollectError(str(e)) from None
        yield from (TextItem.from_parent(self, name=id_) for id_ in ids)
        if least is not None:
            yield FloorsItem.from_parent(self, name=FLOORS, floors=least)

    @property
    def rows(self) -> list[str]:
        """The rows that count; all if there are none."""
        return list(self.config.getini("communique_rows"))

    @cached_property
    def gold(self) -> RecordFile:
        """The gold records."""
        from communique.recordfile import RecordFile

        return RecordFile(self.path)

    @cached_property
    def earlier(self) -> RecordFile | None:
        """The records of an earlier run, if there are any."""
        from communique.recordfile import RecordFile

        path = _path(self.config, "communique_records")
        return RecordFile(path) if path else None

    @cached_property
    def _nlp(self) -> Any:
        from communique import language

        return language.load(_path(self.config, "communique_rules"))

    @cached_property
    def _counted(self) -> dict[str, Comparison]:
        return {}

    def compared(self, id_: str) -> Comparison:
        """What is extracted from a text now, compared with gold; extracted once."""
        from communique import language
        from communique.coverage import item_of
        from communique.evaluation.comparison import compare
        from communique.records import Record

        if id_ not in self._counted:
            gold = self.gold[id_]
            [row] = language.documents(self._nlp, [item_of(gold)])
            self._counted[id_] = compare(gold, Record.model_validate(row))
        return self._counted[id_]

    def known(self, id_: str) -> Comparison | None:
        """What an earlier run found in a text, compared with gold."""
        from communique.evaluation.comparison import compare

        record = self.earlier.get(id_) if self.earlier is not None else None
        return compare(self.gold[id_], record) if record else None


class Failed(Exception):  # noqa: N818 - an outcome, as in pytest
    """What a test has to tell, as lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__("\n".join(lines))


class GoldItem(pytest.Item):
    """A test of a gold file."""

    parent: GoldFile

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What failed, without a traceback."""
        from communique.errors import InputError
        from communique.rules import RuleError

        if isinstance(excinfo.value, Failed | InputError | RuleError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        return self.path, None, f"{self.path.name}: {self.name}"


class TextItem(GoldItem):
    """A text: its record must have no error by gold that counts."""

    def runtest(self) -> None:
        """Extract and compare."""
        found = self.parent.compared(self.name)
        known = self.parent.known(self.name)
        before = {_key(error) for error in _errors(known, self.parent.rows)} if known else set()
        errors = [error for error in _errors(found, self.parent.rows) if _key(error) not in before]
        if errors:
            raise Failed(diff(found, errors))


class FloorsItem(GoldItem):
    """The floors: over all texts no row may score below its own."""

    def __init__(self, *, floors: list[Any], **more: Any) -> None:
        super().__init__(**more)
        self.floors = floors

    def runtest(self) -> None:
        """Extract what is not extracted yet, and score."""
        from communique.evaluation.floors import fallen
        from communique.evaluation.scores import Evaluation

        evaluation = Evaluation()
        for id_ in self.parent.gold:
            evaluation.add(self.parent.compared(id_))
        below = fallen(evaluation, self.floors)
        if below:
            raise Failed(below)


def _errors(comparison: Comparison, rows: list[str]) -> list[Judgement]:
    from communique.evaluation.mistakes import mistakes

    return [error for error in mistakes(comparison) if not rows or error.row in rows]


def _key(error: Judgement) -> tuple[object, ...]:
    sides = ((item.start, item.end, item.shown) if item else None for item in (error.gold, error.predicted))
    return error.row, *sides


def diff(comparison: Comparison, errors: Sequence[Judgement]) -> Iterator[str]:
    """Errors as a diff: gold's with a minus, what was found with a plus, then the sentence."""
    from communique.evaluation.mistakes import around, words

    counts = Counter(error.verdict for error in errors)
    yield ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    yield f"--- {comparison.id}: gold"
    yield f"+++ {comparison.id}: found"
    for error in errors:
        rule = error.predicted.rule if error.predicted else None
        at = f" {error.item.start}" if error.item.placed else ""
        yield f"@@{at} {error.row}, {error.verdict} @@{f' {rule}' if rule else ''}"
        for sign, item in (("-", error.gold), ("+", error.predicted)):
            if item:
                told = words(comparison, item)
                yield f"{sign} {item.shown}{f', of {told!r}' if told and told != item.shown else ''}"
        if context := around(comparison, error.item):
            yield f"  {context}"
