"""The figure of the tutorial, drawn by its script."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from communique.export.dataset import Options, export

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "tutorial" / "decisions.py"


def drawn() -> bytes:
    """The figure of the shipped records, SVG."""
    with tempfile.TemporaryDirectory() as folder:
        dataset, target = Path(folder) / "dataset", Path(folder) / "decisions.svg"
        export(ROOT / "outputs" / "records.jsonl", dataset, Options("parquet"))
        subprocess.run([sys.executable, SCRIPT, dataset, target], check=True)
        return target.read_bytes()
