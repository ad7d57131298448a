"""What the tests of data sets have in common."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from communique.cli import main
from communique.records import dumps
from made_up import Row, forum, ruled, visit

FREE = "CC-BY-4.0"


def run(*args: Path | str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, args)], input=stdin)


def made(*args: Path | str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stderr) == (0, "")


def written(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(f"{dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def sourced(row: Row, **source: Any) -> Row:
    """The record with more told about its source."""
    return {**row, "source": {**row["source"], **source}}


def renamed(row: Row, id_: str, **source: Any) -> Row:
    return sourced({**copy.deepcopy(row), "id": id_}, **source)


def two() -> list[Row]:
    """Two records, whose texts may be passed on."""
    return [
        sourced(ruled(row), rights=FREE, published=day)
        for row, day in ((forum(), "2019-03-12"), (visit(), "2021-06-04"))
    ]


def bare(id_: str, text: str, publisher: str | None = None, rights: str | None = FREE) -> Row:
    """A record of a text in which nothing was found."""
    row = visit()
    nothing: Row = {kind: [] for kind in ("states", "documents", "dates", "figures", "decisions")}
    return renamed({**row, **nothing, "text": text}, id_, publisher=publisher, rights=rights)
