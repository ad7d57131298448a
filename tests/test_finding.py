"""Paths to texts: which, in which order, under which ids."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.readers.finding import Found, find
from folders import fill


def ids(*paths: Path | str) -> list[str]:
    return [found.id for found in found_in(paths)]


def found_in(paths: Iterable[Path | str]) -> list[Found]:
    return [found for found in find(paths) if isinstance(found, Found)]


def problems(*paths: Path | str) -> list[str]:
    return [str(found) for found in find(paths) if isinstance(found, InputError)]


def test_a_folder_in_the_order_of_its_paths(tmp_path: Path) -> None:
    fill(tmp_path, b_txt="", a_md="", c__z_txt="", c__a__x_txt="", B_txt="", d_rst="", e_pdf="", f_HTML="", g_docx="")
    assert ids(tmp_path) == ["B", "a", "b", "c/a/x", "c/z", "e", "f", "g"]


def test_files_beside_a_folder_of_their_name(tmp_path: Path) -> None:
    fill(tmp_path, **{"a.txt__b_txt": "", "a_md": "", "a__c_txt": ""})
    assert ids(tmp_path) == ["a/c", "a", "a.txt/b"]
    parts = [found.path.parts for found in found_in([tmp_path]) if found.path]
    assert parts == sorted(parts)


def test_paths_keep_the_order_given(tmp_path: Path) -> None:
    fill(tmp_path, b_txt="", a_txt="", in__c_txt="")
    assert ids(tmp_path / "b.txt", tmp_path / "in", tmp_path / "a.txt", "-") == ["b", "c", "a", "stdin"]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("2024/lakes.v2.txt", "2024/lakes.v2"),
        ("2024/lakes.txt.gz", "2024/lakes"),
        ("lakes.PDF", "lakes"),
        ("a.b.docx.GZ", "a.b"),
    ],
)
def test_the_id_is_the_path_below_the_folder_without_its_suffix(tmp_path: Path, name: str, id_: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert [(found.id, found.name) for found in found_in([tmp_path])] == [(id_, name)]
    assert ids(path) == [id_.rpartition("/")[2]]


def test_what_tells_of_the_texts_is_none_of_them(tmp_path: Path) -> None:
    fill(tmp_path, README_md="About these texts.", a_txt="", sources_jsonl="")
    assert ids(tmp_path) == ["a"]
    assert ids(tmp_path / "README.md") == ["README"]


def test_outputs_are_no_texts(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="", out__records_jsonl="", out__errors_jsonl="", out__more_jsonl="", errors_jsonl="")
    (tmp_path / "out" / ".communique").mkdir()
    fill(tmp_path / "out" / ".communique", x_txt="")
    assert ids(tmp_path) == ["a", "errors", "out/more"]


def test_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, r__2023__a_txt="", r__2024__a_txt="", r__2024__b_rst="", r__2024__deep__c_txt="", r__README_md="")
    assert ids(f"{tmp_path}/r/202?/*.txt") == ["2023/a", "2024/a"]
    assert ids(f"{tmp_path}/r/*4") == ["2024/a", "2024/deep/c"]
    assert ids(f"{tmp_path}/r/**") == ["2023/a", "2024/a", "2024/deep/c"]
    assert problems(f"{tmp_path}/*.pdf") == [f"{tmp_path}/*.pdf: nothing matches"]
    monkeypatch.chdir(tmp_path / "r" / "2024")
    assert ids("*.txt") == ["a"]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    fill(tmp_path, **{"a[1]_txt": "", "a1_txt": ""})
    assert ids(tmp_path / "a[1].txt") == ["a[1]"]


def test_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, x__a_txt="", y__a_txt="", y__b_txt="", z__c_txt="")
    listed = tmp_path / "list.txt"
    listed.write_bytes(f"\ufeffx/a.txt\r\n\ny/*.txt\nz\n{tmp_path}/x/a.txt\nnone.txt\n".encode())
    monkeypatch.chdir(tmp_path)
    assert ids("@list.txt") == ["x/a", "a", "b", "c", "a", "none"]
    assert problems("@none.txt") == ["none.txt: no such file or directory"]
    listed.write_bytes(b"a\0b\n")
    assert problems("@list.txt") == ["list.txt:1: not a path"]


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links and pipes")
def test_links(tmp_path: Path) -> None:
    fill(tmp_path, in__a_txt="", elsewhere__b_txt="")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "in")
    assert ids(tmp_path / "in") == ["a", "linked/b"]
    assert problems(tmp_path / "in") == [f"{tmp_path}/in/linked/back: a link that leads back to a folder above it"]


def test_a_folder_without_texts(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        f"{tmp_path}: no texts in this folder (.txt, .md, .html, .htm, .pdf, .docx, .jsonl, .parquet, and .gz of each)"
    ]


def test_folders_as_deep_as_they_get(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(600):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "a.txt").touch()
    assert ids(tmp_path) == ["d/" * 600 + "a"]


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xe9.txt")).write_text("Kenya")
    except OSError:
        pytest.skip("the file system refuses such names")
    assert ids(tmp_path) == []
    [problem] = [found for found in find([tmp_path]) if isinstance(found, InputError)]
    assert problem.reason == "the name of the file is not UTF-8"
