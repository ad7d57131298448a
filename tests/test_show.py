"""`communique show`: a record in the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from communique.cli import main
from communique.records import Record
from communique.view.colours import COLOURS
from communique.view.terminal import marked, shown
from made_up import forum, rows

SENTENCE = "Windhoek, 12 March 2019. Namibia and Palau signed the Protocol on Seed Banks.\n"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["show", *map(str, args)])


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), "utf-8")
    return path


def printed(record: Record, colours: bool = False) -> str:
    console = Console(
        file=StringIO(),
        width=160,
        force_terminal=colours,
        color_system="truecolor" if colours else None,
        highlight=False,
    )
    console.print(shown(record))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_record() -> None:
    lines = [" ".join(line.split()) for line in printed(Record.model_validate(forum())).splitlines()]
    for line in (
        "meeting Highland Forum · 2019-03-12 · Windhoek · with p1, p2",
        "person p1 Johanna Amupolo · President (NAM)",
        "state TZA Tanzania",
        "organization o2 Highland Forum · HF",
        "document d1 Protocol on Seed Banks for 2019–2021 · protocol signed · 2019-03-12 · 2019/2021 · TZA NAM",
        "date 2018 last year",
        "figure €3.5 million · over 3500000 EUR · Okavango trade",
        "figure 10 and 12 percent · 10–12 percent",
        "decision a1 Paulo Lusinde, Amupolo sign the Protocol on Seed Banks for 2019–2021 · taken · 2019-03-12",
        "decision a2 The Forum establish a seed fund · taken",
    ):
        assert line in lines


def test_mentions_have_the_colour_of_their_kind() -> None:
    text = marked(Record.model_validate(forum()))
    colours = {text.plain[span.start : span.end]: str(getattr(span.style, "bgcolor", "")) for span in text.spans}
    for words, kind in (
        ("Johanna Amupolo", "person"), ("Namibia", "state"), ("HF", "organization"), ("last year", "date"),
        ("Protocol on Seed Banks for 2019–2021", "document"), ("€3.5 million", "figure"), ("signed", "decision"),
    ):  # fmt: skip
        assert COLOURS[kind].tint in colours[words]


def test_colours_in_a_terminal_alone() -> None:
    record = Record.model_validate(forum())
    assert "\x1b[" in printed(record, colours=True)
    assert "\x1b[" not in printed(record)


def test_a_text_does_not_write_to_the_terminal() -> None:
    row = forum()
    row["text"] += "\x1b[2J\x9b31m\u202e[bold]"
    row["people"][0]["name"] = "Johanna \x1b]0;x\x07Amupolo"
    output = printed(Record.model_validate(row))
    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(output)
    assert "[bold]" in output


def test_a_file_of_records(records: Path) -> None:
    done = run(records, "--no-text")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "visits/ferry" in done.stdout
    assert "The Highland Forum (HF) met" not in done.stdout


def test_one_of_them(records: Path) -> None:
    assert "forum" not in run(records, "--id", "visits/ferry").stdout


def test_json(records: Path) -> None:
    lines = run(records, "--json", "--id", "visits/ferry").stdout.splitlines()
    assert [Record.model_validate_json(line).id for line in lines] == ["visits/ferry"]


def test_a_text(tmp_path: Path) -> None:
    (tmp_path / "banks.txt").write_text(SENTENCE, "utf-8")
    record = Record.model_validate_json(run(tmp_path / "banks.txt", "--json").stdout)
    assert (record.id, record.source.path) == ("banks", "banks.txt")
    assert "Protocol on Seed Banks · protocol signed" in run(tmp_path / "banks.txt").stdout


@pytest.mark.parametrize(("given", "id_"), [(SENTENCE, "stdin"), (json.dumps(forum()), "forum")])
def test_standard_input_of_either_kind(given: str, id_: str) -> None:
    command = [sys.executable, "-m", "communique", "show", "-", "--json"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert Record.model_validate_json(done.stdout).id == id_


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.txt", None, "no such file or directory"),
        ("empty.txt", "", "empty"),
        ("bad.jsonl", "{", "not JSON"),
    ],
)
def test_what_can_not_be_shown(name: str, content: str | None, reason: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    done = run(tmp_path / name)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {tmp_path / name}")
    assert reason in done.stderr


def test_an_id_that_is_not_there(records: Path) -> None:
    assert run(records, "--id", "x").stderr == f"Error: {records}: no record has the id 'x'\n"
