"""Names without what their spellings differ by: case, marks, punctuation, ways of romanization.

`folded` undoes spelling only. `skeleton` undoes romanization: letters that the tables in use write differently for one
and the same letter become one. The tables are BGN/PCGN (1947, 2019), ISO 9:1995 and ICAO Doc 9303-3 for Cyrillic: й is
y, i or j; ий is iy, y, i, ij or yy; х is kh or h; ж is zh or ž; ш is sh or š; кс is ks or x; е is e, ye or ie.
Doubled letters and French ou count as single. `consonants` keeps what scripts without short vowels write.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['`‘’ʻʼ´]")
_ROMANIZED = (
    (re.compile("x"), "ks"),
    (re.compile("kh"), "h"),
    (re.compile("zh"), "z"),
    (re.compile("sh"), "s"),
    (re.compile("ph"), "f"),
    (re.compile("w"), "v"),
    (re.compile("q|ck"), "k"),
    (re.compile("ou|oo"), "u"),
    (re.compile("[yj]"), "i"),
    (re.compile("i+"), "i"),
    (re.compile("ie"), "e"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS = re.compile("[aeiou]")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The words in lower-case ASCII, one space between them; possessives and apostrophes inside words are dropped."""
    plain = _APOSTROPHES.sub("'", text)
    plain = re.sub(r"'s\b", "", plain)
    return _NOT_WORD.sub(" ", anyascii(plain).replace("'", "").lower()).strip()


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """A folded word in which the ways of romanization are one: "zelenskyy" and "zelensky" give the same."""
    for form, single in _ROMANIZED:
        word = form.sub(single, word)
    return word


def consonants(word: str) -> str:
    """The consonants of a skeleton: "volodimir" and "vladimir" give the same."""
    return _VOWELS.sub("", word)


def slug(text: str) -> str:
    """The folded words joined by hyphens; long ones are cut, with a digest of the whole."""
    whole = folded(text).replace(" ", "-") or digest(text)
    return whole if len(whole) <= 80 else f"{whole[:70].rsplit('-', 1)[0]}~{digest(whole)}"


def digest(*parts: str) -> str:
    """Eight hexadecimal digits of SHA-256 over the parts."""
    return sha256("\0".join(parts).encode()).hexdigest()[:8]
