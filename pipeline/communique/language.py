"""The pipeline, told once: which components run, in which order."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language

from communique import components
from communique.components.assemble import RECORD, SPANS
from communique.garbage import uncollected
from communique.longruns import readable
from communique.records import Record
from communique.rules import check_folder, shipped
from communique.tokenizer import blank

_YOUNG = 50_000
"""New objects after which Python looks for cycles among them; 700 without being told."""
BATCH_SIZE = 16
"""Texts handed to a worker at a time: communiqués are long, small batches keep the workers even."""


def load(rules: Path | str | None = None) -> Language:
    """The pipeline as an ordinary spaCy `Language`.

    `rules` is a folder of rule files read on top of the shipped ones. `nlp.pipe(..., as_tuples=True)` takes a text's
    metadata as context, a dict with any of `id`, `title`, `publisher`, `published` and the other keys of a record's
    source. Raises `RuleError` for files that can't be used: an unknown key or file name, an id used twice, a name that
    means something else already.
    """
    components.load()
    if rules:
        check_folder(Path(rules))
    with uncollected():
        nlp = blank()
        config = {"rules": [str(shipped()), str(rules)] if rules else None}
        for name in components.ORDER:
            nlp.add_pipe(f"communique_{name}", name=name, config=config)
    return nlp


def settle() -> None:
    """Spare a process that only reads texts most of its garbage collection; call it once, after `load`.

    What is loaded stays, so that no collection looks at it again (and workers that are forked share its memory); new
    objects, nearly all without cycles, are looked at less often.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)


@cache
def _shared() -> Language:
    return load()


def extract(
    text: str, *, published: str | None = None, title: str | None = None, publisher: str | None = None
) -> Record:
    """The record of one text.

    `published` (an EDTF day), `title` and `publisher` are read from the text's heading where they are not given.
    Raises `pydantic.ValidationError` if `published` is no date.
    """
    context = {"published": published, "title": title, "publisher": publisher}
    for record in documents(_shared(), [(text, context)]):
        return Record.model_validate(record)
    raise AssertionError("one text gives one record")  # pragma: no cover


def documents(
    nlp: Language, items: Iterable[tuple[str, dict[str, Any]]], n_process: int = 1
) -> Iterator[dict[str, Any]]:
    """The records of texts with their metadata, as plain data, in the order given."""
    readables = ((readable(nlp, text), {**context, SPANS: False}) for text, context in items)
    for doc, _ in nlp.pipe(readables, as_tuples=True, n_process=n_process, batch_size=BATCH_SIZE):
        yield doc.user_data[RECORD]
