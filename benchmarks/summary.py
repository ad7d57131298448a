"""Medians and spreads, by pyperf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyperf


def median(values: Sequence[float]) -> float:
    """The median."""
    return float(_benchmark(values).median())


def spread(values: Sequence[float]) -> float:
    """The median absolute deviation; 0 for a single value."""
    return float(_benchmark(values).median_abs_dev()) if len(values) > 1 else 0.0


def machine() -> dict[str, Any]:
    """What pyperf knows of the machine and the interpreter."""
    known = pyperf.Run([1.0], collect_metadata=True).get_metadata()
    kept = ("cpu_model_name", "cpu_count", "platform", "python_version", "python_implementation", "load_avg_1min")
    return {name: known[name] for name in kept if name in known}


def _benchmark(values: Sequence[float]) -> Any:
    runs = [pyperf.Run([value], metadata={"name": "value"}, collect_metadata=False) for value in values]
    return pyperf.Benchmark(runs)
