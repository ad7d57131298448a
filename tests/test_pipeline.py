"""The pipeline as spaCy sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import communique
from communique import components, language

TEXT = (
    "On 17 May 2031 the Lake States Council (LSC) met in Entebbe. President of Kenya Miriam Okello and "
    "Ugandan Foreign Minister Salim Haddad signed the Agreement on Joint Patrols for 2032–2034. "
    "Okello proposed creating a fund of $2.4 billion."
)


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return communique.load()


def test_spans_of_a_text(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    found = {(s.label_, s.text, s.id_) for s in doc.spans["mentions"]}
    assert ("PERSON", "Miriam Okello", "p1") in found
    assert ("STATE", "Ugandan", "UGA") in found
    assert ("ORG", "Lake States Council", "o1") in found
    assert ("DOCUMENT", "Agreement on Joint Patrols for 2032–2034", "d1") in found
    assert any(label == "DATE" and text == "17 May 2031" for label, text, _ in found)
    assert any(label == "FIGURE" and text == "$2.4 billion" for label, text, _ in found)
    assert [(s.label_, s.text) for s in doc.spans["decisions"]] == [("sign", "signed"), ("establish", "proposed")]
    assert {e.text for e in doc.ents} >= {"Miriam Okello", "17 May 2031"}
    assert len(list(doc.sents)) == 3


def test_the_record_is_on_the_document(nlp: spacy.language.Language) -> None:
    record = nlp(TEXT)._.record
    assert isinstance(record, communique.Record)
    assert record.people[0].roles[0].state == "KEN"
    assert record.decisions[0].documents == ("d1",)


def test_a_document_without_a_record_says_so() -> None:
    with pytest.raises(ValueError, match="run it through"):
        _ = spacy.blank("en")("No record.")._.record


def test_metadata_come_as_context(nlp: spacy.language.Language) -> None:
    [(doc, _)] = nlp.pipe([("They met last year.", {"published": "2031-05-17"})], as_tuples=True)
    assert doc._.record.dates[0].value == "2030"


def test_docs_go_through_bytes(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.record == doc._.record
    [again] = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert again._.record == doc._.record


def test_a_saved_pipeline_finds_the_same(nlp: spacy.language.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    assert spacy.load(tmp_path / "saved")(TEXT)._.record == nlp(TEXT)._.record


@pytest.mark.parametrize("name", components.ORDER)
def test_a_component_works_in_another_pipeline(name: str) -> None:
    other = spacy.blank("en")
    other.add_pipe(f"communique_{name}")
    assert other(TEXT).text == TEXT
    assert other("").text == ""


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "*", "«»", "\\", "a" * 50_000, "( " * 2000, "and " * 2000])
def test_odd_texts_have_valid_records(text: str) -> None:
    record = communique.extract(text)
    assert record.text == text


def test_extract_takes_metadata() -> None:
    record = communique.extract("They met today.", published="2031-05-17", title="Talks", publisher="Lake Office")
    assert (record.source.title, record.source.publisher) == ("Talks", "Lake Office")
    assert record.dates[0].value == "2031-05-17"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-ASEAN", ["U.S.", "-", "ASEAN"]),
        ("2026–2028", ["2026", "–", "2028"]),
        ("Rahmon’s", ["Rahmon", "’s"]),
        ("20MW", ["20", "MW"]),
    ],
)
def test_the_tokenizer_parts_what_the_genre_glues(nlp: spacy.language.Language, text: str, words: list[str]) -> None:
    assert [t.text for t in nlp.make_doc(text)] == words


def test_two_processes_find_the_same(nlp: spacy.language.Language) -> None:
    items = [(f"{TEXT} No. {n}.", {"id": str(n)}) for n in range(3)]
    assert list(language.documents(nlp, items, n_process=2)) == list(language.documents(nlp, items))
