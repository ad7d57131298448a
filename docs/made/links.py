"""Links between files of the project, as links between pages of the site."""

from __future__ import annotations

import re
from os.path import normpath, relpath
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "corpus/README.md": "corpus.md",
}
"""Files of the project that are pages of the site too."""
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^()#:\s]+)(#[^()\s]*)?\)")


def moved(markdown: str, source: str, page: str) -> str:
    """The text of a file, as a page of the site: relative links lead to pages, those to no page are their words alone.

    `source` is the file's path in the project, `page` that of its page in the site.
    """

    def link(found: re.Match[str]) -> str:
        words, to, anchor = found[1], found[2], found[3] or ""
        target = PurePosixPath(normpath(PurePosixPath(source).parent / to)).as_posix()
        if not (ROOT / target).exists():
            return found[0]  # no link, or one that the build complains of
        goal = PAGES.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        return words if goal is None else f"[{words}]({relpath(goal, PurePosixPath(page).parent)}{anchor})"

    return _LINK.sub(link, markdown)
