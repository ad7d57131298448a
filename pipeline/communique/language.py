"""The pipeline, told once: which components run, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from communique import components
from communique.tokenizer import customize

BATCH_SIZE = 16
"""Texts handed to a worker at a time: communiqués are long, small batches keep the workers even."""


def load(rules: Path | str | None = None) -> Language:
    """The pipeline as an ordinary spaCy `Language`.

    `rules` is a folder of rule files read on top of the shipped ones. Raises `RuleError` for files that can't be used.
    """
    from communique.rules import shipped

    components.load()
    nlp = spacy.blank("en")
    customize(nlp)
    config = {"rules": [str(shipped()), str(rules)] if rules else None}
    for name in components.ORDER:
        nlp.add_pipe(f"communique_{name}", name=name, config=config)
    return nlp


def documents(nlp: Language, items: Iterable[tuple[str, dict[str, Any]]], n_process: int = 1) -> Iterator[dict[str, Any]]:
    """The records of texts with their metadata, as plain data, in the order given."""
    pairs = nlp.pipe(items, as_tuples=True, n_process=n_process, batch_size=BATCH_SIZE)  # type: ignore[call-overload]
    for doc, _ in pairs:
        yield doc.user_data["communique"]
