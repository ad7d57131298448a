"""A document as plain lists: its words without white space, normalised, each with its place in the text.

The rules read these lists and never spaCy's tokens, because raw texts wrap names over lines, escape their
markup and use every kind of quote and dash, none of which should matter to a rule.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.vocab import Vocab

TITLE, UPPER, LOWER, DIGIT, ALPHA, POINTED = 1, 2, 4, 8, 16, 32
"""Flags of a word: capitalised, all capitals, lower case, starts with a digit, letters only, ends in a point."""
CAPITAL = TITLE | UPPER

_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "—": "–", "―": "–", "−": "–", "‒": "–", "‑": "-", "‐": "-", "\u00ad": "", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip
_LOOKALIKE = str.maketrans("аеорсхуіѕһгкмтАВЕКМНОРСТХУІ", "aeopcxyishrkmtABEKMHOPCTXYI")
"""Cyrillic letters that stand for Latin ones where keyboards were mixed: "wеre"."""
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_ADDRESS = re.compile(r"\w+://[^\s)\]>]+")
_GLUED = re.compile(r"([A-Z][a-z]{2,})(Prime|President|Minister|Chairman|Secretary|Foreign|Chancellor|Speaker)")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_MARKUP = frozenset({"\\", "_", "**", "***", "__", "___"})
"""Tokens that are no words: escapes and emphasis."""
_PIECE = re.compile(r"[^\\]+|\\u[0-9a-fA-F]{4}|\\")


class Mention(NamedTuple):
    """Words `start` to `end` (half-open) found by `rule`.

    `key` is the same for all mentions of one entry, `data` is the kind's own.
    """

    start: int
    end: int
    rule: str
    key: str = ""
    data: Any = None


class Block(NamedTuple):
    """A paragraph, list item or heading: words `start` to `end`; `text` is where it begins after a list mark."""

    kind: str
    start: int
    end: int
    text: int
    chapeau: int
    """Index of the block that introduces this item with a colon, else -1."""


@dataclass(slots=True)
class Tokens:
    """The words of a text and what the components have found in it, all by word index.

    Lists `words` (normalised), `lower`, `start`, `end` (offsets in `text`), `flags` and `gap` (line ends before the
    word) run in parallel. `doc` holds the same words for spaCy's matchers.
    """

    text: str
    doc: Doc
    words: list[str]
    lower: list[str]
    start: list[int]
    end: list[int]
    flags: list[int]
    gap: list[int]
    context: dict[str, Any]
    sentences: list[tuple[int, int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    block_of: list[int] = field(default_factory=list)
    title: tuple[int, int] | None = None
    dateline: Any = None
    found: dict[str, list[Mention]] = field(default_factory=dict)
    reference: str | None = None
    """The text's own date, against which "last year" is resolved."""
    roles: dict[str, list[Any]] = field(default_factory=dict)
    offices: list[Any] = field(default_factory=list)
    meeting: Any = None
    phrases: Any = None
    """What `communique.phrases` found."""
    decisions: list[Any] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def raw(self, start: int, end: int) -> str:
        """The text of words `start` to `end` as printed."""
        return self.text[self.start[start] : self.end[end - 1]]

    def join(self, start: int, end: int) -> str:
        """The text of words `start` to `end` with white space folded and escapes undone, otherwise as printed."""
        return plain(self.raw(start, end))

    def word_at(self, offset: int) -> int:
        """The index of the word at or after an offset of the text."""
        return bisect_left(self.end, offset + 1)

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The words that the characters `start` to `end` touch."""
        return bisect_left(self.end, start + 1), bisect_right(self.start, end - 1)


def _character(escape: re.Match[str]) -> str:
    """What an escape stands for; half of a surrogate pair stands for nothing."""
    code = int(escape[1], 16)
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def plain(text: str) -> str:
    """White space folded, escapes of markup undone: what a reader of a value wants to see."""
    if "\\" in text:
        text = _ESCAPE.sub(_character, text).replace("\\_", " ").replace("\\", "")
    return " ".join(text.split())


_Piece = tuple[int, int, str, str, int]
_Entry = tuple[str, tuple[tuple[int, int, str, str, int, int], ...]]
_KNOWN: dict[int, _Entry] = {}
"""Hash of a token's text → the text and its pieces with the hashes of their words; kept over texts."""
_KNOWN_MOST = 500_000


