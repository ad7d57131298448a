"""Files to texts, and what can be wrong with them."""

from __future__ import annotations

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import InputError
from communique.readers import Limits, read, read_stdin, read_text
from communique.readers.finding import SOURCES
from communique.readers.library import Library


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("name", "media_type"), [("a.txt", "text/plain"), ("a.MD", "text/markdown")])
def test_a_text(tmp_path: Path, name: str, media_type: str) -> None:
    data = "Türkiye and Côte d’Ivoire met.\n".encode()
    source = read(written(tmp_path / name, data))
    assert source.text == data.decode()
    assert source.media_type == media_type
    assert source.encoding == "utf-8"
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfKenya\n", "Kenya\n"),
        (b"Kenya\r\nUganda\rPalau\n\r\n", "Kenya\nUganda\nPalau\n\n"),
        (b"  Kenya \t\n\x0cUganda", "  Kenya \t\n\x0cUganda"),
    ],
    ids=["byte order mark", "line ends", "white space stays"],
)
def test_nothing_but_mark_and_line_ends_is_changed(tmp_path: Path, data: bytes, text: str) -> None:
    assert read(written(tmp_path / "a.txt", data)).text == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_marked_utf_16_and_32_are_decoded(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith("be") else ""
    source = read(written(tmp_path / "a.txt", f"{mark}Kenya met Nauru.\r\n".encode(encoding)))
    assert source.text == "Kenya met Nauru.\n"
    assert source.encoding == encoding.removesuffix("-be")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"PK\x03\x04\x00\x00", "binary, not text"),
        ("a.txt", b"\x01\x02\x03\x04 words", "binary, not text"),
        ("a.txt", "“Côte” – “côté” é".encode() + b"\xff met", "not UTF-8 (byte 0xff at offset 31)"),
        ("a.txt", "“Côte” – “côté”".encode()[:-1], "truncated: ends within a character of UTF-8"),
        ("a.txt", b"Kenya \xed\xa0\x80", "not UTF-8 (byte 0xed at offset 6)"),
        ("a.txt", b"\xff\xfeK", "truncated: ends within a character of UTF-16"),
        ("a.txt", b"a" * 1001, "too long (more than 1,000 characters)"),
        ("a.txt", b"a" * 4005, "too long (more than 1,000 characters)"),
        (
            "a.xlsx",
            b"K",
            "not a kind of file that is read (.txt, .md, .html, .htm, .pdf, .docx, .jsonl, .parquet, and .gz of each)",
        ),
    ],
)
def test_what_is_no_text_is_named_with_the_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = written(tmp_path / name, data)
    with pytest.raises(InputError) as caught:
        read(path, Limits(1000))
    assert str(caught.value) == f"{path}: {reason}"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: no such file or directory"):
        read(tmp_path / "none.txt")


def test_standard_input() -> None:
    assert read_stdin(BytesIO(b"\xef\xbb\xbfKenya\r\n")).text == "Kenya\n"
    with pytest.raises(InputError, match="-: empty"):
        read_stdin(BytesIO())


def test_a_text_in_memory() -> None:
    assert read_text("Kenya\r\n").text == "Kenya\n"


@given(st.binary(max_size=60))
def test_any_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    try:
        source = read_stdin(BytesIO(data))
    except InputError as e:
        assert "\n" not in str(e)
    else:
        assert source.text.strip()
        assert "\r" not in source.text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Côte d’Ivoire met “Kenya” – done.", "cp1252"),
        ("The Minister José Peña and Angela Müller signed.", "cp1252"),
        ("Министры подписали протокол о сотрудничестве.", "cp1251"),
        ("Министры подписали протокол о сотрудничестве.", "koi8_r"),
        ("Cumhurbaşkanı Erdoğan görüştü, bakanlar imzaladı.", "cp1254"),
    ],
)
def test_other_encodings_are_guessed_and_told(tmp_path: Path, text: str, encoding: str) -> None:
    source = read(written(tmp_path / "a.txt", text.encode(encoding)))
    assert (source.text, source.encoding, source.guessed) == (text, encoding, True)


