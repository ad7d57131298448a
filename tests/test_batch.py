"""Paths to records: which texts, in which order, under which ids, and what is written."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import fake
from communique.batch import Batch, write
from communique.jsonl import read_records
from communique.records import Record


def fill(folder: Path, **texts: str | bytes) -> Path:
    """Write files named by keyword, `__` for `/`, the last `_` for the dot."""
    for name, text in texts.items():
        path = folder / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def run(*paths: Path | str) -> tuple[list[Record], list[str]]:
    batch = Batch.of(paths)
    records = list(batch.records(fake.documents))
    return records, [str(error) for error in batch.errors]


def ids(*paths: Path | str) -> list[str]:
    return [record.id for record in run(*paths)[0]]


def test_a_folder_in_the_order_of_its_paths(tmp_path: Path) -> None:
    fill(
        tmp_path,
        b_txt="Kenya",
        a_md="Kenya",
        c__z_txt="Kenya",
        c__a__x_txt="Kenya",
        B_txt="Kenya",
        d_rst="no",
    )
    assert ids(tmp_path) == ["B", "a", "b", "c/a/x", "c/z"]


def test_paths_keep_the_order_given(tmp_path: Path) -> None:
    fill(tmp_path, b_txt="Kenya", a_txt="Kenya", in__c_txt="Kenya")
    assert ids(tmp_path / "b.txt", tmp_path / "in", tmp_path / "a.txt") == ["b", "c", "a"]


def test_the_id_is_the_path_below_the_folder_without_its_last_suffix(tmp_path: Path) -> None:
    fill(tmp_path, **{"2024__lakes.v2_txt": "Kenya"})
    (record,), _ = run(tmp_path)
    assert (record.id, record.source.path) == ("2024/lakes.v2", "2024/lakes.v2.txt")
    (record,), _ = run(tmp_path / "2024" / "lakes.v2.txt")
    assert (record.id, record.source.path) == ("lakes.v2", "lakes.v2.txt")


def test_what_tells_of_the_texts_is_none_of_them(tmp_path: Path) -> None:
    fill(tmp_path, README_md="About these texts.", a_txt="Kenya")
    assert ids(tmp_path) == ["a"]
    assert ids(tmp_path / "README.md") == ["README"]


def test_an_id_is_given_once(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya", a_md="Kenya twice", b_txt="Kenya")
    records, errors = run(tmp_path)
    assert [(record.id, record.source.path) for record in records] == [("a", "a.md"), ("b", "b.txt")]
    assert errors == [f"{tmp_path}/a.txt: has the id 'a', which {tmp_path}/a.md has already"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Kenya\r\n")))
    (record,), errors = run("-")
    assert (record.id, record.source.path, record.text, errors) == ("stdin", None, "Kenya\n", [])


def test_the_others_are_extracted(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya", b_txt="", c_txt=b"\0\1", d_txt="C\xf4te".encode("latin-1"), e_txt="Kenya")
    (tmp_path / "sources.jsonl").write_text('{"path": "a.txt", "title": "A"}\n{"path"\n')
    (tmp_path / "empty").mkdir()
    records, errors = run(tmp_path, tmp_path / "none.txt", tmp_path / "empty")
    assert [record.id for record in records] == ["a", "e"]
    assert records[0].source.title == "A"
    assert sorted(error.removeprefix(f"{tmp_path}/") for error in errors) == [
        "b.txt: empty",
        "c.txt: binary, not text",
        "d.txt: not UTF-8 (byte 0xf4 at offset 1); convert it to UTF-8",
        "empty: no texts in this folder (.txt, .md)",
        "none.txt: no such file or directory",
        "sources.jsonl:2: not JSON: Expecting ':' delimiter at character 8",
    ]


def test_a_record_that_breaks_the_contract_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, a_txt="Kenya")
    batch = Batch.of([tmp_path])
    broken = ({**row, "text": "Nauru"} for row in fake.documents(batch._items()))
    assert list(batch.records(lambda items: broken)) == []
    assert [str(e) for e in batch.errors] == ["a: no valid record: text[0:5] is not 'Kenya'"]


def test_metadata_goes_along(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    (tmp_path / "sources.jsonl").write_text(
        '{"path": "a.txt", "title": "T", "publisher": "P", "published": "2024", "url": "u", "rights": "r"}\n'
    )
    source = run(tmp_path)[0][0].source
    assert (source.title, source.publisher, source.published) == ("T", "P", "2024")
    assert (source.url, source.rights, source.language) == ("u", "r", "en")


def test_written_records_are_read_back(tmp_path: Path) -> None:
    fill(tmp_path / "in", a_txt="Kenya – “Nairobi”\u2028", b_txt="Nauru")
    records, _ = run(tmp_path / "in")
    assert write(iter(records), tmp_path / "out" / "deep") == 2
    path = tmp_path / "out" / "deep" / "records.jsonl"
    assert list(read_records(path).values()) == records
    assert path.read_bytes().count(b"\n") == 2
    assert "“Nairobi”".encode() in path.read_bytes()


def test_a_run_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    records, _ = run(tmp_path)
    write(records, tmp_path)
    before = (tmp_path / "records.jsonl").read_bytes()

    def broken() -> Iterator[Record]:
        yield from records
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(broken(), tmp_path)
    assert (tmp_path / "records.jsonl").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "records.jsonl"]


def test_records_stream(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya", b_txt="Kenya")
    records = Batch.of([tmp_path]).records(fake.documents)
    next(records)
    (tmp_path / "b.txt").write_text("Read only now: Kenya")
    assert next(records).text == "Read only now: Kenya"


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xe9.txt")).write_text("Kenya")
    except OSError:
        pytest.skip("the file system refuses such names")
    _, errors = run(tmp_path)
    assert errors == [f"'{tmp_path}/\\udce9.txt': the name of the file is not UTF-8"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "schema: Field required"),
        ("[]", "not a JSON object"),
    ],
)
def test_a_file_of_other_things_is_no_file_of_records(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(ValueError, match=f"records.jsonl:2: {reason}"):
        read_records(path)


def test_a_file_of_records_has_each_id_once(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="Kenya")
    records, _ = run(tmp_path)
    write(records * 2, tmp_path)
    with pytest.raises(ValueError, match=r"records.jsonl:2: id 'a' stands twice"):
        read_records(tmp_path / "records.jsonl")
