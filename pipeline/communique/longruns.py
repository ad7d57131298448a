"""Texts with long stretches without a blank: tokenized in pieces, as the tokenizer's cost is their square."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

_LONG = 512
"""Characters without a blank that no word has, and few addresses."""
_PIECE = 64
_RUN = re.compile(rf"(?<!\S)\S{{{_LONG},}} ?")


def readable(nlp: Language, text: str) -> str | Doc:
    """What to hand to the pipeline for a text: the text itself, or where it has such stretches its tokens."""
    if _RUN.search(text) is None:
        return text
    return Doc.from_docs([nlp.make_doc(piece) for piece in _pieces(text)], ensure_whitespace=False) or text


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for run in _RUN.finditer(text):
        if run.start() > end:
            yield text[end : run.start()]
        *starts, last = range(run.start(), run.end() - 1, _PIECE)
        yield from (text[start : start + _PIECE] for start in starts)
        yield text[last : run.end()]
        end = run.end()
    if end < len(text):
        yield text[end:]
