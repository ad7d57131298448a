"""What the documentation shows works: each command of a `console` block is run, each `python` block executed.

In a `console` block a line after `$ ` is a command, the lines under it are what it prints; `...` on a line of
its own stands for any lines. A block after `<!-- not tested -->` is left alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest

import communique

ROOT = Path(__file__).resolve().parents[1]
WALKS = {"start.md", "tutorial.md"}
"""Pages whose blocks are steps of one way; the blocks of other pages stand for themselves."""
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"(<!-- not tested -->\n)?^ *```(console|python)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
# Make an environment or run the whole suite: what they run is tested here, they themselves by .ci/run.
MAKES = ("make ", "source ", "git clone", "cd ", ".ci/run", ".venv/bin/python -m pytest")


SHOWN = ("corpus", "outputs", "rules", "docs")
"""The folders of a checkout that the commands see."""


class Block(NamedTuple):
    page: str
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks() -> list[Block]:
    return [
        Block(page.name, text.count("\n", 0, found.start(2)) + 1, found[2], dedent(found[3]))
        for page in PAGES
        for text in [page.read_text("utf-8")]
        for found in BLOCK.finditer(text)
        if not found[1]
    ]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder like a checkout, in which a command may write."""
    for name in SHOWN:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def transcript(code: str) -> list[tuple[str, list[str]]]:
    """Commands and what each prints."""
    steps: list[tuple[str, list[str]]] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    return steps


def ran(command: str, place: Path) -> subprocess.CompletedProcess[str]:
    """A command of the documentation, run in a folder like a checkout."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=place,
        env={**{k: v for k, v in os.environ.items() if k != "CI"}, "PATH": path},  # pytest prints more under CI
        check=False,
    )


def pattern(lines: list[str]) -> str:
    return "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in lines)


def commands() -> list[Any]:
    """The blocks of commands; Ray takes half a minute to start."""
    slow = {True: [pytest.mark.slow], False: []}
    console = [b for b in blocks() if b.language == "console" and b.page not in WALKS]
    return [pytest.param(b, marks=slow["--engine ray" in b.code]) for b in console]


def check_commands(block: Block, place: Path) -> None:
    for command, output in transcript(block.code):
        if command.startswith(MAKES):
            continue
        done = ran(command, place)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        if output:
            assert re.fullmatch(pattern(output), done.stdout), f"{command} prints\n{done.stdout}"


def check_python(block: Block) -> None:
    exec(compile(block.code, str(block), "exec"), {})


@pytest.mark.parametrize("block", commands(), ids=str)
def test_commands(block: Block, place: Path) -> None:
    if "--engine ray" in block.code and not os.environ.get("CLUSTER"):
        pytest.importorskip("ray", reason="Ray is not installed: pip install 'communique[test-cluster]'")
    check_commands(block, place)


@pytest.mark.parametrize("block", [b for b in blocks() if b.language == "python" and b.page not in WALKS], ids=str)
def test_python(block: Block, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    check_python(block)


@pytest.mark.parametrize("page", ["start.md", pytest.param("tutorial.md", marks=pytest.mark.docs)])
def test_a_page_from_its_first_step_to_its_last(page: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    steps = [block for block in blocks() if block.page == page]
    assert len(steps) > 5
    for block in steps:
        if block.language == "console":
            check_commands(block, place)
        else:
            check_python(block)


def test_there_is_something_to_test() -> None:
    assert {block.language for block in blocks()} == {"console", "python"}


def test_the_record_shown_first_is_what_the_pipeline_finds(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    text = re.search(r"^> (.+)$", readme, re.MULTILINE)
    shown = re.search(r"^```json\n(.+?)\n```$", readme, re.MULTILINE | re.DOTALL)
    assert text is not None
    assert shown is not None
    record = communique.extract(text[1]).to_dict()
    assert {key: record[key] for key in json.loads(shown[1])} == json.loads(shown[1])
