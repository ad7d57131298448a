"""What every data set has: rights kept, provenance, a codebook, a folder replaced as a whole, errors told."""

from __future__ import annotations

import builtins
import csv
import json
import re
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.export.formats import FORMATS, docbin
from communique.export.provenance import rules_hash
from communique.export.rights import Rights
from communique.records import Model, Record
from communique.rules import shipped
from exporting import FREE, bare, made, renamed, run, sourced, two, written
from made_up import forum, ruled, visit


@pytest.mark.parametrize(
    "rights",
    [
        "MIT",
        "mit",
        "CC-BY-4.0",
        "CC BY 4.0",
        "cc by-sa 4.0",
        "CC0-1.0",
        "Public Domain",
        "OGL-UK-3.0",
        "MIT OR CC-BY-NC-4.0",
        "(MIT AND CC-BY-4.0)",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://creativecommons.org/licenses/by-sa/3.0/igo/deed.en",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "https://creativecommons.org/publicdomain/mark/1.0/",
    ],
)
def test_rights_that_let_a_text_be_passed_on(rights: str) -> None:
    assert Rights().free(rights)


@pytest.mark.parametrize(
    "rights",
    [
        None,
        "",
        " ",
        "©",
        "© The Observer; not covered by MIT",
        "all rights reserved",
        "CC-BY-NC-4.0",
        "CC BY-ND 4.0",
        "MIT AND CC-BY-NC-4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "https://example.org/licenses/by/4.0/",
        "free",
        "not MIT",
        "MIT OR",
        "((((",
    ],
)
def test_rights_that_do_not(rights: str | None) -> None:
    assert not Rights().free(rights)


@given(
    st.lists(
        st.sampled_from(["(", ")", "MIT", "and", "OR", "WITH", "cc-by-nc-4.0", "©", "\n", "+", ":", ""]), max_size=9
    )
)
def test_any_words_may_be_told_as_rights(words: list[str]) -> None:
    assert Rights().free(" ".join(words)) in (True, False)


def test_rights_that_the_user_allows() -> None:
    assert Rights(["by courtesy"]).free("by courtesy")
    assert not Rights(["by courtesy"]).free("by courtesy of others")


def test_a_text_without_a_known_right_is_left_out_and_what_was_read_stays(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", [ruled(forum())])
    result = run(records, "--to", "csv", "-o", tmp_path / "out")
    assert (
        result.stdout == f"{tmp_path}/out: 1 text, 1 of them without their words for want of a right to pass them on\n"
    )
    with (tmp_path / "out" / "texts.csv").open(newline="") as file:
        (text,) = csv.DictReader(file)
    assert (text["text"], text["characters"]) == ("", str(len(forum()["text"])))
    with (tmp_path / "out" / "decisions.csv").open(newline="") as file:
        decisions = list(csv.DictReader(file))
    assert {one["evidence_text"] for one in decisions} == {""}
    assert decisions[1]["object_text"] == "a seed fund"
    assert int(decisions[1]["evidence_end"]) > int(decisions[1]["evidence_start"]) > 0
    made(records, "--to", "csv", "-o", tmp_path / "all", "--include-texts")
    assert forum()["text"].splitlines()[2] in (tmp_path / "all" / "texts.csv").read_text()


@pytest.mark.parametrize("form", FORMATS)
def test_no_sentence_of_a_text_that_is_left_out_is_in_any_file(tmp_path: Path, form: str) -> None:
    rows = [renamed(ruled(forum()), "kept", rights=None), bare("free", "Nauru and Palau met.")]
    run(written(tmp_path / "r.jsonl", rows), "--to", form, "-o", tmp_path / "out")
    if form in ("parquet", "huggingface"):
        files = [str(pq.read_table(path).to_pylist()) for path in (tmp_path / "out").rglob("*.parquet")]
    else:
        files = [
            path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "out").rglob("*") if path.is_file()
        ]
    assert not [file for file in files if "The Forum decided to establish" in file]
    assert (tmp_path / "out" / "sources.jsonl").read_text().count('"with_text": false') == 1


