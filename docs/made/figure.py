"""The figure of the tutorial, drawn by its script."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def drawn() -> bytes:
    """The figure of the shipped corpus, SVG."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decisions.svg"
        script = ROOT / "docs" / "tutorial" / "decisions.py"
        subprocess.run([sys.executable, script, ROOT / "outputs" / "records.jsonl", path], check=True)
        return path.read_bytes()
