"""Standard error for the command alone: what libraries written in C++ say there goes nowhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def hushed() -> Iterator[None]:
    """Let Python's `sys.stderr` through and nothing else that this process, or one that it starts, writes to it."""
    before = sys.stderr
    before.flush()
    kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    with os.fdopen(kept, "w", encoding=before.encoding, errors="backslashreplace", buffering=1) as ours:
        os.dup2(nowhere, _STDERR)
        sys.stderr = ours
        try:
            yield
        finally:
            sys.stderr = before
            ours.flush()
            os.dup2(kept, _STDERR)
            os.close(nowhere)
