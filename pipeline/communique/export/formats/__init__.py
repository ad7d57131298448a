"""The forms a data set can have, a module each, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from communique.errors import needs

if TYPE_CHECKING:
    from communique.export.formats.base import Writer

EXTRAS = {"parquet": "parquet", "duckdb": "duckdb", "huggingface": "parquet"}
FORMATS = ("parquet", "csv", "duckdb", "docbin", "brat", "huggingface")


def writer(name: str, folder: Path, parts: tuple[str, ...]) -> Writer:
    """The writer of a format, into a folder; `parts` are the names of the parts of a data set that is split.

    Raises `MissingExtraError` where the libraries it needs are not installed.
    """
    with needs(f"--to {name}", EXTRAS.get(name, "")):
        module = import_module(f"communique.export.formats.{name}")
    return cast("Writer", module.Writer(folder, parts))