def test_rights_allowed_on_the_command_line(tmp_path: Path) -> None:
    records = written(
        tmp_path / "r.jsonl", [sourced(forum(), rights="by courtesy"), sourced(visit(), rights="press use")]
    )
    for allowed, count in ((["by courtesy"], 1), (["by courtesy", "press use"], 2)):
        run(records, "--to", "csv", "-o", tmp_path / "out", *(word for one in allowed for word in ("--allow", one)))
        told = json.loads((tmp_path / "out" / "provenance.json").read_text())
        assert (told["records"]["with_text"], told["allowed_rights"]) == (count, allowed)


def test_provenance(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", [*two(), renamed(forum(), "other", rights="©")])
    (tmp_path / "run.json").write_text('{"version": "0.0.9"}')
    run(records, "--to", "parquet", "-o", tmp_path / "out", "--split", "50/50", "--seed", "7")
    told = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))
    assert told["made_with"] == {
        "communique": version("communique"),
        "schema": "communique/1",
        "rules_sha256": rules_hash(shipped()),
        "libraries": {"pyarrow": version("pyarrow"), "datasketch": version("datasketch")},
    }
    assert told["records"]["sha256"] == sha256(records.read_bytes()).hexdigest()
    assert told["run"] == {"version": "0.0.9"}
    assert told["rights"] == [
        {"rights": FREE, "texts": 2, "with_text": 2},
        {"rights": "©", "texts": 1, "with_text": 0},
    ]
    assert told["split"]["shares"] == "50/50"
    assert told["split"]["seed"] == 7
    assert sum(told["split"]["texts"].values()) == 3
    sources = [json.loads(line) for line in (tmp_path / "out" / "sources.jsonl").read_text("utf-8").splitlines()]
    assert sources[2] == {"id": "other", **renamed(forum(), "other", rights="©")["source"], "with_text": False}


