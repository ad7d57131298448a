"""Records to and from spaCy's `DocBin`: spans in `doc.spans`, what hangs on them in `doc.user_data`.

`doc.spans` has a group for each label (`person`, `decision`, `actor` …), in which a span's `id_` leads to its fields
and links. `doc.ents` holds the names, dates and figures that do not overlap, to train or to look at. Tokens are spaCy's
English ones, cut where a span starts or ends inside one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from communique.errors import InputError
from communique.gold.standoff import Annotation, Standoff, to_standoff
from communique.gold.standoff_reading import from_standoff
from communique.records import Record

KEY = "communique"
"""Where in `doc.user_data` the rest of a record is."""
_ENTITIES = ("person", "state", "organization", "document", "date", "figure")


def to_docbin(records: Iterable[Record]) -> DocBin:
    """All records in one `DocBin`, in order."""
    nlp = spacy.blank("en")
    docs = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_ID"], store_user_data=True)
    for record in records:
        docs.add(to_doc(record, nlp))
    return docs


def to_doc(record: Record, nlp: Any) -> Doc:
    """A record as a `Doc`."""
    told = to_standoff(record)
    starts = {annotation.start for annotation in told.annotations}
    ends = {annotation.end for annotation in told.annotations}
    doc = _doc(told.text, nlp, starts, ends)
    first = {token.idx: token.i for token in doc}
    last = {token.idx + len(token): token.i + 1 for token in doc}
    groups: dict[str, list[Span]] = {}
    for annotation in told.annotations:
        span = Span(doc, first[annotation.start], last[annotation.end], annotation.label, span_id=annotation.id)
        groups.setdefault(annotation.label, []).append(span)
    for label, spans in groups.items():
        doc.spans[label] = spans
    doc.ents = filter_spans([span for label in _ENTITIES for span in doc.spans.get(label, ())])
    doc.user_data[KEY] = {
        "id": told.id,
        "source": told.source,
        "fields": told.fields,
        "spans": {a.id: {"fields": a.fields, "links": a.links, "rule": a.rule} for a in told.annotations},
    }
    return doc


def _doc(text: str, nlp: Any, starts: set[int], ends: set[int]) -> Doc:
    """The text's tokens, with no start or end inside one."""
    words: list[str] = []
    spaces: list[bool] = []
    for token in nlp.tokenizer(text):
        low, high = token.idx, token.idx + len(token)
        cuts = sorted({low, high, *(at for at in range(low + 1, high) if at in starts or at in ends)})
        for one, other in pairwise(cuts):
            words.append(text[one:other])
            spaces.append(False)
        if token.whitespace_ and (high in starts or high + 1 in ends):
            words.append(" ")
            spaces.append(False)
        elif token.whitespace_:
            spaces[-1] = True
    return Doc(nlp.vocab, words=words, spaces=spaces)


def from_docbin(path: Path) -> Iterator[Record | InputError]:
    """The record of each `Doc` of a file, or what is wrong with it; `InputError` for a file that can't be read."""
    try:
        docs = DocBin().from_bytes(path.read_bytes())
    except OSError as e:
        raise InputError.of(path, e) from None
    except Exception as e:  # zlib, msgpack and numpy have no error in common
        raise InputError(path, f"no DocBin: {e}") from None
    for number, doc in enumerate(docs.get_docs(Vocab()), 1):
        try:
            yield from_standoff(_standoff(doc, f"doc-{number}"))
        except InputError as e:
            yield e


def _standoff(doc: Doc, id_: str) -> Standoff:
    """What a `Doc` tells; one of another pipeline may have spans alone."""
    rest = doc.user_data.get(KEY)
    if not isinstance(rest, dict) or set(rest) != {"id", "source", "fields", "spans"}:
        raise InputError(id_, f"user_data has no {KEY!r}: not made by gold export, or stored without user data")
    told = Standoff(rest["id"], rest["source"], doc.text, fields=rest["fields"])
    for label, group in doc.spans.items():
        for span in group:
            more = rest["spans"].get(span.id_, {"fields": {}, "links": [], "rule": None})
            links = [(name, target) for name, target in more["links"]]
            told.annotations.append(
                Annotation(span.id_, label, span.start_char, span.end_char, more["fields"], links, more["rule"])
            )
    return told