def _pieces(word: str) -> tuple[_Piece, ...]:
    """The normalised words inside one token of spaCy's, as (start, end, word, lower, flags); none for white space."""
    if word.isspace() or word in _MARKUP:
        return ()
    if "\\" in word and len(word) > 1:
        return tuple(_unescaped(word))
    if (glued := _GLUED.fullmatch(word)) is not None:
        cut = glued.end(1)
        return _piece(0, cut, word[:cut]), _piece(cut, len(word), word[cut:])
    return (_piece(0, len(word), word.translate(_SAME) or word),)


def _piece(start: int, end: int, word: str) -> _Piece:
    if not word.isascii() and _CYRILLIC.search(word) and (len(word) == 1 or re.search("[A-Za-z]", word)):
        word = word.translate(_LOOKALIKE)
    return start, end, word, word.lower(), _flags(word)


def _unescaped(word: str) -> list[_Piece]:
    r"""Split a token at its escapes: `United\\_States` gives two words, `Russia\\u2019s` gives `Russia` and `'s`."""
    runs: list[list[Any]] = []
    for m in _PIECE.finditer(word):
        piece = m[0]
        if piece == "\\":
            continue
        if piece.startswith("\\u"):
            piece = chr(int(piece[2:], 16)).translate(_SAME)
        begin = m.start()
        if piece.startswith("_"):
            piece, begin = piece[1:], begin + 1
        if piece[:1] in ("(", "["):
            runs.append([begin, begin + 1, piece[0]])
            piece, begin = piece[1:], begin + 1
        if not piece.strip():
            continue
        if piece == "s" and runs and runs[-1][2] == "'" and runs[-1][1] == begin:
            runs[-1][1:] = [m.end(), "'s"]
        elif piece[0] in ".," and runs and runs[-1][1] == begin - 1 and piece[1:2].isdigit():
            runs[-1][1:] = [m.end(), runs[-1][2] + piece]  # "48\\.5"
        elif piece[0] in ".," and len(piece) == 1 and runs:
            runs.append([begin, m.end(), piece])
        elif piece[0] in "-–" and len(piece) > 1:
            runs.append([begin - 1, begin + 1, piece[0]])
            runs.append([begin + 1, m.end(), piece[1:]])
        else:
            runs.append([begin, m.end(), piece])
    return [_piece(a, b, w) for a, b, w in runs]


_OKINA = "ʻʿʾ"
"""Letters of transcription that have no case: "ʻAna" is capitalised."""


def _flags(word: str) -> int:
    first = word.lstrip(_OKINA)[:1] or word[0]
    value = 0
    if first.isdigit():
        value |= DIGIT
    if word.isalpha():
        value |= ALPHA
    if word[-1] == "." and len(word) > 1:
        value |= POINTED
    if word.isupper():
        value |= UPPER if len(word) > 1 else TITLE | UPPER
    elif first.isupper():
        value |= TITLE
    elif word.islower():
        value |= LOWER
    return value


def _drop_addresses(text: str, columns: _Columns) -> None:
    """Take the words of web addresses out: no name in them is a mention."""
    spans = [m.span() for m in _ADDRESS.finditer(text)]
    for a, b in reversed(spans):
        i, j = bisect_left(columns.end, a + 1), bisect_right(columns.start, b - 1)
        for column in columns:
            del column[i:j]


def _drop_emphasis(columns: _Columns) -> None:
    """Take out asterisks glued to a word: `*Framework*`; a bullet has a blank behind it."""
    words, start, end, gap = columns.words, columns.start, columns.end, columns.gap
    for i in range(len(words) - 1, -1, -1):
        if words[i] != "*":
            continue
        before = i > 0 and end[i - 1] == start[i]
        if before or (i + 1 < len(words) and start[i + 1] == end[i]):
            if i + 1 < len(words):
                gap[i + 1] += gap[i]
            for column in columns:
                del column[i]