def test_a_run_that_can_not_be_read(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", two())
    for words in ("{", "[]"):
        (tmp_path / "run.json").write_text(words)
        result = run(records, "--to", "csv", "-o", tmp_path / "out")
        assert result.exit_code == 1
        assert result.stderr.startswith(f"Error: {tmp_path}/run.json: not ")
        assert not (tmp_path / "out").exists()


def test_the_hash_of_the_rules_is_of_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("1")
    one = rules_hash(tmp_path)
    (tmp_path / "a.jsonl").rename(tmp_path / "b.jsonl")
    assert rules_hash(tmp_path) != one
    assert re.fullmatch("[0-9a-f]{64}", one)


@pytest.mark.parametrize("form", FORMATS)
def test_sums_and_croissant_tell_the_files(tmp_path: Path, form: str) -> None:
    made(written(tmp_path / "r.jsonl", two()), "--to", form, "-o", tmp_path / "out", "--split", "50/50")
    out = tmp_path / "out"
    sums = dict(line.split("  ")[::-1] for line in (out / "SHA256SUMS").read_text("utf-8").splitlines())
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert set(sums) == present - {"SHA256SUMS"}
    assert all(sha256((out / name).read_bytes()).hexdigest() == value for name, value in sums.items())
    croissant = json.loads((out / "croissant.json").read_text("utf-8"))
    files = {one["@id"]: one for one in croissant["distribution"] if one["@type"] == "cr:FileObject"}
    assert {name: one["sha256"] for name, one in files.items()} == {name: sums[name] for name in files}
    patterns = [one["includes"] for one in croissant["distribution"] if one["@type"] == "cr:FileSet"]
    matched = {path.relative_to(out).as_posix() for pattern in patterns for path in out.glob(pattern)}
    assert matched | set(files) >= present - {"SHA256SUMS", "croissant.json", "README.md"}
    assert croissant["license"] == [FREE]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_records_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    records = written(tmp_path / "r.jsonl", two())
    for name in ("one", "other"):
        made(records, "--to", form, "-o", tmp_path / name, "--split", "50/50")
    one, other = ((tmp_path / name / "SHA256SUMS").read_text() for name in ("one", "other"))
    if form == "duckdb":  # which puts a random identifier into the header
        first, second = ((tmp_path / name / "communique.duckdb").read_bytes()[4096:] for name in ("one", "other"))
        assert first == second
    else:
        assert one == other


def test_every_field_of_the_models_is_described(root: Path) -> None:
    models = [model for model in vars(import_module("communique.records")).values() if isinstance(model, type)]
    fields = [
        (model.__name__, name, info.description)
        for model in models
        if issubclass(model, Model)
        for name, info in model.model_fields.items()
    ]
    assert len(fields) > 60
    assert [field for field in fields if not field[2]] == []


def test_the_schema_in_the_documentation_is_that_of_the_models(root: Path) -> None:
    assert json.loads((root / "docs" / "record.schema.json").read_text("utf-8")) == Record.json_schema()


def test_codebooks(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", two())
    for form, lines in {
        "csv": [
            "## document_parties",
            "Key: `text_id`, `document_id`, `party_id`.",
            "| `title` | string |  | The name as printed, without quotation marks around it. |",
        ],
        "docbin": [
            "| `ORG` | A body and every mention of it, acronyms included. |",
            "| `SIGN` | The verb that says the act `sign`. |",
        ],
        "brat": ["| `Person` | A person and every mention by name. |"],
        "huggingface": ["## Decision", "| `people` | list of Person |  | The people the text names. |"],
    }.items():
        made(records, "--to", form, "-o", tmp_path / form, "--name", "Lakes")
        codebook = (tmp_path / form / "codebook.md").read_text("utf-8").splitlines()
        assert codebook[0] == "# Codebook of Lakes"
        assert set(lines) <= set(codebook), form


def test_the_card(tmp_path: Path) -> None:
    rows = [*two(), renamed(forum(), "other", rights="©")]
    run(written(tmp_path / "r.jsonl", rows), "--to", "huggingface", "-o", tmp_path / "out", "--name", 'A "B": c')
    _, head, body = (tmp_path / "out" / "README.md").read_text("utf-8").split("---\n", 2)
    values = {key: json.loads(value) for key, value in (line.split(": ", 1) for line in head.splitlines())}
    assert values["license"] == FREE.lower()
    assert values["pretty_name"] == 'A "B": c'
    assert values["configs"][0]["data_files"] == [{"split": "train", "path": "data/train.parquet"}]
    assert "| © | 1 | 0 |" in body
    assert pq.read_table(tmp_path / "out" / "data" / "train.parquet").num_rows == 3


def test_hugging_face_holds_the_records_whole(tmp_path: Path) -> None:
    made(written(tmp_path / "r.jsonl", two()), "--to", "huggingface", "-o", tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "data" / "train.parquet").to_pylist()
    assert [without_nulls(row) for row in rows] == [without_nulls(row) for row in two()]


def without_nulls(value: object) -> object:
    """Keys that a struct must have and a record may leave out."""
    if isinstance(value, Mapping):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_nulls(one) for one in value]
    return value


def test_lines_without_a_record_are_told_and_the_others_go_in(tmp_path: Path) -> None:
    good = [Record.model_validate(row).to_json_line() for row in two()]
    lines = [
        b"\xef\xbb\xbf" + good[0].encode(),
        b"",
        b"{",
        b"\xff",
        good[0].encode(),
        b"[]",
        good[1].replace("Nauru and", r"\ud800 and").encode(),
        good[1].encode().replace(b'"text": "The', b'"text": "the', 1),
        good[1].encode(),
    ]
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"\r\n".join(lines))
    result = run(path, "--to", "csv", "-o", tmp_path / "out", "--split", "50/50")
    assert result.exit_code == 1
    assert result.stdout == f"{tmp_path}/out: 2 texts (train 1, test 1)\n"
    assert [line.removeprefix(f"Error: {path}:") for line in result.stderr.splitlines()] == [
        "3: not JSON: Expecting property name enclosed in double quotes at character 2",
        "4: not UTF-8",
        "5: id 'forum' stands twice",
        "6: not a JSON object",
        result.stderr.splitlines()[4].removeprefix(f"Error: {path}:"),
        result.stderr.splitlines()[5].removeprefix(f"Error: {path}:"),
    ]
    told = json.loads((tmp_path / "out" / "provenance.json").read_text())
    assert told["records"]["lines_passed_over"] == 6


