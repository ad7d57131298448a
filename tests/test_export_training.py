"""Training data and annotations: spaCy reads and trains on the one, a reader of brat's format the other."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import spacy
from bratly.annotation_types import EntityAnnotation, EventAnnotation
from bratly.io.file_read_src import read_and_load_ann_file
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from communique.export.formats.brat import LABELS, Annotations, file_name
from communique.export.rows import all_mentions
from communique.records import Record
from exporting import FREE, bare, made, renamed, run, sourced, two, written
from made_up import forum, span, visit


@pytest.fixture(scope="module")
def training(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("training")
    records = root / "outputs" / "records.jsonl"
    made(records, "--to", "docbin", "-o", place, "--include-texts", "--split", "80/10/10")
    return place


def docs_of(path: Path) -> list[Doc]:
    vocab = spacy.blank("en").vocab
    return [doc for file in sorted(path.glob("*.spacy")) for doc in DocBin().from_disk(file).get_docs(vocab)]


def test_the_docs_are_the_texts_with_what_was_found_in_them(training: Path, corpus: list[Record]) -> None:
    docs = {doc.text: doc for part in ("train", "dev", "test") for doc in docs_of(training / part)}
    assert set(docs) == {record.text for record in corpus}
    lost = 0
    for record in corpus:
        doc = docs[record.text]
        spans = {(s.start_char, s.end_char) for key in ("mentions", "sc") for s in doc.spans[key]}
        entities = [(s.start_char, s.end_char) for s in doc.ents]
        for _, _, words, _ in all_mentions(record):
            if (words.start, words.end) not in spans:
                lost += 1
                assert doc.char_span(words.start, words.end) is None
        assert set(entities) <= spans
        assert all(s.text == record.text[s.start_char : s.end_char] for s in doc.ents)
    assert lost / sum(len(all_mentions(record)) for record in corpus) < 0.01
    assert (training / "provenance.json").read_text().count(f'"between_tokens": {lost}') == 1


def test_labels(tmp_path: Path) -> None:
    made(written(tmp_path / "r.jsonl", two()), "--to", "docbin", "-o", tmp_path / "out")
    first, second = docs_of(tmp_path / "out" / "train")
    assert [(s.text, s.label_) for s in first.ents][:5] == [
        ("Press service of the Highland Forum", "ORG"),
        ("12 March 2019", "DATE"),
        ("Highland Forum", "ORG"),
        ("HF", "ORG"),
        ("Namibia", "STATE"),
    ]
    assert [(s.text, s.label_) for s in second.spans["sc"]] == [
        ("agreed", "ESTABLISH"),
        ("allocate", "FUND"),
        ("ratified", "ADOPT"),
    ]


def test_the_longer_of_two_mentions_is_the_entity_and_both_are_spans(tmp_path: Path) -> None:
    row = sourced(visit(), rights=FREE)
    row["text"] = row["text"].replace("40 boats", "40 Nauru boats").replace("Palau ratified", "P. ratified")
    row = {**row, "documents": [], "decisions": [], "dates": []}
    row["figures"][0]["mention"] = span(row["text"], "40 Nauru boats")
    row["states"] = [{"id": "NRU", "name": "Nauru", "mentions": [span(row["text"], "Nauru", 2)]}]
    made(written(tmp_path / "r.jsonl", [row]), "--to", "docbin", "-o", tmp_path / "out")
    (doc,) = docs_of(tmp_path / "out" / "train")
    assert [s.text for s in doc.ents] == ["40 Nauru boats"]
    assert [s.text for s in doc.spans["mentions"]] == ["40 Nauru boats", "Nauru"]


def test_a_mention_inside_a_token_leaves_the_token_open(tmp_path: Path) -> None:
    row = bare("a", "Nauru/Palau met.")
    row["states"] = [{"id": "NRU", "name": "Nauru", "mentions": [span(row["text"], "Naur")]}]
    made(written(tmp_path / "r.jsonl", [row]), "--to", "docbin", "-o", tmp_path / "out")
    (doc,) = docs_of(tmp_path / "out" / "train")
    assert doc[0].ent_iob_ == ""
    assert doc[-1].ent_iob_ == "O"


def test_files_of_so_many_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.export.formats.docbin._TEXTS", 4)
    rows = [bare(f"{n}", f"Text {n}.") for n in range(10)]
    made(written(tmp_path / "r.jsonl", rows), "--to", "docbin", "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out" / "train").iterdir()) == [f"0000{n}.spacy" for n in (1, 2, 3)]
    assert [doc.text for doc in docs_of(tmp_path / "out" / "train")] == [f"Text {n}." for n in range(10)]


def test_training_starts(training: Path, tmp_path: Path) -> None:
    few = ["--training.max_steps", "1", "--training.eval_frequency", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "spacy", "train", "config.cfg", "--output", str(tmp_path / "model"), *few],
        capture_output=True,
        text=True,
        cwd=training,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    trained = spacy.load(tmp_path / "model" / "model-last")
    assert trained.pipe_names == ["tok2vec", "ner", "spancat"]
    assert set(trained.get_pipe("ner").labels) == {"PERSON", "STATE", "ORG", "DOCUMENT", "DATE", "FIGURE"}  # type: ignore[attr-defined]
    assert "SIGN" in trained.get_pipe("spancat").labels  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def brat(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("brat")
    made(root / "outputs" / "records.jsonl", "--to", "brat", "-o", place, "--include-texts")
    return place


def test_brat(brat: Path, corpus: list[Record]) -> None:
    for record in corpus:
        with (brat / f"{record.id}.txt").open(encoding="utf-8", newline="") as file:
            assert file.read() == record.text
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            read = read_and_load_ann_file(
                str(brat / f"{record.id}.ann"), no_duplicates=False, renumerotize=False, grammar_check=False
            )
        assert said.getvalue() == ""
        assert read is not None
        found = [one for one in read.annotations if isinstance(one, EntityAnnotation)]
        for one in found:
            assert " ".join(record.text[f.start : f.end] for f in one.fragments) == one.content
        kinds = {label for label, _ in LABELS.values()}
        assert sorted(
            (one.label, one.fragments[0].start, one.fragments[-1].end) for one in found if one.label in kinds
        ) == sorted(
            (LABELS[kind][0], words.start, words.end) for kind, _, words, _ in all_mentions(record) if kind in LABELS
        )
        events = [one for one in read.annotations if isinstance(one, EventAnnotation)]
        assert len(events) == len(record.decisions)


def test_the_annotations_of_a_record() -> None:
    lines = list(Annotations(Record.model_validate(visit())).lines())
    assert [line for line in lines if line[0] in "E*#A"] == [
        "*\tEquiv T1 T4",
        "*\tEquiv T2 T6",
        "#1\tAnnotatorNotes T1\tNRU",
        "#2\tAnnotatorNotes T2\tPLW",
        "#3\tAnnotatorNotes T3\tP2Y",
        "#4\tAnnotatorNotes T8\t2021-06-02",
        "#5\tAnnotatorNotes T5\t40 boat",
        "E1\tEstablish:T9 Actor:T10 Object:T11",
        "E2\tFund:T12 Actor:T13 Object:T14",
        "E3\tAdopt:T15 Actor:T16 Object:T17 Document:T7",
        "A1\tDocumentType T7 treaty",
        "A2\tDocumentStatus T7 adopted",
        "A3\tStatus E1 taken",
        "A4\tStatus E2 taken",
        "A5\tStatus E3 taken",
    ]
    assert "T10\tParty 0 38\tThe prime ministers of Nauru and Palau" in lines


def test_words_over_the_end_of_a_line_are_in_pieces() -> None:
    text = "The Ferry\nTreaty of\t Nauru"
    row = bare("a", text)
    row["documents"] = [
        visit()["documents"][0] | {"title": "Ferry Treaty", "parties": [], "mentions": [span(text, "Ferry\nTreaty")]}
    ]
    assert next(Annotations(Record.model_validate(row)).lines()) == "T1\tDocument 4 9;10 16\tFerry Treaty"


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
    | st.sampled_from(["..", "/etc/passwd", "a//b", "../x", "a/../b", "a/", "%2F"])
)
def test_an_id_is_a_path_that_stays_below_its_folder(id_: str) -> None:
    name = file_name(id_)
    assert os.path.normpath(f"/top/{name}.txt").startswith("/top/")
    assert not name.startswith("/")
    assert ".." not in name.split("/")[:-1]
    if not set(id_) & {"/"}:
        assert unquote(name) == id_


def test_ids_that_are_no_names_of_files(tmp_path: Path) -> None:
    ids = ["../out", "/abs", "a/b", "a", "a.txt/b", "CON:?", "x" * 300, "line\nbreak", "é/ü"]
    rows = [renamed(sourced(forum(), rights=FREE), id_) for id_ in ids]
    made(written(tmp_path / "r.jsonl", rows), "--to", "brat", "-o", tmp_path / "deep" / "out")
    assert len(list((tmp_path / "deep" / "out").rglob("*.ann"))) == len(ids)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_texts_that_may_not_be_passed_on_have_no_place_here(tmp_path: Path) -> None:
    rows = [renamed(forum(), "a", rights=FREE), renamed(forum(), "b", rights="©")]
    records = written(tmp_path / "r.jsonl", rows)
    for form in ("docbin", "brat"):
        result = run(records, "--to", form, "-o", tmp_path / form)
        assert result.stdout == f"{tmp_path / form}: 2 texts, 1 of them left out for want of a right to pass them on\n"
    assert len(docs_of(tmp_path / "docbin" / "train")) == 1
    assert [path.name for path in (tmp_path / "brat").glob("*.txt")] == ["a.txt"]
    result = run(written(tmp_path / "none.jsonl", rows[1:]), "--to", "brat", "-o", tmp_path / "none")
    assert (result.exit_code, (tmp_path / "none").exists()) == (1, False)
    assert "no text may be passed on" in result.stderr
