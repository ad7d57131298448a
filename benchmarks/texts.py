"""Distinct texts to measure on: those of a folder, else texts made of the corpus' paragraphs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
_PARAGRAPHS = 12
"""Paragraphs of a text that is made up."""
_SEED = 1648
_DIGITS = re.compile(r"\d+")


def texts_of(folder: Path | None, words: int) -> list[str]:
    """Texts with about so many words in all, spread over those of the folder, or made up where there is none."""
    texts = _read(folder) if folder else _made_up(words)
    while sum(map(count, texts)) > words * 1.5 and len(texts) > 1:
        texts = texts[::2]
    return texts


def count(text: str) -> int:
    """The words of a text, as white space parts them."""
    return len(text.split())


def _read(folder: Path) -> list[str]:
    paths = sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".md") and p.name != "README.md")
    return [path.read_text(encoding="utf-8") for path in paths]


def _made_up(words: int) -> list[str]:
    made, total = [], 0
    for text in made_up(_PARAGRAPHS):
        made.append(text)
        total += count(text)
        if total >= words:
            break
    return made


def made_up(paragraphs: int) -> Iterator[str]:
    """Texts of so many of the corpus' paragraphs, each its own choice and order, with numbers drawn anew; no end."""
    chance = random.Random(_SEED)
    there = [p for text in _read(CORPUS) for p in re.split(r"\n\s*\n", text) if p.strip()]
    while True:
        chosen = chance.sample(there, paragraphs)
        yield _DIGITS.sub(lambda m: _like(m[0], chance), "\n\n".join(chosen))


def _like(number: str, chance: random.Random) -> str:
    """A number of as many digits; years and days stay what they are."""
    if len(number) in (2, 4) or number.startswith("0"):
        return number
    return str(chance.randrange(10 ** (len(number) - 1), 10 ** len(number)))
