"""The components of the pipeline, one module for each kind, in the order in which they run."""

from __future__ import annotations

from importlib import import_module

ORDER = (
    "layout",
    "patterns",
    "states",
    "dates",
    "organizations",
    "documents",
    "people",
    "figures",
    "resolve",
    "decisions",
    "meeting",
    "assemble",
)


def load() -> None:
    """Import every component, which registers its factory and the models of its rules."""
    for name in ORDER:
        import_module(f"{__name__}.{name}")