def test_unmarked_utf_16_is_told_by_its_zeros(tmp_path: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        source = read(written(tmp_path / "a.txt", "Kenya – Nauru.".encode(encoding)))
        assert (source.text, source.encoding, source.guessed) == ("Kenya – Nauru.", encoding, False)


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def test_packed_files(tmp_path: Path) -> None:
    source = read(written(tmp_path / "a.md.gz", packed(b"Kenya\n")))
    assert (source.text, source.media_type) == ("Kenya\n", "text/markdown")
    assert source.sha256 == hashlib.sha256(b"Kenya\n").hexdigest()
    assert (
        read(written(tmp_path / "b.txt.gz", packed(b"Kenya ") + packed(b"Nauru") + b"\0" * 512)).text == "Kenya Nauru"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (packed(b""), "empty"),
        (b"Kenya", "damaged, or not packed by gzip"),
        (packed(b"Kenya")[:-1], "truncated: the packed file ends too soon"),
        (packed(b"Kenya")[:12], "truncated: the packed file ends too soon"),
        (packed(b"Kenya")[:-6] + b"\0" * 6, "damaged, or not packed by gzip"),
        (packed(b" " * 20_000_000), "unpacks to more than 200 times its size"),
        (packed(packed(b"Kenya")), "binary, not text"),
    ],
    ids=["no bytes", "no text", "not packed", "without its end", "cut", "wrong sum", "bomb", "packed twice"],
)
def test_what_can_not_be_unpacked(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(written(tmp_path / "a.txt.gz", data))
    assert caught.value.reason == reason


def test_a_packed_file_that_unpacks_without_end(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        read(written(tmp_path / "a.html.gz", packed(b" " * 20_000_000)))


def library(folder: Path, *lines: str) -> Library:
    (folder / SOURCES).write_text("\n".join(lines), encoding="utf-8")
    return Library()


def test_metadata_of_a_text(tmp_path: Path) -> None:
    known = library(
        tmp_path,
        '{"path": "a.txt", "title": "Talks", "published": "2024-05-17"}',
        '{"path": "2024/b.txt", "publisher": "Lake Office", "url": "https://lake.example/b"}',
        '{"path": "./c.txt", "title": null}',
    )
    assert known.find(tmp_path / "a.txt", tmp_path) == {"title": "Talks", "published": "2024-05-17"}
    deep = known.find(tmp_path / "2024" / "b.txt", tmp_path)
    assert deep == {"publisher": "Lake Office", "url": "https://lake.example/b"}
    assert known.find(tmp_path / "c.txt", tmp_path) == {}
    assert known.find(tmp_path / "d.txt", tmp_path) == {}
    assert known.errors == []


def test_the_nearest_file_is_asked_first_and_none_above_the_folder_given(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    library(tmp_path, '{"path": "in/a.txt", "title": "Above"}', '{"path": "in/b.txt", "title": "Above"}')
    near = library(tmp_path / "in", '{"path": "a.txt", "title": "Near"}')

    def title(name: str, top: Path) -> str | None:
        return near.find(tmp_path / "in" / name, top).get("title")

    assert title("a.txt", tmp_path) == "Near"
    assert title("b.txt", tmp_path) == "Above"
    assert title("b.txt", tmp_path / "in") is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{path: a}", "not JSON: Expecting property name enclosed in double quotes at character 2"),
        ('["a.txt"]', "not a JSON object"),
        ('{"title": "Talks"}', "path: Field required"),
        ('{"path": "x.txt", "titel": "Talks"}', "titel: Extra inputs are not permitted"),
        ('{"path": "x.txt", "title": 5}', "title: Input should be a valid string"),
        ('{"path": "x.txt", "published": "17 May"}', "published: '17 May' is no EDTF date or interval"),
        ('{"path": "a.txt"}', "path 'a.txt' stands twice"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_used(tmp_path: Path, line: str, reason: str) -> None:
    known = library(tmp_path, '{"path": "a.txt", "title": "A"}', "", line, '{"path": "b.txt", "title": "B"}')
    for name in ("a.txt", "b.txt"):
        assert known.find(tmp_path / name, tmp_path) == {"title": name[0].upper()}
    assert [str(error) for error in known.errors] == [f"{tmp_path / SOURCES}:3: {reason}"]


def test_a_file_of_metadata_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / SOURCES).write_bytes('{"path": "a.txt", "title": "Côte"}'.encode("latin-1"))
    known = Library()
    assert known.find(tmp_path / "a.txt", tmp_path) == {}
    assert [str(error) for error in known.errors] == [f"{tmp_path / SOURCES}: not UTF-8"]
