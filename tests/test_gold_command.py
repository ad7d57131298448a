"""`communique gold export`, `import` and `merge`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from communique.cli import main
from communique.errors import InputError
from communique.gold import files
from communique.gold.merging import merge
from communique.jsonl import read_records
from communique.records import Record, dumps
from drawn import drawn
from made_up import FORUM, Row, characters, forum, rows, ruled, span, visit
from spoil import spoiled


def run(*args: Path | str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["gold", *map(str, args)], input=stdin)


def written(path: Path, some: list[Row]) -> Path:
    path.write_text("".join(f"{dumps(row)}\n" for row in some), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("labelstudio", ["labelling.xml", "tasks.json"]),
        ("docbin", ["records.spacy"]),
        ("quotes", ["forum.yaml", "visits/ferry.yaml", "🌊/tides 1.yaml"]),
    ],
)
def test_there_and_back(tmp_path: Path, form: str, names: list[str]) -> None:
    some = [forum(), visit(), {**characters(), "id": "🌊/tides 1"}]
    path = written(tmp_path / "gold.jsonl", some)
    folder = tmp_path / form
    result = run("export", path, "--to", form, "-o", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    found = sorted(str(file.relative_to(folder)).replace("%F0%9F%8C%8A", "🌊") for file in folder.rglob("*.*"))
    assert found == sorted(names)
    back = run("import", folder, "--from", form, "-o", tmp_path / "back.jsonl")
    assert (back.exit_code, back.stdout, back.stderr) == (0, "", "")
    told = read_records(tmp_path / "back.jsonl")
    assert told == {row["id"]: Record.model_validate(row) for row in some}


def test_pipes(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", rows())
    printed = run("export", path, "--to", "quotes", "-o", "-").stdout
    assert printed.startswith("---\nid: forum\n")
    back = run("import", "-", "--from", "quotes", "-o", "-", stdin=printed)
    assert back.stdout == path.read_text("utf-8")


def test_predictions_are_what_annotators_start_from(tmp_path: Path) -> None:
    path = written(tmp_path / "records.jsonl", [ruled(forum())])
    assert run("export", path, "--to", "labelstudio", "--predictions", "-o", tmp_path / "out").exit_code == 0
    [task] = json.loads((tmp_path / "out" / "tasks.json").read_text("utf-8"))
    assert (len(task["predictions"]), task["annotations"]) == (1, [])
    back = run("import", tmp_path / "out" / "tasks.json", "--from", "labelstudio", "-o", "-")
    assert (back.stdout, back.stderr) == ("", "forum: not annotated, left out\n")
    assert run("export", path, "--to", "docbin", "--predictions", "-o", tmp_path).exit_code == 2


def test_work_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", rows())
    assert run("export", path, "--to", "quotes", "-o", tmp_path / "q").exit_code == 0
    mine = tmp_path / "q" / "forum.yaml"
    mine.write_text("mine", encoding="utf-8")
    again = run("export", path, "--to", "quotes", "-o", tmp_path / "q")
    assert (again.exit_code, mine.read_text("utf-8")) == (1, "mine")
    assert again.stderr == f"Error: {mine}: is there already; give another folder, or --overwrite\n"
    assert run("export", path, "--to", "quotes", "-o", tmp_path / "q", "--overwrite").exit_code == 0
    assert mine.read_text("utf-8").startswith("id: forum")


def test_what_a_form_can_not_hold_is_told(tmp_path: Path) -> None:
    half = {**visit(), "id": "half", "text": visit()["text"] + "\ud83c"}
    null = {**visit(), "id": "null", "text": visit()["text"] + "\0"}
    path = tmp_path / "records.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in (half, null)), encoding="utf-8")
    result = run("export", path, "--to", "labelstudio", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "Error: half: holds half of a surrogate pair, which no file can hold; left out",
        "null: holds U+0000, which Label Studio can store in SQLite, but not in PostgreSQL",
    ]
    assert len(json.loads((tmp_path / "out" / "tasks.json").read_text("utf-8"))) == 1


def test_what_can_not_be_read_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    run("export", written(tmp_path / "gold.jsonl", rows()), "--to", "quotes", "-o", tmp_path / "q")
    bad = tmp_path / "q" / "bad.yaml"
    bad.write_text("id: bad\nfigures: [{quote: a, value: 1, unit: x}, {quote: b, value: 1, unit: x}]\ntext: Bad.\n")
    (tmp_path / "q" / "binary.yml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "q" / "twice.yaml").write_text((tmp_path / "q" / "forum.yaml").read_text("utf-8"), encoding="utf-8")
    result = run("import", tmp_path / "q", tmp_path / "none.yaml", "--from", "quotes", "-o", tmp_path / "back.jsonl")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"Error: {bad}:2: figures: 'a' is not found",
        f"Error: {bad}:2: figures: 'b' is not found",
        f"Error: {tmp_path / 'q' / 'binary.yml'}: not UTF-8",
        "Error: forum: there are two texts of this id",
        f"Error: {tmp_path / 'none.yaml'}: no such file or directory",
    ]
    assert list(read_records(tmp_path / "back.jsonl")) == ["forum", "visits/ferry"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no files in this folder (.yaml, .yml)" in run("import", empty, "--from", "quotes", "-o", "-").stderr


@pytest.mark.parametrize(
    "id_", ["../../x", "/etc/x", "a//b", "..", ".", "a\\b", "con:1", "a\0b", "a\nb", "ä", "a/../b"]
)
def test_ids_make_files_inside_the_folder(tmp_path: Path, id_: str) -> None:
    path = files.quotes_path(tmp_path, id_)
    assert path.resolve().is_relative_to(tmp_path.resolve())
    assert "\0" not in str(path)
    files.write_quotes([Record.model_validate({**visit(), "id": id_})], tmp_path)
    assert [told.id for told in files.read([tmp_path], "quotes") if isinstance(told, Record)] == [id_]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")

    def broken() -> list[str]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        files.write(path, (part for _ in [1] for part in broken()))
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "gold.jsonl", rows())
    for name in [name for name in sys.modules if name.startswith("communique.gold.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "yaml", None)
    result = run("export", path, "--to", "quotes", "-o", tmp_path / "q")
    assert result.exit_code == 1
    assert result.stderr == "Error: the quotes form needs PyYAML; install it with: pip install 'communique[gold]'\n"
    assert run("export", path, "--to", "labelstudio", "-o", tmp_path / "ls").exit_code == 0


# Merging.


def merged(a: Row, b: Row) -> tuple[Record, list[str]]:
    told = merge(a["id"], Record.model_validate(a), Record.model_validate(b))
    assert told.record is not None
    return told.record, [f"{change.what} {change.kind} {change.field}".strip() for change in told.rest]


def test_what_both_say_stays_as_it_is() -> None:
    for row in (*rows(), characters()):
        assert merged(row, ruled(row)) == (Record.model_validate(row), [])


def test_what_one_alone_says_is_left_out_and_marked() -> None:
    other = forum()
    other["people"] = other["people"][:1]
    other["decisions"][0]["actors"][0]["ids"] = []
    other["meeting"]["participants"] = ["p1"]
    other["dates"][1]["value"] = "2019"
    other["documents"][0].update(period=None, parties=["TZA", "KEN"])
    record, rest = merged(forum(), other)
    assert [person.name for person in record.people] == ["Johanna Amupolo"]
    assert [date.value for date in record.dates] == ["2019-03-12", "2020-05"]
    assert (record.documents[0].period, record.documents[0].parties) == (None, ("TZA",))
    assert record.decisions[0].actors[0].ids == ()
    assert record.meeting is not None
    assert record.meeting.participants == ("p1",)
    assert sorted(rest) == [
        "changed dates value", "changed decisions actors", "changed documents parties", "changed documents period",
        "changed meeting participants", "lost people",
    ]  # fmt: skip
    assert merged(other, forum())[0] == record


def test_a_body_that_goes_takes_its_roles_along() -> None:
    one, other = forum(), forum()
    one["people"][0]["roles"][0].update(state=None, organization="Highland Forum")
    other["people"][0]["roles"][0].update(state=None, organization="The Forum")
    other["organizations"][1]["name"] = "The Forum"
    record, _ = merged(one, other)
    assert record.people[0].roles == ()
    assert "Highland Forum" not in [body.name for body in record.organizations]


@pytest.mark.parametrize("seed", range(30))
def test_what_is_merged_is_in_both(seed: int) -> None:
    for row in (forum(), characters()):
        one, other = spoiled(row, seed), spoiled(row, seed + 1000)
        record, _ = merged(one, other)
        for side in map(Record.model_validate, (one, other)):
            for kind in ("people", "states", "organizations", "documents"):
                places = {(m.start, m.end) for entry in getattr(side, kind) for m in entry.mentions}
                assert {(m.start, m.end) for entry in getattr(record, kind) for m in entry.mentions} <= places
            assert {(d.mention, d.value) for d in record.dates} <= {(d.mention, d.value) for d in side.dates}
            acts = {(d.act, d.status, d.trigger.start) for d in side.decisions}
            assert {(d.act, d.status, d.trigger.start) for d in record.decisions} <= acts


def test_any_two_records_of_a_text_merge() -> None:
    text = "Kenya\r\n🌊 signed e\u0301 Oman. the the"
    for seed in range(200):
        one, other = drawn(text, seed).to_dict(), drawn(text, seed + 1).to_dict()
        record, rest = merged({**one, "id": "x"}, {**other, "id": "x"})
        assert record.text == text
        assert rest or one == other


def test_the_files_of_a_merge(tmp_path: Path) -> None:
    other = forum()
    other["dates"][1]["value"] = "2019"
    a, b = written(tmp_path / "a", rows()), written(tmp_path / "b", [other, {**visit(), "id": "more"}])
    result = run("merge", a, b, "-o", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (
        0,
        f"{tmp_path / 'out'}: 1 of 3 texts are in both; 3 disagreements marked\n",
    )
    rest = [json.loads(line) for line in (tmp_path / "out" / "rest.jsonl").read_text("utf-8").splitlines()]
    assert [(row["text"], row["kind"], row["who"], row["a"], row["b"]) for row in rest] == [
        ("forum", "dates", "differ", "2018", "2019"),
        ("visits/ferry", "text", "only A", "this text", None),
        ("more", "text", "only B", None, "this text"),
    ]
    assert rest[0]["sentence"] == "Okavango trade rose to over €3.5 million [last year]."
    quotes = (tmp_path / "out" / "quotes" / "forum.yaml").read_text("utf-8").splitlines()
    at = FORUM.index("last year")
    assert quotes[:2] == [f"# {at}  differ  dates: value 2018 (A), 2019 (B)", f"# {rest[0]['sentence']}"]
    back = run("import", tmp_path / "out" / "quotes", "--from", "quotes", "-o", "-").stdout
    assert back == (tmp_path / "out" / "gold.jsonl").read_text("utf-8")


def test_texts_that_differ_do_not_merge(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="forum: the two texts differ"):
        merge("forum", Record.model_validate(forum()), Record.model_validate({**visit(), "id": "forum"}))
    a = written(tmp_path / "a", [forum()])
    b = written(tmp_path / "b", [{**visit(), "id": "forum"}])
    assert run("merge", a, b, "-o", tmp_path / "out").exit_code == 2


def test_comments_hold_in_one_line(tmp_path: Path) -> None:
    row = {**visit(), "id": "x", "text": "Kenya\x07 \u2028signed\x85 it.", "states": [], "documents": [], "dates": [],
           "figures": [], "decisions": []}  # fmt: skip
    state = {"id": "KEN", "name": "Kenya", "mentions": [span(row["text"], "Kenya\x07 \u2028signed")]}
    a, b = written(tmp_path / "a", [row]), written(tmp_path / "b", [{**row, "states": [state]}])
    assert run("merge", a, b, "-o", tmp_path / "out").exit_code == 0
    assert run("import", tmp_path / "out" / "quotes", "--from", "quotes", "-o", "-").exit_code == 0
