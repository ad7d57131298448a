"""What communiqués say, as validated records.

`load()` gives the spaCy pipeline, `extract()` the record of one text, `extract_batches()` those of many, for systems
that have workers of their own. All are imported when first used, so that `communique --version` needs no spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.embedding import NoRecord, extract_batches
    from communique.language import extract, load
    from communique.records import Record

__version__ = "0.1.0"
__all__ = ["NoRecord", "Record", "__version__", "extract", "extract_batches", "load"]

_HOMES = {
    "NoRecord": "communique.embedding",
    "Record": "communique.records",
    "extract": "communique.language",
    "extract_batches": "communique.embedding",
    "load": "communique.language",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