_CACHE: WeakKeyDictionary[Doc, Tokens] = WeakKeyDictionary()


def tokens_of(doc: Doc) -> Tokens:
    """The tokens of a spaCy document, made once a document."""
    tokens = _CACHE.get(doc)
    if tokens is None:
        tokens = _CACHE[doc] = _make(doc)
    return tokens


def words_of(doc: Doc) -> tuple[str, ...]:
    """The words alone of a spaCy document."""
    return tuple(_columns(doc)[1].words)


def words_in(token: str) -> tuple[str, ...]:
    """The words inside one token of spaCy's."""
    return tuple(word for _, _, word, _, _ in _pieces(token))


def _make(doc: Doc) -> Tokens:
    text, columns = _columns(doc)
    words = columns.words
    # not `doc` itself even where the words are the same: the cache must not hold its own keys
    shadow = _shadow(doc.vocab, columns)
    context = getattr(doc, "_context", None)
    tokens = Tokens(
        text=text,
        doc=shadow,
        words=words,
        lower=columns.lower,
        start=columns.start,
        end=columns.end,
        flags=columns.flags,
        gap=columns.gap,
        context=context if isinstance(context, dict) else {},
    )
    if words:
        # one sentence in one block, until a layout component knows better
        tokens.sentences, tokens.sentence_of = [(0, len(words))], [0] * len(words)
        tokens.blocks, tokens.block_of = [Block("text", 0, len(words), 0, -1)], [0] * len(words)
    return tokens


class _Columns(NamedTuple):
    """The parallel lists of `Tokens`, and `ids`, the hashes of the words."""

    start: list[int]
    end: list[int]
    words: list[str]
    lower: list[str]
    flags: list[int]
    ids: list[int]
    gap: list[int]


def _columns(doc: Doc) -> tuple[str, _Columns]:
    """The text of a document and its words."""
    rows = doc.to_array(["ORTH", "IDX", "SPACY"])
    orths, spaces = rows[:, 0].tolist(), rows[:, 2].tolist()
    known, strings = _KNOWN, doc.vocab.strings
    entries = [known.get(orth) or _learn(orth, strings) for orth in orths]
    text = "".join([word + " " if space else word for (word, _), space in zip(entries, spaces, strict=True)])
    pieces = [entry[1] for entry in entries]
    counts = np.fromiter(map(len, pieces), np.int64, len(pieces))
    parts: list[list[Any]] = [*map(list, zip(*chain.from_iterable(pieces), strict=True))] or [[] for _ in range(6)]
    first, last, words, lower, flags, ids = parts
    offsets = np.repeat(rows[:, 1].astype(np.int64), counts)
    start, end = ((offsets + np.array(part, dtype=np.int64)).tolist() for part in (first, last))
    columns = _Columns(start, end, words, lower, flags, ids, _gaps(entries, counts))
    if "://" in text:
        _drop_addresses(text, columns)
    if "*" in columns.words:
        _drop_emphasis(columns)
    return text, columns


def _learn(orth: int, strings: StringStore) -> _Entry:
    if len(_KNOWN) >= _KNOWN_MOST:
        _KNOWN.clear()
    word = strings[orth]
    pieces = tuple((*piece, strings.add(piece[2])) for piece in _pieces(word))
    entry = _KNOWN[orth] = word, pieces
    return entry


def _gaps(entries: list[_Entry], counts: Any) -> list[int]:
    """The line ends before each word; `counts` is the number of words of each entry."""
    before = np.cumsum(counts).tolist()
    gap = [0] * (before[-1] + 1 if before else 1)
    for blank in np.flatnonzero(counts == 0).tolist():
        gap[before[blank]] += entries[blank][0].count("\n")
    return gap[:-1]


def _shadow(vocab: Vocab, columns: _Columns) -> Doc:
    """The words as a document for spaCy's matchers."""
    try:
        ids: list[Any] = columns.ids  # spaCy takes them, and types strings alone
        return Doc(vocab, words=ids)
    except KeyError:  # learnt with another vocabulary
        return Doc(vocab, words=columns.words)
