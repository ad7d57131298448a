"""Writes anew what commands print into the documentation: `make docs`.

The shape of each block stays: as many lines before `...` and behind it as there were, all of them where there is no
`...`. Blocks and commands that the tests leave alone are left alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from textwrap import dedent, indent

from test_docs import BLOCK, MAKES, PAGES, ROOT, SHOWN, ran, transcript


def renewed(code: str, place: Path) -> str:
    """A console block with what its commands print now."""
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
    before, behind = old.index("..."), len(old) - 1 - old.index("...")
    return [*new[:before], "...", *new[len(new) - behind :]]


def main() -> None:
    """Renew every page."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for found in list(BLOCK.finditer(text))[::-1]:
            if found[1] or found[2] != "console":
                continue
            with tempfile.TemporaryDirectory() as folder:
                for name in SHOWN:
                    if (ROOT / name).exists():
                        shutil.copytree(ROOT / name, Path(folder) / name)
                code = renewed(dedent(found[3]), Path(folder))
            margin = " " * (len(found[3]) - len(found[3].lstrip(" ")))
            text = text[: found.start(3)] + indent(code, margin) + text[found.end(3) :]
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
