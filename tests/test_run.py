"""Runs: what is written, in which order, and what a second run does."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import fake
from communique.engines import Result, Task
from communique.engines.inline import Inline
from communique.engines.work import Worker
from communique.errors import InputError
from communique.jsonl import read_records
from communique.readers import Limits
from communique.runs.folder import locked
from communique.runs.run import Counting, Options, Summary, run, stream
from communique.runs.watch import Watcher
from folders import fill


class Engine(Inline):
    """In this process, over a pipeline that only knows Kenya; counts what it does, and breaks off if told to."""

    def __init__(self, options: Options | None = None, fail_after: int | None = None) -> None:
        super().__init__(worker=Worker(fake.documents, Limits((options or Options()).characters)))
        self.did: list[str] = []
        self._fail_after = fail_after

    def run(self, tasks: Iterable[Task], *, in_order: bool = False) -> Iterator[Result]:
        for result in super().run(tasks):
            if self._fail_after == len(self.did):
                raise KeyboardInterrupt
            self.did.append(result.name)
            yield result


class Place:
    """A folder of inputs and one of outputs."""

    def __init__(self, folder: Path) -> None:
        self.inputs = folder / "in"
        self.out = folder / "out"
        self.inputs.mkdir(exist_ok=True)

    def run(self, *paths: Path | str, fail_after: int | None = None, **options: Any) -> tuple[Summary, list[str]]:
        """The summary, and which texts were worked on."""
        engine = Engine(Options(**options), fail_after)
        summary = run(paths or (self.inputs,), self.out, Options(**options), engine)
        return summary, [name.removeprefix(f"{self.inputs}/") for name in engine.did]

    def bytes(self) -> list[bytes]:
        return [(self.out / name).read_bytes() for name in ("records.jsonl", "errors.jsonl", "warnings.jsonl")]

    def ids(self) -> list[str]:
        return list(read_records(self.out / "records.jsonl"))

    def lines(self, name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.out / name).read_text("utf-8").splitlines()]

    def reasons(self, name: str = "errors.jsonl") -> list[tuple[str, str]]:
        return [(row["path"].removeprefix(f"{self.inputs}/"), row["reason"]) for row in self.lines(name)]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_records_errors_and_what_was_run(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="", c_txt=b"\0\1", d_txt="Kenya – “Nairobi”\u2028", e_md="Nauru")
    (place.inputs / "sources.jsonl").write_text('{"path": "a.txt", "title": "A"}\n{"path"\n')
    (place.inputs / "empty").mkdir()
    summary, _ = place.run(place.inputs, place.inputs / "none.txt", place.inputs / "empty")
    records = read_records(place.out / "records.jsonl")
    assert list(records) == ["a", "d", "e"]
    assert records["a"].source.title == "A"
    assert [(row["stage"], *pair) for row, pair in zip(place.lines("errors.jsonl"), place.reasons(), strict=True)] == [
        ("metadata", "sources.jsonl:2", "not JSON: Expecting ':' delimiter at character 8"),
        ("read", "b.txt", "empty"),
        ("read", "c.txt", "binary, not text"),
        ("read", "none.txt", "no such file or directory"),
        (
            "find",
            "empty",
            "no texts in this folder (.txt, .md, .html, .htm, .pdf, .docx, .jsonl, .parquet, and .gz of each)",
        ),
    ]
    assert (summary.records, summary.errors.total(), summary.extracted) == (3, 5, 5)
    told = json.loads((place.out / "run.json").read_text("utf-8"))
    assert (told["records"], told["errors"], told["texts"]) == (3, {"find": 1, "metadata": 1, "read": 3}, 8)
    assert told["counts"]["states"] == 2
    assert told["options"]["max_chars"] == 2_000_000
    assert told["versions"]["spacy"]


def test_an_error_has_the_hash_of_the_bytes(place: Place) -> None:
    fill(place.inputs, c_txt=b"\0\1")
    place.run()
    [row] = place.lines("errors.jsonl")
    assert list(row) == ["path", "sha256", "stage", "reason"]
    assert row["sha256"] == "b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2"


def test_an_id_is_given_once(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", a_md="Kenya twice", b_txt="Kenya")
    place.run()
    records = read_records(place.out / "records.jsonl")
    assert [(record.id, record.source.path) for record in records.values()] == [("a", "a.md"), ("b", "b.txt")]
    assert place.reasons() == [("a.txt", f"has the id 'a', which {place.inputs}/a.md has already")]


def test_the_same_bytes_twice_are_told(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Nauru", c_md="Kenya", d_txt="Kenya")
    summary, _ = place.run()
    assert place.ids() == ["a", "b", "c", "d"]
    first = f"has the same bytes as {place.inputs}/a.txt"
    assert place.reasons("warnings.jsonl") == [("c.md", first), ("d.txt", first)]
    assert summary.warnings == 2


def test_a_second_run_does_nothing(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="", c_txt="Nauru")
    first, did = place.run()
    assert did == ["a.txt", "b.txt", "c.txt"]
    before = place.bytes()
    stats = [(place.out / name).stat() for name in ("records.jsonl", "errors.jsonl")]
    again, did = place.run()
    assert did == []
    assert place.bytes() == before
    assert [(place.out / name).stat() for name in ("records.jsonl", "errors.jsonl")] == stats
    assert (again.records, again.errors, again.counts) == (first.records, first.errors, first.counts)
    assert again.extracted == 0


def test_only_what_is_new_or_has_changed_is_done(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Nauru", c_txt="Palau")
    place.run()
    fill(place.inputs, b_txt="Kenya again", aa_txt="Kenya")
    (place.inputs / "c.txt").unlink()
    assert place.run()[1] == ["aa.txt", "b.txt"]
    assert place.ids() == ["a", "aa", "b"]
    fresh = Place(place.inputs.parent)
    fresh.out = place.out.parent / "fresh"
    fresh.run()
    assert place.bytes() == fresh.bytes()


def test_metadata_that_changed_is_a_change(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Kenya 2")
    place.run()
    (place.inputs / "sources.jsonl").write_text('{"path": "a.txt", "title": "Talks"}\n')
    assert place.run()[1] == ["a.txt"]


def test_all_is_done_again_when_rules_change(place: Place, tmp_path: Path) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    rules = fill(tmp_path / "rules", regions_jsonl="")
    assert place.run(rules=rules)[1] == ["a.txt"]
    assert place.run(rules=rules)[1] == []
    (rules / "regions.jsonl").write_text("\n")
    assert place.run(rules=rules)[1] == ["a.txt"]


def test_force_starts_over(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    assert place.run(force=True)[1] == ["a.txt"]


def test_a_run_that_was_broken_off_goes_on(place: Place) -> None:
    fill(place.inputs, **{f"t{n}_txt": f"Kenya {n}" for n in range(6)}, bad_txt="")
    place.run()
    whole = place.bytes()
    place.out = place.out.parent / "again"
    did = []
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            place.run(fail_after=2)
        assert not (place.out / "records.jsonl").exists()
    did = place.run()[1]
    assert did == ["t5.txt"]
    assert place.bytes() == whole


def test_a_run_that_breaks_off_leaves_the_old_files(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    before = place.bytes()
    fill(place.inputs, b_txt="Kenya 2", c_txt="Kenya 3")
    with pytest.raises(KeyboardInterrupt):
        place.run(fail_after=1)
    assert place.bytes() == before


def test_an_output_that_somebody_changed_is_written_again(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    before = place.bytes()
    (place.out / "records.jsonl").write_text("oh")
    assert place.run()[1] == []
    assert place.bytes() == before
    (place.out / "errors.jsonl").unlink()
    place.run()
    assert place.bytes() == before


def test_two_runs_on_one_folder(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    with locked(place.out), pytest.raises(InputError, match="out: another run is writing to this folder"):
        place.run()
    place.run()


def test_a_state_that_is_damaged_is_told(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    (place.out / ".communique" / "state.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(InputError, match=r"state\.sqlite3: file is not a database"):
        place.run()


def test_standard_input(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Kenya\r\n")))
    place.run("-")
    [record] = read_records(place.out / "records.jsonl").values()
    assert (record.id, record.source.path, record.text) == ("stdin", None, "Kenya\n")


def test_metadata_goes_along(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    (place.inputs / "sources.jsonl").write_text(
        '{"path": "a.txt", "title": "T", "publisher": "P", "published": "2024", "url": "u", "rights": "r"}\n'
    )
    place.run()
    source = read_records(place.out / "records.jsonl")["a"].source
    assert (source.title, source.publisher, source.published) == ("T", "P", "2024")
    assert (source.url, source.rights, source.language) == ("u", "r", "en")


def test_a_stream_keeps_nothing_and_reads_as_it_goes(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Kenya", c_txt="")
    counting = Counting(Watcher())
    lines = stream([place.inputs], Options(), Engine(), counting)
    assert json.loads(next(lines))["id"] == "a"
    (place.inputs / "b.txt").write_text("Read only now: Kenya")
    assert json.loads(next(lines))["text"] == "Read only now: Kenya"
    assert list(lines) == []
    assert counting.summary.errors == {"read": 1}
    assert not place.out.exists()


def test_rows_of_json_lines(place: Place) -> None:
    rows: list[Any] = [
        {"id": "x", "text": "Kenya", "title": "T", "published": "2024-05-17", "ignored": [1]},
        {"id": 7, "text": "Kenya\r\nand Nauru"},
        {"text": "Kenya"},
        {"id": "x", "text": "Kenya"},
        {"id": "y"},
        {"id": "z", "text": 5},
        {"id": "w", "text": "Kenya", "published": "17 May"},
        {"id": "v", "text": " "},
        {"id": "s", "text": "Kenya \ud800"},
        [],
    ]
    lines = [json.dumps(row) for row in rows]
    fill(place.inputs, r_jsonl="\n".join(["\ufeff" + lines[0], "", *lines[1:], "{", "[" * 100_000]))
    place.run()
    records = read_records(place.out / "records.jsonl")
    assert list(records) == ["x", "7", "r/4"]
    assert (records["x"].source.title, records["x"].source.path) == ("T", "r.jsonl")
    assert records["7"].text == "Kenya\nand Nauru"
    assert place.reasons() == [
        ("r.jsonl:5", f"has the id 'x', which {place.inputs}/r.jsonl:1 has already"),
        ("r.jsonl:6", "has no text"),
        ("r.jsonl:7", "text: not a string"),
        ("r.jsonl:8", "published: '17 May' is no EDTF date or interval"),
        ("r.jsonl:9", "empty"),
        ("r.jsonl:10", "has half of a surrogate pair, which is no character"),
        ("r.jsonl:11", "not a JSON object"),
        ("r.jsonl:12", "not JSON: Expecting property name enclosed in double quotes at character 2"),
        ("r.jsonl:13", "not JSON that can be read: nested too deeply, or a number without end"),
    ]


def test_records_in_a_folder_are_no_texts(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya")
    place.run()
    (place.inputs / "gold.jsonl").write_bytes((place.out / "records.jsonl").read_bytes())
    assert place.run()[1] == []
    place.run(place.inputs / "gold.jsonl")
    assert place.ids() == ["a"]


def test_too_long_a_text(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya " * 20, b_txt="é" * 100, c_txt="é" * 101, d_txt="a" * 500)
    place.run(characters=100)
    assert place.ids() == ["b"]
    assert place.reasons() == [(f"{name}.txt", "too long (more than 100 characters)") for name in "acd"]


def test_a_record_that_breaks_the_contract_is_not_written(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Nauru")
    real = fake.documents

    def broken(items: Any) -> Any:
        return ({**row, "text": "Secret"} for row in real(items))

    monkeypatch.setattr(fake, "documents", broken)
    place.run()
    assert place.reasons() == [("a.txt", "no valid record: the record as a whole (value_error)")]
    assert b"Kenya" not in place.bytes()[1]


def test_a_fault_of_the_pipeline_costs_one_text_and_tells_none_of_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Nauru")
    real = fake.documents

    def faulty(items: Any) -> Any:
        for text, context in items:
            if text == "Kenya":
                raise KeyError(text)
            yield from real([(text, context)])

    monkeypatch.setattr(fake, "documents", faulty)
    place.run()
    assert place.ids() == ["b"]
    [row] = place.lines("errors.jsonl")
    assert row["stage"] == "extract"
    assert row["reason"].startswith("KeyError in engines/work.py:")
    assert "Kenya" not in row["reason"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_what_may_not_be_read(place: Place) -> None:
    fill(place.inputs, a_txt="Kenya", b_txt="Kenya", c__d_txt="Kenya")
    place.inputs.chmod(0o755)
    (place.inputs / "b.txt").chmod(0)
    (place.inputs / "c").chmod(0)
    for folder in (place.inputs.parent, *place.inputs.parent.parents):
        if folder != Path("/") and folder.stat().st_uid == 0 and folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o711)
    place.out.mkdir()
    os.chown(place.out, 65534, 65534)
    os.seteuid(65534)
    try:
        place.run()
    finally:
        os.seteuid(0)
    assert place.ids() == ["a"]
    assert place.reasons() == [("b.txt", "permission denied"), ("c", "permission denied")]