def test_half_a_surrogate_pair_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"schema": "communique/1"' + json.dumps(bare("a", "x\ud800"))[len('{"schema": "communique/1"') :])
    result = run(path, "--to", "csv", "-o", tmp_path / "out")
    assert result.stderr == f"Error: {path}:1: holds half of a surrogate pair, which is no character\n"


def test_files_that_can_not_be_used(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "bad.jsonl").write_text("{}\n")
    out = tmp_path / "out"
    for name, reason in (
        ("none.jsonl", "none.jsonl: no such file or directory"),
        ("empty.jsonl", "empty.jsonl: no records"),
        ("bad.jsonl", "bad.jsonl:1: schema: Field required"),
        (".", f"{tmp_path.name}: is a directory"),
    ):
        result = run(tmp_path / name, "--to", "csv", "-o", out)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.endswith(f"{reason}\n"), result.stderr
        assert result.stderr.count("\n") == 1
        assert not out.exists()


def test_standard_input(tmp_path: Path) -> None:
    lines = "".join(f"{Record.model_validate(row).to_json_line()}\n" for row in two())
    result = run("-", "--to", "csv", "-o", tmp_path / "out", "--split", "50/50", "-q", stdin=lines.encode())
    assert (result.exit_code, result.output) == (0, "")
    assert len((tmp_path / "out" / "sources.jsonl").read_text().splitlines()) == 2


def test_an_earlier_data_set_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    records, out = written(tmp_path / "r.jsonl", two()), tmp_path / "out"
    made(records, "--to", "huggingface", "-o", out)
    (out / "notes.txt").write_text("mine")
    (out / "data" / "notes.txt").write_text("mine")
    made(records, "--to", "csv", "-o", out)
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"notes.txt", "data/notes.txt", "texts.csv"} < names
    assert not {name for name in names if name.endswith(".parquet")}


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    records = written(tmp_path / "r.jsonl", two())
    result = run(records, "--to", "csv", "-o", tmp_path)
    assert result.stderr == f"Error: {tmp_path}: holds files but no data set; choose another folder\n"
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]


def test_what_was_there_stays_if_anything_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records, out = written(tmp_path / "r.jsonl", two()), tmp_path / "out"
    made(records, "--to", "csv", "-o", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def fail(self: docbin.Writer) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(docbin.Writer, "close", fail)
    result = run(records, "--to", "docbin", "-o", out)
    assert (result.exit_code, result.stderr) == (1, f"Error: {out}: no space left on device\n")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("form", "more", "library", "extra"),
    [
        ("parquet", [], "pyarrow", "parquet"),
        ("huggingface", [], "pyarrow", "parquet"),
        ("duckdb", [], "duckdb", "duckdb"),
        ("csv", ["--split", "50/50"], "datasketch", "split"),
    ],
)
def test_libraries_that_are_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, more: list[str], library: str, extra: str
) -> None:
    for name in list(sys.modules):
        if re.match(r"communique\.export\.(formats\.|arrow|split|neighbours)", name):
            monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name.split(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {library!r}", name=library)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    result = run(written(tmp_path / "r.jsonl", two()), "--to", form, "-o", tmp_path / "out", *more)
    assert result.exit_code == 1
    assert result.stderr.endswith(f"needs libraries that are not installed: pip install 'communique[{extra}]'\n")
    assert not (tmp_path / "out").exists()
