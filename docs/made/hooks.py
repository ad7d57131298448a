"""What mkdocs calls while it builds the site: pages and parts of pages that are made of other files and of the code.

A line `<!-- made: name -->` of a page gives way to what `PARTS[name]` returns.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from made import accuracy, commands, figure, links, notebooks, record_tables, rule_tables  # noqa: E402 - found by the line above

NOTEBOOKS = ROOT / "docs" / "notebooks"
PARTS: dict[str, Callable[[], str]] = {
    "acts": record_tables.acts,
    "commands": commands.reference,
    "errors": accuracy.errors,
    "example": record_tables.example,
    "floors": accuracy.floors,
    "models": record_tables.models,
    "rules": rule_tables.rule_files,
    "weakest": accuracy.weakest,
}
_PART = re.compile(r"^<!-- made: ([a-z]+) -->$", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Fit the menu to the pages there are."""
    docs = ROOT / "docs"
    pages = {path.name for path in docs.glob("*.md")} | set(links.PAGES.values())
    pages |= {notebooks.page(path) for path in NOTEBOOKS.glob("*.ipynb")}
    config.nav = fitted(config.nav or [], pages)
    return config


def fitted(menu: list[Any], pages: set[str]) -> list[Any]:
    """A menu without the pages that are not there, and with the others of `pages` at its end."""
    sections = [
        {title: [entry for entry in entries if set(entry.values()) <= pages]}
        for section in menu
        for title, entries in section.items()
    ]
    told = {page for section in menu for entries in section.values() for entry in entries for page in entry.values()}
    return sections + ([{"More": sorted(pages - told)}] if pages - told else [])


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are other files of the project, the notebooks and the tutorial's figure."""
    for source, page in links.PAGES.items():
        text = (ROOT / source).read_text("utf-8")
        files.append(File.generated(config, page, content=links.moved(text, source, page)))
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for name, content in notebooks.executed(path).items():
            files.append(File.generated(config, name, content=content))
    files.append(File.generated(config, "tutorial/decisions.svg", content=figure.drawn()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put in the parts that are made, and turn links to files of the project into links to their pages."""
    if page.file.generated_by is None:
        markdown = links.moved(markdown, f"docs/{page.file.src_uri}", page.file.src_uri)
    return _PART.sub(lambda found: PARTS[found[1]](), markdown)
