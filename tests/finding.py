"""What a few components find in a made-up sentence."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from communique import components
from communique.components.figures import Figure
from communique.tokenizer import blank
from communique.tokens import Tokens, tokens_of

PUBLISHED = "2024-05-15"  # a Wednesday


@cache
def pipeline(*names: str) -> Language:
    components.load()
    nlp = blank()
    for name in names:
        nlp.add_pipe(f"communique_{name}", name=name)
    return nlp


def read(text: str, published: str | None = PUBLISHED) -> Tokens:
    nlp = pipeline("layout", "states", "dates", "figures")
    doc = nlp.make_doc(text)
    doc._context = {"published": published}
    for _, component in nlp.pipeline:
        doc = component(doc)
    return tokens_of(doc)


def dates(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    tokens = read(text, published)
    return [(tokens.raw(m.start, m.end), m.data) for m in tokens.found["date"]]


def figures(text: str) -> list[tuple[str, Figure]]:
    tokens = read(text)
    return [(tokens.raw(m.start, m.end), m.data) for m in tokens.found["figure"]]


def measures(text: str) -> list[tuple[str, str | None]]:
    tokens = read(text)
    spans = [(m, m.data.measure) for m in tokens.found["figure"]]
    return [(tokens.raw(m.start, m.end), tokens.raw(*span) if span else None) for m, span in spans]
