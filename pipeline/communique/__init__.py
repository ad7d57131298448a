"""What communiqués say, as validated records.

`load()` gives the spaCy pipeline, `extract()` the record of one text. Both are imported when first used, so that
`communique --version` needs no spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.language import extract, load
    from communique.records import Record

__version__ = "0.1.0"
__all__ = ["Record", "__version__", "extract", "load"]

_HOMES = {"load": "communique.language", "extract": "communique.language", "Record": "communique.records"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
