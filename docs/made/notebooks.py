"""Notebooks, executed and turned into pages."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120


def page(path: Path) -> str:
    """The page of a notebook in the site."""
    return f"notebooks/{path.stem}.md"


def executed(path: Path) -> dict[str, str | bytes]:
    """The page of a notebook and its pictures, by their paths in the site.

    It is run in the folder of the project. Raises `nbclient.exceptions.CellExecutionError` if a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    sockets = Config({"ConnectionFileMixin": {"transport": "ipc"}})  # files, no ports
    NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(ROOT)}}, config=sockets).execute()
    body, resources = MarkdownExporter().from_notebook_node(notebook)  # type: ignore[no-untyped-call]
    pictures = {f"notebooks/{name}": content for name, content in resources["outputs"].items()}
    return {page(path): body, **pictures}
