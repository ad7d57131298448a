"""Disks that are full, folders that can't be written: one clear line, and nothing lost that was written before."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from communique.errors import InputError
from folders import fill
from test_run import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_disk_that_is_full_when_outputs_are_written(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    before = place.bytes()
    fill(place.inputs, b_txt="Nauru")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("communique.runs.folder.os.fsync", full)
    with pytest.raises(InputError, match=r"out: no space left on device"):
        place.run()
    assert place.bytes() == before
    monkeypatch.undo()
    assert place.run()[1] == []
    assert place.ids() == ["a", "b"]


@contextmanager
def small_disk(path: Path) -> Iterator[Path]:
    """A file system of a megabyte, where the system lets us have one."""
    path.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_a_small_disk(place: Place) -> None:
    with small_disk(place.out):
        fill(place.inputs, a_txt="Kenya")
        place.run()
        before = place.bytes()
        for n in range(40):
            fill(place.inputs, **{f"b{n}_txt": "".join(chr(33 + (n * k * k) % 90) for k in range(30_000))})
        with pytest.raises(InputError, match=r"full|no space left|disk"):
            place.run()
        assert place.bytes() == before
        for n in range(40):
            (place.inputs / f"b{n}.txt").unlink()
        place.run()
        assert place.bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount")
def test_a_disk_that_is_taken_away(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    with small_disk(place.out):
        place.run()
        subprocess.run(["mount", "-o", "remount,ro", place.out], check=True)
        fill(place.inputs, b_txt="Kenya 2")
        with pytest.raises(InputError, match=r"read-only|readonly"):
            place.run()
        assert place.ids() == ["a"]


def test_a_folder_that_is_a_file(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.out.write_text("a file")
    with pytest.raises(InputError, match=r"file exists|not a directory"):
        place.run()
    assert place.out.read_text() == "a file"


def test_a_clock_that_goes_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    before = place.bytes()
    os.utime(place.inputs / "a.txt", (0, 0))
    monkeypatch.setattr("communique.runs.run.time.time", lambda: 0.0)
    assert place.run()[1] == []
    assert place.bytes() == before


def test_what_vanishes_while_it_is_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Kenya", c_txt="Kenya 3")
    real = os.open

    def gone(path: Path, *more: int) -> int:
        if Path(path).name == "b.txt":
            Path(path).unlink()
        return real(path, *more)

    monkeypatch.setattr("communique.readers.files.os.open", gone)
    place.run()
    assert place.ids() == ["a", "c"]
    assert place.reasons() == [("b.txt", "no such file or directory")]


@pytest.mark.skipif(os.name != "posix", reason="needs pipes and links")
def test_pipes_links_and_odd_names(place: Place) -> None:
    os.mkfifo(place.inputs / "pipe.txt")
    (place.inputs / "nowhere.txt").symlink_to("none")
    (place.inputs / "loop.txt").symlink_to("loop.txt")
    (place.inputs / "x.txt").mkdir()
    (place.inputs / "x.txt" / "y.txt").write_text("Kenya")
    (place.inputs / "two\nlines.txt").write_text("")
    (place.inputs / os.fsdecode(b"\xe9.txt")).write_text("Kenya")
    place.run()
    assert place.ids() == ["x.txt/y"]
    assert place.reasons() == [
        ("loop.txt", "too many levels of symbolic links"),
        ("nowhere.txt", "no such file or directory"),
        ("pipe.txt", "not a regular file"),
        ("two\nlines.txt", "empty"),
        ("\\xe9.txt", "the name of the file is not UTF-8"),
    ]


def test_a_run_writes_only_into_its_folder(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    assert sorted(path.name for path in place.out.iterdir()) == [
        ".communique", "errors.jsonl", "records.jsonl", "run.json", "warnings.jsonl",
    ]  # fmt: skip
    assert sorted(path.name for path in place.inputs.iterdir()) == ["a.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.slow
def test_standard_output_that_is_full(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "communique", "extract", "a.txt", "-o", "-"],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "Error: standard output: no space left on device\n")
