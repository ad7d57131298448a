"""Writes anew what commands print into the documentation: `make renew-docs`.

The shape of each block stays: as many lines before `...` and behind it as there were, all of them where there is no
`...`. Blocks and commands that the tests leave alone are left alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent, indent

from test_docs import BLOCK, MAKES, PAGES, ROOT, SHOWN, WALKS, ran, transcript


def renewed(code: str, place: Path) -> str:
    """A console block with what its commands print now."""
    if "--engine ray" in code and find_spec("ray") is None:
        return code
    lines: list[str] = []
    for command, output in transcript(code):
        lines.append(f"$ {command}")
        if command.startswith(MAKES):
            lines += output
            continue
        done = ran(command, place)
        if done.returncode:
            sys.exit(f"{command}\n{done.stderr}")
        lines += _shaped(output, done.stdout.splitlines())
    return "\n".join(lines) + "\n"


def _shaped(old: list[str], new: list[str]) -> list[str]:
    if "..." not in old:
        return new if old else []
    if old.count("...") > 1:
        return old  # which lines are meant, only a person knows
    before, behind = old.index("..."), len(old) - 1 - old.index("...")
    return [*new[:before], "...", *new[len(new) - behind :]]


def checkout(folder: Path) -> Path:
    """A folder like a checkout."""
    for name in SHOWN:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    return folder


def renewed_page(page: Path) -> str:
    """The text of a page with what its commands print now."""
    text = page.read_text("utf-8")
    found = [block for block in BLOCK.finditer(text) if not block[1] and block[2] == "console"]
    codes: list[str] = []
    with ExitStack() as stack:
        for block in found:
            if page.name not in WALKS or not codes:
                place = checkout(Path(stack.enter_context(tempfile.TemporaryDirectory())))
            codes.append(renewed(dedent(block[3]), place))
    for block, code in reversed(list(zip(found, codes, strict=True))):
        margin = " " * (len(block[3]) - len(block[3].lstrip(" ")))
        text = text[: block.start(3)] + indent(code, margin) + text[block.end(3) :]
    return text


def main() -> None:
    """Renew every page."""
    for page in PAGES:
        page.write_text(renewed_page(page), encoding="utf-8")


if __name__ == "__main__":
    main()
