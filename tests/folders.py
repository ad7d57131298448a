"""Folders of texts for tests."""

from __future__ import annotations

from pathlib import Path


def fill(folder: Path, **texts: str | bytes) -> Path:
    """Write files named by keyword, `__` for `/`, the last `_` for the dot."""
    for name, text in texts.items():
        path = folder / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
